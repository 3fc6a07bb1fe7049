package exchange

// The week as iCalendar (RFC 5545), in the part of it that Outlook, Google and
// Apple all take.

import (
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
)

// WriteCalendar writes itineraries as one calendar file, an event a visit. Where they are
// several reps', every event names its rep. Without a single visit the file holds an empty
// journal entry: RFC 5545 wants a component in every calendar.
//
// An event is the same event in every export of that rep, week and account, so
// that importing anew moves it instead of doubling it; stamp, the moment of the
// export, tells the newer one. Times are written in UTC, reckoned from the clock of
// zone: an event that happens once needs no rules of a time zone then, and none of
// the three programs takes it for another hour.
func WriteCalendar(w io.Writer, stamp time.Time, zone *time.Location, itineraries ...Itinerary) error {
	calendar := ics.NewCalendarFor("Doppelpass")
	calendar.SetProductId("-//Doppelpass//Week//EN")
	calendar.SetCalscale("GREGORIAN")
	calendar.SetMethod(ics.MethodPublish)
	several, title := severalReps(itineraries), titleOf(itineraries)
	calendar.SetXWRCalName(title)
	for _, it := range itineraries {
		for _, away := range it.Away {
			event := calendar.AddEvent(fmt.Sprintf("away-%s-%s-%d@doppelpass", away.Date, url.QueryEscape(it.Rep.Code), int(away.Start)))
			event.SetDtStampTime(stamp)
			event.SetSequence(int(stamp.Unix() / 60))
			if away.Start == 0 && away.End == 0 {
				event.SetAllDayStartAt(away.Date.Time())
				event.SetAllDayEndAt((away.Date + 1).Time())
			} else {
				event.SetStartAt(moment(away.Date, away.Start, zone))
				event.SetEndAt(moment(away.Date, away.End, zone))
			}
			event.SetSummary(it.rep() + ": " + away.Title)
			event.SetTimeTransparency(ics.TransparencyOpaque)
		}
		for _, c := range it.Covers { // a note over the days, which leaves them free for visits
			event := calendar.AddEvent(fmt.Sprintf("cover-%s-%s-%s@doppelpass", c.From, url.QueryEscape(it.Rep.Code), url.QueryEscape(c.Rep)))
			event.SetDtStampTime(stamp)
			event.SetSequence(int(stamp.Unix() / 60))
			event.SetAllDayStartAt(c.From.Time())
			event.SetAllDayEndAt((c.To + 1).Time())
			event.SetSummary(it.rep() + ": " + c.Title)
			event.SetTimeTransparency(ics.TransparencyTransparent)
		}
		for _, day := range it.Days {
			for _, v := range day.Visits {
				event := calendar.AddEvent(eventID(it, v))
				event.SetDtStampTime(stamp)
				event.SetModifiedAt(stamp)
				event.SetSequence(int(stamp.Unix() / 60)) // a newer export wins
				event.SetStartAt(moment(day.Date, v.Start, zone))
				event.SetEndAt(moment(day.Date, v.End, zone))
				summary := v.Account.Name
				if several {
					summary = it.rep() + ": " + summary
				}
				event.SetSummary(summary)
				if several { // calendars colour by category

					event.AddCategory(it.rep())
				}
				if place := v.place(); place != "" {
					event.SetLocation(place)
				}
				if at := v.Account.At; at.Valid() {
					event.SetGeo(fmt.Sprintf("%.6f", at.Lat), fmt.Sprintf("%.6f", at.Lon))
				}
				event.SetDescription(it.rep() + "\n" + description(v))
				event.SetStatus(ics.ObjectStatusConfirmed)
				event.SetTimeTransparency(ics.TransparencyOpaque)
			}
		}
	}
	if len(calendar.Components) == 0 {
		empty := calendar.AddJournal(strings.ToLower(title) + "@doppelpass")
		empty.SetDtStampTime(stamp)
		empty.SetSummary(title)
	}
	if err := calendar.SerializeTo(w, ics.WithNewLine("\r\n")); err != nil {
		return fmt.Errorf("writing the calendar: %w", err)
	}
	return nil
}

// eventID names an event for all time. Codes may hold anything; what an identifier
// may not is written as in URLs.
func eventID(it Itinerary, v ItineraryVisit) string {
	id := strings.ToLower(it.week()) + "-" + url.QueryEscape(it.Rep.Code) + "-" + url.QueryEscape(v.Account.Code)
	if v.Again > 0 {
		id += fmt.Sprintf("-%d", v.Again+1)
	}
	return id + "@doppelpass"
}

// description is why to go, the phone, whom to ask for and what is noted about the account.
func description(v ItineraryVisit) string {
	var lines []string
	for _, line := range []string{v.Why, v.Account.Phone, v.People, v.Account.Email, v.Account.Note} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
