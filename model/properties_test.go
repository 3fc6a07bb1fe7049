package model_test

// What must hold for any business and any order of changes.

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
)

// The codes that random businesses are made of: few, so that things meet.
var (
	someTerritories = []string{"T1", "T2", "T3"}
	someRegions     = []string{"", "Süd", "Süd/BW", "Südwest"}
	someReps        = []string{"R1", "R2", ""}
	someAccounts    = []string{"K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8", "K9"}
	someCampaigns   = []string{"C1", "C2", "C3"}
)

// theDays are the days on which random businesses are looked at.
var theDays = []model.Date{ago(25), today, ahead(1), ahead(12)}

func drawDay(t *rapid.T, label string) model.Date {
	return today + model.Date(rapid.IntRange(-60, 45).Draw(t, label))
}

// drawRecord makes a record of a table that could be stored in w.
func drawRecord(t *rapid.T, w world, table model.Table) (model.Record, bool) {
	pick := func(label string, from []string) string { return rapid.SampledFrom(from).Draw(t, label) }
	number := func(label string, low, high int) int { return rapid.IntRange(low, high).Draw(t, label) }
	var existing []string
	for _, a := range rows[model.Account](w) {
		existing = append(existing, a.Code)
	}
	if len(existing) == 0 && (table == model.TableVisits || table == model.TableCalls || table == model.TablePlan) {
		return nil, false
	}
	switch table {
	case model.TableReps:
		return model.Rep{Code: pick("rep", []string{"R1", "R2"}), Capacity: number("capacity", 0, 8)}, true
	case model.TableTerritories:
		return model.Territory{Code: pick("territory", someTerritories), Region: pick("region", someRegions), Rep: pick("rep", someReps),
			Country: pick("country", []string{"", "AT"}), Calendar: pick("calendar", []string{"", "X-WED", "X-UNKNOWN"})}, true
	case model.TableAccounts:
		a := model.Account{Code: pick("account", someAccounts), Territory: pick("territory", []string{"T1", "T1", "T2", "T3", "T9", ""}),
			Class: rapid.SampledFrom([]model.Class{"A", "B", "C"}).Draw(t, "class"), Interval: number("interval", -20, 12), Phone: pick("phone", []string{"", "0711 1", "+49 7111", "0711 2", "keine"}),
			Private: number("private", 0, 3) == 0, ConsentBasis: pick("basis", []string{"", "fair"}), Address: model.Address{Country: pick("country", []string{"", "DE", "AT"})},
			Consent:   rapid.SampledFrom([]model.Consent{"", "given", "presumed"}).Draw(t, "consent"),
			DoNotCall: number("do not call", 0, 9) == 0, Inactive: number("inactive", 0, 7) == 0}
		a.Interval = max(0, a.Interval)
		if rapid.Bool().Draw(t, "since known") {
			a.Since = drawDay(t, "since")
		}
		return a, true
	case model.TableCampaigns:
		c := model.Campaign{Code: pick("campaign", someCampaigns), Kind: pick("kind", []string{"mailing", model.KindTelemarketing}),
			Territories: rapid.SliceOfN(rapid.SampledFrom([]string{"T1", "T2", "T3", "Süd", "Süd/BW", "Südwest"}), 0, 3).Draw(t, "territories"),
			Classes:     rapid.SampledFrom([][]model.Class{nil, {"A"}, {"A", "B"}, {"C"}}).Draw(t, "classes"),
			Status:      rapid.SampledFrom([]model.CampaignStatus{"planned", "planned", "planned", "draft", "cancelled"}).Draw(t, "status"),
			Start:       drawDay(t, "start")}
		c.End = c.Start + model.Date(number("length", 0, 25))
		return c, true
	case model.TableVisits:
		return model.Visit{Account: pick("account", existing), Date: drawDay(t, "date"), Rep: pick("rep", someReps),
			Kind: rapid.SampledFrom([]model.VisitKind{0, 0, 0, 1, 2}).Draw(t, "kind"), Ref: pick("id", []string{"", "", "a", "b"})}, true
	case model.TableCalls:
		return model.Call{Account: pick("account", existing), Date: drawDay(t, "date"), Agent: pick("agent", []string{"M1", "M2"}),
			Outcome: model.CallOutcome(rapid.SampledFrom([]int{0, 1, 1, 1, 2, 3, 4, 5, 6}).Draw(t, "outcome"))}, true
	case model.TablePlan:
		return model.PlannedVisit{Account: pick("account", existing), Date: drawDay(t, "date"), Rep: pick("rep", someReps), Minutes: number("minutes", 0, 3)}, true
	case model.TableSettings:
		return drawSettings(t), true
	}
	return nil, false
}

