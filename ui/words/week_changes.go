package words

// What a run of the planner has changed, in words.

import (
	"strings"

	"doppelpass/model/route"
	"doppelpass/model/week"
	"doppelpass/ui/text"
)

// Changes tells in a sentence what is different about a week from how it was before:
// who came, went and moved, and what that does to the driving. It names as many as
// there is room for, where fits says whether a sentence has it.
func (w Week) Changes(d *week.Draft, before *route.Week, changes []route.Change, fits func(string) bool) string {
	sentence := ""
	for _, named := range []int{3, 2, 1, 0} {
		if sentence = w.changes(d, before, changes, named); fits(sentence) {
			break
		}
	}
	return sentence
}

// changes names so many of each kind.
func (w Week) changes(d *week.Draft, before *route.Week, changes []route.Change, named int) string {
	names := map[route.ChangeKind][]string{}
	for _, c := range changes {
		names[c.Kind] = append(names[c.Kind], d.Stops[c.Stop].Customer.Name)
	}
	var clauses []string
	for _, kind := range []struct {
		kind route.ChangeKind
		key  string
	}{{route.Added, "added"}, {route.Removed, "removed"}, {route.OtherDay, "moved"}, {route.OtherTime, "later"}} {
		list, key := names[kind.kind], "week.changes."+kind.key
		if len(list) == 0 {
			continue
		}
		if named > 0 && kind.kind != route.OtherTime {
			key += ".named"
		}
		clauses = append(clauses, w.Text.N(key, len(list), text.Args{"Names": w.list(list, named)}))
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
func (w Week) list(names []string, most int) string {
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return w.Text.N("week.changes.others", len(names)-most, text.Args{"Names": strings.Join(names[:most], ", ")})
}
