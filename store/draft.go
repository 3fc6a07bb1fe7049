package store

// A draft is what a request makes of the records before anything is written: the
// store as it is, and on top of it what the request has changed so far.

import (
	"bytes"
	"crypto/rand"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"

	"doppelpass/model"
)

type draft struct {
	reader
	edits []model.Edit
	at    map[model.Key]int // identity → place in edits
}

func newDraft(r reader) *draft { return &draft{reader: r} }

// get is the record as the request has left it so far; nil where there is none.
func (d *draft) get(key model.Key) (model.Record, error) {
	if i, ok := d.at[key.Identity()]; ok {
		return d.edits[i].After, nil
	}
	if t := tableOf(key.Table); t != nil && t.blocks && key.ID == (model.RowID{}) {
		for _, e := range d.edits {
			if e.After != nil && findRow([]model.Record{e.After}, key) == 0 && e.After.Key().Table == key.Table {
				return e.After, nil
			}
		}
		rows, err := d.rowsAt(key)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			if _, touched := d.at[row.Key().Identity()]; !touched && findRow([]model.Record{row}, key) == 0 {
				return row, nil
			}
		}
		return nil, nil
	}
	record, err := d.reader.get(key)
	if errors.As(err, &NotFound{}) {
		return nil, nil
	}
	return record, err
}

// note keeps one record's change.
func (d *draft) note(before, after model.Record) {
	record := after
	if before != nil {
		record = before
	}
	id := record.Key().Identity()
	if i, ok := d.at[id]; ok {
		d.edits[i].After = after
		return
	}
	if d.at == nil {
		d.at = map[model.Key]int{}
	}
	d.at[id] = len(d.edits)
	d.edits = append(d.edits, model.Edit{Before: before, After: after})
}

// settled are the edits without those that change nothing.
func (d *draft) settled() []model.Edit {
	return slices.DeleteFunc(d.edits, func(e model.Edit) bool { return model.Same(e.Before, e.After) })
}

func (d *draft) delete(key model.Key) error {
	record, err := d.get(key)
	if err != nil {
		return err
	}
	if record == nil {
		return NotFound{key}
	}
	if a, is := record.(model.Account); is {
		if a.Hold {
			return Held{a.Code}
		}
		belongings, err := d.belongings(key.Code)
		if err != nil {
			return err
		}
		for _, r := range belongings {
			d.note(r, nil)
		}
	}
	d.note(record, nil)
	return nil
}

// belongings are the records that belong to an account as the request has left it.
func (d *draft) belongings(code string) ([]model.Record, error) {
	stored, err := d.reader.belongings(code)
	if err != nil {
		return nil, err
	}
	all := slices.DeleteFunc(stored, func(r model.Record) bool { _, touched := d.at[r.Key().Identity()]; return touched })
	for _, at := range slices.Sorted(maps.Values(d.at)) {
		if after := d.edits[at].After; after != nil && after.Key().Code == code && belongs(after.Key().Table) {
			all = append(all, after)
		}
	}
	return all, nil
}

// belongings are the records that belong to an account.
func (r reader) belongings(code string) (all []model.Record, err error) {
	n, ok := r.number(code)
	if !ok {
		return nil, nil
	}
	codes := map[accountNumber]string{n: code}
	for i := range storedTables {
		t := &storedTables[i]
		if !belongs(t.table) {
			continue
		}
		cursor := r.tx.Bucket(t.bucket).Cursor()
		for key, value := cursor.Seek(n.key()); bytes.HasPrefix(key, n.key()); key, value = cursor.Next() {
			records, err := recordsIn(r.tx, r.coder, codes, t.document, key, value)
			if err != nil {
				return nil, err
			}
			all = append(all, records...)
		}
	}
	return all, nil
}

// belongs reports whether a table's records go with their account.
func belongs(table model.Table) bool {
	switch table {
	case model.TableContacts, model.TableVisits, model.TableCalls, model.TablePlan:
		return true
	}
	return false
}

func (d *draft) put(p Put) error {
	key := p.Record.Key()
	if err := d.validate(p.Record); err != nil {
		return err
	}
	target := key
	switch {
	case p.Replaces != nil:
		target = *p.Replaces
	case p.Before != nil:
		target = p.Before.Key()
	}
	before, err := d.get(target)
	if err != nil {
		return err
	}
	moves := target.Identity() != key.Identity() && !sameRow(target, key)
	if before == nil && (p.Replaces != nil && moves || p.Before != nil) {
		return NotFound{target}
	}
	if before != nil && p.New {
		return AlreadyExists{key}
	}
	if moves {
		other, err := d.get(key)
		if err != nil {
			return err
		}
		if other != nil && (before == nil || other.Key().Identity() != before.Key().Identity()) {
			return AlreadyExists{key}
		}
	}
	record := p.Record
	if p.Before != nil {
		merged, aside := model.MergeRecords(p.Before, record, before)
		if len(aside) > 0 {
			return Conflict{Key: target, Aside: aside, Current: before}
		}
		record = merged
	}
	record = identified(record, before)
	if before != nil && before.Key().Identity() != record.Key().Identity() { // it goes by another name from now on
		d.note(before, nil)
		before = nil
	}
	if before == nil {
		if i, ok := d.at[record.Key().Identity()]; ok { // it went in the same request
			d.edits[i].After = record
			return nil
		}
	}
	d.note(before, record)
	return nil
}

// sameRow reports whether two keys of rows mean the same row although one of them
// has no identity yet.
func sameRow(a, b model.Key) bool {
	if a.ID != (model.RowID{}) && b.ID != (model.RowID{}) {
		return a.ID == b.ID
	}
	a.ID, b.ID = model.RowID{}, model.RowID{}
	return a == b
}

// identified gives a visit, call, answer or follow-up its identity: that of the row it takes the place
// of, else a new one.
func identified(record, before model.Record) model.Record {
	id := func(own model.RowID) model.RowID {
		switch {
		case before != nil:
			return before.Key().ID
		case own != (model.RowID{}):
			return own
		}
		return NewRowID()
	}
	switch r := record.(type) {
	case model.Visit:
		r.ID = id(r.ID)
		return r
	case model.Call:
		r.ID = id(r.ID)
		return r
	case model.Answer:
		r.ID = id(r.ID)
		return r
	case model.FollowUp:
		r.ID = id(r.ID)
		return r
	}
	return record
}

// newIDs makes identities that grow within a millisecond, and while the clock goes back,
// too: rows written one after the other keep their order.
var newIDs = struct {
	lock    sync.Mutex
	last    uint64 // the time of the one before
	entropy *ulid.MonotonicEntropy
}{entropy: ulid.Monotonic(rand.Reader, 0)}

// NewRowID is an identity for a visit or call that is logged here.
func NewRowID() model.RowID { return newRowID(time.Now()) }

func newRowID(at time.Time) model.RowID {
	newIDs.lock.Lock()
	defer newIDs.lock.Unlock()
	newIDs.last = max(newIDs.last, timestamp(at))
	return model.RowID(ulid.MustNew(newIDs.last, newIDs.entropy))
}

// timestamp is a time as identities have it; what a clock tells that stands before the first
// or beyond the last that they can have is taken for that.
func timestamp(at time.Time) uint64 {
	return uint64(min(max(at.UnixMilli(), 0), int64(ulid.MaxTime())))
}
