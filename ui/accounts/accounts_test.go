package accounts

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/forms"
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

func shown(p *Page) (codes []string) {
	for i := range p.list.shown {
		codes = append(codes, p.list.entry(i).customer.Code)
	}
	return codes
}

func TestTheFilterIsReadInBothLanguages(t *testing.T) {
	resting := model.Account{Code: "X1", Name: "Ruhe Müller", Inactive: true, Class: "A", Address: model.Address{City: "Köln", Postcode: "50667"}}
	_, p := onStage(t, text.German, 160, 45, resting)
	count := func(typed string) int {
		p.table.SetFilter(typed)
		return len(p.list.shown)
	}
	for typed, want := range map[string]int{
		"klasse:a": 13, "class:A": 13, "KLASSE:A,b": 22, "class:ab": 22, "class:": 31,
		"stand:nie": 18, "state:never": 18, "state:inactive": 1, "stand:inaktiv": 1, "status:aktiv": 30, "stand:überfällig": 0, "stand:ueberfaellig": 0,
		"gebiet:T1": 10, "territory:ulm": 10, "region:süd/baden-württemberg": 20, "region:sued": 30, "gebiet:allg": 10, "gebiet:-": 1,
		"ad:sommer": 20, "rep:R2": 10, "müller": 1, "mueller köln": 1, "50667": 1, "K1": 10, "gebiet:T3 klasse:A stand:nie": 4, `region:"süd"`: 30,
		"stand:im-takt": 12, "kunde klasse:c gebiet:T1": 3, "unknown:x": 0,
	} {
		require.Equal(t, want, count(typed), typed)
	}
}

func TestAFilterTypedLetterByLetterFindsTheSameAsAtOnce(t *testing.T) {
	_, p := onStage(t, text.German, 160, 45, model.Account{Code: "X1", Name: "Müller Ulm"}, model.Account{Code: "X2", Name: "Mueller & Söhne"})
	p.table.SetSort("code", true)
	for _, typed := range []string{"kunde 1-1", "mueller ulm", "muller", "kunde klasse:a gebiet:T1", "3-"} {
		for i := range typed {
			p.table.SetFilter(typed[:i+1])
			now := shown(p)
			p.list.choose()
			require.Equal(t, shown(p), now, typed[:i+1])
			for row, code := range now {
				require.Equal(t, row, p.list.place(code))
			}
		}
		p.table.SetFilter("")
	}
}

func TestAFilterIsWrittenInThePersonsLanguageAndReadAgain(t *testing.T) {
	for _, language := range text.Languages {
		f := filter{words: "holz ulm", values: map[part][]string{byState: {"overdue", "never", inactive}, byClass: {"A", "B"}, byTerritory: {"Süd/Baden Nord"}, byRep: {"R1"}}}
		again := parseFilter(f.write(text.New(language)))
		require.Equal(t, f.words, again.words)
		require.Equal(t, f.values[byTerritory], again.values[byTerritory])
		require.Equal(t, f.states(), again.states())
		require.Equal(t, f.values[byClass], again.values[byClass])
	}
}

func TestColumnsSortBothWaysAndFiltersKeepTheOrder(t *testing.T) {
	_, p := onStage(t, text.English, 160, 45)
	p.table.SetSort("ratio", true)
	first := p.list.entry(0)
	require.Equal(t, model.StateNever, first.standing.State, "those never visited are furthest behind")
	for i := 1; i < len(p.list.shown); i++ {
		require.GreaterOrEqual(t, p.list.entry(i-1).account().Lateness(), p.list.entry(i).account().Lateness())
	}
	p.table.SetFilter("class:a")
	for i := 1; i < len(p.list.shown); i++ {
		require.GreaterOrEqual(t, p.list.entry(i-1).account().Lateness(), p.list.entry(i).account().Lateness())
		require.Equal(t, model.ClassA, p.list.entry(i).customer.Class)
	}
	for _, column := range columns {
		p.table.SetSort(column.Key, false)
		up := shown(p)
		p.table.SetSort(column.Key, true)
		require.ElementsMatch(t, up, shown(p), column.Key)
	}
	for i := range p.list.shown {
		require.Equal(t, i, p.list.place(p.list.entry(i).customer.Code))
	}
}

