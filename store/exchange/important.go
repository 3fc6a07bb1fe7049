package exchange

// What whoever imports must see: where the columns went that matter most, and what
// was kept out although it looks as if it mattered.

import (
	"slices"

	"doppelpass/model"
)

// Seen is a column of a file with its first values.
type Seen struct {
	Header string
	Column string   // canonical ("class": its words are none of the team's classes); of a column that is kept out: what it looks like, or ""
	Values []string // the first few that differ
	// Classes proposes for a column of classes that is kept out which word is which class,
	// as a person would say it: "Gold=A,Silber=B".
	Classes string
}

// valuesSeen is how many values of a column are shown.
const valuesSeen = 5

// importantColumns are, by table, the columns that a wrong reading would hurt most.
var importantColumns = map[model.Table][]string{
	model.TableReps:        {"code", "name", "first_name", "last_name", "territory"},
	model.TableTerritories: {"code", "name", "rep", "postcodes"},
	model.TableAccounts:    {"code", "name", "first_name", "last_name", "territory", "owner", "contact_name", "phone", "last_visit", "consent", "do_not_call", "calls_allowed", ColumnPotential},
	model.TableContacts:    {"account", "account_name", "name", "first_name", "last_name", "phone"},
	model.TableVisits:      {"account", "account_name", "date", "rep", "kind", "outcome", "status"},
	model.TableCalls:       {"account", "account_name", "date", "agent", "outcome", "status"},
	model.TableCampaigns:   {"code", "name", "start", "end", "territories"},
	model.TableAbsences:    {"rep", "from", "to", "weekdays"},
	model.TablePlan:        {"rep", "date", "account", "account_name"},
}

// ColumnPotential is what an account is worth a year. A column that speaks of what was
// sold is taken for it, being what is known of that, and whoever imports is told.
const ColumnPotential = "potential"

// potentials are the words of headings that speak of what could be sold, or is to be.
var potentials = pattern(`(?i)poten[tcz]|plan|wert|worth|value|valor|forecast|erwartet|expected`)

// SpeaksOfRevenue reports whether a heading speaks of what was sold rather than of what
// could be.
func SpeaksOfRevenue(header string) bool { return !potentials().MatchString(header) }

// Important are the columns taken that matter most, in the table's order.
func (f *File) Important(m Mapping) (list []Seen) {
	for _, column := range importantColumns[m.Table] {
		for i, c := range m.Columns {
			if c.Column == column {
				list = append(list, Seen{Header: c.Header, Column: column, Values: f.firstValues(i)})
			}
		}
	}
	return list
}

// KeptOut are the columns that are kept out although they look like somebody in
// charge, a last contact, a number, a consent or an identifier, and those that say where
// somebody was.
func (f *File) KeptOut(m Mapping) (list []Seen) {
	d := dictionaryOnce()
	for i, c := range m.Columns {
		if c.Column != "" || c.Header == "" || c.How == HowChosen || c.How == HowIgnored {
			continue
		}
		values := f.firstValues(i)
		if saysWhere(m.Table, c.Header, values) {
			list = append(list, Seen{Header: c.Header, Column: ColumnWhereabouts, Values: values})
			continue
		}
		if mayForbid(c.Header) && len(values) > 0 && (m.Table == model.TableAccounts || m.Table == model.TableContacts) {
			list = append(list, Seen{Header: c.Header, Column: "do_not_call", Values: values})
			continue
		}
		if c.classes && len(values) < valuesSeen { // more are no classes
			list = append(list, Seen{c.Header, "class", values, classesFor(values, f.options.Classes)})
			continue
		}
		k, ok := d.concept(c.Header)
		if !ok {
			continue
		}
		if looks := looksImportant(k); looks != "" && len(values) > 0 {
			list = append(list, Seen{Header: c.Header, Column: looks, Values: values})
		}
	}
	return list
}

// looksImportant is what a column that is kept out looks like, "" for nothing that
// matters.
func looksImportant(k concept) string {
	switch {
	case k.turn == "last" || k.turn == "next":
		if slices.Contains([]string{"visit", "call", "activity", "contact", "customer"}, k.entity) || k.attr == "date" {
			return "last_visit"
		}
		return ""
	case k.turn != "":
		return ""
	case k.entity == "owner" || k.entity == "rep":
		return "owner"
	case k.attr == "phone" || k.attr == "mobile":
		return "phone"
	case k.attr == "outcome":
		return k.attr
	case k.attr == "consent" || k.attr == "do_not_call":
		return k.attr
	case k.entity == "territory":
		return "territory"
	case k.attr == "id" && k.entity != "":
		return "code"
	case k.entity == "contact" && (k.attr == "" || k.attr == "name"):
		return "contact"
	}
	return ""
}

func (f *File) firstValues(at int) (values []string) {
	for _, row := range f.rows {
		if at >= len(row) {
			continue
		}
		if value := shortened(tidied(row[at], true, false)); value != "" && !slices.Contains(values, value) {
			if values = append(values, value); len(values) == valuesSeen {
				break
			}
		}
	}
	return values
}
