// Package report says in words what an import did or could not do; the command
// line and the import page share it.
package report

import (
	"cmp"
	"errors"
	"maps"
	"path/filepath"
	"slices"

	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui/text"
)

// Reason is a reason as a clause in the printer's language.
func Reason(p *text.Printer, reason exchange.Reason, args ...string) string {
	values := text.Args{}
	for i, name := range [...]string{"A", "B", "C", "D"} {
		values[name] = ""
		if i < len(args) {
			values[name] = args[i]
		}
	}
	return p.T("reason."+string(reason), values)
}

// Problem is a skipped row: "row 12, date, "32.13.2026": no date in …".
func Problem(p *text.Printer, problem exchange.Problem) string {
	args := text.Args{
		"Line": p.Int(problem.Line), "Column": cmp.Or(problem.Header, problem.Column), "Value": problem.Value,
		"Reason": Reason(p, problem.Reason, problem.Args...),
	}
	switch {
	case args["Column"] == "":
		return p.T("report.problem.row", args)
	case problem.Value == "":
		return p.T("report.problem.empty", args)
	}
	return p.T("report.problem", args)
}

// Error is an import's error as a sentence; ok is false where it is no file's.
func Error(p *text.Printer, err error) (sentence string, ok bool) {
	var file *exchange.FileError
	switch {
	case errors.As(err, &file):
		return p.T("report.file", text.Args{"File": filepath.Base(file.Path), "Reason": Reason(p, file.Reason, file.Args...)}), true
	case errors.Is(err, store.ErrStrict):
		return p.T("report.strict"), true
	}
	return "", false
}

// Lines is what an import did with one file; dry says that it only would have.
func Lines(p *text.Printer, r store.FileReport, dry bool) []string {
	head := text.Args{"File": filepath.Base(r.Path), "Table": p.T("table." + string(r.Mapping.Table)), "System": r.Mapping.System}
	lines := []string{p.T("report.head", head)}
	if r.Mapping.System != "" {
		lines[0] = p.T("report.head.system", head)
	}
	add := func(key string, n int) {
		if n > 0 {
			lines = append(lines, "  "+p.N(key, n))
		}
	}
	mode := ""
	if dry {
		mode = ".dry"
	}
	add("report.added"+mode, r.Tally.Added)
	add("report.changed"+mode, r.Tally.Changed)
	add("report.same", r.Same)
	add("report.skipped", r.Skipped)
	for _, reason := range slices.Sorted(maps.Keys(r.LeftOut)) {
		if n := r.LeftOut[reason]; n > 0 && reason != exchange.SkipBlank {
			lines = append(lines, "  "+p.N("report.left-out", n, text.Args{"Reason": Reason(p, reason)}))
		}
	}
	add("report.created", len(r.Created))
	if r.Marked > 0 {
		add("report.marked"+mode, r.Marked)
	} else {
		add("report.missing", len(r.Missing))
	}
	if unknown := r.Mapping.Unknown(); len(unknown) > 0 {
		lines = append(lines, "  "+p.N("report.unknown", len(unknown), text.Args{"Columns": join(unknown, 8)}))
	}
	if r.Mapping.CodeFromName() {
		lines = append(lines, "  "+p.T("report.code-from-name"))
	}
	return lines
}

// join writes a list of which only the first few matter.
func join(list []string, limit int) string {
	out := ""
	for i, s := range list {
		if i == limit {
			return out + " …"
		}
		if i > 0 {
			out += ", "
		}
		out += s
	}
	return out
}
