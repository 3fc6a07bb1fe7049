package visits

// Visits that two people have logged, each without knowing of the other.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
)

// pair finds visits of one day and account that may be one.
func (p *Page) pair() {
	p.twins = map[model.RowID]model.Visit{}
	type group struct {
		account, rep string
		day          model.Date
	}
	seen := map[group][]model.Visit{}
	for _, v := range p.visits {
		at := group{v.Account, v.Rep, v.Date}
		for _, other := range seen[at] {
			if model.Twice(v, other) {
				p.twins[v.ID], p.twins[other.ID] = other, v
			}
		}
		seen[at] = append(seen[at], v)
	}
}

// marked is a visit's row, with a mark where it may be there twice.
func (p *Page) marked(v model.Visit, cells []kit.Cell) []kit.Cell {
	if _, twice := p.twins[v.ID]; !twice {
		return cells
	}
	for i, column := range tables.Visits.Page() {
		if column.Key == "result" {
			cells[i] = kit.Cell{Text: p.s.Look.T("visits.twice") + " " + cells[i].Text, Role: kit.Late}
		}
	}
	return cells
}

// twin is the visit under the cursor, and the one that may be the same.
func (p *Page) twin() (v, other model.Visit, ok bool) {
	if v, ok = p.current(); ok {
		other, ok = p.twins[v.ID]
	}
	return v, other, ok
}

// asOne makes the visit under the cursor and its twin one.
func (p *Page) asOne() tea.Cmd {
	v, other, ok := p.twin()
	if !ok {
		return nil
	}
	name := p.s.AccountName(v.Account)
	r := store.Request{Action: "visit.one", Subject: name, Puts: []store.Put{{Record: model.AsOne(v, other), Before: v}}, Deletes: []model.Key{other.Key()}}
	return p.s.Apply(r, p.s.Look.T("visits.twice.done", text.Args{"Name": name}), nil)
}

// onePriority gives the key its place in the footer while it can be used.
func (p *Page) onePriority() int {
	if _, _, ok := p.twin(); ok {
		return 93
	}
	return 0
}