func drawSettings(t *rapid.T) model.Settings {
	number := func(label string, low, high int) int { return rapid.IntRange(low, high).Draw(t, label) }
	return model.Settings{
		Classes: model.ClassTable{
			{Code: "A", Interval: number("interval a", 1, 12)}, {Code: "B", Interval: number("interval b", 5, 30)}, {Code: "C", Interval: number("interval c", 10, 60)},
		},
		DueFrom: number("due from", 1, 100), CallWorth: number("call worth", 0, 100), Horizon: number("horizon", 0, 30), Lead: number("lead", 0, 30),
		TargetShare: number("target share", 1, 100), Capacity: number("capacity", 1, 6), MinimumAccounts: number("minimum", 1, 3),
		ContactThreshold: number("threshold", 30, 100), Certainty: number("certainty", 0, 20000), VisitPause: number("visit pause", 0, 6),
		PlanPause: number("plan pause", 0, 6), CallPause: number("call pause", 0, 6), MaximumAttempts: number("attempts", 1, 3), SilentDays: number("silent", 1, 12), AttemptPause: number("attempt pause", 0, 4),
		DeclinedPause: number("declined pause", 0, 6), AppointmentPause: number("appointment pause", 0, 6),
		Country: rapid.SampledFrom([]string{"DE", "AT"}).Draw(t, "country"), Calendar: rapid.SampledFrom([]string{"", "X-WED"}).Draw(t, "calendar"),
	}
}

var tablesWithWeight = []model.Table{
	model.TableAccounts, model.TableAccounts, model.TableAccounts, model.TableVisits, model.TableVisits, model.TableVisits, model.TableVisits,
	model.TableCalls, model.TableCalls, model.TableCalls, model.TablePlan, model.TablePlan, model.TableTerritories, model.TableTerritories,
	model.TableCampaigns, model.TableCampaigns, model.TableReps, model.TableSettings,
}

// drawWorld makes a business.
func drawWorld(t *rapid.T, most int) world {
	w := newWorld()
	for range rapid.IntRange(0, most).Draw(t, "records") {
		if r, ok := drawRecord(t, w, rapid.SampledFrom(tablesWithWeight).Draw(t, "table")); ok {
			w.put(r)
		}
	}
	return w
}

// drawChange makes a change of one or more records that could happen to w, and
// makes it happen. Edits stand as a store tells them: what is referred to first.
func drawChange(t *rapid.T, w world) model.Change {
	var change model.Change
	set := func(r model.Record) {
		change.Edits = append(change.Edits, model.Edit{Before: w[r.Key()], After: r})
		w.put(r)
	}
	remove := func(r model.Record) {
		change.Edits = append(change.Edits, model.Edit{Before: r})
		delete(w, r.Key())
	}
	table := rapid.SampledFrom(tablesWithWeight).Draw(t, "table")
	switch rapid.SampledFrom([]string{"put", "put", "put", "delete", "move"}).Draw(t, "what") {
	case "put":
		if r, ok := drawRecord(t, w, table); ok {
			set(r)
		}
	case "delete":
		var list []model.Record
		for _, r := range w {
			if r.Key().Table == table {
				list = append(list, r)
			}
		}
		if len(list) == 0 {
			break
		}
		slices.SortFunc(list, func(a, b model.Record) int { return compareKeys(a.Key(), b.Key()) })
		r := rapid.SampledFrom(list).Draw(t, "which")
		remove(r)
		if a, ok := r.(model.Account); ok { // its contacts go with it
			for _, v := range rows[model.Visit](w) {
				if v.Account == a.Code {
					remove(v)
				}
			}
			for _, c := range rows[model.Call](w) {
				if c.Account == a.Code {
					remove(c)
				}
			}
			for _, p := range rows[model.PlannedVisit](w) {
				if p.Account == a.Code {
					remove(p)
				}
			}
		}
	case "move": // a visit gets another day, a planned one another rep
		if visits := rows[model.Visit](w); table == model.TableVisits && len(visits) > 0 {
			old := rapid.SampledFrom(visits).Draw(t, "visit")
			moved := old
			moved.Date = drawDay(t, "to")
			if moved.Key() != old.Key() && w[moved.Key()] == nil {
				remove(old)
				set(moved)
			}
		}
	}
	return change
}

