package model

// The days on which something happened, packed. The Book keeps every counted
// visit of every account, so that any past day can be replayed; at a byte or two
// a visit ten million of them stay in memory.

import (
	"cmp"
	"encoding/binary"
	"errors"
	"iter"
	"slices"
)

// Days is a multiset of days, newest first. Each distinct day is one unsigned
// varint: the distance to the next newer day (for the first, the day itself)
// times two, plus one when a varint with the count (2 or more) follows. The zero
// value is empty. A Days is never changed in place; Add and Remove return a new
// one.
type Days []byte

// ErrDays says that stored bytes are no Days.
var ErrDays = errors.New("damaged list of days")

// Check reports whether d was written by this package.
func (d Days) Check() error {
	day, first := Date(0), true
	for rest := []byte(d); len(rest) > 0; first = false {
		distance, count, n := decodeDay(rest)
		if n <= 0 || count < 1 || (!first && distance == 0) {
			return ErrDays
		}
		if first {
			day = Date(distance)
		} else {
			day -= Date(distance)
		}
		if day < FirstDate || day > LastDate {
			return ErrDays
		}
		rest = rest[n:]
	}
	return nil
}

// decodeDay reads one entry; n is 0 when the bytes are damaged.
func decodeDay(b []byte) (distance uint64, count, n int) {
	if b[0] < 0x80 && b[0]&1 == 0 { // one visit, less than 64 days apart: nearly all
		return uint64(b[0] >> 1), 1, 1
	}
	v, n := binary.Uvarint(b)
	if n <= 0 || v > 1<<20 {
		return 0, 0, 0
	}
	if v&1 == 0 {
		return v >> 1, 1, n
	}
	c, m := binary.Uvarint(b[n:])
	if m <= 0 || c < 2 || c > 1<<30 {
		return 0, 0, 0
	}
	return v >> 1, int(c), n + m
}

// All yields the distinct days, newest first, each with how often it stands in d.
func (d Days) All() iter.Seq2[Date, int] {
	return func(yield func(Date, int) bool) {
		day, first := Date(0), true
		for rest := []byte(d); len(rest) > 0; first = false {
			distance, count, n := decodeDay(rest)
			if n <= 0 {
				return
			}
			if first {
				day = Date(distance)
			} else {
				day -= Date(distance)
			}
			if !yield(day, count) {
				return
			}
			rest = rest[n:]
		}
	}
}

// OnOrBefore is the latest day that is not after limit; 0 when there is none.
func (d Days) OnOrBefore(limit Date) Date {
	for day := range d.All() {
		if day <= limit {
			return day
		}
	}
	return 0
}

// Between counts the days from first to last, both included.
func (d Days) Between(first, last Date) int {
	total := 0
	for day, count := range d.All() {
		if day < first {
			break
		}
		if day <= last {
			total += count
		}
	}
	return total
}

// Len counts the days, each as often as it stands in d.
func (d Days) Len() int { return d.Between(FirstDate, LastDate) }

// Add is d with the day once more.
func (d Days) Add(day Date) Days { return d.change(day, 1) }

// Remove is d with the day once less; d itself when the day is not in it.
func (d Days) Remove(day Date) Days { return d.change(day, -1) }

func (d Days) change(day Date, by int) Days {
	var builder DaysBuilder
	builder.bytes = make([]byte, 0, len(d)+4)
	placed := false
	for at, count := range d.All() {
		if !placed && at <= day {
			placed = true
			if at == day {
				builder.Append(day, count+by)
				continue
			}
			builder.Append(day, by)
		}
		builder.Append(at, count)
	}
	if !placed {
		builder.Append(day, by)
	}
	return builder.Days()
}

// DaysBuilder packs days that come newest first.
type DaysBuilder struct {
	bytes       []byte
	day, newest Date // the day being counted, and the one before it
	count       int
}

// Append adds a day count times; a count of 0 or less adds nothing. A day must
// not be later than the one before it.
func (b *DaysBuilder) Append(day Date, count int) {
	if count <= 0 {
		return
	}
	if b.count > 0 && day == b.day {
		b.count += count
		return
	}
	b.flush()
	b.day, b.count = day, count
}

// Days is what was appended. The builder must not be used afterwards.
func (b *DaysBuilder) Days() Days {
	b.flush()
	return b.bytes
}

func (b *DaysBuilder) flush() {
	if b.count == 0 {
		return
	}
	distance := uint64(b.day)
	if b.newest != 0 {
		distance = uint64(b.newest - b.day)
	}
	if b.count == 1 {
		b.bytes = binary.AppendUvarint(b.bytes, distance<<1)
	} else {
		b.bytes = binary.AppendUvarint(b.bytes, distance<<1|1)
		b.bytes = binary.AppendUvarint(b.bytes, uint64(b.count))
	}
	b.newest, b.count = b.day, 0
}

// CallMark is what the rules need of a call.
type CallMark struct {
	Date    Date
	Outcome CallOutcome
}

// CallMarks are an account's calls packed, newest first: for each call a varint
// (distance × 8 + outcome), the first one's distance being its day. Calls of one
// day stand in the order of their outcomes' numbers. Never changed in place.
type CallMarks []byte

// All yields the calls, newest first.
func (c CallMarks) All() iter.Seq[CallMark] {
	return func(yield func(CallMark) bool) {
		day, first := Date(0), true
		for rest := []byte(c); len(rest) > 0; first = false {
			v, n := binary.Uvarint(rest)
			if n <= 0 {
				return
			}
			if first {
				day = Date(v >> 3)
			} else {
				day -= Date(v >> 3)
			}
			if !yield(CallMark{day, CallOutcome(v & 7)}) {
				return
			}
			rest = rest[n:]
		}
	}
}

// Add is c with one more call.
func (c CallMarks) Add(mark CallMark) CallMarks { return c.Change([]CallMark{mark}, nil) }

// Remove is c without one such call; c itself when it has none.
func (c CallMarks) Remove(mark CallMark) CallMarks { return c.Change(nil, []CallMark{mark}) }

// Change is c with more calls and without others, each as often as it is given; what
// is not there cannot go. Both lists are sorted in place.
func (c CallMarks) Change(added, removed []CallMark) CallMarks {
	slices.SortFunc(added, orderOfMarks)
	slices.SortFunc(removed, orderOfMarks)
	packed := make([]byte, 0, len(c)+4*len(added))
	newest := Date(0)
	put := func(m CallMark) {
		distance := m.Date
		if newest != 0 {
			distance = newest - m.Date
		}
		packed = binary.AppendUvarint(packed, uint64(distance)<<3|uint64(m.Outcome))
		newest = m.Date
	}
	for at := range c.All() {
		for len(added) > 0 && orderOfMarks(added[0], at) < 0 {
			put(added[0])
			added = added[1:]
		}
		for len(removed) > 0 && orderOfMarks(removed[0], at) < 0 {
			removed = removed[1:]
		}
		if len(removed) > 0 && removed[0] == at {
			removed = removed[1:]
			continue
		}
		put(at)
	}
	for _, mark := range added {
		put(mark)
	}
	return packed
}

// orderOfMarks is the order in a CallMarks.
func orderOfMarks(a, b CallMark) int {
	return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(a.Outcome, b.Outcome))
}
