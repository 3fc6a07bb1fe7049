package territories

// What one can do with territories, regions and reps.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
)

const group = "territories.group"

// Actions implements session.Page.
func (p *Page) Actions() []kit.Action {
	s := p.s
	territory := func() (bool, string) {
		if n := p.current(); n == nil || n.area == nil || !n.area.Known {
			return false, s.Look.T("territories.why.no-territory")
		}
		return true, ""
	}
	both := func(conditions ...func() (bool, string)) func() (bool, string) {
		return func() (bool, string) {
			for _, condition := range conditions {
				if ok, reason := condition(); !ok {
					return false, reason
				}
			}
			return true, ""
		}
	}
	may := func(record model.Record) func() (bool, string) {
		return func() (bool, string) { return s.May(record) }
	}
	mayWhole := func() (bool, string) { // more than marketing's own part
		if ok, reason := s.May(model.Territory{}); !ok {
			return ok, reason
		}
		err := s.Actor.May(model.Edit{After: model.Territory{}})
		return err == nil, s.ErrorText(err)
	}
	actions := []kit.Action{
		{Name: "visit.log", Keys: []string{"v"}, Title: "shell.visit", Short: "shell.visit.short", Group: group, Priority: 60, Enabled: s.MayLogVisit,
			Run: func() tea.Cmd { return forms.Visit(s, model.Visit{Account: p.account(), Date: s.Today}, true) }},
		{Name: "territory.edit", Keys: []string{"e"}, Title: "territories.edit", Short: "territories.edit.short", Group: group, Priority: 42,
			Enabled: both(may(model.Territory{}), territory),
			Run:     func() tea.Cmd { t := p.current().area.Territory; return forms.Territory(s, &t) }},
		{Name: "territory.notes", Keys: []string{"b"}, Title: "territories.notes", Short: "territories.notes.short", Group: group, Priority: 32,
			Enabled: both(may(model.Territory{}), territory),
			Run:     func() tea.Cmd { return forms.TerritoryNotes(s, p.current().area.Territory) }},
		{Name: "territory.new", Keys: []string{"n"}, Title: "territories.new", Short: "territories.new.short", Group: group, Priority: 25, Enabled: mayWhole,
			Run: func() tea.Cmd { return forms.Territory(s, &model.Territory{Region: p.tree.regionAt(p.table.Cursor())}) }},
		{Name: "territory.split", Keys: []string{"S"}, Title: "split.action", Short: "split.short", Group: group, Priority: 14, Enabled: both(mayWhole, territory),
			Run: func() tea.Cmd { return forms.Split(s, p.current().area.Territory, nil) }},
		{Name: "territory.delete", Keys: []string{"d", "delete"}, Title: "territories.delete", Short: "territories.delete.short", Group: group, Priority: 20,
			Enabled: both(mayWhole, p.deletable), Run: p.delete},
		{Name: "rep.edit", Keys: []string{"E"}, Title: "territories.rep.edit", Short: "territories.rep.short", Group: group, Priority: 18,
			Enabled: both(may(model.Rep{}), p.hasRep), Run: p.editRep},
		{Name: "rep.new", Keys: []string{"N"}, Title: "territories.rep.new", Group: group, Enabled: may(model.Rep{}),
			Run: func() tea.Cmd { return forms.Rep(s, nil) }},
		{Name: "rep.delete", Title: "territories.rep.delete", Group: group, Enabled: both(may(model.Rep{}), p.hasRep), Run: p.deleteRep},
		{Name: "territory.signals", Keys: []string{"o"}, Title: "territories.signals.open", Short: "territories.signals.short", Group: group, Priority: 35,
			Enabled: p.hasSignals, Run: p.openSignal},
		{Name: "territory.history", Keys: []string{"U"}, Title: "territories.history", Group: group, Enabled: territory,
			Run: func() tea.Cmd { return s.Shell.Go(session.PageHistory, session.HistoryTarget(p.current().area.Key())) }},
		{Name: "territory.map", Keys: []string{"#"}, Title: "maps.show", Short: "page.map", Group: group, Priority: 13, Run: p.showMap},
		{Name: "territory.accounts", Keys: []string{"a"}, Title: "territories.accounts.list", Group: group, Enabled: p.hasAccounts, Run: p.listAccounts},
	}
	actions = append(actions, forms.ErasureActions(s, group, []string{"&"}, p.whom, func() bool { who, _ := p.whom(); return s.Book.IsRep(s.Actor, who.Name) })...)
	if p.inDetail() {
		if p.account() != "" {
			actions = append(actions, kit.Action{Name: "territory.account", Keys: []string{"enter"}, Title: "accounts.open", Short: "accounts.open.short", Group: group, Priority: 70,
				Run: func() tea.Cmd { return s.Shell.Go(session.PageAccounts, p.account()) }})
		}
		if p.detail.onTable() {
			actions = append(actions, p.detail.table.Actions("territory.accounts")...)
		}
	} else {
		actions = append(actions,
			kit.Action{Name: "territory.open", Keys: []string{"enter"}, Title: "territories.open.title", Short: "territories.open", Group: group, Priority: 70,
				Enabled: func() (bool, string) { return p.current() != nil, s.Look.T("territories.why.no-territory") },
				Run:     func() tea.Cmd { return p.open(p.table.Cursor()) }},
			kit.Action{Name: "territory.fold", Keys: []string{"left", "right", "h", "l"}, Title: "territories.fold", Short: "territories.fold.short", Group: group, Priority: 16, Unlisted: true},
			kit.Action{Name: "territory.copy", Keys: []string{"y"}, Title: "territories.copy", Group: group, Run: func() tea.Cmd { return s.Look.Copy(p.copied()) }},
		)
		actions = append(actions, p.table.Actions("territories")...)
	}
	if p.detail.id != "" && (p.split.Wide(p.width) || p.detail.parted()) {
		actions = append(actions, kit.Action{Name: "territory.pane", Keys: []string{"tab"}, Title: "territories.pane", Short: "territories.pane.short", Group: group, Priority: 50,
			Run: p.nextPane})
	}
	return actions
}

