package route

// Travel between places: great circle by default, or a table filled by the caller.

import "math"

// Point is a position in degrees.
type Point struct{ Lat, Lon float64 }

// Leg is one drive.
type Leg struct {
	Time   Seconds
	Metres int32
}

// Travel knows the drive between any two places, which are numbered from 0.
// It starts out with estimates and takes better figures where the caller has
// them. It is safe for concurrent reading.
type Travel struct {
	points []Point
	table  []Leg // row by row, places × places; nil: estimates only
	set    []bool
}

// NewTravel estimates all drives between the points; see Estimate.
func NewTravel(points []Point) *Travel { return &Travel{points: points} }

// NewTable is an empty table for so many places, to be filled with Set. Drives
// that are never set take no time.
func NewTable(places int) *Travel {
	return &Travel{points: make([]Point, places)}
}

// Places is how many places there are.
func (t *Travel) Places() int { return len(t.points) }

// Set replaces the estimate of one drive, for example by a routing server's figure.
func (t *Travel) Set(from, to int, leg Leg) {
	n := len(t.points)
	if t.table == nil {
		t.table = make([]Leg, n*n)
		t.set = make([]bool, n*n)
	}
	t.table[from*n+to] = leg
	t.set[from*n+to] = true
}

// Between is the drive from one place to another.
func (t *Travel) Between(from, to int) Leg {
	if from == to {
		return Leg{}
	}
	if i := from*len(t.points) + to; t.table != nil && t.set[i] {
		return t.table[i]
	}
	return Estimate(t.points[from], t.points[to])
}

// detourFactor is how much longer roads are than the great circle; 1.3 is the
// usual figure for European road networks.
const detourFactor = 1.3

// speeds is the usual speed for a drive of a length: towns first, then country
// roads, then motorways. Between the entries the speed rises linearly with the
// road distance; the last holds for everything longer.
var speeds = [...]struct{ km, kmh float64 }{
	{0, 20}, {3, 28}, {10, 42}, {30, 60}, {80, 80}, {200, 95},
}

// Estimate is a drive by rule of thumb: the great circle times 1.3, at a speed
// that rises with the distance from 20 km/h round the corner over 42 km/h at
// 10 km and 60 km/h at 30 km to 95 km/h from 200 km on; rounded up to whole minutes, so
// that times shown in minutes add up.
func Estimate(a, b Point) Leg {
	km := greatCircle(a, b) * detourFactor
	if km <= 0 || math.IsNaN(km) {
		return Leg{}
	}
	kmh := speeds[len(speeds)-1].kmh
	for i := 1; i < len(speeds); i++ {
		if lo, hi := speeds[i-1], speeds[i]; km < hi.km {
			kmh = lo.kmh + (hi.kmh-lo.kmh)*(km-lo.km)/(hi.km-lo.km)
			break
		}
	}
	return Leg{Time: Minutes(int(math.Ceil(km / kmh * 60))), Metres: int32(math.Round(km * 1000))}
}

// greatCircle is the distance in kilometres by the haversine formula
// (R. W. Sinnott, Virtues of the Haversine, 1984).
func greatCircle(a, b Point) float64 {
	const radius = 6371.0
	const degree = math.Pi / 180
	dLat := math.Sin((b.Lat - a.Lat) * degree / 2)
	dLon := math.Sin((b.Lon - a.Lon) * degree / 2)
	h := dLat*dLat + math.Cos(a.Lat*degree)*math.Cos(b.Lat*degree)*dLon*dLon
	return 2 * radius * math.Asin(math.Sqrt(math.Min(1, h)))
}
