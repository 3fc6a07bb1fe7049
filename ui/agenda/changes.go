package agenda

// What a run of the planner has changed, in words.

import (
	"strings"

	"doppelpass/model/route"
	"doppelpass/model/week"
	"doppelpass/ui/text"
)

// namesListed is how many names a clause enumerates.
const namesListed = 3

// Changes tells in a sentence what is different about a week from how it was
// before: who came, went and moved, and what that does to the driving.
func (w Words) Changes(d *week.Draft, before *route.Week, changes []route.Change) string {
	names := map[route.ChangeKind][]string{}
	for _, c := range changes {
		names[c.Kind] = append(names[c.Kind], d.Stops[c.Stop].Ledger.Name)
	}
	var clauses []string
	for _, kind := range []struct {
		kind route.ChangeKind
		key  string
	}{{route.Added, "added"}, {route.Removed, "removed"}, {route.OtherDay, "moved"}, {route.OtherTime, "later"}} {
		if list := names[kind.kind]; len(list) > 0 {
			clauses = append(clauses, w.Text.N("week.changes."+kind.key, len(list), text.Args{"Names": w.list(list)}))
		}
	}
	if len(clauses) == 0 {
		return w.Text.T("week.changes.none")
	}
	switch less := before.Drive.Time - d.Week.Drive.Time; {
	case less > 0:
		clauses = append(clauses, w.Text.T("week.changes.less", text.Args{"Driving": w.Duration(less)}))
	case less < 0:
		clauses = append(clauses, w.Text.T("week.changes.more", text.Args{"Driving": w.Duration(-less)}))
	}
	return w.Text.T("week.changes", text.Args{"Clauses": strings.Join(clauses, "; ")})
}

// list enumerates the first names.
func (w Words) list(names []string) string {
	if len(names) <= namesListed {
		return strings.Join(names, ", ")
	}
	return w.Text.N("week.changes.others", len(names)-namesListed, text.Args{"Names": strings.Join(names[:namesListed], ", ")})
}
