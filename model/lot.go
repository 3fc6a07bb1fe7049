package model

// A campaign's lot and the day of its review: both are settled before it begins, so that
// nobody can choose afterwards what it is measured by.

import "slices"

// ReviewAfter is how many days after its last day a campaign is reviewed where nobody has
// set another day: orders take their time.
const ReviewAfter = 28

// ReviewDay is the last day on which an order counts for the campaign; its review is the
// day after.
func (c Campaign) ReviewDay() Date {
	if c.Review != 0 {
		return c.Review
	}
	return c.End + ReviewAfter
}

// At is the campaign at other days; the day of its review moves with its end.
func (c Campaign) At(start, end Date) Campaign {
	if c.Review != 0 {
		c.Review = max(c.Review+end-c.End, end)
	}
	c.Start, c.End = start, end
	return c
}

// WithoutLot is the campaign as it was before a lot was drawn.
func (c Campaign) WithoutLot() Campaign {
	c.LotSeed, c.LotVisit, c.LotCall, c.LotNeither = 0, nil, nil, nil
	return c
}

// Lot is what a lot drew for an account.
type Lot uint8

// What a lot draws.
const (
	NotDrawn Lot = iota // the account took no part in it
	LotVisit
	LotCall
	LotNeither
	lots
)

// Lots is how many there are.
const Lots = int(lots)

// String is the stable word.
func (l Lot) String() string { return [...]string{"", "visit", "call", "neither"}[l] }

// HasLot reports whether a lot was drawn for the campaign.
func (c *Campaign) HasLot() bool { return len(c.LotVisit)+len(c.LotCall)+len(c.LotNeither) > 0 }

// Drew is what the campaign's lot drew for an account.
func (c *Campaign) Drew(account string) Lot {
	switch {
	case slices.Contains(c.LotVisit, account):
		return LotVisit
	case slices.Contains(c.LotCall, account):
		return LotCall
	case slices.Contains(c.LotNeither, account):
		return LotNeither
	}
	return NotDrawn
}

// LeavesOut reports whether the lot drew that the rep does not come to the account for the
// campaign. A visit that the account's own interval asks for is made all the same.
func (c *Campaign) LeavesOut(account string) bool {
	drew := c.Drew(account)
	return drew == LotCall || drew == LotNeither
}
