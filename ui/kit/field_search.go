package kit

// The field for one of many known values: a few letters narrow the list below it.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/ui/text"
)

// searchShown is how many of the found options show.
const searchShown = 6

type searchInput struct {
	look   *Look
	field  Field
	editor *Editor
	find   func(typed string, limit int) []Option
	chosen *Option
	open   bool
	found  []Option
	cursor int  // in found; -1: none
	moved  bool // the cursor was put there
}

func newSearchInput(look *Look, f Field) *searchInput {
	in := &searchInput{look: look, field: f, editor: NewEditor(look), find: f.Find, cursor: -1}
	if in.find == nil {
		shown := make([]Option, len(f.Options))
		for i, o := range f.Options {
			shown[i] = Option{Value: o.Value, Label: o.label(look), Detail: o.Detail}
		}
		in.find = NewFinder(shown).Find
	}
	return in
}

func (in *searchInput) update(key tea.KeyMsg) bool {
	switch KeyName(key) {
	case "down":
		if !in.open && !in.blank() {
			return false
		}
		if !in.open { // it shows what there is; only what is gone to or taken with enter is chosen
			in.search()
			if len(in.found) == 0 {
				in.open = false
				return false
			}
			in.cursor = 0
			return true
		}
		if len(in.found) == 0 {
			return false
		}
		in.cursor, in.moved = min(in.cursor+1, len(in.found)-1), true
		return true
	case "up":
		if !in.open {
			return false
		}
		in.cursor--
		if in.cursor < 0 {
			in.open = false
		}
		return true
	case "enter":
		in.accept()
		return false
	}
	before := in.editor.Value()
	if !in.editor.Update(key) {
		return false
	}
	if in.editor.Value() != before {
		in.chosen = nil
		in.search()
	}
	return true
}

// search looks for what is typed; the first that is found is ready to be taken with
// enter. Where other text is allowed, leaving the field by another key keeps it.
func (in *searchInput) search() {
	in.found = in.find(in.editor.Value(), searchShown)
	in.open, in.cursor, in.moved = true, -1, false
	if len(in.found) > 0 && !in.blank() {
		in.cursor = 0
	}
}

// accept takes the option under the cursor.
func (in *searchInput) accept() {
	if in.open && in.cursor >= 0 && in.cursor < len(in.found) {
		in.choose(in.found[in.cursor])
	}
	in.open = false
}

func (in *searchInput) choose(o Option) {
	in.chosen = &o
	in.editor.SetValue(o.label(in.look))
}

func (in *searchInput) click(x, y int) {
	if y == 0 {
		in.editor.Click(x)
		return
	}
	if in.open && y-1 < len(in.found) {
		in.cursor = y - 1
		in.accept()
	}
}

func (in *searchInput) enter() {
	if !in.field.Adds {
		in.editor.Select()
	}
	in.editor.Continue(in.field.Parts)
}

func (in *searchInput) leave() {
	in.editor.whole, in.editor.parts = false, ""
	if in.open && !in.moved && in.blank() { // looked at, and nothing taken
		in.open = false
		return
	}
	if in.field.Free && !in.moved && in.open {
		in.open = false // one's own words, unless they are those of an offer
		for _, o := range in.found {
			if Fold(o.label(in.look)) == Fold(strings.TrimSpace(in.editor.Value())) {
				in.choose(o)
				break
			}
		}
		return
	}
	in.accept()
}

func (in *searchInput) width() int  { return widthOr(in.field.Width, 36) }
func (in *searchInput) blank() bool { return strings.TrimSpace(in.editor.Value()) == "" }

func (in *searchInput) view(width int, focused bool) []string {
	lines := []string{in.editor.View(width, focused)}
	if !focused || !in.open {
		return lines
	}
	theme := in.look.Theme
	for i, o := range in.found {
		ground, glyph := Plain, "  "
		if i == in.cursor {
			ground, glyph = Selected, "▸ "
		}
		var b strings.Builder
		cell := Cell{Spans: []Span{{Text: glyph + o.label(in.look)}, {Text: "  " + o.Detail, Role: Dim}}}
		theme.writeCell(&b, ground, cell, width, AlignLeft)
		lines = append(lines, b.String())
	}
	if len(in.found) > 0 && in.field.Free && !in.blank() {
		for _, line := range Wrap(in.look.T("kit.search.own"), max(width-2, 1)) {
			lines = append(lines, FitLine("  "+in.look.Paint(Dim, line), width))
		}
	}
	if len(in.found) == 0 && !in.field.Free {
		lines = append(lines, FitLine("  "+in.look.Paint(Dim, in.look.T("kit.search.none")), width))
	}
	return lines
}

func (in *searchInput) value() (any, string) {
	typed := strings.TrimSpace(in.editor.Value())
	if in.chosen != nil {
		return in.chosen.Value, ""
	}
	if in.field.Free {
		return typed, ""
	}
	return nil, in.look.T("kit.search.unknown", text.Args{"Input": typed})
}

func (in *searchInput) understood() string {
	if in.chosen == nil || in.open {
		return ""
	}
	return Clean(in.chosen.Detail)
}

func (in *searchInput) state() string {
	if in.chosen != nil {
		return "=" + in.chosen.Value
	}
	return in.editor.Value()
}

func (in *searchInput) take(state string) {
	if value, chosen := strings.CutPrefix(state, "="); chosen {
		in.set(value)
		return
	}
	in.set("")
	in.editor.SetValue(state)
}

func (in *searchInput) set(value any) {
	s, _ := value.(string)
	in.chosen, in.open = nil, false
	in.editor.SetValue(s)
	if s == "" {
		return
	}
	if in.field.Named != nil {
		if o, ok := in.field.Named(s); ok {
			in.choose(o)
		}
		return
	}
	for _, o := range in.field.Options {
		if o.Value == s {
			in.choose(o)
			return
		}
	}
}
