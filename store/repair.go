package store

// Repair: whatever can be read of a damaged store goes into a new one, with its history,
// and what cannot is named. What is derived is derived anew.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
	"doppelpass/store/temporary"
)

// Repaired is what became of a damaged store.
type Repaired struct {
	Counts map[model.Table]int // records in the new store
	Lost   []Lost
	// Older says that the last change made may be lost: the page that says which state is
	// the newest cannot be read.
	Older bool
	// Earlier says that more than that is lost of what tells the newest state from what was
	// before: records may stand as they were at an earlier time, and some that were deleted.
	Earlier bool
}

// Lost is a record that could not be read, or as many entries of a part of the file as
// cannot be named one by one.
type Lost struct {
	Key   model.Key
	Stub  bool     // an account of which only the code is left: it stands in the new store with no more than that
	Part  LostPart // instead of Key
	Count int      // of Part
}

// LostPart is a part of the file that is no table.
type LostPart string

// The parts of the file that are no tables.
const (
	LostSteps  LostPart = "steps"  // steps of the history
	LostEdits  LostPart = "edits"  // what steps changed
	LostMemory LostPart = "memory" // what is remembered of imports: columns, tables of places
	LostOthers LostPart = "others" // records of Key's table that nothing names
	LostYears  LostPart = "years"  // of that many accounts' years the visits or calls, of which nothing tells how many they were
	LostCount  LostPart = "count"  // what says how many records of Key's table, or "" of any, there were: some may be lost unseen
	LostWords  LostPart = "words"  // names of reps, agents, outcomes or campaigns in visits and calls: a mark stands there
)

// repairBatch is how many entries a transaction of the new store takes in.
const repairBatch = 20_000

// Repair reads what it can of the store at from and writes it to a new store at to. The
// old one is not changed; nobody may be changing it meanwhile. Errors: fs.ErrExist,
// ErrNotAStore for a file of which nothing can be told, or what the system says.
func Repair(ctx context.Context, from, to string) (Repaired, error) {
	if _, err := os.Lstat(to); err == nil {
		return Repaired{}, fmt.Errorf("the file %s is already there: %w", to, fs.ErrExist)
	}
	if held, err := holdStill(from); err != nil {
		return Repaired{}, err
	} else if held != nil {
		defer held.Close()
	}
	var names [][]byte
	for _, bucket := range documentBuckets {
		names = append(names, bucket)
	}
	wreck, err := bolt.Rescue(from, append(names, otherBuckets[:]...))
	if errors.Is(err, bolt.ErrNothing) {
		return Repaired{}, fmt.Errorf("%s: %w", from, ErrNotAStore)
	}
	if err != nil {
		return Repaired{}, fmt.Errorf("reading the damaged store: %w", err)
	}
	defer wreck.Close()
	folder, err := temporary.Folder(filepath.Dir(to), "."+filepath.Base(to)+"-")
	if err != nil {
		return Repaired{}, fmt.Errorf("making the new store: %w", err)
	}
	defer os.RemoveAll(folder)
	made := filepath.Join(folder, filepath.Base(to))
	s, err := Open(made, Options{Fast: true})
	if err != nil {
		return Repaired{}, fmt.Errorf("making the new store: %w", err)
	}
	r := &repair{ctx: ctx, wreck: wreck, store: s, done: Repaired{Counts: map[model.Table]int{}, Older: wreck.Older}, codes: map[accountNumber]string{}, entries: map[document]int{}, years: map[document]map[accountYear]bool{}}
	if err := errors.Join(r.run(), s.db.Sync(), s.Close()); err != nil {
		return Repaired{}, fmt.Errorf("repairing %s: %w", from, err)
	}
	if err := os.Link(made, to); err != nil { // not a rename: it fails where there is a file by now
		if errors.Is(err, fs.ErrExist) {
			return Repaired{}, fmt.Errorf("the file %s is already there: %w", to, err)
		}
		if err := os.Rename(made, to); err != nil { // a file system without links
			return Repaired{}, fmt.Errorf("making the new store: %w", err)
		}
	}
	temporary.SyncFolder(filepath.Dir(to))
	return r.done, nil
}

// holdStill keeps others from changing a store that can be opened; of one that cannot
// only the lock is asked for. It may be nil.
func holdStill(path string) (held *bolt.DB, err error) {
	if err := checkLength(path); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s: %w", path, ErrNoStore)
		}
		return nil, nil
	}
	var fault error
	func() {
		defer guard(path, &fault)()
		held, err = bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, Timeout: lockPatience})
	}()
	switch {
	case errors.Is(err, bolt.ErrTimeout):
		return nil, Locked{Path: path, Holder: readHolder(path)}
	case err != nil || fault != nil:
		return nil, nil
	}
	return held, nil
}

