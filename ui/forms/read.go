package forms

// A visit or a call to read, whole: what was noted, by whom and when. Everybody may
// read what the other department wrote; changing it is another key.

import (
	"cmp"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// Read shows a visit or a call.
func Read(s *session.Session, record model.Record) tea.Cmd {
	look := s.Look
	key := record.Key()
	var note string
	var pairs []kit.Pair
	var edit func() tea.Cmd
	add := func(label, value string) {
		if value != "" {
			pairs = append(pairs, kit.Pair{Label: label, Value: kit.Cell{Text: value}})
		}
	}
	when := look.Text.Date(key.Date)
	if key.Time != 0 {
		when += ", " + key.Time.String()
	}
	add("forms.date", when)
	switch r := record.(type) {
	case model.Visit:
		add("forms.rep", s.Book.RepName(r.Rep))
		add("forms.guests", strings.Join(r.Guests, ", "))
		add("forms.outcome", words.VisitResult(look.Text, r))
		if r.Value != 0 {
			add("forms.value", look.Text.Amount(r.Value))
		}
		if r.Minutes > 0 {
			add("forms.minutes", look.Text.Int(r.Minutes)+" "+look.T("forms.unit.minutes"))
		}
		note, edit = r.Note, func() tea.Cmd { return Visit(s, r, false) }
	case model.Call:
		add("forms.agent", r.Agent)
		add("forms.outcome", look.T("call.outcome."+r.Outcome.String()))
		if r.Campaign != "" {
			add("forms.campaign", s.CampaignName(r.Campaign))
		}
		add("forms.listeners", strings.Join(r.Guests, ", "))
		note, edit = r.Note, func() tea.Cmd { return Call(s, r, false) }
	default:
		return nil
	}
	if l := s.Book.Account(key.Code); l != nil {
		add("accounts.territory", s.AreaName(l.Territory))
		phone := cmp.Or(l.Phone, "–")
		if s.Day().Refuses(l) {
			phone += " · " + look.T("forms.exclusion.opted_out")
		}
		add("accounts.phone", phone)
	}
	lines := func(width int) []string {
		all := kit.Facts(look, pairs, width)
		if note == "" {
			return append(all, "", look.Paint(kit.Dim, look.T("forms.read.no-note")))
		}
		return append(append(all, ""), kit.Paragraph(look, kit.Text, note, width)...)
	}
	var buttons []kit.Button
	if ok, _ := s.May(record); ok {
		buttons = append(buttons, kit.Button{Title: "forms.read.edit", Keys: []string{"e"}, Run: edit})
	}
	buttons = append(buttons,
		kit.Button{Title: "forms.read.account", Keys: []string{"a"}, Run: func() tea.Cmd { return s.Shell.Go(session.PageAccounts, key.Code) }},
		kit.Button{Title: "forms.read.history", Keys: []string{"U"}, Run: func() tea.Cmd { return s.Shell.Go(session.PageHistory, session.HistoryTarget(key)) }})
	title := look.T("forms.read."+string(key.Table), text.Args{"Name": s.AccountName(key.Code)})
	return s.Shell.Show(kit.NewReader(look, title, lines, buttons...))
}
