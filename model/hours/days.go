package hours

// Which days a rule is for: seasons and days in any order, lists, ranges, the nth of a month.

import (
	"slices"
	"time"
)

// selectors read seasons and days, in any order; part is a part of the day named with
// them.
func (p *parser) selectors(r *Rule) (part word, err error) {
	for {
		switch t := p.peek(); {
		case t.isSign(":") && (p.at == 0 || p.tokens[p.at-1].kind != sign || p.tokens[p.at-1].isSign(")]")):
			p.at++
		case t.means(seasons):
			return part, p.wrong("when is that?")
		case t.means(from) && p.dayAt(1):
			p.at++
		case t.means(from) && p.seasonAt(1):
			p.at++
			p.open = true
		case t.means(forenoon), t.means(afternoon), t.means(evening):
			if t.value > 0 {
				r.Days.Week[t.value-1] = true
			}
			part = t.word
			p.at++
		case p.dayStarts():
			if err := p.days(&r.Days); err != nil {
				return part, err
			}
		case p.seasonStarts():
			if err := p.seasons(r); err != nil {
				return part, err
			}
		case t.isSign("-") && (p.ahead(1).means(forenoon) || p.ahead(1).means(afternoon)): // Mittwoch-Nachmittag
			p.at++
		case t.isSign("(") && p.ahead(1).means(sun):
			return part, nil
		case t.isSign(",/(") && (p.timeAt(1) || p.ahead(1).means(off)): // Mo-Fr, 8-12
			p.at++
			return part, nil
		default:
			return part, nil
		}
	}
}

func (p *parser) dayStarts() bool { return p.dayAt(0) }

func (p *parser) dayAt(n int) bool {
	t := p.ahead(n)
	if t.kind == number && t.sep == 0 && t.dot { // 1. Samstag
		for n++; p.ahead(n).kind == number && p.ahead(n).dot || p.ahead(n).means(and) || p.ahead(n).isSign(","); n++ {
		}
		return p.ahead(n).means(weekday)
	}
	return t.kind == named && slices.Contains([]meaning{weekday, daily, working, workdays, weekend, holiday, school, first}, t.meaning)
}

// days read a list of days: Mo-Fr, Mo,Mi, Sa[1], PH, täglich.
func (p *parser) days(d *Days) error {
	for {
		if err := p.dayRange(d); err != nil {
			return err
		}
		p.take(dayWord)
		switch t := p.peek(); {
		case p.single && !p.dayStarts():
			return nil
		case (t.isSign(",/&+") || t.means(and)) && p.dayAt(1):
			p.at++
		case t.isSign(",") && p.ahead(1).means(and) && p.dayAt(2):
			p.at += 2
		case p.dayStarts(): // without anything between
		default:
			return nil
		}
	}
}

func (p *parser) dayRange(d *Days) error {
	t := *p.peek()
	if t.kind == number || t.means(first) {
		return p.nthOf(d)
	}
	p.at++
	set := func(days ...time.Weekday) {
		for _, day := range days {
			d.Week[day] = true
		}
	}
	switch t.meaning {
	case holiday:
		d.Holidays = true
	case school:
		d.Schools = true
	case daily:
		set(0, 1, 2, 3, 4, 5, 6)
	case working:
		set(1, 2, 3, 4, 5)
	case workdays:
		set(1, 2, 3, 4, 5, 6)
	case weekend:
		set(6, 0)
	case weekday:
		if p.takeSign("[") {
			return p.nth(d, time.Weekday(t.value))
		}
		if p.is(until) && p.ahead(1).means(weekday) && p.take(until) || p.peek().isSign("-") && p.ahead(1).means(weekday) && p.takeSign("-") || p.peek().isSign("-") && p.ahead(1).means(until) && p.takeSign("-") && p.take(until) {
			last := p.peek()
			if !last.means(weekday) {
				return p.wrong("until which day?")
			}
			p.at++
			for day := time.Weekday(t.value); ; day = (day + 1) % 7 {
				set(day)
				if int(day) == last.value {
					return nil
				}
			}
		}
		set(time.Weekday(t.value))
	}
	return nil
}

// nth reads the inside of Sa[1,3] and Fr[-1].
func (p *parser) nth(d *Days, day time.Weekday) error {
	for {
		sign := 1
		if p.takeSign("-") {
			sign = -1
		}
		t := p.peek()
		if t.kind != number || t.sep != 0 || t.hour < 1 || t.hour > 5 || t.digits != 1 {
			return p.wrong("which of the month?")
		}
		p.at++
		last := t.hour
		if sign > 0 && p.peek().isSign("-") && p.ahead(1).kind == number {
			p.at++
			last = p.peek().hour
			p.at++
			if last < t.hour || last > 5 {
				return p.wrong("which of the month?")
			}
		}
		for n := t.hour; n <= last; n++ {
			d.Nth = append(d.Nth, Nth{day, sign * n})
		}
		switch {
		case p.takeSign("]"):
			return nil
		case !p.takeSign(","):
			return p.wrong("] is missing")
		}
	}
}

// nthOf reads "1. und 3. Samstag" and "last Friday".
func (p *parser) nthOf(d *Days) error {
	var ns []int
	for {
		switch t := p.peek(); {
		case t.kind == number && t.sep == 0 && t.dot && t.hour >= 1 && t.hour <= 5:
			ns = append(ns, t.hour)
		case t.means(first):
			ns = append(ns, t.value)
		case t.means(and), t.isSign(","):
		case t.means(weekday):
			for _, n := range ns {
				d.Nth = append(d.Nth, Nth{time.Weekday(t.value), n})
			}
			p.at++
			return nil
		default:
			return p.wrong("which of the month?")
		}
		p.at++
	}
}
