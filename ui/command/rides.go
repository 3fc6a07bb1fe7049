package command

// Riding along: days worth joining a rep on, and who was out.

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/model/ride"
	"doppelpass/store"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// The weeks that are looked ahead, and how many days are listed for people.
const (
	rideWeeks = 4
	mostWeeks = 52
	mostRides = 10
)

func (r *run) ridesCommand() *cobra.Command {
	var asJSON bool
	var since string
	weeks := rideWeeks
	c := &cobra.Command{
		Use: "ride-alongs", Short: "rides.short", Long: "rides.long", Args: r.noArgs,
		Example: "  doppelpass ride-alongs\n  doppelpass ride-alongs --weeks 8 --since 2026-07-01 --json",
		RunE: func(*cobra.Command, []string) error {
			if weeks < 1 || weeks > mostWeeks {
				return r.outOfRange("weeks", 1, mostWeeks, weeks)
			}
			today, err := r.day()
			if err != nil {
				return err
			}
			from := ride.Quarter(today)
			if since != "" {
				if from, err = r.words().ParseDayToward(since, today, text.Back); err != nil {
					return usageError{r.t("command.flag.bad", text.Args{"Flag": "--since", "Detail": err.Error()})}
				}
				if from > today {
					return usageError{r.t("rides.since.ahead", text.Args{"Day": r.words().DayOf(today, today)})}
				}
			}
			return r.read(func(s *store.Store) error {
				book, err := s.Book()
				if err != nil {
					return err
				}
				visits, _, err := s.Visits(store.VisitQuery{First: from, Last: today})
				if err != nil {
					return err
				}
				calls, err := s.Calls(from, today)
				if err != nil {
					return err
				}
				v := rides{day: book.On(today), to: today + model.Date(7*weeks) - 1, since: from, guests: ride.Out(book, visits, calls)}
				v.days, v.notOut = ride.Days(v.day, today, v.to), ride.NotOut(book, v.guests)
				if asJSON {
					return r.writeJSON(v.script())
				}
				return r.write(r.rideLines(v))
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "command.flag.json")
	c.Flags().IntVar(&weeks, "weeks", rideWeeks, "rides.flag.weeks")
	c.Flags().StringVar(&since, "since", "", "rides.flag.since")
	return c
}

// rides are days worth joining up to one day, and who was out since another.
type rides struct {
	day       *model.Day
	to, since model.Date
	days      []ride.Day
	guests    []ride.Guest
	notOut    []model.Person
}

func (r *run) rideLines(v rides) string {
	p, book, today := r.words(), v.day.Book(), v.day.Date()
	var b strings.Builder
	heading := func(key, day string) {
		fmt.Fprintln(&b, r.bold(r.Output)(r.t(key, text.Args{"Day": day})))
	}
	heading("rides.days", p.DayOf(v.to, today))
	if len(v.days) == 0 {
		fmt.Fprintln(&b, "  "+p.N("rides.days.none", ride.Least))
	}
	g := grid{}
	for _, day := range v.days[:min(len(v.days), mostRides)] {
		g.add(p.Weekday(day.Date)+" "+p.DayOf(day.Date, today), book.RepName(day.Rep), p.N("rides.visits", day.Visits), words.RideCampaigns(p, book, "rides.aimed", day))
	}
	g.write(&b, "  ", g.widths(nil))
	if more := len(v.days) - mostRides; more > 0 {
		fmt.Fprintln(&b, "  "+r.dim(r.Output)(p.N("rides.more", more)))
	}
	fmt.Fprintln(&b)
	heading("rides.out", p.DayOf(v.since, today))
	if len(v.guests) == 0 {
		fmt.Fprintln(&b, "  "+r.t("rides.out.none"))
	}
	g = grid{}
	for _, guest := range v.guests {
		department := ""
		if guest.Department != "" {
			department = words.Role(p, guest.Department)
		}
		g.add(guest.Name, department, p.N("rides.out.days", guest.Days), words.RideRows(p, guest), r.t("rides.out.last", text.Args{"Day": p.DayOf(guest.Last, today)}),
			words.RideReps(p, book, guest.Reps))
	}
	g.write(&b, "  ", g.widths(nil))
	if len(v.notOut) > 0 {
		fmt.Fprintln(&b, "  "+r.t("rides.not-out", text.Args{"Names": words.RidePeople(p, v.notOut)}))
	}
	return b.String()
}

// ridesScript is all of it for scripts.
type ridesScript struct {
	From   string        `json:"from"`
	To     string        `json:"to"`
	Days   []rideScript  `json:"days"`
	Since  string        `json:"since"`
	Guests []guestScript `json:"guests"`
	NotOut []string      `json:"not_out"` // people's codes
}

type rideScript struct {
	Date      string             `json:"date"`
	Rep       string             `json:"rep"`
	Visits    int                `json:"visits"`
	Aimed     int                `json:"visits_in_campaigns"`
	Campaigns []rideInPlanScript `json:"campaigns"`
}

type rideInPlanScript struct {
	Campaign string `json:"campaign"`
	Visits   int    `json:"visits"`
}

type guestScript struct {
	Name       string   `json:"name"`
	Person     string   `json:"person,omitempty"`
	Department string   `json:"department,omitempty"`
	Days       int      `json:"days"`
	Visits     int      `json:"visits"`
	Calls      int      `json:"calls"`
	Last       string   `json:"last"`
	Reps       []string `json:"reps"`
}

func (v rides) script() ridesScript {
	out := ridesScript{From: v.day.Date().String(), To: v.to.String(), Since: v.since.String(), Days: []rideScript{}, Guests: []guestScript{}, NotOut: []string{}}
	for _, day := range v.days {
		one := rideScript{day.Date.String(), day.Rep, day.Visits, day.Aimed, []rideInPlanScript{}}
		for _, in := range day.Campaigns {
			one.Campaigns = append(one.Campaigns, rideInPlanScript(in))
		}
		out.Days = append(out.Days, one)
	}
	for _, g := range v.guests {
		out.Guests = append(out.Guests, guestScript{g.Name, g.Person, string(g.Department), g.Days, g.Visits, g.Calls, g.Last.String(), append([]string{}, g.Reps...)})
	}
	for _, p := range v.notOut {
		out.NotOut = append(out.NotOut, p.Code)
	}
	return out
}
