package store

// The file behind a store. Damage of it is told as an error; and another file may take its
// place while the store is open: whoever reads the old one goes on reading it.

import (
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
	users    int
	replaced time.Time // zero: it is the one in place
}

// openDatabase opens the file, after a look at whether all of it is there.
func openDatabase(path string, o *bolt.Options) (db *database, err error) {
	if err := checkLength(path); err != nil {
		return nil, err
	}
	defer guard(path, &err)()
	opened, err := bolt.Open(path, 0o600, o)
	if err != nil {
		return nil, err
	}
	return &database{path: path, now: &file{DB: opened}}, nil
}

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
func (d *database) replace(by *bolt.DB) {
	d.lock.Lock()
	defer d.lock.Unlock()
	d.now.replaced = time.Now()
	d.now = &file{DB: by}
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
	return d.told(f.Update(change))
}

func (d *database) Begin(writable bool) (tx *bolt.Tx, err error) {
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
