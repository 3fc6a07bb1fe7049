package main

// A store, and whoever works on it.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/acknowledged"
	"doppelpass/store/exchange"
	"doppelpass/store/hub"
	"doppelpass/store/wire"
)

// seat is a store and whoever works on it.
type seat struct {
	*store.Store
	path   string
	person string
	server bool
	clock  time.Duration // how far it is off
	wire   *wire.Server  // of a server
	member *hub.Member   // of a server with a hub
}

func (s *seat) open() (err error) {
	s.Store, err = store.Open(s.path, store.Options{Fast: true, Now: func() time.Time { return time.Now().Add(s.clock) }})
	return err
}

func (s *seat) actor() model.Actor {
	return model.Actor{Name: s.person, Role: model.RoleLead, Person: s.person, Device: s.person}
}

// worker makes changes at a seat.
type worker struct {
	chance
	*seat
	since map[string]int // how many lines the deletion book had with the erasure of somebody
	say   func(format string, args ...any)
	saved func(acknowledged.Change) error // hears of what is saved
}

// everybody are the people at customers who may be erased.
var everybody = []string{"Olaf Lenzmann", "Petra Starkmuth"}

// known are those who may be drawn here: who has not heard of an erasure goes on to name whom
// it is about.
func (w worker) known() ([]string, error) {
	place, err := w.Place()
	return slices.DeleteFunc(slices.Clone(everybody), func(name string) bool {
		return w.since[name] > 0 && (w.server || w.since[name] <= place.Erasures)
	}), err
}

// change is one change.
func (w worker) change() (changed bool, err error) {
	if w.names, err = w.known(); err != nil {
		return false, err
	}
	place, err := w.Place()
	if err != nil {
		return false, err
	}
	edits, err := w.tryChange()
	if err != nil {
		return false, expected(err)
	}
	return true, w.acknowledge(place, edits)
}

// acknowledge tells of the steps that are the person's own and were made since a store stood
// at a place. edits are those that the store has told; nil: it tells none.
func (w worker) acknowledge(place store.Place, edits []model.Edit) error {
	last, seen := place.Number+uint64(place.Waiting), place.Number
	made := w.Waiting
	if w.server && w.member == nil {
		made = func() ([]store.Step, error) { return w.StepsAfter(last, 1<<30) }
		seen = acknowledged.Everything
	}
	steps, err := made()
	if err != nil {
		return err
	}
	for _, step := range steps {
		if step.Step <= last || step.Person != w.person { // it came over a line meanwhile
			continue
		}
		if edits == nil {
			edits = step.Edits
		}
		if err := w.saved(acknowledged.Change{ID: step.ID, Author: w.path, Edits: edits, Seen: seen, Reverses: step.Reverses}); err != nil {
			return err
		}
		edits = nil
	}
	return nil
}

// tryChange tries a change, which may be refused.
func (w worker) tryChange() (edits []model.Edit, err error) {
	switch what := w.IntN(12); {
	case what < 2:
		e, err := w.Undo(w.actor())
		w.say("%s undoes %v: %v", w.person, e.Step, err)
		return nil, err
	case what == 2:
		e, err := w.Redo(w.actor())
		w.say("%s does again %v: %v", w.person, e.Step, err)
		return nil, err
	case what == 3 && !w.server:
		return w.putBack()
	case what == 4:
		return nil, w.take()
	}
	var there []model.Record
	for _, table := range tables {
		for record, err := range w.Records(table) {
			if err != nil {
				return nil, err
			}
			there = append(there, record)
		}
	}
	change, err := w.Apply(w.actor(), w.request(there))
	w.say("%s changes %s: %v", w.person, told(change.Edits), err)
	return change.Edits, err
}

// take imports a small file.
func (w worker) take() error {
	table := of(w.chance, model.TableVisits, model.TableVisits, model.TableCalls, model.TableAccounts, model.TableTerritories, model.TablePlan)
	var records []model.Record
	for range 1 + w.IntN(5) {
		records = append(records, w.record(table))
	}
	create := w.odds(2)
	var text bytes.Buffer
	if err := exchange.WriteCSV(&text, exchange.English, exchange.Records(table, slices.Values(records))); err != nil {
		return err
	}
	path := filepath.Join(filepath.Dir(w.path), w.person+"-"+string(table)+".csv")
	if err := os.WriteFile(path, text.Bytes(), 0o600); err != nil {
		return err
	}
	file, err := exchange.Open(path, exchange.Options{})
	if err != nil {
		return err
	}
	defer file.Close()
	mapping, err := file.Mapping()
	if err != nil {
		return err
	}
	_, err = w.Import(context.Background(), w.actor(), []store.Source{{File: file, Mapping: mapping}}, store.ImportOptions{CreateMissing: create})
	w.say("%s imports %s: %v", w.person, table, err)
	return err
}

// putBack takes something after all that stands aside, or lets go of it.
func (w worker) putBack() ([]model.Edit, error) {
	all, err := w.Asides()
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(a model.SetAside) bool { return a.For != w.person })
	if len(all) == 0 {
		return nil, store.ErrNothingToUndo
	}
	a := all[w.IntN(len(all))]
	r := store.LetGo(a)
	if w.odds(2) {
		code, err := w.FreeCode(a)
		if err == nil {
			r, err = w.PutBack(a, code)
		}
		if err != nil {
			return nil, err
		}
	}
	change, err := w.Apply(w.actor(), r)
	w.say("%s settles %s: %v", w.person, told(change.Edits), err)
	return change.Edits, err
}

// expected drops the errors of what cannot be granted.
func expected(err error) error {
	switch {
	case err == nil, errors.As(err, &store.NotFound{}), errors.As(err, &store.AlreadyExists{}), errors.As(err, &store.Invalid{}), errors.As(err, &store.Conflict{}),
		errors.As(err, &store.Dismissed{}), errors.As(err, &model.Forbidden{}), errors.As(err, &store.NothingLeft{}),
		errors.Is(err, store.ErrNothingToUndo), errors.Is(err, store.ErrNothingToRedo), errors.Is(err, store.ErrOthersStep), errors.Is(err, store.ErrAsideFirst):
		return nil
	}
	return err
}

// told is what edits do, in brief.
func told(edits []model.Edit) string {
	var parts []string
	for _, e := range edits {
		parts = append(parts, fmt.Sprintf("%+v → %+v", e.Before, e.After))
	}
	return strings.Join(parts, "; ")
}
