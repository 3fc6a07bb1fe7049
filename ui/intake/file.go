package intake

// One file under review: what it was taken for, and what a person said about it.

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// file is a file that was looked at, or one sheet of a workbook.
type file struct {
	path    string
	options exchange.Options
	open    *exchange.File
	mapping exchange.Mapping
	dates   []exchange.DateReading
	err     error // why it cannot be read as it is
}

// mapper finds out what a file is; what a person said of a file with the same
// header before still holds.
type mapper func(*exchange.File) (exchange.Mapping, error)

// look opens the tables of a path.
func look(path string, mapping mapper) (files []*file) {
	opened, err := exchange.OpenAll(path, exchange.Options{})
	if err != nil {
		return []*file{{path: path, err: err}}
	}
	for _, f := range opened {
		files = append(files, judged(&file{path: path, open: f}, mapping))
	}
	return files
}

// lookAgain opens one table with what a person says about it.
func lookAgain(path string, o exchange.Options, mapping mapper) *file {
	f := &file{path: path, options: o}
	if f.open, f.err = exchange.Open(path, o); f.err != nil {
		return f
	}
	return judged(f, mapping)
}

func judged(f *file, mapping mapper) *file {
	f.mapping, f.err = mapping(f.open)
	f.readDates()
	f.doubtLetters()
	return f
}

// doubtLetters asks where the encoding is in doubt, once nothing else is open.
func (f *file) doubtLetters() {
	if doubt := f.open.Detected().Doubt; f.err == nil && len(doubt) > 1 {
		f.err = &exchange.FileError{Path: f.path, Reason: exchange.ReasonEncodingDoubtful,
			Args: []string{string(doubt[0].Encoding), doubt[0].JoinCells(), string(doubt[1].Encoding), doubt[1].JoinCells()}}
	}
}

// sheet is the sheet that is read of a workbook with several, "" otherwise.
func (f *file) sheet() string {
	if f.open == nil || len(f.open.Detected().Sheets) < 2 {
		return ""
	}
	return f.open.Detected().Sheet
}

func (f *file) id() string { return f.path + "\x00" + f.sheet() }

// name is the file as it is listed.
func (f *file) name() string {
	name := words.FileName(f.path)
	if sheet := f.sheet(); sheet != "" {
		name += " (" + sheet + ")"
	}
	return name
}

func (f *file) readDates() {
	if f.err != nil {
		return
	}
	f.dates, f.err = f.open.Dates(f.mapping)
}

func (f *file) close() {
	if f.open != nil {
		_ = f.open.Close()
	}
}

// reconsider judges the mapping anew after a person changed it.
func (f *file) reconsider() {
	f.err, f.dates = nil, nil
	if f.mapping.Target("date") >= 0 {
		f.mapping.Day = 0
	}
	if f.err = f.open.Ask(f.mapping); f.err != nil {
		return
	}
	f.readDates()
	f.doubtLetters()
}

// words says what the command line says, of keys instead of flags.
func (p *Page) words() words.Import {
	return words.Import{Printer: p.s.Look.Text, App: true, Refused: func(table model.Table) bool { return p.refused(table) != nil }}
}

func (p *Page) errorText(err error) string {
	if sentence, ok := p.words().Error(err); ok {
		return sentence
	}
	return p.s.ErrorText(err)
}

func (p *Page) fileRow(i int) kit.Row {
	f := p.files[i]
	look := p.s.Look
	state := kit.Cell{Text: "✓ " + look.T("intake.ready"), Role: kit.Good}
	switch {
	case f.err != nil:
		state = kit.Cell{Text: "○ " + look.T("intake.question"), Role: kit.Late}
	case p.refused(f.mapping.Table) != nil:
		state = kit.Cell{Text: "✕ " + look.T(p.tableDetail(f.mapping.Table)), Role: kit.Late}
	case f.mapping.Recalled:
		state.Text = "✓ " + look.T("intake.remembered")
	case f.mapping.System != "":
		state.Text = "✓ " + look.T("intake.from", text.Args{"System": f.mapping.System})
	}
	table := kit.Cell{Text: "–", Role: kit.Dim}
	if f.mapping.Table != "" {
		table = kit.Cell{Text: look.T("table." + string(f.mapping.Table))}
	}
	return kit.Row{Cells: []kit.Cell{{Text: f.name()}, table, state}}
}

func (p *Page) columnRow(i int) kit.Row {
	f, look := p.current(), p.s.Look
	c := f.mapping.Columns[i]
	target := kit.Cell{Text: "–", Role: kit.Dim}
	if c.Column != "" {
		target = kit.Cell{Text: look.T("column." + c.Column), Role: kit.Strong}
	}
	example := ""
	for _, row := range f.open.Rows() {
		if i < len(row) && row[i] != "" {
			example = row[i]
			break
		}
	}
	how := kit.Cell{Text: look.T("intake.how." + howWord(c.How)), Role: kit.Dim}
	for _, d := range f.dates {
		if d.Header == c.Header && d.Day != 0 {
			how = kit.Cell{Text: p.words().Layout(d)}
		}
	}
	return kit.Row{Cells: []kit.Cell{{Text: c.Header}, target, {Text: example, Role: kit.Dim}, how}}
}

