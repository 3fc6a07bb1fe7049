package store

// What goes by its age goes from the present and from the history, and nothing else does.

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
)

func onDay(t require.TestingT, s string) model.Date {
	d, err := model.ParseDate(s)
	require.NoError(t, err)
	return d
}

// noonOf is a clock that stands.
func noonOf(d model.Date) func() time.Time {
	return func() time.Time { return d.Time().Add(12 * time.Hour) }
}

func saidNothing(Retention) string { return "" }

// standings are what the rules see of every account on some days.
func standings(t require.TestingT, s *Store, days ...model.Date) (list []string) {
	book, err := s.RulesBook()
	require.NoError(t, err)
	for _, day := range days {
		d := book.On(day)
		from := len(list)
		for l := range book.Accounts {
			list = append(list, fmt.Sprintf("%s %s %+v", day, l.Code, d.Standing(l)))
		}
		slices.Sort(list[from:])
		for _, signal := range d.Signals() {
			list = append(list, fmt.Sprintf("%s %+v %d", day, signal.Key(), signal.Urgency))
		}
	}
	return list
}

// agedStore has rows of a held account and of another around the days on which their
// periods end on 27 November 2026.
func agedStore(t *testing.T, path string) *Store {
	s := openAt(t, path)
	s.now = noonOf(onDay(t, "2026-11-27"))
	visit := func(id byte, account, day, note string) model.Visit {
		return model.Visit{ID: model.RowID{15: id}, Account: account, Date: onDay(t, day), Time: model.NewClock(9, 30), Minutes: 25, Rep: "R1", Outcome: "order", Value: 700, Guests: []string{"Kim"}, Note: note}
	}
	call := func(id byte, account, day, note string) model.Call {
		return model.Call{ID: model.RowID{14: id}, Account: account, Date: onDay(t, day), Time: model.NewClock(15, 0), Agent: "Ann", Note: note}
	}
	putAll(t, s, "import",
		model.Rep{Code: "R1", Name: "Katrin Sommer"}, model.Territory{Code: "T1", Name: "Ulm", Rep: "R1"},
		model.Account{Code: "K1", Name: "Adler", Territory: "T1"}, model.Account{Code: "K2", Name: "Bergmann", Territory: "T1", Hold: true},
		visit(1, "K1", "2023-11-26", "aged-note one"), visit(2, "K1", "2023-11-27", "kept note two"), visit(3, "K1", "2026-05-26", "kept note three"), visit(4, "K1", "2026-05-27", "kept note four"),
		visit(5, "K2", "2020-01-02", "held note five"), visit(6, "K1", "2023-02-01", "aged-note six, deleted"),
		call(1, "K1", "2024-11-26", "aged-note call one"), call(2, "K1", "2024-11-27", "kept call two"), call(3, "K2", "2020-01-02", "held call three"),
		model.PlannedVisit{Rep: "R1", Account: "K1", Date: onDay(t, "2026-05-26"), Time: model.NewClock(8, 0), Minutes: 40},
		model.PlannedVisit{Rep: "R1", Account: "K1", Date: onDay(t, "2026-05-27"), Time: model.NewClock(8, 0), Minutes: 40},
		model.SettledVisit{Rep: "R1", Account: "K1", Date: onDay(t, "2025-05-05"), Time: model.NewClock(8, 0), Minutes: 40, Became: model.BecameMet},
		model.SetAside{ID: model.RowID{1}, For: "zyxwolf", Date: onDay(t, "2023-11-20"), Of: model.TableVisits, Code: "K1", Values: `{"note":"aged-note aside"}`},
	)
	_, err := s.Apply(lead, Request{Action: "visit.delete", Deletes: []model.Key{visit(6, "K1", "2023-02-01", "").Key()}})
	require.NoError(t, err)
	return s
}

