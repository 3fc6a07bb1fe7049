package store

// One Book for all who share a process: current at once, loaded anew once, and
// nobody held up by those who load.

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

func liveOf(t *testing.T, s *Store) *Live {
	t.Helper()
	l, err := s.Live()
	require.NoError(t, err)
	return l
}

// requireLive compares the live Book with a fresh one.
func requireLive(t *testing.T, s *Store) {
	t.Helper()
	fresh, err := s.Book()
	require.NoError(t, err)
	require.NoError(t, liveOf(t, s).Settle(t.Context()))
	liveOf(t, s).Read(func(b *model.Book) { require.Equal(t, told(fresh), told(b)) })
}

func TestTheLiveBookIsCurrentWhenAChangeIsMade(t *testing.T) {
	s := open(t)
	l := liveOf(t, s)
	require.Same(t, l, liveOf(t, s))
	ctx, end := context.WithCancel(t.Context())
	news, others := l.Follow(ctx), l.Follow(t.Context())
	apply(t, s, model.Account{Code: "K1", Name: "Eins"})
	require.Equal(t, News{}, <-news)
	l.Read(func(b *model.Book) { require.Equal(t, "Eins", b.Account("K1").Name) })
	apply(t, s, model.Account{Code: "K1", Name: "Zwei"})
	apply(t, s, model.Account{Code: "K1", Name: "Drei"}) // nobody has taken the news yet: nobody is held up
	require.Equal(t, News{}, <-news)
	require.Empty(t, news, "news not taken stands for what comes after it")

	end()
	_, open := <-news
	require.False(t, open, "whose context ends hears that there is no more")
	apply(t, s, model.Account{Code: "K1", Name: "Vier"})
	require.Equal(t, News{}, <-others)
	undo(t, s)
	requireLive(t, s)
}

// Who loads a Book waits for no change under way, and no change waits for them.
func TestLoadingABookHoldsNobodyUp(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "a.db"))
	defer s.Close()
	loaded(t, s, 10, 3)
	s.changing.Lock() // somebody is in the middle of a long change
	liveOf(t, s).Read(func(b *model.Book) { require.Equal(t, 10, b.AccountCount()) })
	book, stop, err := s.Follow(func(model.Change) {})
	require.NoError(t, err)
	require.Equal(t, 10, book.AccountCount())
	stop()
	s.changing.Unlock()

	// A change that falls into the loading is in the Book that comes of it, once.
	var follower *model.Book
	f := &subscription{loading: make(chan struct{}), take: func(b *model.Book) { follower = b }}
	s.subscriptions.list[f] = true
	apply(t, s, model.Visit{Account: "K1", Date: 41000, Rep: "R1"})
	old, at, err := s.bookAt()
	require.NoError(t, err)
	apply(t, s, model.Visit{Account: "K1", Date: 41001, Rep: "R1"})
	require.True(t, f.hand(old, at, nil))
	delete(s.subscriptions.list, f)
	fresh, err := s.Book()
	require.NoError(t, err)
	require.Equal(t, told(fresh), told(follower))
}

func manyVisits(t *testing.T) string {
	var text strings.Builder
	text.WriteString("account,date,rep\n")
	for i := range editLimit + 10 {
		fmt.Fprintf(&text, "K1,%s,R%d\n", model.Date(40000+i/2), i%2)
	}
	return write(t, "v.csv", text.String())
}

func TestALongImportLoadsTheBookOnceForAll(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "a.db"))
	defer s.Close()
	apply(t, s, model.Account{Code: "K1", Name: "Eins"}, model.Territory{Code: "T1", Name: "Ost"})
	l := liveOf(t, s)
	var news []<-chan News
	for range 20 {
		news = append(news, l.Follow(t.Context()))
	}
	before := l.book
	importFiles(t, s, ImportOptions{}, manyVisits(t))
	apply(t, s, model.Visit{Account: "K1", Date: 41000, Rep: "R1"})
	requireLive(t, s)
	require.NotSame(t, before, l.book)
	for _, n := range news {
		require.Equal(t, News{}, <-n)
		require.Empty(t, n)
	}
}

func TestABookThatCannotBeLoadedIsSaidAndTriedAgain(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "K1"})
	l := liveOf(t, s)
	news := l.Follow(t.Context())
	apply(t, s, model.Account{Code: "K2"}) // news that nobody takes
	f, damaged := l.subscription, errors.New("damaged")
	f.loading = make(chan struct{})
	require.True(t, f.hand(nil, 0, damaged))
	f.failed(damaged)
	require.Equal(t, News{damaged}, <-news)
	l.Read(func(b *model.Book) { require.Equal(t, 2, b.AccountCount(), "what there was stays") })
	apply(t, s, model.Account{Code: "K3"})
	requireLive(t, s)
}

// Followers come, a long import falls in between, readers look on: in the end all
// have the same Book.
func TestFollowersThatComeWhileOthersWrite(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "a.db"))
	defer s.Close()
	loaded(t, s, 10, 3)
	l := liveOf(t, s)
	long := manyVisits(t)
	var done sync.WaitGroup
	done.Go(func() {
		for i := range 60 {
			apply(t, s, model.Visit{Account: "K1", Date: model.Date(41000 + i), Rep: "R1"})
			if i == 30 {
				importFiles(t, s, ImportOptions{}, long)
			}
		}
	})
	for range 3 {
		done.Go(func() {
			for range 40 {
				l.Read(func(b *model.Book) {
					for l := range b.Accounts {
						b.On(41000).Standing(l)
					}
					b.On(41000).Signals()
				})
			}
		})
	}
	type face struct {
		lock sync.Mutex
		book *model.Book
		long bool
	}
	var faces []*face
	for range 20 {
		f := &face{}
		faces = append(faces, f)
		f.lock.Lock()
		book, _, err := s.Follow(func(c model.Change) {
			f.lock.Lock()
			defer f.lock.Unlock()
			if f.long = f.long || c.Reload; !f.long {
				f.book.Apply(c)
			}
		})
		require.NoError(t, err)
		f.book = book
		f.lock.Unlock()
	}
	done.Wait()
	requireLive(t, s)
	fresh, err := s.Book()
	require.NoError(t, err)
	for _, f := range faces {
		if !f.long {
			require.Equal(t, told(fresh), told(f.book))
		}
	}
	sound(t, s)
}
