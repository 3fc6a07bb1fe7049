package kit

// Text being typed: what every field that takes text has in common. It moves and
// deletes by what a person sees as one character (grapheme clusters), and knows the
// keys that fields have everywhere.

import (
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
)

// typing is text with a cursor, and what it was before.
type typing struct {
	clusters []string
	at       int // cursor: before this cluster
	past     []before
	run      bool // the latest change was a letter typed
}

// before is a state that can be gone back to.
type before struct {
	clusters []string
	at       int
}

// pastLimit bounds how many states are kept.
const pastLimit = 200

// value is the text.
func (t *typing) value() string { return strings.Join(t.clusters, "") }

// set replaces the text and puts the cursor behind it.
func (t *typing) set(s string) {
	t.clusters = t.split(s)
	t.at, t.past, t.run = len(t.clusters), nil, false
}

// split cleans text and takes it apart.
func (t *typing) split(s string) []string { return clustersOf(Clean(s)) }

// keep notes the present state before a change. Letters typed in a run are one
// change.
func (t *typing) keep(letter bool) {
	if letter && t.run && len(t.past) > 0 {
		return
	}
	t.run = letter
	t.past = append(t.past, before{append([]string(nil), t.clusters...), t.at})
	t.past = t.past[max(len(t.past)-pastLimit, 0):]
}

// back undoes the latest change in the field.
func (t *typing) back() {
	last := len(t.past) - 1
	if last < 0 {
		return
	}
	t.clusters, t.at, t.past, t.run = t.past[last].clusters, t.past[last].at, t.past[:last], false
}

// insert puts text at the cursor, as if typed.
func (t *typing) insert(s string) {
	t.keep(len([]rune(s)) == 1 && s != " ")
	head := append(append([]string(nil), t.clusters[:t.at]...), t.split(s)...)
	rest := t.clusters[t.at:]
	// A mark that follows its letter joins it.
	joined := t.rejoin(head)
	t.at = len(joined)
	t.clusters = t.rejoin(append(joined, rest...))
	t.at = min(t.at, len(t.clusters))
}

// rejoin finds the clusters of text anew, since neighbours may have become one.
func (t *typing) rejoin(clusters []string) []string { return t.split(strings.Join(clusters, "")) }

// deleteTo deletes between the cursor and another place.
func (t *typing) deleteTo(to int) {
	from := t.at
	if to < from {
		from, to = to, from
	}
	if from == to {
		return
	}
	t.keep(false)
	t.clusters = t.rejoin(append(append([]string(nil), t.clusters[:from]...), t.clusters[to:]...))
	t.at = min(from, len(t.clusters))
}

// move puts the cursor elsewhere; letters typed there are a change of their own.
func (t *typing) move(to int) { t.at, t.run = min(max(to, 0), len(t.clusters)), false }

func (t *typing) blankAt(i int) bool {
	return strings.IndexFunc(t.clusters[i], unicode.IsSpace) == 0
}

func (t *typing) wordLeft() int {
	i := t.at
	for i > 0 && t.blankAt(i-1) {
		i--
	}
	for i > 0 && !t.blankAt(i-1) {
		i--
	}
	return i
}

func (t *typing) wordRight() int {
	i := t.at
	for i < len(t.clusters) && t.blankAt(i) {
		i++
	}
	for i < len(t.clusters) && !t.blankAt(i) {
		i++
	}
	return i
}

// key answers the keys that every field has, and reports whether it was one.
func (t *typing) key(key tea.KeyMsg) bool {
	switch key.Type {
	case tea.KeyRunes, tea.KeySpace:
		if key.Alt && t.wordKey(key.String()) {
			return true
		}
		if key.Alt && !madeWithAlt(key.Runes) {
			return false
		}
		t.insert(string(key.Runes))
	case tea.KeyBackspace, tea.KeyCtrlH:
		if key.Alt {
			t.deleteTo(t.wordLeft())
		} else {
			t.deleteTo(max(t.at-1, 0))
		}
	case tea.KeyDelete, tea.KeyCtrlD:
		if key.Alt {
			t.deleteTo(t.wordRight())
		} else {
			t.deleteTo(min(t.at+1, len(t.clusters)))
		}
	case tea.KeyLeft, tea.KeyCtrlB:
		if key.Alt {
			t.move(t.wordLeft())
		} else {
			t.move(t.at - 1)
		}
	case tea.KeyRight, tea.KeyCtrlF:
		if key.Alt {
			t.move(t.wordRight())
		} else {
			t.move(t.at + 1)
		}
	case tea.KeyHome, tea.KeyCtrlA, tea.KeyCtrlHome:
		t.move(0)
	case tea.KeyEnd, tea.KeyCtrlE, tea.KeyCtrlEnd:
		t.move(len(t.clusters))
	case tea.KeyCtrlLeft:
		t.move(t.wordLeft())
	case tea.KeyCtrlRight:
		t.move(t.wordRight())
	case tea.KeyCtrlU:
		t.deleteTo(0)
	case tea.KeyCtrlK:
		t.deleteTo(len(t.clusters))
	case tea.KeyCtrlW:
		t.deleteTo(t.wordLeft())
	case tea.KeyCtrlUnderscore:
		t.back()
	default:
		return false
	}
	return true
}

func (t *typing) wordKey(name string) bool {
	switch name {
	case "alt+b":
		t.move(t.wordLeft())
	case "alt+f":
		t.move(t.wordRight())
	case "alt+d":
		t.deleteTo(t.wordRight())
	default:
		return false
	}
	return true
}

// madeWithAlt reports characters that keyboards have only with AltGr or the option
// key (@ € \ { [ ] } | ~ and the like): some terminals pass alt on with them.
func madeWithAlt(runes []rune) bool {
	for _, r := range runes {
		if r <= ' ' || r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return false
		}
	}
	return len(runes) > 0
}
