package words

// Enumerations: several names in one sentence.

import (
	"strings"

	"doppelpass/ui/text"
)

// List writes names as an enumeration, shortened to most of them: "Ulm, Ostalb
// and 3 more". A single name is never left out for the sake of brevity.
func List(p *text.Printer, names []string, most int) string {
	switch {
	case len(names) == 0:
		return ""
	case len(names) == 1:
		return names[0]
	case len(names) > most+1:
		return p.T("effect.list.more", text.Args{"Names": strings.Join(names[:most], ", "), "Count": p.Int(len(names) - most)})
	}
	last := len(names) - 1
	return p.T("effect.list.last", text.Args{"Names": strings.Join(names[:last], ", "), "Last": names[last]})
}
