// Package double keeps the departments from doing work twice. Its ledger says of one
// account who contacted it when and what is planned, of both departments; a warning is
// what of it stands in the way of one more contact; a clash is work of both, or of two
// campaigns, at the same accounts that still lies ahead.
package double

import (
	"cmp"
	"slices"

	"doppelpass/model"
)

// Days is how many days before and after a contact the other department's contacts are
// told; the last of them counts.
const Days = 14

// Kind says what an entry of the ledger is.
type Kind uint8

// The kinds. Those from Planned on lie ahead.
const (
	Visit    Kind = iota // a rep's row: the customer was met, or not
	Call                 // one attempt of the telephone team
	Planned              // a planned visit
	Wished               // a visit that the customer wishes and sales has not answered
	Promised             // a call that the customer was promised
	Campaign             // a campaign that aims at the account: its mailing, its fair, its calls
)

var kindWords = [...]string{"visit", "call", "planned", "wished", "promised", "campaign"}

// String is the kind's stable word.
func (k Kind) String() string { return kindWords[k] }

// Entry is one line of an account's ledger.
type Entry struct {
	Kind Kind
	// Date is the day; Until the last one, of a campaign a later day.
	Date, Until model.Date
	Time        model.Clock
	Who         string            // a rep's code, a caller's name, a campaign's owner; "": not known
	Campaign    string            // code
	Record      model.Record      // the row; nil where only its day is known
	Met         bool              // of a visit
	Outcome     model.CallOutcome // of a call
}

// Department is the department whose contact it is.
func (e Entry) Department() model.Role {
	switch e.Kind {
	case Visit, Planned, Wished:
		return model.RoleSales
	}
	return model.RoleMarketing
}

// Ahead reports whether it is still to come on a day, or goes on.
func (e Entry) Ahead(today model.Date) bool {
	return e.Kind >= Planned && e.Until >= today
}

// Rows are the visits and calls of one account, as far as they were read; the book
// alone knows their days, and not who made them.
type Rows struct {
	Visits []model.Visit
	Calls  []model.Call
}

// Ledger is the contact ledger of an account on a day, what lies ahead first, then what
// was, newest first. Without rows it has what the book knows: the days of visits and
// calls.
func Ledger(d *model.Day, l *model.Customer, rows *Rows) []Entry {
	list := made(d.Date(), l, rows)
	list = append(list, ahead(d, l)...)
	for _, c := range d.Book().Campaigns() {
		if c.Status == model.CampaignPlanned && aims(d.Book(), c, l) {
			list = append(list, Entry{Kind: Campaign, Date: c.Start, Until: c.End, Who: c.Owner, Campaign: c.Code, Record: c})
		}
	}
	slices.SortStableFunc(list, func(x, y Entry) int {
		return cmp.Or(cmp.Compare(y.Date, x.Date), cmp.Compare(y.Time, x.Time), cmp.Compare(y.Kind, x.Kind))
	})
	return list
}

// made is what was done at the account up to a day.
func made(today model.Date, l *model.Customer, rows *Rows) (list []Entry) {
	if rows != nil {
		for _, v := range rows.Visits {
			if v.Date <= today {
				list = append(list, Entry{Kind: Visit, Date: v.Date, Until: v.Date, Time: v.Time, Who: v.Rep, Record: v, Met: v.Kind == model.VisitMet})
			}
		}
		for _, c := range rows.Calls {
			if c.Date <= today {
				list = append(list, Entry{Kind: Call, Date: c.Date, Until: c.Date, Time: c.Time, Who: c.Agent, Campaign: c.Campaign, Record: c, Outcome: c.Outcome})
			}
		}
		return list
	}
	for day := range l.Visits.All() {
		if day <= today {
			list = append(list, Entry{Kind: Visit, Date: day, Until: day, Met: true})
		}
	}
	for c := range l.Calls.All() {
		if c.Date <= today {
			list = append(list, Entry{Kind: Call, Date: c.Date, Until: c.Date, Outcome: c.Outcome})
		}
	}
	return list
}

