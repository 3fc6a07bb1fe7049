package paper

// The page as HTML that stands alone: no script, nothing that is fetched, charts as SVG.

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"sync"
)

//go:embed page.html page.css
var files embed.FS

// style is the style sheet: light, dark and for print.
func style() template.CSS {
	css, err := files.ReadFile("page.css")
	if err != nil {
		panic(err) // cannot happen: it is part of the program
	}
	return template.CSS(css) //nolint:gosec // the program's own file
}

var page = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page.html").Funcs(template.FuncMap{"style": style, "bar": drawBar, "spark": drawSpark}).ParseFS(files, "page.html"))
})

// HTML writes the page. The same page is the same bytes.
func HTML(w io.Writer, p Page) error { return page().Execute(w, p) }

// Above are the blocks over the whole width, Below those that the picture stands beside.
func (p Page) Above() []Block { return p.Blocks[:p.parting()] }

// Below are the blocks that the picture stands beside.
func (p Page) Below() []Block { return p.Blocks[p.parting():] }

func (p Page) parting() int { return min(max(p.AsideFrom, 0), len(p.Blocks)) }

// The charts' size in CSS pixels.
const (
	barWidth, barHeight     = 64.0, 9.0
	sparkWidth, sparkHeight = 66.0, 16.0
)

// drawnBar is a bar as the template draws it.
type drawnBar struct {
	Width, Height, Filled, Aim string
	HasAim                     bool
	Tone                       Tone
}

func pixels(x float64) string { return fmt.Sprintf("%.1f", x) }

func drawBar(b *Bar) drawnBar {
	within := func(share float64) float64 { return math.Min(math.Max(share, 0), 1) * (barWidth - 1) }
	return drawnBar{pixels(barWidth), pixels(barHeight), pixels(within(b.Share)), pixels(within(b.Aim) + 0.5), b.Aim > 0, b.Tone}
}

// drawnSpark is a spark as the template draws it: a column a value.
type drawnSpark struct {
	Width, Height, Aim string
	HasAim             bool
	Columns            []drawnColumn
	Tone               Tone
}

type drawnColumn struct{ X, Y, Width, Height string }

func drawSpark(s *Spark) drawnSpark {
	top := s.Aim
	for _, v := range s.Values {
		top = math.Max(top, v)
	}
	if top <= 0 {
		top = 1
	}
	drawn := drawnSpark{Width: pixels(sparkWidth), Height: pixels(sparkHeight), HasAim: s.Aim > 0, Tone: s.Tone}
	height := func(v float64) float64 { return math.Max(v, 0) / top * (sparkHeight - 2) }
	drawn.Aim = pixels(sparkHeight - 1 - height(s.Aim))
	wide := sparkWidth / float64(max(len(s.Values), 1))
	for i, v := range s.Values {
		h := math.Max(height(v), 0.6) // nothing, too, is a column
		drawn.Columns = append(drawn.Columns, drawnColumn{pixels(float64(i) * wide), pixels(sparkHeight - 1 - h), pixels(wide - 1), pixels(h)})
	}
	return drawn
}
