package ui

// Several people in one process, each in a session of their own, on one Book.

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// seat is somebody at the app, which runs as Bubble Tea runs it: messages one after
// the other, a screen after each, commands beside them.
type seat struct {
	root     *root
	messages chan tea.Msg
	commands sync.WaitGroup
	ended    chan struct{}

	lock   sync.Mutex
	screen string
}

func sit(t *testing.T, st *uitest.Stage) *seat {
	t.Helper()
	look := kit.NewLook(st.Session.Look.Theme, text.New(text.English), nil)
	s, err := session.New(t.Context(), look, st.Session.Store, uitest.Today, st.Session.Actor)
	require.NoError(t, err)
	p := &seat{root: newRoot(s, Options{}), messages: make(chan tea.Msg), ended: make(chan struct{})}
	p.do(p.root.Init())
	go func() {
		defer close(p.ended)
		for msg := range p.messages {
			_, cmd := p.root.Update(msg)
			screen := p.root.View()
			p.lock.Lock()
			p.screen = screen
			p.lock.Unlock()
			p.do(cmd)
		}
	}()
	p.messages <- tea.WindowSizeMsg{Width: 140, Height: 40}
	return p
}

// do runs a command beside the messages; one that ends with the session is waited for.
func (p *seat) do(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	p.commands.Go(func() {
		switch msg := cmd().(type) {
		case nil:
		case tea.BatchMsg:
			for _, c := range msg {
				p.do(c)
			}
		default:
			select {
			case p.messages <- msg:
			case <-p.root.session.Context().Done():
			}
		}
	})
}

func (p *seat) press(names ...string) {
	for _, name := range names {
		p.messages <- uitest.KeyOf(name)
	}
}

// sees waits until the screen shows the words.
func (p *seat) sees(t *testing.T, words string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(time.Millisecond) {
		p.lock.Lock()
		screen := ansi.Strip(p.screen)
		p.lock.Unlock()
		if strings.Contains(screen, words) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the screen never shows %q:\n%s", words, screen)
		}
	}
}

func (p *seat) leave() {
	p.root.session.End()
	p.commands.Wait()
	close(p.messages)
	<-p.ended
}

func TestTwoPeopleOnOneBook(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	account := st.Session.Book.Account("K10").Account
	mine, yours := sit(t, st), sit(t, st)
	var all sync.WaitGroup
	all.Go(func() {
		for range 3 {
			mine.press("3", "down", "down", "enter", "esc", "1", "down", "enter", "esc", "4", "down", "2", "down")
		}
	})
	all.Go(func() {
		for range 3 {
			yours.press("5", "down", "3", "/", "K", "esc", "down", "6", "7", "8", "1")
		}
	})
	all.Go(func() {
		for i := range 40 { // a third, whose app is elsewhere
			changed := account
			changed.Name = fmt.Sprintf("Renamed %02d", i)
			records := []model.Record{changed, model.Visit{Account: "K10", Date: uitest.Today - model.Date(i), Rep: "R1"}}
			request := store.Request{Action: "account.edit"}
			for _, r := range records {
				request.Puts = append(request.Puts, store.Put{Record: r})
			}
			if _, err := st.Session.Store.Apply(st.Session.Actor, request); err != nil {
				t.Error(err)
			}
		}
	})
	all.Wait()
	for _, p := range []*seat{mine, yours} {
		p.press("esc", "esc", "3")
		p.sees(t, "Renamed 39")
	}
	mine.leave()
	yours.leave()
	require.Same(t, mine.root.session.Book, yours.root.session.Book)
}

func TestTheAppEndsWithoutATrace(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	before := runtime.NumGoroutine()
	for range 20 {
		p := sit(t, st)
		p.press("3", "6", "1")
		p.leave()
	}
	for runtime.NumGoroutine() > before {
		time.Sleep(time.Millisecond)
	}
}
