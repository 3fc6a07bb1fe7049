package hours

// Parts of the year: months, days and spans of them, weeks, Easter.

import (
	"time"
)

func monthOf(n int) time.Month {
	if n < 1 || n > 12 {
		return 0
	}
	return time.Month(n)
}

// monthLength is how many days a month has at most.
func monthLength(m time.Month) int { return time.Date(2024, m+1, 0, 0, 0, 0, 0, time.UTC).Day() }

func (p *parser) seasonStarts() bool {
	t := p.peek()
	switch {
	case t.kind == date, t.means(month), t.means(easterWord):
		return true
	case t.means(week):
		return p.ahead(1).kind == number
	}
	return p.dateStarts()
}

func (p *parser) seasonAt(n int) bool {
	p.at += n
	defer func() { p.at -= n }()
	return p.seasonStarts()
}

// dateStarts reports whether a number begins a date: 24. Dezember, 24.12., 24.-26.12.,
// 2026 Dec 24.
func (p *parser) dateStarts() bool {
	t := p.peek()
	if t.kind != number {
		return t.kind == date
	}
	next := p.ahead(1)
	switch {
	case year(t) && (next.means(month) || next.means(easterWord)):
		return true
	case next.means(month) && t.sep == 0 && t.hour >= 1 && t.hour <= 31:
		return true
	case t.sep == '.' && t.hour >= 1 && t.hour <= 31 && monthOf(t.minute) != 0:
		return t.dot || t.date.Year != 0 || next.means(off) || next.means(and)
	case t.sep == 0 && t.dot && (next.isSign("-") || next.isSign(",") || next.means(until) || next.means(and)) && p.ahead(2).kind == number:
		p.at += 2
		defer func() { p.at -= 2 }()
		return p.dateStarts()
	}
	return false
}

func year(t *token) bool {
	return t.kind == number && t.digits == 4 && t.sep == 0 && t.hour >= 19 && t.hour <= 21
}

// seasons read a list of parts of the year.
func (p *parser) seasons(r *Rule) error {
	for {
		if p.is(week) {
			if err := p.weeks(r); err != nil {
				return err
			}
			return nil
		}
		if err := p.season(r); err != nil {
			return err
		}
		start := p.at
		if (p.takeSign(",/&") || p.take(and)) && p.seasonStarts() {
			continue
		}
		p.at = start
		return nil
	}
}

func (p *parser) season(r *Rule) error {
	// 24., 25. und 31.12.: days whose month comes last
	var alone []int
	for p.peek().kind == number && p.peek().sep == 0 && p.peek().dot && !p.ahead(1).means(month) && (p.ahead(1).isSign(",") || p.ahead(1).means(and)) {
		alone = append(alone, p.peek().hour)
		p.at += 2
	}
	first := Day{}
	if t := p.peek(); t.kind == number && t.sep == 0 && t.dot && !p.ahead(1).means(month) { // 24.-26.12.
		first.Day = t.hour
		p.at++
	} else {
		var err error
		if first, err = p.day(); err != nil {
			return err
		}
	}
	for _, day := range alone {
		one := first
		one.Day = day
		if first.Month == 0 || day < 1 || day > monthLength(first.Month) {
			return p.wrong("which month?")
		}
		r.Seasons = append(r.Seasons, Season{From: one, To: one})
	}
	last := first
	if !(p.peek().isSign("-") || p.is(until)) && p.open {
		return p.wrong("until which day?")
	}
	p.open = false
	if p.peek().isSign("-") || p.is(until) {
		p.at++
		t := p.peek()
		bare := t.kind == number && t.sep == 0 && t.digits <= 2 && !p.ahead(1).means(month) && first.Day != 0 && first.Month != 0
		switch {
		case bare && t.hour >= 1 && t.hour <= 31: // Dec 24-26
			last.Day = t.hour
			p.at++
		case p.seasonStarts() && !p.is(week):
			var err error
			if last, err = p.day(); err != nil {
				return err
			}
		default:
			return p.wrong("until which day?")
		}
	}
	if first.Month == 0 && !first.Easter {
		first.Month = last.Month
		if last.Year != 0 {
			first.Year = last.Year
		}
	}
	if first.Month == 0 && !first.Easter {
		return p.wrong("which month?")
	}
	for _, d := range []Day{first, last} {
		if !d.Easter && (d.Month == 0 || d.Day > monthLength(d.Month)) || d.Year != 0 && (d.Year < 1900 || d.Year > 2199) {
			return p.wrong("no such day")
		}
	}
	r.Seasons = append(r.Seasons, Season{From: first, To: last})
	return nil
}

