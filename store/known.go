package store

// All that is known of somebody: what they are now, where they are named, in the history
// as well, and what of them stays.

import (
	"cmp"
	"slices"

	bolt "doppelpass/store/sealed"

	"doppelpass/model"
)

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
	// Mappings counts what is remembered of files, of their columns or of who looks after
	// accounts, and names the person.
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
	mappings, err := memoryWithout(r.tx, func(s string) string { return x.text(anywhere, model.TellsText, s) })
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
