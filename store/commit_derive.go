package store

// What follows from the documents that change: the differences as edits, and what is
// counted and indexed of them.

import (
	"bytes"
	"fmt"
	"strings"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// derive tells the difference between two values of a document.
func (w *writer) derive(d document, key, before, after []byte) error {
	switch d {
	case docVisits:
		return w.deriveVisits(key, before, after)
	case docCalls:
		return w.deriveCalls(key, before, after)
	case docAccounts:
		return w.deriveAccount(key, before, after)
	}
	return w.deriveRecord(d, before, after)
}

func (w *writer) deriveRecord(d document, before, after []byte) error {
	t := tableIn[d]
	if t == nil {
		return errDamaged
	}
	var edit model.Edit
	var err error
	if before != nil {
		if edit.Before, err = t.unpack(before); err != nil {
			return err
		}
	}
	if after != nil {
		if edit.After, err = t.unpack(after); err != nil {
			return err
		}
	}
	if model.Same(edit.Before, edit.After) { // written anew in another packing
		return nil
	}
	return w.edit(d, edit)
}

func (w *writer) deriveAccount(key, before, after []byte) error {
	if err := w.deriveRecord(docAccounts, before, after); err != nil {
		return err
	}
	number := numberIn(key)
	if after != nil {
		code, err := accountCode(after)
		if err != nil {
			return err
		}
		w.codes[number] = code
		if before == nil {
			if err := w.tx.Bucket(formerNumbers).Delete([]byte(code)); err != nil {
				return err
			}
			return w.tx.Bucket(accountNumbers).PutLater([]byte(code), key)
		}
		return nil
	}
	code, err := accountCode(before)
	if err != nil {
		return err
	}
	w.codes[number] = code
	if err := w.tx.Bucket(formerNumbers).Put([]byte(code), bytes.Clone(key)); err != nil {
		return err
	}
	return w.tx.Bucket(accountNumbers).Delete([]byte(code))
}

// accountCode reads an account's code without the rest of the record.
func accountCode(value []byte) (string, error) {
	c := codec{reading: true, in: string(copied(value))}
	if version := c.byte(); version < codecVersion || version > accountCodec.version {
		c.fail()
	}
	var code string
	text(&c, &code)
	return strings.Clone(code), c.err // whoever keeps it need not keep the record
}

// code is an account's code by its number.
func (w *writer) code(n accountNumber) (string, error) {
	if code, ok := w.codes[n]; ok {
		return code, nil
	}
	if code := w.known.code(n); code != "" {
		return code, nil
	}
	value := w.bucket(docAccounts).Get(n.key())
	if value == nil {
		if code, ok := w.formerCode(n); ok {
			return code, nil
		}
		return "", fmt.Errorf("account number %d: %w", n, errDamaged)
	}
	code, err := accountCode(value)
	if err == nil {
		w.codes[n] = code
	}
	return code, err
}

func (w *writer) deriveVisits(key, before, after []byte) error {
	number, year := numberIn(key), yearIn(key)
	if w.untold() && before == nil { // all of them come
		return w.countBlock(number, year, after, 1)
	}
	if w.untold() && after == nil { // all of them go
		return w.countBlock(number, year, before, -1)
	}
	code, err := w.code(number)
	if err != nil {
		return err
	}
	old, err := w.coder.decodeVisits(code, year, before)
	if err != nil {
		return err
	}
	fresh, err := w.coder.decodeVisits(code, year, after)
	if err != nil {
		return err
	}
	return w.compareVisits(number, old, fresh)
}

// compareVisits tells the difference between two states of a block.
func (w *writer) compareVisits(number accountNumber, old, fresh []model.Visit) error {
	if len(old) == 0 && w.untold() && visitRows.unnamed(fresh) {
		return w.countAll(number, fresh)
	}
	return compareRows(&visitRows, old, fresh, func(before, after *model.Visit, wasNamed, named bool) error {
		if before != nil {
			if err := w.countVisit(number, before, wasNamed, -1); err != nil {
				return err
			}
		}
		if after != nil {
			if err := w.countVisit(number, after, named, 1); err != nil {
				return err
			}
		}
		if before != nil && after != nil && visitRows.same(before, after) {
			return nil // only where its identity stands has changed
		}
		if w.untold() {
			w.note(model.TableVisits, before == nil, after == nil)
			return nil
		}
		var e model.Edit
		if before != nil {
			e.Before = *before
		}
		if after != nil {
			e.After = *after
		}
		return w.edit(docVisits, e)
	})
}

// untold reports whether changes of visits are only counted: there are millions of them.
func (w *writer) untold() bool { return w.bulk && w.may == nil && w.count > editLimit }

// countAll counts visits of an account that are all new. None of them has an identity: it
// follows from its fields.
func (w *writer) countAll(number accountNumber, visits []model.Visit) error {
	for i := range visits {
		if err := w.countVisit(number, &visits[i], false, 1); err != nil {
			return err
		}
	}
	w.noteVisits(len(visits), 1)
	return nil
}

// countBlock counts the visits of a block that comes (by = 1) or goes (by = −1) as a whole,
// of which no records are made.
func (w *writer) countBlock(n accountNumber, year int, value []byte, by int) error {
	many := 0
	for v, err := range w.coder.marks(year, value) {
		if err != nil {
			return err
		}
		if err := w.countMark(n, v, by); err != nil {
			return err
		}
		many++
	}
	w.noteVisits(many, by)
	return nil
}

// noteVisits is note for many visits that all come or all go.
func (w *writer) noteVisits(many, by int) {
	t := w.tally[model.TableVisits]
	if by > 0 {
		t.Added += many
	} else {
		t.Removed += many
	}
	w.tally[model.TableVisits] = t
	w.count += many
}

func (w *writer) deriveCalls(key, before, after []byte) error {
	number, year := numberIn(key), yearIn(key)
	code, err := w.code(number)
	if err != nil {
		return err
	}
	old, err := w.coder.decodeCalls(code, year, before)
	if err != nil {
		return err
	}
	fresh, err := w.coder.decodeCalls(code, year, after)
	if err != nil {
		return err
	}
	return w.compareCalls(number, old, fresh)
}

func (w *writer) compareCalls(number accountNumber, old, fresh []model.Call) error {
	return compareRows(&callRows, old, fresh, func(before, after *model.Call, wasNamed, named bool) error {
		var e model.Edit
		if before != nil {
			w.countCall(number, before, wasNamed, -1)
			e.Before = *before
		}
		if after != nil {
			w.countCall(number, after, named, 1)
			e.After = *after
		}
		if before != nil && after != nil && sameCall(before, after) {
			return nil
		}
		return w.edit(docCalls, e)
	})
}

// formerCode is the code of an account that is gone, by the number it had.
func (w *writer) formerCode(n accountNumber) (string, bool) {
	if w.former == nil {
		w.former = formerCodes(w.tx)
	}
	code, ok := w.former[n]
	return code, ok
}

// formerCodes are the codes of all accounts that are gone.
func formerCodes(tx *bolt.Tx) map[accountNumber]string {
	codes := map[accountNumber]string{}
	_ = tx.Bucket(formerNumbers).ForEach(func(code, number []byte) error {
		codes[numberIn(number)] = string(code)
		return nil
	})
	return codes
}
