package intake

// Drawing the import page, and where its keys and clicks go.

import (
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
)

// headLines is the room above the panes: a title and a blank line.
const headLines = 2

// footLines is the room below them for what is wrong with a file.
const footLines = 3

func (p *Page) split() kit.Split { return kit.Split{Share: 0.42, From: kit.WideFrom} }

func (p *Page) rooms() (list, columns kit.Rect) {
	list, columns = p.split().Rooms(max(p.width-2, 0), max(p.height-headLines-footLines, 0))
	list.X, list.Y = list.X+1, list.Y+headLines
	columns.X, columns.Y = columns.X+1, columns.Y+headLines
	return list, columns
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
	list, columns := p.rooms()
	p.list.SetSize(list.W, list.H)
	p.columns.SetSize(columns.W, columns.H)
	lines := []string{" " + look.Paint(kit.Heading, look.T("intake.title")) + "  " + look.Paint(kit.Dim, look.T("intake.hint")), ""}
	panes := p.split().Join(look, max(p.width-2, 0), list.H+p.between(list, columns), p.list.View(), p.columns.View())
	for _, line := range strings.Split(panes, "\n") {
		lines = append(lines, " "+line)
	}
	lines = append(lines, p.foot()...)
	return kit.Block(lines, p.width, p.height)
}

// between is what the second pane adds to the first one's height when they stand
// one above the other.
func (p *Page) between(list, columns kit.Rect) int {
	if p.split().Wide(max(p.width-2, 0)) {
		return 0
	}
	return columns.H + 1
}

// foot says what keeps the file under the cursor from being read.
func (p *Page) foot() []string {
	f, look := p.current(), p.s.Look
	if f == nil {
		return nil
	}
	if f.err != nil {
		return append([]string{""}, indent(kit.Paragraph(look, kit.Late, p.errorText(f.err), max(p.width-2, 1)))...)
	}
	d := f.open.Detected()
	return []string{"", " " + look.Paint(kit.Dim, look.T("intake.detected", text.Args{
		"Folder": exchange.Clean(filepath.Dir(f.path)), "Encoding": string(d.Encoding), "Format": string(d.Format), "Size": kit.FileSize(look.Text, d.Size),
	}))}
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
		list, columns := p.rooms()
		switch {
		case list.Contains(m):
			if kit.Clicked(m) {
				p.focus(false)
			}
			return p.list.Update(list.Relative(m))
		case columns.Contains(m):
			if kit.Clicked(m) {
				p.focus(true)
			}
			return p.columns.Update(columns.Relative(m))
		}
		return nil
	}
	if p.onRight {
		return p.columns.Update(msg)
	}
	return p.list.Update(msg)
}
