package store

// Care of the file: copies, what is in it, and whether everything in it agrees.

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"

	"doppelpass/model"
)

// Backup writes a copy of the store as it is now to a new file. Others may go on
// reading meanwhile, and this process writing.
func (s *Store) Backup(path string) error {
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("the file %s is already there: %w", path, fs.ErrExist)
	}
	dir := filepath.Dir(path)
	temporary, err := os.CreateTemp(dir, "."+filepath.Base(path)+"-*")
	if err != nil {
		return fmt.Errorf("writing the copy: %w", err)
	}
	defer os.Remove(temporary.Name())
	err = s.db.View(func(tx *bolt.Tx) error {
		_, err := tx.WriteTo(temporary)
		return err
	})
	if err := errors.Join(err, temporary.Chmod(0o600), temporary.Sync(), temporary.Close()); err != nil {
		return fmt.Errorf("writing the copy: %w", err)
	}
	if err := os.Rename(temporary.Name(), path); err != nil {
		return fmt.Errorf("writing the copy: %w", err)
	}
	return syncDir(dir)
}

// Info is what is in the store.
type Info struct {
	Path   string
	Size   int64 // bytes
	Schema uint32
	Counts map[model.Table]int
	Steps  int // of the history
}

// Info counts the records. Visits are counted in the index by day, which names an
// account once for each.
func (s *Store) Info() (Info, error) {
	info := Info{Path: s.path, Counts: map[model.Table]int{}}
	if file, err := os.Stat(s.path); err == nil {
		info.Size = file.Size()
	}
	err := s.view(func(tx *bolt.Tx, coder blockCoder) (err error) {
		if info.Schema, err = readSchema(tx); err != nil {
			return err
		}
		for table, d := range documentOf {
			if table != model.TableVisits && table != model.TableCalls {
				info.Counts[table] = tx.Bucket(documentBuckets[d]).Stats().KeyN
			}
		}
		err = tx.Bucket(dayIndex).ForEach(func(_, value []byte) error {
			for _, b := range value { // a number ends with a byte below 0x80
				if b < 0x80 {
					info.Counts[model.TableVisits]++
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		info.Steps = tx.Bucket(journalBucket).Stats().KeyN
		return tx.Bucket(documentBuckets[docCalls]).ForEach(func(key, value []byte) error {
			rows, err := coder.decodeCalls("", yearIn(key), value)
			info.Counts[model.TableCalls] += len(rows)
			return err
		})
	})
	return info, err
}

// Check reads the whole store and compares everything derived with the records
// it comes from. Each problem is a sentence; none means that all is well.
func (s *Store) Check() (problems []string, err error) {
	report := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	err = s.db.View(func(tx *bolt.Tx) error {
		for err := range tx.Check() {
			report("The file's pages: %v.", err)
		}
		return nil
	})
	if err != nil || len(problems) > 0 {
		return problems, err
	}
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		want, err := s.rederive(tx, coder, report)
		if err != nil {
			return err
		}
		for _, name := range [][]byte{accountNumbers, contactsBucket, reportsBucket, dayIndex, visitIDs, callIDs} {
			compareBucket(tx.Bucket(name), name, want[string(name)], report)
		}
		return nil
	})
	return problems, err
}

// rederive computes every derived bucket from the documents.
func (s *Store) rederive(tx *bolt.Tx, coder blockCoder, report func(string, ...any)) (map[string]map[string][]byte, error) {
	codes := map[accountNumber]string{}
	w := &writer{store: s, reader: reader{tx, coder}, codes: codes, contacts: map[accountNumber]*contactChange{},
		reports: map[string]map[model.Date]int{}}
	want := map[string]map[string][]byte{string(accountNumbers): {}}
	if err := tx.Bucket(documentBuckets[docAccounts]).ForEach(func(key, value []byte) error {
		account, err := decode((*codec).account, value)
		if err != nil {
			report("Account number %d cannot be read.", numberIn(key))
			return nil
		}
		codes[numberIn(key)] = account.Code
		want[string(accountNumbers)][account.Code] = bytes.Clone(key)
		return nil
	}); err != nil {
		return nil, err
	}
	for _, d := range []document{docVisits, docCalls} {
		if err := tx.Bucket(documentBuckets[d]).ForEach(func(key, value []byte) error {
			n := numberIn(key)
			if _, ok := codes[n]; !ok {
				report("There are %s of account number %d, which does not exist.", documentBuckets[d], n)
				return nil
			}
			if err := w.recount(d, n, yearIn(key), value); err != nil {
				report("The %s of account %q in %d cannot be read.", documentBuckets[d], codes[n], yearIn(key))
			}
			return nil
		}); err != nil {
			return nil, err
		}
	}
	return want, w.expected(want)
}

func (w *writer) recount(d document, n accountNumber, year int, value []byte) error {
	if d == docVisits {
		rows, err := w.coder.decodeVisits(w.codes[n], year, value)
		for i := range rows {
			if err == nil {
				_, named := visitRows.explicit(rows, i)
				err = w.countVisit(n, &rows[i], named, 1)
			}
		}
		return err
	}
	rows, err := w.coder.decodeCalls(w.codes[n], year, value)
	for i := range rows {
		_, named := callRows.explicit(rows, i)
		w.countCall(n, &rows[i], named, 1)
	}
	return err
}

// expected fills in what the derived buckets should hold, by writing it to a
// store that is thrown away.
func (w *writer) expected(want map[string]map[string][]byte) error {
	file, err := os.CreateTemp("", "doppelpass-check-*")
	if err != nil {
		return fmt.Errorf("checking: %w", err)
	}
	name := file.Name()
	_ = file.Close()
	defer os.Remove(name)
	scratch, err := bolt.Open(name, 0o600, &bolt.Options{NoSync: true})
	if err != nil {
		return fmt.Errorf("checking: %w", err)
	}
	defer scratch.Close()
	return scratch.Update(func(tx *bolt.Tx) error {
		if err := createSchema(tx); err != nil {
			return err
		}
		w.tx = tx
		if err := w.finish(); err != nil {
			return err
		}
		for _, bucket := range [][]byte{contactsBucket, reportsBucket, dayIndex, visitIDs, callIDs} {
			want[string(bucket)] = map[string][]byte{}
			if err := tx.Bucket(bucket).ForEach(func(key, value []byte) error {
				want[string(bucket)][string(key)] = bytes.Clone(value)
				return nil
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

func compareBucket(bucket *bolt.Bucket, name []byte, want map[string][]byte, report func(string, ...any)) {
	wrong := 0
	_ = bucket.ForEach(func(key, value []byte) error {
		if !bytes.Equal(want[string(key)], value) {
			wrong++
		}
		delete(want, string(key))
		return nil
	})
	if wrong+len(want) > 0 {
		report("%s: %d entries do not fit the records, %d are missing.", name, wrong, len(want))
	}
}

// Remember keeps a value outside the history under a name, such as the mapping
// of a file's columns; nil forgets it.
func (s *Store) Remember(name string, value []byte) error {
	if s.readOnly {
		return ErrReadOnly
	}
	return s.db.Update(func(tx *bolt.Tx) error {
		return putOrDelete(tx.Bucket(memoryBucket), []byte(name), value)
	})
}

// Recall is the value kept under a name; nil when there is none.
func (s *Store) Recall(name string) (value []byte, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		value = bytes.Clone(tx.Bucket(memoryBucket).Get([]byte(name)))
		return nil
	})
	return value, err
}
