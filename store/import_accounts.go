package store

// Accounts in an import: their territory, their place, and those a file lacks.

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"doppelpass/model"
	"doppelpass/model/hours"
	"doppelpass/model/place"
	"doppelpass/store/exchange"
	bolt "doppelpass/store/sealed"
)

// accountRow is an account that rows of a file name: it is stored when the file has
// been read, since a later row may say more of it. There may be hundreds of thousands, so
// that they wait packed.
type accountRow struct {
	old, record textRef // packed; old, as it lies in the store: 0 where it does not
	line        int32   // of the first row
	again       bool    // a later row has said more of it
}

// accountsWaiting are the accounts of a file that wait, in the order in which it first names
// them. Nothing of it is a single object, which would have to be looked at whenever memory is
// collected.
type accountsWaiting struct {
	rows    []accountRow
	places  []int32            // by the number among the accounts seen: place in rows, from 1
	besides []*exchange.Beside // of the first rows, by place; as far as any has what is needed
	records packedTexts
	packing []byte // of the record at hand
}

// row is the account that waits with that number among the accounts seen, until another
// comes to wait; nil: none.
func (w *accountsWaiting) row(seen accountNumber) *accountRow {
	if int(seen) >= len(w.places) || w.places[seen] == 0 {
		return nil
	}
	if row := &w.rows[w.places[seen]-1]; row.record != 0 {
		return row
	}
	return nil // it is stored
}

func (w *accountsWaiting) add(seen accountNumber, row accountRow, beside *exchange.Beside) {
	if beside != nil {
		w.besides = append(w.besides, make([]*exchange.Beside, len(w.rows)-len(w.besides))...)
		w.besides = append(w.besides, beside)
	}
	w.rows = append(w.rows, row)
	for int(seen) >= len(w.places) {
		w.places = append(w.places, 0)
	}
	w.places[seen] = int32(len(w.rows))
}

func (w *accountsWaiting) pack(a model.Account) textRef {
	c := codec{out: w.packing[:0]}
	c.account(&a)
	w.packing = c.out
	return w.records.put(c.out)
}

// account is what the rows say of it so far.
func (w *accountsWaiting) account(r *accountRow) (model.Account, error) {
	return decode((*codec).account, w.records.get(r.record))
}

// stored is the account as it was in the store.
func (w *accountsWaiting) stored(r *accountRow) (a model.Account, err error) {
	if r.old != 0 {
		a, err = decode((*codec).account, w.records.get(r.old))
	}
	return a, err
}

// see is the number of an account among those that this import's files of accounts name.
func (i *importer) see(code string) accountNumber { return i.seen.see(cmp.Or(code, noCode)) }

// noCode stands for no code at all; a code has no such character.
const noCode = "\x00"

func (i *importer) isSeen(code string) bool {
	_, seen := i.seen.number(cmp.Or(code, noCode))
	return seen
}

// waitingOf is the account of that code that waits; nil: none.
func (i *importer) waitingOf(code string) *accountRow {
	if i.seen == nil {
		return nil
	}
	n, _ := i.seen.number(cmp.Or(code, noCode))
	return i.waiting.row(n)
}

func (i *importer) waits(code string) bool { return i.waitingOf(code) != nil }

