package week

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/ui/text"
)

// What the planner has found so far is no less lost than what somebody has bent.
func TestWhatThePlannerHasFoundIsAskedAboutAndKept(t *testing.T) {
	_, p := open(t, text.English, 140, 40)
	require.Empty(t, p.Unsaved())
	require.Nil(t, p.Draft())
	p.run = &run{plan: p.plan}
	require.Empty(t, p.Unsaved(), "nothing yet")
	p.run.best = p.draft()
	require.NotEmpty(t, p.Unsaved())
	require.NotNil(t, p.Draft())
	p.run = nil
	require.Empty(t, p.Unsaved())
}
