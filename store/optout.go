package store

// The book of opt-outs. Whoever said "never again" stays in it, whatever becomes of
// the record that brought it: an undo, a later import, a changed outcome or a
// deleted account take nothing out. Telephone numbers stand in it as keyed hashes,
// so that the book tells no number to whoever reads the file.

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// keyNumbers is where the key of the hashes lies. It is made with the store, and goes with
// every copy: only stores that have the same one know each other's numbers.
var keyNumbers = []byte("number key")

// numberKey is the key, which is made where there is none.
func numberKey(tx *bolt.Tx) ([]byte, error) {
	meta := tx.Bucket(metaBucket)
	if key := meta.Get(keyNumbers); key != nil {
		return key, nil
	}
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("making the key of the opt-outs: %w", err)
	}
	return key, meta.Put(keyNumbers, key)
}

// NumberKey is the key of the hashes of telephone numbers, for a replica; nil: there is none.
func (s *Store) NumberKey() (key []byte, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		key = bytes.Clone(tx.Bucket(metaBucket).Get(keyNumbers))
		return nil
	})
	return key, err
}

// TakeNumberKey gives a replica its server's key, where it has none: an earlier program made
// the key with the first opt-out, and a replica that was made before would make one of its own.
func (s *Store) TakeNumberKey(key []byte) error {
	if mine, err := s.NumberKey(); err != nil || mine != nil || len(key) == 0 || s.readOnly {
		return err
	}
	s.changing.Lock()
	defer s.changing.Unlock()
	return s.db.Update(func(tx *bolt.Tx) error {
		meta := tx.Bucket(metaBucket)
		if _, is, err := readReplica(tx); err != nil || !is || meta.Get(keyNumbers) != nil {
			return err
		}
		return meta.Put(keyNumbers, key)
	})
}

// willChange is what a step makes of a customer's will to be called, as one record
// tells it: from before all of its changes to after them.
type willChange struct{ before, after model.Record }

// noteWill keeps in mind an edit that says something of a customer's will to be
// called. What comes and goes within one step says nothing.
func (w *writer) noteWill(e model.Edit) {
	switch after := e.After.(type) {
	case model.Call:
		before, was := e.Before.(model.Call)
		if after.Outcome != model.CallOptOut && !(was && before.Outcome == model.CallOptOut) {
			return
		}
	case model.Account:
		before, _ := e.Before.(model.Account)
		if after.Consent == before.Consent && after.ConsentBasis == before.ConsentBasis && after.DoNotCall == before.DoNotCall {
			return
		}
	default:
		return
	}
	id := e.After.Key().Identity()
	change, known := w.wills[id]
	if !known {
		if w.wills == nil {
			w.wills = map[model.Key]willChange{}
		}
		change.before = e.Before
		w.willOrder = append(w.willOrder, id)
	}
	change.after = e.After
	w.wills[id] = change
}

// writeWills writes what the step says of customers' will to be called: lines of the
// consent book, and of the book of opt-outs where nobody is to call any more.
func (w *writer) writeWills() error {
	for _, id := range w.willOrder {
		change := w.wills[id]
		var err error
		switch after := change.after.(type) {
		case model.Call:
			before, was := change.before.(model.Call)
			if after.Outcome == model.CallOptOut && !(was && before.Outcome == model.CallOptOut) {
				err = w.addObjection(after)
			}
		case model.Account:
			before, _ := change.before.(model.Account)
			err = w.noteAccountConsent(before, after)
		}
		if err != nil {
			return err
		}
	}
	w.wills, w.willOrder = nil, nil
	return nil
}

func (w *writer) addObjection(c model.Call) error {
	if err := w.addConsent(model.ConsentLine{Account: c.Account, Event: model.ConsentObjection, Date: c.Date, Evidence: c.Note}); err != nil {
		return err
	}
	return w.addOptOut(model.OptOut{Account: c.Account, Since: c.Date})
}

