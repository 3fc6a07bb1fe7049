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
	"encoding/binary"
	"fmt"
	"hash/crc32"

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
	return appendSealed(make([]byte, 0, len(value)+sumSize), seed, key, value)
}

func appendSealed(out []byte, seed uint32, key, value []byte) []byte {
	return binary.BigEndian.AppendUint32(append(out, value...), sumOf(seed, key, value))
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
