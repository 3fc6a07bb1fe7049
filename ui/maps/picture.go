package maps

// What there is to be seen on a day: every account that has a place, and what the
// departments have to do there, layer by layer. It is worked out once for a state of the
// business; drawing only reads it.

import (
	"cmp"
	"slices"

	"doppelpass/model"
	"doppelpass/model/double"
	"doppelpass/model/queue"
	"doppelpass/model/ready"
	"doppelpass/ui/kit"
)

// Layers are a set of layers.
type Layers uint8

// The layers, in the order in which they are drawn.
const (
	Territories Layers = 1 << iota // lines between them, their names and how far they are covered
	Accounts                       // every one, by its level
	Campaigns                      // accounts that a campaign wants a visit at, neither visited nor booked
	Calls                          // accounts on call lists
	Route                          // the confirmed visits of a week, in their order
	Clashes                        // accounts at which both departments are about to act
)

// Has reports whether a layer is among them.
func (l Layers) Has(one Layers) bool { return l&one != 0 }

// Level is how an account stands, the more pressing the higher.
type Level uint8

// The levels.
const (
	Covered Level = iota // within its interval, or too new to be late
	Overdue
	Never // visited never, and no new customer
)

// levelOf is the level of a standing.
func levelOf(s model.Standing) Level {
	switch s.State {
	case model.StateOverdue:
		return Overdue
	case model.StateNever:
		return Never
	}
	return Covered
}

// Point is an account on the map.
type Point struct {
	Customer *model.Customer
	At       kit.Place
	Standing model.Standing
	Level    Level
	Layers   Layers // those it belongs to
	area     int32  // of Picture.Areas; -1: in none
	Campaign string // of Campaigns, the first that wants it
	Day      model.Date
	Clash    int // of Picture.Clashes; -1: in none
}

// Area is a territory on the map.
type Area struct {
	Code     string
	At       kit.Place // in the middle of its accounts, at one of them
	Accounts int       // that have a place
	Coverage model.Coverage
}

// Leg is a day of a rep's week: from home to the visits and back.
type Leg struct {
	Rep    string
	Day    model.Date
	Places []kit.Place
}

// Picture is what there is to be seen.
type Picture struct {
	Points   []Point
	Areas    []Area
	Legs     []Leg
	Clashes  []double.Clash
	Nowhere  map[ready.Why]int // active accounts that have no place
	Monday   model.Date        // of the week whose route it is
	Campaign string            // the only one that counts; "": all

	of         map[string]int  // points by account
	areaPoints []kit.AreaPoint // kept between frames
}

// Scope is what a picture is of.
type Scope struct {
	Campaign string     // only this one, whatever its days; "": all that are not over
	Rep      string     // only this one's route; "": everybody's
	Monday   model.Date // the week of the route; 0: the one that runs, from Friday on the next
}

// week is the Monday of the scope's week.
func (s Scope) week(today model.Date) model.Date {
	if s.Monday != 0 {
		return s.Monday
	}
	monday := today.Monday()
	if today > monday+4 {
		monday += 7
	}
	return monday
}

// Look is what there is to be seen on a day. Signals are those of the day, clashes too.
func Look(d *model.Day, signals []model.Signal, clashes []double.Clash, scope Scope) *Picture {
	b := d.Book()
	p := &Picture{
		Nowhere: map[ready.Why]int{}, of: make(map[string]int, b.AccountCount()), Points: make([]Point, 0, b.AccountCount()),
		Clashes: clashes, Campaign: scope.Campaign, Monday: scope.week(d.Date()),
	}
	for _, area := range b.Areas() {
		number := int32(len(p.Areas))
		from := len(p.Points)
		p.take(d, area.Accounts(), number)
		p.Areas = append(p.Areas, Area{Code: area.Code, At: middle(p.Points[from:]), Accounts: len(p.Points) - from, Coverage: d.Numbers(area).All})
	}
	homeless := []*model.Customer{}
	for l := range b.Accounts {
		if l.Territory == "" {
			homeless = append(homeless, l)
		}
	}
	p.take(d, homeless, -1)
	p.campaigns(d, scope)
	p.calls(d, signals, scope)
	p.route(d, scope)
	for i, c := range clashes {
		for _, code := range c.Accounts {
			if at, ok := p.of[code]; ok && p.Points[at].Clash < 0 {
				p.Points[at].Clash = i
				p.Points[at].Layers |= Clashes
			}
		}
	}
	return p
}

// take takes accounts in, in the order of their codes.
func (p *Picture) take(d *model.Day, customers []*model.Customer, area int32) {
	home, from := d.Settings().Country, len(p.Points)
	for _, l := range customers {
		if l.Inactive {
			continue
		}
		if !l.At.Valid() {
			p.Nowhere[ready.Nowhere(&l.Account, home)]++
			continue
		}
		standing := d.Standing(l)
		p.Points = append(p.Points, Point{Customer: l, At: placeOf(l.At), Standing: standing, Level: levelOf(standing), Layers: Accounts, area: area, Clash: -1})
	}
	slices.SortFunc(p.Points[from:], func(x, y Point) int { return cmp.Compare(x.Customer.Code, y.Customer.Code) })
	for i := from; i < len(p.Points); i++ {
		p.of[p.Points[i].Customer.Code] = i
	}
}

func placeOf(c model.Coordinates) kit.Place { return kit.Place{Lon: c.Lon, Lat: c.Lat} }

