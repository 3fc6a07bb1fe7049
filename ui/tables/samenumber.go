package tables

// One telephone number stands on a call list once: whoever answers must not be asked
// twice because two accounts have it.

import (
	"cmp"
	"iter"
	"strings"

	"doppelpass/model"
	"doppelpass/store"
)

// OncePerNumber leaves of the accounts with one telephone number, however it is
// written, the first; same are the others, by the one that was kept. Accounts without
// a number all stay.
func OncePerNumber(book *model.Book, customers []*model.Customer) (kept []*model.Customer, same map[*model.Customer][]*model.Customer) {
	home := book.Settings().Country
	first := make(map[string]*model.Customer, len(customers))
	for _, l := range customers {
		country := l.Address.Country
		if area := book.Area(l.Territory); country == "" && area != nil {
			country = area.Country
		}
		number := store.NormalNumber(l.Phone, cmp.Or(country, home))
		if other := first[number]; number != "" && other != nil {
			if same == nil {
				same = map[*model.Customer][]*model.Customer{}
			}
			same[other] = append(same[other], l)
			continue
		}
		first[number] = l
		kept = append(kept, l)
	}
	return kept, same
}

// CallRows are the rows of a call list: each number once, with the other accounts it
// reaches.
func CallRows(v View, customers []*model.Customer) iter.Seq[Account] {
	kept, same := OncePerNumber(v.Book(), customers)
	return func(yield func(Account) bool) {
		for a := range AccountsOn(v, kept) {
			a.Same = same[a.Customer]
			if !yield(a) {
				return
			}
		}
	}
}

// sameNames names the accounts that the row's number reaches as well.
func (a Account) sameNames() string {
	names := make([]string, len(a.Same))
	for i, l := range a.Same {
		names[i] = cmp.Or(l.Name, l.Code)
	}
	return strings.Join(names, "; ")
}
