package store

// What is agreed stays on the whole road: through files, proposals, confirming, undo and
// files again.

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/model/route"
	"doppelpass/model/week"
	"doppelpass/store/exchange"
)

// plannedIn are a store's planned visits by key.
func plannedIn(t require.TestingT, s *Store) map[model.Key]model.PlannedVisit {
	all := map[model.Key]model.PlannedVisit{}
	for record, err := range s.Records(model.TablePlan) {
		require.NoError(t, err)
		all[record.Key()] = record.(model.PlannedVisit)
	}
	return all
}

// planFile writes planned visits as people's files have them.
func planFile(t require.TestingT, path string, plan []model.Record) string {
	file, err := os.Create(path)
	require.NoError(t, err)
	require.NoError(t, exchange.WriteCSV(file, exchange.English, exchange.Records(model.TablePlan, slices.Values(plan))))
	require.NoError(t, file.Close())
	return path
}

func TestWhatIsAgreedStaysThroughFilesProposalsAndUndo(t *testing.T) {
	fewerChecks(t, "40")
	base, n := t.TempDir(), 0
	today := model.NewDate(2026, 11, 24)
	monday := today.Monday() + 7
	rapid.Check(t, func(rt *rapid.T) {
		n++
		dir := filepath.Join(base, fmt.Sprint(n))
		defer os.RemoveAll(dir)
		s, other := openAt(rt, filepath.Join(dir, "a.db")), openAt(rt, filepath.Join(dir, "b.db"))
		defer s.Close()
		defer other.Close()
		capacity := rapid.IntRange(1, 20).Draw(rt, "capacity")
		away := model.Absence{Rep: "R1", From: monday + model.Date(rapid.IntRange(0, 4).Draw(rt, "away"))}
		away.To = away.From
		people := []model.Record{
			model.Rep{Code: "R1", Name: "K. Sommer", Capacity: capacity, HomeAt: model.Coordinates{Lat: 48.78, Lon: 9.18}}, model.Territory{Code: "T1", Name: "Ost", Rep: "R1"}, away,
		}
		for i := range 12 {
			code := fmt.Sprintf("K%02d", i)
			people = append(people, model.Account{Code: code, Name: "Kunde " + code, Territory: "T1", Class: "B", Hours: "Mo-Fr 08:00-12:00,13:00-17:00",
				At: model.Coordinates{Lat: 48.7 + float64(i%4)*0.04, Lon: 9.0 + float64(i/4)*0.1}})
		}
		for _, store := range []*Store{s, other} {
			r := Request{Action: "test"}
			for _, record := range people {
				r.Puts = append(r.Puts, Put{Record: record})
			}
			_, err := store.Apply(lead, r)
			require.NoError(rt, err)
		}
		var agreed []model.Record
		times := map[model.PlannedVisit]bool{}
		for range rapid.IntRange(0, 10).Draw(rt, "agreed") {
			p := model.PlannedVisit{
				Rep: "R1", Date: monday + model.Date(rapid.IntRange(0, 6).Draw(rt, "day")), Account: fmt.Sprintf("K%02d", rapid.IntRange(0, 3).Draw(rt, "account")),
				Time: model.NewClock(rapid.IntRange(6, 20).Draw(rt, "hour"), 0),
			}
			if !times[p] { // nobody is at one account twice at a time
				times[p] = true
				p.Minutes = rapid.SampledFrom([]int{15, 30, 90}).Draw(rt, "minutes")
				agreed = append(agreed, p)
			}
		}
		path := planFile(rt, filepath.Join(dir, "agreed.csv"), agreed)
		_, err := importing(rt, s, lead, ImportOptions{Strict: true}, path)
		require.NoError(rt, err)
		before := plannedIn(rt, s)
		require.Len(rt, before, len(agreed), "every row is a visit of its own")
		reports, err := importing(rt, s, lead, ImportOptions{Strict: true}, path)
		require.NoError(rt, err)
		require.Equal(rt, Tally{}, reports[0].Tally, "read again it changes nothing")

		book, err := s.Book()
		require.NoError(rt, err)
		day := book.On(today)
		d, err := week.NewDesk(day, day.Signals(), week.DefaultRules()).Draft("R1", monday)
		require.NoError(rt, err)
		for range rapid.IntRange(1, 2).Draw(rt, "rounds") {
			solved, err := d.Improve().Run(route.Options{Iterations: 100})
			require.NoError(rt, err)
			_, err = d.Take(solved)
			require.NoError(rt, err)
		}
		put, remove := d.Confirmed(book)
		require.Empty(rt, remove)
		r := Request{Action: "plan.confirm"}
		for _, p := range put {
			r.Puts = append(r.Puts, Put{Record: p})
			require.False(rt, before[p.Key()] == (model.PlannedVisit{}) && p.Date == away.From, "nothing is proposed for a day off")
		}
		if len(put) > 0 {
			_, err = s.Apply(lead, r)
			require.NoError(rt, err)
		}
		after := plannedIn(rt, s)
		for key, p := range before {
			require.Equal(rt, p, after[key], "what was agreed")
		}
		require.LessOrEqual(rt, len(after), max(d.Holds(), len(before)), "capacity")

		var all []model.Record
		for record, err := range s.Records(model.TablePlan) {
			require.NoError(rt, err)
			all = append(all, record)
		}
		_, err = importing(rt, other, lead, ImportOptions{Strict: true}, planFile(rt, filepath.Join(dir, "all.csv"), all))
		require.NoError(rt, err)
		require.Equal(rt, after, plannedIn(rt, other), "exported and imported")
		if len(put) > 0 {
			_, err = s.Undo(lead)
			require.NoError(rt, err)
		}
		require.Equal(rt, before, plannedIn(rt, s), "undone")
		if len(put) > 0 {
			_, err = s.Redo(lead)
			require.NoError(rt, err)
		}
		require.Equal(rt, after, plannedIn(rt, s), "and made again")
		sound(rt, s)
	})
}
