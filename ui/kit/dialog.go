package kit

// Small questions: confirm, message, choose one of a few.

import (
	"slices"
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
)

// Button is an answer to a dialog.
type Button struct {
	Title string   // message key
	Keys  []string // that answer at once
	Run   func() tea.Cmd
}

// Dialog is a title, a plain sentence and answers. esc takes the last answer's
// place without running anything.
type Dialog struct {
	box
	title, text string
	buttons     []Button
	upright     bool // the answers stand one below the other, with details
	details     []string
	cursor      int
	typed       string // letters that find an answer among many
	rooms       []Rect // of the answers within the box
	cancel      func() tea.Cmd
	givesWay    bool
}

// NewDialog asks for one of the buttons; the one at safe is under the cursor.
// Title and sentence are in the person's language already.
func NewDialog(look *Look, title, sentence string, safe int, buttons ...Button) *Dialog {
	return &Dialog{box: box{look: look}, title: title, text: sentence, buttons: buttons, cursor: safe}
}

// Confirm asks a yes/no question. y and j answer yes, n and esc no; "no" is under
// the cursor.
func Confirm(look *Look, title, sentence string, yes func() tea.Cmd) *Dialog {
	return NewDialog(look, title, sentence, 1,
		Button{Title: "kit.yes", Keys: []string{"y", "j", "Y", "J"}, Run: yes},
		Button{Title: "kit.no", Keys: []string{"n", "N"}})
}

// Ask asks before something is deleted, cancelled, deactivated or written for
// others. The sentence names number and thing, yes (message key) says what is done;
// "no" is under the cursor, so that enter, or the key that asked, pressed again or
// held down, changes nothing.
func Ask(look *Look, title, sentence, yes string, run func() tea.Cmd) *Dialog {
	return NewDialog(look, title, sentence, 1,
		Button{Title: yes, Keys: []string{"y", "j", "Y", "J"}, Run: run},
		Button{Title: "kit.cancel", Keys: []string{"n", "N"}})
}

// Message says something that has to be read.
func Message(look *Look, title, sentence string) *Dialog {
	return NewDialog(look, title, sentence, 0, Button{Title: "kit.ok", Keys: []string{"space"}})
}

// Choose asks for one of a few options, one below the other.
func Choose(look *Look, title, sentence string, options []Option, pick func(value string) tea.Cmd) *Dialog {
	d := NewDialog(look, title, sentence, 0)
	d.upright = true
	for _, o := range options {
		label := o.Label
		if label == "" {
			label = o.Value
		}
		d.buttons = append(d.buttons, Button{Title: label, Run: func() tea.Cmd { return pick(o.Value) }})
		d.details = append(d.details, o.Detail)
	}
	return d
}

// At puts the cursor on an answer.
func (d *Dialog) At(answer int) *Dialog {
	d.cursor = min(max(answer, 0), max(len(d.buttons)-1, 0))
	return d
}

// OnCancel runs when esc puts the dialog away.
func (d *Dialog) OnCancel(run func() tea.Cmd) *Dialog {
	d.cancel = run
	return d
}

// GivesWay has the question stand in nobody's way: any key that does not choose puts it
// away unanswered, and does what it does without the question (see GaveWay).
func (d *Dialog) GivesWay() *Dialog {
	d.givesWay = true
	return d
}

// choosing are the keys that move between answers or give one.
var choosing = []string{"left", "up", "shift+tab", "h", "k", "right", "down", "tab", "l", "j", "enter", "esc"}

// GaveWay puts a question away that gives way to a key, and reports whether it did.
func (d *Dialog) GaveWay(key tea.KeyMsg) bool {
	d.done = d.done || d.givesWay && !slices.Contains(choosing, KeyName(key))
	return d.givesWay && d.done
}

// Update answers keys and clicks.
func (d *Dialog) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return d.key(KeyName(msg))
	case tea.MouseMsg:
		if !Clicked(msg) {
			return nil
		}
		m := d.inner().Relative(msg)
		for i, room := range d.rooms {
			if room.Contains(m) {
				return d.answer(i)
			}
		}
	}
	return nil
}

func (d *Dialog) key(key string) tea.Cmd {
	for i, b := range d.buttons {
		if slices.Contains(b.Keys, key) {
			return d.answer(i)
		}
	}
	if d.typeAhead(key) {
		return nil
	}
	n := max(len(d.buttons), 1)
	switch key {
	case "left", "up", "shift+tab", "h", "k":
		d.cursor = (d.cursor - 1 + n) % n
	case "right", "down", "tab", "l", "j":
		d.cursor = (d.cursor + 1) % n
	case "enter":
		return d.answer(d.cursor)
	case "esc":
		d.done = true
		if d.cancel != nil {
			return d.cancel()
		}
	default:
		if d.upright && len(key) == 1 && key[0] >= '1' && int(key[0]-'1') < len(d.buttons) {
			return d.answer(int(key[0] - '1'))
		}
	}
	return nil
}

