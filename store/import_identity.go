package store

// Who an account of a file is: the one on record under another number or name, or a new one.

import (
	"slices"
	"strings"
	"unicode"

	"doppelpass/model"
)

// the code may be what another system calls it, and rows without a code go by name.
func (i *importer) identify(a *model.Account) error {
	known, err := i.named()
	if err != nil {
		return err
	}
	if i.report.Mapping.CodeFromName() {
		return i.codeByName(a, known)
	}
	if _, there, err := i.accountNow(a.Code); there || err != nil {
		return err
	}
	for _, id := range append([]string{a.Code}, a.ExternalIDs...) {
		code, _ := known.aliases.one(id)
		if code == "" && id != a.Code && telling(id) {
			code = id
		}
		if code == "" {
			continue
		}
		other, there, err := i.accountNow(code)
		if err != nil {
			return err
		}
		if there && (a.Name == "" || foldName(other.Name) == foldName(a.Name)) {
			if a.Code != code && !slices.Contains(a.ExternalIDs, a.Code) {
				a.ExternalIDs = append(slices.Clone(a.ExternalIDs), a.Code)
			}
			a.Code = code
			return nil
		}
	}
	return nil
}

// telling reports an identifier that hardly two systems have by chance: letters, or
// many figures.
func telling(id string) bool {
	return len(id) >= 8 || strings.ContainsFunc(id, func(r rune) bool { return r > '9' })
}

// codeByName gives a row without a code one made of its name, and of its town and
// street where another account of that name lies elsewhere.
func (i *importer) codeByName(a *model.Account, known *accountIndex) error {
	name, at := a.Name, a.Address
	ways := []string{name}
	for _, more := range [...]string{at.City, strings.TrimSpace(at.Postcode + " " + at.City), strings.Trim(at.City+", "+at.Street, ", "), a.Phone} {
		if more != "" {
			ways = append(ways, name+", "+more)
		}
	}
	// It may be there under a code of its own.
	if found, _ := known.names.one(foldName(name)); found != "" {
		other, there, err := i.accountNow(found)
		if err != nil {
			return err
		}
		if there && same(other, *a) && !(i.waits(found) && i.otherNumber(other, *a)) {
			a.Code = found
			return nil
		}
	}
	// One that agrees in the telephone as well goes before one that only could be it.
	for _, code := range ways {
		other, there, err := i.accountNow(code)
		if err != nil {
			return err
		}
		if there && same(other, *a) && a.Phone != "" && figures(other.Phone) == figures(a.Phone) {
			a.Code = code
			return nil
		}
	}
	for _, code := range ways {
		if len(code) > maximumCode {
			break
		}
		other, there, err := i.accountNow(code)
		if err != nil {
			return err
		}
		if !there || same(other, *a) && !(i.waits(code) && i.otherNumber(other, *a)) {
			a.Code = code
			return nil
		}
	}
	a.Code = ways[len(ways)-1]
	return nil
}

// otherNumber reports rows of one file that have a telephone number each: without
// people in it these are two customers of one name.
func (i *importer) otherNumber(a, b model.Account) bool {
	if a.Phone == "" || b.Phone == "" || figures(a.Phone) == figures(b.Phone) {
		return false
	}
	m := i.report.Mapping
	return m.Target("first_name") < 0 && m.Target("last_name") < 0
}

// same reports whether two accounts of one name can be one: nothing that both say of
// where they are differs, and without an address the telephone decides.
func same(a, b model.Account) bool {
	if apart(a.Address, b.Address) {
		return false
	}
	if a.Address == (model.Address{}) && b.Address == (model.Address{}) {
		return a.Phone == "" || b.Phone == "" || figures(a.Phone) == figures(b.Phone)
	}
	return true
}

// strangers reports accounts of one code of which nothing agrees: their names share no
// word, and neither telephone, e-mail nor street is the same.
func strangers(a, b model.Account) bool {
	if a.Name == "" || b.Name == "" || a.Name == a.Code || foldName(a.Name) == foldName(b.Name) {
		return false
	}
	if a.Phone != "" && figures(a.Phone) == figures(b.Phone) || a.Email != "" && strings.EqualFold(a.Email, b.Email) || a.Address.Street != "" && foldStreet(a.Address.Street) == foldStreet(b.Address.Street) {
		return false
	}
	words := strings.FieldsFunc(foldName(a.Name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for word := range strings.FieldsFuncSeq(foldName(b.Name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(word) > 2 && !forms[word] && slices.Contains(words, word) {
			return false
		}
	}
	return true
}

// forms are words in names of companies that say nothing of which company it is.
var forms = map[string]bool{"gmbh": true, "und": true, "and": true, "mbh": true, "ohg": true, "ltd": true, "inc": true, "llc": true, "sarl": true, "srl": true, "firma": true, "the": true}

// apart reports addresses that are two places.
func apart(a, b model.Address) bool {
	differ := func(x, y string) bool { return x != "" && y != "" && foldStreet(x) != foldStreet(y) }
	return differ(a.Postcode, b.Postcode) || differ(a.City, b.City) || differ(a.Street, b.Street)
}

// foldStreet is a part of an address as it is compared: Hauptstr. 5 and Hauptstraße 5
// are one.
func foldStreet(s string) string {
	s = strings.NewReplacer("strasse", "str", "str.", "str", "-", " ", ",", " ").Replace(foldName(s))
	return strings.Join(strings.Fields(s), " ")
}

// figures are the figures of a telephone number.
func figures(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
