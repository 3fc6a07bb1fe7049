// Postcode tables as bytes, for the store: one value a country (Germany: about 60 kB).

package place

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// The form: a version byte, the country's two letters, then the exact postcodes and the areas, each a uvarint count and
// for each code, in order: how many leading characters it shares with the one before (byte), how many follow (byte), these,
// and latitude and longitude in ten-thousandths of a degree as varint differences to the one before.
const postcodesVersion = 1

// Encode gives the table as bytes; DecodePostcodes reads them.
func (p *Postcodes) Encode() []byte {
	out := append([]byte{postcodesVersion}, p.country...)
	return p.areas.append(p.exact.append(out))
}

func (l *codeList) append(out []byte) []byte {
	out = binary.AppendUvarint(out, uint64(len(l.ends)))
	previous, lat, lon := "", int32(0), int32(0)
	for i := range l.ends {
		code := l.code(i)
		shared := 0
		for shared < len(code) && shared < len(previous) && code[shared] == previous[shared] {
			shared++
		}
		out = append(out, byte(shared), byte(len(code)-shared))
		out = append(out, code[shared:]...)
		out = binary.AppendVarint(out, int64(l.lat[i]-lat))
		out = binary.AppendVarint(out, int64(l.lon[i]-lon))
		previous, lat, lon = code, l.lat[i], l.lon[i]
	}
	return out
}

var errTableDamaged = errors.New("the postcode table is damaged")

// DecodePostcodes reads what Encode wrote. Damaged bytes give an error, never a table out of order or off the earth.
func DecodePostcodes(data []byte) (*Postcodes, error) {
	if len(data) < 3 {
		return nil, errTableDamaged
	}
	if data[0] != postcodesVersion {
		return nil, fmt.Errorf("postcode table of version %d: this program knows version %d", data[0], postcodesVersion)
	}
	p := &Postcodes{country: string(data[1:3])}
	if CountryName(p.country, "") == p.country {
		return nil, fmt.Errorf("%w: no such country", errTableDamaged)
	}
	rest, err := p.exact.decode(data[3:], 1, longestCode)
	if err != nil {
		return nil, err
	}
	if rest, err = p.areas.decode(rest, areaLength, areaLength); err != nil {
		return nil, err
	}
	if len(rest) > 0 {
		return nil, errTableDamaged
	}
	return p, nil
}

func (l *codeList) decode(data []byte, shortest, longest int) ([]byte, error) {
	count, n := binary.Uvarint(data)
	const leastBytes = 4 // of a code: two lengths, two coordinates
	if n <= 0 || count > uint64(len(data)-n)/leastBytes {
		return nil, errTableDamaged
	}
	data = data[n:]
	l.ends, l.lat, l.lon = make([]uint32, 0, count), make([]int32, 0, count), make([]int32, 0, count)
	var text []byte
	var code, previous []byte
	var lat, lon int64
	for range count {
		if len(data) < 2 || int(data[0]) > len(previous) || len(data) < 2+int(data[1]) {
			return nil, errTableDamaged
		}
		shared, added := int(data[0]), int(data[1])
		code = append(append(code[:0], previous[:shared]...), data[2:2+added]...)
		data = data[2+added:]
		if len(code) < shortest || len(code) > longest || string(code) <= string(previous) || !isCode(code) {
			return nil, errTableDamaged
		}
		for _, sum := range []*int64{&lat, &lon} {
			difference, n := binary.Varint(data)
			if n <= 0 {
				return nil, errTableDamaged
			}
			data = data[n:]
			*sum += difference
		}
		if lat < -90*codeStepsPerDegree || lat > 90*codeStepsPerDegree || lon < -180*codeStepsPerDegree || lon > 180*codeStepsPerDegree {
			return nil, errTableDamaged
		}
		text = append(text, code...)
		l.ends = append(l.ends, uint32(len(text)))
		l.lat, l.lon = append(l.lat, int32(lat)), append(l.lon, int32(lon))
		previous = append(previous[:0], code...)
	}
	l.text = string(text)
	return data, nil
}

func isCode(code []byte) bool {
	for _, c := range code {
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}
