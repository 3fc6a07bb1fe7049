package find

// Notes of single visits and calls lie in the store alone: they are looked through beside
// the session, and join what was found at once.

import (
	"context"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

const (
	noteID     = "note "
	notesShown = 50
	// leastTyped is how many letters say enough to look through every note for.
	leastTyped = 3
	// typingEnds is how long nothing is typed before the notes are looked through.
	typingEnds = 100 * time.Millisecond
)

// notes are those that have what was typed.
type notes struct {
	sought string // what they were looked through for last
	found  bool   // and whether that is over
	latest []model.Record
	count  int
	err    error
	stop   context.CancelFunc
}

// of are the latest that were found for what is typed.
func (n *notes) of(typed string) []model.Record {
	if n.sought != typed {
		n.latest, n.count, n.err, n.found = nil, 0, nil, false
	}
	return n.latest
}

// reading reports whether they are still being looked through.
func (n *notes) reading(typed string) bool { return n.sought == typed && typed != "" && !n.found }

// said is what there is to say of them beside their rows.
func (n *notes) said(p *text.Printer, typed string) string {
	switch {
	case n.sought != typed:
		return ""
	case n.reading(typed):
		return p.T("find.notes.reading")
	case n.err != nil:
		return p.T("find.notes.failed")
	case n.count > len(n.latest):
		return p.T("find.notes.many", text.Args{"Count": p.Int(n.count), "Shown": p.Int(len(n.latest))})
	}
	return ""
}

// search looks the notes through a moment after the last letter, and calls again then.
func (n *notes) search(s *session.Session, again func()) func(typed string) tea.Cmd {
	return func(typed string) tea.Cmd {
		if n.stop != nil {
			n.stop()
			n.stop = nil
		}
		query := kit.NewQuery(typed)
		if len([]rune(strings.TrimSpace(typed))) < leastTyped || query.Empty() {
			n.sought = ""
			return nil
		}
		ctx, stop := context.WithCancel(s.Context())
		n.sought, n.found, n.stop = typed, false, stop
		again()
		return func() tea.Msg {
			defer stop()
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(typingEnds):
			}
			latest, count, err := s.Store.Notes(ctx, notesShown, func(note string) bool { return query.Contains(kit.Fold(note)) })
			if ctx.Err() != nil {
				return nil
			}
			return session.Applied{Then: func(error) tea.Cmd {
				if n.sought == typed {
					n.latest, n.count, n.err, n.found = latest, count, err, true
					again()
				}
				return nil
			}}
		}
	}
}

// noteRow is a visit or a call whose note was found: where, what and when, and the words.
func noteRow(s *session.Session, record model.Record, typed string) kit.Row {
	p, key := s.Look.Text, record.Key()
	role, kind, note := model.RoleSales, "find.kind.visit", ""
	switch record := record.(type) {
	case model.Visit:
		note = record.Note
	case model.Call:
		role, kind, note = model.RoleMarketing, "find.kind.call", record.Note
	}
	name := kit.Cell{Spans: []kit.Span{{Text: words.RoleGlyph(role) + " ", Role: kit.Dim}, {Text: s.AccountName(key.Code)}}}
	what := p.T(kind, text.Args{"Day": p.Date(key.Date)})
	return kit.Row{Cells: []kit.Cell{name, {Text: what, Role: kit.Dim}, {Text: around(note, typed), Role: kit.Dim}}}
}
