package week

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/route"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// company is a rep at home in Stuttgart with twenty-four accounts around it, nearly
// all of them overdue, another rep with four in the Allgäu, and a mailing that asks
// for visits.
func company() []model.Record {
	day := func(days int) model.Date { return uitest.Today + model.Date(days) }
	records := []model.Record{
		model.Rep{Code: "R1", Name: "K. Sommer", HomeAt: model.Coordinates{Lat: 48.78, Lon: 9.18}}, model.Rep{Code: "R2", Name: "T. Brandt", HomeAt: model.Coordinates{Lat: 47.73, Lon: 10.31}},
		model.Territory{Code: "T1", Name: "Stuttgart Ost", Region: "Süd/BW", Rep: "R1"}, model.Territory{Code: "T2", Name: "Allgäu", Region: "Süd/Bayern", Rep: "R2"},
		model.Campaign{Code: "C1", Name: "Spring mailing", Kind: "mailing", Territories: []string{"T1"}, Start: day(20), End: day(30), Status: model.CampaignPlanned},
	}
	for i := range 24 {
		code := fmt.Sprintf("K%02d", i)
		records = append(records, model.Account{
			Code: code, Name: "Kunde " + code, Territory: "T1", Class: [...]model.Class{"A", "B", "C"}[i%3], Hours: "Mo-Fr 08:00-12:00,13:00-17:00", Phone: "0711 1",
			At: model.Coordinates{Lat: 48.7 + float64(i%5)*0.04, Lon: 9.0 + float64(i/5)*0.07}, Since: day(-900), Address: model.Address{City: "Fellbach"},
		})
		if i > 0 {
			records = append(records, model.Visit{Account: code, Date: day(-200 - i), Rep: "R1"})
		}
	}
	for i := range 4 {
		records = append(records, model.Account{Code: fmt.Sprintf("A%d", i), Name: fmt.Sprintf("Alm %d", i), Territory: "T2", Class: model.ClassB,
			At: model.Coordinates{Lat: 47.7, Lon: 10.3 + float64(i)*0.02}, Since: day(-900)})
	}
	return records
}

// open shows the page on the company, with runs of the planner that are short.
func open(t testing.TB, language text.Language, width, height int) (*uitest.Stage, *Page) {
	st := uitest.New(t, language, company()...)
	p := New(st.Session)
	p.budget = budget{3000, time.Minute}
	p.zone = time.UTC
	st.Show(p, width, height)
	return st, p
}

// booked is what the signal of the campaign counts as booked.
func booked(p *Page) int {
	c, _ := p.s.Book.Campaign("C1")
	return p.s.Day().Readiness(c, p.s.Book.Area("T1")).Booked
}

