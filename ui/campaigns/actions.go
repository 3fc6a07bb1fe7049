package campaigns

// What can be done on the page.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// Actions are the page's actions as they are now.
func (p *Page) Actions() []kit.Action {
	const group = "campaigns.group"
	may := func() (bool, string) { return p.s.May(model.Campaign{}) }
	some := func() (bool, string) {
		_, ok := p.inView()
		return ok, p.s.Look.T("campaigns.none")
	}
	ready := func() (bool, string) {
		if ok, reason := may(); !ok {
			return false, reason
		}
		return some()
	}
	shift := func(name string, keys []string, days int, onlyEnd bool, priority int) kit.Action {
		return kit.Action{Name: "campaigns." + name, Keys: keys, Title: "campaigns.action." + name, Short: "campaigns.short." + name,
			Group: group, Priority: priority, Enabled: ready, Run: func() tea.Cmd { return p.shift(days, onlyEnd) }}
	}
	moves := []kit.Action{
		shift("later", []string{"+", "shift+right", "L"}, 1, false, 70),
		shift("earlier", []string{"-", "shift+left", "H"}, -1, false, 71),
		shift("week-later", []string{")", "ctrl+right"}, 7, false, 13),
		shift("week-earlier", []string{"(", "ctrl+left"}, -7, false, 12),
		shift("end-later", []string{">", "alt+right"}, 1, true, 0),
		shift("end-earlier", []string{"<", "alt+left"}, -1, true, 0),
		{Name: "campaigns.scroll-back", Keys: []string{"left", "h", ","}, Title: "campaigns.action.scroll-back", Group: group, Run: func() tea.Cmd { return p.scroll(-1) }},
		{Name: "campaigns.scroll-on", Keys: []string{"right", "l", "."}, Title: "campaigns.action.scroll-on", Group: group, Run: func() tea.Cmd { return p.scroll(1) }},
		{Name: "campaigns.today", Keys: []string{"0"}, Title: "campaigns.action.today", Group: group, Run: func() tea.Cmd {
			p.today()
			p.layout()
			return nil
		}},
	}
	if p.move != nil {
		return append([]kit.Action{
			{Name: "campaigns.keep", Keys: []string{"enter", "ctrl+s"}, Title: "campaigns.action.keep", Short: "campaigns.short.keep", Group: group, Priority: 100, Run: p.keep},
			{Name: "campaigns.drop", Keys: []string{"esc"}, Title: "campaigns.action.drop", Short: "campaigns.short.drop", Group: group, Priority: 99,
				Run: func() tea.Cmd { p.drop(); return nil }},
		}, moves...)
	}
	actions := []kit.Action{
		{Name: "campaigns.open", Keys: []string{"enter"}, Title: p.openTitle(), Short: "campaigns.short.open", Group: group, Priority: 90, Unlisted: true},
		{Name: "campaigns.new", Keys: []string{"n"}, Title: "campaigns.action.new", Short: "campaigns.short.new", Group: group, Priority: 55, Enabled: may, Run: p.create},
		{Name: "campaigns.edit", Keys: []string{"e"}, Title: "campaigns.action.edit", Short: "campaigns.short.edit", Group: group, Priority: 54, Enabled: ready, Run: p.edit},
		{Name: "campaigns.duplicate", Keys: []string{"C"}, Title: "campaigns.action.duplicate", Group: group, Enabled: ready, Run: p.duplicate},
		{Name: "campaigns.delete", Keys: []string{"d"}, Title: "campaigns.action.delete", Group: group, Enabled: ready, Run: p.remove},
		{Name: "campaigns.history", Keys: []string{"U"}, Title: "campaigns.history", Group: group, Enabled: some, Run: func() tea.Cmd {
			c, _ := p.inView()
			return p.s.Shell.Go(session.PageHistory, session.HistoryTarget(c.Key()))
		}},
		{Name: "calling.open", Keys: []string{"Q"}, Title: "calling.open", Short: "calling.open.short", Group: group, Priority: 30, Enabled: p.mayCall, Run: func() tea.Cmd {
			c, _ := p.inView()
			return p.s.Shell.Go(session.PageCalling, session.CallsTarget(session.CallsOfCampaign, c.Code))
		}},
		{Name: "campaigns.calls", Keys: []string{"tab"}, Title: "campaigns.action.calls", Short: "campaigns.short.calls", Group: group, Priority: 28,
			Enabled: func() (bool, string) {
				c, ok := p.inView()
				return ok && p.opened != "" && c.IsTelemarketing(), p.s.Look.T("campaigns.why.no-calls")
			},
			Run: func() tea.Cmd {
				c, _ := p.inView()
				return p.s.Shell.Go(session.PageCalls, session.CallsOfCampaign+":"+c.Code)
			}},
		{Name: "campaigns.review", Keys: []string{"="}, Title: "campaigns.action.review", Group: group, Enabled: p.mayReview, Run: p.review},
		{Name: "campaigns.lot", Title: "campaigns.action.lot", Group: group, Enabled: p.mayDraw, Run: p.draw},
		{Name: "campaigns.map", Keys: []string{"#"}, Title: "maps.show", Short: "page.map", Group: group, Priority: 12, Run: func() tea.Cmd {
			target := ""
			if c, ok := p.inView(); ok {
				target = session.MapTarget(session.MapOfCampaign, c.Code)
			}
			return p.s.Shell.Go(session.PageMap, target)
		}},
		{Name: "campaigns.copy", Keys: []string{"y"}, Title: "campaigns.action.copy", Group: group, Run: p.copy},
		{Name: "campaigns.pane", Keys: []string{"tab"}, Title: "campaigns.action.pane", Short: "campaigns.short.pane", Group: group, Priority: 25,
			Unlisted: true, Enabled: func() (bool, string) { return p.opened == "", "" },
			Run: func() tea.Cmd { p.focus(!p.areas.Focused()); return nil }},
	}
	if c, ok := p.inView(); ok {
		name, status := "plan", model.CampaignPlanned
		switch c.Status {
		case model.CampaignPlanned:
			name, status = "cancel", model.CampaignCancelled
		case model.CampaignCancelled:
			name = "replan"
		}
		actions = append(actions, kit.Action{Name: "campaigns.status", Keys: []string{"p"}, Title: "campaigns.action." + name,
			Short: "campaigns.short." + name, Group: group, Priority: 35, Enabled: may, Run: func() tea.Cmd { return p.setStatus(status) }})
	}
	if p.opened == "" && !p.areas.Focused() {
		actions = append(actions, p.list.Actions("campaigns")...)
	}
	return append(actions, moves...)
}

