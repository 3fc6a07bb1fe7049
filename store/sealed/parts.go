package sealed

// A bucket read in parts, by several goroutines at a time: each part sees that its entries
// bear their seals and stand in order, all together that none is lost.

import (
	"bytes"
	"sync"

	bolt "go.etcd.io/bbolt"
)

// Parts is a bucket that is read in parts. Nobody may change the bucket meanwhile.
type Parts struct {
	bucket *Bucket
	leaves *leaves    // nil: it is walked as bbolt has it
	lock   sync.Mutex // of what follows
	seen   counted
}

// Parts begins to read a bucket in parts.
func (b *Bucket) Parts() *Parts {
	if err := b.arrive(); err != nil { // the change cannot be written either
		panic(Broken{b.name, nil, err.Error()})
	}
	return &Parts{bucket: b, leaves: b.leaves()}
}

// Len is how many entries there are on record; 0 where that is not known.
func (p *Parts) Len() uint64 {
	if p.bucket.tally == nil {
		return 0
	}
	return p.bucket.tally.entries
}

// Reader reads one part after the other.
type Reader struct {
	parts    *Parts
	cursor   *bolt.Cursor
	walk     *leafWalk // nil: the cursor walks
	from, to []byte
	last     []byte // the key before
	kept     []byte // memory for it
	seen     counted
	begun    bool
}

// Reader is for one goroutine. What it gives holds until it gives the next, or, with memory for
// pages, as long as that and the transaction.
func (p *Parts) Reader(memory func(bytes int) []byte) *Reader {
	r := &Reader{parts: p}
	if p.leaves != nil {
		r.walk = &leafWalk{leaves: p.leaves, memory: memory}
	} else {
		r.cursor = p.bucket.Bucket.Cursor()
	}
	return r
}

// Part turns to the part from a key up to, but without, another one; nil stands for the first
// and for beyond the last.
func (r *Reader) Part(from, to []byte) {
	r.from, r.to, r.last, r.begun, r.seen = from, to, nil, false, counted{}
	if r.walk != nil {
		r.walk.begin(from, to)
	}
}

// entry goes to the next entry of the part, or beyond it.
func (r *Reader) entry() (key, sealed []byte) {
	if r.walk != nil {
		if r.begun && r.walk.next == r.walk.count { // the memory it lies in may be used again
			r.kept = append(r.kept[:0], r.last...)
			r.last = r.kept
		}
		for key, sealed = r.walk.entry(); key != nil && !r.begun && bytes.Compare(key, r.from) < 0; key, sealed = r.walk.entry() {
			continue // it belongs to the part before
		}
		return key, sealed
	}
	switch {
	case r.begun:
		return r.cursor.Next()
	case r.from == nil:
		return r.cursor.First()
	}
	return r.cursor.Seek(r.from)
}

// Next goes to the next entry, at first to the first; nil at the end of the part, which
// counts once that was reached.
func (r *Reader) Next() (key, value []byte) {
	b := r.parts.bucket
	key, sealed := r.entry()
	if key != nil && (r.begun && bytes.Compare(key, r.last) <= 0 || bytes.Compare(key, r.from) < 0) && b.tally != nil {
		panic(Broken{b.name, nil, otherOrder})
	}
	r.begun, r.last = true, key
	if key == nil || r.to != nil && bytes.Compare(key, r.to) >= 0 {
		r.parts.lock.Lock()
		defer r.parts.lock.Unlock()
		r.parts.seen.entries += r.seen.entries
		r.parts.seen.sums += r.seen.sums
		r.seen = counted{}
		return nil, nil
	}
	value = b.open(key, sealed)
	if b.tally != nil {
		r.seen.add(sealed)
	}
	return key, value
}

// Whole sees that the parts that were read to their ends are the whole bucket.
func (p *Parts) Whole() {
	if b := p.bucket; b.tally != nil && p.seen != b.tally.counted {
		panic(Broken{b.name, nil, otherEntries})
	}
}