func (i *importer) takeAccount(row *exchange.Row, a model.Account) error {
	if err := i.identify(&a); err != nil {
		return err
	}
	seen := i.see(a.Code)
	if row.Beside != nil && row.Beside.Phones != "" {
		if err := i.object(strings.Split(row.Beside.Phones, "\n"), i.countryOf(a)); err != nil {
			return err
		}
	}
	i.notePerson(row, a)
	if a.Territory != "" {
		code, ok, err := i.territory(row, a.Territory)
		if !ok || err != nil {
			return err
		}
		a.Territory = code
	}
	if _, err := hours.Parse(a.Hours); err != nil {
		i.report.note(exchange.Problem{Line: row.Line, Column: "hours", Header: i.header("hours"), Value: a.Hours, Reason: ReasonHoursUnread})
	}
	if first := i.waiting.row(seen); first != nil {
		return i.again(row, first, a)
	}
	old, exists, err := i.storedAccount(a.Code)
	if err != nil {
		return err
	}
	taken, record, beside := accountRow{line: int32(row.Line)}, a, row.Beside
	if beside != nil && beside.Owner == "" && beside.LastVisit == 0 {
		beside = nil
	}
	if exists {
		taken.old = i.waiting.pack(old)
		record = exchange.Merge(old, a, row.Present, i.options.OverwriteEmpty).(model.Account)
		i.staysForbidden(old, &record)
		i.met++
		if strangers(old, a) {
			i.strange = append(i.strange, a.Code)
		}
		if a.Name != "" && foldName(a.Name) != foldName(old.Name) && (apart(old.Address, a.Address) || strangers(old, a)) {
			i.report.note(exchange.Problem{Line: row.Line, Column: "code", Header: i.header("code"), Value: a.Code, Reason: ReasonRenamed, Args: []string{old.Name}})
		}
	}
	taken.record = i.waiting.pack(record)
	i.waiting.add(seen, taken, beside)
	i.index.know(record)
	return nil
}

// again is what becomes of a row whose account an earlier row of the file has: it
// fills gaps and overwrites nothing; what differs is told.
func (i *importer) again(row *exchange.Row, first *accountRow, a model.Account) error {
	record, err := i.waiting.account(first)
	if err != nil {
		return err
	}
	merged, differing := exchange.Fill(record, a, row.Present)
	record = merged.(model.Account)
	first.record, first.again = i.waiting.pack(record), true
	i.report.Repeated++
	if len(differing) > 0 {
		i.report.note(exchange.Problem{Line: row.Line, Column: "code", Header: i.header("code"), Value: a.Code, Reason: ReasonRepeated,
			Args: []string{strings.Join(differing, ", ")}})
	}
	i.index.know(record)
	return nil
}

// apartAccounts is how many accounts a file may have before the import goes on apart; a test
// sets it.
var apartAccounts = 100_000

// flushAccounts stores what the file says of each account.
func (i *importer) flushAccounts() error {
	if len(i.strange) > 1 && 2*len(i.strange) > i.met && !i.codeChosen() { // the numbers are those of the rows
		return &exchange.FileError{Reason: ReasonRunningNumbers, Args: []string{i.header("code"), strings.Join(i.strange[:min(len(i.strange), 5)], ", ")}}
	}
	if len(i.waiting.rows) > apartAccounts {
		if err := i.goApart(); err != nil {
			return err
		}
	}
	for at := range i.waiting.rows {
		taken := &i.waiting.rows[at]
		if !taken.again { // what was packed before it was that of those that are stored already
			i.waiting.records.free(cmp.Or(taken.old, taken.record))
		}
		if err := i.putAccountRow(at); err != nil {
			return err
		}
		*taken = accountRow{}
		if err := i.endPart(); err != nil {
			return err
		}
	}
	i.waiting = accountsWaiting{}
	return i.tellNew()
}

// codeChosen reports that a person, or a file of our own making, says which column is
// the code.
func (i *importer) codeChosen() bool {
	at := i.report.Mapping.Target("code")
	return at >= 0 && (i.report.Mapping.Columns[at].How == exchange.HowChosen || i.report.Mapping.Columns[at].How == exchange.HowName)
}

