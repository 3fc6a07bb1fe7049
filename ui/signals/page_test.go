package signals

// The page as a person uses it, on a real store.

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// company is a small business in which every kind and state of signal occurs: Ulm
// is short of visits for a campaign and its rep well at work, nobody in Allgäu was
// visited lately, Bodensee's telemarketing is planned, and Hohenlohe's rep has
// fallen silent.
func company() []model.Record {
	day := func(days int) model.Date { return uitest.Today + model.Date(days) }
	records := []model.Record{
		model.Rep{Code: "R1", Name: "K. Sommer", Capacity: 20}, model.Rep{Code: "R2", Name: "T. Brandt", Email: "brandt@example.org"},
		model.Rep{Code: "R3", Name: "M. Adler"},
		model.Territory{Code: "T1", Name: "Ulm", Region: "Süd", Rep: "R1"}, model.Territory{Code: "T2", Name: "Allgäu", Region: "Süd", Rep: "R1"},
		model.Territory{Code: "T3", Name: "Bodensee", Region: "Süd", Rep: "R3"}, model.Territory{Code: "T4", Name: "Hohenlohe", Region: "Nord", Rep: "R2"},
		model.Campaign{Code: "C1", Name: "Wintermailing", Kind: "mailing", Territories: []string{"T1"}, Start: day(14), End: day(24), Status: model.CampaignPlanned},
		model.Campaign{Code: "C2", Name: "Telefonaktion See", Kind: model.KindTelemarketing, Territories: []string{"T3"}, Start: day(-4), End: day(10), Status: model.CampaignPlanned},
	}
	account := func(territory string, n int, phone string) string {
		code := fmt.Sprintf("%s-%02d", territory, n)
		records = append(records, model.Account{
			Code: code, Name: "Kunde " + code, Territory: territory, Class: [...]model.Class{"A", "B", "C"}[n%3], Phone: phone, Since: day(-900),
			Consent: model.ConsentPresumed, Address: model.Address{City: "Ulm"},
		})
		return code
	}
	for n := range 10 {
		records = append(records, model.Visit{Account: account("T1", n, "0731 1"), Date: day(-29 - n%2), Rep: "R1"})
		phone := "0831 1"
		if n == 4 {
			phone = ""
		}
		account("T2", n, phone)
		account("T3", n, "07541 1")
		records = append(records, model.Visit{Account: account("T4", n, "0791 1"), Date: day(-31), Rep: "R2"})
	}
	records = append(records, model.Visit{Account: "T1-00", Date: day(-10), Rep: "R1"}, model.Visit{Account: "T3-00", Date: day(-1), Rep: "R3", Kind: model.VisitNotMet})
	// A's in Hohenlohe are overdue by now, and so is enough of the rest.
	for n := range 10 {
		if n%3 != 0 {
			records = append(records, model.Account{Code: fmt.Sprintf("T4-%02d", n), Name: "Kunde T4", Territory: "T4", Class: "B", Interval: 25,
				Phone: "0791 1", Since: day(-900), Consent: model.ConsentPresumed, Address: model.Address{City: "Hall"}})
		}
	}
	return records
}

func onPage(t *testing.T, language text.Language, width, height int) (*uitest.Stage, *Page) {
	st := uitest.New(t, language, company()...)
	page := New(st.Session)
	st.Show(page, width, height)
	return st, page
}

func TestBothDepartmentsSeeTheirWorkSideBySide(t *testing.T) {
	st, _ := onPage(t, text.English, 130, 36)
	view := st.View()
	first := strings.Split(view, "\n")[0]
	require.Regexp(t, `▲ Sales · step up visits +2 open +│ +◆ Marketing · add telemarketing +1 open · 1 in hand`, first)
	require.Regexp(t, `Ulm +Wintermailing +7 short`, st.Line("Wintermailing"))
	require.Regexp(t, `▸ Ulm.*│ · Allgäu +0 of 10 in contact +0 % ▇▇▇▇▇`, st.Line("Allgäu"))
	require.Contains(t, view, "○ Reports missing · 1")
	require.Regexp(t, `Hohenlohe +for 31 days`, view)
	require.Contains(t, view, "✓ In hand · 1")
	require.Regexp(t, `Bodensee +Telefonaktion See`, view)
}

