package model

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAVisitThatTwoHaveLogged(t *testing.T) {
	at := func(id byte, change func(*Visit)) Visit {
		v := Visit{ID: RowID{id}, Account: "K1", Date: NewDate(2026, 1, 2), Rep: "R1", Time: NewClock(9, 0), Note: "First"}
		if change != nil {
			change(&v)
		}
		return v
	}
	a := at(1, nil)
	for name, c := range map[string]struct {
		change func(*Visit)
		twice  bool
	}{
		"the same":             {nil, true},
		"without a time":       {func(v *Visit) { v.Time = 0 }, true},
		"half an hour later":   {func(v *Visit) { v.Time += 30 }, true},
		"in the afternoon":     {func(v *Visit) { v.Time += 300 }, false},
		"another rep":          {func(v *Visit) { v.Rep = "R2" }, false},
		"another day":          {func(v *Visit) { v.Date++ }, false},
		"another account":      {func(v *Visit) { v.Account = "K2" }, false},
		"one of an old system": {func(v *Visit) { v.Ref = "x" }, true},
	} {
		require.Equal(t, c.twice, Twice(a, at(2, c.change)), name)
	}
	require.False(t, Twice(a, a))
	require.False(t, Twice(at(1, func(v *Visit) { v.Ref = "1" }), at(2, func(v *Visit) { v.Ref = "2" })))

	one := AsOne(a, at(2, func(v *Visit) {
		v.Time, v.Outcome, v.Value, v.Guests, v.Note = NewClock(9, 30), "order", 500, []string{"M. Adler"}, "First\n\nSecond"
	}))
	require.Equal(t, at(1, func(v *Visit) {
		v.Outcome, v.Value, v.Guests, v.Note = "order", 500, []string{"M. Adler"}, "First\n\nSecond"
	}), one)
}
