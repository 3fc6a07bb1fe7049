package kit

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/ui/text"
)

func TestChartsKeepTheirWidth(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	numbers := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{0, 1, -1, math.NaN(), math.Inf(1), math.Inf(-1), 0.5}))
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.IntRange(0, 60).Draw(t, "w")
		a, b, c := numbers.Draw(t, "a"), numbers.Draw(t, "b"), numbers.Draw(t, "c")
		values := rapid.SliceOf(numbers).Draw(t, "values")
		for _, s := range []string{SparklineTo(values, a, w), Bar(a, w), Meter(a, w), WindowLine(a, b, w)} {
			require.Equal(t, w, ansi.StringWidth(s), "%q", s)
		}
		require.Equal(t, w, Cell{Spans: Gauge(a, b, c, w, Late)}.width())
		l := NewTimeLine(today+60-120, today, w, rapid.IntRange(0, 20).Draw(t, "perWeek"))
		day := today - 200
		row := l.Row(Stretch{From: day, To: day + 300, Fill: '▇', Edges: true}, Stretch{From: today + 5, To: today + 5, Fill: '┄'})
		require.Equal(t, w, Cell{Spans: row}.width())
		months, weeks := l.Heads(look.Text)
		require.Equal(t, w, Cell{Spans: months}.width())
		require.Equal(t, w, Cell{Spans: weeks}.width())
	})
}

func TestChartsShowWhatTheyMean(t *testing.T) {
	require.Equal(t, "▁▂▅█", SparklineTo([]float64{0, 1, 4, 7}, 0, 4)[:len("▁▂▅█")])
	require.Equal(t, "  █▁", SparklineTo([]float64{3, 0}, 0, 4))
	require.Equal(t, "▂", SparklineTo([]float64{0.01}, 100, 1), "a little is not nothing")
	require.Equal(t, "████▌▁▁▁▁▁", Bar(0.45, 10))
	require.Equal(t, "▁▁▁▁", Bar(0, 4))
	require.Equal(t, "████", Bar(1, 4))
	require.Equal(t, "███▉", Bar(0.9999, 4), "only all is all")
	require.Equal(t, "▏▁▁▁", Bar(0.0001, 4))
	require.Equal(t, "▇▇▇▁▁▁▁▁", Meter(0.4, 8))
	require.Equal(t, "├───●════┤", WindowLine(0.4, -1, 10))
	require.Equal(t, "├─┊─●════┤", WindowLine(0.4, 0.2, 10))
}

func TestTheTimeLineKnowsItsDays(t *testing.T) {
	l := NewTimeLine(today, today, 50, 5)
	require.Equal(t, today-1, l.First, "the Monday")
	require.Equal(t, 10, l.Weeks)
	rapid.Check(t, func(t *rapid.T) {
		l := NewTimeLine(today, today, rapid.IntRange(20, 200).Draw(t, "w"), rapid.IntRange(2, 14).Draw(t, "perWeek"))
		for x := range l.Width {
			if x > 0 {
				require.GreaterOrEqual(t, l.Day(x), l.Day(x-1))
			}
			require.Equal(t, x, l.Column(l.Day(x)+0), "a cell's day begins in the cell or left of it")
			if l.PerWeek > 7 {
				break // then some cells begin no day
			}
		}
	})
	row := Cell{Spans: l.Row(Stretch{From: today + 6, To: today + 12, Fill: '▇'})}
	var drawn strings.Builder
	for _, s := range row.Spans {
		drawn.WriteString(s.Text)
	}
	require.Equal(t, "│    ▇▇▇▇▇", strings.TrimRight(drawn.String(), " "))
}

func TestDialogsAnswerByKeyAndByClick(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	answered := false
	ask := func() *Dialog {
		answered = false
		d := Confirm(look, "Löschen?", "Wirklich?", func() tea.Cmd { answered = true; return nil })
		d.SetSize(80, 24)
		d.View()
		return d
	}
	for key, yes := range map[string]bool{"y": true, "j": true, "n": false, "esc": false, "enter": false} {
		d := ask()
		d.Update(keyOf(key))
		require.True(t, d.Done(), key)
		require.Equal(t, yes, answered, key)
	}
	d := ask()
	keys(d.Update, "left", "enter")
	require.True(t, answered)
	d = ask()
	screen := Cover(Block(nil, 80, 24), d)
	requireSize(t, screen, 80, 24)
	for y, line := range strings.Split(screen, "\n") {
		if before, _, found := strings.Cut(line, "ja (j)"); found {
			d.Update(click(Width(before), y))
		}
	}
	require.True(t, answered)

	picked := ""
	choice := Choose(look, "Wie?", "", []Option{{Value: "a"}, {Value: "b", Detail: "das zweite"}}, func(v string) tea.Cmd { picked = v; return nil })
	choice.SetSize(80, 24)
	keys(choice.Update, "down", "enter")
	require.Equal(t, "b", picked)
}

