package signals

// Clashes, and what each of them is about.

import (
	"cmp"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/double"
	"doppelpass/model/owner"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// toggleMine shows only the person's own tasks, or everybody's again.
func (p *Page) toggleMine() tea.Cmd {
	s := p.session
	s.Mine = !s.Mine
	said := "owner.mine.off"
	if s.Mine {
		said = "owner.mine.on"
	}
	s.Shell.Say(s.Look.T(said))
	return p.Refresh()
}

// ownSignals are an owner's signals, and only the person's own while only those are asked
// for.
func ownSignals(s *session.Session, department model.Role) ([]model.Signal, [inHand + 1]int) {
	all, counts := signalsOf(s, department)
	if !s.Mine {
		return all, counts
	}
	me := s.Me()
	var own []model.Signal
	counts = [inHand + 1]int{}
	for _, signal := range all {
		if me.Has(owner.OfSignal(s.Day(), signal.Key())) {
			own = append(own, signal)
			counts[groupOf(signal)]++
		}
	}
	return own, counts
}

// ShowClashes lists the clashes of the day, each with its owner.
func ShowClashes(s *session.Session) tea.Cmd {
	look, list := s.Look, s.MyClashes()
	if len(list) == 0 {
		return s.Shell.Show(kit.Message(look, look.T("clash.title"), look.T("clash.none")))
	}
	if len(list) == 1 {
		return showClash(s, list[0])
	}
	options, show := clashOptions(s, list)
	return s.Shell.Show(kit.Choose(look, look.T("clash.title"), "", options, show))
}

// clashOptions are the clashes to choose from, and what shows the chosen one.
func clashOptions(s *session.Session, list []double.Clash) (options []kit.Option, show func(string) tea.Cmd) {
	look, byKey := s.Look, map[string]double.Clash{}
	for _, c := range list {
		glyph := words.RoleGlyph(c.Owner())
		options = append(options, kit.Option{Value: c.Key(), Label: glyph + " " + words.ClashSubject(look.Text, s.Book, c),
			Detail: look.T("clash.whose", text.Args{"Brief": words.ClashBrief(look.Text, c, s.Today), "Owner": words.Owner(look.Text, s.Book, owner.OfClash(s.Day(), c))})})
		byKey[c.Key()] = c
	}
	return options, func(key string) tea.Cmd { return showClash(s, byKey[key]) }
}

// clashRows is how many accounts of a clash are listed.
const clashRows = 8

// showClash says what clashes, whose it is, and leads to what can be done: to either
// campaign, to the territory, to each account.
func showClash(s *session.Session, c double.Clash) tea.Cmd {
	look := s.Look
	var options []kit.Option
	goTo := map[string]func() tea.Cmd{}
	add := func(value, label, detail string, run func() tea.Cmd) {
		options = append(options, kit.Option{Value: value, Label: label, Detail: detail})
		goTo[value] = run
	}
	if c.Kind == double.ClashCampaigns {
		for _, code := range c.Campaigns {
			add("campaign "+code, s.CampaignName(code), look.T("clash.go.campaign"), func() tea.Cmd { return s.Shell.Go(session.PageCampaigns, code) })
		}
	} else {
		add("territory", s.AreaName(c.Territories[0]), look.T("clash.go.territory"), func() tea.Cmd { return s.Shell.Go(session.PageTerritories, c.Territories[0]) })
	}
	for i, code := range c.Accounts {
		if i == clashRows {
			add("rest", look.Text.N("clash.rest", len(c.Accounts)-clashRows), "", func() tea.Cmd { return nil })
			break
		}
		if l := s.Book.Account(code); l != nil {
			add("account "+code, cmp.Or(l.Name, code), words.ClashAccount(look.Text, s.Day(), l), func() tea.Cmd { return s.Shell.Go(session.PageAccounts, code) })
		}
	}
	said := words.Clash(look.Text, s.Book, c, s.Today) + " " + look.T("owner.label") + ": " + words.Owner(look.Text, s.Book, owner.OfClash(s.Day(), c)) + "."
	return s.Shell.Show(kit.Choose(look, words.ClashGlyph+" "+words.ClashSubject(look.Text, s.Book, c), said, options, func(value string) tea.Cmd { return goTo[value]() }))
}
