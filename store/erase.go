package store

// Everything about a person, and its end. Whom a name means is looked up in the records
// as they are and as they were; what is found of them and what goes with them is found
// by the same hashes.

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	bolt "doppelpass/store/sealed"

	"doppelpass/model"
)

// Who is asked for: a name, or an account's code.
type Who struct {
	Name    string
	Account string // only who is so called at this account; "": wherever
	All     bool   // of several who are called so, all
}

// ErrNobody says that nothing in the store bears a name.
var ErrNobody = errors.New("nobody is called that")

// ErrTooShort says that a single short word names nobody: it would be found in other words'
// meaning, too.
var ErrTooShort = errors.New("a single short word is no name to look for")

// ErrOwnErasure says that nobody erases themselves.
var ErrOwnErasure = errors.New("nobody erases themselves")

// ErrOnServer says that a laptop's store is not where somebody is erased: its server is,
// which has it done on all laptops.
var ErrOnServer = errors.New("this is done on the server")

// Ambiguous says that several are called so.
type Ambiguous struct {
	Name     string
	Accounts []string // of contact persons
	House    bool     // and somebody of the house
}

// Error implements error.
func (e Ambiguous) Error() string {
	return fmt.Sprintf("several are called %q: %s", e.Name, strings.Join(e.Accounts, ", "))
}

// Held says that an account is held: nothing of it may go.
type Held struct{ Account string }

// Error implements error.
func (e Held) Error() string { return fmt.Sprintf("the account %q is held", e.Account) }

// Known is all that the store knows of somebody.
type Known struct {
	Kind    model.ErasureKind
	Names   []string // what they are called, as it is written
	Account string   // the account, where one was asked for
	// Own are the person's own records as they are now: contact, rep, person, account.
	Own     []model.Record
	Records []KnownRecord
	Steps   []KnownStep
	OptOuts []model.OptOut // by their number, or of the account; they stay
	// Mappings counts what is remembered of files' columns and names the person.
	Mappings int
	// Alike are texts that have the last name alone, and may mean somebody else: nothing
	// happens to them.
	Alike []KnownRecord
}

// KnownRecord is a record that names somebody.
type KnownRecord struct {
	Record model.Record
	Fields []string // that name the person; none: the record is the person's own or of the account
}

// KnownStep is a step of the history that somebody made or that names them.
type KnownStep struct {
	Entry
	Made    bool // by them
	Named   bool // in its subject
	Before  []KnownRecord
	After   []KnownRecord
	Changed int // records that it changed
}

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
	return r.tx.Bucket(editsBucket).ForEach(func(key, value []byte) error {
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
	})
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

// Person tells all that the store knows of somebody, and with the codes of the house:
// rows that name them by a code alone. Errors: ErrNobody, Ambiguous, ErrTooShort.
func (s *Store) Person(who Who) (Known, error) { return s.known(who, true) }

// Erasing tells what would go with somebody, as Person does, but for rows that name them
// by a code that does not tell the name: they stay. Errors: Person's, and Held.
func (s *Store) Erasing(who Who) (Known, error) { return s.known(who, false) }

func (s *Store) known(who Who, allCodes bool) (known Known, err error) {
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		r := reader{tx, coder}
		id, err := identify(r, who)
		if err != nil {
			return err
		}
		if id.held != "" && !allCodes {
			return Held{id.held}
		}
		lines, err := id.lines(r, who, []byte{0}, allCodes)
		if err != nil {
			return err
		}
		settings, err := settingsIn(r)
		if err != nil {
			return err
		}
		x := newRedactor(lines, settings.Country)
		if !allCodes {
			if err := heldAgainst(r, x); err != nil {
				return err
			}
		}
		known = Known{Account: id.account, Own: id.own, Kind: lines[0].Kind, Names: slices.Concat(id.customer, id.house, id.names)}
		if len(known.Names) == 0 {
			known.Names = []string{who.Name}
		}
		return known.gather(r, x, id)
	})
	if err == nil && len(known.Own)+len(known.Records)+len(known.Steps)+known.Mappings == 0 {
		err = ErrNobody
	}
	return known, err
}

// heldAgainst refuses what would change a record of an account that is held, as it is or
// as it was: Held.
func heldAgainst(r reader, x *redactor) error {
	held, err := heldAccounts(r.tx)
	if err != nil || len(held) == 0 || x == nil {
		return err
	}
	return everRecord(r, func(record model.Record, _ uint64, _ bool) error {
		account := agedAccount(record)
		if !held[account] {
			return nil
		}
		if _, is := x.names(record); is {
			return Held{account}
		}
		return nil
	})
}