func TestModalsCoverAnyScreen(t *testing.T) {
	look := testLook(text.German, termenv.TrueColor, ModeDark)
	makers := map[string]func() Modal{
		"confirm": func() Modal { return Confirm(look, "Löschen?", strings.Repeat("Ein langer Satz. ", 9), nil) },
		"palette": func() Modal { return NewPalette(look, testCatalogue(look)) },
		"help":    func() Modal { return NewHelp(look, testCatalogue(look)) },
		"form":    func() Modal { return NewFormBox(look, testForm(look)) },
		"files":   func() Modal { return NewFilePicker(look, "/", ".csv") },
	}
	for name, make := range makers {
		for _, size := range [][2]int{{80, 24}, {160, 45}, {40, 12}, {20, 6}} {
			m := make()
			m.SetSize(size[0], size[1])
			background := Block([]string{strings.Repeat("東", size[0]/2), look.Paint(Sales, strings.Repeat("x", size[0]))}, size[0], size[1])
			requireSize(t, m.View(), m.Room().W, m.Room().H)
			requireSize(t, Cover(background, m), size[0], size[1])
			require.False(t, m.Done(), name)
		}
	}
}

// drain runs a command and hands its message back until there is none.
func drain(update func(tea.Msg) tea.Cmd, cmd tea.Cmd) {
	for cmd != nil {
		cmd = update(cmd())
	}
}

func TestTheFilePickerChoosesFiles(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"Kunden.csv", "besuche.XLSX", "brief.pdf", ".versteckt.csv"} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte("x"), 0o600))
	}
	require.NoError(t, os.Mkdir(filepath.Join(folder, "Archiv"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "Archiv", "alt.csv"), nil, 0o600))
	look := testLook(text.German, termenv.Ascii, ModeDark)
	var picked []string
	open := func() *FilePicker {
		p := NewFilePicker(look, folder, ".csv", ".xlsx")
		p.OnPick = func(paths []string) tea.Cmd { picked = paths; return nil }
		p.SetSize(90, 24)
		drain(p.Update, p.Init())
		return p
	}
	press := func(p *FilePicker, names ...string) {
		for _, name := range names {
			drain(p.Update, p.Update(keyOf(name)))
		}
	}
	p := open()
	view := p.View()
	for _, shown := range []string{"eine Ebene höher", "alles in diesem Ordner", "Archiv", "besuche.XLSX", "Kunden.csv"} {
		require.Contains(t, view, shown)
	}
	require.NotContains(t, view, "brief.pdf")
	require.NotContains(t, view, "versteckt")

	press(p, "k", "u", "enter")
	require.True(t, p.Done())
	require.Equal(t, []string{filepath.Join(folder, "Kunden.csv")}, picked)

	p = open()
	press(p, "a", "r", "enter")
	require.Contains(t, p.View(), "alt.csv")
	press(p, "left")
	require.Contains(t, p.View(), "▸ Archiv", "back on the folder it came from")
	require.Equal(t, "Archiv", p.table.Cursor())
	press(p, "down", "space", "space", "enter")
	require.ElementsMatch(t, []string{filepath.Join(folder, "besuche.XLSX"), filepath.Join(folder, "Kunden.csv")}, picked)

	p = open()
	for _, r := range "Archiv/alt.csv" {
		press(p, string(r))
	}
	press(p, "enter")
	require.Equal(t, []string{filepath.Join(folder, "Archiv", "alt.csv")}, picked)

	p = open() // a path is typed, and then a row chosen: the row is meant
	for _, r := range "./x" {
		press(p, string(r))
	}
	press(p, "down", "down", "down", "enter")
	require.Equal(t, []string{filepath.Join(folder, "besuche.XLSX")}, picked)

	p = open()
	cancelled := false
	p.OnCancel = func() tea.Cmd { cancelled = true; return nil }
	press(p, "x", "esc")
	require.False(t, cancelled, "esc takes the letters away first")
	press(p, "esc")
	require.True(t, cancelled && p.Done())

	p = open()
	for _, r := range "./nirgends" {
		press(p, string(r))
	}
	press(p, "enter")
	require.Contains(t, p.View(), "! Diesen Ordner oder diese Datei gibt es nicht.")
	require.False(t, p.Done())
}

func TestCopyGoesThroughTheTerminalWhenThePersonIsElsewhere(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	var terminal bytes.Buffer
	look.Output = &terminal
	look.SetRemote(true)
	msg := look.Copy("Süd")().(Copied)
	require.NoError(t, msg.Err)
	require.Equal(t, "\x1b]52;c;U8O8ZA==\x07", terminal.String())
	look.Output = nil
	require.ErrorIs(t, look.Copy("x")().(Copied).Err, errNoClipboard)
	look.Output = brokenTerminal{}
	require.Error(t, look.Copy("x")().(Copied).Err)
}

