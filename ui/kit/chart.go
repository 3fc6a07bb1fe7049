package kit

// Small charts of one line, made of block characters. All return plain text,
// exactly width cells wide; the caller paints it (in a table cell, by a role).

import (
	"math"
	"strings"
)

var eighthsUp = [...]rune{'▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'}

var eighthsRight = [...]rune{'▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'}

// SparklineTo draws the last width values, scaled from 0 to the highest of them
// and at least to top, so that several can be compared with one another or with a
// needed value; fewer values stand at the right. A value above 0 never looks like 0.
func SparklineTo(values []float64, top float64, width int) string {
	if width <= 0 {
		return ""
	}
	values = values[max(len(values)-width, 0):]
	for _, v := range values {
		if !math.IsInf(v, 0) {
			top = math.Max(top, v)
		}
	}
	var b strings.Builder
	b.WriteString(Blank(width - len(values)))
	for _, v := range values {
		b.WriteRune(eighthsUp[step(v, top)])
	}
	return b.String()
}

// step is the height of a value in eighths, 0 only for nothing.
func step(v, top float64) int {
	switch {
	case !(v > 0) || !(top > 0):
		return 0
	case v >= top:
		return 7
	}
	return min(max(int(math.Ceil(v/top*7)), 1), 7)
}

// Bar draws a share (0 … 1) as a filled bar, in eighths of a cell, and ▁ for the
// rest.
func Bar(share float64, width int) string {
	filled, rest := BarParts(share, width)
	return filled + rest
}

// BarParts is Bar in two pieces, to be painted differently. A share above 0
// fills at least an eighth, and only 1 fills all.
func BarParts(share float64, width int) (filled, rest string) {
	if width <= 0 {
		return "", ""
	}
	if !(share > 0) { // NaN too
		return "", strings.Repeat("▁", width)
	}
	total := 8 * width
	eighths := min(max(int(math.Round(math.Min(share, 1)*float64(total))), 1), total)
	if share < 1 {
		eighths = min(eighths, total-1)
	}
	filled = strings.Repeat("█", eighths/8)
	cells := eighths / 8
	if part := eighths % 8; part > 0 {
		filled += string(eighthsRight[part-1])
		cells++
	}
	return filled, strings.Repeat("▁", width-cells)
}

// BarSpans is Bar for a table cell: the filled part in a role, the rest faint.
func BarSpans(share float64, width int, role Role) []Span {
	filled, rest := BarParts(share, width)
	return []Span{{Text: filled, Role: role}, {Text: rest, Role: Faint}}
}

// Meter draws a share in whole cells, ▇ and ▁, as urgency is shown in lists.
func Meter(share float64, width int) string {
	if width <= 0 {
		return ""
	}
	cells := 0
	if share > 0 {
		cells = min(max(int(math.Round(share*float64(width))), 1), width)
	}
	return strings.Repeat("▇", cells) + strings.Repeat("▁", width-cells)
}

// Gauge draws a value against a needed one on a scale from 0 to top: a bar with
// a marker ┊ where the needed value stands. The spans are the bar in role, the
// marker strong and the rest faint; top 0 scales to the larger of the two.
func Gauge(value, needed, top float64, width int, role Role) []Span {
	if width <= 0 {
		return nil
	}
	if !(top > 0) {
		top = math.Max(value, needed)
	}
	if !(top > 0) {
		top = 1
	}
	bar := []rune(Bar(value/top, width))
	filledPart, _ := BarParts(value/top, width)
	filled := len([]rune(filledPart))
	at := min(max(int(math.Round(needed/top*float64(width)))-1, 0), width-1)
	var spans []Span
	for i, r := range bar {
		span := Span{Text: string(r), Role: Faint}
		if i < filled {
			span.Role = role
		}
		if i == at && needed > 0 {
			span = Span{Text: "┊", Role: Strong}
		}
		if n := len(spans); n > 0 && spans[n-1].Role == span.Role {
			spans[n-1].Text += span.Text
		} else {
			spans = append(spans, span)
		}
	}
	return spans
}

// WindowLine draws a stretch of time with the moment something begins in it:
// ├────●════┤. The share of the moment (0 … 1) is where ● stands; today, also as
// a share, is drawn as ┊ unless it lies outside or on ●.
func WindowLine(moment, today float64, width int) string {
	if width < 3 {
		return Fit("●", width, AlignLeft)
	}
	place := func(share float64) int {
		return 1 + min(max(int(math.Round(share*float64(width-3))), 0), width-3)
	}
	at := place(moment)
	line := make([]rune, width)
	for i := range line {
		switch {
		case i < at:
			line[i] = '─'
		default:
			line[i] = '═'
		}
	}
	line[0], line[width-1] = '├', '┤'
	if today >= 0 && today <= 1 {
		line[place(today)] = '┊'
	}
	line[at] = '●'
	return string(line)
}
