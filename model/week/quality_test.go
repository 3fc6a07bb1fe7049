package week

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/demo"
	"doppelpass/model/route"
)

func TestQualityProbe(t *testing.T) {
	if os.Getenv("QUALITY") == "" {
		t.Skip()
	}
	today := model.NewDate(2026, 11, 24)
	b := demoBook(t, today)
	for _, rep := range b.Reps() {
		for w := range 3 {
			d, err := New(b.On(today), rep.Code, today.Monday()+7*model.Date(w+1), DefaultRules())
			require.NoError(t, err)
			show := func(name string, week *route.Week) {
				due := 0
				for _, day := range week.Days {
					for _, v := range day.Visits {
						if d.Stops[v.Stop].Due {
							due += d.Stops[v.Stop].Prize.Points
						}
					}
				}
				fmt.Printf("%s W+%d %-6s visits %d/%d prize %d due %d drive %d worth %d\n", rep.Code, w+1, name, week.Visits, d.Holds(), week.Prize, due, week.Drive.Time/60, week.Prize-int(week.Drive.Time)/60)
			}
			j := d.Improve()
			o := route.Options{Iterations: 30000, From: j.from}
			one, err := route.Solve(&j.problem, o)
			require.NoError(t, err)
			show("one", one)
			two, err := d.Improve().Run(route.Options{Iterations: 30000})
			require.NoError(t, err)
			show("two", two)
		}
	}
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
