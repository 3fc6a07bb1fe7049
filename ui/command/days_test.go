package command

// Cases over days and weeks, from the store to what a script reads.

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/model/answer"
	"doppelpass/model/cores"
	"doppelpass/store"
)

// holding is a desk whose store holds records.
func holding(t *testing.T, records ...model.Record) *desk {
	t.Helper()
	d := newDesk(t)
	s, err := store.Open(d.db, store.Options{Fast: true})
	require.NoError(t, err)
	put(t, s, records...)
	require.NoError(t, s.Close())
	return d
}

func put(t require.TestingT, s *store.Store, records ...model.Record) {
	request := store.Request{Action: "import"}
	for _, record := range records {
		request.Puts = append(request.Puts, store.Put{Record: record})
	}
	_, err := s.Apply(model.Actor{Name: "Kim", Role: model.RoleLead}, request)
	require.NoError(t, err)
}

// Epiphany, 6 January, is a holiday in Bavaria and none in Berlin: what is raised on the
// Monday before is due a day later there.
func TestAnAnswerIsDueByTheHolidaysOfItsTerritory(t *testing.T) {
	raised := model.NewDate(2027, time.January, 4)
	require.Equal(t, time.Monday, raised.Weekday())
	start := raised + model.Date(model.DefaultSettings().Horizon)
	records := []model.Record{
		model.Rep{Code: "R1", Name: "K. Sommer"}, model.Rep{Code: "R2", Name: "R. Wolff"},
		model.Territory{Code: "T1", Name: "München", Region: "Süd", Rep: "R1", Calendar: "DE-BY"},
		model.Territory{Code: "T2", Name: "Berlin", Region: "Ost", Rep: "R2", Calendar: "DE-BE"},
		model.Campaign{Code: "C1", Name: "Frühjahr", Kind: "mailing", Territories: []string{"T1", "T2"}, Start: start, End: start + 25, Status: model.CampaignPlanned},
	}
	for i := range 20 {
		records = append(records, model.Account{Code: fmt.Sprintf("K%02d", i), Name: fmt.Sprintf("Kunde %02d", i), Territory: []string{"T1", "T2"}[i%2], Class: model.ClassA, Since: raised - 400})
	}
	d := holding(t, records...)
	type stands struct {
		Raised, Due string
		Unanswered  bool
	}
	on := func(day string) map[string]stands {
		var parsed struct {
			Cases []struct {
				Kind, Territory string
				Case            stands
			}
		}
		require.NoError(t, json.Unmarshal([]byte(d.done("cases", "--json", "--today", day)), &parsed))
		found := map[string]stands{}
		for _, c := range parsed.Cases {
			if c.Kind == model.StepUpVisits.String() {
				found[c.Territory] = c.Case
			}
		}
		return found
	}
	require.Empty(t, on("2027-01-03"), "not raised yet")
	for _, c := range []struct {
		day             string
		bavaria, berlin bool // unanswered
	}{{"2027-01-04", false, false}, {"2027-01-06", false, false}, {"2027-01-07", false, true}, {"2027-01-08", true, true}} {
		require.Equal(t, map[string]stands{"T1": {"2027-01-04", "2027-01-07", c.bavaria}, "T2": {"2027-01-04", "2027-01-06", c.berlin}}, on(c.day), c.day)
	}
}

