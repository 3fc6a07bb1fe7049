package store

// Bringing an older store up to the schema of this program.

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// migrations lead from each schema version to the next: migrations[0] from 1 to 2.
// Before the first the whole file is copied.
var migrations = []migration{atOnce(stepsInsteadOfImages), sealEverything}

// migration gives what one transaction does to bring a store to the next version. What
// it prepares itself lies beside the data and is begun anew where it was broken off.
type migration func(*Store) (func(*bolt.Tx) error, error)

// atOnce is a migration that needs no preparation.
func atOnce(migrate func(*Store, *bolt.Tx) error) migration {
	return func(s *Store) (func(*bolt.Tx) error, error) {
		return func(tx *bolt.Tx) error { return migrate(s, tx) }, nil
	}
}

// sealEverything leads from schema 2 to 3, in which everything bears a seal.
func sealEverything(s *Store) (take func(*bolt.Tx) error, err error) {
	defer guard(s.path, &err)()
	seals, err := s.db.PrepareSeals()
	return func(tx *bolt.Tx) error {
		if err := tx.Seal(seals); err != nil {
			return err
		}
		if err := createBuckets(tx); err != nil {
			return err
		}
		return nameEverything(tx)
	}, err
}

// Migration says that opening a store brought it up to date.
type Migration struct {
	From, To uint32 // schema versions
	Backup   string // the copy of the store as it was before
}

// Migrated says whether opening brought the store up to date; nil: it was.
func (s *Store) Migrated() *Migration { return s.migrated }

func (s *Store) migrate(version uint32) error {
	switch {
	case version == 0:
		return fmt.Errorf("%s: %w", s.path, ErrNotAStore)
	case version == schemaVersion:
		return nil
	case s.readOnly:
		return OlderSchema{Found: version, Known: schemaVersion}
	}
	backup, err := s.backupBeside(fmt.Sprintf("%s.schema-%d", s.path, version))
	if err != nil {
		return fmt.Errorf("before migrating the store: %w", err)
	}
	s.migrated = &Migration{From: version, To: schemaVersion, Backup: backup}
	for ; version < schemaVersion; version++ {
		take, err := migrations[version-1](s)
		if err == nil {
			err = s.db.Update(func(tx *bolt.Tx) error {
				if err := take(tx); err != nil {
					return err
				}
				return tx.Bucket(metaBucket).Put(keySchema, binary.BigEndian.AppendUint32(nil, version+1))
			})
		}
		if err != nil {
			return fmt.Errorf("migrating the store from schema version %d (a copy of it as it was is %s): %w", version, backup, err)
		}
	}
	return nil
}

// backupBeside copies the store to the name, or, where an interrupted migration has
// left a copy, to the next that is free.
func (s *Store) backupBeside(name string) (string, error) {
	for n := 1; ; n++ {
		path := name
		if n > 1 {
			path = fmt.Sprintf("%s-%d", name, n)
		}
		err := s.Backup(path)
		if err == nil || !errors.Is(err, fs.ErrExist) || n == 100 {
			return path, err
		}
	}
}

// What schema 1 called its buckets of the history and of identifiers.
var (
	historySchema1 = []byte("history")
	imagesSchema1  = []byte("images")
	idsSchema1     = [][]byte{[]byte("visit identifiers"), []byte("call identifiers")}
)

// entrySchema1 is a step as schema 1 kept it. The images of one that was undone and
// could be redone are the values after it.
type entrySchema1 struct {
	Entry
	Final bool `json:"final"`
}

// stepsInsteadOfImages leads from schema 1, whose history was rewritten by undo and
// redo, to the journal, which is only ever added to. Records stay as they are: both
// layouts can be read.
func stepsInsteadOfImages(s *Store, tx *bolt.Tx) error {
	if err := createBuckets(tx); err != nil {
		return err
	}
	m := &migration1{tx: tx, journal: tx.Bucket(journalBucket)}
	if err := m.steps(); err != nil {
		return fmt.Errorf("the history: %w", err)
	}
	for _, name := range append(slices.Clone(idsSchema1), historySchema1, imagesSchema1) {
		if err := tx.DeleteBucket(name); err != nil {
			return err
		}
	}
	w, err := s.newWriter(tx)
	if err == nil {
		err = w.collectOptOuts()
	}
	s.words = nil
	if err != nil {
		return fmt.Errorf("the opt-outs: %w", err)
	}
	return nil
}

// collectOptOuts fills the book of opt-outs from what is on record.
func (w *writer) collectOptOuts() error {
	var lines []model.OptOut
	if err := eachRecord(w.tx, docAccounts, (*codec).account, func(a model.Account) {
		if a.DoNotCall {
			lines = append(lines, model.OptOut{Account: a.Code, Since: model.DateOf(w.store.now())})
		}
	}); err != nil {
		return err
	}
	codes := map[accountNumber]string{}
	if err := w.tx.Bucket(documentBuckets[docCalls]).ForEach(func(key, value []byte) error {
		calls, err := recordsIn(w.tx, w.coder, codes, docCalls, key, value)
		for _, r := range calls {
			if c := r.(model.Call); c.Outcome == model.CallOptOut {
				lines = append(lines, model.OptOut{Account: c.Account, Since: c.Date})
			}
		}
		return err
	}); err != nil {
		return err
	}
	for _, line := range lines {
		if err := w.addOptOut(line); err != nil {
			return err
		}
	}
	return nil
}

