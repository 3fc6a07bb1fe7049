package calling_test

// Calls on a real store, through the keys of the page.

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/calling"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// desk is a page on a list of three accounts, with a clock that the test turns.
type desk struct {
	*uitest.Stage
	t    *testing.T
	time time.Time
}

func account(code string) model.Account {
	return model.Account{Code: code, Name: "Firma " + code, Territory: "T1", Class: "A", Phone: "0711 55501" + code[1:], Consent: model.ConsentGiven}
}

func newDesk(t *testing.T, more ...model.Record) *desk {
	records := append([]model.Record{
		model.Rep{Code: "R1", Name: "K. Sommer"}, model.Territory{Code: "T1", Name: "Ulm", Rep: "R1"},
		account("K1"), account("K2"), account("K3"),
	}, more...)
	d := &desk{Stage: uitest.New(t, text.English, records...), t: t, time: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	d.Session.Time = func() time.Time { return d.time }
	d.Show(calling.New(d.Session), 80, 24)
	d.Stage.Do(d.Page.Open(session.CallsTarget(session.CallsOfAccounts, "K1", "K2", "K3")))
	return d
}

// press presses keys as somebody does who waits between them.
func (d *desk) press(keys ...string) *desk {
	for _, key := range keys {
		d.time = d.time.Add(5 * time.Second)
		d.Keys(key)
	}
	return d
}

func (d *desk) calls(code string) []model.Call {
	calls, err := d.Session.Store.AccountCalls(code, 10)
	require.NoError(d.t, err)
	return calls
}

func TestEachOutcomeIsOneKeyAndTheNextAccountComesUp(t *testing.T) {
	d := newDesk(t)
	require.Contains(t, d.View(), "Firma K1")
	require.Contains(t, d.View(), "3 now")
	d.press("n")
	require.Contains(t, d.View(), "Firma K2", "one key later")
	require.Contains(t, d.View(), "2 now · 1 called today")
	require.Equal(t, model.CallNotReached, d.calls("K1")[0].Outcome)
	require.Equal(t, "Kim", d.calls("K1")[0].Agent)
	d.press("r")
	require.Equal(t, model.CallReached, d.calls("K2")[0].Outcome)
	d.press("d")
	require.Equal(t, model.CallDeclined, d.calls("K3")[0].Outcome)
	require.Contains(t, d.View(), "0 now · 3 called today", "never \"all done\"")
}

func TestAKeyThatIsHeldDownMakesOneOutcome(t *testing.T) {
	d := newDesk(t)
	d.Keys("n")
	d.time = d.time.Add(660 * time.Millisecond) // the longest delay before a key repeats
	for range 40 {
		d.Keys("n")
		d.time = d.time.Add(33 * time.Millisecond)
	}
	require.Len(t, d.calls("K1"), 1)
	require.Empty(t, d.calls("K2"))
	d.press("n")
	require.Len(t, d.calls("K2"), 1, "let go of and pressed again")
}

func TestWhatATypedNoteSaysGoesIntoTheCall(t *testing.T) {
	d := newDesk(t)
	d.press("e").Type("ask for Ms Lang")
	d.press("enter", "r")
	require.Equal(t, "ask for Ms Lang", d.calls("K1")[0].Note)
	d.press("n")
	require.Empty(t, d.calls("K2")[0].Note, "the next call begins with none")
}

func TestNoMoreCallsAsksOnceAndIsNeverTakenBack(t *testing.T) {
	d := newDesk(t)
	d.press("o", "o", "o", "enter")
	require.Empty(t, d.calls("K1"), "the key itself and enter confirm nothing")
	require.Contains(t, d.View(), "never taken back")
	d.press("esc", "o", "x")
	require.Equal(t, model.CallOptOut, d.calls("K1")[0].Outcome)
	require.Contains(t, d.View(), "1 wants no calls")
	d.press("z")
	require.Contains(t, d.Failed, "never taken back")
	require.Len(t, d.calls("K1"), 1)
}

func TestTheLatestOutcomeIsTakenBackAndItsAccountComesUpAgain(t *testing.T) {
	d := newDesk(t)
	d.press("e").Type("busy")
	d.press("enter", "n", "z")
	require.Empty(t, d.calls("K1"))
	require.Contains(t, d.View(), "Firma K1")
	require.Contains(t, d.View(), "busy", "with what was noted")
	d.press("r")
	require.Equal(t, model.CallReached, d.calls("K1")[0].Outcome)
}

func TestWhatHappensMeanwhileIsSaidAtOnceAndTheNoteStays(t *testing.T) {
	d := newDesk(t)
	d.press("e").Type("half a se")
	d.Apply("plan.add", model.PlannedVisit{Account: "K1", Rep: "R1", Date: uitest.Today + 2})
	require.Contains(t, d.View(), "K. Sommer visits Firma K1 on Thu 26 Nov")
	require.Contains(t, d.View(), "half a se")
	optedOut := account("K1")
	optedOut.DoNotCall = true
	d.Apply("account.edit", optedOut)
	require.Contains(t, strings.Join(strings.Fields(d.View()), " "), "wants no calls any more")
	require.Contains(t, d.View(), "half a se")
}

func TestACallBackIsKeptForItsTimeAndStandsAboveEverything(t *testing.T) {
	shop := account("K1")
	shop.Hours = "Mo-Fr 08:00-12:00"
	d := newDesk(t, shop)
	d.press("c").Type("today")
	d.press("tab").Type("13:00")
	d.press("ctrl+s")
	require.NotEmpty(t, d.Modals, "closed then: asked again")
	require.Empty(t, d.calls("K1"))
	d.press("esc")
	if len(d.Modals) > 0 { // what was typed is asked about
		d.press("y")
	}
	d.press("c").Type("today")
	d.press("tab").Type("11:00")
	d.press("ctrl+s")
	require.Equal(t, model.CallBack, d.calls("K1")[0].Outcome)
	left := d.Session.Book.FollowUps("K1")
	require.Len(t, left, 1)
	require.Equal(t, "Kim", left[0].For)
	require.Contains(t, strings.Join(strings.Fields(d.View()), " "), "1 promised for 11:00 or later")
	d.time = time.Date(2026, 11, 24, 11, 31, 0, 0, time.UTC)
	d.press("s")
	require.Contains(t, d.View(), "Firma K1", "overdue: before what is next on the list")
	require.Contains(t, d.View(), "overdue")
	d.press("r")
	require.Equal(t, model.FollowDone, d.Session.Book.FollowUps("K1")[0].State, "called as promised")
}

func TestAnAppointmentAsksForItsTimeAndPassesTheAccountBack(t *testing.T) {
	d := newDesk(t)
	d.press("t").Type("+1w")
	d.press("tab").Type("10:00")
	d.press("ctrl+s")
	require.Equal(t, model.CallAppointment, d.calls("K1")[0].Outcome)
	left := d.Session.Book.FollowUps("K1")
	require.Len(t, left, 1)
	require.Equal(t, model.FollowVisit, left[0].Kind)
	require.Equal(t, uitest.Today+7, left[0].Due)
	require.Equal(t, "wants a visit: Firma K1, Tue 1 Dec, 10:00", d.Said, "the day is said again")
	require.Contains(t, d.View(), "Firma K2")
}

func TestAWrongNumberLeavesTheListUntilItIsMended(t *testing.T) {
	d := newDesk(t)
	d.press("w")
	require.Equal(t, model.NoPhone, d.Session.Day().Exclusion(d.Session.Book.Account("K1")))
	mended := account("K1")
	mended.Phone = "0731 999999"
	d.Apply("account.edit", mended)
	require.NotEqual(t, model.NoPhone, d.Session.Day().Exclusion(d.Session.Book.Account("K1")))
}

func TestTwoCallersAreNeverGivenOneAccount(t *testing.T) {
	d := newDesk(t)
	colleague, err := session.New(t.Context(), d.Session.Look, d.Session.Store, uitest.Today, model.Actor{Name: "Lea", Role: model.RoleMarketing})
	require.NoError(t, err)
	defer colleague.Close()
	colleague.Time = d.Session.Time
	colleague.Shell = d.Session.Shell
	other := calling.New(colleague)
	other.SetSize(80, 20)
	colleague.Frame(func() { other.Open(session.CallsTarget(session.CallsOfAccounts, "K1", "K2", "K3")) })
	require.Contains(t, d.View(), "Firma K1")
	require.Contains(t, other.View(), "Firma K2")
	d.press("s")
	require.Contains(t, d.View(), "Firma K3")
	require.Contains(t, d.View(), "1 with a colleague")
	other.Back()
	d.press("s", "s", "enter")
	require.Contains(t, d.View(), "Firma K1", "what was put back comes up again")
}

// Whoever opens the promised calls at an hour when nobody is there does not read that all
// is done.
func TestPromisesAreNeverAllDoneWhenTheyAreNot(t *testing.T) {
	records := uitest.Company()
	for i, r := range records {
		if a, ok := r.(model.Account); ok && a.Code == "K34" {
			a.Hours = "Mo-Fr 08:00-16:00"
			records[i] = a
		}
	}
	promise := func(n byte, account string, due model.Date) model.FollowUp {
		return model.FollowUp{ID: model.RowID{n}, Account: account, Kind: model.FollowCall, Date: uitest.Today - 5, By: "Kim", For: "Kim", Due: due, At: model.NewClock(14, 0)}
	}
	st := uitest.New(t, text.English, append(records, promise(1, "K34", uitest.Today-1), promise(2, "K35", uitest.Today+2))...)
	st.Session.Time = func() time.Time { return time.Date(2026, 11, 24, 20, 0, 0, 0, time.UTC) }
	p := calling.New(st.Session)
	st.Show(p, 80, 24)
	st.Do(p.Open(session.CallsTarget(session.CallsOwed, "")))
	require.Contains(t, st.View(), "0 now · 1 closed today · 1 promised for Thu 26 Nov or later")
	require.Contains(t, st.View(), "Overdue, and closed at this hour: Kunde 3-4 (Mon 23 Nov, 14:00).")
	require.Contains(t, st.View(), "2 accounts in all")
	require.Contains(t, st.View(), "The first to open again is Kunde 3-4: Wed 25 Nov, 08:00.")
	st.Session.Look.SetText(text.New(text.German))
	require.Contains(t, st.View(), "Als Erstes öffnet wieder Kunde 3-4: Mi 25.11., 08:00 Uhr.")
}

// While the form of an appointment stands open, the account in front may change: what is
// typed is about the account that was asked about.
func TestAnAppointmentIsThatOfTheAccountItWasAskedFor(t *testing.T) {
	d := newDesk(t)
	d.press("n", "t")
	require.Contains(t, ansi.Strip(d.Modals[0].View()), "A visit at Firma K2")
	_, err := d.Session.Store.Undo(d.Session.Actor) // the call at K1, taken back at the same moment
	require.NoError(t, err)
	d.Stage.Do(d.Page.Open(session.CallsTarget(session.CallsOfAccounts, "K1", "K2", "K3")))
	require.Contains(t, d.View(), "Firma K1")
	d.Type("2.12.")
	d.press("tab")
	d.Type("10:30")
	d.press("ctrl+s")
	require.Equal(t, "K2", d.Session.Book.AllFollowUps()[0].Account)
	require.Empty(t, d.calls("K1"))
	require.Equal(t, model.CallAppointment, d.calls("K2")[0].Outcome)
}

func TestACallBackWasNotInVainAndTheCallsLengthShows(t *testing.T) {
	d := newDesk(t, model.Call{Account: "K1", Date: uitest.Today - 9, Outcome: model.CallNotReached}, model.Call{Account: "K1", Date: uitest.Today - 8, Outcome: model.CallBack},
		model.Call{Account: "K1", Date: uitest.Today - 5, Outcome: model.CallNotReached})
	require.Contains(t, d.View(), "1 attempt in vain", "only the one since somebody answered")
	require.NotRegexp(t, `for 0:`, d.View(), "nobody has dialled yet")
	d.time = d.time.Add(95 * time.Second)
	require.Contains(t, d.View(), "for 1:35")
}

// On a small screen whom to ask for and when somebody is there always stand; what has no
// room is told, and one key away.
func TestWhatHasNoRoomOnTheCardIsToldAndOneKeyAway(t *testing.T) {
	full := account("K1")
	full.Name, full.Hours, full.Note, full.MarketingNote = "Firma Voll", "Mo-Fr 08:00-12:00, 13:00-17:00", "Hintereingang", "mag keine Prospekte"
	at := uitest.Today
	more := []model.Record{
		full, model.Contact{Account: "K1", Name: "Petra Beispiel", Function: "Einkauf"},
		model.Territory{Code: "T1", Name: "Ulm", Rep: "R1", MarketingNote: "Messe im März"},
		model.Visit{Account: "K1", Date: at - 90, Rep: "R1", Note: strings.Repeat("lange Notiz ", 12) + "Ende"},
		model.Visit{Account: "K1", Date: at - 190, Rep: "R1"},
		model.Call{Account: "K1", Date: at - 60, Agent: "Mia", Outcome: model.CallReached}, model.Call{Account: "K1", Date: at - 70, Agent: "Mia", Outcome: model.CallReached},
		model.FollowUp{Account: "K1", Kind: model.FollowCall, Date: at - 60, Due: at - 1, By: "Mia", Note: strings.Repeat("nach den Lieferzeiten fragen ", 6), State: model.FollowOpen},
	}
	d := newDesk(t, more...)
	view := d.View()
	for _, always := range []string{"Petra Beispiel", "Mon–Fri 8:00–12:00, 13:00–17:00"} {
		require.Contains(t, view, always)
	}
	require.Regexp(t, `▾ \d more lines?: " shows all|" shows all uncut`, view)
	d.press("\"")
	require.Len(t, d.Modals, 1)
	whole := strings.Join(strings.Fields(strings.NewReplacer("│", " ").Replace(ansi.Strip(d.Modals[0].View()))), " ")
	for _, said := range []string{"Petra Beispiel", "Hintereingang", "mag keine Prospekte", "Messe im März", "K. Sommer", "lange Notiz Ende"} {
		require.Contains(t, whole, said)
	}
}
