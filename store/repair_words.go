package store

// The dictionary of a damaged store: without it no visit would say who was there and what
// came of it.

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// takeWords takes the dictionary from both places where it stands. Of a word that is lost
// in both, the rep's code may follow from what is counted of reps; else a mark stands for
// it, so that what uses it is not lost.
func (r *repair) takeWords() error {
	words := map[wordNumber]string{}
	know := func(number []byte, word []byte) {
		if n := wordNumber(binary.BigEndian.Uint32(number)); n > 0 && n < 1<<wordBits { // a number that is damaged may be any
			words[n] = string(word)
		}
	}
	if _, err := r.wreck.Each(namesBucket, func(key, value []byte) error {
		if len(key) == 5 && key[0] == 0 {
			know(key[1:], value)
		}
		return nil
	}); err != nil {
		return err
	}
	if _, err := r.wreck.Each(wordsBucket, func(key, value []byte) error {
		if len(key) == 4 {
			know(key, value)
		}
		return nil
	}); err != nil {
		return err
	}
	if err := r.store.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(metaBucket).Delete(keyNumbers) }); err != nil { // the old one's is the one that counts
		return err
	}
	if _, err := r.take(memoryBucket, nil); err != nil {
		return err
	}
	meta, err := r.take(metaBucket, func(key, _ []byte) bool {
		return !slices.ContainsFunc([][]byte{keyApplication, keySchema}, func(own []byte) bool { return bytes.Equal(key, own) })
	})
	if err != nil {
		return err
	}
	r.missing = r.missing || meta > len([...][]byte{keyApplication, keySchema})
	last, err := r.lastWord()
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for n, word := range words {
		last, there[word] = max(last, n), true
	}
	if wordNumber(len(words)) < last {
		if err := r.wordsOfReps(words, there); err != nil {
			return err
		}
	}
	lost := 0
	err = r.store.db.Update(func(tx *bolt.Tx) error {
		for n := wordNumber(1); n <= last; n++ {
			word, known := words[n]
			for mark := fmt.Sprintf("?%d", n); !known; mark = "?" + mark {
				word, known = mark, !there[mark]
			}
			if _, was := words[n]; !was {
				lost++
			}
			key := binary.BigEndian.AppendUint32(nil, uint32(n))
			if err := errors.Join(tx.Bucket(wordsBucket).Put(key, []byte(word)), tx.Bucket(namesBucket).Put(wordName(n), []byte(word))); err != nil {
				return err
			}
		}
		return nil
	})
	if lost > 0 {
		r.lose(Lost{Part: LostWords, Count: lost})
	}
	return err
}

// lastWord is the highest number that a visit or call uses.
func (r *repair) lastWord() (last wordNumber, err error) {
	note := func(number uint64) {
		if number < 1<<wordBits {
			last = max(last, wordNumber(number))
		}
	}
	for _, d := range [...]document{docVisits, docCalls} {
		if _, err := r.wreck.Each(documentBuckets[d], func(key, value []byte) error {
			if !d.keyFits(key) {
				return nil
			}
			in, _ := blockReader(value)
			for in.err == nil && in.in != "" {
				_, shape, by, other := in.readUint(), in.readUint(), in.readUint(), uint64(0)
				if d == docVisits {
					in.visitDetails(&model.Visit{}, shape, &other)
				} else {
					other = in.readUint()
					in.callDetails(&model.Call{}, shape)
				}
				if shape&hasRowID != 0 {
					in.rowID(&model.RowID{})
				}
				if in.err == nil {
					note(by)
					note(other)
				}
			}
			return nil
		}); err != nil {
			return 0, err
		}
	}
	return last, nil
}

// wordsOfReps finds the numbers of reps' codes: the days of a number in the visits by day
// are the days of one rep in the reps' reports.
func (r *repair) wordsOfReps(words map[wordNumber]string, there map[string]bool) error {
	byNumber, byRep := map[wordNumber]uint64{}, map[uint64][]string{}
	lost, err := r.wreck.Each(dayIndex, func(key, value []byte) error {
		accounts, err := decodeNumbers(value)
		if err == nil && len(key) == 8 {
			byNumber[wordNumber(uint32At(key, 4))] += uint64(len(accounts)) * summand(0, uint64(uint32At(key, 0)))
		}
		return nil
	})
	if err != nil || lost != 0 {
		return err
	}
	lost, err = r.wreck.Each(reportsBucket, func(rep, value []byte) error {
		sum := uint64(0)
		for day, count := range model.Days(value).All() {
			sum += uint64(count) * summand(0, uint64(day))
		}
		byRep[sum] = append(byRep[sum], string(rep))
		return nil
	})
	if err != nil || lost != 0 {
		return err
	}
	numbers := map[uint64]int{}
	for n, sum := range byNumber {
		if n != 0 {
			numbers[sum]++
		}
	}
	for n, sum := range byNumber {
		if _, known := words[n]; known || n == 0 || numbers[sum] != 1 || len(byRep[sum]) != 1 || there[byRep[sum][0]] {
			continue
		}
		words[n] = byRep[sum][0]
		there[words[n]] = true
	}
	return nil
}
