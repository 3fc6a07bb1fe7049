package model

// A territory as it stood when its rep was last heard of.

// ThenCovered is the coverage of the signal's territory on the rep's last report day.
func (d *Day) ThenCovered(s Signal) Coverage {
	var c Coverage
	area := d.book.Area(s.Territory)
	if area == nil {
		return c
	}
	for _, l := range area.Accounts() {
		if l.Inactive {
			continue
		}
		standing := d.StandingOn(l, s.Contact.LastReport)
		if standing.State == StateNew {
			continue
		}
		c.Accounts++
		if standing.Covered() {
			c.Covered++
		}
		if standing.Contacted {
			c.Contacted++
		}
	}
	return c
}
