package demo

// Where the accounts of a territory stand today: exact counts, so that the signals
// are the same whatever chance brings.

import (
	"math/rand/v2"
	"slices"

	"doppelpass/model"
)

// standing is where an account stands today.
type standing uint8

const (
	inTime   standing = iota // visited within its interval
	slipping                 // was in time when the rep last reported, and is not any more
	phoned                   // overdue, but reached by phone
	late                     // overdue
	unseen                   // never visited
	fresh                    // a new customer, not yet visited
)

// seat is one account to be made.
type seat struct {
	class    model.Class
	standing standing
	inactive bool
}

// classes are those of the demo, most important first, as they stand in the
// default settings.
var classes = [...]model.Class{model.ClassA, model.ClassB, model.ClassC}

func classShare(c model.Class) float64 { return [...]float64{0.15, 0.35, 0.50}[placeOf(c)] }

func placeOf(c model.Class) int { return slices.Index(classes[:], c) }

func portion(share float64, of int) int { return int(share*float64(of) + 0.5) }

// seats are the accounts of a territory with a story, in random order.
func seats(r *rand.Rand, s story, count int) []seat {
	inactive, newcomers := portion(0.03, count), portion(0.03, count)
	if s.silent {
		newcomers = 0 // their first weeks would blur what the rep's silence did
	}
	n := count - inactive - newcomers
	a, b := portion(classShare(model.ClassA), n), portion(classShare(model.ClassB), n)
	c := n - a - b

	contacted, called := portion(s.contacted, n), portion(s.called, n)
	seenA, seenB := int(s.a*float64(a)), int(s.b*float64(b))
	seenC := max(0, min(c, contacted-called-seenA-seenB))
	unseenC := min(portion(s.never, n), c-seenC)

	all := make([]seat, 0, count)
	add := func(class model.Class, how standing, many int) {
		for range many {
			all = append(all, seat{class: class, standing: how})
		}
	}
	add(model.ClassA, inTime, seenA)
	add(model.ClassB, inTime, seenB)
	add(model.ClassC, inTime, seenC)
	add(model.ClassC, unseen, unseenC)
	rest := map[model.Class]int{model.ClassA: a - seenA, model.ClassB: b - seenB, model.ClassC: c - seenC - unseenC}
	if s.silent {
		for i, share := range [...]float64{0.6, 0.15, 0.08} {
			class := classes[i]
			many := min(rest[class], int(share*classShare(class)*float64(n)+0.999))
			rest[class] -= many
			add(class, slipping, many)
		}
	}
	for _, class := range [...]model.Class{model.ClassB, model.ClassC, model.ClassA} {
		many := min(called, rest[class])
		add(class, phoned, many)
		called -= many
		add(class, late, rest[class]-many)
	}
	for i := range newcomers {
		add([...]model.Class{model.ClassC, model.ClassB}[i%2], fresh, 1)
	}
	for range inactive {
		all = append(all, seat{class: model.ClassC, standing: late, inactive: true})
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}
