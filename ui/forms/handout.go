package forms

// Handing a call list out to a call centre: until when, to whom, into which file.

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/queue"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
)

// HandOut asks for what a call centre needs to know and writes the list of those among the
// accounts who may be called today. The list is kept first; where the file cannot be
// written, nothing has left.
func HandOut(s *session.Session, view *queue.View, accounts []string, campaign string) tea.Cmd {
	look := s.Look
	codes, _ := view.HandOut(accounts)
	if len(codes) == 0 {
		s.Shell.Fail(look.T("calllist.form.nobody"))
		return nil
	}
	list := model.OutList{Code: store.NewListCode(s.Today), Date: s.Today, By: s.Actor.Name, Campaign: campaign, Accounts: codes}
	start := list.Code + ".xlsx"
	if home, err := os.UserHomeDir(); err == nil {
		start = filepath.Join(home, start)
	}
	path := kit.Field{Name: "path", Label: "shell.export.path", Hint: "shell.export.hint", Kind: kit.FieldText, Required: true, Start: start, Width: 52,
		Check: func(value any) string {
			switch exchange.Format(strings.TrimPrefix(strings.ToLower(filepath.Ext(value.(string))), ".")) {
			case exchange.CSV, exchange.XLSX:
			default:
				return look.T("calllist.form.format")
			}
			if _, err := os.Stat(s.Path(value.(string))); err == nil {
				return look.T("calllist.form.exists")
			}
			return ""
		}}
	until := dayField(s, "until", "calllist.form.until", s.Today+model.UsualOutList, text.Ahead)
	until.Required = true
	until.Check = func(value any) string {
		if day, _ := value.(model.Date); day < s.Today || day > s.Today+model.LongestOutList {
			return look.T("calllist.form.until.wrong", text.Args{"Day": look.Text.DayOf(s.Today+model.LongestOutList, s.Today)})
		}
		return ""
	}
	form := kit.NewForm(look, look.Text.N("calllist.form", len(codes)), textField("centre", "calllist.form.centre", "", 32), until, path)
	form.SetSubmit("calllist.form.submit")
	box := kit.NewFormBox(look, form)
	form.OnCancel = func() tea.Cmd { box.Close(); return nil }
	form.OnSubmit = func(v kit.Values) tea.Cmd {
		box.Close()
		list.Centre, list.Until = strings.TrimSpace(v.Text("centre")), v.Day("until")
		to := s.Path(v.Text("path"))
		sheet := tables.OutList(s.View(), list)
		return leaveHouse(s, list, sheet, to)
	}
	return s.Shell.Show(box)
}

// leaveHouse keeps a list that leaves and writes its file.
func leaveHouse(s *session.Session, list model.OutList, sheet exchange.Sheet, to string) tea.Cmd {
	look, actor := s.Look, s.Actor
	sheet.Rows = slices.Values(slices.Collect(sheet.Rows)) // they read the Book, which may change once this frame is over
	subject := list.Code
	if list.Campaign != "" {
		subject = s.CampaignName(list.Campaign) + " · " + list.Code
	}
	done := look.Text.N("calllist.form.done", len(list.Accounts), text.Args{"List": list.Code, "Until": look.Text.DayOf(list.Until, s.Today), "File": filepath.Base(to)})
	format := exchange.Format(strings.TrimPrefix(strings.ToLower(filepath.Ext(to)), "."))
	return func() tea.Msg {
		err := s.Store.HandOut(actor, list, subject, func() error {
			return exchange.WriteFile(to, func(w io.Writer) error { return exchange.Write(w, format, tables.Locale(look.Text.Language), sheet) })
		})
		if err != nil {
			return session.Applied{Err: err}
		}
		return session.Applied{Done: done}
	}
}
