package territories

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

func onStage(t *testing.T, language text.Language, width, height int, extra ...model.Record) (*uitest.Stage, *Page) {
	t.Helper()
	st := uitest.New(t, language, append(uitest.Company(), extra...)...)
	page := New(st.Session)
	st.Show(page, width, height)
	return st, page
}

func names(p *Page) (list []string) {
	for _, n := range p.tree.shown {
		list = append(list, strings.Repeat(" ", n.depth)+n.name)
	}
	return list
}

func TestRegionsAddUpTheirTerritories(t *testing.T) {
	st, p := onStage(t, text.German, 160, 45)
	require.Equal(t, []string{"Süd", " Baden-Württemberg", "  Ulm", "  Ostalb", " Bayern", "  Allgäu"}, names(p))
	whole := p.tree.node(regionID("Süd")).numbers
	require.Equal(t, st.Session.Book.On(uitest.Today).RegionNumbers("Süd"), whole)
	require.Equal(t, 30, whole.Active)
	line := st.Line("Süd")
	for _, want := range []string{"30", "40 %", "▲", "Phone round", "gestern"} {
		require.Contains(t, line, want)
	}
	require.Contains(t, st.Line("Ulm"), "K. Sommer")
}

func TestRegionsFoldAndStayFolded(t *testing.T) {
	st, p := onStage(t, text.English, 80, 24)
	st.Keys("down", "left") // Baden-Württemberg
	require.Equal(t, []string{"Süd", " Baden-Württemberg", " Bayern", "  Allgäu"}, names(p))
	st.Apply("visit.log", model.Visit{Account: "K34", Date: uitest.Today, Rep: "R2"})
	require.Len(t, p.tree.shown, 4, "also after a change")
	require.Contains(t, st.Line("Baden"), "▸ Baden")
	p.Open("T1")
	require.Contains(t, names(p), "  Ulm", "what is opened shows")
	st.Keys("esc", "up", "up", "left")
	require.Equal(t, []string{"Süd"}, names(p))
	st.Keys("right")
	require.Len(t, p.tree.shown, 6)
}

func TestTheFilterKeepsTheRegionsAbove(t *testing.T) {
	st, p := onStage(t, text.German, 80, 24)
	st.Keys("/").Type("allgaeu")
	require.Equal(t, []string{"Süd", " Bayern", "  Allgäu"}, names(p))
	st.Keys("ctrl+u").Type("sommer").Keys("enter")
	require.Equal(t, []string{"Süd", " Baden-Württemberg", "  Ulm", "  Ostalb"}, names(p))
	st.Keys("esc")
	require.Len(t, p.tree.shown, 6)
}

func TestSiblingsSortByAColumnWithinTheirRegion(t *testing.T) {
	_, p := onStage(t, text.German, 160, 45, model.Territory{Code: "T5", Name: "Zuletzt", Region: "Süd/Baden-Württemberg"}, model.Account{Code: "X1", Name: "Irgendwo"})
	p.table.SetSort("covered", false)
	require.Equal(t, []string{"Süd", " Bayern", "  Allgäu", " Baden-Württemberg", "  Zuletzt", "  Ostalb", "  Ulm", "ohne Gebiet"}, names(p))
	p.table.SetSort("covered", true)
	require.Equal(t, []string{"Süd", " Baden-Württemberg", "  Ulm", "  Ostalb", "  Zuletzt", " Bayern", "  Allgäu", "ohne Gebiet"}, names(p))
	p.table.SetSort("name", true)
	require.Equal(t, []string{"Süd", " Bayern", "  Allgäu", " Baden-Württemberg", "  Zuletzt", "  Ulm", "  Ostalb", "ohne Gebiet"}, names(p))
}

