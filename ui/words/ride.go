package words

// Days worth joining a rep on, and who was out.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/model/ride"
	"doppelpass/ui/text"
)

// RideCampaigns says how many visits of a day are at customers of campaigns, and of which:
// "4 of them at customers of Spring mailing"; "" where none is. The message rides.aimed says
// it as a sentence, rides.aimed.short where there is little room.
func RideCampaigns(p *text.Printer, b *model.Book, message string, day ride.Day) string {
	if day.Aimed == 0 {
		return ""
	}
	var names []string
	for _, in := range day.Campaigns {
		names = append(names, CampaignName(b, in.Campaign))
	}
	return p.N(message, day.Aimed, text.Args{"Campaigns": strings.Join(names, ", ")})
}

// rideReps is how many reps are named.
const rideReps = 3

// RideReps says with whom somebody was out: the first by name, of the others how many.
func RideReps(p *text.Printer, b *model.Book, reps []string) string {
	var names []string
	for _, rep := range reps[:min(len(reps), rideReps)] {
		names = append(names, b.RepName(rep))
	}
	if more := len(reps) - rideReps; more > 0 {
		names = append(names, p.N("rides.out.more", more))
	}
	if len(names) == 0 {
		return ""
	}
	return p.T("rides.out.with", text.Args{"Reps": strings.Join(names, ", ")})
}

// RideRows says at how many visits somebody was and on how many calls: "4 visits, 12 calls".
func RideRows(p *text.Printer, g ride.Guest) string {
	var parts []string
	if g.Visits > 0 {
		parts = append(parts, p.N("rides.visits", g.Visits))
	}
	if g.Calls > 0 {
		parts = append(parts, p.N("rides.calls", g.Calls))
	}
	return strings.Join(parts, ", ")
}

// rideGuests is how many who were out are named in a sentence.
const rideGuests = 6

// RideOut says in sentences who was out since a day, and who of the team was not:
// "Out since 1 Oct: Lena Neumann (marketing) on 4 days. Not out yet: Paul Albrecht (sales)."
func RideOut(p *text.Printer, guests []ride.Guest, not []model.Person, since, today model.Date) string {
	var names []string
	for _, g := range guests[:min(len(guests), rideGuests)] {
		name := g.Name
		if g.Department != "" {
			name = p.T("rides.person", text.Args{"Name": name, "Department": Role(p, g.Department)})
		}
		names = append(names, p.N("rides.out.who", g.Days, text.Args{"Name": name}))
	}
	if more := len(guests) - rideGuests; more > 0 {
		names = append(names, p.N("rides.out.more", more))
	}
	said := p.T("rides.out", text.Args{"Day": p.DayOf(since, today)}) + ": " + strings.Join(names, ", ") + "."
	if len(names) == 0 {
		said = p.T("rides.out", text.Args{"Day": p.DayOf(since, today)}) + ": " + p.T("rides.out.none")
	}
	if len(not) > 0 {
		said += " " + p.T("rides.not-out", text.Args{"Names": RidePeople(p, not)}) + "."
	}
	return said
}

// RidePeople are people by name with their department.
func RidePeople(p *text.Printer, people []model.Person) string {
	var names []string
	for _, person := range people {
		names = append(names, p.T("rides.person", text.Args{"Name": person.Actor("").Name, "Department": Role(p, person.Side())}))
	}
	return strings.Join(names, ", ")
}
