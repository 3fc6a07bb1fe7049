// Package paper is the house of what is printed, sent or laid on a table: a page of
// blocks, written once and set as HTML that stands alone, as Markdown, or for a screen.
// It knows no trade: all words come in the reader's language.
package paper

import (
	"html/template"
	"io"
	"strings"

	"doppelpass/ui/text"
)

// Tone is what a piece of text or a chart is for. It never carries a meaning alone: a
// word or a glyph stands beside it.
type Tone string

// The tones.
const (
	Plain     Tone = ""
	Dim       Tone = "dim"
	Strong    Tone = "strong"
	Good      Tone = "good"
	Late      Tone = "late"
	Sales     Tone = "sales"
	Marketing Tone = "marketing"
)

// Page is one document.
type Page struct {
	Language text.Language
	Title    string
	Subtitle string
	Blocks   []Block
	Foot     string
	// Aside is an SVG of the program's own; it stands beside the blocks from AsideFrom on,
	// and only in HTML.
	Aside     template.HTML
	AsideFrom int
}

// Block is what belongs together, and is not parted where a page ends. Any part but the
// title may be missing.
type Block struct {
	Title string
	Lines []Line
	Table *Table
	Cards []Card
	Note  string // small, below
}

// Line is a sentence.
type Line struct {
	Mark string // a glyph in front; "": none
	Tone Tone   // of the mark
	Text string
}

// Table has a row of heads. In narrow places columns fall away by their Keep.
type Table struct {
	Heads []Head
	Rows  []Row
}

// Head is the head of a column.
type Head struct {
	Title string
	Right bool
	Tight bool // is not broken into lines on paper
	Keep  int  // the higher, the longer it stays where there is no room for all
}

// Row is a line of a table.
type Row struct {
	Cells []Cell
	Sum   bool // set apart from those above
}

// Cell is a cell: a glyph, a text, a chart, or none of them.
type Cell struct {
	Mark  string
	Text  string
	Tone  Tone
	Bar   *Bar
	Spark *Spark
}

// Bar is a share of 1, with a mark where it should be; 0: none.
type Bar struct {
	Share, Aim float64
	Tone       Tone
}

// Spark are values over time, the oldest first, with a line where they should be; 0: none.
type Spark struct {
	Values []float64
	Aim    float64
	Tone   Tone
}

// Card is one case that tells a story: what followed what.
type Card struct {
	Title string
	Steps []Step
	Note  string
}

// Step is a day on a card.
type Step struct {
	Mark string
	Tone Tone
	Day  string
	Text string
}

// Of is a cell of text.
func Of(s string) Cell { return Cell{Text: s} }

// Toned is a cell of text in a tone.
func Toned(tone Tone, s string) Cell { return Cell{Text: s, Tone: tone} }

// String is the card in a line.
func (c Card) String() string {
	said := c.Title
	for _, step := range c.Steps {
		said += " · " + strings.TrimSpace(step.Mark+" "+step.Day+" "+step.Text)
	}
	if c.Note != "" {
		said += " · " + c.Note
	}
	return said
}

// Formats are the ways to write a page to a file, by the endings of their names.
var Formats = map[string]func(io.Writer, Page) error{"html": HTML, "htm": HTML, "md": Markdown}
