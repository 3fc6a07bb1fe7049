package store

// What there is, told a second time: the keys of all records that nothing else names,
// and the dictionary. Where a part of the file is lost, this says which records were in
// it. Visits and calls are named by what is counted of them, accounts by their numbers.

import (
	"bytes"
	"encoding/binary"
	"hash/fnv"
	"maps"
	"slices"

	bolt "doppelpass/store/sealed"
)

// namesBucket holds the keys of documents in groups: document, group → keys. The
// dictionary stands under the document 0, word number → word.
var namesBucket = []byte("names")

// nameGroups is the number of groups of each document: a key that comes or goes has its
// group written anew.
const nameGroups = 4096

// namedAgain reports whether the keys of a document are told again.
func namedAgain(d document) bool { return d != docVisits && d != docCalls && d != docAccounts }

func nameGroup(d document, key []byte) string {
	h := fnv.New32a()
	_, _ = h.Write(key)
	return string(binary.BigEndian.AppendUint16([]byte{byte(d)}, uint16(h.Sum32()%nameGroups)))
}

// nameChange collects the keys that come (true) and go (false), by their group.
type nameChange map[string]map[string]bool

func (c nameChange) note(d document, key []byte, comes bool) {
	group := nameGroup(d, key)
	if c[group] == nil {
		c[group] = map[string]bool{}
	}
	c[group][string(key)] = comes
}

func (c nameChange) write(bucket *bolt.Bucket) error {
	for _, group := range slices.Sorted(maps.Keys(c)) {
		var keys []string
		if err := eachName(bucket.Get([]byte(group)), func(key []byte) {
			if _, changed := c[group][string(key)]; !changed {
				keys = append(keys, string(key))
			}
		}); err != nil {
			return err
		}
		for key, comes := range c[group] {
			if comes {
				keys = append(keys, key)
			}
		}
		slices.Sort(keys)
		var value []byte
		for _, key := range keys {
			value = appendBytes(value, []byte(key))
		}
		if err := putOrDelete(bucket, []byte(group), value); err != nil {
			return err
		}
	}
	return nil
}

// eachName shows the keys of a group.
func eachName(value []byte, show func(key []byte)) error {
	for len(value) > 0 {
		length, n := binary.Uvarint(value)
		if n <= 0 || length > uint64(len(value)-n) {
			return errDamaged
		}
		show(value[n : n+int(length)])
		value = value[n+int(length):]
	}
	return nil
}

// wordName is where a word stands a second time.
func wordName(n wordNumber) []byte {
	return binary.BigEndian.AppendUint32([]byte{0}, uint32(n))
}

// nameEverything fills the bucket of a store that was made before there was one.
func nameEverything(tx *bolt.Tx) error {
	want, err := namesOf(tx)
	if err != nil {
		return err
	}
	bucket := tx.Bucket(namesBucket)
	for _, key := range slices.Sorted(maps.Keys(want)) {
		if err := bucket.Put([]byte(key), want[key]); err != nil {
			return err
		}
	}
	return nil
}

// namesOf is what the bucket should hold.
func namesOf(tx *bolt.Tx) (map[string][]byte, error) {
	want := map[string][]byte{}
	for _, d := range documents {
		if !namedAgain(d) {
			continue
		}
		keys := map[string][]string{}
		if err := tx.Bucket(documentBuckets[d]).ForEach(func(key, _ []byte) error {
			group := nameGroup(d, key)
			keys[group] = append(keys[group], string(key)) // they come in their order
			return nil
		}); err != nil {
			return nil, err
		}
		for group, list := range keys {
			for _, key := range list {
				want[group] = appendBytes(want[group], []byte(key))
			}
		}
	}
	err := tx.Bucket(wordsBucket).ForEach(func(key, word []byte) error {
		want[string(append([]byte{0}, key...))] = bytes.Clone(word)
		return nil
	})
	return want, err
}
