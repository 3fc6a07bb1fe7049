package store

// The file behind a store. Damage of it is told as an error; and another file may take its
// place while the store is open: whoever reads the old one goes on reading it.

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
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
	replaced time.Time // zero: it is the one in place
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

func (d *database) View(read func(*bolt.Tx) error) (err error) {
	f, done := d.use()
	defer done()
	defer guard(d.path, &err)()
	return d.told(f.View(read))
}

func (d *database) Update(change func(*bolt.Tx) error) (err error) {
	d.writing.Lock()
	defer d.writing.Unlock()
	f, done := d.use()
	defer done()
	defer guard(d.path, &err)()
	if err := f.displaced(d.path); err != nil {
		return err
	}
	if err := f.Update(change); err != nil {
		return d.told(err)
	}
	return f.displaced(d.path) // meanwhile, too
}

func (d *database) Begin(writable bool) (tx *bolt.Tx, err error) {
	if err := d.displaced(); writable && err != nil {
		return nil, err
	}
	defer guard(d.path, &err)()
	return d.file().Begin(writable)
}

// file is the file in place.
func (d *database) file() *file {
	d.lock.Lock()
	defer d.lock.Unlock()
	return d.now
}

func (d *database) Sync() error                          { return d.file().Sync() }
func (d *database) Close() error                         { return d.file().Close() }
func (d *database) Scrub() error                         { return d.file().Scrub() }
func (d *database) PrepareSeals() (*bolt.Sealing, error) { return d.file().PrepareSeals() }

// Compact writes all that the file holds to another.
func (d *database) Compact(path string) error {
	f, done := d.use()
	defer done()
	return f.Compact(path)
}
