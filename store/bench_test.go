package store

// How long the main questions take at full size: 100,000 accounts and, unless
// DOPPELPASS_BENCH_VISITS says otherwise, a million visits.

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

const (
	benchAccounts    = 100_000
	benchTerritories = 250
)

var benchRegions = []string{"Nord", "Ost", "Süd/Bayern", "Süd/Baden-Württemberg", "West"}

var benchToday = model.NewDate(2026, 11, 24)

// large is the store that the benchmarks share; TestMain removes it.
var large struct {
	once sync.Once
	dir  string
	err  error
}

// openLarge opens a store of full size, which the first caller makes.
func openLarge(b *testing.B, o Options) *Store {
	b.Helper()
	large.once.Do(func() {
		if large.dir, large.err = os.MkdirTemp("", "doppelpass-bench-*"); large.err == nil {
			large.err = makeLarge(filepath.Join(large.dir, "s.db"))
		}
	})
	require.NoError(b, large.err)
	s, err := Open(filepath.Join(large.dir, "s.db"), o)
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, s.Close()) })
	return s
}

func benchVisits() int {
	if n, err := strconv.Atoi(os.Getenv("DOPPELPASS_BENCH_VISITS")); err == nil {
		return n
	}
	return 1_000_000
}

func makeLarge(path string) error {
	s, err := Open(path, Options{Fast: true})
	if err != nil {
		return err
	}
	defer s.Close()
	each := benchVisits() / benchAccounts
	return s.Load(lead, "demo", "", func(l *Loader) error {
		for i := range benchTerritories {
			rep := fmt.Sprintf("R%d", i/2)
			if err := l.Put(model.Rep{Code: rep, Name: rep}); i%2 == 0 && err != nil {
				return err
			}
			if err := l.Put(model.Territory{Code: fmt.Sprintf("T%d", i), Name: "N", Region: benchRegions[i/2%len(benchRegions)], Rep: rep}); err != nil {
				return err
			}
		}
		for i := range 60 { // about one in six is in sight on a day, in a fifth of the territories
			start := benchToday + model.Date(i*6-180)
			if err := l.Put(model.Campaign{Code: fmt.Sprintf("C%d", i), Name: "N", Kind: "mailing", Territories: []string{benchRegions[i%len(benchRegions)]},
				Classes: []model.Class{"A", "B"}, Start: start, End: start + 14, Status: model.CampaignPlanned}); err != nil {
				return err
			}
		}
		for i := range benchAccounts {
			if err := l.Put(model.Account{Code: fmt.Sprintf("K%d", i), Name: fmt.Sprintf("Kunde %d", i), Territory: fmt.Sprintf("T%d", i%benchTerritories),
				Class: [...]model.Class{"A", "B", "C"}[i%3], Phone: "0711 1", Consent: model.ConsentPresumed, Since: benchToday - model.Date(i%2000)}); err != nil {
				return err
			}
		}
		for i := range benchAccounts {
			var visits []model.Visit
			for v := range each {
				visits = append(visits, model.Visit{Account: fmt.Sprintf("K%d", i), Date: benchToday - model.Date((i*7+v*540/each)%540), Time: model.NewClock(8+v%9, v%60),
					Rep: fmt.Sprintf("R%d", i%benchTerritories/2), Outcome: "order"})
			}
			calls := []model.Call{{Account: fmt.Sprintf("K%d", i), Date: benchToday - model.Date(i%90), Agent: "M", Outcome: model.CallOutcome(i % 5)}}
			if err := l.Contacts(fmt.Sprintf("K%d", i), visits, calls); err != nil {
				return err
			}
		}
		return nil
	})
}

// BenchmarkBook loads the Book from an open store.
func BenchmarkBook(b *testing.B) {
	s := openLarge(b, Options{ReadOnly: true})
	for b.Loop() {
		book, err := s.Book()
		require.NoError(b, err)
		require.Equal(b, benchAccounts, book.AccountCount())
	}
}

// BenchmarkSignals computes every signal of a Book that has computed none yet.
func BenchmarkSignals(b *testing.B) {
	book, err := openLarge(b, Options{ReadOnly: true}).Book()
	require.NoError(b, err)
	for b.Loop() { // a day of its own each time: nothing computed before helps
		require.NotEmpty(b, book.On(benchToday).WithSettings(book.Settings()).Signals())
	}
	b.ReportMetric(float64(len(book.On(benchToday).Signals())), "signals")
}

// BenchmarkSignalsFromClosed opens the store, loads the Book, computes the signals
// and closes it: what a command does, but for starting the process.
func BenchmarkSignalsFromClosed(b *testing.B) {
	openLarge(b, Options{ReadOnly: true})
	for b.Loop() {
		s, err := Open(filepath.Join(large.dir, "s.db"), Options{ReadOnly: true})
		require.NoError(b, err)
		book, err := s.Book()
		require.NoError(b, err)
		require.NotEmpty(b, book.On(benchToday).Signals())
		require.NoError(b, s.Close())
	}
}

// BenchmarkLogVisit logs a visit, tells the Book and asks for all signals again,
// without waiting for the disk and with it.
func BenchmarkLogVisit(b *testing.B) {
	for name, fast := range map[string]bool{"without the disk": true, "with the disk": false} {
		b.Run(name, func(b *testing.B) {
			s := openLarge(b, Options{Fast: fast})
			var book *model.Book
			book, stop, err := s.Follow(func(c model.Change) { book.Apply(c) })
			require.NoError(b, err)
			defer stop()
			book.On(benchToday).Signals()
			entries, err := s.History(0, 1)
			require.NoError(b, err)
			n := int(entries[0].Step)
			for b.Loop() {
				n++
				visit := model.Visit{Account: fmt.Sprintf("K%d", n*7919%benchAccounts), Date: benchToday, Time: model.NewClock(0, 0), Rep: "R1", Note: fmt.Sprint(n)}
				_, err := s.Apply(lead, Request{Action: "visit.log", Puts: []Put{{Record: visit}}})
				require.NoError(b, err)
				require.NotEmpty(b, book.On(benchToday).Signals())
			}
		})
	}
}

// BenchmarkLatestVisits reads the newest page of everybody's visits.
func BenchmarkLatestVisits(b *testing.B) {
	s := openLarge(b, Options{ReadOnly: true})
	for b.Loop() {
		visits, _, err := s.Visits(VisitQuery{Last: benchToday, Limit: 50})
		require.NoError(b, err)
		require.NotEmpty(b, visits)
	}
}