func TestAnAccountOpensToItsNumbersVisitsAndCalls(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {160, 45}} {
		st, p := onStage(t, text.German, size[0], size[1])
		st.Keys("/").Type("k30").Keys("enter", "enter")
		require.Equal(t, "K30", p.detail.code)
		view := st.View()
		for _, want := range []string{"Kunde 3-0", "nie besucht", "0711 555 01", "mutmaßlich", "M. Adler", "niemand da", "Anruf", "erreicht", "Spring mailing"} {
			require.Contains(t, view, want, size)
		}
		st.Keys("o")
		require.Len(t, st.Modals, 1, "it belongs to two signals: which one?")
		st.Keys("1")
		require.Equal(t, "signals "+session.SignalTarget(model.SignalKey{Kind: model.StepUpVisits, Territory: "T3", Campaign: "C1"}), last(st))
		st.Keys("t")
		require.Equal(t, "territories T3", last(st))
		st.Keys("esc", "esc")
		require.Empty(t, p.detail.code)
		require.Empty(t, p.table.Filter())
	}
}

func last(st *uitest.Stage) string {
	if len(st.Gone) == 0 {
		return ""
	}
	return st.Gone[len(st.Gone)-1]
}

func TestTheDetailFollowsChangesAndTheCursor(t *testing.T) {
	st, p := onStage(t, text.English, 160, 45)
	st.Send(nil)
	require.Nil(t, p.Open("nobody"))
	p.table.Select("K34")
	st.Keys("enter")
	require.Empty(t, visitsAndCalls(p))
	st.Apply("visit.log", model.Visit{Account: "K34", Date: uitest.Today, Rep: "R2", Note: "fresh"})
	require.Len(t, visitsAndCalls(p), 1)
	require.Contains(t, st.View(), "fresh")
	require.Contains(t, st.View(), "today")
	st.Keys("tab", "down") // the list is in front: the pane shows the next one
	require.Equal(t, "K35", p.detail.code)
	st.Keys("tab", "tab", "up")
	require.Equal(t, "K34", p.detail.code)
}

// visitsAndCalls are those of the account that is open.
func visitsAndCalls(p *Page) (list []model.Record) {
	for _, row := range p.detail.rows {
		if logged(row) {
			list = append(list, row)
		}
	}
	return list
}

func TestTheLedgerHasWhatLiesAheadAndTheCampaigns(t *testing.T) {
	st, p := onStage(t, text.English, 160, 45)
	st.Apply("plan.confirm", model.PlannedVisit{Rep: "R2", Account: "K30", Date: uitest.Today + 6, Time: model.NewClock(9, 0)})
	p.table.Select("K30")
	st.Keys("enter")
	require.Contains(t, st.Line("30 Nov 2026"), "visit planned")
	require.Contains(t, st.Line("30 Nov 2026"), "M. Adler")
	require.Contains(t, st.Line("14 Nov 2026"), "Phone round", "a campaign on its first day")
	require.Contains(t, st.Line("21 Nov 2026"), "reached")
	p.detail.table.Select(contactID(p.detail.rows[1]))
	st.Keys("d")
	require.Empty(t, st.Modals, "what is planned is not deleted here")
	st.Keys("enter")
	require.Equal(t, "week R2 2026-11-30", last(st))
}

func TestAContactIsOpenedAndDeleted(t *testing.T) {
	st, p := onStage(t, text.English, 160, 45)
	p.table.Select("K30")
	st.Keys("enter")
	p.detail.table.Select(contactID(visitsAndCalls(p)[0]))
	st.Keys("enter")
	require.Len(t, st.Modals, 1, "the visit's form")
	st.Keys("esc")
	st.Modals = nil
	st.Keys("d", "y")
	require.Len(t, visitsAndCalls(p), 1, "the visit is gone, the call stays")
	require.Contains(t, st.Said, "z undoes it")
}

func TestMarkedAccountsAreMadeInactiveAndDeletedTogether(t *testing.T) {
	st, p := onStage(t, text.German, 80, 24)
	st.Keys("/").Type("gebiet:T3").Keys("enter", "space", "space", "A", "A", "j")
	require.Contains(t, st.Said, "2 Kunden")
	require.True(t, st.Session.Book.Account("K30").Inactive)
	require.True(t, st.Session.Book.Account("K31").Inactive)
	require.Contains(t, st.Line("Kunde 3-0"), "inaktiv")
	st.Keys("A", "j")
	require.False(t, st.Session.Book.Account("K30").Inactive)
	st.Keys("d")
	require.Len(t, st.Modals, 1, "K30 and K31 were called")
	st.Keys("j")
	require.Nil(t, st.Session.Book.Account("K30"))
	require.Nil(t, st.Session.Book.Account("K31"))
	require.Len(t, p.list.shown, 8)
}