func (w *writer) noteAccountConsent(before, after model.Account) error {
	today := model.DateOf(w.store.now())
	line := model.ConsentLine{Account: after.Code, Date: today, Evidence: after.ConsentBasis}
	if after.Consent != before.Consent || after.ConsentBasis != before.ConsentBasis {
		switch {
		case after.Consent == model.ConsentGiven:
			line.Event = model.ConsentExpress
		case after.Consent == model.ConsentPresumed:
			line.Event = model.ConsentAssumed
		case before.Consent != model.ConsentNone:
			line.Event = model.ConsentUnrecorded
		}
	}
	// A long list says of each account the same; the records themselves carry it.
	if line.Event != "" && !(line.Event == model.ConsentAssumed && w.count > editLimit) {
		if err := w.addConsent(line); err != nil {
			return err
		}
	}
	switch {
	case after.DoNotCall && !before.DoNotCall:
		line.Event, line.Evidence = model.ConsentObjection, ""
		if err := w.addConsent(line); err != nil {
			return err
		}
		return w.addOptOut(model.OptOut{Account: after.Code, Since: today})
	case w.personal && line.Event == model.ConsentExpress && !after.DoNotCall && after.ConsentBasis != "":
		return w.liftOptOut(after.Code)
	}
	return nil
}

// addConsent adds a line to the consent book.
func (w *writer) addConsent(line model.ConsentLine) (err error) {
	if w.loading {
		return nil // what a store is made with is no event
	}
	if line.Number, err = w.numberOf(line.Account); err != nil {
		return err
	}
	line.ID, line.How, line.By = NewRowID(), w.action, w.actor.Name
	t := tableIn[docConsents]
	return w.put(docConsents, t.at(w.reader, line.Key()), t.pack(line))
}

// numberOf is the hashed form of an account's telephone number; "" where it has none.
func (w *writer) numberOf(code string) (string, error) {
	n, ok := w.number(code)
	if !ok {
		return "", nil
	}
	value := w.bucket(docAccounts).Get(n.key())
	if value == nil {
		return "", nil
	}
	account, err := decode((*codec).account, value)
	if err != nil {
		return "", err
	}
	return w.numberHash(account.Phone, w.countryOf(account))
}

// consentKey orders the consent book by account, then by when a line was written.
func consentKey(account string, id model.RowID) []byte {
	return append([]byte(account+"\x00"), id[:]...)
}

// Consents is an account's lines of the consent book, oldest first.
func (s *Store) Consents(account string) (lines []model.ConsentLine, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		prefix := []byte(account + "\x00")
		cursor := tx.Bucket(documentBuckets[docConsents]).Cursor()
		for key, value := cursor.Seek(prefix); bytes.HasPrefix(key, prefix); key, value = cursor.Next() {
			line, err := decode((*codec).consent, value)
			if err != nil {
				return fmt.Errorf("the consent book at account %q: %w", account, err)
			}
			lines = append(lines, line)
		}
		return nil
	})
	return lines, err
}

// OptOuts are the lines of the book of opt-outs that concern an account, by its code
// or by its number's hashed form.
func (s *Store) OptOuts(account, number string) (lines []model.OptOut, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		return eachRecord(tx, docOptOuts, (*codec).optOut, func(o model.OptOut) {
			if account != "" && o.Account == account || number != "" && o.Number == number {
				lines = append(lines, o)
			}
		})
	})
	return lines, err
}

// AddOptOuts takes telephone numbers into the book of opt-outs by themselves, and every
// account that has one of them; a number that does not say its country is one of the
// setting's. It is one step of the history like any other, but for that it is never
// taken back. Accounts are the codes of those concerned. Errors: ErrNoNumber where one
// of them is none (nothing is written then), ErrReadOnly, model.Forbidden.
func (s *Store) AddOptOuts(actor model.Actor, phones []string, evidence string) (accounts []string, err error) {
	_, err = s.update(func(w *writer) error {
		if err := w.admit(&actor); err != nil {
			return err
		}
		w.begin(actor, "optout.add")
		settings, err := settingsIn(w.reader)
		if err != nil {
			return err
		}
		today := model.DateOf(s.now())
		numbers := make(map[string]bool, len(phones))
		for _, phone := range phones {
			number := NormalNumber(phone, settings.Country)
			if number == "" {
				return fmt.Errorf("%q: %w", phone, ErrNoNumber)
			}
			numbers[number] = true
			hash, err := w.numberHash(number, "")
			if err != nil {
				return err
			}
			line := model.OptOut{Number: hash, Since: today}
			if err := actor.May(model.Edit{After: line}); err != nil {
				return err
			}
			if err := w.putOptOut(line); err != nil {
				return err
			}
		}
		var with []model.Account
		if err := eachRecord(w.tx, docAccounts, (*codec).account, func(a model.Account) {
			if a.Phone != "" && numbers[NormalNumber(a.Phone, w.countryOf(a))] {
				with = append(with, a)
			}
		}); err != nil {
			return err
		}
		for _, a := range with {
			accounts = append(accounts, a.Code)
			if err := w.addConsent(model.ConsentLine{Account: a.Code, Event: model.ConsentObjection, Date: today, Evidence: evidence}); err != nil {
				return err
			}
			if err := w.addOptOut(model.OptOut{Account: a.Code, Since: today}); err != nil {
				return err
			}
		}
		return w.record(actor, "optout.add", "")
	})
	return accounts, err
}

