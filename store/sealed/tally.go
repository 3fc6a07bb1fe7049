package sealed

// What is in a bucket: how many entries, the sum of their checksums and the number
// that it gave last. A lost entry, one of an earlier time and a lost bucket show by it.

import "encoding/binary"

// counted is how many entries there are, and the sum of their checksums.
type counted struct{ entries, sums uint64 }

func (c *counted) add(sealed []byte) {
	c.entries++
	c.sums += uint64(binary.BigEndian.Uint32(sealed[len(sealed)-sumSize:]))
}

type tally struct {
	counted
	last    uint64 // the bucket's sequence
	dirty   bool
	changes uint64
}

func (t *tally) add(sealed []byte) {
	t.counted.add(sealed)
	t.dirty = true
	t.changes++
}

func (t *tally) remove(sealed []byte) {
	t.entries--
	t.sums -= uint64(binary.BigEndian.Uint32(sealed[len(sealed)-sumSize:]))
	t.dirty = true
	t.changes++
}

// tallySize is the size of a tally in the file.
const tallySize = 3 * 8

func (t *tally) value() []byte {
	out := make([]byte, 0, tallySize)
	out = binary.BigEndian.AppendUint64(out, t.entries)
	out = binary.BigEndian.AppendUint64(out, t.sums)
	return binary.BigEndian.AppendUint64(out, t.last)
}

// tallied reports whether there should be a bucket of that name.
func (tx *Tx) tallied(name []byte) bool {
	tallies := tx.Tx.Bucket(talliesBucket)
	return tallies != nil && tallies.Get(name) != nil
}

// tally is what is on record of a bucket.
func (tx *Tx) tally(name []byte) *tally {
	tallies := tx.Tx.Bucket(talliesBucket)
	if tallies == nil {
		panic(Broken{string(talliesBucket), nil, lostBucket})
	}
	sealed := tallies.Get(name)
	if sealed == nil {
		panic(Broken{string(name), nil, lostTally})
	}
	value, whole := Split(Seed(talliesBucket), name, sealed)
	if !whole || len(value) != tallySize {
		panic(Broken{string(talliesBucket), append([]byte{}, name...), changedValue})
	}
	at := func(i int) uint64 { return binary.BigEndian.Uint64(value[8*i:]) }
	return &tally{counted: counted{at(0), at(1)}, last: at(2)}
}

// Missing names a bucket that should be there and is not; "" where there is none.
func (tx *Tx) Missing() (name string) {
	tallies := tx.Tx.Bucket(talliesBucket)
	if tallies == nil {
		return string(talliesBucket)
	}
	_ = tallies.ForEach(func(key, _ []byte) error {
		if name == "" && tx.Tx.Bucket(key) == nil {
			name = string(key)
		}
		return nil
	})
	return name
}

// writeTallies puts on record what the transaction has made of its buckets.
func (tx *Tx) writeTallies() error {
	if tx.plain {
		return nil
	}
	for name, b := range tx.buckets {
		if err := b.arrive(); err != nil {
			return err
		}
		if b.tally == nil || !b.tally.dirty {
			continue
		}
		if err := tx.putTally([]byte(name), b.tally); err != nil {
			return err
		}
		b.tally.dirty = false
	}
	return nil
}

func (tx *Tx) putTally(name []byte, t *tally) error {
	tallies, err := tx.Tx.CreateBucketIfNotExists(talliesBucket)
	if err != nil {
		return err
	}
	return tallies.Put(append([]byte{}, name...), Append(Seed(talliesBucket), name, t.value()))
}
