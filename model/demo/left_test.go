package demo

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/model/double"
	"doppelpass/model/queue"
)

// Whoever looks at the demo finds each answer that a signal can be given, and each thing
// that a call can leave to be done.
func TestEveryAnswerAndEverythingLeftToDoOccurs(t *testing.T) {
	for seed := range uint64(7) { // and each day of a week
		today := model.NewDate(2026, 11, 24) + model.Date(seed)
		c := generate(t, Options{Today: today, Seed: seed + 1})
		day := c.book.On(today)
		seen := map[answer.State]bool{}
		quiet, reopened, unanswered := false, false, false
		for _, running := range answer.Running(day) {
			seen[running.State] = true
			quiet, reopened, unanswered = quiet || running.Quiet, reopened || running.Reopened != 0, unanswered || running.Unanswered
		}
		for _, area := range c.book.Areas() {
			for _, ended := range answer.Raised(day, area.Code, today-180) {
				seen[ended.State] = true
			}
		}
		for _, state := range answer.States {
			require.True(t, seen[state], "seed %d: %s", seed, state)
		}
		require.True(t, quiet, "seed %d: accepted, nothing yet", seed)
		require.True(t, reopened, "seed %d: open again", seed)
		require.True(t, unanswered, "seed %d: unanswered", seed)

		v := queue.View{Day: day, Minute: 9 * 60}
		owed := v.Owed()
		require.Len(t, owed, 1, "seed %d: one promised call is owed", seed)
		require.Less(t, owed[0].Promise.Due, today)
		wished, declined, wrong := 0, 0, 0
		for _, f := range c.book.AllFollowUps() {
			l := c.book.Account(f.Account)
			switch {
			case f.Kind == model.FollowVisit && f.State == model.FollowOpen:
				wished += len(day.Wished(l))
			case f.Kind == model.FollowVisit && f.State == model.FollowDeclined:
				declined++
			case f.Kind == model.FollowNumber && c.book.WrongNumber(l):
				wrong++
			}
		}
		require.Equal(t, []int{1, 1, 1}, []int{wished, declined, wrong}, "seed %d: a wish, one declined, a wrong number", seed)
		require.NotEmpty(t, double.Clashes(day))
	}
}
