package accounts

// What the words of the filter are looked for in: the account's line in the index
// (name, number, town, postcode, people), and what else the table shows of it.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/ui/forms"
	"doppelpass/ui/words"
)

// search is the words of a filter, made ready for many accounts.
type search struct {
	words []sought
}

// sought is one word, and in which columns of few values it stands.
type sought struct {
	word    string
	areas   map[string]bool // territories whose name or rep has it
	ranks   [model.MaximumClasses]bool
	states  [model.StateNever + 1]bool
	resting bool
}

// newSearch makes words ready.
func (l *list) newSearch(typed string) search {
	var found search
	p, book := l.s.Look.Text, l.s.Book
	for _, word := range strings.Fields(forms.Fold(typed)) {
		w := sought{word: word, areas: map[string]bool{}}
		has := func(said string) bool {
			return strings.Contains(forms.Fold(said), word)
		}
		for _, area := range book.Areas() {
			if has(area.Name) || has(book.RepName(area.Rep)) {
				w.areas[area.Code] = true
			}
		}
		for rank, class := range book.Settings().ClassList() {
			w.ranks[rank] = has(class.Label())
		}
		for state := range w.states {
			w.states[state] = has(words.State(p, model.State(state)))
		}
		w.resting = has(p.T("accounts.inactive"))
		found.words = append(found.words, w)
	}
	return found
}

// all reports that there is no word.
func (s search) all() bool { return len(s.words) == 0 }

// match reports whether every word stands somewhere in the account's row, or in its
// note.
func (l *list) match(s search, i int) bool {
	line, e := l.index.Line(i), &l.entries[i]
	for k := range s.words {
		w := &s.words[k]
		switch {
		case strings.Contains(line, w.word):
		case w.areas[e.customer.Territory] && e.customer.Territory != "":
		case e.inactive && w.resting, !e.inactive && w.states[e.standing.State]:
		case w.ranks[e.rank]:
		case strings.Contains(l.aside(i), w.word):
		default:
			return false
		}
	}
	return true
}

// aside is the account's notes and telephone number, folded. They are folded when
// first asked for, and again only when they have changed.
func (l *list) aside(i int) string {
	if len(l.asides) != len(l.entries) {
		l.asides = make([]folded, len(l.entries))
	}
	kept, customer := &l.asides[i], l.entries[i].customer
	if kept.of != customer {
		*kept = folded{customer, forms.Fold(customer.Phone + " " + customer.Note + " " + customer.MarketingNote)}
	}
	return kept.text
}

// folded is what was folded of a customer.
type folded struct {
	of   *model.Customer
	text string
}
