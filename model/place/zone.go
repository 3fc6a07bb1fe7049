// Postcode zones: where the first digit of a postcode points to. Enough to tell the Neustadt on the Wine Route from
// the one on the Danube when no postcode table is at hand.

package place

import "strings"

// A zone is a circle (radius in kilometres) that holds nearly all of the postcodes that begin so. Drawn by hand from maps of
// the four postal services' zones, Germany's checked against its postcode table; they overlap, and that does no harm.
type zone struct {
	country string
	prefix  string
	centre  Location
	radius  float64
}

var zones = [...]zone{
	{"DE", "0", Location{51.2, 13.0}, 150}, {"DE", "1", Location{53.2, 12.7}, 180},
	{"DE", "2", Location{53.7, 9.3}, 170}, {"DE", "3", Location{51.7, 10.2}, 190},
	{"DE", "4", Location{52.0, 7.3}, 125}, {"DE", "5", Location{50.7, 7.3}, 140},
	{"DE", "6", Location{49.8, 8.0}, 115}, {"DE", "7", Location{48.5, 8.9}, 140},
	{"DE", "8", Location{48.2, 11.1}, 160}, {"DE", "9", Location{50.0, 11.6}, 220},

	{"AT", "1", Location{48.2, 16.4}, 40}, {"AT", "2", Location{48.1, 16.3}, 110},
	{"AT", "3", Location{48.3, 15.4}, 110}, {"AT", "4", Location{48.2, 14.0}, 100},
	{"AT", "5", Location{47.7, 13.1}, 110}, {"AT", "6", Location{47.2, 10.9}, 160},
	{"AT", "7", Location{47.5, 16.5}, 90}, {"AT", "8", Location{47.2, 15.2}, 120},
	{"AT", "9", Location{46.8, 13.6}, 120},

	{"CH", "1", Location{46.6, 6.7}, 90}, {"CH", "2", Location{47.1, 7.0}, 60},
	{"CH", "3", Location{46.6, 7.6}, 100}, {"CH", "4", Location{47.4, 7.7}, 60},
	{"CH", "5", Location{47.4, 8.2}, 50}, {"CH", "6", Location{46.6, 8.6}, 100},
	{"CH", "7", Location{46.7, 9.6}, 90}, {"CH", "8", Location{47.4, 8.8}, 70},
	{"CH", "9", Location{47.4, 9.4}, 60},

	{"US", "967", Location{20.8, -157.3}, 450}, {"US", "968", Location{21.3, -157.8}, 100}, // Hawaii
	{"US", "995", Location{60.5, -151.0}, 1500}, {"US", "996", Location{60.5, -151.0}, 1500}, // Alaska
	{"US", "997", Location{65.5, -150.0}, 1200}, {"US", "998", Location{58.3, -134.4}, 300}, {"US", "999", Location{55.8, -131.9}, 300},

	{"US", "0", Location{42.8, -71.8}, 550}, {"US", "1", Location{41.3, -76.2}, 480},
	{"US", "2", Location{37.0, -79.2}, 600}, {"US", "3", Location{31.3, -84.8}, 950},
	{"US", "4", Location{40.2, -84.6}, 650}, {"US", "5", Location{44.6, -98.0}, 1400},
	{"US", "6", Location{39.8, -93.9}, 850}, {"US", "7", Location{32.2, -96.6}, 1000},
	{"US", "8", Location{38.6, -110.4}, 1150}, {"US", "9", Location{40.8, -120.5}, 1100},
}

// zoneMargin times its radius, a zone surely ends.
const zoneMargin = 1.3

// zoneOf is the zone of a postcode, the first that fits, nil when there is none for it or the postcode is not whole: of one that lost its
// first digit, the second would point elsewhere.
func zoneOf(country, postcode string) *zone {
	code := NormalizePostcode(country, postcode)
	for i := range zones {
		z := &zones[i]
		if z.country == country && len(code) >= z.digits() && strings.HasPrefix(code, z.prefix) && isNumber([]byte(code[:z.digits()])) {
			return z
		}
	}
	return nil
}

// digits of the country's postcodes.
func (z *zone) digits() int {
	if z.country == "AT" || z.country == "CH" {
		return 4
	}
	return 5
}
