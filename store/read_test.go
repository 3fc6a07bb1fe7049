package store

// Reading: the visits asked for against a plain search, counts, the bulk load,
// and readers beside a writer.

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"doppelpass/model"
)

// newestFirst is the order in which visits are shown: the account does not count
// when all else is equal.
func newestFirst(a, b model.Visit) int { return orderOf(b.Key(), a.Key()) }

func TestVisitsAgainstAPlainSearch(t *testing.T) {
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		s := openAt(rt, filepath.Join(dir, fmt.Sprintf("%d.db", n)))
		defer s.Close()
		r := Request{Action: "test"}
		for _, code := range someAccounts {
			r.Puts = append(r.Puts, Put{Record: model.Account{Code: code, Name: code}})
		}
		all := map[model.Key]model.Visit{}
		for range rapid.IntRange(0, 25).Draw(rt, "visits") {
			v := drawRecord(rt, model.TableVisits).(model.Visit)
			if v.Account == "K9" {
				continue
			}
			all[v.Key()] = v
			r.Puts = append(r.Puts, Put{Record: v})
		}
		_, err := s.Apply(lead, r)
		require.NoError(rt, err)

		q := VisitQuery{Limit: rapid.IntRange(0, 5).Draw(rt, "limit")}
		if rapid.Bool().Draw(rt, "bounded") {
			q.First, q.Last = drawDay(rt), drawDay(rt)
		}
		q.Reps = rapid.SampledFrom([][]string{nil, {"R1"}, {"R1", "R2"}, {"R1", "nobody"}, {"nobody"}, {""}}).Draw(rt, "reps")
		if rapid.Bool().Draw(rt, "picks accounts") {
			q.Accept = func(code string) bool { return code != "K2" && code != "K4" }
		}
		var want []model.Visit
		for _, v := range all {
			if (q.First == 0 || v.Date >= q.First) && (q.Last == 0 || v.Date <= q.Last) && (len(q.Reps) == 0 || slices.Contains(q.Reps, v.Rep)) &&
				(q.Accept == nil || q.Accept(v.Account)) {
				want = append(want, v)
			}
		}
		slices.SortFunc(want, newestFirst)

		var got []model.Visit
		for pages := 0; ; pages++ {
			require.Less(rt, pages, 40, "paging ends")
			page, before, err := s.Visits(q)
			require.NoError(rt, err)
			got = append(got, plainVisits(page)...)
			if before == 0 {
				break
			}
			require.NotZero(rt, q.Limit)
			if len(page) > 0 {
				require.GreaterOrEqual(rt, len(page), q.Limit)
				require.Less(rt, before, page[len(page)-1].Date)
			}
			q.Last = before
		}
		require.Len(rt, got, len(want))
		require.True(rt, slices.IsSortedFunc(got, newestFirst))
		byKey := func(a, b model.Visit) int {
			return cmp.Or(newestFirst(a, b), strings.Compare(a.Account, b.Account))
		}
		slices.SortFunc(want, byKey)
		slices.SortFunc(got, byKey)
		require.Equal(rt, len(want), len(got))
		for i := range want {
			require.Equal(rt, want[i], got[i])
		}

		for _, code := range someAccounts {
			var own []model.Visit
			for _, v := range all {
				if v.Account == code {
					own = append(own, v)
				}
			}
			slices.SortFunc(own, newestFirst)
			some := rapid.IntRange(0, 4).Draw(rt, "some")
			visits, err := s.AccountVisits(code, some)
			require.NoError(rt, err)
			if some > 0 && len(own) > some {
				own = own[:some]
			}
			require.Equal(rt, own, append([]model.Visit(nil), plainVisits(visits)...))
		}
		info, err := s.Info()
		require.NoError(rt, err)
		require.Equal(rt, len(all), info.Counts[model.TableVisits])
		require.Equal(rt, len(someAccounts), info.Counts[model.TableAccounts])
	})
}

func TestCallsNewestFirstAcrossYears(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "K1", Name: "Eins"}, model.Account{Code: "K2", Name: "Zwei"})
	for i := range 9 {
		apply(t, s, model.Call{Account: "K1", Date: model.NewDate(2020+i, 1, 1) - 1, Agent: "M"}, model.Call{Account: "K2", Date: 40000, Agent: fmt.Sprint(i)})
	}
	calls, err := s.AccountCalls("K1", 4)
	require.NoError(t, err)
	require.Len(t, calls, 4)
	require.Equal(t, model.NewDate(2027, 12, 31), calls[0].Date)
	require.Equal(t, model.NewDate(2024, 12, 31), calls[3].Date)
	calls, err = s.AccountCalls("K1", 0)
	require.NoError(t, err)
	require.Len(t, calls, 9)
	info, err := s.Info()
	require.NoError(t, err)
	require.Equal(t, 18, info.Counts[model.TableCalls])
	require.Equal(t, 10, info.Steps)
}

