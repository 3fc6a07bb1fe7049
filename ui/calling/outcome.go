package calling

// One key for how a call ended, and taking the latest back.

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// held is within how long of itself a key counts as still held down: longer than any
// keyboard waits before it repeats.
const held = 1200 * time.Millisecond

const group = "calling.group"

// Actions implements session.Page.
func (p *Page) Actions() []kit.Action {
	if p.asking {
		return []kit.Action{
			{Name: "calling.opt-out.yes", Keys: []string{"x"}, Title: "calling.action.opt-out.yes", Short: "calling.short.opt-out.yes", Group: group, Priority: 90,
				Run: func() tea.Cmd { p.renew(); return p.log(model.CallOptOut) }},
			{Name: "calling.opt-out.no", Keys: []string{"esc"}, Title: "calling.action.opt-out.no", Short: "calling.short.opt-out.no", Group: group, Priority: 89,
				Run: func() tea.Cmd { p.asking = false; return nil }},
		}
	}
	outcome := func(name, key string, priority int, run func() tea.Cmd) kit.Action {
		return kit.Action{Name: "calling." + name, Keys: []string{key}, Title: "calling.action." + name, Short: "calling.short." + name, Group: group, Priority: priority,
			Enabled: p.mayLog, Run: p.once(key, run)}
	}
	simple := func(o model.CallOutcome) func() tea.Cmd { return func() tea.Cmd { return p.log(o) } }
	actions := []kit.Action{
		outcome("not-reached", "n", 90, simple(model.CallNotReached)),
		outcome("reached", "r", 88, simple(model.CallReached)),
		outcome("appointment", "t", 86, p.appointment),
		outcome("callback", "c", 84, p.callBack),
		outcome("declined", "d", 82, simple(model.CallDeclined)),
		outcome("wrong-number", "w", 70, simple(model.CallWrongNumber)),
		outcome("opt-out", "o", 72, func() tea.Cmd { p.asking = true; return nil }),
		{Name: "calling.note", Keys: []string{"e"}, Title: "calling.action.note", Short: "calling.short.note", Group: group, Priority: 66,
			Enabled: p.hasAccount, Run: func() tea.Cmd { p.renew(); p.noting = true; return nil }},
		{Name: "calling.skip", Keys: []string{"s"}, Title: "calling.action.skip", Short: "calling.short.skip", Group: group, Priority: 60,
			Enabled: p.hasAccount, Run: p.once("s", p.skip)},
		{Name: "calling.guests", Title: "calling.action.guests", Group: group, Priority: 9,
			Run: func() tea.Cmd {
				p.renew()
				return forms.AskGuests(p.s, p.guests, func(guests []string) { p.guests = guests })
			}},
		{Name: "calling.account", Keys: []string{"a"}, Title: "calling.action.account", Group: group, Priority: 20,
			Enabled: p.hasAccount, Run: func() tea.Cmd { p.renew(); return p.s.Shell.Go(session.PageAccounts, p.current) }},
		{Name: "calling.whole", Keys: []string{wholeKey}, Title: "calling.action.whole", Group: group, Priority: 12, Enabled: p.hasAccount, Run: p.whole},
		{Name: "calling.copy", Keys: []string{"y"}, Title: "calling.action.copy", Group: group, Priority: 10,
			Enabled: p.hasAccount, Run: func() tea.Cmd { p.renew(); return p.s.Look.Copy(p.s.Book.Account(p.current).Phone) }},
		{Name: "calling.hand-out", Keys: []string{"F"}, Title: "calling.action.hand-out", Group: group, Priority: 8,
			Enabled: func() (bool, string) {
				if ok, reason := p.s.HasFiles(); !ok {
					return false, reason
				}
				if len(p.codes) == 0 {
					return false, p.s.Look.T("calling.empty.list")
				}
				return p.s.May(model.OutList{})
			},
			Run: func() tea.Cmd { return forms.HandOut(p.s, p.asOf(), p.codes, p.campaign) }},
		{Name: "calling.again", Keys: []string{"enter"}, Title: "calling.action.again", Short: "calling.short.again", Group: group, Priority: 50,
			Enabled: func() (bool, string) { return p.current == "", p.s.Look.T("calling.why.in-front") },
			Run:     func() tea.Cmd { p.skipped, p.working = map[string]bool{}, true; return p.next() }},
	}
	if p.last != nil {
		actions = append(actions, kit.Action{Name: "calling.undo", Keys: []string{"z"}, Title: "calling.action.undo", Short: "calling.short.undo", Group: group, Priority: 64, Run: p.undo})
	}
	return actions
}

// once keeps a key that is held down from doing anything twice: it must have been let
// go of.
func (p *Page) once(key string, run func() tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd {
		now := p.s.Time()
		again := p.pressed == key && now.Sub(p.seen) < held
		p.pressed, p.seen = key, now
		if again || p.busy {
			return nil
		}
		p.renew()
		if p.lost {
			p.s.Shell.Fail(p.stale)
			return nil
		}
		return run()
	}
}

