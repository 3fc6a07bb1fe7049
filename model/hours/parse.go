package hours

// From tokens to rules. Written as OpenStreetMap's specification has it, and as freely
// as people write: with or without separators, days before or behind the times.

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"
)

// longest is how many bytes opening hours may have: more is a text about something else.
const longest = 1000

// Parse reads opening hours. The empty text gives nil: nothing is known. The error is
// always an *Error.
func Parse(text string) (*Hours, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	if len(text) > longest {
		return nil, &Error{Part: strings.ToValidUTF8(text[:40], "") + "…", Why: "too long"}
	}
	tokens, err := scan(text)
	p := &parser{tokens: tokens}
	if err == nil {
		err = p.parse()
	}
	var wrong *Error
	if errors.As(err, &wrong) {
		wrong.Part = asWritten(text, wrong.Part)
		return nil, wrong
	}
	if !slices.ContainsFunc(p.rules, func(r Rule) bool { return !r.idle() }) {
		return nil, &Error{Part: strings.TrimSpace(text), Why: "says nothing about when"}
	}
	return &Hours{Rules: inOrder(p.rules)}, nil
}

// asWritten is the word of the text that was read as part.
func asWritten(text, part string) string {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if fold(word) == part {
			return word
		}
	}
	return part
}

// inOrder puts exceptions that are said first behind the rule they are from: "Mi
// geschlossen, Mo-Fr 8-12". By the letter of the notation the later rule would win.
func inOrder(rules []Rule) []Rule {
	var out, later []Rule
	for i, r := range rules {
		if r.State == Closed && slices.ContainsFunc(rules[i+1:], func(o Rule) bool { return o.State == Open && r.narrower(o) }) {
			r.Adds = false
			later = append(later, r)
			continue
		}
		out = append(out, r)
	}
	return append(out, later...)
}

// narrower reports whether the rule is for some of the days of another.
func (r Rule) narrower(o Rule) bool {
	if len(r.Seasons) > 0 {
		return len(o.Seasons) == 0
	}
	if len(o.Seasons) > 0 || r.Days.Every() {
		return false
	}
	if o.Days.Every() {
		return true
	}
	if (r.Days.Holidays || r.Days.Schools) && r.Days.Week == [7]bool{} {
		return !o.Days.Holidays && !o.Days.Schools
	}
	fewer := len(r.Days.Nth) > 0 || len(r.Spans) > 0
	for day, is := range o.Days.Week {
		switch {
		case r.Days.Week[day] && !is:
			return false
		case is && !r.Days.Week[day]:
			fewer = true
		}
	}
	for _, n := range r.Days.Nth {
		if !o.Days.Week[n.Weekday] {
			return false
		}
	}
	return fewer
}

// idle reports whether the rule changes no day: a mere "or by appointment".
func (r Rule) idle() bool {
	return r.State == Arranged && len(r.Spans) == 0 && len(r.Seasons) == 0 && r.Days.Every()
}

type parser struct {
	tokens []token
	at     int
	rules  []Rule
	last   []Span // the spans read last, for "Fr bis 13 Uhr"
	single bool   // a list of days ends at its first comma
	open   bool   // a season began with "from": it must say until when
}

func (p *parser) peek() *token { return &p.tokens[p.at] }

func (p *parser) ahead(n int) *token { return &p.tokens[min(p.at+n, len(p.tokens)-1)] }

func (p *parser) is(meanings ...meaning) bool {
	return p.peek().kind == named && slices.Contains(meanings, p.peek().meaning)
}

func (t *token) means(m meaning) bool { return t.kind == named && t.meaning == m }

func (t *token) isSign(signs string) bool {
	return t.kind == sign && strings.ContainsRune(signs, t.sign)
}

// take goes on when the next token means this.
func (p *parser) take(meanings ...meaning) bool {
	if p.is(meanings...) {
		p.at++
		return true
	}
	return false
}

func (p *parser) takeSign(signs string) bool {
	if p.peek().isSign(signs) {
		p.at++
		return true
	}
	return false
}

func (p *parser) wrong(why string) error {
	part := p.peek().text
	if part == "" && p.at > 0 {
		part = p.tokens[p.at-1].text
	}
	return &Error{Part: strings.TrimPrefix(part, "§"), Why: why}
}

func (p *parser) parse() error {
	for {
		adds, otherwise := false, false
		for {
			switch t := p.peek(); {
			case t.isSign("|"):
				otherwise = true
			case t.isSign(",/(&+"), t.means(and):
				adds = true
			case t.isSign(";"):
				adds = false
			case t.isSign(")"):
			default:
				goto rule
			}
			p.at++
		}
	rule:
		if p.peek().kind == endOfText {
			return nil
		}
		before := p.at
		if err := p.rule(adds, otherwise); err != nil {
			return err
		}
		if p.at == before {
			return p.wrong("does not belong here")
		}
	}
}

