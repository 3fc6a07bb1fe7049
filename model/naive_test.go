package model_test

// The rules once more, as slowly and plainly as they read: over plain records,
// with exact fractions, remembering nothing. What the Book says must be the same.

import (
	"math"
	"math/big"
	"slices"
	"strings"
	"time"

	"doppelpass/model"
)

func fraction(part, whole int) *big.Rat { return big.NewRat(int64(part), int64(whole)) }

func percent(n int) *big.Rat { return fraction(n, 100) }

// roundedHalfUp is ⌊x + ½⌋.
func roundedHalfUp(x *big.Rat) int {
	sum := new(big.Rat).Add(x, fraction(1, 2))
	return int(new(big.Int).Div(sum.Num(), sum.Denom()).Int64())
}

type naiveAccount struct {
	model.Account
	interval  int
	visits    []model.Date // counted, on or before the day
	calls     []model.Call // on or before the day
	planned   []model.Date
	last      model.Date
	ratio     *big.Rat // nil: never visited
	isNew     bool
	covered   bool
	contacted bool
}

func (w world) naiveAccounts(territory string, day model.Date) []naiveAccount {
	settings := w.settings()
	var list []naiveAccount
	for _, a := range rows[model.Account](w) {
		if a.Territory != territory || a.Inactive {
			continue
		}
		n := naiveAccount{Account: a, interval: a.Interval}
		if n.interval == 0 {
			n.interval = map[model.Class]int{"A": settings.Classes[0].Interval, "B": settings.Classes[1].Interval, "C": settings.Classes[2].Interval}[a.Class]
		}
		for _, v := range rows[model.Visit](w) {
			if v.Account == a.Code && v.Kind == model.VisitMet && v.Date <= day {
				n.visits = append(n.visits, v.Date)
				n.last = max(n.last, v.Date)
			}
		}
		for _, c := range rows[model.Call](w) {
			if c.Account == a.Code && c.Date <= day {
				n.calls = append(n.calls, c)
			}
		}
		for _, p := range rows[model.PlannedVisit](w) {
			if p.Account == a.Code {
				n.planned = append(n.planned, p.Date)
			}
		}
		if n.last != 0 {
			n.ratio = fraction(int(day-n.last), n.interval)
			n.covered = n.ratio.Cmp(fraction(1, 1)) <= 0
		} else {
			n.isNew = a.Since != 0 && int(day-a.Since) < n.interval
		}
		n.contacted = n.covered
		for _, c := range n.calls {
			age := fraction(int(day-c.Date), 1)
			worth := new(big.Rat).Mul(percent(settings.CallWorth), fraction(n.interval, 1))
			ended := slices.ContainsFunc(n.calls, func(o model.Call) bool { return o.Outcome == model.CallOptOut && o.Date >= c.Date })
			if c.Outcome != model.CallNotReached && c.Outcome != model.CallBack && c.Outcome != model.CallWrongNumber && age.Cmp(worth) <= 0 && !ended {
				n.contacted = true
			}
		}
		list = append(list, n)
	}
	return list
}

func (a naiveAccount) visitedBetween(first, last model.Date) int {
	count := 0
	for _, v := range a.visits {
		if v >= first && v <= last {
			count++
		}
	}
	return count
}

func (a naiveAccount) plannedBetween(first, last model.Date) bool {
	return slices.ContainsFunc(a.planned, func(d model.Date) bool { return d >= first && d <= last })
}

func naiveCoverage(accounts []naiveAccount) model.Coverage {
	var c model.Coverage
	for _, a := range accounts {
		if a.isNew {
			continue
		}
		c.Accounts++
		if a.covered {
			c.Covered++
		}
		if a.contacted {
			c.Contacted++
		}
	}
	return c
}

// sooner is the order of signal 1: class A first, within a class those without a
// counted visit first, then the highest ratio, then the code.
func sooner(a, b naiveAccount) int {
	if a.Class != b.Class {
		return strings.Compare(string(a.Class), string(b.Class))
	}
	return sameClass(a, b)
}

