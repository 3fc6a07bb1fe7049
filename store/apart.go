package store

// A change too long for memory, such as an import of millions of rows, goes on in a copy of
// the file: in as many transactions as it takes, each of which lets go of the memory that it
// filled. Nobody sees the copy before it is whole and safe on disk; then it takes the file's
// place, by a rename. Until then everybody reads the file as it was, and nobody can change
// it; what is stopped, fails or is killed leaves it as it was. The next start takes away a
// copy that was left.

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	bolt "doppelpass/store/sealed"
	"doppelpass/store/temporary"
)

// apartBytes is about how much is written in one transaction of a change apart; a test sets
// it.
var apartBytes = 16 << 20

// apartRoom is how many addresses the copy has at once: whenever it outgrows them, all that a
// transaction holds of the file is copied. Addresses alone take no memory.
const apartRoom = min(1<<30, math.MaxInt>>8)

// apartDays is how many entries of the index by day memory holds, and of where rows lie; a
// test sets it.
var apartDays = 1 << 20

// atPart is told of every moment at which something of a change apart is written; for tests.
var atPart = func(*writer) {}

// apartFile is the copy that a change goes on in.
type apartFile struct {
	db      *bolt.DB
	name    string
	days    *rowsAside // entries of the index by day that were put aside
	changed bool
}

// errApart ends the transaction of a change that went on apart: it writes nothing.
var errApart = errors.New("the change went on apart")

// goApart has a change go on in a copy of the file from now on. Nothing that hangs on the
// transaction may be in use.
func (w *writer) goApart() error {
	if w.apart != nil || runtime.GOOS == "windows" { // which renames nothing over a file that is open
		return nil
	}
	path := realPath(w.store.path)
	aside, err := temporary.File(filepath.Dir(path), "."+filepath.Base(path)+"-")
	if err != nil {
		return fmt.Errorf("making room for a long change: %w", err)
	}
	w.apart = &apartFile{name: aside.Name()}
	err = w.store.db.View(func(tx *bolt.Tx) error {
		return writeWhole(cmp.Or(w.until, context.Background()), tx, aside)
	})
	if err := errors.Join(err, aside.Close()); err != nil {
		if stopped := w.stopped(); stopped != nil {
			err = stopped
		}
		return fmt.Errorf("making room for a long change: %w", err)
	}
	copied, err := openDatabase(w.apart.name, &bolt.Options{Timeout: lockPatience, FreelistType: bolt.FreelistMapType, NoSync: true, NoGrowSync: true,
		InitialMmapSize: apartRoom})
	if err != nil {
		return fmt.Errorf("making room for a long change: %w", err)
	}
	w.apart.db = copied.file().DB
	before := w.tx
	if err := w.beginPart(); err != nil {
		return err
	}
	w.images = nil // what was before is in the file
	return before.Repeat(w.tx)
}

func (w *writer) beginPart() (err error) {
	w.tx, err = w.apart.db.Begin(true)
	w.coder.tx = w.tx
	return err
}

// endPart commits what was written apart, if it is much, and goes on. Nothing that hangs on
// the transaction may be in use.
func (w *writer) endPart() error {
	if w.apart == nil || w.tx.Written() < apartBytes {
		return nil
	}
	if err := w.stopped(); err != nil {
		return err
	}
	if err := w.writeContacts(); err != nil {
		return fmt.Errorf("the accounts' contacts: %w", err)
	}
	if err := w.names.write(w.tx.Bucket(namesBucket)); err != nil {
		return fmt.Errorf("the names of records: %w", err)
	}
	clear(w.names)
	if len(w.visitIDs.added)+len(w.visitIDs.removed)+len(w.callIDs.added)+len(w.callIDs.removed) >= apartDays {
		if err := w.writeIDs(); err != nil {
			return err
		}
	}
	if len(w.byDay.added)+len(w.byDay.removed) >= apartDays {
		if err := w.putDaysAside(); err != nil {
			return err
		}
	}
	return w.nextPart()
}

func (w *writer) nextPart() error {
	if w.former == nil { // else those of accounts that went since it was looked up would be lost
		clear(w.codes)
	}
	atPart(w)
	w.tx.LetGo()
	if err := w.tx.Commit(); err != nil {
		return err
	}
	return w.beginPart()
}

// putDaysAside writes what changes of the index by day to a file, in its order.
func (w *writer) putDaysAside() (err error) {
	if w.apart.days == nil {
		if w.apart.days, err = newRowsAside(filepath.Dir(w.store.path)); err != nil {
			return err
		}
	}
	sortNumbers(w.byDay.added)
	sortNumbers(w.byDay.removed)
	const ofDay = wordBits + accountBits
	for added, removed := w.byDay.added, w.byDay.removed; len(added)+len(removed) > 0; {
		var day uint64
		switch {
		case len(removed) == 0 || len(added) > 0 && added[0] < removed[0]:
			day = added[0] >> ofDay
		default:
			day = removed[0] >> ofDay
		}
		var packed []byte
		for _, entries := range []*[]uint64{&added, &removed} {
			n := 0
			for n < len(*entries) && (*entries)[n]>>ofDay == day {
				n++
			}
			packed = binary.AppendUvarint(packed, uint64(n))
			last := day << ofDay
			for _, entry := range (*entries)[:n] {
				packed = binary.AppendUvarint(packed, entry-last)
				last = entry
			}
			*entries = (*entries)[n:]
		}
		if err := w.apart.days.add(accountNumber(day), 0, packed); err != nil {
			return err
		}
	}
	w.byDay.added, w.byDay.removed = w.byDay.added[:0], w.byDay.removed[:0]
	return w.apart.days.end()
}

