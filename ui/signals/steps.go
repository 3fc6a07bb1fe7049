package signals

// The next steps that can be taken from a signal, and copying. A step that cannot
// be taken now says why.

import (
	"cmp"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
)

const (
	groupSignals = "signals.group"
	phoneWeeks   = 4 // how long telemarketing is suggested to run
)

// Actions implements session.Page.
func (p *Page) Actions() []kit.Action {
	if p.detail != nil && !p.inList {
		return p.detailActions()
	}
	actions := []kit.Action{
		{Name: "signals.open", Keys: []string{"enter"}, Title: "signals.action.open", Short: "signals.short.open", Group: groupSignals, Priority: 90,
			Enabled: p.needsSignal(nil), Run: func() tea.Cmd { return p.sides[p.front].table.OnOpen("") }},
		{Name: "signals.side", Keys: []string{"tab", "shift+tab", "left", "right", "h", "l"}, Title: "signals.action.side", Short: "signals.short.side", Group: groupSignals, Priority: 50,
			Run: p.otherSide},
	}
	actions = append(actions, p.answerActions()...)
	actions = append(actions, p.stepActions()...)
	actions = append(actions, p.listActions()...)
	actions = append(actions, kit.Action{Name: "signals.idle", Keys: []string{"a"}, Title: "signals.action.idle", Group: groupSignals,
		Enabled: p.hasIdle, Run: p.openIdle})
	actions = append(actions, p.briefingAction())
	actions = append(actions, kit.Action{Name: "signals.copy", Keys: []string{"y"}, Title: "signals.action.copy", Short: "signals.short.copy", Group: groupSignals, Priority: 10,
		Enabled: p.needsSignal(nil), Run: p.copyList})
	return append(actions, p.sides[p.front].table.Actions("signals.list")...)
}

// stepActions are the steps that a signal alone allows.
func (p *Page) stepActions() []kit.Action {
	calls, week := 54, 56
	if s, ok := p.current(); ok && p.accepted(s) { // what was taken on is done next
		if s.Kind == model.AddTelemarketing {
			calls = 79
		} else {
			week = 79
		}
	}
	return []kit.Action{
		{Name: "signals.telemarketing", Keys: []string{"p"}, Title: "signals.action.telemarketing", Short: "signals.short.telemarketing", Group: groupSignals, Priority: 55,
			Enabled: p.needsSignal(p.mayPlanCalls), Run: p.planCalls},
		{Name: "calling.open", Keys: []string{"Q"}, Title: "calling.open", Short: "calling.open.short", Group: groupSignals, Priority: calls,
			Enabled: p.needsSignal(p.mayWork), Run: func() tea.Cmd {
				s, _ := p.current()
				return p.session.Shell.Go(session.PageCalling, session.CallsTarget(session.CallsOfSignal, session.SignalTarget(s.Key())))
			}},
		{Name: "signals.week", Keys: []string{"w"}, Title: "signals.action.week", Short: "signals.short.week", Group: groupSignals, Priority: week,
			Enabled: p.needsSignal(p.hasRep), Run: func() tea.Cmd {
				s, _ := p.current()
				return p.session.Shell.Go(session.PageWeek, p.session.Book.Area(s.Territory).Rep)
			}},
		{Name: "signals.campaign", Keys: []string{"m"}, Title: "signals.action.campaign", Short: "signals.short.campaign", Group: groupSignals, Priority: 35,
			Enabled: p.needsSignal(p.hasCampaign), Run: func() tea.Cmd {
				s, _ := p.current()
				return p.session.Shell.Go(session.PageCampaigns, s.Campaign)
			}},
		{Name: "signals.territory", Keys: []string{"t"}, Title: "signals.action.territory", Short: "signals.short.territory", Group: groupSignals, Priority: 34,
			Enabled: p.needsSignal(nil), Run: func() tea.Cmd {
				s, _ := p.current()
				return p.session.Shell.Go(session.PageTerritories, s.Territory)
			}},
	}
}

// accepted reports whether a signal was accepted and waits for what comes of it.
func (p *Page) accepted(s model.Signal) bool {
	c, running := p.session.Case(s.Key())
	return running && c.State == answer.Accepted
}

