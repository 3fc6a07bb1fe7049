package kit

// Areas on the map that are known only by what lies in them: each dot belongs to the area of
// the point nearest to it, and lines run where two areas meet.

import "math"

// AreaPoint is a point of an area.
type AreaPoint struct {
	At   Place
	Area int32 // 0 and above
}

// Areas draws the lines between areas. What is farther than reach, in kilometres, from every
// point belongs to none, and no line is drawn around it.
func (m *MapCanvas) Areas(ink MapInk, points []AreaPoint, reach float64) {
	width, height := m.across*m.width, m.down*m.height
	m.nearest = Nearest(m.nearest, width, height, float64(m.down)/float64(2*m.across), reach*m.window.Kilometre()*float64(m.down), func(yield func(x, y int, area int32)) {
		for _, p := range points {
			x, y := m.position(p.At)
			if x, y := x*float64(m.across), y*float64(m.down); x >= 0 && y >= 0 && x < float64(width) && y < float64(height) {
				yield(int(x), int(y), p.Area)
			}
		}
	})
	for y := range height {
		for x := range width {
			here := m.nearest[y*width+x]
			if here < 0 {
				continue
			}
			if x+1 < width {
				if right := m.nearest[y*width+x+1]; right >= 0 && right != here {
					m.dot(x, y, ink)
					continue
				}
			}
			if y+1 < height {
				if below := m.nearest[(y+1)*width+x]; below >= 0 && below != here {
					m.dot(x, y, ink)
				}
			}
		}
	}
}

// Nearest is, for each dot of a raster, the area of the point nearest to it, -1 for none
// within reach (in dots downwards). Points are handed in by their dots. A dot is wide times
// as wide as high. Two sweeps hand on the nearest point found so far from dot to dot, which is
// wrong by less than a dot (Danielsson, Computer Graphics and Image Processing 14, 1980).
func Nearest(space []int32, width, height int, wide, reach float64, points func(yield func(x, y int, area int32))) []int32 {
	type point struct {
		x, y int32
		area int32
	}
	var all []point
	if cap(space) < width*height {
		space = make([]int32, width*height)
	}
	of := space[:width*height] // the number of a point, -1: none yet
	for i := range of {
		of[i] = -1
	}
	points(func(x, y int, area int32) {
		of[y*width+x] = int32(len(all))
		all = append(all, point{int32(x), int32(y), area})
	})
	// In sixteenths of a dot, so that no step is reckoned in fractions.
	across, down := int64(16*wide), int64(16)
	away := func(i int32, x, y int) int64 {
		dx, dy := (int64(all[i].x)-int64(x))*across, (int64(all[i].y)-int64(y))*down
		return dx*dx + dy*dy
	}
	try := func(here *int32, least *int64, x, y, neighbour int) {
		if other := of[neighbour]; other >= 0 && other != *here {
			if far := away(other, x, y); far < *least {
				*here, *least = other, far
			}
		}
	}
	sweep := func(y, beside int, forward bool) { // beside: the line that was done before, -1 or +1
		above, inside := (y+beside)*width, y+beside >= 0 && y+beside < height
		for n := range width {
			x, back := n, -1
			if !forward {
				x, back = width-1-n, 1
			}
			at := y*width + x
			here, least := of[at], int64(math.MaxInt64)
			if here >= 0 {
				if least = away(here, x, y); least == 0 {
					continue
				}
			}
			if x+back >= 0 && x+back < width {
				try(&here, &least, x, y, at+back)
			}
			if inside {
				try(&here, &least, x, y, above+x)
				if x > 0 {
					try(&here, &least, x, y, above+x-1)
				}
				if x+1 < width {
					try(&here, &least, x, y, above+x+1)
				}
			}
			of[at] = here
		}
	}
	for y := range height {
		sweep(y, -1, true)
		sweep(y, -1, false)
	}
	for y := height - 1; y >= 0; y-- {
		sweep(y, 1, false)
		sweep(y, 1, true)
	}
	limit := int64(math.Min(math.Max(reach, 1), 1e6) * 16)
	for y := range height {
		for x := range width {
			i := of[y*width+x]
			switch {
			case i < 0:
			case away(i, x, y) > limit*limit:
				of[y*width+x] = -1
			default:
				of[y*width+x] = all[i].area
			}
		}
	}
	return of
}
