package forms_test

import (
	"slices"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/forms"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// agreed are R1's visits of next week at two accounts of T1, and one of last week.
func agreed() []model.Record {
	return []model.Record{
		model.PlannedVisit{Rep: "R1", Date: uitest.Today - 7, Account: "K10", Time: model.NewClock(8, 0)},
		model.PlannedVisit{Rep: "R1", Date: uitest.Today + 7, Account: "K10", Time: model.NewClock(9, 0)},
		model.PlannedVisit{Rep: "R1", Date: uitest.Today + 8, Account: "K11", Time: model.NewClock(14, 0)},
	}
}

// coming are the rep's planned visits from today on, as account and time.
func coming(st *uitest.Stage, rep string) (all []string) {
	for p := range st.Session.Book.Plan(rep) {
		if p.Date >= uitest.Today {
			all = append(all, p.Account+" "+p.Time.String())
		}
	}
	slices.Sort(all)
	return all
}

func editUlm(s *session.Session) tea.Cmd { return forms.Territory(s, &s.Book.Area("T1").Territory) }

func TestAnotherRepOfATerritoryAsksWhatBecomesOfTheVisits(t *testing.T) {
	both := []string{"K10 09:00", "K11 14:00"}
	for _, c := range []struct {
		name       string
		answer     []string
		old, fresh []string
		rep        string
	}{
		{"handed on", []string{"enter"}, nil, both, "R2"},
		{"freed", []string{"down", "down", "enter"}, nil, nil, "R2"},
		{"kept", []string{"down", "enter"}, both, nil, "R2"},
		{"thought better of", []string{"esc"}, both, nil, "R1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := open(t, text.German, editUlm, agreed()...)
			press(st, "enter", "enter")
			typed(st, "m. adler")
			press(st, "ctrl+s")
			require.Contains(t, reads(st), "K. Sommer hat bei diesen Kunden noch 2 bestätigte Besuche vor sich.")
			require.Contains(t, reads(st), "an M. Adler übergeben")
			press(st, c.answer...)
			require.Equal(t, c.rep, st.Session.Book.Area("T1").Rep)
			require.Equal(t, c.old, coming(st, "R1"))
			require.Equal(t, c.fresh, coming(st, "R2"))
			if c.rep == "R1" {
				require.NotEmpty(t, st.Modals, "what was typed is still there")
				return
			}
			_, err := st.Session.Store.Undo(st.Session.Actor)
			require.NoError(t, err)
			st.Session.CatchUp()
			require.Equal(t, "R1", st.Session.Book.Area("T1").Rep, "one step")
			require.Equal(t, both, coming(st, "R1"))
			require.Empty(t, coming(st, "R2"))
		})
	}
}

func TestARepWhoGoesLeavesNoVisitsToNobody(t *testing.T) {
	remove := func(s *session.Session) tea.Cmd {
		rep, _ := s.Book.Rep("R1")
		return forms.Delete(s, []model.Record{rep})
	}
	st := open(t, text.German, remove, agreed()...)
	press(st, "j")
	require.Contains(t, reads(st), "K. Sommer hat noch 2 bestätigte Besuche vor sich.")
	require.NotContains(t, reads(st), "bei K. Sommer lassen")
	press(st, "enter")
	_, known := st.Session.Book.Rep("R1")
	require.True(t, known, "no is under the cursor")
	show(st, remove)
	press(st, "j", "j")
	_, known = st.Session.Book.Rep("R1")
	require.False(t, known)
	require.Empty(t, coming(st, "R1"))
	require.Equal(t, 1, len(slices.Collect(st.Session.Book.Plan("R1"))), "what was planned in the past stays on record")
}

func TestAnAccountThatMovesTakesItsVisitAlong(t *testing.T) {
	st := open(t, text.English, func(s *session.Session) tea.Cmd {
		one := s.Book.Account("K10").Account
		return forms.Together(s, []model.Account{one})
	}, agreed()...)
	typed(st, "allgäu")
	press(st, "ctrl+s", "y")
	require.Contains(t, reads(st), "K. Sommer still has 1 confirmed visit ahead at these accounts.")
	press(st, "enter")
	require.Equal(t, "T3", st.Session.Book.Account("K10").Territory)
	require.Equal(t, []string{"K11 14:00"}, coming(st, "R1"))
	require.Equal(t, []string{"K10 09:00"}, coming(st, "R2"))
	_, err := st.Session.Store.Undo(st.Session.Actor)
	require.NoError(t, err)
	st.Session.CatchUp()
	require.Equal(t, []string{"K10 09:00", "K11 14:00"}, coming(st, "R1"), "one step")
	require.Equal(t, "T1", st.Session.Book.Account("K10").Territory)
}
