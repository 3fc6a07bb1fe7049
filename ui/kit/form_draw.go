package kit

// Drawing the form: labels, inputs and what stands beside them.

import "doppelpass/ui/text"

// noticeMost is how many lines a notice takes at most: what is asked below it is the
// form's matter.
const noticeMost = 4

func (f *Form) headLines() int { return len(f.head()) }

// head are the lines above the fields.
func (f *Form) head() (lines []string) {
	if f.title != "" {
		lines = []string{" " + f.look.Paint(Heading, Clean(f.look.T(f.title))), ""}
	}
	if len(f.notice) == 0 {
		return lines
	}
	var said []string
	for _, sentence := range f.notice {
		said = append(said, Paragraph(f.look, Late, sentence, max(f.width-2, 1))...)
	}
	for _, line := range said[:min(len(said), noticeMost)] {
		lines = append(lines, " "+line)
	}
	return append(lines, "")
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

// markFrom is the height from which a form that is longer than its room gives a line to
// saying what lies below.
const markFrom = 4

// View draws the form; when it is longer than its room, the part around the
// cursor, and how much lies below.
func (f *Form) View() string {
	head := f.head()
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
	marked := len(lines) > room && room >= markFrom
	if marked {
		room--
	}
	if to > f.top+room {
		f.top = to - room
	}
	f.top = max(min(f.top, from, len(lines)-1), 0)
	if len(lines)-f.top < room {
		f.top = max(len(lines)-room, 0)
	}
	end := min(f.top+room, len(lines))
	shown := append(head, lines[f.top:end]...)
	if marked {
		shown = append(shown, f.below(end, len(lines)))
	}
	return Block(shown, f.width, f.height)
}

// below says what the room does not show: the fields that do not end before the line
// end, else the button; nothing when all of the content's lines are seen.
func (f *Form) below(end, lines int) string {
	if end >= lines {
		return ""
	}
	hidden := 0
	for _, s := range f.fields {
		if s.line+s.h > end {
			hidden++
		}
	}
	more := Clean(f.look.T(f.submit))
	if hidden > 0 {
		more = f.look.Text.N("kit.form.below", hidden)
	}
	return Blank(f.inputColumn()-2) + f.look.Paint(Dim, "▾ "+more)
}

func (f *Form) button() string {
	role, glyph := Dim, "  "
	if f.focus >= len(f.fields) {
		role, glyph = Chosen, "▸ "
	}
	hint, hintRole := "kit.form.keys", Dim
	if f.submit != "kit.form.save" { // what it does stands on the button
		hint = "kit.form.keys.other"
	}
	if f.idle {
		hint, hintRole = "kit.form.idle", Late
	}
	return Blank(f.inputColumn()-2) + f.look.Paint(Strong, glyph) +
		f.look.Paint(role, " "+f.look.T(f.submit)+" ") + "  " +
		f.look.Paint(hintRole, f.look.T(hint, text.Args{"Submit": f.look.KeyLabel("ctrl+s"), "Cancel": f.look.KeyLabel("esc")}))
}

// drawField draws a field: label, input, what is wrong or helps beside it, and what is
// odd below.
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
	lines = f.beside(lines, s, focused, drawn, room)
	if s.Warn == nil || s.problem != "" {
		return lines
	}
	if warning := s.Warn(f.Values()); warning != "" {
		for _, part := range Wrap("○ "+warning, room) {
			lines = append(lines, Blank(column)+look.Paint(Late, part))
		}
	}
	return lines
}

// beside puts what stands beside a field beside it, or below where there is no room.
func (f *Form) beside(lines []string, s *slot, focused bool, drawn []string, room int) []string {
	look, column := f.look, f.inputColumn()
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