// Of a hundred accounts sixty are enough. For thirty days one falls out of contact on each
// odd day and one comes in on each even one: the signal comes and goes, and comes back. It
// is one case, and one line in the inbox, however often somebody looks.
func TestToAndForThirtyDaysIsOneLineInTheInbox(t *testing.T) {
	const interval = 60
	start := model.NewDate(2026, time.September, 7)
	records := []model.Record{model.Rep{Code: "R1", Name: "K. Sommer"}, model.Territory{Code: "T1", Name: "Ulm", Region: "Süd", Rep: "R1", Calendar: "DE-BW"}}
	for i := range 100 {
		code := fmt.Sprintf("K%02d", i)
		records = append(records, model.Account{Code: code, Name: "Kunde " + code, Territory: "T1", Class: model.ClassC, Interval: interval})
		visited := model.Date(0)
		switch {
		case i < 45:
			visited = start - 10
		case i < 60: // out of contact on an odd day
			visited = start + model.Date(2*(i-45)) - interval
		case i < 75: // into contact on the even day after it
			visited = start + model.Date(2*(i-60)) + 2
		}
		if visited != 0 {
			records = append(records, model.Visit{Account: code, Date: visited, Rep: "R1"})
		}
	}
	d := holding(t, records...)
	lines := func(since, today model.Date) (events []string) {
		var parsed struct {
			Inbox []struct{ Kind, Territory, Event string }
		}
		require.NoError(t, json.Unmarshal([]byte(d.done("inbox", "--json", "--since", since.String(), "--today", today.String())), &parsed))
		for _, item := range parsed.Inbox {
			require.Equal(t, "T1", item.Territory)
			events = append(events, item.Event)
		}
		return events
	}
	raised := func(day model.Date) bool {
		var parsed struct{ Signals []struct{ Kind string } }
		require.NoError(t, json.Unmarshal([]byte(d.done("signals", "--json", "--today", day.String())), &parsed))
		return len(parsed.Signals) > 0
	}
	for i := range model.Date(30) {
		day := start + i
		require.Equal(t, i%2 == 1, raised(day), "day %d: to and fro", i)
		require.LessOrEqual(t, len(lines(start, day)), 1, "day %d", i)
	}
	require.Len(t, lines(start, start+29), 1, "thirty days, one line")
	var ledger struct{ Ledger []struct{ Given int } }
	require.NoError(t, json.Unmarshal([]byte(d.done("ledger", "--json", "--months", "2", "--today", (start+29).String())), &ledger))
	require.Len(t, ledger.Ledger, 1)
	require.Equal(t, 1, ledger.Ledger[0].Given)
}

// tallied counts a case by what it shows: its last answer, and its end.
func tallied(t *answer.Tally, c answer.Case) {
	t.Given++
	switch c.Answer.Says {
	case "":
		t.Unanswered++
	case model.SaysDecline:
		t.Declined++
	case model.SaysCounter, model.SaysRefuse:
		t.Countered++
	default:
		t.Taken++
		switch c.State {
		case answer.Scored:
			t.Scored++
		case answer.Missed:
			t.Missed++
		case answer.Gone:
			t.Gone++
		default:
			t.Running++
		}
	}
}

