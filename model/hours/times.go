package hours

// Times of day and spans of them.

import "slices"

func (p *parser) timeStarts() bool { return p.timeAt(0) }

func (p *parser) timeAt(n int) bool {
	t := p.ahead(n)
	switch {
	case t.kind == number:
		return !p.dayAt(n)
	case t.kind == named:
		return slices.Contains([]meaning{noon, midnight, sun, from}, t.meaning) || t.means(until) && p.ahead(n+1).kind == number
	}
	return t.isSign("(") && p.ahead(n+1).means(sun)
}

// times read spans as long as there are any; part is the part of the day they lie in.
func (p *parser) times(r *Rule, part meaning) error {
	for p.timeStarts() {
		s, err := p.span(part)
		if err != nil {
			return err
		}
		r.Spans = append(r.Spans, s)
		start, joined := p.at, false
		for p.takeSign(",/&+(") || p.take(and) {
			joined = true
		}
		part = filler
		if p.is(forenoon, afternoon, evening) && p.timeAt(1) && p.peek().value == 0 {
			part = p.peek().meaning
			p.at++
			joined = true
		}
		if !p.timeStarts() || p.dateStarts() || !joined && p.peek().kind != number {
			p.at = start
			break
		}
	}
	if len(r.Spans) > 0 {
		p.last = r.Spans
	}
	return nil
}

// moment is a time of day as written.
type moment struct {
	minutes  int
	half     meaning // am, pm or filler
	loose    bool    // written without a leading zero: may be meant of twelve hours
	hourly   bool    // followed by Uhr or h
	numbered bool
}

// span reads one span: 8-12, 8:00+, ab 8 Uhr, bis 12 Uhr.
func (p *parser) span(part meaning) (Span, error) {
	begin := p.at
	if p.take(until) {
		to, err := p.moment()
		switch {
		case err != nil:
			return Span{}, err
		case len(p.last) == 0:
			p.at = begin
			return Span{}, p.wrong("from when?")
		}
		a := moment{minutes: p.last[0].From, numbered: true, half: am, loose: true}
		return p.between(a, to, part, begin)
	}
	openEnd := p.take(from)
	a, err := p.moment()
	if err != nil {
		return Span{}, err
	}
	switch {
	case p.peek().isSign("-") || p.is(until):
		p.at++
		p.take(until)
		b, err := p.moment()
		if err != nil {
			return Span{}, err
		}
		s, err := p.between(a, b, part, begin)
		if p.peek().isSign("+") && !p.timeAt(1) {
			p.at++
			s.OpenEnd = true
		}
		return s, err
	case openEnd || p.peek().isSign("+") && !p.timeAt(1):
		if !openEnd {
			p.at++
		}
		s, err := p.between(a, moment{minutes: EndOfDay}, part, begin)
		s.OpenEnd = true
		return s, err
	}
	p.at = begin
	return Span{}, p.wrong("until when?")
}

// moment reads one time: 8, 8:30, 8 Uhr, 9am, noon, (sunset-01:00).
func (p *parser) moment() (moment, error) {
	bracket := p.takeSign("(")
	t := *p.peek()
	m := moment{}
	switch {
	case t.kind == number:
		m = moment{minutes: t.hour*60 + t.minute, loose: !t.zero, numbered: true}
		if t.minute > 59 || t.hour > 48 || t.sep == '.' && len(t.text) < 4 {
			return m, p.wrong("no time of day")
		}
	case t.means(noon):
		m.minutes = 12 * 60
	case t.means(midnight):
		m.minutes = EndOfDay
	case t.means(sun):
		m.minutes = t.value
	default:
		return m, p.wrong("no time of day")
	}
	p.at++
	if t.means(sun) && bracket && p.peek().isSign("+-") && p.ahead(1).kind == number {
		by := p.ahead(1).hour*60 + p.ahead(1).minute
		if p.peek().sign == '-' {
			by = -by
		}
		m.minutes += by
		p.at += 2
	}
	if bracket && !p.takeSign(")") {
		return m, p.wrong(") is missing")
	}
	for p.is(hourWord, am, pm) {
		if p.is(am, pm) {
			if !m.numbered || t.hour < 1 || t.hour > 12 {
				return m, p.wrong("no time of day")
			}
			m.half = p.peek().meaning
		} else {
			m.hourly = true
		}
		p.at++
	}
	return m, nil
}

// clock is the moment in minutes of the day, with its half of it.
func (m moment) clock(half meaning) int {
	switch {
	case half == am && m.minutes >= 12*60:
		return m.minutes - 12*60
	case half == pm && m.minutes < 12*60:
		return m.minutes + 12*60
	}
	return m.minutes
}

// between makes a span of two moments. Where it is written for twelve hours without
// saying so, "9-5", the end lies in the afternoon; "22:00-02:00" ends on the next day.
func (p *parser) between(a, b moment, part meaning, begin int) (Span, error) {
	from, to := a.minutes, b.minutes
	switch {
	case a.half != filler || b.half != filler:
		from, to = a.clock(a.half), b.clock(b.half)
		switch {
		case a.half == filler && a.numbered && a.minutes <= 12*60:
			if from = a.clock(b.half); from >= to { // 9-5pm
				from = a.minutes
			}
		case b.half == filler && b.numbered && b.loose && to <= from && to <= 12*60:
			to = b.clock(pm)
		}
	case (part == afternoon || part == evening) && a.loose && from < 12*60 && to <= 12*60:
		from, to = from+12*60, to+12*60
	case a.loose && b.loose && b.numbered && to <= from && from >= 5*60 && from <= 12*60 && to >= 60 && to < 12*60:
		to += 12 * 60
	}
	if b.numbered && to <= from || !b.numbered && to < from {
		to += EndOfDay
	}
	if from >= EndOfDay || from < 0 || to > 2*EndOfDay || to <= from {
		p.at = begin
		return Span{}, p.wrong("no span of time")
	}
	return Span{From: from, To: to}, nil
}

// partSpan is the part of a day that is closed where only its name is said. It takes
// rather more than less.
func partSpan(part meaning) Span {
	switch part {
	case forenoon:
		return Span{From: 0, To: 13 * 60}
	case evening:
		return Span{From: 17 * 60, To: EndOfDay}
	}
	return Span{From: 12 * 60, To: 2 * EndOfDay}
}
