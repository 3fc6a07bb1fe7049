package demo

// A clash that can be told: in one territory a caller has promised to call a customer
// whom the rep visits two days before.

import "doppelpass/model"

// clash is what the caller promised at an account with a planned visit; false where the
// territory has its clash already, or the account may not be called.
func (g *ground) clash(a *model.Account, planned model.PlannedVisit) (model.FollowUp, bool) {
	today := g.m.o.Today
	if !g.clashes || a.Phone == "" || a.DoNotCall || a.Consent != model.ConsentGiven || planned.Date < today+2 || planned.Date > today+10 {
		return model.FollowUp{}, false
	}
	g.clashes = false
	f := model.FollowUp{Account: a.Code, Kind: model.FollowCall, Date: g.m.calendar.before(today - 1), Time: model.NewClock(11, 20), By: agents[1], For: agents[1],
		Due: planned.Date + 2, At: model.NewClock(10, 30), Note: "Will die neue Preisliste durchgehen."}
	f.ID = model.DeriveRowID(f.Account, f.Date, f.Time, f.By, string(f.Kind), 0)
	return f, true
}
