package week

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
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

// Of a draft from an earlier session only all can be taken back: that is asked about, and
// what is bent since goes step by step.
func TestADraftFromEarlierIsNotDroppedByOneKey(t *testing.T) {
	st, p := open(t, text.English, 160, 45)
	st.Keys("p")
	kept := p.Draft()
	require.NotNil(t, kept)
	st.Keys("z")
	require.Empty(t, p.Unsaved(), "within one session z takes the step back")

	require.True(t, p.TakeUp(kept))
	require.NotEmpty(t, p.Unsaved())
	st.Keys("z")
	require.Len(t, st.Modals, 1)
	require.Contains(t, ansi.Strip(st.Modals[0].View()), "Drop the whole draft?")
	st.Keys("enter")
	require.Empty(t, st.Modals)
	require.NotEmpty(t, p.Unsaved(), "no is under the cursor")
	st.Keys("z", "y")
	require.Empty(t, p.Unsaved())
	st.Keys("Z")
	require.NotEmpty(t, p.Unsaved())
}

// Leaving the pass of ticking off with marks says what would be lost.
func TestLeavingMarksIsAskedInWords(t *testing.T) {
	for _, language := range []text.Language{text.German, text.English} {
		st, p := open(t, language, 80, 24)
		p.tick = &tickOff{rows: []tickRow{{tickAnswer: tickAnswer{mark: tickMet}}}}
		p.leaveTick()
		require.Len(t, st.Modals, 1)
		require.NotContains(t, strings.ToLower(ansi.Strip(st.Modals[0].View())), "week.tick")
	}
}

// Marks that are not saved are there again in the next session, as drafts are.
func TestMarksAreKeptForAnotherSession(t *testing.T) {
	st, p := open(t, text.English, 120, 40)
	rep := p.plan.key.rep
	st.Apply("plan.confirm", model.PlannedVisit{Rep: rep, Account: "K01", Date: uitest.Today - 1}, model.PlannedVisit{Rep: rep, Account: "K02", Date: uitest.Today - 1})
	p.tickOff()
	require.Len(t, p.tick.rows, 2)
	require.Nil(t, p.Draft())
	p.answer(tickAnswer{mark: tickMet, outcome: "order", value: 125050})
	st.Keys("down")
	p.answer(tickAnswer{mark: tickDropped, reason: model.DroppedReasons[0]})
	require.NotEmpty(t, p.Unsaved())
	kept, rows := p.Draft(), p.tick.rows
	require.NotNil(t, kept)

	next := New(st.Session)
	st.Show(next, 120, 40)
	require.True(t, next.TakeUp(kept))
	require.Equal(t, rows, next.tick.rows)
	require.Contains(t, st.View(), "1,250.50 €")
}
