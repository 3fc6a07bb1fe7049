package ui

// The root: it gives pages their room, routes keys and messages, and keeps what
// stands in front of them. It knows no trade.

import (
	"path/filepath"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/aside"
	"doppelpass/ui/kit"
	"doppelpass/ui/laptop"
	"doppelpass/ui/session"
	"doppelpass/ui/terminal"
	"doppelpass/ui/text"
)

// The least window that is drawn in: half of a screen of 160 columns has 79, and
// below 60 there is no room for a list with its numbers.
const (
	leastWidth  = 60
	leastHeight = 20
)

// slowLine is the time a frame takes from which on a line counts as slow.
const slowLine = 400 * time.Millisecond

// chrome is the number of lines the root keeps: tabs and footer, each with a rule.
const chrome = 4

// root is the Bubble Tea model of one session.
type root struct {
	session   *session.Session
	catalogue *kit.Catalogue
	tabs      *kit.Tabs
	footer    *kit.Footer
	status    *kit.Status

	pages  map[session.PageName]session.Page
	fresh  map[session.PageName]freshness // as of when a page was refreshed last
	front  session.PageName
	trail  []session.PageName // pages that esc comes back to
	modals []kit.Modal

	width, height   int
	drawn           string // the latest screen
	mouse           bool
	fixedDay        bool // today was chosen at the start, and does not follow the clock
	realDay         model.Date
	replaying       bool         // the session looks at another day than realDay
	demoing         bool         // the store is passing demo data
	own             *store.Store // while demoing: the person's own, to go back to
	travel          travel
	title           string            // of the window
	screen          *terminal.Screen  // nil in tests without a terminal
	painter         *terminal.Painter // of the screen; nil in tests without a terminal
	collect         func()            // lets the garbage collector go on; nil: it never waited
	local           bool              // the terminal is the process's own: Bubble Tea looks after its modes
	fading          bool              // marks of what others did will be looked after
	asDrawn         bool              // the screen is as it was drawn last
	stops           bool              // a shell is there to come back from
	faulty          bool              // it ends because of a fault
	faultReport     string            // where that is told
	send            func(tea.Msg)     // a message to itself from outside of Update; nil without a program, in tests
	farewell        string            // key of what is said once the session has ended
	drafts          []kit.FormDraft   // left by earlier sessions
	draftsElsewhere []kit.FormDraft   // left on other stores
	kept            []string          // titles of the forms and pages of which something was kept at the end
	keptPages       []session.PageName
	left            int       // the exit code, if it is not 0
	interrupted     time.Time // the latest ctrl+c that asked
	leaving         string    // what leaving a window that is too small would lose, once q asked
	clock           func() time.Time
	shownAt         time.Time // the modal in front
	astray          time.Time // the latest letter of a word for a filter that is not there
	options         Options
	link            laptop.State // how it stands with the server, where this is a laptop
	linkNews        <-chan struct{}
	asides          int    // things of the person's that stand aside
	toldKept        string // what was told last to be kept
	paused          []byte // what the session goes on with once its process is no longer stopped
}

// now is the time by which keys are told apart: typed, held down, pasted.
func (r *root) now() time.Time { return r.clock() }

// freshness tells whether a page has seen the present state.
type freshness struct {
	revision, generation int
	width, height        int
}

func newRoot(s *session.Session, o Options) *root {
	r := &root{
		session: s, catalogue: kit.NewCatalogue(s.Look), status: kit.NewStatus(s.Look),
		pages: map[session.PageName]session.Page{}, fresh: map[session.PageName]freshness{},
		mouse: !o.NoMouse, fixedDay: o.FixedDay, realDay: s.Today, options: o, clock: time.Now,
	}
	if o.theme == nil {
		r.options.theme = func(kit.Mode) *kit.Theme { return s.Look.Theme }
	}
	r.beginTravel()
	r.catalogue.Remap(o.Habits.Keys())
	s.Look.SetMemory(memory{r})
	r.footer = kit.NewFooter(s.Look, r.catalogue)
	r.footer.Keep("shell.help", "shell.quit")
	r.tabs = kit.NewTabs(s.Look, "Doppelpass")
	r.tabs.OnPick = func(i int) tea.Cmd { return r.turn(r.tabbed()[i].name) }
	s.Shell = session.Shell{
		Show: r.show,
		Say:  r.status.Say,
		Fail: r.status.Fail,
		Go:   r.goTo,
		Run:  r.run,
	}
	r.front = pages[0].name
	s.Frame(func() {
		if r.empty() {
			r.front = session.PageWelcome
		}
	})
	r.tellDrafts()
	if migrated := s.Store.Migrated(); migrated != nil {
		r.status.Say(s.Look.T("session.migrated.short", text.Args{"File": filepath.Base(migrated.Backup)}))
	}
	return r
}