func TestAWeekIsPlannedBentImprovedConfirmedAndTickedOff(t *testing.T) {
	st, p := open(t, text.English, 160, 45)
	require.Contains(t, st.View(), "K. Sommer · W49")
	require.Contains(t, st.Line("a week;"), "overdue accounts are waiting")
	require.Zero(t, booked(p))

	st.Keys("p")
	require.Greater(t, p.draft().Week.Visits, 20)
	require.Zero(t, p.draft().Week.Breaches())
	require.Contains(t, st.View(), "Proposal:")
	require.Contains(t, st.Line("draft,"), "changes open")
	require.Contains(t, st.View(), "never visited", "why to go stands with the visit")
	require.Zero(t, booked(p), "a draft books nothing")

	// Move the first visit of Monday to Tuesday: the times follow, and it is pinned.
	moved, ok := p.selected()
	require.True(t, ok)
	monday := p.draft().Week.Days[0].Drive
	st.Keys("shift+right")
	day, _ := p.draft().Where(moved)
	require.Equal(t, 1, day)
	require.True(t, p.draft().Pinned(moved))
	require.NotEqual(t, monday, p.draft().Week.Days[0].Drive)
	require.Contains(t, st.Line(p.draft().Stops[moved].Customer.Name), "●")
	at, _ := p.selected()
	require.Equal(t, moved, at, "the cursor goes along")

	// z takes it back, Z makes it again.
	st.Keys("z")
	day, _ = p.draft().Where(moved)
	require.Equal(t, 0, day)
	st.Keys("Z")
	day, _ = p.draft().Where(moved)
	require.Equal(t, 1, day)

	// Improving the rest keeps it where it was put.
	st.Keys("p")
	day, _ = p.draft().Where(moved)
	require.Equal(t, 1, day)
	require.Regexp(t, "Changed:|Nothing to improve", st.View())

	st.Keys("ctrl+s", "y")
	require.Contains(t, st.Said, "W49 is confirmed")
	visits := p.draft().Week.Visits
	require.Equal(t, visits, booked(p), "the signal sees the visits as booked")
	require.Contains(t, st.View(), "✓ confirmed")
	require.False(t, p.plan.open())
	require.Empty(t, p.plan.undo, "what was bent is the history's now")

	// The confirmation can be taken back: then the draft waits again, with its steps.
	_, err := p.s.Store.Undo(p.s.Actor)
	require.NoError(t, err)
	changed := st.Session.CatchUp()
	require.True(t, changed)
	st.Send(nil)
	require.Zero(t, booked(p))
	require.True(t, p.plan.open())
	require.NotEmpty(t, p.plan.undo)
	require.Equal(t, visits, p.draft().Week.Visits)
	st.Keys("ctrl+s", "y")

	// The next week, on Tuesday, Monday's and Tuesday's visits are ticked off.
	st.Session.SetToday(uitest.Today + 7)
	st.Send(nil)
	due := p.due("R1")
	require.NotEmpty(t, due)
	st.Keys("V")
	require.Contains(t, st.View(), "What became of the planned visits of K. Sommer?")
	st.Keys("space", "e")
	require.Contains(t, st.Modals[0].View(), p.s.AccountName(due[0].Account), "after a mark the next key is about the same customer")
	st.Keys("esc", "down", "x", "down", "d")
	require.Len(t, st.Modals, 1, "why was it dropped?")
	st.Keys("enter", "down")
	st.Keys("e").Type("1250").Keys("enter", "enter")
	require.Empty(t, st.Modals)
	st.Keys("space")
	require.Contains(t, st.View(), "1,250 €", "to say once more that it was met takes nothing away")
	require.Contains(t, st.View(), "called off by the customer")
	st.Keys("ctrl+a", "ctrl+s", "y")
	require.Contains(t, st.Said, "Ticked off:")
	require.Nil(t, p.tick)
	require.Empty(t, p.due("R1"))
	require.Equal(t, uitest.Today+6, p.s.Book.Account(due[0].Account).Visits.OnOrBefore(uitest.Today+7), "met: a visit")
	logged, err := p.s.Store.AccountVisits(due[1].Account, 1)
	require.NoError(t, err)
	require.Equal(t, model.VisitNotMet, logged[0].Kind)
	require.Contains(t, st.View(), "✓"+due[0].Time.String(), "what was done stands in its day")
	ordered, err := p.s.Store.AccountVisits(due[3].Account, 1)
	require.NoError(t, err)
	require.Equal(t, "order", ordered[0].Outcome)
	require.Equal(t, model.Money(125000), ordered[0].Value)

	// What was planned goes on showing, and what was dropped is counted by its reason.
	settled, err := p.s.Store.Settled("R1", uitest.Today+6, uitest.Today+12)
	require.NoError(t, err)
	require.Len(t, settled, len(due))
	require.Contains(t, st.View(), "1 dropped (1 called off by the customer)")
	require.Contains(t, st.View(), "–"+due[2].Time.String())
	// A week that is over says what became of it, not what it would hold.
	st.Keys(",")
	require.Contains(t, st.View(), "no plan is on record")
	require.NotContains(t, st.Line("K. Sommer · W48"), "km")
	st.Keys(".")
	_, err = p.s.Store.Undo(p.s.Actor)
	require.NoError(t, err)
	settled, err = p.s.Store.Settled("R1", uitest.Today+6, uitest.Today+12)
	require.NoError(t, err)
	require.Empty(t, settled, "one undo plans them again")
	_, err = p.s.Store.Redo(p.s.Actor)
	require.NoError(t, err)
	require.True(t, st.Session.CatchUp())
	st.Send(nil)

	// What was not done comes up in the next proposal.
	require.GreaterOrEqual(t, p.draft().Find(due[1].Account), 0)
	require.GreaterOrEqual(t, p.draft().Find(due[2].Account), 0)
	require.Equal(t, -1, p.draft().Find(due[0].Account))
	history, err := p.s.Store.History(0, 1)
	require.NoError(t, err)
	require.Equal(t, "plan.done", history[0].Action)
}

