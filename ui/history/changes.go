package history

// What the step under the cursor changed: record by record, field by field, what
// stood there before and what stands there after it.

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

const (
	// editsShown is how many records of a step show.
	editsShown = 100
	// wordy is how many records a step may have that came or went and are told with
	// all their fields.
	wordy = 3
)

// stepEdits is what a step changed, as far as it shows.
type stepEdits struct {
	step  uint64
	edits []model.Edit
}

// changes is the pane. Make it with newChanges.
type changes struct {
	s             *session.Session
	scroll        *kit.Scroll
	focused       bool
	width, height int

	entry *store.Entry
	asked string // the reading whose answer is awaited; "" for none
	read  stepEdits
	said  []words.RecordChange
	drawn drawing
}

// drawing is what the lines were made from.
type drawing struct {
	step              uint64
	width, generation int
	undone            bool
}

func newChanges(s *session.Session) *changes { return &changes{s: s, scroll: kit.NewScroll(s.Look)} }

func (c *changes) setSize(width, height int) { c.width, c.height = width, height }

// refresh says anew what is named by the Book and the language.
func (c *changes) refresh() {
	c.said = words.StepChanges(c.s.Look.Text, c.s.Book, c.read.edits)
	c.drawn = drawing{}
}

// show turns to a step; the command reads what it changed. One reading runs at a
// time: who runs through the list waits for one only.
func (c *changes) show(e *store.Entry) tea.Cmd {
	if e == nil || c.entry == nil || e.Step != c.entry.Step {
		c.scroll.Top()
	}
	c.entry = nil
	if e == nil {
		return nil
	}
	entry := *e
	c.entry = &entry
	if c.read.step == e.Step || c.asked != "" {
		return nil
	}
	c.asked = "changes " + strconv.FormatUint(e.Step, 10)
	s, step := c.s.Store, e.Step
	return session.Load(c.asked, func() (stepEdits, error) {
		edits, _, err := s.StepEdits(step, editsShown)
		return stepEdits{step, edits}, err
	})
}

// take takes what was read; where the cursor is elsewhere by now, the next show asks
// again.
func (c *changes) take(msg session.Loaded[stepEdits]) {
	if msg.For != c.asked {
		return
	}
	c.asked = ""
	if msg.Err != nil {
		c.s.Shell.Fail(c.s.ErrorText(msg.Err))
		if c.entry != nil { // asking again would fail again
			c.read = stepEdits{step: c.entry.Step}
		}
	} else {
		c.read = msg.Value
	}
	c.refresh()
}

// ready reports whether what the step changed has been read.
func (c *changes) ready() bool { return c.entry != nil && c.read.step == c.entry.Step }

func (c *changes) mouse(m tea.MouseMsg) tea.Cmd { return c.scroll.Update(m) }

// mostTurns is how many of the latest times that a step was taken back or made again are
// told above what it changed.
const mostTurns = 4

// view draws the pane below its head: what the step is and what can be done with it.
func (c *changes) view(head []kit.Span) string {
	look := c.s.Look
	if c.entry == nil {
		return kit.Block(nil, c.width, c.height)
	}
	room := max(c.width-2, 1)
	var lines []string
	for i, part := range head {
		role := part.Role
		if i == 0 && c.focused {
			role = kit.Heading
		}
		for _, line := range kit.Paragraph(look, role, part.Text, room) {
			lines = append(lines, " "+line)
		}
	}
	turns := words.Turns(look.Text, *c.entry, c.s.Today)
	for _, turn := range turns[max(len(turns)-mostTurns, 0):] {
		lines = append(lines, kit.Line(look, c.width, kit.Span{Text: " " + turn, Role: kit.Dim}))
	}
	if c.height > 12 {
		lines = append(lines, "")
	}
	c.scroll.SetSize(c.width, max(c.height-len(lines), 0))
	if now := (drawing{c.entry.Step, c.width, look.Generation(), c.entry.Undone}); c.ready() && now != c.drawn {
		c.drawn = now
		c.scroll.SetLines(c.lines(room))
	} else if !c.ready() {
		c.drawn = drawing{}
		c.scroll.SetLines(nil)
	}
	return kit.Block(append(lines, strings.Split(c.scroll.View(), "\n")...), c.width, c.height)
}

// lines are the records with their fields; of a long step the first some and how many
// more there are. Of a step that made the data
// nothing is kept.
func (c *changes) lines(room int) []string {
	look := c.s.Look
	var lines []string
	add := func(indent string, role kit.Role, sentence string) {
		for i, line := range kit.Wrap(sentence, max(room-len(indent), 1)) {
			if i > 0 {
				indent = kit.Blank(len(indent))
			}
			lines = append(lines, " "+indent+look.Paint(role, line))
		}
	}
	shown := c.said[:min(len(c.said), editsShown)]
	for _, r := range shown {
		add("", kit.Text, look.T("history.change."+r.Way, text.Args{"Record": r.Title}))
		if r.Way != "changed" && len(shown) > wordy {
			continue
		}
		for _, f := range r.Fields {
			add("    ", kit.Dim, words.FieldLine(look.Text, r, f))
		}
	}
	if total := count(c.entry.Tally); total > len(shown) && len(shown) > 0 {
		add("", kit.Dim, look.Text.N("history.change.more", total-len(shown)))
	}
	return lines
}

// count is how many records a step changed.
func count(tally map[model.Table]store.Tally) (total int) {
	for _, t := range tally {
		total += t.Added + t.Changed + t.Removed
	}
	return total
}

// plain is what shows, for the clipboard.
func (c *changes) plain() string {
	if !c.ready() {
		return ""
	}
	var b strings.Builder
	for _, r := range c.said {
		b.WriteString("\n" + r.Title)
		for _, f := range r.Fields {
			b.WriteString("\n\t" + f.Name + "\t" + f.Before + "\t" + f.After)
		}
	}
	return b.String()
}
