package ready

// Public holidays: working days are counted without them, so each territory needs the
// calendar of where its accounts lie.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/model/place"
)

// calendarFor is the calendar that a territory without one should have: that of the Land,
// or else of the country, in which all of its active accounts with a postcode lie; "" where
// it has one, where the team has one for all, or where that is not clear.
func calendarFor(book *model.Book, area *model.Area) string {
	settings := book.Settings()
	if !area.Known || area.Calendar != "" || settings.Calendar != "" {
		return ""
	}
	home, found := settings.Country, ""
	if area.Country != "" {
		home = area.Country
	}
	for _, a := range area.Accounts() {
		if a.Inactive || a.Address.Postcode == "" {
			continue
		}
		calendar := place.Calendar(place.CountryCode(a.Address.Country, home), a.Address.Postcode)
		country, _, _ := strings.Cut(calendar, "-")
		other, _, _ := strings.Cut(found, "-")
		switch {
		case calendar == "", found != "" && country != other:
			return ""
		case found == "":
			found = calendar
		case found != calendar:
			found = country // several Länder: the days that all of them keep
		}
	}
	return found
}

// ByLand gives territories without a calendar that of where their accounts lie. A part's
// Rep is empty, its Name the territory's, its Calendar the one it gets.
func ByLand(book *model.Book) (plan Plan) {
	for _, area := range book.Areas() {
		calendar := calendarFor(book, area)
		if calendar == "" || !hasActive(area) {
			continue
		}
		after := area.Territory
		after.Calendar = calendar
		plan.Edits = append(plan.Edits, model.Edit{Before: area.Territory, After: after})
		part := Part{Code: area.Code, Name: area.Name, Calendar: calendar}
		for _, a := range area.Accounts() {
			if !a.Inactive {
				part.Accounts++
			}
		}
		plan.Parts = append(plan.Parts, part)
	}
	return plan
}