// day reads one day of the year, or a month.
func (p *parser) day() (Day, error) {
	t := *p.peek()
	d := Day{}
	if t.kind == date {
		p.at++
		return t.date, nil
	}
	if year(&t) {
		d.Year = t.hour*100 + t.minute
		p.at++
		t = *p.peek()
	}
	switch {
	case t.means(easterWord):
		d.Easter = true
		p.at++
		if p.peek().isSign("+-") && p.ahead(1).kind == number && p.ahead(2).means(dayWord) {
			d.Offset = p.ahead(1).hour
			if p.peek().sign == '-' {
				d.Offset = -d.Offset
			}
			p.at += 3
		}
	case t.means(month): // Dec 24
		d.Month = time.Month(t.value)
		p.at++
		if n := p.peek(); n.kind == number && n.sep == 0 && n.digits <= 2 && n.hour >= 1 && n.hour <= 31 && !p.hourAhead() {
			d.Day = n.hour
			p.at++
		}
	case t.kind == number && t.sep == '.': // 24.12.
		d.Day, d.Month = t.hour, monthOf(t.minute)
		if t.date.Year != 0 {
			d.Year = t.date.Year
		}
		p.at++
	case t.kind == number && t.sep == 0 && p.ahead(1).means(month): // 24. Dezember 2026
		d.Day, d.Month = t.hour, time.Month(p.ahead(1).value)
		p.at += 2
		if n := p.peek(); year(n) && !p.ahead(1).isSign("-") {
			d.Year = n.hour*100 + n.minute
			p.at++
		}
	}
	if d.Month == 0 && !d.Easter || d.Day > 31 || d.Month != 0 && d.Day > monthLength(d.Month) {
		return d, p.wrong("no such day")
	}
	return d, nil
}

// hourAhead reports whether the number that follows a month is an hour: Nov-Mar 8-17,
// Dez 8-12 Uhr.
func (p *parser) hourAhead() bool {
	if p.at >= 2 && p.ahead(-2).isSign("-") && p.at >= 3 && p.ahead(-3).means(month) {
		return true // a span of whole months
	}
	for n := 1; n <= 3; n++ {
		switch t := p.ahead(n); {
		case t.means(hourWord), t.means(am), t.means(pm):
			return true
		case t.isSign("-"), t.means(until):
		case t.kind == number && n == 2: // 8-12:00
			if t.sep == ':' || t.sep == 'h' {
				return true
			}
		default:
			return false
		}
	}
	return false
}

// weeks read "week 1-26/2".
func (p *parser) weeks(r *Rule) error {
	p.at++
	for {
		t := p.peek()
		if t.kind != number || t.sep != 0 || t.hour < 1 || t.hour > 53 || t.digits > 2 {
			return p.wrong("which week?")
		}
		s := Season{Weeks: true, From: Day{Week: t.hour}, To: Day{Week: t.hour}}
		p.at++
		if p.peek().isSign("-") && p.ahead(1).kind == number && p.ahead(1).digits <= 2 && p.ahead(1).sep == 0 {
			if s.To.Week = p.ahead(1).hour; s.To.Week < 1 || s.To.Week > 53 {
				return p.wrong("which week?")
			}
			p.at += 2
		}
		if p.peek().isSign("/") && p.ahead(1).kind == number && p.ahead(1).hour >= 1 {
			s.Step = p.ahead(1).hour
			p.at += 2
		}
		r.Seasons = append(r.Seasons, s)
		if p.peek().isSign(",") && p.ahead(1).kind == number && p.ahead(1).digits <= 2 && p.ahead(1).sep == 0 && !p.ahead(2).isSign("+") && p.ahead(2).kind != endOfText {
			p.at++
			continue
		}
		return nil
	}
}
