package roads

// A table of drives between places, and its packed form in the store.

import (
	"encoding/binary"
	"fmt"
	"math"

	"doppelpass/model"
	"doppelpass/model/route"
)

// spot is a place to about a metre, in hundred-thousandths of a degree.
type spot struct{ lat, lon int32 }

func spotOf(at model.Coordinates) spot {
	return spot{int32(math.Round(at.Lat * 1e5)), int32(math.Round(at.Lon * 1e5))}
}

// String is the spot as OSRM reads it: longitude first.
func (s spot) String() string {
	return fmt.Sprintf("%.5f,%.5f", float64(s.lon)/1e5, float64(s.lat)/1e5)
}

// Drives that are not known yet, and those that are known not to be possible.
const (
	unknown  = math.MaxUint32
	noway    = math.MaxUint32 - 1
	packedV1 = 1
)

type drive struct{ seconds, metres uint32 }

// table are the drives between spots.
type table struct {
	spots  []spot
	drives []drive // from × to
}

func newTable(spots []spot) *table {
	t := &table{spots: spots, drives: make([]drive, len(spots)*len(spots))}
	for i := range t.drives {
		t.drives[i].seconds = unknown
	}
	return t
}

func (t *table) lacks(from, height, to, width int) bool {
	for i := from; i < from+height; i++ {
		for j := to; j < to+width; j++ {
			if i != j && t.drives[i*len(t.spots)+j].seconds == unknown {
				return true
			}
		}
	}
	return false
}

func (t *table) set(from, to int, seconds, metres *float64) {
	d := drive{seconds: noway}
	if leg, ok := legOf(seconds, metres); ok {
		d = drive{uint32(leg.Time), uint32(leg.Metres)}
	}
	t.drives[from*len(t.spots)+to] = d
}

func (t *table) leg(from, to int) (route.Leg, bool) {
	d := t.drives[from*len(t.spots)+to]
	if d.seconds >= noway {
		return route.Leg{}, false
	}
	return route.Leg{Time: route.Seconds(d.seconds), Metres: int32(d.metres)}, true
}

// pack is the table for the store: version, number of spots, spots, drives, all
// fixed-width big-endian.
func (t *table) pack() []byte {
	b := make([]byte, 0, 5+len(t.spots)*8+len(t.drives)*8)
	b = append(b, packedV1)
	b = binary.BigEndian.AppendUint32(b, uint32(len(t.spots)))
	for _, s := range t.spots {
		b = binary.BigEndian.AppendUint32(b, uint32(s.lat))
		b = binary.BigEndian.AppendUint32(b, uint32(s.lon))
	}
	for _, d := range t.drives {
		b = binary.BigEndian.AppendUint32(b, d.seconds)
		b = binary.BigEndian.AppendUint32(b, d.metres)
	}
	return b
}

// take fills in what a packed table knows of the spots. Bytes that are no table are
// passed over: the drives are asked for anew.
func (t *table) take(packed []byte) {
	if len(packed) < 5 || packed[0] != packedV1 {
		return
	}
	n, rest := int(binary.BigEndian.Uint32(packed[1:])), packed[5:]
	if n > 1<<15 || len(rest) != n*8+n*n*8 {
		return
	}
	at := make(map[spot]int, n)
	for i := range n {
		at[spot{int32(binary.BigEndian.Uint32(rest[i*8:])), int32(binary.BigEndian.Uint32(rest[i*8+4:]))}] = i
	}
	rest = rest[n*8:]
	for i, from := range t.spots {
		f, ok := at[from]
		if !ok {
			continue
		}
		for j, to := range t.spots {
			if g, ok := at[to]; ok {
				b := rest[(f*n+g)*8:]
				t.drives[i*len(t.spots)+j] = drive{binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])}
			}
		}
	}
}