func TestTheQuickFilterWritesAFilter(t *testing.T) {
	st, p := onStage(t, text.German, 80, 24)
	st.Keys("f").Keys("right", "right", "right", "space", "tab", "space", "tab").Type("ulm").Keys("down", "enter", "ctrl+s")
	require.Equal(t, "klasse:A stand:nie gebiet:T1", p.table.Filter())
	st.Keys("f", "ctrl+s")
	require.Equal(t, "klasse:A stand:nie gebiet:T1", p.table.Filter(), "what is there comes back as it was")
}

func TestOpenComesFromOtherPages(t *testing.T) {
	st, p := onStage(t, text.German, 80, 24)
	st.Keys("/").Type("gebiet:T1").Keys("enter")
	p.Open("K30")
	require.Equal(t, "K30", p.detail.code)
	p.Open(`/territory:"Süd/Bayern"`)
	require.Empty(t, p.detail.code)
	require.Equal(t, "gebiet:Süd/Bayern", p.table.Filter())
	require.Len(t, p.list.shown, 10)
}

func TestMarketingMayNotChangeAccountsAndIsToldWhy(t *testing.T) {
	st, _ := onStage(t, text.English, 80, 24)
	st.Session.Actor.Role = model.RoleMarketing
	for _, key := range []string{"n", "d", "A"} {
		st.Keys(key)
		require.Empty(t, st.Modals, key)
		require.Contains(t, st.Failed, "marketing", key)
	}
}

// A new account is under the cursor once it is saved, also where a filter would hide it.
func TestANewAccountIsChosenOnceItIsSaved(t *testing.T) {
	st, p := onStage(t, text.English, 120, 36)
	st.Keys("/").Type("Kunde 1").Keys("enter", "n")
	require.Len(t, st.Modals, 1)
	st.Type("Zimmerei Zuletzt").Keys("ctrl+s")
	require.Empty(t, st.Modals)
	require.Equal(t, "Zimmerei Zuletzt", st.Session.Book.Account(p.table.Cursor()).Name)
	require.Contains(t, st.View(), "▸  Zimmerei Zuletzt")
}

// Sales' note stays sales', marketing's stands beside it; both are found by the filter.
func TestEachDepartmentWritesItsOwnNoteAndBothAreFound(t *testing.T) {
	for _, key := range []string{"e", "b"} {
		st, p := onStage(t, text.English, 160, 45)
		p.table.Select("K10")
		st.Session.Actor.Role = model.RoleMarketing
		st.Keys(key)
		require.Len(t, st.Modals, 1, key)
		form := ansi.Strip(st.Modals[0].View())
		require.Contains(t, form, "Marketing's note")
		require.NotContains(t, form, "Sales' note")
		st.Type("reads the letter").Keys("ctrl+s")
		require.Equal(t, "reads the letter", st.Session.Book.Account("K10").MarketingNote)
		st.Session.Actor.Role = model.RoleSales
		st.Keys("b")
		require.NotContains(t, ansi.Strip(st.Modals[0].View()), "Marketing's note")
		st.Type("gate at the back").Keys("ctrl+s")
		require.Equal(t, "gate at the back", st.Session.Book.Account("K10").Note)
		require.Equal(t, "reads the letter", st.Session.Book.Account("K10").MarketingNote, "it stays")
		for _, typed := range []string{"letter", "gate back"} {
			st.Keys("/").Type(typed).Keys("enter")
			require.Len(t, p.list.shown, 1, typed)
			st.Keys("esc")
		}
		st.Keys("enter")
		require.Contains(t, st.Line("gate at the back"), "◆ reads the letter", "side by side")
		require.Regexp(t, `gate at the back  – \S.*, .*◆ reads the letter  – `, st.Line("gate at the back"), "who wrote it, and when")
	}
}

func TestWhatIsListedOrMarkedGoesToASpreadsheet(t *testing.T) {
	st, p := onStage(t, text.German, 80, 24)
	count := func() (rows int) {
		sheet, _ := p.Sheet()
		for range sheet.Rows {
			rows++
		}
		return rows
	}
	require.Equal(t, 30, count())
	st.Keys("/").Type("gebiet:T1").Keys("enter")
	require.Equal(t, 10, count())
	st.Keys("space", "space")
	require.Equal(t, 2, count())
	p.table.Select("K10")
	st.Keys("enter")
	require.Equal(t, 1, count(), "the visits of the open account")
}

