// Package owner says whose a task is, by one question: what concerns one customer in
// person is sales' work, what concerns a market, a target group or the access to it is
// marketing's. Within the department it is whoever is named for the territory or the
// campaign; where nobody is, it is the department's.
package owner

import (
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/model/double"
)

// Owner is whose a task is.
type Owner struct {
	Department model.Role
	Rep        string   // code of the rep whose it is, or of who stands in for them; "": none
	Names      []string // of marketing's people; empty: nobody is named
}

// Named reports whether somebody is named; else it is the department's.
func (o Owner) Named() bool { return o.Rep != "" || len(o.Names) > 0 }

// OfSignal is whose a signal is.
func OfSignal(d *model.Day, key model.SignalKey) Owner {
	return ofTerritory(d, key.Kind.Owner(), key.Territory)
}

// OfCase is whose turn it is in a case; where it is nobody's, whose signal it is.
func OfCase(d *model.Day, c answer.Case) Owner {
	department := c.Signal.Kind.Owner()
	if c.Turn != "" {
		department = c.Turn
	}
	if campaign, ok := d.Book().Campaign(c.Signal.Campaign); ok && department == model.RoleMarketing && campaign.Owner != "" {
		return Owner{Department: department, Names: []string{campaign.Owner}}
	}
	return ofTerritory(d, department, c.Signal.Territory)
}

// OfFollowUp is whose it is what a call left to be done: a promised call is whoever's
// has promised to make it, or anybody's in marketing; a visit that is wished the
// territory's rep's, and once answered theirs who told the customer, or marketing's where
// they are none of the house's.
func OfFollowUp(d *model.Day, f model.FollowUp) Owner {
	switch l := d.Book().Account(f.Account); {
	case f.Kind == model.FollowVisit && f.State != model.FollowOpen:
		caller := func(p model.Person) bool { return p.Name == f.By || p.Code == f.By }
		if f.By == "" || d.Book().Shared() && !slices.ContainsFunc(d.Book().People(), caller) || d.Book().AwayPerson(f.By, d.Date()) {
			return Owner{Department: model.RoleMarketing}
		}
		return Owner{Department: model.RoleMarketing, Names: []string{f.By}}
	case f.Kind == model.FollowVisit && l != nil:
		return ofTerritory(d, model.RoleSales, l.Territory)
	case f.Kind == model.FollowVisit:
		return Owner{Department: model.RoleSales}
	case f.For != "" && !d.Book().AwayPerson(f.For, d.Date()):
		return Owner{Department: model.RoleMarketing, Names: []string{f.For}}
	}
	return Owner{Department: model.RoleMarketing}
}

// OfClash is whose it is to part a clash: the owners of two campaigns, or the rep of the
// territory in which both departments are in contact with the same customers.
func OfClash(d *model.Day, c double.Clash) Owner {
	if c.Kind == double.ClashContacts {
		return ofTerritory(d, c.Owner(), c.Territories[0])
	}
	o := Owner{Department: c.Owner()}
	for _, code := range c.Campaigns {
		if campaign, _ := d.Book().Campaign(code); campaign.Owner != "" && !slices.Contains(o.Names, campaign.Owner) {
			o.Names = append(o.Names, campaign.Owner)
		}
	}
	return o
}

// ofTerritory is who of a department has a territory on the day.
func ofTerritory(d *model.Day, department model.Role, territory string) Owner {
	o, b := Owner{Department: department}, d.Book()
	area := b.Area(territory)
	switch {
	case area == nil:
	case department == model.RoleMarketing && area.Marketing != "":
		o.Names = []string{area.Marketing}
	case department == model.RoleSales && area.Rep != "":
		o.Rep = area.Rep
		if cover := b.CoverOn(area.Rep, d.Date()); cover != "" {
			o.Rep = cover
		}
	}
	return o
}

// Me is somebody who asks what is theirs.
type Me struct {
	Name string
	Role model.Role
	Rep  string // code of the rep they are; "": none
}

// MeOf is an actor as somebody who asks: the rep they are by their entry among the
// people, or by their name.
func MeOf(b *model.Book, a model.Actor) Me {
	me := Me{Name: a.Name, Role: a.Role}
	if p, ok := b.Person(a.Person); ok {
		me.Rep = p.Rep
		if p.Name != "" {
			me.Name = p.Name
		}
	}
	if me.Rep == "" {
		for _, rep := range b.Reps() {
			if rep.Name != "" && strings.EqualFold(rep.Name, me.Name) {
				me.Rep = rep.Code
			}
		}
	}
	return me
}

// Has reports whether a task is theirs: it is named after them, or after nobody and their
// department's. The lead belongs to both.
func (m Me) Has(o Owner) bool {
	if !o.Named() {
		return m.Role == model.RoleLead || m.Role == o.Department
	}
	return o.Rep != "" && o.Rep == m.Rep || slices.ContainsFunc(o.Names, func(name string) bool { return strings.EqualFold(name, m.Name) })
}
