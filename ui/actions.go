package ui

// The actions of every page: pages by number, palette, help, undo and the
// session's own settings.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/place"
	"doppelpass/store"
	"doppelpass/ui/find"
	"doppelpass/ui/forms"
	"doppelpass/ui/habits"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

const (
	scopePage   = "page"
	scopeGlobal = "global"
)

// offer puts the front page's actions, then the global ones, in front.
func (r *root) offer() {
	r.catalogue.Set(scopePage, r.page().Actions()...)
	r.catalogue.Set(scopeGlobal, r.globalActions()...)
	r.catalogue.Front(scopePage, scopeGlobal)
}

// offerSigns adds the actions of the other pages as signposts, for the palette:
// they go to the page and say which key does it there, since nobody has seen yet
// which row it would be done to.
func (r *root) offerSigns() {
	r.offer()
	for _, listed := range pages {
		name, page := listed.name, r.at(listed.name)
		scope := scopePage + " " + string(name)
		if page == nil || name == r.front || name == session.PageWelcome {
			r.catalogue.Set(scope)
			continue
		}
		var actions []kit.Action
		for _, a := range page.Actions() {
			if a.Unlisted || a.Run == nil {
				continue
			}
			sign := r.sign(a)
			a.Run = func() tea.Cmd {
				r.status.Tell(sign)
				return r.goTo(name, "")
			}
			a.Keys = nil // the key means something else on the page in front
			// What the person may not do there they may not, whatever row is chosen; what
			// else stands in its way, its page says once it is in front.
			if ok, reason := a.Ready(); !ok && r.session.Refused(reason) {
				a.Enabled = func() (bool, string) { return false, reason }
			} else {
				a.Enabled = nil
			}
			a.Where = "page." + string(name)
			actions = append(actions, a)
		}
		r.catalogue.Set(scope, actions...)
	}
}

// sign says which key runs an action of another page.
func (r *root) sign(a kit.Action) string {
	look := r.session.Look
	args := text.Args{"Action": look.T(a.Title)}
	if len(a.Keys) == 0 {
		return look.T("shell.there.palette", args)
	}
	args["Key"] = look.KeyLabel(a.Keys[0])
	return look.T("shell.there", args)
}

