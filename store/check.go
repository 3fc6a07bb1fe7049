package store

// Whether everything in the file agrees: what is derived with what it comes from.

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
	"doppelpass/store/temporary"
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
// it comes from. No problem means that all is well.
func (s *Store) Check() (problems []Problem, err error) {
	report := func(p Problem) { problems = append(problems, p) }
	err = s.checkPages(func(detail string) { report(Problem{Kind: ProblemPages, Detail: detail}) })
	if damaged := (Damaged{}); errors.As(err, &damaged) {
		return append(problems, Problem{Kind: ProblemPages, Detail: damaged.Detail}), nil
	}
	if err != nil || len(problems) > 0 {
		return problems, err
	}
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		checkRecords(tx, report)
		if err := checkSteps(tx, report); err != nil {
			return err
		}
		want, err := s.rederive(tx, coder, report)
		if err != nil {
			return err
		}
		if want[string(namesBucket)], err = namesOf(tx); err != nil {
			return err
		}
		for _, index := range indexes {
			compareBucket(tx.Bucket(index.bucket), index.name, want[string(index.bucket)], report)
		}
		return nil
	})
	if damaged := (Damaged{}); errors.As(err, &damaged) {
		return append(problems, Problem{Kind: ProblemPages, Detail: damaged.Detail}), nil
	}
	return problems, err
}

// checkPages looks at the pages: first on their own, since bbolt's check would follow
// a wrong one anywhere, then with it.
func (s *Store) checkPages(report func(detail string)) error {
	db := s.db
	if s.readOnly { // bbolt's check would read the list of free pages where nobody can catch its fault
		var err error
		if db, err = openDatabase(s.path, &bolt.Options{ReadOnly: true, PreLoadFreelist: true, Timeout: lockPatience, FreelistType: bolt.FreelistMapType}); err != nil {
			return err
		}
		defer db.Close()
	}
	return db.View(func(tx *bolt.Tx) error {
		found, err := checkPages(tx, false)
		for _, problem := range found {
			report(problem)
		}
		if err != nil || len(found) > 0 {
			return err
		}
		for err := range tx.Check() {
			report(err.Error())
		}
		return nil
	})
}

// checkRecords reads every record that does not lie in a block.
func checkRecords(tx *bolt.Tx, report func(Problem)) {
	for i := range storedTables {
		t := &storedTables[i]
		if t.blocks || t.document == docAccounts { // they are looked at with what is derived from them
			continue
		}
		place := uint64(0)
		_ = tx.Bucket(t.bucket).ForEach(func(_, value []byte) error {
			place++
			if _, err := t.unpack(value); err != nil {
				report(Problem{Kind: ProblemRecord, Table: t.table, Number: place})
			}
			return nil
		})
	}
}

// checkSteps reads every step of the history.
func checkSteps(tx *bolt.Tx, report func(Problem)) error {
	return tx.Bucket(journalBucket).ForEach(func(key, value []byte) error {
		if len(key) != len(stepKey(0)) {
			report(Problem{Kind: ProblemStep})
			return nil
		}
		step := binary.BigEndian.Uint64(key)
		if _, err := decodeEntry(value); err != nil {
			report(Problem{Kind: ProblemStep, Number: step})
			return nil
		}
		if _, err := readParts(tx, step); err != nil {
			report(Problem{Kind: ProblemStep, Number: step})
		}
		return nil
	})
}

// rederive computes every derived bucket from the documents.
func (s *Store) rederive(tx *bolt.Tx, coder blockCoder, report func(Problem)) (map[string]map[string][]byte, error) {
	w, accounts, err := s.recountAll(tx, coder, report)
	if err != nil {
		return nil, err
	}
	want := map[string]map[string][]byte{string(accountNumbers): accounts}
	return want, w.expected(want)
}

// recountAll reads all accounts and rows: a writer that has counted them and whose finish
// would write all that is derived, and the accounts' keys by code.
func (s *Store) recountAll(tx *bolt.Tx, coder blockCoder, report func(Problem)) (*writer, map[string][]byte, error) {
	codes := map[accountNumber]string{}
	w := &writer{store: s, reader: reader{tx, coder}, codes: codes, contacts: map[accountNumber]*contactChange{},
		reports: map[string]map[model.Date]int{}}
	accounts := map[string][]byte{}
	if err := tx.Bucket(documentBuckets[docAccounts]).ForEach(func(key, value []byte) error {
		account, err := decode((*codec).account, value)
		if err != nil {
			report(Problem{Kind: ProblemAccount, Number: uint64(numberIn(key))})
			return nil
		}
		codes[numberIn(key)] = account.Code
		accounts[account.Code] = bytes.Clone(key)
		return nil
	}); err != nil {
		return nil, nil, err
	}
	for _, table := range []model.Table{model.TableVisits, model.TableCalls} {
		d := documentOf[table]
		if err := tx.Bucket(documentBuckets[d]).ForEach(func(key, value []byte) error {
			n := numberIn(key)
			if _, ok := codes[n]; !ok {
				report(Problem{Kind: ProblemOrphans, Table: table, Number: uint64(n)})
				return nil
			}
			if err := w.recount(d, n, yearIn(key), value); err != nil {
				report(Problem{Kind: ProblemRows, Table: table, Code: codes[n], Year: yearIn(key)})
			}
			return nil
		}); err != nil {
			return nil, nil, err
		}
	}
	return w, accounts, nil
}

func (w *writer) recount(d document, n accountNumber, year int, value []byte) error {
	if d == docVisits {
		rows, err := w.coder.decodeVisits(w.codes[n], year, value)
		for i := range rows {
			if err == nil {
				_, named := visitRows.explicit(rows, i)
				err = w.countVisit(n, &rows[i], named, 1)
			}
		}
		return err
	}
	rows, err := w.coder.decodeCalls(w.codes[n], year, value)
	for i := range rows {
		_, named := callRows.explicit(rows, i)
		w.countCall(n, &rows[i], named, 1)
	}
	return err
}

// expected fills in what the derived buckets should hold, by writing it to a
// store that is thrown away.
func (w *writer) expected(want map[string]map[string][]byte) error {
	file, err := temporary.File("", "doppelpass-check-")
	if err != nil {
		return fmt.Errorf("checking: %w", err)
	}
	name := file.Name()
	_ = file.Close()
	defer os.Remove(name)
	scratch, err := bolt.Open(name, 0o600, &bolt.Options{NoSync: true})
	if err != nil {
		return fmt.Errorf("checking: %w", err)
	}
	defer scratch.Close()
	return scratch.Update(func(tx *bolt.Tx) error {
		if err := createSchema(tx); err != nil {
			return err
		}
		w.tx = tx
		if err := w.finish(); err != nil {
			return err
		}
		for _, index := range indexes {
			if index.name == IndexAccounts { // comes from the accounts themselves
				continue
			}
			entries := map[string][]byte{}
			want[string(index.bucket)] = entries
			if err := tx.Bucket(index.bucket).ForEach(func(key, value []byte) error {
				entries[string(key)] = bytes.Clone(copied(value))
				return nil
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

func compareBucket(bucket *bolt.Bucket, name Index, want map[string][]byte, report func(Problem)) {
	wrong := 0
	_ = bucket.ForEach(func(key, value []byte) error {
		if !bytes.Equal(want[string(key)], value) {
			wrong++
		}
		delete(want, string(key))
		return nil
	})
	if wrong+len(want) > 0 {
		report(Problem{Kind: ProblemIndex, Index: name, Wrong: wrong, Missing: len(want)})
	}
}
