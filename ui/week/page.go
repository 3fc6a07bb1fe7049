// Package week is the page of a rep's week: which accounts on which day in which
// order. The planner proposes, a person bends, and what is confirmed counts as
// booked.
package week

import (
	"cmp"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/week"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/words"
)

// leftColumn is the number of the column of those left out; before it stand the days.
const leftColumn = week.Days

// Page is the page of weeks. Make it with New.
type Page struct {
	s             *session.Session
	width, height int

	desk  *week.Desk
	plans map[weekKey]*plan
	plan  *plan // in view; nil while there is no rep
	seen  stamp

	column  int            // a day, or leftColumn
	day     int            // the day in view where only one is: column, or the last that was
	cursor  [week.Days]int // the visit under the cursor, by day
	left    *leftOut
	callers callers
	done    []model.Visit        // logged in the week in view
	settled []model.SettledVisit // planned visits of it that are over
	doneOf  weekKey

	run    *run     // the planner at work
	tick   *tickOff // ticking off, in front of the week
	team   *team    // several reps, in front of the week
	month  *month   // several weeks, in front of the week
	budget budget   // of a run
	zone   *time.Location
	osrm   string // address of a routing server; "": estimates
	write  func(path string, fill func(file) error) error
}

// stamp is what the page was made from.
type stamp struct{ revision, generation int }

var _ session.Page = (*Page)(nil)

// New is the page of a session.
func New(s *session.Session) *Page {
	p := &Page{
		s: s, plans: map[weekKey]*plan{}, budget: alone, zone: time.Local, write: exchange.WriteFile,
		osrm: s.Getenv("DOPPELPASS_OSRM"),
	}
	p.left = newLeftOut(p)
	return p
}

func (p *Page) say() words.Week { return words.Week{Text: p.s.Look.Text, Book: p.s.Book} }

// Refresh takes up the Book, the day and the language anew.
func (p *Page) Refresh() tea.Cmd {
	cmd := p.refresh()
	return tea.Batch(cmd, p.readCallers())
}

func (p *Page) refresh() tea.Cmd {
	now := stamp{p.s.Revision(), p.s.Look.Generation()}
	if now == p.seen {
		return nil
	}
	fresh := p.seen.revision != now.revision
	p.seen = now
	if fresh {
		p.callers = callers{}
	}
	if fresh {
		p.desk = week.NewDesk(p.s.Day(), p.s.Signals(), week.DefaultRules())
	}
	key := p.first()
	if p.plan != nil {
		key = p.plan.key
		if !slices.Contains(p.reps(), key.rep) {
			key.rep = p.first().rep
		}
	}
	cmd := p.show(key)
	if fresh && p.tick != nil {
		p.tick.renew(p)
	}
	if fresh {
		cmd = p.loadDone()
	}
	if fresh && p.team != nil {
		cmd = tea.Batch(cmd, p.more(p.team))
	}
	if fresh && p.month != nil {
		cmd = tea.Batch(cmd, p.moreMonth(p.month))
	}
	return cmd
}

// reps are the codes of those who have a territory, confirmed visits ahead or somebody to
// stand in for, by name: also of those whom nobody knows any more.
func (p *Page) reps() []string {
	var list []string
	has := map[string]bool{}
	for _, area := range p.s.Book.Areas() {
		if area.Rep != "" && !slices.Contains(list, area.Rep) {
			list = append(list, area.Rep)
			has[area.Rep] = true
		}
	}
	for _, rep := range append(p.s.Book.Planning(p.s.Today.Monday()), p.s.Book.StandingIn(p.s.Today.Monday())...) {
		if !slices.Contains(list, rep) {
			list = append(list, rep)
		}
	}
	nobody := func(rep string) int {
		if _, known := p.s.Book.Rep(rep); known || has[rep] {
			return 0
		}
		return 1
	}
	slices.SortFunc(list, func(a, b string) int {
		return cmp.Or(nobody(a)-nobody(b), strings.Compare(p.s.Book.RepName(a), p.s.Book.RepName(b)), strings.Compare(a, b))
	})
	return list
}