func howWord(h exchange.How) string {
	if h == exchange.HowUnknown {
		return "unknown"
	}
	return string(h)
}

// chooseTarget changes what the column under the cursor means.
func (p *Page) chooseTarget() tea.Cmd {
	f := p.current()
	i := p.columns.CursorIndex()
	if f == nil || i < 0 || i >= len(f.mapping.Columns) {
		return nil
	}
	if f.mapping.Table == "" { // what a column means depends on what the file is
		return p.chooseTable()
	}
	look := p.s.Look
	options := []kit.Option{{Value: "", Label: look.T("intake.keepout")}}
	for _, c := range exchange.Columns(f.mapping.Table) {
		var details []string
		if c.Required {
			details = append(details, look.T("intake.required"))
		}
		if at := f.mapping.Target(c.Name); at >= 0 && at != i {
			details = append(details, f.mapping.Columns[at].Header)
		}
		options = append(options, kit.Option{Value: c.Name, Label: "column." + c.Name, Detail: strings.Join(details, " · ")})
	}
	return p.s.Shell.Show(kit.Choose(look, f.mapping.Columns[i].Header, look.T("intake.means"), options, func(value string) tea.Cmd {
		f.mapping.Columns = slices.Clone(f.mapping.Columns)
		for k := range f.mapping.Columns { // a column of the table is filled from one place
			if value != "" && f.mapping.Columns[k].Column == value {
				f.mapping.Columns[k].Column, f.mapping.Columns[k].How = "", exchange.HowSpare
			}
		}
		f.mapping.Columns[i].Column, f.mapping.Columns[i].How = value, exchange.HowChosen
		f.reconsider()
		p.list.Refresh()
		p.columns.Refresh()
		return nil
	}))
}

// chooseTable changes what the file is.
func (p *Page) chooseTable() tea.Cmd {
	f, look := p.current(), p.s.Look
	if f == nil || f.open == nil {
		return nil
	}
	var options []kit.Option
	for _, t := range model.Tables {
		options = append(options, kit.Option{Value: string(t), Label: "table." + string(t), Detail: p.tableDetail(t)})
	}
	return p.s.Shell.Show(kit.Choose(look, f.name(), look.T("intake.isa"), options, func(value string) tea.Cmd {
		f.mapping, f.err = f.open.MappingAs(model.Table(value))
		f.readDates()
		p.list.Refresh()
		p.columns.Refresh()
		return nil
	}))
}

// chooseDates says how the file writes days.
func (p *Page) chooseDates() tea.Cmd {
	f, look := p.current(), p.s.Look
	if f == nil || f.open == nil {
		return nil
	}
	if t := f.mapping.Table; (t == model.TableVisits || t == model.TableCalls) && f.mapping.Target("date") < 0 {
		return p.chooseDay(f)
	}
	var options []kit.Option
	for _, order := range []exchange.DateOrder{exchange.OrderUnknown, exchange.DayFirst, exchange.MonthFirst, exchange.YearFirst} {
		name := string(order)
		if name == "" {
			name = "auto"
		}
		options = append(options, kit.Option{Value: string(order), Label: "intake.order." + name})
	}
	return p.s.Shell.Show(kit.Choose(look, look.T("intake.dates"), look.T("intake.dates.ask"), options, func(value string) tea.Cmd {
		f.mapping.Columns = slices.Clone(f.mapping.Columns)
		for i := range f.mapping.Columns {
			f.mapping.Columns[i].Dates = exchange.DateOrder(value)
		}
		f.reconsider()
		p.list.Refresh()
		p.columns.Refresh()
		return nil
	}))
}

// chooseDay asks for the day of all rows of a file that has no column for it; that on
// which the file was saved is offered.
func (p *Page) chooseDay(f *file) tea.Cmd {
	look := p.s.Look
	saved := f.open.Detected().Saved
	day := kit.Field{Name: "day", Label: "intake.day", Kind: kit.FieldDay, Required: true, Today: p.s.Today, Toward: text.Back,
		Hint: look.T("intake.day.hint", text.Args{"Day": look.Text.Date(saved)}),
		Check: func(value any) string {
			if on, _ := value.(model.Date); on > p.s.Today {
				return look.T("ready.last.future")
			}
			return ""
		}}
	if f.mapping.Day != 0 {
		day.Start = f.mapping.Day
	}
	form := kit.NewForm(look, f.name(), day)
	form.SetSubmit("intake.day.take")
	dialog := kit.NewFormBox(look, form)
	form.OnCancel = func() tea.Cmd { dialog.Close(); return nil }
	form.OnSubmit = func(v kit.Values) tea.Cmd {
		dialog.Close()
		f.mapping.Day = v.Day("day")
		f.reconsider()
		p.list.Refresh()
		p.columns.Refresh()
		return nil
	}
	return p.s.Shell.Show(dialog)
}
