package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

// importFiles imports files as the command line does.
func importFiles(t testing.TB, s *Store, o ImportOptions, paths ...string) []FileReport {
	t.Helper()
	var sources []Source
	for _, path := range paths {
		f, err := exchange.Open(path, exchange.Options{})
		require.NoError(t, err)
		t.Cleanup(func() { f.Close() })
		m, err := f.Mapping()
		require.NoError(t, err)
		sources = append(sources, Source{f, m})
	}
	reports, err := s.Import(context.Background(), lead, sources, o)
	require.NoError(t, err)
	return reports
}

func write(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

func sharedData(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join("..", "..", "shared", "data", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the data to try things on is not here: %v", err)
	}
	return path
}

func TestAdventureWorksGoesInAndASecondTimeChangesNothing(t *testing.T) {
	folder := sharedData(t, "adventureworks")
	s := open(t)
	paths := []string{filepath.Join(folder, "orders.csv"), filepath.Join(folder, "resellers.csv"), filepath.Join(folder, "territories.csv")}
	reports := importFiles(t, s, ImportOptions{}, paths...)
	require.Len(t, reports, 3)
	for i, want := range []struct {
		table model.Table
		added int
	}{{model.TableTerritories, 10}, {model.TableAccounts, 701}, {model.TableVisits, 3616}} {
		require.Equal(t, want.table, reports[i].Mapping.Table)
		require.Equal(t, want.added, reports[i].Tally.Added, reports[i].Problems)
		require.Zero(t, reports[i].Skipped, reports[i].Problems)
	}
	requireSound(t, s)

	for _, report := range importFiles(t, s, ImportOptions{}, paths...) {
		require.Zero(t, report.Tally, report.Path)
	}
	steps, err := s.History(0, 0)
	require.NoError(t, err)
	require.Len(t, steps, 1, "an import that changes nothing is no step")

	before, err := s.Info()
	require.NoError(t, err)
	_, err = s.Undo(lead)
	require.NoError(t, err)
	requireSound(t, s)
	after, err := s.Info()
	require.NoError(t, err)
	require.Zero(t, after.Counts[model.TableVisits])
	require.Zero(t, after.Counts[model.TableAccounts])
	_, err = s.Redo(lead)
	require.NoError(t, err)
	requireSound(t, s)
	again, err := s.Info()
	require.NoError(t, err)
	require.Equal(t, before.Counts, again.Counts)
}

func TestRowsThatDoNotFitAreSkippedWithTheirReason(t *testing.T) {
	s := open(t)
	apply(t, s, model.Territory{Code: "T1", Name: "Ost", Postcodes: []string{"70", "707"}}, model.Territory{Code: "T2", Name: "West", Postcodes: []string{"7071"}})
	accounts := write(t, "a.csv", "code,name,territory,class,postcode,city\nK1,Eins,T1,A,,\nK2,Zwei,T9,B,,\nK3,Drei,,C,70713,X\nK4,Vier,ost,C,,\n")
	report := importFiles(t, s, ImportOptions{}, accounts)[0]
	require.Equal(t, 3, report.Tally.Added)
	require.Equal(t, 1, report.Skipped)
	require.Equal(t, ReasonUnknownTerritory, report.Problems[0].Reason)
	require.Equal(t, 3, report.Problems[0].Line)
	got, err := s.Get(model.Account{Code: "K3"}.Key())
	require.NoError(t, err)
	require.Equal(t, "T2", got.(model.Account).Territory, "the longest postcode prefix wins")
	got, err = s.Get(model.Account{Code: "K4"}.Key())
	require.NoError(t, err)
	require.Equal(t, "T1", got.(model.Account).Territory, "a territory may be named")

	visits := write(t, "v.csv", "account,date,rep\nK1,2026-11-20,R1\nK9,2026-11-20,R1\nZwei,2026-11-01,R1\nDrei,2026-11-02,R1\n")
	report = importFiles(t, s, ImportOptions{}, visits)[0]
	require.Equal(t, 2, report.Tally.Added)
	require.Equal(t, 2, report.Skipped)
	report = importFiles(t, s, ImportOptions{CreateMissing: true}, visits)[0]
	require.Equal(t, Tally{Added: 2}, report.Tally)
	require.Equal(t, []string{"K9", "Zwei"}, report.Created)
	requireSound(t, s)
}

// An identifier is a row's where account and day agree too; elsewhere it is a
// running number, and the row stands beside the old one.
func TestAnIdentifierAtAnotherAccountOrDayIsARunningNumber(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "K1", Name: "Eins"}, model.Account{Code: "K2", Name: "Zwei"})
	importFiles(t, s, ImportOptions{}, write(t, "v.csv", "id,account,date,rep,note\nv1,K1,2025-12-30,R1,first\nv2,K1,2026-01-05,R1,\n"))
	again := write(t, "v.csv", "id,account,date,rep,time\nv1,K2,2026-02-01,R1,\nv2,K1,2026-01-05,R1,09:30\n")
	report := importFiles(t, s, ImportOptions{}, again)[0]
	require.Equal(t, Tally{Added: 1, Changed: 1}, report.Tally)
	visits, err := s.AccountVisits("K2", 0)
	require.NoError(t, err)
	require.Equal(t, []model.Visit{{Ref: "v1", Account: "K2", Date: day(t, "2026-02-01"), Rep: "R1"}}, plainVisits(visits))
	visits, err = s.AccountVisits("K1", 0)
	require.NoError(t, err)
	require.Equal(t, []model.Visit{{Ref: "v2", Account: "K1", Date: day(t, "2026-01-05"), Time: model.NewClock(9, 30), Rep: "R1"},
		{Ref: "v1", Account: "K1", Date: day(t, "2025-12-30"), Rep: "R1", Note: "first"}}, plainVisits(visits))
	require.Zero(t, importFiles(t, s, ImportOptions{}, again)[0].Tally)
	requireSound(t, s)
}

