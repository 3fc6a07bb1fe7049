package route

// What a visit is worth, and why.
//
// Points of an account on a day:
//
//	need      never visited 100 (new: 60); else by ratio = age ÷ interval:
//	          below 0.70 on track, 20 × ratio ÷ 0.70;
//	          0.70 to 1 due, rising evenly from 20 to 60;
//	          above 1 overdue, 60 + 40 × (ratio − 1), at most 140 (from ratio 3 on)
//	class     need × (weight − 100 %)
//	campaign  each open step-up signal adds (need + class) × (50 % + half its
//	          urgency in percent), so that an urgent campaign doubles an
//	          account's worth; all campaigns together at most (need + class) × 200 %
//	wish      80 for a customer who asked for a visit
//
// Every part is rounded half up to whole points; the prize is their sum.

// Need is what is known about an account on the day of planning.
type Need struct {
	Visited     bool
	Age         int  // days since the last counted visit; only where Visited
	Interval    int  // days between visits
	New         bool // not yet due for its first visit
	ClassWeight int  // in percent; 100 leaves the need as it is
	Campaigns   []Support
	Wish        bool // asked for a visit and has no fixed time
}

// Support is an open signal that asks for more visits for the sake of a campaign.
type Support struct {
	Name    string
	Urgency int // 0 … 100
}

// PartKind says what a part of a prize is for.
type PartKind uint8

// The parts of a prize.
const (
	PartNever    PartKind = iota // never visited
	PartNew                      // new, first visit still ahead
	PartOnTrack                  // Days until due date
	PartDue                      // Days until the interval is over
	PartOverdue                  // Days overdue
	PartClass                    // weight of its class
	PartCampaign                 // supports the campaign Name
	PartWish                     // wants a visit
)

// Part is one reason to go, with its share of the points. A class that weighs
// less than 100 % has negative points.
type Part struct {
	Kind   PartKind
	Points int
	Days   int    // of PartOnTrack, PartDue and PartOverdue
	Name   string // of PartCampaign
}

// Prize is what a visit is worth. Points is the sum of the parts.
type Prize struct {
	Points int
	Parts  []Part
}

// Rate works out an account's prize. An interval below one day counts as one.
func Rate(n Need) Prize {
	var z Prize
	add := func(p Part) {
		if p.Points != 0 {
			z.Parts = append(z.Parts, p)
			z.Points += p.Points
		}
	}
	add(needPart(n))
	add(Part{Kind: PartClass, Points: share(z.Points, n.ClassWeight-100)})
	base := z.Points
	room := 2 * base
	for _, c := range n.Campaigns {
		points := min(room, share(base, 50+min(100, max(0, c.Urgency))/2))
		room -= points
		add(Part{Kind: PartCampaign, Points: points, Name: c.Name})
	}
	if n.Wish {
		add(Part{Kind: PartWish, Points: 80})
	}
	return z
}

func needPart(n Need) Part {
	interval := max(1, n.Interval)
	age := max(0, n.Age)
	switch {
	case !n.Visited && n.New:
		return Part{Kind: PartNew, Points: 60}
	case !n.Visited:
		return Part{Kind: PartNever, Points: 100}
	case 10*age < 7*interval:
		return Part{Kind: PartOnTrack, Points: half(200*age, 7*interval), Days: interval - age}
	case age <= interval:
		return Part{Kind: PartDue, Points: 20 + half(40*(10*age-7*interval), 3*interval), Days: interval - age}
	default:
		return Part{Kind: PartOverdue, Points: min(140, 60+half(40*(age-interval), interval)), Days: age - interval}
	}
}

// share is a percentage of some points, rounded half up.
func share(points, percent int) int {
	if percent < 0 {
		return -half(points*-percent, 100)
	}
	return half(points*percent, 100)
}

// half divides with rounding half up; both numbers are positive.
func half(a, b int) int { return (2*a + b) / (2 * b) }
