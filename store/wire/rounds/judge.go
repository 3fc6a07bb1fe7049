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
)

// saved is a field that somebody was told is saved.
type saved struct {
	key   model.Key
	field int
	value any
}

// String tells it.
func (s saved) String() string {
	return fmt.Sprintf("%v, field %s: %v", s.key, model.Describe(s.key.Table).Fields()[s.field].Name, s.value)
}

// note keeps in mind what a change wrote.
func (w *world) note(change model.Change) {
	for _, e := range change.Edits {
		if e.After == nil {
			continue
		}
		if _, optOut := e.After.(model.OptOut); optOut && e.Before == nil {
			w.OptOuts++
		}
		d := model.DescriptionOf(e.After)
		before := e.Before
		if before == nil {
			before = d.Empty()
		}
		for _, i := range d.Differ(before, e.After) {
			w.saved = append(w.saved, saved{e.After.Key(), i, d.Value(e.After, i)})
		}
	}
}

// judge brings all together and looks.
func (w *world) judge() error {
	for _, s := range w.seats[1:] {
		p, _ := w.personOf(s.person)
		before := p
		p.Inactive = false
		if _, err := w.server.Apply(w.server.actor(), store.Request{Action: "people", Puts: []store.Put{{Record: p, Before: before}}}); err != nil {
			return err
		}
	}
	for range 2 {
		for _, s := range w.seats[1:] {
			if err := w.sync(s, -1); err != nil {
				return err
			}
		}
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
		if s != w.server && place.Waiting > 0 {
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

// contents is all that a store holds, line by line.
func contents(s *seat) (lines []string, err error) {
	for _, table := range append([]model.Table{model.TableSettings}, model.Tables[:]...) {
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

// missing finds what was saved and stands nowhere: in no step of the server's, and not
// aside.
func (w *world) missing() error {
	steps, err := w.server.StepsAfter(0, 1<<30)
	if err != nil {
		return err
	}
	type place struct {
		key   model.Key
		field int
	}
	stood := map[place][]any{}
	aside := map[string][]model.Record{} // by code
	note := func(r model.Record) {
		if r == nil {
			return
		}
		d := model.DescriptionOf(r)
		for i := range d.Fields() {
			at := place{r.Key().Identity(), i}
			stood[at] = append(stood[at], d.Value(r, i))
		}
	}
	for _, step := range steps {
		for _, e := range step.Edits {
			note(e.Before)
			note(e.After)
			a, ok := e.After.(model.SetAside)
			if !ok || e.Before != nil {
				continue
			}
			if a.Reason == model.LostRefused {
				w.Refused++
			}
			for _, values := range []string{a.Values, a.Standing} {
				if values == "" {
					continue
				}
				r, err := model.WithFieldValues(model.Describe(a.Of).Empty(), values)
				if err != nil {
					return err
				}
				aside[a.Code] = append(aside[a.Code], r)
				if a.Row != "" { // which may have come to another account
					aside[a.Row] = append(aside[a.Row], r)
				}
			}
		}
	}
	for _, s := range w.saved {
		d := model.Describe(s.key.Table)
		same := func(v any) bool { return fmt.Sprint(v) == fmt.Sprint(s.value) }
		all := stood[place{s.key.Identity(), s.field}]
		for _, r := range append(slices.Clone(aside[s.key.Code]), aside[s.key.ID.String()]...) {
			if model.DescriptionOf(r) == d {
				all = append(all, d.Value(r, s.field))
			}
		}
		found := d.Growing() && len(all) > 0 || // of such lines the one that was there first stays
			d.Fields()[s.field].Merge == model.MergeSet || // of a set both sides' parts stand
			slices.ContainsFunc(all, same) || w.named(fmt.Sprint(s.key, s.value)) || paragraphs(s, all)
		if !found {
			return fmt.Errorf("saved, and nowhere: %v", s)
		}
	}
	return nil
}

// paragraphs reports whether each paragraph of a note stood in one of its values: notes are
// merged by paragraphs.
func paragraphs(s saved, stood []any) bool {
	note, is := s.value.(string)
	if name := model.Describe(s.key.Table).Fields()[s.field].Name; !is || name != "note" && name != "marketing_note" {
		return false
	}
	for part := range strings.SplitSeq(note, "\n\n") {
		if !slices.ContainsFunc(stood, func(v any) bool { return strings.Contains(fmt.Sprint(v), part) }) {
			return false
		}
	}
	return true
}

// named reports whether something names who was erased: it is gone, as it must.
func (w *world) named(said string) bool {
	return slices.ContainsFunc(w.erased, func(name string) bool { return strings.Contains(said, name) })
}

// forgotten looks whether the bytes of those who were erased are gone from the laptops.
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
