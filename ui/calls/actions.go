package calls

// What can be done on the page, and what it gives to a spreadsheet.

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
)

var _ session.PeriodExporter = (*Page)(nil)

// current is the call under the cursor.
func (p *Page) current() (model.Call, bool) {
	i := p.list.CursorIndex()
	if i < 0 || i >= len(p.calls) {
		return model.Call{}, false
	}
	return p.calls[i], true
}

// Actions are the page's actions as they are now.
func (p *Page) Actions() []kit.Action {
	const group = "page.calls"
	here := func() (bool, string) {
		_, ok := p.current()
		return ok, p.s.Look.T("calls.none")
	}
	may := func() (bool, string) {
		if ok, reason := p.s.May(model.Call{}); !ok {
			return false, reason
		}
		return here()
	}
	var actions []kit.Action
	if p.campaign+p.account != "" && p.query == "" && len(p.list.Marked()) == 0 {
		actions = append(actions, kit.Action{Name: "calls.lift", Keys: []string{"backspace"}, Title: "calls.action.lift", Group: group, Run: func() tea.Cmd { return p.Open("") }})
	}
	actions = append(actions,
		kit.Action{Name: "calls.open", Keys: []string{"enter"}, Title: "calls.action.open", Short: "visits.short.open", Group: group, Priority: 90, Unlisted: true},
		kit.Action{Name: "calls.visits", Keys: []string{"tab"}, Title: "calls.action.visits", Short: "calls.short.visits", Group: group, Priority: 80,
			Run: func() tea.Cmd { return p.s.Shell.Go(session.PageVisits, "") }},
		kit.Action{Name: "calls.account", Keys: []string{"a"}, Title: "visits.action.account", Short: "visits.short.account", Group: group, Priority: 60, Enabled: here,
			Run: func() tea.Cmd { c, _ := p.current(); return p.s.Shell.Go(session.PageAccounts, c.Account) }},
		kit.Action{Name: "calls.edit", Keys: []string{"e"}, Title: "calls.action.edit", Short: "visits.short.edit", Group: group, Priority: 55, Enabled: may,
			Run: func() tea.Cmd { c, _ := p.current(); return forms.Call(p.s, c, false) }},
		kit.Action{Name: "calls.delete", Keys: []string{"d"}, Title: "calls.action.delete", Short: "visits.short.delete", Group: group, Priority: 35, Enabled: may, Run: p.remove},
		kit.Action{Name: "calls.copy", Keys: []string{"y"}, Title: "calls.action.copy", Group: group, Run: p.copy},
	)
	return append(actions, p.list.Actions("calls")...)
}

// chosen are the marked calls, else the one under the cursor.
func (p *Page) chosen() (list []model.Call) {
	for _, id := range p.list.Chosen() {
		list = append(list, p.calls[p.places[id]])
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

// copy puts the chosen calls into the clipboard, one a line.
func (p *Page) copy() tea.Cmd {
	var lines []string
	for _, c := range p.chosen() {
		lines = append(lines, strings.Join([]string{
			c.Date.String(), c.Time.String(), c.Account, p.s.AccountName(c.Account), c.Agent, p.s.Look.T("call.outcome." + c.Outcome.String()), c.Note,
		}, "\t"))
	}
	if len(lines) == 0 {
		return nil
	}
	return p.s.Look.Copy(strings.Join(lines, "\n"))
}

// Sheet implements session.Exporter: the marked calls, else those that show.
func (p *Page) Sheet() (exchange.Sheet, string) {
	list := p.calls
	if len(p.list.Marked()) > 0 {
		list = p.chosen()
	}
	return tables.CallsSheet(p.s.Look.Text, p.s.Book)(slices.Values(slices.Clone(list))), p.s.Look.T("page.calls")
}

// Period implements session.PeriodExporter.
func (p *Page) Period() (first, last model.Date, ask bool) { return 0, 0, len(p.list.Marked()) == 0 }

// SheetOf implements session.PeriodExporter.
func (p *Page) SheetOf(first, last model.Date) (exchange.Sheet, func() error) {
	var list []model.Call
	for _, c := range p.calls {
		if c.Date >= first && (last == 0 || c.Date <= last) {
			list = append(list, c)
		}
	}
	return tables.CallsSheet(p.s.Look.Text, p.s.Book)(slices.Values(list)), func() error { return nil }
}
