package store

// Rewriting everything there is, the history with it, so that something is no longer
// known: records as they are and as they were. What is derived is made anew. It is the
// one change that the journal does not keep, since what it would keep is what must go.

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	bolt "doppelpass/store/sealed"

	"doppelpass/model"
)

// rewriting says what becomes of everything.
type rewriting struct {
	// record is what a record becomes; gone says that now, in the present, it goes.
	record func(r model.Record) (now model.Record, changed, gone bool)
	// text is what a text of an account becomes that lies in no record: in a key, in an
	// entry of the history, in the dictionary.
	text func(account string, telling model.Telling, s string) string
}

func (x rewriting) who(s string) string  { return x.text(anywhere, model.TellsWho, s) }
func (x rewriting) code(s string) string { return x.text(anywhere, model.TellsNothing, s) }
func (x rewriting) free(s string) string { return x.text(anywhere, model.TellsText, s) }

// Rewritten counts what rewriting has changed.
type Rewritten struct {
	Records int // as they are now, those that went among them
	Gone    int
	Steps   int // of the history, by who made them, by their subject or by what they changed
}

// rewrite changes everything. The writer must have made no other change before.
func (w *writer) rewrite(x rewriting) (done Rewritten, err error) {
	w.used = map[string]bool{}
	codes := map[accountNumber]string{}
	if err := eachAccount(w.tx, func(n accountNumber, a model.Account) { codes[n] = a.Code }); err != nil {
		return done, err
	}
	former := formerCodes(w.tx)
	// The history first: it is read with the accounts' codes as they are still.
	if done.Steps, err = w.rewriteJournal(x, codes, former); err != nil {
		return done, fmt.Errorf("the history: %w", err)
	}
	if err := w.rewriteDocuments(x, codes, &done); err != nil {
		return done, err
	}
	if err := w.rewriteFormer(x, former); err != nil {
		return done, err
	}
	if err := w.rewriteMemory(x); err != nil {
		return done, fmt.Errorf("how files are read: %w", err)
	}
	if err := w.rewriteLaptops(x); err != nil {
		return done, err
	}
	if err := w.rewriteWords(x); err != nil {
		return done, fmt.Errorf("the dictionary: %w", err)
	}
	w.reload = true
	return done, w.deriveAnew()
}

func eachAccount(tx *bolt.Tx, tell func(accountNumber, model.Account)) error {
	return tx.Bucket(documentBuckets[docAccounts]).ForEach(func(key, value []byte) error {
		a, err := decode((*codec).account, value)
		if err != nil {
			return fmt.Errorf("account number %d: %w", numberIn(key), err)
		}
		tell(numberIn(key), a)
		return nil
	})
}

// keyAgain is the key of a document whose record has changed: what is not of its record,
// the account's number, stays.
func keyAgain(t *storedTable, key []byte, r model.Record) []byte {
	k := r.Key()
	switch t.document {
	case docAccounts, docVisits, docCalls:
		return key
	case docPlan:
		return planKey(numberIn(key), k.Date, k.By, k.Ref)
	case docContacts:
		return append(numberIn(key).key(), k.By...)
	}
	return t.at(reader{}, k)
}

// document is what one document becomes: nil where it goes. Past says that it is not the
// document as it is now, in which nothing may be missing.
func (w *writer) document(x rewriting, d document, key, value []byte, code string, past bool) (nowKey, now []byte, changed, gone int, err error) {
	t := tableIn[d]
	if !t.blocks {
		r, err := t.unpack(value)
		if err != nil {
			return key, value, 0, 0, err
		}
		r, did, leaves := x.record(r)
		switch {
		case leaves && !past:
			return key, nil, 1, 1, nil
		case !did:
			return key, value, 0, 0, nil
		}
		return keyAgain(t, key, r), t.pack(r), 1, 0, nil
	}
	year := yearIn(key)
	rows, err := w.coder.decodeRows(t.table, code, year, value)
	if err != nil {
		return key, value, 0, 0, err
	}
	for i, r := range rows {
		now, did, _ := x.record(r)
		if did {
			rows[i] = now
			changed++
		}
		w.use(rows[i])
	}
	if changed == 0 {
		return key, value, 0, 0, nil
	}
	if d == docVisits {
		now, err = w.coder.encodeVisits(year, rowsOf[model.Visit](rows))
	} else {
		now, err = w.coder.encodeCalls(year, rowsOf[model.Call](rows))
	}
	return key, now, changed, 0, err
}

func rowsOf[T model.Record](records []model.Record) []T {
	rows := make([]T, len(records))
	for i, r := range records {
		rows[i] = r.(T)
	}
	return rows
}

// use notes the words by which a row lies in a block.
func (w *writer) use(r model.Record) {
	switch r := r.(type) {
	case model.Visit:
		w.used[r.Rep], w.used[r.Outcome] = true, true
	case model.Call:
		w.used[r.Agent], w.used[r.Campaign] = true, true
	}
}

