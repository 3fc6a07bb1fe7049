package words

// Why a routing server gave no drives.

import (
	"errors"

	"doppelpass/store/roads"
	"doppelpass/ui/text"
)

// Roads is why a routing server gave no drives.
func Roads(p *text.Printer, err error) string {
	var trouble roads.Trouble
	why := ""
	if errors.As(err, &trouble) {
		why = p.T("week.roads."+string(trouble.Kind), text.Args{"Address": trouble.Address, "Said": trouble.Said})
	} else {
		why = Error(p, nil, err)
	}
	return p.T("week.roads.failed", text.Args{"Detail": why})
}
