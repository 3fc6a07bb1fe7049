package demo

// What became of planned visits of the last half year: most took place, some met nobody, a
// few were dropped. It is drawn from the visits themselves, so that all else stays as it is.

import (
	"hash/fnv"

	"doppelpass/model"
)

// Of a hundred visits so many had been planned, and for so many another one was dropped in
// the week before.
const (
	settledDays    = 182
	hadBeenPlanned = 55
	hadBeenDropped = 5
)

// reasons of dropped visits, the usual ones more often.
var reasons = [...]string{model.DroppedByCustomer, model.DroppedByCustomer, model.DroppedNoTime, model.DroppedIll, model.DroppedOther}

// settled hands over what became of the plans behind the account's latest visits. Large
// companies are made for measuring and have none.
func (m *maker) settled() error {
	if m.copies > 1 {
		return nil
	}
	taken := map[model.Date]bool{}
	for _, v := range m.visitRows {
		taken[v.Date] = true
	}
	var last model.Date
	for _, v := range m.visitRows {
		again := v.Date == last
		last = v.Date
		if again || v.Date < m.o.Today-settledDays || v.Date >= m.o.Today || v.Kind == model.VisitOther {
			continue
		}
		s := model.SettledVisit{Rep: v.Rep, Date: v.Date, Account: v.Account, Time: v.Time, Minutes: v.Minutes, Became: model.BecameMet}
		if v.Kind == model.VisitNotMet {
			s.Became = model.BecameNotMet
		}
		draw := drawOf(v)
		if draw%100 < hadBeenPlanned {
			if err := m.sink.Put(s); err != nil {
				return err
			}
		}
		if before := v.Date - 7; draw/100%100 < hadBeenDropped && !taken[before] && m.calendar.before(before) == before {
			s.Date, s.Minutes, s.Became, s.Reason = before, 0, model.BecameDropped, reasons[draw/10_000%uint64(len(reasons))]
			if err := m.sink.Put(s); err != nil {
				return err
			}
		}
	}
	return nil
}

func drawOf(v model.Visit) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(v.Account + v.Date.String()))
	return h.Sum64()
}
