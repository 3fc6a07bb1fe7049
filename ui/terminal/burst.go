package terminal

// Bursts: letters that came together, told apart into what a person typed and what
// was pasted into a terminal that does not mark it.

import (
	tea "github.com/charmbracelet/bubbletea"
)

// Burst is what a key message holds when several letters came at once.
type Burst struct {
	Keys  []tea.KeyMsg // one by one
	Text  string       // all of it as text
	Typed bool         // each letter is a key; else it was pasted
}

// BurstOf reads a burst out of a key message; ok is false for a plain key and for
// text that the terminal itself marked as pasted.
func BurstOf(key tea.KeyMsg) (b Burst, ok bool) {
	runes := key.Runes
	switch {
	case key.Type != tea.KeyRunes || len(runes) < 2:
		return Burst{}, false
	case !key.Paste: // from a source that does not come through a Keyboard
		b.Typed = !key.Alt && (len(runes) <= typedAtOnce || allSame(runes))
		if key.Alt {
			return Burst{}, false
		}
	case runes[0] == typedMark || runes[0] == pastedMark:
		b.Typed = runes[0] == typedMark
		runes = runes[1:]
	default:
		return Burst{}, false
	}
	b.Text = string(runes)
	for _, r := range runes {
		b.Keys = append(b.Keys, keyOf(r))
	}
	return b, true
}

func allSame(runes []rune) bool {
	for _, r := range runes {
		if r != runes[0] {
			return false
		}
	}
	return true
}

// keyOf is the key of a character as Bubble Tea has it.
func keyOf(r rune) tea.KeyMsg {
	switch {
	case r == ' ':
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
	case r < ' ' || r == 0x7f:
		return tea.KeyMsg{Type: tea.KeyType(r)}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}}
}
