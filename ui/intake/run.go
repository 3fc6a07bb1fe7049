package intake

// Running the import: dry first, then for good; with progress, and esc.

import (
	"context"
	"errors"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/store"
	"doppelpass/ui/report"
	"doppelpass/ui/text"
)

// meter carries the progress from the import's goroutine to the screen.
type meter struct {
	lock       sync.Mutex
	file       string
	read, size int64
}

func (m *meter) set(file string, read, size int64) {
	m.lock.Lock()
	m.file, m.read, m.size = file, read, size
	m.lock.Unlock()
}

func (m *meter) get() (file string, share float64) {
	m.lock.Lock()
	defer m.lock.Unlock()
	if m.size > 0 {
		share = float64(m.read) / float64(m.size)
	}
	return m.file, share
}

// finished is the outcome of a run.
type finished struct {
	reports []store.FileReport
	err     error
	dry     bool
}

// beat redraws the progress.
type beat struct{ meter *meter }

func (p *Page) run(dry bool) tea.Cmd {
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel, p.stage, p.dry = cancel, stageRun, dry
	m := &meter{}
	p.meter = m
	options := p.options
	options.DryRun, options.Progress = dry, m.set
	var sources []store.Source
	files := p.files
	for _, f := range files {
		sources = append(sources, store.Source{File: f.open, Mapping: f.mapping})
	}
	s, actor := p.s.Store, p.s.Actor
	work := func() tea.Msg {
		defer cancel()
		reports, err := s.Import(ctx, actor, sources, options)
		if err == nil && !dry {
			for _, f := range files {
				_ = s.RememberMapping(f.mapping) // a convenience: losing it loses nothing
			}
		}
		return finished{reports, err, dry}
	}
	return tea.Batch(work, pulse(m))
}

func pulse(m *meter) tea.Cmd {
	return tea.Tick(100*time.Millisecond, func(time.Time) tea.Msg { return beat{m} })
}

// Update answers messages.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case opened:
		return p.take(msg)
	case beat:
		if msg.meter != p.meter || p.stage != stageRun {
			return nil
		}
		file, share := p.meter.get()
		p.progress.Set(share, report.FileName(file))
		return pulse(p.meter)
	case finished:
		return p.finish(msg)
	case tea.KeyMsg, tea.MouseMsg:
		return p.input(msg)
	}
	return nil
}

func (p *Page) take(msg opened) tea.Cmd {
	if msg.err != nil {
		p.s.Shell.Fail(p.errorText(msg.err))
		return nil
	}
	for _, f := range msg.files {
		known := false
		for _, other := range p.files {
			known = known || other.path == f.path
		}
		if known {
			f.close()
			continue
		}
		p.files = append(p.files, f)
	}
	p.list.Refresh()
	p.columns.Refresh()
	return nil
}

func (p *Page) finish(msg finished) tea.Cmd {
	look := p.s.Look
	p.reports = msg.reports
	switch {
	case errors.Is(msg.err, context.Canceled):
		p.stage = stageReview
		p.s.Shell.Say(look.T("intake.cancelled"))
		return nil
	case msg.err != nil:
		p.stage = stageReview
		p.s.Shell.Fail(p.errorText(msg.err))
		return nil
	case msg.dry:
		p.stage = stageReport
	default:
		p.stage = stageDone
		total := 0
		for _, r := range msg.reports {
			total += r.Tally.Added + r.Tally.Changed
		}
		p.s.Shell.Say(look.Text.N("intake.imported", total))
	}
	p.report.SetLines(p.reportLines())
	p.report.Top()
	return nil
}

// reportLines are the reports of all files, the skipped rows with their reasons.
func (p *Page) reportLines() []string {
	look := p.s.Look
	var lines []string
	for _, r := range p.reports {
		lines = append(lines, p.words().Lines(r, p.dry)...)
		for i, problem := range r.Problems {
			if i == 200 {
				lines = append(lines, "    "+look.Text.N("intake.moreproblems", r.Skipped-i))
				break
			}
			lines = append(lines, "    "+p.words().Problem(problem))
		}
		lines = append(lines, "")
	}
	if p.dry && len(lines) > 0 {
		lines = append(lines, look.T("intake.nothingyet"))
	} else if len(lines) > 0 {
		lines = append(lines, look.T("intake.undoable", text.Args{}))
	}
	return lines
}
