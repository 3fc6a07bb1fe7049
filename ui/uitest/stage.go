// Package uitest puts a page on a real store for its tests: keys are pressed,
// commands run and the session catches up as the root would do it.
package uitest

import (
	"fmt"
	"io"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

// Today is a Tuesday in week 48.
var Today = model.NewDate(2026, 11, 24)

// Stage is one page of a session on a store in a temporary folder.
type Stage struct {
	Session *session.Session
	Page    session.Page
	Said    string // in the footer, the latest
	Failed  string
	Gone    []string // "page target", where the page wanted to go
	Modals  []kit.Modal

	t             testing.TB
	width, height int
	seen          int
}

// New opens a store with records in it, put there as one step.
func New(t testing.TB, language text.Language, records ...model.Record) *Stage {
	t.Helper()
	clock := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	s, err := store.Open(filepath.Join(t.TempDir(), "doppelpass.db"), store.Options{
		Fast: true, Now: func() time.Time { clock = clock.Add(time.Minute); return clock },
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	lead := model.Actor{Name: "Kim", Role: model.RoleLead}
	if len(records) > 0 {
		request := store.Request{Action: "demo"}
		for _, record := range records {
			request.Puts = append(request.Puts, store.Put{Record: record})
		}
		_, err = s.Apply(lead, request)
		require.NoError(t, err)
	}
	renderer := lipgloss.NewRenderer(io.Discard)
	renderer.SetColorProfile(termenv.TrueColor)
	look := kit.NewLook(kit.NewTheme(renderer, kit.ModeDark), text.New(language), nil)
	opened, err := session.New(t.Context(), look, s, Today, lead)
	require.NoError(t, err)
	t.Cleanup(opened.Close)
	st := &Stage{Session: opened, t: t}
	opened.Shell = session.Shell{
		Show: func(m kit.Modal) tea.Cmd {
			m.SetSize(st.width, st.height+4)
			st.Modals = append(st.Modals, m)
			return nil
		},
		Say:  func(s string) { st.Said = s },
		Fail: func(s string) { st.Failed = s },
		Go: func(page session.PageName, target string) tea.Cmd {
			st.Gone = append(st.Gone, string(page)+" "+target)
			return nil
		},
		Run: func(action string) tea.Cmd { st.Gone = append(st.Gone, action); return nil },
	}
	return st
}

// Show puts the page on, in the room a screen of that size leaves it.
func (st *Stage) Show(page session.Page, width, height int) *Stage {
	st.Page, st.width, st.height = page, width, height-4
	page.SetSize(st.width, st.height)
	st.drain(page.Refresh())
	st.seen = st.Session.Revision()
	return st
}

// Keys presses keys, named as tea names them.
func (st *Stage) Keys(names ...string) *Stage {
	st.t.Helper()
	for _, name := range names {
		st.key(KeyOf(name))
	}
	return st
}

// Type types text letter by letter.
func (st *Stage) Type(s string) *Stage {
	for _, r := range s {
		st.Keys(string(r))
	}
	return st
}

// Do runs a command as the root would. What waits for its time is left.
func (st *Stage) Do(cmd tea.Cmd) *Stage {
	if cmd == nil {
		return st
	}
	answer := make(chan tea.Msg, 1)
	go func() { answer <- cmd() }()
	select {
	case msg := <-answer:
		if batch, several := msg.(tea.BatchMsg); several {
			for _, one := range batch {
				st.Do(one)
			}
			break
		}
		st.drain(func() tea.Msg { return msg })
	case <-time.After(100 * time.Millisecond):
	}
	st.refresh()
	return st
}

// Send gives the page a message.
func (st *Stage) Send(msg tea.Msg) *Stage {
	st.drain(st.Page.Update(msg))
	st.refresh()
	return st
}

func (st *Stage) key(key tea.KeyMsg) {
	st.Failed = ""
	if n := len(st.Modals); n > 0 {
		m := st.Modals[n-1]
		st.drain(m.Update(key))
		st.Modals = slices.DeleteFunc(st.Modals, kit.Modal.Done) // an answer may have put the next question in front
		st.refresh()
		return
	}
	catalogue := kit.NewCatalogue(st.Session.Look)
	catalogue.Set("page", st.Page.Actions()...)
	catalogue.Front("page")
	require.Empty(st.t, catalogue.Conflicts())
	if !st.Page.Capturing() {
		switch outcome, cmd, reason := catalogue.Dispatch(key); outcome {
		case kit.Ran:
			st.drain(cmd)
			st.refresh()
			return
		case kit.Refused:
			st.Failed = reason
			return
		}
		if kit.KeyName(key) == "esc" {
			st.Page.Back()
			st.drain(st.Page.Refresh())
			st.refresh()
			return
		}
	}
	st.Send(key)
}

// Apply changes the store beside the page, as another person would.
func (st *Stage) Apply(action string, records ...model.Record) *Stage {
	st.t.Helper()
	request := store.Request{Action: action}
	for _, record := range records {
		request.Puts = append(request.Puts, store.Put{Record: record})
	}
	st.drain(st.Session.Apply(request, "", nil))
	st.refresh()
	return st
}

func (st *Stage) refresh() {
	if st.seen != st.Session.Revision() {
		st.seen = st.Session.Revision()
		st.drain(st.Page.Refresh())
	}
}

// drain runs a command and what follows from it.
func (st *Stage) drain(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			st.drain(c)
		}
	case session.Applied:
		st.Session.CatchUp()
		if msg.Err != nil {
			st.Failed = st.Session.ErrorText(msg.Err)
		} else if msg.Done != "" {
			st.Said = msg.Done
		}
		st.refresh()
		if msg.Then != nil {
			st.drain(msg.Then(msg.Err))
		}
	default:
		if value := reflect.ValueOf(msg); value.Kind() == reflect.Slice { // a sequence
			for i := range value.Len() {
				if c, ok := value.Index(i).Interface().(tea.Cmd); ok {
					st.drain(c)
				}
			}
			return
		}
		st.drain(st.Page.Update(msg))
	}
}

// View is the page as plain text. It fails the test when a line is not exactly as
// wide as the room, or there are too few or too many.
func (st *Stage) View() string {
	st.t.Helper()
	view := ansi.Strip(st.Page.View())
	lines := strings.Split(view, "\n")
	require.Len(st.t, lines, st.height)
	for i, line := range lines {
		require.Equal(st.t, st.width, kit.Width(line), "line %d: %q", i, line)
	}
	return view
}

// Line is the first line of the view that holds the words; the test fails without.
func (st *Stage) Line(words string) string {
	st.t.Helper()
	view := st.View()
	for line := range strings.SplitSeq(view, "\n") {
		if strings.Contains(line, words) {
			return line
		}
	}
	require.Fail(st.t, fmt.Sprintf("no line with %q in\n%s", words, view))
	return ""
}

// keyTypes are the keys that are no letters, by tea's names.
var keyTypes = func() map[string]tea.KeyType {
	types := map[string]tea.KeyType{}
	for t := tea.KeyType(-200); t < 128; t++ {
		if name := t.String(); name != "" && t != tea.KeyRunes && t != tea.KeySpace {
			types[name] = t
		}
	}
	return types
}()

// KeyOf is the key of a name.
func KeyOf(name string) tea.KeyMsg {
	if t, ok := keyTypes[name]; ok {
		return tea.KeyMsg{Type: t}
	}
	if rest, alt := strings.CutPrefix(name, "alt+"); alt {
		key := KeyOf(rest)
		key.Alt = true
		return key
	}
	if name == "space" || name == " " {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune(" ")}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}
