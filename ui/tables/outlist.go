package tables

// A call list as it leaves for a call centre: whom to call and why, and empty columns for
// what comes back. Its columns are those that reading results knows.

import (
	"doppelpass/model"
	"doppelpass/store/exchange"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// OutList is the sheet of a list that is handed out. The last row tells the words for how a
// call ended; reading passes over it.
func OutList(v View, list model.OutList) exchange.Sheet {
	header := exchange.CallListHeader(Locale(v.Text.Language))
	return exchange.Sheet{
		Title: list.Code, Header: header, Keys: exchange.CallListColumns[:],
		Rows: func(yield func([]exchange.Cell) bool) {
			for _, code := range list.Accounts {
				l := v.Book().Account(code)
				if l == nil {
					continue
				}
				row := make([]exchange.Cell, len(exchange.CallListColumns))
				for i, value := range [...]exchange.Cell{
					exchange.TextCell(list.Code), exchange.DateCell(list.Until), exchange.TextCell(l.Code), exchange.TextCell(l.Name),
					exchange.TextCell(talkTo(l)), exchange.TextCell(l.Phone), exchange.TextCell(callReason(v, l)),
				} {
					row[i] = value
				}
				if !yield(row) {
					return
				}
			}
			yield([]exchange.Cell{exchange.TextCell("# " + v.Text.T("calllist.legend"))})
		},
	}
}

// talkTo is whom to ask for.
func talkTo(l *model.Customer) string {
	for _, c := range words.People(l) {
		return words.PersonToCall(c)
	}
	return ""
}

// callReason is why an account is called: how it stands with visits.
func callReason(v View, l *model.Customer) string {
	standing := v.Day.Standing(l)
	reason := words.State(v.Text, standing.State)
	if standing.Last != 0 {
		reason += ", " + v.Text.T("calllist.last-visit", text.Args{"Day": v.Text.Date(standing.Last)})
	}
	return reason
}
