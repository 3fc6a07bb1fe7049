package tables

// The trade's marks: glyphs with their colours, the same on every page.

import (
	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// RoleMark is a department's glyph and accent.
func RoleMark(role model.Role) (glyph string, accent kit.Role) {
	glyph, accent = words.RoleGlyph(role), kit.Text
	switch role {
	case model.RoleSales:
		accent = kit.Sales
	case model.RoleMarketing:
		accent = kit.Marketing
	}
	return glyph, accent
}

// KindMark is the glyph and accent of a kind of signal.
func KindMark(kind model.Kind) (glyph string, accent kit.Role) {
	_, accent = RoleMark(kind.Owner())
	return words.KindGlyph(kind), accent
}

// StateCell is an account's standing as a word in its colour, with a glyph.
func StateCell(p *text.Printer, standing model.Standing) kit.Cell {
	word := words.State(p, standing.State)
	switch standing.State {
	case model.StateOverdue, model.StateNever:
		return kit.Cell{Text: "○ " + word, Role: kit.Late}
	case model.StateDue:
		return kit.Cell{Text: "· " + word, Role: kit.Text}
	case model.StateOnTrack:
		return kit.Cell{Text: words.DoneGlyph + " " + word, Role: kit.Good}
	}
	return kit.Cell{Text: "  " + word, Role: kit.Dim}
}
