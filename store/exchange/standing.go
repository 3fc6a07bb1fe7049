package exchange

// Whether a customer is one still, and whether it is a person at home: columns of a
// state, a kind of customer, "deleted".

import (
	"doppelpass/model"
)

// states say whether a customer is active, in a column of states.
var states = foldedWords(map[bool]string{
	true: "aktiv active actif activo attivo ativo actief aktywny kunde bestandskunde customer current live",
	false: "inaktiv inactive inactif inactivo inattivo inativo inactief nieaktywny pasif gelöscht deleted archiviert archived ehemalig ehemaliger ehemaligerkunde former formercustomer insolvent " +
		"insolvenz erloschen aufgelöst geschäftsaufgabe dauerhaftgeschlossen closedpermanently permanentlyclosed outofbusiness churned deaktiviert deactivated disabled supprimé eliminado eliminato",
})

// standing is a column that says that a customer is inactive, or what its state is.
// Other states than those say nothing of it.
func standing(name string) column[model.Account] {
	return column[model.Account]{name: name, virtual: true, sort: measured, many: true, read: func(in *input, a *model.Account, cell string) fault {
		active, known := states()[foldedWord(shortCell(cell))]
		if name == "inactive" {
			yes, wrong := readFlag(in, cell)
			switch {
			case known && len(cell) > 1:
			case wrong.reason == "":
				active, known = !yes, true
			default:
				_, known = writtenDay(cell) // the day since when
				active = isNever(cell)
			}
		}
		if known {
			a.Inactive = a.Inactive || !active
			in.row.fill("active")
		}
		return fault{}
	}}
}

// consumers say whether a customer is a person at home, in a column of kinds.
var consumers = foldedWords(map[bool]string{
	true: "privat privatkunde privatperson privatkunden privatkundin private privateperson privatecustomer consumer b2c individual person endkunde endverbraucher verbraucher particulier particular privato particolare " +
		"persona osobaprywatna bireysel natürlicheperson household haushalt residential",
	false: "geschäft geschäftskunde geschäftskunden gewerbe gewerblich gewerbekunde firma firmenkunde firmenkunden unternehmen business businesscustomer b2b b2g company organization organisation corporate commercial " +
		"professionnel empresa azienda zakelijk kurumsal juristischeperson behörde verein öffentlich",
})

// consumer is yes for a private customer.
var consumer = form[bool]{sort: measured, width: 8, show: flag.show, read: func(in *input, cell string) (bool, fault) {
	if private, ok := consumers()[foldedWord(shortCell(cell))]; ok {
		return private, fault{}
	}
	return readFlag(in, cell)
}}

// kindsOfCustomers reports a column in which every cell says that a customer is a
// person at home or a business, and some cell a person.
func kindsOfCustomers(rows [][]string, at int) bool {
	private := false
	for _, row := range rows {
		if at >= len(row) {
			continue
		}
		cell := tidied(row[at], true, false)
		if cell == "" {
			continue
		}
		is, ok := consumers()[foldedWord(shortCell(cell))]
		if !ok {
			return false
		}
		private = private || is
	}
	return private
}

// statesOfCustomers reports a column of states of which some say that a customer is
// no more, or that it is one.
func statesOfCustomers(rows [][]string, at int) bool {
	for _, row := range rows {
		if at >= len(row) {
			continue
		}
		if _, ok := states()[foldedWord(shortCell(tidied(row[at], true, false)))]; ok {
			return true
		}
	}
	return false
}

// settleStanding finds the columns of an account that say by their cells what they are.
func (m *Mapping) settleStanding(clues *clues, rows [][]string) {
	if m.Table != model.TableAccounts {
		return
	}
	for i := range m.Columns {
		c := &m.Columns[i]
		if c.How == HowChosen || c.How == HowName || c.How == HowIgnored || i >= len(clues.concepts) {
			continue
		}
		k := clues.concepts[i]
		switch {
		case (c.Column == "" || c.Column == "class") && m.Target("private") < 0 && kindsOfCustomers(rows, i):
			c.Column, c.Rank, c.How = "private", rolesRank, HowSynonym
		case c.Column == "" && (k.key() == ".status" || k.key() == "customer.status") && m.Target("active") < 0 && statesOfCustomers(rows, i):
			c.Column, c.Rank, c.How = "state", rolesRank, HowSynonym
		case c.Column == "" && (k.key() == "contact" || k.key() == "contact.name") && m.Target("contact_name") < 0:
			if l := clues.looks[i]; l.codes < 0.5 && l.numbers < 0.5 && l.phones < 0.5 && l.emails < 0.5 && l.flags < 0.5 && l.days < 0.5 {
				c.Column, c.Rank, c.How = "contact_name", rolesRank, HowSynonym
			}
		}
	}
	for i := range m.Columns {
		c := &m.Columns[i]
		if c.Column != "" || c.How == HowChosen || c.How == HowIgnored || i >= len(clues.concepts) || m.Target("contact_function") >= 0 {
			continue
		}
		k := clues.concepts[i].key()
		if (k == ".function" || k == "contact.function") && (m.Target("contact_name") >= 0 || m.Target("last_name") >= 0 && m.Target("name") >= 0) {
			c.Column, c.Rank, c.How = "contact_function", rolesRank, HowSynonym
		}
	}
}
