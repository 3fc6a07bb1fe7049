package store

// Apply: the one road for what a person changes.

import (
	"errors"
	"fmt"
	"slices"

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

// Put adds or replaces one record.
type Put struct {
	Record model.Record
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
// that changes nothing leaves no step. Deleting an account deletes its visits,
// calls and planned visits. Errors: model.Forbidden, NotFound, AlreadyExists,
// Invalid, ErrReadOnly.
func (s *Store) Apply(actor model.Actor, r Request) (model.Change, error) {
	return s.update(func(w *writer) error {
		w.roles = actor.Role.May
		for _, key := range r.Deletes {
			if err := w.delete(key); err != nil {
				return fmt.Errorf("deleting: %w", err)
			}
		}
		for _, p := range r.Puts {
			if err := w.putRecord(p); err != nil {
				return fmt.Errorf("saving: %w", err)
			}
		}
		return w.record(actor, r.Action, r.Subject)
	})
}

func (w *writer) putRecord(p Put) error {
	key := p.Record.Key()
	if err := w.validate(p.Record); err != nil {
		return err
	}
	exists, err := w.exists(key)
	switch {
	case err != nil:
		return err
	case exists && (p.New || (p.Replaces != nil && *p.Replaces != key)):
		return AlreadyExists{key}
	}
	if p.Replaces != nil && *p.Replaces != key {
		if err := w.delete(*p.Replaces); err != nil {
			return err
		}
	}
	switch r := p.Record.(type) {
	case model.Settings:
		return w.put(docSettings, []byte("rules"), encode((*codec).settings, r))
	case model.Rep:
		return w.put(docReps, []byte(r.Code), encode((*codec).rep, r))
	case model.Territory:
		return w.put(docTerritories, []byte(r.Code), encode((*codec).territory, r))
	case model.Campaign:
		return w.put(docCampaigns, []byte(r.Code), encode((*codec).campaign, r))
	case model.Account:
		_, err := w.putAccount(r)
		return err
	case model.Visit:
		n, _ := w.find(r.Account)
		return changeBlock(w, n, r, w.visits, w.putVisits)
	case model.Call:
		n, _ := w.find(r.Account)
		return changeBlock(w, n, r, w.calls, w.putCalls)
	case model.PlannedVisit:
		n, _ := w.find(r.Account)
		return w.put(docPlan, planKey(n, r.Date, r.Rep), encode((*codec).planned, r))
	}
	return fmt.Errorf("a record of an unknown kind: %T", p.Record)
}

func (w *writer) putAccount(a model.Account) (accountNumber, error) {
	n, ok := w.find(a.Code)
	if !ok {
		n, ok = w.gone[a.Code]
	}
	if !ok {
		next, err := w.bucket(docAccounts).NextSequence()
		if err != nil {
			return 0, err
		}
		if next >= 1<<accountBits {
			return 0, errTooMany
		}
		n = accountNumber(next)
	}
	return n, w.put(docAccounts, n.key(), encode((*codec).account, a))
}

// changeBlock puts a visit or call into its block, in place of the one with the
// same identity.
func changeBlock[T model.Record](w *writer, n accountNumber, row T,
	read func(accountNumber, int) ([]T, error), write func(accountNumber, int, []T) error) error {
	year := yearOf(row.Key().Date)
	rows, err := read(n, year)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(rows, func(other T) bool { return other.Key() == row.Key() }); i >= 0 {
		rows[i] = row
	} else {
		rows = append(rows, row)
	}
	return write(n, year, rows)
}

func (w *writer) exists(key model.Key) (bool, error) {
	_, err := w.get(key)
	if errors.As(err, &NotFound{}) {
		return false, nil
	}
	return err == nil, err
}

// get reads one record; NotFound when there is none.
func (w *writer) get(key model.Key) (model.Record, error) {
	return readRecord(w.tx, w.coder, key)
}

func (w *writer) delete(key model.Key) error {
	if _, err := w.get(key); err != nil {
		return err
	}
	n, _ := w.find(key.Code)
	switch key.Table {
	case model.TableAccounts:
		for _, d := range []document{docVisits, docCalls, docPlan} {
			for _, block := range w.keysOf(d, n.key()) {
				if err := w.put(d, block, nil); err != nil {
					return err
				}
			}
		}
		return w.put(docAccounts, n.key(), nil)
	case model.TableVisits:
		return removeFromBlock(n, key, w.visits, w.putVisits)
	case model.TableCalls:
		return removeFromBlock(n, key, w.calls, w.putCalls)
	case model.TablePlan:
		return w.put(docPlan, planKey(n, key.Date, key.By), nil)
	case model.TableSettings:
		return w.put(docSettings, []byte("rules"), nil)
	}
	return w.put(documentOf[key.Table], []byte(key.Code), nil)
}

func removeFromBlock[T model.Record](n accountNumber, key model.Key,
	read func(accountNumber, int) ([]T, error), write func(accountNumber, int, []T) error) error {
	year := yearOf(key.Date)
	rows, err := read(n, year)
	if err != nil {
		return err
	}
	return write(n, year, slices.DeleteFunc(rows, func(row T) bool { return row.Key() == key }))
}

// maximumCode bounds a code's length: it is a key of the store, and a column.
const maximumCode = 200

// validate says what of a record cannot be stored.
func (w *writer) validate(record model.Record) error {
	key := record.Key()
	invalid := func(field, reason string) error { return Invalid{key, field, reason} }
	day := func(d model.Date) bool { return d >= model.FirstDate && d <= model.LastDate }
	if key.Table != model.TableSettings && (key.Code == "" || len(key.Code) > maximumCode) {
		return invalid("code", "empty")
	}
	switch r := record.(type) {
	case model.Account:
		if r.Interval < 0 || r.VisitMinutes < 0 {
			return invalid("interval", "range")
		}
		if r.Since != 0 && !day(r.Since) {
			return invalid("since", "date")
		}
	case model.Campaign:
		if !day(r.Start) || !day(r.End) {
			return invalid("start", "date")
		}
		if r.End < r.Start {
			return invalid("end", "order")
		}
	case model.Settings:
		for _, setting := range model.SettingList {
			if v := *setting.Value(&r); v < setting.Min || v > setting.Max {
				return invalid(setting.Name, "range")
			}
		}
	case model.Visit, model.Call, model.PlannedVisit:
		if !day(key.Date) {
			return invalid("date", "date")
		}
		if len(key.By) > maximumCode {
			return invalid("rep", "range")
		}
		if v, ok := record.(model.Visit); ok && v.Kind > model.VisitOther {
			return invalid("kind", "range")
		}
		if c, ok := record.(model.Call); ok && c.Outcome > model.CallOptOut { // the packed marks have no room for more
			return invalid("outcome", "range")
		}
		if _, ok := w.find(key.Code); !ok {
			return invalid("account", "unknown")
		}
	}
	return nil
}
