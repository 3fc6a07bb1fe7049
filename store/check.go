package store

// Whether everything in the file agrees: what is derived with what it comes from.

import (
	"encoding/binary"
	"errors"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// Problem is something that Check found, for faces to say in their language.
type Problem struct {
	Kind ProblemKind

	Table  model.Table // of the rows: visits or calls
	Number uint64      // the account's own number in the file
	Code   string      // the account's code
	Year   int         // of the rows

	Index          Index
	Wrong, Missing int // entries of the index

	Detail string // what bbolt says about its pages
}

// ProblemKind is what is wrong; it says which fields of the Problem are filled in.
type ProblemKind string

// The kinds of problems.
const (
	ProblemPages   ProblemKind = "pages"   // the file itself: Detail
	ProblemAccount ProblemKind = "account" // an account cannot be read: Number
	ProblemOrphans ProblemKind = "orphans" // rows of an account that does not exist: Table, Number
	ProblemRows    ProblemKind = "rows"    // an account's rows of a year cannot be read: Table, Code, Year
	ProblemRecord  ProblemKind = "record"  // a record of a table cannot be read: Table, Number (its place)
	ProblemStep    ProblemKind = "step"    // a step of the history cannot be read: Number
	ProblemIndex   ProblemKind = "index"   // what is derived does not fit the records: Index, Wrong, Missing
)

// Index names what is derived from the records.
type Index string

// What is derived from the records.
const (
	IndexAccounts Index = "accounts"         // accounts by code
	IndexContacts Index = "contacts"         // visit days and calls of each account
	IndexReports  Index = "reports"          // report days of each rep
	IndexDays     Index = "days"             // visits by day
	IndexVisits   Index = "visit-identities" // visits by their own identity
	IndexCalls    Index = "call-identities"  // calls by theirs
	IndexNames    Index = "names"            // the keys of records that nothing else names
)

// indexes are the derived buckets that Check compares.
var indexes = [...]struct {
	name   Index
	bucket []byte
}{
	{IndexAccounts, accountNumbers}, {IndexContacts, contactsBucket}, {IndexReports, reportsBucket},
	{IndexDays, dayIndex}, {IndexVisits, visitIDs}, {IndexCalls, callIDs}, {IndexNames, namesBucket},
}

// Check reads the whole store and compares everything derived with the records
// it comes from. No problem means that all is well. It holds neither of the two in memory.
func (s *Store) Check() (problems []Problem, err error) {
	c := &checker{store: s, report: func(p Problem) { problems = append(problems, p) }}
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		c.tx, c.coder = tx, coder
		found, err := checkPages(tx, false)
		for _, detail := range found {
			c.report(Problem{Kind: ProblemPages, Detail: detail})
		}
		if err != nil || len(found) > 0 {
			return err
		}
		return c.check()
	})
	if damaged := (Damaged{}); errors.As(err, &damaged) {
		return append(problems, Problem{Kind: ProblemPages, Detail: damaged.Detail}), nil
	}
	return problems, err
}

// checker reads a store once, and once more where an index does not agree.
type checker struct {
	store   *Store
	tx      *bolt.Tx
	coder   blockCoder
	report  func(Problem)
	codes   map[accountNumber]string
	word    []wordNumber // of words that stand twice the number that counts, by number
	indexes map[Index]*agreement
	touched int // bytes since the file's memory was let go
}

func (c *checker) check() error {
	switch schema, err := readSchema(c.tx); {
	case errors.Is(err, ErrNotAStore), err == nil && schema != schemaVersion: // it was another when the file was opened
		return bolt.Broken{Bucket: string(metaBucket), Detail: "it does not say what the file is"}
	case err != nil:
		return err
	}
	c.word = make([]wordNumber, len(c.coder.words.list))
	for n, word := range c.coder.words.list {
		c.word[n] = c.coder.words.numbers[word]
	}
	c.indexes = map[Index]*agreement{}
	for _, index := range indexes {
		c.indexes[index.name] = newAgreement()
	}
	if err := c.records(); err != nil {
		return err
	}
	if err := c.steps(); err != nil {
		return err
	}
	for _, bucket := range otherBuckets { // that every entry is there and bears its seal
		if err := c.each(bucket, func(_, _ []byte) error { return nil }); err != nil {
			return err
		}
	}
	if err := c.compare(); err != nil {
		return err
	}
	agree := true
	for _, index := range indexes {
		agree = c.indexes[index.name].agree() && agree
	}
	if agree {
		return nil
	}
	told := c.report
	c.report = func(Problem) {} // what is wrong with records was told the first time
	if err := c.compare(); err != nil {
		return err
	}
	for _, index := range indexes {
		if wrong, missing := c.indexes[index.name].count(); wrong+missing > 0 {
			told(Problem{Kind: ProblemIndex, Index: index.name, Wrong: wrong, Missing: missing})
		}
	}
	return nil
}

// letGoAfter is after how many bytes read of the file its memory is let go: it stays with
// the system as long as that has room, but counts as this process's.
const letGoAfter = 4 << 20

// each shows a bucket's entries.
func (c *checker) each(bucket []byte, show func(key, value []byte) error) error {
	return c.tx.Bucket(bucket).ForEach(func(key, value []byte) error {
		c.touch(len(key) + len(value))
		return show(key, value)
	})
}

func (c *checker) touch(bytes int) {
	const beside = 24 // of an entry, in its page
	if c.touched += bytes + beside; c.touched > letGoAfter {
		c.tx.LetGo()
		c.touched = 0
	}
}

// records reads every record that does not lie in a block.
func (c *checker) records() error {
	for i := range storedTables {
		t := &storedTables[i]
		if t.blocks || t.document == docAccounts { // they are looked at with what is derived from them
			continue
		}
		place := uint64(0)
		if err := c.each(t.bucket, func(_, value []byte) error {
			place++
			if _, err := t.unpack(value); err != nil {
				c.report(Problem{Kind: ProblemRecord, Table: t.table, Number: place})
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// steps reads every step of the history, and which took which back.
func (c *checker) steps() error {
	journal := c.tx.Bucket(journalBucket)
	if err := c.each(reversedBucket, func(key, value []byte) error {
		switch {
		case len(key) != len(stepKey(0)), len(value) != len(key):
			return bolt.Broken{Bucket: string(reversedBucket), Detail: "a step of it has no number"}
		case journal.Get(key) != nil && journal.Get(value) == nil:
			c.report(Problem{Kind: ProblemStep, Number: binary.BigEndian.Uint64(key)})
		}
		return nil
	}); err != nil {
		return err
	}
	return c.each(journalBucket, func(key, value []byte) error {
		if len(key) != len(stepKey(0)) {
			c.report(Problem{Kind: ProblemStep})
			return nil
		}
		step := binary.BigEndian.Uint64(key)
		if _, err := decodeEntry(value); err != nil {
			c.report(Problem{Kind: ProblemStep, Number: step})
			return nil
		}
		if _, err := readParts(c.tx, step); err != nil {
			c.report(Problem{Kind: ProblemStep, Number: step})
		}
		return nil
	})
}
