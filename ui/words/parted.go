package words

// Planned visits that a change parts from their rep, in words.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/ui/text"
)

// Parted says how many planned visits are parted and from whom, in the sentence of a key
// with {{.Count}} and {{.Who}}.
func Parted(p *text.Printer, b *model.Book, key string, all []model.Parted) string {
	var who []string
	for _, one := range all {
		args := text.Args{"From": b.RepName(one.From), "To": b.RepName(one.To), "Count": p.Int(len(one.Visits))}
		if one.To == "" {
			who = append(who, p.T("plans.who.nobody", args))
		} else {
			who = append(who, p.T("plans.who", args))
		}
	}
	return p.N(key, model.PartedVisits(all), text.Args{"Who": strings.Join(who, "; ")})
}
