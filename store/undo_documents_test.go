package store

// Whether a long step goes back document by document or record by record, all is the same.

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// allocated is how many pieces of memory something takes.
func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.Mallocs - before.Mallocs
}

// An undo and its redo leave nothing behind: the next undo of a long import is no more work
// than the first, and neither is one behind a change that was taken back.
func TestTheSecondUndoOfALongImportIsNoMoreWorkThanTheFirst(t *testing.T) {
	var lines strings.Builder
	lines.WriteString("account,date,rep\n")
	for i := range 20_000 {
		fmt.Fprintf(&lines, "K%d,2026-%02d-%02d,R%d\n", i%500, 1+i%12, 1+i%28, i%30)
	}
	s := openAt(t, filepath.Join(t.TempDir(), "s.db"))
	defer s.Close()
	importFiles(t, s, ImportOptions{CreateMissing: true}, write(t, "visits.csv", lines.String()))
	after := recordsOf(t, s)
	first := allocated(func() { undo(t, s) })
	firstRedo := allocated(func() { redo(t, s) })
	require.Less(t, allocated(func() { undo(t, s) }), 2*first, "behind an undo and its redo")
	require.Empty(t, recordsOf(t, s))
	require.Less(t, allocated(func() { redo(t, s) }), 2*firstRedo, "the redo of that")
	require.Equal(t, after, recordsOf(t, s))
	apply(t, s, model.Account{Code: "K7", Name: "Other", Class: "A"})
	undo(t, s)
	require.Less(t, allocated(func() { undo(t, s) }), 2*first, "behind a change that was taken back")
	require.Empty(t, recordsOf(t, s))
	requireSound(t, s)
}

// copyOf opens a copy of a store's file.
func copyOf(t require.TestingT, s *Store, path string, o Options) *Store {
	file, err := os.Create(path)
	require.NoError(t, err)
	require.NoError(t, s.db.View(func(tx *bolt.Tx) error {
		_, err := tx.WriteTo(file)
		return err
	}))
	require.NoError(t, file.Close())
	c, err := Open(path, o)
	require.NoError(t, err)
	return c
}

// toldOf is all that a store tells of its history, and of what each step changed.
func toldOf(t require.TestingT, s *Store) (lines []string) {
	entries, err := s.History(0, 0)
	require.NoError(t, err)
	for _, e := range entries {
		lines = append(lines, fmt.Sprintf("%d %s %s %s %v %d %t %v", e.Step, e.Actor, e.Action, e.Subject, e.Tally, e.ReversesStep, e.Undone, e.Turns))
		edits, _, err := s.StepEdits(e.Step, 0)
		require.NoError(t, err)
		var told []string
		for _, edit := range edits {
			told = append(told, fmt.Sprintf("%+v → %+v", edit.Before, edit.After))
		}
		slices.Sort(told)
		lines = append(lines, told...)
	}
	return lines
}

