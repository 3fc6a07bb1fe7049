// Package again tries what fails again after a pause, a longer one each time, so that nobody is
// asked all the time, nor by all in the same moment.
package again

import (
	"context"
	"math/rand/v2"
	"time"
)

// Pauses are those between two attempts.
type Pauses struct {
	First, Most time.Duration // it is twice as long each time
	Refused     time.Duration // where trying again soon is in vain
}

// Outcome is what became of an attempt.
type Outcome int

// The outcomes.
const (
	Failed  Outcome = iota
	Lived           // it went well for a while: the next pause is the first one again
	Refused         // trying again soon is in vain
	Over            // there is nothing to try any more
)

// Try makes one attempt after the other, until ctx ends or one says that it is over.
func (p Pauses) Try(ctx context.Context, attempt func(context.Context) Outcome) {
	pause := p.First
	for ctx.Err() == nil {
		wait := time.Duration(0)
		switch attempt(ctx) {
		case Over:
			return
		case Refused:
			wait = p.Refused
		case Lived:
			pause = p.First
		}
		if wait == 0 {
			wait = pause/2 + rand.N(pause)
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		}
		pause = min(2*pause, p.Most)
	}
}
