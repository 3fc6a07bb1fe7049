package kit

import "strings"

// Facts sets label and value pairs in as few lines as they need: two beside each
// other where both fit, a long one on a line of its own. Labels and values stand
// below one another.
func Facts(look *Look, pairs []Pair, width int) []string {
	const gap, between, worthwhile = 2, 3, 60
	half := width
	if width >= worthwhile {
		half = (width - between) / 2
	}
	label := 0
	for _, p := range pairs {
		label = max(label, Width(look.T(p.Label)))
	}
	label = min(label, max(half*3/5, 1))
	set := func(p Pair, room int) string {
		var b strings.Builder
		b.WriteString(look.Paint(Dim, Fit(look.T(p.Label), label, AlignLeft)))
		b.WriteString(Blank(gap))
		look.Theme.writeCell(&b, Plain, p.Value, max(room-label-gap, 1), AlignLeft)
		return FitLine(b.String(), room)
	}
	short := func(p Pair) bool { return half < width && label+gap+p.Value.width() <= half }
	var lines []string
	for i := 0; i < len(pairs); i++ {
		if i+1 < len(pairs) && short(pairs[i]) && short(pairs[i+1]) {
			lines = append(lines, set(pairs[i], half)+Blank(between)+set(pairs[i+1], width-half-between))
			i++
			continue
		}
		lines = append(lines, set(pairs[i], width))
	}
	return lines
}
