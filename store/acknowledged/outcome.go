package acknowledged

// What became of changes on the server: what its journal has set, put in, taken out and set
// aside, by field and element.

import (
	"encoding/json"
	"fmt"
	"iter"
	"reflect"
	"slices"

	"doppelpass/model"
)

// place is a field of a record.
type place struct {
	key   model.Key // identity
	field int
}

// element is one of a set.
type element struct {
	place
	value string
}

// event is a step that has set a field to another value than it had.
type event struct {
	number int
	value  string
}

// aside is what stands aside of a record: some of its fields, or all.
type aside struct {
	model.Record
	fields map[string]bool
}

// tells reports whether a field of a record of some kind stands aside.
func (a aside) tells(d model.Description, field int) bool {
	return model.DescriptionOf(a.Record) == d && a.fields[d.Fields()[field].Name]
}

// outcome is what became of everything.
type outcome struct {
	numbers map[model.StepID]int             // in the server's order, from 1
	ids     []model.StepID                   // in that order
	left    map[model.Key][]int              // by identity: the steps that have deleted it
	laid    map[int]map[model.Key]model.Edit // what a step did there, by identity
	stood   map[place][]any                  // at any time
	set     map[place][]event                // in the server's order
	aside   map[string][]aside               // by code, and by identity of a row
	now     map[model.Key]model.Record       // by identity
	gone    func(string) bool
	put     map[element][]int // numbers of the steps whose authors put it in; 0: the step has none
	taken   map[element][]int // … took it out
	written map[model.Key][]int
	deleted map[model.Key][]int
}

func (l *Ledger) outcome(journal []Change, records iter.Seq[model.Record], gone func(string) bool) (*outcome, error) {
	o := &outcome{
		numbers: map[model.StepID]int{}, left: map[model.Key][]int{}, laid: map[int]map[model.Key]model.Edit{}, stood: map[place][]any{}, set: map[place][]event{}, aside: map[string][]aside{},
		now: map[model.Key]model.Record{}, gone: gone, put: map[element][]int{}, taken: map[element][]int{}, written: map[model.Key][]int{}, deleted: map[model.Key][]int{},
	}
	for i, step := range journal {
		o.numbers[step.ID] = i + 1
		o.ids = append(o.ids, step.ID)
		o.laid[i+1] = map[model.Key]model.Edit{}
		for _, e := range step.Edits {
			o.laid[i+1][keyOf(e)] = e
			o.stands(e.Before)
			o.stands(e.After)
			o.sets(i+1, e)
			if err := o.standsAside(e); err != nil {
				return nil, err
			}
		}
	}
	for record := range records {
		o.now[record.Key().Identity()] = record
	}
	known := map[model.StepID]bool{}
	for _, c := range l.changes {
		known[c.ID] = true
		o.wanted(c)
	}
	for _, c := range journal { // saved, but whoever made it was killed before they were told
		if !known[c.ID] {
			o.wanted(c)
		}
	}
	return o, nil
}

// wanted notes what the author of a change wanted.
func (o *outcome) wanted(c Change) {
	number := o.numbers[c.ID]
	for _, e := range c.Edits {
		for in, of := range moved(e) {
			if in {
				o.put[of] = append(o.put[of], number)
			} else {
				o.taken[of] = append(o.taken[of], number)
			}
		}
		if e.After != nil {
			o.written[keyOf(e)] = append(o.written[keyOf(e)], number)
		} else {
			o.deleted[keyOf(e)] = append(o.deleted[keyOf(e)], number)
		}
	}
}

func (o *outcome) stands(r model.Record) {
	if r == nil {
		return
	}
	d := model.DescriptionOf(r)
	for i := range d.Fields() {
		at := place{r.Key().Identity(), i}
		o.stood[at] = append(o.stood[at], d.Value(r, i))
	}
}

func (o *outcome) sets(number int, e model.Edit) {
	if e.After == nil {
		o.left[keyOf(e)] = append(o.left[keyOf(e)], number)
		return
	}
	d, before := model.DescriptionOf(e.After), e.Before
	if before == nil {
		before = d.Empty()
	}
	for _, i := range d.Differ(before, e.After) {
		at := place{keyOf(e), i}
		o.set[at] = append(o.set[at], event{number, fmt.Sprint(d.Value(e.After, i))})
	}
}

// standsAside notes what an edit sets aside. A row may have come to another account, so that
// it is found by its identity as well.
func (o *outcome) standsAside(e model.Edit) error {
	a, is := e.After.(model.SetAside)
	if !is || e.Before != nil {
		return nil
	}
	for _, values := range []string{a.Values, a.Standing} {
		if values == "" {
			continue
		}
		r, err := model.WithFieldValues(model.Describe(a.Of).Empty(), values)
		if err != nil {
			return err
		}
		var named map[string]json.RawMessage
		if err := json.Unmarshal([]byte(values), &named); err != nil {
			return err
		}
		stands := aside{r, map[string]bool{}}
		for field := range named {
			stands.fields[field] = true
		}
		o.aside[a.Code] = append(o.aside[a.Code], stands)
		if a.Row != "" {
			o.aside[a.Row] = append(o.aside[a.Row], stands)
		}
	}
	return nil
}

// asideOf are the records that stand aside under a key's code or identity.
func (o *outcome) asideOf(key model.Key) []aside {
	return slices.Concat(o.aside[key.Code], o.aside[key.ID.String()])
}

func keyOf(e model.Edit) model.Key {
	if e.After != nil {
		return e.After.Key().Identity()
	}
	return e.Before.Key().Identity()
}

// moves reports whether an edit puts an element in, or takes it out.
func moves(e model.Edit, in bool, of element) bool {
	for into, other := range moved(e) {
		if into == in && other == of {
			return true
		}
	}
	return false
}

// moved yields what an edit puts into sets, true, and takes out of them, false.
func moved(e model.Edit) iter.Seq2[bool, element] {
	return func(yield func(bool, element) bool) {
		before, after := elementsOf(e.Before), elementsOf(e.After)
		for _, of := range after {
			if !slices.Contains(before, of) && !yield(true, of) {
				return
			}
		}
		for _, of := range before {
			if !slices.Contains(after, of) && !yield(false, of) {
				return
			}
		}
	}
}

// elementsOf are the elements of all of a record's sets.
func elementsOf(r model.Record) (all []element) {
	if r == nil {
		return nil
	}
	d := model.DescriptionOf(r)
	for i, f := range d.Fields() {
		if f.Merge == model.MergeSet {
			for _, value := range elements(d.Value(r, i)) {
				all = append(all, element{place{r.Key().Identity(), i}, value})
			}
		}
	}
	return all
}

func elements(set any) (all []string) {
	v := reflect.ValueOf(set)
	for i := range v.Len() {
		all = append(all, fmt.Sprint(v.Index(i).Interface()))
	}
	return all
}