// briefingAction leads to the sheet for the meeting, from the lists and from a signal.
func (p *Page) briefingAction() kit.Action {
	return kit.Action{Name: "signals.briefing", Keys: []string{"="}, Title: "briefing.action.go", Group: groupSignals,
		Run: func() tea.Cmd { return p.session.Shell.Go(session.PageBriefing, "") }}
}

// mayWork: marketing calls those on the list, and those whom no visit reaches in time.
func (p *Page) mayWork(s model.Signal) (bool, string) {
	if ok, reason := p.session.May(model.Call{}); !ok {
		return false, reason
	}
	return len(s.Contact.CallList)+len(s.Contact.Excluded)+len(s.Readiness.BeyondAccounts) > 0, p.session.Look.T("calling.why.no-list")
}

// hasRep reports whether a week can be planned for the territory: it has a rep.
func (p *Page) hasRep(s model.Signal) (bool, string) {
	area := p.session.Book.Area(s.Territory)
	return area != nil && area.Rep != "", p.session.Look.T("signals.why.no-rep")
}

func (p *Page) detailActions() []kit.Action {
	d := p.detail
	actions := []kit.Action{
		{Name: "signals.account", Keys: []string{"enter"}, Title: "signals.action.account", Short: "signals.short.account", Group: groupSignals, Priority: 80,
			Enabled: d.needsAccount(nil), Run: func() tea.Cmd { return p.session.Shell.Go(session.PageAccounts, d.account().Code) }},
		// The name of the action that stands everywhere: here it knows the account.
		{Name: "visit.log", Keys: []string{"v"}, Title: "signals.action.visit", Short: "signals.short.visit", Group: groupSignals, Priority: 76, Leading: d.signal.Kind != model.AddTelemarketing,
			Enabled: d.needsAccount(func(model.Signal) (bool, string) { return p.session.May(model.Visit{}) }), Run: d.logVisit},
		{Name: "signals.call", Keys: []string{"c"}, Title: "signals.action.call", Short: "signals.short.call", Group: groupSignals, Priority: d.callPriority(), Leading: d.signal.Kind == model.AddTelemarketing,
			Enabled: d.needsAccount(d.mayCall), Run: d.logCall},
		{Name: "signals.rule", Keys: []string{"i"}, Title: "signals.action.rule", Short: "signals.short.rule", Group: groupSignals, Priority: 57, Run: d.toggleRule},
		{Name: "signals.other-list", Keys: []string{"right", "left", "l", "h"}, Title: "signals.action.other-list", Short: "signals.short.other-list", Group: groupSignals, Priority: 45,
			Enabled: func() (bool, string) { return len(d.lists) > 1, p.session.Look.T("signals.why.one-list") }, Run: d.nextList},
	}
	actions = append(actions, p.answerActions()...)
	actions = append(actions, p.stepActions()...)
	actions = append(actions, p.briefingAction(), p.waitingAction())
	if p.beside() {
		actions = append(actions, kit.Action{Name: "signals.side", Keys: []string{"tab", "shift+tab"}, Title: "signals.action.pane", Short: "signals.short.pane",
			Group: groupSignals, Priority: 30, Run: p.otherSide})
	}
	actions = append(actions, kit.Action{Name: "signals.copy", Keys: []string{"y"}, Title: "signals.action.copy-accounts", Short: "signals.short.copy", Group: groupSignals, Priority: 32,
		Enabled: func() (bool, string) {
			return len(d.rows.shown) > 0 && !d.rule, p.session.Look.T("signals.why.no-account")
		},
		Run: func() tea.Cmd { return p.session.Look.Copy(d.rows.tabbed()) }})
	if d.rule {
		return actions
	}
	return append(actions, d.table.Actions("signals.accounts")...)
}

// check says of a signal whether something can be done with it, and why not.
type check func(model.Signal) (ok bool, reason string)

func (p *Page) needsSignal(also check) func() (bool, string) {
	return func() (bool, string) {
		s, ok := p.current()
		switch {
		case !ok:
			return false, p.session.Look.T("signals.why.no-signal")
		case also == nil:
			return true, ""
		}
		return also(s)
	}
}

