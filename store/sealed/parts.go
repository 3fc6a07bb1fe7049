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
	lock   sync.Mutex // of what follows
	seen   counted
}

// Parts begins to read a bucket in parts.
func (b *Bucket) Parts() *Parts {
	if err := b.arrive(); err != nil { // the change cannot be written either
		panic(Broken{b.name, nil, err.Error()})
	}
	return &Parts{bucket: b}
}

// Len is how many entries there are on record; 0 where that is not known.
func (p *Parts) Len() uint64 {
	if p.bucket.tally == nil {
		return 0
	}
	return p.bucket.tally.entries
}

// Part walks the entries of a part in the order of keys.
type Part struct {
	parts    *Parts
	cursor   *bolt.Cursor
	from, to []byte
	last     []byte // the key before
	seen     counted
	begun    bool
}

// Part is the part from a key up to, but without, another one; nil stands for the first
// and for beyond the last.
func (p *Parts) Part(from, to []byte) *Part {
	return &Part{parts: p, cursor: p.bucket.Bucket.Cursor(), from: from, to: to}
}

// Next goes to the next entry, at first to the first; nil at the end of the part, which
// counts once that was reached.
func (p *Part) Next() (key, value []byte) {
	b := p.parts.bucket
	var sealed []byte
	switch {
	case p.begun:
		key, sealed = p.cursor.Next()
	case p.from == nil:
		key, sealed = p.cursor.First()
	default:
		key, sealed = p.cursor.Seek(p.from)
	}
	if key != nil && (p.begun && bytes.Compare(key, p.last) <= 0 || bytes.Compare(key, p.from) < 0) && b.tally != nil {
		panic(Broken{b.name, nil, otherOrder})
	}
	p.begun, p.last = true, key
	if key == nil || p.to != nil && bytes.Compare(key, p.to) >= 0 {
		p.parts.lock.Lock()
		defer p.parts.lock.Unlock()
		p.parts.seen.entries += p.seen.entries
		p.parts.seen.sums += p.seen.sums
		p.seen = counted{}
		return nil, nil
	}
	value = b.open(key, sealed)
	if b.tally != nil {
		p.seen.add(sealed)
	}
	return key, value
}

// Whole sees that the parts that were read to their ends are the whole bucket.
func (p *Parts) Whole() {
	if b := p.bucket; b.tally != nil && p.seen != b.tally.counted {
		panic(Broken{b.name, nil, otherEntries})
	}
}
