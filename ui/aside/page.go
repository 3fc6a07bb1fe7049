// Package aside is the page of what stands aside: what a person wrote without a network
// and what does not stand, since others have changed the same meanwhile or the role may not
// make the change; with both values, and the way back.
package aside

import (
	"cmp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// Page is the page of what stands aside. Make it with New.
type Page struct {
	s             *session.Session
	width, height int
	split         kit.Split
	list          *kit.Table
	seen          stamp
	all           []model.SetAside // the person's
	rows          []model.SetAside // those that the filter lets through
	query         string
}

// stamp is what the rows were made from.
type stamp struct{ revision, generation int }

var _ session.Page = (*Page)(nil)

// New is the page of a session.
func New(s *session.Session) *Page {
	p := &Page{s: s, split: kit.Split{Share: 0.55}}
	p.list = kit.NewTable(s.Look, tables.Asides.Page(), kit.Source{
		Len: func() int { return len(p.rows) }, ID: func(i int) string { return p.rows[i].ID.String() },
		Row:    func(i int) kit.Row { return kit.Row{Cells: tables.Asides.Cells(s.View(), p.rows[i])} },
		Filter: func(query string) { p.query = query; p.sift() }, Total: func() int { return len(p.all) },
	}, kit.Options{Name: "aside", Markable: true, NoFoot: true, Empty: "aside.none"})
	p.list.OnOpen = func(string) tea.Cmd { return p.putBack() }
	return p
}

// Mine are those of all that stand aside that are somebody's: their own, and for the lead
// those of people who do not work here any more.
func Mine(book *model.Book, actor model.Actor, all []model.SetAside) []model.SetAside {
	return slices.DeleteFunc(all, func(a model.SetAside) bool {
		if a.For == cmp.Or(actor.Person, actor.Name) {
			return false
		}
		person, known := book.Person(a.For)
		return actor.Role != model.RoleLead || known && !person.Inactive
	})
}

const loading = "asides"

// Refresh takes up what has changed.
func (p *Page) Refresh() tea.Cmd {
	now := stamp{p.s.Revision(), p.s.Look.Generation()}
	if now == p.seen {
		return nil
	}
	p.seen = now
	p.list.Refresh()
	return session.Load(loading, p.s.Store.Asides)
}

// sift keeps the rows that the filter lets through.
func (p *Page) sift() {
	look, query := p.s.Look, kit.NewQuery(p.query)
	p.rows = p.rows[:0:0]
	for _, a := range p.all {
		said := []string{words.AsideName(look.Text, p.s.Book, a), words.AsideReason(look.Text, a), words.AsideBy(look.Text, p.s.Book, a), a.Code}
		for _, f := range words.AsideFields(look.Text, p.s.Book, a) {
			said = append(said, f.Mine, f.Stands)
		}
		if query.Empty() || query.Contains(kit.Fold(strings.Join(said, " "))) {
			p.rows = append(p.rows, a)
		}
	}
	p.list.Refresh()
}

// SetSize gives the page its room.
func (p *Page) SetSize(width, height int) {
	p.width, p.height = width, height
	list, _ := p.rooms()
	p.list.SetSize(list.W-1, max(list.H-titleLines, 0))
}

// titleLines stand above the list.
const titleLines = 1

// stacked is how many lines what is under the cursor takes where it stands below the list.
const stacked = 10

func (p *Page) rooms() (list, detail kit.Rect) {
	if p.split.Wide(p.width) {
		return p.split.Rooms(p.width, p.height)
	}
	below := min(stacked, p.height/2)
	return kit.Rect{W: p.width, H: p.height - below}, kit.Rect{Y: p.height - below, W: p.width, H: below}
}

// Update answers keys, the mouse and what was read.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case session.Loaded[[]model.SetAside]:
		if msg.For != loading {
			return nil
		}
		if msg.Err != nil {
			p.s.Shell.Fail(p.s.ErrorText(msg.Err))
			return nil
		}
		p.all = Mine(p.s.Book, p.s.Actor, msg.Value)
		p.sift()
	case session.Loaded[freeCode]:
		if msg.Err != nil {
			p.s.Shell.Fail(p.s.ErrorText(msg.Err))
			return nil
		}
		return p.ask(msg.Value)
	case tea.KeyMsg:
		return p.list.Update(msg)
	case tea.MouseMsg:
		if room, _ := p.rooms(); room.Contains(msg) {
			msg.Y -= titleLines
			return p.list.Update(msg)
		}
	}
	return nil
}

// View draws the page.
func (p *Page) View() string {
	if p.width == 0 || p.height == 0 {
		return ""
	}
	look := p.s.Look
	room, detail := p.rooms()
	count := ""
	if len(p.all) > 0 {
		count = "   " + look.Text.N("aside.count", len(p.all))
	}
	title := kit.Line(look, room.W, kit.Span{Text: " " + look.T("aside.title"), Role: kit.Heading}, kit.Span{Text: count, Role: kit.Dim})
	list := kit.Block(append([]string{title}, strings.Split(p.list.View(), "\n")...), room.W, room.H)
	side := kit.Block(p.detail(detail.W), detail.W, detail.H)
	if p.split.Wide(p.width) {
		return p.split.Join(look, p.width, p.height, list, side)
	}
	return list + "\n" + side
}

