package sealed

// A change that is too long for memory goes on in a copy of the file, in as many
// transactions as it takes. What the first of them had changed until then is changed in the
// copy once more.

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// Path is where the file lies.
func (db *DB) Path() string { return db.path }

// MovedTo says that the file lies somewhere else now. Nobody else may have it yet.
func (db *DB) MovedTo(path string) { db.path = path }

// Path is where the file lies.
func (tx *Tx) Path() string { return tx.db.path }

// Written is about how many bytes the transaction was given to keep or to take away, all of
// which it holds in memory.
func (tx *Tx) Written() int { return tx.written }

// Note has the transaction keep which entries it changes from now on.
func (tx *Tx) Note() {
	tx.noting = true
	for _, b := range tx.buckets {
		b.noting = true
	}
}

// Repeat makes in another transaction, of a copy of the file, the changes of this one since
// Note.
func (tx *Tx) Repeat(in *Tx) error {
	for name, b := range tx.buckets {
		if err := b.arrive(); err != nil {
			return err
		}
		last := b.Sequence()
		if len(b.noted) == 0 && !b.noting {
			continue
		}
		to := in.Bucket([]byte(name))
		if to == nil {
			return fmt.Errorf("the copy has no bucket %q", name)
		}
		if to.Sequence() != last {
			if err := to.SetSequence(last); err != nil {
				return err
			}
		}
		for noted := b.noted; len(noted) > 0; {
			size, n := binary.Uvarint(noted)
			key := bytes.Clone(noted[n : n+int(size)])
			noted = noted[n+int(size):]
			var err error
			if value := b.Get(key); value == nil {
				err = to.Delete(key)
			} else {
				err = to.Put(key, value)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// note keeps that an entry is changed.
func (b *Bucket) note(key []byte, size int) {
	if b.tx == nil {
		return
	}
	b.tx.written += len(key) + size
	if b.noting {
		b.noted = append(binary.AppendUvarint(b.noted, uint64(len(key))), key...)
	}
}