func TestTheListsStackAndSayTheSameInANarrowWindow(t *testing.T) {
	st, _ := onPage(t, text.German, 80, 24)
	require.Regexp(t, `▲ Vertrieb · Besuche verstärken +2 offen`, st.View())
	require.Regexp(t, `▸ +Ulm +Wintermailing +Start in 14 Tagen +7 fehlen ▇`, st.Line("Wintermailing"))
	require.Regexp(t, `Hohenlohe +seit 31 Tagen`, st.Line("Hohenlohe"))
	require.Regexp(t, `Bodensee +Telefonaktion See +bis 04.12.`, st.Line("Bodensee"))
}

func TestMarketingsOwnSideComesFirstWhenStacked(t *testing.T) {
	st := uitest.New(t, text.English, company()...)
	st.Session.Actor.Role = model.RoleMarketing
	st.Show(New(st.Session), 80, 24)
	require.Contains(t, strings.Split(st.View(), "\n")[0], "◆ Marketing")
	require.Contains(t, st.Line("Allgäu"), "▸")
}

func TestTooManySignalsForTheWindowGiveUpTheirHeadings(t *testing.T) {
	records := company()
	for n := range 15 {
		code := fmt.Sprintf("D%d", n)
		records = append(records, model.Campaign{Code: code, Name: "Aktion " + code, Kind: "mailing", Territories: []string{"T1"},
			Start: uitest.Today + 20, End: uitest.Today + 30, Status: model.CampaignPlanned})
	}
	st := uitest.New(t, text.English, records...)
	st.Show(New(st.Session), 80, 24)
	require.NotContains(t, st.View(), "Reports missing")
	require.Contains(t, st.View(), "1 of 17 · 17 open")
	st.Keys("G")
	require.Regexp(t, `▸ ○ +Hohenlohe +31 days no report`, st.View())
}

func TestOpeningASignalShowsAllThatIsBehindIt(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 30}, {160, 45}} {
		st, page := onPage(t, text.English, size[0], size[1])
		st.Keys("enter")
		view := strings.Join(strings.Fields(st.View()), " ")
		require.Contains(t, view, "▲ Step up visits · Ulm")
		require.Contains(t, view, "Wintermailing starts on 8 December, in 14 days.", size)
		require.Contains(t, st.View(), "Targets  10")
		require.Contains(t, st.View(), "K. Sommer")
		require.Contains(t, st.View(), "├")
		require.Contains(t, st.View(), "9 accounts left to visit")
		require.Contains(t, st.Line("▸"), "Kunde T1-")
		require.Equal(t, size[0] >= 120, strings.Contains(st.View(), "Sales · step up"))
		st.Keys("i")
		require.Contains(t, st.View(), "What raises this signal")
		require.Contains(t, strings.Join(strings.Fields(st.View()), " "), "Needed are 80 % of its 10 targets, rounded up: 8.")
		st.Keys("esc", "esc")
		require.Nil(t, page.detail)
	}
}

func TestAVisitChangesTheNumbersAtOnceAndTheLastOneIsCelebrated(t *testing.T) {
	st, page := onPage(t, text.English, 160, 45)
	st.Keys("enter")
	require.Regexp(t, `Visited +1 · 0 planned`, st.View())
	st.Keys("v")
	require.Len(t, st.Modals, 1, "the form is open")
	st.Keys("ctrl+s")
	require.Empty(t, st.Modals, st.Failed)
	require.Regexp(t, `Visited +2 · 0 planned`, st.View())
	require.Contains(t, st.View(), "8 accounts left to visit")
	for n := range 10 {
		st.Apply("visit.log", model.Visit{Account: fmt.Sprintf("T1-%02d", n), Date: uitest.Today - 1, Rep: "R1"})
	}
	require.True(t, page.detail.gone)
	require.Contains(t, st.View(), "✓ Done. Wintermailing needs 8 visits in Ulm: 10 are done, 0 planned.")
	st.Keys("esc")
	require.NotContains(t, st.View(), "Wintermailing")
	require.Regexp(t, `Sales.* 1 open`, st.View())
}

func TestTheCallListAndWhoIsNotOnIt(t *testing.T) {
	st, _ := onPage(t, text.German, 120, 36)
	st.Keys("tab", "enter")
	require.Contains(t, st.View(), "◆ Telefonmarketing ergänzen · Allgäu")
	require.Contains(t, st.View(), "9 Kunden anzurufen   → 1 nicht anzurufen, und warum")
	st.Keys("right")
	require.Contains(t, st.View(), "keine Telefonnummer · 1")
	require.Contains(t, st.Line("▸"), "Kunde T2-04")
	st.Keys("esc")
	require.Contains(t, st.Line("▸"), "Kunde T2-00")
	st.Keys("enter")
	require.Equal(t, []string{"accounts T2-00"}, st.Gone)
	st.Keys("p")
	require.Len(t, st.Modals, 1)
	require.Contains(t, st.Modals[0].View(), "Telefonaktion Allgäu")
}