type repair struct {
	ctx     context.Context
	wreck   *bolt.Wreck
	store   *Store
	done    Repaired
	codes   map[accountNumber]string          // of accounts, as far as anything tells them
	entries map[document]int                  // that are lost; −1: not known
	years   map[document]map[accountYear]bool // of which some rows are told to be lost
	missing bool                              // whether anything is lost, derived data aside
}

func (r *repair) run() error {
	for _, work := range []func() error{r.takeWords, r.takeAccounts, r.takeDocuments, r.takeHistory, r.derive, r.nameLost, r.closeHistory} {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		if err := work(); err != nil {
			return err
		}
	}
	info, err := r.store.Info()
	r.done.Counts, r.done.Earlier = info.Counts, r.wreck.Earlier
	return err
}

// take copies the readable entries of a bucket that fit, and says how many are lost.
func (r *repair) take(bucket []byte, fits func(key, value []byte) bool) (lost int, err error) {
	type entry struct{ key, value []byte }
	var batch []entry
	refused := 0
	write := func() error {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		slices.SortStableFunc(batch, func(a, b entry) int { return bytes.Compare(a.key, b.key) })
		err := r.store.db.Update(func(tx *bolt.Tx) error {
			b := tx.Bucket(bucket)
			if b == nil && len(batch) == 0 {
				return nil
			}
			b, err := tx.CreateBucketIfNotExists(bucket)
			if err != nil {
				return err
			}
			b.FillPercent = 0.95
			for _, e := range batch {
				if b.Get(e.key) != nil { // the first one met is the one that counts
					continue
				}
				if err := b.Put(e.key, e.value); err != nil {
					return err
				}
			}
			if last := r.wreck.Last(bucket); last > b.Sequence() {
				return b.SetSequence(last)
			}
			return nil
		})
		batch = batch[:0]
		return err
	}
	lost, err = r.wreck.Each(bucket, func(key, value []byte) error {
		if len(key) == 0 || fits != nil && !fits(key, value) {
			refused++
			return nil
		}
		if batch = append(batch, entry{key, value}); len(batch) < repairBatch {
			return nil
		}
		return write()
	})
	if err == nil {
		err = write()
	}
	if refused > 0 {
		lost = max(lost, 0) + refused
	}
	return lost, err
}

// takeAccounts takes the accounts. One whose record is lost stands with its code alone
// where its code is known: what belongs to it is not lost with it.
func (r *repair) takeAccounts() error {
	there := map[string]accountNumber{} // two accounts of one code are one too many: the first one met is the one that counts
	if _, err := r.take(documentBuckets[docAccounts], func(key, value []byte) bool {
		account, err := decode((*codec).account, value)
		if err != nil || !docAccounts.keyFits(key) || numberIn(key) >= 1<<accountBits {
			return false
		}
		if n, taken := there[account.Code]; taken && n != numberIn(key) {
			return false
		}
		there[account.Code], r.codes[numberIn(key)] = numberIn(key), account.Code
		return true
	}); err != nil {
		return err
	}
	var stubs []accountNumber
	if _, err := r.wreck.Each(accountNumbers, func(code, number []byte) error {
		if len(number) != 4 {
			return nil
		}
		n := numberIn(number)
		_, known := r.codes[n]
		if _, taken := there[string(code)]; !known && !taken && n < 1<<accountBits {
			there[string(code)], r.codes[n] = n, string(code)
			stubs = append(stubs, n)
		}
		return nil
	}); err != nil {
		return err
	}
	if err := r.store.db.Update(func(tx *bolt.Tx) error {
		for _, n := range stubs {
			code := r.codes[n]
			if err := tx.Bucket(documentBuckets[docAccounts]).Put(n.key(), encode((*codec).account, model.Account{Code: code, Name: code})); err != nil {
				return err
			}
			r.lose(Lost{Key: model.Key{Table: model.TableAccounts, Code: code}, Stub: true})
		}
		accounts := tx.Bucket(documentBuckets[docAccounts])
		if last, _ := accounts.Cursor().Last(); last != nil && accounts.Sequence() < uint64(numberIn(last)) {
			return accounts.SetSequence(uint64(numberIn(last)))
		}
		return nil
	}); err != nil {
		return err
	}
	_, err := r.take(formerNumbers, func(_, number []byte) bool { return isFormer(number, r.codes) }) // now that it is known which are taken
	return err
}

func (r *repair) lose(l Lost) { r.done.Lost, r.missing = append(r.done.Lost, l), true }

