package model

// What lies idle: work that no signal asks for, for the days on which there are none.

// Idle is what could be done although nothing asks for it.
type Idle struct {
	Class                Class // the most important class with overdue accounts
	Overdue, Territories int   // its overdue accounts, and in how many territories they are
	Homeless             int   // active accounts in no territory: nobody visits them
}

// Idle counts what lies idle on the day.
func (d *Day) Idle() (idle Idle) {
	var overdue [MaximumClasses]int
	var areas [MaximumClasses]map[string]bool
	for l := range d.book.Accounts {
		switch {
		case l.Inactive:
		case l.Territory == "":
			idle.Homeless++
		case d.Standing(l).State == StateOverdue:
			rank := d.ranks.of(l.Class)
			if areas[rank] == nil {
				areas[rank] = map[string]bool{}
			}
			overdue[rank]++
			areas[rank][l.Territory] = true
		}
	}
	for rank, count := range overdue {
		if count > 0 {
			idle.Class, idle.Overdue, idle.Territories = d.settings.Classes[rank].Code, count, len(areas[rank])
			break
		}
	}
	return idle
}