// Rows of one file that agree in all that tells them apart are several; read a
// second time, the nth is the nth again.
func TestTwoOfOneDayAreTwo(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "K1", Name: "Eins"})
	path := write(t, "v.csv", "account,date,rep,value\nK1,2026-01-05,R1,100\nK1,2026-01-05,R1,250\nK1,2026-01-05,R1,100\n")
	require.Equal(t, Tally{Added: 3}, importFiles(t, s, ImportOptions{}, path)[0].Tally)
	require.Zero(t, importFiles(t, s, ImportOptions{}, path)[0].Tally)
	visits, err := s.AccountVisits("K1", 0)
	require.NoError(t, err)
	require.Len(t, visits, 3)
	require.NotEqual(t, visits[0].ID, visits[1].ID)
	_, err = s.Apply(lead, Request{Action: "test", Deletes: []model.Key{visits[1].Key()}})
	require.NoError(t, err)
	left, err := s.AccountVisits("K1", 0)
	require.NoError(t, err)
	require.Equal(t, []model.Visit{visits[0], visits[2]}, left, "the others are still themselves")
	requireSound(t, s)

	calls := write(t, "c.csv", "account,date,agent,outcome\nK1,2026-01-05,M,opt-out\nK1,2026-01-05,M,not-reached\n")
	require.Equal(t, Tally{Added: 2}, importFiles(t, s, ImportOptions{}, calls)[0].Tally)
	require.Zero(t, importFiles(t, s, ImportOptions{}, calls)[0].Tally)
	requireSound(t, s)
}

// A visit that somebody has moved to another day meets its row of the file again.
func TestAVisitThatWasMovedMeetsItsRowAgain(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "K1", Name: "Eins"})
	path := write(t, "v.csv", "id,account,date,rep\nv1,K1,2025-12-30,R1\n,K1,2026-01-05,R1\n")
	importFiles(t, s, ImportOptions{}, path)
	visits, err := s.AccountVisits("K1", 0)
	require.NoError(t, err)
	var moves []Put
	for i, v := range visits {
		before := v
		v.Date = day(t, "2026-03-01") + model.Date(i)
		key := before.Key()
		moves = append(moves, Put{Record: v, Before: before, Replaces: &key})
	}
	_, err = s.Apply(lead, Request{Action: "test", Puts: moves})
	require.NoError(t, err)
	requireSound(t, s)
	require.Equal(t, Tally{Changed: 2}, importFiles(t, s, ImportOptions{}, path)[0].Tally, "the file knows better")
	back, err := s.AccountVisits("K1", 0)
	require.NoError(t, err)
	require.Equal(t, visits, back)
	requireSound(t, s)
}

