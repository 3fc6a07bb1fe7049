package sealed

import (
	"bytes"

	bolt "go.etcd.io/bbolt"
)

// Cursor walks the entries of a bucket. From the first to beyond the last, or from the
// last to beyond the first, it also sees that all are there.
func (b *Bucket) Cursor() *Cursor {
	if err := b.arrive(); err != nil { // the change cannot be written either
		panic(Broken{b.name, nil, err.Error()})
	}
	return &Cursor{cursor: b.Bucket.Cursor(), bucket: b}
}

// Cursor walks the entries of a bucket.
type Cursor struct {
	cursor *bolt.Cursor
	bucket *Bucket
	seen   counted
	way    way
	last   []byte // the key before, nil: none
	change uint64 // of the tally when the way began
}

// way is from which end a cursor came.
type way int8

const (
	across way = iota
	forth
	back
)

func (c *Cursor) begin(w way) {
	if c.way, c.last = w, nil; c.bucket.tally != nil {
		c.seen, c.change = counted{}, c.bucket.tally.changes
	}
}

// pass looks at an entry that the cursor has come to by a step in a direction.
func (c *Cursor) pass(w way, key, sealed []byte) ([]byte, []byte) {
	b := c.bucket
	if b.tally == nil {
		return key, sealed
	}
	if c.way != w {
		c.way = across
	}
	if key == nil {
		if c.way != across && c.change == b.tally.changes && c.seen != b.tally.counted {
			panic(Broken{b.name, nil, otherEntries})
		}
		c.way = across
		return nil, nil
	}
	value := b.open(key, sealed)
	if c.last != nil && w != across && c.change == b.tally.changes && (bytes.Compare(key, c.last) > 0) != (w == forth) {
		panic(Broken{b.name, nil, otherOrder})
	}
	c.last = key
	if c.way != across {
		c.seen.add(sealed)
	}
	return key, value
}

// First goes to the first entry.
func (c *Cursor) First() (key, value []byte) {
	c.begin(forth)
	key, value = c.cursor.First()
	return c.pass(forth, key, value)
}

// Last goes to the last entry.
func (c *Cursor) Last() (key, value []byte) {
	c.begin(back)
	key, value = c.cursor.Last()
	return c.pass(back, key, value)
}

// Next goes to the next entry.
func (c *Cursor) Next() (key, value []byte) {
	key, value = c.cursor.Next()
	return c.pass(forth, key, value)
}

// Prev goes to the entry before.
func (c *Cursor) Prev() (key, value []byte) {
	key, value = c.cursor.Prev()
	return c.pass(back, key, value)
}

// Seek goes to an entry, or, where it is not there, to the next.
func (c *Cursor) Seek(at []byte) (key, value []byte) {
	c.begin(across)
	key, value = c.cursor.Seek(at)
	if c.bucket.tally != nil && !bytes.Equal(key, at) {
		c.bucket.parted(c.cursor, at, key)
		key, value = c.cursor.Seek(at)
	}
	return c.pass(across, key, value)
}
