package model

// Call lists that are out: handed to a call centre for some days. Meanwhile nobody in the
// house calls these accounts, and results are known by the list they come back for.

import "slices"

// UsualOutList is for how many days a list is out unless another day is named.
const UsualOutList = 14

// LongestOutList is for how many days a list may be out: consents and opt-outs change.
const LongestOutList = 60

// OutList is a call list that was handed out. Its code stands in the file that left.
type OutList struct {
	Code     string
	Date     Date // on which it left
	Until    Date // the last day on which its accounts may be called
	By       string
	Centre   string // who calls
	Campaign string // that the calls are for; "": none
	Accounts []string
	Back     Date // taken back before its last day; 0: it was not
}

// Key implements Record.
func (l OutList) Key() Key { return Key{Table: TableOutLists, Code: l.Code} }

// Out reports whether the list's accounts are out on a day.
func (l OutList) Out(day Date) bool {
	return day >= l.Date && day <= l.Until && (l.Back == 0 || day < l.Back)
}

// OutListFields describe a list that is out.
var OutListFields = Fields[OutList]{
	{Name: "code", At: func(l *OutList) any { return &l.Code }},
	{Name: "date", At: func(l *OutList) any { return &l.Date }},
	{Name: "until", At: func(l *OutList) any { return &l.Until }},
	{Name: "by", At: func(l *OutList) any { return &l.By }},
	{Name: "centre", At: func(l *OutList) any { return &l.Centre }},
	{Name: "campaign", At: func(l *OutList) any { return &l.Campaign }},
	{Name: "accounts", At: func(l *OutList) any { return &l.Accounts }, Merge: MergeSet},
	{Name: "back", At: func(l *OutList) any { return &l.Back }},
}

func checkOutList(l OutList) (field, reason string) {
	switch {
	case !l.Date.inRange():
		return "date", "date"
	case !l.Until.inRange():
		return "until", "date"
	case l.Until < l.Date:
		return "until", "order"
	case l.Until > l.Date+LongestOutList:
		return "until", "range"
	case len(l.Accounts) == 0:
		return "accounts", "empty"
	case len(l.Centre) > MaximumName:
		return "centre", "range"
	}
	return "", ""
}

// OutLists are all lists that were ever handed out, by day and code.
func (b *Book) OutLists() []OutList {
	list := make([]OutList, 0, len(b.outLists))
	for _, l := range b.outLists {
		list = append(list, l)
	}
	slices.SortFunc(list, func(x, y OutList) int {
		if x.Date != y.Date {
			return int(x.Date - y.Date)
		}
		if x.Code < y.Code {
			return -1
		}
		return 1
	})
	return list
}

// OutList is a list by its code.
func (b *Book) OutList(code string) (OutList, bool) {
	l, ok := b.outLists[code]
	return l, ok
}

// OutWith is the list with which an account is out on the day; of several the one that is
// out longest.
func (d *Day) OutWith(account string) (out OutList, is bool) {
	for _, code := range d.book.outOn[account] {
		if l := d.book.outLists[code]; l.Out(d.date) && (!is || l.Until > out.Until) {
			out, is = l, true
		}
	}
	return out, is
}

func (b *Book) applyOutList(edit Edit) {
	change := func(l OutList, into bool) {
		for _, account := range l.Accounts {
			on := slices.DeleteFunc(slices.Clone(b.outOn[account]), func(code string) bool { return code == l.Code })
			if into {
				on = append(on, l.Code)
			}
			if b.outOn[account] = on; len(on) == 0 {
				delete(b.outOn, account)
			}
			if customer := b.accounts.get(account); customer != nil {
				b.touch(customer.Territory)
			}
		}
	}
	if l, ok := edit.Before.(OutList); ok {
		delete(b.outLists, l.Code)
		change(l, false)
	}
	if l, ok := edit.After.(OutList); ok {
		b.outLists[l.Code] = l
		change(l, true)
	}
}