func sameClass(a, b naiveAccount) int {
	switch {
	case a.ratio == nil && b.ratio != nil:
		return -1
	case a.ratio != nil && b.ratio == nil:
		return 1
	case a.ratio != nil && a.ratio.Cmp(b.ratio) != 0:
		return b.ratio.Cmp(a.ratio)
	}
	return strings.Compare(a.Code, b.Code)
}

func naiveCodes(accounts []naiveAccount) []string {
	var list []string
	for _, a := range accounts {
		list = append(list, a.Code)
	}
	return list
}

func naiveWorkingDays(first, last model.Date) int {
	count := 0
	for d := first; d <= last; d++ {
		if name := d.Time().Weekday().String(); name != "Saturday" && name != "Sunday" {
			count++
		}
	}
	return count
}

func naiveNames(c model.Campaign, t model.Territory) bool {
	for _, ref := range c.Territories {
		if ref == t.Code || ref == t.Region || strings.HasPrefix(t.Region, ref+"/") {
			return true
		}
	}
	return false
}

func (w world) naiveStepUp(c model.Campaign, t model.Territory, today model.Date) (plainSignal, bool) {
	settings := w.settings()
	horizon, lead := model.Date(settings.Horizon), model.Date(settings.Lead)
	if c.Status != model.CampaignPlanned || c.Kind == model.KindTelemarketing || !naiveNames(c, t) ||
		today < c.Start-horizon || today > c.End {
		return plainSignal{}, false
	}
	all := w.naiveAccounts(t.Code, today)
	p := plainSignal{Kind: model.StepUpVisits, Territory: t.Code, Campaign: c.Code, WindowStart: c.Start - lead, WindowEnd: c.End,
		BeforeWindow: today < c.Start-lead}
	var open []naiveAccount
	pace := 0
	for _, a := range all {
		if len(c.Classes) > 0 && !slices.Contains(c.Classes, a.Class) {
			continue
		}
		p.Targets++
		pace += a.visitedBetween(today-83, today)
		switch {
		case a.visitedBetween(p.WindowStart, min(today, p.WindowEnd)) > 0:
			p.Served++
		case a.plannedBetween(max(today, p.WindowStart), p.WindowEnd):
			p.Booked++
		default:
			open = append(open, a)
		}
	}
	for fraction(p.Needed, 1).Cmp(new(big.Rat).Mul(percent(settings.TargetShare), fraction(p.Targets, 1))) < 0 {
		p.Needed++
	}
	p.Gap = p.Needed - p.Served - p.Booked
	if p.Targets == 0 || p.Gap <= 0 {
		return plainSignal{}, false
	}
	calendar := t.Calendar
	if calendar == "" {
		calendar = settings.Calendar
	}
	for d := max(today, p.WindowStart); d <= p.WindowEnd; d++ {
		if naiveWorkingDays(d, d) == 1 && (calendar != "X-WED" || d.Weekday() != time.Wednesday) {
			p.DaysLeft++
		}
	}
	days := max(1, p.DaysLeft)
	p.RequiredPace, _ = new(big.Rat).Quo(fraction(p.Gap, 1), fraction(days, 5)).Float64()
	p.UsualPace, _ = fraction(pace, 12).Float64()
	capacity := settings.Capacity
	if rep, ok := w[model.Key{Table: model.TableReps, Code: t.Rep}].(model.Rep); ok && rep.Capacity != 0 {
		capacity = rep.Capacity
	}
	p.Room = capacity * days / 5
	for _, planned := range rows[model.PlannedVisit](w) {
		if planned.Rep == t.Rep && planned.Date >= max(today, p.WindowStart) && planned.Date <= p.WindowEnd {
			p.Room--
		}
	}
	p.Room = max(0, p.Room)
	if t.Rep == "" {
		p.Room = 0
	}
	p.OnCourse = t.Rep != "" && new(big.Rat).Quo(fraction(p.Gap, 1), fraction(days, 5)).Cmp(fraction(pace, 12)) <= 0
	p.Beyond = max(0, p.Gap-p.Room)
	weight := fraction(1, 1)
	if today < p.WindowStart {
		// from ½ at start − horizon to 1 at the window's start
		way := fraction(int(today-(c.Start-horizon)), int(p.WindowStart-(c.Start-horizon)))
		weight.Add(fraction(1, 2), way.Mul(way, fraction(1, 2)))
	}
	p.Urgency = roundedHalfUp(weight.Mul(weight, fraction(100*p.Gap, p.Needed)))
	slices.SortFunc(open, sooner)
	p.Accounts = naiveCodes(open)
	slices.SortFunc(open, func(a, b naiveAccount) int {
		if a.Class != b.Class {
			return strings.Compare(string(b.Class), string(a.Class))
		}
		return sameClass(a, b)
	})
	p.BeyondAccounts = naiveCodes(open[:p.Beyond])
	return p, true
}

