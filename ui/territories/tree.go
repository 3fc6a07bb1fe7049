package territories

// The tree of regions and territories with their numbers rolled up.

import (
	"cmp"
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/ui/forms"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
)

// node is a region or a territory of the tree.
type node struct {
	id      string
	name    string
	region  string      // a region's own path, a territory's region
	area    *model.Area // nil: a region
	depth   int
	numbers model.Numbers
	open    session.OpenSignals
	next    *model.Campaign // the one that runs or starts next; nil: none
	reps    []string
	found   bool // by the filter, itself or something below
}

// regionID and areaID keep the ids of regions and territories apart.
func regionID(path string) string { return "region " + path }
func areaID(code string) string   { return "area " + code }

// tree is what the table looks at.
type tree struct {
	s      *session.Session
	nodes  []*node // all, in order
	shown  []*node // without those folded away or filtered out
	folded map[string]bool
	query  string

	column     string // siblings are sorted by it; "": by name of region and code
	descending bool
	version    int
}

// refresh takes up the Book anew.
func (t *tree) refresh() {
	s := t.s
	areas := slices.Clone(s.Book.Areas())
	slices.SortStableFunc(areas, func(a, b *model.Area) int {
		return slices.Compare(segments(a.Region), segments(b.Region))
	})
	t.nodes = nil
	var above []*node // the regions the current territory lies in, widest first
	for _, area := range areas {
		path := segments(area.Region)
		keep := 0
		for keep < len(above) && keep < len(path) && above[keep].name == path[keep] {
			keep++
		}
		above = above[:keep]
		for depth := keep; depth < len(path); depth++ {
			region := strings.Join(path[:depth+1], "/")
			above = append(above, &node{id: regionID(region), name: path[depth], region: region, depth: depth})
			t.nodes = append(t.nodes, above[depth])
		}
		leaf := &node{
			id: areaID(area.Code), name: cmp.Or(area.Name, area.Code), region: area.Region, area: area, depth: len(path),
			numbers: s.Day().Numbers(area), open: s.OpenSignals(area.Code), next: t.nextCampaign(area.Territory),
		}
		if area.Rep != "" {
			leaf.reps = []string{area.Rep}
		}
		t.nodes = append(t.nodes, leaf)
		for _, region := range above {
			region.take(leaf)
		}
	}
	if area := s.Book.Area(""); area != nil && len(area.Accounts()) > 0 {
		t.nodes = append(t.nodes, &node{id: areaID(""), name: s.AreaName(""), area: area, numbers: s.Day().Numbers(area)})
	}
	t.nodes = t.ordered(t.nodes)
	t.choose()
}

func (t *tree) sort(column string, descending bool) {
	t.column, t.descending = column, descending
	t.refresh()
}

// ordered sorts siblings by the column; what lies below a region stays below it.
// Accounts in no territory stay last.
func (t *tree) ordered(nodes []*node) []*node {
	if t.column == "" || len(nodes) == 0 {
		return nodes
	}
	var families [][]*node // each a node with all below it
	for _, n := range nodes {
		if n.depth == nodes[0].depth {
			families = append(families, nil)
		}
		last := len(families) - 1
		families[last] = append(families[last], n)
	}
	column, view := t.table().Column(t.column), t.s.View()
	slices.SortStableFunc(families, func(a, b []*node) int {
		x, y := a[0], b[0]
		switch none := areaID(""); none {
		case x.id:
			return 1
		case y.id:
			return -1
		}
		order := 0
		if column.Number == nil {
			order = strings.Compare(forms.Fold(x.name), forms.Fold(y.name))
		} else {
			order = cmp.Compare(column.Number(view, x.described()), column.Number(view, y.described()))
		}
		if t.descending {
			order = -order
		}
		return order
	})
	sorted := make([]*node, 0, len(nodes))
	for _, family := range families {
		sorted = append(append(sorted, family[0]), t.ordered(family[1:])...)
	}
	return sorted
}

// segments are the names of a region path, widest first.
func segments(path string) []string {
	if path == "" {
		return nil
	}
	return strings.Split(path, "/")
}

// take adds a territory's numbers to the region's.
func (n *node) take(leaf *node) {
	n.numbers.Add(leaf.numbers)
	n.open.Sales += leaf.open.Sales
	n.open.Marketing += leaf.open.Marketing
	n.open.Reports += leaf.open.Reports
	if leaf.next != nil && (n.next == nil || leaf.next.Start < n.next.Start) {
		n.next = leaf.next
	}
	for _, rep := range leaf.reps {
		if !slices.Contains(n.reps, rep) {
			n.reps = append(n.reps, rep)
		}
	}
}

