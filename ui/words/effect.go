package words

// What a change that is not saved yet would do to the signals.

import (
	"doppelpass/model"
	"doppelpass/ui/text"
)

// Effect says how many signals would be open: "24 open signals instead of 31".
func Effect(p *text.Printer, e model.Effect) string {
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

// Territories are the names of the signals' territories, each once, in the signals'
// order.
func Territories(p *text.Printer, b *model.Book, signals []model.Signal) []string {
	return namesOf(signals, func(s model.Signal) string { return AreaName(p, b, s.Territory) })
}

// MarkedTerritories are Territories with the glyph of the department whose turn it
// is, for lists of several kinds of signals.
func MarkedTerritories(p *text.Printer, b *model.Book, signals []model.Signal) []string {
	return namesOf(signals, func(s model.Signal) string { return KindGlyph(s.Kind) + " " + AreaName(p, b, s.Territory) })
}

func namesOf(signals []model.Signal, name func(model.Signal) string) []string {
	var names []string
	seen := map[string]bool{}
	for _, signal := range signals {
		if n := name(signal); !seen[n] {
			seen[n] = true
			names = append(names, n)
		}
	}
	return names
}
