// Package forms holds the forms of the records: each shows itself in front of the
// page, checks what is typed, applies it as one step of the history and tells so
// in the footer.
package forms

// What every form has in common: the box, the road to the store, and the
// questions before something would be lost.

import (
	"errors"
	"reflect"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// recordForm is the form of one record in front of the page.
type recordForm struct {
	*kit.FormBox
	s *session.Session
	// before is the record as the form took it up; nil for one that is new. On
	// saving, the store's record is held against it.
	before model.Record
	// request is what saving asks of the store; before says whether the record is new.
	request func(v kit.Values, before model.Record) (r store.Request, done string)
	// complete fills in, outside of Update, what has to be looked up; may be nil.
	complete func(*store.Request) error
	// changed is told when the person changed a field; may be nil.
	changed func(kit.Values) tea.Cmd
	// next runs once the record is saved and the form is gone; may be nil.
	next func() tea.Cmd
	// identity is the field to blame when the record is already there.
	identity string

	note    []kit.Span // a line under the title
	seen    kit.Values // as changed knows them
	touched bool
	busy    bool
	begun   model.Record // what it showed at first, and whether that is new; nil: see HalfTyped
	isNew   bool
}

// closed is sent when a form closed outside of a key, so that the root drops it.
type closed struct{}

// newForm is a form with a title in the person's language already.
func newForm(s *session.Session, title string, before model.Record, fields ...kit.Field) *recordForm {
	form := kit.NewForm(s.Look, title, fields...)
	f := &recordForm{FormBox: kit.NewFormBox(s.Look, form), s: s, before: before, identity: "code"}
	form.Writes = true
	form.OnSubmit = func(kit.Values) tea.Cmd { return f.save() }
	form.OnCancel = f.cancel
	form.OnChange = func(kit.Values) tea.Cmd { f.touched = true; return nil }
	f.seen = form.Values()
	return f
}

// Update hands keys to the form.
func (f *recordForm) Update(msg tea.Msg) tea.Cmd {
	cmd := f.FormBox.Update(msg)
	if f.Done() || f.busy {
		return cmd
	}
	return tea.Batch(cmd, f.notice())
}

// notice tells changed of new values, also of those that a key accepted without
// typing.
func (f *recordForm) notice() tea.Cmd {
	values := f.Form.Values()
	if f.changed == nil || reflect.DeepEqual(values, f.seen) {
		return nil
	}
	cmd := f.changed(values)
	f.seen = f.Form.Values()
	return cmd
}

// View draws the form with its note in the blank line under the title.
func (f *recordForm) View() string {
	view := f.FormBox.View()
	if len(f.note) == 0 {
		return view
	}
	const noteLine = 2 // after the frame's top and the title
	lines := strings.Split(view, "\n")
	if len(lines) > noteLine+1 {
		look, w := f.s.Look, f.Room().W
		side := look.Paint(kit.Faint, "│")
		lines[noteLine] = side + "  " + kit.Line(look, max(w-4, 0), f.note...) + side
	}
	return strings.Join(lines, "\n")
}

// cancel asks once before typed text is lost.
func (f *recordForm) cancel() tea.Cmd {
	if !f.touched || !f.Form.Changed() {
		f.Close()
		return nil
	}
	return AskDrop(f.s, f.Close)
}

// AskDrop asks before what was typed in a form is dropped.
func AskDrop(s *session.Session, drop func()) tea.Cmd {
	look := s.Look
	return s.Shell.Show(kit.NewDialog(look, look.T("forms.drop.title"), look.T("forms.drop.text"), 0,
		kit.Button{Title: "forms.drop.stay"},
		kit.Button{Title: "forms.drop.yes", Keys: []string{"y", "j"}, Run: func() tea.Cmd { drop(); return nil }}))
}

// save applies the form's record. What somebody else has changed since the form
// took it up stays; where both changed the same, the form asks.
func (f *recordForm) save() tea.Cmd {
	if f.busy {
		return nil
	}
	notice := f.notice() // of what saving itself accepted
	request, done := f.request(f.Form.Values(), f.before)
	return tea.Batch(notice, WithPlans(f.s, request, func(r store.Request) tea.Cmd { return f.apply(r, done) }))
}

func (f *recordForm) apply(request store.Request, done string) tea.Cmd {
	f.busy = true
	s, before := f.s, f.before
	actor, ruled := s.Actor, s.ByRule(request)
	return func() tea.Msg {
		if f.complete != nil {
			if err := f.complete(&request); err != nil {
				return session.Applied{Err: err, Then: f.saved}
			}
		}
		_, err := s.Store.Apply(actor, request)
		var conflict store.Conflict
		var missing store.NotFound
		switch {
		case errors.As(err, &conflict):
			return session.Applied{Then: func(error) tea.Cmd { return f.overtaken(&conflict) }}
		case before != nil && errors.As(err, &missing) && missing.Key == before.Key():
			return session.Applied{Then: func(error) tea.Cmd { return f.overtaken(nil) }}
		}
		if err != nil {
			return session.Applied{Err: err, Then: f.saved}
		}
		return ruled(session.Applied{Done: done, Then: f.saved})
	}
}

func (f *recordForm) saved(err error) tea.Cmd {
	f.busy = false
	var exists store.AlreadyExists
	switch {
	case errors.As(err, &exists):
		f.Form.Fail(f.identity, f.s.Look.T("forms.exists."+string(exists.Key.Table)))
		return nil
	case err != nil:
		return nil // told in the footer; what was typed stays
	}
	f.Close()
	drop := func() tea.Msg { return closed{} }
	if f.next == nil {
		return drop
	}
	return tea.Batch(drop, f.next())
}

// Editing is the record that the form changes; false for one that is new.
func (f *recordForm) Editing() (model.Key, bool) {
	if f.before == nil {
		return model.Key{}, false
	}
	return f.before.Key(), true
}

// overtaken asks what to do about a record of which somebody else has changed the
// same fields since the form took it up; nil: that is gone.
func (f *recordForm) overtaken(conflict *store.Conflict) tea.Cmd {
	f.busy = false
	look := f.s.Look
	title, sentence := look.T("forms.gone.title"), look.T("forms.gone.text")
	yes := "forms.gone.yes"
	var current model.Record
	if conflict != nil {
		current = conflict.Current
		title, yes = look.T("forms.stale.title"), "forms.stale.yes"
		sentence = look.T("forms.stale.text", text.Args{
			"Name": conflict.By, "Changes": words.Aside(look.Text, conflict.Key.Table, conflict.Aside),
		})
	}
	return f.s.Shell.Show(kit.NewDialog(look, title, sentence, 0,
		kit.Button{Title: "forms.stale.back"},
		kit.Button{Title: yes, Run: func() tea.Cmd {
			f.before = current
			return f.save()
		}}))
}

// show puts the form in front, unless the person may not make the edit.
func (f *recordForm) show(edit model.Edit) tea.Cmd {
	if reason := refusal(f.s, edit); reason != "" {
		f.s.Shell.Fail(reason)
		return nil
	}
	return f.s.Shell.Show(f)
}

// refusal says why the person may not make an edit, "" when they may.
func refusal(s *session.Session, edit model.Edit) string {
	switch {
	case s.Store.ReadOnly():
		return s.ErrorText(store.ErrReadOnly)
	default:
		return s.ErrorText(s.Actor.May(edit))
	}
}

// put is what the store is asked to do with a record: new, or in place of what was
// before.
func put(record, before model.Record) store.Put {
	p := store.Put{Record: record, Before: before, New: before == nil}
	if before != nil && before.Key() != record.Key() {
		key := before.Key()
		p.Replaces = &key
	}
	return p
}