func TestAVisitIsAddedFixedTakenOutAndADayIsOff(t *testing.T) {
	st, p := open(t, text.German, 160, 45)
	st.Keys("left") // from Monday to those left out
	require.Equal(t, leftColumn, p.column)
	account := p.left.table.Cursor()
	st.Keys("space")
	require.Contains(t, st.Said, "kommt am")
	stop := p.draft().Find(account)
	day, _ := p.draft().Where(stop)
	require.GreaterOrEqual(t, day, 0)

	p.follow(stop)
	st.Keys("T")
	require.Len(t, st.Modals, 1)
	st.Keys("ctrl+u").Type("12:15").Keys("enter", "enter")
	require.Empty(t, st.Modals)
	require.True(t, p.draft().TimeFixed(stop))
	require.Contains(t, st.View(), "dann geschlossen", "allowed knowingly, and shown where it breaks")
	require.Contains(t, st.View(), "fest")

	st.Keys("space")
	require.False(t, p.draft().Pinned(stop))
	require.False(t, p.draft().TimeFixed(stop))
	st.Keys("d")
	day, _ = p.draft().Where(stop)
	require.Equal(t, -1, day)
	st.Keys("p")
	day, _ = p.draft().Where(stop)
	require.Equal(t, -1, day, "what was taken out by hand is not proposed again")

	p.focus(2)
	st.Keys("O")
	require.Empty(t, p.draft().Week.Days[2].Visits)
	require.Contains(t, st.View(), "frei")
	st.Keys("p")
	require.Empty(t, p.draft().Week.Days[2].Visits)

	// The choice on which day to take somebody in shows what each would cost.
	p.focus(leftColumn)
	st.Keys("enter")
	require.Len(t, st.Modals, 1)
	require.Contains(t, st.Modals[0].View(), "mehr Fahrt")
	st.Keys("esc")

	p.focus(0)
	st.Keys("enter")
	require.Contains(t, st.Gone[len(st.Gone)-1], "accounts K")
}

func TestSmallScreensShowOneDayAtATime(t *testing.T) {
	for _, language := range text.Languages {
		st, p := open(t, language, 80, 24)
		st.Keys("p")
		st.View()
		for range leftColumn + 1 {
			st.Keys("tab")
			st.View()
		}
		st.Keys("shift+right", "down", "K", "space")
		st.View()
		require.NotNil(t, p.plan)
		st.Keys("right", "right", "right", "right", "right")
		st.View()
		require.NotContains(t, st.View(), "week.")
	}
}

func TestTwoRunsGiveTheSameWeek(t *testing.T) {
	st, p := open(t, text.English, 120, 36)
	st.Keys("p")
	first := p.draft().Planned()
	again, q := open(t, text.English, 120, 36)
	again.Keys("p")
	require.Equal(t, first, q.draft().Planned())
}

