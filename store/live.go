package store

// The one Book of a process: all sessions on a store read the same, which is kept
// current as the store changes.

import (
	"context"
	"sync"

	"doppelpass/model"
	"doppelpass/store/followers"
)

// Live is a Book that is kept current. Whoever changes the store puts the change
// into it before the change is told to have been made. Many may read at a time; a
// change waits for those who read, so that reading is for a frame's worth.
type Live struct {
	reading sync.RWMutex // held for reading by those who read, for writing by a change
	book    *model.Book
	shelf   *sync.Map
	recent  []recentChange // the latest last
	claims  *Claims

	subscription *subscription
	followers    followers.Group[News]
}

// News says that the Book has changed, or that it could not be loaded anew and is
// still that of before.
type News struct{ Err error }

// liveBook makes a store's Live once.
type liveBook struct {
	lock sync.Mutex
	live *Live
}

// Live is the store's Book for all who share this process. The first to ask loads
// it, who asks meanwhile waits for that; from then on it is there.
func (s *Store) Live() (*Live, error) {
	s.live.lock.Lock()
	defer s.live.lock.Unlock()
	if s.live.live != nil {
		return s.live.live, nil
	}
	l := &Live{shelf: &sync.Map{}, claims: newClaims(s.now)}
	l.subscription = &subscription{take: l.take, apply: l.apply, reloads: true, failed: func(err error) { l.tell(News{err}) }}
	if _, err := s.enlist(l.subscription); err != nil {
		return nil, err
	}
	s.live.live = l
	return l, nil
}

// Read lets read look at the Book and its days. They do not change while it runs
// and may not be kept beyond, but for what says otherwise (model.Day, and what is
// of an account in a model.Customer). read must not change the store, and must not
// call Read again: a change that waits for it would be waited for.
func (l *Live) Read(read func(*model.Book)) {
	l.reading.RLock()
	defer l.reading.RUnlock()
	read(l.book)
}

// Shelf is for what sessions have worked out of the Book and others can use: whoever
// takes something from it has to see whether it is still so. It is a new one when the
// Book is. To be called within Read.
func (l *Live) Shelf() *sync.Map { return l.shelf }

// Follow tells that the Book has changed, until ctx ends: then the channel is
// closed. News that nobody has taken yet stands for all that comes after it.
func (l *Live) Follow(ctx context.Context) <-chan News { return l.followers.Follow(ctx) }

// Settle waits until the Book is as current as the store was: a change that is too
// large to be put in has it loaded anew, once for all. The error is that of ctx.
func (l *Live) Settle(ctx context.Context) error {
	loading := l.subscription.settled()
	if loading == nil {
		return nil
	}
	select {
	case <-loading:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *Live) take(book *model.Book) {
	l.write(func() { l.book, l.shelf = book, &sync.Map{} })
	l.tell(News{})
}

func (l *Live) apply(change model.Change) {
	l.write(func() {
		before := l.book.Revision()
		l.book.Apply(change)
		l.remember(change, before)
	})
	l.tell(News{})
}

// write changes what others read. A fault in it must not keep them waiting.
func (l *Live) write(change func()) {
	l.reading.Lock()
	defer l.reading.Unlock()
	change()
}

func (l *Live) tell(news News) {
	if news.Err != nil { // it must not be lost behind news that nobody has taken
		l.followers.Insist(news)
		return
	}
	l.followers.Tell(news)
}
