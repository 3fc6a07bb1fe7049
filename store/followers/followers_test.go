package followers

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNobodyIsWaitedFor(t *testing.T) {
	var g Group[error]
	g.Tell(nil) // nobody is there
	ctx, end := context.WithCancel(t.Context())
	one, other := g.Follow(ctx), g.Follow(t.Context())
	for range 3 {
		g.Tell(nil)
	}
	require.NoError(t, <-one)
	require.Empty(t, one, "what was not taken stands for all that came after it")
	broken := errors.New("broken")
	g.Insist(broken)
	require.Equal(t, broken, <-one)
	require.Equal(t, broken, <-other, "not behind what was not taken")
	end()
	_, open := <-one
	require.False(t, open)
	g.Tell(nil)
	require.NoError(t, <-other)
}