func TestADraftWaitsWhileOthersChangeTheStore(t *testing.T) {
	st, p := open(t, text.English, 160, 45)
	st.Keys("p", "shift+right")
	moved, _ := p.selected()
	account := p.draft().Stops[moved].Customer.Code
	st.Keys(".")
	require.Contains(t, st.View(), "W50")
	gone := p.plans[weekKey{"R1", uitest.Today.Monday() + 7}].draft.Planned()[0].Account
	if gone == account {
		gone = p.plans[weekKey{"R1", uitest.Today.Monday() + 7}].draft.Planned()[1].Account
	}
	visits := p.plans[weekKey{"R1", uitest.Today.Monday() + 7}].draft.Week.Visits
	st.Apply("account.edit", func() model.Record { a := p.s.Book.Account(gone).Account; a.Inactive = true; return a }())
	st.Keys(",")
	day, _ := p.draft().Where(p.draft().Find(account))
	require.Equal(t, 1, day, "the draft waited")
	require.Equal(t, visits-1, p.draft().Week.Visits, "but for the account that is no longer active")
}

func TestSeveralRepsArePlannedAndConfirmedAtOnce(t *testing.T) {
	teamBudget.iterations = 500
	st, p := open(t, text.English, 120, 36)
	st.Keys("R", "enter")
	require.NotNil(t, p.team)
	require.Contains(t, st.View(), "T. Brandt")
	st.Keys("p")
	require.Contains(t, st.Line("K. Sommer"), "draft")
	require.Contains(t, st.Line("T. Brandt"), "draft")
	st.Keys("ctrl+s", "y")
	require.Contains(t, st.Line("K. Sommer"), "✓ confirmed")
	require.Contains(t, st.Line("T. Brandt"), "✓ confirmed")
	st.Keys("down", "enter")
	require.Nil(t, p.team)
	require.Contains(t, st.View(), "T. Brandt · W49")
	// Each rep's budget is fixed, so that all weeks are the same the next time.
}

func TestTheWeekIsWrittenIntoFiles(t *testing.T) {
	st, p := open(t, text.English, 120, 36)
	st.Keys("p")
	folder := t.TempDir()
	st.Keys("X")
	require.Contains(t, st.Modals[0].View(), ".geojson")
	st.Keys("esc")
	for _, c := range []struct{ format, name, holds string }{
		{"calendar", "w.ics", "BEGIN:VEVENT"}, {"sheet", "w.html", "<article>"}, {"map", "w.geojson", "FeatureCollection"}, {"gpx", "w.gpx", "<rtept"},
	} {
		path := filepath.Join(folder, c.name)
		p.askPath(c.format)
		st.Keys("ctrl+u").Type(path).Keys("enter", "enter")
		require.Empty(t, st.Modals, c.name)
		data, err := os.ReadFile(path)
		require.NoError(t, err, st.Failed)
		require.Contains(t, string(data), c.holds)
		require.Contains(t, st.Said, path)
	}
	require.Equal(t, "2026-W49 K. Sommer", p.exportName())
}

func TestMarketingLooksButDoesNotPlan(t *testing.T) {
	st, p := open(t, text.English, 120, 36)
	st.Session.Actor.Role = model.RoleMarketing
	st.Keys("p")
	require.NotEmpty(t, st.Failed)
	require.Zero(t, p.draft().Week.Visits)
}

func TestWithoutAnyRepThePageSaysSo(t *testing.T) {
	st := uitest.New(t, text.German)
	p := New(st.Session)
	st.Show(p, 80, 24)
	require.Contains(t, st.View(), "Außendienstler")
	st.Keys("p", "tab", "enter")
	require.Empty(t, p.Actions())
	require.True(t, strings.Contains(st.View(), "Gebiet"))
}

func TestDrivesComeFromTheRoutingServerThatIsNamed(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		fmt.Fprint(w, `{"code":"NoTable","message":"out of order"}`)
	}))
	defer server.Close()
	st, p := open(t, text.English, 120, 36)
	p.osrm = server.URL
	st.Keys("p")
	require.Equal(t, 1, asked)
	require.Contains(t, st.Failed+st.Said, "estimates are used")
	require.Greater(t, p.draft().Week.Visits, 20, "it is planned all the same")
}

