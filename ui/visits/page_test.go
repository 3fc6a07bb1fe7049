package visits

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

func open(t *testing.T, language text.Language, width, height int) *uitest.Stage {
	st := uitest.New(t, language, uitest.Company()...)
	return st.Show(New(st.Session), width, height)
}

// many adds a visit a day to Ulm's accounts, back from today.
func many(t *testing.T, st *uitest.Stage, count int) {
	t.Helper()
	request := store.Request{Action: "import"}
	for i := range count {
		request.Puts = append(request.Puts, store.Put{Record: model.Visit{
			Account: fmt.Sprintf("K1%d", i%10), Date: uitest.Today - model.Date(i), Time: model.NewClock(7, 0), Rep: "R1", Note: fmt.Sprintf("number %04d", i),
		}})
	}
	_, err := st.Session.Store.Apply(st.Session.Actor, request)
	require.NoError(t, err)
	st.Session.CatchUp()
}

func TestNewestFirstUnderTheirWeeks(t *testing.T) {
	for language, words := range map[text.Language][]string{
		text.German:  {"KW 48 · 23.11. – 29.11.2026   2 Besuche", "Mo 23.11.", "○ nicht angetroffen", "✓ Auftrag", "K. Sommer", "Alle Besuche"},
		text.English: {"W48 · 23 Nov – 29 Nov 2026   2 visits", "Mon 23 Nov", "○ not met", "✓ order", "K. Sommer", "All visits"},
	} {
		for _, size := range [][2]int{{80, 24}, {120, 30}, {160, 45}} {
			view := open(t, language, size[0], size[1]).View()
			for _, word := range words {
				require.Contains(t, view, word, "%s at %v", language, size)
			}
			require.Less(t, strings.Index(view, "Kunde 3-0"), strings.Index(view, "Kunde 1-1"))
		}
	}
}

func TestWideShowsTheWeeksTotals(t *testing.T) {
	st := open(t, text.English, 160, 45)
	require.Regexp(t, `Visits +2`, st.Line("Visits  "))
	require.Regexp(t, `K\. Sommer +[▁▂▃▄▅▆▇█]{12} +2 `, st.View())
	require.Regexp(t, `M\. Adler +[▁]{12} +0 `, st.View())
}

func TestFiltersNarrowAndAreLiftedOneByOne(t *testing.T) {
	st := open(t, text.English, 120, 30).Keys("left")
	require.Contains(t, st.View(), "W47")
	require.NotContains(t, st.View(), "Mon 23 Nov")
	st.Keys("right")
	require.Contains(t, st.Line("3 entries"), "W48 · 23 Nov – 29 Nov 2026")

	st.Keys("f")
	require.Len(t, st.Modals, 1)
	st.Type("Adler").Keys("tab").Type("Bayern").Keys("tab", "ctrl+s")
	require.Empty(t, st.Modals)
	require.Contains(t, st.Line("1 entry"), "Süd/Bayern  ·  M. Adler  ·  W48")
	st.Keys("esc", "esc")
	require.Contains(t, st.Line("1 entry"), "Süd/Bayern")
	st.Keys("esc")
	require.Contains(t, st.Line("13 entries"), "All visits")
}

func TestTheTextFilterLooksThroughEverything(t *testing.T) {
	st := open(t, text.English, 80, 24)
	many(t, st, 1500)
	page := New(st.Session)
	st.Show(page, 80, 24)
	require.Less(t, len(page.visits), 2*pageOf, "not everything is read")
	st.Keys("/").Type("number 1499")
	require.Len(t, page.visits, 1)
	require.Contains(t, st.View(), "1 entry")
	st.Keys("enter", "esc").Keys("/").Type("aalen order")
	require.Len(t, page.visits, 2, "town and outcome")
	require.Contains(t, st.View(), " Nov 2026", "what lies far apart stands under its month")
	st.Keys("esc").Keys("/").Type("nowhere")
	require.Contains(t, st.View(), "No visits.")
}

