package week

import (
	"time"

	"doppelpass/model/week"
)

// budget bounds a run of the planner: by iterations, so that two runs give the same
// week, and by time, for machines that are too slow for them.
type budget struct {
	iterations int
	time       time.Duration
}

// effort is the product of iterations and visits that a common machine manages in
// some four seconds: the more visits a week holds, the longer an iteration takes.
const effort = 15_000_000

// alone is the run of a week that is looked at by itself.
var alone = budget{600_000, 10 * time.Second}

// Hasten makes every run so many times shorter: for tests of what is done with a week,
// which need none that could hardly be better.
func Hasten(times int) {
	for _, b := range []*budget{&alone, &teamBudget, &monthBudget} {
		b.iterations = max(b.iterations/times, 1)
	}
}

// of is the budget for a draft.
func (b budget) of(d *week.Draft) budget {
	b.iterations = min(b.iterations, effort/max(d.Holds(), 1))
	return b
}
