package store

// The file behind a store. Damage of it is told as an error; and another file may take its
// place while the store is open: whoever reads the old one goes on reading it.

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"sync/atomic"
	"time"

	bolt "doppelpass/store/sealed"
)

// database is bbolt's file.
type database struct {
	path string
	// writing is held by who changes, so that whoever waits gets the file that is in place
	// then.
	writing sync.Mutex
	lock    sync.Mutex
	now     *file
}

// file is one file, and how many read or change it just now.
type file struct {
	*bolt.DB
	identity os.FileInfo // which file of the disk it is
	users    int
	replaced time.Time               // zero: it is the one in place
	stuck    atomic.Pointer[Damaged] // bbolt may hold its locks for ever
}

// stick notes that a fault of the file came up in bbolt itself, outside of what is done in a
// transaction: it lets go of none of its locks then, and whoever began another one would wait for
// ever. It is deferred before a guard; over says that bbolt came back.
func (f *file) stick(over *bool, err *error) {
	var damaged Damaged
	if !*over && errors.As(*err, &damaged) {
		f.stuck.CompareAndSwap(nil, &damaged)
	}
}

// sound is an error where nothing may be begun any more.
func (f *file) sound() error {
	if damaged := f.stuck.Load(); damaged != nil {
		return *damaged
	}
	return nil
}

// Displaced says that the file at the store's place is not the one that is open: it was
// deleted, or another one was put there, by a program that keeps folders alike on several
// machines or by somebody who put a backup back. What is written would be found by nobody.
type Displaced struct {
	Path    string
	Deleted bool // else another file lies there
}

// Error implements error.
func (e Displaced) Error() string {
	if e.Deleted {
		return fmt.Sprintf("the store %s was deleted while it was open", e.Path)
	}
	return fmt.Sprintf("another file was put in place of the store %s while it was open", e.Path)
}

// openDatabase opens the file, after a look at whether all of it is there. Whoever waits for
// a file while another takes its place gets the one that lies there then.
func openDatabase(path string, o *bolt.Options) (db *database, err error) {
	const tries = 10
	for range tries {
		if db, err = openFile(path, o); err != nil {
			return nil, err
		}
		if err = db.now.displaced(path); err == nil {
			return db, nil
		}
		_ = db.Close()
	}
	return nil, err
}

func openFile(path string, o *bolt.Options) (db *database, err error) {
	if err := checkLength(path); err != nil {
		return nil, err
	}
	defer guard(path, &err)()
	var identity os.FileInfo
	watched := *o
	watched.OpenFile = func(name string, flag int, mode os.FileMode) (*os.File, error) {
		opened, err := os.OpenFile(name, flag, mode)
		if err == nil && identity == nil {
			identity, err = opened.Stat()
		}
		return opened, err
	}
	opened, err := bolt.Open(path, 0o600, &watched)
	if err != nil {
		return nil, err
	}
	return &database{path: path, now: &file{DB: opened, identity: identity}}, nil
}

// displaced is an error where the file at a path is another one, or none. What cannot be
// looked at is left to whoever writes.
func (f *file) displaced(path string) error {
	switch there, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return Displaced{path, true}
	case err == nil && !os.SameFile(there, f.identity):
		return Displaced{path, false}
	}
	return nil
}

// displaced is an error where what is written to the file in place would be found by nobody.
func (d *database) displaced() error { return d.file().displaced(d.path) }

// use is the file in place, which stays open until done is called.
func (d *database) use() (f *file, done func()) {
	d.lock.Lock()
	defer d.lock.Unlock()
	f = d.now
	f.users++
	return f, func() {
		d.lock.Lock()
		f.users--
		over := f.users == 0 && !f.replaced.IsZero()
		d.lock.Unlock()
		if over && !f.NoSync {
			// Whoever waits for the old file must not get it: what they wrote there would be lost.
			time.Sleep(time.Until(f.replaced.Add(lockPatience + lockPatience/2)))
		}
		if over {
			_ = f.Close()
		}
	}
}

// replace has another file, which lies at the path already, take the place of the one in
// use, which somebody is changing.
func (d *database) replace(by *bolt.DB, identity os.FileInfo) {
	d.lock.Lock()
	defer d.lock.Unlock()
	d.now.replaced = time.Now()
	d.now = &file{DB: by, identity: identity}
}

// within does something of bbolt's; a fault of the file in it is an error, and noted.
func (d *database) within(f *file, do func() error) (err error) {
	over := false
	defer f.stick(&over, &err)
	defer guard(d.path, &err)()
	err = do()
	over = true
	return err
}

// guarded is what is done in a transaction, with a fault of the file as its error: bbolt lets go
// of its locks then.
func (d *database) guarded(do func(*bolt.Tx) error) func(*bolt.Tx) error {
	return func(tx *bolt.Tx) (err error) {
		defer guard(d.path, &err)()
		return do(tx)
	}
}

func (d *database) View(read func(*bolt.Tx) error) error {
	f, done := d.use()
	defer done()
	if err := f.sound(); err != nil {
		return err
	}
	return d.told(d.within(f, func() error { return f.View(d.guarded(read)) }))
}

func (d *database) Update(change func(*bolt.Tx) error) error {
	d.writing.Lock()
	defer d.writing.Unlock()
	f, done := d.use()
	defer done()
	if err := f.sound(); err != nil {
		return err
	}
	if err := f.displaced(d.path); err != nil {
		return err
	}
	if err := d.within(f, func() error { return f.Update(d.guarded(change)) }); err != nil {
		return d.told(err)
	}
	return f.displaced(d.path) // meanwhile, too
}

func (d *database) Begin(writable bool) (tx *bolt.Tx, err error) {
	if err := d.displaced(); writable && err != nil {
		return nil, err
	}
	f := d.file()
	if err := f.sound(); err != nil {
		return nil, err
	}
	err = d.within(f, func() (err error) {
		tx, err = f.Begin(writable)
		return err
	})
	return tx, err
}

// file is the file in place.
func (d *database) file() *file {
	d.lock.Lock()
	defer d.lock.Unlock()
	return d.now
}

func (d *database) Sync() error { return d.file().Sync() }

// Close lets go of the file, of a damaged one with an error.
func (d *database) Close() error {
	f := d.file()
	if err := f.sound(); err != nil {
		return errors.Join(err, f.Abandon())
	}
	return f.Close()
}

func (d *database) Scrub() error {
	f := d.file()
	if err := f.sound(); err != nil {
		return err
	}
	return f.Scrub()
}

func (d *database) PrepareSeals() (*bolt.Sealing, error) {
	f := d.file()
	if err := f.sound(); err != nil {
		return nil, err
	}
	return f.PrepareSeals()
}

// Compact writes all that the file holds to another.
func (d *database) Compact(path string) error {
	f, done := d.use()
	defer done()
	if err := f.sound(); err != nil {
		return err
	}
	return f.Compact(path)
}
