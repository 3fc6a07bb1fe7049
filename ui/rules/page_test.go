package rules

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

func open(t *testing.T, language text.Language, width, height int) *uitest.Stage {
	st := uitest.New(t, language, uitest.Company()...)
	return st.Show(New(st.Session), width, height)
}

// at puts the cursor on a setting.
func at(st *uitest.Stage, name string) *uitest.Stage {
	st.Page.Open(name)
	return st
}

func TestEverySettingIsExplainedInBothLanguages(t *testing.T) {
	for _, language := range text.Languages {
		st := open(t, language, 160, 45)
		print := st.Session.Look.Text
		for _, setting := range model.SettingList {
			at(st, setting.Name)
			require.True(t, print.Has("rules."+setting.Name), setting.Name)
			view := st.View()
			require.Contains(t, view, print.T("rules."+setting.Name))
			require.Contains(t, view, strings.Fields(print.T("rules." + setting.Name + ".text"))[0])
			require.NotContains(t, view, "rules.", "a message is missing")
			require.NotContains(t, view, "<no value>")
		}
	}
}

func TestTheEffectIsToldBeforeAnythingIsSaved(t *testing.T) {
	st := at(open(t, text.English, 80, 24), "target-share")
	require.Contains(t, st.View(), "By these rules 3 signals are open today.")
	st.Keys("e").Type("7")
	require.Contains(t, st.View(), "2 open signals instead of 3 · gone: ▲ Ostalb")
	require.Equal(t, 80, st.Session.Book.Settings().TargetShare, "nothing is saved yet")

	st.Keys("tab", "tab") // leaves the field, then to the effect
	view := st.View()
	require.Contains(t, view, "1 signal vanishes")
	require.Regexp(t, `▲ Ostalb +Spring mailing`, view)
	st.Keys("esc", "ctrl+s", "y")
	require.Equal(t, 7, st.Session.Book.Settings().TargetShare)
	require.Equal(t, "Saved: Share needed 7 %.", st.Said)
	require.Contains(t, st.View(), "By these rules 2 signals are open today.")
	require.Contains(t, st.Line("Share needed  "), "● 7 %", "what differs from the default is marked")

	entries, err := st.Session.Store.History(0, 1)
	require.NoError(t, err)
	require.Equal(t, "settings.change", entries[0].Action)
}

func TestEscapeDropsAndResetGoesBack(t *testing.T) {
	st := at(open(t, text.German, 80, 24), "lead").Keys("+", "+", "-", "down", "+")
	require.Contains(t, st.Line("Besuche zählen ab"), "29 Tage  bisher 28")
	require.Contains(t, st.Line("Nötiger Anteil  "), "85 %  bisher 80")
	st.Keys("esc")
	require.NotContains(t, st.View(), "bisher")

	st.Keys("-", "ctrl+s", "j")
	require.Equal(t, 75, st.Session.Book.Settings().TargetShare)
	st.Keys("u")
	require.Contains(t, st.Line("Nötiger Anteil  "), "80 %  bisher 75")
	st.Keys("ctrl+s", "j")
	at(st, "horizon").Keys("+", "ctrl+s", "j", "u", "ctrl+s", "j")
	require.Equal(t, model.DefaultSettings(), st.Session.Book.Settings())
}

func TestTypedValuesAreHeldToTheirBounds(t *testing.T) {
	st := at(open(t, text.English, 80, 24), "target-share").Keys("e").Type("101")
	require.Contains(t, st.View(), "! A number from 1 to 100, please.")
	st.Keys("enter")
	require.True(t, st.Page.Capturing(), "a wrong number is not left")
	st.Keys("backspace", "enter")
	require.False(t, st.Page.Capturing())
	require.Contains(t, st.Line("Share needed  "), "10 %  was 80")

	at(st, "certainty").Keys("e").Type("1,64").Keys("enter", "ctrl+s", "y")
	require.Equal(t, 16400, st.Session.Book.Settings().Certainty)
	require.Contains(t, st.View(), "1.64, 95 % sure")
}

func TestEscapeWhileTypingBringsTheValueBack(t *testing.T) {
	st := at(open(t, text.English, 80, 24), "lead").Keys("+", "ctrl+s", "y", "+").Keys("e").Type("7").Keys("esc")
	require.Contains(t, st.Line("Visits count from  "), "30 days  was 29")
}

func TestOnlyTheLeadChangesRules(t *testing.T) {
	st := open(t, text.English, 120, 30)
	st.Session.Actor.Role = model.RoleMarketing
	st.Keys("+")
	require.Contains(t, st.Failed, "Only the lead may change this")
	st.Keys("tab", "down", "esc")
	require.NotContains(t, st.View(), "instead of")
}

func TestWhatAnotherPersonSavesIsTakenOver(t *testing.T) {
	st := at(open(t, text.English, 120, 30), "lead").Keys("+")
	other := model.DefaultSettings()
	other.Horizon = 50
	st.Apply("settings.change", other)
	st.Keys("ctrl+s", "y")
	require.Equal(t, 50, st.Session.Book.Settings().Horizon)
	require.Equal(t, 29, st.Session.Book.Settings().Lead)
}
