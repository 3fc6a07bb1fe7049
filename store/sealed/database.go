package sealed

import (
	"errors"
	"fmt"
	"os"
	"unsafe"

	bolt "go.etcd.io/bbolt"
)

// DB is a database whose values bear seals.
type DB struct {
	*bolt.DB
	path  string
	file  *os.File // the one that bbolt has open, too
	plain bool     // the file is of before there were seals: values are read and written without
}

// Open opens a file.
func Open(path string, mode os.FileMode, o *Options) (*DB, error) {
	var watched Options
	if o != nil {
		watched = *o
	} else {
		watched = *bolt.DefaultOptions
	}
	open := watched.OpenFile
	if open == nil {
		open = os.OpenFile
	}
	var file *os.File
	watched.OpenFile = func(name string, flag int, mode os.FileMode) (*os.File, error) {
		opened, err := open(name, flag, mode)
		if err == nil && file == nil { // copies are opened later
			file = opened
		}
		return opened, err
	}
	db, err := bolt.Open(path, mode, &watched)
	if err != nil {
		return nil, err
	}
	return &DB{DB: db, path: path, file: file}, nil
}

// Abandon lets go of the file, and of its lock, without waiting for anybody who has begun something.
func (db *DB) Abandon() error { return db.file.Close() }

// Begin begins a transaction.
func (db *DB) Begin(writable bool) (*Tx, error) {
	tx, err := db.DB.Begin(writable)
	if err != nil {
		return nil, err
	}
	return db.transaction(tx), nil
}

// View runs what only reads.
func (db *DB) View(read func(*Tx) error) error {
	return db.DB.View(func(tx *bolt.Tx) error { return read(db.transaction(tx)) })
}

// Update runs a change.
func (db *DB) Update(change func(*Tx) error) error {
	return db.DB.Update(func(raw *bolt.Tx) error {
		tx := db.transaction(raw)
		if err := change(tx); err != nil {
			return err
		}
		return tx.writeTallies()
	})
}

func (db *DB) transaction(tx *bolt.Tx) *Tx {
	return &Tx{Tx: tx, db: db, plain: db.plain, buckets: map[string]*Bucket{}}
}

// compactStep is about how many bytes Compact writes in one transaction.
const compactStep = 1 << 22

// Compact writes all that the database holds to a new file, safe on disk, without what
// was deleted.
func (db *DB) Compact(path string) error {
	fresh, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true})
	if err != nil {
		return err
	}
	return errors.Join(bolt.Compact(fresh, db.DB, compactStep), fresh.Sync(), fresh.Close())
}

// talliesBucket keeps what is in each other bucket.
var talliesBucket = []byte("tallies")

// Tx is a transaction.
type Tx struct {
	*bolt.Tx
	db      *DB
	plain   bool
	buckets map[string]*Bucket
	noting  bool // see Note
	written int
}

// State is what a transaction that reads a file finds there, or one that changes it found
// there in the beginning: equal ones are the same state of the same file.
type State struct {
	db *DB
	id int
}

// State of the transaction.
func (tx *Tx) State() State {
	id := tx.ID()
	if tx.Writable() {
		id--
	}
	return State{tx.db, id}
}

// Commit writes the transaction's changes, where it was begun with Begin.
func (tx *Tx) Commit() error {
	if err := tx.writeTallies(); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Tx.Commit()
}

// Recognise looks whether the file bears seals: to be called before anything is read
// of a file that was there before. An empty one will.
func (tx *Tx) Recognise() {
	first, _ := tx.Tx.Cursor().First()
	tx.plain = first != nil && tx.Tx.Bucket(talliesBucket) == nil
	tx.db.plain = tx.plain
}

// Memory is the file where it lies in memory, as long as the transaction lasts: nothing is
// opened or checked of it. It may be read only, and a fault there is that of a file that was
// cut off. nil where it does not lie there.
func (tx *Tx) Memory() []byte {
	info := tx.DB().Info()
	data := *(*unsafe.Pointer)(unsafe.Pointer(&info.Data)) // no object of Go's
	if data == nil {
		return nil
	}
	return unsafe.Slice((*byte)(data), tx.Size())
}

// Sealed reports whether what the file holds bears seals.
func (tx *Tx) Sealed() bool { return !tx.plain }

// Bucket is a bucket by its name; nil where there is none.
func (tx *Tx) Bucket(name []byte) *Bucket {
	if b := tx.buckets[string(name)]; b != nil {
		return b
	}
	raw := tx.Tx.Bucket(name)
	if raw == nil && (tx.plain || !tx.tallied(name)) {
		return nil
	}
	if raw == nil {
		panic(Broken{string(name), nil, lostBucket})
	}
	b := &Bucket{Bucket: raw, name: string(name), seed: Seed(name), tx: tx, noting: tx.noting}
	if !tx.plain {
		b.tally = tx.tally(name)
		if b.tally.last != raw.Sequence() {
			panic(Broken{b.name, nil, otherNumber})
		}
	}
	tx.buckets[b.name] = b
	return b
}

// CreateBucketIfNotExists makes a bucket where there is none.
func (tx *Tx) CreateBucketIfNotExists(name []byte) (*Bucket, error) {
	if tx.plain {
		if _, err := tx.Tx.CreateBucketIfNotExists(name); err != nil {
			return nil, err
		}
		return tx.Bucket(name), nil
	}
	if b := tx.Bucket(name); b != nil { // its tally says that it should be there, or it is new
		return b, nil
	}
	if _, err := tx.Tx.CreateBucketIfNotExists(talliesBucket); err != nil {
		return nil, err
	}
	raw, err := tx.Tx.CreateBucket(name)
	if err != nil {
		return nil, err
	}
	b := &Bucket{Bucket: raw, name: string(name), seed: Seed(name), tally: &tally{dirty: true}, tx: tx, noting: tx.noting}
	tx.buckets[b.name] = b
	return b, nil
}

// CreateBucket makes a bucket; an error says that there is one.
func (tx *Tx) CreateBucket(name []byte) (*Bucket, error) {
	if tx.Tx.Bucket(name) != nil {
		return nil, fmt.Errorf("there is a bucket %q", name)
	}
	return tx.CreateBucketIfNotExists(name)
}

// DeleteBucket takes a bucket away.
func (tx *Tx) DeleteBucket(name []byte) error {
	if tallies := tx.Tx.Bucket(talliesBucket); tallies != nil {
		if err := tallies.Delete(name); err != nil {
			return err
		}
	}
	delete(tx.buckets, string(name))
	return tx.Tx.DeleteBucket(name)
}
