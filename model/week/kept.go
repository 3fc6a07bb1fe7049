package week

// A draft written down, for a session that goes on with it: what was bent by hand, and
// nothing of what the Book says anyway.

import (
	"doppelpass/model"
	"doppelpass/model/route"
)

// Kept is a draft as it was bent.
type Kept struct {
	Rep    string      `json:"rep"`
	Monday model.Date  `json:"monday"`
	Stops  []KeptStop  `json:"stops"`
	Off    [Days]*bool `json:"off"` // days that were made off, or not off, by hand
}

// KeptStop is a visit of a kept draft, in the order of its day, or an account that was
// taken out of the week.
type KeptStop struct {
	Account  string              `json:"account"`
	Agreed   *model.PlannedVisit `json:"agreed,omitempty"` // what the Book had
	Wished   *model.FollowUp     `json:"wished,omitempty"` // what a customer wished
	Day      int                 `json:"day"`              // −1: on none
	At       *route.Seconds      `json:"at,omitempty"`     // the time it is fixed to
	Soft     bool                `json:"soft,omitempty"`   // … which came by itself
	Pinned   bool                `json:"pinned,omitempty"`
	Ordered  bool                `json:"ordered,omitempty"`
	Out      bool                `json:"out,omitempty"`
	Dealt    bool                `json:"dealt,omitempty"`
	Included bool                `json:"included,omitempty"`
}

// Keep writes the draft down.
func (d *Draft) Keep() Kept {
	k := Kept{Rep: d.Rep.Code, Monday: d.Monday}
	keep := func(stop, day int, at *route.Seconds) {
		kept := KeptStop{
			Account: d.Stops[stop].Customer.Code, Day: day, At: at, Soft: d.soft[stop], Pinned: d.pinned[stop], Ordered: d.ordered[stop],
			Out: d.out[stop], Dealt: d.dealt[stop], Included: d.Stops[stop].Included,
		}
		if agreed, ok := d.base[stop]; ok {
			kept.Agreed = &agreed
		}
		if wish, ok := d.wished[stop]; ok {
			kept.Wished = &wish
		}
		k.Stops = append(k.Stops, kept)
	}
	placed := map[int]bool{}
	for day := range d.days {
		for _, p := range d.days[day] {
			var at *route.Seconds
			if p.Timed {
				at = &p.At
			}
			keep(p.Stop, day, at)
			placed[p.Stop] = true
		}
		if d.offByHand[day] {
			off := d.problem.Days[day].Off
			k.Off[day] = &off
		}
	}
	for stop := range d.Stops {
		if _, agreed := d.base[stop]; !placed[stop] && (d.out[stop] || d.dealt[stop] || agreed || d.wishedFor(stop)) {
			keep(stop, -1, nil)
		}
	}
	return k
}

// TakeUp is a kept draft on the Book as it is now, as Renew has it.
func (k *Desk) TakeUp(kept Kept) (*Draft, error) {
	old := &Draft{
		Rep: model.Rep{Code: kept.Rep}, Monday: kept.Monday, pinned: map[int]bool{}, ordered: map[int]bool{}, out: map[int]bool{},
		soft: map[int]bool{}, dealt: map[int]bool{}, base: map[int]model.PlannedVisit{}, wished: map[int]model.FollowUp{},
	}
	old.problem.Days = make([]route.Day, Days)
	for _, s := range kept.Stops {
		customer := k.book.Account(s.Account)
		if customer == nil || s.Day >= Days {
			continue // it is gone
		}
		stop := len(old.Stops)
		old.Stops = append(old.Stops, Stop{Customer: customer, Included: s.Included})
		if s.Agreed != nil {
			old.base[stop] = *s.Agreed
		}
		if s.Wished != nil {
			old.wished[stop] = *s.Wished
		}
		for _, mark := range []struct {
			is  bool
			set map[int]bool
		}{{s.Soft, old.soft}, {s.Pinned, old.pinned}, {s.Ordered, old.ordered}, {s.Out, old.out}, {s.Dealt, old.dealt}} {
			if mark.is {
				mark.set[stop] = true
			}
		}
		if s.Day >= 0 {
			placed := route.Placed{Stop: stop}
			if s.At != nil {
				placed.Timed, placed.At = true, *s.At
			}
			old.days[s.Day] = append(old.days[s.Day], placed)
		}
	}
	for day, off := range kept.Off {
		if off != nil {
			old.offByHand[day], old.problem.Days[day].Off = true, *off
		}
	}
	return k.Renew(old)
}
