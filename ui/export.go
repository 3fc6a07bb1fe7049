package ui

// Taking along what the page in front shows: into a file, or as text to the
// clipboard.

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/paper"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
)

// exported is the outcome of writing a file.
type exported struct {
	path string
	err  error
	// replace writes all the same, where a file was there already.
	replace tea.Cmd
}

func (r *root) exporter() (session.Exporter, bool) {
	page, ok := r.page().(session.Exporter)
	if sometimes, is := page.(session.SometimesExporter); is && !sometimes.Exports() {
		return nil, false
	}
	return page, ok
}

func (r *root) exportAction() kit.Action {
	return kit.Action{Name: "shell.export", Keys: []string{"X"}, Title: "shell.export", Short: "shell.export.short",
		Group: "shell.group.everywhere", Priority: 3, Run: r.export,
		Enabled: func() (bool, string) {
			if ok, reason := r.session.HasFiles(); !ok {
				return false, reason
			}
			_, document := r.documenter()
			_, ok := r.exporter()
			return ok || document, r.session.Look.T("shell.export.nothing")
		}}
}

// export asks where to and writes the file.
func (r *root) export() tea.Cmd {
	if page, ok := r.documenter(); ok {
		return r.exportDocument(page)
	}
	page, ok := r.exporter()
	if !ok {
		return nil
	}
	look := r.session.Look
	sheet, name := page.Sheet()
	// The rows read the Book, which may change once this frame is over: they are made
	// here, before another goroutine writes them.
	sheet.Rows = slices.Values(slices.Collect(sheet.Rows))
	start := name + ".xlsx"
	if home, err := os.UserHomeDir(); err == nil {
		start = filepath.Join(home, start)
	}
	fields := []kit.Field{{
		Name: "path", Label: "shell.export.path", Hint: "shell.export.hint", Kind: kit.FieldText, Required: true, Start: start, Width: 52,
		Check: func(value any) string {
			if _, ok := formatOf(value.(string)); !ok {
				return look.T("shell.export.format")
			}
			return ""
		},
	}}
	dated, ask := page.(session.PeriodExporter)
	if ask {
		var first, last model.Date
		if first, last, ask = dated.Period(); ask {
			day := func(name string, start model.Date) kit.Field {
				f := kit.Field{Name: name, Label: "shell.export." + name, Hint: "shell.export." + name + ".hint", Kind: kit.FieldDay, Today: r.session.Today, Toward: text.Back}
				if start != 0 {
					f.Start = start
				}
				return f
			}
			fields = append(fields, day("from", first), day("to", last))
		}
	}
	form := kit.NewForm(look, "shell.export", fields...)
	form.SetSubmit("shell.export.write")
	dialog := kit.NewFormBox(look, form)
	form.OnCancel = func() tea.Cmd { dialog.Close(); return nil }
	form.OnSubmit = func(values kit.Values) tea.Cmd {
		failed := func() error { return nil }
		if ask {
			first, last := values.Day("from"), values.Day("to")
			if last != 0 && first > last {
				form.Fail("to", look.T("shell.export.backward"))
				return nil
			}
			sheet, failed = dated.SheetOf(first, last)
		}
		dialog.Close()
		return writeSheet(r.session.Path(values.Text("path")), tables.Locale(look.Text.Language), sheet, failed, false)
	}
	return r.show(dialog)
}

func (r *root) documenter() (session.Documenter, bool) {
	page, ok := r.page().(session.Documenter)
	return page, ok && page.Documents()
}

// exportDocument asks where to and writes what the page is on paper.
func (r *root) exportDocument(page session.Documenter) tea.Cmd {
	look := r.session.Look
	document, name := page.Document()
	start := name + ".html"
	if home, err := os.UserHomeDir(); err == nil {
		start = filepath.Join(home, start)
	}
	writer := func(path string) func(io.Writer, paper.Page) error {
		return paper.Formats[strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")]
	}
	form := kit.NewForm(look, "shell.export", kit.Field{
		Name: "path", Label: "shell.export.path", Hint: "shell.export.document.hint", Kind: kit.FieldText, Required: true, Start: start, Width: 52,
		Check: func(value any) string {
			if writer(value.(string)) == nil {
				return look.T("shell.export.document.format")
			}
			return ""
		},
	})
	form.SetSubmit("shell.export.write")
	dialog := kit.NewFormBox(look, form)
	form.OnCancel = func() tea.Cmd { dialog.Close(); return nil }
	form.OnSubmit = func(values kit.Values) tea.Cmd {
		dialog.Close()
		path := values.Text("path")
		write := writer(path)
		return writeFile(r.session.Path(path), func(w io.Writer) error { return write(w, document) }, false)
	}
	return r.show(dialog)
}

// formatOf is the format of a file by its ending.
func formatOf(path string) (exchange.Format, bool) {
	switch f := exchange.Format(strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")); f {
	case exchange.CSV, exchange.XLSX, exchange.JSON:
		return f, true
	}
	return "", false
}

func writeSheet(path string, locale exchange.Locale, sheet exchange.Sheet, failed func() error, replace bool) tea.Cmd {
	format, _ := formatOf(path)
	return writeFile(path, func(w io.Writer) error { return errors.Join(exchange.Write(w, format, locale, sheet), failed()) }, replace)
}

// writeFile writes a file that is not there yet, or is to be replaced.
func writeFile(path string, write func(io.Writer) error, replace bool) tea.Cmd {
	return func() tea.Msg {
		if _, err := os.Stat(path); err == nil && !replace {
			return exported{path: path, replace: writeFile(path, write, true)}
		}
		return exported{path: path, err: exchange.WriteFile(path, write)}
	}
}

func (r *root) tellExported(msg exported) tea.Cmd {
	look := r.session.Look
	args := text.Args{"Path": msg.path, "Folder": filepath.Dir(msg.path)}
	switch {
	case msg.replace != nil:
		return r.show(kit.Confirm(look, look.T("shell.export"), look.T("shell.export.exists", args), func() tea.Cmd { return msg.replace }))
	case errors.Is(msg.err, fs.ErrNotExist):
		r.status.Fail(look.T("shell.export.nofolder", args))
	case errors.Is(msg.err, fs.ErrPermission):
		r.status.Fail(look.T("shell.export.forbidden", args))
	case msg.err != nil:
		r.status.Fail(r.session.ErrorText(msg.err))
	default:
		r.status.Say(look.T("shell.export.done", args))
	}
	return nil
}