// takeDocuments takes all other records, if their account is there.
func (r *repair) takeDocuments() error {
	var coder blockCoder
	if err := r.store.db.View(func(tx *bolt.Tx) (err error) {
		coder.words, err = loadWords(tx)
		return err
	}); err != nil {
		return err
	}
	for _, d := range documents {
		if d == docAccounts {
			continue
		}
		t := tableIn[d]
		lost, err := r.take(t.bucket, func(key, value []byte) bool {
			if !d.keyFits(key) {
				return false
			}
			if t.underAccount {
				if _, known := r.codes[numberIn(key)]; !known {
					return false
				}
			}
			if !t.blocks {
				_, err := t.unpack(value)
				return err == nil
			}
			_, err := coder.decodeRows(t.table, r.codes[numberIn(key)], yearIn(key), value)
			return err == nil
		})
		if err != nil {
			return err
		}
		r.entries[d], r.missing = lost, r.missing || lost != 0
	}
	return nil
}

// takeHistory takes the steps and what they changed.
func (r *repair) takeHistory() error {
	steps, err := r.take(journalBucket, func(key, value []byte) bool {
		_, err := decodeEntry(value)
		return err == nil && len(key) == len(stepKey(0))
	})
	if err != nil {
		return err
	}
	edits, err := r.take(editsBucket, nil)
	if err != nil {
		return err
	}
	said, err := r.take(saidBucket, nil)
	if err != nil {
		return err
	}
	reversed, err := r.take(reversedBucket, func(key, value []byte) bool { return len(key) == len(stepKey(0)) && len(value) == len(key) })
	if err != nil {
		return err
	}
	for _, lost := range []struct {
		part  LostPart
		count int
	}{{LostSteps, steps}, {LostEdits, edits}, {LostEdits, said}, {LostEdits, reversed}} {
		if lost.count > 0 {
			r.lose(Lost{Part: lost.part, Count: lost.count})
		}
		r.missing = r.missing || lost.count != 0
	}
	return r.store.db.Update(func(tx *bolt.Tx) error { // an undo of which one of both steps is lost is none
		journal, reversed := tx.Bucket(journalBucket), tx.Bucket(reversedBucket)
		var gone [][]byte
		if err := reversed.ForEach(func(step, by []byte) error {
			if journal.Get(step) == nil || journal.Get(by) == nil {
				gone = append(gone, bytes.Clone(step))
			}
			return nil
		}); err != nil {
			return err
		}
		for _, step := range gone {
			if err := reversed.Delete(step); err != nil {
				return err
			}
		}
		return nil
	})
}

// derive makes anew what follows from the records.
func (r *repair) derive() error {
	var byDay indexChange // runs across all accounts
	for _, d := range [...]document{docVisits, docCalls} {
		var last []byte
		for more := true; more; {
			if err := r.store.db.Update(func(tx *bolt.Tx) error {
				more = false
				w, err := r.store.newWriter(tx)
				if err != nil {
					return err
				}
				w.until, w.bulk, w.codes = r.ctx, true, r.codes
				cursor := tx.Bucket(documentBuckets[d]).Cursor()
				key, value := cursor.Seek(last)
				if key != nil && bytes.Equal(key, last) {
					key, value = cursor.Next()
				}
				for blocks := 0; key != nil && !more; key, value = cursor.Next() {
					if err := w.recount(d, numberIn(key), yearIn(key), value); err != nil {
						return err
					}
					last = bytes.Clone(key)
					blocks++
					more = blocks == repairBatch
				}
				byDay.added = append(byDay.added, w.byDay.added...)
				w.byDay = indexChange{}
				return w.finish()
			}); err != nil {
				return err
			}
		}
	}
	return r.store.db.Update(func(tx *bolt.Tx) error {
		if err := byDay.write(tx.Bucket(dayIndex)); err != nil {
			return err
		}
		if err := tx.Bucket(documentBuckets[docAccounts]).ForEach(func(key, value []byte) error {
			code, err := accountCode(value)
			if err == nil {
				err = tx.Bucket(accountNumbers).Put([]byte(code), key)
			}
			return err
		}); err != nil {
			return err
		}
		return nameEverything(tx)
	})
}

// closeHistory has no step from before taken back once anything is lost: what it would
// be compared with may not be there.
func (r *repair) closeHistory() error {
	if !r.missing {
		return nil
	}
	return r.store.db.Update(func(tx *bolt.Tx) error {
		var entries []Entry
		if err := tx.Bucket(journalBucket).ForEach(func(_, value []byte) error {
			e, err := decodeEntry(value)
			if entries = append(entries, e); err == nil && e.reversal() && tx.Bucket(journalBucket).Get(stepKey(e.ReversesStep)) == nil {
				entries[len(entries)-1].Reverses, entries[len(entries)-1].ReversesStep = "", 0
			}
			return err
		}); err != nil {
			return err
		}
		for _, e := range entries {
			e.Fixed, e.parts = true, countParts(tx, e.Step)
			if err := putEntry(tx.Bucket(journalBucket), e); err != nil {
				return err
			}
		}
		return nil
	})
}