// empty reports whether there is nothing to show yet.
func (r *root) empty() bool {
	b := r.session.Book
	return b.AccountCount() == 0 && len(b.Areas()) == 0 && len(b.Campaigns()) == 0
}

// Init implements tea.Model.
func (r *root) Init() (cmd tea.Cmd) {
	if r.send != nil {
		defer func() {
			if p := recover(); p != nil {
				cmd = r.broken(met(p))
			}
		}()
	}
	r.session.Frame(func() { cmd = r.begin() })
	return r.watched(cmd)
}

func (r *root) begin() tea.Cmd {
	if o := r.options; o.Width > 0 {
		r.resize(o.Width, o.Height)
	}
	cmd := tea.Batch(r.session.Listen(), r.refresh(), r.goOn(), r.countAsides(), r.listenToLink(), r.askRole(), r.collectWhenStanding())
	r.keep()
	return cmd
}

// Update implements tea.Model. The Book, which other sessions change as well, stays
// as it is meanwhile.
func (r *root) Update(msg tea.Msg) (same tea.Model, cmd tea.Cmd) {
	if r.faulty {
		return r, nil
	}
	if f, is := msg.(fault); is {
		return r, r.broken(f)
	}
	if r.send != nil {
		defer func() {
			if p := recover(); p != nil {
				same, cmd = r, r.broken(met(p))
			}
		}()
	}
	if r.screen != nil {
		r.session.Look.SetSlow(r.screen.Delay() > slowLine)
	}
	var switched error
	demo, isDemo := msg.(demoMade)
	if isDemo {
		switched = r.takeDemo(demo)
	}
	r.session.Frame(func() {
		before := r.refresh() // the page must know the Book that the message meets
		if isDemo {
			cmd = r.openDemo(switched, demo.back)
		} else {
			cmd = r.route(msg)
		}
		r.dropDone()
		cmd = tea.Batch(before, cmd, r.refresh())
		r.keep()
	})
	return r, r.watched(cmd)
}

func (r *root) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		r.resize(msg.Width, msg.Height)
		return nil
	case tea.KeyMsg:
		return r.keys(msg)
	case tea.MouseMsg:
		return r.click(msg)
	case session.News:
		return r.news(msg)
	case session.Applied:
		return r.applied(msg)
	case kit.WholeRow:
		return r.show(kit.NewReader(r.session.Look, msg.Title, msg.Lines))
	case kit.Copied:
		r.copied(msg)
		return nil
	case exported:
		return r.tellExported(msg)
	case stopping:
		return r.stop()
	case resumed:
		return r.goOnPainting()
	case told:
		r.keepDrafts()
		return r.leave(msg.code)
	case faded:
		return r.fade()
	case painted:
		return nil // View follows
	case Ending:
		return r.end(msg)
	case nextStep:
		return r.goNext(msg)
	case session.DayBreak:
		return r.newDay(msg)
	case linkNews:
		return r.linked()
	case asidesCounted:
		r.asides = len(aside.Mine(r.session.Book, r.session.Actor, msg.all))
		return nil
	}
	return r.broadcast(msg)
}

// broadcast hands a message to everything that may have asked for it.
func (r *root) broadcast(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, modal := range r.modals {
		cmds = append(cmds, modal.Update(msg))
	}
	for _, listed := range pages {
		if page := r.pages[listed.name]; page != nil {
			cmds = append(cmds, page.Update(msg))
		}
	}
	return tea.Batch(cmds...)
}

func (r *root) news(msg session.News) tea.Cmd {
	if msg.Err != nil {
		r.status.Fail(r.session.ErrorText(msg.Err))
	}
	r.leaveWelcome()
	r.lookAtLink()
	return tea.Batch(r.session.Listen(msg), r.others(), r.countAsides())
}

func (r *root) applied(msg session.Applied) tea.Cmd {
	if msg.Err != nil {
		r.status.Fail(r.session.ErrorText(msg.Err))
	} else if msg.Done != "" {
		r.status.Say(msg.Done)
	}
	r.leaveWelcome()
	var forgotten tea.Cmd
	if msg.Erased && msg.Err == nil && len(r.drafts) > 0 {
		r.forgetInDrafts()
		forgotten = r.draftsLeft()
	}
	if msg.Then == nil {
		return forgotten
	}
	return tea.Batch(forgotten, msg.Then(msg.Err))
}