func TestRecordsCanBeLeftEarly(t *testing.T) {
	s := open(t)
	apply(t, s, model.Rep{Code: "R1"}, model.Rep{Code: "R2"}, model.Rep{Code: "R3"})
	var seen []string
	for record, err := range s.Records(model.TableReps) {
		require.NoError(t, err)
		if seen = append(seen, record.Key().Code); len(seen) == 2 {
			break
		}
	}
	require.Equal(t, []string{"R1", "R2"}, seen)
	apply(t, s, model.Rep{Code: "R4"}) // the transaction has ended
}

// loaded is a business in the form a bulk load takes it in.
func loaded(t testing.TB, s *Store, accounts, visitsEach int) {
	t.Helper()
	require.NoError(t, s.Load(lead, "demo", "the business", func(l *Loader) error {
		if err := l.Put(model.Rep{Code: "R1", Name: "Sommer"}, model.Territory{Code: "T1", Name: "Ost", Rep: "R1"}); err != nil {
			return err
		}
		for i := range accounts {
			if err := l.Put(model.Account{Code: fmt.Sprintf("K%d", i), Name: "N", Territory: "T1", Class: "B"}); err != nil {
				return err
			}
		}
		for i := range accounts {
			var visits []model.Visit
			for v := range visitsEach {
				visits = append(visits, model.Visit{Account: fmt.Sprintf("K%d", i), Date: model.NewDate(2026, 1, 30) - model.Date(v*17+i%13), Rep: "R1"})
			}
			calls := []model.Call{{Account: fmt.Sprintf("K%d", i), Date: model.NewDate(2026, 1, 1), Agent: "M", Ref: fmt.Sprint(i)}}
			if err := l.Contacts(fmt.Sprintf("K%d", i), visits, calls); err != nil {
				return err
			}
		}
		return l.Put(model.PlannedVisit{Rep: "R1", Account: "K0", Date: 46100}, model.DefaultSettings())
	}))
}

func TestLoadGivesWhatApplyGives(t *testing.T) {
	bulk, single := openAt(t, filepath.Join(t.TempDir(), "a.db")), openAt(t, filepath.Join(t.TempDir(), "b.db"))
	defer bulk.Close()
	defer single.Close()
	loaded(t, bulk, 60, 30)
	sound(t, bulk)
	r := Request{Action: "test"}
	for _, table := range append([]model.Table{model.TableSettings}, model.Tables[:]...) {
		for record, err := range bulk.Records(table) {
			require.NoError(t, err)
			r.Puts = append(r.Puts, Put{Record: record, New: true})
		}
	}
	_, err := single.Apply(lead, r)
	require.NoError(t, err)
	require.Equal(t, recordsOf(t, bulk), recordsOf(t, single))
	a, err := bulk.Book()
	require.NoError(t, err)
	b, err := single.Book()
	require.NoError(t, err)
	require.Equal(t, told(b), told(a))
	first, _, err := bulk.Visits(VisitQuery{})
	require.NoError(t, err)
	require.Len(t, first, 1800)

	entries, err := bulk.History(0, 0)
	require.NoError(t, err)
	require.Len(t, entries, 1)
	require.Equal(t, Tally{Added: 1800}, entries[0].Tally[model.TableVisits])
	require.Equal(t, Tally{Added: 60}, entries[0].Tally[model.TableCalls])
	require.Equal(t, Tally{Added: 60}, entries[0].Tally[model.TableAccounts])
	require.True(t, entries[0].Fixed)
	_, err = bulk.Undo(lead)
	require.ErrorIs(t, err, ErrNothingToUndo, "what made the store stays")
	apply(t, bulk, model.Rep{Code: "R2"})
	require.EqualValues(t, 2, undo(t, bulk))
	require.ErrorIs(t, bulk.Load(lead, "demo", "", func(*Loader) error { return nil }), ErrNotEmpty)
	sound(t, bulk)
}

