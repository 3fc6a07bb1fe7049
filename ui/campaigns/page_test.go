package campaigns

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

func open(t *testing.T, language text.Language, width, height int) *uitest.Stage {
	st := uitest.New(t, language, uitest.Company()...)
	return st.Show(New(st.Session), width, height)
}

// at puts the cursor on a campaign.
func at(st *uitest.Stage, code string) *uitest.Stage {
	p := st.Page.(*Page)
	p.list.Select(code)
	p.look()
	return st
}

func TestEveryCampaignShowsItsStateInWords(t *testing.T) {
	for language, words := range map[text.Language][]string{
		text.German:  {"╳ Autumn advert", "abgesagt", "· Building fair", "Entwurf", "● Phone round", "Vorbei", "✓ Summer promotion"},
		text.English: {"╳ Autumn advert", "cancelled", "· Building fair", "draft", "● Phone round", "Over", "✓ Summer promotion"},
	} {
		for _, size := range [][2]int{{80, 24}, {120, 30}, {160, 45}} {
			view := open(t, language, size[0], size[1]).Keys("G").View()
			for _, word := range words {
				require.Contains(t, view, word, "%s at %v", language, size)
			}
		}
	}
}

func TestReadinessIsThatOfTheRules(t *testing.T) {
	st := at(open(t, text.English, 160, 45), "C1")
	// 30 targets; Ulm's 10 and Ostalb's 2 were visited within the window's 28 days before the start.
	require.Regexp(t, `Spring mailing.*30 +12 +0 +14`, st.Line("Spring mailing"))
	require.Regexp(t, `Allgäu +M\. Adler +10 +0 +0 +8 +8 .*▲ short`, st.Line("Allgäu"))
	require.Regexp(t, `Ulm +K\. Sommer +10 +10 +0 +8 +0 .*✓ ready`, st.Line("Ulm "))
	require.Contains(t, st.View(), "14 of the 24 visits it needs are still to go")
}

func TestMovingTellsTheEffectAndIsSavedOnlyWhenKept(t *testing.T) {
	st := at(open(t, text.English, 160, 45), "C1")
	before, _ := st.Session.Book.Campaign("C1")
	st.Keys("ctrl+right", "ctrl+right", ")", "+", "-")
	require.Contains(t, st.View(), "3 weeks later: ")
	st.Keys(")")
	require.Contains(t, st.View(), "4 weeks later: Allgäu and Ostalb can wait, the start is more than 42 days away.")
	stored, _ := st.Session.Book.Campaign("C1")
	require.Equal(t, before, stored, "nothing is saved yet")

	st.Keys("down")
	require.NotEmpty(t, st.Failed, "another campaign waits until the move is decided")
	st.Keys("esc")
	require.NotContains(t, st.View(), "weeks later")

	st.Keys("+", "-", "(", "enter")
	stored, _ = st.Session.Book.Campaign("C1")
	require.Equal(t, before.Start-7, stored.Start)
	require.Equal(t, before.End-7, stored.End)
	require.Contains(t, st.Said, "Spring mailing now runs")
	entries, err := st.Session.Store.History(0, 1)
	require.NoError(t, err)
	require.Equal(t, "campaign.move", entries[0].Action)
}

func TestMovingTelemarketingTellsWhatIsNoLongerInHand(t *testing.T) {
	st := at(open(t, text.English, 120, 30), "C2")
	require.Regexp(t, `Phone round ◆.*10 +◆ 2 +– +–`, st.Line("Phone round"))
	for range 8 {
		st.Keys(")")
	}
	require.Contains(t, st.View(), "8 weeks later: Allgäu is no longer in hand.")
	st.Keys("enter")
	require.Equal(t, 4, model.OpenCount(st.Session.Signals()))
	st = at(open(t, text.German, 80, 24), "C2").Keys("(", "(")
	require.Contains(t, st.View(), "2 Wochen früher: Allgäu ist nicht mehr in Arbeit.")
}

func TestSortedByAGapThatIsCountedLater(t *testing.T) {
	st := open(t, text.English, 120, 30)
	st.Page.(*Page).list.SetSort("gap", true)
	st.Apply("campaign.edit", model.Campaign{Code: "C9", Name: "Everywhere", Kind: "mailing", Territories: []string{"Süd"},
		Start: uitest.Today + 29, End: uitest.Today + 40, Status: model.CampaignPlanned})
	view := st.View()
	require.Less(t, strings.Index(view, "Everywhere"), strings.Index(view, "Spring mailing"))
}

