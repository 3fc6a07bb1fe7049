package store

import (
	"doppelpass/model"
	"doppelpass/model/review"
)

// ReviewQuery asks for the visits that the review of a campaign looks at. It reads the
// day's Book; the question can then be asked beside it.
func ReviewQuery(d *model.Day, c model.Campaign) VisitQuery {
	targets, _ := review.Targets(d, c)
	among := make(map[string]bool, len(targets))
	for _, l := range targets {
		among[l.Code] = true
	}
	q := VisitQuery{Accept: func(account string) bool { return among[account] }}
	q.First, q.Last = review.Days(d, c)
	return q
}