func (p *Page) hasAccount() (bool, string) {
	return p.current != "" && p.s.Book.Account(p.current) != nil, p.s.Look.T("calling.why.nobody")
}

func (p *Page) mayLog() (bool, string) {
	if ok, reason := p.s.May(model.Call{}); !ok {
		return false, reason
	}
	return p.hasAccount()
}

// skip puts the account back for this session.
func (p *Page) skip() tea.Cmd {
	p.skipped[p.current] = true
	p.note.SetValue("")
	return p.next()
}

func (p *Page) appointment() tea.Cmd {
	account := p.current // another one may come up while the form stands open
	return forms.AskAppointment(p.s, account, p.note.Value(), func(a forms.Agreed) tea.Cmd {
		p.note.SetValue(a.Note)
		return p.logAt(account, model.CallAppointment, model.FollowUp{Kind: model.FollowVisit, Due: a.Day, At: a.At})
	})
}

func (p *Page) callBack() tea.Cmd {
	account := p.current
	return forms.AskCallBack(p.s, account, p.note.Value(), func(a forms.Agreed) tea.Cmd {
		p.note.SetValue(a.Note)
		left := model.FollowUp{Kind: model.FollowCall, Due: a.Day, At: a.At}
		if a.Mine {
			left.For = p.s.Actor.Name
		}
		return p.logAt(account, model.CallBack, left)
	})
}

// log writes how the call ended, with what it left to be done; calls that were promised
// to the account are made with it. The next account comes up by itself.
func (p *Page) log(outcome model.CallOutcome, left ...model.FollowUp) tea.Cmd {
	return p.logAt(p.current, outcome, left...)
}

// logAt is log for the account that was asked about.
func (p *Page) logAt(code string, outcome model.CallOutcome, left ...model.FollowUp) tea.Cmd {
	l := p.s.Book.Account(code)
	if l == nil || p.busy {
		return nil
	}
	p.asking = false
	me, today, now, note := p.s.Actor.Name, p.s.Today, p.s.ClockNow(), strings.TrimSpace(p.note.Value())
	name := p.s.AccountName(l.Code)
	request := store.Request{Action: "call.log", Subject: name, Puts: []store.Put{{New: true, Record: model.Call{
		Account: l.Code, Date: today, Time: now, Agent: me, Outcome: outcome, Campaign: p.campaign, Guests: p.guests, Note: note,
	}}}}
	for _, promise := range p.s.Book.FollowUps(l.Code) {
		if promise.Kind == model.FollowCall && promise.State == model.FollowOpen {
			done := promise
			done.State, done.Answered, done.Answerer = model.FollowDone, today, me
			request.Puts = append(request.Puts, store.Put{Record: done, Before: promise})
		}
	}
	if outcome == model.CallWrongNumber {
		left = append(left, model.FollowUp{Kind: model.FollowNumber, Number: l.Phone})
	}
	for _, f := range left {
		f.Account, f.Date, f.Time, f.By, f.Campaign, f.Note = l.Code, today, now, me, p.campaign, note
		request.Puts = append(request.Puts, store.Put{Record: f, New: true})
	}
	p.busy = true
	account := l.Code
	said := text.Args{"Outcome": p.s.Look.T("call.outcome." + outcome.String()), "Name": name}
	done := p.s.Look.T("calling.noted", said)
	if len(left) > 0 && left[0].Due != 0 { // the day is said again: it was typed, and may be read wrong
		said["When"] = words.WhenDue(p.s.Look.Text, left[0], p.s.Today)
		done = p.s.Look.T("calling.noted.when", said)
	}
	return p.s.Apply(request, done, func(err error) tea.Cmd {
		p.busy = false
		if err != nil {
			return nil
		}
		p.last = &made{account: account, note: note, outcome: outcome}
		if undo, _, err := p.s.Store.NextOf(p.s.Actor.Person); err == nil && undo != nil {
			p.last.step = undo.Step
		}
		p.note.SetValue("")
		return p.next()
	})
}

// undo takes the latest outcome back; its account comes up again. That a customer wants
// no more calls is never taken back.
func (p *Page) undo() tea.Cmd {
	last := p.last
	if last.outcome == model.CallOptOut {
		p.s.Shell.Fail(p.s.Look.T("calling.why.opt-out", text.Args{"Name": p.s.AccountName(last.account)}))
		return nil
	}
	actor, s := p.s.Actor, p.s.Store
	p.pressed = "" // whoever has taken an outcome back has let go of its key
	p.again = last.account
	return p.s.Travel(func() (store.Entry, error) {
		if last.step == 0 {
			return s.Undo(actor)
		}
		return s.UndoStep(actor, last.step)
	})
}