func TestDryRunAndStrictWriteNothing(t *testing.T) {
	s := open(t)
	path := write(t, "a.csv", "code,name,class\nK1,Eins,A\nK2,Zwei,Q\n")
	report := importFiles(t, s, ImportOptions{DryRun: true}, path)[0]
	require.Equal(t, 2, report.Tally.Added, "a class that nobody knows costs the cell")
	require.Equal(t, 1, report.Cells)
	f, err := exchange.Open(path, exchange.Options{})
	require.NoError(t, err)
	defer f.Close()
	m, err := f.Mapping()
	require.NoError(t, err)
	_, err = s.Import(context.Background(), lead, []Source{{f, m}}, ImportOptions{Strict: true})
	require.ErrorIs(t, err, ErrStrict)
	info, err := s.Info()
	require.NoError(t, err)
	require.Zero(t, info.Counts[model.TableAccounts])
	require.Zero(t, info.Steps)
}

func TestAccountsTheFileLacksAreReportedAndMarkedOnRequest(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "K1", Name: "Eins"}, model.Account{Code: "K2", Name: "Zwei", Note: "by hand"}, model.Account{Code: "K3", Name: "Drei"})
	path := write(t, "a.csv", "code,name,city\nK1,Eins,Ulm\nK2,Zwei neu,\n")
	report := importFiles(t, s, ImportOptions{}, path)[0]
	require.Equal(t, []string{"K3"}, report.Missing)
	require.Zero(t, report.Marked)
	got, err := s.Get(model.Account{Code: "K2"}.Key())
	require.NoError(t, err)
	require.Equal(t, "by hand", got.(model.Account).Note)
	report = importFiles(t, s, ImportOptions{MarkMissing: true}, path)[0]
	require.Equal(t, 1, report.Marked)
}

// Files that log changes name a call again and again; the last row holds, and the
// same file a second time changes nothing.
func TestACallNamedAgainOnADayIsTheSameCall(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "K1", Name: "Eins"}, model.Account{Code: "K2", Name: "Zwei"})
	path := write(t, "c.csv", "id,account,date,time,agent,outcome\nc1,K1,2026-01-05,09:00,M,reached\nc2,K1,2026-01-05,10:00,M,declined\nc1,K1,2026-01-05,11:00,M,not-reached\n")
	report := importFiles(t, s, ImportOptions{}, path)[0]
	require.Equal(t, Tally{Added: 2}, report.Tally)
	require.Equal(t, 1, report.Same)
	calls, err := s.AccountCalls("K1", 1)
	require.NoError(t, err)
	require.Equal(t, []model.Call{{Ref: "c1", Account: "K1", Date: day(t, "2026-01-05"), Time: model.NewClock(11, 0), Agent: "M", Outcome: model.CallNotReached}}, plainCalls(calls))
	requireSound(t, s)

	for _, again := range []string{path, write(t, "d.csv", "id,account,date,outcome\nc2,K1,2026-01-05,declined\n")} {
		report = importFiles(t, s, ImportOptions{}, again)[0]
		require.Zero(t, report.Tally, "a row that lacks the time does not change it")
	}
	steps, err := s.History(0, 0)
	require.NoError(t, err)
	require.Len(t, steps, 2)

	report = importFiles(t, s, ImportOptions{}, write(t, "e.csv", "id,account,date,outcome\nc1,K1,2026-01-05,opt-out\n"))[0]
	require.Equal(t, Tally{Changed: 1}, report.Tally)
	got, err := s.Get(model.Call{Ref: "c1", Account: "K1", Date: day(t, "2026-01-05"), Time: model.NewClock(11, 0), Agent: "M"}.Key())
	require.NoError(t, err)
	require.Equal(t, model.CallOptOut, got.(model.Call).Outcome)
	requireSound(t, s)
}