// putAccountRow stores the account that waits at a place.
func (i *importer) putAccountRow(at int) error {
	taken := &i.waiting.rows[at]
	old, err := i.waiting.stored(taken)
	if err != nil {
		return err
	}
	result, err := i.waiting.account(taken)
	if err != nil {
		return err
	}
	row, exists := exchange.Row{Line: int(taken.line)}, taken.old != 0
	if at < len(i.waiting.besides) {
		row.Beside = i.waiting.besides[at]
	}
	i.leaveOthers(&row, &old, &result)
	if err := i.assign(&row, &result); err != nil {
		return err
	}
	i.locate(&result, &old)
	if exists && old.Inactive && !i.active {
		marked, err := i.markedMissing(result.Code)
		if err != nil {
			return err
		}
		if !marked {
			i.report.Inactive = append(i.report.Inactive, result.Code)
		} else if err := i.unmark(&result); err != nil {
			return err
		}
	}
	if exists && exchange.Equal(old, result) {
		i.report.Same++
		return nil
	}
	added := i.report.Tally.Added
	if err := i.putChecked(&row, result); err != nil {
		return err
	}
	if i.report.Tally.Added > added {
		i.countNew(result)
	}
	if i.index.numbers != nil { // what it is called is known already
		if n, there := i.number(result.Code); there {
			i.index.numbers.put(result.Code, n)
		}
	}
	return nil
}

// leaveOthers leaves what others alone write as it is, whatever the rows of an account say:
// a hold is the lead's, marketing's note marketing's.
func (i *importer) leaveOthers(row *exchange.Row, old, now *model.Account) {
	if old.Hold == now.Hold && old.MarketingNote == now.MarketingNote {
		return
	}
	for _, field := range [...]struct {
		name   string
		reason exchange.Reason
		copy   func(from, to *model.Account)
	}{
		{"hold", ReasonHold, func(from, to *model.Account) { to.Hold = from.Hold }},
		{"marketing_note", ReasonMarketingNote, func(from, to *model.Account) { to.MarketingNote = from.MarketingNote }},
	} {
		var before, after model.Account
		field.copy(old, &before)
		field.copy(now, &after)
		if i.may == nil || model.Same(before, after) || i.may(model.Edit{Before: before, After: after}) == nil {
			continue
		}
		field.copy(old, now)
		i.withhold(exchange.Problem{Line: row.Line, Column: field.name, Header: i.header(field.name), Value: now.Code, Reason: field.reason})
	}
}

// storedAccount is an account as it lies in the store.
func (i *importer) storedAccount(code string) (a model.Account, exists bool, err error) {
	record, err := i.get(model.Account{Code: code}.Key())
	if isNotFound(err) {
		return a, false, nil
	}
	if err != nil {
		return a, false, err
	}
	return record.(model.Account), true, nil
}

// accountNow is an account as the file has it by now, else as it lies in the store.
func (i *importer) accountNow(code string) (a model.Account, exists bool, err error) {
	if taken := i.waitingOf(code); taken != nil {
		a, err = i.waiting.account(taken)
		return a, true, err
	}
	return i.storedAccount(code)
}

// assign brings an account that is in no territory into that of who looks after it,
// else into that of its postcode, and notes its last visit.
func (i *importer) assign(row *exchange.Row, a *model.Account) (err error) {
	owner := ""
	if row.Beside != nil {
		owner = row.Beside.Owner
		if day := row.Beside.LastVisit; day != 0 {
			rep, err := i.rep(owner)
			if err != nil {
				return err
			}
			i.lastVisits = append(i.lastVisits, lastVisit{a.Code, rep, day})
		}
	}
	if a.Territory != "" {
		return nil
	}
	if owner != "" {
		if a.Territory, err = i.ownerTerritory(owner); err != nil || a.Territory != "" {
			if err == nil {
				i.report.ByOwner++
			}
			return err
		}
	}
	a.Territory, err = i.byPostcode(a.Address)
	if a.Territory == "" && owner != "" {
		if i.ownerless == nil {
			i.ownerless = map[string]string{}
		}
		i.ownerless[a.Code] = owner
	}
	return err
}

// identify finds the account that a row means where its code is not that of one:
func isNotFound(err error) bool {
	_, ok := err.(NotFound)
	return ok
}