type brokenTerminal struct{}

func (brokenTerminal) Write([]byte) (int, error) { return 0, errors.New("gone") }

// A sentence that a line does not hold takes a second one, and what is cut ends before
// what stands at the right.
func TestALongStatusTakesTwoLines(t *testing.T) {
	status := NewStatus(testLook(text.German, termenv.Ascii, ModeDark))
	status.SetSize(40, 1)
	status.Say("Gespeichert.")
	require.Len(t, status.Lines(2), 1)
	status.Fail("Ein Kunde liegt vor: vermerken, wie es ausging, oder zurücklegen.")
	lines := status.Lines(2)
	require.Len(t, lines, 2)
	require.NotContains(t, strings.Join(lines, ""), "…")
	require.Equal(t, 40, Width(lines[1]))
	require.Equal(t, "ein langer … 27 Kunden", Sides("ein langer Titel einer Liste", "27 Kunden", 22))
}

func TestLinesAndPanesKeepTheirRoom(t *testing.T) {
	look := testLook(text.German, termenv.TrueColor, ModeDark)
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(0, 150).Draw(t, "w"), rapid.IntRange(1, 40).Draw(t, "h")
		words := anyText.Draw(t, "text")
		status, progress := NewStatus(look), NewProgress(look, words)
		status.Fail(words)
		progress.Set(rapid.Float64Range(-1, 2).Draw(t, "share"), words)
		for _, part := range []interface {
			SetSize(int, int)
			View() string
		}{status, progress} {
			part.SetSize(w, 1)
			requireSize(t, part.View(), w, 1)
		}
		split := Split{Share: rapid.Float64Range(0, 1).Draw(t, "split")}
		a, b := split.Rooms(w, h)
		requireSize(t, split.Join(look, w, h, Block([]string{words}, a.W, a.H), Block(nil, b.W, b.H)), w, h)
		scroll := NewScroll(look)
		scroll.SetSize(w, h)
		scroll.SetLines(Paragraph(look, Dim, strings.Repeat(words+" ", 30), w))
		scroll.Update(keyOf(rapid.SampledFrom([]string{"down", "G", "pgdown"}).Draw(t, "key")))
		requireSize(t, scroll.View(), w, h)
		pairs := []Pair{{words, Cell{Text: words}}, {"b", Cell{Text: words, Align: AlignRight}}, {"c", Cell{Spans: []Span{{Text: words}}}}}
		for _, line := range KeyValue(look, pairs, w, 2) {
			requireSize(t, line, w, 1)
		}
		for _, line := range Wrap(words, w) {
			require.LessOrEqual(t, Width(line), w)
		}
		require.Equal(t, w, Width(Fit(words, w, AlignRight)))
		require.LessOrEqual(t, Width(Truncate(Clean(words), w)), w)
	})
}

func TestCleanTextCannotMoveTheTerminal(t *testing.T) {
	require.Equal(t, "a b[31mrot", Clean("a\tb\x1b[31mrot\u202e"))
	require.Equal(t, "Süß", Clean("Süß"))
	require.Equal(t, "a?b", Clean("a\xffb"))
}

func TestTheScrollStaysWithinItsLines(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	s := NewScroll(look)
	s.SetSize(10, 3)
	s.SetLines([]string{"1", "2", "3", "4", "5"})
	require.Equal(t, "1         \n2         \n3        ▾", s.View())
	keys(s.Update, "G")
	require.Equal(t, "3        ▴\n4         \n5         ", s.View())
	s.SetLines([]string{"1"})
	require.Equal(t, "1         \n          \n          ", s.View())
}

func TestTheMouseIsTranslated(t *testing.T) {
	r := Rect{X: 10, Y: 5, W: 20, H: 3}
	require.True(t, r.Contains(click(10, 5)))
	require.False(t, r.Contains(click(30, 5)))
	m := r.Relative(click(12, 6))
	require.Equal(t, 2, m.X)
	require.Equal(t, 1, m.Y)
}

func TestANumberIsNeverCut(t *testing.T) {
	for whole, want := range map[string]map[int]string{
		"0711 5550142":                {12: "0711 5550142", 11: "…", 6: "…", 5: "…"},
		"Wert 11.120,50 €":            {16: "Wert 11.120,50 €", 15: "Wert …", 9: "Wert …"},
		"Metallbau Ostertag GmbH":     {20: "Metallbau Ostertag …", 12: "Metallbau O…"},
		"12 visits this week, 7 more": {10: "12 visits…", 24: "12 visits this week, 7 …", 23: "12 visits this week, …"},
	} {
		for width, cut := range want {
			require.Equal(t, cut, Truncate(whole, width), "%q in %d", whole, width)
			require.Equal(t, Fit(cut, width, AlignLeft), ansi.Strip(FitLine("\x1b[1m"+whole+"\x1b[0m", width)), "styled: %q in %d", whole, width)
		}
	}
}
