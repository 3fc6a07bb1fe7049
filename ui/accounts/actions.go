package accounts

// What one can do with accounts.

import (
	"cmp"
	"slices"
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

const (
	groupList   = "accounts.group.list"
	groupDetail = "accounts.group.detail"
)

// Actions implements session.Page.
func (p *Page) Actions() []kit.Action {
	s := p.s
	chosen := func() (bool, string) {
		if p.current() == nil {
			return false, s.Look.T("accounts.why.none")
		}
		return true, ""
	}
	may := func(record model.Record) func() (bool, string) {
		return func() (bool, string) {
			if ok, reason := s.May(record); !ok { // whatever row is chosen
				return ok, reason
			}
			return chosen()
		}
	}
	whole := func() (bool, string) { // more than marketing's own note
		if ok, reason := s.May(model.Account{}); !ok {
			return ok, reason
		}
		if err := s.Actor.May(model.Edit{After: model.Account{}}); err != nil {
			return false, s.ErrorText(err)
		}
		return chosen()
	}
	actions := []kit.Action{
		{Name: "visit.log", Keys: []string{"v"}, Title: "accounts.visit", Short: "accounts.visit.short", Group: groupList, Priority: 60, Enabled: may(model.Visit{}),
			Run: func() tea.Cmd { return forms.Visit(s, model.Visit{Account: p.current().Code, Date: s.Today}, true) }},
		{Name: "call.log", Keys: []string{"c"}, Title: "accounts.call.log", Short: "accounts.call.short", Group: groupList, Priority: 45, Enabled: may(model.Call{}),
			Run: func() tea.Cmd { return forms.Call(s, model.Call{Account: p.current().Code, Date: s.Today}, true) }},
		{Name: "calling.open", Keys: []string{"Q"}, Title: "calling.open", Short: "calling.open.short", Group: groupList, Priority: 24, Enabled: may(model.Call{}),
			Run: p.call},
		{Name: "account.edit", Keys: []string{"e"}, Title: "accounts.edit", Short: "accounts.edit.short", Group: groupList, Priority: 42, Enabled: may(model.Account{}),
			Run: p.edit},
		{Name: "account.new", Keys: []string{"n"}, Title: "accounts.new", Short: "accounts.new.short", Group: groupList, Priority: 25,
			Enabled: func() (bool, string) {
				if ok, reason := s.May(model.Account{}); !ok {
					return ok, reason
				}
				err := s.Actor.May(model.Edit{After: model.Account{}})
				return err == nil, s.ErrorText(err)
			},
			Run: func() tea.Cmd { return forms.NewAccount(s, p.choose) }},
		{Name: "account.notes", Keys: []string{"b"}, Title: "accounts.note.mine", Short: "accounts.note.mine.short", Group: groupList, Priority: 23, Enabled: may(model.Account{}),
			Run: func() tea.Cmd { return forms.AccountNotes(s, p.current().Account) }},
		{Name: "account.split", Keys: []string{"S"}, Title: "split.action.marked", Group: groupList, Enabled: p.splittable, Run: p.splitOff},
		{Name: "account.active", Keys: []string{"A"}, Title: "accounts.toggle", Group: groupList, Enabled: whole, Run: p.toggleActive},
		{Name: "account.territory", Keys: []string{"t"}, Title: "accounts.territory.open", Short: "accounts.territory.short", Group: groupList, Priority: 12, Enabled: p.hasTerritory,
			Run: func() tea.Cmd { return s.Shell.Go(session.PageTerritories, p.current().Territory) }},
		{Name: "account.signals", Keys: []string{"o"}, Title: "accounts.signals.open", Group: groupList, Enabled: p.hasSignals, Run: p.openSignal},
		{Name: "account.map", Keys: []string{"#"}, Title: "maps.show", Short: "page.map", Group: groupList, Priority: 11, Enabled: chosen,
			Run: func() tea.Cmd {
				return s.Shell.Go(session.PageMap, session.MapTarget(session.MapOfAccount, p.current().Code))
			}},
		{Name: "account.history", Keys: []string{"U"}, Title: "accounts.history", Group: groupList, Enabled: chosen,
			Run: func() tea.Cmd { return s.Shell.Go(session.PageHistory, session.HistoryTarget(p.current().Key())) }},
		{Name: "account.copy", Keys: []string{"y"}, Title: "accounts.copy", Group: groupList, Enabled: chosen,
			Run: func() tea.Cmd { return s.Look.Copy(p.copied()) }},
	}
	actions = append(actions, p.personActions(chosen, may(model.Contact{}))...)
	actions = append(actions, forms.ErasureActions(s, groupList, []string{"&"}, p.whom, func() bool { return false })...)
	if p.inDetail() && p.detail.onPeople {
		for i, action := range actions { // here these keys are about people
			if slices.Contains([]string{"account.edit", "account.new", "account.copy"}, action.Name) {
				actions[i].Keys = nil
			}
		}
		actions = append(actions, p.detail.people.table.Actions("people")...)
	} else if p.inDetail() {
		contact := func() (bool, string) {
			if p.detail.table.Cursor() == "" {
				return false, s.Look.T("accounts.why.no-contact")
			}
			return true, ""
		}
		loggedOne := func() (bool, string) { return len(p.detail.chosen()) > 0, s.Look.T("accounts.why.no-contact") }
		actions = append(actions,
			kit.Action{Name: "contact.read", Keys: []string{"enter"}, Title: "accounts.contact.read", Short: "accounts.contact.read.short", Group: groupDetail, Priority: 65,
				Enabled: contact, Run: func() tea.Cmd { return p.withContact(p.openContact) }},
			kit.Action{Name: "contact.edit", Title: "accounts.contact.edit", Group: groupDetail, Enabled: loggedOne, Run: p.editContact},
			kit.Action{Name: "contact.delete", Keys: []string{"d", "delete"}, Title: "accounts.contact.delete", Short: "accounts.contact.delete.short", Group: groupDetail, Priority: 20,
				Enabled: loggedOne, Run: func() tea.Cmd { return forms.Delete(s, sameTable(p.detail.chosen())) }},
		)
		actions = append(actions, p.detail.table.Actions("contacts")...)
	} else {
		actions = append(actions,
			kit.Action{Name: "account.open", Keys: []string{"enter"}, Title: "accounts.open", Short: "accounts.open.short", Group: groupList, Priority: 70, Enabled: chosen,
				Run: func() tea.Cmd { return p.open(p.table.Cursor()) }},
			kit.Action{Name: "account.delete", Keys: []string{"d", "delete"}, Title: "accounts.delete", Short: "accounts.delete.short", Group: groupList, Priority: 22,
				Enabled: whole, Run: p.delete},
			kit.Action{Name: "accounts.quick", Keys: []string{"f"}, Title: "accounts.quick", Short: "accounts.quick.short", Group: groupList, Priority: 38, Run: p.quickFilter},
		)
		actions = append(actions, p.table.Actions("accounts")...)
	}
	if p.detail.code != "" && (p.split.Wide(p.width) || len(p.detail.people.rows) > 0) {
		actions = append(actions, kit.Action{Name: "accounts.pane", Keys: []string{"tab"}, Title: "accounts.pane", Short: "accounts.pane.short", Group: groupList, Priority: 18,
			Run: func() tea.Cmd { p.nextPane(); return nil }})
	}
	return actions
}

// nextPane goes from the list to the visits and calls, to the people, and round again.
func (p *Page) nextPane() {
	wide, people := p.split.Wide(p.width), len(p.detail.people.rows) > 0
	switch {
	case !p.inDetail():
		p.detail.onPeople = false
		p.focusDetail(true)
	case people && !p.detail.onPeople:
		p.detail.turnTo(true)
	case wide:
		p.focusDetail(false)
	default:
		p.detail.turnTo(false)
	}
}

// current is the account that is open, or the one under the cursor.
func (p *Page) current() *model.Customer {
	if p.inDetail() {
		return p.s.Book.Account(p.detail.code)
	}
	return p.s.Book.Account(p.table.Cursor())
}

// chosen are the marked accounts, or the one under the cursor.
func (p *Page) chosen() []model.Account {
	if p.inDetail() {
		if l := p.s.Book.Account(p.detail.code); l != nil {
			return []model.Account{l.Account}
		}
		return nil
	}
	var accounts []model.Account
	for _, code := range p.table.Chosen() {
		if l := p.s.Book.Account(code); l != nil {
			accounts = append(accounts, l.Account)
		}
	}
	return accounts
}

// edit opens the account's form, or that of several marked ones.
func (p *Page) edit() tea.Cmd {
	if chosen := p.chosen(); len(chosen) > 1 && p.s.Actor.Role != model.RoleMarketing {
		return forms.Together(p.s, chosen)
	}
	account := p.current().Account
	return forms.Account(p.s, &account)
}

func (p *Page) delete() tea.Cmd {
	var records []model.Record
	for _, account := range p.chosen() {
		records = append(records, account)
	}
	return forms.Delete(p.s, records)
}

// toggleActive asks, and makes the chosen accounts inactive, or active again when
// all of them rest, as one step.
func (p *Page) toggleActive() tea.Cmd {
	s, accounts := p.s, p.chosen()
	resting := true
	for _, account := range accounts {
		resting = resting && account.Inactive
	}
	r := store.Request{Action: "account.edit"}
	for _, account := range accounts {
		account.Inactive = !resting
		r.Puts = append(r.Puts, store.Put{Record: account})
		r.Subject = cmp.Or(account.Name, account.Code)
	}
	if len(accounts) != 1 {
		r.Subject = words.CountSubject(model.TableAccounts, len(accounts))
	}
	way := "inactive"
	if resting {
		way = "active"
	}
	args := text.Args{"Name": words.Subject(s.Look.Text, r.Subject)}
	return s.Shell.Show(kit.Ask(s.Look, s.Look.T("accounts.ask."+way, args), s.Look.T("accounts.ask."+way+".text"), "accounts.ask."+way+".yes", func() tea.Cmd {
		return s.Apply(r, s.Look.T("accounts.done."+way, args), nil)
	}))
}

func (p *Page) hasTerritory() (bool, string) {
	if l := p.current(); l != nil {
		if area := p.s.Book.Area(l.Territory); area != nil && area.Known {
			return true, ""
		}
	}
	return false, p.s.Look.T("accounts.why.no-territory")
}

func (p *Page) hasSignals() (bool, string) {
	if l := p.current(); l != nil && len(signalsOf(p.s, l)) > 0 {
		return true, ""
	}
	return false, p.s.Look.T("accounts.why.no-signal")
}

// openSignal goes to the account's signal; of several, the one that is chosen.
func (p *Page) openSignal() tea.Cmd {
	s := p.s
	signals := signalsOf(s, p.current())
	goTo := func(target string) tea.Cmd { return s.Shell.Go(session.PageSignals, target) }
	if len(signals) == 1 {
		return goTo(session.SignalTarget(signals[0].Key()))
	}
	var options []kit.Option
	for _, signal := range signals {
		options = append(options, kit.Option{
			Value: session.SignalTarget(signal.Key()), Label: s.KindTitle(signal.Kind), Detail: s.CampaignName(signal.Campaign),
		})
	}
	return s.Shell.Show(kit.Choose(s.Look, s.Look.T("accounts.signals.open"), "", options, goTo))
}

// withContact does something with the visit or call under the cursor.
func (p *Page) withContact(do func(model.Record) tea.Cmd) tea.Cmd {
	for _, record := range p.detail.rows {
		if contactID(record) == p.detail.table.Cursor() {
			return do(record)
		}
	}
	return nil
}

// openContact shows a visit or a call whole, and goes to where all else of the ledger
// stands.
func (p *Page) openContact(record model.Record) tea.Cmd {
	switch r := record.(type) {
	case model.PlannedVisit:
		return p.s.Shell.Go(session.PageWeek, r.Rep+" "+r.Date.String())
	case model.Campaign:
		return p.s.Shell.Go(session.PageCampaigns, r.Code)
	case model.FollowUp:
		if r.Kind == model.FollowVisit {
			return forms.Wish(p.s, r)
		}
		return p.s.Shell.Go(session.PageCalling, session.CallsTarget(session.CallsOfAccounts, r.Account))
	}
	return forms.Read(p.s, record)
}

func (p *Page) editContact() tea.Cmd {
	return p.withContact(func(record model.Record) tea.Cmd {
		switch record := record.(type) {
		case model.Visit:
			return forms.Visit(p.s, record, false)
		case model.Call:
			return forms.Call(p.s, record, false)
		}
		return nil
	})
}

// sameTable are the records of the first one's kind: visits are sales', calls
// marketing's, and one step deletes one kind.
func sameTable(records []model.Record) []model.Record {
	var same []model.Record
	for _, r := range records {
		if r.Key().Table == records[0].Key().Table {
			same = append(same, r)
		}
	}
	return same
}

// copied is the chosen accounts as one would paste them: a line each.
func (p *Page) copied() string {
	var lines []string
	for _, a := range p.chosen() {
		phone := a.Phone
		if l := p.s.Book.Account(a.Code); l != nil && p.s.Day().Refuses(l) { // nobody dials what does not stand there
			phone = "○ " + p.s.Look.T("accounts.no-calls")
		}
		lines = append(lines, strings.Join([]string{a.Code, a.Name, a.Address.Street, strings.TrimSpace(a.Address.Postcode + " " + a.Address.City), phone, a.Email}, "\t"))
	}
	return strings.Join(lines, "\n")
}

// quickFilter puts the filter together in a form, for those who do not type it.
func (p *Page) quickFilter() tea.Cmd {
	s, look := p.s, p.s.Look
	f := parseFilter(p.table.Filter())
	var states, territories, reps, only []kit.Option
	for _, one := range onlyNames {
		only = append(only, kit.Option{Value: one.word, Label: "accounts.quick.only." + one.word})
	}
	for _, state := range stateNames {
		states = append(states, kit.Option{Value: state.word, Label: "accounts.quick.state." + state.word})
	}
	for _, path := range forms.RegionPaths(s.Book) {
		territories = append(territories, kit.Option{Value: path, Detail: look.T("forms.places.region")})
	}
	for _, area := range s.Book.Areas() {
		territories = append(territories, kit.Option{Value: area.Code, Label: cmp.Or(area.Name, area.Code), Detail: area.Code})
	}
	for _, rep := range s.Book.Reps() {
		reps = append(reps, kit.Option{Value: rep.Code, Label: cmp.Or(rep.Name, rep.Code), Detail: rep.Code})
	}
	first := func(key part) string {
		if len(f.values[key]) > 0 {
			return f.values[key][0]
		}
		return ""
	}
	var classes []kit.Option
	settings := s.Book.Settings()
	meant := ranksMeant(settings, f.values[byClass])
	var chosenClasses []string
	for rank, class := range settings.ClassList() {
		classes = append(classes, kit.Option{Value: class.Label()})
		if meant[rank] {
			chosenClasses = append(chosenClasses, class.Label())
		}
	}
	form := kit.NewForm(look, "accounts.quick.title",
		kit.Field{Name: "state", Label: "accounts.state", Kind: kit.FieldMulti, Options: states, Start: f.states()},
		kit.Field{Name: "class", Label: "accounts.class", Kind: kit.FieldMulti, Options: classes, Start: chosenClasses},
		kit.Field{Name: "territory", Label: "accounts.territory", Hint: "accounts.quick.territory", Kind: kit.FieldSearch, Free: true, Options: territories, Start: first(byTerritory)},
		kit.Field{Name: "rep", Label: "accounts.rep", Kind: kit.FieldSearch, Free: true, Options: reps, Start: first(byRep)},
		kit.Field{Name: "only", Label: "accounts.quick.only", Kind: kit.FieldMulti, Options: only, Start: f.only()},
		kit.Field{Name: "words", Label: "accounts.quick.words", Hint: "accounts.quick.words.hint", Kind: kit.FieldText, Start: f.words},
	)
	form.SetSubmit("accounts.quick.submit")
	box := kit.NewFormBox(look, form)
	form.OnCancel = func() tea.Cmd { box.Close(); return nil }
	form.OnSubmit = func(v kit.Values) tea.Cmd {
		box.Close()
		chosen := filter{words: v.Text("words"), values: map[part][]string{byState: v.Texts("state"), byClass: v.Texts("class"), byOnly: v.Texts("only")}}
		for key, name := range map[part]string{byTerritory: "territory", byRep: "rep"} {
			if value := v.Text(name); value != "" {
				chosen.values[key] = []string{value}
			}
		}
		p.table.SetFilter(chosen.write(look.Text))
		return nil
	}
	return s.Shell.Show(box)
}

// splittable reports whether accounts are there to make a territory of.
func (p *Page) splittable() (bool, string) {
	if len(p.chosen()) == 0 {
		return false, p.s.Look.T("split.why.none")
	}
	err := p.s.Actor.May(model.Edit{After: model.Territory{}})
	return err == nil && !p.s.Store.ReadOnly(), p.s.ErrorText(err)
}

// splitOff makes a new territory of the marked accounts, beside the first one's.
func (p *Page) splitOff() tea.Cmd {
	var accounts []*model.Customer
	for _, a := range p.chosen() {
		accounts = append(accounts, p.s.Book.Account(a.Code))
	}
	var of model.Territory
	if area := p.s.Book.Area(accounts[0].Territory); area != nil {
		of = area.Territory
	}
	return forms.Split(p.s, of, accounts)
}

// call calls the marked accounts, else all that the filter lets through; beside an
// opened account that one.
func (p *Page) call() tea.Cmd {
	var codes []string
	for _, account := range p.chosen() {
		codes = append(codes, account.Code)
	}
	if len(codes) < 2 && !p.inDetail() {
		codes = nil
		for _, place := range p.list.shown {
			codes = append(codes, p.list.entries[place].customer.Code)
		}
	}
	return p.s.Shell.Go(session.PageCalling, session.CallsTarget(session.CallsOfAccounts, codes...))
}
