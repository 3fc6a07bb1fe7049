package store

// Which account a row of a file means: by its code, by what other systems call it,
// by its name. Case, the two ways of writing an umlaut and ß or SS make no
// difference where only one account fits.

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"doppelpass/model"
)

// accountIndex is what the files of one import know of all accounts.
type accountIndex struct {
	numbers *accountCodes       // nil until needed
	names   map[string][]string // folded name → codes; nil until needed
	codes   map[string][]string // folded code → codes, with names
	aliases map[string][]string // identifier of another system → codes, with names
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
	if x.names == nil {
		return
	}
	put := func(to map[string][]string, key string) {
		if key != "" && !slices.Contains(to[key], a.Code) {
			to[key] = append(to[key], a.Code)
		}
	}
	put(x.names, foldName(a.Name))
	put(x.codes, foldCode(a.Code))
	for _, id := range a.ExternalIDs {
		put(x.aliases, id)
	}
}

// accounts knows every account's code.
func (i *importer) accounts() (*accountCodes, error) {
	x := i.index
	if x.numbers != nil {
		return x.numbers, nil
	}
	x.numbers = newAccountCodes(int(i.bucket(docAccounts).Sequence()))
	i.known = x.numbers // a file names nearly all of them
	return x.numbers, i.tx.Bucket(accountNumbers).ForEach(func(key, value []byte) error {
		x.numbers.tell(key, numberIn(value))
		return nil
	})
}

// named knows every account by its name and its identifiers.
func (i *importer) named() (*accountIndex, error) {
	x := i.index
	if x.names != nil {
		return x, nil
	}
	x.names, x.codes, x.aliases = map[string][]string{}, map[string][]string{}, map[string][]string{}
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

// one is the only code of a list, "" otherwise.
func one(codes []string) string {
	if len(codes) == 1 {
		return codes[0]
	}
	return ""
}
