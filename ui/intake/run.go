package intake

// Running the import: dry first, then for good; with progress, and esc.

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/ready"
	"doppelpass/store"
	"doppelpass/ui/forms"
	"doppelpass/ui/habits"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
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

// get is the file being read, and either the share that is done or, where that
// cannot be known, the rows.
func (m *meter) get() (file string, share float64, rows int64) {
	m.lock.Lock()
	defer m.lock.Unlock()
	if m.size > 0 {
		return m.file, float64(m.read) / float64(m.size), 0
	}
	return m.file, 0, m.read
}

// finished is the outcome of a run.
type finished struct {
	reports []store.FileReport
	parted  []model.Parted // planned visits that the import would part from their rep
	away    []model.Parted // that would fall into absences
	err     error
	dry     bool
	backup  string // the copy from before; "": none was made
}

// beat redraws the progress.
type beat struct{ meter *meter }

func (p *Page) run(dry bool) tea.Cmd {
	ctx, cancel := context.WithCancel(p.s.Context())
	p.cancel, p.stage, p.dry = cancel, stageRun, dry
	m := &meter{}
	p.meter = m
	options := p.options
	options.DryRun, options.Progress = dry, m.set
	if ok, _ := p.mayCreate(); !ok { // the role may have changed since
		options.CreateMissing = false
	}
	var parted, away []model.Parted
	options.Today = p.s.Today
	decide := func(found *[]model.Parted, answer model.PlansAnswer) func([]model.Parted) (model.PlansAnswer, error) {
		return func(all []model.Parted) (model.PlansAnswer, error) {
			*found = all
			if answer == "" && !dry {
				return "", store.ErrPlansUndecided{Parted: all}
			}
			return answer, nil
		}
	}
	options.Plans, options.Away = decide(&parted, p.plans), decide(&away, p.away)
	var sources []store.Source
	var files []*file
	for _, f := range p.files {
		if p.barred(f) == nil {
			files = append(files, f)
		}
	}
	for _, f := range files {
		sources = append(sources, store.Source{File: f.open, Mapping: f.mapping})
	}
	s, actor := p.s.Store, p.s.Actor
	var copied store.Rotation
	if folder := p.s.Look.Recall(habits.Backup); folder != "" && !p.s.Remote {
		options.Before = func() (err error) {
			copied, err = s.BackupBefore(ctx, folder)
			return err
		}
	}
	work := func() tea.Msg {
		defer cancel()
		reports, err := s.Import(ctx, actor, sources, options)
		if err == nil && !dry {
			for _, f := range files {
				_ = s.RememberMapping(f.mapping) // a convenience: losing it loses nothing
			}
		}
		return finished{reports, parted, away, err, dry, copied.Path}
	}
	return tea.Batch(work, p.pulse(m))
}

func (p *Page) pulse(m *meter) tea.Cmd {
	return p.s.After(100*time.Millisecond, func(time.Time) tea.Msg { return beat{m} })
}

// Update answers messages.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	if cmd, ok := forms.CalendarRead(msg); ok {
		return cmd
	}
	switch msg := msg.(type) {
	case opened:
		return p.take(msg)
	case reread:
		p.replace(msg)
		return nil
	case beat:
		if msg.meter != p.meter || p.stage != stageRun {
			return nil
		}
		file, share, rows := p.meter.get()
		name := words.FileName(file)
		if rows > 0 { // of a workbook it is not known how many there will be
			name += " · " + p.s.Look.Text.N("intake.read", int(rows))
		}
		p.progress.Set(share, name)
		return p.pulse(p.meter)
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
			known = known || other.id() == f.id()
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
	var undecided store.ErrPlansUndecided
	if errors.As(msg.err, &undecided) {
		p.stage = stageReport
		if undecided.Away {
			return forms.AskAbsent(p.s, undecided.Parted, func(answer model.PlansAnswer) tea.Cmd {
				p.away = answer
				return p.run(false)
			})
		}
		return forms.AskParted(p.s, undecided.Parted, func(answer model.PlansAnswer) tea.Cmd {
			p.plans = answer
			return p.run(false)
		})
	}
	p.reports, p.parted, p.absent, p.strictly, p.plans, p.away, p.backup = msg.reports, msg.parted, msg.away, errors.Is(msg.err, store.ErrStrict), "", "", msg.backup
	switch {
	case p.strictly:
		p.stage = stageReport
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
		p.lacking = len(ready.Gaps(p.s.Day(), nil)) > 0
		total := 0
		for _, r := range msg.reports {
			total += r.Tally.Added + r.Tally.Changed
		}
		if p.idle() { // what was checked has changed meanwhile
			p.s.Shell.Fail(p.nothing())
		} else {
			p.s.Shell.Say(look.Text.N("intake.imported", total))
		}
	}
	p.report.SetLines(p.reportLines())
	p.report.Top()
	return nil
}

