package hours

// From tokens to rules. Written as OpenStreetMap's specification has it, and as freely
// as people write: with or without separators, days before or behind the times.

import (
	"errors"
	"slices"
	"strings"
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
