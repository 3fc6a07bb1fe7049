package week

// Visits that customers wished on the telephone stand in the week on the day and at the
// time they were told, before sales has said a word: confirming the week confirms them.
// What is not confirmed is answered by hand, and the caller is told.

import (
	"bytes"
	"cmp"
	"slices"

	"doppelpass/model"
	"doppelpass/model/route"
)

// wished are the visits that customers wish in a week from a rep and that nobody has
// answered, in order of time: those at the accounts that are the rep's care on the day.
// Wishes without a day are none of any week; they only make the account worth more.
func (k *Desk) wished(rep string, monday model.Date) []model.FollowUp {
	var list []model.FollowUp
	for _, area := range k.book.Areas() {
		if area.Rep == "" || area.Rep != rep && !slices.Contains(k.covering(rep, monday, monday+Days-1), area.Rep) {
			continue
		}
		for _, l := range area.Accounts() {
			for _, f := range k.day.Wished(l) {
				if f.Due >= max(k.today, monday) && f.Due < monday+Days && cmp.Or(k.book.CoverOn(area.Rep, f.Due), area.Rep) == rep {
					list = append(list, f)
				}
			}
		}
	}
	slices.SortFunc(list, func(a, b model.FollowUp) int {
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.At, b.At), cmp.Compare(a.Account, b.Account), bytes.Compare(a.ID[:], b.ID[:]))
	})
	return list
}

// takeWished puts the wished visits in place, each once a day and account. One at an
// account that has an agreed visit in the week as well is a stop of its own.
func (d *Draft) takeWished(wished []model.FollowUp) {
	for _, f := range wished {
		stop, day := d.Find(f.Account), int(f.Due-d.Monday)
		if slices.ContainsFunc(d.days[day], func(p route.Placed) bool { return d.Stops[p.Stop].Customer.Code == f.Account }) {
			continue
		}
		if _, agreed := d.base[stop]; agreed || d.wishedFor(stop) {
			stop = d.again(stop)
		}
		placed, position := route.Placed{Stop: stop}, len(d.days[day])
		if f.At != 0 {
			placed.Timed, placed.At = true, route.Minutes(f.At.Minutes())
			if later := slices.IndexFunc(d.days[day], func(p route.Placed) bool { return p.Timed && p.At > placed.At }); later >= 0 {
				position = later
			}
		}
		d.days[day] = slices.Insert(d.days[day], position, placed)
		d.pinned[stop] = true
		d.wished[stop] = f
	}
}

// Wished is the wish that a stop stands for; false for one that nobody has to answer.
func (d *Draft) Wished(stop int) (model.FollowUp, bool) {
	f, ok := d.wished[stop]
	return f, ok
}

func (d *Draft) wishedFor(stop int) bool {
	_, ok := d.wished[stop]
	return ok
}

// Granted are the wishes that confirming the draft answers: those whose visit stands in
// the week, also on another day or at another time than the customer was told (elsewhere),
// which the caller reads then. One that was taken out goes on waiting for somebody's word.
func (d *Draft) Granted() (list, elsewhere []model.FollowUp) {
	for _, plan := range d.Week.Days {
		for _, v := range plan.Visits {
			f, ok := d.wished[v.Stop]
			if !ok {
				continue
			}
			list = append(list, f)
			if _, moved := d.Moved(v.Stop); moved {
				elsewhere = append(elsewhere, f)
			}
		}
	}
	return list, elsewhere
}
