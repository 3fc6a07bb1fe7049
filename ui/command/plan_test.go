package command

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/cores"
	"doppelpass/store"
)

// planned runs plan and reads its JSON.
func planned(t *testing.T, d *desk, args ...string) (out planJSON) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(d.done(append([]string{"plan", "--json", "--iterations", "2000"}, args...)...)), &out))
	return out
}

func aRep(t *testing.T, d *desk) model.Rep {
	t.Helper()
	s, err := store.Open(d.db, store.Options{ReadOnly: true})
	require.NoError(t, err)
	defer s.Close()
	book, err := s.Book()
	require.NoError(t, err)
	return book.Reps()[0]
}

func TestAWeekIsPlannedAlikeEveryTime(t *testing.T) {
	d := withDemo(t)
	rep := aRep(t, d)
	first := planned(t, d, "--rep", rep.Code, "--week", "2026-W50")
	require.Equal(t, "2026-W50", first.Week)
	require.Len(t, first.Reps, 1)
	require.Greater(t, first.Reps[0].Visits, 10)
	require.Len(t, first.Reps[0].Days, 5)
	require.NotEmpty(t, first.Reps[0].Days[0].Visits[0].Reasons)
	require.Equal(t, first, planned(t, d, "--rep", rep.Name, "--week", "W50"), "by name, and written otherwise")

	table := d.done("plan", "--rep", rep.Code, "--week", "2026-W50", "--iterations", "2000", "--lang", "de")
	require.Contains(t, table, rep.Name+" · KW 50")
	require.Contains(t, table, "pro Woche")
	require.Contains(t, table, "Nicht dabei:")
	require.NotContains(t, table, "week.")
	require.Equal(t, "2026-W49", planned(t, d, "--rep", rep.Code).Week, "the coming week where none is named")
}

func TestAPlannedWeekGoesIntoFiles(t *testing.T) {
	d := withDemo(t)
	rep := aRep(t, d)
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	week := planned(t, d, "--rep", rep.Code, "--week", "2026-W50", "--ics", at("w.ics"), "--geojson", at("w.geojson"), "--gpx", at("w.gpx"), "--sheet", at("w.html"))
	f, err := os.Open(at("w.ics"))
	require.NoError(t, err)
	defer f.Close()
	calendar, err := ics.ParseCalendar(f)
	require.NoError(t, err)
	require.Len(t, calendar.Events(), week.Reps[0].Visits)
	for _, name := range []string{"w.geojson", "w.gpx", "w.html"} {
		data, err := os.ReadFile(at(name))
		require.NoError(t, err)
		require.Contains(t, string(data), strings.Split(week.Reps[0].Days[0].Visits[0].Name, " &")[0], name)
	}
	require.True(t, strings.HasPrefix(d.done("plan", "--rep", rep.Code, "--iterations", "10", "--ics", "-"), "BEGIN:VCALENDAR\r\n"))
	require.Contains(t, d.refused(codeFailed, "plan", "--rep", rep.Code, "--iterations", "10", "--gpx", filepath.Join(dir, "none", "w.gpx")), "there is no folder")
}

func TestARegionsWeeksAreConfirmedAsOneStepThatCanBeUndone(t *testing.T) {
	d := withDemo(t)
	out := d.done("plan", "--region", "Süd", "--week", "2026-W50", "--iterations", "500", "--confirm")
	require.Contains(t, out, "Confirmed:")
	require.Contains(t, d.done("history"), "Week confirmed")
	again := planned(t, d, "--region", "Süd", "--week", "2026-W50")
	for _, rep := range again.Reps {
		pinned := 0
		for _, day := range rep.Days {
			for _, v := range day.Visits {
				if v.Pinned {
					pinned++
				}
			}
		}
		require.Equal(t, rep.Visits, pinned, "what is confirmed stays")
	}
	d.done("undo")
}

func TestPlanSaysWhatItNeeds(t *testing.T) {
	d := withDemo(t)
	for _, wrong := range [][]string{
		{"plan"}, {"plan", "--rep", "R1", "--region", "Süd"}, {"plan", "--rep", "nobody"}, {"plan", "--region", "nowhere"},
		{"plan", "--rep", "R1", "--week", "someday"}, {"plan", "--rep", "R1", "--weeks", "0"}, {"plan", "--rep", "R1", "--weeks", "27"}, {"plan", "--rep", "R1", "--seconds", "0"}, {"plan", "--rep", "R1", "--iterations", "-1"},
	} {
		d.refused(codeUsage, wrong...)
	}
}

