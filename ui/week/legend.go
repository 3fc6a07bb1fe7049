package week

// What the marks in the week mean: those that are there, and as many as find room.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/ui/kit"
)

// legend is the rule above what is known of the visit under the cursor, with the meaning of
// the week's marks in it.
func (p *Page) legend() string {
	var pinned, fixed, fresh, proposed, wished bool
	d := p.draft()
	days := d.Week.Days[:]
	if !p.wide() && p.day >= 0 && p.day < len(days) { // the marks that are to be seen
		days = days[p.day : p.day+1]
	}
	for _, day := range days {
		for _, v := range day.Visits {
			pinned = pinned || d.Pinned(v.Stop)
			proposed = proposed || !d.Pinned(v.Stop)
			_, asks := d.Wished(v.Stop)
			wished = wished || asks
			fixed = fixed || d.TimeFixed(v.Stop) && !asks
			fresh = fresh || d.Stops[v.Stop].Standing.State == model.StateNew
		}
	}
	said, width := []string{}, 0
	for _, mark := range []struct {
		there bool
		name  string
	}{{wished, "wished"}, {pinned, "pinned"}, {fixed, "fixed"}, {pinned && proposed, "proposed"}, {fresh, "new"}, {p.besideVisits() > 0, "marketing"}} {
		words := p.s.Look.T("week.legend." + mark.name)
		if mark.there && width+kit.Width(words)+3 <= p.width-4 {
			said = append(said, words)
			width += kit.Width(words) + 3
		}
	}
	if len(said) == 0 {
		return p.s.Look.Rule(p.width)
	}
	words := " " + strings.Join(said, " · ") + " "
	return p.s.Look.Rule(p.width-kit.Width(words)-2) + p.s.Look.Paint(kit.Dim, words) + p.s.Look.Rule(2)
}
