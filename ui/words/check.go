package words

// What a check of the file has found.

import (
	"doppelpass/model"
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

// Ownerless says how many planned visits a code has that is nobody's.
func Ownerless(p *text.Printer, o model.Ownerless) string {
	return p.N("check.ownerless", o.Visits, text.Args{"Rep": o.Rep, "First": p.Date(o.First), "Last": p.Date(o.Last)})
}
