package forms_test

// Forms say what the other department has to do with a customer before one more contact
// is logged or planned.

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/forms"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// shown is the form in front, its lines run together.
func shown(st *uitest.Stage) string {
	view := ansi.Strip(st.Modals[len(st.Modals)-1].View())
	return strings.Join(strings.Fields(strings.ReplaceAll(view, "│", " ")), " ")
}

func TestWhoLogsAVisitIsToldOfMarketing(t *testing.T) {
	for language, want := range map[text.Language]string{
		text.English: "◆ M spoke to this customer on the telephone on Sat 21 Nov. ◆ The calls of “Phone round” go on until Fri 4 Dec.",
		text.German:  "◆ M hat am Sa 21.11. mit diesem Kunden telefoniert. ◆ Die Anrufe von „Phone round“ laufen bis Fr 04.12. weiter.",
	} {
		st := open(t, language, func(s *session.Session) tea.Cmd { return forms.Visit(s, model.Visit{Account: "K30"}, true) })
		require.Contains(t, shown(st), want)
		press(st, "ctrl+s")
		require.Empty(t, st.Modals, "it is said, and keeps nobody from logging")
	}
}

func TestWhoLogsACallIsToldOfSales(t *testing.T) {
	st := open(t, text.English, func(s *session.Session) tea.Cmd { return forms.Call(s, model.Call{Account: "K11"}, true) },
		model.PlannedVisit{Rep: "R1", Account: "K11", Date: uitest.Today + 14})
	require.Contains(t, shown(st), "▲ K. Sommer visited this customer on Sun 22 Nov. ▲ K. Sommer has planned a visit for Tue 8 Dec.")
	st = open(t, text.English, func(s *session.Session) tea.Cmd { return forms.Call(s, model.Call{Account: "K34"}, true) })
	require.NotContains(t, shown(st), "▲", "nobody was there")
}

func TestACampaignSaysWhomSalesVisitsAndWhichCampaignsWantTheSame(t *testing.T) {
	start := model.Campaign{Name: "Round", Kind: model.KindTelemarketing, Territories: []string{"T1"}, Start: uitest.Today, End: uitest.Today + 20}
	st := open(t, text.English, func(s *session.Session) tea.Cmd { return forms.Campaign(s, start, true) })
	require.Contains(t, shown(st), "▲ Of 10 customers that it aims at, sales visits 10 within 14 days before it begins and 14 days after it ends: 10 visited already, 0 planned.")
	require.Contains(t, shown(st), "◆ “Spring mailing” wants 10 of the same customers, from 24 Nov to 14 Dec as well.")
	st = open(t, text.German, func(s *session.Session) tea.Cmd { return forms.Campaign(s, start, true) })
	require.Contains(t, shown(st), "▲ Von 10 Zielkunden besucht der Vertrieb 10 zwischen 14 Tagen vor dem Anfang und 14 Tagen nach dem Ende: 10 schon besucht, 0 geplant.")
}
