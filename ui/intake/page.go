// Package intake is the import page: choose files, see what they were taken for,
// correct it, look at a dry run's report, confirm.
package intake

import (
	"context"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/ready"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
)

// stage is how far the import has come.
type stage uint8

const (
	stageChoose stage = iota // no files yet
	stageReview              // the files and their columns
	stageRun                 // a dry run or the import is under way
	stageReport              // the report of the dry run, waiting for yes
	stageDone                // the report of the import
)

// Page is the import page; make it with New.
type Page struct {
	s             *session.Session
	width, height int

	stage   stage
	files   []*file
	options store.ImportOptions

	list    *kit.Table // files
	columns *kit.Table // columns of the file under the cursor
	onRight bool
	report  *kit.Scroll

	dry      bool
	progress *kit.Progress
	meter    *meter
	cancel   context.CancelFunc
	reports  []store.FileReport
	parted   []model.Parted    // planned visits that the import would part from their rep
	absent   []model.Parted    // those that would fall into absences
	backup   string            // the copy from before; "": none
	plans    model.PlansAnswer // what becomes of the parted; "": to be asked
	away     model.PlansAnswer // what becomes of those in absences
	folder   string
	picker   *kit.FilePicker
	strictly bool // a strict import met rows it cannot take
	lacking  bool // after the import, signals still lack something
}

// New is the page of a session.
func New(s *session.Session) *Page {
	p := &Page{s: s, report: kit.NewScroll(s.Look), progress: kit.NewProgress(s.Look, "")}
	p.list = kit.NewTable(s.Look, []kit.Column{
		{Key: "file", Title: "intake.file", Min: 16, Ideal: 28, Flex: 2, Priority: 3},
		{Key: "table", Title: "intake.table", Min: 12, Ideal: 14, Flex: 1, Priority: 4},
		{Key: "state", Title: "intake.state", Min: 14, Ideal: 26, Flex: 2, Priority: 2},
	}, kit.Source{
		Len: func() int { return len(p.files) },
		ID:  func(i int) string { return p.files[i].id() },
		Row: p.fileRow,
	}, kit.Options{NoFoot: true, Empty: "intake.none"})
	p.list.OnMove = func(string) tea.Cmd { p.columns.Refresh(); return nil }
	p.list.OnOpen = func(string) tea.Cmd { p.focus(true); return nil }
	p.columns = kit.NewTable(s.Look, []kit.Column{
		{Key: "header", Title: "intake.column", Min: 16, Ideal: 24, Flex: 2, Priority: 4},
		{Key: "target", Title: "intake.target", Min: 14, Ideal: 16, Flex: 1, Priority: 5},
		{Key: "example", Title: "intake.example", Min: 10, Ideal: 18, Flex: 1, Priority: 1},
		{Key: "how", Title: "intake.how", Min: 12, Ideal: 27, Flex: 2, Priority: 3},
	}, kit.Source{
		Len: func() int {
			if f := p.current(); f != nil {
				return len(f.mapping.Columns)
			}
			return 0
		},
		ID:  func(i int) string { return strconv.Itoa(i) }, // headers may stand twice
		Row: p.columnRow,
	}, kit.Options{NoFoot: true, Empty: "intake.nocolumns"})
	p.columns.OnOpen = func(string) tea.Cmd { return p.chooseTarget() }
	p.focus(false)
	return p
}

var _ session.Page = (*Page)(nil)

// focus brings the files or their columns to the front.
func (p *Page) focus(right bool) {
	p.onRight = right
	p.list.Focus(!right)
	p.columns.Focus(right)
}

// current is the file under the cursor.
func (p *Page) current() *file {
	if i := p.list.CursorIndex(); i >= 0 && i < len(p.files) {
		return p.files[i]
	}
	return nil
}

// SetSize gives the page its room.
func (p *Page) SetSize(width, height int) {
	p.width, p.height = width, height
	p.report.SetSize(max(width-4, 1), max(height-4, 1))
	p.progress.SetSize(max(width-4, 1), 1)
}

// Refresh takes up what has changed.
func (p *Page) Refresh() tea.Cmd {
	p.list.Refresh()
	p.columns.Refresh()
	p.lacking = p.stage == stageDone && len(ready.Gaps(p.s.Day(), nil)) > 0
	if len(p.reports) > 0 {
		p.report.SetLines(p.reportLines())
	}
	if p.stage == stageChoose {
		return p.choose()
	}
	return nil
}

