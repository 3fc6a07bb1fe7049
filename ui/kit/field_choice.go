package kit

// Fields where the few choices all show: one of them, some of them, yes or no.

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// choiceInput is one (● ○) or several of a few options in a row, flowing into
// further lines where they need more.
type choiceInput struct {
	look   *Look
	field  Field
	many   bool
	cursor int
	chosen []bool
	rooms  []Rect // of the options as drawn
}

func newChoiceInput(look *Look, f Field) *choiceInput {
	return &choiceInput{look: look, field: f, many: f.Kind == FieldMulti, chosen: make([]bool, len(f.Options))}
}

func (in *choiceInput) update(key tea.KeyMsg) bool {
	n := len(in.chosen)
	if n == 0 {
		return false
	}
	switch name := KeyName(key); name {
	case "left":
		in.goTo((in.cursor - 1 + n) % n)
	case "right":
		in.goTo((in.cursor + 1) % n)
	case "space":
		if in.many {
			in.chosen[in.cursor] = !in.chosen[in.cursor]
		} else if in.chosen[in.cursor] {
			in.goTo((in.cursor + 1) % n)
		} else {
			in.goTo(in.cursor)
		}
	case "backspace", "delete":
		clear(in.chosen)
	default:
		if key.Type != tea.KeyRunes || len(key.Runes) != 1 || key.Paste {
			return false
		}
		in.letter(Fold(name).bare)
	}
	return true
}

// goTo moves the cursor; where only one can be chosen, it chooses.
func (in *choiceInput) goTo(i int) {
	in.cursor = i
	if !in.many {
		clear(in.chosen)
		in.chosen[i] = true
	}
}

// letter goes to the next option that begins with the letter; among several
// choices it also turns it on or off.
func (in *choiceInput) letter(letter string) {
	n := len(in.chosen)
	first := in.cursor + 1
	if !slices.Contains(in.chosen, true) || in.many {
		first = in.cursor
	}
	for step := range n {
		i := (first + step) % n
		if strings.HasPrefix(Fold(in.field.Options[i].label(in.look)).bare, letter) {
			in.goTo(i)
			if in.many {
				in.chosen[i] = !in.chosen[i]
			}
			return
		}
	}
}

func (in *choiceInput) click(x, y int) {
	for i, room := range in.rooms {
		if y == room.Y && x >= room.X && x < room.X+room.W {
			in.goTo(i)
			if in.many {
				in.chosen[i] = !in.chosen[i]
			}
		}
	}
}

func (in *choiceInput) enter() {}
func (in *choiceInput) leave() {}

func (in *choiceInput) width() int {
	w := 0
	for _, o := range in.field.Options {
		w += Width(o.label(in.look)) + 4
	}
	return max(w, 4)
}

func (in *choiceInput) view(width int, focused bool) []string {
	theme := in.look.Theme
	in.rooms = in.rooms[:0]
	var lines []string
	var b strings.Builder
	x := 0
	for i, o := range in.field.Options {
		label := Truncate(o.label(in.look), max(width-3, 1))
		w := Width(label) + 2
		if x > 0 && x+w > width {
			lines = append(lines, FitLine(b.String(), width))
			b.Reset()
			x = 0
		}
		if x > 0 {
			b.WriteString("  ")
		}
		glyph := "○ "
		role, ground := Dim, Plain
		if in.chosen[i] {
			glyph, role = "● ", Text
		}
		if focused && i == in.cursor {
			ground = Selected
			if in.many {
				glyph = strings.TrimSuffix(glyph, " ") + "▸"
			}
		}
		theme.write(&b, ground, role, glyph+label)
		in.rooms = append(in.rooms, Rect{X: x, Y: len(lines), W: w, H: 1})
		x += w + 2
	}
	return append(lines, FitLine(b.String(), width))
}

func (in *choiceInput) blank() bool { return !slices.Contains(in.chosen, true) }

func (in *choiceInput) value() (any, string) {
	var values []string
	for i, chosen := range in.chosen {
		if chosen {
			values = append(values, in.field.Options[i].Value)
		}
	}
	if in.many {
		return values, ""
	}
	return values[0], ""
}

func (in *choiceInput) understood() string {
	if in.many {
		return ""
	}
	for i, chosen := range in.chosen {
		if chosen && in.field.Options[i].Detail != "" {
			return in.look.T(in.field.Options[i].Detail)
		}
	}
	return ""
}

func (in *choiceInput) state() string {
	var b strings.Builder
	for _, chosen := range in.chosen {
		if chosen {
			b.WriteByte('1')
		} else {
			b.WriteByte('0')
		}
	}
	return b.String()
}

func (in *choiceInput) take(state string) {
	for i := range min(len(state), len(in.chosen)) {
		if in.chosen[i] = state[i] == '1'; in.chosen[i] {
			in.cursor = i
		}
	}
}

func (in *choiceInput) set(value any) {
	clear(in.chosen)
	var values []string
	switch v := value.(type) {
	case string:
		values = []string{v}
	case []string:
		values = v
	}
	for i, o := range in.field.Options {
		if slices.Contains(values, o.Value) {
			in.chosen[i] = true
			in.cursor = i
		}
	}
}

// yesNoInput is a choice of two that is never empty.
type yesNoInput struct{ choiceInput }

func newYesNoInput(look *Look, f Field) *yesNoInput {
	f.Options = []Option{{Value: "yes", Label: "kit.yes"}, {Value: "no", Label: "kit.no"}}
	in := &yesNoInput{*newChoiceInput(look, f)}
	in.set(false)
	return in
}

func (in *yesNoInput) update(key tea.KeyMsg) bool {
	switch KeyName(key) {
	case "backspace", "delete":
		return true
	case "y", "Y", "j", "J":
		in.goTo(0)
		return true
	}
	return in.choiceInput.update(key)
}

func (in *yesNoInput) value() (any, string) { return in.chosen[0], "" }

func (in *yesNoInput) set(value any) {
	if yes, _ := value.(bool); yes {
		in.choiceInput.set("yes")
	} else {
		in.choiceInput.set("no")
	}
}
