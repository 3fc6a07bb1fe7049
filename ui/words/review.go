package words

// A campaign looked back at, in words: for the command line, and to be read in the app.

import (
	"cmp"
	"doppelpass/model"
	"doppelpass/model/review"
	"doppelpass/ui/text"
	"slices"
)

// MostReviewCards is how many accounts of which an order followed a contact are listed.
const MostReviewCards = 5

// ReviewFrame says which days a review looks at, what its size can show while it still
// runs, and which territories are left out.
func ReviewFrame(p *text.Printer, b *model.Book, v review.Review, today model.Date) (lines []string) {
	args := text.Args{"From": p.DayOf(v.From, today), "To": p.DayOf(v.To, today), "On": p.DayOf(v.On, today), "Next": p.DayOf(v.On+1, today)}
	if v.Running {
		if v.Campaign.HasLot() {
			lines = append(lines, p.T("review.lot.waiting", LotCounts(p, v.Campaign)))
		}
		lines = append(lines, p.N("review.running", v.Targets, args), p.N("review.size", v.Targets, text.Args{"Points": p.Int(visiblePoints(v.Targets))}))
	} else {
		lines = append(lines, p.N("review.frame", v.Targets, args))
	}
	for _, silent := range v.Silent {
		lines = append(lines, "! "+p.T("review.silent", text.Args{"Territory": AreaName(p, b, silent.Territory), "Last": p.DayOf(silent.LastReport, today)}))
	}
	return lines
}

// ReviewGroup is the name of a group.
func ReviewGroup(p *text.Printer, g review.Group) string { return p.T("review.group." + g.String()) }

// ReviewResult is what became of a group's accounts, in one sentence.
func ReviewResult(p *text.Printer, g review.Group, r review.Result) string {
	if !r.Shown() {
		return p.N("review.result.few", r.Accounts, text.Args{"Group": ReviewGroup(p, g)})
	}
	return p.N("review.result", r.Accounts, text.Args{
		"Group": ReviewGroup(p, g), "Ordered": p.Int(r.Ordered), "Share": p.Percent(review.Share{Count: r.Ordered, Of: r.Accounts}.Point()),
		"Orders": p.Int(r.Orders), "Value": p.Money(r.Value), "Appointments": p.Int(r.Appointments), "Before": p.Int(r.Before),
	})
}

// ReviewComparison is a comparison in one sentence, its verdict first.
func ReviewComparison(p *text.Printer, c review.Comparison) string {
	return comparison(p, ReviewGroup(p, c.Group), c)
}

// LotComparison is a comparison of a lot in one sentence.
func LotComparison(p *text.Printer, c review.DrawnComparison) string {
	return comparison(p, DrawnName(p, c.Lot), c.Comparison)
}

func comparison(p *text.Printer, group string, c review.Comparison) string {
	return p.T("review.comparison", text.Args{
		"Group": group, "Verdict": p.T("review.verdict." + string(c.Verdict)), "Count": p.Int(c.Now.First.Count), "Of": p.Int(c.Now.First.Of),
		"Others": p.Int(c.Now.Second.Count), "OfOthers": p.Int(c.Now.Second.Of), "Now": points(p, c.Now), "Before": points(p, c.Before),
	})
}

// points is a difference in points with its interval: "+20 (+5 to +33)".
func points(p *text.Printer, d review.Difference) string {
	sign := func(x float64) string {
		switch n := round(x * 100); {
		case n > 0:
			return "+" + p.Int(n)
		case n < 0:
			return "−" + p.Int(-n)
		}
		return p.Int(0)
	}
	return p.T("review.points", text.Args{"Point": sign(d.Point), "Low": sign(d.Low), "High": sign(d.High)})
}

// round rounds half away from nought.
func round(x float64) int {
	if x < 0 {
		return -round(-x)
	}
	return int(x + 0.5)
}

// visiblePoints is what a campaign's size can show, rounded to five points.
func visiblePoints(targets int) int { return 5 * round(review.Visible(targets)*20) }

// ReviewCard is an account where campaign, contact and order follow one another, in a line.
func ReviewCard(p *text.Printer, b *model.Book, c review.Card, today model.Date) string {
	line := AccountName(b, c.Account)
	type step struct {
		key string
		day model.Date
	}
	steps := []step{{"review.called", c.Called}, {"review.visited", c.Visited}, {"review.ordered", c.Ordered}}
	slices.SortStableFunc(steps, func(x, y step) int { return cmp.Compare(x.day, y.day) })
	for _, step := range steps {
		if step.day != 0 {
			line += " · " + p.T(step.key, text.Args{"Day": p.DayOf(step.day, today)})
		}
	}
	return line + " · " + p.Money(c.Value)
}
