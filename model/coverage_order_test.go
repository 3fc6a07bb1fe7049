package model

import (
	"cmp"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A candidate's place is one number; it must order as the rule does, to the last
// day of the longest interval.
func TestPlacesOrderAsTheRuleDoes(t *testing.T) {
	standing := func(t *rapid.T, name string) Standing {
		s := Standing{Interval: rapid.IntRange(1, LongestInterval).Draw(t, name+"'s interval")}
		if rapid.Bool().Draw(t, name+" was visited") {
			s.Age = rapid.OneOf(rapid.IntRange(0, int(LastDate-FirstDate)), rapid.IntRange(s.Interval-1, s.Interval+1)).Draw(t, name+"'s age")
			s.Last = LastDate - Date(s.Age)
		}
		return s
	}
	rapid.Check(t, func(t *rapid.T) {
		rank := rapid.IntRange(0, MaximumClasses-1)
		x, y := standing(t, "x"), standing(t, "y")
		ofX, ofY := rank.Draw(t, "x's class"), rank.Draw(t, "y's class")
		lateness := 0
		switch {
		case x.Last == 0 && y.Last == 0:
		case x.Last == 0:
			lateness = -1
		case y.Last == 0:
			lateness = 1
		default: // the higher age / interval first, without rounding
			lateness = cmp.Compare(y.Age*x.Interval, x.Age*y.Interval)
		}
		a := candidate{&Customer{Account: Account{Code: "a"}}, placeOf(ofX, x)}
		b := candidate{&Customer{Account: Account{Code: "b"}}, placeOf(ofY, y)}
		require.Equal(t, cmp.Or(cmp.Compare(ofX, ofY), lateness, -1), byUrgency(a, b))
		require.Equal(t, cmp.Or(cmp.Compare(ofY, ofX), lateness, -1), lowestClassFirst(a, b))
	})
}
