package model

// Since when a signal is as it is, for those who watch what others change.

import (
	"reflect"
	"slices"
)

// Turn is when a signal became what it is: after one revision of the Book and by another.
// Nobody looked in between.
type Turn struct{ After, By uint64 }

// Turned is when the signal became what it is; false where it has been so since somebody
// first looked at the day.
func (d *Day) Turned(key SignalKey) (Turn, bool) {
	d.lock.Lock()
	defer d.lock.Unlock()
	turn, ok := d.turns[key]
	return turn, ok
}

// turn notes which of the signals are not what they were; only those of the areas that
// changed can be. The lock is held.
func (d *Day) turn(now []Signal, changed map[string]bool) {
	if d.all == nil || len(changed) == 0 && len(now) == len(d.all) {
		return
	}
	before := map[SignalKey]*Signal{}
	for i := range d.all {
		if changed[d.all[i].Territory] {
			before[d.all[i].Key()] = &d.all[i]
		}
	}
	turns := make(map[SignalKey]Turn, len(d.turns))
	for i := range now {
		if !changed[now[i].Territory] && len(d.turns) == 0 {
			continue
		}
		key := now[i].Key()
		if old := before[key]; changed[key.Territory] && (old == nil || !old.same(now[i])) {
			turns[key] = Turn{d.allAt, d.book.revision}
		} else if turn, ok := d.turns[key]; ok {
			turns[key] = turn
		}
	}
	d.turns = turns
}

// same reports whether both ask for the same, with the same accounts and numbers.
func (s Signal) same(other Signal) bool {
	a, b := &s, &other
	for _, lists := range [][2]*[]*Customer{
		{&a.Readiness.Accounts, &b.Readiness.Accounts}, {&a.Readiness.BeyondAccounts, &b.Readiness.BeyondAccounts},
		{&a.Contact.CallList, &b.Contact.CallList},
	} {
		if !slices.Equal(*lists[0], *lists[1]) {
			return false
		}
		*lists[0], *lists[1] = nil, nil
	}
	if !slices.Equal(a.Contact.Excluded, b.Contact.Excluded) {
		return false
	}
	a.Contact.Excluded, b.Contact.Excluded = nil, nil
	return reflect.DeepEqual(a, b)
}
