package kit

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/ui/text"
)

// Whatever is drawn, wherever one looks: a map is as large as its room, and an ASCII one is ASCII.
func TestAMapFillsItsRoom(t *testing.T) {
	look := testLook(text.German, termenv.TrueColor, ModeDark)
	var m MapCanvas
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 60).Draw(t, "w"), rapid.IntRange(1, 30).Draw(t, "h")
		degree := rapid.Float64Range(-200, 200)
		var places []Place
		var points []AreaPoint
		for range rapid.IntRange(0, 12).Draw(t, "n") {
			p := Place{degree.Draw(t, "lon"), degree.Draw(t, "lat")}
			places = append(places, p)
			points = append(points, AreaPoint{p, int32(len(points) % 3)})
		}
		southWest, northEast, _ := Corners(places)
		window := FitWindow(w, h, southWest, northEast).Zoom(rapid.Float64Range(0.01, 100).Draw(t, "zoom"))
		glyphs := Glyphs(rapid.IntRange(0, 2).Draw(t, "glyphs"))
		m.Reset(w, h, window.Pan(degree.Draw(t, "right"), degree.Draw(t, "down")), glyphs)
		m.Areas(MapInk{Dim, ':'}, points, rapid.Float64Range(0, 1e4).Draw(t, "reach"))
		m.Line(MapInk{Faint, '.'}, places...)
		for _, p := range places {
			m.Mark(p, MapSign{Sign: '●', ASCII: 'o'}, Late)
			m.Label(p, "Koeln 東", Dim, false)
			m.Label(p, "Ulm", Dim, true)
		}
		m.Point(rapid.IntRange(-2, 62).Draw(t, "x"), rapid.IntRange(-2, 32).Draw(t, "y"), MapSign{Sign: '▸', ASCII: '>'}, Selected)
		requireSize(t, m.View(look), w, h)
		if drawn := ansi.Strip(m.View(look)); glyphs == ASCII {
			require.Equal(t, len(drawn), utf8.RuneCountInString(drawn))
		}
	})
}

func TestAMapKeepsDistancesTrue(t *testing.T) {
	var m MapCanvas
	stuttgart, berlin := Place{9.18, 48.78}, Place{13.4, 52.52}
	window := FitWindow(60, 30, Place{6, 47}, Place{15, 55})
	m.Reset(60, 30, window, Braille)
	x1, y1 := m.position(stuttgart)
	x2, y2 := m.position(berlin)
	rows := math.Hypot((x2-x1)/2, y2-y1) // a cell is twice as high as wide
	require.InEpsilon(t, 511, rows/window.Kilometre(), 0.02, "kilometres from Stuttgart to Berlin")

	x, y, ok := m.Where(stuttgart)
	require.True(t, ok)
	require.Less(t, m.Away(stuttgart, x, y), 1.0, "a place lies in its cell")
	require.Greater(t, m.Away(berlin, x, y), 5.0)
	corner := m.At(x, y)
	require.InDelta(t, stuttgart.Lon, corner.Lon, 1)
	require.InDelta(t, stuttgart.Lat, corner.Lat, 1)

	for _, p := range []Place{{6, 47}, {15, 55}} {
		_, _, ok := m.Where(p)
		require.True(t, ok, "all that the window was fitted to is seen")
	}
	moved := window.Pan(10, 5)
	m.Reset(60, 30, moved, Braille)
	x2c, y2c, _ := m.Where(stuttgart)
	require.InDelta(t, x-10, x2c, 1)
	require.Equal(t, y-5, y2c)
}

func TestLinesRunWhereTwoAreasMeet(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	var m MapCanvas
	m.Reset(21, 9, FitWindow(21, 9, Place{8, 48}, Place{10, 50}), ASCII)
	west, east := AreaPoint{Place{8.5, 49}, 0}, AreaPoint{Place{9.5, 49}, 1}
	m.Areas(MapInk{Dim, ':'}, []AreaPoint{west, east}, 500)
	for _, line := range strings.Split(m.View(look), "\n") {
		require.InDelta(t, 10, strings.Index(line, ":"), 1, "halfway between them")
		require.LessOrEqual(t, strings.Count(line, ":"), 2)
	}
	m.Reset(81, 35, FitWindow(81, 35, Place{8, 48}, Place{10, 50}), ASCII)
	m.Areas(MapInk{Dim, ':'}, []AreaPoint{west, east}, 5)
	require.NotContains(t, m.View(look), ":", "far from everybody there is nothing to part")
}