// first is the week to begin with: the person's own if they are a rep, and from
// Tuesday on the next one.
func (p *Page) first() weekKey {
	key := weekKey{monday: p.s.Today.Monday()}
	if p.s.Today > key.monday {
		key.monday += 7
	}
	for i, rep := range p.reps() {
		if i == 0 || p.s.Book.RepName(rep) == p.s.Actor.Name {
			key.rep = rep
		}
	}
	return key
}

// show brings a week into view.
func (p *Page) show(key weekKey) tea.Cmd {
	if key.rep == "" {
		p.plan = nil
		return nil
	}
	pl := p.plans[key]
	if pl == nil {
		pl = &plan{key: key}
		p.plans[key] = pl
	}
	if err := p.renew(pl); err != nil {
		p.s.Shell.Fail(p.s.ErrorText(err))
		return nil
	}
	other := p.plan != pl
	if other {
		p.cursor = [week.Days]int{}
		if p.column != leftColumn {
			p.column = p.firstOpen(pl.draft)
			p.day = p.column
		}
	}
	p.plan = pl
	p.arrange()
	if other {
		return p.loadDone()
	}
	return nil
}

// firstOpen is the first day that is not over.
func (p *Page) firstOpen(d *week.Draft) int {
	for day := range d.Shown() {
		if !d.Past(day) {
			return day
		}
	}
	return d.Shown() - 1
}

// arrange takes up what the draft has become.
func (p *Page) arrange() {
	if p.plan == nil {
		return
	}
	if p.column >= p.draft().Shown() && p.column != leftColumn {
		p.column = p.draft().Shown() - 1
	}
	if p.column != leftColumn {
		p.day = p.column
	}
	p.day = min(p.day, p.draft().Shown()-1)
	for day := range p.cursor {
		p.cursor[day] = min(p.cursor[day], max(len(p.draft().Week.Days[day].Visits)-1, 0))
	}
	p.left.arrange()
	p.layout()
}

func (p *Page) draft() *week.Draft { return p.plan.draft }

// loadDone reads what was logged in the week in view.
func (p *Page) loadDone() tea.Cmd {
	if p.plan == nil {
		return nil
	}
	key, s := p.plan.key, p.s.Store
	if key != p.doneOf {
		p.done, p.settled, p.doneOf = nil, nil, key
	}
	if key.monday > p.s.Today {
		return nil
	}
	query := store.VisitQuery{First: key.monday, Last: min(key.monday+week.Days-1, p.s.Today), Reps: []string{key.rep}}
	return func() tea.Msg {
		visits, _, err := s.Visits(query)
		if err != nil {
			return doneLoaded{key: key, err: err}
		}
		settled, err := s.Settled(key.rep, query.First, query.First+week.Days-1)
		return doneLoaded{key, visits, settled, err}
	}
}

// doneLoaded brings the visits logged in a week, and what became of the planned ones.
type doneLoaded struct {
	key     weekKey
	visits  []model.Visit
	settled []model.SettledVisit
	err     error
}

// SetSize gives the page its room.
func (p *Page) SetSize(width, height int) {
	p.width, p.height = width, height
	p.layout()
}

// Update answers keys, the mouse and messages.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	cmd := p.update(msg)
	return tea.Batch(cmd, p.readCallers())
}

func (p *Page) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case callersLoaded:
		if msg.err == nil && msg.account == p.callers.account {
			p.callers.rows = &msg.rows
		}
	case doneLoaded:
		if msg.key == p.doneOf && msg.err == nil {
			p.done, p.settled = msg.visits, msg.settled
			slices.SortStableFunc(p.done, func(a, b model.Visit) int { return cmp.Compare(a.Time, b.Time) })
		}
	case runNews:
		return p.runNews(msg)
	case teamMore:
		return p.more(msg.team)
	case teamNews:
		return p.teamNews(msg)
	case monthMore:
		return p.moreMonth(msg.month)
	case monthDealt:
		return p.monthDealt(msg)
	case monthNews:
		return p.monthNews(msg)
	case sheetsReady:
		return p.writeSheets(msg)
	case exported:
		p.exported(msg)
	case tea.KeyMsg:
		return p.key(msg)
	case tea.MouseMsg:
		return p.mouse(msg)
	}
	return nil
}