func TestRegionsWithSimilarNamesStayTogether(t *testing.T) {
	_, p := onStage(t, text.German, 80, 24,
		model.Territory{Code: "T4", Name: "Basel", Region: "Süd-West/Schweiz"}, model.Territory{Code: "T5", Name: "Direkt", Region: "Süd"}, model.Territory{Code: "T6", Name: "Ohne"})
	require.Equal(t, []string{"Ohne", "Süd", " Direkt", " Baden-Württemberg", "  Ulm", "  Ostalb", " Bayern", "  Allgäu", "Süd-West", " Schweiz", "  Basel"}, names(p))
}

func TestATerritoryOpensToItsNumbers(t *testing.T) {
	noted := model.Territory{Code: "T1", Name: "Ulm", Region: "Süd/Baden-Württemberg", Rep: "R1", Note: "Baustelle B10", MarketingNote: "Messe kam gut an", Marketing: "L. Neumann"}
	for _, size := range [][2]int{{80, 24}, {160, 45}} {
		st, p := onStage(t, text.German, size[0], size[1], noted)
		p.Open("T1")
		view := st.View()
		for _, want := range []string{"Ulm", "100 %", "10 von 10", "K. Sommer", "bis 20 pro Woche", "üblich", "Spring mailing", "L. Neumann"} {
			require.Contains(t, view, want, size)
		}
		if size[0] == 80 {
			require.NotContains(t, view, "Kunde 1-0")
			st.Keys("G")
			require.Contains(t, st.View(), "Baustelle B10", "the overview scrolls")
			require.Contains(t, st.View(), "Messe kam gut an")
			st.Keys("tab")
		} else {
			require.Contains(t, view, "Baustelle B10")
			st.Do(p.Open("T1"))
			require.Contains(t, st.View(), "Messe kam gut an – Kim, 24.11.", "who wrote it, and when")
			require.Contains(t, view, "Messe kam gut an")
		}
		require.Contains(t, st.View(), "Kunde 1-0")
		st.Keys("enter")
		require.Equal(t, "accounts "+p.detail.table.Cursor(), st.Gone[len(st.Gone)-1])
		st.Keys("esc")
		require.Empty(t, p.detail.id)
	}
}

func TestAccountsAreListedByHowFarTheyAreBehind(t *testing.T) {
	st, p := onStage(t, text.English, 160, 45)
	p.Open("T2")
	require.Len(t, p.detail.entries, 10)
	require.Equal(t, model.StateNever, p.detail.entries[0].standing.State)
	require.Equal(t, model.ClassA, p.detail.entries[0].customer.Class)
	require.NotEqual(t, model.StateNever, p.detail.entries[9].standing.State)
	code := p.detail.entries[0].customer.Code
	st.Apply("visit.log", model.Visit{Account: code, Date: uitest.Today, Rep: "R1"})
	require.NotEqual(t, code, p.detail.entries[0].customer.Code, "visited: no longer behind")
}

func TestSignalsAndAccountsOfATerritoryAreOneKeyAway(t *testing.T) {
	st, p := onStage(t, text.German, 80, 24)
	p.Open("T1")
	if signals := p.detail.signals(p.current()); len(signals) > 0 {
		st.Keys("o")
		require.Equal(t, "signals "+session.SignalTarget(signals[0].Key()), st.Gone[len(st.Gone)-1])
	} else {
		st.Keys("o")
		require.NotEmpty(t, st.Failed)
	}
	st.Keys("a")
	require.Equal(t, `accounts /territory:"T1"`, st.Gone[len(st.Gone)-1])
	p.Open("Süd")
	st.Keys("a")
	require.Equal(t, `accounts /territory:"Süd"`, st.Gone[len(st.Gone)-1])
}

