package model

// Where a campaign stands on a day.

// Phase is where a campaign stands: its status, or what follows from its days.
type Phase uint8

// The phases. From PhaseOver on nothing more is to come of the campaign.
const (
	PhaseUpcoming Phase = iota
	PhaseRunning
	PhaseOver
	PhaseDraft
	PhaseCancelled
)

var phaseWords = [...]string{PhaseUpcoming: "upcoming", PhaseRunning: "running", PhaseOver: "over", PhaseDraft: "draft", PhaseCancelled: "cancelled"}

// String is the phase's stable name.
func (p Phase) String() string { return wordOf(phaseWords[:], int(p)) }

// Phase is where the campaign stands on a day.
func (c Campaign) Phase(today Date) Phase {
	switch {
	case c.Status == CampaignCancelled:
		return PhaseCancelled
	case c.Status != CampaignPlanned:
		return PhaseDraft
	case today > c.End:
		return PhaseOver
	case today >= c.Start:
		return PhaseRunning
	}
	return PhaseUpcoming
}
