package rules

// The classes among the rules: a line each, with a form for its name, its interval,
// its weight and its place. What the form says becomes part of the draft.

import (
	"slices"
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
)

// line is a line of the list: a setting, or a class, whose number is its interval.
type line struct {
	model.Setting
	class model.Class        // "" for a setting
	word  *model.SettingWord // nil for a number
}

func (l line) id() string {
	if l.class != "" {
		return "class:" + string(l.class)
	}
	return l.Name
}

// lines are the draft's classes and then the settings.
func (p *Page) lines() []line {
	classes := p.draft.ClassList()
	lines := make([]line, 0, len(classes)+len(model.SettingList))
	for _, class := range classes {
		code := class.Code
		lines = append(lines, line{class: code, Setting: model.Setting{
			Name: "class", Group: "classes", Unit: model.UnitDays, Min: 1, Max: model.LongestInterval,
			Value: func(s *model.Settings) *int { return &classIn(s, code).Interval },
		}})
	}
	for i, setting := range model.SettingList {
		lines = append(lines, line{Setting: setting})
		if i+1 == len(model.SettingList) || model.SettingList[i+1].Group != setting.Group {
			lines = append(lines, wordLines(setting.Group)...)
		}
	}
	return lines
}

// classIn is the class in the settings; without it, one that is in none.
func classIn(s *model.Settings, code model.Class) *model.ClassRule {
	for i := range s.Classes {
		if s.Classes[i].Code == code {
			return &s.Classes[i]
		}
	}
	return &model.ClassRule{}
}

// title is a line's heading in the explanation.
func (p *Page) title(l line) string {
	if l.class != "" {
		return p.s.Look.T("rules.class", text.Args{"Class": p.draft.ClassName(l.class)})
	}
	return p.s.Look.T("rules." + l.Name)
}

// about says what a line does.
func (p *Page) about(l line) string {
	look := p.s.Look
	if l.class == "" {
		return look.T("rules." + l.Name + ".text")
	}
	class := classIn(&p.draft, l.class)
	about := look.Text.N("rules.class.text", class.Interval, text.Args{"Weight": look.Text.Percent(float64(class.Weight) / 100)})
	if l.class == p.draft.LastClass() {
		about += " " + look.T("rules.class.last")
	}
	return about
}

// classText is what a class's line says: "30 days, weighs 150 %".
func (p *Page) classText(class model.ClassRule) string {
	return p.s.Look.Text.N("rules.class.value", class.Interval, text.Args{"Weight": p.s.Look.Text.Percent(float64(class.Weight) / 100)})
}

func (p *Page) classRow(l line) kit.Row {
	look := p.s.Look
	defaults := model.DefaultSettings()
	class, stored, standard := *classIn(&p.draft, l.class), *classIn(&p.stored, l.class), *classIn(&defaults, l.class)
	mark, role := marked(class != standard)
	number := kit.Span{Text: p.write(l.Setting, class.Interval), Role: role}
	weight := look.T("rules.class.weighs", text.Args{"Weight": look.Text.Percent(float64(class.Weight) / 100)})
	was := func(value string) kit.Span {
		return kit.Span{Text: "  " + look.T("rules.was", text.Args{"Value": value}), Role: kit.Dim}
	}
	cell := []kit.Span{mark}
	switch { // what changes stands where the weight stands else
	case stored.Code == "":
		cell = append(cell, number, kit.Span{Text: "  " + look.T("rules.class.new"), Role: kit.Dim})
	case class.Interval != stored.Interval:
		cell = append(cell, number, was(look.Text.Int(stored.Interval)))
	case class.Weight != stored.Weight:
		cell = append(cell, kit.Span{Text: weight, Role: role}, was(look.Text.Int(stored.Weight)))
	case class.Name != stored.Name:
		cell = append(cell, number, was(kit.Clean(stored.Label())))
	default:
		cell = append(cell, number, kit.Span{Text: " · " + look.Text.Percent(float64(class.Weight)/100), Role: kit.Dim})
	}
	usual := "–"
	if standard.Code != "" {
		usual = p.write(l.Setting, standard.Interval)
	}
	if kit.Width(usual) > defaultW {
		usual = look.Text.Int(standard.Interval)
	}
	return kit.Row{Cells: []kit.Cell{{Text: p.title(l)}, {Spans: cell}, {Text: usual, Role: kit.Dim}}}
}

// changedClasses say what the draft does to the classes.
func (p *Page) changedClasses() []string {
	var list []string
	for _, class := range p.draft.ClassList() {
		if class != *classIn(&p.stored, class.Code) {
			list = append(list, p.title(line{class: class.Code})+" "+p.classText(class))
		}
	}
	for _, class := range p.stored.ClassList() {
		if classIn(&p.draft, class.Code).Code == "" {
			list = append(list, p.s.Look.T("rules.class.gone", text.Args{"Class": class.Label()}))
		}
	}
	if len(list) == 0 && p.draft.Classes != p.stored.Classes {
		names := make([]string, 0, model.MaximumClasses)
		for _, class := range p.draft.ClassList() {
			names = append(names, class.Label())
		}
		list = append(list, p.s.Look.T("rules.class.order", text.Args{"Classes": strings.Join(names, " ")}))
	}
	return list
}

// classesText puts the classes into a sentence: "A every 30 days, B every 90 days".
func (p *Page) classesText() string {
	look, list := p.s.Look, ""
	for i, class := range p.draft.ClassList() {
		entry := look.Text.N("rules.class.every", class.Interval, text.Args{"Class": kit.Clean(class.Label())})
		if i > 0 {
			entry = look.T("rules.class.and", text.Args{"List": list, "Entry": entry})
		}
		list = entry
	}
	return list
}

