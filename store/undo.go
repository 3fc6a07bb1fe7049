package store

// Undo and redo: a step is taken back by another that says so, field by field. What
// somebody else has changed since stays as it is; for whoever works alone the
// latest step always goes back whole.

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// Undo takes back the person's own latest step that stands, and says which it was
// and what of it stays (Kept). Errors: ErrNothingToUndo, NothingLeft,
// model.Forbidden, Dismissed, ErrReadOnly.
func (s *Store) Undo(actor model.Actor) (Entry, error) {
	return s.reverse(actor, func(tx *bolt.Tx, actor model.Actor) (Entry, error) { return nextStep(tx, actor.Person, true) })
}

// Redo makes again what the person took back last, and says which step it was.
// Errors: ErrNothingToRedo, and Undo's.
func (s *Store) Redo(actor model.Actor) (Entry, error) {
	return s.reverse(actor, func(tx *bolt.Tx, actor model.Actor) (Entry, error) { return nextStep(tx, actor.Person, false) })
}

// UndoStep takes back one step, or, where it is taken back, makes it again. Only the
// lead may do so with the steps of others. Errors: ErrNoStep, ErrOthersStep, Undo's.
func (s *Store) UndoStep(actor model.Actor, step uint64) (Entry, error) {
	return s.reverse(actor, func(tx *bolt.Tx, actor model.Actor) (Entry, error) {
		e, err := readEntry(tx, step)
		switch {
		case err != nil:
			return e, err
		case e.Fixed:
			return e, NothingLeft{Step: step}
		case e.Person != actor.Person && actor.Role != model.RoleLead:
			return e, ErrOthersStep
		}
		return e, nil
	})
}

// nextStep finds the person's step to take back (the latest that stands) or to make
// again (the latest taken back, unless the person has changed anything since). Steps
// of others, and those that took others back, are passed over.
func nextStep(tx *bolt.Tx, person string, back bool) (Entry, error) {
	cursor := tx.Bucket(journalBucket).Cursor()
	for key, value := cursor.Last(); key != nil; key, value = cursor.Prev() {
		e, err := decodeEntry(value)
		if err != nil {
			return e, err
		}
		if e.Person != person || e.forGood() {
			continue
		}
		switch {
		case back && !e.reversal() && reversedBy(tx, e.Step) == 0:
			if e.Fixed {
				return Entry{}, ErrNothingToUndo
			}
			return e, nil
		case back:
		case !e.reversal():
			return Entry{}, ErrNothingToRedo
		default: // an undo, or a redo
			undone, err := readEntry(tx, e.ReversesStep)
			if err != nil {
				return e, err
			}
			if !undone.reversal() && !undone.Fixed && reversedBy(tx, e.Step) == 0 {
				return undone, nil
			}
		}
	}
	if back {
		return Entry{}, ErrNothingToUndo
	}
	return Entry{}, ErrNothingToRedo
}

// reverse takes a step back, or makes it again where it is taken back.
func (s *Store) reverse(actor model.Actor, find func(*bolt.Tx, model.Actor) (Entry, error)) (Entry, error) {
	var done Entry
	_, err := s.update(func(w *writer) error {
		w.tx.Note() // there may be more than memory holds
		if err := w.admit(&actor); err != nil {
			return err
		}
		e, err := find(w.tx, actor)
		if err != nil {
			return err
		}
		target, forth := e, false
		if by := reversedBy(w.tx, e.Step); by != 0 {
			if target, err = readEntry(w.tx, by); err != nil {
				return err
			}
			forth = true
		}
		w.begin(actor, "undo")
		// What one did oneself may be taken back by oneself, whatever it was.
		if e.Person != actor.Person || e.Actor != actor.Name || e.Role != actor.Role {
			w.may = actor.May
		}
		kept, err := w.takeBack(target.Step)
		if err != nil {
			return fmt.Errorf("step %d of the history: %w", e.Step, err)
		}
		undo, err := w.recordStep(Entry{Action: target.Action, Subject: target.Subject, Reverses: target.ID, ReversesStep: target.Step}, actor)
		if err != nil {
			return err
		}
		if undo.Step == 0 {
			return NothingLeft{e.Step, kept}
		}
		done = e
		done.Kept = kept
		done.Undone = !forth
		done.UndoneBy, done.UndoneAt = "", time.Time{}
		if !forth {
			done.UndoneBy, done.UndoneAt = undo.Actor, undo.At
		}
		reversed := w.tx.Bucket(reversedBucket)
		if forth {
			if err := reversed.Delete(stepKey(e.Step)); err != nil {
				return err
			}
		}
		return reversed.Put(stepKey(target.Step), binary.BigEndian.AppendUint64(nil, undo.Step))
	})
	return done, err
}

// takeBack writes what takes a step back and tells what of it stays.
func (w *writer) takeBack(step uint64) ([]KeptPart, error) {
	if byDocuments {
		stands, err := standsAsLeft(w.reader, step)
		if err != nil {
			return nil, err
		}
		if stands {
			return w.swap(step, func(image) bool { return true })
		}
		if kept, done, err := w.takeBackPartly(step); done || err != nil {
			return kept, err
		}
	}
	edits, err := stepEdits(w.reader, step)
	if err != nil {
		return nil, err
	}
	said, err := saidSince(w.tx, step)
	if err != nil {
		return nil, err
	}
	undo, kept, err := model.Reverse(edits, said, presence{w.reader, &readBlock{}})
	if err != nil {
		return nil, err
	}
	parts, err := keptParts(w.reader, step, kept)
	if err != nil {
		return nil, err
	}
	w.bulk = len(undo) > editLimit
	return parts, w.apply(undo)
}