func TestWhatCannotBeDoneSaysWhy(t *testing.T) {
	st, _ := onPage(t, text.English, 120, 36)
	st.Keys("p")
	require.Equal(t, "Visits can still reach everybody in time: telemarketing is not needed.", st.Failed)
	st.Keys("down", "enter", "p")
	require.Equal(t, "Most likely only reports are missing: ask for them before anybody calls.", st.Failed)
	st.Keys("right")
	require.Equal(t, "This signal has only one list.", st.Failed)
	st.Keys("esc", "tab", "down", "p")
	require.Equal(t, "Telefonaktion See is already at it.", st.Failed)
	st.Session.Actor.Role = model.RoleMarketing
	st.Keys("enter", "v")
	require.Contains(t, st.Failed, "Only sales and the lead may change this: visits. Your role is marketing.")
	require.Empty(t, st.Modals)
}

func TestSilentRepsAreAskedNotCalled(t *testing.T) {
	st, _ := onPage(t, text.English, 80, 24)
	st.Keys("down", "enter")
	view := strings.Join(strings.Fields(st.View()), " ")
	require.Contains(t, view, "T. Brandt has logged nothing anywhere for 31 days; the last report is of 24 October.")
	require.Contains(t, view, "brandt@example.org")
	st.Apply("visit.log", model.Visit{Account: "T4-00", Date: uitest.Today, Rep: "R2"})
	require.Contains(t, st.View(), "✓ Done. T. Brandt is reporting again.")
}

func TestTheAccountsBehindASignalCanBeFilteredAndSorted(t *testing.T) {
	st, _ := onPage(t, text.English, 120, 36)
	st.Keys("enter", "/").Type("t1-07")
	require.Contains(t, st.Line("▸"), "Kunde T1-07")
	require.NotContains(t, st.View(), "T1-03")
	st.Keys("enter", "esc", "s")
	require.Contains(t, st.Line("▸"), "Kunde T1-07", "the cursor stays on its account")
	st.Keys("enter", "g")
	require.Contains(t, st.Line("▸"), "Kunde T1-01", "sorted by name")
}

func TestTheFilterNarrowsBothSides(t *testing.T) {
	st, page := onPage(t, text.English, 130, 36)
	st.Keys("/").Type("nord")
	require.True(t, page.Capturing())
	require.NotContains(t, st.View(), "Wintermailing")
	require.NotContains(t, st.View(), "Allgäu")
	require.Contains(t, st.View(), "Hohenlohe")
	st.Keys("enter", "esc")
	require.Contains(t, st.View(), "Allgäu")
}

func TestTheCursorStaysOnItsSignal(t *testing.T) {
	st, page := onPage(t, text.English, 130, 36)
	st.Keys("down")
	require.Contains(t, st.Line("▸"), "Hohenlohe")
	st.Apply("campaign.add", model.Campaign{Code: "C9", Name: "Messe", Kind: "fair", Territories: []string{"T1", "T2"}, Start: uitest.Today, End: uitest.Today + 3, Status: model.CampaignPlanned})
	require.Contains(t, st.Line("▸"), "Hohenlohe")
	require.NotNil(t, page)
	st.Keys("g")
	require.Contains(t, st.Line("▸"), "Messe")
}

func TestBeyondReachGoesToMarketing(t *testing.T) {
	st := uitest.New(t, text.English, append(company(), model.Campaign{Code: "C9", Name: "Messe", Kind: "fair", Territories: []string{"T2"},
		Start: uitest.Today, End: uitest.Today, Status: model.CampaignPlanned})...)
	st.Show(New(st.Session), 160, 45)
	st.Keys("enter")
	require.Contains(t, st.View(), "→ 4 out of reach")
	require.Contains(t, st.View(), "4 accounts are out")
	st.Keys("p")
	require.Len(t, st.Modals, 1)
	require.Contains(t, st.Modals[0].View(), "Calls for Messe, Allgäu")
}

func TestOpenGoesToASignalFromElsewhere(t *testing.T) {
	st, page := onPage(t, text.English, 80, 24)
	page.Open(session.SignalTarget(model.SignalKey{Kind: model.AddTelemarketing, Territory: "T2"}))
	require.Contains(t, st.View(), "Add telemarketing · Allgäu")
	st.Keys("esc")
	require.Contains(t, st.Line("Allgäu"), "▸")
}

