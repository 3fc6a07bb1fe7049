package store

// What stands aside, and how it is put back: as a change like any other.

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// Asides are all things that stand aside and that nobody has put back or let go, newest
// first.
func (s *Store) Asides() (list []model.SetAside, err error) {
	err = s.view(func(tx *bolt.Tx, _ blockCoder) error {
		list, err = asidesIn(tx)
		return err
	})
	return list, err
}

func asidesIn(tx *bolt.Tx) (list []model.SetAside, err error) {
	err = eachRecord(tx, docAsides, (*codec).aside, func(a model.SetAside) {
		if !a.Settled {
			list = append(list, a)
		}
	})
	slices.SortFunc(list, func(a, b model.SetAside) int {
		return cmp.Or(cmp.Compare(b.Date, a.Date), slices.Compare(a.ID[:], b.ID[:]))
	})
	return list, err
}

// ErrAsideFirst says that something rests on a record that stands aside itself and has to
// be put back first.
var ErrAsideFirst = errors.New("what it rests on stands aside, too, and has to be put back first")

// NeedsCode reports whether something can only be put back under another code, since its
// own belongs to another record now.
func NeedsCode(a model.SetAside) bool { return a.Reason == model.LostCollided && a.Standing != "" }

// FreeCode is the next free code after that of something that stands aside; "" where it
// needs none.
func (s *Store) FreeCode(a model.SetAside) (code string, err error) {
	if !NeedsCode(a) {
		return "", nil
	}
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		prefix := strings.TrimRight(a.Code, "0123456789")
		digits := len(a.Code) - len(prefix)
		number, _ := strconv.Atoi(a.Code[len(prefix):])
		for {
			number++
			last := strconv.Itoa(number)
			code = prefix + strings.Repeat("0", max(digits-len(last), 0)) + last
			_, err := reader{tx, coder}.get(model.Key{Table: a.Of, Code: code})
			if errors.As(err, &NotFound{}) {
				return nil
			}
			if err != nil {
				return err
			}
		}
	})
	return code, err
}

// PutBack is the request that puts back what stands aside, on the records as they are now:
// the fields that do not stand, a record that was refused or has lost its account, a
// deletion. A record whose code belongs to another now comes back under a code of its own,
// and what rests on it with it. Errors: ErrAsideFirst, NotFound.
func (s *Store) PutBack(a model.SetAside, code string) (r Request, err error) {
	r = Request{Action: "aside.back"}
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		mine, err := asideRecord(a.Of, a.Values)
		if err != nil {
			return err
		}
		at := reader{tx, coder}
		switch {
		case mine == nil:
			standing, err := asideRecord(a.Of, a.Standing)
			if err != nil || standing == nil {
				return errors.Join(err, NotFound{model.Key{Table: a.Of, Code: a.Code}})
			}
			r.Deletes = append(r.Deletes, standing.Key())
		case NeedsCode(a):
			err = r.underCode(at, a, mine, code)
		case a.Reason == model.LostCollided:
			return ErrAsideFirst
		default:
			err = r.onTop(at, a, mine)
		}
		r.settle(a)
		return err
	})
	return r, err
}

// LetGo is the request that lets go of what stands aside.
func LetGo(list ...model.SetAside) Request {
	r := Request{Action: "aside.done"}
	for _, a := range list {
		r.settle(a)
	}
	return r
}

func (r *Request) settle(a model.SetAside) {
	settled := a
	settled.Settled = true
	r.Puts = append(r.Puts, Put{Record: settled, Before: a})
}

// onTop puts fields on a record as it is now, or the whole record where it is gone.
func (r *Request) onTop(at reader, a model.SetAside, mine model.Record) error {
	now, err := presence{reader: at}.Now(mine.Key())
	if err != nil {
		return err
	}
	if now == nil {
		if !wholeRecord(a.Of, a.Values) {
			return NotFound{mine.Key()}
		}
		r.Puts = append(r.Puts, Put{Record: mine})
		return nil
	}
	record, err := a.PutOn(now)
	if err != nil {
		return err
	}
	r.Puts = append(r.Puts, Put{Record: record, Before: now})
	return nil
}

// underCode puts a record back under another code, with all of the same person's that was
// set aside with it, in the order in which they wrote it.
func (r *Request) underCode(at reader, a model.SetAside, mine model.Record, code string) error {
	r.Puts = append(r.Puts, Put{Record: model.Recoded(mine, a.Of, a.Code, code), New: true})
	list, err := asidesIn(at.tx)
	if err != nil {
		return err
	}
	slices.SortFunc(list, func(a, b model.SetAside) int { return slices.Compare(a.ID[:], b.ID[:]) })
	for _, other := range list {
		if other.ID == a.ID || other.For != a.For || other.Reason != model.LostCollided || NeedsCode(other) {
			continue
		}
		record, err := asideRecord(other.Of, other.Values)
		if err != nil {
			return err
		}
		if record == nil {
			continue
		}
		again := model.Recoded(record, a.Of, a.Code, code)
		if model.Same(again, record) {
			continue
		}
		if !wholeRecord(other.Of, other.Values) {
			there, err := r.putFields(at, other, again)
			if err != nil {
				return err
			}
			if !there { // nothing to put it on: it stays aside
				continue
			}
		} else {
			r.Puts = append(r.Puts, Put{Record: again})
		}
		r.settle(other)
	}
	return nil
}

// putFields puts those fields that stand aside on a record as it is now, or as the request
// leaves it so far; there is false where there is none.
func (r *Request) putFields(at reader, a model.SetAside, mine model.Record) (there bool, err error) {
	var named map[string]json.RawMessage
	if err := json.Unmarshal([]byte(a.Values), &named); err != nil {
		return false, fmt.Errorf("values that stand aside: %w", err)
	}
	with := func(on model.Record) model.Record {
		d := model.DescriptionOf(on)
		for i, f := range d.Fields() {
			if _, told := named[f.Name]; told {
				on = d.With(on, i, d.Value(mine, i))
			}
		}
		return on
	}
	for i, p := range r.Puts {
		if p.Record.Key().Identity() == mine.Key().Identity() {
			r.Puts[i].Record = with(p.Record)
			return true, nil
		}
	}
	now, err := presence{reader: at}.Now(mine.Key())
	if err != nil || now == nil {
		return false, err
	}
	r.Puts = append(r.Puts, Put{Record: with(now), Before: now})
	return true, nil
}

// asideRecord is the record that values tell; nil where there are none.
func asideRecord(of model.Table, values string) (model.Record, error) {
	d := model.Describe(of)
	if values == "" || d == nil {
		return nil, nil
	}
	return model.WithFieldValues(d.Empty(), values)
}

// wholeRecord reports whether values tell every field of a record.
func wholeRecord(of model.Table, values string) bool {
	var named map[string]json.RawMessage
	if err := json.Unmarshal([]byte(values), &named); err != nil {
		return false
	}
	for _, f := range model.Describe(of).Fields() {
		if _, told := named[f.Name]; !told {
			return false
		}
	}
	return true
}