func (p *Page) key(msg tea.KeyMsg) tea.Cmd {
	switch {
	case p.tick != nil:
		return p.tick.table.Update(msg)
	case p.team != nil:
		return p.team.table.Update(msg)
	case p.month != nil:
		return p.month.table.Update(msg)
	case p.plan == nil:
		return nil
	case p.column == leftColumn:
		return p.left.table.Update(msg)
	}
	visits := len(p.draft().Week.Days[p.column].Visits)
	at := &p.cursor[p.column]
	switch kit.KeyName(msg) {
	case "up", "k":
		*at = max(*at-1, 0)
	case "down", "j":
		*at = min(*at+1, max(visits-1, 0))
	case "home", "g":
		*at = 0
	case "end", "G":
		*at = max(visits-1, 0)
	case "pgup":
		*at = max(*at-5, 0)
	case "pgdown":
		*at = min(*at+5, max(visits-1, 0))
	}
	return nil
}

// Capturing reports that letters go into a filter.
func (p *Page) Capturing() bool {
	return (p.tick == nil && p.team == nil && p.month == nil && p.column == leftColumn && p.left.table.Capturing()) ||
		(p.team != nil && p.team.table.Capturing())
}

// Back goes one step back: stops the planner, leaves ticking off or the several
// reps, comes back from those left out.
func (p *Page) Back() bool {
	switch {
	case p.run != nil:
		p.run.end()
	case p.team != nil && p.team.running:
		p.team.ended.Store(true)
	case p.month != nil && p.month.running:
		p.month.ended.Store(true)
	case p.tick != nil:
		if p.tick.table.Back() {
			return true
		}
		p.leaveTick()
	case p.team != nil:
		if !p.team.table.Back() {
			p.team = nil
		}
	case p.month != nil:
		p.month = nil
		p.show(p.plan.key)
	case p.column == leftColumn && p.left.table.Back():
	case p.column == leftColumn && p.plan != nil && p.beside():
		p.focus(p.day)
	case p.column == leftColumn && p.plan != nil:
		p.focus(p.firstOpen(p.draft()))
	default:
		return false
	}
	return true
}

// Open goes to the week of a rep, or of a territory's: "R1", or "R1 2026-11-30" for a
// certain week, or to ticking off what became of their planned visits.
func (p *Page) Open(target string) tea.Cmd {
	rep, day, _ := strings.Cut(target, " ")
	if area := p.s.Book.Area(rep); area != nil && !slices.Contains(p.reps(), rep) {
		rep = area.Rep
	}
	if !slices.Contains(p.reps(), rep) {
		return nil
	}
	key := weekKey{rep, p.first().monday}
	if date, err := model.ParseDate(day); err == nil {
		key.monday = date.Monday()
	}
	p.takeBest()
	if p.month != nil {
		p.month.ended.Store(true)
	}
	p.tick, p.team, p.month = nil, nil, nil
	if day != session.TickOff {
		return p.show(key)
	}
	key.monday = p.s.Today.Monday()
	return tea.Batch(p.show(key), p.tickOff())
}

// shown are the columns that show, from the left.
func (p *Page) shown() []int {
	order := make([]int, 0, week.Days+1)
	for day := range p.draft().Shown() {
		order = append(order, day)
	}
	return append(order, leftColumn)
}

// focus brings a day or those left out to the front.
func (p *Page) focus(column int) {
	p.column = min(max(column, 0), leftColumn)
	if p.column != leftColumn {
		p.day = p.column
	}
	p.left.table.Focus(p.column == leftColumn)
	p.layout()
}

// selected is the stop under the cursor; false where there is none.
func (p *Page) selected() (stop int, ok bool) {
	if p.plan == nil {
		return 0, false
	}
	if p.column == leftColumn {
		stop := p.draft().Find(p.left.table.Cursor())
		return stop, stop >= 0
	}
	visits := p.draft().Week.Days[p.column].Visits
	if at := p.cursor[p.column]; at < len(visits) {
		return visits[at].Stop, true
	}
	return 0, false
}

// follow puts the cursor on a stop, wherever it has gone.
func (p *Page) follow(stop int) {
	day, position := p.draft().Where(stop)
	if day < 0 {
		return
	}
	p.cursor[day] = position
	p.focus(day)
}
