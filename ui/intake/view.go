package intake

// Drawing the import page, and where its keys and clicks go.

import (
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
)

// How the page is divided, in lines.
const (
	headLines   = 1 // title
	footLines   = 3 // what is wrong with a file, or how it is read; the options
	fewestRows  = 2 // of the preview
	mostRows    = 10
	fewestPanes = 10 // lines that the panes keep before the preview gets any
)

// division is where the parts of the review stand.
type division struct {
	list, columns kit.Rect
	preview       kit.Rect
	wide          bool
}

func (p *Page) split() kit.Split { return kit.Split{Share: 0.42, From: kit.WideFrom} }

func (p *Page) rooms() (d division) {
	width, height := max(p.width-2, 0), max(p.height-headLines-footLines, 0)
	rows := min(max((height-fewestPanes)/3, fewestRows), mostRows) + 2
	rows = min(rows, max(height-fewestPanes, 0))
	d.preview = kit.Rect{X: 1, Y: headLines + height - rows, W: width, H: rows}
	height -= rows
	if d.wide = p.split().Wide(width); d.wide {
		d.list, d.columns = p.split().Rooms(width, height)
	} else {
		files := min(len(p.files)+1, max(height/3, 2))
		d.list = kit.Rect{W: width, H: min(files, height)}
		d.columns = kit.Rect{Y: d.list.H + 1, W: width, H: max(height-d.list.H-1, 0)}
	}
	d.list.X, d.list.Y = d.list.X+1, d.list.Y+headLines
	d.columns.X, d.columns.Y = d.columns.X+1, d.columns.Y+headLines
	return d
}

// View draws the page.
func (p *Page) View() string {
	look := p.s.Look
	switch p.stage {
	case stageRun:
		title := "intake.checking"
		if !p.dry {
			title = "intake.importing"
		}
		return kit.Block([]string{"", " " + look.Paint(kit.Heading, look.T(title)), "", "  " + p.progress.View()}, p.width, p.height)
	case stageReport, stageDone:
		title := "intake.report"
		if p.stage == stageDone {
			title = "intake.done"
		}
		lines := []string{" " + look.Paint(kit.Heading, look.T(title)), ""}
		for _, line := range strings.Split(p.report.View(), "\n") {
			lines = append(lines, "  "+line)
		}
		return kit.Block(lines, p.width, p.height)
	}
	d := p.rooms()
	p.list.SetSize(d.list.W, d.list.H)
	p.columns.SetSize(d.columns.W, d.columns.H)
	hint := look.T("intake.hint")
	title := look.T("intake.title")
	if mine, theirs := p.mine(); mine != "" {
		hint = mine + " " + theirs
		if kit.Width(title)+kit.Width(hint)+4 > p.width {
			hint = mine
		}
	}
	lines := []string{" " + look.Paint(kit.Heading, title) + "  " + look.Paint(kit.Dim, kit.Truncate(hint, max(p.width-kit.Width(title)-4, 1)))}
	if d.wide {
		lines = append(lines, indent(strings.Split(p.split().Join(look, d.preview.W, d.list.H, p.list.View(), p.columns.View()), "\n"))...)
	} else {
		lines = append(lines, indent(strings.Split(p.list.View(), "\n"))...)
		lines = append(lines, " "+look.Rule(d.list.W))
		lines = append(lines, indent(strings.Split(p.columns.View(), "\n"))...)
	}
	lines = append(lines, indent(p.preview(d.preview.W, d.preview.H))...)
	lines = append(lines, p.foot()...)
	return kit.Block(lines, p.width, p.height)
}

// foot says what keeps the file under the cursor from being read, or how it is
// read, and which options are on.
func (p *Page) foot() []string {
	f, look := p.current(), p.s.Look
	if f == nil {
		return nil
	}
	width := max(p.width-2, 1)
	if err := p.barred(f); err != nil {
		return indent(append(kit.Paragraph(look, kit.Late, p.errorText(err), width), p.switchLine(width)))
	}
	detected := p.words().Form(f.open.Detected()) + " · " + kit.FileSize(look.Text, f.open.Detected().Size) + " · " + exchange.Clean(filepath.Dir(f.path))
	lines := []string{look.Paint(kit.Dim, kit.Truncate(detected, width))}
	var days []string
	for _, d := range f.dates {
		days = append(days, d.Header+": "+p.words().Layout(d))
	}
	if len(days) > 0 {
		lines = append(lines, look.Paint(kit.Dim, kit.Truncate(strings.Join(days, " · "), width)))
	}
	lines = append(lines, p.switchLine(width))
	return indent(lines)
}

func indent(lines []string) []string {
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	return lines
}

// input hands keys and clicks to the pane they belong to.
func (p *Page) input(msg tea.Msg) tea.Cmd {
	if p.stage == stageReport || p.stage == stageDone {
		return p.report.Update(msg)
	}
	if p.stage != stageReview {
		return nil
	}
	if m, ok := msg.(tea.MouseMsg); ok {
		d := p.rooms()
		switch {
		case d.list.Contains(m):
			if kit.Clicked(m) {
				p.focus(false)
			}
			return p.list.Update(d.list.Relative(m))
		case d.columns.Contains(m):
			if kit.Clicked(m) {
				p.focus(true)
			}
			return p.columns.Update(d.columns.Relative(m))
		}
		return nil
	}
	if p.onRight {
		return p.columns.Update(msg)
	}
	return p.list.Update(msg)
}