// naiveUpper is the larger root p of n (share − p)² = z² p (1 − p), which is what
// Wilson's interval solves.
func naiveUpper(successes, n int, z float64) float64 {
	count, share := float64(n), float64(successes)/float64(n)
	a, b, c := count+z*z, 2*count*share+z*z, count*share*share
	return (b + math.Sqrt(max(0, b*b-4*a*c))) / (2 * a)
}

func (w world) naiveContact(t model.Territory, today model.Date) (plainSignal, bool) {
	settings := w.settings()
	accounts := w.naiveAccounts(t.Code, today)
	cover := naiveCoverage(accounts)
	threshold := percent(settings.ContactThreshold)
	if cover.Accounts < settings.MinimumAccounts || fraction(cover.Contacted, cover.Accounts).Cmp(threshold) >= 0 {
		return plainSignal{}, false
	}
	p := plainSignal{Kind: model.AddTelemarketing, Territory: t.Code, Coverage: cover}
	limit, _ := threshold.Float64()
	p.Clear = naiveUpper(cover.Contacted, cover.Accounts, float64(settings.Certainty)/10000) < limit
	urgency := new(big.Rat).Quo(fraction(cover.Contacted, cover.Accounts), threshold)
	urgency.Sub(fraction(1, 1), urgency).Mul(urgency, fraction(100, 1))
	if !p.Clear {
		urgency.Mul(urgency, fraction(1, 2))
	}
	p.Urgency = roundedHalfUp(urgency)

	var lastReport model.Date
	for _, v := range rows[model.Visit](w) {
		if v.Rep == t.Rep && v.Rep != "" && v.Date <= today {
			lastReport = max(lastReport, v.Date)
		}
	}
	if lastReport != 0 && int(today-lastReport) >= settings.SilentDays {
		then := naiveCoverage(w.naiveAccounts(t.Code, lastReport))
		if then.Accounts > 0 && fraction(then.Contacted, then.Accounts).Cmp(threshold) >= 0 {
			p.Kind, p.LastReport = model.ReportsMissing, lastReport
			return p, true
		}
	}
	slices.SortFunc(accounts, sooner)
	for _, a := range accounts {
		overdue := a.ratio != nil && a.ratio.Cmp(fraction(1, 1)) > 0
		never := a.ratio == nil && !a.isNew
		if !overdue && !never {
			continue
		}
		if reason := w.naiveExclusion(a, today); reason != "" {
			p.Excluded = append(p.Excluded, a.Code+" "+reason)
		} else {
			p.CallList = append(p.CallList, a.Code)
		}
	}
	var helper *model.Campaign
	for _, c := range rows[model.Campaign](w) {
		if c.Kind == model.KindTelemarketing && c.Status == model.CampaignPlanned && naiveNames(c, t) &&
			c.End >= today && c.Start <= today+model.Date(settings.Horizon) && (helper == nil || c.Start < helper.Start) {
			helper = &c
		}
	}
	if helper != nil {
		p.InHand, p.Campaign = true, helper.Code
	}
	return p, true
}

