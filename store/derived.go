package store

// What is derived from visits and calls: per account the packed days the rules
// read, per rep the days with reports, per day who was visited, and where a row
// lies whose identity does not say so. Changes are collected and written
// once at the end of a transaction, in key order.

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// contactChange collects what changes of an account's contacts.
type contactChange struct {
	addedVisits, removedVisits []model.Date
	addedCalls, removedCalls   []model.CallMark
}

// counting is what the row before was counted by: most have the account and the rep of
// the one before.
type counting struct {
	account accountNumber
	contact *contactChange // nil: no row came before
	spare   *contactChange // memory of one that is written
	rep     string
	days    map[model.Date]int // of that rep, nil: no row came before
	word    wordNumber         // of that rep
}

func (w *writer) contact(n accountNumber) *contactChange {
	at := &w.counting
	if at.contact != nil && at.account == n {
		return at.contact
	}
	c := w.contacts[n]
	if c == nil {
		if c = at.spare; c == nil {
			c = &contactChange{}
		}
		w.contacts[n], at.spare = c, nil
	}
	at.account, at.contact = n, c
	return c
}

// countVisit adds (by = 1) or takes away (by = −1) a visit; named says that its
// identity does not follow from its fields.
func (w *writer) countVisit(n accountNumber, v *model.Visit, named bool, by int) error {
	at := &w.counting
	if at.days == nil || at.rep != v.Rep {
		word, err := w.coder.words.number(w.tx, v.Rep)
		if err != nil {
			return err
		}
		w.countOf(v.Rep, word)
	}
	return w.countMark(n, &visitMark{v.Date, v.Kind, at.word, named, v.ID}, by)
}

// countOf has rows of a rep counted.
func (w *writer) countOf(rep string, word wordNumber) {
	days := w.reports[rep]
	if days == nil {
		days = map[model.Date]int{}
		if rep != "" {
			w.reports[rep] = days
		}
	}
	w.counting.rep, w.counting.days, w.counting.word = rep, days, word
}

// countMark is countVisit for what is counted of a visit.
func (w *writer) countMark(n accountNumber, v *visitMark, by int) error {
	if v.kind == model.VisitMet {
		c := w.contact(n)
		if by > 0 {
			c.addedVisits = append(c.addedVisits, v.day)
		} else {
			c.removedVisits = append(c.removedVisits, v.day)
		}
	}
	at := &w.counting
	if at.days == nil || at.word != v.rep {
		w.countOf(w.coder.words.list[v.rep], v.rep)
	}
	at.days[v.day] += by
	if err := w.byDay.note(v.day, v.rep, n, by); err != nil {
		return err
	}
	if v.named {
		w.visitIDs.note(v.id, n, v.day, by)
	}
	return nil
}

func (w *writer) countCall(n accountNumber, call *model.Call, named bool, by int) {
	c, mark := w.contact(n), model.CallMark{Date: call.Date, Outcome: call.Outcome}
	if by > 0 {
		c.addedCalls = append(c.addedCalls, mark)
	} else {
		c.removedCalls = append(c.removedCalls, mark)
	}
	if named {
		w.callIDs.note(call.ID, n, call.Date, by)
	}
}

// finish writes what is derived.
func (w *writer) finish() error {
	if err := w.writeContacts(); err != nil {
		return fmt.Errorf("the accounts' contacts: %w", err)
	}
	if err := w.writeReports(); err != nil {
		return fmt.Errorf("the reps' reports: %w", err)
	}
	if err := w.stopped(); err != nil {
		return err
	}
	if err := w.names.write(w.tx.Bucket(namesBucket)); err != nil {
		return fmt.Errorf("the names of records: %w", err)
	}
	if err := w.writeDaysAside(); err != nil {
		return fmt.Errorf("the visits by day: %w", err)
	}
	if err := w.byDay.write(w.tx.Bucket(dayIndex)); err != nil {
		return fmt.Errorf("the visits by day: %w", err)
	}
	return w.writeIDs()
}

// writeIDs writes what has changed of where rows lie, so that it is found.
func (w *writer) writeIDs() error {
	if err := w.visitIDs.write(w.tx.Bucket(visitIDs)); err != nil {
		return fmt.Errorf("the visits' identifiers: %w", err)
	}
	if err := w.callIDs.write(w.tx.Bucket(callIDs)); err != nil {
		return fmt.Errorf("the calls' identifiers: %w", err)
	}
	w.visitIDs, w.callIDs = idChange{}, idChange{}
	return nil
}

// settle takes out of two sorted lists what stands in both: what came and went
// within one change was never in the store.
func settle[T any](added, removed []T, order func(a, b T) int) (came, went []T) {
	if len(removed) == 0 { // a long import only adds
		return added, nil
	}
	for len(added) > 0 && len(removed) > 0 {
		switch o := order(added[0], removed[0]); {
		case o < 0:
			came, added = append(came, added[0]), added[1:]
		case o > 0:
			went, removed = append(went, removed[0]), removed[1:]
		default:
			added, removed = added[1:], removed[1:]
		}
	}
	return append(came, added...), append(went, removed...)
}

func (w *writer) writeContacts() error {
	bucket := w.tx.Bucket(contactsBucket)
	if w.bulk {
		bucket.FillPercent = 0.95
	}
	for _, n := range slices.Sorted(maps.Keys(w.contacts)) {
		if err := w.stopped(); err != nil {
			return err
		}
		if err := w.writeContact(bucket, n, w.contacts[n]); err != nil {
			return err
		}
	}
	w.contacts = map[accountNumber]*contactChange{} // a change written in parts comes here again
	w.counting.contact = nil
	return nil
}

