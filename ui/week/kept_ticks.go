package week

// The marks of a pass of ticking off that are not saved, kept for another session.

import "doppelpass/model"

// keptTicks are the marks of a rep's pass.
type keptTicks struct {
	Rep   string     `json:"rep"`
	Marks []keptTick `json:"marks"`
}

type keptTick struct {
	Planned model.PlannedVisit `json:"planned"`
	Mark    tickMark           `json:"mark"`
	Outcome string             `json:"outcome,omitempty"`
	Value   model.Money        `json:"value,omitempty"`
	Reason  string             `json:"reason,omitempty"`
}

// marked are the rows that somebody has said something of and that are not saved.
func (t *tickOff) marked() (rows []tickRow) {
	if t == nil {
		return nil
	}
	for _, row := range t.rows {
		if row.mark != tickOpen && !row.logged {
			rows = append(rows, row)
		}
	}
	return rows
}

// keep is what is to be kept of the pass; nil for nothing.
func (t *tickOff) keep() *keptTicks {
	marked := t.marked()
	if len(marked) == 0 {
		return nil
	}
	kept := &keptTicks{Rep: t.rep}
	for _, row := range marked {
		kept.Marks = append(kept.Marks, keptTick{row.planned, row.mark, row.outcome, row.value, row.reason})
	}
	return kept
}

// takeUpTicks begins the pass again with what was marked; false where some of it is no
// longer to be ticked off.
func (p *Page) takeUpTicks(kept keptTicks) bool {
	p.show(weekKey{kept.Rep, p.s.Today.Monday()})
	p.tickOff()
	found := 0
	for _, k := range kept.Marks {
		for i := range p.tick.rows {
			if row := &p.tick.rows[i]; row.planned.Key() == k.Planned.Key() && !row.logged && int(k.Mark) < len(tickWords) {
				row.tickAnswer = tickAnswer{mark: k.Mark, outcome: k.Outcome, value: k.Value, reason: k.Reason}
				found++
			}
		}
	}
	p.tick.table.Refresh()
	if found == 0 {
		p.tick = nil
		p.arrange()
	}
	return found == len(kept.Marks)
}
