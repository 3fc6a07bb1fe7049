package paper

// The page as Markdown: to be pasted into a wiki or a mail.

import (
	"io"
	"strings"

	"doppelpass/ui/kit"
)

// barCells is how long a bar is.
const barCells = 8

// chart is the cell's chart in characters; "" for none.
func (c Cell) chart() string {
	switch {
	case c.Bar != nil:
		return kit.Meter(c.Bar.Share, barCells)
	case c.Spark != nil:
		return kit.SparklineTo(c.Spark.Values, c.Spark.Aim, len(c.Spark.Values))
	}
	return ""
}

// String is the cell without its tone.
func (c Cell) String() string {
	parts := make([]string, 0, 3)
	for _, part := range [...]string{c.Mark, c.Text, c.chart()} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " ")
}

// plainly keeps what a text means from being taken for Markdown.
var plainly = strings.NewReplacer(`\`, `\\`, `|`, `\|`, `*`, `\*`, `_`, `\_`, "`", "\\`", `<`, `\<`, `[`, `\[`, `]`, `\]`, `#`, `\#`, "\n", " ")

// Markdown writes the page.
func Markdown(w io.Writer, p Page) error {
	var b strings.Builder
	b.WriteString("# " + plainly.Replace(p.Title) + "\n")
	if p.Subtitle != "" {
		b.WriteString("\n" + plainly.Replace(p.Subtitle) + "\n")
	}
	for _, block := range p.Blocks {
		b.WriteString("\n## " + plainly.Replace(block.Title) + "\n\n")
		for _, line := range block.Lines {
			b.WriteString("- " + plainly.Replace(strings.TrimSpace(line.Mark+" "+line.Text)) + "\n")
		}
		if t := block.Table; t != nil {
			if len(block.Lines) > 0 {
				b.WriteString("\n")
			}
			heads, rules := "|", "|"
			for _, h := range t.Heads {
				heads += " " + plainly.Replace(h.Title) + " |"
				if h.Right {
					rules += "---:|"
				} else {
					rules += "---|"
				}
			}
			b.WriteString(heads + "\n" + rules + "\n")
			for _, row := range t.Rows {
				line := "|"
				for _, c := range row.Cells {
					said := plainly.Replace(c.String())
					if row.Sum && said != "" {
						said = "**" + said + "**"
					}
					line += " " + said + " |"
				}
				b.WriteString(line + "\n")
			}
		}
		for _, card := range block.Cards {
			b.WriteString("- **" + plainly.Replace(card.Title) + "**")
			for _, step := range card.Steps {
				b.WriteString(" · " + plainly.Replace(strings.TrimSpace(step.Mark+" "+step.Day+" "+step.Text)))
			}
			if card.Note != "" {
				b.WriteString(" · " + plainly.Replace(card.Note))
			}
			b.WriteString("\n")
		}
		if block.Note != "" {
			b.WriteString("\n" + plainly.Replace(block.Note) + "\n")
		}
	}
	if p.Foot != "" {
		b.WriteString("\n" + plainly.Replace(p.Foot) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
