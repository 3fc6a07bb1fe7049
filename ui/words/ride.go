package words

// Days worth joining a rep on, and who was out.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/model/ride"
	"doppelpass/ui/text"
)

// RideCampaigns says how many visits of a day are at customers of campaigns, and of which:
// "4 at customers of Spring mailing"; "" where none is.
func RideCampaigns(p *text.Printer, b *model.Book, day ride.Day) string {
	if day.Aimed == 0 {
		return ""
	}
	var names []string
	for _, in := range day.Campaigns {
		names = append(names, CampaignName(b, in.Campaign))
	}
	return p.N("rides.aimed", day.Aimed, text.Args{"Campaigns": strings.Join(names, ", ")})
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
