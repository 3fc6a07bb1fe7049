package store

// Where the rows lie whose own identity does not follow from their fields: those
// logged here, and those from files that were changed since. Identities are kept as
// hashes, some 65,000 groups of them, so that a long change writes thousands of
// values and not millions; a row found is compared with the whole identity.

import (
	"cmp"
	"encoding/binary"
	"slices"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// located says where a row lies: in the block of this account and day's year.
type located struct {
	hash    uint64
	account accountNumber
	day     model.Date
}

// locatedSize is the size of one entry: 6 bytes of hash (the other two are the
// group's key), 4 of account, 3 of day.
const locatedSize = 13

// idChange collects entries to add and to take away.
type idChange struct {
	added, removed []located
}

func (c *idChange) note(id model.RowID, n accountNumber, day model.Date, by int) {
	entry := located{hashOf(id), n, day}
	if by > 0 {
		c.added = append(c.added, entry)
	} else {
		c.removed = append(c.removed, entry)
	}
}

// hashOf mixes the two halves of an identity, the first of which may be a time.
func hashOf(id model.RowID) uint64 {
	h := binary.BigEndian.Uint64(id[:]) ^ binary.BigEndian.Uint64(id[8:])*0x9e3779b97f4a7c15
	h ^= h >> 32
	h *= 0x9e3779b97f4a7c15
	return h ^ h>>29
}

// order compares the hashes first: nearly always they decide.
func (e located) order(other located) int {
	switch {
	case e.hash < other.hash:
		return -1
	case e.hash > other.hash:
		return 1
	}
	return cmp.Or(cmp.Compare(e.account, other.account), cmp.Compare(e.day, other.day))
}

func (c *idChange) write(bucket *bolt.Bucket) error {
	slices.SortFunc(c.added, located.order)
	slices.SortFunc(c.removed, located.order)
	c.added, c.removed = settle(c.added, c.removed, located.order)
	for len(c.added) > 0 || len(c.removed) > 0 {
		var group uint64
		switch {
		case len(c.added) == 0:
			group = c.removed[0].hash >> 48
		case len(c.removed) == 0:
			group = c.added[0].hash >> 48
		default:
			group = min(c.added[0].hash, c.removed[0].hash) >> 48
		}
		key := groupKey(group)
		entries, err := decodeLocated(group, bucket.Get(key))
		if err != nil {
			return err
		}
		for len(c.removed) > 0 && c.removed[0].hash>>48 == group {
			if i, ok := slices.BinarySearchFunc(entries, c.removed[0], located.order); ok {
				entries = slices.Delete(entries, i, i+1)
			}
			c.removed = c.removed[1:]
		}
		for len(c.added) > 0 && c.added[0].hash>>48 == group {
			entries = append(entries, c.added[0])
			c.added = c.added[1:]
		}
		slices.SortFunc(entries, located.order)
		if err := putOrDelete(bucket, key, encodeLocated(entries)); err != nil {
			return err
		}
	}
	return nil
}

func groupKey(group uint64) []byte { return binary.BigEndian.AppendUint16(nil, uint16(group)) }

func encodeLocated(entries []located) []byte {
	out := make([]byte, 0, locatedSize*len(entries))
	for _, e := range entries {
		out = binary.BigEndian.AppendUint16(out, uint16(e.hash>>32))
		out = binary.BigEndian.AppendUint32(out, uint32(e.hash))
		out = binary.BigEndian.AppendUint32(out, uint32(e.account))
		out = append(out, byte(e.day>>16), byte(e.day>>8), byte(e.day))
	}
	return out
}

func decodeLocated(group uint64, value []byte) ([]located, error) {
	if len(value)%locatedSize != 0 {
		return nil, errDamaged
	}
	entries := make([]located, 0, len(value)/locatedSize+1)
	for ; len(value) > 0; value = value[locatedSize:] {
		entries = append(entries, located{
			hash:    group<<48 | uint64(uint16At(value, 0))<<32 | uint64(uint32At(value, 2)),
			account: numberIn(value[6:]),
			day:     model.Date(value[10])<<16 | model.Date(value[11])<<8 | model.Date(value[12]),
		})
	}
	return entries, nil
}

// candidates are the places where a row with the identity may lie.
func candidates(bucket *bolt.Bucket, id model.RowID) ([]located, error) {
	hash := hashOf(id)
	value := bucket.Get(groupKey(hash >> 48))
	if value == nil {
		return nil, nil
	}
	entries, err := decodeLocated(hash>>48, value)
	if err != nil {
		return nil, err
	}
	var found []located
	for _, e := range entries {
		if e.hash == hash {
			found = append(found, e)
		}
	}
	return found, nil
}
