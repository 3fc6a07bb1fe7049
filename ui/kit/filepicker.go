package kit

// The file picker: a folder's folders and files of the wanted kinds. Letters
// narrow, a path typed in leads there, backspace on an empty line goes up.

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/text"
)

// FilePicker chooses files, or a whole folder.
type FilePicker struct {
	box
	// OnPick gets the chosen paths: the marked ones, or the one under the cursor.
	OnPick func(paths []string) tea.Cmd
	// OnCancel answers esc, which closes the picker; nil: nothing follows.
	OnCancel func() tea.Cmd
	// Note is said below the folder: what the files may be.
	Note string

	extensions []string
	editor     *Editor
	table      *Table
	folder     string
	entries    []fileEntry
	shown      []int
	problem    string
	asked      int // number of the last listing asked for; earlier ones are too late
	landOn     string
	chosen     bool            // the cursor was moved since the latest letter: enter means its row
	drives     func() []string // the roots of drives, above which there is a list of them; nil: one root holds all
}

// filesListed is a folder read by a command.
type filesListed struct {
	picker  *FilePicker
	asked   int
	folder  string
	entries []fileEntry
	file    bool // the path asked for is a file: choose it
	err     error
}

// NewFilePicker looks into a folder ("" for the home folder) for files with the
// extensions (".csv" …). Run Init's command first.
func NewFilePicker(look *Look, folder string, extensions ...string) *FilePicker {
	p := &FilePicker{box: box{look: look}, editor: NewEditor(look), folder: folder, extensions: extensions}
	p.table = NewTable(look, []Column{
		{Key: "name", Title: "kit.files.name", Min: 20, Ideal: 40, Flex: 1, Priority: 3},
		{Key: "size", Title: "kit.files.size", Min: 8, Ideal: 10, Priority: 1, Align: AlignRight},
		{Key: "changed", Title: "kit.files.changed", Min: 11, Ideal: 12, Priority: 2, Align: AlignRight},
	}, Source{
		Len: func() int { return len(p.shown) },
		ID:  func(i int) string { return p.entries[p.shown[i]].name },
		Row: p.row,
	}, Options{Markable: true, Empty: "kit.files.none"})
	p.table.OnOpen = func(string) tea.Cmd { return p.open() }
	if runtime.GOOS == "windows" {
		p.drives = drivesThatExist
	}
	return p
}

// Init reads the first folder.
func (p *FilePicker) Init() tea.Cmd {
	folder := p.folder
	if folder == "" {
		folder = "~"
	}
	return p.list(folder)
}

// Folder is the folder being looked into.
func (p *FilePicker) Folder() string { return p.folder }

// list reads a folder, or finds that the path is a file.
func (p *FilePicker) list(path string) tea.Cmd {
	p.asked++
	asked, extensions, drives := p.asked, p.extensions, p.drives
	return func() tea.Msg {
		m := filesListed{picker: p, asked: asked}
		if path == driveList && drives != nil {
			for _, root := range drives() {
				m.entries = append(m.entries, fileEntry{name: root, folder: true})
			}
			return m
		}
		m.folder, m.entries, m.file, m.err = readFolder(path, extensions)
		if drives != nil && m.err == nil && !m.file && filepath.Dir(m.folder) == m.folder {
			m.entries = append([]fileEntry{{name: "..", folder: true}}, m.entries...)
		}
		return m
	}
}

func (p *FilePicker) row(i int) Row {
	e := p.entries[p.shown[i]]
	switch {
	case e.name == "..":
		return Row{Cells: []Cell{{Spans: []Span{{Text: "▴ ", Role: Dim}, {Text: p.look.T("kit.files.up")}}}}}
	case e.name == ".":
		return Row{Cells: []Cell{{Spans: []Span{{Text: "● ", Role: Dim}, {Text: p.look.T("kit.files.all")}}}}}
	}
	changed := Cell{Role: Dim}
	if !e.changed.IsZero() {
		changed.Text = p.look.Text.Date(model.DateOf(e.changed))
	}
	if e.folder {
		return Row{Cells: []Cell{{Spans: []Span{{Text: "▸ ", Role: Dim}, {Text: e.name, Role: Heading}}}, {}, changed}}
	}
	return Row{Cells: []Cell{{Text: "  " + e.name}, {Text: FileSize(p.look.Text, e.size), Role: Dim}, changed}}
}

// narrow shows the entries that what is typed finds; hidden ones only when their
// dot is typed.
func (p *FilePicker) narrow() {
	typed := strings.TrimSpace(p.editor.Value())
	if isPath(typed) {
		typed = ""
	}
	q := NewQuery(typed)
	p.shown = p.shown[:0]
	for i, e := range p.entries {
		special := e.name == "." || e.name == ".."
		switch {
		case special && !q.Empty():
		case special:
			p.shown = append(p.shown, i)
		case strings.HasPrefix(e.name, ".") && !strings.HasPrefix(typed, "."):
		case q.Contains(Fold(e.name)):
			p.shown = append(p.shown, i)
		}
	}
	p.table.Refresh()
}

// open goes into the folder under the cursor or chooses the file.
func (p *FilePicker) open() tea.Cmd {
	i := p.table.CursorIndex()
	if i < 0 {
		return nil
	}
	e := p.entries[p.shown[i]]
	switch {
	case len(p.table.marks) > 0:
		return p.pick(p.markedPaths())
	case e.name == ".":
		return p.pick([]string{p.folder})
	case e.name == "..":
		return p.up()
	case e.folder:
		return p.list(filepath.Join(p.folder, e.name))
	}
	return p.pick([]string{filepath.Join(p.folder, e.name)})
}

