package store

// Whom a name means: looked up in the records as they are and as they were.

import (
	"fmt"
	"slices"
	"strings"

	"doppelpass/model"
)

// identity is what somebody is and was called.
type identity struct {
	account  string   // one that was asked for by its code; "": none
	customer []string // the account's names
	names    []string // of contact persons, at accounts
	at       map[string][]string
	house    []string // names of reps and people
	codes    []string // theirs
	emails   []string
	phones   []string
	own      []model.Record
	held     string
}

func addTo(list *[]string, text string) {
	if text = strings.TrimSpace(text); text != "" && !slices.Contains(*list, text) {
		*list = append(*list, text)
	}
}

// identify looks up whom a name means.
func identify(r reader, who Who) (id identity, err error) {
	id.at = map[string][]string{}
	wanted, _ := folded(who.Name)
	if wanted == "" {
		return id, ErrNobody
	}
	called := func(name string) bool { form, _ := folded(name); return form == wanted }
	if _, ok := r.number(who.Name); ok || r.tx.Bucket(formerNumbers).Get([]byte(who.Name)) != nil {
		id.account = who.Name
	}
	if id.account == "" && who.Account == "" { // by the account's name, where one alone has it
		var codes []string
		if err := eachAccount(r.tx, func(_ accountNumber, a model.Account) {
			if called(a.Name) {
				codes = append(codes, a.Code)
			}
		}); err != nil {
			return id, err
		}
		if len(codes) == 1 {
			id.account = codes[0]
		} else if len(codes) > 1 {
			return id, Ambiguous{who.Name, codes, false}
		}
	}
	links := map[string]bool{} // codes of reps who are the person, and the other way round
	take := func(record model.Record, now bool) {
		own := true
		switch c := record.(type) {
		case model.Account:
			if now && c.Hold && (c.Code == id.account || c.Code == who.Account) {
				id.held = c.Code
			}
			if own = id.account != "" && c.Code == id.account; own {
				addTo(&id.customer, c.Name)
				addTo(&id.emails, c.Email)
				addTo(&id.phones, c.Phone)
			}
		case model.Contact:
			if own = id.account != "" && c.Account == id.account || called(c.Name) && (who.Account == "" || c.Account == who.Account); own {
				addTo(&id.names, c.Name)
				if accounts := id.at[c.Account]; now || accounts == nil {
					addTo(&accounts, c.Name)
					id.at[c.Account] = accounts
				}
				addTo(&id.emails, c.Email)
				addTo(&id.phones, c.Phone)
			}
		case model.Rep:
			if own = who.Account == "" && id.account == "" && (called(c.Name) || strings.EqualFold(c.Code, who.Name) || links[c.Code]); own {
				addTo(&id.house, c.Name)
				addTo(&id.codes, c.Code)
				addTo(&id.emails, c.Email)
				links[c.Code] = true
			}
		case model.Person:
			if own = who.Account == "" && id.account == "" && (called(c.Name) || strings.EqualFold(c.Code, who.Name) || links[c.Rep]); own {
				addTo(&id.house, c.Name)
				addTo(&id.codes, c.Code)
				if c.Rep != "" {
					links[c.Rep] = true
				}
			}
		default:
			return
		}
		if own && now && !slices.ContainsFunc(id.own, func(o model.Record) bool { return o.Key() == record.Key() }) {
			id.own = append(id.own, record)
		}
	}
	// Twice: a rep that a person is may come before the person.
	whose := func(d document) bool { return d == docAccounts || d == docContacts || d == docReps || d == docPeople }
	for range 2 {
		if err := everRecordOf(r, whose, func(record model.Record, step uint64, _ bool) error {
			take(record, step == 0)
			return nil
		}); err != nil {
			return id, err
		}
	}
	delete(links, "")
	return id, id.alone(who)
}

