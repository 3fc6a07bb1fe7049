package store

// Every record there is and was, one after the other.

import (
	"errors"
	"fmt"

	"doppelpass/model"
)

// everRecord tells of every record as it is, step 0, and as the history has it.
func everRecord(r reader, tell func(record model.Record, step uint64, before bool) error) error {
	return everRecordOf(r, func(document) bool { return true }, tell)
}

// everRecordOf is everRecord for the documents that are wanted, and for all of the history.
func everRecordOf(r reader, wanted func(document) bool, tell func(record model.Record, step uint64, before bool) error) error {
	if err := eachNow(r, wanted, func(record model.Record) error { return tell(record, 0, false) }); err != nil {
		return err
	}
	return eachThen(r, tell)
}

// eachNow tells of every record as it is, of the documents that are wanted.
func eachNow(r reader, wanted func(document) bool, tell func(model.Record) error) error {
	codes := map[accountNumber]string{}
	if err := eachAccount(r.tx, func(n accountNumber, a model.Account) { codes[n] = a.Code }); err != nil {
		return err
	}
	for _, d := range documents {
		if !wanted(d) {
			continue
		}
		if err := r.tx.Bucket(documentBuckets[d]).ForEach(func(key, value []byte) error {
			records, err := r.recordsOf(d, key, value, codes)
			for _, record := range records {
				err = errors.Join(err, tell(record))
			}
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// eachThen tells of every record as the history has it, before a step or after it.
func eachThen(r reader, tell func(record model.Record, step uint64, before bool) error) error {
	codes := map[accountNumber]string{}
	if err := eachAccount(r.tx, func(n accountNumber, a model.Account) { codes[n] = a.Code }); err != nil {
		return err
	}
	for n, code := range formerCodes(r.tx) {
		codes[n] = code
	}
	each := func(key, value []byte) error {
		step := uint64At(key, 0)
		c := codec{reading: true, in: string(copied(value))}
		kind := c.byte()
		for c.err == nil && c.in != "" {
			switch kind {
			case partImages:
				i := c.image()
				if c.err != nil || i.value == nil {
					continue
				}
				records, err := r.recordsOf(i.document, i.key, i.value, codes)
				if err != nil {
					return err
				}
				for _, record := range records {
					if err := tell(record, step, true); err != nil {
						return err
					}
				}
			case partEdits:
				e := c.edit()
				if c.err != nil {
					continue
				}
				if e.Before != nil {
					if err := tell(e.Before, step, true); err != nil {
						return err
					}
				}
				if e.After != nil {
					if err := tell(e.After, step, false); err != nil {
						return err
					}
				}
			default:
				c.fail()
			}
		}
		if c.err != nil {
			return fmt.Errorf("what step %d changed: %w", step, c.err)
		}
		return nil
	}
	if err := r.tx.Bucket(editsBucket).ForEach(each); err != nil {
		return err
	}
	if said := r.tx.Bucket(saidBucket); said != nil {
		return said.ForEach(each)
	}
	return nil
}

// recordsOf are the records of a document's value by the codes of all accounts there
// ever were.
func (r reader) recordsOf(d document, key, value []byte, codes map[accountNumber]string) ([]model.Record, error) {
	t := tableIn[d]
	if t.blocks {
		return r.coder.decodeRows(t.table, codes[numberIn(key)], yearIn(key), value)
	}
	record, err := t.unpack(value)
	if err != nil {
		return nil, fmt.Errorf("%s %q: %w", t.bucket, key, err)
	}
	return []model.Record{record}, nil
}
