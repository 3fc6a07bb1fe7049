package week

// A rep's week on the page: its draft, the steps by which it was bent, and what
// became of it when it was confirmed.

import (
	"cmp"
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/model/route"
	"doppelpass/model/week"
)

// weekKey names a week of a rep.
type weekKey struct {
	rep    string
	monday model.Date
}

// plan is one week of one rep. The page keeps it, so that an unconfirmed draft waits.
type plan struct {
	key       weekKey
	draft     *week.Draft
	undo      []*week.Draft // as it was before each step
	redo      []*week.Draft
	confirmed *confirmation
	note      string      // what the last run of the planner changed
	takenUp   *week.Draft // the one before all that was bent in an earlier session
	revision  int         // of the Book the draft was made from
	needed    float64
	roads     *route.Travel        // by road, as last asked for
	dealt     *week.Draft          // as the month had it; another draft was bent by hand
	besides   []model.PlannedVisit // in drafts of the rep's other weeks when the draft was made

	put      []model.PlannedVisit // what confirming would write
	remove   []model.Key
	daysOff  []model.Absence  // absences for the days marked as off
	workedOn []model.Key      // absences that are none any longer
	granted  []model.FollowUp // wished visits that it would confirm
}

// confirmation is a draft as it was confirmed, in case that is undone.
type confirmation struct {
	draft  *week.Draft
	undo   []*week.Draft
	put    []model.PlannedVisit
	remove []model.Key
}

// renew brings the plan up to date with the Book.
func (pl *plan) renew(desk *week.Desk, book *model.Book, revision int) error {
	if pl.revision == revision && pl.draft != nil {
		return nil
	}
	asDealt := pl.dealt != nil && pl.dealt == pl.draft
	var err error
	switch {
	case len(pl.undo) > 0 && pl.open() && pl.written(book):
		// What was bent has been written: the steps are the history's now.
		pl.confirmed = &confirmation{draft: pl.draft, undo: pl.undo, put: pl.put, remove: pl.remove}
		pl.undo, pl.redo, pl.note = nil, nil, ""
		pl.draft, err = desk.Draft(pl.key.rep, pl.key.monday)
	case len(pl.undo) > 0:
		pl.draft, err = desk.Renew(pl.draft)
	case pl.confirmed != nil && pl.confirmed.undone(book):
		// The confirmation was taken back: the draft is there again to be bent.
		pl.undo = pl.confirmed.undo
		pl.draft, err = desk.Renew(pl.confirmed.draft)
		pl.confirmed = nil
	default:
		pl.draft, err = desk.Draft(pl.key.rep, pl.key.monday)
	}
	if err != nil {
		return err
	}
	if asDealt {
		pl.dealt = pl.draft
	}
	pl.revision, pl.needed = revision, desk.Needed(pl.key.rep, pl.key.monday)
	pl.settle(book)
	return nil
}

// bent reports whether the draft is somebody's own work: not as the Book has it, nor as the
// month dealt it.
func (pl *plan) bent() bool { return len(pl.undo) > 0 && pl.open() && pl.dealt != pl.draft }

// renew brings a plan up to date with the Book and with the drafts of the rep's other
// weeks: what is proposed there is not proposed here once more.
func (p *Page) renew(pl *plan) error {
	besides := p.besides(pl.key)
	if !slices.Equal(besides, pl.besides) {
		pl.besides, pl.revision = besides, -1
	}
	return pl.renew(p.desk.Besides(besides), p.s.Book, p.s.Revision())
}

// deskOf is the desk for a week, beside the drafts of the rep's other weeks.
func (p *Page) deskOf(key weekKey) *week.Desk { return p.desk.Besides(p.besides(key)) }

// stands reports whether one of two reps stands in for the other in a week.
func (p *Page) stands(other string, key weekKey) bool {
	covers := func(by, rep string) bool {
		return slices.ContainsFunc(p.s.Book.Covers(by, key.monday, key.monday+week.Workdays-1), func(c model.Cover) bool { return c.Rep == rep })
	}
	return covers(other, key.rep) || covers(key.rep, other)
}

// besides are the visits proposed in the drafts of a rep's other weeks, and of those who
// share the accounts because one stands in for the other.
func (p *Page) besides(key weekKey) (list []model.PlannedVisit) {
	for other, pl := range p.plans {
		if (other.rep == key.rep || p.stands(other.rep, key)) && other != key && pl.draft != nil && len(pl.undo) > 0 {
			list = append(list, pl.draft.Proposed()...)
		}
	}
	slices.SortFunc(list, func(a, b model.PlannedVisit) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Time, b.Time), strings.Compare(a.Account, b.Account))
	})
	return list
}

// holds is the share of what the rep's accounts need a week that this one holds.
func (pl *plan) holds() float64 {
	if pl.needed <= 0 {
		return 1
	}
	return min(float64(pl.draft.Done+pl.draft.Week.Visits)/pl.needed, 1)
}

// written reports whether the Book has the week just as the draft has it.
func (pl *plan) written(book *model.Book) bool {
	put, remove := pl.draft.Confirmed(book)
	off, back := pl.draft.DaysOff()
	return len(put)+len(remove)+len(off)+len(back) == 0
}

// undone reports whether the Book is as it was before the confirmation.
func (c *confirmation) undone(book *model.Book) bool {
	put, remove := c.draft.Confirmed(book)
	return slices.Equal(put, c.put) && slices.Equal(remove, c.remove)
}

// settle works out what confirming would write.
func (pl *plan) settle(book *model.Book) {
	pl.put, pl.remove = pl.draft.Confirmed(book)
	pl.daysOff, pl.workedOn = pl.draft.DaysOff()
	pl.granted, _ = pl.draft.Granted()
}

// open reports whether the draft is not as the Book has it.
func (pl *plan) open() bool { return pl.changes() > 0 }

// changes is how many records confirming would write or take away, those aside that only
// get the time which nobody agreed: nobody changed them.
func (pl *plan) changes() int {
	changes := len(pl.remove) + len(pl.daysOff) + len(pl.workedOn)
	for _, p := range pl.put {
		if !pl.draft.OnlyTimed(p) {
			changes++
		}
	}
	return changes
}

// step makes next the draft; the one before can be brought back.
func (pl *plan) step(next *week.Draft, book *model.Book) {
	pl.undo, pl.redo = append(pl.undo, pl.draft), nil
	pl.draft = next
	pl.settle(book)
}

// back takes the last step back, or with forth makes it again.
func (pl *plan) back(from, to *[]*week.Draft, desk *week.Desk, book *model.Book) error {
	last := len(*from) - 1
	draft, err := desk.Renew((*from)[last])
	if err != nil {
		return err
	}
	*from = (*from)[:last]
	*to = append(*to, pl.draft)
	pl.draft, pl.note = draft, ""
	pl.settle(book)
	return nil
}

// Unsaved says what would be lost if the program ended now; "" when nothing would.
func (p *Page) Unsaved() string {
	count := 0
	for _, pl := range p.plans {
		if p.unconfirmed(pl) {
			count++
		}
	}
	if count > 0 {
		return p.s.Look.Text.N("week.unsaved", count)
	}
	if marked := len(p.tick.marked()); marked > 0 {
		return p.s.Look.Text.N("week.tick.lost", marked)
	}
	return ""
}

// unconfirmed reports a week that somebody has bent, or that the planner has found something
// for, and that is not as the Book has it.
func (p *Page) unconfirmed(pl *plan) bool {
	return len(pl.undo) > 0 && pl.open() || p.run != nil && p.run.plan == pl && p.run.best != nil
}
