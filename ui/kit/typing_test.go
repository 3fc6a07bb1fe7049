package kit

// The keys of a field are those a person knows from elsewhere, in every field.

import (
	"testing"

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
	a.wrapped = 20
	a.move(0)
	for range len(a.lines(a.wrapped)) - 1 {
		require.True(t, a.update(tea.KeyMsg{Type: tea.KeyDown}))
	}
	require.True(t, a.update(tea.KeyMsg{Type: tea.KeyDown}), "first to the end of the last line")
	require.Equal(t, len(a.clusters), a.at)
	require.False(t, a.update(tea.KeyMsg{Type: tea.KeyDown}), "then out of the note")
}
