package week

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
)

// However a week was bent: another session that takes it up has the same week, with what is
// pinned, timed, taken out and off.
func TestABentWeekIsWrittenDownWhole(t *testing.T) {
	b := book(t, planningDay)
	first := draft(t, b)
	improved(t, first, 300)
	put, _ := first.Confirmed(b) // a part of it is agreed
	for _, p := range put[:len(put)/2] {
		b.Apply(model.Change{Edits: []model.Edit{{After: p}}})
	}
	rapid.Check(t, func(rt *rapid.T) {
		d := draft(t, b)
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			bend(rt, d)
		}
		packed, err := json.Marshal(d.Keep())
		require.NoError(rt, err)
		var kept Kept
		require.NoError(rt, json.Unmarshal(packed, &kept))
		day := b.On(planningDay)
		again, err := NewDesk(day, day.Signals(), DefaultRules()).TakeUp(kept)
		require.NoError(rt, err)
		require.Equal(rt, d.Planned(), again.Planned())
		require.Equal(rt, d.Week.Days, again.Week.Days)
		for _, sets := range [][2]map[int]bool{{placed(d, d.pinned), again.pinned}, {placed(d, d.ordered), again.ordered}, {placed(d, d.soft), again.soft}, {d.out, again.out}} {
			require.Equal(rt, sets[0], sets[1])
		}
		require.Equal(rt, d.offByHand, again.offByHand)
	})
}

// What became of the accounts meanwhile counts.
func TestABentWeekIsTakenUpWithoutWhatIsGone(t *testing.T) {
	b := book(t, planningDay)
	d := draft(t, b)
	require.NoError(t, d.Move(0, 1, 0))
	require.NoError(t, d.Move(1, 1, 1))
	kept := d.Keep()
	gone := d.Stops[0].Customer.Account
	b.Apply(model.Change{Edits: []model.Edit{{Before: gone}}})
	day := b.On(planningDay)
	again, err := NewDesk(day, day.Signals(), DefaultRules()).TakeUp(kept)
	require.NoError(t, err)
	require.Len(t, again.Planned(), len(d.Planned())-1)
	require.Negative(t, again.Find(gone.Code))
}

// placed are those of a set that stand on a day: what is left out has no place to stay at.
func placed(d *Draft, set map[int]bool) map[int]bool {
	some := map[int]bool{}
	for stop := range set {
		if day, _ := d.Where(stop); day >= 0 {
			some[stop] = true
		}
	}
	return some
}
