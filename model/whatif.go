package model

// What would be: the signals under other settings or with a campaign changed,
// before anybody has saved it.

// WithSettings are, without changing the Book, the signals under other settings.
func (b *Book) WithSettings(settings Settings, today Date) []Signal {
	other := b.sketch()
	other.settings = settings
	return other.Signals(today)
}

// WithCampaign are, without changing the Book, the signals if the campaign were
// as given.
func (b *Book) WithCampaign(c Campaign, today Date) []Signal {
	other := b.sketch()
	other.today = today
	if b.today == today { // what does not depend on the campaign need not be computed again
		before := b.campaigns[c.Code]
		for code, area := range other.areas {
			area.cache = b.areas[code].cache
			if before.Names(area.Territory) || c.Names(area.Territory) {
				area.cache.hasSignals = false
			}
		}
	}
	other.campaigns = make(map[string]Campaign, len(b.campaigns)+1)
	for code, campaign := range b.campaigns {
		other.campaigns[code] = campaign
	}
	other.campaigns[c.Code] = c
	return other.Signals(today)
}

// sketch is a Book that shares b's records but has caches of its own.
func (b *Book) sketch() *Book {
	other := *b
	other.today, other.sorted, other.ordered = 0, nil, nil
	other.areas = make(map[string]*Area, len(b.areas))
	for code, area := range b.areas {
		copied := *area
		copied.cache = areaCache{}
		other.areas[code] = &copied
	}
	return &other
}

// SignalKey tells signals of two days or two pictures of the business apart.
type SignalKey struct {
	Kind                Kind
	Territory, Campaign string
}

// Key identifies the signal: what it asks, where and for which campaign.
func (s Signal) Key() SignalKey {
	key := SignalKey{s.Kind, s.Territory, s.Campaign}
	if s.Kind != StepUpVisits {
		key.Campaign = ""
	}
	return key
}

// OpenCount is the number of signals that nobody has in hand yet.
func OpenCount(signals []Signal) int {
	count := 0
	for _, s := range signals {
		if !s.InHand {
			count++
		}
	}
	return count
}

// Compare tells what changes between two lists of signals: those that are open
// only before, and those open only after.
func Compare(before, after []Signal) (vanish, appear []Signal) {
	return openOnlyIn(before, after), openOnlyIn(after, before)
}

func openOnlyIn(list, other []Signal) []Signal {
	open := map[SignalKey]bool{}
	for _, s := range other {
		open[s.Key()] = !s.InHand
	}
	var only []Signal
	for _, s := range list {
		if !s.InHand && !open[s.Key()] {
			only = append(only, s)
		}
	}
	return only
}