func TestAnImportCreatesOnlyWhatItsActorMay(t *testing.T) {
	s := open(t)
	path := write(t, "c.csv", "account,date,agent,outcome\nK1,2026-01-05,M,reached\n")
	marketing := model.Actor{Name: "m", Role: model.RoleMarketing}
	_, err := s.Import(context.Background(), marketing, []Source{sourceOf(t, path)}, ImportOptions{CreateMissing: true})
	require.ErrorIs(t, err, model.Forbidden{Role: model.RoleMarketing, Table: model.TableAccounts, Who: model.Sales})
	require.Empty(t, recordsOf(t, s))
	_, err = s.Import(context.Background(), marketing, []Source{sourceOf(t, path)}, ImportOptions{})
	require.NoError(t, err, "without creating, the row is skipped")
	apply(t, s, model.Account{Code: "K1", Name: "Eins"})
	reports, err := s.Import(context.Background(), marketing, []Source{sourceOf(t, path)}, ImportOptions{CreateMissing: true})
	require.NoError(t, err)
	require.Equal(t, 1, reports[0].Tally.Added)
}

func TestAnImportThatIsStoppedWritesNothing(t *testing.T) {
	s := open(t)
	path := write(t, "a.csv", "code,name,class\nK1,Eins,A\nK2,Zwei,B\n")
	ctx, stop := context.WithCancel(context.Background())
	stop()
	err := untouched(t, s, func() error {
		_, err := s.Import(ctx, lead, []Source{sourceOf(t, path)}, ImportOptions{})
		return err
	})
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, 2, importFiles(t, s, ImportOptions{}, path)[0].Tally.Added)
}

// A file may have two rows of one code that say different things: the last holds,
// and a second time leaves no step.
func TestRowsThatContradictEachOtherLeaveNoStepTheSecondTime(t *testing.T) {
	s := open(t)
	path := write(t, "a.csv", "code,name,class\nK1,Eins,A\nK1,Zwei,B\n")
	importFiles(t, s, ImportOptions{}, path)
	before := recordsOf(t, s)
	importFiles(t, s, ImportOptions{}, path)
	require.Equal(t, before, recordsOf(t, s))
	steps, err := s.History(0, 0)
	require.NoError(t, err)
	require.Len(t, steps, 1)
}

// BenchmarkImportVisits imports a million visits into a store of 100,000
// accounts, the file's reading included.
func BenchmarkImportVisits(b *testing.B) {
	dir := b.TempDir()
	path := filepath.Join(dir, "visits.csv")
	file, err := os.Create(path)
	require.NoError(b, err)
	start := model.NewDate(2025, 5, 1)
	fmt.Fprintln(file, "id,account,date,rep,kind,outcome")
	for i := range 1_000_000 {
		fmt.Fprintf(file, "V%d,K%d,%s,R%d,met,order\n", i, (i*7919)%100_000, start+model.Date((i*31)%540), (i*7919)%100_000/500)
	}
	require.NoError(b, file.Close())
	for n := range b.N {
		b.StopTimer()
		s, err := Open(filepath.Join(dir, fmt.Sprintf("%d.db", n)), Options{})
		require.NoError(b, err)
		require.NoError(b, s.Load(lead, "demo", "", func(l *Loader) error {
			for i := range 100_000 {
				if err := l.Put(model.Account{Code: fmt.Sprintf("K%d", i), Name: "N", Class: "C"}); err != nil {
					return err
				}
			}
			return nil
		}))
		b.StartTimer()
		began := time.Now()
		reports := importFiles(b, s, ImportOptions{}, path)
		b.ReportMetric(float64(reports[0].Tally.Added)/time.Since(began).Seconds(), "visits/s")
		b.StopTimer()
		info, err := s.Info()
		require.NoError(b, err)
		b.ReportMetric(float64(info.Size)/1e6, "MB")
		require.NoError(b, s.Close())
	}
}