// writeContact writes what has changed of an account's contacts.
func (w *writer) writeContact(bucket *bolt.Bucket, n accountNumber, change *contactChange) error {
	along, key := ascentOf(&w.days, bucket), n.key()
	visits, calls, err := decodeContacts(along.Get(key))
	if err != nil {
		return err
	}
	visits = changeDays(visits, change.addedVisits, change.removedVisits)
	slices.SortFunc(change.addedCalls, orderOfCalls)
	slices.SortFunc(change.removedCalls, orderOfCalls)
	came, went := settle(change.addedCalls, change.removedCalls, orderOfCalls)
	if value := encodeContacts(visits, calls.Change(came, went)); len(value) > 0 {
		return along.Put(key, value)
	}
	return along.Delete(key)
}

// accountDone writes what has changed of an account's contacts during a long load, which
// comes to each account once: of a hundred thousand it would take more memory than the file.
func (w *writer) accountDone(n accountNumber) error {
	change := w.contacts[n]
	if !w.bulk || change == nil {
		return nil
	}
	bucket := w.tx.Bucket(contactsBucket)
	bucket.FillPercent = 0.95
	if err := w.writeContact(bucket, n, change); err != nil {
		return fmt.Errorf("the accounts' contacts: %w", err)
	}
	delete(w.contacts, n)
	*change = contactChange{change.addedVisits[:0], change.removedVisits[:0], change.addedCalls[:0], change.removedCalls[:0]}
	w.counting.contact, w.counting.spare = nil, change
	return nil
}

func orderOfCalls(a, b model.CallMark) int {
	return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Outcome, b.Outcome))
}

// changeDays is Add and Remove for many days at once.
func changeDays(d model.Days, added, removed []model.Date) model.Days {
	if len(removed) == 0 { // a long import only adds
		return addDays(d, added)
	}
	slices.Sort(added)
	slices.Sort(removed)
	var builder model.DaysBuilder
	// upTo appends what there is of days from the latest down to one, which has count.
	upTo := func(day model.Date, count int) {
		for {
			next := day
			if n := len(added); n > 0 {
				next = max(next, added[n-1])
			}
			if n := len(removed); n > 0 {
				next = max(next, removed[n-1])
			}
			net := 0
			if next == day {
				net = count
			}
			for ; len(added) > 0 && added[len(added)-1] == next; added = added[:len(added)-1] {
				net++
			}
			for ; len(removed) > 0 && removed[len(removed)-1] == next; removed = removed[:len(removed)-1] {
				net--
			}
			builder.Append(next, net)
			if next == day {
				return
			}
		}
	}
	for day, count := range d.All() {
		upTo(day, count)
	}
	upTo(0, 0)
	return builder.Days()
}

// addDays is d with more days.
func addDays(d model.Days, added []model.Date) model.Days {
	slices.Sort(added)
	var builder model.DaysBuilder
	for day, count := range d.All() {
		for len(added) > 0 && added[len(added)-1] >= day {
			builder.Append(added[len(added)-1], 1)
			added = added[:len(added)-1]
		}
		builder.Append(day, count)
	}
	for i := len(added) - 1; i >= 0; i-- {
		builder.Append(added[i], 1)
	}
	return builder.Days()
}

// netDays is d with each day so many times more or, below 0, less.
func netDays(d model.Days, net map[model.Date]int) model.Days {
	days := slices.SortedFunc(maps.Keys(net), func(a, b model.Date) int { return cmp.Compare(b, a) })
	var builder model.DaysBuilder
	for day, count := range d.All() {
		for len(days) > 0 && days[0] > day {
			builder.Append(days[0], net[days[0]])
			days = days[1:]
		}
		if len(days) > 0 && days[0] == day {
			count += net[day]
			days = days[1:]
		}
		builder.Append(day, count)
	}
	for _, day := range days {
		builder.Append(day, net[day])
	}
	return builder.Days()
}

// encodeContacts is nil when there is nothing to keep.
func encodeContacts(visits model.Days, calls model.CallMarks) []byte {
	if len(visits) == 0 && len(calls) == 0 {
		return nil
	}
	out := make([]byte, 0, 4+len(visits)+len(calls))
	out = append(out, codecVersion)
	out = binary.AppendUvarint(out, uint64(len(visits)))
	out = append(out, visits...)
	return append(out, calls...)
}

// decodeContacts returns parts of value: the caller copies what outlives the
// transaction.
func decodeContacts(value []byte) (model.Days, model.CallMarks, error) {
	if value == nil {
		return nil, nil, nil
	}
	if len(value) == 0 || value[0] != codecVersion {
		return nil, nil, errDamaged
	}
	length, n := binary.Uvarint(value[1:])
	if n <= 0 || length > uint64(len(value)-1-n) {
		return nil, nil, errDamaged
	}
	rest := value[1+n:]
	return model.Days(rest[:length]), model.CallMarks(rest[length:]), nil
}

func putOrDelete(bucket *bolt.Bucket, key, value []byte) error {
	if len(value) == 0 {
		return bucket.Delete(key)
	}
	return bucket.Put(key, value)
}

func (w *writer) writeReports() error {
	bucket := w.tx.Bucket(reportsBucket)
	for _, rep := range slices.Sorted(maps.Keys(w.reports)) {
		days := netDays(model.Days(bucket.Get([]byte(rep))), w.reports[rep])
		if err := putOrDelete(bucket, []byte(rep), days); err != nil {
			return err
		}
	}
	return nil
}