// territory is the code of the territory that a row names by code or name.
func (i *importer) territory(row *exchange.Row, ref string) (string, bool, error) {
	code, err := i.territoryCode(ref)
	switch {
	case err != nil || code != "":
		return code, code != "", err
	case !i.options.CreateMissing || len(ref) > maximumCode:
		i.skip(exchange.Problem{Line: row.Line, Column: "territory", Header: i.header("territory"), Value: ref, Reason: ReasonUnknownTerritory, Args: []string{ref}})
		return "", false, nil
	}
	i.report.Created = append(i.report.Created, ref)
	return ref, true, i.putRecord(Put{Record: model.Territory{Code: ref, Name: ref}})
}

// territoryCode is the code of the territory of that code or name, "" for none.
func (i *importer) territoryCode(ref string) (found string, err error) {
	if i.bucket(docTerritories).Get([]byte(ref)) != nil {
		return ref, nil
	}
	if i.territoryNames == nil {
		i.territoryNames = map[string]string{}
		if err := eachRecord(i.tx, docTerritories, (*codec).territory, i.nameTerritory); err != nil {
			return "", err
		}
	}
	return i.territoryNames[foldName(ref)], nil
}

// nameTerritory remembers what a territory is called; of several of one name the
// first stands.
func (i *importer) nameTerritory(t model.Territory) {
	for _, name := range [...]string{foldName(t.Name), foldName(t.Code)} {
		if _, taken := i.territoryNames[name]; !taken {
			i.territoryNames[name] = t.Code
		}
	}
}

// putRecord writes a record, and knows a territory by its name from then on.
func (i *importer) putRecord(p Put) error {
	if err := i.writer.putRecord(p); err != nil {
		return err
	}
	if t, ok := p.Record.(model.Territory); ok && i.territoryNames != nil {
		i.nameTerritory(t)
	}
	return nil
}

// locate gives an account coordinates from its address, unless a file gave them
// or its address is still the one it was placed by.
func (i *importer) locate(a, old *model.Account) {
	if a.Placed == model.PlacedFile || (a.Placed != model.PlacedNowhere && a.Address == old.Address) {
		return
	}
	a.At, a.Placed = locateAddress(i.finder, a.Address)
}

// locateAddress finds an address.
func locateAddress(finder *place.Finder, a model.Address) (model.Coordinates, model.PlacedBy) {
	at, source := finder.Locate(place.Address{Postcode: a.Postcode, City: a.City, Country: a.Country})
	switch source {
	case place.FromPostcode:
		return model.Coordinates{Lat: at.Lat, Lon: at.Lon}, model.PlacedPostcode
	case place.FromPostcodeArea:
		return model.Coordinates{Lat: at.Lat, Lon: at.Lon}, model.PlacedPostcodeArea
	case place.FromTown:
		return model.Coordinates{Lat: at.Lat, Lon: at.Lon}, model.PlacedTown
	}
	return model.Coordinates{}, model.PlacedNowhere
}

// placesPrefix is where postcode tables are remembered, by country.
const placesPrefix = "places/"

// finderIn finds places by the tables the store has and the towns the program
// ships with. Addresses without a country are taken for German.
func finderIn(tx *bolt.Tx) (*place.Finder, error) {
	f := &place.Finder{Towns: &place.Towns{}, Postcodes: map[string]*place.Postcodes{}, Country: "DE"}
	cursor := tx.Bucket(memoryBucket).Cursor()
	prefix := []byte(placesPrefix)
	for key, value := cursor.Seek(prefix); bytes.HasPrefix(key, prefix); key, value = cursor.Next() {
		table, err := place.DecodePostcodes(bytes.Clone(copied(value)))
		if err != nil {
			return nil, fmt.Errorf("the table of places %s: %w", key[len(prefix):], err)
		}
		f.Postcodes[string(key[len(prefix):])] = table
	}
	return f, nil
}
