// Package store keeps the business in one bbolt file. It is the only code that
// knows bbolt and the only way to change anything: every change goes through
// Apply, Import, Undo or Redo, each of which is one transaction that writes the
// records, everything derived from them and a step of the journal, or nothing.
//
// The road of a change: decide.go says what a request makes of the records (may this
// person, is it valid, who was faster) on a draft (draft.go) and writes nothing; commit.go
// and its neighbours write it and decide nothing; journal.go adds the step, and is only
// ever added to: undo.go takes a step back by another one, field by field (model.Reverse);
// the change is then published to all who follow. How each table is stored is a line in
// tables.go, read from its description in model/fields.go. Files of other systems come and
// go through exchange.
//
// Under all of it lies sealed: bbolt with a checksum behind every value, so that no bit
// that flips in the file is taken for data.
//
// It speaks no language: errors, reasons and problems are types, which ui/words says.
//
// A Store may be used by several goroutines. Nothing it returns refers to the
// file's memory.
package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
	"doppelpass/store/temporary"
)

// lockPatience is how long Open waits for another process to let go.
const lockPatience = 300 * time.Millisecond

// Store is an open store.
type Store struct {
	*opened
	readOnly bool
	lent     bool // of another Store, which closes the file
}

// opened is what all share who have the store of one process.
type opened struct {
	db       *database
	path     string
	now      func() time.Time
	migrated *Migration
	// reapplied says what opening an older copy has erased again.
	reapplied *Reapplied
	// compacting says that the file is written anew when it is closed.
	compacting atomic.Bool
	// wordLeft says that the word of who has the store open is this process's.
	wordLeft bool

	changing      sync.Mutex // held by every change, from reading its base to telling the followers
	words         *words     // the writer's dictionary; nil: to be read
	subscriptions subscriptions
	live          liveBook
	home          atomic.Pointer[Home] // nil: whoever erases does it here, unless the store is a replica
}

// Options say how to open a store.
type Options struct {
	ReadOnly bool
	// Now is the clock of the history; nil is the system's.
	Now func() time.Time
	// Fast leaves out waiting for the disk. Only for a store that can be made
	// again: a crash of the machine may damage it.
	Fast bool
}

// Open opens the store at path and, unless it is only to be read, creates it with
// its folder where there is none. Errors: ErrNoStore, LooseLink, ErrNotAStore, NewerSchema,
// OlderSchema, Locked, OnShare, Damaged, or what the system says.
func Open(path string, o Options) (*Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if !o.ReadOnly {
		if err := refuseShare(path); err != nil {
			return nil, err
		}
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := Missing(path); o.ReadOnly || !errors.Is(err, ErrNoStore) {
			return nil, err
		}
		if err := create(path); err != nil {
			return nil, err
		}
	case err != nil:
		return nil, fmt.Errorf("looking at the store: %w", err)
	case !info.Mode().IsRegular(), info.Size() == 0: // bbolt would write into an empty file before we can look
		return nil, fmt.Errorf("%s: %w", path, ErrNotAStore)
	}

	db, err := openDatabase(path, &bolt.Options{
		Timeout: lockPatience, ReadOnly: o.ReadOnly, FreelistType: bolt.FreelistMapType, NoSync: o.Fast,
	})
	switch {
	case errors.As(err, &Damaged{}):
		return nil, err
	case errors.Is(err, bolt.ErrTimeout):
		return nil, Locked{Path: path, Holder: readHolder(path)}
	case errors.Is(err, bolt.ErrInvalid), errors.Is(err, bolt.ErrVersionMismatch), errors.Is(err, bolt.ErrChecksum):
		return nil, fmt.Errorf("%s: %w", path, ErrNotAStore)
	case err != nil && strings.Contains(err.Error(), "file size too small"):
		return nil, fmt.Errorf("%s: %w", path, ErrNotAStore)
	case err != nil:
		return nil, fmt.Errorf("opening the store %s: %w", path, err)
	}
	s := &Store{opened: &opened{db: db, path: path, now: o.Now}, readOnly: o.ReadOnly}
	prepared := false
	defer func() { // after an error, and after a fault: the lock must not stay
		if !prepared {
			_ = db.Close()
		}
	}()
	if err := s.prepare(); err != nil {
		return nil, err
	}
	if err := s.keepErased(); err != nil {
		return nil, err
	}
	prepared = true
	if !o.ReadOnly {
		s.writeHolder()
		temporary.Clear(filepath.Dir(path))
	}
	return s, nil
}