func TestOlderOnesAreReadAsOneGoes(t *testing.T) {
	st := open(t, text.German, 80, 24)
	many(t, st, 1000)
	page := New(st.Session)
	st.Show(page, 80, 24)
	require.Contains(t, st.View(), "die neuesten")
	for range 10 {
		st.Keys("G")
	}
	require.Len(t, page.visits, 1013)
	require.Zero(t, page.before)
	require.Contains(t, st.View(), "1.013 Einträge")
}

func TestTheCursorStaysWhenOthersLogVisits(t *testing.T) {
	st := open(t, text.English, 80, 24).Keys("down", "down")
	before := st.Page.(*Page).list.Cursor()
	st.Apply("visit.log", model.Visit{Account: "K25", Date: uitest.Today, Rep: "R1"})
	require.Equal(t, before, st.Page.(*Page).list.Cursor())
	require.Contains(t, st.Keys("g").View(), "Kunde 2-5")
	st.Apply("visit.log", model.Visit{Account: "K26", Date: uitest.Today, Time: model.NewClock(18, 0), Rep: "R1"})
	require.Contains(t, st.Line("▸"), "Kunde 2-6", "who looks at the newest goes on doing so")
}

func TestEverybodyReadsAVisitWhole(t *testing.T) {
	st := open(t, text.English, 80, 24)
	note := strings.Repeat("The buyer wants the new samples before Christmas. ", 40) + "Last word."
	st.Apply("visit.log", model.Visit{Account: "K30", Date: uitest.Today, Rep: "R2", Outcome: "order", Value: 1234500, Note: note})
	st.Session.Actor.Role = model.RoleMarketing
	st.Keys("g", "enter")
	require.Len(t, st.Modals, 1)
	view := ansi.Strip(st.Modals[0].View())
	for _, word := range []string{"Visit to Kunde 3-0", "M. Adler", "order", "12,345", "The buyer wants"} {
		require.Contains(t, view, word)
	}
	require.NotContains(t, view, "e edit", "who may not change it is not offered to")
	st.Keys("G")
	require.Contains(t, ansi.Strip(st.Modals[0].View()), "Last word.", "a long note scrolls to its end")
	st.Keys("e", "esc")
	require.Empty(t, st.Modals)
	st.Session.Actor.Role = model.RoleSales
	st.Keys("enter", "e")
	require.Len(t, st.Modals, 1, "the form")
}

func TestAGoesToTheAccountAndMarkedOnesAreDeletedTogether(t *testing.T) {
	st := open(t, text.English, 80, 24).Keys("a")
	require.Equal(t, []string{"accounts K30"}, st.Gone)
	st.Keys("space", "space", "d", "y")
	require.Len(t, st.Page.(*Page).visits, 11)
	entries, err := st.Session.Store.History(0, 1)
	require.NoError(t, err)
	require.Equal(t, "visit.delete", entries[0].Action)

	st.Keys("e")
	require.Len(t, st.Modals, 1, "the form")
}

func TestOpenShowsAnAccountsARepsOrAPlacesVisits(t *testing.T) {
	st := open(t, text.English, 120, 30)
	for target, count := range map[string]int{"K10": 1, "rep:R2": 1, "place:T2": 2, "place:Süd": 13} {
		st.Page.Open(target)
		st.Keys("right", "esc") // reads anew
		require.Len(t, st.Page.(*Page).visits, count, target)
	}
}

func TestMarketingMayReadOnly(t *testing.T) {
	st := open(t, text.German, 80, 24)
	st.Session.Actor.Role = model.RoleMarketing
	st.Keys("d")
	require.NotEmpty(t, st.Failed)
	require.Len(t, st.Page.(*Page).visits, 13)
}

func TestAnEmptyStore(t *testing.T) {
	st := uitest.New(t, text.German)
	st.Show(New(st.Session), 120, 30)
	require.Contains(t, st.View(), "Keine Besuche.")
	st.Keys("enter", "e", "d", "y", "left", "esc")
}
