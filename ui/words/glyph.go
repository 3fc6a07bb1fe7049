package words

// The glyphs that stand for the departments and for what became of something, the
// same in the app and on the command line.

import "doppelpass/model"

// Glyphs of the departments, of reports that are missing, and of what is done.
const (
	SalesGlyph     = "▲"
	MarketingGlyph = "◆"
	ReportsGlyph   = "○"
	DoneGlyph      = "✓"
	HoldGlyph      = "■" // nothing of it goes
	CourseGlyph    = "✓" // comes by itself: nothing to do either
)

// RoleGlyph is a department's glyph.
func RoleGlyph(role model.Role) string {
	switch role {
	case model.RoleSales:
		return SalesGlyph
	case model.RoleMarketing:
		return MarketingGlyph
	}
	if role == model.RoleLook {
		return "·"
	}
	return "●"
}

// KindGlyph is the glyph of a kind of signal: its owner's, but for reports.
func KindGlyph(kind model.Kind) string {
	if kind == model.ReportsMissing {
		return ReportsGlyph
	}
	return RoleGlyph(kind.Owner())
}