// back is the change that takes another back, with its edits in a store's order.
func back(c model.Change) model.Change {
	order := []model.Table{model.TableSettings, model.TableReps, model.TableTerritories, model.TableAccounts, model.TableCampaigns,
		model.TableVisits, model.TableCalls, model.TablePlan}
	var b model.Change
	for i := range c.Edits {
		e := c.Edits[len(c.Edits)-1-i]
		b.Edits = append(b.Edits, model.Edit{Before: e.After, After: e.Before})
	}
	tableOf := func(e model.Edit) int {
		if e.After != nil {
			return slices.Index(order, e.After.Key().Table)
		}
		return slices.Index(order, e.Before.Key().Table)
	}
	slices.SortStableFunc(b.Edits, func(x, y model.Edit) int { return tableOf(x) - tableOf(y) })
	return b
}

// draw looks at a Book on all days, first on the given one.
func draw(b *model.Book, first model.Date) picture {
	return pictureOf(b, append([]string{"T9", ""}, someTerritories...), someReps, someRegions, append([]model.Date{first}, theDays...)...)
}

func TestTheBookSaysWhatTheRulesSay(t *testing.T) {
	kinds := map[string]int{}
	words := []string{"step-up-visits", "add-telemarketing", "reports-missing", "in hand"}
	look := func(rt *rapid.T) {
		w := drawWorld(rt, 90)
		if rapid.Bool().Draw(rt, "marketing helps everywhere") {
			w.put(model.Campaign{Code: "C9", Kind: model.KindTelemarketing, Territories: someTerritories, Status: model.CampaignPlanned, Start: ago(30), End: ahead(30)})
		}
		b := w.book()
		for _, day := range theDays {
			want := w.naiveSignals(day)
			require.Equal(rt, want, plainSignals(b.On(day).Signals()), "on %s", day)
			for _, s := range want {
				word := s.Kind.String()
				if s.InHand {
					word = "in hand"
				}
				kinds[word]++
			}
			for _, code := range someTerritories {
				if area := b.Area(code); area != nil {
					require.Equal(rt, naiveCoverage(w.naiveAccounts(code, day)), b.On(day).Numbers(area).All)
				}
			}
		}
	}
	rapid.Check(t, look)
	if testing.Short() {
		return // some twenty businesses need not hold every kind
	}
	for range 10 { // a hundred need not hold the rarest either
		if !slices.ContainsFunc(words, func(word string) bool { return kinds[word] == 0 }) {
			break
		}
		rapid.Check(t, look)
	}
	for _, word := range words {
		require.NotZero(t, kinds[word], "the random businesses raise no %s", word)
	}
}

func TestChangesInAnyOrderGiveTheBookOfAFreshLoad(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt, 40)
		b := w.book()
		// What was computed before a change must not be shown after it: the Book is
		// looked at on the same day right before and right after.
		first := rapid.SampledFrom(theDays).Draw(rt, "day")
		apply := func(change model.Change) {
			b.On(first).Signals()
			b.Apply(change)
		}
		history := []picture{draw(w.book(), first)}
		var changes []model.Change
		for range rapid.IntRange(1, 12).Draw(rt, "changes") {
			change := drawChange(rt, w)
			apply(change)
			changes = append(changes, change)
			history = append(history, draw(w.book(), first))
			requireSame(rt, history[len(history)-1], draw(b, first), "changes one by one, and a fresh load")
		}
		for i := len(changes) - 1; i >= 0; i-- {
			apply(back(changes[i]))
			requireSame(rt, history[i], draw(b, first), fmt.Sprintf("after taking back change %d", i+1))
		}
	})
}

