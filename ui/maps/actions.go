package maps

// What can be done on the map.

import (
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/ready"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
)

const (
	closer = 1.5  // times larger with each step
	nearby = 0.55 // rows a degree takes for each row of the map, where an account is opened: some 200 km from top to bottom
)

// Actions are the page's actions as they are now.
func (p *Page) Actions() []kit.Action {
	const group = "page.map"
	look, s := p.s.Look, p.s
	chosen := func() (bool, string) { return p.chosen != "", look.T("maps.none") }
	move := kit.Action{Name: "map.move", Keys: []string{"left", "right", "up", "down", "h", "j", "k", "l"}, Title: "maps.action.move", Short: "maps.action.move.short", Group: group, Unlisted: true}
	if p.onList {
		move.Keys = nil
	}
	actions := []kit.Action{
		{Name: "map.account", Keys: []string{"enter"}, Title: "maps.action.account", Short: "maps.action.account.short", Group: group, Priority: 90, Enabled: chosen, Run: p.open},
		move,
		{Name: "map.closer", Keys: []string{"+"}, Title: "maps.action.closer", Short: "maps.action.closer.short", Group: group, Priority: 85, Run: func() tea.Cmd { return p.zoom(closer) }},
		{Name: "map.farther", Keys: []string{"-"}, Title: "maps.action.farther", Short: "maps.action.farther.short", Group: group, Priority: 84, Run: func() tea.Cmd { return p.zoom(1 / closer) }},
		{Name: "map.whole", Keys: []string{"home"}, Title: "maps.action.whole", Short: "maps.action.whole.short", Group: group, Priority: 70, Run: func() tea.Cmd {
			p.fit(nil)
			p.moved = false
			p.sift()
			return nil
		}},
		{Name: "map.pan-left", Keys: []string{"shift+left"}, Title: "maps.action.pan-left", Group: group, Unlisted: true, Run: func() tea.Cmd { return p.pan(-1, 0) }},
		{Name: "map.pan-right", Keys: []string{"shift+right"}, Title: "maps.action.pan-right", Group: group, Unlisted: true, Run: func() tea.Cmd { return p.pan(1, 0) }},
		{Name: "map.pan-up", Keys: []string{"shift+up"}, Title: "maps.action.pan-up", Group: group, Unlisted: true, Run: func() tea.Cmd { return p.pan(0, -1) }},
		{Name: "map.pan-down", Keys: []string{"shift+down"}, Title: "maps.action.pan-down", Group: group, Unlisted: true, Run: func() tea.Cmd { return p.pan(0, 1) }},
		{Name: "map.pane", Keys: []string{"tab"}, Title: "maps.action.pane", Short: "maps.action.pane.short", Group: group, Priority: 80, Run: func() tea.Cmd { p.focus(!p.onList); return nil }},
		{Name: "map.glyphs", Keys: []string{"%"}, Title: "maps.action.glyphs", Short: "maps.action.glyphs.short", Group: group, Priority: 40, Run: p.nextGlyphs},
		{Name: "map.nowhere", Keys: []string{"i"}, Title: "maps.action.nowhere", Short: "maps.action.nowhere.short", Group: group, Priority: 45,
			Enabled: func() (bool, string) { return p.picture.Unplaced() > 0, look.T("maps.all-placed") }, Run: p.nowhere},
		{Name: "map.campaign", Keys: []string{"f"}, Title: "maps.action.campaign", Short: "maps.action.campaign.short", Group: group, Priority: 30, Run: p.chooseCampaign},
		{Name: "map.rep", Keys: []string{"r"}, Title: "maps.action.rep", Group: group, Run: p.chooseRep},
		{Name: "map.next", Keys: []string{"."}, Title: "maps.action.next", Short: "maps.action.next.short", Group: group, Priority: 20, Run: func() tea.Cmd { return p.turn(7) }},
		{Name: "map.previous", Keys: []string{","}, Title: "maps.action.previous", Group: group, Run: func() tea.Cmd { return p.turn(-7) }},
		{Name: "visit.log", Keys: []string{"v"}, Title: "shell.visit", Short: "shell.visit.short", Group: group, Priority: 50,
			Enabled: s.MayLogVisit,
			Run:     func() tea.Cmd { return forms.Visit(s, model.Visit{Account: p.chosen, Date: s.Today}, true) }},
		{Name: "calling.open", Keys: []string{"Q"}, Title: "maps.action.call", Short: "calling.open.short", Group: group, Priority: 28, Enabled: p.mayCall, Run: p.call},
	}
	for _, layer := range switches {
		actions = append(actions, kit.Action{Name: "map.layer." + layer.name, Keys: []string{layer.key}, Title: "maps.action.layer." + layer.name, Group: group,
			Run: func() tea.Cmd { return p.toggle(layer.layer) }})
	}
	for _, action := range p.list.Actions("map.list") {
		switch {
		case action.Name == "map.list.filter":
			action.Run = func() tea.Cmd {
				p.focus(true)
				return p.list.OpenFilter()
			}
		case !p.onList:
			continue
		}
		actions = append(actions, action)
	}
	return actions
}

