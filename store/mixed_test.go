package store

// All kinds of change in a row, each made of its number alone: whoever has the same store
// before a change can make the same one, and see what it leads to. It is what is killed,
// and what the power is taken from.

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

// mixed makes changes to a store, one after the other.
type mixed struct {
	*Store
	path, files string // files: a folder for what is imported
	done        int    // changes made since the store was new
}

// openMixed opens a store in which so many changes were made. A new one begins with what
// most changes rest on.
func openMixed(path, files string, done int, o Options) (*mixed, error) {
	m := &mixed{path: path, files: files, done: done}
	if err := m.open(o); err != nil {
		return m, err
	}
	info, err := m.Info()
	if err != nil || info.Steps > 0 {
		return m, err
	}
	r := Request{Action: "test", Subject: "beginning", Puts: []Put{{Record: model.Rep{Code: "R1", Name: "Sommer"}}, {Record: model.Rep{Code: "R2", Name: "Adler"}}}}
	for _, code := range someTerritories {
		r.Puts = append(r.Puts, Put{Record: model.Territory{Code: code, Name: code, Rep: "R1"}})
	}
	for _, code := range someAccounts {
		r.Puts = append(r.Puts, Put{Record: model.Account{Code: code, Name: "Eins", Territory: "T1", Class: "A"}})
	}
	_, err = m.Apply(lead, r)
	return m, err
}

func (m *mixed) open(o Options) (err error) {
	o.Now = m.clock
	m.Store, err = Open(m.path, o)
	return err
}

// clock stands still during a change, so that the same change has the same time. Now and
// then it jumps back, as clocks do.
func (m *mixed) clock() time.Time {
	return time.Date(2026, 1, 15, 8, 0, 0, 0, time.UTC).Add(time.Duration(m.done%5000) * 10 * time.Minute)
}

// failure is what a change met with that no person brought about.
type failure struct{ error }

// drawn is a value that follows from a number.
func drawn[T any](seed int, draw func(*rapid.T) T) T { return rapid.Custom(draw).Example(seed) }

// mixedChanges are the kinds of change, with how often they come among all.
var mixedChanges = []struct {
	name  string
	often int
	make  func(m *mixed, actor model.Actor, seed int) error
}{
	{"request", 40, func(m *mixed, actor model.Actor, seed int) error {
		keys := m.keys()
		_, err := m.Apply(actor, drawn(seed, func(t *rapid.T) Request { return drawRequest(t, keys) }))
		return err
	}},
	{"other tables", 16, func(m *mixed, actor model.Actor, seed int) error {
		r := Request{Action: "test", Subject: "y"}
		for n := range drawn(seed, func(t *rapid.T) int { return rapid.IntRange(1, 3).Draw(t, "records") }) {
			r.Puts = append(r.Puts, Put{Record: drawn(seed+n, drawOther)})
		}
		_, err := m.Apply(actor, r)
		return err
	}},
	{"undo", 10, func(m *mixed, _ model.Actor, _ int) error { _, err := m.Undo(lead); return err }},
	{"redo", 6, func(m *mixed, _ model.Actor, _ int) error { _, err := m.Redo(lead); return err }},
	{"import", 8, func(m *mixed, actor model.Actor, seed int) error {
		o := drawn(seed, func(t *rapid.T) ImportOptions {
			return ImportOptions{Strict: rapid.IntRange(0, 4).Draw(t, "strict") == 0, CreateMissing: rapid.Bool().Draw(t, "create"),
				OverwriteEmpty: rapid.Bool().Draw(t, "overwrite"), Today: model.NewDate(2026, 1, 15)}
		})
		return m.imports(actor, o, drawn(seed, func(t *rapid.T) string { return drawFile(t, m.files) }))
	}},
	{"long import", 2, func(m *mixed, actor model.Actor, seed int) error {
		return m.imports(actor, ImportOptions{CreateMissing: true}, m.longFile(seed))
	}},
	{"opt-out", 4, func(m *mixed, actor model.Actor, seed int) error {
		_, err := m.AddOptOuts(actor, []string{fmt.Sprintf("0711 %d", 1000+seed%7)}, "letter")
		return err
	}},
	{"erasure", 2, func(m *mixed, actor model.Actor, seed int) error {
		_, err := m.Erase(actor, Who{Name: someContacts[seed%len(someContacts)], All: true})
		return err
	}},
	{"retention", 2, func(m *mixed, actor model.Actor, _ int) error {
		_, err := m.Retain(actor, model.DateOf(m.clock()), func(r Retention) string { return fmt.Sprint(r.Count()) })
		return err
	}},
	{"places", 1, func(m *mixed, actor model.Actor, seed int) error {
		_, _, _, err := m.AddPlaces(actor, strings.NewReader(fmt.Sprintf("DE\t7%d\tUlm\tBW\t08\t\t\t\t\t48.4\t9.9\t4\n", 1000+seed%50)))
		return err
	}},
	{"memory", 4, func(m *mixed, _ model.Actor, seed int) error {
		if seed%2 == 0 {
			return m.Remember("test", fmt.Append(nil, seed))
		}
		return m.NoteLook(lead, "figures.look", "R1")
	}},
	{"list", 2, func(m *mixed, actor model.Actor, seed int) error {
		day := model.DateOf(m.clock())
		return m.HandOut(actor, model.OutList{Code: fmt.Sprintf("L%d", seed), Date: day, Until: day + 10, By: actor.Name, Centre: "Ohr GmbH", Accounts: []string{"K1", "K2"}}, "list",
			func() error { return nil })
	}},
	{"compact", 1, func(m *mixed, _ model.Actor, _ int) error {
		m.CompactWhenClosed()
		return errors.Join(m.Close(), m.open(Options{Fast: m.db.now.NoSync}))
	}},
	{"reopen", 2, func(m *mixed, _ model.Actor, _ int) error {
		return errors.Join(m.Close(), m.open(Options{Fast: m.db.now.NoSync}))
	}},
}

