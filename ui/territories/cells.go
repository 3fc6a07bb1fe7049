package territories

// The tree as a table.

import (
	"doppelpass/ui/kit"
	"doppelpass/ui/tables"
)

// table is the tree's table: it has a column for each class there is.
func (t *tree) table() tables.Table[*tables.Area] {
	return tables.Territories(t.s.Book.Settings())
}

// row writes a node.
func (t *tree) row(n *node) kit.Row {
	r := kit.Row{Depth: n.depth, Cells: t.table().Cells(t.s.View(), n.described())}
	if n.area == nil {
		r.Branch = kit.Opened
		if t.folded[n.id] && t.query == "" {
			r.Branch = kit.Closed
		}
	}
	return r
}

// described is the node as the table describes it.
func (n *node) described() *tables.Area {
	return &tables.Area{
		Name: n.name, Region: n.region, Area: n.area, Numbers: n.numbers, Next: n.next, Reps: n.reps,
		Sales: n.open.Sales, Marketing: n.open.Marketing, Reports: n.open.Reports,
	}
}
