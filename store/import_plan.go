package store

// Planned visits of a file: rows that are alike but for the time are visits of their own,
// and the n-th of a rep's at an account on a day is the n-th again when the file is read
// once more. Nobody is at an account twice at one time: such a row is the same visit.

import (
	"slices"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

func (i *importer) takePlanned(row *exchange.Row, p model.PlannedVisit) error {
	if i.planned == nil {
		i.planned = map[model.Key][]model.PlannedVisit{}
	}
	before := i.planned[p.Key()]
	if same := slices.IndexFunc(before, func(q model.PlannedVisit) bool { return q.Time == p.Time }); same >= 0 {
		p.Nth = same
	} else {
		i.planned[p.Key()] = append(before, p)
		p.Nth = len(before)
	}
	if !i.forgetting.held[p.Account] {
		if now, gone := i.forgetting.aging.Of(p); gone.Time {
			p = now.(model.PlannedVisit)
			i.report.Aged++
		}
	}
	return i.takeRecord(row, p)
}
