package command

// The week for scripts: one JSON object, the same in every language. Whatever is said is
// a code with its numbers; beside it stand English words, for who reads along.

import (
	"encoding/json"
	"fmt"
	"io"
	"math"

	"doppelpass/model"
	"doppelpass/model/double"
	"doppelpass/model/route"
	"doppelpass/model/week"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

type planJSON struct {
	Week string        `json:"week"`
	Reps []planRepJSON `json:"reps"`
}

type planRepJSON struct {
	Rep            string         `json:"rep"`
	Name           string         `json:"name"`
	Visits         int            `json:"visits"`
	Kilometres     float64        `json:"kilometres"`
	DrivingMinutes int            `json:"driving_minutes"`
	Prize          int            `json:"prize"`
	Needed         float64        `json:"needed_a_week"`
	Overdue        int            `json:"overdue_left_out"`
	StandsIn       []coverJSON    `json:"stands_in_for,omitempty"`
	Settled        []settledJSON  `json:"settled,omitempty"`
	Days           []planDayJSON  `json:"days"`
	LeftOut        []planLeftJSON `json:"left_out"`
}

// coverJSON is a stretch of days on which the rep has another one's accounts.
type coverJSON struct {
	Rep  string `json:"rep"`
	Name string `json:"name"`
	From string `json:"from"`
	To   string `json:"to"`
	Kind string `json:"kind"`
}

// settledJSON is a planned visit that is over, with what became of it.
type settledJSON struct {
	Date    string `json:"date"`
	Time    string `json:"time,omitempty"`
	Account string `json:"account"`
	Name    string `json:"name"`
	Became  string `json:"became"`
	Reason  string `json:"reason,omitempty"`
}

type planDayJSON struct {
	Date     string           `json:"date"`
	Off      bool             `json:"off,omitempty"`
	Away     []planAwayJSON   `json:"away,omitempty"`
	Leave    string           `json:"leave,omitempty"`
	Return   string           `json:"return,omitempty"`
	Visits   []planVisitJSON  `json:"visits"`
	Breaches []planBreachJSON `json:"breaches"`
}

type planAwayJSON struct {
	From string `json:"from"`
	To   string `json:"to"`
	Kind string `json:"kind"`
}

type planReasonJSON struct {
	Code     string `json:"code"`
	Points   int    `json:"points"`
	Days     int    `json:"days,omitempty"`
	Campaign string `json:"campaign,omitempty"`
	Words    string `json:"words"`
}

type planBreachJSON struct {
	Code    string `json:"code"`
	Minutes int    `json:"minutes,omitempty"`
	Count   int    `json:"count,omitempty"`
	Words   string `json:"words"`
}

type planVisitJSON struct {
	Account      string           `json:"account"`
	Name         string           `json:"name"`
	Class        string           `json:"class"`
	Start        string           `json:"start"`
	End          string           `json:"end"`
	DriveMinutes int              `json:"drive_minutes"`
	Kilometres   float64          `json:"kilometres"`
	WaitMinutes  int              `json:"wait_minutes"`
	Prize        int              `json:"prize"`
	Reasons      []planReasonJSON `json:"reasons"`
	Pinned       bool             `json:"pinned"`
	Fixed        bool             `json:"fixed"`
	Wished       bool             `json:"wished,omitempty"` // by the customer, and not answered yet
	HoursUnread  bool             `json:"hours_unread,omitempty"`
	Breaches     []planBreachJSON `json:"breaches"`
	// Marketing is what marketing has to do with the customer in the 14 days before and
	// after.
	Marketing []entryJSON `json:"marketing,omitempty"`
}

type planLeftJSON struct {
	Account       string `json:"account"`
	Name          string `json:"name"`
	Prize         int    `json:"prize"`
	Reason        string `json:"reason"`
	DetourMinutes int    `json:"detour_minutes,omitempty"`
}

// The stable words of broken rules and of reasons for being left out.
var (
	breachNames = map[route.BreachKind]string{
		route.ClosedThen: "closed-then", route.WeekdayAvoided: "weekday-avoided", route.LateForItsTime: "late", route.NotItsDay: "not-its-day",
		route.VisitedTwice: "visited-twice", route.UnknownPlace: "unknown-place", route.FixedMissing: "fixed-missing", route.StartsEarly: "starts-early",
		route.DayTooLong: "day-too-long", route.LunchSqueezed: "lunch-squeezed", route.TooManyVisits: "too-many-visits",
		route.WorksOnDayOff: "works-on-day-off", route.OutOfOrderFixed: "out-of-order", route.InBusyTime: "rep-away",
	}
	reasonNames = map[route.PartKind]string{
		route.PartNever: "never-visited", route.PartNew: "new", route.PartOnTrack: "on-track", route.PartDue: "due", route.PartOverdue: "overdue",
		route.PartCampaign: "campaign", route.PartWish: "wish",
	}
	leftOutNames = map[route.Reason]string{
		route.DoesNotFit: "does-not-fit", route.Closed: "closed", route.TooFar: "too-far", route.PlaceUnknown: "place-unknown", route.NotConsidered: "not-considered", route.WeekFull: "week-full",
	}
)

func writePlanJSON(w io.Writer, desk *week.Desk, say words.Week, drafts []*week.Draft, settled map[string][]model.SettledVisit) error {
	say.Text = text.New(text.English)
	out := planJSON{Reps: []planRepJSON{}}
	for _, d := range drafts {
		year, number := d.Monday.ISOWeek()
		out.Week = fmt.Sprintf("%d-W%02d", year, number)
		rep := planOfRep(desk, say, d)
		for _, s := range settled[d.Rep.Code] {
			one := settledJSON{Date: s.Date.String(), Account: s.Account, Name: accountName(say.Book, s.Account), Became: s.Became, Reason: s.Reason}
			if s.Time != 0 {
				one.Time = s.Time.String()
			}
			rep.Settled = append(rep.Settled, one)
		}
		out.Reps = append(out.Reps, rep)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(out)
}

func planOfRep(desk *week.Desk, say words.Week, d *week.Draft) planRepJSON {
	rep := planRepJSON{
		Rep: d.Rep.Code, Name: d.Rep.Name, Visits: d.Week.Visits, Kilometres: kilometres(d.Week.Drive.Metres), DrivingMinutes: d.Week.Drive.Time.Minutes(),
		Prize: d.Week.Prize, Needed: math.Round(desk.Needed(d.Rep.Code, d.Monday)*100) / 100, Overdue: d.OverdueLeftOut(),
		Days: []planDayJSON{}, LeftOut: []planLeftJSON{},
	}
	for _, c := range say.Book.Covers(d.Rep.Code, d.Monday, d.Monday+week.Workdays-1) {
		rep.StandsIn = append(rep.StandsIn, coverJSON{c.Rep, say.Book.RepName(c.Rep), c.From.String(), c.To.String(), c.Kind})
	}
	for i, plan := range d.Week.Days[:d.Shown()] {
		day := planDayJSON{Date: d.Date(i).String(), Visits: []planVisitJSON{}, Breaches: breachList(say, plan.Breaches)}
		day.Off = d.Off(i)
		for _, away := range d.Away(i) {
			day.Away = append(day.Away, planAwayJSON{route.Minutes(away.From).String(), route.Minutes(away.To).String(), away.Absence.Kind})
		}
		if len(plan.Visits) > 0 {
			day.Leave, day.Return = plan.Leave.String(), plan.Return.String()
		}
		for _, v := range plan.Visits {
			stop := d.Stops[v.Stop]
			_, wished := d.Wished(v.Stop)
			day.Visits = append(day.Visits, planVisitJSON{
				Account: stop.Customer.Code, Name: stop.Customer.Name, Class: say.Book.ClassName(stop.Customer.Class), Start: v.Start.String(), End: v.End.String(),
				DriveMinutes: v.Drive.Time.Minutes(), Kilometres: kilometres(v.Drive.Metres), WaitMinutes: v.Wait.Minutes(), Prize: stop.Prize.Points,
				Reasons: reasonList(say, stop), Pinned: d.Pinned(v.Stop), Fixed: d.TimeFixed(v.Stop), Wished: wished, HoursUnread: stop.HoursText != "", Breaches: breachList(say, v.Breaches),
				Marketing: entriesJSON(desk.Day(), double.Warning(desk.Day(), stop.Customer, nil, model.RoleSales, d.Date(i))),
			})
		}
		rep.Days = append(rep.Days, day)
	}
	for _, l := range d.Week.LeftOut {
		stop := d.Stops[l.Stop]
		rep.LeftOut = append(rep.LeftOut, planLeftJSON{stop.Customer.Code, stop.Customer.Name, stop.Prize.Points, leftOutNames[l.Reason], l.Detour.Minutes()})
	}
	return rep
}

func breachList(say words.Week, breaches []route.Breach) []planBreachJSON {
	list := make([]planBreachJSON, len(breaches))
	for i, b := range breaches {
		list[i] = planBreachJSON{breachNames[b.Kind], b.By.Minutes(), b.Count, say.Breach(b)}
	}
	return list
}

func reasonList(say words.Week, s week.Stop) []planReasonJSON {
	list := []planReasonJSON{}
	for _, part := range words.VisitParts(s) {
		reason := planReasonJSON{Code: reasonNames[part.Kind], Points: part.Points, Days: part.Days, Words: say.Part(part)}
		if part.Kind == route.PartCampaign {
			reason.Campaign = part.Name
		}
		list = append(list, reason)
	}
	if s.Again {
		list = append(list, planReasonJSON{Code: "again", Words: say.Text.T("week.reason.again")})
	}
	return list
}

func kilometres(metres int32) float64 { return math.Round(float64(metres)/100) / 10 }
