package words

// What a check of the file has found.

import (
	"doppelpass/store"
	"doppelpass/ui/text"
)

// Problem is something a check has found, as a sentence.
func Problem(p *text.Printer, problem store.Problem) string {
	args := text.Args{
		"Number": problem.Number, "Code": problem.Code, "Year": problem.Year, "Detail": problem.Detail,
		"Wrong": p.Int(problem.Wrong), "Missing": p.Int(problem.Missing),
	}
	if problem.Table != "" {
		args["Table"] = Table(p, problem.Table)
	}
	if problem.Index != "" {
		args["Index"] = p.T("check.index." + string(problem.Index))
	}
	return p.T("check."+string(problem.Kind), args)
}
