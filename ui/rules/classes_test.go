package rules

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
)

func TestAClassIsAddedRenamedAndDeleted(t *testing.T) {
	st := at(open(t, text.English, 80, 24), "class:C")
	require.Contains(t, st.Line("Class C "), "180 days · 70 %")

	st.Keys("n", "tab").Keys("ctrl+u").Type("365").Keys("ctrl+s")
	require.Contains(t, st.Line("Class D "), "365 days  new")
	require.Contains(t, st.View(), "class count as this one, the last.")
	require.Equal(t, model.Class("C"), st.Session.Book.Settings().LastClass(), "nothing is saved yet")
	st.Keys("ctrl+s", "y")
	require.Equal(t, "Saved: Class D every 365 days, weighs 35 %.", st.Said)
	require.Equal(t, model.Class("D"), st.Session.Book.Settings().LastClass())

	at(st, "class:A").Keys("e", "ctrl+u").Type("Gold").Keys("ctrl+s", "ctrl+s", "y")
	settings := st.Session.Book.Settings()
	require.Equal(t, "Gold", settings.ClassName("A"), "the accounts stay as they are")
	require.Equal(t, 0, settings.Rank("A"))
	require.Contains(t, st.Line("Class Gold "), "● 30 days")

	st.Keys("d")
	require.Contains(t, st.Failed, "accounts are of class Gold: give them another first")
	at(st, "class:D").Keys("d")
	require.NotContains(t, st.View(), "Class D ")
	st.Keys("ctrl+s", "y")
	require.Equal(t, "Saved: no class D.", st.Said)
}

func TestAClassChangesItsPlaceAndStepsItsInterval(t *testing.T) {
	st := at(open(t, text.German, 120, 30), "class:B").Keys("+")
	require.Contains(t, st.Line("● 91 Tage"), "● 91 Tage  bisher 90")
	st.Keys("e", "tab", "tab", "tab").Keys("ctrl+u").Type("1").Keys("ctrl+s", "ctrl+s", "j")
	settings := st.Session.Book.Settings()
	require.Equal(t, 0, settings.Rank("B"))
	require.Equal(t, 1, settings.Rank("A"))
	st.Keys("u", "ctrl+s", "j")
	require.Equal(t, 90, st.Session.Book.Settings().Interval("B"))
}

func TestTwoClassesHaveTwoNames(t *testing.T) {
	st := at(open(t, text.English, 80, 24), "class:C").Keys("e", "ctrl+u").Type("b").Keys("ctrl+s")
	require.Contains(t, st.Modals[0].View(), "Another class is called so.")
	st.Keys("ctrl+u").Type("key, account").Keys("ctrl+s")
	require.Contains(t, st.Modals[0].View(), "letters and digits")
}

func TestTheCalendarOfHolidaysIsChosenByName(t *testing.T) {
	st := at(open(t, text.German, 120, 30), "calendar")
	require.Contains(t, st.Line("▸ Feiertage "), "keine")
	st.Keys("e").Type("bay").Keys("ctrl+s")
	require.Contains(t, st.Line("▸ Feiertage "), "● DE-BY  bisher –")
	st.Keys("ctrl+s", "j")
	require.Equal(t, "DE-BY", st.Session.Book.Settings().Calendar)
	require.Contains(t, st.Line("▸ Feiertage "), "● DE-BY Bayern")
	st.Keys("u", "ctrl+s", "j")
	require.Empty(t, st.Session.Book.Settings().Calendar)
	at(st, "country").Keys("e", "down", "enter", "ctrl+s", "j")
	require.Equal(t, "AT", st.Session.Book.Settings().Country)
	require.Contains(t, st.Line("▸ Land  "), "● AT Österreich")
}
