package visits

// What can be done on the page.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/words"
)

// Actions are the page's actions as they are now.
func (p *Page) Actions() []kit.Action {
	const group = "page.visits"
	may := func() (bool, string) { return p.s.May(model.Visit{}) }
	some := func() (bool, string) {
		if ok, reason := may(); !ok {
			return false, reason
		}
		_, ok := p.current()
		return ok, p.s.Look.T("visits.none")
	}
	var actions []kit.Action
	if p.filter != (filter{}) && len(p.list.Marked()) == 0 {
		actions = append(actions, kit.Action{Name: "visits.lift", Keys: []string{"esc"}, Title: "visits.action.lift", Short: "visits.short.lift",
			Group: group, Priority: 95, Run: p.lift})
	}
	here := func() (bool, string) {
		_, ok := p.current()
		return ok, p.s.Look.T("visits.none")
	}
	actions = append(actions,
		kit.Action{Name: "visits.account", Keys: []string{"a"}, Title: "visits.action.account", Short: "visits.short.account", Group: group, Priority: 60, Enabled: here,
			Run: func() tea.Cmd { v, _ := p.current(); return p.s.Shell.Go(session.PageAccounts, v.Account) }},
		kit.Action{Name: "visits.calls", Keys: []string{"tab"}, Title: "visits.action.calls", Short: "visits.short.calls", Group: group, Priority: 74,
			Run: func() tea.Cmd { return p.s.Shell.Go(session.PageCalls, p.filter.account) }},
		kit.Action{Name: "visits.open", Keys: []string{"enter"}, Title: "visits.action.open", Short: "visits.short.open", Group: group, Priority: 90, Unlisted: true},
		kit.Action{Name: "visits.filters", Keys: []string{"f"}, Title: "visits.action.filter", Short: "visits.short.filter", Group: group, Priority: 75, Run: p.ask},
		kit.Action{Name: "visits.week-before", Keys: []string{"left", "h", ","}, Title: "visits.action.week-before", Short: "visits.short.week-before",
			Group: group, Priority: 72, Run: func() tea.Cmd { return p.turnWeek(-1) }},
		kit.Action{Name: "visits.week-after", Keys: []string{"right", "l", "."}, Title: "visits.action.week-after", Short: "visits.short.week-after",
			Group: group, Priority: 71, Run: func() tea.Cmd { return p.turnWeek(1) }},
		kit.Action{Name: "visits.new", Keys: []string{"n"}, Title: "visits.action.new", Group: group, Enabled: may, Run: p.create},
		kit.Action{Name: "visits.edit", Keys: []string{"e"}, Title: "visits.action.edit", Short: "visits.short.edit", Group: group, Priority: 55, Enabled: some, Run: p.edit},
		kit.Action{Name: "visits.delete", Keys: []string{"d"}, Title: "visits.action.delete", Short: "visits.short.delete", Group: group, Priority: 35, Enabled: some, Run: p.remove},
		kit.Action{Name: "visits.one", Keys: []string{";"}, Title: "visits.action.one", Short: "visits.short.one", Group: group, Priority: p.onePriority(),
			Enabled: func() (bool, string) {
				if _, _, ok := p.twin(); !ok {
					return false, p.s.Look.T("visits.twice.none")
				}
				return may()
			}, Run: p.asOne},
		kit.Action{Name: "visits.figures", Keys: []string{"="}, Title: "figures.open", Group: group, Run: func() tea.Cmd { return p.s.Shell.Go(session.PageFigures, "") }},
		kit.Action{Name: "visits.copy", Keys: []string{"y"}, Title: "visits.action.copy", Group: group, Run: p.copy},
	)
	return append(actions, p.list.Actions("visits")...)
}

// create logs a visit; where one account shows alone, it is that one's.
func (p *Page) create() tea.Cmd {
	return forms.Visit(p.s, model.Visit{Account: p.filter.account, Date: p.s.Today}, true)
}

func (p *Page) edit() tea.Cmd {
	v, ok := p.current()
	if !ok {
		return nil
	}
	return forms.Visit(p.s, v, false)
}

// chosen are the marked visits, else the one under the cursor.
func (p *Page) chosen() []model.Visit {
	var list []model.Visit
	for _, id := range p.list.Chosen() {
		list = append(list, p.visits[p.places[id]])
	}
	return list
}

func (p *Page) remove() tea.Cmd {
	var records []model.Record
	for _, v := range p.chosen() {
		records = append(records, v)
	}
	return forms.Delete(p.s, records)
}

// copy puts the chosen visits into the clipboard, one a line.
func (p *Page) copy() tea.Cmd {
	var lines []string
	for _, v := range p.chosen() {
		lines = append(lines, strings.Join([]string{
			v.Date.String(), v.Time.String(), v.Account, p.s.AccountName(v.Account), p.s.Book.RepName(v.Rep), words.VisitResult(p.s.Look.Text, v), v.Note,
		}, "\t"))
	}
	if len(lines) == 0 {
		return nil
	}
	return p.s.Look.Copy(strings.Join(lines, "\n"))
}
