package command

// Where figures can be traced to people, told.

import (
	"fmt"
	"strings"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/words"
)

// traceScript is a place for scripts: codes that stay what they are, beside the words, which
// are in the person's language.
type traceScript struct {
	Code     string   `json:"code"`
	At       []string `json:"place_codes"`
	SeenCode string   `json:"seen_by_code"`
	KeptCode string   `json:"kept_code"`

	Name    string   `json:"name"`
	Figures string   `json:"figures"`
	From    string   `json:"from"`
	Places  []string `json:"places"`
	Seen    string   `json:"seen_by"`
	Kept    string   `json:"kept"`
}

// aboutPeople lists every place where a figure can be traced to a rep.
func (r *run) aboutPeople(asJSON bool) error {
	return r.withDay(func(_ *store.Store, day *model.Day) error {
		p, fair := r.words(), day.Settings().FairMode()
		list := make([]traceScript, 0, len(words.Traces))
		for _, t := range words.Traces {
			one := traceScript{Code: t.Name, At: t.Places, SeenCode: t.Seen, KeptCode: t.Kept, Name: p.T("traced." + t.Name), Figures: p.T("traced." + t.Name + ".figures"), From: p.T("traced." + t.Name + ".from"),
				Seen: p.T("traced.seen." + t.Seen), Kept: p.T("traced.kept." + t.Kept)}
			for _, place := range t.Places {
				one.Places = append(one.Places, words.TracePlace(p, place))
			}
			list = append(list, one)
		}
		if asJSON {
			return r.writeJSON(struct {
				Fair   bool          `json:"fair_mode"`
				Places []traceScript `json:"places"`
			}{fair, list})
		}
		said := "traced.fair.off"
		if fair {
			said = "traced.fair.on"
		}
		var b strings.Builder
		fmt.Fprintf(&b, "%s\n%s\n%s\n", r.bold(r.Output)(p.T("traced.title")), p.T("traced.why"), p.T(said))
		for _, t := range list {
			fmt.Fprintf(&b, "\n%s\n", r.bold(r.Output)(t.Name))
			var g grid
			g.add(p.T("traced.column.figures"), t.Figures)
			g.add(p.T("traced.column.from"), t.From)
			g.add(p.T("traced.column.places"), strings.Join(t.Places, " · "))
			g.add(p.T("traced.column.seen"), t.Seen)
			g.add(p.T("traced.column.kept"), t.Kept)
			g.write(&b, "  ", g.widths(nil))
		}
		return r.write(b.String())
	})
}
