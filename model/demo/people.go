package demo

// The people at the accounts. They are drawn beside everything else, so that there
// may be more or fewer of them and the rest of the company stays as it is.

import (
	"fmt"
	"strings"

	"doppelpass/model"
)

// functions of people at a customer, the commonest several times.
var functions = [...]string{"Einkauf", "Geschäftsführung", "Werkstattleitung", "Einkauf", "Büro", "Lager", "Geschäftsführung", "Marketing"}

var personNotes = [...]string{"Montags nicht im Haus.", "Am besten vormittags.", "Duzt sich mit dem Außendienst.", "Vertretung im Urlaub: Büro."}

// people are the contacts at an account: two at the most important, one at those
// after them, one at every second of the others.
func (m *maker) people(a model.Account) []model.Contact {
	r := m.random(uint64(m.made)<<1 | 1<<63)
	count := [...]int{2, 1, r.IntN(2)}[min(model.DefaultSettings().Rank(a.Class), 2)]
	var list []model.Contact
	for range count {
		c := model.Contact{Account: a.Code, Name: firstNames[r.IntN(len(firstNames))] + " " + surnames[r.IntN(len(surnames))], Function: functions[r.IntN(len(functions))]}
		if len(list) > 0 && list[0].Name == c.Name {
			continue
		}
		if a.Phone != "" && r.IntN(3) > 0 { // another number of the range that never rings
			c.Phone = fmt.Sprintf("%s%d", a.Phone[:len(a.Phone)-1], r.IntN(10))
		}
		if _, domain, found := strings.Cut(a.Email, "@"); found && r.IntN(2) == 0 {
			c.Email = plainLetters.Replace(strings.ToLower(c.Name)) + "@" + domain
		}
		if r.IntN(6) == 0 {
			c.Note = personNotes[r.IntN(len(personNotes))]
		}
		list = append(list, c)
	}
	return list
}
