package store

// Care of the file: copies, and what is in it.

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"doppelpass/model"
	"doppelpass/store/exchange"
	bolt "doppelpass/store/sealed"
	"doppelpass/store/temporary"
)

// Backup writes a copy of the store as it is now to a new file. Others may go on
// reading meanwhile, and this process writing.
func (s *Store) Backup(path string) error { return s.BackupContext(context.Background(), path) }

// BackupContext is Backup, which leaves nothing behind once ctx has ended.
func (s *Store) BackupContext(ctx context.Context, path string) error {
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("the file %s is already there: %w", path, fs.ErrExist)
	}
	dir := filepath.Dir(path)
	aside, err := temporary.File(dir, "."+filepath.Base(path)+"-")
	if err != nil {
		return fmt.Errorf("writing the copy: %w", err)
	}
	defer os.Remove(aside.Name())
	if s.db.displaced() != nil { // bbolt would read what lies there now
		err = s.copyTo(aside.Name())
	} else {
		err = s.db.View(func(tx *bolt.Tx) error { return writeWhole(ctx, tx, aside) })
	}
	if err := errors.Join(err, aside.Chmod(0o600)); err != nil {
		return fmt.Errorf("writing the copy: %w", errors.Join(err, aside.Close()))
	}
	if err := temporary.Keep(aside, path); err != nil {
		return fmt.Errorf("writing the copy: %w", err)
	}
	// What is erased later is written down beside the next copy; this one then forgets it,
	// too, when somebody opens it.
	if err := s.writeBook(path + bookEnding); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// writeWhole writes the whole file to another until ctx ends. What stops it is the other's
// error: bbolt tells it by words alone, which do not say of which file.
func writeWhole(ctx context.Context, tx *bolt.Tx, to io.Writer) error {
	out := &remembered{Writer: exchange.Until(ctx, to)}
	_, err := tx.WriteTo(out)
	return cmp.Or(out.err, err)
}

// remembered keeps the first error of a writer.
type remembered struct {
	io.Writer
	err error
}

func (r *remembered) Write(b []byte) (int, error) {
	n, err := r.Writer.Write(b)
	r.err = cmp.Or(r.err, err)
	return n, err
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