func TestLoadTellsTheFollowersAndRefusesWhatDoesNotFit(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "a.db"))
	defer s.Close()
	f := follow(t, s)
	require.ErrorAs(t, s.Load(lead, "demo", "", func(l *Loader) error { return l.Put(model.Rep{}) }), &Invalid{})
	require.ErrorAs(t, s.Load(lead, "demo", "", func(l *Loader) error { return l.Contacts("K9", nil, nil) }), &NotFound{})
	require.Empty(t, f.missed)
	require.Empty(t, recordsOf(t, s))
	loaded(t, s, 3, 3)
	require.Equal(t, []model.Change{{Reload: true}}, f.missed)
	f.requireFresh(t)
}

// A load and an undo that are too long to be told record by record.
func TestAChangeTooLongToTellIsAReload(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "a.db"))
	defer s.Close()
	apply(t, s, model.Account{Code: "K1", Name: "Eins"}, model.Territory{Code: "T1", Name: "Ost"})
	f := follow(t, s)
	before := recordsOf(t, s)
	var text strings.Builder
	text.WriteString("account,date,rep\n")
	for i := range editLimit + 10 {
		fmt.Fprintf(&text, "K1,%s,R%d\n", model.Date(40000+i/2), i%2)
	}
	reports := importFiles(t, s, ImportOptions{}, write(t, "v.csv", text.String()))
	require.Equal(t, editLimit+10, reports[0].Tally.Added)
	require.Equal(t, []model.Change{{Reload: true}}, f.missed)
	f.requireFresh(t)
	after := recordsOf(t, s)
	undo(t, s)
	f.requireFresh(t)
	require.Equal(t, before, recordsOf(t, s))
	redo(t, s)
	f.requireFresh(t)
	require.Equal(t, after, recordsOf(t, s))
	sound(t, s)
	entries, err := s.History(0, 1)
	require.NoError(t, err)
	require.Equal(t, Tally{Added: editLimit + 10}, entries[0].Tally[model.TableVisits])
}

// Followers may come and go, and others read, while changes are made.
func TestReadersAndFollowersBesideAWriter(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "a.db"))
	defer s.Close()
	loaded(t, s, 10, 3)
	var done sync.WaitGroup
	for reader := range 3 {
		done.Go(func() {
			for range 15 {
				told := 0
				book, stop, err := s.Follow(func(c model.Change) { told += len(c.Edits) })
				if err != nil || book.AccountCount() != 10 {
					t.Errorf("reader %d: %v", reader, err)
				}
				if _, _, err := s.Visits(VisitQuery{Limit: 5}); err != nil {
					t.Errorf("reader %d: %v", reader, err)
				}
				for _, err := range s.Records(model.TableVisits) {
					if err != nil {
						t.Errorf("reader %d: %v", reader, err)
					}
				}
				stop()
			}
		})
	}
	for i := range 60 {
		apply(t, s, model.Visit{Account: "K1", Date: model.Date(41000 + i), Rep: "R1", Outcome: fmt.Sprint("word ", i)})
	}
	done.Wait()
	sound(t, s)
}

func TestAFollowerThatStopsHearsNothing(t *testing.T) {
	s := open(t)
	heard := 0
	_, stop, err := s.Follow(func(model.Change) { heard++ })
	require.NoError(t, err)
	apply(t, s, model.Rep{Code: "R1"})
	stop()
	apply(t, s, model.Rep{Code: "R2"})
	require.Equal(t, 1, heard)
}

// Who has seen enough of a table's records gets no more, not even what is damaged behind.
func TestWhoHasSeenEnoughRecordsGetsNoMore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	s := openAt(t, path)
	apply(t, s, model.Account{Code: "K1", Name: "Eins"}, model.Account{Code: "K2", Name: "Zwei"})
	require.NoError(t, s.Close())
	raw, err := bbolt.Open(path, 0o600, nil)
	require.NoError(t, err)
	require.NoError(t, raw.Update(func(tx *bbolt.Tx) error {
		accounts := tx.Bucket(documentBuckets[docAccounts])
		key, value := accounts.Cursor().Last()
		return accounts.Put(key, append([]byte("x"), value...))
	}))
	require.NoError(t, raw.Close())
	s = openAt(t, path)
	defer s.Close()
	for record, err := range s.Records(model.TableAccounts) {
		require.NoError(t, err)
		require.Equal(t, "K1", record.Key().Code)
		break
	}
	for _, err = range s.Records(model.TableAccounts) {
		continue
	}
	require.ErrorAs(t, err, &Damaged{})
}