func TestAccountsMarkedMissingComeBackWithALaterFile(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "K1", Name: "Eins"}, model.Account{Code: "K2", Name: "Zwei"}, model.Account{Code: "K3", Name: "Drei", Inactive: true})
	less := write(t, "less.csv", "Kd-Nr.,Firma\nK1,Eins\n")
	all := write(t, "all.csv", "Kd-Nr.,Firma\nK1,Eins\nK2,Zwei\nK3,Drei\n")
	inactive := func(code string) bool {
		got, err := s.Get(model.Account{Code: code}.Key())
		require.NoError(t, err)
		return got.(model.Account).Inactive
	}
	require.Equal(t, 1, importFiles(t, s, ImportOptions{MarkMissing: true}, less)[0].Marked)
	require.True(t, inactive("K2"))

	require.Equal(t, 1, importFiles(t, s, ImportOptions{DryRun: true}, all)[0].Back)
	require.True(t, inactive("K2"))

	report := importFiles(t, s, ImportOptions{}, all)[0]
	require.Equal(t, 1, report.Back)
	require.Equal(t, []string{"K3"}, report.Inactive, "made inactive by hand: told, left alone")
	require.Equal(t, Tally{Changed: 1}, report.Tally)
	require.False(t, inactive("K2"))
	require.True(t, inactive("K3"))

	_, err := s.Undo(lead)
	require.NoError(t, err)
	require.True(t, inactive("K2"))
	require.Equal(t, 1, importFiles(t, s, ImportOptions{}, all)[0].Back, "what was undone does not count")

	apply(t, s, model.Account{Code: "K2", Name: "Zwei", Inactive: true})
	report = importFiles(t, s, ImportOptions{}, all)[0]
	require.Zero(t, report.Back)
	require.Equal(t, []string{"K2", "K3"}, report.Inactive)

	report = importFiles(t, s, ImportOptions{}, write(t, "says.csv", "Kd-Nr.,Firma,Aktiv\nK1,Eins,ja\nK2,Zwei,nein\nK3,Drei,ja\n"))[0]
	require.Empty(t, report.Inactive)
	require.True(t, inactive("K2"))
	require.False(t, inactive("K3"), "the file says so itself")
}

func TestAnEmptyFileMarksNobody(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "K1", Name: "Eins"})
	report := importFiles(t, s, ImportOptions{MarkMissing: true}, write(t, "none.csv", "Kd-Nr.,Firma\n"))[0]
	require.Zero(t, report.Marked)
	require.Equal(t, []string{"K1"}, report.Missing)
}

func TestSeveralFilesOfAccountsAreOneList(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "K1", Name: "Eins"}, model.Account{Code: "K2", Name: "Zwei"}, model.Account{Code: "K3", Name: "Drei"})
	reports := importFiles(t, s, ImportOptions{MarkMissing: true},
		write(t, "north.csv", "Kd-Nr.,Firma\nK1,Eins\n"), write(t, "south.csv", "Kd-Nr.,Firma\nK2,Zwei\n"))
	require.Zero(t, reports[0].Marked)
	require.Equal(t, []string{"K3"}, reports[1].Missing)
	require.Equal(t, 1, reports[1].Marked)
}

// Other systems write the rep's name; pages and signals go by the code.
func TestRepsAreKnownByName(t *testing.T) {
	s := open(t)
	visits := write(t, "v.csv", "Kd-Nr.,Datum,Besucher\nK1,2026-01-05,Katrin Sommer\nK1,2026-01-06,\"Sommer, Katrin\"\nK1,2026-01-07,jan weber\nK1,2026-01-08,Wer Anders\n")
	apply(t, s, model.Account{Code: "K1", Name: "Eins"})
	require.Equal(t, 4, importFiles(t, s, ImportOptions{}, visits)[0].Tally.Added)
	apply(t, s, model.Rep{Code: "R1", Name: "Katrin Sommer"}, model.Rep{Code: "R2", Name: "Jan Weber"})
	require.Equal(t, Tally{Changed: 3}, importFiles(t, s, ImportOptions{}, visits)[0].Tally, "the visits that came before the reps are the same ones")
	require.Zero(t, importFiles(t, s, ImportOptions{}, visits)[0].Tally)
	rows, err := s.AccountVisits("K1", 0)
	require.NoError(t, err)
	var reps []string
	for _, v := range rows {
		reps = append(reps, v.Rep)
	}
	require.ElementsMatch(t, []string{"R1", "R1", "R2", "Wer Anders"}, reps)
	requireSound(t, s)

	importFiles(t, s, ImportOptions{}, write(t, "t.csv", "Gebiet,Gebietsname,Außendienst\nT1,Mitte,Katrin Sommer\n"), write(t, "p.csv", "rep,date,account\nJan Weber,2026-01-12,K1\n"))
	area, err := s.Get(model.Territory{Code: "T1"}.Key())
	require.NoError(t, err)
	require.Equal(t, "R1", area.(model.Territory).Rep)
	planned, err := s.Get(model.PlannedVisit{Rep: "R2", Date: day(t, "2026-01-12"), Account: "K1"}.Key())
	require.NoError(t, err)
	require.Equal(t, "R2", planned.(model.PlannedVisit).Rep)
}

