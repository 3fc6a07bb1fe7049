package week

// What a usual day of a rep looks like: when it begins and ends, the lunch break, how
// long a visit takes.

import "doppelpass/model/route"

// Rules are what holds for every week of a team's reps.
type Rules struct {
	DayStart, DayEnd route.Seconds // where the rep has no times of their own
	Lunch            route.Lunch
	VisitMinutes     int // where the account has none
	MaxVisits        int // a day; 0: any number
	DriveCost        int // points an hour's driving costs
}

// DefaultRules are a usual day.
func DefaultRules() Rules {
	return Rules{
		DayStart: route.At(8, 0), DayEnd: route.At(17, 0),
		Lunch:        route.Lunch{From: route.At(11, 30), To: route.At(14, 0), Length: route.Minutes(30)},
		VisitMinutes: 30, DriveCost: 60,
	}
}
