package kit

// The form: labelled fields one below the other. Each is checked when it is left
// and says beside it what is wrong; what was typed is kept. This file is the
// form itself; what the fields are lies in field.go.

import (
	tea "github.com/charmbracelet/bubbletea"
)

// Form is a form. Make it with NewForm.
type Form struct {
	// Writes says that submitting writes data: a form that was only walked through
	// with enter, and in which nothing was typed, then waits for ctrl+s.
	Writes bool
	// OnSubmit gets the values once every field is right.
	OnSubmit func(Values) tea.Cmd
	// OnCancel answers esc; a form that Changed is worth a question first.
	OnCancel func() tea.Cmd
	// OnChange is told after every change of a field's text or choice.
	OnChange func(Values) tea.Cmd
	// Check looks at all values together before OnSubmit and names the field that
	// is wrong and why, in a sentence; "" for none.
	Check func(Values) (field, problem string)

	look          *Look
	title         string
	fields        []*slot
	focus         int
	top           int
	width, height int
	submit        string
	idle          bool // enter came to the button with nothing typed
	notice        []string
}

// slot is a field in a form: its input and what is wrong with it.
type slot struct {
	Field
	input   input
	problem string
	start   string // the input's state at the beginning, for Changed
	visited bool
	line, h int // where it was drawn last, in lines of the content
}

// NewForm is a form of fields; title is a message key or text, "" for none.
func NewForm(look *Look, title string, fields ...Field) *Form {
	f := &Form{look: look, title: title, submit: "kit.form.save"}
	for _, field := range fields {
		s := &slot{Field: field, input: newInput(look, field)}
		s.start = s.input.state()
		f.fields = append(f.fields, s)
	}
	f.focusFirst()
	if len(f.fields) > 0 {
		f.fields[f.focus].input.enter()
	}
	return f
}

// SetTitle gives the form another title: a message key or text.
func (f *Form) SetTitle(title string) { f.title = title }

// SetSubmit names the button that submits (message key); "Save" otherwise.
func (f *Form) SetSubmit(title string) { f.submit = title }

// SetNotice says what should be known before the form is submitted: sentences below the
// title; none takes them away.
func (f *Form) SetNotice(sentences ...string) { f.notice = sentences }

// SetSize gives the form its room.
func (f *Form) SetSize(width, height int) { f.width, f.height = max(width, 0), max(height, 0) }

// focusFirst starts on the first field, or the first required empty one.
func (f *Form) focusFirst() {
	for i, s := range f.fields {
		if s.Required && s.input.blank() {
			f.focus = i
			return
		}
	}
}

// Focused is the name of the field under the cursor, "" on the button.
func (f *Form) Focused() string {
	if f.focus >= len(f.fields) {
		return ""
	}
	return f.fields[f.focus].Name
}

// FocusField puts the cursor on a field.
func (f *Form) FocusField(name string) {
	for i, s := range f.fields {
		if s.Name == name {
			f.leave()
			f.focus = i
			if s.input.state() == s.start { // what is half typed is typed on
				s.input.enter()
			}
		}
	}
}

// Changed reports that a field is no longer as the form began.
func (f *Form) Changed() bool {
	for _, s := range f.fields {
		if s.input.state() != s.start {
			return true
		}
	}
	return false
}

// Set gives a field another value, as if chosen by hand.
func (f *Form) Set(name string, value any) {
	for _, s := range f.fields {
		if s.Name == name {
			s.Start = value
			s.input.set(value)
			s.problem = ""
		}
	}
}

// Typed is what was typed or chosen since the form began, by field, as TakeUp takes it.
func (f *Form) Typed() map[string]string {
	typed := map[string]string{}
	for _, s := range f.fields {
		if state := s.input.state(); state != s.start {
			typed[s.Name] = state
		}
	}
	return typed
}

// TakeUp fills in what was typed in a form like this one.
func (f *Form) TakeUp(typed map[string]string) {
	for _, s := range f.fields {
		if state, ok := typed[s.Name]; ok {
			s.input.take(state)
			s.problem = ""
		}
	}
}

// Values are the values as they stand; fields that are wrong are missing.
func (f *Form) Values() Values {
	values := Values{}
	for _, s := range f.fields {
		if value, problem := s.check(f.look); problem == "" && value != nil {
			values[s.Name] = value
		}
	}
	return values
}

