// Package effect tells what a change that is not saved yet would do to the
// signals.
package effect

import (
	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

// Effect is the difference between the signals of today and those that would be.
type Effect struct {
	Before, After  int            // open signals
	Changed        int            // signals open before and after, with other numbers
	Vanish, Appear []model.Signal // open only before, open only after
}

// Of compares the session's signals with those that would be.
func Of(s *session.Session, after []model.Signal) Effect {
	before := s.Signals()
	e := Effect{Before: model.OpenCount(before), After: model.OpenCount(after)}
	e.Vanish, e.Appear = model.Compare(before, after)
	numbers := map[model.SignalKey]figures{}
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

// figures are the numbers of a signal that a person sees.
type figures struct {
	urgency, needed, served, booked, gap, beyond int
	contact                                      model.Coverage
	calls                                        int
}

func figuresOf(s model.Signal) figures {
	r := s.Readiness
	return figures{s.Urgency, r.Needed, r.Served, r.Booked, r.Gap, r.Beyond, s.Contact.Coverage, len(s.Contact.CallList)}
}

// None reports that the same signals stay open.
func (e Effect) None() bool { return len(e.Vanish) == 0 && len(e.Appear) == 0 }

// Count says how many signals would be open: "24 open signals instead of 31".
func (e Effect) Count(p *text.Printer) string {
	key := "effect.count"
	switch {
	case e.None() && e.Changed > 0:
		key = "effect.numbers"
	case e.None():
		key = "effect.none"
	case e.Before == e.After:
		key = "effect.others"
	}
	return p.N(key, e.After, text.Args{"Before": p.Int(e.Before), "Changed": p.Int(e.Changed)})
}

// Names are the territories of signals, each once, in the signals' order.
func Names(s *session.Session, signals []model.Signal) []string {
	var names []string
	seen := map[string]bool{}
	for _, signal := range signals {
		if !seen[signal.Territory] {
			seen[signal.Territory] = true
			names = append(names, s.AreaName(signal.Territory))
		}
	}
	return names
}

// Marked are Names with the glyph of the department whose turn it is, for lists of
// several kinds of signals.
func Marked(s *session.Session, signals []model.Signal) []string {
	var names []string
	seen := map[string]bool{}
	for _, signal := range signals {
		glyph, _ := Mark(signal.Kind)
		name := glyph + " " + s.AreaName(signal.Territory)
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}

// Mark is the glyph and accent of a kind of signal.
func Mark(kind model.Kind) (glyph string, accent kit.Role) {
	glyph, accent = session.RoleMark(kind.Owner())
	if kind == model.ReportsMissing {
		glyph = session.ReportsGlyph
	}
	return glyph, accent
}

// List writes names as an enumeration, shortened to most of them: "Ulm, Ostalb
// and 3 more". A single name is never left out for the sake of brevity.
func List(p *text.Printer, names []string, most int) string {
	switch {
	case len(names) == 0:
		return ""
	case len(names) == 1:
		return names[0]
	case len(names) > most+1:
		return p.T("effect.list.more", text.Args{"Names": join(names[:most]), "Count": p.Int(len(names) - most)})
	}
	last := len(names) - 1
	return p.T("effect.list.last", text.Args{"Names": join(names[:last]), "Last": names[last]})
}

func join(names []string) string {
	list := names[0]
	for _, name := range names[1:] {
		list += ", " + name
	}
	return list
}
