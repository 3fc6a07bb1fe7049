package exchange

// One record read a second time.

import (
	"reflect"

	"doppelpass/model"
)

// Merge is the record that results when a row of a file meets a record that
// exists: columns the file lacks keep their fields, and so do cells that are
// empty, unless overwriteEmpty says that the file knows better. Both records
// must be of the same table. Where nothing changes the result equals existing.
func Merge(existing, incoming model.Record, present ColumnSet, overwriteEmpty bool) model.Record {
	t, ok := tables[existing.Key().Table]
	if !ok {
		return incoming
	}
	return t.merge(existing, incoming, present, overwriteEmpty)
}

// Fill is the record that results when a row says again what a record says already:
// the row fills what is empty and overwrites nothing. The columns in which they
// differ come with it.
func Fill(existing, incoming model.Record, present ColumnSet) (filled model.Record, differing []string) {
	t, ok := tables[existing.Key().Table]
	if !ok {
		return existing, nil
	}
	return t.fill(existing, incoming, present)
}

// With is the set with what another has as well.
func (s ColumnSet) With(other ColumnSet) ColumnSet {
	return ColumnSet{has: s.has | other.has, filled: s.filled | other.filled}
}

// Equal reports whether two records say the same; lists that are nil and lists
// that are empty are the same.
func Equal(a, b model.Record) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	t, ok := tables[a.Key().Table]
	if !ok || b.Key().Table != a.Key().Table {
		return reflect.DeepEqual(a, b)
	}
	return t.equal(a, b)
}
