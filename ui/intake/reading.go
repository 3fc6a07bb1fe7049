package intake

// How a file is read, where the sniffing was wrong: encoding, delimiter, decimal
// sign, sheet.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
)

// usualEncodings are as many of the encodings as stand in a row.
const usualEncodings = 6

// reread is a file that was looked at again, with other options.
type reread struct{ old, now *file }

// chooseReading asks for what was found out.
func (p *Page) chooseReading() tea.Cmd {
	f, look := p.current(), p.s.Look
	if f == nil {
		return nil
	}
	choice := func(name, start string, options ...kit.Option) kit.Field {
		return kit.Field{Name: name, Label: "intake.reading." + name, Kind: kit.FieldChoice, Start: start,
			Options: append([]kit.Option{{Value: "", Label: "intake.reading.auto"}}, options...)}
	}
	var fields []kit.Field
	if f.open != nil && f.open.Detected().Format == exchange.XLSX {
		sheet := choice("sheet", f.options.Sheet)
		sheet.Options = nil
		for i, name := range f.open.Detected().Sheets {
			if i == 0 && f.options.Sheet == "" {
				sheet.Start = name
			}
			sheet.Options = append(sheet.Options, kit.Option{Value: name})
		}
		if len(sheet.Options) > 8 { // too many to stand in a row
			sheet.Kind = kit.FieldSearch
		}
		fields = append(fields, sheet)
	} else {
		var encodings []kit.Option
		for _, e := range exchange.Encodings()[:usualEncodings] {
			encodings = append(encodings, kit.Option{Value: string(e)})
		}
		delimiter := ""
		if f.options.Delimiter != 0 {
			delimiter = string(rune(f.options.Delimiter))
		}
		fields = append(fields,
			choice("encoding", string(f.options.Encoding), encodings...),
			choice("delimiter", delimiter, kit.Option{Value: ";"}, kit.Option{Value: ","}, kit.Option{Value: "\t", Label: "report.tab"}, kit.Option{Value: "|"}))
	}
	point := ""
	if f.options.Point != 0 {
		point = string(rune(f.options.Point))
	}
	fields = append(fields, choice("decimal", point, kit.Option{Value: ",", Label: "1.234,50"}, kit.Option{Value: ".", Label: "1,234.50"}))
	form := kit.NewForm(look, f.name(), fields...)
	form.SetSubmit("intake.reading.submit")
	dialog := kit.NewFormBox(look, form)
	form.OnCancel = func() tea.Cmd { dialog.Close(); return nil }
	form.OnSubmit = func(values kit.Values) tea.Cmd {
		dialog.Close()
		o := exchange.Options{Encoding: exchange.Encoding(values.Text("encoding")), Sheet: values.Text("sheet")}
		if s := values.Text("delimiter"); s != "" {
			o.Delimiter = s[0]
		}
		if s := values.Text("decimal"); s != "" {
			o.Point = s[0]
		}
		mapping := p.s.Store.Mapping
		return func() tea.Msg { return reread{f, lookAgain(f.path, o, mapping)} }
	}
	return p.s.Shell.Show(dialog)
}

// inDoubt reports that the special letters of the file under the cursor can be read
// in several ways.
func (p *Page) inDoubt() bool {
	f := p.current()
	return f != nil && f.open != nil && len(f.open.Detected().Doubt) > 1
}

// chooseLetters asks in which encoding the file's special letters make the words they
// should.
func (p *Page) chooseLetters() tea.Cmd {
	f, look := p.current(), p.s.Look
	var options []kit.Option
	for _, reading := range f.open.Detected().Doubt {
		options = append(options, kit.Option{Value: string(reading.Encoding), Label: kit.Clean(reading.JoinCells()), Detail: string(reading.Encoding)})
	}
	return p.s.Shell.Show(kit.Choose(look, f.name(), look.T("intake.letters.ask"), options, func(value string) tea.Cmd {
		o := f.options
		o.Encoding = exchange.Encoding(value)
		mapping := p.s.Store.Mapping
		return func() tea.Msg { return reread{f, lookAgain(f.path, o, mapping)} }
	}))
}

// replace puts the file that was read again in the place of the old one.
func (p *Page) replace(msg reread) {
	for i, f := range p.files {
		if f == msg.old {
			f.close()
			p.files[i] = msg.now
			p.list.Refresh()
			p.list.Select(msg.now.id())
			p.columns.Refresh()
			return
		}
	}
	msg.now.close() // it was left out meanwhile
}
