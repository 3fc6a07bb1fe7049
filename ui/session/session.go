// Package session is what the pages of one person's session share: the look, the
// store, the Book as it is now, the day, and who the person is. The root owns it;
// pages keep the pointer and read it anew in every Update and View.
package session

import (
	"fmt"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/words"
)

// Session is one person's session. All of it belongs to the goroutine of the
// program's Update, but for the store, which commands may use.
type Session struct {
	Look  *kit.Look
	Store *store.Store
	Book  *model.Book
	Today model.Date
	Actor model.Actor
	Shell Shell

	revision int
	day      *model.Day // of Today on Book, once it was asked for
	signals  []model.Signal
	signalsAt,
	areaSignalsAt int
	openByArea map[string]OpenSignals

	inbox *inbox
	stop  func()
	drop  func() // closes a store that was taken up with Switch
}

// Shell is what the root does for pages and forms.
type Shell struct {
	Show func(kit.Modal) tea.Cmd                    // puts a modal in front
	Say  func(sentence string)                      // tells of a success in the footer
	Fail func(sentence string)                      // tells of a failure in the footer
	Go   func(page PageName, target string) tea.Cmd // turns to a page and, with a target, opens it there; esc comes back
	Run  func(action string) tea.Cmd                // runs an action of the catalogue by its name
}

// New opens a session on a store: the Book is loaded and followed from now on.
func New(look *kit.Look, s *store.Store, today model.Date, actor model.Actor) (*Session, error) {
	session := &Session{Look: look, Store: s, Today: today, Actor: actor, revision: 1}
	if err := session.load(); err != nil {
		return nil, err
	}
	return session, nil
}

// Close stops following the store.
func (s *Session) Close() {
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
}

// End is Close at the end of the session: a store taken up with Switch is closed.
func (s *Session) End() {
	s.Close()
	if s.drop != nil {
		s.drop()
		s.drop = nil
	}
}

// Switch goes on with another store, which drop closes at the end.
func (s *Session) Switch(other *store.Store, drop func()) error {
	before := s.Store
	s.Store = other
	if err := s.load(); err != nil {
		s.Store = before
		return err
	}
	s.drop = drop
	return nil
}

func (s *Session) load() error {
	box := &inbox{news: make(chan struct{}, 1)}
	book, stop, err := s.Store.Follow(box.put)
	if err != nil {
		return err
	}
	s.Close()
	s.Book, s.stop, s.inbox = book, stop, box
	s.revision++
	return nil
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
			if signal.InHand {
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

// inbox queues changes for the session, without ever holding up who made them.
type inbox struct {
	lock    sync.Mutex
	changes []model.Change
	news    chan struct{} // holds one token while changes wait
}

func (b *inbox) put(c model.Change) {
	b.lock.Lock()
	b.changes = append(b.changes, c)
	b.lock.Unlock()
	select {
	case b.news <- struct{}{}:
	default:
	}
}

func (b *inbox) take() []model.Change {
	b.lock.Lock()
	defer b.lock.Unlock()
	changes := b.changes
	b.changes = nil
	return changes
}

// News says that the store was changed; the root answers with CatchUp.
type News struct{}

// Reloaded is the outcome of loading the Book anew.
type Reloaded struct {
	book  *model.Book
	stop  func()
	inbox *inbox
	Err   error
}

// Listen waits for the next change in the store and returns News.
func (s *Session) Listen() tea.Cmd {
	news := s.inbox.news
	return func() tea.Msg {
		<-news
		return News{}
	}
}

// CatchUp applies what has changed to the Book. Where that is too much, the
// command returned loads the Book anew and brings Reloaded.
func (s *Session) CatchUp() (changed bool, reload tea.Cmd) {
	for _, change := range s.inbox.take() {
		s.revision++
		changed = true
		if change.Reload {
			return true, func() tea.Msg {
				box := &inbox{news: make(chan struct{}, 1)}
				book, stop, err := s.Store.Follow(box.put)
				return Reloaded{book, stop, box, err}
			}
		}
		s.Book.Apply(change)
	}
	return changed, nil
}

// Accept takes over a Book that was loaded anew.
func (s *Session) Accept(r Reloaded) {
	if r.Err != nil {
		return
	}
	s.Close()
	s.Book, s.stop, s.inbox = r.book, r.stop, r.inbox
	s.revision++
}

// Applied is the outcome of a change that a page asked for. The root catches up
// with the store first, then runs Then.
type Applied struct {
	Err  error
	Done string // the sentence for the footer
	Then func(error) tea.Cmd
}

// Apply makes a change in the store. done is the sentence for the footer once it
// is made; then, which may be nil, runs afterwards with the Book up to date. An
// error is told in the footer by the root.
func (s *Session) Apply(r store.Request, done string, then func(error) tea.Cmd) tea.Cmd {
	actor := s.Actor
	return func() tea.Msg {
		_, err := s.Store.Apply(actor, r)
		return Applied{Err: err, Done: done, Then: then}
	}
}

// Undo takes back the person's latest change, Redo makes it again.
func (s *Session) Undo() tea.Cmd { return s.back(s.Store.Undo) }

// Redo makes the change that was undone last again.
func (s *Session) Redo() tea.Cmd { return s.back(s.Store.Redo) }

func (s *Session) back(travel func(model.Actor) (store.Entry, error)) tea.Cmd {
	actor := s.Actor
	return s.Travel(func() (store.Entry, error) { return travel(actor) })
}

// Travel takes a step of the history back or makes one again, and says so, with
// what of it stays as it is.
func (s *Session) Travel(travel func() (store.Entry, error)) tea.Cmd {
	return func() tea.Msg {
		entry, err := travel()
		return Applied{Err: err, Then: func(err error) tea.Cmd { // the Book is up to date then
			if err == nil {
				s.Shell.Say(words.Travelled(s.Look.Text, s.Book, entry))
			}
			return nil
		}}
	}
}

// May says whether the person may change a table, and if not, why not: what an
// action's Enabled returns.
func (s *Session) May(record model.Record) (ok bool, reason string) {
	if s.Store.ReadOnly() {
		return false, s.ErrorText(store.ErrReadOnly)
	}
	if err := s.Actor.Role.May(model.Edit{Before: record, After: record}); err != nil {
		return false, s.ErrorText(err)
	}
	return true, ""
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
