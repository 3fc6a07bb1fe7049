// Package calling is the page on which calls are made, one after the other: whom to
// call, why, what was agreed before, and one key for how it ended.
package calling

import (
	"cmp"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/queue"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// Page is the calling page. Make it with New.
type Page struct {
	s             *session.Session
	width, height int

	title    string   // what is being called
	campaign string   // that the calls are for
	codes    []string // the accounts of the list
	skipped  map[string]bool
	working  bool // the page has been opened and not left

	list    queue.List
	current string      // the account in front; "": none
	entry   queue.Entry // of current, when it was handed out
	since   time.Time   // it is in front
	listed  time.Time   // the list was made
	stale   string      // why current need not be called any more
	lost    bool        // somebody else has it by now
	guests  []string    // colleagues who listen in until they are told to have gone
	note    *kit.Editor
	noting  bool // letters go into the note
	asking  bool // whether the customer really wants no more calls
	busy    bool // an outcome is being written

	last     *made  // the latest outcome, for z
	again    string // the account that comes up again once it is taken back
	pressed  string // the latest outcome's key, and when it was seen last
	seen     time.Time
	contacts contacts
	known    known
}

// made is an outcome that can be taken back.
type made struct {
	account, note string
	outcome       model.CallOutcome
	step          uint64
}

var _ session.Page = (*Page)(nil)

// New is the page of a session.
func New(s *session.Session) *Page {
	return &Page{s: s, skipped: map[string]bool{}, note: kit.NewEditor(s.Look)}
}

// SetSize gives the page its room.
func (p *Page) SetSize(width, height int) { p.width, p.height = width, height }

// Open begins a list: target is a session.CallsTarget.
func (p *Page) Open(target string) tea.Cmd {
	kind, of := session.ParseCallsTarget(target)
	if len(of) == 0 {
		return nil
	}
	p.release()
	p.title, p.campaign, p.codes, p.skipped = "", "", nil, map[string]bool{}
	look := p.s.Look
	switch kind {
	case session.CallsOfSignal:
		key, ok := session.ParseSignalTarget(of[0])
		if !ok {
			return nil
		}
		for _, signal := range p.s.Signals() {
			if signal.Key() == key {
				p.takeSignal(signal)
			}
		}
	case session.CallsOfCampaign:
		p.campaign = of[0]
		p.title = p.s.CampaignName(of[0])
		p.codes = queue.Targets(p.s.Day(), of[0])
	case session.CallsOwed:
		p.title, p.codes = look.T("calling.title.owed"), p.owed()
	case session.CallsOfAccounts:
		p.title, p.codes = look.T("calling.title.accounts"), of
	}
	p.working, p.listed = true, p.s.Time()
	return tea.Batch(p.next(), p.load(), p.tick())
}

// owed are the accounts that were promised a call, now or later: none of them is to go
// missing for being closed at this hour.
func (p *Page) owed() (codes []string) {
	for _, f := range p.s.Book.AllFollowUps() {
		if f.Kind == model.FollowCall && f.State == model.FollowOpen {
			codes = append(codes, f.Account)
		}
	}
	return codes
}

// takeSignal makes the list of a signal: its call list with those that it leaves out, or
// the accounts that no visit reaches in time.
func (p *Page) takeSignal(s model.Signal) {
	p.title, p.campaign = p.s.AreaName(s.Territory), s.Campaign
	customers := slices.Clone(s.Contact.CallList)
	for _, e := range s.Contact.Excluded {
		customers = append(customers, e.Customer)
	}
	if s.Kind == model.StepUpVisits {
		customers = s.Readiness.BeyondAccounts
		p.title = p.s.Look.T("calling.title.beyond", text.Args{"Campaign": p.s.CampaignName(s.Campaign), "Territory": p.s.AreaName(s.Territory)})
	}
	for _, l := range customers {
		p.codes = append(p.codes, l.Code)
	}
}

// asOf is what the state of an account depends on now.
func (p *Page) asOf() *queue.View {
	caller := p.s.Caller()
	return &queue.View{Day: p.s.Day(), Minute: p.s.Minute(), Me: p.s.Actor.Name, Last: p.known.last, Skipped: p.skipped,
		Busy: func(account string) bool { _, held := caller.Elsewhere(account); return held }}
}

// next brings the next account up.
func (p *Page) next() tea.Cmd {
	view := p.asOf()
	p.list = view.List(p.codes)
	return p.take(view, p.list.Ready())
}

// take claims the first of the accounts that may be called at this moment.
func (p *Page) take(view *queue.View, accounts func(func(string) bool)) tea.Cmd {
	p.current, p.stale, p.lost, p.asking, p.noting = "", "", false, false, false
	handing := *view
	handing.Busy = nil // who else has it, the claims know
	account, ok := p.s.Caller().Take(accounts, func(code string) bool { return handing.Of(code).State.Ready() })
	if !ok {
		return nil
	}
	p.current, p.entry, p.since = account, handing.Of(account), p.s.Time()
	return p.read()
}

// release gives the account back; a half-typed note goes with it.
func (p *Page) release() {
	p.s.Caller().Release()
	p.current, p.stale, p.asking, p.noting = "", "", false, false
	p.note.SetValue("")
}

// Refresh takes up the Book anew: what has happened to the account in front meanwhile is
// said at once, and what was typed stays.
func (p *Page) Refresh() tea.Cmd {
	if !p.working {
		return nil
	}
	view := p.asOf()
	p.list = view.List(p.codes)
	if p.again != "" {
		account, note := p.again, ""
		if p.last != nil {
			note = p.last.note
		}
		if view.Of(account).State.Ready() {
			p.again, p.last = "", nil
			p.s.Caller().Release()
			cmd := p.take(view, slices.Values([]string{account}))
			p.note.SetValue(note)
			return cmd
		}
	}
	if p.current == "" || p.busy {
		return nil
	}
	view.Busy, view.Skipped = nil, nil
	e := view.Of(p.current)
	p.stale = ""
	if !e.State.Ready() && e.State != queue.Closed && e.State != queue.HalfDay {
		p.stale = words.QueueReason(p.s.Look.Text, p.s.Book, e, p.s.Today)
	}
	return p.read()
}

// secondMsg comes while somebody works on the page: the call goes on, and with the
// minutes customers open and close.
type secondMsg struct{}

func (p *Page) tick() tea.Cmd {
	return p.s.After(time.Second, func(time.Time) tea.Msg { return secondMsg{} })
}

// Update answers what no action took.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		if p.noting {
			p.renew()
			p.typed(msg)
		}
	case secondMsg:
		if !p.working {
			return nil
		}
		if now := p.s.Time(); now.Sub(p.listed) >= time.Minute {
			p.list, p.listed = p.asOf().List(p.codes), now
		}
		return p.tick()
	case session.Loaded[contacts]:
		if msg.Err == nil && msg.For == readFor(p.current) {
			p.contacts = msg.Value
		}
	case session.Loaded[known]:
		if msg.Err == nil {
			p.known = msg.Value
			p.list = p.asOf().List(p.codes)
		}
	}
	return nil
}

func (p *Page) typed(key tea.KeyMsg) {
	switch kit.KeyName(key) {
	case "enter", "esc", "tab":
		p.noting = false
	default:
		p.note.Update(key)
	}
}

// renew begins the lease anew with every key. Once it was over, the account is taken
// again, or is somebody else's.
func (p *Page) renew() {
	if p.current == "" || p.lost || p.s.Caller().Renew(p.current) {
		return
	}
	_, ok := p.s.Caller().Take(slices.Values([]string{p.current}), func(string) bool { return true })
	p.lost = !ok
	if p.lost {
		who, _ := p.s.Caller().Elsewhere(p.current)
		p.stale = p.s.Look.T("calling.lost", text.Args{"Name": cmp.Or(who, "–")})
	}
}

// Capturing says that letters go into the note.
func (p *Page) Capturing() bool { return p.noting }

// Back gives the account back.
func (p *Page) Back() bool {
	if p.asking {
		p.asking = false
		return true
	}
	p.Leave()
	return false
}

// Leave gives the account back: another page is turned to.
func (p *Page) Leave() {
	p.release()
	p.working = false
}