// keptIn is what an undo left: of what stays for good only in which tables, which is all
// that a long step tells.
func keptIn(kept []KeptPart) []string {
	var lines []string
	for _, k := range kept {
		if k.Reason == model.KeptForGood {
			k.Key = model.Key{Table: k.Key.Table}
		}
		lines = append(lines, fmt.Sprintf("%+v", k))
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

func TestDocumentByDocumentAStepGoesBackAsRecordByRecord(t *testing.T) {
	dir, sequence := t.TempDir(), 0
	limit, records, much, days := journalLimit, apartUndo, apartBytes, apartDays
	t.Cleanup(func() { journalLimit, apartUndo, apartBytes, apartDays, byDocuments = limit, records, much, days, true })
	apartBytes, apartDays = 100, 2
	options := Options{Fast: true, Now: func() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }}
	rapid.Check(t, func(rt *rapid.T) {
		sequence++
		path := filepath.Join(dir, fmt.Sprintf("%d.db", sequence))
		s := openAt(rt, path)
		s.now = options.Now
		defer func() {
			_ = s.Close()
			_ = os.Remove(path)
		}()
		people := []model.Actor{{Name: "Anna", Person: "P1", Role: model.RoleLead}, {Name: "Ben", Person: "P2", Role: model.RoleLead}}
		for range rapid.IntRange(3, 14).Draw(rt, "steps") {
			journalLimit = rapid.SampledFrom([]int{0, 0, 1, 500}).Draw(rt, "journal limit") // both forms of the journal, mixed
			who := rapid.SampledFrom([]model.Actor{people[0], people[0], people[1]}).Draw(rt, "who")
			var back func(*Store) (Entry, error)
			var err error
			switch rapid.SampledFrom([]string{"apply", "apply", "import", "undo", "undo", "redo", "redo", "some step"}).Draw(rt, "what") {
			case "apply":
				var keys []model.Key
				for key := range recordsOf(rt, s) {
					keys = append(keys, key)
				}
				slices.SortFunc(keys, func(a, b model.Key) int { return bytes.Compare(fmt.Append(nil, a), fmt.Append(nil, b)) })
				_, err = s.Apply(who, drawRequest(rt, keys))
			case "import":
				_, err = importing(rt, s, who, ImportOptions{CreateMissing: true, OverwriteEmpty: rapid.Bool().Draw(rt, "overwrite")}, drawFile(rt, dir))
			case "undo":
				back = func(s *Store) (Entry, error) { return s.Undo(who) }
			case "redo":
				back = func(s *Store) (Entry, error) { return s.Redo(who) }
			case "some step":
				entries, herr := s.History(0, 0)
				require.NoError(rt, herr)
				if len(entries) > 0 {
					step := rapid.SampledFrom(entries).Draw(rt, "step").Step
					back = func(s *Store) (Entry, error) { return s.UndoStep(who, step) }
				}
			}
			require.True(rt, err == nil || isRefusal(err), "%v", err)
			if back == nil {
				continue
			}
			apartUndo = rapid.SampledFrom([]int{0, records}).Draw(rt, "apart from how many")
			other := copyOf(rt, s, path+"-other", options)
			done, err := back(s)
			byDocuments = false
			doneOther, errOther := back(other)
			byDocuments = true
			require.Equal(rt, errOther == nil, err == nil, "%v, %v", err, errOther)
			if err != nil {
				require.Equal(rt, errOther.Error(), err.Error())
			}
			require.Equal(rt, keptIn(doneOther.Kept), keptIn(done.Kept))
			require.Equal(rt, recordsOf(rt, other), recordsOf(rt, s))
			require.Equal(rt, toldOf(rt, other), toldOf(rt, s))
			require.NoError(rt, other.Close())
			require.NoError(rt, os.Remove(path+"-other"))
		}
		sound(rt, s)
	})
}

// What another has changed between an undo's redo and the next undo stays theirs.
func TestBehindAnUndoAndItsRedoAChangeOfAnotherStays(t *testing.T) {
	s := open(t)
	var lines strings.Builder
	lines.WriteString("account,date,rep,id\n")
	for i := range 2000 {
		fmt.Fprintf(&lines, "K%d,2026-%02d-%02d,R1,V%d\n", i%50, 1+i%12, 1+i%28, i)
	}
	importFiles(t, s, ImportOptions{CreateMissing: true}, write(t, "visits.csv", lines.String()))
	undo(t, s)
	redo(t, s)
	visit, err := s.Get(model.Visit{Account: "K7", Date: model.NewDate(2026, 8, 8), Rep: "R1", Ref: "V7"}.Key())
	require.NoError(t, err)
	noted := visit.(model.Visit)
	noted.Note = "of another"
	other := model.Actor{Name: "Ben", Person: "P2", Role: model.RoleLead}
	_, err = s.Apply(other, Request{Action: "test", Puts: []Put{{Record: noted, Before: visit}}})
	require.NoError(t, err)
	e, err := s.Undo(lead)
	require.NoError(t, err)
	require.Len(t, e.Kept, 2, "the visit and its account")
	for _, kept := range e.Kept {
		require.Equal(t, "K7", kept.Key.Code)
	}
	require.Equal(t, "Ben", e.Kept[0].By)
	is, err := s.Get(noted.Key())
	require.NoError(t, err)
	require.Equal(t, noted, is)
	require.Len(t, recordsOf(t, s), 2)
	requireSound(t, s)
}

// A long step goes back in parts, each of which holds no more than a part may, and what it
// was before is in the file; so does its redo.
func TestALongUndoHoldsAPartAtATime(t *testing.T) {
	skipWithoutRename(t)
	var written []int
	long(t, func(w *writer, part int) {
		if w.tx == nil { // it is done
			return
		}
		written = append(written, w.tx.Written())
		require.Empty(t, w.images, "what was before is in the file")
		require.Less(t, len(w.contacts), 8)
		require.Less(t, len(w.byDay.added)+len(w.byDay.removed), apartDays+400)
		require.Less(t, len(w.visitIDs.added)+len(w.visitIDs.removed), apartDays+400)
	})
	days, records, limit := apartDays, apartUndo, journalLimit
	t.Cleanup(func() { apartDays, apartUndo, journalLimit = days, records, limit })
	apartDays, apartUndo, journalLimit = 40, 50, 0
	s := withVisits(t, filepath.Join(t.TempDir(), "s.db"), Options{Fast: true})
	defer s.Close()
	before := recordsOf(t, s)
	_, err := importLong(context.Background(), t, s, longFile(t))
	require.NoError(t, err)
	after := recordsOf(t, s)
	follower := follow(t, s)
	for range 2 {
		for _, way := range []struct {
			take func(testing.TB, *Store) uint64
			want map[model.Key]string
		}{{undo, before}, {redo, after}} {
			written = nil
			way.take(t, s)
			require.Greater(t, len(written), 5)
			for _, bytes := range written[:len(written)-1] { // the last has what is written of the whole
				require.Less(t, bytes, 6*apartBytes, "what was written since the last part")
			}
			require.Equal(t, way.want, recordsOf(t, s))
			follower.requireFresh(t)
			requireSound(t, s)
		}
	}
}

// Where another has changed one of its records a long step goes back in parts as well, and
// leaves what it leaves record by record.
func TestALongUndoThatMeetsAChangeHoldsAPartAtATime(t *testing.T) {
	skipWithoutRename(t)
	parts := 0
	long(t, func(w *writer, _ int) {
		if w.tx != nil {
			parts++
			require.Less(t, len(w.contacts), 8)
		}
	})
	days, records, limit := apartDays, apartUndo, journalLimit
	t.Cleanup(func() { apartDays, apartUndo, journalLimit, byDocuments = days, records, limit, true })
	apartDays, apartUndo, journalLimit = 40, 50, 0
	dir := t.TempDir()
	s := withVisits(t, filepath.Join(dir, "s.db"), Options{Fast: true})
	defer s.Close()
	before := recordsOf(t, s)
	_, err := importLong(context.Background(), t, s, longFile(t))
	require.NoError(t, err)
	var changed model.Visit
	for key := range recordsOf(t, s) {
		if _, was := before[key]; !was && key.Table == model.TableVisits {
			is, err := s.Get(key)
			require.NoError(t, err)
			changed = is.(model.Visit)
			break
		}
	}
	noted := changed
	noted.Note = "of another"
	_, err = s.Apply(model.Actor{Name: "Ben", Person: "P2", Role: model.RoleLead}, Request{Action: "test", Puts: []Put{{Record: noted, Before: changed}}})
	require.NoError(t, err)
	other := copyOf(t, s, filepath.Join(dir, "other.db"), Options{Fast: true})
	defer other.Close()

	follower := follow(t, s)
	parts = 0
	done, err := s.Undo(lead)
	require.NoError(t, err)
	require.Greater(t, parts, 1, "how many depends on the record, and on the numbers it was given")
	require.NotEmpty(t, done.Kept)
	require.Equal(t, "Ben", done.Kept[0].By)
	is, err := s.Get(noted.Key())
	require.NoError(t, err)
	require.Equal(t, noted, is)
	follower.requireFresh(t)
	requireSound(t, s)

	byDocuments, parts = false, 0
	doneOther, err := other.Undo(lead)
	require.NoError(t, err)
	require.Zero(t, parts)
	require.Equal(t, doneOther.Kept, done.Kept)
	require.Equal(t, recordsOf(t, other), recordsOf(t, s))
	for _, back := range []*Store{s, other} {
		redo(t, back)
		requireSound(t, back)
	}
	require.Equal(t, recordsOf(t, other), recordsOf(t, s))
	byDocuments = true
}
