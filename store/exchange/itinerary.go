package exchange

// A planned week on its way out, in the form in which calendars and maps take it.

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"doppelpass/model"
)

// Itinerary is a rep's planned week. Words in it are in the reader's language.
type Itinerary struct {
	Rep    model.Rep
	Title  string            // "K. Sommer · W49"
	Start  string            // what the place is called where days start: "Home"
	At     model.Coordinates // of that place; may be unknown
	Days   []ItineraryDay    // those with visits
	Away   []ItineraryAway   // times at which the rep is not there
	Covers []ItineraryCover
}

// ItineraryDay is one day of it.
type ItineraryDay struct {
	Date          model.Date
	Title         string // "Mon 30 Nov 2026"
	Leave, Return model.Clock
	Driving       time.Duration
	Metres        int
	Visits        []ItineraryVisit
}

// ItineraryAway is a time of one day at which the rep is not there.
type ItineraryAway struct {
	Date       model.Date
	Start, End model.Clock // 0: the whole day
	Title      string      // "holiday"
}

// ItineraryCover is a stretch of days in which the rep stands in for another.
type ItineraryCover struct {
	Rep      string // code of who is away
	From, To model.Date
	Title    string // "covers for K. Sommer"
}

// ItineraryVisit is one planned visit.
type ItineraryVisit struct {
	Account    model.Account
	People     string // whom to ask for: "Ask for Petra Lang (Purchasing) 0711 …"
	Start, End model.Clock
	Again      int    // how many visits at the account come before it in the week
	Why        string // "62 days overdue · campaign Spring mailing"
	Drive      time.Duration
	Metres     int
}

// place is the address in one line.
func (v ItineraryVisit) place() string {
	a := v.Account.Address
	town := strings.TrimSpace(a.Postcode + " " + a.City)
	parts := make([]string, 0, 3)
	for _, part := range []string{a.Street, town, a.Country} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

// moment is a time of day as a point in time.
func moment(d model.Date, c model.Clock, zone *time.Location) time.Time {
	day := d.Time()
	return time.Date(day.Year(), day.Month(), day.Day(), 0, c.Minutes(), 0, 0, zone)
}

// week is the ISO week of the itinerary, 2026-W49; "" without days.
func (it Itinerary) week() string {
	if len(it.Days) == 0 {
		return ""
	}
	year, week := it.Days[0].Date.ISOWeek()
	return fmt.Sprintf("%d-W%02d", year, week)
}

// severalReps reports whether itineraries are of more than one rep.
func severalReps(itineraries []Itinerary) bool {
	for _, it := range itineraries {
		if it.Rep.Code != itineraries[0].Rep.Code {
			return true
		}
	}
	return false
}

// rep is the name of whose week it is.
func (it Itinerary) rep() string { return cmp.Or(it.Rep.Name, it.Rep.Code) }

// titleOf names what holds the itineraries: the one, or each of them.
func titleOf(itineraries []Itinerary) string {
	titles := make([]string, len(itineraries))
	for i, it := range itineraries {
		titles[i] = it.Title
	}
	return shortened(strings.Join(titles, ", "))
}
