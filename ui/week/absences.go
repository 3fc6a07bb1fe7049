package week

// The absences of the rep in view: listed, entered, changed and struck out.

import (
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// newAbsence is the option for one more.
const newAbsence = "new"

// absences lists the rep's absences that are not over, to choose one of.
func (p *Page) absences() tea.Cmd {
	look, rep := p.s.Look, p.plan.key.rep
	options := []kit.Option{{Value: newAbsence, Label: look.T("week.absences.new")}}
	var list []model.Absence
	for _, a := range p.s.Book.Absences(rep) {
		if a.To == 0 || a.To >= p.s.Today-recentlyAway {
			options = append(options, kit.Option{Value: strconv.Itoa(len(list)), Label: words.AbsenceTime(look.Text, a), Detail: words.AbsenceKind(look.Text, a.Kind)})
			list = append(list, a)
		}
	}
	title := look.T("week.absences.title", text.Args{"Rep": p.s.Book.RepName(rep)})
	return p.s.Shell.Show(kit.Choose(look, title, "", options, func(value string) tea.Cmd {
		i, err := strconv.Atoi(value)
		if err != nil {
			return forms.Absence(p.s, model.Absence{Rep: rep})
		}
		return p.absence(list[i])
	}))
}

// recentlyAway is for how many days an absence that is over still shows.
const recentlyAway = 30

// absence asks what to do with one.
func (p *Page) absence(a model.Absence) tea.Cmd {
	look := p.s.Look
	options := []kit.Option{{Value: "edit", Label: look.T("week.absences.edit")}, {Value: "delete", Label: look.T("week.absences.delete")}}
	return p.s.Shell.Show(kit.Choose(look, words.Absence(look.Text, p.s.Book, a), "", options, func(value string) tea.Cmd {
		if value == "edit" {
			return forms.Absence(p.s, a)
		}
		return forms.Delete(p.s, []model.Record{a})
	}))
}