// The records themselves can come in any order in which what is referred to is
// there.
func TestRecordsInAnyOrderGiveTheSameBook(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt, 60)
		var plain, accounts, contacts []model.Record
		for _, r := range w {
			switch r.Key().Table {
			case model.TableAccounts:
				accounts = append(accounts, r)
			case model.TableVisits, model.TableCalls, model.TablePlan:
				contacts = append(contacts, r)
			default:
				plain = append(plain, r)
			}
		}
		shuffled := func(list []model.Record) []model.Record {
			slices.SortFunc(list, func(a, b model.Record) int { return compareKeys(a.Key(), b.Key()) })
			if len(list) == 0 {
				return nil
			}
			return rapid.Permutation(list).Draw(rt, "order")
		}
		order := slices.Concat(shuffled(accounts), shuffled(slices.Concat(contacts, plain)))
		if rapid.Bool().Draw(rt, "accounts among the plain ones") {
			order = slices.Concat(shuffled(slices.Concat(plain, accounts)), shuffled(contacts))
		}
		b := model.NewBook()
		b.Use(outside)
		for i, r := range order {
			b.Apply(model.Change{Edits: []model.Edit{{After: r}}})
			if i%7 == 0 {
				b.On(theDays[i%len(theDays)]).Signals()
			}
		}
		requireSame(rt, draw(w.book(), today), draw(b, today), "record by record, and packed")
	})
}

func TestWhatIfIsWhatIs(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt, 60)
		b := w.book()
		before := draw(w.book(), today)
		day := rapid.SampledFrom(theDays).Draw(rt, "day")
		if rapid.Bool().Draw(rt, "looked at before") { // what was computed then may serve
			b.On(rapid.SampledFrom([]model.Date{day, day, today}).Draw(rt, "on")).Signals()
		}

		record, _ := drawRecord(rt, w, model.TableCampaigns)
		campaign := record.(model.Campaign)
		would := w.clone()
		would.put(campaign)
		require.Equal(rt, plainSignals(would.book().On(day).Signals()), plainSignals(b.On(day).WithCampaign(campaign).Signals()))
		requireSame(rt, before, draw(b, today), "asking changes nothing")

		settings := drawSettings(rt)
		would = w.clone()
		would.put(settings)
		require.Equal(rt, plainSignals(would.book().On(day).Signals()), plainSignals(b.On(day).WithSettings(settings).Signals()))
		requireSame(rt, before, draw(b, today), "asking changes nothing")
	})
}

func TestCompareTellsWhatVanishesAndAppears(t *testing.T) {
	step := func(territory, campaign string, urgency int) model.Signal {
		return model.Signal{Kind: model.StepUpVisits, Territory: territory, Campaign: campaign, Urgency: urgency}
	}
	thin := model.Signal{Kind: model.AddTelemarketing, Territory: "T1"}
	inHand := thin
	inHand.InHand, inHand.Campaign = true, "P"
	silent := model.Signal{Kind: model.ReportsMissing, Territory: "T1"}

	vanish, appear := model.Compare([]model.Signal{step("T1", "C1", 50), thin}, []model.Signal{step("T1", "C1", 90), step("T1", "C2", 10), inHand})
	require.Equal(t, []model.Signal{thin}, vanish, "what is in hand is no longer open")
	require.Equal(t, []model.Signal{step("T1", "C2", 10)}, appear)
	vanish, appear = model.Compare([]model.Signal{inHand}, []model.Signal{thin})
	require.Empty(t, vanish)
	require.Equal(t, []model.Signal{thin}, appear)
	vanish, appear = model.Compare([]model.Signal{thin}, []model.Signal{silent})
	require.Equal(t, [][]model.Signal{{thin}, {silent}}, [][]model.Signal{vanish, appear})
	require.Equal(t, 2, model.OpenCount([]model.Signal{thin, inHand, silent}))
	require.Equal(t, thin.Key(), inHand.Key(), "the campaign that helps is no part of what is asked")
}