// longChoice is the number of options from which letters find one of them.
const longChoice = 7

// typeAhead goes to the option that begins with what was typed, in a choice of many.
func (d *Dialog) typeAhead(key string) bool {
	letter := []rune(key)
	if !d.upright || len(d.buttons) < longChoice || len(letter) != 1 || !unicode.IsLetter(letter[0]) {
		d.typed = ""
		return false
	}
	for _, typed := range [...]string{d.typed + key, key} { // what fits nothing begins anew
		for i, b := range d.buttons {
			if strings.HasPrefix(Fold(d.look.T(b.Title)).bare, Fold(typed).bare) {
				d.cursor, d.typed = i, typed
				return true
			}
		}
	}
	return true
}

func (d *Dialog) answer(i int) tea.Cmd {
	d.done = true
	if i >= len(d.buttons) || d.buttons[i].Run == nil {
		return nil
	}
	return d.buttons[i].Run()
}

// SetSize gives the dialog the screen's size.
func (d *Dialog) SetSize(width, height int) {
	d.box.SetSize(width, height)
	d.ask(min(width-4, 68), height)
	lines, _ := d.content()
	d.ask(min(width-4, 68), len(lines)+2)
}

// content is the lines within the frame and where the answers stand in them.
func (d *Dialog) content() (lines []string, rooms []Rect) {
	w := max(d.width-4, 1)
	lines = append(lines, "")
	if d.text != "" {
		lines = append(lines, Wrap(d.text, w)...)
		lines = append(lines, "")
	}
	if d.upright {
		return d.list(lines, w)
	}
	line, x := "", 0
	for i, b := range d.buttons {
		word := d.look.T(b.Title)
		if len(b.Keys) > 0 && b.Keys[0] != "space" {
			word += " (" + d.keysOf(b) + ")"
		}
		glyph, role := "  ", Dim
		if i == d.cursor {
			glyph, role = "▸ ", Chosen
		}
		bw := Width(word) + 4
		if x > 0 && x+bw > w {
			lines = append(lines, line)
			line, x = "", 0
		}
		line += d.look.Paint(Strong, glyph) + d.look.Paint(role, " "+word+" ") + "  "
		rooms = append(rooms, Rect{X: x, Y: len(lines), W: bw, H: 1})
		x += bw + 2
	}
	return append(lines, line, ""), rooms
}

// keysOf names a button's key; of y and j the one that the language's yes begins
// with.
func (d *Dialog) keysOf(b Button) string {
	yes := Fold(d.look.T("kit.yes")).bare
	for _, key := range b.Keys {
		if yes != "" && key == yes[:1] {
			return key
		}
	}
	return d.look.KeyLabel(b.Keys[0])
}

// list is the answers one below the other, with their details.
func (d *Dialog) list(lines []string, w int) ([]string, []Rect) {
	var rooms []Rect
	widest := 0
	for _, b := range d.buttons {
		widest = max(widest, Width(Clean(d.look.T(b.Title))))
	}
	widest = min(widest, w-2)
	for i, b := range d.buttons {
		glyph, role := "  ", Text
		if i == d.cursor {
			glyph, role = "▸ ", Strong
		}
		line := d.look.Paint(Strong, glyph) + d.look.Paint(role, Fit(d.look.T(b.Title), widest, AlignLeft))
		rooms = append(rooms, Rect{X: 0, Y: len(lines), W: w, H: 1})
		detail := ""
		if i < len(d.details) && d.details[i] != "" {
			detail = d.look.T(d.details[i])
		}
		room := w - 2 - widest - 3
		if detail != "" && room < Width(detail) && room < 30 {
			lines = append(lines, line)
			for _, part := range Wrap(detail, max(w-4, 1)) {
				lines = append(lines, "    "+d.look.Paint(Dim, part))
			}
			continue
		}
		for k, part := range Wrap(detail, max(room, 1)) {
			if k == 0 {
				lines = append(lines, line+"   "+d.look.Paint(Dim, part))
			} else {
				lines = append(lines, Blank(widest+5)+d.look.Paint(Dim, part))
			}
		}
	}
	return append(lines, ""), rooms
}

// View draws the dialog.
func (d *Dialog) View() string {
	var lines []string
	lines, d.rooms = d.content()
	return d.frame(d.title, lines)
}
