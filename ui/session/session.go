// Package session is what the pages of one person's session share: the look, the
// store, the Book as it is now, the day, and who the person is. The root owns it;
// pages keep the pointer and read it anew in every Update and View.
package session

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
)

// Session is one person's session. All of it belongs to the goroutine of the
// program's Update, but for the store, which commands may use. The Book is shared
// with other sessions: it may be read within Frame, and by commands within Read.
type Session struct {
	Look    *kit.Look
	Store   *store.Store
	Book    *model.Book
	Today   model.Date
	Actor   model.Actor
	Shell   Shell
	begunOf *store.Store // that begunOn is of
	begunOn model.Date   // since when it is worked with

	// Mine says that lists of tasks show only the person's own.
	Mine bool

	// Remote says that the person sits at another machine, whose files are not those
	// of this one: nothing is read from files or written to them.
	Remote bool
	// Clock says which day it is, for a session that follows the clock; nil: for one of
	// a chosen day.
	Clock  func() model.Date
	Told   bool                // of News and DayBreak by somebody else: Listen does nothing
	Time   func() time.Time    // the clock on the wall
	Folder string              // what paths are relative to; "": the process's own
	Getenv func(string) string // the person's environment

	clockAt  atomic.Int64 // the day that the clock said last
	revision int
	marked   bool       // ChangedBy has named somebody
	day      *model.Day // of Today on Book, once it was asked for
	signals  []model.Signal
	signalsAt,
	areaSignalsAt int
	openByArea map[string]OpenSignals

	context  context.Context // ends with the session
	end      context.CancelFunc
	live     *store.Live
	seen     uint64            // the Book's revision when it was taken up
	news     <-chan store.News // of live
	unfollow context.CancelFunc
	refusals map[string]bool       // the sentences of refusals by rights
	looked   map[string]model.Date // reps at whose own figures the person has looked, and when last
	caller   *store.Caller         // once it was asked for
	callerOf *store.Claims
	drop     func() // closes a store that was taken up with Switch
}

// Shell is what the root does for pages and forms.
type Shell struct {
	Show func(kit.Modal) tea.Cmd                    // puts a modal in front
	Say  func(sentence string)                      // tells of a success in the footer
	Fail func(sentence string)                      // tells of a failure in the footer
	Go   func(page PageName, target string) tea.Cmd // turns to a page and, with a target, opens it there; esc comes back
	Run  func(action string) tea.Cmd                // runs an action of the catalogue by its name
}

// New opens a session on a store: its Book is followed from now on, until the
// session is closed or ctx ends.
func New(ctx context.Context, look *kit.Look, s *store.Store, today model.Date, actor model.Actor) (*Session, error) {
	session := &Session{Look: look, Today: today, Actor: actor, Getenv: os.Getenv, Time: time.Now, revision: 1, unfollow: func() {}}
	session.context, session.end = context.WithCancel(ctx)
	if err := session.follow(s); err != nil {
		session.end()
		return nil, err
	}
	session.CatchUp()
	return session, nil
}

// Context ends with the session: what goes on beside it should end then, too.
func (s *Session) Context() context.Context { return s.context }

// Close ends the session, and all that goes on for it.
func (s *Session) Close() { s.end() }

// End is Close, and closes a store that was taken up with Switch.
func (s *Session) End() {
	s.Close()
	if s.drop != nil {
		s.drop()
		s.drop = nil
	}
}

// Switch goes on with another store, which drop closes at the end. It must be
// called outside Frame.
func (s *Session) Switch(other *store.Store, drop func()) error {
	if err := s.follow(other); err != nil {
		return err
	}
	if s.drop != nil {
		s.drop() // what was taken up with Switch before
	}
	s.drop = drop
	return nil
}

func (s *Session) follow(other *store.Store) error {
	live, err := other.Live()
	if err != nil {
		return err
	}
	s.unfollow()
	ctx, unfollow := context.WithCancel(s.context)
	s.Store, s.live, s.news, s.unfollow = other, live, live.Follow(ctx), unfollow
	return nil
}

// Frame runs a frame's worth of work that reads the Book, which is taken up as it
// is now and stays so meanwhile.
func (s *Session) Frame(work func()) {
	s.live.Read(func(book *model.Book) {
		s.take(book)
		work()
	})
}

// Still is Frame, but for the case that the Book has moved on since it was last
// taken up: then it does nothing and reports false, as what the session knows is no
// longer that of the Book.
func (s *Session) Still(work func()) (still bool) {
	s.live.Read(func(book *model.Book) {
		if still = s.Book == book && s.seen == book.Revision(); still {
			work()
		}
	})
	return still
}

// Shelf is what the sessions on this Book share (store.Live.Shelf); for frames.
func (s *Session) Shelf() *sync.Map { return s.live.Shelf() }

// Read looks at the Book from a command, which may not read the session's.
func (s *Session) Read(read func(*model.Book)) { s.live.Read(read) }

func (s *Session) take(book *model.Book) {
	if s.Book != book || s.seen != book.Revision() {
		s.Book, s.seen = book, book.Revision()
		s.revision++
		if person, ok := book.Person(s.Actor.Person); ok { // the lead may have given another role
			s.Actor = person.Actor(s.Actor.Device)
		}
	}
}

// CatchUp takes the Book up as it is now, and reports whether it has changed.
func (s *Session) CatchUp() (changed bool) {
	before := s.revision
	s.Frame(func() {})
	return s.revision != before
}

// Revision grows whenever the Book or the day changes; part of cache keys.
func (s *Session) Revision() int { return s.revision }

// SetToday makes another day today.
func (s *Session) SetToday(d model.Date) {
	s.Today = d
	s.revision++
}

// Day is what the rules say today.
func (s *Session) Day() *model.Day {
	if s.day == nil || s.day.Date() != s.Today || s.day.Book() != s.Book {
		s.day = s.Book.On(s.Today)
	}
	return s.day
}

// Signals are today's signals, most urgent first. The caller must not change them.
func (s *Session) Signals() []model.Signal {
	if s.signalsAt != s.revision {
		s.signals, s.signalsAt = s.Day().Signals(), s.revision
	}
	return s.signals
}

// OpenSignals counts open signals by whose turn it is.
type OpenSignals struct{ Sales, Marketing, Reports int }

// OpenSignals counts a territory's open signals; Reports are among Sales'.
func (s *Session) OpenSignals(territory string) OpenSignals {
	if s.areaSignalsAt != s.revision {
		s.openByArea, s.areaSignalsAt = map[string]OpenSignals{}, s.revision
		for _, signal := range s.Signals() {
			if !signal.Open() {
				continue
			}
			open := s.openByArea[signal.Territory]
			switch signal.Kind {
			case model.StepUpVisits:
				open.Sales++
			case model.AddTelemarketing:
				open.Marketing++
			case model.ReportsMissing:
				open.Sales++
				open.Reports++
			}
			s.openByArea[signal.Territory] = open
		}
	}
	return s.openByArea[territory]
}

// Loaded is the outcome of reading from the store.
type Loaded[T any] struct {
	// For says what was asked, so that a page can drop an answer it no longer wants.
	For   string
	Value T
	Err   error
}

// Load reads from the store outside Update.
func Load[T any](what string, read func() (T, error)) tea.Cmd {
	return func() tea.Msg {
		value, err := read()
		if err != nil {
			err = fmt.Errorf("%s: %w", what, err)
		}
		return Loaded[T]{For: what, Value: value, Err: err}
	}
}