func (p *Page) nextGlyphs() tea.Cmd {
	p.glyphs = p.glyphs.Next()
	p.s.Look.Remember(p.glyphsFor, p.glyphs.String())
	p.list.Refresh()
	p.s.Shell.Say(p.s.Look.T("maps.glyphs." + p.glyphs.String()))
	return nil
}

// turn shows the route of another week.
func (p *Page) turn(days model.Date) tea.Cmd {
	p.layers |= Route
	p.scope.Monday = p.picture.Monday + days
	return p.again()
}

// chooseRep asks whose route is to be seen.
func (p *Page) chooseRep() tea.Cmd {
	look, b := p.s.Look, p.s.Book
	options := []kit.Option{{Value: "", Label: look.T("maps.everybody")}}
	for _, rep := range b.Planning(p.picture.Monday) {
		options = append(options, kit.Option{Value: rep, Label: b.RepName(rep)})
	}
	return p.s.Shell.Show(kit.Choose(look, look.T("maps.action.rep"), "", options, func(rep string) tea.Cmd {
		p.scope.Rep = rep
		p.layers |= Route
		return p.again()
	}))
}

// chooseCampaign asks which campaign is to be seen alone.
func (p *Page) chooseCampaign() tea.Cmd {
	look, b := p.s.Look, p.s.Book
	options := []kit.Option{{Value: "", Label: look.T("maps.every-campaign")}}
	for _, c := range b.Campaigns() {
		if c.End >= p.s.Today && c.Status != model.CampaignCancelled {
			options = append(options, kit.Option{Value: c.Code, Label: p.s.CampaignName(c.Code), Detail: look.Text.DayOf(c.Start, p.s.Today) + " – " + look.Text.DayOf(c.End, p.s.Today)})
		}
	}
	return p.s.Shell.Show(kit.Choose(look, look.T("maps.action.campaign"), "", options, func(code string) tea.Cmd {
		p.scope.Campaign = code
		p.layers |= Campaigns | Calls
		return p.again()
	}))
}

// nowhere says why accounts are not on the map, and goes to them in the list of the accounts.
func (p *Page) nowhere() tea.Cmd {
	look := p.s.Look
	var options []kit.Option
	for _, why := range ready.Whys {
		if n := p.picture.Nowhere[why]; n > 0 {
			options = append(options, kit.Option{Value: string(why), Label: look.T("maps.why." + string(why)), Detail: strconv.Itoa(n)})
		}
	}
	return p.s.Shell.Show(kit.Choose(look, look.T("maps.action.nowhere"), look.T("maps.nowhere.text"), options, func(why string) tea.Cmd {
		return p.s.Shell.Go(session.PageAccounts, "/state:active only:"+why)
	}))
}

// callable are the accounts in the list that are on a call list.
func (p *Page) callable() (codes []string) {
	for i := range p.rows {
		if point := p.point(i); point.Layers.Has(Calls) {
			codes = append(codes, point.Customer.Code)
		}
	}
	return codes
}

func (p *Page) mayCall() (bool, string) {
	if ok, reason := p.s.May(model.Call{}); !ok {
		return false, reason
	}
	return len(p.callable()) > 0, p.s.Look.T("maps.no-calls")
}

// call opens the calls at the accounts that show and are on a call list.
func (p *Page) call() tea.Cmd {
	return p.s.Shell.Go(session.PageCalling, session.CallsTarget(session.CallsOfAccounts, p.callable()...))
}
