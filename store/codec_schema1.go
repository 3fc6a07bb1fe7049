package store

// What schema 1 wrote: stores that were not changed since still hold it, and so do
// the steps of their history. Behind a version byte of 1 the fields stood in a
// fixed order. Only read; nothing here ever changes.

import "doppelpass/model"

func (c *codec) coordinates(v *model.Coordinates) {
	given := v.Lat != 0 || v.Lon != 0
	c.flags(&given)
	if !given {
		*v = model.Coordinates{}
		return
	}
	c.float(&v.Lat)
	c.float(&v.Lon)
}

func (c *codec) address(a *model.Address) {
	text(c, &a.Street)
	text(c, &a.Postcode)
	text(c, &a.City)
	text(c, &a.Country)
}

func (c *codec) rep1(r *model.Rep) {
	text(c, &r.Code)
	text(c, &r.Name)
	text(c, &r.Email)
	number(c, &r.Capacity)
	c.address(&r.Home)
	c.coordinates(&r.HomeAt)
	number(c, &r.DayStart)
	number(c, &r.DayEnd)
}

func (c *codec) territory1(t *model.Territory) {
	text(c, &t.Code)
	text(c, &t.Name)
	text(c, &t.Region)
	text(c, &t.Rep)
	texts(c, &t.Postcodes)
	text(c, &t.Marketing)
	text(c, &t.Note)
	text(c, &t.MarketingNote)
}

func (c *codec) account1(a *model.Account) {
	text(c, &a.Code)
	text(c, &a.Name)
	text(c, &a.Territory)
	text(c, &a.Class)
	number(c, &a.Interval)
	c.flags(&a.DoNotCall, &a.Inactive)
	number(c, &a.Since)
	text(c, &a.Phone)
	text(c, &a.Consent)
	c.address(&a.Address)
	c.coordinates(&a.At)
	text(c, &a.Placed)
	text(c, &a.Email)
	number(c, &a.VisitMinutes)
	text(c, &a.Hours)
	signed(c, &a.Potential)
	text(c, &a.Note)
}

func (c *codec) campaign1(m *model.Campaign) {
	text(c, &m.Code)
	text(c, &m.Name)
	text(c, &m.Kind)
	texts(c, &m.Territories)
	texts(c, &m.Classes)
	number(c, &m.Start)
	number(c, &m.End)
	text(c, &m.Status)
	text(c, &m.Owner)
	text(c, &m.Goal)
	text(c, &m.Note)
}

func (c *codec) planned1(p *model.PlannedVisit) {
	text(c, &p.Rep)
	text(c, &p.Account)
	number(c, &p.Date)
	number(c, &p.Time)
	number(c, &p.Minutes)
}
