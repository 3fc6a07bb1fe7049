package serve

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMemoryIsGivenBackOnceItIsNotNeeded(t *testing.T) {
	given := 0
	r := rest{give: func() { given++ }}
	r.judge(100<<20, 0) // the beginning is no rest
	require.Zero(t, given)
	r.judge(100<<20, 0)
	require.Equal(t, 1, given, "much was needed, and nothing goes on")
	for range 50 {
		r.judge(101<<20, 0)
	}
	require.Equal(t, 1, given, "once")

	r.judge(140<<20, 1000)
	require.Equal(t, 1, given, "much is going on")
	r.judge(141<<20, 1000)
	require.Equal(t, 2, given)

	r.judge(142<<20, 1500) // they leave while nothing else goes on
	require.Equal(t, 3, given)
	r.judge(142<<20, 1501)
	require.Equal(t, 3, given, "one is not worth it at once")
	for range leftLooks {
		r.judge(142<<20, 1501)
	}
	require.Equal(t, 4, given)
	for range 50 {
		r.judge(142<<20, 1501)
	}
	require.Equal(t, 4, given)
}

func TestGarbageIsCollectedEarlyWhileManyCome(t *testing.T) {
	var set []int
	s := &Server{collect: func(percent int) { set = append(set, percent) }}
	s.came()
	s.settled()
	require.Empty(t, set, "one is not many")
	for range 3 * manyComing {
		s.came()
	}
	require.Equal(t, []int{garbageComing}, set)
	s.settled()
	for range manyComing {
		s.came()
	}
	s.settled()
	require.NotContains(t, set, garbageUsual, "they go on coming")
	s.settled()
	require.Equal(t, garbageUsual, set[len(set)-1])
	before := len(set)
	s.settled()
	require.Len(t, set, before)
}