// Whatever is visited, called and answered over the months, with whatever is taken back of
// it, the ledger adds up, and counts each case once.
func TestTheLedgerAddsUpOverRandomHistories(t *testing.T) {
	today := model.NewDate(2026, time.November, 24)
	folder, n := t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		if n++; cores.RaceDetector && n > 20 {
			return // without it: one goroutine has no races
		}
		s, err := store.Open(fmt.Sprintf("%s/%d.db", folder, n), store.Options{Fast: true})
		require.NoError(rt, err)
		defer s.Close()
		ago := func(name string, most int) model.Date {
			return today - model.Date(rapid.IntRange(0, most).Draw(rt, name))
		}
		records := []model.Record{model.Rep{Code: "R1", Name: "K. Sommer"}}
		for _, code := range []string{"T1", "T2"} {
			records = append(records, model.Territory{Code: code, Name: code, Region: "Süd", Rep: "R1", Calendar: "DE-BW"})
			for i := range 12 {
				records = append(records, model.Account{Code: fmt.Sprintf("%s-%02d", code, i), Name: code, Territory: code, Class: model.ClassA, Interval: 30, Phone: fmt.Sprintf("0711 5550%s%d", code[1:], 10+i), Consent: model.ConsentGiven})
			}
		}
		for _, code := range []string{"C1", "C2"} {
			start := ago("start", 80)
			records = append(records, model.Campaign{Code: code, Name: code, Kind: "mailing", Territories: []string{"Süd"}, Start: start, End: start + model.Date(rapid.IntRange(0, 30).Draw(rt, "length")), Status: model.CampaignPlanned})
		}
		put(rt, s, records...)
		account := func() string {
			return fmt.Sprintf("T%d-%02d", rapid.IntRange(1, 2).Draw(rt, "territory"), rapid.IntRange(0, 11).Draw(rt, "account"))
		}
		for range rapid.IntRange(1, 8).Draw(rt, "steps") {
			var step []model.Record
			for range rapid.IntRange(0, 12).Draw(rt, "visits") {
				step = append(step, model.Visit{ID: store.NewRowID(), Account: account(), Date: ago("visited", 120), Rep: "R1"})
			}
			for range rapid.IntRange(0, 4).Draw(rt, "calls") {
				step = append(step, model.Call{ID: store.NewRowID(), Account: account(), Date: ago("called", 120), Agent: "Ann", Outcome: rapid.SampledFrom([]model.CallOutcome{model.CallReached, model.CallNotReached, model.CallOptOut}).Draw(rt, "outcome")})
			}
			for range rapid.IntRange(0, 4).Draw(rt, "answers") {
				a := model.Answer{ID: store.NewRowID(), Territory: rapid.SampledFrom([]string{"T1", "T2"}).Draw(rt, "where"), Date: ago("answered", 110), By: "Ann", Short: rapid.IntRange(0, 12).Draw(rt, "short"),
					Kind: rapid.SampledFrom([]model.Kind{model.StepUpVisits, model.StepUpVisits, model.AddTelemarketing, model.ReportsMissing}).Draw(rt, "kind")}
				says := []model.Says{model.SaysAccept, model.SaysDecline}
				if a.Kind == model.StepUpVisits {
					a.Campaign = rapid.SampledFrom([]string{"C1", "C2"}).Draw(rt, "campaign")
					says = append(says, model.SaysCounter, model.SaysAgree, model.SaysRefuse)
				}
				switch a.Says = rapid.SampledFrom(says).Draw(rt, "says"); a.Says {
				case model.SaysAccept, model.SaysDecline:
					a.Until = a.Date + model.Date(rapid.IntRange(1, 28).Draw(rt, "until"))
					if a.Says == model.SaysDecline {
						a.Reason, a.Worse = model.DeclinedNoRoom, rapid.IntRange(0, 4).Draw(rt, "worse")
					}
				case model.SaysCounter:
					a.Classes = []model.Class{model.ClassA}
				}
				step = append(step, a)
			}
			if len(step) > 0 {
				put(rt, s, step...)
			}
			if rapid.IntRange(0, 3).Draw(rt, "undo") == 0 {
				if undo, _, err := s.Next(); err == nil && undo != nil && undo.Action == "import" && len(step) > 0 {
					_, err := s.Undo(model.Actor{Name: "Kim", Role: model.RoleLead})
					require.NoError(rt, err)
				}
			}
		}
		book, err := s.RulesBook()
		require.NoError(rt, err)
		day, first := book.On(today), today-model.Date(rapid.IntRange(30, 150).Draw(rt, "first"))
		type place struct {
			month     model.Date
			territory string
			to        model.Role
		}
		var cases []answer.Case
		want := map[place]*answer.Tally{}
		for _, area := range book.Areas() {
			for _, c := range answer.Raised(day, area.Code, first) {
				require.GreaterOrEqual(rt, c.Raised, first)
				cases = append(cases, c)
				at := c.Raised.Time()
				key := place{model.NewDate(at.Year(), at.Month(), 1), c.Signal.Territory, c.Signal.Kind.Owner()}
				if want[key] == nil {
					want[key] = &answer.Tally{}
				}
				tallied(want[key], c)
			}
		}
		rows := answer.Ledger(cases)
		require.Len(rt, rows, len(want))
		var sum answer.Tally
		for _, row := range rows {
			require.Equal(rt, *want[place{row.Month, row.Territory, row.To}], row.Tally, "%v %s %s", row.Month, row.Territory, row.To)
			require.Equal(rt, row.Given, row.Taken+row.Declined+row.Countered+row.Unanswered)
			require.Equal(rt, row.Taken, row.Scored+row.Missed+row.Gone+row.Running)
			sum.Sum(row.Tally)
		}
		require.Equal(rt, len(cases), sum.Given)
	})
}
