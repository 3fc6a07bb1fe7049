package maps

// Lines between areas of a raster, as few straight stretches as will do.

import "math"

// areaReach is how far from the nearest account, in kilometres, a territory still counts.
const areaReach = 80

type corner [2]float64

// between are the lines along which two areas of a raster meet, in cells.
func between(of []int32, width, height int) (lines [][]corner) {
	type spot [2]int32
	next := map[spot][]spot{}
	var order []spot
	join := func(a, b spot) {
		for _, end := range [...][2]spot{{a, b}, {b, a}} {
			if next[end[0]] == nil {
				order = append(order, end[0])
			}
			next[end[0]] = append(next[end[0]], end[1])
		}
	}
	for y := range height {
		for x := range width {
			here := of[y*width+x]
			if here < 0 {
				continue
			}
			if x+1 < width && of[y*width+x+1] >= 0 && of[y*width+x+1] != here {
				join(spot{int32(x + 1), int32(y)}, spot{int32(x + 1), int32(y + 1)})
			}
			if y+1 < height && of[(y+1)*width+x] >= 0 && of[(y+1)*width+x] != here {
				join(spot{int32(x), int32(y + 1)}, spot{int32(x + 1), int32(y + 1)})
			}
		}
	}
	gone := map[[2]spot]bool{}
	walk := func(from, to spot) {
		line := []corner{{float64(from[0]), float64(from[1])}}
		for {
			if gone[[2]spot{from, to}] {
				break
			}
			gone[[2]spot{from, to}], gone[[2]spot{to, from}] = true, true
			line = append(line, corner{float64(to[0]), float64(to[1])})
			onward := next[to]
			if len(onward) != 2 {
				break
			}
			after := onward[0]
			if after == from {
				after = onward[1]
			}
			from, to = to, after
		}
		if len(line) > 4 { // a single account among others is no border
			lines = append(lines, straighten(line, 0.9))
		}
	}
	for _, rings := range [...]bool{false, true} { // first what ends somewhere, then what closes
		for _, from := range order {
			if len(next[from]) == 2 != rings {
				continue
			}
			for _, to := range next[from] {
				if !gone[[2]spot{from, to}] {
					walk(from, to)
				}
			}
		}
	}
	return lines
}

// straighten leaves out corners that lie within tolerance of the line without them (Douglas and
// Peucker, Cartographica 10, 1973).
func straighten(line []corner, tolerance float64) []corner {
	if len(line) < 3 {
		return line
	}
	a, b := line[0], line[len(line)-1]
	worst, at := 0.0, 0
	for i := 1; i < len(line)-1; i++ {
		if off := offLine(line[i], a, b); off > worst {
			worst, at = off, i
		}
	}
	if worst <= tolerance {
		return []corner{a, b}
	}
	first := straighten(line[:at+1], tolerance)
	return append(first[:len(first):len(first)], straighten(line[at:], tolerance)[1:]...)
}

func offLine(p, a, b corner) float64 {
	dx, dy := b[0]-a[0], b[1]-a[1]
	t := 0.0
	if length := dx*dx + dy*dy; length > 0 {
		t = min(max(((p[0]-a[0])*dx+(p[1]-a[1])*dy)/length, 0), 1)
	}
	return math.Hypot(p[0]-a[0]-t*dx, p[1]-a[1]-t*dy)
}
