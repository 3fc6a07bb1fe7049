package kit

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
	"github.com/stretchr/testify/require"

	"doppelpass/ui/text"
)

func TestAGermanKeyboardHasEveryKeyWithoutAltGr(t *testing.T) {
	for _, key := range []string{"[", "]", "{", "}", "@", "\\", "|", "~", "ctrl+[", "alt+@"} {
		require.True(t, NeedsAltGr(key), key)
	}
	for _, key := range []string{"a", "ctrl+p", ":", "?", "/", "+", "-", "#", "enter", "space", "shift+tab", "G", "ctrl++"} {
		require.False(t, NeedsAltGr(key), key)
	}
	c := NewCatalogue(testLook(text.German, termenv.Ascii, ModeDark))
	c.Set("page", Action{Name: "a", Keys: []string{"[", "x"}}, Action{Name: "b", Keys: []string{"x"}})
	require.Equal(t, []string{"page: a needs AltGr for [", "page: b and a share x"}, c.Conflicts())
}

func TestAKeyGoesToTheScopeInFront(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	c := NewCatalogue(look)
	var ran []string
	run := func(name string) func() tea.Cmd { return func() tea.Cmd { ran = append(ran, name); return nil } }
	allowed := false
	c.Set("app", Action{Name: "app.x", Keys: []string{"x"}, Run: run("app.x")}, Action{Name: "app.n", Keys: []string{"n"}, Run: run("app.n")},
		Action{Name: "app.d", Keys: []string{"d"}, Run: run("app.d"), Enabled: func() (bool, string) { return allowed, "erst markieren" }})
	c.Set("page", Action{Name: "page.x", Keys: []string{"x"}, Run: run("page.x")}, Action{Name: "page.move", Keys: []string{"j"}})
	c.Front("page", "app")

	outcome, _, _ := c.Dispatch(keyOf("x"))
	require.Equal(t, Ran, outcome)
	require.Equal(t, []string{"page.x"}, ran)
	outcome, _, _ = c.Dispatch(keyOf("n"))
	require.Equal(t, Ran, outcome)
	outcome, _, _ = c.Dispatch(keyOf("j"))
	require.Equal(t, Passed, outcome)
	outcome, _, reason := c.Dispatch(keyOf("d"))
	require.Equal(t, Refused, outcome)
	require.Equal(t, "erst markieren", reason)
	outcome, _, _ = c.Dispatch(keyOf("q"))
	require.Equal(t, Unbound, outcome)
	outcome, _, _ = c.Dispatch(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("x"), Paste: true})
	require.Equal(t, Unbound, outcome, "pasted text is no command")
}

func TestTheFooterShowsWhatWorksNowMostUsefulFirst(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	footer := NewFooter(look, testCatalogue(look))
	footer.SetStatus("Leitung")
	footer.SetSize(200, 1)
	require.Regexp(t, `^ Enter öffnen   \? Hilfe   v Besuch   w Woche planen   t Telefonaktion anlegen   Strg\+p Befehle +Leitung $`, footer.View())
	require.NotContains(t, footer.View(), "Rückgängig", "it cannot run now")
	for width := range 120 {
		footer.SetSize(width, 1)
		requireSize(t, footer.View(), width, 1)
	}
	footer.SetSize(40, 1)
	require.Contains(t, footer.View(), "Enter öffnen")
	require.Contains(t, footer.View(), "Leitung")
}

func TestAClickInTheFooterRunsTheAction(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	c := testCatalogue(look)
	ran := false
	c.Set("page", Action{Name: "x", Keys: []string{"x"}, Title: "Ausführen", Priority: 500, Run: func() tea.Cmd { ran = true; return nil }})
	footer := NewFooter(look, c)
	footer.SetSize(80, 1)
	x := strings.Index(footer.View(), "Ausführen")
	footer.Update(click(x, 0))
	require.True(t, ran)
}

func TestKeysAreNamedInThePersonsLanguage(t *testing.T) {
	de, en := testLook(text.German, termenv.Ascii, ModeDark), testLook(text.English, termenv.Ascii, ModeDark)
	require.Equal(t, "Strg+p Umschalt+Tab ↑ F1 ?", de.KeyLabels([]string{"ctrl+p", "shift+tab", "up", "f1", "?"}))
	require.Equal(t, "ctrl+p space + f", en.KeyLabels([]string{"ctrl+p", "space", "+", "f"}))
}

func TestThePaletteFindsCommandsAndSaysWhyOneCannotRun(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	c := testCatalogue(look)
	ran := ""
	c.Set("app",
		Action{Name: "undo", Keys: []string{"z"}, Title: "Rückgängig machen", Run: func() tea.Cmd { ran = "undo"; return nil },
			Enabled: func() (bool, string) { return false, "Es gibt nichts rückgängig zu machen." }},
		Action{Name: "visit.log", Keys: []string{"v"}, Title: "Besuch eintragen", Run: func() tea.Cmd { ran = "visit"; return nil }})
	p := NewPalette(look, c)
	p.SetSize(100, 30)
	require.Contains(t, p.View(), "Es gibt nichts rückgängig zu machen.")
	require.Contains(t, p.View(), "Neue Kampagne", "commands of pages behind are there too")
	typed(p.Update, "rueck")
	require.NotContains(t, p.View(), "Besuch eintragen")
	p.Update(keyOf("enter"))
	require.False(t, p.Done())
	require.Contains(t, p.View(), "! Es gibt nichts")
	keys(p.Update, "ctrl+u")
	typed(p.Update, "bes ein")
	p.Update(keyOf("enter"))
	require.True(t, p.Done())
	require.Equal(t, "visit", ran)
}

