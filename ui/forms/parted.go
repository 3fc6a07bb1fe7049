package forms

// What becomes of planned visits when their rep loses the accounts: asked before, and
// done in the same step.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

// withPlans goes on with a request, after it has asked what becomes of the visits,
// planned from today on, that it would part from their rep. Whoever may not change plans
// is not asked: they stay.
func withPlans(s *session.Session, r store.Request, goOn func(store.Request) tea.Cmd) tea.Cmd {
	var after []model.Record
	for _, p := range r.Puts {
		after = append(after, p.Record)
	}
	parted := s.Book.Parted(after, r.Deletes, s.Today)
	if len(parted) == 0 || refusal(s, model.Edit{Before: parted[0].Visits[0]}) != "" {
		return goOn(r)
	}
	look := s.Look
	count, handed, leaves := 0, true, false
	var from, to []string
	name := func(names []string, rep string) []string {
		if n := kit.Clean(s.Book.RepName(rep)); len(names) == 0 || names[len(names)-1] != n {
			return append(names, n)
		}
		return names
	}
	for _, p := range parted {
		count, handed, leaves = count+len(p.Visits), handed && p.To != "", leaves || p.Leaves
		from = name(from, p.From)
		if p.To != "" {
			to = name(to, p.To)
		}
	}
	args := text.Args{"From": strings.Join(from, ", "), "To": strings.Join(to, ", ")}
	run := func(answer string) tea.Cmd {
		for _, p := range parted {
			switch answer {
			case "free":
				for _, visit := range p.Visits {
					r.Deletes = append(r.Deletes, visit.Key())
				}
			case "hand":
				for _, e := range s.Book.HandedOver(p) {
					r.Puts = append(r.Puts, put(e.After, e.Before))
				}
			}
		}
		return goOn(r)
	}
	title := look.T("forms.parted.title")
	if leaves {
		return s.Shell.Show(kit.Ask(look, title, look.Text.N("forms.parted.leaves", count, args), "forms.parted.free.yes", func() tea.Cmd { return run("free") }))
	}
	options := []kit.Option{{Value: "keep", Label: look.T("forms.parted.keep", args)}, {Value: "free", Label: look.T("forms.parted.free")}}
	if handed {
		options = append([]kit.Option{{Value: "hand", Label: look.T("forms.parted.hand", args)}}, options...)
	}
	return s.Shell.Show(kit.Choose(look, title, look.Text.N("forms.parted.text", count, args), options, run))
}
