package tables

// What signals still lack, and what would mend it, as a file.

import (
	"doppelpass/model/ready"
	"doppelpass/store/exchange"
	"doppelpass/ui/words"
)

// Offer is one way to mend a gap.
type Offer struct {
	Gap  ready.Gap
	Way  ready.Way
	Plan ready.Plan
}

// Readiness is the table of what is lacking, a row an offer.
var Readiness = Table[Offer]{
	Name: "ready.title", Heads: "ready.file.",
	Columns: []Column[Offer]{
		{Key: "gap", Value: func(v View, o Offer) exchange.Cell { return exchange.TextCell(words.Gap(v.Text, o.Gap)) }},
		{Key: "offer", Value: func(v View, o Offer) exchange.Cell { return exchange.TextCell(words.Offer(v.Text, o.Gap.Kind, o.Way)) }},
		{Key: "size", Value: func(v View, o Offer) exchange.Cell {
			if len(o.Plan.Parts) == 0 {
				return exchange.Cell{}
			}
			return exchange.TextCell(words.MendSize(v.Text, o.Way, o.Plan))
		}},
	},
}