// nextCampaign is the planned campaign in the territory that runs or starts next.
func (t *tree) nextCampaign(territory model.Territory) *model.Campaign {
	for _, c := range t.s.Book.Campaigns() { // by start
		if c.Status == model.CampaignPlanned && c.End >= t.s.Today && c.Names(territory) {
			return &c
		}
	}
	return nil
}

func (t *tree) filter(query string) {
	t.query = query
	t.choose()
}

func (t *tree) fold(id string, open bool) {
	if open {
		delete(t.folded, id)
	} else {
		t.folded[id] = true
	}
	t.choose()
}

// choose fills shown. A filter unfolds everything and keeps the regions above
// what it finds.
func (t *tree) choose() {
	t.version++
	t.shown = t.shown[:0]
	if query := kit.NewQuery(t.query); !query.Empty() {
		for _, n := range t.nodes {
			n.found = query.Contains(kit.Fold(t.words(n)))
		}
		t.spread()
		for _, n := range t.nodes {
			if n.found {
				t.shown = append(t.shown, n)
			}
		}
		return
	}
	hidden := -1 // the depth from which on rows are folded away; -1: none
	for _, n := range t.nodes {
		if hidden >= 0 && n.depth >= hidden {
			continue
		}
		hidden = -1
		t.shown = append(t.shown, n)
		if n.area == nil && t.folded[n.id] {
			hidden = n.depth + 1
		}
	}
}

// spread carries what was found up to the regions above it and, from a region
// found itself, down to all below.
func (t *tree) spread() {
	for i, n := range t.nodes {
		if !n.found {
			continue
		}
		depth := n.depth
		for k := i - 1; k >= 0 && depth > 0; k-- {
			if above := t.nodes[k]; above.area == nil && above.depth < depth {
				above.found, depth = true, above.depth
			}
		}
	}
}

// words are what a filter looks in.
func (t *tree) words(n *node) string {
	if n.area == nil {
		return n.region
	}
	return strings.Join([]string{n.name, n.area.Code, t.s.Book.RepName(n.area.Rep), n.area.Region, n.area.Marketing, n.area.Note, n.area.MarketingNote}, " ")
}

// node is the node of an id, nil if there is none.
func (t *tree) node(id string) *node {
	for _, n := range t.nodes {
		if n.id == id {
			return n
		}
	}
	return nil
}

// reveal unfolds the regions above a node.
func (t *tree) reveal(n *node) {
	path := segments(n.region)
	for depth := range path {
		if region := regionID(strings.Join(path[:depth+1], "/")); region != n.id {
			delete(t.folded, region)
		}
	}
	t.choose()
}

// accounts are the active accounts of the node with their standing today, those
// furthest behind first.
func (t *tree) accounts(n *node) []entry {
	var list []entry
	s := t.s
	add := func(area *model.Area) {
		for _, l := range area.Accounts() {
			if !l.Inactive {
				list = append(list, entry{l, s.Day().Standing(l)})
			}
		}
	}
	if n.area != nil {
		add(n.area)
	} else {
		for _, area := range s.Book.Areas() {
			if model.InRegion(area.Region, n.region) {
				add(area)
			}
		}
	}
	slices.SortFunc(list, func(a, b entry) int { return byLateness(s.Book, a, b) })
	return list
}

// entry is an account with its standing today.
type entry struct {
	customer *model.Customer
	standing model.Standing
}

// byLateness puts those never visited first, then the highest ratio; new accounts
// come last. Of equals the higher class goes first.
func byLateness(b *model.Book, x, y entry) int {
	group := func(e entry) int {
		switch e.standing.State {
		case model.StateNever:
			return 0
		case model.StateNew:
			return 2
		}
		return 1
	}
	return cmp.Or(
		cmp.Compare(group(x), group(y)),
		// age over interval, without rounding
		cmp.Compare(y.standing.Age*x.standing.Interval, x.standing.Age*y.standing.Interval),
		cmp.Compare(b.Rank(&x.customer.Account), b.Rank(&y.customer.Account)),
		strings.Compare(x.customer.Code, y.customer.Code),
	)
}

// regionAt is the region a new territory begun at the cursor lies in.
func (t *tree) regionAt(id string) string {
	if n := t.node(id); n != nil {
		return n.region
	}
	if paths := forms.RegionPaths(t.s.Book); len(paths) == 1 {
		return paths[0]
	}
	return ""
}
