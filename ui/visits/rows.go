package visits

// A visit as a row, and the weeks the rows are grouped by.

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
)

func (p *Page) row(i int) kit.Row {
	v := p.visits[i]
	return kit.Row{Cells: p.marked(v, tables.Visits.Cells(p.s.View(), v))}
}

// sparse reports that the visits lie so far apart that weeks would be too many
// headings: then they stand under their months.
func (p *Page) sparse() bool { return p.filter.text != "" || p.filter.account != "" }

func (p *Page) heading(i int) kit.Cell {
	if p.sparse() {
		month := p.monthName(p.visits[i].Date)
		if i > 0 && p.monthName(p.visits[i-1].Date) == month {
			return kit.Cell{}
		}
		return kit.Cell{Text: " " + month, Role: kit.Heading}
	}
	monday := p.visits[i].Date.Monday()
	if i > 0 && p.visits[i-1].Date.Monday() == monday {
		return kit.Cell{}
	}
	spans := []kit.Span{{Text: " " + p.weekName(monday), Role: kit.Heading}}
	if sum, whole := p.sum(monday); whole {
		spans = append(spans, kit.Span{Text: "   " + p.s.Look.Text.N("visits.met", sum.met), Role: kit.Dim})
	}
	return kit.Cell{Spans: spans}
}

// monthName is a day's month and year.
func (p *Page) monthName(day model.Date) string {
	t := day.Time()
	return p.s.Look.Text.Month(t.Month()) + " " + strconv.Itoa(t.Year())
}

// totals are a week's reports as far as they show.
type totals struct {
	met, notMet, other int
	value              model.Money
	minutes            int
	counted            int // rows
}

// add brings the totals up to date with the visits read.
func (p *Page) add() {
	p.pair()
	clear(p.weeks)
	for _, v := range p.visits {
		sum := p.weeks[v.Date.Monday()]
		switch v.Kind {
		case model.VisitMet:
			sum.met++
		case model.VisitNotMet:
			sum.notMet++
		default:
			sum.other++
		}
		sum.value += v.Value
		sum.minutes += v.Minutes
		sum.counted++
		p.weeks[v.Date.Monday()] = sum
	}
}

// sum is the totals of a week; whole says that all of it was read.
func (p *Page) sum(monday model.Date) (sum totals, whole bool) {
	return p.weeks[monday], p.before == 0 || p.before < monday
}

// paceWeeks is how many weeks the bars show.
const paceWeeks = 12

// pace is the counted visits a week in the territories of one rep.
type pace struct {
	rep   string
	weeks [paceWeeks]int // the last one is the week shown, else this week
}

func (p pace) sum() int {
	sum := 0
	for _, count := range p.weeks {
		sum += count
	}
	return sum
}

// lastWeek is the Monday of the last week of the bars.
func (p *Page) lastWeek() model.Date {
	if p.filter.week != 0 {
		return p.filter.week
	}
	return p.s.Today.Monday()
}

// count makes the bars, where they show. They come from the Book: reading the
// visits of twelve weeks would take too long where there are millions.
func (p *Page) count() {
	p.paces = p.paces[:0]
	if !p.split.Wide(p.width) {
		return
	}
	last := p.lastWeek() + 6
	first := last - 7*paceWeeks + 1
	places := map[string]int{}
	for _, area := range p.s.Book.Areas() {
		if !p.inPlace(area) || p.filter.rep != "" && area.Rep != p.filter.rep {
			continue
		}
		at, known := places[area.Rep]
		if !known {
			at = len(p.paces)
			places[area.Rep] = at
			p.paces = append(p.paces, pace{rep: area.Rep})
		}
		for _, customer := range area.Accounts() {
			if p.filter.account != "" && customer.Code != p.filter.account {
				continue
			}
			for day, count := range customer.Visits.All() {
				if day < first {
					break
				}
				if day <= last {
					p.paces[at].weeks[int(day-first)/7] += count
				}
			}
		}
	}
	slices.SortStableFunc(p.paces, func(a, b pace) int {
		return cmp.Or(cmp.Compare(b.sum(), a.sum()), strings.Compare(a.rep, b.rep))
	})
}

// sumLines are the right pane: the totals of the week under the cursor, and the
// reps' visits a week.
func (p *Page) sumLines(width int) []string {
	look, print := p.s.Look, p.s.Look.Text
	var lines []string
	if v, ok := p.current(); ok {
		monday := v.Date.Monday()
		sum, whole := p.sum(monday)
		lines = append(lines, look.Paint(kit.Heading, kit.Truncate(p.weekName(monday), width)))
		if !whole {
			lines = append(lines, look.Paint(kit.Dim, kit.Truncate(look.T("visits.sum.part"), width)))
		}
		pairs := []kit.Pair{{Label: "visits.sum.met", Value: kit.Cell{Text: print.Int(sum.met), Role: kit.Strong, Align: kit.AlignRight}}}
		for _, part := range []struct {
			label string
			count int
		}{{"visits.sum.not-met", sum.notMet}, {"visits.sum.other", sum.other}} {
			if part.count > 0 {
				pairs = append(pairs, kit.Pair{Label: part.label, Value: kit.Cell{Text: print.Int(part.count)}})
			}
		}
		if sum.value != 0 {
			pairs = append(pairs, kit.Pair{Label: "visits.sum.value", Value: kit.Cell{Text: print.Money(sum.value)}})
		}
		if sum.minutes > 0 {
			pairs = append(pairs, kit.Pair{Label: "visits.sum.hours", Value: kit.Cell{Text: look.T("visits.hours", text.Args{"Hours": print.Decimal(float64(sum.minutes)/60, 1)})}})
		}
		for i := range pairs {
			pairs[i].Value.Align = kit.AlignLeft
		}
		lines = append(lines, kit.KeyValue(look, pairs, width, 1)...)
		lines = append(lines, "")
	}
	if len(p.paces) == 0 {
		return lines
	}
	return append(lines, p.paceLines(width)...)
}

// paceLines are the reps' bars, all on one scale.
func (p *Page) paceLines(width int) []string {
	look, print := p.s.Look, p.s.Look.Text
	top := 0
	for _, pace := range p.paces {
		for _, count := range pace.weeks {
			top = max(top, count)
		}
	}
	name := max(width-paceWeeks-10, 8)
	lines := []string{
		look.Paint(kit.Heading, kit.Truncate(look.T("visits.pace.title"), width)),
		kit.Line(look, width, kit.Span{Text: kit.Fit("", name, kit.AlignLeft)},
			kit.Span{Text: kit.Fit(look.T("visits.pace.weeks"), paceWeeks+2, kit.AlignLeft), Role: kit.Dim},
			kit.Span{Text: kit.Fit(print.Week(p.lastWeek()), 6, kit.AlignRight), Role: kit.Dim}),
	}
	for _, pace := range p.paces {
		values := make([]float64, paceWeeks)
		for i, count := range pace.weeks {
			values[i] = float64(count)
		}
		rep := p.s.Book.RepName(pace.rep)
		if pace.rep == "" {
			rep = look.T("visits.vacant")
		}
		lines = append(lines, kit.Line(look, width, kit.Span{Text: kit.Fit(rep, name-1, kit.AlignLeft) + " "},
			kit.Span{Text: kit.SparklineTo(values, float64(top), paceWeeks), Role: kit.Sales},
			kit.Span{Text: "  " + kit.Fit(print.Int(pace.weeks[paceWeeks-1]), 6, kit.AlignRight), Role: kit.Strong}))
	}
	return lines
}
