package store

// What must hold after any sequence of changes: imports, edits, deletions, undo
// and redo, in several sittings.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

// The codes that random stores are made of: few, so that things meet. Days lie on
// both sides of a year's end.
var (
	someReps        = []string{"R1", "R2", ""}
	someAccounts    = []string{"K1", "K2", "K3", "K4", "K5"}
	someTerritories = []string{"T1", "T2"}
	someIDs         = []string{"", "", "a", "b"}
)

func drawDay(t *rapid.T) model.Date {
	return model.NewDate(2026, 1, 1) + model.Date(rapid.IntRange(-12, 20).Draw(t, "day"))
}

// drawRecord makes a record of a table; not every one can be stored.
func drawRecord(t *rapid.T, table model.Table) model.Record {
	pick := func(label string, from ...string) string { return rapid.SampledFrom(from).Draw(t, label) }
	number := func(label string, low, high int) int { return rapid.IntRange(low, high).Draw(t, label) }
	account := func() string { return pick("account", append([]string{"K9"}, someAccounts...)...) }
	switch table {
	case model.TableReps:
		return model.Rep{Code: pick("rep", "R1", "R2"), Name: pick("name", "Sommer", "Adler"), Capacity: number("capacity", 0, 9)}
	case model.TableTerritories:
		return model.Territory{Code: pick("territory", someTerritories...), Name: pick("name", "Ost", "West"), Region: pick("region", "", "Süd", "Süd/BW"),
			Rep: pick("rep", someReps...), Postcodes: rapid.SampledFrom([][]string{nil, {"70"}, {"70", "71"}}).Draw(t, "postcodes"), MarketingNote: pick("note", "", "m")}
	case model.TableAccounts:
		a := model.Account{Code: pick("account", someAccounts...), Name: pick("name", "Eins", "Zwei", "Drei"), Territory: pick("territory", "T1", "T1", "T2", ""),
			Class: rapid.SampledFrom([]model.Class{"A", "B", "C"}).Draw(t, "class"), Interval: max(0, number("interval", -9, 9)), Phone: pick("phone", "", "0711"),
			Consent: rapid.SampledFrom([]model.Consent{"", "given"}).Draw(t, "consent"), Inactive: number("inactive", 0, 5) == 0}
		a.Address.Postcode, a.Address.City = pick("postcode", "", "70173", "71332", "99999"), pick("city", "", "", "Ulm")
		if rapid.Bool().Draw(t, "since") {
			a.Since = drawDay(t)
		}
		return a
	case model.TableCampaigns:
		start := drawDay(t)
		return model.Campaign{Code: pick("campaign", "C1", "C2"), Name: "N", Kind: pick("kind", "mailing", model.KindTelemarketing), Status: model.CampaignPlanned,
			Territories: rapid.SampledFrom([][]string{nil, {"T1"}, {"Süd"}, {"T1", "T2"}}).Draw(t, "territories"), Start: start, End: start + model.Date(number("length", -1, 20))}
	case model.TableVisits:
		return model.Visit{Ref: pick("id", someIDs...), Account: account(), Date: drawDay(t), Time: model.Clock(number("time", 0, 1) * 541), Rep: pick("rep", someReps...),
			Kind: model.VisitKind(rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "kind")), Outcome: pick("outcome", "", "order", "none"), Note: pick("note", "", "n")}
	case model.TableCalls:
		return model.Call{Ref: pick("id", someIDs...), Account: account(), Date: drawDay(t), Time: model.Clock(number("time", 0, 1) * 541), Agent: pick("agent", "M1", "R1"),
			Outcome: model.CallOutcome(number("outcome", 0, 4)), Campaign: pick("campaign", "", "C1")}
	case model.TablePlan:
		return model.PlannedVisit{Rep: pick("rep", "R1", "R2"), Account: account(), Date: drawDay(t), Minutes: number("minutes", 0, 2), Nth: number("nth", 0, 1)}
	}
	settings := model.DefaultSettings()
	settings.MinimumAccounts, settings.Classes[0].Interval, settings.Classes[1].Interval = number("minimum", 0, 3), number("a", 1, 9), number("b", 1, 30)
	return settings
}

