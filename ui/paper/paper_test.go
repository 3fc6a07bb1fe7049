package paper

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/stretchr/testify/require"

	"doppelpass/ui/kit"
	"doppelpass/ui/text"
)

// sample has one of everything.
func sample() Page {
	return Page{Language: text.English, Title: "Briefing", Subtitle: "Tue", Foot: "End", Blocks: []Block{
		{Title: "A", Lines: []Line{{Mark: "▲", Tone: Sales, Text: "a | b <c>"}}, Note: "note"},
		{Title: "B", Table: &Table{Heads: []Head{{Title: "Name", Keep: 3}, {Title: "Share", Right: true, Keep: 2}, {Title: "Weeks", Keep: 1}}, Rows: []Row{
			{Cells: []Cell{{Mark: "◆", Tone: Marketing, Text: "A rather long name of something"}, {Text: "29 %", Bar: &Bar{Share: 0.29, Aim: 0.6, Tone: Late}}, {Spark: &Spark{Values: []float64{0, 1, 2, 3}, Aim: 2}}}},
			{Sum: true, Cells: []Cell{Of("all"), Toned(Strong, "31 %"), {}}},
		}}},
		{Title: "C", Cards: []Card{{Title: "Holz Maier", Steps: []Step{{Mark: "▲", Tone: Sales, Day: "1 Dec", Text: "visit"}, {Day: "4 Dec", Text: "order"}}, Note: "1,250 €"}}},
	}}
}

func html(t *testing.T, p Page) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, HTML(&b, p))
	return b.String()
}

func TestAPageStandsAloneAndIsTheSameBytes(t *testing.T) {
	made := html(t, sample())
	require.Equal(t, made, html(t, sample()))
	for _, outside := range []string{"http", "src=", "url(", "<script", "@import", "<link"} {
		require.NotContains(t, made, outside)
	}
	require.Contains(t, made, "a | b &lt;c&gt;", "what people typed is text")
	require.NotContains(t, made, "ZgotmplZ")
	require.NotContains(t, made, "<no value>")
	require.Equal(t, strings.Count(made, "<svg"), strings.Count(made, "</svg>"))
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(hex string) float64 {
	part := func(at int) float64 {
		n, _ := strconv.ParseUint(hex[at:at+2], 16, 8)
		c := float64(n) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(1) + 0.7152*part(3) + 0.0722*part(5)
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

// Every colour of text can be read on the paper, in the light, in the dark and in print.
func TestTextCanBeRead(t *testing.T) {
	require.InDelta(t, 21, contrast("#000000", "#ffffff"), 0.01)
	schemes := regexp.MustCompile(`:root \{([^}]*)\}`).FindAllStringSubmatch(string(style()), -1)
	require.Len(t, schemes, 3)
	for i, scheme := range schemes {
		colours := map[string]string{}
		for _, found := range regexp.MustCompile(`--(\w+): (#[0-9a-f]{6});`).FindAllStringSubmatch(scheme[1], -1) {
			colours[found[1]] = found[2]
		}
		for _, name := range []string{"ink", "dim", "sales", "marketing", "good", "late"} {
			require.Contains(t, colours, name)
			got := contrast(colours[name], colours["paper"])
			t.Logf("scheme %d %s %.1f", i, name, got)
			require.GreaterOrEqual(t, got, 4.5, "%s in scheme %d", name, i)
		}
	}
	for _, found := range regexp.MustCompile(`[^-]color: ([^;]+);`).FindAllStringSubmatch(string(style()), -1) {
		require.Regexp(t, `^var\(--\w+\)$`, found[1], "a colour that no test has seen")
	}
}

func TestMarkdownKeepsWhatPeopleTypedAsText(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, Markdown(&b, sample()))
	said := b.String()
	require.Contains(t, said, `- ▲ a \| b \<c>`)
	require.Contains(t, said, "| Name | Share | Weeks |\n|---|---:|---|\n")
	require.Contains(t, said, "29 % ▇▇▁▁▁▁▁▁")
	require.Contains(t, said, "**all**")
	require.Contains(t, said, `**Holz Maier** · ▲ 1 Dec visit · 4 Dec order · 1,250 €`)
}

func TestAScreenOfAnyWidthHoldsThePage(t *testing.T) {
	look := kit.NewLook(kit.NewTheme(lipgloss.NewRenderer(io.Discard), kit.ModeDark), text.New(text.English), nil)
	for width := 20; width < 130; width++ {
		lines := Lines(look, sample(), width)
		for _, line := range lines {
			require.LessOrEqual(t, kit.Width(line), width, fmt.Sprintf("%d: %q", width, line))
		}
		all := strings.Join(lines, "\n")
		require.Contains(t, all, "◆ A rather", "the name stays")
		if width >= 60 {
			require.Contains(t, all, "29 %")
			require.Contains(t, all, "▁▄▆█")
		}
	}
}

// On a narrow screen what is said in words goes on below; it is never cut.
func TestWordsOfATableGoOnBelow(t *testing.T) {
	look := kit.NewLook(kit.NewTheme(lipgloss.NewRenderer(io.Discard), kit.ModeDark), text.New(text.English), nil)
	table := Table{Heads: []Head{{Title: "Where", Keep: 2}, {Title: "Now", Keep: 1}}, Rows: []Row{{Cells: []Cell{Of("Leipzig"), {Mark: "▾", Text: "open again: then 9 short, now 14"}}}}}
	lines := table.lines(look, 32)
	require.Len(t, lines, 3)
	said := strings.Join(strings.Fields(strings.Join(lines[1:], " ")), " ")
	require.Equal(t, "Leipzig ▾ open again: then 9 short, now 14", said)
	require.NotContains(t, said, "…")
}
