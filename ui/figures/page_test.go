package figures_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/figures"
	"doppelpass/ui/territories"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// looks are who has looked at whose own figures, latest first.
func looks(t *testing.T, st *uitest.Stage) (list []string) {
	t.Helper()
	steps, err := st.Session.Store.History(0, 0)
	require.NoError(t, err)
	for _, e := range steps {
		if e.Action == "figures.look" {
			list = append(list, e.Actor+": "+e.Subject)
		}
	}
	return list
}

func team() []model.Record {
	return []model.Record{
		model.Person{Code: "lena", Name: "Lena", Role: model.RoleLead}, model.Person{Code: "kurt", Name: "K. Sommer", Role: model.RoleSales, Rep: "R1"},
		model.Person{Code: "mara", Name: "Mara", Role: model.RoleMarketing},
	}
}

func as(st *uitest.Stage, p model.Record) *uitest.Stage {
	st.Session.Actor = p.(model.Person).Actor("")
	return st
}

func TestARepsOwnFiguresAreForThatRepAndTheLeadAndWhoLooksIsKnown(t *testing.T) {
	people := team()
	st := uitest.New(t, text.English, append(uitest.Company(), people...)...)
	open := func() string {
		st.Show(figures.New(st.Session), 160, 45)
		st.Keys("r")
		if len(st.Modals) == 0 {
			return ""
		}
		return ansi.Strip(st.Modals[0].View())
	}
	as(st, people[2])
	require.Empty(t, open(), "nobody for marketing in fair mode")
	require.Contains(t, st.Failed, "no rep")
	as(st, people[1])
	require.Contains(t, open(), "K. Sommer")
	require.NotContains(t, open(), "M. Adler")
	st.Modals = nil
	open()
	st.Keys("down", "enter")
	require.Contains(t, st.Line("What sales did"), "K. Sommer")
	require.Empty(t, looks(t, st), "one's own")

	as(st, people[0])
	open()
	st.Keys("down", "down", "enter")
	require.Contains(t, st.Line("What sales did"), "M. Adler")
	require.Equal(t, []string{"Lena: M. Adler"}, looks(t, st))
	for range 3 { // each frame is no look, nor is the same once more that day
		st.View()
		open()
		st.Keys("down", "down", "enter")
	}
	require.Len(t, looks(t, st), 1)
	open()
	st.Keys("enter")
	require.NotContains(t, st.Line("What sales did"), "M. Adler")

	settings := model.DefaultSettings()
	settings.Fair = model.FairOff
	st.Apply("settings.change", settings)
	as(st, people[2])
	require.Contains(t, open(), "M. Adler", "once fair mode is ended")
	st.Keys("down", "enter")
	require.Equal(t, []string{"Mara: K. Sommer", "Lena: M. Adler"}, looks(t, st))
	as(st, people[0]).Apply("settings.change", model.DefaultSettings())
	as(st, people[2]).Do(st.Page.Refresh())
	require.NotContains(t, st.Line("What sales did"), "K. Sommer", "nor any longer than that")
}

func TestOpeningTheTerritoryOfOneRepIsALook(t *testing.T) {
	people := team()
	st := uitest.New(t, text.German, append(uitest.Company(), people...)...)
	page := territories.New(st.Session)
	as(st, people[2]).Show(page, 100, 40)
	for range 2 {
		st.Do(page.Open("T1"))
		st.View()
		st.Do(page.Open("Süd/Bayern")) // a region is nobody's
	}
	require.Equal(t, []string{"Mara: K. Sommer"}, looks(t, st))
	as(st, people[1])
	st.Do(page.Open("T1"))
	require.Len(t, looks(t, st), 1, "one's own")

	alone := uitest.New(t, text.German, uitest.Company()...)
	page = territories.New(alone.Session)
	alone.Show(page, 100, 40)
	alone.Do(page.Open("T1"))
	require.Empty(t, looks(t, alone), "who works alone looks at nobody")
	steps, err := alone.Session.Store.History(0, 0)
	require.NoError(t, err)
	require.Len(t, steps, 1)
	reading := uitest.New(t, text.German, append(uitest.Company(), people...)...)
	reading.Session.Store = reading.Session.Store.Reading()
	page = territories.New(reading.Session)
	as(reading, people[2]).Show(page, 100, 40)
	reading.Do(page.Open("T1"))
	require.Empty(t, looks(t, reading), "who only reads writes nothing")
	require.False(t, strings.Contains(reading.Failed, "T1"))
}