// What a person said of a header holds for the next file with it: the columns
// outright, the layout of days only where the file leaves it open.
func TestAMappingIsKeptForTheSameHeader(t *testing.T) {
	s := open(t)
	first := exchange.Options{Map: map[string]string{"Wer": "account", "Wann": "date", "Was": "note"}, Dates: exchange.DayFirst}
	reading := func(text string, o exchange.Options) (exchange.Mapping, []exchange.DateReading, error) {
		f, err := exchange.Open(write(t, "x.csv", text), o)
		require.NoError(t, err)
		defer f.Close()
		m, err := s.Mapping(f)
		if err != nil {
			return m, nil, err
		}
		dates, err := f.Dates(m)
		return m, dates, err
	}
	_, _, err := reading("Wer,Was,Wann\nK1,x,03/04/2026\n", exchange.Options{})
	require.Error(t, err)
	m, _, err := reading("Wer,Was,Wann\nK1,x,03/04/2026\n", first)
	require.NoError(t, err)
	require.False(t, m.Recalled)
	for i := range m.Columns {
		m.Columns[i].Dates = exchange.DayFirst
	}
	require.NoError(t, s.RememberMapping(m))

	m, dates, err := reading("wer,WAS,Wann\nK1,x,05/06/2026\n", exchange.Options{})
	require.NoError(t, err)
	require.True(t, m.Recalled)
	require.Equal(t, day(t, "2026-06-05"), dates[0].Day)

	_, dates, err = reading("Wer,Was,Wann\nK1,x,12/24/2026\nK1,x,05/06/2026\n", exchange.Options{})
	require.NoError(t, err)
	require.Equal(t, day(t, "2026-12-24"), dates[0].Day, "the file itself says that the month comes first")

	m, dates, err = reading("Wer,Was,Wann\nK1,x,05/06/2026\n", exchange.Options{Dates: exchange.MonthFirst})
	require.NoError(t, err)
	require.Equal(t, day(t, "2026-05-06"), dates[0].Day, "what is said now goes first, and the columns still hold")
	require.NoError(t, s.RememberMapping(m))

	m, _, err = reading("Wer,Was,Wann\nK1,x,05/06/2026\n", exchange.Options{Map: map[string]string{"Was": ""}})
	require.NoError(t, err)
	require.Equal(t, -1, m.Target("note"))
	require.GreaterOrEqual(t, m.Target("account"), 0)

	_, _, err = reading("Wer,Was,Wann\nK1,x,05/06/2026\n", exchange.Options{As: model.TableAccounts})
	require.Error(t, err, "another table: what was said of the first does not hold")
}

// Who declined a signal because the data are wrong is asked again once a file mends them.
func TestAFileThatMendsAccountsOpensWhatWasDeclinedForThem(t *testing.T) {
	s := open(t)
	importFiles(t, s, ImportOptions{CreateMissing: true}, write(t, "accounts.csv", "code;name;territory;city\nK1;Ulmer Bau;T1;Ulm\n"))
	day := model.DateOf(s.now())
	declined := model.Answer{Kind: model.AddTelemarketing, Territory: "T1", Date: day, Says: model.SaysDecline, Until: day + 7, Reason: model.DeclinedData, Short: 4}
	_, err := s.Apply(lead, Request{Action: "answer.decline", Puts: []Put{{Record: declined, New: true}}})
	require.NoError(t, err)
	answers := func() int {
		book, err := s.RulesBook()
		require.NoError(t, err)
		return len(book.Answers(declined.Signal()))
	}
	importFiles(t, s, ImportOptions{}, write(t, "same.csv", "code;name;territory;city\nK1;Ulmer Bau;T1;Ulm\n"))
	require.Equal(t, 1, answers(), "the file changes nothing")
	importFiles(t, s, ImportOptions{}, write(t, "mended.csv", "code;name;territory;city\nK1;Ulmer Bau GmbH;T1;Neu-Ulm\n"))
	require.Equal(t, 2, answers())
	_, err = s.Undo(lead)
	require.NoError(t, err)
	require.Equal(t, 1, answers())
}
