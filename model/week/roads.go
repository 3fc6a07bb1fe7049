package week

// Which places a routing server is asked about.

import (
	"cmp"
	"slices"
)

// Worthwhile are the numbers of the places (in Places) between which exact drives are
// worth asking for, at most so many: where days start, what is planned, and then the
// stops that are worth most.
func (d *Draft) Worthwhile(most int) []int {
	stops := make([]int, 0, len(d.Stops))
	for stop := range d.Stops {
		if d.problem.Stops[stop].Place > 0 {
			stops = append(stops, stop)
		}
	}
	planned := map[int]bool{}
	for day := range d.days {
		for _, p := range d.days[day] {
			planned[p.Stop] = true
		}
	}
	slices.SortStableFunc(stops, func(a, b int) int {
		if planned[a] != planned[b] {
			if planned[a] {
				return -1
			}
			return 1
		}
		return cmp.Compare(d.Stops[b].Prize.Points, d.Stops[a].Prize.Points)
	})
	places := []int{0}
	for _, stop := range stops {
		if len(places) == most {
			break
		}
		places = append(places, d.problem.Stops[stop].Place)
	}
	return places
}
