package double

// Clashes: what both departments, or two campaigns, are about to do at the same
// accounts. Only what still lies ahead is one: what is over cannot be mended.

import (
	"cmp"
	"slices"
	"strings"

	"doppelpass/model"
)

// ClashKind says what clashes.
type ClashKind string

// The kinds.
const (
	// ClashCampaigns: two campaigns want the same accounts in windows that overlap.
	ClashCampaigns ClashKind = "campaigns"
	// ClashContacts: sales and marketing are both in contact with the same accounts of a
	// territory, or about to be.
	ClashContacts ClashKind = "contacts"
)

// Clash is one clash. Its key is what it is about: kind, territory and campaigns.
type Clash struct {
	Kind ClashKind
	// Campaigns are the two, the one that begins first in front; empty for contacts.
	Campaigns [2]string
	// Territories are where: of contacts the one, of campaigns all that have such
	// accounts, in the book's order.
	Territories []string
	// From and To are the days that both have in common; of contacts the first and the
	// last of those that lie ahead.
	From, To model.Date
	// Accounts are the accounts, by code.
	Accounts []string
}

// Key is what the clash is known by as long as it lasts.
func (c Clash) Key() string {
	if c.Kind == ClashCampaigns {
		return string(c.Kind) + " " + c.Campaigns[0] + " " + c.Campaigns[1]
	}
	return string(c.Kind) + " " + c.Territories[0]
}

// Owner is the department whose task it is to part them: two campaigns are about a
// target group, which is marketing's; who speaks to one customer in person when is
// sales'.
func (c Clash) Owner() model.Role {
	if c.Kind == ClashCampaigns {
		return model.RoleMarketing
	}
	return model.RoleSales
}

// Window are the days in which a campaign wants its accounts: one that asks for visits
// from its lead before the start to its end, one of calls from start to end.
func Window(s model.Settings, c model.Campaign) (from, to model.Date) {
	if c.IsTelemarketing() {
		return c.Start, c.End
	}
	return c.Start - model.Date(s.Lead), c.End
}

// Clashes are those of a day: campaigns first, by their days in common, then contacts in
// the order of the territories.
func Clashes(d *model.Day) []Clash { return append(Campaigns(d), Contacts(d)...) }

// Campaigns are the pairs of planned campaigns that are not over and want the same
// accounts in overlapping windows.
func Campaigns(d *model.Day) (list []Clash) {
	var alive []model.Campaign
	for _, c := range d.Book().Campaigns() {
		if c.Status == model.CampaignPlanned && c.End >= d.Date() {
			alive = append(alive, c)
		}
	}
	for i, first := range alive {
		for _, second := range alive[i+1:] {
			if c, ok := Between(d, first, second); ok {
				list = append(list, c)
			}
		}
	}
	slices.SortStableFunc(list, func(x, y Clash) int { return cmp.Or(cmp.Compare(x.From, y.From), strings.Compare(x.Key(), y.Key())) })
	return list
}

// Between is the clash of two campaigns; false where they have no day or no account in
// common.
func Between(d *model.Day, first, second model.Campaign) (c Clash, ok bool) {
	b, settings := d.Book(), d.Settings()
	from, to := Window(settings, first)
	begin, end := Window(settings, second)
	c = Clash{Kind: ClashCampaigns, Campaigns: [2]string{first.Code, second.Code}, From: max(from, begin), To: min(to, end)}
	if c.From > c.To || c.To < d.Date() {
		return c, false
	}
	for _, area := range b.Areas() {
		if !first.Names(area.Territory) || !second.Names(area.Territory) {
			continue
		}
		before := len(c.Accounts)
		for _, l := range area.Accounts() {
			if !l.Inactive && b.AimsAt(first, &l.Account) && b.AimsAt(second, &l.Account) {
				c.Accounts = append(c.Accounts, l.Code)
			}
		}
		if len(c.Accounts) > before {
			c.Territories = append(c.Territories, area.Code)
		}
	}
	slices.Sort(c.Accounts)
	return c, len(c.Accounts) > 0
}

// Contacts are the clashes of territories: the accounts at which a visit is planned within
// the next Days while marketing was in contact with them within Days of it or has
// promised a call then, or a call is promised soon after a visit. That a telephone
// campaign runs in the territory is none: who has a visit planned is not on its list. In
// the order of the territories.
func Contacts(d *model.Day) (list []Clash) {
	b, today := d.Book(), d.Date()
	candidates, found := map[string]bool{}, map[string]*Clash{}
	for _, f := range b.AllFollowUps() {
		candidates[f.Account] = candidates[f.Account] || f.Kind == model.FollowCall && f.State == model.FollowOpen
	}
	for _, rep := range b.Planning(today) {
		for p := range b.Plan(rep) {
			if p.Date >= today && p.Date <= today+Days && !candidates[p.Account] {
				candidates[p.Account] = calledLately(b.Account(p.Account), today)
			}
		}
	}
	for code, is := range candidates {
		l := b.Account(code)
		if !is || l == nil || l.Inactive {
			continue
		}
		all := append(made(today, l, nil), ahead(d, l)...)
		for _, e := range all {
			if e.Kind < Planned || e.Kind == Wished || e.Date > today+Days || !slices.ContainsFunc(all, e.meets) {
				continue
			}
			c := found[l.Territory]
			if c == nil {
				c = &Clash{Kind: ClashContacts, Territories: []string{l.Territory}, From: e.Until, To: e.Until}
				found[l.Territory] = c
			}
			c.From, c.To = min(c.From, e.Until), max(c.To, e.Until)
			if !slices.Contains(c.Accounts, code) {
				c.Accounts = append(c.Accounts, code)
			}
		}
	}
	for _, area := range b.Areas() {
		if c := found[area.Code]; c != nil {
			slices.Sort(c.Accounts)
			list = append(list, *c)
		}
	}
	return list
}

// calledLately reports whether an account was called so lately that a visit of the next
// days can meet it.
func calledLately(l *model.Customer, today model.Date) bool {
	if l == nil {
		return false
	}
	for c := range l.Calls.All() { // newest first
		if c.Date <= today {
			return c.Date >= today-Days
		}
	}
	return false
}

// meets reports whether another entry is a contact of the other department within Days.
func (e Entry) meets(other Entry) bool {
	apart := e.Until - other.Until
	return other.Department() != e.Department() && other.Kind != Wished && other.contact() && max(apart, -apart) <= Days
}

// Around is what both departments have to do with an account within Days of a day, what
// was and what is planned, in the order of the days.
func Around(d *model.Day, l *model.Customer) (list []Entry) {
	list = append(Warning(d, l, nil, model.RoleSales, d.Date()), Warning(d, l, nil, model.RoleMarketing, d.Date())...)
	list = slices.DeleteFunc(list, func(e Entry) bool { return e.Kind == Campaign })
	slices.SortStableFunc(list, func(x, y Entry) int { return cmp.Or(cmp.Compare(x.Date, y.Date), cmp.Compare(x.Time, y.Time)) })
	return list
}