// presence is what Reverse asks of the store.
type presence struct {
	reader
	block *readBlock // nil: nothing is kept, as something is written meanwhile
}

// readBlock is the block of visits or calls that was read last: a long step asks for its
// rows one behind the other.
type readBlock struct {
	table model.Table
	key   []byte
	rows  map[model.RowID]model.Record
}

// row is a row of the block in which its key says that it lies; nil: it is not there.
func (b *readBlock) row(r reader, key model.Key) (model.Record, error) {
	at := r.blockKey(key)
	if key.ID == (model.RowID{}) || at == nil {
		return nil, nil
	}
	if b.rows == nil || b.table != key.Table || !bytes.Equal(b.key, at) {
		rows, err := r.rowsAt(key)
		if err != nil {
			return nil, err
		}
		b.table, b.key, b.rows = key.Table, at, make(map[model.RowID]model.Record, len(rows))
		for _, row := range rows {
			b.rows[row.Key().ID] = row
		}
	}
	return b.rows[key.ID], nil
}

func (p presence) Now(key model.Key) (model.Record, error) {
	if t := tableOf(key.Table); p.block != nil && t != nil && t.blocks {
		if row, err := p.block.row(p.reader, key); row != nil || err != nil {
			return row, err
		}
	}
	record, err := p.get(key)
	if errors.As(err, &NotFound{}) {
		return nil, nil
	}
	return record, err
}

func (p presence) InUse(key model.Key, leaving map[model.Key]bool) (bool, error) {
	if key.Table == model.TableAnswers {
		return p.replied(key, leaving)
	}
	if key.Table != model.TableAccounts {
		return false, nil
	}
	belongings, err := p.belongings(key.Code)
	return slices.ContainsFunc(belongings, func(r model.Record) bool { return !leaving[r.Key().Identity()] }), err
}

// replied reports whether somebody has replied to a counter-proposal, which then stands
// for as long as the reply does.
func (p presence) replied(key model.Key, leaving map[model.Key]bool) (bool, error) {
	now, err := p.Now(key)
	proposal, ok := now.(model.Answer)
	if err != nil || !ok || proposal.Says != model.SaysCounter {
		return false, err
	}
	var answers []model.Answer
	err = eachRecord(p.tx, docAnswers, (*codec).answer, func(a model.Answer) {
		if a.Signal() == proposal.Signal() && !leaving[a.Key().Identity()] {
			answers = append(answers, a)
		}
	})
	if err != nil {
		return false, err
	}
	model.SortAnswers(answers)
	at := slices.IndexFunc(answers, func(a model.Answer) bool { return a.ID == proposal.ID })
	return at >= 0 && at+1 < len(answers) && answers[at+1].Replies(), nil
}

func (p presence) Homeless(r model.Record, returning map[model.Key]bool) (bool, error) {
	key := r.Key()
	account := model.Key{Table: model.TableAccounts, Code: key.Code}
	if !belongs(key.Table) || returning[account] {
		return false, nil
	}
	now, err := p.Now(account)
	return now == nil, err
}

// laterParts tells of what the steps after one changed, latest first.
func (r reader) laterParts(step uint64, tell func(*partWalk) error) error {
	cursor := r.tx.Bucket(journalBucket).Cursor()
	for key, _ := cursor.Last(); key != nil; key, _ = cursor.Prev() {
		number := uint64At(key, 0)
		if number <= step {
			return nil
		}
		later, err := walkParts(r.tx, number)
		if err == nil {
			err = tell(later)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// ofAccount reports whether a document's key begins with an account's number.
func ofAccount(d document) bool { return d == docAccounts || belongs(tableIn[d].table) }

// keptParts adds to what stays who changed it last.
func keptParts(r reader, step uint64, kept []model.Kept) ([]KeptPart, error) {
	list := make([]KeptPart, len(kept))
	for i, k := range kept {
		list[i] = KeptPart{Kept: k}
		if k.Reason == model.KeptForGood {
			continue
		}
		by, err := lastChange(r, k.Key, step, math.MaxUint64, k.Fields)
		if err != nil {
			return nil, err
		}
		list[i].By, list[i].At = by.Actor, by.At
	}
	return list, nil
}

// lastChange is the latest step after one, and up to another, that changed one of a record's
// fields (none: anything of it), or said of it what others had done already; the zero entry
// when there is none.
func lastChange(r reader, key model.Key, after, upTo uint64, fields []string) (Entry, error) {
	cursor := r.tx.Bucket(journalBucket).Cursor()
	for at, value := cursor.Last(); at != nil && uint64At(at, 0) > after; at, value = cursor.Prev() {
		if uint64At(at, 0) > upTo {
			continue
		}
		touched, err := touches(r, uint64At(at, 0), key, fields)
		if err != nil {
			return Entry{}, err
		}
		if touched {
			return decodeEntry(value)
		}
	}
	return Entry{}, nil
}

// Next are the steps that Undo and Redo of a person would take; nil where there is
// none.
func (s *Store) Next() (undo, redo *Entry, err error) { return s.NextOf("") }

// NextOf is Next of one of several people.
func (s *Store) NextOf(person string) (undo, redo *Entry, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		for _, direction := range []struct {
			back bool
			into **Entry
		}{{true, &undo}, {false, &redo}} {
			e, err := nextStep(tx, person, direction.back)
			switch {
			case err == nil:
				if err := e.fate(tx); err != nil {
					return err
				}
				*direction.into = &e
			case !errors.Is(err, ErrNothingToUndo) && !errors.Is(err, ErrNothingToRedo):
				return err
			}
		}
		return nil
	})
	return undo, redo, err
}
