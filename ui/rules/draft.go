package rules

// The draft: changed values that are not saved yet, and what they would do.

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// atOnce is the number of accounts up to which the effect is computed at every
// key; above it, once the keys pause: all signals are computed anew, some 50 ms at
// 100,000 accounts.
const atOnce = 10_000

// keyPause is how long a pause between keys is.
const keyPause = 150 * time.Millisecond

// weighNow asks for the effect of the draft as it is since that many changes.
type weighNow struct{ tries int }

// weigh sees to it that the effect of the draft is computed.
func (p *Page) weigh() tea.Cmd {
	p.tries++
	if p.draft == p.stored || p.s.Book.AccountCount() <= atOnce {
		p.weighDraft()
		return nil
	}
	p.stale = true
	p.list.Refresh()
	p.explain()
	tries := p.tries
	return p.s.After(keyPause, func(time.Time) tea.Msg { return weighNow{tries} })
}

func (p *Page) weighDraft() {
	p.stale = false
	p.effect = model.Effect{}
	if p.draft != p.stored {
		p.effect = model.EffectOf(p.s.Signals(), p.s.Day().WithSettings(p.draft).Signals())
	}
	p.list.Refresh()
	p.explain()
}

// changed lists the settings that the draft changes.
func (p *Page) changed() []model.Setting {
	var list []model.Setting
	for _, setting := range model.SettingList {
		if *setting.Value(&p.draft) != *setting.Value(&p.stored) {
			list = append(list, setting)
		}
	}
	return list
}

// drop forgets the draft.
func (p *Page) drop() {
	p.draft, p.typing, p.problem = p.stored, false, ""
	p.tries++
	p.weighDraft()
}

// rulesNamed is how many changed rules a question names.
const rulesNamed = 2

// save asks, and makes the draft the rules in force for everybody.
func (p *Page) save() tea.Cmd {
	changed := p.changed()
	if p.draft == p.stored {
		return nil
	}
	names := append(p.changedClasses(), p.changedWords()...)
	for _, setting := range changed {
		names = append(names, p.s.Look.T("rules."+setting.Name)+" "+p.write(setting, *setting.Value(&p.draft)))
	}
	request := store.Request{
		Action: "settings.change", Subject: words.RulesSubject(p.stored, p.draft), Puts: []store.Put{{Record: p.draft}},
	}
	look, args := p.s.Look, text.Args{"Rules": words.List(p.s.Look.Text, names, rulesNamed)}
	return p.s.Shell.Show(kit.Ask(look, look.Text.N("rules.ask", len(changed), args), look.Text.N("rules.ask.text", len(changed), args), "rules.short.save", func() tea.Cmd {
		return p.s.Apply(request, look.T("rules.saved", args), nil)
	}))
}

// reset gives the setting under the cursor, or all, the rules' own numbers.
func (p *Page) reset(all bool) tea.Cmd {
	standard := model.DefaultSettings()
	if all {
		p.draft = standard
	} else {
		setting := p.current()
		switch {
		case setting.class != "":
			p.resetClass(setting.class)
			return p.weigh()
		case setting.word != nil:
			*setting.word.Value(&p.draft) = *setting.word.Value(&standard)
			return p.weigh()
		}
		*setting.Value(&p.draft) = *setting.Value(&standard)
	}
	return p.weigh()
}

// effectLine is the last line of the page: what the draft would do.
func (p *Page) effectLine() string {
	look := p.s.Look
	open := model.OpenCount(p.s.Signals())
	switch {
	case p.problem != "":
		return kit.FitLine(" "+look.Paint(kit.Error, "! "+p.problem), p.width)
	case p.draft == p.stored:
		return kit.FitLine(" "+look.Paint(kit.Dim, look.Text.N("rules.open", open)), p.width)
	case p.stale:
		return kit.FitLine(" "+look.Paint(kit.Dim, look.T("rules.weighing")), p.width)
	}
	named := 3
	if p.width < kit.WideFrom {
		named = 1
	}
	line := []kit.Span{{Text: " " + words.Effect(look.Text, p.effect), Role: kit.Strong}}
	for _, part := range p.differences() {
		names := words.List(look.Text, words.MarkedTerritories(look.Text, p.s.Book, part.signals), named)
		line = append(line, kit.Span{Text: " · ", Role: kit.Dim}, kit.Span{Text: look.T(part.key+".names", text.Args{"Names": names}), Role: part.role})
	}
	return kit.Line(look, p.width, line...)
}

// difference is one side of what changes.
type difference struct {
	key     string
	role    kit.Role
	signals []model.Signal
}

func (p *Page) differences() []difference {
	var list []difference
	for _, d := range []difference{{"rules.appear", kit.Late, p.effect.Appear}, {"rules.vanish", kit.Good, p.effect.Vanish}} {
		if len(d.signals) > 0 {
			list = append(list, d)
		}
	}
	return list
}

// differenceLines list what appears and vanishes, a line each.
func (p *Page) differenceLines(width int) []string {
	look := p.s.Look
	var lines []string
	for _, d := range p.differences() {
		lines = append(lines, "", look.Paint(kit.Heading, look.Text.N(d.key, len(d.signals))))
		for _, signal := range d.signals {
			glyph, accent := tables.KindMark(signal.Kind)
			about := p.s.KindTitle(signal.Kind)
			if signal.Kind == model.StepUpVisits {
				about = p.s.CampaignName(signal.Campaign)
			}
			name := kit.Fit(p.s.AreaName(signal.Territory), min(24, width/2), kit.AlignLeft)
			lines = append(lines, kit.Line(look, width, kit.Span{Text: glyph + " ", Role: accent}, kit.Span{Text: name + "  "}, kit.Span{Text: about, Role: kit.Dim}))
		}
	}
	return lines
}

