package hours

// Which rule is an exception from which, and stands behind it.

import "slices"

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
