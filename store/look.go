package store

// Looks at what is about one person: they change nothing and stand in the history all
// the same, so that whoever it is about can see who looked.

import (
	"time"

	"doppelpass/model"
)

// NoteLook writes into the history that somebody has looked at what is about one person,
// such as a rep's own figures. Errors: Dismissed, ErrReadOnly.
func (s *Store) NoteLook(actor model.Actor, action, subject string) error {
	_, err := s.update(func(w *writer) error {
		if err := w.admit(&actor); err != nil {
			return err
		}
		w.by = actor
		journal := w.tx.Bucket(journalBucket)
		step, err := journal.NextSequence()
		if err != nil {
			return err
		}
		now := s.now().UTC().Truncate(time.Second)
		return putEntry(journal, Entry{
			Step: step, ID: newStepID(now), At: now, Actor: actor.Name, Role: actor.Role, Person: actor.Person, Device: actor.Device,
			Action: action, Subject: subject,
		})
	})
	return err
}
