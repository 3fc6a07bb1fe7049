package rules

// The settings that are words: the calendar of public holidays and the country of
// whatever says none. A form offers those there are.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/place"
	"doppelpass/store/holidays"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// wordLines are the lines of a group's words.
func wordLines(group string) (lines []line) {
	for i := range model.SettingWords {
		if word := &model.SettingWords[i]; word.Group == group {
			lines = append(lines, line{Setting: model.Setting{Name: word.Name, Group: group}, word: word})
		}
	}
	return lines
}

// wordText is a word as people read it: "DE-BY Bayern".
func (p *Page) wordText(name, word string) string {
	switch {
	case name == "fair":
		return words.FairMode(p.s.Look.Text, word)
	case word == "":
		return p.s.Look.T("rules." + name + ".none")
	case name == "country":
		return word + " " + place.CountryName(word, string(p.s.Look.Text.Language))
	}
	if calendar, known := holidays.Find(word); known {
		return calendar.Code + " " + calendar.Name
	}
	return p.s.Look.T("rules.calendar.unknown", text.Args{"Calendar": word})
}

func (p *Page) wordRow(l line) kit.Row {
	look, defaults := p.s.Look, model.DefaultSettings()
	word, stored, standard := *l.word.Value(&p.draft), *l.word.Value(&p.stored), *l.word.Value(&defaults)
	mark, role := marked(word != standard)
	cell := []kit.Span{mark, {Text: p.wordText(l.Name, word), Role: role}}
	if word != stored {
		cell = []kit.Span{mark, {Text: p.shortWord(l.Name, word), Role: role}, {Text: "  " + look.T("rules.was", text.Args{"Value": p.shortWord(l.Name, stored)}), Role: kit.Dim}}
	}
	return kit.Row{Cells: []kit.Cell{{Text: look.T("rules." + l.Name)}, {Spans: cell}, {Text: p.shortWord(l.Name, standard), Role: kit.Dim}}}
}

// shortWord is a word where there is little room.
func (p *Page) shortWord(name, word string) string {
	switch {
	case name == "fair" && word != "":
		return p.wordText(name, word)
	case word == "":
		return "–"
	}
	return word
}

func (p *Page) changedWords() (list []string) {
	for _, setting := range model.SettingWords {
		if word := *setting.Value(&p.draft); word != *setting.Value(&p.stored) {
			list = append(list, p.s.Look.T("rules."+setting.Name)+" "+p.wordText(setting.Name, word))
		}
	}
	return list
}

func (p *Page) copiedWords() (lines []string) {
	for _, setting := range model.SettingWords {
		lines = append(lines, p.s.Look.T("rules."+setting.Name)+"\t"+p.wordText(setting.Name, *setting.Value(&p.stored)))
	}
	return lines
}

// editWord opens the form of a word.
func (p *Page) editWord(setting model.SettingWord) tea.Cmd {
	look, start := p.s.Look, *setting.Value(&p.draft)
	if ok, reason := p.s.May(model.Settings{}); !ok {
		p.s.Shell.Fail(reason)
		return nil
	}
	take := func(word string) tea.Cmd {
		*setting.Value(&p.draft) = word
		return p.weigh()
	}
	switch setting.Name {
	case "fair":
		var options []kit.Option
		for _, choice := range model.FairChoices {
			options = append(options, kit.Option{Value: choice, Label: words.FairMode(look.Text, choice)})
		}
		return p.s.Shell.Show(kit.Choose(look, look.T("rules.fair"), look.T("rules.fair.text"), options, take))
	case "country":
		return p.s.Shell.Show(kit.Choose(look, look.T("rules.country"), look.T("rules.country.text"), p.countries(), take))
	}
	field := kit.Field{Name: setting.Name, Label: "rules." + setting.Name, Hint: "rules." + setting.Name + ".hint", Kind: kit.FieldSearch, Start: start, Width: 36}
	field.Options = forms.Calendars()
	form := kit.NewForm(look, "rules."+setting.Name, field)
	form.SetSubmit("rules.class.take")
	dialog := kit.NewFormBox(look, form)
	form.OnCancel = func() tea.Cmd { dialog.Close(); return nil }
	form.OnSubmit = func(v kit.Values) tea.Cmd {
		dialog.Close()
		return take(v.Text(setting.Name))
	}
	return p.s.Shell.Show(dialog)
}

// countries are those that have a calendar.
func (p *Page) countries() (options []kit.Option) {
	seen := map[string]bool{}
	for _, calendar := range holidays.All() {
		code, _, _ := strings.Cut(calendar.Code, "-")
		if !seen[code] {
			seen[code] = true
			options = append(options, kit.Option{Value: code, Label: code + "  " + place.CountryName(code, string(p.s.Look.Text.Language))})
		}
	}
	return options
}
