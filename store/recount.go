package store

// All accounts and rows counted anew, to write what is derived from them.

import (
	"bytes"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

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
		for i, named := range visitRows.explicits(rows, 0, len(rows)) {
			if err == nil {
				err = w.countVisit(n, &rows[i], named, 1)
			}
		}
		return err
	}
	rows, err := w.coder.decodeCalls(w.codes[n], year, value)
	for i, named := range callRows.explicits(rows, 0, len(rows)) {
		w.countCall(n, &rows[i], named, 1)
	}
	return err
}
