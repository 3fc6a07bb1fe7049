package model

// Two people change one record: what each of them changed holds, and what both
// changed differently is set aside. The same function serves a form that somebody
// else's change meets, and later two machines.

import (
	"reflect"
	"slices"
)

// Aside is a field that two people changed differently.
type Aside struct {
	Field        string
	Mine, Theirs any
}

// MergeRecords lays my change of base on top of theirs. Fields that only one of us
// changed have that value, sets have what either added and lack what either took
// out, and of fields that both changed differently theirs is kept and mine set
// aside. All three records are of one table.
func MergeRecords(base, mine, theirs Record) (merged Record, aside []Aside) {
	d := DescriptionOf(base)
	merged = mergeFields(d, base, mine, theirs, func(merged Record, field int) Record {
		aside = append(aside, Aside{d.Fields()[field].Name, d.Value(mine, field), d.Value(theirs, field)})
		return merged
	})
	return merged, aside
}

// mergeFields lays my change of base on top of theirs; both is asked for a field that both
// changed differently and that is no set.
func mergeFields(d Description, base, mine, theirs Record, both func(merged Record, field int) Record) (merged Record) {
	merged = theirs
	for _, i := range d.Differ(base, mine) {
		switch {
		case sameAt(d, base, theirs, i):
			merged = d.With(merged, i, d.Value(mine, i))
		case sameAt(d, mine, theirs, i):
		case d.Fields()[i].Merge == MergeSet:
			merged = d.With(merged, i, mergeSets(d.Value(base, i), d.Value(mine, i), d.Value(theirs, i)))
		default:
			merged = both(merged, i)
		}
	}
	return merged
}

func sameAt(d Description, a, b Record, field int) bool {
	return !slices.Contains(d.Differ(a, b), field)
}

// inSet reports whether a value is an element of a set.
func inSet(set, v reflect.Value) bool {
	for i := range set.Len() {
		if set.Index(i).Interface() == v.Interface() {
			return true
		}
	}
	return false
}

// alike is base with that of what mine changed that theirs had changed as well.
func alike(base, mine, theirs any) any {
	b, m, t := reflect.ValueOf(base), reflect.ValueOf(mine), reflect.ValueOf(theirs)
	both := reflect.MakeSlice(b.Type(), 0, b.Len()+m.Len())
	for i := range b.Len() {
		if v := b.Index(i); inSet(m, v) || inSet(t, v) {
			both = reflect.Append(both, v)
		}
	}
	for i := range m.Len() {
		if v := m.Index(i); !inSet(b, v) && inSet(t, v) {
			both = reflect.Append(both, v)
		}
	}
	return both.Interface()
}

// mergeSets is theirs with what mine added to base and without what mine took out;
// the order is theirs, then mine.
func mergeSets(base, mine, theirs any) any {
	in := inSet
	b, m, t := reflect.ValueOf(base), reflect.ValueOf(mine), reflect.ValueOf(theirs)
	merged := reflect.MakeSlice(t.Type(), 0, t.Len()+m.Len())
	for i := range t.Len() {
		if v := t.Index(i); in(m, v) || !in(b, v) {
			merged = reflect.Append(merged, v)
		}
	}
	for i := range m.Len() {
		if v := m.Index(i); !in(b, v) && !in(merged, v) {
			merged = reflect.Append(merged, v)
		}
	}
	return merged.Interface()
}
