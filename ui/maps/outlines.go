package maps

// Coastlines and borders of Europe, embedded. They are unpacked when a map is first drawn.

import (
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"doppelpass/ui/kit"
)

//go:generate go run ./generate outlines.bin

// Attribution is what is said of the outlines wherever they show. Natural Earth is in the public domain and asks for
// nothing; who looks at a border wants to know whose it is.
const Attribution = "Natural Earth, public domain"

// The file, written by generate: a version byte, then a DEFLATE stream of the number of lines (uvarint), and for each its
// kind (a byte), its number of points (uvarint), and the points, each as the differences to the point before (varints,
// longitude first) in steps of a degree.
//
//go:embed outlines.bin
var outlinesFile string

// What generate needs to write the file.
const (
	OutlineVersion = 1
	OutlineSteps   = 1000 // a degree
)

// The kinds of line.
const (
	Coast  byte = 1
	Border byte = 2
)

// outline is a coast or a border.
type outline struct {
	kind                 byte
	points               []kit.Place
	southWest, northEast kit.Place // its corners
}

// outlines are all of them. The file is the program's own, checked by a test: a defect in it shows as a map without
// coasts.
var outlines = sync.OnceValue(func() []outline {
	lines, err := readOutlines(outlinesFile)
	if err != nil {
		return nil
	}
	return lines
})

func readOutlines(file string) ([]outline, error) {
	if file == "" || file[0] != OutlineVersion {
		return nil, errors.New("outlines of another version")
	}
	raw, err := io.ReadAll(flate.NewReader(strings.NewReader(file[1:])))
	if err != nil {
		return nil, fmt.Errorf("unpack the outlines: %w", err)
	}
	next := func() int {
		v, n := binary.Varint(raw)
		if n <= 0 {
			err = io.ErrUnexpectedEOF
			return 0
		}
		raw = raw[n:]
		return int(v)
	}
	length := func() int {
		v, n := binary.Uvarint(raw)
		if n <= 0 || v > uint64(len(raw)) {
			err = io.ErrUnexpectedEOF
			return 0
		}
		raw = raw[n:]
		return int(v)
	}
	lines := make([]outline, 0, length())
	lon, lat := 0, 0
	for range cap(lines) {
		if err != nil || len(raw) == 0 {
			return nil, io.ErrUnexpectedEOF
		}
		l := outline{kind: raw[0]}
		raw = raw[1:]
		l.points = make([]kit.Place, length())
		for i := range l.points {
			lon, lat = lon+next(), lat+next()
			l.points[i] = kit.Place{Lon: float64(lon) / OutlineSteps, Lat: float64(lat) / OutlineSteps}
		}
		l.southWest, l.northEast, _ = kit.Corners(l.points)
		lines = append(lines, l)
	}
	return lines, err
}