func (w *writer) addOptOut(line model.OptOut) error {
	number, err := w.numberOf(line.Account)
	if err != nil {
		return err
	}
	line.Number = number
	return w.putOptOut(line)
}

// putOptOut writes a line, unless one stands that has been there longer.
func (w *writer) putOptOut(line model.OptOut) error {
	t := tableIn[docOptOuts]
	at := t.at(w.reader, line.Key())
	if value := w.bucket(docOptOuts).Get(at); value != nil {
		known, err := decode((*codec).optOut, value)
		if err != nil || known.Since <= line.Since && (known.Lifted == 0 || line.Since < known.Lifted) {
			return err
		}
	}
	return w.put(docOptOuts, at, t.pack(line))
}

// countryOf is the country of an account's telephone number that says none: its own,
// else its territory's, else the setting's. The model asks the same (Day.number).
func (w *writer) countryOf(account model.Account) string {
	country := account.Address.Country
	if country == "" && account.Territory != "" {
		if record, err := w.reader.get(model.Territory{Code: account.Territory}.Key()); err == nil {
			country = record.(model.Territory).Country
		}
	}
	if country == "" {
		if settings, err := settingsIn(w.reader); err == nil {
			country = settings.Country
		}
	}
	return country
}

// liftOptOut ends the account's lines: the customer has given a new express consent.
func (w *writer) liftOptOut(account string) error {
	t := tableIn[docOptOuts]
	for _, key := range w.keysOf(docOptOuts, []byte(account+"\x00")) {
		line, err := decode((*codec).optOut, w.bucket(docOptOuts).Get(key))
		if err != nil {
			return err
		}
		if line.Lifted == 0 {
			line.Lifted = model.DateOf(w.store.now())
			if err := w.put(docOptOuts, key, t.pack(line)); err != nil {
				return err
			}
		}
	}
	return nil
}

// numberHash is the hashed form of a telephone number; "" for what is none.
func (w *writer) numberHash(phone, country string) (string, error) {
	number := NormalNumber(phone, country)
	if number == "" {
		return "", nil
	}
	key, err := numberKey(w.tx)
	if err != nil {
		return "", err
	}
	return hashNumber(key, number), nil
}

func hashNumber(key []byte, number string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(number))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// hashOf hashes numbers in their one form, "" while there is no key: that of a replica of an
// earlier program may come later.
func (s *Store) hashOf() func(number string) string {
	var lock sync.Mutex
	var key []byte
	return func(number string) string {
		lock.Lock()
		defer lock.Unlock()
		if len(key) == 0 {
			if err := s.db.View(func(tx *bolt.Tx) error {
				key = append(key, tx.Bucket(metaBucket).Get(keyNumbers)...)
				return nil
			}); err != nil || len(key) == 0 {
				return ""
			}
		}
		return hashNumber(key, number)
	}
}

// NumberHash gives the hashed form of telephone numbers as the book of opt-outs has
// them; "" for what is no number, and for all where there is no key.
func (s *Store) NumberHash() (hash func(phone, country string) string, err error) {
	var key []byte
	var ours string
	err = s.db.View(func(tx *bolt.Tx) error {
		key = append(key, tx.Bucket(metaBucket).Get(keyNumbers)...)
		settings, err := settingsIn(reader{tx: tx})
		ours = settings.Country
		return err
	})
	return func(phone, country string) string {
		number := NormalNumber(phone, cmp.Or(country, ours))
		if number == "" || len(key) == 0 {
			return ""
		}
		return hashNumber(key, number)
	}, err
}
