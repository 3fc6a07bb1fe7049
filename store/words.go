package store

// Words that many records share (reps, agents, outcomes) are stored once and
// referred to by number: a visit then takes a few bytes. A word keeps its number
// for ever, so numbers may stand in documents of the history.

import (
	"encoding/binary"
	"fmt"

	bolt "doppelpass/store/sealed"
)

// wordNumber refers to a word; 0 is the empty word.
type wordNumber uint32

// words is the dictionary as far as it is committed or, in a writer's copy, used.
type words struct {
	list    []string // by number
	numbers map[string]wordNumber
}

// loadWords reads the dictionary.
func loadWords(tx *bolt.Tx) (*words, error) {
	w := &words{list: []string{""}, numbers: map[string]wordNumber{"": 0}}
	err := tx.Bucket(wordsBucket).ForEach(func(key, value []byte) error {
		if len(key) != 4 || int(binary.BigEndian.Uint32(key)) != len(w.list) {
			return fmt.Errorf("the dictionary: %w", errDamaged)
		}
		w.numbers[string(copied(value))] = wordNumber(len(w.list))
		w.list = append(w.list, string(copied(value)))
		return nil
	})
	return w, err
}

// word is the word of a number.
func (w *words) word(n wordNumber) (string, error) {
	if int(n) >= len(w.list) {
		return "", fmt.Errorf("word %d: %w", n, errDamaged)
	}
	return w.list[n], nil
}

// number is the word's number; an unknown word gets one.
func (w *words) number(tx *bolt.Tx, word string) (wordNumber, error) {
	if n, ok := w.numbers[word]; ok {
		return n, nil
	}
	n := wordNumber(len(w.list))
	if err := tx.Bucket(wordsBucket).Put(binary.BigEndian.AppendUint32(nil, uint32(n)), []byte(word)); err != nil {
		return 0, fmt.Errorf("adding the word %q: %w", word, err)
	}
	if names := tx.Bucket(namesBucket); names != nil { // none in a store that is being brought up to date
		if err := names.Put(wordName(n), []byte(word)); err != nil {
			return 0, fmt.Errorf("adding the word %q: %w", word, err)
		}
	}
	w.numbers[word] = n
	w.list = append(w.list, word)
	return n, nil
}
