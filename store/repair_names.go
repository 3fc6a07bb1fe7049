package store

// Which records are lost: what the file says a second time of what there was, held
// against what there is.

import (
	"bytes"
	"fmt"
	"slices"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// nameLost lists what is not in the new store and was in the old.
func (r *repair) nameLost() error {
	named := map[document]int{}
	lose := func(d document, key model.Key) {
		named[d]++
		r.lose(Lost{Key: key})
	}
	if err := r.store.view(func(tx *bolt.Tx, coder blockCoder) error {
		if _, err := r.wreck.Each(namesBucket, func(group, value []byte) error {
			d := document(group[0])
			if tableIn[d] == nil || !namedAgain(d) {
				return nil
			}
			return eachName(value, func(key []byte) {
				if tx.Bucket(documentBuckets[d]).Get(key) == nil {
					lose(d, r.keyIn(d, key))
				}
			})
		}); err != nil {
			return err
		}
		if err := r.lostVisits(tx, coder, func(key model.Key) { lose(docVisits, key) }); err != nil {
			return err
		}
		return r.lostCalls(tx, func(key model.Key) { lose(docCalls, key) })
	}); err != nil {
		return err
	}
	for _, d := range documents { // the names may be lost too
		unnamed := r.entries[d] - named[d]
		if tableIn[d].blocks && named[d] > 0 {
			unnamed = 0
		}
		if unnamed > 0 {
			r.lose(Lost{Key: model.Key{Table: tableIn[d].table}, Part: LostOthers, Count: unnamed})
		}
	}
	return nil
}

// lostVisits compares the visits by day.
func (r *repair) lostVisits(tx *bolt.Tx, coder blockCoder, lose func(model.Key)) error {
	_, err := r.wreck.Each(dayIndex, func(key, value []byte) error {
		was, err := decodeNumbers(value)
		if err != nil || len(key) != 8 {
			return nil
		}
		is, err := decodeNumbers(tx.Bucket(dayIndex).Get(key))
		if err != nil {
			return err
		}
		rep, err := coder.words.word(wordNumber(uint32At(key, 4)))
		if err != nil {
			rep = ""
		}
		for _, n := range was {
			if i, there := slices.BinarySearch(is, n); there {
				is = slices.Delete(is, i, i+1)
				continue
			}
			lose(model.Key{Table: model.TableVisits, Code: r.codeOf(n), Date: model.Date(uint32At(key, 0)), By: rep})
		}
		return nil
	})
	return err
}

// lostCalls compares what is counted of each account's calls.
func (r *repair) lostCalls(tx *bolt.Tx, lose func(model.Key)) error {
	_, err := r.wreck.Each(contactsBucket, func(key, value []byte) error {
		_, was, err := decodeContacts(value)
		if err != nil || len(key) != 4 {
			return nil
		}
		_, now, err := decodeContacts(tx.Bucket(contactsBucket).Get(key))
		if err != nil {
			return err
		}
		is := map[model.CallMark]int{}
		for mark := range now.All() {
			is[mark]++
		}
		for mark := range was.All() {
			if is[mark]--; is[mark] < 0 {
				lose(model.Key{Table: model.TableCalls, Code: r.codeOf(numberIn(key)), Date: mark.Date})
			}
		}
		return nil
	})
	return err
}

// codeOf is an account's code, or its number in the file where nothing tells the code.
func (r *repair) codeOf(n accountNumber) string {
	if code, known := r.codes[n]; known {
		return code
	}
	return fmt.Sprintf("#%d", n)
}

// keyIn is the key of the record that lies under a key of a document.
func (r *repair) keyIn(d document, at []byte) model.Key {
	key := model.Key{Table: tableIn[d].table}
	cut := func(b []byte) (string, []byte) {
		before, after, _ := bytes.Cut(b, []byte{0})
		return string(before), after
	}
	switch {
	case d == docSettings:
	case d == docContacts && len(at) >= 4:
		key.Code, key.By = r.codeOf(numberIn(at)), string(at[4:])
	case d == docPlan && len(at) >= 8:
		key.Code, key.Date = r.codeOf(numberIn(at)), model.Date(uint32At(at, 4))
		rep, nth := cut(at[8:])
		key.By, key.Ref = rep, string(nth)
	case (d == docAnswers || d == docFollowUps) && len(at) == len(key.ID):
		copy(key.ID[:], at)
	case d == docConsents, d == docOptOuts:
		account, rest := cut(at)
		if key.Code = account; d == docOptOuts {
			key.By = string(rest)
		} else {
			copy(key.ID[:], rest)
		}
	case d == docAbsences, d == docSettled:
		rep, rest := cut(at)
		if len(rest) < 6 {
			key.Code = rep
			break
		}
		key.Date = model.Date(uint32At(rest, 0))
		if d == docAbsences {
			key.Code, key.Time, key.By = rep, model.Clock(uint16At(rest, 4)), string(rest[6:])
			break
		}
		account, ref := cut(rest[4:])
		key.By, key.Code, key.Ref = rep, account, string(ref)
	default:
		key.Code = string(at)
	}
	return key
}
