// Postcode zones: where the first digit of a postcode points to. Enough to tell the Neustadt on the Wine Route from
// the one on the Danube when no postcode table is at hand.

package place

// A zone is a circle (radius in kilometres) that holds nearly all of the postcodes that begin with a digit. Drawn by
// hand from maps of the four postal services' zones; they overlap, and that does no harm.
type zone struct {
	country string
	digit   byte
	centre  Location
	radius  float64
}

var zones = [...]zone{
	{"DE", '0', Location{51.0, 12.8}, 190}, {"DE", '1', Location{53.0, 13.0}, 200},
	{"DE", '2', Location{53.6, 9.3}, 190}, {"DE", '3', Location{51.6, 9.6}, 180},
	{"DE", '4', Location{51.8, 7.2}, 120}, {"DE", '5', Location{50.5, 7.2}, 130},
	{"DE", '6', Location{49.8, 8.0}, 130}, {"DE", '7', Location{48.5, 8.9}, 150},
	{"DE", '8', Location{48.2, 11.2}, 190}, {"DE", '9', Location{49.7, 11.6}, 190},

	{"AT", '1', Location{48.2, 16.4}, 40}, {"AT", '2', Location{48.1, 16.3}, 110},
	{"AT", '3', Location{48.3, 15.4}, 110}, {"AT", '4', Location{48.2, 14.0}, 100},
	{"AT", '5', Location{47.7, 13.1}, 110}, {"AT", '6', Location{47.2, 10.9}, 160},
	{"AT", '7', Location{47.5, 16.5}, 90}, {"AT", '8', Location{47.2, 15.2}, 120},
	{"AT", '9', Location{46.8, 13.6}, 120},

	{"CH", '1', Location{46.6, 6.7}, 90}, {"CH", '2', Location{47.1, 7.0}, 60},
	{"CH", '3', Location{46.6, 7.6}, 100}, {"CH", '4', Location{47.4, 7.7}, 60},
	{"CH", '5', Location{47.4, 8.2}, 50}, {"CH", '6', Location{46.6, 8.6}, 100},
	{"CH", '7', Location{46.7, 9.6}, 90}, {"CH", '8', Location{47.4, 8.8}, 70},
	{"CH", '9', Location{47.4, 9.4}, 60},

	{"US", '0', Location{42.8, -71.8}, 550}, {"US", '1', Location{41.3, -76.2}, 480},
	{"US", '2', Location{37.0, -79.2}, 600}, {"US", '3', Location{31.3, -84.8}, 950},
	{"US", '4', Location{40.2, -84.6}, 650}, {"US", '5', Location{44.6, -98.0}, 1400},
	{"US", '6', Location{39.8, -93.9}, 850}, {"US", '7', Location{32.2, -96.6}, 1000},
	{"US", '8', Location{38.6, -110.4}, 1150}, {"US", '9', Location{40.8, -120.5}, 1100},
}

// zoneHolds tells whether a point lies in the zone of a postcode. Without a zone for it, no point does.
func zoneHolds(country, postcode string, at Location) bool {
	if postcode == "" {
		return false
	}
	for i := range zones {
		if z := &zones[i]; z.digit == postcode[0] && z.country == country {
			return Distance(z.centre, at) <= z.radius
		}
	}
	return false
}
