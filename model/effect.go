package model

// The effect of a change that is not saved yet: what it would do to the signals.

// Effect is the difference between the signals that are and those that would be.
type Effect struct {
	Before, After  int      // open signals
	Changed        int      // signals open before and after, with other numbers
	Vanish, Appear []Signal // open only before, open only after
}

// EffectOf compares two lists of signals.
func EffectOf(before, after []Signal) Effect {
	e := Effect{Before: OpenCount(before), After: OpenCount(after)}
	e.Vanish, e.Appear = Compare(before, after)
	numbers := map[SignalKey]signalFigures{}
	for _, signal := range before {
		numbers[signal.Key()] = figuresOf(signal)
	}
	for _, signal := range after {
		if was, ok := numbers[signal.Key()]; ok && was != figuresOf(signal) {
			e.Changed++
		}
	}
	return e
}

// None reports that the same signals stay open.
func (e Effect) None() bool { return len(e.Vanish) == 0 && len(e.Appear) == 0 }

// signalFigures are the numbers of a signal that a person sees.
type signalFigures struct {
	urgency, needed, served, booked, gap, beyond int
	contact                                      Coverage
	calls                                        int
}

func figuresOf(s Signal) signalFigures {
	r := s.Readiness
	return signalFigures{s.Urgency, r.Needed, r.Served, r.Booked, r.Gap, r.Beyond, s.Contact.Coverage, len(s.Contact.CallList)}
}