// detail is what stands under the cursor: a sentence, and field by field both values.
func (p *Page) detail(width int) (lines []string) {
	look := p.s.Look
	a, ok := p.current()
	if !ok {
		for _, line := range kit.Wrap(look.T("aside.none.why"), max(width-2, 1)) {
			lines = append(lines, " "+look.Paint(kit.Dim, line))
		}
		return lines
	}
	for _, line := range kit.Wrap(words.AsideSentence(look.Text, p.s.Book, a), max(width-2, 1)) {
		lines = append(lines, " "+line)
	}
	lines = append(lines, "")
	const name = 18
	value := max((width-name-4)/2, 6)
	cell := func(s string) string { return kit.FitLine(kit.Truncate(s, value), value) }
	lines = append(lines, kit.Line(look, width, kit.Span{Text: " " + kit.FitLine("", name) + " " + cell(look.T("aside.mine")) + " " + cell(look.T("aside.stands")), Role: kit.Dim}))
	for _, f := range words.AsideFields(look.Text, p.s.Book, a) {
		lines = append(lines, kit.Line(look, width, kit.Span{Text: " " + kit.FitLine(kit.Truncate(f.Name, name), name), Role: kit.Dim},
			kit.Span{Text: " " + cell(cmp.Or(f.Mine, "–"))}, kit.Span{Text: " " + cell(cmp.Or(f.Stands, "–"))}))
	}
	return lines
}

// Capturing reports that letters go into the filter.
func (p *Page) Capturing() bool { return p.list.Capturing() }

// Back lifts marks and filter.
func (p *Page) Back() bool { return p.list.Back() }

// Open has nothing to go to.
func (p *Page) Open(string) tea.Cmd { return nil }

func (p *Page) current() (model.SetAside, bool) {
	if i := p.list.CursorIndex(); i >= 0 && i < len(p.rows) {
		return p.rows[i], true
	}
	return model.SetAside{}, false
}

// chosen are the marked ones, else the one under the cursor.
func (p *Page) chosen() (list []model.SetAside) {
	marked := p.list.Chosen()
	for _, a := range p.rows {
		if slices.Contains(marked, a.ID.String()) {
			list = append(list, a)
		}
	}
	return list
}

// putBack puts what is under the cursor back; where it needs another code, that is asked.
func (p *Page) putBack() tea.Cmd {
	a, ok := p.current()
	if !ok {
		return nil
	}
	if !store.NeedsCode(a) {
		return p.back(a, "")
	}
	return session.Load("a free code", func() (freeCode, error) {
		code, err := p.s.Store.FreeCode(a)
		return freeCode{a, code}, err
	})
}

// freeCode is a code that is offered.
type freeCode struct {
	of   model.SetAside
	code string
}

// ask asks for the code.
func (p *Page) ask(offer freeCode) tea.Cmd {
	look := p.s.Look
	form := kit.NewForm(look, "aside.code", kit.Field{Name: "code", Label: "aside.code.label", Hint: "aside.code.hint", Kind: kit.FieldText, Required: true, Start: offer.code, Width: 20})
	box := kit.NewFormBox(look, form)
	form.OnSubmit = func(values kit.Values) tea.Cmd {
		code, _ := values["code"].(string)
		box.Close()
		return p.back(offer.of, strings.TrimSpace(code))
	}
	form.OnCancel = func() tea.Cmd { box.Close(); return nil }
	return p.s.Shell.Show(box)
}

func (p *Page) back(a model.SetAside, code string) tea.Cmd {
	look, name := p.s.Look, words.AsideName(p.s.Look.Text, p.s.Book, a)
	subject := words.AsideSubject(p.s.Book, a)
	put := p.s.Store.PutBack
	return p.s.ApplyMade(func() (store.Request, error) {
		r, err := put(a, code)
		r.Subject = subject
		return r, err
	}, look.T("aside.back.done", text.Args{"Name": name}), nil)
}

func (p *Page) letGo() tea.Cmd {
	list := p.chosen()
	if len(list) == 0 {
		return nil
	}
	r := store.LetGo(list...)
	r.Subject = words.AsideSubject(p.s.Book, list[0])
	return p.s.Apply(r, p.s.Look.Text.N("aside.done.done", len(list)), nil)
}

// Actions are the page's actions as they are now.
func (p *Page) Actions() []kit.Action {
	const group = "page.aside"
	look := p.s.Look
	here := func() (bool, string) {
		if _, ok := p.current(); !ok {
			return false, look.T("aside.none")
		}
		return p.s.May(model.SetAside{For: "x"})
	}
	account := func() (string, bool) {
		a, ok := p.current()
		return a.Code, ok && p.s.Book.Account(a.Code) != nil
	}
	actions := []kit.Action{
		{Name: "aside.back", Keys: []string{"enter"}, Title: "aside.action.back", Short: "aside.short.back", Group: group, Priority: 90, Enabled: here, Run: p.putBack},
		{Name: "aside.done", Keys: []string{"x"}, Title: "aside.action.done", Short: "aside.short.done", Group: group, Priority: 80, Enabled: here, Run: p.letGo},
		{Name: "aside.account", Keys: []string{"a"}, Title: "visits.action.account", Short: "visits.short.account", Group: group, Priority: 60,
			Enabled: func() (bool, string) { _, ok := account(); return ok, look.T("aside.no-account") },
			Run:     func() tea.Cmd { code, _ := account(); return p.s.Shell.Go(session.PageAccounts, code) }},
	}
	return append(actions, p.list.Actions(group)...)
}