func (w world) naiveExclusion(a naiveAccount, today model.Date) string {
	settings := w.settings()
	optedOut, lately, attempts, reached := w.naiveRefuses(a.Account, today), false, 0, false
	for _, other := range rows[model.Account](w) {
		number := w.naiveNumber(a.Account)
		optedOut = optedOut || number != "" && number == w.naiveNumber(other) && w.naiveRefuses(other, today)
	}
	for _, c := range a.calls {
		pause := map[model.CallOutcome]int{
			model.CallReached: settings.CallPause, model.CallOptOut: settings.CallPause, model.CallDeclined: settings.DeclinedPause,
			model.CallAppointment: settings.AppointmentPause, model.CallNotReached: settings.AttemptPause, model.CallBack: settings.AttemptPause, model.CallWrongNumber: settings.AttemptPause,
		}
		lately = lately || int(today-c.Date) <= pause[c.Outcome]
		if c.Date > a.last {
			if c.Outcome == model.CallNotReached || c.Outcome == model.CallWrongNumber {
				attempts++
			} else {
				reached = true // a call back as well: somebody answered
			}
		}
	}
	switch {
	case optedOut:
		return "opted_out"
	case !strings.Contains(a.Phone, "711"):
		return "no_phone"
	case a.Consent == "", a.Private && a.Consent != "given":
		return "no_consent"
	case a.Consent == "presumed" && a.ConsentBasis == "" && a.last == 0 && (a.Since == 0 || a.Since > today):
		return "no_basis"
	case a.visitedBetween(today-model.Date(settings.VisitPause), today) > 0:
		return "visited"
	case a.plannedBetween(today, today+model.Date(settings.PlanPause)):
		return "planned"
	case lately:
		return "called"
	case attempts >= settings.MaximumAttempts && !reached:
		return "attempts"
	}
	return ""
}

// naiveRefuses: marked, or opted out by a call.
func (w world) naiveRefuses(a model.Account, today model.Date) bool {
	return a.DoNotCall || slices.ContainsFunc(rows[model.Call](w), func(c model.Call) bool {
		return c.Account == a.Code && c.Outcome == model.CallOptOut && c.Date <= today
	})
}

func (w world) naiveNumber(a model.Account) string {
	if !strings.Contains(a.Phone, "711") {
		return ""
	}
	country := a.Address.Country
	if t, ok := w[model.Key{Table: model.TableTerritories, Code: a.Territory}].(model.Territory); ok && country == "" {
		country = t.Country
	}
	if country == "" {
		country = w.settings().Country
	}
	return outside.Number(a.Phone, country)
}

// naiveSignals are all signals on a day, in order.
func (w world) naiveSignals(today model.Date) []plainSignal {
	list := []plainSignal{}
	for _, t := range rows[model.Territory](w) {
		for _, c := range rows[model.Campaign](w) {
			if p, raised := w.naiveStepUp(c, t, today); raised {
				list = append(list, p)
			}
		}
		if p, raised := w.naiveContact(t, today); raised {
			list = append(list, p)
		}
	}
	reps := map[string]string{}
	for _, t := range rows[model.Territory](w) {
		reps[t.Code] = t.Rep
	}
	for i := range list {
		names := map[string]bool{}
		for j, other := range list {
			if i != j && list[i].Kind == model.StepUpVisits && other.Kind == model.StepUpVisits &&
				reps[other.Territory] == reps[list[i].Territory] && reps[other.Territory] != "" {
				names[other.Campaign] = true
				list[i].Contested, list[i].ContestedBy = list[i].Contested+other.Gap, len(names)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b plainSignal) int {
		switch {
		case a.OnCourse != b.OnCourse && (a.OnCourse && !b.InHand || b.OnCourse && !a.InHand):
			if a.OnCourse {
				return 1
			}
			return -1
		case a.InHand != b.InHand && a.InHand:
			return 1
		case a.InHand != b.InHand:
			return -1
		case a.Urgency != b.Urgency:
			return b.Urgency - a.Urgency
		case a.Kind != b.Kind:
			return int(a.Kind) - int(b.Kind)
		case a.Territory != b.Territory:
			return strings.Compare(a.Territory, b.Territory)
		}
		return strings.Compare(a.Campaign, b.Campaign)
	})
	return list
}
