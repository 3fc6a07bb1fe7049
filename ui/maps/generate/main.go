// Command generate writes the embedded coastlines and borders of Europe. It fetches the npm package world-atlas
// (Natural Earth, public domain, as TopoJSON; the package itself is under the ISC licence) and reduces it. Run by go
// generate in the folder above; needs npm.
package main

import (
	"archive/tar"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"doppelpass/ui/maps"
)

// A fixed version: the same run gives the same file.
const (
	atlas  = "world-atlas@2.0.2"
	inside = "package/countries-10m.json"
)

// box is a part of the map in degrees, and how exact lines in it are: they stay within tolerance of what they were, and
// islands narrower than least are left out.
type box struct {
	west, south, east, north float64
	tolerance, least         float64
}

// Europe coarsely, and finely where the program's customers are.
var (
	europe = box{-25, 33, 45, 72, 0.015, 0.08}
	middle = box{2, 44, 20, 56, 0.003, 0.01}
)

func (b box) has(p point) bool {
	return p.lon >= b.west && p.lon <= b.east && p.lat >= b.south && p.lat <= b.north
}

type point struct{ lon, lat float64 }

type line struct {
	kind   byte
	points []point
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: generate FILE")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "generate the outlines:", err)
		os.Exit(1)
	}
}

func run(out string) error {
	countries, err := fetch()
	if err != nil {
		return err
	}
	lines, err := read(countries)
	if err != nil {
		return err
	}
	var reduced []line
	for _, l := range lines {
		for _, part := range cut(l) {
			if part, keep := reduce(part); keep {
				reduced = append(reduced, part)
			}
		}
	}
	file, err := pack(reduced)
	if err != nil {
		return err
	}
	return os.WriteFile(out, file, 0o644)
}

// fetch is the file of the countries.
func fetch() ([]byte, error) {
	folder, err := os.MkdirTemp("", "outlines")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	npm := exec.Command("npm", "pack", "--silent", atlas)
	npm.Dir, npm.Stderr = folder, os.Stderr
	printed, err := npm.Output()
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", atlas, err)
	}
	f, err := os.Open(filepath.Join(folder, strings.TrimSpace(string(printed))))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", atlas, err)
	}
	defer func() { _ = f.Close() }()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", atlas, err)
	}
	for r := tar.NewReader(unzipped); ; {
		header, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("%s has no %s", atlas, inside)
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", atlas, err)
		}
		if header.Name == inside {
			return io.ReadAll(r)
		}
	}
}

