package store

// Identities of rows that follow from their fields: of several rows alike, from their place
// among them.

import "doppelpass/model"

// likeRows counts the rows before one that share what its derived identity is made of,
// while the rows of a block, which are in order, are gone through one behind the other: of
// thousands on one day each costs no more than of a few.
type likeRows[T model.Record] struct {
	coder *rowCoder[T]
	day   model.Date
	next  int              // the rows of the day before it are counted
	seen  map[likeness]int // nil: few rows are compared each with each
}

// likeness is what a derived identity is made of beside account and day: the identifier
// of the other system, else time and rep or agent.
type likeness struct {
	time    model.Clock
	by, ref string
}

func likenessOf(key model.Key) likeness {
	if key.Ref != "" {
		return likeness{ref: key.Ref}
	}
	return likeness{time: key.Time, by: key.By}
}

// fewRows is how many rows are compared each with each; a test sets it.
var fewRows = 16

func (l *likeRows[T]) nth(rows []T, at int) (nth int) {
	rc, row := l.coder, &rows[at]
	ref, day := rc.ref(row), rc.date(row)
	if l.seen == nil || l.day != day || at < l.next {
		k := at - 1
		for ; k >= 0 && at-k <= fewRows && rc.date(&rows[k]) == day; k-- {
			if rc.ref(&rows[k]) == ref && (ref != "" || rc.alike(&rows[k], row)) {
				nth++
			}
		}
		if at-k <= fewRows {
			return nth
		}
		for k >= 0 && rc.date(&rows[k]) == day {
			k--
		}
		l.day, l.next, l.seen = day, k+1, map[likeness]int{}
	}
	for ; l.next < at; l.next++ {
		l.seen[likenessOf(rows[l.next].Key())]++
	}
	return l.seen[likenessOf(rows[at].Key())]
}

// derived is the identity that follows from a row's fields and its place.
func (l *likeRows[T]) derived(rows []T, at int) model.RowID {
	return l.coder.hash(&rows[at], l.nth(rows, at))
}

// explicit is a row's identity where it must be written down, and whether it must.
// A row without one takes the derived one, which is not written.
func (l *likeRows[T]) explicit(rows []T, at int) (id *model.RowID, must bool) {
	id = l.coder.id(&rows[at])
	return id, *id != (model.RowID{}) && *id != l.derived(rows, at)
}

// explicits says of rows from a place up to another whether their identities must be
// written down.
func (rc *rowCoder[T]) explicits(rows []T, from, to int) []bool {
	must, like := make([]bool, to-from), likeRows[T]{coder: rc}
	for at := from; at < to; at++ {
		_, must[at-from] = like.explicit(rows, at)
	}
	return must
}

// identify gives every row that has none an identity that follows from its fields.
func (rc *rowCoder[T]) identify(rows []T) {
	var taken map[model.RowID]bool
	like := likeRows[T]{coder: rc}
	for i := range rows {
		id := rc.id(&rows[i])
		if *id != (model.RowID{}) {
			continue
		}
		if taken == nil {
			taken = make(map[model.RowID]bool, len(rows))
			for k := range rows {
				taken[*rc.id(&rows[k])] = true
			}
		}
		for nth := like.nth(rows, i); ; nth++ {
			if derived := rc.hash(&rows[i], nth); !taken[derived] {
				*id = derived
				taken[derived] = true
				break
			}
		}
	}
}
