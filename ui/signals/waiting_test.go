package signals

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

func promised(n byte, account string, due model.Date, hour, minute int) model.FollowUp {
	return model.FollowUp{ID: model.RowID{n}, Account: account, Kind: model.FollowCall, Date: uitest.Today - 5, By: "Kim", For: "Kim", Due: due, At: model.NewClock(hour, minute)}
}

func at(st *uitest.Stage, hour, minute int) {
	st.Session.Time = func() time.Time { return time.Date(2026, 11, 24, hour, minute, 0, 0, time.UTC) }
}

func calls(target string) string { return string(session.PageCalling) + " " + target }

// A promised call that nobody made stands above everything on the first screen: before the
// clashes, in the same line, and one key leads to it.
func TestAnOverduePromiseStandsFirst(t *testing.T) {
	for language, want := range map[text.Language][2]string{
		text.English: {"◆ ! 1 promised call overdue: Kunde 3-4, since Mon 23 Nov, 14:00", "since Mon 23 Nov, 14:00: make the call"},
		text.German:  {"◆ ! 1 zugesagter Anruf überfällig: Kunde 3-4, seit Mo 23.11., 14:00 Uhr", "seit Mo 23.11., 14:00 Uhr: jetzt anrufen"},
	} {
		for _, size := range [][2]int{{80, 24}, {120, 36}, {160, 45}} {
			st := uitest.New(t, language, append(uitest.Company(), promised(1, "K34", uitest.Today-1, 14, 0))...)
			at(st, 9, 0)
			st.Show(New(st.Session), size[0], size[1])
			var lines []string
			for line := range strings.SplitSeq(st.View(), "\n") {
				if strings.Contains(line, "◆ !") {
					lines = append(lines, line)
				}
			}
			require.Len(t, lines, 1, "%v: one line for both\n%s", size, st.View())
			if size[0] == 80 {
				require.Contains(t, lines[0], want[0][:strings.Index(want[0], ",")])
				require.Contains(t, lines[0], "  ✕ 1 ", "and that something clashes")
			}
			st.Keys("!")
			list := ansi.Strip(st.Modals[0].View())
			require.Contains(t, list, want[1])
			require.Contains(t, list, "Spring")
			st.Keys("enter")
			require.Equal(t, calls(session.CallsTarget(session.CallsOwed, "")), st.Gone[len(st.Gone)-1])
		}
	}
}

// Without clashes the line has room for when it was due, and the key leads straight on.
func TestOverduePromisesAloneLeadStraightToTheCalls(t *testing.T) {
	var records []model.Record
	for _, r := range uitest.Company() {
		if _, campaign := r.(model.Campaign); !campaign {
			records = append(records, r)
		}
	}
	st := uitest.New(t, text.English, append(records, promised(1, "K34", uitest.Today-1, 14, 0), promised(2, "K35", uitest.Today-4, 9, 0))...)
	at(st, 20, 0) // nobody is there at this hour, and it is overdue all the same
	p := New(st.Session)
	st.Show(p, 80, 24)
	require.Contains(t, st.View(), "◆ ! 2 promised calls overdue: Kunde 3-5, since Fri 20 Nov, 09:00, and others")
	st.Keys("!")
	require.Empty(t, st.Modals)
	require.Equal(t, calls(session.CallsTarget(session.CallsOwed, "")), st.Gone[len(st.Gone)-1])

	st.Session.Actor = model.Actor{Name: "R. Sommer", Role: model.RoleSales}
	st.Do(p.Refresh())
	require.NotContains(t, st.View(), "overdue", "sales makes no calls")
	st.Session.Actor = model.Actor{Name: "Ann", Role: model.RoleMarketing}
	st.Keys("*")
	require.NotContains(t, st.View(), "overdue", "Kim has promised them")
	require.Contains(t, st.View(), "only mine")
}

// While the page stands still, time goes on.
func TestThePageSaysByItselfThatAPromiseHasBecomeOverdue(t *testing.T) {
	st := uitest.New(t, text.English, append(uitest.Company(), promised(1, "K34", uitest.Today, 9, 45))...)
	at(st, 10, 30)
	p := New(st.Session)
	st.Show(p, 160, 45)
	require.Contains(t, st.View(), "1 promised call overdue: Kunde 3-4")
	at(st, 10, 0)
	st.Do(p.Refresh())
	require.NotContains(t, st.View(), "overdue")
	require.Equal(t, 10*60+15, p.watched, "half an hour after it was due")
	at(st, 10, 15)
	st.Send(nextLate{p.watched})
	require.Contains(t, st.View(), "1 promised call overdue: Kunde 3-4")
}

// However narrow the list, the line says that a call is overdue.
func TestTheLineOfWhatMustNotWaitFitsEveryWidth(t *testing.T) {
	st := uitest.New(t, text.German, append(uitest.Company(), promised(1, "K34", uitest.Today-1, 14, 0))...)
	p := New(st.Session)
	st.Show(p, 160, 45)
	before := 0
	for width := 46; width < 160; width++ {
		line := ansi.Strip(p.waitingLine(width, model.RoleMarketing))
		require.LessOrEqual(t, kit.Width(line), width)
		require.Contains(t, line, "überfällig")
		require.Contains(t, line, "1 Überschneidung", "at %d: %s", width, line)
		said := kit.Width(strings.TrimRight(line, " "))
		require.GreaterOrEqual(t, said, before, "with more room it says no less")
		before = said
	}
}

// What was planned and is over is to be ticked off: the first screen says so to sales, and a
// key leads there. Visits of today are left until the day is nearly over, on a Friday noon.
func TestWhatIsToBeTickedOffIsSaid(t *testing.T) {
	planned := func(account string, day model.Date) model.Record {
		return model.PlannedVisit{Rep: "R1", Account: account, Date: day, Time: model.NewClock(9, 0)}
	}
	st := uitest.New(t, text.English, append(uitest.Company(), planned("K10", uitest.Today-1), planned("K11", uitest.Today))...)
	at(st, 10, 0)
	p := New(st.Session)
	st.Show(p, 160, 45)
	require.Contains(t, st.View(), "1 planned visit is still to be ticked off")
	st.Keys("!", "enter")
	require.Equal(t, []string{string(session.PageWeek) + " R1 tick"}, st.Gone)
	at(st, 15, 0)
	require.Contains(t, st.View(), "2 planned visits are still to be ticked off")
	st.Session.Actor.Role = model.RoleMarketing
	require.NotContains(t, st.View(), "ticked off", "that is sales' work")
	st.Session.Actor.Role = model.RoleLead
	st.Session.SetToday(uitest.Today + 3)
	st.Apply("plan.confirm", planned("K12", uitest.Today+3))
	at(st, 12, 0)
	require.Contains(t, st.View(), "3 planned visits are still to be ticked off")
}