// alone refuses a name that several have.
func (id identity) alone(who Who) error {
	if who.All || id.account != "" {
		return nil
	}
	var accounts []string
	for account := range id.at {
		accounts = append(accounts, account)
	}
	slices.Sort(accounts)
	if len(accounts) > 1 || len(accounts) == 1 && len(id.house) > 0 {
		return Ambiguous{who.Name, accounts, len(id.house) > 0}
	}
	return nil
}

// shared are the numbers and addresses that are not the person's alone: the account's, or
// a colleague's.
func (id identity) shared(r reader) (map[string]bool, error) {
	settings, err := settingsIn(r)
	if err != nil {
		return nil, err
	}
	others := map[string]bool{}
	note := func(phone, email string) {
		if number := NormalNumber(phone, settings.Country); number != "" {
			others[number] = true
		}
		if email != "" {
			others[mustFold(email)] = true
		}
	}
	if err := eachRecord(r.tx, docAccounts, (*codec).account, func(a model.Account) {
		if a.Code != id.account {
			note(a.Phone, a.Email)
		}
	}); err != nil {
		return nil, err
	}
	err = eachRecord(r.tx, docContacts, (*codec).contact, func(c model.Contact) {
		if c.Account != id.account && !slices.ContainsFunc(id.own, func(o model.Record) bool { return o.Key() == c.Key() }) {
			note(c.Phone, c.Email)
		}
	})
	return others, err
}

func mustFold(name string) string {
	form, _ := folded(name)
	return form
}

// lines are the lines of the deletion book that somebody would have. Codes of the house
// are among them where they tell the name, or where all is asked for.
func (id identity) lines(r reader, who Who, secret []byte, allCodes bool) ([]model.Erasure, error) {
	others, err := id.shared(r)
	if err != nil {
		return nil, err
	}
	settings, err := settingsIn(r)
	if err != nil {
		return nil, err
	}
	own := func(names []string) (ways []string) {
		for _, name := range names {
			ways = append(ways, nameWays(secret, name)...)
		}
		for _, email := range id.emails {
			if !others[mustFold(email)] {
				ways = append(ways, hashName(secret, asWords, email))
			}
		}
		for _, phone := range id.phones {
			if number := NormalNumber(phone, settings.Country); number != "" && !others[number] {
				ways = append(ways, hashName(secret, asNumber, number))
			}
		}
		slices.Sort(ways)
		return slices.Compact(ways)
	}
	line := func(kind model.ErasureKind, account string, ways []string) model.Erasure {
		return model.Erasure{ID: NewRowID(), Kind: kind, Account: account, Names: ways, Secret: fmt.Sprintf("%x", secret)}
	}
	var lines []model.Erasure
	switch {
	case id.account != "":
		lines = append(lines, line(model.EraseAccount, id.account, own(id.customer)))
		for _, name := range id.names {
			lines = append(lines, line(model.EraseContact, id.account, nameWays(secret, name)))
		}
		return lines, nil
	case len(id.house) > 0:
		ways := own(id.house)
		for _, code := range id.codes {
			if allCodes || tellsName(code, id.house) {
				ways = append(ways, hashName(secret, asWhole, code))
			}
		}
		lines = append(lines, line(model.ErasePerson, who.Account, ways))
		if len(id.names) == 0 {
			return lines, nil
		}
	}
	names := id.names
	if len(names) == 0 { // nobody's record, but perhaps a text
		names = []string{who.Name}
		if !slices.ContainsFunc(nameWays(secret, who.Name), func(way string) bool { return way[0] == asWords }) {
			return nil, ErrTooShort
		}
	}
	if len(names) == 1 && len(lines) > 0 && mustFold(names[0]) == mustFold(id.house[0]) {
		return lines, nil // the same name, everywhere
	}
	return append(lines, line(model.EraseContact, who.Account, own(names))), nil
}

// tellsName reports whether a code shows a part of a name.
func tellsName(code string, names []string) bool {
	const part = 3 // letters
	form := strings.ReplaceAll(mustFold(code), " ", "")
	for _, name := range names {
		for _, w := range wordsIn(name) {
			if len(w.folded) >= part && strings.Contains(form, w.folded) {
				return true
			}
		}
	}
	return false
}