// Fail shows a problem beside a field, for what only the owner can know (the
// code is taken), and puts the cursor there.
func (f *Form) Fail(name, problem string) {
	for i, s := range f.fields {
		if s.Name == name {
			s.problem, f.focus = problem, i
		}
	}
}

// Capturing: a form takes every key.
func (f *Form) Capturing() bool { return true }

// check is the field's value, or what is wrong with it.
func (s *slot) check(look *Look) (any, string) {
	if s.input.blank() {
		if s.Required {
			return nil, look.T("kit.form.required")
		}
		return nil, ""
	}
	value, problem := s.input.value()
	if problem == "" && s.Check != nil {
		problem = s.Check(value)
	}
	if problem != "" {
		return nil, problem
	}
	return value, ""
}

// leave checks the field under the cursor.
func (f *Form) leave() {
	if f.focus < len(f.fields) {
		s := f.fields[f.focus]
		s.visited = true
		s.input.leave()
		_, s.problem = s.check(f.look)
	}
}

// Submit checks every field, goes to the first that is wrong, and otherwise
// hands over the values.
func (f *Form) Submit() tea.Cmd {
	first := -1
	for i, s := range f.fields {
		s.visited = true
		s.input.leave()
		if _, s.problem = s.check(f.look); s.problem != "" && first < 0 {
			first = i
		}
	}
	if first >= 0 {
		f.focus = first
		return nil
	}
	values := f.Values()
	if f.Check != nil {
		if field, problem := f.Check(values); problem != "" {
			f.Fail(field, problem)
			return nil
		}
	}
	if f.OnSubmit == nil {
		return nil
	}
	return f.OnSubmit(values)
}

// Update answers keys and the mouse.
func (f *Form) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return f.key(msg)
	case tea.MouseMsg:
		return f.mouse(msg)
	}
	return nil
}

func (f *Form) key(key tea.KeyMsg) tea.Cmd {
	f.idle = false
	switch KeyName(key) {
	case "ctrl+s":
		return f.Submit()
	case "esc":
		if f.OnCancel == nil {
			return nil
		}
		return f.OnCancel()
	}
	if f.focus < len(f.fields) {
		s := f.fields[f.focus]
		before := s.input.state()
		if s.input.update(key) {
			return f.changed(s, before)
		}
	}
	switch KeyName(key) {
	case "tab", "down":
		f.step(1)
	case "shift+tab", "up":
		f.step(-1)
	case "enter":
		if f.focus < len(f.fields)-1 {
			f.step(1)
			return nil
		}
		if f.Writes && !f.Changed() {
			f.step(1)
			f.idle = true
			return nil
		}
		return f.Submit()
	case "pgdown":
		f.step(len(f.fields) - f.focus)
	case "pgup":
		f.step(-f.focus)
	}
	return nil
}

// changed looks again at a field that is already known to be wrong, so that the
// complaint goes as soon as the field is right.
func (f *Form) changed(s *slot, before string) tea.Cmd {
	if s.input.state() == before {
		return nil
	}
	if s.problem != "" {
		_, s.problem = s.check(f.look)
	}
	if f.OnChange == nil {
		return nil
	}
	return f.OnChange(f.Values())
}

// step goes to another field, or the button behind the last.
func (f *Form) step(by int) {
	f.leave()
	f.focus = min(max(f.focus+by, 0), len(f.fields))
	if f.focus < len(f.fields) {
		f.fields[f.focus].input.enter()
	}
}

func (f *Form) mouse(m tea.MouseMsg) tea.Cmd {
	if lines := Wheel(m); lines != 0 {
		f.step(lines / 3)
		return nil
	}
	if !Clicked(m) {
		return nil
	}
	line := m.Y - f.headLines() + f.top
	for i, s := range f.fields {
		if line < s.line || line >= s.line+s.h {
			continue
		}
		if f.focus != i {
			f.leave()
			f.focus = i
			s.input.enter()
		}
		before := s.input.state()
		s.input.click(m.X-f.inputColumn(), line-s.line)
		return f.changed(s, before)
	}
	if len(f.fields) > 0 {
		if last := f.fields[len(f.fields)-1]; line == last.line+last.h+1 && m.X >= f.inputColumn() {
			f.leave()
			f.focus = len(f.fields)
			return f.Submit()
		}
	}
	return nil
}

// ErrorCount is the number of fields known to be wrong.
func (f *Form) ErrorCount() int {
	count := 0
	for _, s := range f.fields {
		if s.problem != "" {
			count++
		}
	}
	return count
}
