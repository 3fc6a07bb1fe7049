package model

// What is known of others while the steps of one author are laid: which fields, elements of
// sets and deletions both have said, so that they are nobody's alone.

import (
	"fmt"
	"reflect"
	"slices"
)

// Meanwhile is what is known of others while the steps of one author, who did not know of
// them, are laid on top of theirs in their order. Make it with NewMeanwhile.
type Meanwhile struct {
	aside map[Key]bool // stand aside, because their code belongs to another record
	// also are fields that others have set, too, to what the author takes for their own, and
	// what was put into sets and taken out (see saying).
	also    map[Key]map[string]bool
	gone    map[Key]bool // records that others have deleted, too
	revived map[Key]bool // were deleted, and live again since others changed them
	// Restores says that the step that is laid takes an earlier one back.
	Restores bool
}

// NewMeanwhile is that of an author of whom nothing has been laid yet. said is what others have
// said, too (Rebased.Said), since the author last heard of them.
func NewMeanwhile(said []Edit) *Meanwhile {
	m := &Meanwhile{aside: map[Key]bool{}, also: map[Key]map[string]bool{}, gone: map[Key]bool{}, revived: map[Key]bool{}}
	m.hear(said)
	return m
}

// Revived notes that a record that was deleted lives again, since others changed it or took
// that back: it is no other one.
func (m *Meanwhile) Revived(identity Key) { m.revived[identity] = true }

// hear notes of what both have done that it is not the author's alone.
func (m *Meanwhile) hear(said []Edit) {
	for _, e := range said {
		if e.After == nil {
			m.gone[e.Before.Key().Identity()] = true
			continue
		}
		key := e.After.Key().Identity()
		if m.also[key] == nil {
			m.also[key] = map[string]bool{}
		}
		d, before := DescriptionOf(e.After), e.Before
		if before == nil {
			before = d.Empty()
		}
		for _, i := range d.Differ(before, e.After) {
			for _, what := range saying(d, i, before, e.After) {
				m.also[key][what] = true
			}
		}
	}
}

// saying is what a change of a field says: the field, of a set what is put in and taken out.
func saying(d Description, field int, before, after Record) (all []string) {
	f := d.Fields()[field]
	if f.Merge != MergeSet {
		return []string{f.Name}
	}
	list := func(r Record) (elements []string) {
		v := reflect.ValueOf(d.Value(r, field))
		for i := range v.Len() {
			elements = append(elements, fmt.Sprint(v.Index(i).Interface()))
		}
		return elements
	}
	was, now := list(before), list(after)
	for _, element := range now {
		if !slices.Contains(was, element) {
			all = append(all, f.Name+" + "+element)
		}
	}
	for _, element := range was {
		if !slices.Contains(now, element) {
			all = append(all, f.Name+" - "+element)
		}
	}
	return all
}

// contradicts reports whether a change of a field is against what others have said, too.
func (m *Meanwhile) contradicts(key Key, d Description, field int, before, after Record) bool {
	also := m.also[key.Identity()]
	if len(also) == 0 {
		return false
	}
	if d.Fields()[field].Merge == MergeSet { // whoever says the opposite puts in what was taken out
		before, after = after, before
	}
	return slices.ContainsFunc(saying(d, field, before, after), func(what string) bool { return also[what] })
}

// Authored is what the author of a step has changed, by what they saw: what the step changes,
// and what it says because others had done the same.
func Authored(edits, said []Edit) []Edit {
	all := slices.Clone(edits)
	for _, s := range said {
		at := slices.IndexFunc(all, func(e Edit) bool { return identityOf(e) == identityOf(s) })
		switch {
		case at < 0:
			all = append(all, s)
		case all[at].Before != nil && all[at].After != nil && s.Before != nil && s.After != nil:
			all[at].Before = unsaid(s, all[at].Before)
		}
	}
	return all
}

// unsaid is a record without what an edit says of it.
func unsaid(said Edit, r Record) Record {
	d := DescriptionOf(r)
	for _, i := range d.Differ(said.Before, said.After) {
		value := d.Value(said.Before, i)
		if d.Fields()[i].Merge == MergeSet {
			value = mergeSets(d.Value(said.After, i), value, d.Value(r, i))
		}
		r = d.With(r, i, value)
	}
	return r
}

// Holds reports whether a record is as an edit says; nil: there is none.
func Holds(now Record, said Edit) bool {
	if said.After == nil || now == nil {
		return said.After == nil && now == nil
	}
	d, before := DescriptionOf(said.After), said.Before
	if before == nil {
		before = d.Empty()
	}
	changed := d.Differ(before, said.After)
	return !slices.ContainsFunc(d.Differ(now, said.After), func(i int) bool { return slices.Contains(changed, i) })
}

// agree notes of a record that others brought back as another one in what it is as its
// author has it: that is not the author's alone.
func (r *rebase) agree(d Description, mine, theirs Record) {
	empty := emptyAt(d, theirs)
	both := empty
	for i, f := range d.Fields() {
		switch {
		case f.Merge == MergeSet:
			both = d.With(both, i, alike(d.Value(empty, i), d.Value(mine, i), d.Value(theirs, i)))
		case sameAt(d, mine, theirs, i):
			both = d.With(both, i, d.Value(theirs, i))
		}
	}
	r.hear([]Edit{{Before: empty, After: both}})
}