func TestAnEmptyListSaysWhatComesNext(t *testing.T) {
	st := uitest.New(t, text.English, model.Territory{Code: "T1", Name: "Ulm"},
		model.Campaign{Code: "C1", Name: "Frühjahrsmailing", Kind: "mailing", Territories: []string{"T1"}, Start: uitest.Today + 90, End: uitest.Today + 100, Status: model.CampaignPlanned})
	st.Show(New(st.Session), 80, 24)
	view := strings.Join(strings.Fields(st.View()), " ")
	require.Contains(t, view, "Nothing to do. The next campaign that needs visits is Frühjahrsmailing; it is watched from 11 January on.")
	require.Contains(t, view, "A territory is judged from 5 accounts on.")
	st.Keys("enter")
	require.Equal(t, "There is no signal under the cursor.", st.Failed)
}

func TestTheMouseChoosesAndOpens(t *testing.T) {
	st, page := onPage(t, text.English, 130, 36)
	click := func(x, y int) {
		st.Send(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
	}
	click(80, 2)
	require.Equal(t, 1, page.front)
	click(80, 2)
	require.NotNil(t, page.detail)
	click(10, 2)
	require.True(t, page.inList)
	click(100, 15)
	require.False(t, page.inList)
}

func TestCopiedRowsAreATableThatSpreadsheetsRead(t *testing.T) {
	st, page := onPage(t, text.English, 130, 36)
	st.Keys("tab", "enter", "l")
	lines := strings.Split(strings.TrimSpace(page.detail.rows.tabbed()), "\n")
	require.Equal(t, "Code\tAccount\tClass\tLast visit\tDue\tPhone\tE-mail\tStreet\tPostcode\tWhere\tNot to call because", lines[0])
	require.Equal(t, "T2-04\tKunde T2-04\tB\t\t\t\t\t\t\tUlm\tno phone number", lines[1])
}

// BenchmarkKeyBehindOneSignalOf20000 is a key press in the list of a signal with
// twenty thousand accounts behind it.
func BenchmarkKeyBehindOneSignalOf20000(b *testing.B) {
	records := []model.Record{model.Territory{Code: "T1", Name: "Ulm", Rep: "R1"},
		model.Campaign{Code: "C1", Name: "Mailing", Kind: "mailing", Territories: []string{"T1"}, Start: uitest.Today, End: uitest.Today + 5, Status: model.CampaignPlanned}}
	for n := range 20000 {
		records = append(records, model.Account{Code: fmt.Sprintf("K%05d", n), Name: "Bäckerei", Territory: "T1"})
	}
	st := uitest.New(b, text.English, records...)
	page := New(st.Session)
	st.Show(page, 160, 45).Keys("enter")
	b.ReportAllocs()
	for b.Loop() {
		page.Update(uitest.KeyOf("j"))
		page.Actions()
		page.View()
	}
}

// BenchmarkRefreshWith20000 takes up a change with that signal open.
func BenchmarkRefreshWith20000(b *testing.B) {
	records := []model.Record{model.Territory{Code: "T1", Name: "Ulm", Rep: "R1"},
		model.Campaign{Code: "C1", Name: "Mailing", Kind: "mailing", Territories: []string{"T1"}, Start: uitest.Today, End: uitest.Today + 5, Status: model.CampaignPlanned}}
	for n := range 20000 {
		records = append(records, model.Account{Code: fmt.Sprintf("K%05d", n), Name: "Bäckerei", Territory: "T1"})
	}
	st := uitest.New(b, text.English, records...)
	page := New(st.Session)
	st.Show(page, 160, 45).Keys("enter")
	b.ReportAllocs()
	for b.Loop() {
		page.Refresh()
		page.View()
	}
}

// BenchmarkFirstLetterOfAFilterOn20000 folds every name once.
func BenchmarkFirstLetterOfAFilterOn20000(b *testing.B) {
	records := []model.Record{model.Territory{Code: "T1", Name: "Ulm", Rep: "R1"},
		model.Campaign{Code: "C1", Name: "Mailing", Kind: "mailing", Territories: []string{"T1"}, Start: uitest.Today, End: uitest.Today + 5, Status: model.CampaignPlanned}}
	for n := range 20000 {
		records = append(records, model.Account{Code: fmt.Sprintf("K%05d", n), Name: "Bäckerei", Territory: "T1"})
	}
	st := uitest.New(b, text.English, records...)
	page := New(st.Session)
	st.Show(page, 160, 45).Keys("enter")
	for b.Loop() {
		page.Refresh()
		st.Keys("/", "b", "esc")
	}
}