var rawKey = regexp.MustCompile(`(accounts|consent|state|visit\.kind|outcome)\.[a-z]`)

func TestThePageFillsItsRoomWithoutRawKeys(t *testing.T) {
	for _, language := range text.Languages {
		for _, size := range [][2]int{{80, 24}, {100, 30}, {120, 36}, {160, 45}, {220, 60}} {
			st, _ := onStage(t, language, size[0], size[1])
			require.NotRegexp(t, rawKey, st.View())
			st.Keys("enter")
			require.NotRegexp(t, rawKey, st.View())
			for _, action := range st.Page.Actions() {
				for _, key := range []string{action.Title, action.Short, action.Group} {
					require.True(t, key == "" || st.Session.Look.Text.Has(key), key)
				}
			}
		}
	}
}

func TestAnEmptyStoreSaysWhatToDo(t *testing.T) {
	st := uitest.New(t, text.German)
	st.Show(New(st.Session), 80, 24)
	require.Contains(t, st.View(), "Noch keine Kunden")
}

func BenchmarkPageAt100000(b *testing.B) {
	st := uitest.New(b, text.German, model.Territory{Code: "T1", Name: "Ulm", Region: "Süd"})
	for i := range 100_000 {
		l := &model.Customer{Account: model.Account{
			Code: "K" + strconv.Itoa(100_000+i), Name: []string{"Metallbau", "Autohaus", "Bäckerei"}[i%3] + " Müller " + strconv.Itoa(i*7919%100_000),
			Territory: "T1", Class: [...]model.Class{"A", "B", "C"}[i%3], Address: model.Address{City: "Ulm", Postcode: strconv.Itoa(10000 + i)},
		}}
		var days model.DaysBuilder
		days.Append(uitest.Today-model.Date(i%400), 1)
		l.Visits = days.Days()
		st.Session.Book.Load(l)
	}
	p := New(st.Session)
	p.SetSize(160, 41)
	run := func(name string, f func(i int)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				f(i)
			}
		})
	}
	index, cmd := forms.Accounts(st.Session)
	if cmd != nil {
		cmd()
		index, _ = forms.Accounts(st.Session)
	}
	require.Len(b, index.Customers, 100_000)
	p.Refresh()
	require.Len(b, p.list.shown, 100_000)
	run("refresh", func(int) { p.Refresh() })
	run("down and view", func(int) { p.Update(uitest.KeyOf("down")); p.View() })
	run("page down and view", func(int) { p.Update(uitest.KeyOf("pgdown")); p.View() })
	for _, typed := range []string{"m", "me", "met", "metall", "metall 77", "zzz", "klasse:A"} {
		run("filter "+typed, func(i int) { p.table.SetFilter(typed + strings.Repeat(" ", i%2)) })
	}
	run("filter class and state", func(i int) { p.table.SetFilter([]string{"klasse:A", "klasse:A stand:überfällig"}[i%2]) })
	p.table.SetFilter("")
	run("sort known", func(i int) { p.table.SetSort("ratio", i%2 == 0) })
	run("sort fresh by ratio", func(i int) { clear(p.list.orders); p.table.SetSort("ratio", i%2 == 0) })
	run("sort fresh by town", func(i int) { clear(p.list.orders); p.table.SetSort("city", i%2 == 0) })
}

func FuzzFilter(f *testing.F) {
	for _, typed := range []string{"klasse:A,b stand:ü", `gebiet:"Süd West" x`, `":`, "state:", "rep::", `a:"b c`, "klasse:\x00"} {
		f.Add(typed)
	}
	printer := text.New(text.German)
	f.Fuzz(func(t *testing.T, typed string) {
		parsed := parseFilter(typed)
		parsed.states()
		again := parseFilter(parsed.write(printer))
		require.Len(t, again.values, len(parsed.values), typed)
	})
}

func TestEveryFurtherLetterFindsNoMoreThanTheOneBefore(t *testing.T) {
	_, p := onStage(t, text.German, 160, 45)
	for _, word := range []string{"kunde", "takt", "ulm", "sommer"} {
		before := len(shown(p))
		letters := []rune(word)
		for i := range letters {
			p.table.SetFilter(string(letters[:i+1]))
			require.LessOrEqual(t, len(shown(p)), before, string(letters[:i+1]))
			before = len(shown(p))
		}
		p.table.SetFilter("")
	}
}