var tablesWithWeight = []model.Table{
	model.TableAccounts, model.TableAccounts, model.TableAccounts, model.TableVisits, model.TableVisits, model.TableVisits, model.TableCalls, model.TableCalls,
	model.TablePlan, model.TableTerritories, model.TableCampaigns, model.TableReps, model.TableSettings,
}

// drawRequest makes a request; not every one can be granted.
func drawRequest(t *rapid.T, there []model.Key) Request {
	r := Request{Action: "test", Subject: "x"}
	for range rapid.IntRange(1, 4).Draw(t, "parts") {
		what := rapid.SampledFrom([]string{"put", "put", "put", "delete", "move"}).Draw(t, "what")
		if len(there) == 0 {
			what = "put"
		}
		switch what {
		case "put":
			record := drawRecord(t, rapid.SampledFrom(tablesWithWeight).Draw(t, "table"))
			r.Puts = append(r.Puts, Put{Record: record, New: rapid.IntRange(0, 5).Draw(t, "new") == 0})
		case "delete":
			key := rapid.SampledFrom(there).Draw(t, "which")
			if !slices.Contains(r.Deletes, key) {
				r.Deletes = append(r.Deletes, key)
			}
		case "move":
			key := rapid.SampledFrom(there).Draw(t, "from")
			if key.Table == model.TableVisits || key.Table == model.TableCalls || key.Table == model.TablePlan {
				r.Puts = append(r.Puts, Put{Record: drawRecord(t, key.Table), Replaces: &key})
			}
		}
	}
	return r
}

// drawFile makes a file of one table.
func drawFile(t *rapid.T, dir string) string {
	table := rapid.SampledFrom([]model.Table{
		model.TableVisits, model.TableVisits, model.TableCalls, model.TableAccounts, model.TableAccounts, model.TableTerritories, model.TablePlan, model.TableReps,
	}).Draw(t, "table")
	var records []model.Record
	for range rapid.IntRange(1, 6).Draw(t, "rows") {
		records = append(records, drawRecord(t, table))
	}
	var text bytes.Buffer
	require.NoError(t, exchange.WriteCSV(&text, exchange.English, exchange.Records(table, slices.Values(records))))
	file, err := os.CreateTemp(dir, string(table)+"-*.csv")
	require.NoError(t, err)
	_, err = file.Write(text.Bytes())
	require.NoError(t, errors.Join(err, file.Close()))
	return file.Name()
}

// importing imports files and closes them.
func importing(t require.TestingT, s *Store, actor model.Actor, o ImportOptions, paths ...string) ([]FileReport, error) {
	var sources []Source
	for _, path := range paths {
		source := sourceOf(t, path)
		defer source.File.Close()
		sources = append(sources, source)
	}
	return s.Import(context.Background(), actor, sources, o)
}

func sound(t require.TestingT, s *Store) {
	problems, err := s.Check()
	require.NoError(t, err)
	require.Empty(t, problems)
}

// expected errors of requests that cannot be granted.
func isRefusal(err error) bool {
	return errors.As(err, &NotFound{}) || errors.As(err, &AlreadyExists{}) || errors.As(err, &Invalid{}) ||
		errors.As(err, &model.Forbidden{}) || errors.Is(err, ErrStrict)
}

