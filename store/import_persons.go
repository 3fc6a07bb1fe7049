package store

// People whom a list of accounts names: whom one talks to there. They are contacts of
// the account and overwrite nothing of it.

import (
	"doppelpass/model"
	"doppelpass/store/exchange"
)

// notePerson keeps whom a row names at its account until the account is stored; of
// several rows that name one person the first holds.
func (i *importer) notePerson(row *exchange.Row, a model.Account) {
	if row.Beside == nil || row.Beside.Person == "" || len(row.Beside.Person) > maximumCode || foldName(row.Beside.Person) == foldName(a.Name) {
		return
	}
	person := model.Contact{Account: a.Code, Name: row.Beside.Person, Function: row.Beside.Function, Phone: a.Phone, Email: a.Email}
	if i.persons == nil {
		i.persons = map[model.Key]bool{}
	}
	if !i.persons[person.Key()] {
		i.persons[person.Key()] = true
		i.personOrder = append(i.personOrder, person)
	}
}

// flushPersons stores whom the file names, where the actor may and the account is there.
func (i *importer) flushPersons() error {
	for _, person := range i.personOrder {
		if i.may != nil && i.may(model.Edit{After: person}) != nil {
			continue
		}
		if there, err := i.exists(model.Account{Code: person.Account}.Key()); err != nil || !there {
			if err != nil {
				return err
			}
			continue
		}
		record, err := i.get(person.Key())
		switch {
		case err == nil:
			known := record.(model.Contact)
			for _, field := range [...][2]*string{{&person.Function, &known.Function}, {&person.Phone, &known.Phone}, {&person.Email, &known.Email}} {
				if *field[0] == "" {
					*field[0] = *field[1]
				}
			}
			person.Note = known.Note
			if person == known {
				continue
			}
		case !isNotFound(err):
			return err
		}
		if err := i.putRecord(Put{Record: person}); err != nil {
			return err
		}
		i.report.Persons++
	}
	i.persons, i.personOrder = nil, nil
	return nil
}
