package answer_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/model/answer"
)

var monday = model.NewDate(2026, time.November, 2)

func weekdays(d model.Date) bool { return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday }

func without(days ...model.Date) answer.Working {
	return func(d model.Date) bool {
		for _, holiday := range days {
			if d == holiday {
				return false
			}
		}
		return weekdays(d)
	}
}

// Epiphany is a holiday in Bavaria and none in Berlin.
func TestAnAnswerIsDueAfterTwoWorkingDaysOfTheTerritory(t *testing.T) {
	raised := model.NewDate(2027, time.January, 4) // a Monday
	bavaria := without(model.NewDate(2027, time.January, 6))
	day := func(n int) model.Date { return model.NewDate(2027, time.January, n) }
	for name, c := range map[string]struct {
		raised, end, due model.Date
		works            answer.Working
	}{
		"Bavaria":                         {raised, 0, day(7), bavaria},
		"Berlin":                          {raised, 0, day(6), weekdays},
		"over a weekend":                  {day(8), 0, day(12), weekdays},
		"on a Saturday":                   {day(9), 0, day(12), weekdays},
		"half of three days left":         {raised, day(6), day(5), weekdays},
		"the last day":                    {raised, raised, raised, weekdays},
		"half of three, one is a holiday": {raised, day(7), day(5), bavaria},
		"plenty":                          {raised, day(29), day(6), weekdays},
	} {
		require.Equal(t, c.due.String(), answer.Due(c.raised, c.end, c.works).String(), name)
	}
}

var visits = model.SignalKey{Kind: model.StepUpVisits, Territory: "T1", Campaign: "C1"}

// frame has a campaign from the third Monday to the fourth Friday.
var frame = answer.Frame{Signal: visits, Start: monday + 14, End: monday + 25, Works: weekdays}

// facts make a day of each letter: o open, c on course, . not there. Work is what was
// done in all after so many letters.
func facts(pattern string, short int, work map[int]int) (list []answer.Fact) {
	done := 0
	for i, letter := range pattern {
		done += work[i]
		w := model.Watched{Raised: letter != '.', Open: letter == 'o', Work: done}
		if w.Raised {
			w.Short = short
		}
		list = append(list, answer.Fact{Date: monday + model.Date(i), Watched: w})
	}
	return list
}

func says(day int, what model.Says) model.Answer {
	a := model.Answer{Kind: model.StepUpVisits, Territory: "T1", Campaign: "C1", Date: monday + model.Date(day), Says: what, Short: 18}
	switch what {
	case model.SaysAccept:
		a.Until = frame.End
	case model.SaysDecline:
		a.Until, a.Reason = a.Date+7, model.DeclinedNoRoom
	}
	return a
}

func wrong(a model.Answer) model.Answer { a.Reason = model.DeclinedData; return a }

func worse(a model.Answer, by int) model.Answer { a.Worse = by; return a }

func until(a model.Answer, day int) model.Answer { a.Until = monday + model.Date(day); return a }

