package kit

// The keys of a field are those a person knows from elsewhere, in every field.

import (
	"strings"
	"testing"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"
	"github.com/stretchr/testify/require"

	"doppelpass/ui/text"
)

func TestEveryFieldHasTheKeysOfAField(t *testing.T) {
	look := testLook(text.German, termenv.TrueColor, ModeDark)
	alt := func(r rune) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: true} }
	key := func(kind tea.KeyType) tea.KeyMsg { return tea.KeyMsg{Type: kind} }
	type field struct {
		update func(tea.KeyMsg) bool
		set    func(string)
		value  func() string
	}
	line, note := NewEditor(look), newArea(look)
	for name, field := range map[string]field{
		"a line": {line.Update, line.SetValue, line.Value},
		"a note": {note.update, func(s string) { note.setText(s) }, note.text},
	} {
		for _, c := range []struct {
			what string
			keys []tea.KeyMsg
			want string
		}{
			{"AltGr characters arrive, alt or not", []tea.KeyMsg{alt('@'), alt('€'), alt('\\'), alt('{'), alt('['), alt(']'), alt('}'), alt('|'), alt('~')}, `zwei Wörter@€\{[]}|~`},
			{"the word before", []tea.KeyMsg{key(tea.KeyCtrlW)}, "zwei "},
			{"the word before, as on a Mac", []tea.KeyMsg{{Type: tea.KeyBackspace, Alt: true}}, "zwei "},
			{"to the beginning", []tea.KeyMsg{key(tea.KeyCtrlU)}, ""},
			{"to the end", []tea.KeyMsg{key(tea.KeyCtrlLeft), key(tea.KeyCtrlK)}, "zwei "},
			{"the letter under the cursor", []tea.KeyMsg{key(tea.KeyHome), key(tea.KeyCtrlD), key(tea.KeyDelete)}, "ei Wörter"},
			{"ctrl+h is backspace", []tea.KeyMsg{key(tea.KeyCtrlH)}, "zwei Wörte"},
			{"by words", []tea.KeyMsg{alt('b'), alt('b'), alt('d')}, " Wörter"},
			{"by words with arrows", []tea.KeyMsg{{Type: tea.KeyLeft, Alt: true}, key(tea.KeyBackspace)}, "zweiWörter"},
			{"undo takes a run of letters back at once", []tea.KeyMsg{key(tea.KeyCtrlW), {Type: tea.KeyRunes, Runes: []rune("a")}, {Type: tea.KeyRunes, Runes: []rune("b")}, key(tea.KeyCtrlUnderscore)}, "zwei "},
			{"and again what was deleted", []tea.KeyMsg{key(tea.KeyCtrlW), {Type: tea.KeyRunes, Runes: []rune("a")}, key(tea.KeyCtrlUnderscore), key(tea.KeyCtrlUnderscore)}, "zwei Wörter"},
		} {
			field.set("zwei Wörter")
			for _, k := range c.keys {
				require.True(t, field.update(k), "%s: %s", name, c.what)
			}
			require.Equal(t, c.want, field.value(), "%s: %s", name, c.what)
		}
	}
}

func TestDownInANoteStaysInTheNote(t *testing.T) {
	a := newArea(testLook(text.German, termenv.TrueColor, ModeDark))
	a.setText("eine Notiz, die sich über mehrere Zeilen zieht, weil sie länger ist als das Feld breit")
	a.view(20, 3, true)
	a.move(spot{})
	for range a.model.LineInfo().Height - 1 {
		require.True(t, a.update(tea.KeyMsg{Type: tea.KeyDown}))
		require.Contains(t, strings.Join(a.view(20, 3, true), ""), a.look.Theme.pens[Caret][Input].open, "the cursor is in sight")
	}
	require.True(t, a.update(tea.KeyMsg{Type: tea.KeyDown}), "first to the end of the last line")
	require.Equal(t, spot{0, utf8.RuneCountInString(a.text())}, a.here())
	require.False(t, a.update(tea.KeyMsg{Type: tea.KeyDown}), "then out of the note")
}

func TestANoteKeepsWholeCharactersAndItsLines(t *testing.T) {
	look := testLook(text.German, termenv.TrueColor, ModeDark)
	press := func(a *area, kinds ...tea.KeyType) {
		for _, kind := range kinds {
			a.update(tea.KeyMsg{Type: kind})
			a.view(20, 3, true)
		}
	}
	a := newArea(look)
	a.setText("neu\nJose\u0301")
	press(a, tea.KeyBackspace)
	require.Equal(t, "neu\nJos", a.text(), "the letter goes with its accent")
	press(a, tea.KeyHome, tea.KeyBackspace)
	require.Equal(t, "neuJos", a.text(), "at a line's beginning its break goes")
	press(a, tea.KeyCtrlUnderscore, tea.KeyEnd, tea.KeyUp, tea.KeyEnd, tea.KeyDelete)
	require.Equal(t, "neuJos", a.text(), "at its end, too")
	press(a, tea.KeyCtrlUnderscore)
	require.Equal(t, "neu\nJos", a.text())
	a.insert("\x1b[31mrot\r\nund\tblau")
	require.NotContains(t, a.text(), "\x1b")
	require.NotContains(t, a.text(), "\t")

	a.setText("   ")
	press(a, tea.KeyHome, tea.KeyCtrlLeft, tea.KeyCtrlW, tea.KeyCtrlRight, tea.KeyCtrlW)
	require.Empty(t, a.text(), "words are found among blanks alone")

	a.setText("eins zwei drei vier fünf sechs\nsieben")
	a.view(12, 4, true)
	a.click(5, 1)
	require.Equal(t, spot{0, len("eins zwei drei ")}, a.here(), "a click finds its letter in a wrapped line")
	a.click(40, 1)
	press(a, tea.KeyEnd)
	a.insert("X")
	require.Contains(t, a.text(), "vierX fünf", "the end is the wrapped line's")
	a.click(2, 3)
	require.Equal(t, spot{1, 2}, a.here())
}