func (r *root) globalActions() []kit.Action {
	group := "shell.group.everywhere"
	writable := func() (bool, string) {
		if r.session.Store.ReadOnly() {
			return false, r.session.ErrorText(store.ErrReadOnly)
		}
		return true, ""
	}
	undo := 8
	if r.empty() { // as a rule nothing to take back; the key works all the same
		undo = 0
	}
	actions := []kit.Action{
		{Name: "visit.log", Keys: []string{"v"}, Title: "shell.visit", Short: "shell.visit.short", Group: group, Priority: 60,
			Enabled: r.session.MayLogVisit,
			Run: func() tea.Cmd {
				return forms.Visit(r.session, model.Visit{Date: r.session.Today}, true)
			}},
		{Name: "shell.find", Keys: []string{"ctrl+k"}, Title: "find.action", Group: group, Run: func() tea.Cmd { return find.Open(r.session) }},
		{Name: "shell.inbox", Keys: []string{"I"}, Title: "shell.inbox", Group: group, Run: r.inbox},
		{Name: "shell.undo", Keys: []string{"z"}, Title: "shell.undo", Short: "shell.undo.short", Group: group, Priority: undo, Enabled: writable, Run: r.undo(true)},
		{Name: "shell.redo", Keys: []string{"Z"}, Title: "shell.redo", Group: group, Enabled: writable, Run: r.undo(false)},
		{Name: "shell.palette", Keys: []string{"ctrl+p", ":"}, Title: "shell.palette", Short: "shell.palette.short", Group: group, Priority: 15, Unlisted: true, Run: r.palette},
		{Name: "shell.help", Keys: []string{"?", "f1"}, Title: "shell.help", Short: "shell.help.short", Group: group, Priority: 14, Run: r.help},
		{Name: "shell.back", Keys: []string{"esc"}, Title: "shell.back", Short: "shell.back.short", Group: group, Unlisted: true,
			Run: func() tea.Cmd { r.back(); return nil }},
		r.exportAction(),
		{Name: "shell.quit", Keys: []string{"q"}, Title: "shell.quit", Short: "shell.quit.short", Group: group, Priority: 5, Run: r.quit},
		{Name: "shell.role", Title: "shell.role", Group: "shell.group.session", Run: r.chooseRole,
			Enabled: func() (bool, string) { return r.session.Actor.Person == "", r.session.Look.T("people.role.kept") }},
		{Name: "shell.language", Title: "shell.language", Group: "shell.group.session", Run: r.switchLanguage},
		{Name: "shell.theme", Title: "shell.theme", Group: "shell.group.session", Run: r.chooseTheme},
		{Name: "shell.day", Title: "shell.day", Group: "shell.group.session", Run: r.chooseDay},
		{Name: "shell.now", Title: "shell.now", Group: "shell.group.session",
			Enabled: func() (bool, string) { return r.replaying, r.session.Look.T("shell.now.already") },
			Run: func() tea.Cmd {
				r.replaying = false
				r.session.SetToday(r.realDay)
				return nil
			}},
		{Name: "shell.mouse", Title: "shell.mouse", Group: "shell.group.session", Run: r.toggleMouse},
		{Name: "shell.about", Title: "shell.about", Group: "shell.group.session", Run: r.about},
	}
	tabs := r.tabbed()
	for _, page := range tabs {
		actions = append(actions, kit.Action{
			Name: "page." + string(page.name), Keys: []string{page.key}, Title: "page." + string(page.name),
			Group: "shell.group.pages", Run: func() tea.Cmd { return r.turn(page.name) },
		})
	}
	if last := tabs[len(tabs)-1].name; last != session.PagePeople && r.leads() {
		actions = append(actions, kit.Action{Name: "page.people", Title: "people.open", Group: "shell.group.pages",
			Run: func() tea.Cmd { return r.goTo(session.PagePeople, "") }})
	}
	actions = append(actions, kit.Action{Name: "page.ledger", Title: "ledger.open", Group: "shell.group.pages",
		Run: func() tea.Cmd { return r.goTo(session.PageLedger, "") }},
		kit.Action{Name: "page.aside", Keys: []string{"ctrl+o"}, Title: "aside.open", Short: "aside.short.open", Group: "shell.group.pages", Priority: r.asidePriority(),
			Run: func() tea.Cmd { return r.goTo(session.PageAside, "") }},
		kit.Action{Name: "page.map", Title: "maps.show", Group: "shell.group.pages", Run: func() tea.Cmd { return r.goTo(session.PageMap, "") }},
		kit.Action{Name: "page.briefing", Title: "briefing.open", Group: "shell.group.pages", Run: func() tea.Cmd { return r.goTo(session.PageBriefing, "") }},
		kit.Action{Name: "page.figures", Title: "figures.open", Group: "shell.group.pages", Run: func() tea.Cmd { return r.goTo(session.PageFigures, "") }})
	if r.options.Demo != nil {
		actions = append(actions, kit.Action{Name: "shell.demo", Title: "shell.demo", Group: "shell.group.session", Run: r.demo,
			Enabled: func() (bool, string) { return r.empty(), r.session.Look.T("shell.demo.not-empty") }})
	}
	if r.demoing && r.own != nil {
		actions = append(actions, kit.Action{Name: "shell.demo.leave", Title: "shell.demo.leave", Short: "shell.demo.leave.short", Priority: 4,
			Group: "shell.group.session", Run: r.leaveDemo})
	}
	actions = append(actions, kit.Action{
		Name: "page.import", Title: "shell.import", Group: "shell.group.pages",
		Enabled: func() (bool, string) {
			if ok, reason := r.session.HasFiles(); !ok {
				return false, reason
			}
			return writable()
		},
		Run: func() tea.Cmd { return r.goTo(session.PageImport, session.ImportAnew) },
	})
	actions = append(actions, kit.Action{
		Name: "page.ready", Title: "shell.ready", Group: "shell.group.pages", Run: func() tea.Cmd { return r.turn(session.PageReady) },
	}, kit.Action{
		Name: "page.calling", Title: "calling.turn", Group: "shell.group.pages", Run: func() tea.Cmd { return r.goTo(session.PageCalling, session.CallsTarget(session.CallsOwed, "")) },
	})
	return actions
}

func (r *root) palette() tea.Cmd {
	r.offerSigns()
	return r.show(kit.NewPalette(r.session.Look, r.catalogue))
}

func (r *root) help() tea.Cmd {
	r.offer()
	return r.show(kit.NewHelp(r.session.Look, r.catalogue))
}

func (r *root) chooseRole() tea.Cmd {
	look := r.session.Look
	return r.pickRole("shell.role", look.T("shell.role.now", text.Args{"Role": r.session.RoleName(r.session.Actor.Role)}))
}