func (p *FilePicker) markedPaths() []string {
	var paths []string
	for _, e := range p.entries {
		if p.table.marks[e.name] && e.name != "." && e.name != ".." {
			paths = append(paths, filepath.Join(p.folder, e.name))
		}
	}
	return paths
}

func (p *FilePicker) pick(paths []string) tea.Cmd {
	if len(paths) == 0 {
		return nil
	}
	p.done = true
	if p.OnPick == nil {
		return nil
	}
	return p.OnPick(paths)
}

func (p *FilePicker) up() tea.Cmd {
	if above := filepath.Dir(p.folder); p.drives == nil || above != p.folder && p.folder != "" {
		p.landOn = filepath.Base(p.folder)
		return p.list(above)
	}
	p.landOn = p.folder
	return p.list(driveList)
}

// Update answers keys, the mouse and what a command read.
func (p *FilePicker) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case filesListed:
		if msg.picker == p && msg.asked == p.asked {
			return p.listed(msg)
		}
	case tea.KeyMsg:
		return p.key(msg)
	case tea.MouseMsg:
		p.chosen = p.chosen || Clicked(msg)
		return p.table.Update(p.tableRoom().Relative(msg))
	}
	return nil
}

// listed shows a folder that was read.
func (p *FilePicker) listed(m filesListed) tea.Cmd {
	if m.err != nil {
		p.problem = p.sentence(m.err)
		return nil
	}
	if m.file {
		return p.pick([]string{m.folder})
	}
	p.folder, p.entries, p.problem, p.chosen = m.folder, m.entries, "", false
	p.editor.SetValue("")
	p.table.Unmark()
	p.table.cursor, p.table.cursorID = 0, ""
	p.narrow()
	p.table.Select(p.landOn)
	p.landOn = ""
	return nil
}

// sentence says what is wrong with a path so that a person can act on it.
func (p *FilePicker) sentence(err error) string {
	switch {
	case os.IsNotExist(err):
		return p.look.T("kit.files.missing")
	case os.IsPermission(err):
		return p.look.T("kit.files.forbidden")
	}
	return p.look.T("kit.files.unreadable", text.Args{"Problem": err.Error()})
}

func (p *FilePicker) key(key tea.KeyMsg) tea.Cmd {
	name := KeyName(key)
	p.problem = ""
	switch name {
	case "esc":
		if p.editor.Value() != "" {
			p.editor.SetValue("")
			p.narrow()
			return nil
		}
		p.done = true
		if p.OnCancel != nil {
			return p.OnCancel()
		}
		return nil
	case "enter":
		if typed := strings.TrimSpace(p.editor.Value()); isPath(typed) && !p.chosen {
			switch {
			case p.drives != nil && isDrive(typed):
				typed = strings.ToUpper(typed) + `\\`
			case !filepath.IsAbs(typed) && !strings.HasPrefix(typed, "~"):
				typed = filepath.Join(p.folder, typed)
			}
			return p.list(typed)
		}
		return p.open()
	case "up", "down", "pgup", "pgdown":
		p.chosen = true
		return p.table.Update(key)
	case "right":
		if i := p.table.CursorIndex(); i >= 0 && p.entries[p.shown[i]].folder && p.entries[p.shown[i]].name != "." {
			return p.open()
		}
		return nil
	case "left":
		return p.up()
	case "backspace":
		if p.editor.Value() == "" {
			return p.up()
		}
	case "space":
		if p.editor.Value() == "" {
			return p.table.Update(key)
		}
	}
	before := p.editor.Value()
	if p.editor.Update(key) && p.editor.Value() != before {
		p.chosen = false
		p.narrow()
	}
	return nil
}

func (p *FilePicker) tableRoom() Rect {
	r := p.inner()
	head := 3 + len(p.note(r.W))
	return Rect{X: r.X, Y: r.Y + head, W: r.W, H: max(r.H-head-1, 0)}
}

// note is the note in lines.
func (p *FilePicker) note(width int) []string {
	if p.Note == "" {
		return nil
	}
	return Paragraph(p.look, Text, p.Note, max(width, 1))
}

// SetSize gives the picker the screen's size.
func (p *FilePicker) SetSize(width, height int) {
	p.box.SetSize(width, height)
	p.ask(min(width-2, 100), min(height-2, 34))
	room := p.tableRoom()
	p.table.SetSize(room.W, room.H)
}

// View draws the picker.
func (p *FilePicker) View() string {
	inner := p.inner()
	where := shortenPath(p.folder, inner.W)
	if p.folder == "" && p.drives != nil {
		where = p.look.T("kit.files.drives")
	}
	lines := []string{
		p.look.Paint(Dim, where),
		p.look.Paint(Key, "▸ ") + p.editor.View(max(inner.W-2, 0), true),
	}
	lines = append(append(lines, p.note(inner.W)...), "")
	lines = append(lines, strings.Split(p.table.View(), "\n")...)
	hint := p.look.Paint(Dim, Truncate(p.look.T("kit.files.keys"), inner.W))
	if p.problem != "" {
		hint = p.look.Paint(Error, "! "+Truncate(Clean(p.problem), max(inner.W-2, 0)))
	}
	for len(lines) < inner.H-1 {
		lines = append(lines, "")
	}
	return p.frame(p.look.T("kit.files.title"), append(lines[:max(inner.H-1, 0)], hint))
}
