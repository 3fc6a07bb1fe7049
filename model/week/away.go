package week

// The days and hours of a week on which the rep is not there.

import (
	"errors"
	"slices"

	"doppelpass/model"
	"doppelpass/model/route"
)

// keepAway takes the rep's absences out of a day: a whole day is off, one that begins
// later or ends earlier is shorter, and hours in its midst are busy.
func (d *Draft) keepAway(day int) {
	p := &d.problem.Days[day]
	for _, away := range d.away[day] {
		from, to := route.Minutes(away.From), route.Minutes(away.To)
		switch {
		case from <= p.Start && to >= p.End:
			p.Off = p.Off || !p.Only
			p.Only = p.Only || !p.Off
		case to <= p.Start || from >= p.End:
		default:
			p.Busy = append(p.Busy, route.Window{From: from, To: to})
			if from <= p.Start {
				p.Start = to
			}
			if to >= p.End {
				p.End = from
			}
		}
	}
}

// Away are the rep's absences on a day.
func (d *Draft) Away(day int) []model.Away { return d.away[day] }

// ErrAway says that a day is off for a reason that is not the week's to change: an
// absence of several days, one that comes back every week, or a public holiday.
var ErrAway = errors.New("the day is off by an absence or a holiday")

// SetOff marks a day as off or takes the mark away. What was only proposed for it goes
// back to those left out; what is agreed or wished stays until somebody decides about it. Confirmed,
// the day off is an absence. ErrAway says that the mark cannot be taken away here.
func (d *Draft) SetOff(day int, off bool) error {
	if !off && d.Off(day) && !d.offByHand[day] {
		if _, single := d.single(day); !single {
			return ErrAway
		}
	}
	d.setOff(day, off)
	if off {
		d.days[day] = slices.DeleteFunc(slices.Clone(d.days[day]), func(p route.Placed) bool {
			if _, agreed := d.base[p.Stop]; agreed || d.wishedFor(p.Stop) {
				return false
			}
			d.free(p.Stop)
			return true
		})
	}
	d.bound()
	return d.schedule()
}

func (d *Draft) setOff(day int, off bool) {
	if d.problem.Days[day].Off == off {
		return
	}
	d.problem.Days = slices.Clone(d.problem.Days)
	d.problem.Days[day].Off = off
	d.offByHand[day] = !d.offByHand[day]
}

// single is the absence that takes a day off and nothing else.
func (d *Draft) single(day int) (model.Absence, bool) {
	whole := slices.DeleteFunc(slices.Clone(d.away[day]), func(a model.Away) bool { return !a.Whole() })
	if len(whole) != 1 {
		return model.Absence{}, false
	}
	a := whole[0].Absence
	return a, len(a.Weekdays) == 0 && a.From == a.To
}

// DaysOff are the absences to put and to take away so that the days that were marked by
// hand are off, or not, for good.
func (d *Draft) DaysOff() (put []model.Absence, remove []model.Key) {
	for day := range Days {
		if !d.offByHand[day] {
			continue
		}
		if d.Off(day) {
			put = append(put, model.Absence{Rep: d.Rep.Code, From: d.Date(day), To: d.Date(day), Kind: model.AwayOther})
		} else if a, ok := d.single(day); ok {
			remove = append(remove, a.Key())
		}
	}
	return put, remove
}