// someContacts are people at accounts.
var someContacts = []string{"Petra Zwirbel", "Quentin Kauzbart", "Ruth Pfeifenstiel"}

// drawOther makes a record of a table that drawRecord does not.
func drawOther(t *rapid.T) model.Record {
	pick := func(label string, from ...string) string { return rapid.SampledFrom(from).Draw(t, label) }
	account := pick("account", someAccounts...)
	switch rapid.IntRange(0, 5).Draw(t, "table") {
	case 0:
		return model.Contact{Account: account, Name: pick("name", someContacts...), Function: pick("function", "", "Einkauf"), Note: pick("note", "", "grüßt "+someContacts[0])}
	case 1:
		return model.Answer{Kind: model.Kind(rapid.IntRange(1, 3).Draw(t, "kind")), Territory: pick("territory", someTerritories...), Campaign: pick("campaign", "", "C1"), Date: drawDay(t),
			Says: model.SaysDecline, By: "tester", Reason: model.DeclinedNoRoom, Until: drawDay(t)}
	case 2:
		return model.FollowUp{Account: account, Kind: model.FollowCall, Date: drawDay(t), By: "M1", Due: drawDay(t), Note: pick("note", "", "n")}
	case 3:
		from := drawDay(t)
		return model.Absence{Rep: pick("rep", "R1", "R2"), From: from, To: from + 3, Kind: "vacation"}
	case 4:
		return model.Person{Code: pick("person", "p1", "p2"), Name: pick("name", "Ines", "Jan"), Role: model.RoleSales, Inactive: rapid.Bool().Draw(t, "inactive")}
	}
	settings := model.DefaultSettings()
	settings.MinimumAccounts = rapid.IntRange(0, 9).Draw(t, "minimum")
	settings.KeepTimes = rapid.IntRange(0, 3).Draw(t, "times")
	return settings
}

