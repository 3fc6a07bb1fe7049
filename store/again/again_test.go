package again

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// Each pause is about twice the one before, up to the longest; it is short again after what
// went well for a while.
func TestPausesGrowAndBeginAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var waited []time.Duration
		last := time.Now()
		outcomes := []Outcome{Failed, Failed, Failed, Failed, Lived, Refused, Over}
		Pauses{First: time.Second, Most: 4 * time.Second, Refused: time.Minute}.Try(t.Context(), func(context.Context) Outcome {
			waited = append(waited, time.Since(last))
			last = time.Now()
			return outcomes[len(waited)-1]
		})
		about := func(wait, pause time.Duration) {
			require.GreaterOrEqual(t, wait, pause/2)
			require.Less(t, wait, pause+pause/2)
		}
		require.Len(t, waited, len(outcomes))
		for i, pause := range []time.Duration{1, 2, 4, 4, 1} {
			about(waited[i+1], pause*time.Second)
		}
		require.Equal(t, time.Minute, waited[6])
	})
}

// Whoever waits for the next attempt is let go at once when there is to be none.
func TestAWaitEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, end := context.WithCancel(t.Context())
		began := time.Now()
		Pauses{First: time.Hour, Most: time.Hour}.Try(ctx, func(context.Context) Outcome {
			end()
			return Failed
		})
		require.Zero(t, time.Since(began))
	})
}