// whom is the rep of the territory, by the code.
func (p *Page) whom() (store.Who, bool) {
	if ok, _ := p.hasRep(); !ok {
		return store.Who{}, false
	}
	return store.Who{Name: p.current().area.Rep}, true
}

// nextPane goes from the tree to the overview, to the accounts, and round again.
func (p *Page) nextPane() tea.Cmd {
	wide, parted := p.split.Wide(p.width), p.detail.parted()
	switch {
	case !p.inDetail():
		p.detail.onAccounts = false
		p.focusDetail(true)
	case parted && !p.detail.onAccounts:
		p.detail.onAccounts = true
	case wide:
		p.focusDetail(false)
	default:
		p.detail.onAccounts = false
	}
	return nil
}

// chosen are the marked territories, or the one open or under the cursor.
func (p *Page) chosen() []model.Record {
	ids := p.table.Chosen()
	if p.inDetail() {
		ids = []string{p.detail.id}
	}
	var records []model.Record
	for _, id := range ids {
		if n := p.tree.node(id); n != nil && n.area != nil && n.area.Known {
			records = append(records, n.area.Territory)
		}
	}
	return records
}

func (p *Page) deletable() (bool, string) {
	if len(p.chosen()) == 0 {
		return false, p.s.Look.T("territories.why.no-territory")
	}
	return true, ""
}

func (p *Page) delete() tea.Cmd { return forms.Delete(p.s, p.chosen()) }

// rep is the rep of the territory in question.
func (p *Page) rep() (model.Rep, bool) {
	n := p.current()
	if n == nil || n.area == nil || n.area.Rep == "" {
		return model.Rep{}, false
	}
	return p.s.Book.Rep(n.area.Rep)
}

func (p *Page) hasRep() (bool, string) {
	if n := p.current(); n != nil && n.area != nil && n.area.Rep != "" {
		return true, ""
	}
	return false, p.s.Look.T("territories.why.no-rep")
}

// editRep edits the rep; one that only the territory names is begun with its code.
func (p *Page) editRep() tea.Cmd {
	if rep, ok := p.rep(); ok {
		return forms.Rep(p.s, &rep)
	}
	return forms.Rep(p.s, &model.Rep{Code: p.current().area.Rep})
}

func (p *Page) deleteRep() tea.Cmd {
	if rep, ok := p.rep(); ok {
		return forms.Delete(p.s, []model.Record{rep})
	}
	return nil
}

func (p *Page) hasSignals() (bool, string) {
	if n := p.current(); n != nil && len(p.detail.signals(n)) > 0 {
		return true, ""
	}
	return false, p.s.Look.T("territories.why.no-signal")
}

func (p *Page) openSignal() tea.Cmd {
	s, n := p.s, p.current()
	signals := p.detail.signals(n)
	goTo := func(target string) tea.Cmd { return s.Shell.Go(session.PageSignals, target) }
	if len(signals) == 1 {
		return goTo(session.SignalTarget(signals[0].Key()))
	}
	var options []kit.Option
	for _, signal := range signals {
		detail := s.CampaignName(signal.Campaign)
		if n.area == nil {
			detail = s.AreaName(signal.Territory) + "  " + detail
		}
		options = append(options, kit.Option{Value: session.SignalTarget(signal.Key()), Label: s.KindTitle(signal.Kind), Detail: detail})
	}
	return s.Shell.Show(kit.Choose(s.Look, n.name, "", options, goTo))
}

func (p *Page) hasAccounts() (bool, string) {
	if n := p.current(); n != nil && n.id != areaID("") {
		return true, ""
	}
	return false, p.s.Look.T("territories.why.no-territory")
}

// showMap turns to the map, where the territory or region lies.
func (p *Page) showMap() tea.Cmd {
	target := ""
	switch n := p.current(); {
	case n == nil:
	case p.account() != "":
		target = session.MapTarget(session.MapOfAccount, p.account())
	case n.area != nil && n.id != areaID(""):
		target = session.MapTarget(session.MapOfTerritory, n.area.Code)
	case n.area == nil && n.region != "":
		target = session.MapTarget(session.MapOfRegion, n.region)
	}
	return p.s.Shell.Go(session.PageMap, target)
}

// listAccounts turns to the accounts' page, narrowed to the territory or region.
func (p *Page) listAccounts() tea.Cmd {
	n := p.current()
	place := n.region
	if n.area != nil {
		place = n.area.Code
	}
	return p.s.Shell.Go(session.PageAccounts, `/territory:"`+place+`"`)
}