// writeDaysAside writes the index by day from what was put aside of it.
func (w *writer) writeDaysAside() error {
	if w.apart == nil || w.apart.days == nil {
		return nil
	}
	if err := w.putDaysAside(); err != nil {
		return err
	}
	for packed, err := range w.apart.days.merged() {
		if err != nil {
			return err
		}
		in := codec{reading: true, in: string(packed.together)}
		for rest := packed.rows; len(rest) > 0; {
			day := rest[0].account
			var change indexChange
			for ; len(rest) > 0 && rest[0].account == day; rest = rest[1:] {
				for _, entries := range []*[]uint64{&change.added, &change.removed} {
					last := uint64(day) << (wordBits + accountBits)
					for n := in.readUint(); n > 0 && in.err == nil; n-- {
						last += in.readUint()
						*entries = append(*entries, last)
					}
				}
			}
			if in.err != nil {
				return in.err
			}
			if err := change.write(w.tx.Bucket(dayIndex)); err != nil {
				return err
			}
			if w.tx.Written() >= apartBytes {
				if err := w.nextPart(); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// putImagesApart keeps of every document that the change has made another what it was
// before, and says in how many values.
func (w *writer) putImagesApart(step uint64) (values int, err error) {
	out := imageWriter{step: step}
	order := slices.SortedFunc(slices.Values(documents), func(a, b document) int { return cmp.Compare(a, b) })
	err = w.store.db.View(func(base *bolt.Tx) error {
		for _, d := range order {
			if err := w.imagesOf(d, base, &out); err != nil {
				return fmt.Errorf("%s: %w", documentBuckets[d], err)
			}
		}
		return nil
	})
	if err == nil {
		err = out.end(w.tx)
	}
	return out.values, err
}

// imagesOf walks the documents of a kind as they were and as they are, side by side.
func (w *writer) imagesOf(d document, base *bolt.Tx, out *imageWriter) error {
	was := base.Bucket(documentBuckets[d]).Cursor()
	is := w.tx.Bucket(documentBuckets[d]).Cursor()
	oldKey, old := was.First()
	key, value := is.First()
	for n := 0; oldKey != nil || key != nil; n++ {
		order := bytes.Compare(oldKey, key)
		switch {
		case key == nil:
			order = -1
		case oldKey == nil:
			order = 1
		}
		var err error
		switch {
		case order < 0:
			err = out.add(w.tx, image{d, oldKey, old})
		case order > 0:
			err = out.add(w.tx, image{d, key, nil})
		case !bytes.Equal(old, value):
			err = out.add(w.tx, image{d, key, old})
		}
		if err != nil {
			return err
		}
		if order <= 0 {
			oldKey, old = was.Next()
		}
		if order >= 0 {
			key, value = is.Next()
		}
		if n%lookedAt == lookedAt-1 {
			if err := w.stopped(); err != nil {
				return err
			}
			base.LetGo()
			w.tx.LetGo()
		}
		if w.tx.Written() >= apartBytes {
			next := bytes.Clone(key)
			if err := w.nextPart(); err != nil {
				return err
			}
			if is = w.tx.Bucket(documentBuckets[d]).Cursor(); next == nil {
				key, value = nil, nil
			} else {
				key, value = is.Seek(next)
			}
		}
	}
	return nil
}

// takePlace has the copy, which is whole, take the file's place. It ends the transaction in
// which the change began by errApart.
func (w *writer) takePlace() error {
	a, now := w.apart, w.store.db.file()
	if !a.changed {
		w.store.words = nil // those that came are gone with the copy
		return errApart
	}
	atPart(w)
	a.db.NoSync, a.db.NoGrowSync = now.NoSync, now.NoGrowSync
	if err := w.tx.Commit(); err != nil {
		return err
	}
	if w.tx = nil; !now.NoSync {
		if err := a.db.Sync(); err != nil {
			return fmt.Errorf("writing a long change: %w", err)
		}
	}
	atPart(w)
	path := realPath(w.store.path)
	if err := w.stopped(); err != nil {
		return err
	}
	identity, err := os.Stat(a.name)
	if err == nil {
		err = w.store.db.displaced()
	}
	if err == nil {
		err = os.Rename(a.name, path)
	}
	if err != nil {
		return fmt.Errorf("putting the new file in the store's place: %w", err)
	}
	a.db.MovedTo(w.store.db.path)
	w.store.db.replace(a.db, identity)
	a.db = nil
	atPart(w)
	temporary.SyncFolder(filepath.Dir(path))
	return errApart
}

// realPath is where a file lies to which links may lead.
func realPath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

// close lets go of a copy that did not take the file's place.
func (a *apartFile) close(tx *bolt.Tx) {
	if a == nil {
		return
	}
	if a.days != nil {
		a.days.close()
	}
	if a.db != nil {
		if tx != nil && tx.Path() == a.name {
			_ = tx.Rollback()
		}
		_ = a.db.Close()
	}
	_ = os.Remove(a.name) // what took the file's place lies there no more
}
