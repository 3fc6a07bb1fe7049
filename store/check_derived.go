package store

// What should be derived, as the records say, held against what is.

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"unsafe"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// compare goes through records and indexes, side by side where they have one order.
func (c *checker) compare() error {
	for _, part := range []func() error{c.accounts, c.rows, c.days, c.reports, c.identities, c.names} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

// accounts reads the accounts and their numbers by code.
func (c *checker) accounts() error {
	c.codes = map[accountNumber]string{}
	index := c.indexes[IndexAccounts]
	if err := c.each(documentBuckets[docAccounts], func(key, value []byte) error {
		account, err := decode((*codec).account, value)
		if err != nil || !docAccounts.keyFits(key) {
			c.report(Problem{Kind: ProblemAccount, Number: uint64(numberIn(key))})
			return nil
		}
		c.codes[numberIn(key)] = strings.Clone(account.Code) // the rest of the record need not stay
		index.follows(standsFor(account.Code), uint64(numberIn(key)))
		return nil
	}); err != nil {
		return err
	}
	if err := c.each(formerNumbers, func(_, number []byte) error {
		if !isFormer(number, c.codes) {
			return bolt.Broken{Bucket: string(formerNumbers), Detail: "an account that is gone has no number of its own"}
		}
		return nil
	}); err != nil {
		return err
	}
	return c.each(accountNumbers, func(code, number []byte) error {
		index.has(standsFor(code), len(number) == 4)
		if len(number) == 4 {
			index.holds(standsFor(code), uint64(numberIn(number)))
		}
		return nil
	})
}

// isFormer reports whether an account that is gone may come back under that number, which
// none of those that are there may have.
func isFormer(number []byte, there map[accountNumber]string) bool {
	if len(number) != 4 {
		return false
	}
	_, taken := there[numberIn(number)]
	return !taken && numberIn(number) < 1<<accountBits
}

// rows reads all visits and calls, account by account, with what is counted of them.
func (c *checker) rows() error {
	visits, calls := c.walk(documentBuckets[docVisits]), c.walk(documentBuckets[docCalls])
	contacts, index := c.walk(contactsBucket), c.indexes[IndexContacts]
	var days []model.Date
	var marks []model.CallMark
	for {
		n, more := first(visits, calls, contacts)
		if !more {
			return nil
		}
		days, marks = days[:0], marks[:0]
		for ; visits.at(n); visits.next() {
			c.block(model.TableVisits, n, visits.key, func(code string, year int) (err error) {
				days, err = c.visits(n, code, year, visits.value, days)
				return err
			})
		}
		for ; calls.at(n); calls.next() {
			c.block(model.TableCalls, n, calls.key, func(code string, year int) error {
				rows, err := c.coder.decodeCalls(code, year, calls.value)
				named := callRows.explicits(rows, 0, len(rows))
				for i := range rows {
					marks = append(marks, model.CallMark{Date: rows[i].Date, Outcome: rows[i].Outcome})
					if named[i] {
						c.located(IndexCalls, rows[i].ID, n, rows[i].Date)
					}
				}
				return err
			})
		}
		slices.SortFunc(marks, orderOfCalls)
		var want []byte
		if len(days)+len(marks) > 0 {
			want = encodeContacts(addDays(nil, days), model.CallMarks(nil).Change(marks, nil))
			index.follows(uint64(n), standsFor(want))
		}
		for ; contacts.at(n); contacts.next() {
			index.has(uint64(n), len(contacts.key) == 4)
			index.holds(uint64(n), standsFor(contacts.value))
		}
	}
}

// block looks at one block of rows.
func (c *checker) block(table model.Table, n accountNumber, key []byte, read func(code string, year int) error) {
	code, there := c.codes[n]
	if !there {
		c.report(Problem{Kind: ProblemOrphans, Table: table, Number: uint64(n)})
		return
	}
	if err := read(code, yearIn(key)); err != nil {
		c.report(Problem{Kind: ProblemRows, Table: table, Code: code, Year: yearIn(key)})
	}
}

// visits counts a block of visits; days are those on which the customer was met. Rows whose
// identity stands in the block are read as a whole, since it may follow from their fields
// all the same.
func (c *checker) visits(n accountNumber, code string, year int, value []byte, days []model.Date) ([]model.Date, error) {
	byDay, reports := c.indexes[IndexDays], c.indexes[IndexReports]
	start, beyond := daysOf(year)
	in, shift := blockReader(value[:min(len(value), 1)])
	in.in = unsafe.String(unsafe.SliceData(value), len(value))[min(len(value), 1):] // nothing of it is kept
	var v model.Visit
	anyNamed := false
	for in.err == nil && in.in != "" {
		day, shape, rep, outcome := in.dayFrom(start, beyond), in.readUint(), in.readUint(), uint64(0)
		in.visitDetails(&v, shape, &outcome)
		named := shift == kindShift && shape&hasRowID != 0
		if named {
			in.rowID(&v.ID)
		}
		if in.err != nil { // what was read is none
			break
		}
		if rep >= uint64(len(c.word)) || outcome >= uint64(len(c.word)) {
			return days, errDamaged
		}
		if model.VisitKind(shape>>shift) == model.VisitMet {
			days = append(days, day)
		}
		number := c.word[rep]
		if number != 0 {
			reports.follows(uint64(number), uint64(day))
		}
		byDay.follows(uint64(day)<<wordBits|uint64(number), uint64(n))
		anyNamed = anyNamed || named
	}
	if in.err == nil && anyNamed {
		return days, c.namedVisits(n, code, year, value)
	}
	return days, in.err
}

// namedVisits notes which of a block's visits have an identity that does not follow from
// their fields.
func (c *checker) namedVisits(n accountNumber, code string, year int, value []byte) error {
	rows, err := c.coder.decodeVisits(code, year, value)
	for i, named := range visitRows.explicits(rows, 0, len(rows)) {
		if named {
			c.located(IndexVisits, rows[i].ID, n, rows[i].Date)
		}
	}
	return err
}

// located notes where a row with its own identity lies.
func (c *checker) located(index Index, id model.RowID, n accountNumber, day model.Date) {
	e := located{hashOf(id), n, day}
	c.indexes[index].follows(e.hash>>48, e.standsFor())
}

func (e located) standsFor() uint64 {
	return mixed64(e.hash) + uint64(e.account)<<32 + uint64(e.day)
}

// days reads the visits by day.
func (c *checker) days() error {
	index := c.indexes[IndexDays]
	return c.each(dayIndex, func(key, value []byte) error {
		if len(key) != 8 {
			index.has(standsFor(key), false)
			return nil
		}
		group := uint64(uint32At(key, 0))<<wordBits | uint64(uint32At(key, 4))
		written, last := len(value) > 0, uint64(0)
		for len(value) > 0 && written {
			distance, length := binary.Uvarint(value)
			if written = length > 0 && (length == 1 || value[length-1] != 0); written {
				last += distance
				index.holds(group, last)
				value = value[length:]
			}
		}
		index.has(group, written)
		return nil
	})
}

// reports reads the days on which each rep has reported.
func (c *checker) reports() error {
	index := c.indexes[IndexReports]
	return c.each(reportsBucket, func(rep, value []byte) error {
		number, known := c.coder.words.numbers[string(rep)]
		if !known || number == 0 {
			index.has(standsFor(rep), false)
			return nil
		}
		var again model.DaysBuilder
		for day, count := range model.Days(value).All() {
			again.Append(day, count)
			index.holdsTimes(uint64(number), uint64(day), count)
		}
		index.has(uint64(number), len(value) > 0 && bytes.Equal(again.Days(), value))
		return nil
	})
}

// identities reads where rows with their own identity lie.
func (c *checker) identities() error {
	for name, bucket := range map[Index][]byte{IndexVisits: visitIDs, IndexCalls: callIDs} {
		index := c.indexes[name]
		if err := c.each(bucket, func(key, value []byte) error {
			if len(key) != 2 {
				index.has(standsFor(key), false)
				return nil
			}
			group := uint64(binary.BigEndian.Uint16(key))
			entries, err := decodeLocated(group, value)
			index.has(group, err == nil && len(entries) > 0 && slices.IsSortedFunc(entries, located.order))
			for _, e := range entries {
				index.holds(group, e.standsFor())
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// names reads what is told of records a second time.
func (c *checker) names() error {
	index := c.indexes[IndexNames]
	for _, d := range documents {
		if !namedAgain(d) {
			continue
		}
		if err := c.each(documentBuckets[d], func(key, _ []byte) error {
			index.follows(standsFor(nameGroup(d, key)), standsFor(key))
			return nil
		}); err != nil {
			return err
		}
	}
	if err := c.each(wordsBucket, func(key, word []byte) error {
		index.follows(standsFor(append([]byte{0}, key...)), standsFor(word))
		return nil
	}); err != nil {
		return err
	}
	return c.each(namesBucket, func(key, value []byte) error {
		group := standsFor(key)
		if key[0] == 0 {
			index.has(group, true)
			index.holds(group, standsFor(value))
			return nil
		}
		written, last := len(value) > 0, []byte(nil)
		err := eachName(value, func(name []byte) {
			written = written && nameGroup(document(key[0]), name) == string(key) && (last == nil || bytes.Compare(last, name) < 0)
			last = name
			index.holds(group, standsFor(name))
		})
		index.has(group, written && !errors.Is(err, errDamaged))
		return nil
	})
}

// entries walks a bucket whose keys begin with an account's number.
type entries struct {
	checker    *checker
	cursor     *bolt.Cursor
	key, value []byte
}

func (c *checker) walk(bucket []byte) *entries {
	e := &entries{checker: c, cursor: c.tx.Bucket(bucket).Cursor()}
	e.key, e.value = e.cursor.First()
	return e
}

func (e *entries) next() {
	e.checker.touch(len(e.key) + len(e.value))
	e.key, e.value = e.cursor.Next()
}

// at reports whether the entry at hand is of an account.
func (e *entries) at(n accountNumber) bool { return e.key != nil && numberIn(e.key) == n }

// first is the lowest account of all that is at hand.
func first(walks ...*entries) (n accountNumber, more bool) {
	for _, e := range walks {
		if e.key != nil && (!more || numberIn(e.key) < n) {
			n, more = numberIn(e.key), true
		}
	}
	return n, more
}
