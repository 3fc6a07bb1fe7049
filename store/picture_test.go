package store

// Stores and Books told in plain values, so that two of them can be compared.

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

// recordsOf is everything people put in, told by key.
func recordsOf(t require.TestingT, s *Store) map[model.Key]string {
	all := map[model.Key]string{}
	for _, table := range append([]model.Table{model.TableSettings}, model.Tables[:]...) {
		for record, err := range s.Records(table) {
			require.NoError(t, err)
			_, twice := all[record.Key()]
			require.False(t, twice, "a key stands for one record: %v", record.Key())
			all[record.Key()] = fmt.Sprintf("%+v", record)
		}
	}
	return all
}

// theDays are the days on which Books are looked at.
var theDays = []model.Date{model.NewDate(2025, 12, 20), model.NewDate(2026, 1, 3), model.NewDate(2026, 1, 20)}

// told is what a Book says, line by line.
func told(b *model.Book) []string {
	var lines []string
	line := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	for l := range b.Accounts {
		planned := slices.Clone(l.Planned)
		slices.SortFunc(planned, func(x, y model.PlannedVisit) int {
			return cmp.Or(cmp.Compare(x.Date, y.Date), strings.Compare(x.Rep, y.Rep), cmp.Compare(x.Nth, y.Nth))
		})
		line("account %+v", l.Account)
		line("account %s visits %v calls %v planned %+v", l.Code, []byte(l.Visits), []byte(l.Calls), planned)
	}
	for _, c := range b.Campaigns() {
		line("campaign %+v", c)
	}
	for _, rep := range b.Reps() {
		line("rep %+v", rep)
	}
	for _, rep := range someReps {
		line("rep %q reports %v", rep, []byte(b.Reports(rep)))
		for p := range b.Plan(rep) {
			line("rep %q plan %+v", rep, p)
		}
	}
	line("settings %+v", b.Settings())
	slices.Sort(lines)
	for _, day := range theDays {
		for _, area := range b.Areas() {
			lines = append(lines, fmt.Sprintf("%s %+v %+v", day, area.Territory, b.On(day).Numbers(area)))
		}
		for _, s := range b.On(day).Signals() {
			text := fmt.Sprintf("%s %s %s %s in hand %v urgency %d:", day, s.Kind, s.Territory, s.Campaign, s.InHand, s.Urgency)
			r := s.Readiness
			text += fmt.Sprint(r.WindowStart, r.Targets, r.Needed, r.Served, r.Booked, r.Gap, r.DaysLeft, r.RequiredPace, r.UsualPace, r.Room, r.Beyond)
			for _, list := range [][]*model.Customer{r.Accounts, r.BeyondAccounts, s.Contact.CallList} {
				text += ";"
				for _, l := range list {
					text += " " + l.Code
				}
			}
			for _, e := range s.Contact.Excluded {
				text += fmt.Sprintf(" %s %s", e.Customer.Code, e.Reason)
			}
			lines = append(lines, text+fmt.Sprint(s.Contact.Coverage, s.Contact.Clear, s.Contact.LastReport))
		}
	}
	return lines
}

// face keeps a Book current as a face does.
type follower struct {
	store  *Store
	book   *model.Book
	missed []model.Change
}

func follow(t require.TestingT, s *Store) *follower {
	f := &follower{store: s}
	book, _, err := s.Follow(func(c model.Change) { f.missed = append(f.missed, c) })
	require.NoError(t, err)
	f.book = book
	return f
}

// requireFresh applies what happened and compares the Book with a fresh one.
func (f *follower) requireFresh(t require.TestingT) {
	fresh, err := f.store.Book()
	require.NoError(t, err)
	for _, change := range f.missed {
		if change.Reload {
			f.book, err = f.store.Book()
			require.NoError(t, err)
			break
		}
		f.book.Apply(change)
	}
	f.missed = nil
	require.Equal(t, told(fresh), told(f.book), "the Book that follows, and one loaded afresh")
}

// empty is an empty store's bytes: making a store waits for the disk, which
// hundreds of small ones need not.
var empty = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "doppelpass-test-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "s.db")
	s, err := Open(path, Options{})
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// openAt opens a store, a new one if need be, without waiting for the disk.
func openAt(t require.TestingT, path string) *Store {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		content, err := empty()
		require.NoError(t, err)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, content, 0o600))
	}
	clock := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	s, err := Open(path, Options{Fast: true, Now: func() time.Time { return clock }})
	require.NoError(t, err)
	return s
}

// sourceOf opens a file for an import.
func sourceOf(t require.TestingT, path string) Source {
	f, err := exchange.Open(path, exchange.Options{})
	require.NoError(t, err)
	if c, ok := t.(testing.TB); ok {
		c.Cleanup(func() { f.Close() })
	}
	m, err := f.Mapping()
	require.NoError(t, err)
	return Source{f, m}
}

// plain is a record without its own identity, to compare with one that was never
// stored.
func plain(r model.Record) model.Record {
	switch row := r.(type) {
	case model.Visit:
		row.ID = model.RowID{}
		return row
	case model.Call:
		row.ID = model.RowID{}
		return row
	}
	return r
}

func plainVisits(visits []model.Visit) []model.Visit {
	list := slices.Clone(visits)
	for i := range list {
		list[i].ID = model.RowID{}
	}
	return list
}

func plainCalls(calls []model.Call) []model.Call {
	list := slices.Clone(calls)
	for i := range list {
		list[i].ID = model.RowID{}
	}
	return list
}

// plainRecordsOf is recordsOf without own identities: what a file carries.
func plainRecordsOf(t require.TestingT, s *Store) map[model.Key]string {
	all := map[model.Key]string{}
	for _, table := range append([]model.Table{model.TableSettings}, model.Tables[:]...) {
		for record, err := range s.Records(table) {
			require.NoError(t, err)
			all[plain(record).Key()] = fmt.Sprintf("%+v", plain(record))
		}
	}
	return all
}