func (p *Page) openTitle() string {
	if p.areas.Focused() {
		return "campaigns.action.open-area"
	}
	return "campaigns.action.open"
}

// create begins a campaign in two weeks' time.
func (p *Page) create() tea.Cmd {
	p.expect()
	start := p.s.Today.Monday() + 28
	return forms.Campaign(p.s, model.Campaign{Status: model.CampaignDraft, Start: start, End: start + 11, Owner: p.s.Actor.Name}, true)
}

// expect has the campaign that is written now chosen once it is there.
func (p *Page) expect() {
	p.known = map[string]bool{}
	for _, c := range p.s.Book.Campaigns() {
		p.known[c.Code] = true
	}
}

// showExpected chooses the campaign that was written.
func (p *Page) showExpected() {
	if p.known == nil {
		return
	}
	for _, c := range p.s.Book.Campaigns() {
		if !p.known[c.Code] {
			p.known = nil
			p.list.Select(c.Code)
			p.reveal(c)
			return
		}
	}
}

func (p *Page) edit() tea.Cmd {
	c, ok := p.inView()
	if !ok {
		return nil
	}
	return forms.Campaign(p.s, c, false)
}

// duplicate begins a draft like the campaign in view, on the same weekdays: the first
// weeks that lie ahead and after the one that is copied.
func (p *Page) duplicate() tea.Cmd {
	c, ok := p.inView()
	if !ok {
		return nil
	}
	p.expect()
	weeks := (max(c.End, p.s.Today) - c.Start + 7) / 7
	c = c.At(c.Start+7*weeks, c.End+7*weeks).WithoutLot()
	c.Code, c.Status = "", model.CampaignDraft
	c.Name = p.s.Look.T("campaigns.copy-of", text.Args{"Name": c.Name})
	return forms.Campaign(p.s, c, true)
}