// reportLines are the reports of all files, the skipped rows with their reasons.
func (p *Page) reportLines() []string {
	look := p.s.Look
	var lines []string
	add := func(indent int, text string) {
		for i, line := range wrapped(text, max(p.width-6-indent, 1)) {
			if i > 0 {
				line = "  " + line
			}
			lines = append(lines, kit.Blank(indent)+line)
		}
	}
	if p.lacking {
		add(0, look.T("intake.lacks"))
		for _, gap := range ready.Gaps(p.s.Day(), nil) {
			add(2, "○ "+words.Gap(look.Text, gap))
		}
		lines = append(lines, "")
	}
	for _, r := range p.reports {
		for _, line := range p.words().Lines(r, p.dry) {
			text := strings.TrimLeft(line, " ")
			add(len(line)-len(text), text)
		}
		lines = append(lines, "")
	}
	for _, f := range p.files {
		if f.err != nil {
			add(0, look.T("intake.leftout", text.Args{"Problem": p.errorText(f.err)}))
		} else if err := p.barred(f); err != nil {
			add(0, look.T("intake.leftout.yours", text.Args{"File": f.name(), "Problem": p.errorText(err)}))
		}
	}
	if p.dry && len(p.parted) > 0 {
		add(0, words.Parted(look.Text, p.s.Book, "plans.dry.app", p.parted))
	}
	if p.dry && len(p.absent) > 0 {
		add(0, words.Parted(look.Text, p.s.Book, "away.dry.app", p.absent))
	}
	if total := p.words().Total(p.reports, p.dry); total != "" {
		add(0, total)
	}
	if p.backup != "" {
		add(0, look.T("backup.before", text.Args{"Path": p.backup}))
	}
	switch {
	case p.strictly:
		add(0, look.T("report.strict"))
	case p.dry && p.idle():
		add(0, p.nothing())
		add(0, p.wayOut())
	case p.dry:
		add(0, look.T("intake.nothingyet"))
		if ok, _ := p.creatable(); ok {
			add(0, look.T("intake.create.offer"))
		}
	default:
		add(0, look.T("intake.undoable"))
	}
	return lines
}

// writes is how much an import would write, or wrote: more than none where it is any.
func writes(r store.FileReport) int {
	return r.Tally.Added + r.Tally.Changed + r.Persons + r.OptOuts + r.Assigned + r.Marked + r.Back + r.Promises + len(r.Created) + r.LastVisits
}

// idle reports that the import would write nothing.
func (p *Page) idle() bool {
	return !slices.ContainsFunc(p.reports, func(r store.FileReport) bool { return writes(r) > 0 })
}

// unknown reports that rows name accounts, territories or reps that nobody knows.
func (p *Page) unknown() bool {
	return slices.ContainsFunc(p.reports, func(r store.FileReport) bool {
		return len(r.Offers) > 0 || slices.ContainsFunc(r.Groups, func(g store.ProblemGroup) bool {
			return g.Reason == store.ReasonUnknownAccount || g.Reason == store.ReasonUnknownTerritory
		})
	})
}

// nothing says that nothing would be written, and why.
func (p *Page) nothing() string {
	same, skipped := 0, 0
	for _, r := range p.reports {
		same, skipped = same+r.Same, skipped+r.Skipped
		for _, rows := range r.LeftOut {
			skipped += rows
		}
	}
	key := "intake.idle.empty"
	switch {
	case same > 0 && skipped > 0:
		key = "intake.idle.both"
	case same > 0:
		key = "intake.idle.same"
	case skipped > 0:
		key = "intake.idle.skipped"
	}
	return p.s.Look.T(key, text.Args{"Same": p.s.Look.Text.N("intake.read", same), "Skipped": p.s.Look.Text.N("intake.read", skipped)})
}

// wayOut says what helps where nothing would be written.
func (p *Page) wayOut() string {
	if ok, _ := p.creatable(); ok {
		return p.s.Look.T("intake.out.create")
	}
	return p.s.Look.T("intake.out")
}

// wrapped breaks a line at blanks only: codes have hyphens and must stay whole.
func wrapped(line string, width int) (lines []string) {
	for word := range strings.FieldsSeq(line) {
		last := len(lines) - 1
		if last >= 0 && kit.Width(lines[last])+1+kit.Width(word) <= width {
			lines[last] += " " + word
		} else {
			lines = append(lines, kit.Truncate(word, width))
		}
	}
	return lines
}
