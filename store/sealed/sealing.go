package sealed

// Sealing a file of before there were seals: copies of the buckets with seals are made
// beside them, in as many transactions as it takes, so that memory stays small however
// large the file is; then one transaction puts them in their places. Broken off before
// that, the file is as it was, and the next try begins anew.

import (
	"bytes"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// sealingBucket holds the copies until they are all there.
var sealingBucket = []byte("sealing")

// sealingBatch is how many bytes of entries a transaction copies.
const sealingBatch = 16 << 20

// Sealing is the copies that were made.
type Sealing struct{ tallies map[string]*tally }

// PrepareSeals makes the copies. Nothing else may be changed until Seal.
func (db *DB) PrepareSeals() (*Sealing, error) {
	var names [][]byte
	if err := db.DB.Update(func(tx *bolt.Tx) error {
		if tx.Bucket(sealingBucket) != nil {
			if err := tx.DeleteBucket(sealingBucket); err != nil {
				return err
			}
		}
		copies, err := tx.CreateBucket(sealingBucket)
		if err != nil {
			return err
		}
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			if bytes.Equal(name, sealingBucket) {
				return nil
			}
			names = append(names, bytes.Clone(name))
			to, err := copies.CreateBucket(name)
			if err != nil {
				return err
			}
			return to.SetSequence(b.Sequence())
		})
	}); err != nil {
		return nil, err
	}
	s := &Sealing{map[string]*tally{}}
	for _, name := range names {
		if err := s.copyBucket(db.DB, name); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return s, nil
}

func (s *Sealing) copyBucket(db *bolt.DB, name []byte) error {
	t := &tally{}
	s.tallies[string(name)] = t
	var last []byte
	for more := true; more; {
		err := db.Update(func(tx *bolt.Tx) error {
			more = false
			from, to := tx.Bucket(name), tx.Bucket(sealingBucket).Bucket(name)
			to.FillPercent = 0.95
			t.last = from.Sequence()
			cursor := from.Cursor()
			key, value := cursor.First()
			if last != nil {
				if key, value = cursor.Seek(last); bytes.Equal(key, last) {
					key, value = cursor.Next()
				}
			}
			for size := 0; key != nil; key, value = cursor.Next() {
				if more = size > sealingBatch; more {
					return nil
				}
				size += len(key) + len(value)
				sealed := Append(Seed(name), key, value)
				t.add(sealed)
				last = bytes.Clone(key)
				if err := to.Put(last, sealed); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Seal puts the copies in their places.
func (tx *Tx) Seal(s *Sealing) error {
	copies := tx.Tx.Bucket(sealingBucket)
	for name := range s.tallies {
		if err := tx.Tx.DeleteBucket([]byte(name)); err != nil {
			return err
		}
		if err := copies.MoveBucket([]byte(name), tx.Tx.Cursor().Bucket()); err != nil {
			return err
		}
	}
	if err := tx.Tx.DeleteBucket(sealingBucket); err != nil {
		return err
	}
	for name, t := range s.tallies {
		if err := tx.putTally([]byte(name), t); err != nil {
			return err
		}
	}
	tx.plain = false
	clear(tx.buckets)
	tx.OnCommit(func() { tx.db.plain = false })
	return nil
}
