package visits

// Reading from the store: a screenful ahead of the cursor, and for a text filter
// piece by piece until enough is found.

import (
	"fmt"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/words"
)

// The number of visits read at a time, the distance from the end at which more are
// read, and how many are looked at for a text filter before the screen is told how
// far the search is.
const (
	pageOf = 300
	ahead  = 100
	piece  = 20_000
)

// batch is what a reading found.
type batch struct {
	visits []model.Visit
	before model.Date // the day from which on older ones lie; 0: there are none
	first  bool       // these are the newest ones
}

// readFrom reads visits from a day back (0: from the newest), at least want of them
// where there are so many.
func (p *Page) readFrom(last model.Date, want int) tea.Cmd {
	p.tries++
	p.asked = strconv.Itoa(p.tries)
	if last == 0 {
		p.before = 0
		p.say("visits.reading")
	}
	q := p.storeQuery()
	q.Last = last
	if week := p.filter.week; week != 0 {
		q.First = week
		if last == 0 {
			q.Last = week + 6
		}
	}
	s, matches := p.s.Store, p.matcher()
	return session.Load(p.asked, func() (batch, error) {
		found := batch{first: last == 0}
		for looked := 0; ; {
			q.Limit = max(want-len(found.visits), 1)
			if matches != nil {
				q.Limit = pageOf
			}
			visits, before, err := s.Visits(q)
			if err != nil {
				return found, fmt.Errorf("reading the visits: %w", err)
			}
			looked += len(visits)
			for _, visit := range visits {
				if matches == nil || matches(visit) {
					found.visits = append(found.visits, visit)
				}
			}
			found.before, q.Last = before, before
			if before == 0 || len(found.visits) >= want || looked >= piece {
				return found, nil
			}
		}
	})
}

// storeQuery is what the filters but for week and text ask of the store.
func (p *Page) storeQuery() (q store.VisitQuery) {
	if p.filter.rep != "" {
		q.Reps = []string{p.filter.rep}
	}
	if accept := p.accept; accept != nil {
		q.Accept = func(account string) bool { return accept[account] }
	}
	return q
}

// matcher is what the text filter lets through; nil: everything. It may be used
// outside Update.
func (p *Page) matcher() func(model.Visit) bool {
	query := kit.NewQuery(p.filter.text)
	if query.Empty() {
		return nil
	}
	if p.names == nil {
		p.names = make(map[string]string, p.s.Book.AccountCount())
		for customer := range p.s.Book.Accounts {
			p.names[customer.Code] = strings.Join([]string{customer.Name, customer.Address.City, customer.Code, p.s.AreaName(customer.Territory)}, " ")
		}
	}
	names, print := p.names, p.s.Look.Text
	reps := map[string]string{}
	for _, rep := range p.s.Book.Reps() {
		reps[rep.Code] = rep.Name
	}
	return func(v model.Visit) bool {
		said := []string{names[v.Account], v.Rep, reps[v.Rep], v.Outcome, v.Note, words.VisitResult(print, v)}
		return query.Contains(kit.Fold(strings.Join(append(said, v.Guests...), " ")))
	}
}

// say sets what stands in the table while it is empty.
func (p *Page) say(message string) {
	p.list.SetOptions(kit.Options{Markable: true, NoFoot: true, Empty: message, Filtered: message})
}

// readAhead reads on when the cursor nears the end.
func (p *Page) readAhead() tea.Cmd {
	if p.asked != "" || p.before == 0 || p.list.CursorIndex() < len(p.visits)-ahead {
		return nil
	}
	return p.readFrom(p.before, pageOf)
}

// take adds what was read, unless something else was asked for since.
func (p *Page) take(msg session.Loaded[batch]) tea.Cmd {
	if msg.For != p.asked {
		return nil
	}
	p.asked = ""
	if msg.Err != nil {
		p.s.Shell.Fail(p.s.ErrorText(msg.Err))
		return nil
	}
	newest := msg.Value.first && p.list.CursorIndex() <= 0
	if msg.Value.first {
		p.visits, p.ids, p.places = nil, nil, make(map[string]int, len(msg.Value.visits))
	}
	for _, visit := range msg.Value.visits {
		id := idOf(visit)
		p.places[id] = len(p.visits)
		p.visits = append(p.visits, visit)
		p.ids = append(p.ids, id)
	}
	p.before = msg.Value.before
	p.add()
	if p.before == 0 {
		p.say("visits.none")
	}
	p.list.Refresh()
	if newest && len(p.ids) > 0 { // who looks at the newest visit goes on doing so
		p.list.Select(p.ids[0])
	}
	return p.readAhead()
}

func idOf(v model.Visit) string {
	return v.Account + "\x00" + strconv.Itoa(int(v.Date)) + "\x00" + strconv.Itoa(int(v.Time)) + "\x00" + v.Rep + "\x00" + v.ID.String()
}
