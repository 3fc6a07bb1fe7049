package store

// Which account a row of a file means: by its code, by what other systems call it,
// by its name. Case, the two ways of writing an umlaut and ß or SS make no
// difference where only one account fits.

import (
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"

	"doppelpass/model"
	"doppelpass/store/faults"
	bolt "doppelpass/store/sealed"
)

// accountIndex is what the files of one import know of all accounts.
type accountIndex struct {
	ahead   *accountCodes // as they were before the import; nil: not read
	numbers *accountCodes // nil until needed
	named   bool          // what follows is filled
	names   codesBy       // folded name → codes
	codes   codesBy       // folded code → codes
	aliases codesBy       // identifier of another system → codes
	texts   packedTexts   // of these
}

// add takes an account in that was stored.
func (x *accountIndex) add(a model.Account, n accountNumber) {
	if x.numbers != nil {
		x.numbers.put(a.Code, n)
	}
	x.know(a)
}

// know takes in what an account is called.
func (x *accountIndex) know(a model.Account) {
	if !x.named {
		return
	}
	x.names.put(foldName(a.Name), a.Code)
	x.codes.put(foldCode(a.Code), a.Code)
	for _, id := range a.ExternalIDs {
		x.aliases.put(id, a.Code)
	}
}

// called is the account that a code means which is not its own: what another system calls
// it, or the same but for what spreadsheets make of it; "" where none or several may be meant.
func (x *accountIndex) called(code string) string {
	if found, _ := x.aliases.one(code); found != "" {
		return found
	}
	found, _ := x.codes.one(foldCode(code))
	return found
}

// accounts knows every account's code.
func (i *importer) accounts() (*accountCodes, error) {
	x := i.index
	if x.numbers != nil {
		return x.numbers, nil
	}
	if x.numbers = x.ahead; x.numbers == nil {
		var err error
		if x.numbers, err = codesIn(i.tx); err != nil {
			return nil, err
		}
	}
	i.known = x.numbers // a file names nearly all of them
	return x.numbers, nil
}

// codesIn are the codes of all accounts of a transaction.
func codesIn(tx *bolt.Tx) (*accountCodes, error) {
	codes := newAccountCodes(int(tx.Bucket(documentBuckets[docAccounts]).Sequence()))
	return codes, tx.Bucket(accountNumbers).ForEach(func(key, value []byte) error {
		codes.tell(key, numberIn(value))
		return nil
	})
}

// knownAhead are the codes of all accounts as a transaction had them.
type knownAhead struct {
	codes *accountCodes // nil: not read
	state bolt.State
}

// codesAhead reads the codes of all accounts, while the files are read and before the store
// is held, where they name accounts and bring none. What goes wrong is told by whoever reads
// the codes after that.
func (s *Store) codesAhead(sources []Source) (wait func() knownAhead) {
	name, bring := false, false
	for _, source := range sources {
		switch source.Mapping.Table {
		case model.TableVisits, model.TableCalls:
			name = true
		case model.TableAccounts:
			bring = true
		}
	}
	if !name || bring {
		return func() knownAhead { return knownAhead{} }
	}
	var known knownAhead
	read := faults.Beside(func() {
		if err := s.db.View(func(tx *bolt.Tx) (err error) {
			known.state = tx.State()
			known.codes, err = codesIn(tx)
			return err
		}); err != nil {
			known = knownAhead{}
		}
	})
	return func() knownAhead {
		read()
		return known
	}
}

// of are the codes if nothing was changed before a transaction; else nil.
func (k knownAhead) of(tx *bolt.Tx) *accountCodes {
	if tx.State() != k.state {
		return nil
	}
	return k.codes
}

// named knows every account by its name and its identifiers.
func (i *importer) named() (*accountIndex, error) {
	x := i.index
	if x.named {
		return x, nil
	}
	x.named = true
	x.names.texts, x.codes.texts, x.aliases.texts = &x.texts, &x.texts, &x.texts
	return x, i.bucket(docAccounts).ForEach(func(key, value []byte) error {
		a, err := decode((*codec).account, value)
		if err != nil {
			return fmt.Errorf("account number %d: %w", numberIn(key), err)
		}
		x.add(a, numberIn(key))
		return nil
	})
}

// stored tells the index of an account that was put.
func (i *importer) stored(a model.Account) {
	n, _ := i.number(a.Code)
	i.index.add(a, n)
}

var sharpS = strings.NewReplacer("ß", "ss", "ẞ", "ss")

// foldName is a name as it is compared.
func foldName(s string) string {
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	return sharpS.Replace(strings.ToLower(strings.Join(strings.Fields(s), " ")))
}

// foldCode is a code as it is compared where it does not fit as it stands: without
// case, and without the zeros before it that spreadsheets take away.
func foldCode(s string) string {
	s = strings.TrimSuffix(foldName(s), ".0") // 100017.0
	if short := strings.TrimLeft(s, "0"); short != "" {
		return short
	}
	return s
}
