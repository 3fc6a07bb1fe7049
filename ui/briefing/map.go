package briefing

// The map beside the sheet.

import (
	"html/template"

	"doppelpass/model"
	"doppelpass/model/briefing"
	"doppelpass/ui/maps"
	"doppelpass/ui/text"
)

// Map draws the territories with what campaigns want, small enough to stand beside the
// sheet's last blocks. A briefing of a part of the business has none.
func Map(p *text.Printer, d *model.Day, b briefing.Briefing) template.HTML {
	if b.Part {
		return ""
	}
	picture := maps.Look(d, d.Signals(), b.Clashes, maps.Scope{})
	if len(picture.Points) == 0 {
		return ""
	}
	return template.HTML(maps.SVG(p, d, picture, maps.Drawing{Width: mapWidth, Height: mapHeight, Layers: maps.Territories | maps.Campaigns})) //nolint:gosec // drawn by the program, names escaped
}

// The map's size in CSS pixels, without its legend.
const (
	mapWidth  = 340
	mapHeight = 250
)
