package answer

// Cases of a Book: the facts of the days gone by are looked up in it.

import "doppelpass/model"

// longestCase bounds how far back a case without a campaign is followed, in days.
const longestCase = 364

// factsOf are the facts of each day from first to last.
func factsOf(d *model.Day, key model.SignalKey, first, last model.Date) (facts []Fact) {
	days := d.WatchDays(key, first, last)
	facts = make([]Fact, len(days))
	for i, watched := range days {
		facts[i] = Fact{first + model.Date(i), watched}
	}
	return facts
}

// campaignFacts are the facts of a signal that asks for visits, from its first possible
// day on.
func campaignFacts(d *model.Day, key model.SignalKey, c model.Campaign, answers []model.Answer) []Fact {
	first := c.Start - model.Date(d.Settings().Horizon)
	if len(answers) > 0 { // the campaign may have been moved since
		first = min(first, answers[0].Date)
	}
	return factsOf(d, key, first-1, min(d.Date(), c.End+1))
}

// Cases are a signal's cases up to a day, in order; none where it was never raised. It
// looks at many days: keep what it gives, until the area's revision has moved on.
func Cases(d *model.Day, key model.SignalKey) []Case {
	b := d.Book()
	area := b.Area(key.Territory)
	if area == nil {
		return nil
	}
	frame := Frame{Signal: key, Works: WorkingIn(d, area.Territory)}
	answers := b.Answers(key)
	if key.Kind != model.StepUpVisits {
		return Follow(frame, factsBack(d, key, answers, frame.Works), answers)
	}
	campaign, ok := b.Campaign(key.Campaign)
	if !ok {
		return nil
	}
	frame.Start, frame.End = campaign.Start, campaign.End
	return Follow(frame, campaignFacts(d, key, campaign, answers), answers)
}

// factsBack are the facts since the signal was away for long enough to be another one.
func factsBack(d *model.Day, key model.SignalKey, answers []model.Answer, works Working) (facts []Fact) {
	first := d.Date()
	if len(answers) > 0 {
		first = min(first, answers[0].Date)
	}
	facts = factsOf(d, key, min(first, d.Date()-longestCase)+1, d.Date())
	away, from := 0, len(facts)
	for from > 0 && (away <= ClosingDays || facts[from-1].Date >= first) {
		from--
		switch {
		case facts[from].Raised:
			away = 0
		case works(facts[from].Date):
			away++
		}
	}
	return facts[from:]
}

// Of is the case of a signal that runs on a day; false where there is none, such as of
// one that is on course and was never open.
func Of(d *model.Day, key model.SignalKey) (Case, bool) {
	cases := Cases(d, key)
	if len(cases) == 0 || !cases[len(cases)-1].Running() {
		return Case{}, false
	}
	return cases[len(cases)-1], true
}
