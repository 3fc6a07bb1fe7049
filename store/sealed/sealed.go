// Package sealed is bbolt with a seal on everything that it keeps: a checksum behind
// every value, over the name of its bucket, its key and itself, and for each bucket a
// tally of what is in it. What was read is what was written, or it is an error: a bit
// that flipped, an entry that is lost or there twice, a page of an earlier time.
//
// It has bbolt's names, and what is not told here is as there. Damage ends what is
// being read by a panic with Broken, as bbolt's own findings do: whoever opens a
// transaction turns it into an error.
package sealed

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"maps"
	"os"
	"slices"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// Options are bbolt's.
type Options = bolt.Options

// Errors of Open that are bbolt's.
var (
	ErrTimeout         = berrors.ErrTimeout
	ErrInvalid         = berrors.ErrInvalid
	ErrVersionMismatch = berrors.ErrVersionMismatch
	ErrChecksum        = berrors.ErrChecksum
)

// FreelistMapType is bbolt's.
const FreelistMapType = bolt.FreelistMapType

// Broken says what does not bear its seal.
type Broken struct {
	Bucket string
	Key    []byte // nil: the bucket as a whole
	Detail string
}

// Error implements error.
func (b Broken) Error() string {
	if b.Key == nil {
		return fmt.Sprintf("%s: %s", b.Bucket, b.Detail)
	}
	return fmt.Sprintf("%s, key %q: %s", b.Bucket, b.Key, b.Detail)
}

// What may be found of an entry and of a bucket.
const (
	changedValue = "the value is not the one that was written"
	shortValue   = "the value is shorter than any that is written"
	lostBucket   = "the part of the file is lost"
	lostTally    = "what is in it is not on record"
	otherEntries = "entries are lost, or others than were written"
	otherOrder   = "the entries are not in their order"
	otherNumber  = "the number given last is not the one on record"
)

// sumSize is the size of the checksum behind a value.
const sumSize = 4

// castagnoli is the polynomial that processors have an instruction for.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Seed is what the checksums in a bucket begin with.
func Seed(bucket []byte) uint32 { return crc32.Update(0, castagnoli, bucket) }

// Append is a value with its seal, in memory of its own.
func Append(seed uint32, key, value []byte) []byte {
	out := make([]byte, len(value)+sumSize)
	copy(out, value)
	binary.BigEndian.PutUint32(out[len(value):], sumOf(seed, key, value))
	return out
}

// Split parts a value from its seal and reports whether it is unbroken.
func Split(seed uint32, key, sealed []byte) (value []byte, whole bool) {
	n := len(sealed) - sumSize
	if n < 0 {
		return nil, false
	}
	return sealed[:n:n], binary.BigEndian.Uint32(sealed[n:]) == sumOf(seed, key, sealed[:n])
}

func sumOf(seed uint32, key, value []byte) uint32 {
	return crc32.Update(crc32.Update(seed, castagnoli, key), castagnoli, value)
}

// DB is a database whose values bear seals.
type DB struct {
	*bolt.DB
	plain bool // the file is of before there were seals: values are read and written without
}

// Open opens a file.
func Open(path string, mode os.FileMode, o *Options) (*DB, error) {
	db, err := bolt.Open(path, mode, o)
	if err != nil {
		return nil, err
	}
	return &DB{DB: db}, nil
}

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

// talliesBucket keeps what is in each other bucket.
var talliesBucket = []byte("tallies")

// Tx is a transaction.
type Tx struct {
	*bolt.Tx
	db      *DB
	plain   bool
	buckets map[string]*Bucket
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
	b := &Bucket{Bucket: raw, name: string(name), seed: Seed(name)}
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
	b := &Bucket{Bucket: raw, name: string(name), seed: Seed(name), tally: &tally{dirty: true}}
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

// Bucket is a bucket whose values bear seals.
type Bucket struct {
	*bolt.Bucket
	name  string
	seed  uint32
	tally *tally // nil where values bear no seals
	later map[string][]byte
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
	b.leave(key)
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

// arrive puts what waits.
func (b *Bucket) arrive() error {
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
	b.leave(key)
	return b.Bucket.Delete(key)
}

// leave takes a key's value out of the tally.
func (b *Bucket) leave(key []byte) {
	before := b.Bucket.Get(key)
	if before == nil {
		return
	}
	b.open(key, before)
	b.tally.remove(before)
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