func TestTerritoriesAndRepsAreAddedEditedAndDeleted(t *testing.T) {
	st, p := onStage(t, text.English, 80, 24)
	st.Keys("down", "down", "n").Type("Biberach").Keys("ctrl+s")
	added := st.Session.Book.Area("T4")
	require.NotNil(t, added)
	require.Equal(t, "Süd/Baden-Württemberg", added.Region, "where the cursor was")
	require.Contains(t, st.View(), "Biberach")
	p.Open("T4")
	st.Keys("d", "d", "enter")
	require.NotNil(t, st.Session.Book.Area("T4"), "enter, or the key again, deletes nothing")
	st.Keys("d", "y")
	require.Nil(t, st.Session.Book.Area("T4"))
	require.Empty(t, p.detail.id)
	st.Keys("N").Type("T. Brandt").Keys("ctrl+s")
	rep, ok := st.Session.Book.Rep("R3")
	require.True(t, ok)
	require.Equal(t, "T. Brandt", rep.Name)
	p.Open("T1")
	st.Keys("b").Type("ask for Kim").Keys("ctrl+s")
	require.Equal(t, "ask for Kim", st.Session.Book.Area("T1").Note)
	p.Open("Süd")
	st.Keys("e")
	require.NotEmpty(t, st.Failed, "a region is not a record")
}

func TestAccountsInNoTerritoryAreNotForgotten(t *testing.T) {
	st, _ := onStage(t, text.German, 80, 24, model.Account{Code: "X1", Name: "Irgendwo"})
	require.Contains(t, st.Line("ohne Gebiet"), "1")
	st.Keys("G", "enter")
	require.Equal(t, "accounts /territory:-", st.Gone[len(st.Gone)-1])
}

func TestTheTreeGoesToASpreadsheet(t *testing.T) {
	_, p := onStage(t, text.German, 80, 24)
	sheet, name := p.Sheet()
	require.Equal(t, "Gebiete", name)
	rows := 0
	for row := range sheet.Rows {
		require.Len(t, row, len(sheet.Header))
		rows++
	}
	require.Equal(t, 3, rows)
	require.NotContains(t, strings.Join(sheet.Header, " "), "territories.")
	p.Open("T2")
	sheet, name = p.Sheet()
	require.Equal(t, "Kunden Ostalb", name)
	rows = 0
	for range sheet.Rows {
		rows++
	}
	require.Equal(t, 10, rows)
}

var rawKey = regexp.MustCompile(`(territories|accounts|state|signal)\.[a-z]`)

func TestThePageFillsItsRoomWithoutRawKeys(t *testing.T) {
	for _, language := range text.Languages {
		for _, size := range [][2]int{{80, 24}, {100, 30}, {120, 36}, {160, 45}, {220, 60}} {
			st, p := onStage(t, language, size[0], size[1])
			require.NotRegexp(t, rawKey, st.View())
			for _, target := range []string{"T1", "Süd"} {
				p.Open(target)
				require.NotRegexp(t, rawKey, st.View())
				st.Keys("tab")
				require.NotRegexp(t, rawKey, st.View())
				for _, action := range st.Page.Actions() {
					for _, key := range []string{action.Title, action.Short, action.Group} {
						require.True(t, key == "" || st.Session.Look.Text.Has(key), key)
					}
				}
			}
		}
	}
}

func TestAnEmptyStoreSaysWhatToDo(t *testing.T) {
	st := uitest.New(t, text.German)
	st.Show(New(st.Session), 80, 24)
	require.Contains(t, st.View(), "Noch keine Gebiete")
}

func TestFairModeSortsNobodyByPace(t *testing.T) {
	settings := model.DefaultSettings()
	settings.Fair = model.FairOff
	st, p := onStage(t, text.English, 120, 36, settings)
	p.table.SetSort("pace", true)
	require.Equal(t, "pace", p.tree.column)
	settings.Fair = model.FairOn
	st.Apply("settings.change", settings)
	require.Empty(t, p.tree.column, "the order that ranked reps is gone")
	require.False(t, p.tree.table().Column("pace").Sortable)
	require.True(t, p.tree.table().Column("needed").Sortable, "what the accounts need is no person's")
}