// one makes the next change. What a person is refused is no failure.
func (m *mixed) one() (name string, err error) {
	seed := m.done
	often := 0
	for _, c := range mixedChanges {
		often += c.often
	}
	lot := rand.New(rand.NewPCG(uint64(seed), 7)) // rapid prefers small numbers
	at := lot.IntN(often)
	actor := model.Actor{Name: "x", Role: []model.Role{model.RoleLead, model.RoleLead, model.RoleLead, model.RoleSales, model.RoleMarketing}[lot.IntN(5)]}
	for _, c := range mixedChanges {
		if at -= c.often; at < 0 {
			err = c.make(m, actor, seed)
			name = c.name
			break
		}
	}
	m.done++
	if err != nil && !isRefusal(err) && !slices.ContainsFunc([]error{ErrNothingToUndo, ErrNothingToRedo, ErrNobody}, func(none error) bool { return errors.Is(err, none) }) &&
		!errors.As(err, &NothingLeft{}) && !errors.As(err, &Ambiguous{}) {
		return name, failure{fmt.Errorf("%s, number %d: %w", name, seed, err)}
	}
	return name, nil
}

// keys are those of all records but the many of longFile, in an order that does not tell
// which identities were drawn.
func (m *mixed) keys() []model.Key {
	texts := map[model.Key]string{}
	for key, text := range recordsOf(failing{}, m.Store) {
		if !strings.HasPrefix(key.Code, "B") {
			texts[key] = undrawn(text)
		}
	}
	return slices.SortedFunc(maps.Keys(texts), func(a, b model.Key) int {
		return cmp.Or(strings.Compare(texts[a], texts[b]), bytes.Compare(fmt.Append(nil, a), fmt.Append(nil, b)))
	})
}

// imports imports a file, whose name must not be drawn: the history tells it.
func (m *mixed) imports(actor model.Actor, o ImportOptions, path string) error {
	table, _, _ := strings.Cut(filepath.Base(path), "-")
	named := filepath.Join(m.files, table+"-now.csv")
	require.NoError(failing{}, os.Rename(path, named))
	_, err := importing(failing{}, m.Store, actor, o, named)
	return err
}

// longFile is a file of visits that takes a while.
func (m *mixed) longFile(seed int) string {
	visits := make([]model.Record, 1500)
	for n := range visits {
		visits[n] = model.Visit{Account: fmt.Sprintf("B%d", n%40), Date: model.NewDate(2024, 1, 1) + model.Date((n*7+seed)%700), Time: model.NewClock(8+n%9, n%60), Rep: "R1",
			Ref: fmt.Sprintf("b%d", (n+seed*100)%4000), Note: strings.Repeat("x", n%50)}
	}
	var text bytes.Buffer
	path := filepath.Join(m.files, "visits-long.csv")
	err := exchange.WriteCSV(&text, exchange.English, exchange.Records(model.TableVisits, slices.Values(visits)))
	require.NoError(failing{}, errors.Join(err, os.WriteFile(path, text.Bytes(), 0o600)))
	return path
}

// failing ends a process that has no test to fail.
type failing struct{}

func (failing) Errorf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
func (failing) FailNow()                          { panic("failed") }

// drawnText is what is drawn by lot or hashed with what is.
var drawnText = regexp.MustCompile(`\b([0-9a-f]{32,64}|[0-9A-HJKMNP-TV-Z]{26}|E-[0-9A-HJKMNP-TV-Z]{8})\b`)

func undrawn(s string) string { return drawnText.ReplaceAllString(s, "#") }

// stateOf tells everything in a store, with its history, but for what was drawn by lot.
func stateOf(t require.TestingT, s *Store) (lines []string) {
	for key, text := range recordsOf(t, s) {
		if key.Table == model.TableErasures { // its names are hashes that were drawn
			text = fmt.Sprint(key.Date)
		}
		lines = append(lines, undrawn(fmt.Sprintf("%s %s %s", key.Table, key.Code, text)))
	}
	slices.Sort(lines)
	entries, err := s.History(0, 0)
	require.NoError(t, err)
	for _, e := range entries {
		e.ID, e.Reverses = "", ""
		text, err := json.Marshal(e)
		require.NoError(t, err)
		lines = append(lines, undrawn(string(text)))
	}
	memory, err := s.Recall("test")
	require.NoError(t, err)
	return append(lines, string(memory))
}

// hashOfState is all that a store holds, in a word.
func hashOfState(t require.TestingT, s *Store) string {
	h := fnv.New64a()
	for _, line := range stateOf(t, s) {
		_, _ = io.WriteString(h, line+"\n")
	}
	return fmt.Sprintf("%016x", h.Sum64())
}
