package history

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

func open(t *testing.T, language text.Language, width, height int) *uitest.Stage {
	st := uitest.New(t, language, uitest.Company()...)
	st.Show(New(st.Session), width, height)
	st.Apply("visit.log", model.Visit{Account: "K20", Date: uitest.Today, Rep: "R1"})
	st.Apply("visit.log", model.Visit{Account: "K21", Date: uitest.Today, Rep: "R1"})
	st.Apply("account.edit", model.Account{Code: "K22", Name: "Renamed", Territory: "T2"}, model.Account{Code: "K99", Name: "New", Territory: "T2"})
	return st
}

func TestNewestFirstWithWhatWasDoneInWords(t *testing.T) {
	for language, words := range map[text.Language][]string{
		text.German:  {"Heute, Di 24.11.2026", "1 Kunde neu, 1 geändert", "Besuch eingetragen", "30 Kunden neu", "● Kim"},
		text.English: {"Today, Tue 24 Nov 2026", "1 account added, 1 changed", "30 accounts added", "● Kim"},
	} {
		for _, size := range [][2]int{{80, 24}, {160, 45}} {
			st := open(t, language, size[0], size[1])
			view := st.View()
			for _, word := range words {
				if strings.Contains(word, "30 ") { // does not fit beside the other tables
					require.Contains(t, strings.Join(strings.Fields(st.Keys("G").View()), " "), word, "of the step under the cursor everything shows")
					continue
				}
				require.Contains(t, view, word)
			}
			require.Less(t, strings.Index(view, words[1]), strings.Index(view, st.Session.Look.T("history.action.visit.log")))
		}
	}
}

func TestAnOlderStepIsTakenBackByItself(t *testing.T) {
	st := open(t, text.English, 120, 30)
	require.Contains(t, st.View(), "enter undoes this step.")
	st.Keys("down", "down", "enter", "y")
	require.Contains(t, st.Said, "Undone: Visit logged")
	require.Less(t, st.Session.Book.Account("K20").Visits.OnOrBefore(uitest.Today), uitest.Today)
	require.Equal(t, uitest.Today, st.Session.Book.Account("K21").Visits.OnOrBefore(uitest.Today), "the later ones stand")
	require.Equal(t, 31, st.Session.Book.AccountCount())
	require.Contains(t, st.View(), "enter does it again.")
	st.Keys("u", "y")
	require.Contains(t, st.Said, "Done again: ")
	require.Equal(t, uitest.Today, st.Session.Book.Account("K20").Visits.OnOrBefore(uitest.Today))
}

// What was changed since stays, and the sentence says what and by whom.
func TestFieldsChangedSinceStay(t *testing.T) {
	st := open(t, text.English, 120, 30)
	account := st.Session.Book.Account("K22").Account
	account.Name, account.Phone = "Again", "1"
	st.Apply("account.edit", account)
	st.Keys("g", "down", "enter", "y")
	require.Contains(t, st.Said, "Account Again (K22) keeps: name, phone, changed by Kim on")
	require.Equal(t, "Again", st.Session.Book.Account("K22").Name)
	require.Equal(t, 30, st.Session.Book.AccountCount(), "the account that the step added is gone")
}

func TestLongHistoriesAreReadAsOneGoes(t *testing.T) {
	st := uitest.New(t, text.English, uitest.Company()...)
	for i := range 450 {
		_, err := st.Session.Store.Apply(st.Session.Actor, store.Request{Action: "account.edit", Subject: fmt.Sprintf("step %03d", i),
			Puts: []store.Put{{Record: model.Account{Code: "K1", Name: fmt.Sprint(i)}}}})
		require.NoError(t, err)
	}
	st.Session.CatchUp()
	page := New(st.Session)
	st.Show(page, 80, 24)
	require.Len(t, page.entries, pageOf)
	st.Keys("G")
	require.Greater(t, len(page.entries), pageOf)
	st.Keys("G", "G", "G")
	require.Len(t, page.entries, 451)
	require.False(t, page.more)

	st.Show(New(st.Session), 80, 24)
	st.Keys("/").Type("step 003")
	require.Contains(t, st.View(), "step 003", "the filter finds what was not read yet")
	st.Keys("esc")

	page = New(st.Session)
	st.Show(page, 80, 24)
	st.Page.Open("5")
	require.NotZero(t, page.wanted)
}

func TestAnEmptyHistory(t *testing.T) {
	st := uitest.New(t, text.German)
	st.Show(New(st.Session), 80, 24)
	require.Contains(t, st.View(), "Noch nichts geändert.")
	st.Keys("enter", "y", "/", "esc")
}

func TestEachStepShowsWhatStoodThereBeforeAndAfter(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {160, 45}} {
		st := open(t, text.English, size[0], size[1])
		account := st.Session.Book.Account("K20").Account
		account.Phone, account.Territory = "0711 555 02", "T3"
		st.Apply("account.edit", account)
		view := st.Keys("g").View()
		require.Contains(t, view, "Account Kunde 2-0 (K20)")
		require.Contains(t, view, "phone: 0711 555 01 → 0711 555 02")
		require.Contains(t, view, "territory: Ostalb (T2) → Allgäu (T3)")
		view = st.Keys("down").View()
		require.Contains(t, view, "class: C → –")
		view += st.Keys("tab", "pgdown").View()
		require.Contains(t, view, "+ Account New (K99)", "what came is named")
	}
}

func TestALongStepShowsItsFirstRecordsAndACount(t *testing.T) {
	st := uitest.New(t, text.German)
	st.Show(New(st.Session), 120, 30)
	var records []model.Record
	for i := range editsShown + 20 {
		records = append(records, model.Account{Code: fmt.Sprintf("K%03d", i), Name: fmt.Sprint("Kunde ", i)})
	}
	st.Apply("account.add", records...)
	require.Contains(t, st.View(), "+ Kunde Kunde 0 (K000)")
	st.Keys("tab", "G")
	require.Contains(t, st.View(), "und 20 weitere Einträge")
	st.Keys("esc", "f")
	require.Len(t, st.Modals, 1, "esc leads back to the list")
}

func TestTheHistoryIsNarrowed(t *testing.T) {
	st := open(t, text.English, 120, 30)
	st.Page.Open("")
	steps := func() int { return len(st.Page.(*Page).rows) }
	all := steps()
	st.Keys("f").Type("nobody").Keys("ctrl+s")
	require.Zero(t, steps())
	require.Contains(t, st.View(), "The history has no step of that.")
	st.Keys("esc")
	require.Equal(t, all, steps(), "esc lifts the filter")
	st.Keys("f", "tab").Type("visits").Keys("ctrl+s")
	require.Equal(t, 3, steps())
	require.Contains(t, st.View(), "/ visits")

	st.Page = opening{st.Page, session.HistoryTarget(model.Key{Table: model.TableAccounts, Code: "K21"})}
	st.Send(nil)
	st.Page = st.Page.(opening).Page
	require.Contains(t, st.View(), "Account Kunde 2-1 (K21)")
	require.Equal(t, 2, steps(), "the visit, and the step that made the account")
}

// opening lets the stage run what opening a target asks for.
type opening struct {
	session.Page
	target string
}

func (o opening) Update(msg tea.Msg) tea.Cmd {
	if msg == nil {
		return o.Open(o.target)
	}
	return o.Page.Update(msg)
}