func TestARoutingServerIsAskedOnlyWhenNamedAndItsFailureIsTold(t *testing.T) {
	d := withDemo(t)
	rep := aRep(t, d)
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		w.WriteHeader(http.StatusBadGateway)
	}))
	defer server.Close()
	estimated := planned(t, d, "--rep", rep.Code)
	require.Zero(t, asked)
	o := d.run("plan", "--rep", rep.Code, "--json", "--iterations", "2000", "--osrm", server.URL)
	require.Equal(t, codeDone, o.code)
	require.Contains(t, o.errors, "estimates are used")
	require.Equal(t, 1, asked)
	var out planJSON
	require.NoError(t, json.Unmarshal([]byte(o.output), &out))
	require.Equal(t, estimated, out)
	d.vars["DOPPELPASS_OSRM"] = server.URL
	d.run("plan", "--rep", rep.Code, "--json", "--iterations", "10")
	require.Equal(t, 2, asked)
}

// Eight weeks at once are confirmed as one step; then every week has what was proposed for
// it, and one undo takes it back.
func TestSeveralWeeksArePlannedAndConfirmedAtOnce(t *testing.T) {
	if cores.RaceDetector {
		t.Skip("one goroutine: it is run without the race detector")
	}
	d := withDemo(t)
	rep := aRep(t, d)
	args := []string{"plan", "--json", "--iterations", "1000", "--rep", rep.Code, "--week", "2026-W50", "--weeks", "8"}
	var out monthJSON
	require.NoError(t, json.Unmarshal([]byte(d.done(args...)), &out))
	require.Equal(t, "2026-W50", out.From)
	require.Equal(t, 8, out.Weeks)
	require.Len(t, out.Reps, 1)
	require.Len(t, out.Reps[0].Weeks, 8)
	visits := 0
	last := map[string]string{}
	for _, w := range out.Reps[0].Weeks {
		visits += w.Visits
		require.LessOrEqual(t, w.Visits, w.Holds)
		for _, day := range w.Days {
			for _, v := range day.Visits {
				require.Less(t, last[v.Account], day.Date, "%s twice a day", v.Account)
				last[v.Account] = day.Date
			}
		}
	}
	require.Equal(t, visits, out.Reps[0].Visits)
	require.Equal(t, "2027-W04", out.Reps[0].Weeks[7].Week)

	table := d.done("plan", "--iterations", "1000", "--rep", rep.Code, "--week", "2026-W50", "--weeks", "8", "--confirm", "--lang", "de")
	require.Contains(t, table, rep.Name+" · KW 50 – KW 04")
	require.Contains(t, table, "Bestätigt:")
	require.NotContains(t, table, "month.")
	require.Contains(t, d.done("history"), rep.Name+" · W50 – W04")
	for _, w := range out.Reps[0].Weeks {
		again := planned(t, d, "--rep", rep.Code, "--week", w.Week).Reps[0]
		require.GreaterOrEqual(t, again.Visits, w.Visits, w.Week)
		pinned := 0
		for _, day := range again.Days {
			for _, v := range day.Visits {
				if v.Pinned {
					pinned++
				}
			}
		}
		require.Equal(t, w.Visits, pinned, "what is confirmed stays: %s", w.Week)
	}
	d.done("undo")
}

// Scripts see at each visit what marketing has to do with the customer, and which visits
// customers wish that nobody has answered; confirming a week answers them.
func TestAPlanSaysWhatMarketingDoesAndAnswersWhatCustomersWish(t *testing.T) {
	if cores.RaceDetector {
		t.Skip("one goroutine: it is run without the race detector")
	}
	d := withDemo(t)
	wished, marketing := 0, 0
	waiting := strings.Count(d.done("inbox", "--json"), `"kind":"visit"`)
	for _, rep := range []string{"R01", "R02", "R03", "R04", "R05", "R06"} {
		for _, week := range []string{"2026-11-30", "2026-12-07"} {
			o := d.done("plan", "--rep", rep, "--json", "--iterations", "200", "--week", week, "--confirm")
			wished += strings.Count(o, `"wished": true`)
			marketing += strings.Count(o, `"marketing": [`)
		}
	}
	require.Positive(t, waiting)
	require.Equal(t, waiting, wished)
	require.Positive(t, marketing)
	require.Zero(t, strings.Count(d.done("inbox", "--json"), `"kind":"visit"`))
}
