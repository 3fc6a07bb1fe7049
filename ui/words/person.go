package words

// The people at an account: who to ask for.

import (
	"slices"
	"strings"

	"doppelpass/model"
)

// People are an account's contacts by name.
func People(l *model.Customer) []model.Contact {
	return slices.SortedFunc(slices.Values(l.Contacts), func(a, b model.Contact) int { return strings.Compare(a.Name, b.Name) })
}

// Person is a contact with what they do: "Petra Lang (Purchasing)".
func Person(c model.Contact) string {
	if c.Function == "" {
		return c.Name
	}
	return c.Name + " (" + c.Function + ")"
}

// AskFor are an account's people with their numbers: "Petra Lang (Purchasing) 0711 …,
// Jens Falk"; "" where nobody is known.
func AskFor(l *model.Customer) string {
	var list []string
	for _, c := range People(l) {
		list = append(list, PersonToCall(c))
	}
	return strings.Join(list, ", ")
}

// PersonToCall is Person with their own number, where there is one.
func PersonToCall(c model.Contact) string { return strings.TrimSpace(Person(c) + " " + c.Phone) }