// Missing says of a place where no file is that there is no store, or that a link lies
// there whose end is missing: nothing is made behind it, which may be a drive that is not
// there at the moment. Errors: ErrNoStore, LooseLink.
func Missing(path string) error {
	if target, err := os.Readlink(path); err == nil {
		return LooseLink{path, target}
	}
	return fmt.Errorf("%s: %w", path, ErrNoStore)
}

// prepare checks the schema and migrates an older one.
func (s *Store) prepare() error {
	var version uint32
	err := s.db.View(func(tx *bolt.Tx) (err error) {
		wrong, err := checkPages(tx, true)
		if err != nil {
			return err
		}
		if len(wrong) > 0 {
			return Damaged{Path: s.path, Detail: wrong[0]}
		}
		tx.Recognise()
		version, err = readSchema(tx)
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", s.path, err)
	}
	if version > schemaVersion {
		return NewerSchema{Found: version, Known: schemaVersion}
	}
	if err := s.migrate(version); err != nil {
		return err
	}
	if err := s.completeBuckets(); err != nil {
		return err
	}
	return s.completeKey()
}

// completeKey makes the key of opt-outs' numbers for a store of before every new one had it.
// That of a replica is its server's.
func (s *Store) completeKey() error {
	missing := false
	if err := s.db.View(func(tx *bolt.Tx) error {
		_, is, err := readReplica(tx)
		missing = err == nil && !is && tx.Bucket(metaBucket).Get(keyNumbers) == nil
		return err
	}); err != nil || !missing || s.readOnly {
		return err
	}
	return s.db.Update(func(tx *bolt.Tx) error {
		_, err := numberKey(tx)
		return err
	})
}

// completeBuckets adds the buckets of tables that came to the program since the
// store was made: they need no migration.
func (s *Store) completeBuckets() error {
	complete := true
	if err := s.db.View(func(tx *bolt.Tx) error {
		if name := tx.Missing(); name != "" {
			return bolt.Broken{Bucket: name, Detail: "it is lost"}
		}
		for _, bucket := range documentBuckets {
			complete = complete && tx.Bucket(bucket) != nil
		}
		for _, bucket := range otherBuckets {
			complete = complete && tx.Bucket(bucket) != nil
		}
		return nil
	}); err != nil || complete {
		return err
	}
	if s.readOnly {
		return OlderSchema{Found: schemaVersion, Known: schemaVersion}
	}
	return s.db.Update(func(tx *bolt.Tx) error {
		unnamed := tx.Bucket(namesBucket) == nil
		if err := createBuckets(tx); err != nil || !unnamed {
			return err
		}
		return nameEverything(tx)
	})
}

// create lays out an empty store beside its place and moves it there once it is
// safe on disk, so that a crash leaves no half-made store.
func create(path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("making the folder for the store: %w", err)
	}
	aside, err := temporary.File(dir, "."+filepath.Base(path)+"-")
	if err != nil {
		return fmt.Errorf("making the store: %w", err)
	}
	name := aside.Name()
	_ = aside.Close()
	defer os.Remove(name)

	db, err := openDatabase(name, &bolt.Options{Timeout: lockPatience})
	if err != nil {
		return fmt.Errorf("making the store: %w", err)
	}
	err = db.Update(createSchema)
	if err := errors.Join(err, db.Sync(), db.Close()); err != nil {
		return fmt.Errorf("making the store: %w", err)
	}
	// A link, not a rename: it fails where another process was quicker.
	if err := os.Link(name, path); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return nil
		}
		if err := os.Rename(name, path); err != nil { // a file system without links
			return fmt.Errorf("making the store: %w", err)
		}
	}
	temporary.SyncFolder(dir)
	return nil
}

// Reading is the same store for somebody who may only read: changes of others are
// seen, own ones refused. Closing it does nothing.
func (s *Store) Reading() *Store { return &Store{opened: s.opened, readOnly: true, lent: true} }