// rewriteDocuments changes the records as they are.
func (w *writer) rewriteDocuments(x rewriting, codes map[accountNumber]string, done *Rewritten) error {
	for i := range storedTables {
		t := &storedTables[i]
		bucket := w.tx.Bucket(t.bucket)
		type move struct{ key, nowKey, now []byte }
		var moves []move
		err := bucket.ForEach(func(key, value []byte) error {
			code := ""
			if t.blocks {
				code = codes[numberIn(key)]
			}
			nowKey, now, changed, gone, err := w.document(x, t.document, bytes.Clone(key), value, code, false)
			if err != nil {
				return fmt.Errorf("%s %q: %w", t.bucket, key, err)
			}
			if changed > 0 {
				moves = append(moves, move{bytes.Clone(key), nowKey, now})
				done.Records += changed
				done.Gone += gone
			}
			return nil
		})
		if err != nil {
			return err
		}
		for _, m := range moves {
			if m.now == nil || !bytes.Equal(m.key, m.nowKey) {
				if err := bucket.Delete(m.key); err != nil {
					return err
				}
			}
		}
		for _, m := range moves {
			if m.now == nil {
				continue
			}
			if !bytes.Equal(m.key, m.nowKey) && bucket.Get(m.nowKey) != nil {
				return SameWithoutName{t.table}
			}
			if err := bucket.Put(m.nowKey, m.now); err != nil {
				return err
			}
		}
	}
	return nil
}

// SameWithoutName says that two records would be one without what tells them apart: both
// are called by a name that goes.
type SameWithoutName struct{ Table model.Table }

// Error implements error.
func (e SameWithoutName) Error() string {
	return fmt.Sprintf("two records of %s would have one code without the name", e.Table)
}

// rewriteMemory changes what is remembered of files: the headers of their columns and what
// these said, and who looks after accounts.
func (w *writer) rewriteMemory(x rewriting) error {
	changed, err := memoryWithout(w.tx, x.free)
	if err != nil {
		return err
	}
	for key, value := range changed {
		if err := w.tx.Bucket(memoryBucket).Put([]byte(key), value); err != nil {
			return err
		}
	}
	return nil
}

// memoryWithout is what a function on texts changes of what is remembered of files, as it
// then is.
func memoryWithout(tx *bolt.Tx, of func(string) string) (changed map[string][]byte, err error) {
	changed = map[string][]byte{}
	err = tx.Bucket(memoryBucket).ForEach(func(key, value []byte) error {
		var kept any
		ofFiles := bytes.HasPrefix(key, []byte(mappingName(""))) || string(key) == ownersName
		if !ofFiles || json.Unmarshal(value, &kept) != nil {
			return nil
		}
		did := false
		now := mapJSON(kept, func(s string) string {
			now := of(s)
			did = did || now != s
			return now
		})
		if !did {
			return nil
		}
		data, err := json.Marshal(now)
		changed[string(key)] = data
		return err
	})
	return changed, err
}

func mapJSON(value any, of func(string) string) any {
	switch v := value.(type) {
	case string:
		return of(v)
	case []any:
		for i := range v {
			v[i] = mapJSON(v[i], of)
		}
	case map[string]any:
		now := make(map[string]any, len(v))
		for key, inner := range v {
			at, inner := of(key), mapJSON(inner, of)
			if list, several := now[at].([]any); several { // two spellings of one name
				more, _ := inner.([]any)
				inner = append(list, more...)
			}
			now[at] = inner
		}
		return now
	}
	return value
}

// rewriteWords takes names out of the dictionary that no row refers to any more; their
// numbers stay taken.
func (w *writer) rewriteWords(x rewriting) error {
	bucket := w.tx.Bucket(wordsBucket)
	changed := map[string]string{}
	if err := bucket.ForEach(func(key, value []byte) error {
		word := string(value)
		if now := x.who(word); now != word && !w.used[word] {
			changed[string(key)] = now
		}
		return nil
	}); err != nil {
		return err
	}
	for key, word := range changed {
		// No word of anybody's ends like this, so that the label itself keeps its own number.
		word = fmt.Sprintf("%s\x00%d", word, binary.BigEndian.Uint32([]byte(key)))
		if err := bucket.Put([]byte(key), []byte(word)); err != nil {
			return err
		}
	}
	w.store.words = nil
	words, err := loadWords(w.tx)
	w.coder.words = words
	return err
}

// deriveAnew writes everything that is derived from the records.
func (w *writer) deriveAnew() error {
	var wrong *Problem
	fresh, accounts, err := w.store.recountAll(w.tx, w.coder, func(p Problem) { wrong = &p })
	if err != nil {
		return err
	}
	if wrong != nil {
		return fmt.Errorf("%s: %w", wrong.Kind, errDamaged)
	}
	for _, index := range indexes {
		if err := w.tx.DeleteBucket(index.bucket); err != nil {
			return err
		}
		if _, err := w.tx.CreateBucket(index.bucket); err != nil {
			return err
		}
	}
	bucket := w.tx.Bucket(accountNumbers)
	for _, code := range slices.Sorted(maps.Keys(accounts)) {
		if err := bucket.Put([]byte(code), accounts[code]); err != nil {
			return err
		}
	}
	if err := fresh.finish(); err != nil {
		return err
	}
	return nameEverything(w.tx)
}
