package store

// Call lists on their way out of the house.

import (
	"errors"

	"doppelpass/model"
)

// ActionHandOut is the action of the step that hands a call list out.
const ActionHandOut = "call.hand-out"

// HandOut keeps a list that leaves and has its file written, in this order: no file is out
// of which nobody knows. Where it cannot be written the step is taken back, and nothing has
// left. Errors: those of Apply and of write.
func (s *Store) HandOut(actor model.Actor, list model.OutList, subject string, write func() error) error {
	if _, err := s.Apply(actor, Request{Action: ActionHandOut, Subject: subject, Puts: []Put{{Record: list, New: true}}}); err != nil {
		return err
	}
	err := write()
	if err == nil {
		return nil
	}
	undo, _, failed := s.NextOf(actor.Person)
	if failed == nil && undo != nil && undo.Action == ActionHandOut {
		_, failed = s.UndoStep(actor, undo.Step)
	}
	return errors.Join(err, failed)
}