// askRole asks what the person works for, once: whatever they answer, it is not asked
// again. Whoever goes on without an answer is asked at the next start.
func (r *root) askRole() tea.Cmd {
	if !r.options.AskRole || r.options.Habits == nil || r.options.Remote || r.session.Book.Shared() {
		return nil
	}
	// A window that is closed meanwhile has answered nothing; who puts the question away has.
	return r.show(r.roleDialog("shell.role.first", r.session.Look.T("shell.role.first.text")).OnCancel(func() tea.Cmd {
		r.remember(habits.Role, string(r.session.Actor.Role))
		return nil
	}).GivesWay())
}

func (r *root) pickRole(title, sentence string) tea.Cmd {
	return r.show(r.roleDialog(title, sentence))
}

func (r *root) roleDialog(title, sentence string) *kit.Dialog {
	look := r.session.Look
	var options []kit.Option
	now := 0
	for _, role := range model.Roles {
		if role == model.RoleLook { // for others, whom the lead lets look
			continue
		}
		if role == r.session.Actor.Role {
			now = len(options)
		}
		options = append(options, kit.Option{Value: string(role), Label: r.session.RoleName(role), Detail: look.T("shell.role." + string(role))})
	}
	return kit.Choose(look, look.T(title), sentence, options,
		func(value string) tea.Cmd {
			r.session.Actor.Role = model.Role(value)
			r.remember(habits.Role, value)
			r.fresh = map[session.PageName]freshness{}
			return nil
		}).At(now)
}

func (r *root) switchLanguage() tea.Cmd {
	next := text.German
	if r.session.Look.Text.Language == text.German {
		next = text.English
	}
	r.session.Look.SetText(text.New(next))
	r.remember(habits.Language, string(next))
	return nil
}

func (r *root) chooseTheme() tea.Cmd {
	look := r.session.Look
	options := []kit.Option{
		{Value: string(kit.ModeDark), Label: look.T("shell.theme.dark")},
		{Value: string(kit.ModeLight), Label: look.T("shell.theme.light")},
	}
	return r.show(kit.Choose(look, look.T("shell.theme"), "", options, func(value string) tea.Cmd {
		look.SetTheme(r.options.theme(kit.Mode(value)))
		r.remember(habits.Theme, value)
		return nil
	}))
}

// chooseDay replays another day: only what was known by then counts.
func (r *root) chooseDay() tea.Cmd {
	look := r.session.Look
	form := kit.NewForm(look, "shell.day", kit.Field{
		Name: "day", Label: "shell.day.label", Hint: "shell.day.hint", Kind: kit.FieldDay, Required: true,
		Start: r.session.Today, Today: r.realDay,
	})
	box := kit.NewFormBox(look, form)
	form.OnSubmit = func(values kit.Values) tea.Cmd {
		day, _ := values["day"].(model.Date)
		box.Close()
		r.session.SetToday(day)
		r.replaying = day != r.realDay
		return nil
	}
	form.OnCancel = func() tea.Cmd { box.Close(); return nil }
	return r.show(box)
}

// memory is where tables keep how they are sorted and how wide their columns are.
type memory struct{ *root }

// Recall implements kit.Memory.
func (m memory) Recall(name string) string { return m.options.Habits.Get(name) }

// Keep implements kit.Memory.
func (m memory) Keep(name, value string) { m.remember(name, value) }

// remember keeps a habit for the next time.
func (r *root) remember(name, value string) {
	if err := r.options.Habits.Set(name, value); err != nil {
		r.status.Fail(r.session.ErrorText(err))
	}
}

func (r *root) toggleMouse() tea.Cmd {
	r.mouse = !r.mouse
	r.remember(habits.Mouse, map[bool]string{true: "on", false: "off"}[r.mouse])
	if r.mouse {
		r.status.Say(r.session.Look.T("shell.mouse.on"))
	} else {
		r.status.Say(r.session.Look.T("shell.mouse.off"))
	}
	if painter, on := r.painter, r.mouse; painter != nil && !r.local {
		return func() tea.Msg { painter.Mouse(on); return nil }
	}
	if r.mouse {
		return tea.EnableMouseCellMotion
	}
	return tea.DisableMouse
}

func (r *root) about() tea.Cmd {
	look := r.session.Look
	return r.show(kit.Message(look, look.T("shell.about"), look.T("shell.about.text", text.Args{
		"Version": r.options.Version, "Path": r.session.Store.Path(), "Places": place.Attribution + "\n" + look.T("maps.attribution"),
	})))
}
