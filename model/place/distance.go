// Distances on the globe.

package place

import "math"

// EarthRadius is the mean radius of the earth in kilometres (IUGG, R1).
const EarthRadius = 6371.0088

// Distance is the great-circle distance between two points in kilometres, as the crow flies; the sphere is off by at
// most 0.6 % against the ellipsoid. Haversine formula (R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope
// 68, 1984), which keeps its digits for points close together.
func Distance(a, b Location) float64 {
	const degree = math.Pi / 180
	sinLat := math.Sin((b.Lat - a.Lat) * degree / 2)
	sinLon := math.Sin((b.Lon - a.Lon) * degree / 2)
	h := sinLat*sinLat + math.Cos(a.Lat*degree)*math.Cos(b.Lat*degree)*sinLon*sinLon
	return 2 * EarthRadius * math.Asin(math.Sqrt(min(h, 1))) // rounding can push antipodes past 1
}