// Why something cannot run now is never cut: a long reason takes several lines.
func TestALongReasonIsReadWhole(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	reason := "Das dürfen nur Marketing und Leitung ändern: Kampagnen. Ihre Rolle ist Vertrieb. Bitte wenden Sie sich an Lena Neumann, Tom Berg und Mia Markt."
	c := testCatalogue(look)
	c.Set("page", Action{Name: "x", Keys: []string{"x"}, Title: "Anlegen", Run: func() tea.Cmd { return nil }, Enabled: func() (bool, string) { return false, reason }})
	for _, m := range []Modal{NewPalette(look, c), NewHelp(look, c)} {
		m.SetSize(80, 24)
		for _, r := range "anlegen" {
			m.Update(keyOf(string(r)))
		}
		said := strings.Join(strings.Fields(strings.ReplaceAll(m.View(), "│", " ")), " ")
		require.Contains(t, said, reason)
		requireSize(t, m.View(), m.Room().W, m.Room().H)
	}
}

func TestTheHelpListsEveryKeyAndIsSearched(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	h := NewHelp(look, testCatalogue(look))
	h.SetSize(80, 24)
	for _, a := range testCatalogue(look).Actions() {
		require.Contains(t, h.View(), a.Title)
	}
	typed(h.Update, "strg")
	require.Contains(t, h.View(), "Befehle")
	require.NotContains(t, h.View(), "Woche planen")
	h.Update(keyOf("esc"))
	require.True(t, h.Done())
}

func TestTheTabsAlwaysFit(t *testing.T) {
	for _, profile := range []termenv.Profile{termenv.Ascii, termenv.TrueColor} {
		look := testLook(text.German, profile, ModeDark)
		picked := -1
		tabs := NewTabs(look, "Doppelpass", Tab{"1", "Signale"}, Tab{"2", "Gebiete"}, Tab{"3", "Kampagnen"}, Tab{"4", "Verlauf"})
		tabs.OnPick = func(i int) tea.Cmd { picked = i; return nil }
		tabs.SetRight("Di 24.11.2026 · KW 48", "24.11.")
		for active := range 4 {
			tabs.SetActive(active)
			for width := range 130 {
				tabs.SetSize(width, 1)
				requireSize(t, tabs.View(), width, 1)
				if width < 50 {
					continue
				}
				for i, name := range []string{"Signale", "Gebiete", "Kampagnen", "Verlauf"} {
					require.Contains(t, tabs.View(), name)
					before, _, _ := strings.Cut(ansi.Strip(tabs.View()), name)
					tabs.Update(click(ansi.StringWidth(before), 0))
					require.Equal(t, i, picked)
				}
			}
		}
	}
}

// Where a page's action has a key, the one everywhere that has it too stands in no footer.
func TestTheFooterNamesAKeyOnce(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	c := NewCatalogue(look)
	run := func() tea.Cmd { return nil }
	c.Set("page", Action{Name: "page.export", Keys: []string{"X"}, Title: "Woche exportieren", Short: "Woche", Priority: 20, Run: run})
	c.Set("app", Action{Name: "export", Keys: []string{"X"}, Title: "Exportieren", Priority: 10, Run: run},
		Action{Name: "help", Keys: []string{"?"}, Title: "Hilfe", Priority: 5, Run: run}, Action{Name: "quit", Keys: []string{"q"}, Title: "Ende", Priority: 1, Run: run})
	c.Front("page", "app")
	footer := NewFooter(look, c)
	footer.Keep("help", "quit")
	footer.SetSize(100, 1)
	require.Contains(t, footer.View(), "X Woche   ? Hilfe   q Ende")
	require.NotContains(t, footer.View(), "Exportieren")
}

// In a narrow window the way out gives way to what one is here for, the help never does.
func TestTheFooterRatherLeavesOutTheWayOutThanWhatOneIsHereFor(t *testing.T) {
	look := testLook(text.English, termenv.Ascii, ModeDark)
	c := NewCatalogue(look)
	run := func() tea.Cmd { return nil }
	c.Set("page", Action{Name: "accept", Keys: []string{"Y"}, Title: "accept", Priority: 79, Leading: true, Run: run},
		Action{Name: "decline", Keys: []string{"D"}, Title: "decline", Priority: 78, Leading: true, Run: run},
		Action{Name: "help", Keys: []string{"?"}, Title: "help", Priority: 5, Run: run}, Action{Name: "quit", Keys: []string{"q"}, Title: "quit", Priority: 1, Run: run})
	c.Front("page")
	footer := NewFooter(look, c)
	footer.Keep("help", "quit")
	footer.SetSize(40, 1)
	require.Contains(t, footer.View(), " Y accept  D decline  ? help  q quit")
	footer.SetSize(32, 1)
	require.Equal(t, "Y accept  D decline  ? help", strings.TrimSpace(footer.View()))
}

func TestAUnitStaysWithItsNumber(t *testing.T) {
	require.Equal(t, []string{"Auftrag über", "4.080 € mehr"}, Wrap("Auftrag über 4.080 € mehr", 18))
	require.Equal(t, []string{"zwischen 28 % und", "68 %"}, Wrap("zwischen 28 % und 68 %", 20))
}
