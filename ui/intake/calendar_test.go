package intake

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

func written(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

// added gives the page a file.
func added(st *uitest.Stage, p *Page, path string) {
	msg := p.Add(path)()
	if batch, ok := msg.(tea.BatchMsg); ok {
		for _, cmd := range batch {
			st.Send(cmd())
		}
		return
	}
	st.Send(msg)
}

const holidayICS = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//x//EN\nBEGIN:VEVENT\nUID:1@x\nDTSTAMP:20261101T000000Z\n" +
	"DTSTART;VALUE=DATE:20261207\nDTEND;VALUE=DATE:20261219\nSUMMARY:Urlaub\nEND:VEVENT\nEND:VCALENDAR\n"

func TestACalendarOnTheImportPageBecomesAbsencesOfARep(t *testing.T) {
	st := uitest.New(t, text.German, append(uitest.Company(),
		model.PlannedVisit{Rep: "R1", Date: model.NewDate(2026, 12, 8), Account: "K10", Time: model.NewClock(9, 0)})...)
	p := New(st.Session)
	st.Show(p, 100, 30)
	st.Keys("esc") // the picker
	path := written(t, "ferien.ics", strings.ReplaceAll(holidayICS, "\n", "\r\n"))
	added(st, p, path)
	require.Contains(t, st.Modals[0].View(), "1 Abwesenheit ab heute in ferien.ics")
	st.Type("somm")
	st.Keys("enter")
	st.Type("adler")
	st.Keys("ctrl+s")
	require.Contains(t, st.Modals[len(st.Modals)-1].View(), "K. Sommer: in dieser Zeit 1 bestätigter Besuch.")
	st.Keys("enter")
	absences := st.Session.Book.Absences("R1")
	require.Len(t, absences, 1)
	require.Equal(t, "R2", absences[0].Cover)
	require.Equal(t, model.NewDate(2026, 12, 18), absences[0].To)
	require.Equal(t, []string{"R2"}, st.Session.Book.Planning(uitest.Today))
	_, err := st.Session.Store.Undo(st.Session.Actor)
	require.NoError(t, err)
	st.Session.CatchUp()
	require.Empty(t, st.Session.Book.Absences("R1"), "one step")
	require.Equal(t, []string{"R1"}, st.Session.Book.Planning(uitest.Today))
}

func TestATableOfAbsencesOnTheImportPage(t *testing.T) {
	st := uitest.New(t, text.German, uitest.Company()...)
	p := New(st.Session)
	st.Show(p, 100, 30)
	st.Keys("esc")
	added(st, p, written(t, "abwesenheiten.csv", "Mitarbeiter;von;bis;Abwesenheitsart;Vertretung\nK. Sommer;07.12.2026;18.12.2026;Urlaub;M. Adler\n"))
	require.Contains(t, st.View(), "Abwesenheiten")
	st.Keys("c", "enter")
	absences := st.Session.Book.Absences("R1")
	require.Len(t, absences, 1, st.View())
	require.Equal(t, "R2", absences[0].Cover)
}

func TestATableOfAbsencesAsksWhatBecomesOfVisitsInThisTime(t *testing.T) {
	st := uitest.New(t, text.German, append(uitest.Company(),
		model.PlannedVisit{Rep: "R1", Date: model.NewDate(2026, 12, 8), Account: "K10", Time: model.NewClock(9, 0)},
		model.PlannedVisit{Rep: "R1", Date: model.NewDate(2026, 12, 21), Account: "K10", Time: model.NewClock(9, 0)})...)
	p := New(st.Session)
	st.Show(p, 100, 30)
	st.Keys("esc")
	added(st, p, written(t, "abwesenheiten.csv", "Mitarbeiter;von;bis;Abwesenheitsart;Vertretung\nK. Sommer;07.12.2026;18.12.2026;Urlaub;M. Adler\n"))
	st.Keys("c")
	require.Contains(t, st.View(), "1 bestätigter Besuch fällt in die Abwesenheiten")
	st.Keys("enter")
	require.Len(t, st.Modals, 1)
	require.Contains(t, st.Modals[0].View(), "an M. Adler übergeben")
	require.Empty(t, st.Session.Book.Absences("R1"), "nothing is done before the answer")
	st.Keys("enter")
	require.Len(t, st.Session.Book.Absences("R1"), 1)
	var who []string
	for _, rep := range st.Session.Book.Planning(uitest.Today) {
		for visit := range st.Session.Book.Plan(rep) {
			who = append(who, rep+" "+visit.Date.String())
		}
	}
	require.Equal(t, []string{"R1 2026-12-21", "R2 2026-12-08"}, who)
}

func TestAnImportThatPartsVisitsAsksWhatBecomesOfThem(t *testing.T) {
	st := uitest.New(t, text.German, append(uitest.Company(),
		model.PlannedVisit{Rep: "R1", Date: uitest.Today + 7, Account: "K10", Time: model.NewClock(9, 0)})...)
	p := New(st.Session)
	st.Show(p, 100, 30)
	st.Keys("esc")
	added(st, p, written(t, "gebiete.csv", "code,name,rep,region\nT1,Ulm,R2,Süd/Baden-Württemberg\n"))
	st.Keys("c")
	require.Contains(t, st.View(), "würde von seinem Außendienstler getrennt")
	st.Keys("enter")
	require.Len(t, st.Modals, 1)
	require.Contains(t, st.Modals[0].View(), "an M. Adler übergeben")
	require.Equal(t, "R1", st.Session.Book.Area("T1").Rep, "nothing is done before the answer")
	st.Keys("enter")
	require.Equal(t, "R2", st.Session.Book.Area("T1").Rep)
	require.Equal(t, []string{"R2"}, st.Session.Book.Planning(uitest.Today))
}
