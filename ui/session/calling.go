package session

// Calling: what a list of calls is opened from, and the session as a caller.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/store"
)

// PageCalling is the page on which calls are made; opened by actions, it has no
// number.
const PageCalling PageName = "calling"

// Leaver is a page that gives something back when another page is turned to.
type Leaver interface{ Leave() }

// The kinds of target that the calling page opens.
const (
	CallsOfSignal   = "signal"
	CallsOfCampaign = "campaign"
	CallsOfAccounts = "accounts"
	CallsOwed       = "owed" // only what was promised
)

// CallsTarget is the target of the calling page for a signal by its target, a campaign
// by its code, or accounts by theirs.
func CallsTarget(kind string, of ...string) string { return kind + "\n" + strings.Join(of, "\n") }

// ParseCallsTarget reads a CallsTarget.
func ParseCallsTarget(target string) (kind string, of []string) {
	kind, rest, found := strings.Cut(target, "\n")
	if !found {
		return kind, nil
	}
	return kind, strings.Split(rest, "\n")
}

// Caller is the session as a caller: what it has in front of it, nobody else is given.
func (s *Session) Caller() *store.Caller {
	if claims := s.live.Claims(); s.caller == nil || s.callerOf != claims {
		s.caller, s.callerOf = claims.Caller(s.context, s.Actor.Name), claims
	}
	return s.caller
}

// Minute is the minute of the day by the clock.
func (s *Session) Minute() int {
	now := s.Time()
	return now.Hour()*60 + now.Minute()
}

// ClockNow is the time of day by the clock.
func (s *Session) ClockNow() model.Clock { return model.Clock(s.Minute() + 1) }