func (d *detail) needsAccount(also check) func() (bool, string) {
	return func() (bool, string) {
		switch {
		case d.account() == nil:
			return false, d.session.Look.T("signals.why.no-account")
		case also == nil:
			return true, ""
		}
		return also(d.signal)
	}
}

func (p *Page) hasCampaign(s model.Signal) (bool, string) {
	if _, ok := p.session.Book.Campaign(s.Campaign); !ok {
		return false, p.session.Look.T("signals.why.no-campaign")
	}
	return true, ""
}

// mayPlanCalls: telemarketing answers its own signal, and helps a campaign whose
// accounts no visit can reach in time.
func (p *Page) mayPlanCalls(s model.Signal) (bool, string) {
	look := p.session.Look
	if ok, reason := p.session.May(model.Campaign{}); !ok {
		return false, reason
	}
	switch {
	case s.Kind == model.ReportsMissing:
		return false, look.T("signals.why.reports-first")
	case s.InHand:
		return false, look.T("signals.why.in-hand", text.Args{"Campaign": p.session.CampaignName(s.Campaign)})
	case s.Kind == model.StepUpVisits && s.Readiness.Beyond == 0:
		return false, look.T("signals.why.in-reach")
	case p.detail != nil && p.detail.gone:
		return false, look.T("signals.why.gone")
	}
	return true, ""
}

// planCalls opens the form of a telemarketing campaign for the signal.
func (p *Page) planCalls() tea.Cmd {
	s, _ := p.current()
	look, today := p.session.Look, p.session.Today
	c := model.Campaign{
		Kind: model.KindTelemarketing, Territories: []string{s.Territory}, Status: model.CampaignPlanned,
		Start: today, End: today + phoneWeeks*7,
		Name: look.T("signals.new-campaign", text.Args{"Territory": p.session.AreaName(s.Territory)}),
	}
	if s.Kind == model.StepUpVisits {
		supported, _ := p.session.Book.Campaign(s.Campaign)
		c.End = max(supported.End, today)
		c.Name = look.T("signals.new-campaign.support", text.Args{"Campaign": p.session.CampaignName(s.Campaign), "Territory": p.session.AreaName(s.Territory)})
		c.Goal = look.Text.N("signals.new-campaign.goal", s.Readiness.Beyond)
		settings := p.session.Book.Settings()
		for _, l := range s.Readiness.BeyondAccounts {
			if class := settings.Classes[settings.Rank(l.Class)].Code; !slices.Contains(c.Classes, class) {
				c.Classes = append(c.Classes, class)
			}
		}
		slices.SortFunc(c.Classes, func(a, b model.Class) int { return cmp.Compare(settings.Rank(a), settings.Rank(b)) })
	}
	return forms.Campaign(p.session, c, true)
}

// callPriority: who opened a telemarketing signal wants to call first of all.
func (d *detail) callPriority() int {
	if d.signal.Kind == model.AddTelemarketing {
		return 77
	}
	return 20
}

func (d *detail) mayCall(model.Signal) (bool, string) {
	if ok, reason := d.session.May(model.Call{}); !ok {
		return false, reason
	}
	if l := d.account(); d.session.Day().Exclusion(l) == model.OptedOut {
		return false, d.session.Look.T("signals.why.opted-out", text.Args{"Account": d.session.AccountName(l.Code)})
	}
	return true, ""
}

func (d *detail) logVisit() tea.Cmd {
	visit := model.Visit{Account: d.account().Code, Date: d.session.Today}
	if area := d.session.Book.Area(d.signal.Territory); area != nil {
		visit.Rep = area.Rep
	}
	return forms.Visit(d.session, visit, true)
}

func (d *detail) logCall() tea.Cmd {
	call := model.Call{Account: d.account().Code, Date: d.session.Today}
	if d.signal.Kind == model.StepUpVisits || d.signal.InHand {
		call.Campaign = d.signal.Campaign
	}
	return forms.Call(d.session, call, true)
}

// copyList copies the front side's signals, a line each under a header.
func (p *Page) copyList() tea.Cmd {
	return p.session.Look.Copy(tables.SignalsCopied.Tabbed(p.session.View(), p.sides[p.front].shown))
}
