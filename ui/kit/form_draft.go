package kit

// What is typed into a form and not saved yet, kept for another session.

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// FormDraft is what stood in a form. Form tells which form on which record it was; Title is
// what it was called; Fields are the states of the fields by their names.
type FormDraft struct {
	Store  string            `json:"store,omitempty"` // the file whose form it was; "": not known
	Form   string            `json:"form"`
	Title  string            `json:"title"`
	Fields map[string]string `json:"fields"`
}

// identity tells a form on a record from any other, in any language: by its fields and
// what they began with, but for days and times, which begin with those of the moment.
func (f *Form) identity() string {
	hash := sha256.New()
	for _, s := range f.fields {
		hash.Write([]byte("\x00" + s.Name))
		if s.Kind != FieldDay && s.Kind != FieldClock {
			hash.Write([]byte("\x01" + strings.TrimPrefix(s.start, "="))) // a choice, named or not yet
		}
	}
	return hex.EncodeToString(hash.Sum(nil)[:12])
}

// Draft is what is typed into the form and would be lost; false for nothing.
func (s *FormBox) Draft() (FormDraft, bool) {
	if !s.Unsaved() {
		return FormDraft{}, false
	}
	d := FormDraft{Form: s.Form.identity(), Title: s.look.T(s.Form.title), Fields: map[string]string{}}
	for _, field := range s.Form.fields {
		if state := field.input.state(); state != field.start {
			d.Fields[field.Name] = state
		}
	}
	return d, true
}

// Restore puts a draft back into the form it was typed into; false if it was another one.
func (s *FormBox) Restore(d FormDraft) bool {
	if s.Form.Changed() || s.Form.identity() != d.Form {
		return false
	}
	for _, field := range s.Form.fields {
		if state, ok := d.Fields[field.Name]; ok {
			restore(field.input, state)
		}
	}
	return true
}

// restore brings an input to the state it was in.
func restore(in input, state string) {
	switch in := in.(type) {
	case *lineInput:
		in.editor.SetValue(state)
	case *numberInput:
		in.editor.SetValue(state)
	case *dayInput:
		in.editor.SetValue(state)
	case *clockInput:
		in.editor.SetValue(state)
	case *areaInput:
		in.area.setText(state)
	case *choiceInput:
		in.restore(state)
	case *yesNoInput:
		in.restore(state)
	case *searchInput:
		if value, chosen := strings.CutPrefix(state, "="); chosen {
			in.set(value)
		} else {
			in.editor.SetValue(state)
		}
	}
}

// restore is the counterpart of state.
func (in *choiceInput) restore(state string) {
	if len(state) != len(in.chosen) {
		return // there are other options now
	}
	for i := range in.chosen {
		in.chosen[i] = state[i] == '1'
	}
}