func TestStatesOfACase(t *testing.T) {
	ooo := strings.Repeat("o", 26) // to the campaign's end
	over := ooo + "."
	type want struct {
		state               answer.State
		due                 int // day; -1 for none
		turn                model.Role
		unanswered, quiet   bool
		reopened, cases, at int
	}
	sales, marketing := model.RoleSales, model.RoleMarketing
	for name, c := range map[string]struct {
		facts   []answer.Fact
		answers []model.Answer
		want
	}{
		"raised":                                       {facts("o", 18, nil), nil, want{state: answer.Open, due: 2, turn: sales}},
		"due today":                                    {facts("ooo", 18, nil), nil, want{state: answer.Open, due: 2, turn: sales}},
		"unanswered":                                   {facts("oooo", 18, nil), nil, want{state: answer.Open, due: 2, turn: sales, unanswered: true}},
		"accepted":                                     {facts("ooo", 18, nil), []model.Answer{says(1, "accept")}, want{state: answer.Accepted, due: -1}},
		"accepted, nothing yet":                        {facts("ooooo", 18, nil), []model.Answer{says(1, "accept")}, want{state: answer.Accepted, due: -1, quiet: true}},
		"one visit clears it":                          {facts("ooooo", 18, map[int]int{3: 1}), []model.Answer{says(1, "accept")}, want{state: answer.Accepted, due: -1}},
		"an earlier visit does not":                    {facts("ooooo", 18, map[int]int{0: 1}), []model.Answer{says(1, "accept")}, want{state: answer.Accepted, due: -1, quiet: true}},
		"a weekend is no time":                         {facts("ooooooo", 18, nil), []model.Answer{says(3, "accept")}, want{state: answer.Accepted, due: -1}},
		"declined":                                     {facts("ooo", 18, nil), []model.Answer{says(1, "decline")}, want{state: answer.Declined, due: -1}},
		"still declined on its last day":               {facts(ooo[:9], 18, nil), []model.Answer{says(1, "decline")}, want{state: answer.Declined, due: -1}},
		"reopened":                                     {facts(ooo[:10], 18, nil), []model.Answer{says(1, "decline")}, want{state: answer.Open, due: 11, turn: sales, reopened: 9}},
		"reopened as it got worse":                     {facts("ooo", 25, nil), []model.Answer{worse(says(1, "decline"), 7)}, want{state: answer.Open, due: 4, turn: sales, reopened: 2}},
		"not yet worse enough":                         {facts("ooo", 24, nil), []model.Answer{worse(says(1, "decline"), 7)}, want{state: answer.Declined, due: -1}},
		"countered":                                    {facts("oo", 18, nil), []model.Answer{says(1, "counter")}, want{state: answer.Countered, due: 3, turn: marketing}},
		"countered, no word":                           {facts("ooooo", 18, nil), []model.Answer{says(1, "counter")}, want{state: answer.Countered, due: 3, turn: marketing, unanswered: true}},
		"agreed":                                       {facts("ooo", 18, nil), []model.Answer{says(1, "counter"), says(2, "agree")}, want{state: answer.Accepted, due: -1}},
		"refused":                                      {facts("ooo", 18, nil), []model.Answer{says(1, "counter"), says(2, "refuse")}, want{state: answer.Refused, due: 4, turn: sales}},
		"only the first reply to a proposal":           {facts("ooo", 18, nil), []model.Answer{says(1, "counter"), says(2, "agree"), says(2, "refuse")}, want{state: answer.Accepted, due: -1}},
		"lapsed as the campaign began":                 {facts(ooo[:15], 18, nil), []model.Answer{says(1, "counter")}, want{state: answer.Lapsed, due: 16, turn: sales}},
		"on course is no case":                         {facts("ccc", 18, nil), nil, want{cases: -1}},
		"on course, then open":                         {facts("cco", 18, nil), nil, want{state: answer.Open, due: 4, turn: sales}},
		"open, then on course":                         {facts("occccc", 18, nil), nil, want{state: answer.Open, due: -1}},
		"an account to and fro":                        {facts("o.o.o.o", 18, nil), nil, want{state: answer.Open, due: 2, turn: sales, unanswered: true}},
		"away for two working days":                    {facts("o..", 18, nil), nil, want{state: answer.Open, due: -1}},
		"gone after three":                             {facts("o...", 18, nil), nil, want{state: answer.Gone, due: -1, at: 3}},
		"a weekend does not close":                     {facts("oooo...", 18, nil), []model.Answer{says(0, "accept")}, want{state: answer.Accepted, due: -1, quiet: true}},
		"scored":                                       {facts("oo...", 18, map[int]int{2: 18}), []model.Answer{says(1, "accept")}, want{state: answer.Scored, due: -1, at: 4}},
		"scored although it was declined":              {facts("oo...", 18, map[int]int{2: 18}), []model.Answer{says(1, "decline")}, want{state: answer.Scored, due: -1, at: 4}},
		"missed with the campaign's end":               {facts(over, 18, nil), []model.Answer{says(1, "accept")}, want{state: answer.Missed, due: -1, at: 26}},
		"unanswered until the campaign's end":          {facts(over, 18, nil), nil, want{state: answer.Missed, due: -1, at: 26}},
		"missed on the day it was due, and given anew": {facts("ooooo", 18, nil), []model.Answer{until(says(1, "accept"), 3)}, want{state: answer.Open, due: 8, turn: sales, cases: 2}},
		"moved out of sight by what was agreed":        {facts("......", 0, nil), []model.Answer{says(0, "counter"), says(1, "agree")}, want{state: answer.Gone, due: -1, at: 3}},
		"wrong data mended":                            {facts("ooo", 18, nil), []model.Answer{wrong(says(1, "decline")), says(2, "mended")}, want{state: answer.Open, due: 4, turn: sales, reopened: 2}},
		"what else was declined is not mended":         {facts("ooo", 18, nil), []model.Answer{says(1, "decline"), says(2, "mended")}, want{state: answer.Declined, due: -1}},
		"mending raises nothing":                       {facts("...", 18, nil), []model.Answer{says(1, "mended")}, want{cases: -1}},
		"another case":                                 {facts("o....oo", 18, nil), nil, want{state: answer.Open, due: 8, turn: sales, cases: 2}},
	} {
		t.Run(name, func(t *testing.T) {
			cases := answer.Follow(frame, c.facts, c.answers)
			if c.want.cases < 0 {
				require.Empty(t, cases)
				return
			}
			require.Len(t, cases, max(c.want.cases, 1))
			got := cases[len(cases)-1]
			date := func(n int) string {
				if n <= 0 {
					return ""
				}
				return (monday + model.Date(n)).String()
			}
			require.Equal(t, c.want.state, got.State)
			require.Equal(t, date(c.want.due), got.Due.String())
			require.Equal(t, c.want.turn, got.Turn)
			require.Equal(t, c.want.unanswered, got.Unanswered, "unanswered")
			require.Equal(t, c.want.quiet, got.Quiet, "quiet")
			require.Equal(t, date(c.want.reopened), got.Reopened.String())
			require.Equal(t, date(c.want.at), got.Ended.String())
			require.Equal(t, got.Ended == 0, got.Running())
		})
	}
}

