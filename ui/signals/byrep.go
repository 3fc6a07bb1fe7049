package signals

// The lists by rep: whoever leads reps talks with them one after the other, about all
// their signals and their week.

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// toggleByRep groups both lists by rep, or puts them back in their order.
func (p *Page) toggleByRep() tea.Cmd {
	p.byRep = !p.byRep
	for _, s := range p.sides {
		id := s.table.Cursor()
		s.choose()
		s.layout()
		s.table.Refresh()
		s.table.Select(id)
	}
	p.arrange()
	said := "signals.by-rep.off"
	if p.byRep {
		said = "signals.by-rep.on"
	}
	p.session.Shell.Say(p.session.Look.T(said))
	return nil
}

// repOf is the rep of a signal's territory; "" where there is none.
func (p *Page) repOf(s model.Signal) string {
	if area := p.session.Book.Area(s.Territory); area != nil {
		return area.Rep
	}
	return ""
}

// groupByRep brings the signals of a rep together, the rep with the most urgent one
// first; those of a rep keep their order.
func (s *side) groupByRep() {
	first := map[string]int{}
	for i, signal := range s.shown {
		if rep := s.page.repOf(signal); first[rep] == 0 {
			first[rep] = i + 1
		}
	}
	s.shown = slices.Clone(s.shown)
	slices.SortStableFunc(s.shown, func(a, b model.Signal) int { return first[s.page.repOf(a)] - first[s.page.repOf(b)] })
	s.reps = map[string]string{}
	for rep := range first {
		s.reps[rep] = s.repHead(rep)
	}
}

// repHead is what stands above a rep's signals: who it is, how many they are, and how the
// week stands.
func (s *side) repHead(rep string) string {
	where, signals := s.page.session, 0
	for _, signal := range s.shown {
		if s.page.repOf(signal) == rep {
			signals++
		}
	}
	if rep == "" {
		return where.Look.Text.N("signals.by-rep.vacant", signals)
	}
	monday := where.Today.Monday()
	planned := 0
	for visit := range where.Book.Plan(rep) {
		if visit.Date >= where.Today && visit.Date < monday+7 {
			planned++
		}
	}
	week := where.Look.Text.N("signals.by-rep.week", planned)
	if planned == 0 {
		week = where.Look.T("signals.by-rep.week.none")
	}
	name := where.Book.RepName(rep)
	if away, _ := words.AbsentMark(where.Look.Text, where.Book, rep, where.Today); away != "" {
		name = away
	}
	return where.Look.Text.N("signals.by-rep.head", signals, text.Args{"Rep": name, "Week": week})
}

// repHeading stands above the first signal of each rep.
func (s *side) repHeading(i int) kit.Cell {
	rep := s.page.repOf(s.shown[i])
	if i > 0 && s.page.repOf(s.shown[i-1]) == rep {
		return kit.Cell{}
	}
	return kit.Cell{Text: s.reps[rep], Role: kit.Heading}
}
