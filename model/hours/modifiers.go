package hours

// What is said behind the times: closed, by appointment, comments, breaks and exceptions.

import "slices"

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
			out.Spans = united(out.Spans) // one break said twice is written once
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
