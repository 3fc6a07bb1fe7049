package model

// Fair mode: a territory with one rep shows a person, so that a list by pace ranks
// people. While it is on nothing ranks or charts reps side by side, no person stands in
// what is made for a meeting, and a rep's own figures are for that rep and the lead.

// What the setting "fair" can say; the empty one leaves it to the country.
const (
	FairByCountry = ""
	FairOn        = "on"
	FairOff       = "off"
)

// FairChoices lists them in the order in which they are offered.
var FairChoices = [...]string{FairByCountry, FairOn, FairOff}

// fairCountries are those in which a works council has a say in what measures people:
// Germany (§ 87 (1) no. 6 BetrVG) and Austria (§ 96a ArbVG).
var fairCountries = map[string]bool{"DE": true, "AT": true}

// FairMode reports whether fair mode is on. Only the lead ends it, by a step of the
// history as for every setting.
func (s Settings) FairMode() bool {
	if s.Fair == FairByCountry {
		return fairCountries[s.Country]
	}
	return s.Fair == FairOn
}

// ShowsPersons is what every page, command and file asks that could name people of the
// house beside figures, or rank and chart them: the ledger, a briefing, a review, a list
// of territories by pace. It is false in fair mode.
func (b *Book) ShowsPersons() bool { return !b.settings.FairMode() }

// MaySeeFigures reports whether somebody may see a rep's own figures: the rep and the
// lead always, others unless fair mode is on. Where one person works alone there is
// nobody to protect from.
func (b *Book) MaySeeFigures(actor Actor, rep string) bool {
	return !b.settings.FairMode() || !b.Shared() || actor.Role == RoleLead || b.IsRep(actor, rep)
}

// Noted reports whether a look of somebody at a rep's own figures stands in the history:
// everybody's but the rep's own, where several people work on the business.
func (b *Book) Noted(actor Actor, rep string) bool {
	return rep != "" && b.Shared() && !b.IsRep(actor, rep)
}

// OneRep is the rep that all of some territories have, so that what they add up to is that
// rep's own; "" where there are several reps, or where there is none.
func OneRep(areas []*Area) string {
	rep := ""
	for _, a := range areas {
		if a.Rep == "" || rep != "" && a.Rep != rep {
			return ""
		}
		rep = a.Rep
	}
	return rep
}

// Unseen says that a rep's own figures are not for somebody, in fair mode.
type Unseen struct{ Rep string }

// Error implements error.
func (u Unseen) Error() string {
	return "in fair mode the figures of the rep " + u.Rep + " are for that rep and the lead"
}

// IsRep reports whether the actor is the rep with that code.
func (b *Book) IsRep(actor Actor, rep string) bool {
	person, known := b.people[actor.Person]
	return known && rep != "" && person.Rep == rep
}