func TestWhatIsOlderThanItIsKeptGoesForGood(t *testing.T) {
	today := onDay(t, "2026-11-27")
	for _, limit := range []int{journalLimit, 0} { // the history as records, and as documents
		t.Run(fmt.Sprint("steps of ", limit), func(t *testing.T) {
			kept := journalLimit
			journalLimit = limit
			t.Cleanup(func() { journalLimit = kept })
			path := filepath.Join(t.TempDir(), "s.db")
			s := agedStore(t, path)
			days := []model.Date{onDay(t, "2023-11-27"), onDay(t, "2025-01-01"), today}
			seen, counts := standings(t, s, days...), counted(t, s)

			told, err := s.Retention(today)
			require.NoError(t, err)
			rows := func(r Retention) (list []string) {
				for _, a := range r.Rows {
					list = append(list, fmt.Sprintf("%s %s %d until %s: %d, held %d", a.Kind, a.Table, a.Months, a.Until, a.Rows, a.Held))
				}
				return list
			}
			require.Equal(t, []string{
				"visit-notes visits 36 until 2023-11-26: 1, held 1", "call-notes calls 24 until 2024-11-26: 1, held 1",
				"times visits 6 until 2026-05-26: 3, held 1", "times plan 6 until 2026-05-26: 1, held 0", "times settled 6 until 2026-05-26: 1, held 0",
				"visit-notes asides 36 until 2023-11-26: 1, held 0",
			}, rows(told))
			require.Equal(t, []string{"K2"}, told.Held)
			require.Equal(t, []AgedYear{{2023, 2, onDay(t, "2023-11-26"), onDay(t, "2023-11-27")}, {2026, 1, onDay(t, "2026-05-26"), onDay(t, "2026-05-26")}}, told.Rows[2].Years)
			require.Positive(t, told.Steps)
			steps, err := s.History(0, 0)
			require.NoError(t, err)

			// Nobody but the lead, and not before the day.
			_, err = s.Retain(model.Actor{Name: "Anna", Role: model.RoleSales}, today, saidNothing)
			require.ErrorAs(t, err, &model.Forbidden{})
			_, err = s.Retain(lead, model.DateOf(s.now())+1, saidNothing)
			require.ErrorIs(t, err, ErrNotYet)
			require.Len(t, historyOf(t, s), len(steps))

			went, err := s.Retain(lead, today, saidNothing)
			require.NoError(t, err)
			require.Equal(t, told, went)
			require.Len(t, historyOf(t, s), len(steps)+1, "one step, which says so")
			require.Equal(t, "retention.apply", historyOf(t, s)[0].Action)
			require.Equal(t, seen, standings(t, s, days...), "no sum and no signal changes, on no day")
			require.Equal(t, counts, counted(t, s))
			requireSound(t, s)
			notes := func() (list []string) {
				for _, r := range everyRecord(t, s) {
					switch r := r.(type) {
					case model.Visit:
						list = append(list, fmt.Sprint(r.Account, r.Date, r.Time, r.Minutes, r.Note, r.Outcome, r.Value, r.Guests))
					case model.Call:
						list = append(list, fmt.Sprint(r.Account, r.Date, r.Time, r.Note))
					}
				}
				return list
			}
			nine, three := model.NewClock(9, 30), model.NewClock(15, 0)
			require.ElementsMatch(t, []string{
				fmt.Sprint("K1", onDay(t, "2023-11-26"), model.Clock(0), 0, "", "order", model.Money(700), []string{"Kim"}),
				fmt.Sprint("K1", onDay(t, "2023-11-27"), model.Clock(0), 0, "kept note two", "order", model.Money(700), []string{"Kim"}),
				fmt.Sprint("K1", onDay(t, "2026-05-26"), model.Clock(0), 0, "kept note three", "order", model.Money(700), []string{"Kim"}),
				fmt.Sprint("K1", onDay(t, "2026-05-27"), nine, 25, "kept note four", "order", model.Money(700), []string{"Kim"}),
				fmt.Sprint("K2", onDay(t, "2020-01-02"), nine, 25, "held note five", "order", model.Money(700), []string{"Kim"}),
				fmt.Sprint("K1", onDay(t, "2024-11-26"), three, ""), fmt.Sprint("K1", onDay(t, "2024-11-27"), three, "kept call two"), fmt.Sprint("K2", onDay(t, "2020-01-02"), three, "held call three"),
			}, notes())

			// Twice is once.
			again, err := s.Retain(lead, today, saidNothing)
			require.NoError(t, err)
			require.True(t, again.Nothing(), again)
			require.Len(t, historyOf(t, s), len(steps)+1)

			// No undo brings anything back: the deleted visit comes without its note.
			for range 3 {
				for _, e := range historyOf(t, s) {
					_, _ = s.UndoStep(lead, e.Step)
					for _, note := range notes() {
						require.NotContains(t, note, "aged-note")
					}
				}
			}
			problems, err := s.Check()
			require.NoError(t, err)
			require.Empty(t, problems)
			require.NoError(t, s.Close())
			_, _, err = Compact(path, Options{Fast: true})
			require.NoError(t, err)
			require.NotContains(t, string(contentOf(t, path)), "aged-note")
		})
	}
}

func historyOf(t *testing.T, s *Store) []Entry {
	t.Helper()
	steps, err := s.History(0, 0)
	require.NoError(t, err)
	return steps
}