func (p *Page) copiedClasses() []string {
	var lines []string
	for _, class := range p.stored.ClassList() {
		lines = append(lines, p.s.Look.T("rules.class", text.Args{"Class": class.Label()})+"\t"+p.classText(class))
	}
	return lines
}

// resetClass gives a class its first name and numbers again; a class of the team's
// own has none.
func (p *Page) resetClass(code model.Class) {
	standard := model.DefaultSettings()
	if class := classIn(&standard, code); class.Code != "" {
		*classIn(&p.draft, code) = *class
	}
}

// classSeparators are what parts classes in files, so that no name has it.
const classSeparators = ",;|/+&:"

// editClass opens the form of a class.
func (p *Page) editClass(code model.Class) tea.Cmd {
	return p.classForm(*classIn(&p.draft, code), p.draft.Rank(code))
}

// newClass opens the form of a class to come: the last, visited half as often.
func (p *Page) newClass() tea.Cmd {
	classes := p.draft.ClassList()
	if len(classes) == model.MaximumClasses {
		p.s.Shell.Fail(p.s.Look.Text.N("rules.class.full", model.MaximumClasses))
		return nil
	}
	last := classes[len(classes)-1]
	next := model.ClassRule{Interval: min(2*last.Interval, model.LongestInterval), Weight: max(last.Weight/2, 1)}
	if letter := "D"; !p.taken(letter, "") {
		next.Name = letter
	}
	return p.classForm(next, len(classes))
}

// taken reports whether another class than the given one is called so.
func (p *Page) taken(name string, but model.Class) bool {
	return slices.ContainsFunc(p.draft.ClassList(), func(c model.ClassRule) bool { return c.Code != but && strings.EqualFold(c.Label(), name) })
}

func (p *Page) classForm(class model.ClassRule, rank int) tea.Cmd {
	look, code := p.s.Look, class.Code
	if ok, reason := p.s.May(model.Settings{}); !ok {
		p.s.Shell.Fail(reason)
		return nil
	}
	places := len(p.draft.ClassList())
	title := look.T("rules.class.add")
	if code == "" {
		places++
	} else {
		title = look.T("rules.class", text.Args{"Class": kit.Clean(class.Label())})
	}
	name := kit.Field{Name: "name", Label: "rules.class.name", Kind: kit.FieldText, Required: true, Start: class.Label(), Width: 20,
		Check: func(value any) string {
			typed := strings.TrimSpace(value.(string))
			switch {
			case p.taken(typed, code):
				return look.T("rules.class.taken")
			case strings.ContainsAny(typed, classSeparators) || !strings.ContainsFunc(typed, isLetterOrDigit):
				return look.T("rules.class.bad")
			}
			return ""
		}}
	whole := func(name, unit string, start, least, most int) kit.Field {
		return kit.Field{Name: name, Label: "rules.class." + name, Hint: "rules.class." + name + ".hint", Kind: kit.FieldNumber, Whole: true, Required: true,
			Unit: unit, Range: kit.Between(float64(least), float64(most)), Start: start, Width: 8}
	}
	form := kit.NewForm(look, title, name,
		whole("interval", "rules.unit.days.alone", class.Interval, 1, model.LongestInterval),
		whole("weight", "rules.unit.percent.alone", class.Weight, 1, model.HighestWeight),
		whole("place", "", rank+1, 1, places))
	form.SetSubmit("rules.class.take")
	dialog := kit.NewFormBox(look, form)
	form.OnCancel = func() tea.Cmd { dialog.Close(); return nil }
	form.OnSubmit = func(v kit.Values) tea.Cmd {
		dialog.Close()
		class.Name = strings.TrimSpace(v.Text("name"))
		class.Interval, class.Weight = v.Int("interval"), v.Int("weight")
		if code == "" {
			class.Code = p.draft.NewClass(class.Name)
		}
		if class.Name == string(class.Code) {
			class.Name = ""
		}
		list := slices.DeleteFunc(slices.Clone(p.draft.ClassList()), func(c model.ClassRule) bool { return c.Code == class.Code })
		p.setClasses(slices.Insert(list, v.Int("place")-1, class))
		cmd := p.weigh()
		p.list.Select("class:" + string(class.Code))
		p.explain()
		return cmd
	}
	return p.s.Shell.Show(dialog)
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func (p *Page) setClasses(list []model.ClassRule) {
	p.draft.Classes = model.ClassTable{}
	copy(p.draft.Classes[:], list)
}

// deleteAction takes the class under the cursor out of the table, unless accounts or
// campaigns have it.
func (p *Page) deleteAction(action func(string, []string, int, func() tea.Cmd) kit.Action) kit.Action {
	code := p.current().class
	a := action("class.delete", []string{"d"}, 0, func() tea.Cmd {
		p.setClasses(slices.DeleteFunc(slices.Clone(p.draft.ClassList()), func(c model.ClassRule) bool { return c.Code == code }))
		return p.weigh()
	})
	may := a.Enabled
	a.Enabled = func() (bool, string) {
		if ok, reason := may(); !ok {
			return ok, reason
		}
		look, accounts := p.s.Look, 0
		switch {
		case code == "":
			return false, look.T("rules.class.none")
		case len(p.draft.ClassList()) == 1:
			return false, look.T("rules.class.only")
		}
		for l := range p.s.Book.Accounts {
			if l.Class == code {
				accounts++
			}
		}
		if accounts > 0 {
			return false, look.Text.N("rules.class.used", accounts, text.Args{"Class": p.draft.ClassName(code)})
		}
		for _, c := range p.s.Book.Campaigns() {
			if slices.Contains(c.Classes, code) {
				return false, look.T("rules.class.aimed", text.Args{"Class": p.draft.ClassName(code), "Campaign": p.s.CampaignName(c.Code)})
			}
		}
		return true, ""
	}
	return a
}