// Close lets go of the file.
func (s *Store) Close() error {
	if s.lent {
		return nil
	}
	if s.wordLeft {
		_ = os.Remove(holderPath(s.path))
	}
	var anew error
	if s.compacting.Swap(false) && !s.readOnly {
		_, anew = s.writeAnew()
	}
	if err := s.db.Close(); err != nil {
		return errors.Join(anew, fmt.Errorf("closing the store: %w", err))
	}
	return anew
}

// InPlace is an error, Displaced, where the file that is open does not lie at the store's place any
// more: what only it holds is lost when it is closed.
func (s *Store) InPlace() error { return s.db.displaced() }

// Path is where the store lies.
func (s *Store) Path() string { return s.path }

// ReadOnly reports whether the store was opened for reading only.
func (s *Store) ReadOnly() bool { return s.readOnly }

func holderPath(path string) string { return path + ".open" }

// longestHolder bounds the word of who has the store open, bytes.
const longestHolder = 64 << 10

// writeHolder leaves word of who has the store open, for the message of the next
// who wants it. Losing it loses nothing. What lies there is taken away and not written to: it may
// be a pipe, or a link to what is somebody's.
func (s *Store) writeHolder() {
	h := Holder{PID: os.Getpid(), Since: s.now(), Command: filepath.Base(os.Args[0])}
	if u, err := user.Current(); err == nil {
		h.User = u.Username
	}
	h.Host, _ = os.Hostname()
	if data, err := json.Marshal(h); err == nil {
		path := holderPath(s.path)
		_ = os.Remove(path)
		if file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600); err == nil {
			_, _ = file.Write(data)
			_ = file.Close()
			s.wordLeft = true
		}
	}
}

// HolderOf is who has left word that they have the store at path open.
func HolderOf(path string) Holder { return readHolder(path) }

func readHolder(path string) (h Holder) {
	if data, err := temporary.Read(holderPath(path), longestHolder); err == nil {
		_ = json.Unmarshal(data, &h)
	}
	return h
}

// update runs one change: with the only writer there is, in one transaction.
func (s *Store) update(change func(*writer) error) (model.Change, error) {
	if s.readOnly {
		return model.Change{}, ErrReadOnly
	}
	s.changing.Lock()
	defer s.changing.Unlock()
	var outcome model.Change
	if err := s.written(func(tx *bolt.Tx) error {
		w, err := s.newWriter(tx)
		if err != nil {
			return err
		}
		defer func() { w.apart.close(w.tx) }()
		if err := change(w); err != nil {
			return err
		}
		outcome = w.change()
		if w.apart != nil {
			return w.takePlace()
		}
		return nil
	}); err != nil {
		return model.Change{}, err
	}
	s.publish(outcome)
	return outcome, nil
}

// updates runs a change that is made of several, each with a writer of its own, in one
// transaction; those who follow are told of each in its turn.
func (s *Store) updates(change func(tx *bolt.Tx, next func() (*writer, error)) error) error {
	if s.readOnly {
		return ErrReadOnly
	}
	s.changing.Lock()
	defer s.changing.Unlock()
	var writers []*writer
	if err := s.written(func(tx *bolt.Tx) error {
		return change(tx, func() (*writer, error) {
			w, err := s.newWriter(tx)
			writers = append(writers, w)
			return w, err
		})
	}); err != nil {
		return err
	}
	for _, w := range writers {
		if w.count > 0 {
			s.publish(w.change())
		}
	}
	return nil
}

// written makes a change in the file. Where it is rolled back, by an error or by a fault of
// the program that others outlive, the dictionary is read again: it may hold words that the
// file does not have.
func (s *Store) written(change func(*bolt.Tx) error) (err error) {
	whole := false
	defer func() {
		if !whole {
			s.words = nil
		}
	}()
	if err = s.db.Update(change); errors.Is(err, errApart) {
		err = nil
	}
	whole = err == nil
	return err
}

// view runs a read with the dictionary at hand.
func (s *Store) view(read func(*bolt.Tx, blockCoder) error) error {
	return s.db.View(func(tx *bolt.Tx) error {
		dictionary, err := loadWords(tx)
		if err != nil {
			return err
		}
		return read(tx, blockCoder{words: dictionary})
	})
}