func TestWhatWentByItsAgeDoesNotComeBackWithAFile(t *testing.T) {
	today := onDay(t, "2026-11-27")
	s := open(t)
	s.now = noonOf(today)
	apply(t, s, model.Territory{Code: "T1", Name: "Ulm"}, model.Account{Code: "K1", Name: "Adler", Territory: "T1"}, model.Account{Code: "K2", Name: "Bergmann", Territory: "T1", Hold: true})
	visits := write(t, "visits.csv", "account,date,time,rep,minutes,outcome,note,id\nK1,2023-03-01,09:30,R1,20,order,once said,\nK1,2023-03-01,14:00,R1,10,interest,again said,\nK1,2026-11-02,10:00,R1,5,,new,\n"+
		"K2,2023-03-01,09:30,R1,20,order,held,\nK1,2023-04-01,11:00,R2,7,none,named,V-9\n")
	calls := write(t, "calls.csv", "account,date,time,agent,outcome,note\nK1,2023-03-02,09:30,Ann,reached,long ago\n")
	plan := write(t, "plan.csv", "rep,date,account,time,minutes\nR1,2025-03-01,K1,09:30,20\nR1,2025-03-01,K1,15:30,20\n")
	files := []string{visits, calls, plan}
	for _, r := range importFiles(t, s, ImportOptions{}, files...) {
		require.Zero(t, r.Aged)
	}
	_, err := s.Retain(lead, today, saidNothing)
	require.NoError(t, err)
	counts, steps := counted(t, s), len(historyOf(t, s))
	before := records(t, s)
	for range 2 {
		aged := 0
		for _, r := range importFiles(t, s, ImportOptions{}, files...) {
			aged += r.Aged
			require.Zero(t, r.Tally, r.Path)
			require.Zero(t, r.Skipped+r.Cells)
		}
		require.Equal(t, 6, aged)
	}
	require.Equal(t, counts, counted(t, s), "nothing twice")
	requireSame(t, before, records(t, s))
	require.Len(t, historyOf(t, s), steps)

	// Whoever wants it all the same says so; and a hold that ends meanwhile doubles nothing.
	apply(t, s, model.Account{Code: "K2", Name: "Bergmann", Territory: "T1"})
	importFiles(t, s, ImportOptions{}, files...)
	require.Equal(t, counts, counted(t, s))
	importFiles(t, s, ImportOptions{BringBack: true}, files...)
	told, err := s.Retention(today)
	require.NoError(t, err)
	require.Positive(t, told.Count())
	requireSound(t, s)
}

func TestLettingGoTwiceIsLettingGoOnce(t *testing.T) {
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		s := openAt(rt, filepath.Join(dir, fmt.Sprint(n, ".db")))
		defer s.Close()
		now := model.DateOf(s.now())
		settings := model.DefaultSettings()
		settings.KeepVisitNotes, settings.KeepCallNotes, settings.KeepTimes = rapid.IntRange(0, 40).Draw(rt, "visits"), rapid.IntRange(0, 40).Draw(rt, "calls"), rapid.IntRange(0, 40).Draw(rt, "times")
		puts := []Put{{Record: settings}, {Record: model.Territory{Code: "T1", Name: "x"}}}
		for k := range 3 {
			puts = append(puts, Put{Record: model.Account{Code: fmt.Sprint("K", k), Name: "x", Territory: "T1", Hold: rapid.Bool().Draw(rt, "held")}})
		}
		for range rapid.IntRange(1, 20).Draw(rt, "rows") {
			account, day := fmt.Sprint("K", rapid.IntRange(0, 2).Draw(rt, "account")), now-model.Date(rapid.IntRange(0, 1500).Draw(rt, "age"))
			if rapid.Bool().Draw(rt, "visit") {
				puts = append(puts, Put{Record: model.Visit{Account: account, Date: day, Time: model.Clock(rapid.IntRange(0, 3).Draw(rt, "time")), Rep: "R1", Note: rapid.SampledFrom([]string{"", "said"}).Draw(rt, "note")}})
			} else {
				puts = append(puts, Put{Record: model.Call{Account: account, Date: day, Agent: "A", Note: rapid.SampledFrom([]string{"", "said"}).Draw(rt, "note")}})
			}
		}
		_, err := s.Apply(lead, Request{Action: "x", Puts: puts})
		require.NoError(rt, err)
		today := now - model.Date(rapid.IntRange(0, 400).Draw(rt, "today"))
		seen := standings(rt, s, today, now)
		_, err = s.Retain(lead, today, saidNothing)
		require.NoError(rt, err)
		once := records(rt, s)
		again, err := s.Retain(lead, today, saidNothing)
		require.NoError(rt, err)
		require.True(rt, again.Nothing())
		require.Equal(rt, once, records(rt, s))
		require.Equal(rt, seen, standings(rt, s, today, now))
		aging := settings.AgingOn(today)
		for _, r := range once {
			v, is := r.(model.Visit)
			if !is {
				continue
			}
			book, err := s.RulesBook()
			require.NoError(rt, err)
			if held := book.Account(v.Account).Hold; !held {
				_, gone := aging.Of(v)
				require.Equal(rt, model.Gone{}, gone)
			}
		}
	})
}