type migration1 struct {
	tx      *bolt.Tx
	journal *bolt.Bucket
}

func (m *migration1) steps() error {
	var undone []entrySchema1
	if err := m.tx.Bucket(historySchema1).ForEach(func(key, value []byte) error {
		var e entrySchema1
		if err := json.Unmarshal(value, &e); err != nil {
			return fmt.Errorf("step %x: %w", key, err)
		}
		e.ID = newStepID(e.At)
		if e.Undone {
			undone = append(undone, e)
			e.Fixed = e.Fixed || e.Final
		} else if err := m.copyImages(e.Step); err != nil {
			return err
		}
		return m.put(e.Entry)
	}); err != nil {
		return err
	}
	if err := m.journal.SetSequence(m.tx.Bucket(historySchema1).Sequence()); err != nil {
		return err
	}
	for _, e := range undone {
		if e.Final {
			if _, err := m.reversal(e); err != nil {
				return err
			}
		}
	}
	return m.redoable(slices.DeleteFunc(undone, func(e entrySchema1) bool { return e.Final }))
}

// put writes an entry; what became of the step is looked up from now on.
func (m *migration1) put(e Entry) error {
	e.Undone, e.UndoneBy, e.UndoneAt = false, "", time.Time{}
	return putEntry(m.journal, e)
}

// copyImages takes over the values before a step that stands.
func (m *migration1) copyImages(step uint64) error {
	prefix := stepKey(step)
	cursor := m.tx.Bucket(imagesSchema1).Cursor()
	for key, value := cursor.Seek(prefix); bytes.HasPrefix(key, prefix); key, value = cursor.Next() {
		if err := m.tx.Bucket(editsBucket).Put(bytes.Clone(key), append([]byte{partImages}, value...)); err != nil {
			return err
		}
		c := codec{reading: true, in: string(copied(value))}
		for c.err == nil && c.in != "" {
			if err := m.remember(c.image()); err != nil {
				return err
			}
		}
		if c.err != nil {
			return fmt.Errorf("what step %d changed: %w", step, c.err)
		}
	}
	return nil
}

// remember keeps the number of an account that is gone.
func (m *migration1) remember(i image) error {
	if i.document != docAccounts || i.value == nil {
		return nil
	}
	code, err := accountCode(i.value)
	if err != nil || m.tx.Bucket(accountNumbers).Get([]byte(code)) != nil {
		return err
	}
	return m.tx.Bucket(formerNumbers).Put([]byte(code), i.key)
}

// reversal writes the step that took another back.
func (m *migration1) reversal(e entrySchema1) (uint64, error) {
	number, err := m.journal.NextSequence()
	if err != nil {
		return 0, err
	}
	undo := Entry{Step: number, ID: newStepID(e.UndoneAt), At: e.UndoneAt, Actor: e.UndoneBy, Role: e.Role,
		Action: e.Action, Subject: e.Subject, Tally: e.Tally, Reverses: e.ID, ReversesStep: e.Step}
	if err := m.put(undo); err != nil {
		return 0, err
	}
	return number, m.tx.Bucket(reversedBucket).Put(stepKey(e.Step), binary.BigEndian.AppendUint64(nil, number))
}

// redoable takes over the steps that were undone and can be made again: the values
// after each are what the step that took it back found.
func (m *migration1) redoable(undone []entrySchema1) error {
	value := map[documentKey][]byte{} // as the step at hand found it
	after := make([][]image, len(undone))
	for n, e := range undone {
		prefix := stepKey(e.Step)
		cursor := m.tx.Bucket(imagesSchema1).Cursor()
		for key, part := cursor.Seek(prefix); bytes.HasPrefix(key, prefix); key, part = cursor.Next() {
			c := codec{reading: true, in: string(part)}
			for c.err == nil && c.in != "" {
				after[n] = append(after[n], c.image())
			}
			if c.err != nil {
				return fmt.Errorf("what step %d changed: %w", e.Step, c.err)
			}
		}
		before := make([]image, len(after[n]))
		for k, i := range after[n] {
			at := documentKey{i.document, string(i.key)}
			was, known := value[at]
			if !known {
				was = bytes.Clone(m.tx.Bucket(documentBuckets[i.document]).Get(i.key))
			}
			before[k] = image{i.document, i.key, was}
			value[at] = i.value
			if err := m.remember(i); err != nil {
				return err
			}
		}
		if _, err := putImages(m.tx, e.Step, before); err != nil {
			return err
		}
	}
	for n := len(undone) - 1; n >= 0; n-- {
		number, err := m.reversal(undone[n])
		if err != nil {
			return err
		}
		if _, err := putImages(m.tx, number, after[n]); err != nil {
			return err
		}
	}
	return nil
}
