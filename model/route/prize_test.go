package route_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model/route"
)

func TestRate(t *testing.T) {
	seen := func(age int) route.Need {
		return route.Need{Visited: true, Age: age, Interval: 100, ClassWeight: 100}
	}
	with := func(n route.Need, change func(*route.Need)) route.Need { change(&n); return n }
	for name, c := range map[string]struct {
		need   route.Need
		points int
		parts  []route.Part
	}{
		"yesterday":  {seen(1), 0, nil}, // 20 × 0.01 / 0.7 = 0.29
		"on track":   {seen(35), 10, []route.Part{{Kind: route.PartOnTrack, Points: 10, Days: 65}}},
		"due":        {seen(85), 40, []route.Part{{Kind: route.PartDue, Points: 40, Days: 15}}}, // halfway from 20 to 60
		"on the day": {seen(100), 60, []route.Part{{Kind: route.PartDue, Points: 60}}},
		"overdue":    {seen(162), 85, []route.Part{{Kind: route.PartOverdue, Points: 85, Days: 62}}}, // 60 + 24.8
		"long ago":   {seen(900), 140, []route.Part{{Kind: route.PartOverdue, Points: 140, Days: 800}}},
		"never":      {route.Need{Interval: 30, ClassWeight: 100}, 100, []route.Part{{Kind: route.PartNever, Points: 100}}},
		"new":        {route.Need{Interval: 30, New: true, ClassWeight: 100}, 60, []route.Part{{Kind: route.PartNew, Points: 60}}},
		"class A": {with(seen(100), func(n *route.Need) { n.ClassWeight = 150 }), 90,
			[]route.Part{{Kind: route.PartDue, Points: 60}, {Kind: route.PartClass, Points: 30}}},
		"class C": {with(seen(100), func(n *route.Need) { n.ClassWeight = 75 }), 45,
			[]route.Part{{Kind: route.PartDue, Points: 60}, {Kind: route.PartClass, Points: -15}}},
		// 60 × (50 % + 80 % / 2) = 54; wish 80
		"campaign and wish": {with(seen(100), func(n *route.Need) {
			n.Campaigns, n.Wish = []route.Support{{Name: "Spring mailing", Urgency: 80}}, true
		}), 194, []route.Part{
			{Kind: route.PartDue, Points: 60}, {Kind: route.PartCampaign, Points: 54, Name: "Spring mailing"}, {Kind: route.PartWish, Points: 80}}},
		// 60 + 60 + nothing: together at most 120
		"three campaigns": {with(seen(100), func(n *route.Need) {
			n.Campaigns = []route.Support{{Name: "a", Urgency: 100}, {Name: "b", Urgency: 100}, {Name: "c", Urgency: 100}}
		}), 180, []route.Part{
			{Kind: route.PartDue, Points: 60}, {Kind: route.PartCampaign, Points: 60, Name: "a"}, {Kind: route.PartCampaign, Points: 60, Name: "b"}}},
	} {
		z := route.Rate(c.need)
		require.Equal(t, c.points, z.Points, name)
		require.Equal(t, c.parts, z.Parts, name)
	}
}

func TestWaitingLongerIsNeverWorthLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := route.Need{
			Visited: true, Interval: rapid.IntRange(0, 400).Draw(t, "interval"), Age: rapid.IntRange(-5, 2000).Draw(t, "age"),
			ClassWeight: rapid.IntRange(0, 300).Draw(t, "weight"), Wish: rapid.Bool().Draw(t, "wish"),
		}
		for range rapid.IntRange(0, 3).Draw(t, "campaigns") {
			n.Campaigns = append(n.Campaigns, route.Support{Urgency: rapid.IntRange(0, 100).Draw(t, "urgency")})
		}
		z := route.Rate(n)
		sum := 0
		for _, p := range z.Parts {
			sum += p.Points
		}
		require.Equal(t, z.Points, sum)
		require.GreaterOrEqual(t, z.Points, 0)
		n.Age++
		require.GreaterOrEqual(t, route.Rate(n).Points, z.Points)
	})
}

func TestEstimate(t *testing.T) {
	// A hundredth of a degree of latitude is 1.112 km, 1.446 on the road, at
	// 20 + 8 × 1.446 ÷ 3 = 23.9 km/h: 3.6 minutes, rounded up to 4.
	require.Equal(t, route.Leg{Time: route.Minutes(4), Metres: 1446}, route.Estimate(route.Point{Lat: 48}, route.Point{Lat: 48.01}))
	// A degree: 111.19 km, 144.6 on the road, at 80 + 15 × 64.6 ÷ 120 = 88.1 km/h: 98.5 minutes.
	require.Equal(t, route.Minutes(99), route.Estimate(route.Point{Lat: 48}, route.Point{Lat: 49}).Time)
	require.Zero(t, route.Estimate(route.Point{Lat: 48}, route.Point{Lat: 48}))
	tr := route.NewTravel([]route.Point{{Lat: 48}, {Lat: 49}})
	tr.Set(0, 1, route.Leg{Time: 7, Metres: 9})
	require.Equal(t, route.Leg{Time: 7, Metres: 9}, tr.Between(0, 1))
	require.Equal(t, route.Minutes(99), tr.Between(1, 0).Time) // only one way was set
}
