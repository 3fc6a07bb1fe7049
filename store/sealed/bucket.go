package sealed

import (
	"bytes"
	"maps"
	"slices"

	bolt "go.etcd.io/bbolt"
)

// Bucket is a bucket whose values bear seals.
type Bucket struct {
	*bolt.Bucket
	name  string
	seed  uint32
	tally *tally // nil where values bear no seals
	later map[string][]byte
	// leaving are keys that an ascent took away and bbolt still has, in their order.
	leaving [][]byte

	tx     *Tx
	noting bool   // keys that are changed are kept, each behind its length
	noted  []byte // the keys
}

// open is the value in what the file holds.
func (b *Bucket) open(key, sealed []byte) []byte {
	if b.tally == nil {
		return sealed
	}
	value, whole := Split(b.seed, key, sealed)
	if !whole {
		b.broken(key, sealed)
	}
	return value
}

func (b *Bucket) broken(key, sealed []byte) {
	const longestKey = 200 // to be told: a damaged one may be anything
	detail := changedValue
	if len(sealed) < sumSize {
		detail = shortValue
	}
	panic(Broken{b.name, append([]byte{}, key[:min(len(key), longestKey)]...), detail})
}

// Get is the value of a key; nil where there is none.
func (b *Bucket) Get(key []byte) []byte {
	if b.tally == nil {
		return b.Bucket.Get(key)
	}
	if value, waits := b.later[string(key)]; waits {
		return value
	}
	b.leave()
	cursor := b.Bucket.Cursor() // Get would say nothing of an entry that calls itself a bucket
	found, sealed := cursor.Seek(key)
	if found == nil || !bytes.Equal(found, key) {
		b.parted(cursor, key, found)
		return nil
	}
	return b.open(key, sealed)
}

// parted makes sure that a key is not there, where a cursor came to the next one: what
// stands before and what was found lie on either side of it. A damaged key leads the search
// astray; that the two, next to each other, bear their seals says that nothing is between
// them. It moves the cursor to the entry before, which it returns.
func (b *Bucket) parted(cursor *bolt.Cursor, key, found []byte) (before []byte) {
	before, sealed := cursor.Prev()
	if before != nil {
		b.open(before, sealed)
	}
	if found != nil && bytes.Compare(found, key) < 0 || before != nil && bytes.Compare(before, key) >= 0 {
		panic(Broken{b.name, nil, otherOrder})
	}
	return before
}

// Put gives a key a value, which is copied.
func (b *Bucket) Put(key, value []byte) error {
	if b.tally == nil {
		return b.Bucket.Put(key, value)
	}
	delete(b.later, string(key))
	sealed := Append(b.seed, key, value)
	b.note(key, len(sealed))
	b.without(key)
	if err := b.Bucket.Put(key, sealed); err != nil {
		return err
	}
	b.tally.add(sealed)
	return nil
}

// PutLater is Put for many keys in no order: bbolt moves all that stand behind one that
// comes between others, so that they wait and go in one behind the other, at the end of the
// change or when somebody walks through the bucket.
func (b *Bucket) PutLater(key, value []byte) error {
	if b.tally == nil {
		return b.Bucket.Put(key, value)
	}
	if b.later == nil {
		b.later = map[string][]byte{}
	}
	b.later[string(key)] = bytes.Clone(value)
	return nil
}

// arrive puts what waits, and takes away what leaves.
func (b *Bucket) arrive() error {
	b.leave()
	if len(b.later) == 0 { // several may read a bucket
		return nil
	}
	waiting := b.later
	b.later = nil
	for _, key := range slices.Sorted(maps.Keys(waiting)) {
		if err := b.Put([]byte(key), waiting[key]); err != nil {
			return err
		}
	}
	return nil
}

// Delete takes a key away, if it is there.
func (b *Bucket) Delete(key []byte) error {
	if b.tally == nil {
		return b.Bucket.Delete(key)
	}
	delete(b.later, string(key))
	b.note(key, b.without(key))
	return b.Bucket.Delete(key)
}

// mostLeaving is how many keys leave together; a test sets it.
var mostLeaving = 1 << 10

// leave takes away the keys that leave, from the last to the first: a cursor that goes back
// comes to what stands before even where what it stood on is gone, and of a page nothing
// behind a key has to move that leaves as well.
func (b *Bucket) leave() {
	if len(b.leaving) == 0 { // several may read a bucket
		return
	}
	keys := b.leaving
	b.leaving = b.leaving[:0]
	b.tally.changes++ // ascents have to look anew
	cursor := b.Bucket.Cursor()
	var at []byte
	for i := len(keys) - 1; i >= 0; i-- {
		key := keys[i]
		for n := 0; at != nil && n < steps && bytes.Compare(at, key) > 0; n++ {
			at, _ = cursor.Prev()
		}
		if !bytes.Equal(at, key) {
			at, _ = cursor.Seek(key)
		}
		if !bytes.Equal(at, key) {
			panic(Broken{b.name, nil, otherOrder})
		}
		if err := cursor.Delete(); err != nil { // the change cannot be written either
			panic(Broken{b.name, key, err.Error()})
		}
	}
}

// without takes a key's value out of the tally, and says how long it was.
func (b *Bucket) without(key []byte) (size int) {
	b.leave()
	before := b.Bucket.Get(key)
	if before == nil {
		return 0
	}
	b.open(key, before)
	b.tally.remove(before)
	return len(before)
}

// NextSequence is a number that was never given before.
func (b *Bucket) NextSequence() (uint64, error) {
	n, err := b.Bucket.NextSequence()
	if err == nil && b.tally != nil {
		b.tally.last, b.tally.dirty = n, true
	}
	return n, err
}

// SetSequence has numbers go on from there.
func (b *Bucket) SetSequence(n uint64) error {
	err := b.Bucket.SetSequence(n)
	if err == nil && b.tally != nil {
		b.tally.last, b.tally.dirty = n, true
	}
	return err
}

// ForEach shows every entry in the order of keys. That all are there is known once it
// has ended without an error.
func (b *Bucket) ForEach(show func(key, value []byte) error) error {
	cursor := b.Cursor()
	for key, value := cursor.First(); key != nil; key, value = cursor.Next() {
		if err := show(key, value); err != nil {
			return err
		}
	}
	return nil
}