func TestTheMousePicksDaysAndVisits(t *testing.T) {
	for _, width := range []int{80, 160} {
		st, p := open(t, text.English, width, 36)
		st.Keys("p")
		view := strings.Split(st.View(), "\n")
		click := func(words string) {
			for y, line := range view {
				if before, _, ok := strings.Cut(line, words); ok {
					st.Send(tea.MouseMsg{X: kit.Width(before), Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
					return
				}
			}
			require.Fail(t, words)
		}
		last := p.draft().Week.Days[0].Visits[3]
		click(last.Start.String() + p.gap() + p.draft().Stops[last.Stop].Customer.Name[:5])
		at, _ := p.selected()
		require.Equal(t, last.Stop, at)
		if width == 80 {
			click("Thu ")
		} else {
			click("Thu 3 Dec")
		}
		require.Equal(t, 3, p.column)
	}
}

// gap is what stands between a visit's time and its account.
func (p *Page) gap() string {
	if p.wide() {
		return " "
	}
	v := p.draft().Week.Days[0].Visits[3]
	return "–" + v.End.String() + "  "
}

func TestUnconfirmedDraftsAreToldBeforeTheProgramEnds(t *testing.T) {
	st, p := open(t, text.English, 120, 36)
	require.Empty(t, p.Unsaved())
	st.Keys("p")
	require.Contains(t, p.Unsaved(), "not confirmed")
	st.Keys("ctrl+s", "y")
	require.Empty(t, p.Unsaved())
}

func BenchmarkFrame(b *testing.B) {
	st, p := open(b, text.English, 160, 45)
	st.Keys("p")
	for b.Loop() {
		p.View()
	}
}

func TestBendingStopsThePlannerAtTheBestSoFar(t *testing.T) {
	st, p := open(t, text.English, 120, 36)
	// The planner is left at work: its commands are not run to their end.
	p.propose()
	r := p.run
	solved, err := r.base.Improve().Run(route.Options{Iterations: 500})
	require.NoError(t, err)
	p.runNews(runNews{run: r, share: 0.4, week: solved})
	require.Contains(t, st.View(), "40 %")
	require.Greater(t, p.draft().Week.Visits, 20, "the best so far is shown at once")
	require.NotContains(t, st.View(), "changes open", "but it is no step yet")

	stop, _ := p.selected()
	st.Keys("shift+right")
	require.Nil(t, p.run)
	require.True(t, r.ended.Load())
	day, _ := p.draft().Where(stop)
	require.Equal(t, 1, day)
	require.Len(t, p.plan.undo, 2, "the proposal, and the move")
	p.runNews(runNews{run: r, week: solved, done: true})
	require.Len(t, p.plan.undo, 2, "what comes too late is dropped")

	p.propose()
	st.Keys("z")
	require.Nil(t, p.run, "z stops it, too, and never reaches the history")
	require.Len(t, p.plan.undo, 1)

	p.propose()
	ended := p.run
	require.True(t, p.Back(), "esc stops and keeps the best")
	require.True(t, ended.ended.Load())
	p.runNews(runNews{run: ended, week: solved, done: true})
	require.Nil(t, p.run)
}

// A present week of which all is done says one truth: what became of it, and that nothing
// more is planned.
func TestAWeekThatIsDoneSaysNotThatNothingWasPlanned(t *testing.T) {
	records := append(company(), model.Visit{Account: "K03", Date: uitest.Today, Rep: "R1"})
	records = append(records, model.PlannedVisit{Account: "K02", Date: uitest.Today - 1, Rep: "R1"}.Settle(model.BecameMet, ""))
	for _, size := range [][2]int{{80, 24}, {120, 30}, {160, 45}} {
		st := uitest.New(t, text.English, records...)
		p := New(st.Session)
		p.zone = time.UTC
		st.Show(p, size[0], size[1]).Keys(",")
		view := st.View()
		require.Contains(t, view, "K. Sommer · W48")
		require.Contains(t, view, "1 planned: 1 met · + 1 not planned")
		require.Contains(t, view, "nothing more planned")
		require.NotContains(t, view, "0 visits, 0 km")
		require.NotContains(t, view, "Nothing planned yet")
		if size[0] < wideFrom {
			require.Contains(t, view, "Tue 1", "what was done today counts")
		}
	}
}