// gather finds every place.
func (k *Known) gather(r reader, x *redactor, id identity) error {
	steps := map[uint64]*KnownStep{}
	stepOf := func(step uint64) *KnownStep {
		if steps[step] == nil {
			steps[step] = &KnownStep{}
		}
		return steps[step]
	}
	alike := lastNames(k.Names)
	err := everRecord(r, func(record model.Record, step uint64, before bool) error {
		named, is := x.names(record)
		if !is {
			if step == 0 && mentions(record, alike) {
				k.Alike = append(k.Alike, KnownRecord{Record: record})
			}
			return nil
		}
		found := KnownRecord{record, named}
		switch {
		case step == 0:
			if !slices.ContainsFunc(k.Own, func(o model.Record) bool { return o.Key() == record.Key() }) {
				k.Records = append(k.Records, found)
			}
		case before:
			stepOf(step).Before = append(stepOf(step).Before, found)
		default:
			stepOf(step).After = append(stepOf(step).After, found)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := r.tx.Bucket(journalBucket).ForEach(func(_, value []byte) error {
		e, err := decodeEntry(value)
		if err != nil {
			return err
		}
		made := x.text(anywhere, model.TellsWho, e.Actor) != e.Actor || x.text(anywhere, model.TellsWho, e.Person) != e.Person
		subject := x.text(anywhere, model.TellsText, e.Subject) != e.Subject
		if made || subject || steps[e.Step] != nil {
			step := stepOf(e.Step)
			step.Entry, step.Made, step.Named = e, made, subject
			for _, t := range e.Tally {
				step.Changed += t.Added + t.Changed + t.Removed
			}
		}
		return nil
	}); err != nil {
		return err
	}
	for _, step := range steps {
		k.Steps = append(k.Steps, *step)
	}
	slices.SortFunc(k.Steps, func(a, b KnownStep) int { return cmp.Compare(a.Step, b.Step) })
	mappings, err := mappingsWithout(r.tx, func(s string) string { return x.text(anywhere, model.TellsText, s) })
	if err != nil {
		return err
	}
	k.Mappings = len(mappings)
	return k.optOuts(r, id)
}

// names are the fields of a record in which somebody is named; is reports whether the
// record tells of them at all.
func (x *redactor) names(r model.Record) (fields []string, is bool) {
	now, changed, gone := x.record(r)
	if !changed && !gone {
		return nil, false
	}
	d := model.DescriptionOf(r)
	for _, i := range d.Differ(r, now) {
		fields = append(fields, d.Fields()[i].Name)
	}
	return fields, true
}

// lastNames are the last names of somebody, where they are long enough to be looked for.
func lastNames(names []string) (last []string) {
	const least = 4 // letters
	for _, name := range names {
		if list := wordsIn(name); len(list) > 1 && len(list[len(list)-1].folded) >= least {
			addTo(&last, list[len(list)-1].folded)
		}
	}
	return last
}

// mentions reports whether a text that people typed has one of some words.
func mentions(r model.Record, words []string) (found bool) {
	if len(words) == 0 {
		return false
	}
	model.MapText(r, func(_ string, telling model.Telling, s string) string {
		if telling == model.TellsText && !found {
			found = slices.ContainsFunc(wordsIn(s), func(w word) bool { return slices.Contains(words, w.folded) })
		}
		return s
	})
	return found
}

// optOuts are the lines of the book of opt-outs that are the person's: they stay.
func (k *Known) optOuts(r reader, id identity) error {
	settings, err := settingsIn(r)
	if err != nil {
		return err
	}
	key := r.tx.Bucket(metaBucket).Get(keyNumbers)
	hashes := map[string]bool{}
	for _, phone := range id.phones {
		if number := NormalNumber(phone, settings.Country); number != "" && key != nil {
			hashes[hashNumber(key, number)] = true
		}
	}
	return eachRecord(r.tx, docOptOuts, (*codec).optOut, func(o model.OptOut) {
		if id.account != "" && o.Account == id.account || hashes[o.Number] {
			k.OptOuts = append(k.OptOuts, o)
		}
	})
}

// Erased says what erasing somebody has done.
type Erased struct {
	Rewritten
	Labels []string // that stand where the names stood
}

// Erase erases somebody for good, now and in the history: no undo brings them back. Only
// the lead may. Errors: Erasing's, model.Forbidden, ErrOwnErasure, SameWithoutName,
// Dismissed, ErrReadOnly, ErrOnServer.
func (s *Store) Erase(actor model.Actor, who Who) (done Erased, err error) {
	_, err = s.update(func(w *writer) error {
		if err := w.admit(&actor); err != nil {
			return err
		}
		if err := actor.May(model.Edit{After: model.Erasure{}}); err != nil {
			return err
		}
		if _, is, err := readReplica(w.tx); err != nil || is {
			return cmp.Or(err, ErrOnServer)
		}
		id, err := identify(w.reader, who)
		if err != nil {
			return err
		}
		switch {
		case id.held != "":
			return Held{id.held}
		case slices.Contains(id.codes, actor.Person) && actor.Person != "":
			return ErrOwnErasure
		}
		secret, err := w.erasureKey()
		if err != nil {
			return err
		}
		lines, err := id.lines(w.reader, who, secret, false)
		if err != nil {
			return err
		}
		for i := range lines {
			lines[i].Date, lines[i].By = model.DateOf(s.now()), actor.Name
			done.Labels = append(done.Labels, lines[i].Label())
		}
		settings, err := settingsIn(w.reader)
		if err != nil {
			return err
		}
		if err := heldAgainst(w.reader, newRedactor(lines, settings.Country)); err != nil {
			return err
		}
		w.begin(actor, "person.erase")
		if done.Rewritten, err = w.erase(lines); err != nil {
			return fmt.Errorf("erasing: %w", err)
		}
		if done.Records+done.Steps == 0 {
			return ErrNobody
		}
		return w.record(actor, "person.erase", done.Labels[0])
	})
	if err != nil {
		return Erased{}, err
	}
	return done, s.writeBook(s.path + bookEnding)
}
