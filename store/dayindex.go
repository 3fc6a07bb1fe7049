package store

// The index of visits by day: for each day and rep, the numbers of the accounts
// visited. It answers "the latest visits of everybody" and "what did this rep
// do" with a seek.

import (
	"cmp"
	"encoding/binary"
	"errors"
	"slices"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// An index entry fits one number, which sorts as the index does: 17 bits of day,
// 20 of the rep's word, 27 of the account.
const (
	accountBits = 27
	wordBits    = 20
)

// errTooMany says that the store has reached a limit of its layout.
var errTooMany = errors.New("a store holds at most 134 million accounts and one million different names of reps, agents and outcomes")

// indexChange collects entries to add and to take away.
type indexChange struct {
	added, removed []uint64
}

func (c *indexChange) note(day model.Date, rep wordNumber, n accountNumber, by int) error {
	if rep >= 1<<wordBits || n >= 1<<accountBits {
		return errTooMany
	}
	entry := uint64(day)<<(wordBits+accountBits) | uint64(rep)<<accountBits | uint64(n)
	if by > 0 {
		c.added = append(c.added, entry)
	} else {
		c.removed = append(c.removed, entry)
	}
	return nil
}

func (c *indexChange) write(bucket *bolt.Bucket) error {
	sortNumbers(c.added)
	sortNumbers(c.removed)
	c.added, c.removed = settle(c.added, c.removed, cmp.Compare[uint64])
	along := bucket.Ascent()
	var accounts []accountNumber
	var packed []byte
	for len(c.added) > 0 || len(c.removed) > 0 {
		var group uint64
		switch {
		case len(c.added) == 0:
			group = c.removed[0] >> accountBits
		case len(c.removed) == 0:
			group = c.added[0] >> accountBits
		default:
			group = min(c.added[0], c.removed[0]) >> accountBits
		}
		var added, removed []uint64
		added, c.added = cutGroup(c.added, group)
		removed, c.removed = cutGroup(c.removed, group)
		key := dayKey(model.Date(group>>wordBits), wordNumber(group&(1<<wordBits-1)))
		var err error
		if accounts, err = appendNumbers(accounts[:0], along.Get(key)); err != nil {
			return err
		}
		for _, entry := range removed {
			if i, ok := slices.BinarySearch(accounts, numberOf(entry)); ok {
				accounts = slices.Delete(accounts, i, i+1)
			}
		}
		for _, entry := range added {
			accounts = append(accounts, numberOf(entry))
		}
		slices.Sort(accounts)
		if packed = packNumbers(packed[:0], accounts); len(packed) == 0 {
			err = along.Delete(key)
		} else {
			err = along.Put(key, packed)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func numberOf(entry uint64) accountNumber { return accountNumber(entry & (1<<accountBits - 1)) }

// cutGroup takes the entries of one day and rep off a sorted list.
func cutGroup(entries []uint64, group uint64) (cut, rest []uint64) {
	i := 0
	for i < len(entries) && entries[i]>>accountBits == group {
		i++
	}
	return entries[:i], entries[i:]
}

// encodeNumbers packs sorted numbers, each as the distance to the one before.
func encodeNumbers(numbers []accountNumber) []byte {
	return packNumbers(make([]byte, 0, 2*len(numbers)), numbers)
}

func packNumbers(out []byte, numbers []accountNumber) []byte {
	last := accountNumber(0)
	for _, n := range numbers {
		out = binary.AppendUvarint(out, uint64(n-last))
		last = n
	}
	return out
}

func decodeNumbers(value []byte) ([]accountNumber, error) {
	return appendNumbers(make([]accountNumber, 0, len(value)), value)
}

func appendNumbers(numbers []accountNumber, value []byte) ([]accountNumber, error) {
	last := uint64(0)
	for len(value) > 0 {
		distance, n := binary.Uvarint(value)
		if n <= 0 || distance >= 1<<accountBits || last+distance >= 1<<accountBits {
			return nil, errDamaged
		}
		last += distance
		numbers = append(numbers, accountNumber(last))
		value = value[n:]
	}
	return numbers, nil
}