// Thirty days on which one account goes to and fro every day are one case.
func TestOneAccountToAndFroRaisesNothingNew(t *testing.T) {
	long := frame
	long.End = monday + 60
	pattern := ""
	for i := range 30 {
		pattern += string("o."[i%2])
	}
	cases := answer.Follow(long, facts(pattern, 1, map[int]int{1: 1}), nil)
	require.Len(t, cases, 1)
	require.Equal(t, monday, cases[0].Raised)
}

// history draws facts and answers of some weeks.
func history(t *rapid.T) ([]answer.Fact, []model.Answer) {
	n := rapid.IntRange(1, 45).Draw(t, "days")
	var list []answer.Fact
	var answers []model.Answer
	work := 0
	for i := range n {
		letter := rapid.SampledFrom([]string{"open", "open", "course", "away", "away"}).Draw(t, "signal")
		work += rapid.SampledFrom([]int{0, 0, 0, 1, 4}).Draw(t, "work")
		list = append(list, answer.Fact{Date: monday + model.Date(i), Watched: model.Watched{
			Raised: letter != "away", Open: letter == "open", Work: work,
			Short: rapid.IntRange(1, 30).Draw(t, "short"), Booked: rapid.SampledFrom([]int{0, 0, 2}).Draw(t, "booked"),
		}})
		for range rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "answers") {
			a := says(i, rapid.SampledFrom([]model.Says{"accept", "decline", "counter", "agree", "refuse"}).Draw(t, "says"))
			if a.Says == model.SaysAccept || a.Says == model.SaysDecline {
				a.Until = a.Date + model.Date(rapid.IntRange(1, 28).Draw(t, "until"))
				a.Worse = rapid.IntRange(0, 5).Draw(t, "worse")
			}
			answers = append(answers, a)
		}
	}
	return list, answers
}

func TestTheLedgerAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var cases []answer.Case
		for range rapid.IntRange(1, 3).Draw(t, "signals") {
			list, answers := history(t)
			cases = append(cases, answer.Follow(frame, list, answers)...)
		}
		var sum answer.Tally
		for _, row := range answer.Ledger(cases) {
			require.Equal(t, row.Given, row.Taken+row.Declined+row.Countered+row.Unanswered)
			require.Equal(t, row.Taken, row.Scored+row.Missed+row.Gone+row.Running)
			sum.Sum(row.Tally)
		}
		require.Equal(t, len(cases), sum.Given)
	})
}

// What held on a day is found again when the day is replayed: later days and answers
// change nothing of it. Cases follow each other, and each asks exactly one department
// or nobody.
func TestAnyDayCanBeReplayed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list, answers := history(t)
		all := answer.Follow(frame, list, answers)
		upTo := rapid.IntRange(0, len(list)).Draw(t, "replayed")
		then := answer.Follow(frame, list[:upTo], answers)
		require.LessOrEqual(t, len(then), len(all))
		for i, c := range then {
			if c.Running() {
				require.Equal(t, len(then)-1, i)
				require.Equal(t, all[i].Raised, c.Raised)
			} else {
				require.Equal(t, all[i], c)
			}
		}
		for i, c := range all {
			if i > 0 {
				require.False(t, all[i-1].Running())
				require.GreaterOrEqual(t, c.Raised, all[i-1].Ended)
			}
			require.Equal(t, c.Due == 0, c.Turn == "")
			require.Equal(t, c.State.Ended(), !c.Running())
			require.False(t, c.Unanswered && c.Due == 0)
		}
	})
}
