// Populations: read from the older package and joined to the towns.

package main

import (
	"encoding/binary"
	"errors"
	"math"
	"strings"

	"doppelpass/model/place"
)

// A known place of the older package.
type known struct {
	name, country, feature string
	population             uint64
	lat, lon               float64
}

// rankOf says how large a place is in one byte. Parts of towns (GeoNames' feature PPLX) come after all towns: addresses
// carry the town's name. Places that the older package lacks are mostly parts or villages, and come last.
func rankOf(p *known) byte {
	if p == nil || p.population == 0 {
		return 0
	}
	size := math.Log2(float64(p.population))
	if p.feature == "PPLX" {
		return byte(min(place.RankSection+4*size, place.RankTown-1))
	}
	return byte(min(place.RankTown+6*size, 255))
}

// readPlaces reads the package's protocol buffers: messages, each after its length, with the fields used here: 2 name,
// 3 country, 7 feature, 9 population, 10 and 11 longitude and latitude in 1e-5 degrees, each as the difference to
// the message before.
func readPlaces(b []byte) ([]*known, error) {
	var out []*known
	var lat, lon int64
	for len(b) > 0 {
		message, rest, err := lengthPrefixed(b)
		if err != nil {
			return nil, err
		}
		b = rest
		p := &known{}
		for len(message) > 0 {
			tag, n := binary.Uvarint(message)
			if n <= 0 {
				return nil, errCut
			}
			message = message[n:]
			switch tag & 7 {
			case 0:
				v, n := binary.Uvarint(message)
				if n <= 0 {
					return nil, errCut
				}
				message = message[n:]
				switch tag >> 3 {
				case 9:
					p.population = v
				case 10:
					lon += unzigzag(v)
				case 11:
					lat += unzigzag(v)
				}
			case 2:
				var text []byte
				if text, message, err = lengthPrefixed(message); err != nil {
					return nil, err
				}
				switch tag >> 3 {
				case 2:
					p.name = string(text)
				case 3:
					p.country = string(text)
				case 7:
					p.feature = string(text)
				}
			default:
				return nil, errors.New("a field of unknown form")
			}
		}
		p.lat, p.lon = float64(lat)/1e5, float64(lon)/1e5
		out = append(out, p)
	}
	return out, nil
}

var errCut = errors.New("cut off")

func unzigzag(v uint64) int64 { return int64(v>>1) ^ -int64(v&1) }

func lengthPrefixed(b []byte) (field, rest []byte, err error) {
	length, n := binary.Uvarint(b)
	if n <= 0 || length > uint64(len(b)-n) {
		return nil, nil, errCut
	}
	return b[n : n+int(length)], b[n+int(length):], nil
}

// An atlas finds known places near a point.
type atlas struct {
	places map[cell][]*known
	listed map[string]bool // country and name of all towns that are looked for
}

// A cell is a tenth of a degree each way.
type cell struct {
	country  string
	lat, lon int
}

func newAtlas(places []*known, towns []*town) atlas {
	a := atlas{map[cell][]*known{}, map[string]bool{}}
	for _, p := range places {
		c := cellOf(p.country, p.lat, p.lon)
		a.places[c] = append(a.places[c], p)
	}
	for _, t := range towns {
		a.listed[t.Country+t.Name] = true
	}
	return a
}

func cellOf(country string, lat, lon float64) cell {
	return cell{country, int(math.Floor(lat * 10)), int(math.Floor(lon * 10))}
}

// find joins by place: the nearest of the same country that stands on the very point, or is called the same within 10 km, or
// was renamed ("Stade" to "Hansestadt Stade") within 3 km; a name still listed was not, it is the town around a part of it. Neither
// package carries the other's keys.
func (a atlas) find(t *town) *known {
	var best *known
	bestDistance := math.Inf(1)
	at := cellOf(t.Country, t.lat, t.lon)
	for dLat := -1; dLat <= 1; dLat++ {
		for dLon := -1; dLon <= 1; dLon++ {
			for _, p := range a.places[cell{t.Country, at.lat + dLat, at.lon + dLon}] {
				d := place.Distance(place.Location{Lat: t.lat, Lon: t.lon}, place.Location{Lat: p.lat, Lon: p.lon})
				switch {
				case d < 0.01:
				case p.name == t.Name && d < 10:
				case d < 3 && !a.listed[p.country+p.name] && (strings.Contains(p.name, t.Name) || strings.Contains(t.Name, p.name)):
				default:
					continue
				}
				if d < bestDistance {
					best, bestDistance = p, d
				}
			}
		}
	}
	return best
}
