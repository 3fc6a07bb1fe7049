package answer

// The ledger: what one department passed to the other, and what became of it. It knows
// months and territories, and no persons.

import (
	"cmp"
	"slices"
	"strings"

	"doppelpass/model"
)

// Tally counts cases. Given = Taken + Declined + Countered + Unanswered, and Taken =
// Scored + Missed + Gone + Running.
type Tally struct {
	Given, Taken, Declined, Countered, Unanswered int
	Scored, Missed, Gone, Running                 int // of those taken
}

// Add counts one case: by its last answer, whatever became of it, and where it was
// taken by how it ended.
func (t *Tally) Add(c Case) {
	t.Given++
	switch c.last {
	case Accepted:
		t.Taken++
	case Declined:
		t.Declined++
		return
	case Countered:
		t.Countered++
		return
	default:
		t.Unanswered++
		return
	}
	switch c.State {
	case Scored:
		t.Scored++
	case Missed:
		t.Missed++
	case Gone:
		t.Gone++
	default:
		t.Running++
	}
}

// Sum adds another tally.
func (t *Tally) Sum(o Tally) {
	t.Given, t.Taken, t.Declined, t.Countered, t.Unanswered = t.Given+o.Given, t.Taken+o.Taken, t.Declined+o.Declined, t.Countered+o.Countered, t.Unanswered+o.Unanswered
	t.Scored, t.Missed, t.Gone, t.Running = t.Scored+o.Scored, t.Missed+o.Missed, t.Gone+o.Gone, t.Running+o.Running
}

// Row is a line of the ledger: the passes to one department in one territory that were
// given in one month.
type Row struct {
	Month     model.Date // its first day
	Territory string
	To        model.Role
	Tally
}

// Ledger sums cases up, by month, then territory, then department.
func Ledger(cases []Case) []Row {
	type place struct {
		month     model.Date
		territory string
		to        model.Role
	}
	sums := map[place]*Tally{}
	for _, c := range cases {
		at := place{monthOf(c.Raised), c.Signal.Territory, c.Signal.Kind.Owner()}
		if sums[at] == nil {
			sums[at] = &Tally{}
		}
		sums[at].Add(c)
	}
	rows := make([]Row, 0, len(sums))
	for at, tally := range sums {
		rows = append(rows, Row{at.month, at.territory, at.to, *tally})
	}
	slices.SortFunc(rows, func(x, y Row) int {
		return cmp.Or(cmp.Compare(x.Month, y.Month), strings.Compare(x.Territory, y.Territory), cmp.Compare(y.To, x.To))
	})
	return rows
}

func monthOf(day model.Date) model.Date {
	t := day.Time()
	return model.NewDate(t.Year(), t.Month(), 1)
}

// runUp is how long before the first day of a ledger signals without a campaign are
// looked at, so that what was already running then is not counted as given.
const runUp = 14

// Raised are all cases of a territory that were raised from first to the day, in the
// order of their days. It looks at each of the days.
func Raised(d *model.Day, territory string, first model.Date) (cases []Case) {
	b := d.Book()
	area := b.Area(territory)
	if area == nil || !area.Known {
		return nil
	}
	take := func(list []Case) {
		for _, c := range list {
			if c.Raised >= first {
				cases = append(cases, c)
			}
		}
	}
	for _, c := range b.Campaigns() {
		if c.NeedsVisits() && c.Names(area.Territory) && c.End >= first && c.Start-model.Date(d.Settings().Horizon) <= d.Date() {
			take(Cases(d, model.SignalKey{Kind: model.StepUpVisits, Territory: territory, Campaign: c.Code}))
		}
	}
	for _, kind := range []model.Kind{model.AddTelemarketing, model.ReportsMissing} {
		key := model.SignalKey{Kind: kind, Territory: territory}
		frame := Frame{Signal: key, Works: WorkingIn(d, area.Territory)}
		take(Follow(frame, factsOf(d, key, first-runUp, d.Date()), b.Answers(key)))
	}
	slices.SortFunc(cases, func(x, y Case) int {
		return cmp.Or(cmp.Compare(x.Raised, y.Raised), cmp.Compare(x.Signal.Kind, y.Signal.Kind), strings.Compare(x.Signal.Campaign, y.Signal.Campaign))
	})
	return cases
}