// records are a store's, by their key.
func records(t require.TestingT, s *Store) map[model.Key]model.Record {
	all := map[model.Key]model.Record{}
	for _, d := range documents {
		for r, err := range s.Records(tableIn[d].table) {
			require.NoError(t, err)
			all[r.Key()] = r
		}
	}
	return all
}

func TestAHoldKeepsAllOfAnAccount(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "K1", Name: "Adler", Hold: true}, model.Account{Code: "K2", Name: "Bergmann"},
		model.Contact{Account: "K1", Name: "Petra Lang"}, model.Contact{Account: "K2", Name: "Olaf Lenz"}, model.Rep{Code: "R1", Name: "Katrin Sommer"})
	apply(t, s, model.Visit{ID: model.RowID{1}, Account: "K1", Date: 45000, Rep: "R1", Note: "with Olaf Lenz and Katrin Sommer"})
	held := Held{}
	for _, who := range []Who{{Name: "K1"}, {Name: "Petra Lang"}, {Name: "Petra Lang", Account: "K1"}, {Name: "Olaf Lenz"}, {Name: "Katrin Sommer"}} {
		_, err := s.Erasing(who)
		require.ErrorAs(t, err, &held, who)
		require.Equal(t, "K1", held.Account)
		_, err = s.Erase(lead, who)
		require.ErrorAs(t, err, &held, who)
	}
	_, err := s.Person(Who{Name: "Petra Lang"})
	require.NoError(t, err, "telling is no erasing")
	_, err = s.Apply(lead, Request{Action: "account.delete", Deletes: []model.Key{{Table: model.TableAccounts, Code: "K1"}}})
	require.ErrorAs(t, err, &held)

	// Only the lead sets a hold or ends it, by hand and by a file.
	_, err = s.Apply(model.Actor{Name: "Anna", Role: model.RoleSales}, Request{Action: "account.edit", Puts: []Put{{Record: model.Account{Code: "K1", Name: "Adler"}}}})
	require.ErrorAs(t, err, &model.Forbidden{})
	importAs := func(role model.Role, cell string) FileReport {
		f := write(t, "accounts.csv", "code,name,hold\nK1,Adler,"+cell+"\n")
		source := sourceOf(t, f)
		defer source.File.Close()
		reports, err := s.Import(t.Context(), model.Actor{Name: "x", Role: role}, []Source{source}, ImportOptions{})
		require.NoError(t, err)
		return reports[0]
	}
	hold := func() bool {
		r, err := s.Get(model.Key{Table: model.TableAccounts, Code: "K1"})
		require.NoError(t, err)
		return r.(model.Account).Hold
	}
	report := importAs(model.RoleSales, "no")
	require.True(t, hold())
	require.Equal(t, ReasonHold, report.Groups[0].Reason)
	require.Empty(t, importAs(model.RoleSales, "yes").Groups, "nothing changes")
	require.Empty(t, importAs(model.RoleLead, "no").Groups)
	require.False(t, hold())
	importAs(model.RoleLead, "ja")
	require.True(t, hold())
	importAs(model.RoleLead, "no")
	_, err = s.Erase(lead, Who{Name: "Petra Lang"})
	require.NoError(t, err, "the hold has ended")
	require.False(t, strings.Contains(fmt.Sprint(records(t, s)), "Petra Lang"))
}

func TestWhatGoesByItsAgeGoesOnLaptopsToo(t *testing.T) {
	dir := t.TempDir()
	server := agedStore(t, filepath.Join(dir, "server.db"))
	defer func() { require.NoError(t, server.Close()) }()
	at := laptopOf(t, server, filepath.Join(dir, "laptop.db"), "lena")
	defer func() { require.NoError(t, at.Close()) }()
	_, err := at.Apply(at.actor, Request{Action: "visit.log", Puts: []Put{{Record: model.Visit{Account: "K1", Date: onDay(t, "2023-03-01"), Time: model.NewClock(10, 0), Rep: "R1", Note: "aged-note, written on the train"}}}})
	require.NoError(t, err)
	at.now = server.now
	_, err = at.Retain(at.actor, onDay(t, "2026-11-27"), saidNothing)
	require.ErrorIs(t, err, ErrOnServer)
	_, err = server.Retain(lead, onDay(t, "2026-11-27"), saidNothing)
	require.NoError(t, err)
	require.NoError(t, line{server, func() bool { return false }}.sync(t, at))
	alike(t, server, at.Store)
	for _, s := range []*Store{server, at.Store} {
		require.NotContains(t, fmt.Sprint(records(t, s)), "aged-note")
		told, err := s.Retention(onDay(t, "2026-11-27"))
		require.NoError(t, err)
		require.True(t, told.Nothing(), told)
		require.Contains(t, fmt.Sprint(records(t, s)), "held note")
		problems, err := s.Check()
		require.NoError(t, err)
		require.Empty(t, problems)
	}
}
