package week

// Every sentence that the week promises, checked against weeks of the demo by brute force.

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/demo"
	"doppelpass/model/route"
)

// inspected are three weeks of every rep of the demo, planned.
func inspected(t *testing.T, each func(b *model.Book, d *Draft)) {
	today := model.NewDate(2026, 11, 24)
	b := demoBook(t, today)
	for _, rep := range b.Reps() {
		for w := range 3 {
			d, err := New(b.On(today), rep.Code, today.Monday()+7*model.Date(w+1), DefaultRules())
			require.NoError(t, err)
			improved(t, d, 10_000)
			each(b, d)
		}
	}
}

// gain is what a day is worth more with other visits on it, in points × 3600; false where
// it then breaks a rule that it did not break before.
func (d *Draft) gain(day int, placed []route.Placed) (int, bool) {
	before, err := d.evaluateDay(day, d.days[day])
	if err != nil {
		return 0, false
	}
	after, err := d.evaluateDay(day, placed)
	if err != nil || after.Breaches() > before.Breaches() || severity(after) > severity(before) {
		return 0, false
	}
	return (after.Prize-before.Prize)*3600 - d.problem.DriveCost*int(after.Drive.Time-before.Drive.Time), true
}

// at is a day with a stop put in at a position.
func (d *Draft) at(day, stop, position int) []route.Placed {
	return slices.Insert(slices.Clone(d.days[day]), position, route.Placed{Stop: stop})
}

func (d *Draft) fixed(stop int) bool {
	_, agreed := d.base[stop]
	return agreed
}

func TestNobodyIsLeftOutWithoutAReason(t *testing.T) {
	inspected(t, func(_ *model.Book, d *Draft) {
		require.LessOrEqual(t, d.Week.Visits, d.Holds(), "capacity")
		full := d.Week.Visits >= d.Holds()
		for _, l := range d.Week.LeftOut {
			name := d.Stops[l.Stop].Customer.Code
			fits, pays := false, false
			for day := range Workdays {
				if !d.Proposes(day) || d.problem.Stops[l.Stop].Place < 0 {
					continue
				}
				for position := range len(d.days[day]) + 1 {
					if gain, ok := d.gain(day, d.at(day, l.Stop, position)); ok {
						fits, pays = true, pays || gain > 0
					}
				}
			}
			require.False(t, pays && !full, "%s would fit an open gap at less detour than its prize", name)
			switch l.Reason {
			case route.WeekFull:
				require.True(t, full && pays, "%s is said to find no place for the number", name)
			case route.DoesNotFit, route.Closed:
				require.False(t, fits, "%s is said not to fit", name)
			case route.TooFar:
				require.False(t, pays, "%s is said to be too far", name)
			case route.NotConsidered:
				require.Fail(t, "would fit", name)
			}
		}
	})
}

// gathered counts the towns in which visits lie on two days although one of the days could
// hold them all for no more driving.
func (d *Draft) gathered(t *testing.T) (twice []string) {
	towns := map[string][Days][]int{}
	for day, placed := range d.days {
		for _, p := range placed {
			town := d.Stops[p.Stop].Customer.Address.City
			list := towns[town]
			list[day] = append(list[day], p.Stop)
			towns[town] = list
		}
	}
	for town, days := range towns {
		for from := range Workdays {
			for to := range Workdays {
				if from == to || len(days[from]) == 0 || len(days[to]) == 0 || !d.Proposes(to) || slices.ContainsFunc(days[from], d.fixed) {
					continue
				}
				c := d.Clone()
				for _, stop := range days[from] {
					c.takeOut(stop)
					position, _, _, err := c.Best(stop, to)
					require.NoError(t, err)
					c.days[to] = slices.Insert(slices.Clone(c.days[to]), position, route.Placed{Stop: stop})
				}
				require.NoError(t, c.schedule())
				if c.Week.Breaches() <= d.Week.Breaches() && c.Week.Drive.Time <= d.Week.Drive.Time {
					twice = append(twice, town)
				}
			}
		}
	}
	return twice
}

func TestNobodyDrivesTwiceToATownForWhatOneDayHolds(t *testing.T) {
	inspected(t, func(_ *model.Book, d *Draft) {
		require.Empty(t, d.gathered(t), "%s %v", d.Rep.Code, d.Monday)
	})
}

// No visit would be notably nearer to those of another day that has time for it.
func TestADaysVisitsLieInOneCorner(t *testing.T) {
	strays, visits := 0, 0
	inspected(t, func(_ *model.Book, d *Draft) {
		visits += d.Week.Visits
		for from := range Workdays {
			for i, p := range d.days[from] {
				if d.fixed(p.Stop) {
					continue
				}
				without := slices.Delete(slices.Clone(d.days[from]), i, i+1)
				left, ok := d.gain(from, without)
				for to := range Workdays {
					if to == from || !ok || !d.Proposes(to) {
						continue
					}
					for position := range len(d.days[to]) + 1 {
						if gain, fits := d.gain(to, d.at(to, p.Stop, position)); fits && gain+left > d.problem.DriveCost*worthTheUnrest {
							strays++
						}
					}
				}
			}
		}
	})
	require.Zero(t, strays, "of %d visits", visits)
}

// Where one visit could give way to an account that is left out, the one that is worth more
// for its class and the days it is overdue is the one that is there.
func TestWhatIsDueComesBeforeWhatIsNear(t *testing.T) {
	weeks, changes := 0, 0
	inspected(t, func(_ *model.Book, d *Draft) {
		weeks++
		for day := range Workdays {
			for i, p := range d.days[day] {
				if d.fixed(p.Stop) || d.Stops[p.Stop].Due {
					continue
				}
				for _, l := range d.Week.LeftOut {
					if !d.Stops[l.Stop].Due || d.problem.Stops[l.Stop].Place < 0 {
						continue
					}
					placed := slices.Clone(d.days[day])
					placed[i] = route.Placed{Stop: l.Stop}
					if gain, ok := d.gain(day, placed); ok && gain > 0 {
						changes++
						t.Logf("%s %v: %s instead of %s: %d", d.Rep.Code, d.Date(day), d.Stops[l.Stop].Customer.Code, d.Stops[p.Stop].Customer.Code, gain/3600)
					}
				}
			}
		}
	})
	require.Zero(t, changes, "in %d weeks", weeks)
}

// shelf is a Book as a sink of the demo.
type shelf struct{ b *model.Book }

func (s shelf) Put(records ...model.Record) error {
	for _, r := range records {
		s.b.Apply(model.Change{Edits: []model.Edit{{After: r}}})
	}
	return nil
}

func (s shelf) Contacts(_ string, visits []model.Visit, calls []model.Call) error {
	for _, v := range visits {
		s.b.Apply(model.Change{Edits: []model.Edit{{After: v}}})
	}
	for _, c := range calls {
		s.b.Apply(model.Change{Edits: []model.Edit{{After: c}}})
	}
	return nil
}

func demoBook(t *testing.T, today model.Date) *model.Book {
	b := model.NewBook()
	require.NoError(t, demo.Generate(demo.Options{Today: today}, shelf{b}))
	return b
}
