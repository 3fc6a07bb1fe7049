// Package review looks back at a campaign: what became of those who were visited, called,
// both or neither, and how sure a difference between them is. It credits no department.
package review

import "math"

// deviate is the normal deviate of a 95 % interval.
const deviate = 1.959963984540054

// Share is a count of a number of accounts.
type Share struct{ Count, Of int }

// Point is the share itself, 0 of nothing.
func (s Share) Point() float64 {
	if s.Of == 0 {
		return 0
	}
	return float64(s.Count) / float64(s.Of)
}

// Interval is the 95 % interval of the share by Wilson's method without correction for
// continuity (E. B. Wilson, Journal of the American Statistical Association 22, 1927).
func (s Share) Interval() (low, high float64) {
	if s.Of == 0 {
		return 0, 1
	}
	n, p, z := float64(s.Of), s.Point(), deviate
	centre := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, centre-half), min(1, centre+half)
}

// tells reports whether a share can say anything: at least five accounts on either side.
func (s Share) tells() bool { return s.Count >= leastAccounts && s.Of-s.Count >= leastAccounts }

// Difference is the first share less the second, with its 95 % interval, in parts of one.
type Difference struct {
	First, Second    Share
	Point, Low, High float64
}

// Between is the difference of two shares with its interval by Newcombe's method 10, which
// is made of two Wilson intervals, without correction for continuity (R. G. Newcombe,
// Statistics in Medicine 17, 1998, pages 873 to 890).
func Between(first, second Share) Difference {
	d := Difference{First: first, Second: second, Point: first.Point() - second.Point()}
	low1, high1 := first.Interval()
	low2, high2 := second.Interval()
	d.Low = d.Point - math.Hypot(first.Point()-low1, high2-second.Point())
	d.High = d.Point + math.Hypot(high1-first.Point(), second.Point()-low2)
	return d
}

// Verdict is what a difference says.
type Verdict string

// The verdicts.
const (
	ClearlyMore     Verdict = "clearly-more"
	ClearlyFewer    Verdict = "clearly-fewer"
	AboutTheSame    Verdict = "about-the-same"
	DifferentBefore Verdict = "different-before" // they ordered more already before
	TooFew          Verdict = "too-few"          // to tell
)

// same bounds differences that make none, in parts of one.
const same = 0.05

// leastAccounts is how many accounts have to stand on either side of a share, and in a group
// that is shown at all.
const leastAccounts = 5

// Judge is what a difference says beside the same difference before the campaign. Reps visit
// the better customers: more is clearly more only where it was not clearly more before, and
// surely more than it was.
func Judge(now, before Difference) Verdict {
	switch {
	case !now.First.tells() || !now.Second.tells():
		return TooFew
	case now.Low > 0:
		if before.Low > 0 || now.Low <= before.Point {
			return DifferentBefore
		}
		return ClearlyMore
	case now.High < 0:
		if before.High < 0 || now.High >= before.Point {
			return DifferentBefore
		}
		return ClearlyFewer
	case now.Low >= -same && now.High <= same:
		return AboutTheSame
	}
	return TooFew
}

// power is the normal deviate of the chance, seven in ten, with which a difference shows
// that counts as one that can be seen.
const power = 0.5244005127080407

// Visible is the difference, in parts of one, below which two groups of half of so many
// targets usually look alike, whatever is behind them; at its widest, for shares about a
// half.
func Visible(targets int) float64 {
	if targets < 2 {
		return 1
	}
	return min(1, (deviate+power)*math.Sqrt(1/float64(targets)))
}

// Group says who had to do with an account during the campaign.
type Group uint8

// The groups.
const (
	VisitAndCall Group = iota
	Visit
	Call
	Neither
	groups
)

// Groups is how many there are.
const Groups = int(groups)

// String is the group's stable word.
func (g Group) String() string { return [...]string{"visit-and-call", "visit", "call", "neither"}[g] }
