package review

// The lot: among equals beyond the reps' room it is drawn who is visited, who is called and
// whom nobody contacts. It costs nothing, since not all of them could be visited anyway, and
// afterwards the groups differ by nothing but what was done.

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"doppelpass/model"
)

// Draft is a lot that could be drawn for a campaign: what the draw needs to know.
type Draft struct {
	Certain int // accounts for which the reps have room in any case: they are not drawn
	Shut    int // beyond the room, but not to be called: no equals of the others
	equals  []equals
}

// equals are accounts of one rep and class, of whom so many can be visited.
type equals struct {
	accounts []string
	visits   int
}

// Among are the accounts that a lot would be drawn among.
func (f Draft) Among() (accounts int) {
	for _, e := range f.equals {
		accounts += len(e.accounts)
	}
	return accounts
}

// Visits is how many of them can be visited.
func (f Draft) Visits() (visits int) {
	for _, e := range f.equals {
		visits += e.visits
	}
	return visits
}

// Prepare looks for equals beyond the room that other campaigns leave the reps, among the targets that nobody has visited
// and no week has yet. A rep's best class comes first, as in the signals; the class in which
// the room ends is drawn for the visits, those below for calls only. Accounts that may not
// be called take no part.
func Prepare(d *model.Day, c model.Campaign) (f Draft) {
	b, settings := d.Book(), d.Settings()
	type pool struct {
		room int
		open [][]*model.Customer // by the rank of their class
	}
	pools := map[string]*pool{}
	var reps []string
	for _, area := range b.Areas() {
		if !area.Known || !c.Names(area.Territory) {
			continue
		}
		r := d.Readiness(c, area)
		p := pools[area.Rep]
		if p == nil {
			p = &pool{open: make([][]*model.Customer, settings.Classes.Len())}
			pools[area.Rep] = p
			reps = append(reps, area.Rep)
		}
		p.room = max(p.room, r.Room-r.Contested) // it is the rep's, whichever territory is asked, and of other campaigns too
		for _, l := range r.Accounts {
			rank := settings.Rank(l.Class)
			p.open[rank] = append(p.open[rank], l)
		}
	}
	slices.Sort(reps)
	for _, rep := range reps {
		p := pools[rep]
		for _, open := range p.open {
			if len(open) <= p.room {
				p.room -= len(open)
				f.Certain += len(open)
				continue
			}
			var e equals
			for _, l := range open {
				if d.Exclusion(l) == model.NotExcluded {
					e.accounts = append(e.accounts, l.Code)
				}
			}
			f.Shut += len(open) - len(e.accounts)
			e.visits, p.room = min(p.room, len(e.accounts)), 0
			slices.Sort(e.accounts)
			if len(e.accounts) > 0 {
				f.equals = append(f.equals, e)
			}
		}
	}
	return f
}

// Draw draws the lot for a campaign: as many visits as the reps have room for, so many calls
// among the rest, in the same share wherever equals stand together. The same seed draws the
// same lot.
func (f Draft) Draw(c model.Campaign, calls, seed int) model.Campaign {
	c = c.WithoutLot()
	c.LotSeed = seed
	random := rand.New(rand.NewPCG(uint64(seed), 0))
	rest := f.Among() - f.Visits()
	calls = min(max(calls, 0), rest)
	drawn := 0
	for _, e := range f.equals {
		accounts := slices.Clone(e.accounts)
		random.Shuffle(len(accounts), func(i, j int) { accounts[i], accounts[j] = accounts[j], accounts[i] })
		c.LotVisit = append(c.LotVisit, accounts[:e.visits]...)
		for _, account := range accounts[e.visits:] {
			drawn++
			if drawn*calls/rest > (drawn-1)*calls/rest { // evenly over all who remain
				c.LotCall = append(c.LotCall, account)
			} else {
				c.LotNeither = append(c.LotNeither, account)
			}
		}
	}
	for _, list := range [...][]string{c.LotVisit, c.LotCall, c.LotNeither} {
		slices.Sort(list)
	}
	return c
}

// Arm is what became of the accounts that drew the same.
type Arm struct {
	Result
	Kept int // accounts with whom it was done as drawn
}

// Drawn is what became of a lot: accounts count where they were drawn to, whatever was done
// with them, and orders from the first day on, so that nobody can choose afterwards.
type Drawn struct {
	Seed      int // 0: no lot was drawn
	Arms      [model.Lots]Arm
	Comparing []DrawnComparison // against those whom nobody was to contact
}

// DrawnComparison holds an arm of the lot against those left alone.
type DrawnComparison struct {
	Lot model.Lot
	Comparison
}

func asDrawn(r Review, c model.Campaign, contacts map[string]*contact, visits []model.Visit) (lot Drawn) {
	if !c.HasLot() {
		return lot
	}
	lot.Seed = c.LotSeed
	drew := map[string]model.Lot{}
	for at, list := range map[model.Lot][]string{model.LotVisit: c.LotVisit, model.LotCall: c.LotCall, model.LotNeither: c.LotNeither} {
		for _, account := range list {
			if contacts[account] == nil { // no longer a target, or in a territory that is left out
				continue
			}
			drew[account] = at
			lot.Arms[at].Accounts++
			if done := contacts[account].group(); done == [...]Group{model.LotVisit: Visit, model.LotCall: Call, model.LotNeither: Neither}[at] {
				lot.Arms[at].Kept++
			}
		}
	}
	r.count(visits, func(account string) (*Result, model.Date) {
		at := drew[account]
		if at == model.NotDrawn {
			return nil, 0
		}
		return &lot.Arms[at].Result, 0
	}, func(model.Visit) {})
	for _, at := range [...]model.Lot{model.LotVisit, model.LotCall} {
		if comparison, ok := against(lot.Arms[at].Result, lot.Arms[model.LotNeither].Result); ok {
			lot.Comparing = append(lot.Comparing, DrawnComparison{at, comparison})
		}
	}
	slices.SortFunc(lot.Comparing, func(a, b DrawnComparison) int { return cmp.Compare(a.Lot, b.Lot) })
	return lot
}
