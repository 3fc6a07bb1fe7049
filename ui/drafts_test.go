package ui

// What is changed on a page and not saved, when the session is ended from outside.

import (
	"os"
	"path/filepath"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/habits"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// person is somebody whose sessions come one after the other, on one store.
type person struct {
	t     *testing.T
	stage *uitest.Stage
	path  string
	root  *root
}

// comes opens a session; kept is what another window would go on with.
func (p *person) comes(kept []byte) {
	p.t.Helper()
	remembered, err := habits.Load(p.path, func(string) string { return "" })
	require.NoError(p.t, err)
	look := kit.NewLook(p.stage.Session.Look.Theme, text.New(text.English), nil)
	s, err := session.New(p.t.Context(), look, p.stage.Session.Store, uitest.Today, p.stage.Session.Actor)
	require.NoError(p.t, err)
	p.t.Cleanup(s.End)
	p.root = newRoot(s, Options{Habits: remembered, Kept: kept, Width: 140, Height: 40})
	s.Frame(func() { p.root.begin() })
}

func (p *person) send(msg tea.Msg) {
	_, cmd := p.root.Update(msg)
	p.do(cmd)
}

// do runs what writes drafts; nothing else is waited for.
func (p *person) do(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	done := make(chan tea.Msg, 1)
	go func() { done <- cmd() }()
	select {
	case msg := <-done:
		if batch, ok := msg.(tea.BatchMsg); ok {
			for _, one := range batch {
				p.do(one)
			}
		}
	case <-p.t.Context().Done():
	}
}

func (p *person) press(keys ...string) {
	for _, key := range keys {
		_, _ = p.root.Update(uitest.KeyOf(key))
	}
}

func (p *person) sees() string { return ansi.Strip(p.root.View()) }

func TestWhatIsChangedOnAPageOutlivesTheSession(t *testing.T) {
	for name, c := range map[string]struct {
		page  session.PageName
		key   string
		press []string
	}{
		"a week that is bent":      {session.PageWeek, "6", []string{"O"}},
		"rules that are changed":   {session.PageRules, "7", []string{"down", "+", "+"}},
		"a campaign that is moved": {session.PageCampaigns, "4", []string{"+", "+"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := &person{t: t, stage: uitest.New(t, text.English, uitest.Company()...), path: filepath.Join(t.TempDir(), "settings")}
			p.comes(nil)
			p.press(c.key)
			p.press(c.press...)
			require.NotEmpty(t, p.root.unsaved(c.page))
			draft := string(p.root.pages[c.page].(session.Drafter).Draft())
			window := p.root.pack()
			require.True(t, p.root.whole(), "another process could go on with it")

			p.root.end(Ending{Why: "serve.ending.stop"})
			title := p.root.session.Look.T("page." + string(c.page))
			farewell := p.root.farewellLines()
			require.Len(t, farewell, 2, "nothing is said to be lost")
			require.Contains(t, farewell[1], "open “"+title+"”")
			require.FileExists(t, p.path+".drafts")

			p.comes(nil)
			require.Contains(t, p.sees(), "open “"+title+"” again")
			require.Empty(t, p.root.unsaved(c.page))
			p.send(uitest.KeyOf(c.key))
			require.Contains(t, p.sees(), "is back. Save it, or leave it.")
			require.Equal(t, draft, string(p.root.pages[c.page].(session.Drafter).Draft()))
			require.NoFileExists(t, p.path+".drafts")

			// A second window whose process has ended.
			p.comes(window)
			require.Contains(t, p.sees(), "your typing is here again")
			require.Equal(t, draft, string(p.root.pages[c.page].(session.Drafter).Draft()))
			require.Equal(t, c.page, p.root.front)
		})
	}
}

// Somebody has changed meanwhile what was to be changed: that is said, and nothing is there.
func TestADraftThatNoLongerFitsIsSaid(t *testing.T) {
	p := &person{t: t, stage: uitest.New(t, text.English, uitest.Company()...), path: filepath.Join(t.TempDir(), "settings")}
	p.comes(nil)
	p.press("4", "+")
	moved := p.root.unsaved(session.PageCampaigns)
	require.NotEmpty(t, moved)
	p.root.end(Ending{Why: "serve.ending.stop"})
	for _, c := range p.stage.Session.Book.Campaigns() {
		c.Start, c.End = c.Start+1, c.End+1
		_, err := p.stage.Session.Store.Apply(p.stage.Session.Actor, store.Request{Action: "test", Puts: []store.Put{{Record: c}}})
		require.NoError(t, err)
	}
	p.comes(nil)
	p.send(uitest.KeyOf("4"))
	require.Contains(t, p.sees(), "no longer fits")
	require.Empty(t, p.root.unsaved(session.PageCampaigns))
	_, err := os.Stat(p.path + ".drafts")
	require.ErrorIs(t, err, os.ErrNotExist)
}

// Of demo data nothing is kept that would then be offered for one's own.
func TestNothingIsKeptOfDemoData(t *testing.T) {
	p := &person{t: t, stage: uitest.New(t, text.English, uitest.Company()...), path: filepath.Join(t.TempDir(), "settings")}
	p.comes(nil)
	p.root.demoing = true
	p.press("4", "+")
	require.NotEmpty(t, p.root.unsaved(session.PageCampaigns))
	p.root.end(Ending{Why: "serve.ending.stop"})
	require.NoFileExists(t, p.path+".drafts")
	require.Len(t, p.root.farewellLines(), 2, "it says what is lost")
}

// What was typed on one company's data is not offered on another's, and waits there.
func TestADraftIsOfferedOnlyOnItsOwnData(t *testing.T) {
	p := &person{t: t, stage: uitest.New(t, text.English, uitest.Company()...), path: filepath.Join(t.TempDir(), "settings")}
	p.comes(nil)
	p.press("4", "+")
	p.root.end(Ending{Why: "serve.ending.stop"})

	other := &person{t: t, stage: uitest.New(t, text.English, uitest.Company()...), path: p.path}
	other.comes(nil)
	require.NotContains(t, other.sees(), "again")
	other.press("4", "+")
	other.root.end(Ending{Why: "serve.ending.stop"})

	p.comes(nil)
	require.Contains(t, p.sees(), "again")
	p.send(uitest.KeyOf("4"))
	require.NotEmpty(t, p.root.unsaved(session.PageCampaigns))
	other.comes(nil)
	require.Contains(t, other.sees(), "again")
}

// What is half typed forgets whoever is erased, on the screen's side and in the file.
func TestWhatIsHalfTypedForgetsWhoeverIsErased(t *testing.T) {
	const name = "Zyxwolf Quirrelmann"
	st := uitest.New(t, text.English, append(uitest.Company(), model.Contact{Account: "K10", Name: name})...)
	p := &person{t: t, stage: st, path: filepath.Join(t.TempDir(), "settings")}
	p.comes(nil)
	p.root.drafts = []kit.FormDraft{{Store: p.root.storePath(), Form: "f", Title: "Visit with " + name, Fields: map[string]string{"note": "asked " + name + " for samples"}}}
	p.root.draftsElsewhere = []kit.FormDraft{{Store: "/elsewhere", Form: "g", Title: "x", Fields: map[string]string{"note": "kept"}}}
	_, err := st.Session.Store.Erase(model.Actor{Name: "Kim", Role: model.RoleLead}, store.Who{Name: name})
	require.NoError(t, err)
	p.send(session.Applied{Done: "done", Erased: true})
	content, err := os.ReadFile(p.path + ".drafts")
	require.NoError(t, err)
	require.NotContains(t, string(content), "Quirrelmann")
	require.Contains(t, string(content), "for samples", "all else stays")
	require.Contains(t, string(content), "kept", "and what was typed on other data")
}

// Drafts that cannot be read are not taken for none.
func TestDraftsThatCannotBeReadAreSaid(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.drafts")
	for content, want := range map[string]bool{"[]": true, "": false, `[{"form":"vis`: false, "\x00\x01": false} {
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		_, whole := readDrafts(path)
		require.Equal(t, want, whole, content)
	}
	p := &person{t: t, stage: uitest.New(t, text.English, uitest.Company()...), path: filepath.Join(t.TempDir(), "config")}
	require.NoError(t, os.WriteFile(p.path+draftsEnd, []byte("[{"), 0o600))
	p.comes(nil)
	require.Contains(t, ansi.Strip(p.root.View()), "cannot be read")
	require.NoError(t, os.Remove(p.path+draftsEnd))
	p.comes(nil)
	require.NotContains(t, ansi.Strip(p.root.View()), "cannot be read")
}
