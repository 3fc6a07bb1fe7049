package sealed

import (
	"bytes"

	bolt "go.etcd.io/bbolt"
)

// Ascent reads and puts many entries in the order of their keys: one cursor goes along with
// them, so that what was there is not searched for again and again. What is asked for in no
// order, or changed by others meanwhile, is found all the same.
type Ascent struct {
	bucket *Bucket
	cursor *bolt.Cursor
	asked  []byte // the key asked for last
	// key and sealed are the first entry that is not before asked; nil: there is none.
	key, sealed []byte
	known       bool   // what they say holds
	put         bool   // since the cursor came there entries were put before it, which moves it
	own         []byte // what was put at asked; nil: nothing
	gone        bool   // what was at asked is taken away
	changes     uint64
	free        []byte // memory for what is put
}

// Ascent begins one.
func (b *Bucket) Ascent() *Ascent { return &Ascent{bucket: b} }

// Bucket is the bucket in which it goes along.
func (a *Ascent) Bucket() *Bucket { return a.bucket }

// steps is how many entries are gone through before one is searched for.
const steps = 8

// Get is the value of a key; nil where there is none.
func (a *Ascent) Get(key []byte) []byte {
	b := a.bucket
	if b.tally == nil || len(b.later) > 0 {
		return b.Get(key)
	}
	if a.known && bytes.Compare(key, a.asked) < 0 {
		a.known = false // another one begins
	}
	a.find(key)
	sealed := a.there()
	if sealed == nil {
		return nil
	}
	return sealed[: len(sealed)-sumSize : len(sealed)-sumSize]
}

// there is what the key asked for last has; nil: it is not there.
func (a *Ascent) there() []byte {
	if a.own == nil && !a.gone && a.key != nil && bytes.Equal(a.key, a.asked) {
		return a.sealed
	}
	return a.own
}

// find goes on to a key. Every entry that it comes to bears its seal and stands behind the
// one before it, so that what would lie between two of them is not there.
func (a *Ascent) find(key []byte) {
	valid := a.known && a.changes == a.bucket.tally.changes
	if valid && bytes.Equal(key, a.asked) {
		return
	}
	a.asked, a.own, a.gone = append(a.asked[:0], key...), nil, false
	if valid {
		for n := 0; ; n++ {
			if a.key == nil || bytes.Compare(a.key, key) >= 0 {
				return
			}
			if a.put || n == steps {
				break
			}
			last := a.key
			if a.key, a.sealed = a.cursor.Next(); a.key == nil {
				return
			}
			if bytes.Compare(a.key, last) <= 0 {
				panic(Broken{a.bucket.name, nil, otherOrder})
			}
			a.bucket.open(a.key, a.sealed)
		}
	}
	if leaving := a.bucket.leaving; len(leaving) > 0 && bytes.Compare(key, leaving[len(leaving)-1]) <= 0 {
		a.bucket.leave()
	}
	a.cursor = a.bucket.Bucket.Cursor()
	if a.key, a.sealed = a.cursor.Seek(key); a.key == nil || !bytes.Equal(a.key, key) {
		a.bucket.parted(a.cursor, key, a.key)
		a.key, a.sealed = a.cursor.Seek(key)
	}
	if a.key != nil {
		a.bucket.open(a.key, a.sealed)
	}
	a.known, a.put, a.changes = true, false, a.bucket.tally.changes
}

// Put gives a key a value, which is copied.
func (a *Ascent) Put(key, value []byte) error {
	b := a.bucket
	if b.tally == nil || len(b.later) > 0 || !a.known || a.gone || a.changes != b.tally.changes || !bytes.Equal(key, a.asked) {
		return b.Put(key, value)
	}
	sealed := a.append(key, value)
	b.note(key, len(sealed))
	if before := a.there(); before != nil {
		b.tally.remove(before)
	}
	if err := b.Bucket.Put(key, sealed); err != nil {
		a.known = false
		return err
	}
	b.tally.add(sealed)
	a.changes, a.put, a.own = b.tally.changes, true, sealed
	return nil
}

// Delete takes a key away, if it is there. Many that leave one behind the other leave
// together.
func (a *Ascent) Delete(key []byte) error {
	b := a.bucket
	if b.tally == nil || len(b.later) > 0 || !a.known || a.changes != b.tally.changes || !bytes.Equal(key, a.asked) {
		a.known = false
		return b.Delete(key)
	}
	before := a.there()
	switch {
	case before == nil:
		return nil
	case a.own != nil:
		a.known = false // the cursor may stand where nothing is any more
		return b.Delete(key)
	}
	b.note(key, len(before))
	b.tally.remove(before)
	a.changes, a.gone = b.tally.changes, true
	if b.leaving = append(b.leaving, a.key); len(b.leaving) == mostLeaving {
		b.leave()
	}
	return nil
}

// The sizes of the pieces of memory for what is put, and of what gets memory of its own.
const (
	firstPiece, lastPiece = 4 << 10, 256 << 10
	ownMemory             = 1 << 10
)

// append is a value with its seal, in memory of the ascent's, which the transaction keeps.
func (a *Ascent) append(key, value []byte) []byte {
	size := len(value) + sumSize
	if size > ownMemory {
		return Append(a.bucket.seed, key, value)
	}
	if size > cap(a.free)-len(a.free) {
		a.free = make([]byte, 0, min(max(2*cap(a.free), firstPiece), lastPiece))
	}
	from := len(a.free)
	a.free = appendSealed(a.free, a.bucket.seed, key, value)
	return a.free[from:len(a.free):len(a.free)]
}
