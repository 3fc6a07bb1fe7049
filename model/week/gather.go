package week

// Nobody drives to a town on two days for what one of them can hold.

import (
	"slices"

	"doppelpass/model/route"
)

// mostGathered bounds how many days are tried to be rid of a town.
const mostGathered = 60

// gather puts the visits to a town that lie on two days on one of them where that costs
// nothing. The search finds most of these by itself, being about driving; what is left are
// those that take as much driving either way.
func (j Job) gather(week *route.Week, o route.Options) (*route.Week, error) {
	tries := mostGathered
	for {
		better, err := j.gatherOne(week, o, &tries)
		if better == nil || err != nil {
			return week, err
		}
		week = better
	}
}

// gatherOne is the week with a town off one of its days; nil where there is none that can be.
func (j Job) gatherOne(week *route.Week, o route.Options, tries *int) (*route.Week, error) {
	worth := func(w *route.Week) int { return w.Prize*60*60 - j.problem.DriveCost*int(w.Drive.Time) }
	for town, days := range j.split(week) {
		for _, from := range days {
			for _, to := range days {
				stops, moved := j.moved(week.Stops(), town, from, to)
				if from == to || !moved {
					continue
				}
				if *tries--; *tries < 0 || o.Stop != nil && o.Iterations == 0 && o.Stop() {
					return nil, nil
				}
				w, err := route.Solve(&j.problem, route.Options{Seed: o.Seed, Iterations: 1, From: stops, Candidates: 1})
				if err != nil {
					return nil, err
				}
				if worth(w) >= worth(week) && w.Visits >= week.Visits && w.Breaches() <= week.Breaches() && len(j.visited(w, town)) < len(days) {
					w.Iterations = week.Iterations
					return w, nil
				}
			}
		}
	}
	return nil, nil
}

// split are the towns that are visited on several days, in order of their names, with the
// days.
func (j Job) split(w *route.Week) func(yield func(string, []int) bool) {
	var towns []string
	for _, day := range w.Days {
		for _, v := range day.Visits {
			if town := j.towns[v.Stop]; town != "" && !slices.Contains(towns, town) {
				towns = append(towns, town)
			}
		}
	}
	slices.Sort(towns)
	return func(yield func(string, []int) bool) {
		for _, town := range towns {
			if days := j.visited(w, town); len(days) > 1 && !yield(town, days) {
				return
			}
		}
	}
}

// visited are the days on which a town is visited.
func (j Job) visited(w *route.Week, town string) (days []int) {
	for day, plan := range w.Days {
		if slices.ContainsFunc(plan.Visits, func(v route.Visit) bool { return j.towns[v.Stop] == town }) {
			days = append(days, day)
		}
	}
	return days
}

// moved are the days' stops with a day's visits to a town on another day; false where one
// of them is fixed.
func (j Job) moved(stops [][]int, town string, from, to int) ([][]int, bool) {
	var stay, over []int
	for _, stop := range stops[from] {
		switch {
		case j.towns[stop] != town:
			stay = append(stay, stop)
		case j.problem.Stops[stop].Fix.Kind != route.Free:
			return nil, false
		default:
			over = append(over, stop)
		}
	}
	stops[from], stops[to] = stay, append(slices.Clip(stops[to]), over...)
	return stops, true
}
