package words

// What came of a visit.

import (
	"doppelpass/model"
	"doppelpass/ui/text"
)

// VisitResult is the outcome of a visit, or what kind of a report it is.
func VisitResult(p *text.Printer, v model.Visit) string {
	if v.Kind != model.VisitMet || v.Outcome == "" || v.Outcome == "none" {
		return p.T("visit.kind." + v.Kind.String())
	}
	return Outcome(p, v.Outcome)
}

// Outcome is a visit's outcome in the person's language; a team's own words stay as
// they are.
func Outcome(p *text.Printer, outcome string) string {
	if key := "outcome." + outcome; outcome != "" && p.Has(key) {
		return p.T(key)
	}
	return outcome
}