// rule reads one rule, and what hangs on it as rules of their own: a break, exceptions.
func (p *parser) rule(adds, otherwise bool) error {
	r := Rule{Adds: adds && len(p.rules) > 0, Otherwise: otherwise}
	said := false // times or a word for them
	if p.take(otherwiseWord) {
		r.Otherwise = true
	}
	if p.is(open) && p.leads() {
		p.at++
	}
	if p.is(off, arranged) && p.leads() {
		r.State, said = map[meaning]State{off: Closed, arranged: Arranged}[p.peek().meaning], true
		p.at++
		p.takeSign(":")
	}
	begin := p.at
	part, err := p.selectors(&r)
	if err == nil && said && p.timeStarts() { // Closed Mondays, Tue-Sun 11-9
		p.at, p.single, r.Days, r.Seasons = begin, true, Days{}, nil
		part, err = p.selectors(&r)
		p.single = false
	}
	if err != nil {
		return err
	}
	var but Rule // täglich außer Mo 8-12
	if p.is(except) && !said {
		p.at++
		if _, err := p.selectors(&but); err != nil {
			return err
		}
		if but.Days.Every() || len(but.Seasons) > 0 {
			return p.wrong("except when?")
		}
	}
	if part.meaning != filler && !said && p.is(off) { // Mittwochnachmittag geschlossen
		p.at++
		r.State, r.Spans = Closed, []Span{partSpan(part.meaning)}
		p.rules = append(p.rules, r)
		return nil
	}
	if err := p.times(&r, part.meaning); err != nil {
		return err
	}
	said = said || len(r.Spans) > 0
	if len(r.Spans) > 0 && r.Days.Every() && len(r.Seasons) == 0 && p.behind() { // 9am-5pm Mon-Fri
		p.takeSign("(,")
		if _, err := p.selectors(&r); err != nil {
			return err
		}
		if p.timeStarts() {
			return p.wrong("which days are meant?")
		}
		p.takeSign(")")
	}
	if p.take(always) {
		r.Spans, said = []Span{{From: 0, To: EndOfDay}}, true
	}
	modified, err := p.modifiers(&r)
	if err != nil {
		return err
	}
	if !said && !modified {
		return p.wrong("no times")
	}
	if last := len(p.rules) - 1; last >= 0 && p.goesOn(r) { // Mo-Fr 8-12; 14-18
		p.rules[last].Spans = append(slices.Clone(p.rules[last].Spans), r.Spans...)
		return p.exceptions(p.rules[last])
	}
	if n := len(r.Spans) - 1; r.State == Closed && n > 0 && within(r.Spans[n:], r.Spans[:n]) { // 8-17 (12-13 geschlossen)
		between := Rule{State: Closed, Seasons: r.Seasons, Days: r.Days, Spans: r.Spans[n:]}
		r.State, r.Spans = Open, r.Spans[:n]
		p.rules = append(p.rules, r, between)
		return p.exceptions(r)
	}
	p.rules = append(p.rules, r)
	if !but.Days.Every() {
		but.State = Closed
		p.rules = append(p.rules, but)
	}
	return p.exceptions(r)
}

// goesOn reports whether a rule of mere times is meant for the days of the one before it.
// By the letter of the notation it would be for all days; people part the hours of the
// afternoon off so.
func (p *parser) goesOn(r Rule) bool {
	before := p.rules[len(p.rules)-1]
	return r.Days.Every() && r.Days.Week == [7]bool{} && len(r.Seasons) == 0 && len(r.Spans) > 0 && r.State != Closed && !r.Otherwise &&
		before.State != Closed && len(before.Spans) > 0 && !before.Days.Every()
}

// leads reports whether a word such as "closed" stands before the days it is about.
func (p *parser) leads() bool {
	next := p.ahead(1)
	return next.isSign(":") || next.kind == date || next.kind == number || next.kind == named && !slices.Contains([]meaning{and, off, open, arranged, except, pause}, next.meaning)
}

// behind reports whether days stand behind the times they go with, and no times of
// their own follow.
func (p *parser) behind() bool {
	start := p.at
	defer func() { p.at = start }()
	p.takeSign("(,")
	if !p.dayStarts() {
		return false
	}
	var r Rule
	if _, err := p.selectors(&r); err != nil {
		return false
	}
	return !p.is(off, open, arranged, always) && (!p.timeStarts() || p.tokens[start].kind != sign)
}

// modifiers read what is said about the rule's times: closed, by appointment, comments.
func (p *parser) modifiers(r *Rule) (any bool, err error) {
	for {
		switch t := p.peek(); {
		case t.kind == comment:
			r.Comment = t.text
			if len(r.Spans) == 0 && !any && r.State == Open {
				r.State = Arranged
			}
		case t.means(off):
			r.State = Closed
		case t.means(open):
			if len(r.Spans) == 0 && r.Days.Every() && len(r.Seasons) == 0 {
				return any, p.wrong("open when?")
			}
		case t.means(arranged):
			if r.State == Open {
				r.State = Arranged
			}
		case t.isSign(")"):
			p.at++
			continue
		case (t.means(and) || t.isSign(",(/")) && p.ahead(1).means(arranged) && !dayOrTime(p.ahead(2)) && len(r.Spans) > 0: // 8-12 und nach Vereinbarung
			p.at++
			continue
		default:
			return any, nil
		}
		any = true
		p.at++
	}
}

func dayOrTime(t *token) bool {
	return t.kind == number || t.kind == date || t.kind == named && slices.Contains([]meaning{weekday, month, holiday, school, weekend, working, workdays}, t.meaning)
}

// exceptions read what is taken away from a rule again: "außer Mi", "Pause 12-13".
func (p *parser) exceptions(r Rule) error {
	for {
		start := p.at
		for p.takeSign(",(;") || p.take(and) {
		}
		if p.is(off) && p.ahead(1).means(pause) { // closed for lunch
			p.at++
		}
		out := Rule{State: Closed, Seasons: r.Seasons, Days: r.Days}
		switch {
		case p.is(pause) && !p.ahead(1).means(off):
			p.at++
			p.takeSign(":")
			if err := p.times(&out, filler); err != nil {
				return err
			}
			if len(out.Spans) == 0 {
				return p.wrong("a break, when?")
			}
			p.take(off)
		case p.take(except):
			out.Days, out.Seasons = Days{}, nil
			if _, err := p.selectors(&out); err != nil {
				return err
			}
			if out.Days.Every() && len(out.Seasons) == 0 {
				return p.wrong("except when?")
			}
		default:
			p.at = start
			return nil
		}
		p.takeSign(")")
		p.rules = append(p.rules, out)
	}
}

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