// middle is the point nearest to the mean of points: a name then stands where somebody is.
func middle(points []Point) kit.Place {
	if len(points) == 0 {
		return kit.Place{}
	}
	var mean kit.Place
	for _, p := range points {
		mean.Lon += p.At.Lon / float64(len(points))
		mean.Lat += p.At.Lat / float64(len(points))
	}
	best := points[0].At
	off := func(p kit.Place) float64 {
		dx, dy := (p.Lon-mean.Lon)*0.65, p.Lat-mean.Lat // at 50 degrees north
		return dx*dx + dy*dy
	}
	for _, p := range points {
		if off(p.At) < off(best) {
			best = p.At
		}
	}
	return best
}

// campaigns marks the accounts at which campaigns still want a visit.
func (p *Picture) campaigns(d *model.Day, scope Scope) {
	b := d.Book()
	for _, c := range b.Campaigns() {
		switch {
		case scope.Campaign != "" && c.Code != scope.Campaign, c.IsTelemarketing():
			continue
		case scope.Campaign == "" && (!c.NeedsVisits() || c.End < d.Date() || c.Start-model.Date(d.Settings().Lead) > d.Date()):
			continue
		}
		for _, area := range b.CampaignAreas(c) {
			for _, l := range d.Readiness(c, area).Accounts {
				p.mark(l.Code, Campaigns)
				if at, ok := p.of[l.Code]; ok && p.Points[at].Campaign == "" {
					p.Points[at].Campaign = c.Code
				}
			}
		}
	}
}

// calls marks the accounts whom marketing is to call: of signals, and of campaigns by
// telephone that run.
func (p *Picture) calls(d *model.Day, signals []model.Signal, scope Scope) {
	for _, signal := range signals {
		if signal.Kind == model.AddTelemarketing && signal.Open() && scope.Campaign == "" {
			for _, l := range signal.Contact.CallList {
				p.mark(l.Code, Calls)
			}
		}
	}
	b := d.Book()
	for _, c := range b.Campaigns() {
		runs := c.Status == model.CampaignPlanned && c.Start <= d.Date() && d.Date() <= c.End
		if scope.Campaign != "" && c.Code != scope.Campaign || scope.Campaign == "" && !runs || !c.IsTelemarketing() && len(c.ByPhone) == 0 {
			continue
		}
		for _, code := range queue.Targets(d, c.Code) {
			if l := b.Account(code); l != nil && d.Exclusion(l) == model.NotExcluded {
				p.mark(code, Calls)
			}
		}
	}
}

func (p *Picture) mark(account string, layer Layers) {
	if at, ok := p.of[account]; ok {
		p.Points[at].Layers |= layer
	}
}

// route takes up the confirmed visits of the week: a line for each day of a rep.
func (p *Picture) route(d *model.Day, scope Scope) {
	b := d.Book()
	for _, rep := range b.Planning(p.Monday) {
		if scope.Rep != "" && rep != scope.Rep {
			continue
		}
		var days [7][]model.PlannedVisit
		for visit := range b.Plan(rep) {
			if day := int(visit.Date - p.Monday); day >= 0 && day < len(days) {
				days[day] = append(days[day], visit)
			}
		}
		known, _ := b.Rep(rep)
		for i, visits := range days {
			if len(visits) == 0 {
				continue
			}
			slices.SortStableFunc(visits, func(x, y model.PlannedVisit) int {
				return cmp.Or(cmp.Compare(x.Time, y.Time), cmp.Compare(x.Account, y.Account))
			})
			leg := Leg{Rep: rep, Day: p.Monday + model.Date(i)}
			if known.HomeAt.Valid() {
				leg.Places = append(leg.Places, placeOf(known.HomeAt))
			}
			for _, visit := range visits {
				at, ok := p.of[visit.Account]
				if !ok {
					continue
				}
				point := &p.Points[at]
				leg.Places = append(leg.Places, point.At)
				if point.Layers |= Route; point.Day == 0 || leg.Day < point.Day {
					point.Day = leg.Day
				}
			}
			if known.HomeAt.Valid() {
				leg.Places = append(leg.Places, leg.Places[0])
			}
			p.Legs = append(p.Legs, leg)
		}
	}
}

// Count is how many accounts a layer has.
func (p *Picture) Count(layer Layers) (n int) {
	for i := range p.Points {
		if p.Points[i].Layers.Has(layer) {
			n++
		}
	}
	return n
}

// Unplaced is how many active accounts have no place.
func (p *Picture) Unplaced() (n int) {
	for _, count := range p.Nowhere {
		n += count
	}
	return n
}

// Corners are the corners of the points that are asked for; where there are none, of Germany. Of
// many, the outermost hundredth on each side is left out: a single address that was read wrong would
// make all others small.
func (p *Picture) Corners(of func(*Point) bool) (southWest, northEast kit.Place) {
	var lons, lats []float64
	for i := range p.Points {
		if of == nil || of(&p.Points[i]) {
			lons, lats = append(lons, p.Points[i].At.Lon), append(lats, p.Points[i].At.Lat)
		}
	}
	if len(lons) == 0 {
		return kit.Place{Lon: 5.9, Lat: 47.3}, kit.Place{Lon: 15, Lat: 55}
	}
	slices.Sort(lons)
	slices.Sort(lats)
	out := len(lons) / 100
	last := len(lons) - 1 - out
	return kit.Place{Lon: lons[out], Lat: lats[out]}, kit.Place{Lon: lons[last], Lat: lats[last]}
}

// Point is the point of an account.
func (p *Picture) Point(account string) (*Point, bool) {
	at, ok := p.of[account]
	if !ok {
		return nil, false
	}
	return &p.Points[at], true
}

// byAccounts are the territories that have points, those with the most first.
func (p *Picture) byAccounts() []Area {
	var list []Area
	for _, area := range p.Areas {
		if area.Accounts > 0 {
			list = append(list, area)
		}
	}
	slices.SortStableFunc(list, func(x, y Area) int { return cmp.Compare(y.Accounts, x.Accounts) })
	return list
}