// lately is what the other department did at the account up to a day, from Days before
// another on: no more is unpacked than that.
func lately(today model.Date, l *model.Customer, side model.Role, on model.Date) (list []Entry) {
	if side == model.RoleSales {
		for c := range l.Calls.All() { // newest first
			if c.Date < on-Days {
				break
			}
			if c.Date <= today {
				list = append(list, Entry{Kind: Call, Date: c.Date, Until: c.Date, Outcome: c.Outcome})
			}
		}
		return list
	}
	for day := range l.Visits.All() {
		if day < on-Days {
			break
		}
		if day <= today {
			list = append(list, Entry{Kind: Visit, Date: day, Until: day, Met: true})
		}
	}
	return list
}

// ahead is what is planned, wished and promised from the day on.
func ahead(d *model.Day, l *model.Customer) (list []Entry) {
	today := d.Date()
	for _, p := range l.Planned {
		if p.Date >= today {
			list = append(list, Entry{Kind: Planned, Date: p.Date, Until: p.Date, Time: p.Time, Who: p.Rep, Record: p})
		}
	}
	for _, f := range d.Wished(l) {
		if f.Due != 0 { // without a day nobody knows when
			list = append(list, Entry{Kind: Wished, Date: f.Due, Until: max(f.Due, today), Time: f.At, Who: f.By, Campaign: f.Campaign, Record: f})
		}
	}
	for _, f := range d.Promises(l) {
		list = append(list, Entry{Kind: Promised, Date: f.Due, Until: max(f.Due, today), Time: f.At, Who: cmp.Or(f.For, f.By), Campaign: f.Campaign, Record: f})
	}
	return list
}

// aims reports whether a campaign is made for the account.
func aims(b *model.Book, c model.Campaign, l *model.Customer) bool {
	area := b.Area(l.Territory)
	return area != nil && area.Known && !l.Inactive && c.Names(area.Territory) && b.AimsAt(c, &l.Account)
}

// Warning is what of the ledger somebody of a department should know before they contact
// the account on a day: the other department's contacts of the last Days and the next
// Days before and after it, in the order of their days. A call in vain was no contact;
// one in which the customer wished a visit is the visit's very reason, and so is a
// campaign that asks for visits. A campaign of calls counts where the customer may be
// called at all.
func Warning(d *model.Day, l *model.Customer, rows *Rows, side model.Role, on model.Date) (list []Entry) {
	var near []Entry
	if rows != nil {
		near = made(d.Date(), l, rows)
	} else {
		near = lately(d.Date(), l, side, on)
	}
	for _, e := range append(near, ahead(d, l)...) {
		if e.Department() != side && e.contact() && e.Until >= on-Days && e.Date <= on+Days {
			list = append(list, e)
		}
	}
	if side == model.RoleSales {
		for _, c := range d.Book().Campaigns() {
			if calls(c) && c.End >= d.Date() && c.Start <= on+Days && c.End >= on-Days && aims(d.Book(), c, l) && callable(d, l) {
				list = append(list, Entry{Kind: Campaign, Date: c.Start, Until: c.End, Who: c.Owner, Campaign: c.Code, Record: c})
			}
		}
	}
	slices.SortStableFunc(list, func(x, y Entry) int {
		return cmp.Or(cmp.Compare(x.Kind/Campaign, y.Kind/Campaign), cmp.Compare(x.Date, y.Date), cmp.Compare(x.Time, y.Time), cmp.Compare(x.Kind, y.Kind))
	})
	return list
}

// contact reports whether the customer hears, or heard, something of it.
func (e Entry) contact() bool {
	switch e.Kind {
	case Visit:
		return e.Met
	case Call:
		return e.Outcome.Reached() && e.Outcome != model.CallAppointment
	}
	return true
}

// calls reports whether a campaign is one of calls that is planned.
func calls(c model.Campaign) bool {
	return c.Status == model.CampaignPlanned && c.IsTelemarketing()
}

// callable reports whether the account may be called at all, whatever was lately.
func callable(d *model.Day, l *model.Customer) bool {
	switch d.Exclusion(l) {
	case model.OptedOut, model.NoPhone, model.NoConsent, model.NoBasis:
		return false
	}
	return true
}
