package calling

// What is read from the store for the page: the account's last contacts, and of the
// list's calls when they were made.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/queue"
	"doppelpass/ui/session"
)

// contacts are the latest of both departments at an account.
type contacts struct {
	of     string // the account
	visits []model.Visit
	calls  []model.Call
}

// known is what calls of the past tell: the last attempt in vain at each account of the
// list, and how many calls reached somebody by half-day.
type known struct {
	last   map[string]queue.Attempt
	halves queue.Halves
}

const (
	lastContacts = 3
	readContacts = 30  // of which the last ones show
	bestDays     = 365 // how far back calls tell when people are reached
)

func readFor(account string) string { return "reading contacts of " + account }

// read reads the latest contacts of the account in front.
func (p *Page) read() tea.Cmd {
	account, store := p.current, p.s.Store
	return session.Load(readFor(account), func() (c contacts, err error) {
		c.of = account
		if c.visits, err = store.AccountVisits(account, readContacts); err != nil {
			return c, err
		}
		c.calls, err = store.AccountCalls(account, readContacts)
		return c, err
	})
}

// load reads when calls were made.
func (p *Page) load() tea.Cmd {
	store, today := p.s.Store, p.s.Today
	on := make(map[string]bool, len(p.codes))
	for _, code := range p.codes {
		on[code] = true
	}
	return session.Load("reading when calls were made", func() (k known, err error) {
		k.last = map[string]queue.Attempt{}
		for record, err := range store.Records(model.TableCalls) {
			if err != nil {
				return k, err
			}
			c, ok := record.(model.Call)
			if !ok || c.Date > today || c.Date < today-bestDays {
				continue
			}
			k.halves.Add(c)
			if last := k.last[c.Account]; on[c.Account] && (c.Date > last.Date || c.Date == last.Date && c.Time >= last.Time) {
				k.last[c.Account] = queue.Attempt{Date: c.Date, Time: c.Time}
				if !c.Outcome.InVain() {
					k.last[c.Account] = queue.Attempt{Date: c.Date}
				}
			}
		}
		return k, nil
	})
}
