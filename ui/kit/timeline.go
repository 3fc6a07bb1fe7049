package kit

// The time line: weeks across, spans of days as different fills, and today as a
// line through all rows.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/ui/text"
)

// TimeLine maps days to cells. All its rows are Width cells wide.
type TimeLine struct {
	First   model.Date // a Monday
	Weeks   int
	PerWeek int // cells a week
	Today   model.Date
	Width   int
}

// NewTimeLine lays out as many weeks as fit from the Monday of first on, with
// perWeek cells each (2 … 14; 0: 5).
func NewTimeLine(first, today model.Date, width, perWeek int) TimeLine {
	if perWeek <= 0 {
		perWeek = 5
	}
	perWeek = min(max(perWeek, 2), 14)
	return TimeLine{First: first.Monday(), Weeks: max(width/perWeek, 1), PerWeek: perWeek, Today: today, Width: max(width, 0)}
}

// Last is the last day that shows.
func (l TimeLine) Last() model.Date { return l.First + model.Date(7*l.Weeks) - 1 }

// Column is the cell a day begins in; below 0 or from Width on when it does not
// show.
func (l TimeLine) Column(d model.Date) int {
	days := int(d - l.First)
	if days < 0 {
		return (days*l.PerWeek - 6) / 7
	}
	return days * l.PerWeek / 7
}

// Day is the day drawn at a cell.
func (l TimeLine) Day(column int) model.Date {
	return l.First + model.Date((column*7+l.PerWeek-1)/l.PerWeek)
}

// Stretch is a span of days in a row: From … To, both included, filled with Fill.
// With Edges, ┊ stands at its first and last cell.
type Stretch struct {
	From, To model.Date
	Fill     rune // ┄ window, ▇ running …
	Edges    bool
	Role     Role
}

// Row draws stretches, later ones over earlier ones, with today's line: spans for
// a table cell or for Line, Width cells in all.
func (l TimeLine) Row(stretches ...Stretch) []Span {
	glyphs := []rune(Blank(l.Width))
	roles := make([]Role, l.Width)
	for _, s := range stretches {
		if s.To < s.From || s.To < l.First || s.From > l.Last() {
			continue
		}
		from := l.Column(s.From)
		to := max(l.Column(s.To+1)-1, from)
		for x := max(from, 0); x <= to && x < l.Width; x++ {
			glyphs[x], roles[x] = s.Fill, s.Role
			if s.Edges && (x == from || x == to) {
				glyphs[x] = '┊'
			}
		}
	}
	if x := l.Column(l.Today); x >= 0 && x < l.Width {
		glyphs[x], roles[x] = '│', Strong
	}
	return spansOf(glyphs, roles)
}

// spansOf groups cells of the same role.
func spansOf(glyphs []rune, roles []Role) []Span {
	var spans []Span
	for from := 0; from < len(glyphs); {
		to := from + 1
		for to < len(glyphs) && roles[to] == roles[from] {
			to++
		}
		spans = append(spans, Span{Text: string(glyphs[from:to]), Role: roles[from]})
		from = to
	}
	return spans
}

// Heads are the two lines above the rows: months where they begin, and week
// numbers, as many as fit; today's line runs through the second.
func (l TimeLine) Heads(p *text.Printer) (months, weeks []Span) {
	monthCells, weekCells := l.blank(), l.blank()
	monthRoles, weekRoles := make([]Role, l.Width), make([]Role, l.Width)
	for i := range monthRoles {
		monthRoles[i], weekRoles[i] = Heading, Dim
	}
	free, freeWeek := 0, 0
	for week := range l.Weeks {
		monday := l.First + model.Date(7*week)
		x := week * l.PerWeek
		if day := monday.Time().Day(); (week == 0 || day <= 7) && x >= free {
			label := p.Month(monday.Time().Month())
			if monday.Time().Month() == 1 && week > 0 {
				label += " " + monday.Time().Format("2006")
			}
			free = put(monthCells, x, label) + 1
		}
		if x >= freeWeek {
			label := p.Week(monday)
			if Width(label) >= l.PerWeek {
				_, number := monday.ISOWeek()
				label = strings.TrimSpace(p.Int(number))
			}
			freeWeek = put(weekCells, x, label) + 1
		}
	}
	if x := l.Column(l.Today); x >= 0 && x < l.Width && weekCells[x] == ' ' {
		weekCells[x], weekRoles[x] = '│', Strong
	}
	return spansOf(monthCells, monthRoles), spansOf(weekCells, weekRoles)
}

func (l TimeLine) blank() []rune { return []rune(Blank(l.Width)) }

// put writes a label into cells, if it fits whole, and returns where it ends.
func put(cells []rune, x int, label string) int {
	letters := []rune(label)
	if x+len(letters) > len(cells) {
		return x
	}
	copy(cells[x:], letters)
	return x + len(letters)
}
