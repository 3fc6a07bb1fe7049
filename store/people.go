package store

// The people who work on the business: who makes a change is asked of the store at
// every change, not of the session, which may be hours old.

import (
	"errors"
	"fmt"
	"slices"

	"doppelpass/model"
)

// Dismissed says that the person who wants to change something is no longer one of
// those who work here.
type Dismissed struct{ Person string }

// Error implements error.
func (e Dismissed) Error() string { return fmt.Sprintf("%q does not work here any more", e.Person) }

// admit makes of an actor the person the store knows now, with the role they have by
// now. Where no people are kept, everybody is who they say they are.
func (w *writer) admit(actor *model.Actor) error {
	if actor.Person == "" {
		return nil
	}
	record, err := w.get(model.Key{Table: model.TablePeople, Code: actor.Person})
	switch {
	case errors.As(err, &NotFound{}):
		if first, _ := w.tx.Bucket(documentBuckets[docPeople]).Cursor().First(); first == nil {
			return nil
		}
		return Dismissed{actor.Person}
	case err != nil:
		return err
	}
	person := record.(model.Person)
	if person.Inactive {
		return Dismissed{actor.Person}
	}
	known := person.Actor(actor.Device)
	known.Step = actor.Step
	*actor = known
	return nil
}

// freeKeys refuses a person's key that opens the door to another already.
func (d *draft) freeKeys(p model.Person) error {
	others := map[model.Key]model.Person{}
	if err := eachRecord(d.tx, docPeople, (*codec).person, func(o model.Person) { others[o.Key()] = o }); err != nil {
		return err
	}
	for _, e := range d.edits {
		if o, ok := e.Before.(model.Person); ok {
			delete(others, o.Key())
		}
		if o, ok := e.After.(model.Person); ok {
			others[o.Key()] = o
		}
	}
	delete(others, p.Key())
	for _, o := range others {
		if slices.ContainsFunc(p.Keys, func(key string) bool { return slices.Contains(o.Keys, key) }) {
			return KeyTaken{o}
		}
	}
	return nil
}

// KeyTaken says that a public key is another person's already.
type KeyTaken struct{ Person model.Person }

// Error implements error.
func (e KeyTaken) Error() string { return fmt.Sprintf("the key is that of %q already", e.Person.Code) }