// choose opens the file picker, unless it is open.
func (p *Page) choose() tea.Cmd {
	if p.picker != nil && !p.picker.Done() {
		return nil
	}
	picker := kit.NewFilePicker(p.s.Look, p.folder, ".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".ics")
	picker.OnPick = func(paths []string) tea.Cmd {
		p.folder = picker.Folder()
		picker.Close()
		return p.Add(paths...)
	}
	mine, theirs := p.mine()
	picker.Note = strings.TrimSpace(mine + " " + theirs)
	picker.OnCancel = func() tea.Cmd {
		if len(p.files) > 0 {
			return nil
		}
		p.reset() // an empty page helps nobody: back to where one came from
		return p.s.Shell.Run("shell.back")
	}
	p.picker, p.stage = picker, stageReview
	return p.s.Shell.Show(picker)
}

// Add looks at files and offers them for review.
func (p *Page) Add(paths ...string) tea.Cmd {
	p.stage = stageReview
	var calendars []tea.Cmd
	paths = slices.DeleteFunc(slices.Clone(paths), func(path string) bool {
		if !forms.IsCalendar(path) {
			return false
		}
		calendars = append(calendars, forms.Calendar(p.s, path)) // absences, whose the file does not say
		return true
	})
	if len(paths) == 0 {
		return tea.Batch(calendars...)
	}
	return tea.Batch(append(calendars, p.add(paths))...)
}

// add looks at files of tables.
func (p *Page) add(paths []string) tea.Cmd {
	mapping := p.s.Store.Mapping
	return func() tea.Msg {
		list, err := exchange.Files(paths...)
		if err != nil {
			return opened{err: err}
		}
		var files []*file
		for _, path := range list {
			files = append(files, look(path, mapping)...)
		}
		return opened{files: files}
	}
}

// opened are files that were looked at.
type opened struct {
	files []*file
	err   error
}

// Open takes a path to import, or begins anew.
func (p *Page) Open(target string) tea.Cmd {
	if target != session.ImportAnew {
		return p.Add(target)
	}
	if p.stage == stageDone {
		p.reset()
	}
	if p.stage == stageChoose || p.stage == stageReview && len(p.files) == 0 {
		return p.choose()
	}
	return nil
}

// Capturing says that keys are text.
func (p *Page) Capturing() bool { return p.list.Capturing() || p.columns.Capturing() }

// Back goes one step back.
func (p *Page) Back() bool {
	switch {
	case p.stage == stageRun:
		p.cancel()
		return true
	case p.stage == stageReport:
		p.stage = stageReview
		return true
	case p.onRight:
		p.focus(false)
		return true
	}
	p.reset()
	return false
}

// reset forgets the files, so that the page begins anew next time.
func (p *Page) reset() {
	for _, f := range p.files {
		f.close()
	}
	p.files, p.reports, p.parted, p.plans, p.backup, p.stage = nil, nil, nil, "", "", stageChoose
	p.options = store.ImportOptions{}
	p.focus(false)
}

// Actions are the page's actions.
func (p *Page) Actions() []kit.Action {
	group := "page.import"
	switch p.stage {
	case stageChoose:
		return nil // the page's own action opens the picker
	case stageRun:
		return []kit.Action{{Name: "intake.cancel", Keys: []string{"esc"}, Title: "intake.cancel", Group: group, Priority: 90,
			Run: func() tea.Cmd { p.cancel(); return nil }}}
	case stageReport:
		return []kit.Action{
			{Name: "intake.confirm", Keys: []string{"enter"}, Title: "intake.confirm", Group: group, Priority: 95, Run: func() tea.Cmd { return p.run(false) },
				Enabled: p.confirmable},
			{Name: "intake.create-now", Keys: []string{"m"}, Title: "intake.create.now", Group: group, Priority: 92, Enabled: p.creatable, Run: func() tea.Cmd {
				p.options.CreateMissing = true
				return p.run(true)
			}},
			{Name: "shell.back", Keys: []string{"esc"}, Title: "intake.correct", Group: group, Priority: 90, Run: func() tea.Cmd { p.Back(); return nil }},
		}
	case stageDone:
		return []kit.Action{
			p.onward(group),
			{Name: "intake.more", Keys: []string{"n"}, Title: "intake.more", Group: group, Priority: 80, Run: func() tea.Cmd { p.reset(); return p.choose() }},
		}
	}
	some := func() (bool, string) { return len(p.files) > 0, p.s.Look.T("intake.none") }
	actions := []kit.Action{
		{Name: "intake.check", Keys: []string{"c"}, Title: "intake.check", Group: group, Priority: 95, Enabled: p.ready, Run: func() tea.Cmd { return p.run(true) }},
		{Name: "intake.change", Keys: []string{"enter"}, Title: "intake.change", Group: group, Priority: 85, Enabled: some},
		{Name: "intake.pane", Keys: []string{"tab"}, Title: "intake.pane", Group: group, Priority: 70, Enabled: some, Run: func() tea.Cmd { p.focus(!p.onRight); return nil }},
		{Name: "intake.astable", Keys: []string{"t"}, Title: "intake.astable", Group: group, Priority: 75, Enabled: some, Run: p.chooseTable},
		{Name: "intake.dates", Keys: []string{"f"}, Title: "intake.dates", Group: group, Priority: 65, Enabled: some, Run: p.chooseDates},
		{Name: "intake.reading", Keys: []string{"o"}, Title: "intake.reading", Group: group, Priority: 62, Enabled: some, Run: p.chooseReading},
		{Name: "intake.letters", Keys: []string{"l"}, Title: "intake.letters", Group: group, Priority: 63, Run: p.chooseLetters,
			Enabled: func() (bool, string) { return p.inDoubt(), p.s.Look.T("intake.letters.sure") }},
		{Name: "intake.add", Keys: []string{"n"}, Title: "intake.add", Group: group, Priority: 60, Run: p.choose},
		{Name: "intake.leave", Keys: []string{"d"}, Title: "intake.leave", Group: group, Priority: 40, Enabled: some, Run: p.leaveOut},
	}
	for _, o := range p.switches() {
		actions = append(actions, kit.Action{Name: "intake." + o.name, Keys: []string{o.key}, Title: p.state(o), Short: "intake." + o.name + ".name",
			Group: group, Priority: 30, Enabled: o.may, Run: func() tea.Cmd {
				*o.value = !*o.value
				p.s.Shell.Say(p.state(o))
				return nil
			}})
	}
	return actions
}

// confirmable: something would be written.
func (p *Page) confirmable() (bool, string) {
	switch {
	case p.strictly:
		return false, p.s.Look.T("report.strict")
	case p.idle():
		return false, p.nothing()
	}
	return true, ""
}

// creatable: rows name what nobody knows, and it is not being created yet.
func (p *Page) creatable() (bool, string) {
	if p.options.CreateMissing || !p.unknown() {
		return false, p.s.Look.T("intake.create.none")
	}
	return p.mayCreate()
}

// onward leads from the report to what signals still lack, or to the signals.
func (p *Page) onward(group string) kit.Action {
	name, page := "intake.signals", "page.signals"
	if p.lacking {
		name, page = "intake.lacking", "page.ready"
	}
	return kit.Action{Name: name, Keys: []string{"enter"}, Title: name, Group: group, Priority: 95, Run: func() tea.Cmd {
		p.reset()
		return p.s.Shell.Run(page)
	}}
}

// ready reports whether every file can be read.
func (p *Page) ready() (bool, string) {
	if len(p.files) == 0 {
		return false, p.s.Look.T("intake.none")
	}
	if ok, why := p.s.May(model.Visit{}); !ok && p.s.Store.ReadOnly() {
		return false, why
	}
	for _, f := range p.files {
		if p.barred(f) == nil {
			return true, "" // the others are left out, and told
		}
	}
	f := p.files[0]
	if f.err == nil {
		return false, p.errorText(p.barred(f))
	}
	return false, p.s.Look.T("intake.notready", text.Args{"File": f.name(), "Reason": p.errorText(f.err)})
}

func (p *Page) leaveOut() tea.Cmd {
	if i := p.list.CursorIndex(); i >= 0 && i < len(p.files) {
		p.files[i].close()
		p.files = append(p.files[:i:i], p.files[i+1:]...)
		p.list.Refresh()
		p.columns.Refresh()
	}
	return nil
}