// explain writes the pane: what the setting under the cursor does, the rule it
// belongs to with its numbers put in, and what the draft would change.
func (p *Page) explain() {
	if p.width == 0 {
		return
	}
	look, setting := p.s.Look, p.current()
	_, pane := p.rooms()
	width := min(max(pane.W-3, 1), 90)
	lines := []string{look.Paint(kit.Heading, p.title(setting))}
	lines = append(lines, kit.Paragraph(look, kit.Text, p.about(setting), width)...)
	if setting.class == "" && setting.word == nil {
		lines = append(lines, kit.Paragraph(look, kit.Dim, look.T("rules.bounds", text.Args{
			"Default": p.write(setting.Setting, p.standard(setting.Setting)), "Least": p.number(setting.Setting, setting.Min), "Most": p.number(setting.Setting, setting.Max),
		}), width)...)
	}
	if p.wide() || p.reading {
		if p.draft != p.stored && !p.stale {
			lines = append(lines, p.differenceLines(width)...)
		}
		lines = append(lines, "", look.Paint(kit.Heading, look.T("rules.group."+setting.Group+".title")))
		for i, paragraph := range strings.Split(look.T("rules.group."+setting.Group+".text", p.values()), "\n") {
			if i > 0 {
				lines = append(lines, "")
			}
			lines = append(lines, kit.Paragraph(look, kit.Text, paragraph, width)...)
		}
	}
	p.pane.SetLines(lines)
}

// values are the draft's values with their units by the names the prose uses.
func (p *Page) values() text.Args {
	args := text.Args{"Classes": p.classesText()}
	for _, setting := range model.SettingWords {
		args[strings.ToUpper(setting.Name[:1])+setting.Name[1:]] = p.wordText(setting.Name, *setting.Value(&p.draft))
	}
	for _, setting := range model.SettingList {
		name := ""
		for _, word := range strings.Split(setting.Name, "-") {
			name += strings.ToUpper(word[:1]) + word[1:]
		}
		args[name] = p.write(setting, *setting.Value(&p.draft))
	}
	return args
}

// Actions are the page's actions as they are now.
func (p *Page) Actions() []kit.Action {
	const group = "page.rules"
	may := func() (bool, string) { return p.s.May(model.Settings{}) }
	action := func(name string, keys []string, priority int, run func() tea.Cmd) kit.Action {
		return kit.Action{Name: "rules." + name, Keys: keys, Title: "rules.action." + name, Short: "rules.short." + name, Group: group,
			Priority: priority, Enabled: may, Run: run}
	}
	if p.typing {
		return []kit.Action{
			{Name: "rules.take", Keys: []string{"enter"}, Title: "rules.action.take", Short: "rules.short.take", Group: group, Priority: 100, Unlisted: true},
			{Name: "rules.revert", Keys: []string{"esc"}, Title: "rules.action.revert", Short: "rules.short.revert", Group: group, Priority: 99, Unlisted: true},
			{Name: "rules.save", Keys: []string{"ctrl+s"}, Title: "rules.action.save", Short: "rules.short.save", Group: group, Priority: 98, Unlisted: true},
		}
	}
	var actions []kit.Action
	editKeys := []string{"e", "enter"}
	if p.draft != p.stored {
		actions = append(actions,
			action("save", []string{"ctrl+s"}, 100, p.save),
			kit.Action{Name: "rules.drop", Keys: []string{"esc"}, Title: "rules.action.drop", Short: "rules.short.drop", Group: group, Priority: 99,
				Run: func() tea.Cmd { p.Back(); return nil }})
	}
	return append(actions,
		action("edit", editKeys, 80, p.edit),
		action("class.new", []string{"n"}, 55, p.newClass),
		p.deleteAction(action),
		action("more", []string{"+"}, 70, func() tea.Cmd { return p.step(1) }),
		action("less", []string{"-"}, 69, func() tea.Cmd { return p.step(-1) }),
		action("reset", []string{"u", "backspace"}, 50, func() tea.Cmd { return p.reset(false) }),
		action("reset-all", nil, 0, func() tea.Cmd { return p.reset(true) }),
		kit.Action{Name: "rules.read", Keys: []string{"tab"}, Title: "rules.action.read", Short: "rules.short.read", Group: group, Priority: 60,
			Run: func() tea.Cmd { p.read(!p.reading); return nil }},
		kit.Action{Name: "rules.retention", Keys: []string{"&"}, Title: "retention.action", Short: "retention.action.short", Group: group, Priority: 40,
			Run: func() tea.Cmd { return forms.Retention(p.s) }},
		kit.Action{Name: "rules.copy", Keys: []string{"y"}, Title: "rules.action.copy", Group: group, Run: p.copy},
		kit.Action{Name: "rules.move", Keys: []string{"up", "down", "k", "j", "pgup", "pgdown", "g", "G"}, Title: "kit.action.move", Group: group, Unlisted: true},
	)
}

// copy puts all rules into the clipboard, one a line.
func (p *Page) copy() tea.Cmd {
	lines := append(p.copiedClasses(), p.copiedWords()...)
	for _, setting := range model.SettingList {
		lines = append(lines, p.s.Look.T("rules."+setting.Name)+"\t"+p.write(setting, *setting.Value(&p.stored)))
	}
	return p.s.Look.Copy(strings.Join(lines, "\n"))
}

// Unsaved says what leaving the program would lose; "" for nothing.
func (p *Page) Unsaved() string {
	if p.draft == p.stored {
		return ""
	}
	return p.s.Look.T("rules.unsaved")
}
