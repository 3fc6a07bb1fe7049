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
			_ = eachName(value, func(key []byte) { // what cannot be read of the names names nothing
				if d.keyFits(key) && tx.Bucket(documentBuckets[d]).Get(key) == nil {
					lose(d, r.keyIn(d, key))
				}
			})
			return nil
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
	counted := false
	for _, d := range documents {
		counted = counted || r.entries[d] >= 0
	}
	if !counted {
		r.lose(Lost{Part: LostCount})
		return nil
	}
	for _, d := range documents { // the names may be lost too
		key := model.Key{Table: tableIn[d].table}
		unnamed := r.entries[d] - named[d]
		if tableIn[d].blocks {
			unnamed = r.entries[d] - len(r.years[d])
		}
		switch {
		case r.entries[d] < 0:
			r.lose(Lost{Key: key, Part: LostCount})
		case unnamed > 0 && tableIn[d].blocks:
			r.lose(Lost{Key: key, Part: LostYears, Count: unnamed})
		case unnamed > 0:
			r.lose(Lost{Key: key, Part: LostOthers, Count: unnamed})
		}
	}
	return nil
}

// accountYear is a block of visits or calls.
type accountYear struct {
	account accountNumber
	year    int
}

// accountDay is what is counted of an account's visits.
type accountDay struct {
	account accountNumber
	day     model.Date
}

// lostVisits compares the visits by day, and then those that are counted of each account:
// of these nothing says who was there.
func (r *repair) lostVisits(tx *bolt.Tx, coder blockCoder, lose func(model.Key)) error {
	r.years[docVisits] = map[accountYear]bool{}
	told := map[accountDay]int{} // lost visits that are told already
	tell := func(n accountNumber, day model.Date, rep string) {
		r.years[docVisits][accountYear{n, yearOf(day)}] = true
		lose(model.Key{Table: model.TableVisits, Code: r.codeOf(n), Date: day, By: rep})
	}
	if _, err := r.wreck.Each(dayIndex, func(key, value []byte) error {
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
		day := model.Date(uint32At(key, 0))
		for _, n := range was {
			if i, there := slices.BinarySearch(is, n); there {
				is = slices.Delete(is, i, i+1)
				continue
			}
			told[accountDay{n, day}]++
			tell(n, day, rep)
		}
		return nil
	}); err != nil {
		return err
	}
	_, err := r.wreck.Each(contactsBucket, func(key, value []byte) error {
		was, _, err := decodeContacts(value)
		if err != nil || len(key) != 4 {
			return nil
		}
		now, _, err := decodeContacts(tx.Bucket(contactsBucket).Get(key))
		if err != nil {
			return err
		}
		is := map[model.Date]int{}
		for day, count := range now.All() {
			is[day] = count
		}
		n := numberIn(key)
		for day, count := range was.All() {
			for range min(count-is[day]-told[accountDay{n, day}], mostOfADay) {
				tell(n, day, "")
			}
		}
		return nil
	})
	return err
}

// mostOfADay is how many lost visits of a day at an account are told: nobody makes more, but a
// number that is damaged may be any.
const mostOfADay = 1000

// lostCalls compares what is counted of each account's calls.
func (r *repair) lostCalls(tx *bolt.Tx, lose func(model.Key)) error {
	r.years[docCalls] = map[accountYear]bool{}
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
				r.years[docCalls][accountYear{numberIn(key), yearOf(mark.Date)}] = true
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
