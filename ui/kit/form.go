package kit

// The form: labelled fields one below the other. Each is checked when it is left
// and says beside it what is wrong; what was typed is kept. This file is the
// form itself; what the fields are lies in field.go.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/ui/text"
)

// Form is a form. Make it with NewForm.
type Form struct {
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
	return f
}

// SetSubmit names the button that submits (message key); "Save" otherwise.
func (f *Form) SetSubmit(title string) { f.submit = title }

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
		if f.focus >= len(f.fields)-1 {
			return f.Submit()
		}
		f.step(1)
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

func (f *Form) headLines() int {
	if f.title == "" {
		return 0
	}
	return 2
}

// labelWidth is the room of the labels: the longest one, at most a third.
func (f *Form) labelWidth() int {
	w := 0
	for _, s := range f.fields {
		w = max(w, Width(f.look.T(s.Label))+2)
	}
	return min(w, max(f.width/3, 8))
}

// inputColumn is the cell the inputs begin at.
func (f *Form) inputColumn() int { return 2 + f.labelWidth() + 1 }

// contentHeight is the number of lines the form would like to have.
func (f *Form) contentHeight() int {
	lines := f.headLines() + 2
	for i, s := range f.fields {
		lines += len(f.drawField(s, i == f.focus))
	}
	return lines
}

// View draws the form; when it is longer than its room, the part around the
// cursor.
func (f *Form) View() string {
	var head []string
	if f.title != "" {
		head = []string{" " + f.look.Paint(Heading, Clean(f.look.T(f.title))), ""}
	}
	var lines []string
	from, to := 0, 0
	for i, s := range f.fields {
		drawn := f.drawField(s, i == f.focus)
		s.line, s.h = len(lines), len(drawn)
		if i == f.focus {
			from, to = len(lines), len(lines)+len(drawn)
		}
		lines = append(lines, drawn...)
	}
	if f.focus >= len(f.fields) {
		from, to = len(lines), len(lines)+2
	}
	lines = append(lines, "", f.button())
	room := max(f.height-len(head), 0)
	if to > f.top+room {
		f.top = to - room
	}
	f.top = max(min(f.top, from, len(lines)-1), 0)
	if len(lines)-f.top < room {
		f.top = max(len(lines)-room, 0)
	}
	shown := append(head, lines[f.top:min(f.top+room, len(lines))]...)
	return Block(shown, f.width, f.height)
}

func (f *Form) button() string {
	role, glyph := Dim, "  "
	if f.focus >= len(f.fields) {
		role, glyph = Chosen, "▸ "
	}
	return Blank(f.inputColumn()-2) + f.look.Paint(Strong, glyph) +
		f.look.Paint(role, " "+f.look.T(f.submit)+" ") + "  " +
		f.look.Paint(Dim, f.look.T("kit.form.keys", text.Args{"Submit": f.look.KeyLabel("ctrl+s"), "Cancel": f.look.KeyLabel("esc")}))
}

// drawField draws a field: label, input, and what is wrong or helps beside it, or
// below where there is no room.
func (f *Form) drawField(s *slot, focused bool) []string {
	look := f.look
	label := look.T(s.Label)
	if s.Required {
		label += " *"
	}
	role, glyph := Dim, "  "
	if focused {
		role, glyph = Heading, "▸ "
	}
	labelWidth := f.labelWidth()
	column := f.inputColumn()
	room := max(f.width-column-1, 1)
	width := min(s.input.width(), room)
	drawn := s.input.view(width, focused)
	lines := make([]string, len(drawn))
	for i, line := range drawn {
		if i == 0 {
			lines[i] = look.Paint(Strong, glyph) + look.Paint(role, Fit(label, labelWidth, AlignLeft)) + " " + line
		} else {
			lines[i] = Blank(column) + line
		}
	}
	side, sideRole := f.aside(s, focused)
	if side == "" {
		return lines
	}
	free := room - Width(drawn[0]) - 2
	at := column + Width(drawn[0]) + 2
	switch {
	case Width(side) <= free:
		lines[0] = FitLine(lines[0], at) + look.Paint(sideRole, side)
		return lines
	case len(drawn) == 1 && free >= 24:
		for i, part := range Wrap(side, free) {
			if i == 0 {
				lines[0] = FitLine(lines[0], at) + look.Paint(sideRole, part)
			} else {
				lines = append(lines, Blank(at)+look.Paint(sideRole, part))
			}
		}
		return lines
	}
	for _, part := range Wrap(side, room) {
		lines = append(lines, Blank(column)+look.Paint(sideRole, part))
	}
	return lines
}

// aside is what stands beside a field: the problem, else what was understood,
// else the hint while the cursor is there.
func (f *Form) aside(s *slot, focused bool) (string, Role) {
	if s.problem != "" {
		return "! " + s.problem, Error
	}
	if understood := s.input.understood(); understood != "" {
		return understood, Dim
	}
	if focused && s.Hint != "" {
		return f.look.T(s.Hint), Dim
	}
	return "", Dim
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
