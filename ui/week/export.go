package week

// The week into a file: calendar, day sheets, map or route.

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/week"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// file is what an export is written into.
type file = io.Writer

// exported says what became of an export.
type exported struct {
	path string
	err  error
}

// formats are the kinds of export, with the ends of their names.
var formats = []struct{ name, extension string }{{"calendar", ".ics"}, {"sheet", ".html"}, {"map", ".geojson"}, {"gpx", ".gpx"}}

// toExport are the drafts in view.
func (p *Page) toExport() []*week.Draft {
	if p.month != nil {
		return p.month.drafts()
	}
	if p.team == nil {
		return []*week.Draft{p.draft()}
	}
	var drafts []*week.Draft
	for _, row := range p.team.rows {
		drafts = append(drafts, row.plan.draft)
	}
	return drafts
}

// chooseExport asks for the format, then for the file.
func (p *Page) chooseExport() tea.Cmd {
	look := p.s.Look
	var options []kit.Option
	if p.Exports() {
		options = append(options, kit.Option{Value: asTable, Label: look.T("week.export.table"), Detail: look.T("week.export.table.detail")})
	}
	for _, format := range formats {
		options = append(options, kit.Option{Value: format.name, Label: look.T("week.export." + format.name), Detail: look.T("week.export." + format.name + ".detail")})
	}
	if ok, reason := p.s.HasFiles(); !ok {
		p.s.Shell.Fail(reason)
		return nil
	}
	return p.s.Shell.Show(kit.Choose(look, look.T("week.action.export"), "", options, p.askPath))
}

// asTable is the choice of what the page shows as a table.
const asTable = "table"

func (p *Page) askPath(format string) tea.Cmd {
	if format == asTable {
		return p.s.Shell.Run("shell.export")
	}
	extension := ""
	for _, f := range formats {
		if f.name == format {
			extension = f.extension
		}
	}
	look := p.s.Look
	form := kit.NewForm(look, "week.export."+format, kit.Field{
		Name: "path", Label: "week.export.path", Hint: "week.export.hint", Kind: kit.FieldText, Required: true, Width: 56,
		Start: filepath.Join(exportFolder(), p.exportName()+extension),
	})
	form.SetSubmit("week.export.write")
	box := kit.NewFormBox(look, form)
	drafts, say := p.toExport(), p.say()
	form.OnSubmit = func(values kit.Values) tea.Cmd {
		path := p.s.Path(values.Text("path"))
		write := func() tea.Cmd { return p.export(format, path, drafts, say) }
		box.Close()
		if _, err := os.Stat(path); err == nil {
			return p.s.Shell.Show(kit.Confirm(look, look.T("week.export.replace"), look.T("week.export.there", text.Args{"Path": path}), write))
		}
		return write()
	}
	form.OnCancel = func() tea.Cmd { box.Close(); return nil }
	return p.s.Shell.Show(box)
}

// export writes the file beside the page.
func (p *Page) export(format, path string, drafts []*week.Draft, say words.Week) tea.Cmd {
	// The itineraries are made here: the Book may change once this frame is over.
	if format == "sheet" {
		needs, s := words.DaySheetNeeds(drafts...), p.s.Store
		return func() tea.Msg {
			last, err := store.LastVisits(s, needs)
			return sheetsReady{path, drafts, last, err}
		}
	}
	itineraries := make([]exchange.Itinerary, len(drafts))
	for i, d := range drafts {
		itineraries[i] = say.Itinerary(d)
	}
	zone := p.zone
	fill := func(f file) error {
		switch format {
		case "calendar":
			return exchange.WriteCalendar(f, time.Now(), zone, itineraries...)
		case "map":
			return exchange.WriteGeoJSON(f, itineraries...)
		}
		return exchange.WriteGPX(f, itineraries...)
	}
	write := p.write
	return func() tea.Msg { return exported{path, write(path, fill)} }
}

// sheetsReady brings the last visits for day sheets, which can then be written.
type sheetsReady struct {
	path   string
	drafts []*week.Draft
	last   map[string]model.Visit
	err    error
}

func (p *Page) writeSheets(m sheetsReady) tea.Cmd {
	var b strings.Builder
	if m.err == nil {
		m.err = p.say().WriteDaySheets(&b, m.last, p.s.Today, m.drafts...)
	}
	write := p.write
	return func() tea.Msg {
		if m.err != nil {
			return exported{m.path, m.err}
		}
		return exported{m.path, write(m.path, func(f file) error { _, err := io.WriteString(f, b.String()); return err })}
	}
}

func (p *Page) exported(msg exported) {
	if msg.err != nil {
		p.s.Shell.Fail(p.s.ErrorText(msg.err))
		return
	}
	p.s.Shell.Say(p.s.Look.T("week.exported", text.Args{"Path": msg.path}))
}

// exportName is the file's name without its end: "2026-W49 K. Sommer".
func (p *Page) exportName() string {
	monday, name := p.plan.key.monday, p.s.Book.RepName(p.plan.key.rep)
	if p.team != nil {
		monday, name = p.team.monday, p.teamName(p.team)
	}
	if p.month != nil {
		monday = p.month.monday
	}
	year, number := monday.ISOWeek()
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" .-_", r) {
			return r
		}
		return '-' // what a file's name may not hold somewhere
	}, name)
	return fmt.Sprintf("%d-W%02d %s", year, number, strings.Trim(name, " ."))
}

// exportFolder is where people look for what they made.
func exportFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return "."
	}
	if documents := filepath.Join(home, "Documents"); isFolder(documents) {
		return documents
	}
	return home
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
