package main

// What must hold in the end.

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/acknowledged"
)

// judge brings all together and looks.
func (w *world) judge() error {
	for _, s := range w.laptops() {
		p, _ := w.personOf(s.person)
		before := p
		p.Inactive = false
		if _, err := w.server.Apply(w.server.actor(), store.Request{Action: "people", Puts: []store.Put{{Record: p, Before: before}}}); err != nil {
			return err
		}
	}
	for range 2 * len(w.servers) { // to whichever they come
		if err := w.together(); err != nil {
			return err
		}
		for _, s := range w.laptops() {
			if err := w.sync(s, whole); err != nil {
				return err
			}
		}
	}
	if err := w.together(); err != nil {
		return err
	}
	want, err := contents(w.server)
	if err != nil {
		return err
	}
	for _, s := range w.seats {
		problems, err := s.Check()
		if err != nil || len(problems) > 0 {
			return fmt.Errorf("%s: %v %w", s.person, problems, err)
		}
		place, err := s.Place()
		if err != nil {
			return err
		}
		if place.Waiting > 0 {
			return fmt.Errorf("%s: %d steps wait still", s.person, place.Waiting)
		}
		have, err := contents(s)
		if err != nil {
			return err
		}
		if line := difference(want, have); line != "" {
			return fmt.Errorf("%s differs from the server: %s", s.person, line)
		}
	}
	if err := w.missing(); err != nil {
		return err
	}
	return w.forgotten()
}

// everyTable is all that a store holds.
var everyTable = append(model.Tables[:], model.TableSettings, model.TableAnswers, model.TableFollowUps, model.TableOptOuts, model.TableConsents, model.TablePeople,
	model.TableSettled, model.TableOutLists, model.TableAsides, model.TableErasures)

// contents is all that a store holds, line by line.
func contents(s *seat) (lines []string, err error) {
	for _, table := range everyTable {
		var rows []string
		for record, err := range s.Records(table) {
			if err != nil {
				return nil, err
			}
			rows = append(rows, fmt.Sprintf("%s %+v", table, record))
		}
		slices.Sort(rows)
		lines = append(lines, rows...)
	}
	entries, err := s.History(0, 0)
	for _, e := range entries {
		lines = append(lines, fmt.Sprintf("step %d %s %s %s reverses %d undone %v %v", e.Step, e.ID, e.Actor, e.Action, e.ReversesStep, e.Undone, e.Tally))
	}
	return lines, err
}

// difference is the first one between two lists of lines; "": there is none.
func difference(a, b []string) string {
	for _, line := range a {
		if !slices.Contains(b, line) {
			return "it lacks " + line
		}
	}
	for _, line := range b {
		if !slices.Contains(a, line) {
			return "it has " + line
		}
	}
	return ""
}

// missing finds what was saved and stands nowhere.
func (w *world) missing() error {
	steps, err := w.server.StepsAfter(0, 1<<30)
	if err != nil {
		return err
	}
	var journal []acknowledged.Change
	for _, step := range steps {
		journal = append(journal, acknowledged.Change{ID: step.ID, Edits: step.Edits})
		for _, e := range step.Edits {
			if a, is := e.After.(model.SetAside); is && e.Before == nil && a.Reason == model.LostRefused {
				w.Refused++
			}
		}
	}
	var records []model.Record
	for _, table := range everyTable {
		for record, err := range w.server.Records(table) {
			if err != nil {
				return err
			}
			records = append(records, record)
		}
	}
	return w.ledger.Missing(journal, slices.Values(records), w.named)
}

// named reports whether something names who was erased, or what stands in their place: the
// name is gone, as it must.
func (w *world) named(said string) bool {
	return slices.ContainsFunc(slices.Concat(w.erased, w.labels), func(name string) bool { return strings.Contains(said, name) })
}

// forgotten looks whether the bytes of those who were erased are gone from the laptops; the
// server's file is cleared of them when it is compacted.
func (w *world) forgotten() error {
	for _, s := range w.seats[1:] {
		content, err := os.ReadFile(s.path)
		if err != nil {
			return err
		}
		for _, name := range w.erased {
			if last := strings.Fields(name)[1]; bytes.Contains(content, []byte(last)) {
				return fmt.Errorf("%s: the file holds %q, who was erased", s.person, last)
			}
		}
	}
	return nil
}
