package store

// The book of opt-outs. Whoever said "never again" stays in it, whatever becomes of
// the record that brought it: an undo, a later import, a changed outcome or a
// deleted account take nothing out. Telephone numbers stand in it as keyed hashes,
// so that the book tells no number to whoever reads the file.

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/nyaruka/phonenumbers"
	bolt "go.etcd.io/bbolt"

	"doppelpass/model"
)

// keyNumbers is where the key of the hashes lies, made with the first opt-out.
var keyNumbers = []byte("number key")

// noteOptOut writes a line where an edit says that nobody is to call any more.
func (w *writer) noteOptOut(e model.Edit) error {
	var line model.OptOut
	switch after := e.After.(type) {
	case model.Call:
		before, was := e.Before.(model.Call)
		if after.Outcome != model.CallOptOut || was && before.Outcome == model.CallOptOut {
			return nil
		}
		line = model.OptOut{Account: after.Account, Since: after.Date}
	case model.Account:
		before, was := e.Before.(model.Account)
		if w.personal && !after.DoNotCall && after.Consent == model.ConsentGiven && was && before.Consent != model.ConsentGiven {
			return w.liftOptOut(after.Code)
		}
		if !after.DoNotCall || was && before.DoNotCall {
			return nil
		}
		line = model.OptOut{Account: after.Code, Since: model.DateOf(w.store.now())}
	default:
		return nil
	}
	return w.addOptOut(line)
}

func (w *writer) addOptOut(line model.OptOut) error {
	if n, ok := w.number(line.Account); ok {
		if value := w.bucket(docAccounts).Get(n.key()); value != nil {
			account, err := decode((*codec).account, value)
			if err != nil {
				return err
			}
			if line.Number, err = w.numberHash(account.Phone, account.Address.Country); err != nil {
				return err
			}
		}
	}
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
	meta := w.tx.Bucket(metaBucket)
	key := meta.Get(keyNumbers)
	if key == nil {
		key = make([]byte, 32)
		if _, err := rand.Read(key); err != nil {
			return "", fmt.Errorf("making the key of the opt-outs: %w", err)
		}
		if err := meta.Put(keyNumbers, key); err != nil {
			return "", err
		}
	}
	return hashNumber(key, number), nil
}

func hashNumber(key []byte, number string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(number))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// NumberHash gives the hashed form of telephone numbers as the book of opt-outs has
// them; "" for what is no number, and for all where the book is empty.
func (s *Store) NumberHash() (hash func(phone, country string) string, err error) {
	var key []byte
	err = s.db.View(func(tx *bolt.Tx) error {
		key = append(key, tx.Bucket(metaBucket).Get(keyNumbers)...)
		return nil
	})
	return func(phone, country string) string {
		number := NormalNumber(phone, country)
		if number == "" || len(key) == 0 {
			return ""
		}
		return hashNumber(key, number)
	}, err
}

// NormalNumber is a telephone number in the form +4930123456 (E.164), "" for what
// is none. A number without a country's code is of the country given, a code of
// two letters; without one of Germany.
func NormalNumber(phone, country string) string {
	if phone == "" {
		return ""
	}
	if len(country) != 2 {
		country = "DE"
	}
	number, err := phonenumbers.Parse(phone, country)
	if err != nil || len(phone) < 5 {
		return ""
	}
	return phonenumbers.Format(number, phonenumbers.E164)
}
