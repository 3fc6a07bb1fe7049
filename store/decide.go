package store

// Apply: the one road for what a person changes. Deciding what a request makes of
// the records is parted from writing it: see draft.go and commit.go.

import (
	"errors"
	"fmt"
	"math"

	"doppelpass/model"
)

// Request is what somebody wants to change, as one step of the history.
type Request struct {
	// Action is the stable name of the command, such as "visit.log"; the history
	// shows it in the reader's language.
	Action string
	// Subject is what it was done to, as people call it: an account's name, a file.
	Subject string
	Puts    []Put
	Deletes []model.Key
}

// Records are those that the request adds or replaces, as they will be.
func (r Request) Records() (records []model.Record) {
	for _, p := range r.Puts {
		records = append(records, p.Record)
	}
	return records
}

// Put adds or replaces one record.
type Put struct {
	Record model.Record
	// Before is the record as whoever changes it has seen it. Fields that somebody
	// else has changed since are kept where they are not changed here, too; a field
	// changed in both is a Conflict. Nil: the record is put as it is.
	Before model.Record
	// New says that the record must not exist yet.
	New bool
	// Replaces is the key the record had before, where that changes (a visit moved
	// to another day). The codes of other records never change.
	Replaces *model.Key
}

// Tally counts what a step did to one table.
type Tally struct {
	Added   int `json:"added,omitempty"`
	Changed int `json:"changed,omitempty"`
	Removed int `json:"removed,omitempty"`
}

// Apply makes the change as one step of the history, or nothing of it. A request
// that changes nothing leaves no step. Deleting an account deletes what belongs to
// it: contacts, visits, calls and planned visits. Errors: model.Forbidden, NotFound,
// AlreadyExists, Invalid, KeyTaken, Conflict, Dismissed,
// ErrReadOnly.
func (s *Store) Apply(actor model.Actor, r Request) (model.Change, error) {
	return s.update(func(w *writer) error {
		if err := w.admit(&actor); err != nil {
			return err
		}
		edits, err := w.decide(actor, r)
		if err != nil {
			return err
		}
		w.personal = true
		w.begin(actor, r.Action)
		if err := w.apply(edits); err != nil {
			return fmt.Errorf("saving: %w", err)
		}
		if err := w.reopen(actor); err != nil {
			return err
		}
		return w.record(actor, r.Action, r.Subject)
	})
}

// decide is what a request makes of the records: rights, validation, preconditions
// and what has to go along. Nothing is written.
func (w *writer) decide(actor model.Actor, r Request) ([]model.Edit, error) {
	d := newDraft(w.reader)
	for _, key := range r.Deletes {
		if err := d.delete(key); err != nil {
			return nil, fmt.Errorf("deleting: %w", err)
		}
	}
	for _, p := range r.Puts {
		err := d.put(p)
		var conflict Conflict
		if errors.As(err, &conflict) {
			fields := make([]string, len(conflict.Aside))
			for i, aside := range conflict.Aside {
				fields[i] = aside.Field
			}
			by, _ := lastChange(w.reader, conflict.Key, 0, math.MaxUint64, fields) // who is told where the history knows
			conflict.By, conflict.At = by.Actor, by.At
			err = conflict
		}
		if err != nil {
			return nil, fmt.Errorf("saving: %w", err)
		}
	}
	edits := d.settled()
	for _, e := range edits {
		if err := actor.May(e); err != nil {
			return nil, err
		}
	}
	if model.EndsUnasked(edits) {
		return nil, model.Forbidden{Role: actor.Role, Table: model.TableOptOuts, Person: actor.Person}
	}
	return edits, nil
}

// put is decide for one record of an import, and writes it.
func (w *writer) putRecord(p Put) error {
	d := newDraft(w.reader)
	if err := d.put(p); err != nil {
		return err
	}
	edits := d.settled()
	if len(edits) == 1 && !tableOf(tableOfEdit(edits[0])).blocks {
		return w.applyEdit(edits[0])
	}
	return w.apply(edits)
}

func (w *writer) exists(key model.Key) (bool, error) {
	_, err := w.get(key)
	if errors.As(err, &NotFound{}) {
		return false, nil
	}
	return err == nil, err
}

// maximumCode bounds a code's length: it is a key of the store, and a column.
const maximumCode = 200

// validate says what of a record cannot be stored.
func (d *draft) validate(record model.Record) error {
	key := record.Key()
	if key.Table != model.TableSettings && (key.Code == "" || len(key.Code) > maximumCode) {
		return Invalid{key, "code", "empty"}
	}
	if field, reason := model.DescriptionOf(record).Check(record); reason != "" {
		return Invalid{key, field, reason}
	}
	if p, ok := record.(model.Person); ok {
		return d.freeKeys(p)
	}
	if !tableOf(key.Table).underAccount {
		return nil
	}
	account, err := d.get(model.Key{Table: model.TableAccounts, Code: key.Code})
	if err == nil && account == nil {
		return Invalid{key, "account", "unknown"}
	}
	return err
}
