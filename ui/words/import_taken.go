package words

// What an import took a file for, and what of it was not taken: columns with their
// first values, reasons once each, with the rows they are about.

import (
	"cmp"
	"strings"

	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/text"
)

// column is a column's name in the reader's language.
func (w Import) column(name string) string {
	if key := "column." + name; w.Has(key) {
		return w.T(key)
	}
	return name
}

// Columns say where the columns that matter most went, with their first values.
func (w Import) Columns(seen []exchange.Seen) (lines []string) {
	for _, s := range seen {
		name := w.column(s.Column)
		args := text.Args{"Header": s.Header, "Column": name, "Values": w.someValues(s.Values, false)}
		switch {
		case len(s.Values) == 0:
			lines = append(lines, w.T("report.column.none", args))
		case strings.EqualFold(s.Header, name) || s.Header == s.Column:
			lines = append(lines, w.T("report.column.same", args))
		default:
			lines = append(lines, w.T("report.column", args))
		}
	}
	return lines
}

// valueWidth is how many characters of one value a line shows.
const valueWidth = 24

func (w Import) someValues(values []string, quoted bool) string {
	short := make([]string, len(values))
	for i, v := range values {
		if runes := []rune(v); len(runes) > valueWidth {
			v = string(runes[:valueWidth-1]) + "…"
		}
		if quoted {
			v = w.quoted(v)
		}
		short[i] = v
	}
	return strings.Join(short, ", ")
}

func (w Import) quoted(s string) string { return w.T("report.quoted", text.Args{"Value": s}) }

// keptOut names columns that are kept out although they look as if they mattered.
func (w Import) keptOut(seen []exchange.Seen) string {
	list := make([]string, len(seen))
	for i, s := range seen {
		list[i] = w.T("report.kept-out.column", text.Args{"Header": s.Header, "Values": w.someValues(s.Values[:min(len(s.Values), 2)], false)})
	}
	return strings.Join(list, ", ")
}

// Group is one reason with all rows that it is about: "Umsatz "n/a": no number: 30
// rows (2–31); the cell stays empty".
func (w Import) Group(g store.ProblemGroup) string {
	values := w.someValues(g.Values, true)
	if g.MoreValues {
		values += " …"
	}
	args := text.Args{
		"Column": cmp.Or(g.Header, w.column(g.Column)), "Values": values, "Reason": w.groupReason(g), "Rows": w.rows(g),
	}
	key := "report.group"
	switch {
	case g.Column == "" && g.Header == "":
		key = "report.group.row"
	case values == "":
		key = "report.group.empty"
	}
	line := w.T(key, args)
	if g.Kept {
		line = w.T("report.group.kept", text.Args{"Group": line})
	}
	return line
}

// groupReason is the reason without what differs from row to row.
func (w Import) groupReason(g store.ProblemGroup) string {
	if key := "reason." + string(g.Reason) + ".group"; w.Has(key) {
		return w.T(w.here(key))
	}
	return w.Reason(g.Reason, g.Args...)
}

func (w Import) rows(g store.ProblemGroup) string {
	ranges := make([]string, len(g.Ranges))
	for i, r := range g.Ranges {
		ranges[i] = w.Int(r.First)
		if r.Last > r.First {
			ranges[i] += "–" + w.Int(r.Last)
		}
	}
	list := strings.Join(ranges, ", ")
	if g.MoreRanges {
		list += " …"
	}
	return w.N("report.rows", g.Rows, text.Args{"Ranges": list})
}