// chosen are the marked campaigns, else the one in view.
func (p *Page) chosen() []model.Campaign {
	codes := p.list.Chosen()
	if p.opened != "" {
		codes = []string{p.opened}
	}
	var list []model.Campaign
	for _, code := range codes {
		if c, ok := p.s.Book.Campaign(code); ok {
			list = append(list, c)
		}
	}
	return list
}

func (p *Page) remove() tea.Cmd {
	var records []model.Record
	for _, c := range p.chosen() {
		records = append(records, c)
	}
	return forms.Delete(p.s, records)
}

// setStatus asks, and plans or cancels the chosen campaigns.
func (p *Page) setStatus(status model.CampaignStatus) tea.Cmd {
	chosen := p.chosen()
	if len(chosen) == 0 {
		return nil
	}
	name := "cancel"
	if status == model.CampaignPlanned {
		name = "plan"
	}
	request := store.Request{Action: "campaign." + name, Subject: chosen[0].Name}
	if len(chosen) > 1 {
		request.Subject = words.CountSubject(model.TableCampaigns, len(chosen))
	}
	for _, c := range chosen {
		c.Status = status
		request.Puts = append(request.Puts, store.Put{Record: c})
	}
	look, args := p.s.Look, text.Args{"Name": words.Subject(p.s.Look.Text, request.Subject)}
	return p.s.Shell.Show(kit.Ask(look, look.T("campaigns.ask."+name, args), look.Text.N("campaigns.ask."+name+".text", len(chosen)), "campaigns.short."+name, func() tea.Cmd {
		p.list.Unmark()
		return p.s.Apply(request, look.Text.N("campaigns.done."+name, len(chosen), args), nil)
	}))
}

// copy puts the chosen campaigns and their numbers into the clipboard, one a line.
func (p *Page) copy() tea.Cmd {
	var lines []string
	for _, c := range p.chosen() {
		fields := []string{c.Code, c.Name, words.CampaignKind(p.s.Look.Text, c.Kind), c.Start.String(), c.End.String(), words.CampaignStatus(p.s.Look.Text, c, p.s.Today)}
		lines = append(lines, strings.Join(fields, "\t"))
	}
	if len(lines) == 0 {
		return nil
	}
	return p.s.Look.Copy(strings.Join(lines, "\n"))
}

// mayDraw: a lot is drawn before a campaign begins, by whom the campaign belongs to.
func (p *Page) mayDraw() (bool, string) {
	if may, why := p.s.May(model.Campaign{}); !may {
		return false, why
	}
	c, ok := p.inView()
	if !ok {
		return false, p.s.Look.T("campaigns.none")
	}
	why := words.NoLot(p.s.Look.Text, p.s.Book, c, p.s.Today)
	return why == "", why
}

func (p *Page) draw() tea.Cmd {
	c, ok := p.inView()
	if !ok {
		return nil
	}
	return forms.Lot(p.s, c)
}

// mayCall: a telemarketing campaign is called through.
func (p *Page) mayCall() (bool, string) {
	if may, why := p.s.May(model.Call{}); !may {
		return false, why
	}
	c, ok := p.inView()
	switch {
	case !ok:
		return false, p.s.Look.T("campaigns.none")
	case !c.IsTelemarketing() && len(c.ByPhone)+len(c.LotCall) == 0 || c.Status != model.CampaignPlanned:
		return false, p.s.Look.T("calling.why.no-telemarketing")
	}
	return true, ""
}