// read decodes the topology: its arcs are stretches between the corners where countries meet, each once. One that two
// countries share is a border, one that a single country has is a coast. The form: github.com/topojson/topojson-specification.
func read(file []byte) ([]line, error) {
	var topology struct {
		Transform struct{ Scale, Translate [2]float64 }
		Arcs      [][][2]int
		Objects   struct {
			Countries struct{ Geometries []json.RawMessage }
		}
	}
	if err := json.Unmarshal(file, &topology); err != nil {
		return nil, fmt.Errorf("read the topology: %w", err)
	}
	uses := make([]int, len(topology.Arcs))
	for _, raw := range topology.Objects.Countries.Geometries {
		var country struct{ Arcs any }
		if err := json.Unmarshal(raw, &country); err != nil {
			return nil, fmt.Errorf("read a country: %w", err)
		}
		count(country.Arcs, uses)
	}
	var lines []line
	for i, arc := range topology.Arcs {
		l := line{kind: maps.Coast}
		if uses[i] > 1 {
			l.kind = maps.Border
		}
		x, y := 0, 0
		for _, step := range arc {
			x, y = x+step[0], y+step[1]
			l.points = append(l.points, point{
				float64(x)*topology.Transform.Scale[0] + topology.Transform.Translate[0],
				float64(y)*topology.Transform.Scale[1] + topology.Transform.Translate[1],
			})
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// count counts how often arcs are used, in lists of lists of any depth; an arc taken backwards is ^its number.
func count(arcs any, uses []int) {
	switch arcs := arcs.(type) {
	case []any:
		for _, inner := range arcs {
			count(inner, uses)
		}
	case float64:
		i := int(arcs)
		if i < 0 {
			i = ^i
		}
		uses[i]++
	}
}

// cut is what of a line lies in Europe, parted where it enters or leaves its finer part. A point outside stays at either
// end, so that nothing stops short of the edge.
func cut(l line) (parts []line) {
	zone := func(p point) int {
		switch {
		case middle.has(p):
			return 2
		case europe.has(p):
			return 1
		}
		return 0
	}
	for from := 0; from < len(l.points)-1; {
		to, in := from+1, max(zone(l.points[from]), zone(l.points[from+1]))
		for to+1 < len(l.points) && max(zone(l.points[to]), zone(l.points[to+1])) == in {
			to++
		}
		if in > 0 {
			parts = append(parts, line{l.kind, l.points[from : to+1]})
		}
		from = to
	}
	return parts
}

// reduce leaves out points that hardly bend a line (Douglas and Peucker, Cartographica 10, 1973), and small islands.
func reduce(l line) (line, bool) {
	area := europe
	for _, p := range l.points {
		if middle.has(p) {
			area = middle
		}
	}
	if closed := l.points[0] == l.points[len(l.points)-1]; closed {
		west, east, south, north := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
		far := 0
		for i, p := range l.points {
			west, east = min(west, p.lon), max(east, p.lon)
			south, north = min(south, p.lat), max(north, p.lat)
			if away(l.points[0], l.points[far]) < away(l.points[0], p) {
				far = i
			}
		}
		if max((east-west)*shorten(l.points[0]), north-south) < area.least {
			return l, false
		}
		first := bend(l.points[:far+1], area.tolerance)
		return line{l.kind, append(first, bend(l.points[far:], area.tolerance)[1:]...)}, true
	}
	return line{l.kind, bend(l.points, area.tolerance)}, true
}

func shorten(p point) float64 { return math.Cos(p.lat * math.Pi / 180) }

func away(a, b point) float64 { return math.Hypot((a.lon-b.lon)*shorten(a), a.lat-b.lat) }

func bend(points []point, tolerance float64) []point {
	if len(points) < 3 {
		return append([]point(nil), points...)
	}
	a, b := points[0], points[len(points)-1]
	worst, at := 0.0, 0
	for i := 1; i < len(points)-1; i++ {
		if off := offLine(points[i], a, b); off > worst {
			worst, at = off, i
		}
	}
	if worst <= tolerance {
		return []point{a, b}
	}
	return append(bend(points[:at+1], tolerance), bend(points[at:], tolerance)[1:]...)
}

// offLine is how far a point is from a stretch.
func offLine(p, a, b point) float64 {
	k := shorten(p)
	px, py := (p.lon-a.lon)*k, p.lat-a.lat
	bx, by := (b.lon-a.lon)*k, b.lat-a.lat
	t := 0.0
	if length := bx*bx + by*by; length > 0 {
		t = min(max((px*bx+py*by)/length, 0), 1)
	}
	return math.Hypot(px-t*bx, py-t*by)
}

// pack makes the file. Its form is described where it is read, in outlines.go.
func pack(lines []line) ([]byte, error) {
	raw := binary.AppendUvarint(nil, uint64(len(lines)))
	lon, lat := 0, 0
	for _, l := range lines {
		raw = append(raw, l.kind)
		raw = binary.AppendUvarint(raw, uint64(len(l.points)))
		for _, p := range l.points {
			x, y := int(math.Round(p.lon*maps.OutlineSteps)), int(math.Round(p.lat*maps.OutlineSteps))
			raw = binary.AppendVarint(raw, int64(x-lon))
			raw = binary.AppendVarint(raw, int64(y-lat))
			lon, lat = x, y
		}
	}
	var out bytes.Buffer
	out.WriteByte(maps.OutlineVersion)
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(raw); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
