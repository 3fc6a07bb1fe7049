package words

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/route"
	"doppelpass/model/week"
	"doppelpass/ui/text"
)

// company is a rep with as many overdue accounts, and one that asked for a visit.
func company(t *testing.T, accounts int) (*model.Book, *week.Draft, *week.Desk) {
	t.Helper()
	b := model.NewBook()
	put := func(r model.Record) { b.Apply(model.Change{Edits: []model.Edit{{After: r}}}) }
	put(model.Rep{Code: "R1", Name: "K. Sommer", HomeAt: model.Coordinates{Lat: 48.78, Lon: 9.18}})
	put(model.Territory{Code: "T1", Rep: "R1"})
	for i := range accounts {
		code := fmt.Sprintf("K%03d", i)
		put(model.Account{Code: code, Name: "Kunde *" + code + "* <b>\nzwei", Territory: "T1", Class: model.ClassA, Phone: "0711", Note: "Hof\nlinks",
			At: model.Coordinates{Lat: 48.7 + float64(i%7)*0.02, Lon: 9.1 + float64(i%5)*0.02}, Since: today - 900})
		put(model.Visit{Account: code, Date: today - 92, Rep: "R1"})
	}
	put(model.Call{Account: "K000", Date: today - 3, Agent: "M", Outcome: model.CallAppointment})
	desk := week.NewDesk(b.On(today), nil, week.DefaultRules())
	d, err := desk.Draft("R1", today.Monday()+7)
	require.NoError(t, err)
	return b, d, desk
}

func plan(t *testing.T, d *week.Draft) *route.Week {
	t.Helper()
	before := d.Week
	solved, err := d.Improve().Run(route.Options{Iterations: 2000})
	require.NoError(t, err)
	_, err = d.Take(solved)
	require.NoError(t, err)
	return before
}

func within(bytes int) func(string) bool { return func(s string) bool { return len(s) <= bytes } }

func TestTheWordsOfAWeek(t *testing.T) {
	for language, want := range map[text.Language][]string{
		text.English: {"wants a visit · 68 days overdue", "day 1:30 h too long", "2 visits too many", "3 added", "intervals cannot all be kept"},
		text.German:  {"wünscht Besuch · 68 Tage überfällig", "Tag 1:30 h zu lang", "2 Besuche zu viel", "3 dazu", "nicht alle Besuchstakte zu halten"},
	} {
		b, d, desk := company(t, 180)
		w := Week{Text: text.New(language), Book: b}
		stop := d.Stops[d.Find("K000")]
		require.Equal(t, want[0], strings.Join(w.Reasons(stop), " · "), "the most telling first")
		require.Contains(t, w.Worth(stop), w.Text.Int(stop.Prize.Points))
		require.Equal(t, want[1], w.Breach(route.Breach{Kind: route.DayTooLong, By: route.Minutes(90)}))
		require.Equal(t, want[2], w.Breach(route.Breach{Kind: route.TooManyVisits, Count: 2}))
		for kind := route.ClosedThen; kind <= route.OutOfOrderFixed; kind++ {
			require.NotContains(t, w.Breach(route.Breach{Kind: kind, By: 60, Count: 1}), "week.")
		}
		for reason := route.DoesNotFit; reason <= route.NotConsidered; reason++ {
			require.NotContains(t, w.LeftOut(d, route.LeftOut{Reason: reason}), "week.")
		}
		require.Contains(t, w.Changes(d, d.Week, []route.Change{{Stop: 0}, {Stop: 1}, {Stop: 2}}, within(200)), want[3])
		require.LessOrEqual(t, len(w.Changes(d, d.Week, []route.Change{{Stop: 0}, {Stop: 1}, {Stop: 2}}, within(30))), 30, "without the names where there is no room")

		sentence, enough := w.Capacity(d, desk.Needed("R1", d.Monday), 200)
		require.False(t, enough, sentence)
		plan(t, d)
		sentence, enough = w.Capacity(d, desk.Needed("R1", d.Monday), 200)
		require.Contains(t, sentence, want[4])
		require.False(t, enough)

		_, few, desk := company(t, 4)
		plan(t, few)
		sentence, enough = w.Capacity(few, desk.Needed("R1", few.Monday), 200)
		require.True(t, enough, sentence)
	}
}

func TestTheDaySheetIsMarkdownWhateverTheNames(t *testing.T) {
	b, d, _ := company(t, 6)
	plan(t, d)
	b.LoadContact(model.Contact{Account: d.Stops[d.Week.Days[0].Visits[0].Stop].Customer.Code, Name: "Petra Beispiel", Function: "Einkauf", Phone: "0711 1"})
	w := Week{Text: text.New(text.German), Book: b}
	var out strings.Builder
	require.NoError(t, w.WritePrintout(&out, d))
	printed := out.String()
	require.Contains(t, printed, "# K. Sommer · KW 49\n")
	require.Equal(t, 6, strings.Count(printed, "\n- [ ] **"))
	require.NotContains(t, printed, "<b>\n", "a name stays in its line")
	require.Contains(t, printed, `Kunde \*K000\* \<b> zwei`)
	require.Contains(t, printed, "wünscht Besuch")
	require.Contains(t, printed, "\n      Fragen nach Petra Beispiel (Einkauf) 0711 1\n")
	require.Equal(t, "Fragen nach Petra Beispiel (Einkauf) 0711 1", w.Itinerary(d).Days[0].Visits[0].People)
}

func TestLengthsOfTime(t *testing.T) {
	w := Week{Text: text.New(text.German)}
	require.Equal(t, "22 min", w.Duration(route.Minutes(22)))
	require.Equal(t, "1:05 h", w.Duration(route.Minutes(65)))
	require.Equal(t, "26:01 h", w.Duration(route.Minutes(26*60+1)))
}
