package store

// Following the store: a Book, and then every change as it happens. The Book is
// loaded while others go on changing the store; what they change meanwhile is put
// in before anybody sees it.

import (
	"math"
	"sync"

	"doppelpass/model"
	"doppelpass/store/faults"
	bolt "doppelpass/store/sealed"
)

// subscriptions are those who are told of every change that is safe on disk, in order.
type subscriptions struct {
	lock sync.Mutex
	list map[*subscription]bool
}

// subscription is one who is told.
type subscription struct {
	take  func(*model.Book)  // gets a Book as it is now
	apply func(model.Change) // gets what has happened since
	// reloads says that it takes a new Book where a change is too large to be told;
	// failed hears when there was none to be had.
	reloads bool
	failed  func(error)

	lock    sync.Mutex
	loading chan struct{} // closed when the Book that is being loaded has come; nil: none is
	missed  []made        // while it was
	stale   bool          // there is no Book as the store is: the next change is another try to load it
}

// made is a change, and the transaction that made it.
type made struct {
	change model.Change
	at     int
}

// Follow gives the Book as it is and, from then on, every change as it happens,
// in order and without a gap; one with Reload set wants a new Book. Nobody waits
// while the Book is loaded. tell is called by the goroutine that made the change
// and must not call the store. stop ends it.
func (s *Store) Follow(tell func(model.Change)) (book *model.Book, stop func(), err error) {
	f := &subscription{take: func(b *model.Book) { book = b }, apply: tell}
	stop, err = s.enlist(f)
	return book, stop, err
}

// enlist takes somebody up and brings it its first Book.
func (s *Store) enlist(f *subscription) (stop func(), err error) {
	f.loading = make(chan struct{})
	s.subscriptions.lock.Lock()
	if s.subscriptions.list == nil {
		s.subscriptions.list = map[*subscription]bool{}
	}
	s.subscriptions.list[f] = true
	s.subscriptions.lock.Unlock()
	stop = func() {
		s.subscriptions.lock.Lock()
		defer s.subscriptions.lock.Unlock()
		delete(s.subscriptions.list, f)
	}
	if err := f.load(s); err != nil {
		stop()
		return nil, err
	}
	return stop, nil
}

// publish tells the followers of a change that is safe on disk. It is called by
// the only writer there is.
func (s *Store) publish(change model.Change) {
	now := made{change, math.MaxInt}
	_ = s.db.View(func(tx *bolt.Tx) error { // of a store that is being closed there is no telling
		now.at = tx.ID()
		return nil
	})
	s.subscriptions.lock.Lock()
	defer s.subscriptions.lock.Unlock()
	for f := range s.subscriptions.list {
		f.tell(s, now)
	}
}

func (f *subscription) tell(s *Store, now made) {
	f.lock.Lock()
	defer f.lock.Unlock()
	switch {
	case f.loading != nil:
		f.missed = append(f.missed, now)
	case f.reloads && (f.stale || now.change.Reload):
		f.loading = make(chan struct{})
		faults.Go(func() {
			if err := f.load(s); err != nil {
				f.failed(err)
			}
		})
	default:
		f.stale = true // a fault may leave half of it in the Book: then the next change takes a new one
		f.apply(now.change)
		f.stale = false
	}
}

// load loads a Book, puts in what has happened since, and hands it over.
func (f *subscription) load(s *Store) error {
	for {
		book, at, err := s.bookAt()
		if f.hand(book, at, err) {
			return err
		}
	}
}

// hand hands a loaded Book over; done is false where too much has happened since
// and another is needed.
func (f *subscription) hand(book *model.Book, at int, err error) (done bool) {
	f.lock.Lock()
	defer f.lock.Unlock()
	if err == nil {
		for i, now := range f.missed {
			if now.at <= at {
				continue
			}
			if now.change.Reload {
				f.missed = f.missed[i:]
				return false
			}
			book.Apply(now.change)
		}
		f.take(book)
	}
	f.missed, f.stale = nil, err != nil
	close(f.loading)
	f.loading = nil
	return true
}

// settled is closed once no Book is being loaded any more; nil: none is.
func (f *subscription) settled() <-chan struct{} {
	f.lock.Lock()
	defer f.lock.Unlock()
	return f.loading
}
