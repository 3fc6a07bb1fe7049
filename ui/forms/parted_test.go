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

func TestARepWhoGoesLeavesNothingToNobody(t *testing.T) {
	remove := func(s *session.Session) tea.Cmd {
		rep, _ := s.Book.Rep("R1")
		return forms.Delete(s, []model.Record{rep})
	}
	both := []string{"K10 09:00", "K11 14:00"}
	for _, c := range []struct {
		name   string
		answer []string
		rep    string // of the territory then
		heir   []string
	}{
		{"thought better of", []string{"enter"}, "R1", nil},
		{"esc", []string{"esc"}, "R1", nil},
		{"handed on", []string{"down", "enter"}, "R2", both},
		{"to nobody", []string{"down", "down", "enter"}, "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := open(t, text.German, remove, agreed()...)
			require.Contains(t, reads(st), "K. Sommer geht: wer übernimmt?")
			require.Contains(t, reads(st), "2 Gebiete, 2 bestätigte Besuche")
			press(st, c.answer...)
			require.Equal(t, c.rep, st.Session.Book.Area("T1").Rep)
			require.Equal(t, c.heir, coming(st, "R2"))
			if c.rep == "R1" {
				require.Equal(t, both, coming(st, "R1"))
				return
			}
			_, known := st.Session.Book.Rep("R1")
			require.False(t, known)
			require.Empty(t, coming(st, "R1"))
			require.Len(t, slices.Collect(st.Session.Book.Plan("R1")), 1, "what was planned in the past stays on record")
			require.Empty(t, st.Session.Book.Ownerless(uitest.Today))
			_, err := st.Session.Store.Undo(st.Session.Actor)
			require.NoError(t, err)
			st.Session.CatchUp()
			_, known = st.Session.Book.Rep("R1")
			require.True(t, known, "one step")
			require.Equal(t, both, coming(st, "R1"))
			require.Equal(t, "R1", st.Session.Book.Area("T2").Rep)
		})
	}
}

func TestSomebodyLetInNoMoreMayHandOn(t *testing.T) {
	anna := model.Person{Code: "anna", Name: "Anna", Role: model.RoleSales, Rep: "R1"}
	st := open(t, text.German, func(s *session.Session) tea.Cmd { return forms.Person(s, anna) },
		append(agreed(), anna, model.Person{Code: "kim", Name: "Kim", Role: model.RoleLead})...)
	press(st, "tab", "tab", "tab", "tab", "tab", "space", "ctrl+s")
	require.Contains(t, reads(st), "es bleibt alles bei K. Sommer")
	press(st, "down", "enter")
	require.True(t, st.Session.Book.People()[0].Inactive)
	require.Equal(t, "R2", st.Session.Book.Area("T1").Rep)
	require.Equal(t, []string{"K10 09:00", "K11 14:00"}, coming(st, "R2"))
}

func TestATerritoryIsSplitInOneStep(t *testing.T) {
	split := func(s *session.Session) tea.Cmd {
		return forms.Split(s, s.Book.Area("T1").Territory, []*model.Customer{s.Book.Account("K10"), s.Book.Account("K12")})
	}
	st := open(t, text.German, split, agreed()...)
	require.Contains(t, reads(st), "Neues Gebiet aus 2 Kunden")
	typed(st, "Ulm Ost")
	press(st, "tab")
	typed(st, "m. adler")
	press(st, "ctrl+s")
	require.Contains(t, reads(st), "K. Sommer hat bei diesen Kunden noch 1 bestätigten Besuch vor sich.")
	press(st, "enter")
	require.Equal(t, "T4", st.Session.Book.Account("K10").Territory)
	require.Equal(t, "T1", st.Session.Book.Account("K11").Territory)
	require.Equal(t, "R2", st.Session.Book.Area("T4").Rep)
	require.Equal(t, "Süd/Baden-Württemberg", st.Session.Book.Area("T4").Region)
	require.Equal(t, []string{"K10 09:00"}, coming(st, "R2"))
	require.Equal(t, []string{"K11 14:00"}, coming(st, "R1"))
	_, err := st.Session.Store.Undo(st.Session.Actor)
	require.NoError(t, err)
	st.Session.CatchUp()
	require.Equal(t, "T1", st.Session.Book.Account("K10").Territory, "one step")
	require.Equal(t, []string{"K10 09:00", "K11 14:00"}, coming(st, "R1"))
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