func TestTheMouseChoosesRowsAndScrollsTheTimeLine(t *testing.T) {
	st := open(t, text.English, 120, 30)
	click := func(x, y int) {
		st.Send(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
	}
	click(10, 4)
	require.Equal(t, "C1", st.Page.(*Page).list.Cursor())
	before := st.Line("Campaign  ")
	st.Send(tea.MouseMsg{X: 40, Y: 4, Action: tea.MouseActionPress, Button: tea.MouseButtonWheelRight})
	require.NotEqual(t, before, st.Line("Campaign  "))
	st.Keys("0")
	require.Equal(t, before, st.Line("Campaign  "))
	_, lower := st.Page.(*Page).rooms()
	click(5, lower.Y+briefHeight+2)
	require.True(t, st.Page.(*Page).areas.Focused())
	st.Keys("esc")
	require.False(t, st.Page.(*Page).areas.Focused())
}

func TestMovingBackToWhereItWasLeavesNothingPending(t *testing.T) {
	st := at(open(t, text.German, 80, 24), "C1").Keys("+", "-")
	require.False(t, st.Page.Back(), "nothing is left to drop")
}

func TestTheEndCanMoveAlone(t *testing.T) {
	st := at(open(t, text.German, 80, 24), "C1").Keys(">", ">", "alt+right", "<")
	require.Contains(t, st.View(), "Ende 2 Tage später")
	for range 30 {
		st.Keys("<")
	}
	c, _ := st.Page.(*Page).inView()
	require.Equal(t, c.Start, c.End, "the end stops at the start")
}

func TestPlanningADraftRaisesItsSignals(t *testing.T) {
	st := at(open(t, text.English, 120, 30), "C3")
	require.Contains(t, st.View(), "A draft for 10 accounts")
	open := model.OpenCount(st.Session.Signals())
	st.Keys("p", "p", "y")
	require.Equal(t, "Building fair is planned.", st.Said)
	require.Greater(t, model.OpenCount(st.Session.Signals()), open)
	st.Keys("p", "y")
	require.Equal(t, "Building fair is cancelled.", st.Said)
	require.Equal(t, open, model.OpenCount(st.Session.Signals()))
}

func TestMarketingMayMoveAndSalesMayNot(t *testing.T) {
	st := at(open(t, text.English, 120, 30), "C1")
	st.Session.Actor.Role = model.RoleSales
	st.Keys("shift+right")
	require.Contains(t, st.Failed, "Only marketing and the lead may change this")
	st.Session.Actor.Role = model.RoleMarketing
	st.Keys("+", "enter")
	require.Contains(t, st.Said, "now runs")
}

func TestOpeningGoesOnToTheSignalOrTheTerritory(t *testing.T) {
	st := at(open(t, text.English, 80, 24), "C1").Keys("enter")
	view := st.View()
	require.Contains(t, view, "Everybody has seen the new samples")
	require.Contains(t, view, "Printer needs two weeks")
	st.Keys("enter", "G", "enter", "esc")
	require.Len(t, st.Gone, 2)
	require.True(t, strings.HasPrefix(st.Gone[0], "signals step-up-visits\x00T3\x00C1"), st.Gone[0])
	require.Equal(t, "territories T1", st.Gone[1])
	require.Contains(t, st.View(), "Campaign  ", "esc closed it")

	st.Page.Open("C5")
	require.Contains(t, st.View(), "Summer promotion")
	require.True(t, st.Page.Back())
}

func TestFilterAndSort(t *testing.T) {
	st := open(t, text.German, 120, 30).Keys("/").Type("messe")
	require.Contains(t, st.View(), "Building fair")
	require.NotContains(t, st.View(), "Spring mailing")
	st.Keys("esc", "s", "enter")
	view := st.View()
	require.Less(t, strings.Index(view, "Autumn advert"), strings.Index(view, "Summer promotion"))
}

func TestAnotherPersonsChangeEndsTheMove(t *testing.T) {
	st := at(open(t, text.English, 120, 30), "C1").Keys("L")
	c, _ := st.Session.Book.Campaign("C1")
	c.Owner = "Somebody else"
	st.Apply("campaign.edit", c)
	moved, _ := st.Page.(*Page).inView()
	require.Equal(t, "Somebody else", moved.Owner, "what else was changed is taken over")
	require.Equal(t, c.Start+1, moved.Start)
	c.Start++
	st.Apply("campaign.edit", c)
	require.Nil(t, st.Page.(*Page).move)
}

func TestAnEmptyStoreSaysWhatToDo(t *testing.T) {
	st := uitest.New(t, text.German)
	st.Show(New(st.Session), 80, 24)
	require.Contains(t, st.View(), "n legt die erste an")
	st.Keys("enter", "+", "p", "d", "y", "tab", "esc")
}