// leaveWelcome turns from the welcome page once there is something to see.
func (r *root) leaveWelcome() {
	if r.front == session.PageWelcome && !r.empty() {
		r.front, r.trail = pages[0].name, nil
	}
}

func (r *root) copied(msg kit.Copied) {
	if msg.Err != nil {
		r.status.Fail(r.session.ErrorText(msg.Err))
		return
	}
	if msg.Sent {
		r.status.Tell(r.session.Look.T("shell.copied.sent"))
		return
	}
	r.status.Say(r.session.Look.T("shell.copied"))
}

// page is the page in front.
func (r *root) page() session.Page { return r.at(r.front) }

// at is a page, which is made when it is first asked for; nil if there is none of the name.
func (r *root) at(name session.PageName) session.Page {
	if page := r.pages[name]; page != nil {
		return page
	}
	for _, listed := range pages {
		if listed.name == name {
			r.pages[name] = listed.make(r.session)
		}
	}
	return r.pages[name]
}

// turn brings a page to the front, as its number does: there is no way back.
func (r *root) turn(name session.PageName) tea.Cmd {
	if r.at(name) == nil {
		return nil
	}
	if leaver, ok := r.page().(session.Leaver); ok && name != r.front {
		leaver.Leave()
	}
	r.front, r.trail = name, nil
	return nil
}

// goTo brings a page to the front and opens a record there; esc comes back.
func (r *root) goTo(name session.PageName, target string) tea.Cmd {
	page := r.at(name)
	if page == nil {
		return nil
	}
	if ok, reason := r.session.HasFiles(); !ok && name == session.PageImport {
		r.status.Fail(reason)
		return nil
	}
	if name != r.front {
		r.trail = append(r.trail, r.front)
		r.front = name
	}
	cmd := r.refresh() // the page must know its records before it can find one
	if target == "" {
		return cmd
	}
	return tea.Batch(cmd, page.Open(target))
}

// back goes one step back: to where one came from to see a record, else within
// the page.
func (r *root) back() bool {
	delete(r.fresh, r.front) // what the page put away may have it read anew
	last := len(r.trail) - 1
	if last < 0 {
		return r.page().Back()
	}
	r.page().Back() // the record is put away, so that the page shows its list next time
	r.front, r.trail = r.trail[last], r.trail[:last]
	r.leaveWelcome() // it says that there is nothing, and something came meanwhile
	return true
}

func (r *root) show(m kit.Modal) tea.Cmd {
	m.SetSize(r.width, r.height)
	r.modals, r.shownAt = append(r.modals, m), r.now()
	back := r.giveBack(m)
	if starter, ok := m.(interface{ Init() tea.Cmd }); ok {
		return tea.Batch(back, starter.Init())
	}
	return back
}

func (r *root) dropDone() {
	kept := r.modals[:0]
	for _, m := range r.modals {
		if !m.Done() {
			kept = append(kept, m)
		}
	}
	r.modals = kept
}

// run runs an action of the page in front, or one that stands everywhere, by its name.
func (r *root) run(name string) tea.Cmd {
	r.offer()
	action, ok := r.catalogue.Find(name)
	if !ok || action.Run == nil {
		return nil
	}
	if ok, reason := action.Ready(); !ok {
		r.status.Fail(reason)
		return nil
	}
	return action.Run()
}

func (r *root) resize(width, height int) {
	r.width, r.height = width, height
	r.tabs.SetSize(width, 1)
	r.footer.SetSize(width, 1)
	r.status.SetSize(width, 1)
	for _, m := range r.modals {
		m.SetSize(width, height)
	}
}

// refresh brings the page in front up to date, if anything it shows has changed,
// and offers its actions.
func (r *root) refresh() tea.Cmd {
	page := r.page()
	now := freshness{r.session.Revision(), r.session.Look.Generation(), r.width, max(r.height-chrome, 0)}
	seen := r.fresh[r.front]
	var cmd tea.Cmd
	if seen != now {
		if seen.width != now.width || seen.height != now.height {
			page.SetSize(now.width, now.height)
		}
		cmd = tea.Batch(page.Refresh(), r.givePageBack())
		r.fresh[r.front] = now
	}
	r.offer()
	if title := "Doppelpass · " + r.session.Look.T("page."+string(r.front)); r.painter != nil && title != r.title {
		r.title = title
		r.painter.Title(title)
	}
	return cmd
}

// pageRoom is where the page stands on the screen.
func (r *root) pageRoom() kit.Rect {
	return kit.Rect{X: 0, Y: 2, W: r.width, H: max(r.height-chrome, 0)}
}