func TestAnySequenceOfChangesCanBeTakenBack(t *testing.T) {
	dir, sequence := t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		sequence++
		path := filepath.Join(dir, fmt.Sprintf("%d.db", sequence))
		s := openAt(rt, path)
		defer func() {
			_ = s.Close()
			_ = os.Remove(path)
		}()
		f := follow(rt, s)
		// What the store held after each step that stands, and where in it we are.
		states, at := []map[model.Key]string{recordsOf(rt, s)}, 0
		steps := func() int {
			entries, err := s.History(0, 0)
			require.NoError(rt, err)
			return len(entries)
		}
		actor := func() model.Actor {
			return model.Actor{Name: "x", Role: rapid.SampledFrom([]model.Role{"lead", "lead", "lead", "sales", "marketing"}).Draw(rt, "role")}
		}
		// change makes a change that may be refused and looks at what became of it.
		change := func(do func() error) {
			before := steps()
			err := do()
			now := recordsOf(rt, s)
			if err != nil {
				require.True(rt, isRefusal(err), "%v", err)
				require.Empty(rt, f.missed, "nothing is told of a change that was refused")
			}
			if err != nil || steps() == before {
				require.Equal(rt, states[at], now, "no step, no change")
				return
			}
			states, at = append(states[:at+1], now), at+1
		}
		travel := func(step func(model.Actor) (Entry, error), by int, none error) {
			_, err := step(lead)
			if at+by < 0 || at+by >= len(states) {
				require.ErrorIs(rt, err, none)
				return
			}
			require.NoError(rt, err)
			at += by
			require.Equal(rt, states[at], recordsOf(rt, s))
		}
		for range rapid.IntRange(1, 14).Draw(rt, "steps") {
			switch rapid.SampledFrom([]string{"apply", "apply", "apply", "import", "undo", "undo", "redo", "reopen"}).Draw(rt, "step") {
			case "apply":
				keys := slices.SortedFunc(maps.Keys(states[at]), func(a, b model.Key) int { return bytes.Compare(fmt.Append(nil, a), fmt.Append(nil, b)) })
				change(func() error {
					_, err := s.Apply(actor(), drawRequest(rt, keys))
					return err
				})
			case "import":
				o := ImportOptions{
					DryRun: rapid.IntRange(0, 4).Draw(rt, "dry run") == 0, Strict: rapid.IntRange(0, 4).Draw(rt, "strict") == 0,
					CreateMissing: rapid.Bool().Draw(rt, "create"), OverwriteEmpty: rapid.Bool().Draw(rt, "overwrite"), MarkMissing: rapid.IntRange(0, 4).Draw(rt, "mark") == 0,
				}
				paths := []string{drawFile(rt, dir)}
				// An account that visits create and the file of accounts lacks is there to
				// be marked the second time: the two wishes contradict each other.
				if !(o.CreateMissing && o.MarkMissing) && rapid.Bool().Draw(rt, "two files") {
					paths = append(paths, drawFile(rt, dir))
				}
				who := actor()
				change(func() error {
					_, err := importing(rt, s, who, o, paths...)
					return err
				})
				if !o.DryRun {
					before := steps()
					_, err := importing(rt, s, who, o, paths...)
					require.True(rt, err == nil || isRefusal(err), "%v", err)
					require.Equal(rt, states[at], recordsOf(rt, s), "the second time changes nothing")
					require.Equal(rt, before, steps(), "and is no step")
				}
			case "undo":
				travel(s.Undo, -1, ErrNothingToUndo)
			case "redo":
				travel(s.Redo, 1, ErrNothingToRedo)
			case "reopen":
				require.NoError(rt, s.Close())
				s = openAt(rt, path)
				f = follow(rt, s)
				require.Equal(rt, states[at], recordsOf(rt, s))
			}
			f.requireFresh(rt)
		}
		sound(rt, s)
		for at > 0 {
			travel(s.Undo, -1, ErrNothingToUndo)
			f.requireFresh(rt)
		}
		travel(s.Undo, -1, ErrNothingToUndo)
		sound(rt, s)
		for at < len(states)-1 {
			travel(s.Redo, 1, ErrNothingToRedo)
		}
		f.requireFresh(rt)
		sound(rt, s)
	})
}
