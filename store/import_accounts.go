package store

// Accounts in an import: their territory, their place, and those a file lacks.

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	bolt "go.etcd.io/bbolt"

	"doppelpass/model"
	"doppelpass/model/place"
	"doppelpass/store/exchange"
)

func (i *importer) takeAccount(row *exchange.Row, a model.Account) error {
	if err := i.identify(row, &a); err != nil {
		return err
	}
	i.seenCode[a.Code] = true
	if a.Territory != "" {
		code, ok, err := i.territory(row, a.Territory)
		if !ok || err != nil {
			return err
		}
		a.Territory = code
	}
	existing, err := i.get(a.Key())
	old, exists := existing.(model.Account)
	if err != nil && !isNotFound(err) {
		return err
	}
	result := a
	if exists {
		var again bool
		if result, again = i.meet(row, old, a); again && exchange.Equal(old, result) {
			i.report.Repeated++
			return nil
		}
	}
	if err := i.assign(row, &result); err != nil {
		return err
	}
	i.locate(&result, &old)
	if exists && old.Inactive && !i.active {
		marked, err := i.markedMissing(a.Code)
		if err != nil {
			return err
		}
		if !marked {
			i.report.Inactive = append(i.report.Inactive, a.Code)
		} else if err := i.unmark(&result); err != nil {
			return err
		}
	}
	if exists && exchange.Equal(old, result) {
		i.report.Same++
		return nil
	}
	before := i.report.Tally
	if err := i.putChecked(row, result); err != nil {
		return err
	}
	if i.report.Tally != before {
		i.stored(result)
	}
	return nil
}

// meet is what becomes of an account that is there when a row names it. A row of the
// same file again fills gaps and overwrites nothing; what differs is told.
func (i *importer) meet(row *exchange.Row, old, a model.Account) (result model.Account, again bool) {
	if _, again = i.rowOf[a.Code]; again {
		merged, differing := exchange.Fill(old, a, row.Present)
		if len(differing) > 0 {
			i.report.note(exchange.Problem{Line: row.Line, Column: "code", Header: i.header("code"), Value: a.Code, Reason: ReasonRepeated,
				Args: []string{strings.Join(differing, ", ")}})
		}
		return merged.(model.Account), true
	}
	i.rowOf[a.Code] = row.Line
	result, _ = exchange.Merge(old, a, row.Present, i.options.OverwriteEmpty).(model.Account)
	if a.Name != "" && foldName(a.Name) != foldName(old.Name) && apart(old.Address, a.Address) {
		i.report.note(exchange.Problem{Line: row.Line, Column: "code", Header: i.header("code"), Value: a.Code, Reason: ReasonRenamed, Args: []string{old.Name}})
	}
	return result, false
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
			i.report.ByOwner++
			return err
		}
	}
	a.Territory, err = i.byPostcode(a.Address)
	return err
}

// identify finds the account that a row means where its code is not that of one:
// the code may be what another system calls it, and rows without a code go by name.
func (i *importer) identify(row *exchange.Row, a *model.Account) error {
	if i.rowOf == nil {
		i.rowOf = map[string]int{}
	}
	known, err := i.named()
	if err != nil {
		return err
	}
	defer func() {
		if exists, _ := i.exists(a.Key()); !exists {
			if _, again := i.rowOf[a.Code]; !again {
				i.rowOf[a.Code] = row.Line
			}
		}
	}()
	if i.report.Mapping.CodeFromName() {
		return i.codeByName(a, known)
	}
	if _, there := i.number(a.Code); there {
		return nil
	}
	for _, id := range append([]string{a.Code}, a.ExternalIDs...) {
		code := one(known.aliases[id])
		if code == "" && id != a.Code && telling(id) {
			if _, there := i.number(id); there {
				code = id
			}
		}
		if code == "" {
			continue
		}
		record, err := i.get(model.Account{Code: code}.Key())
		if err != nil {
			return err
		}
		if other := record.(model.Account); a.Name == "" || foldName(other.Name) == foldName(a.Name) {
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
	for _, code := range ways {
		if len(code) > maximumCode {
			break
		}
		record, err := i.get(model.Account{Code: code}.Key())
		if isNotFound(err) {
			if code == name { // it may be there under a code of its own
				if found := one(known.names[foldName(name)]); found != "" {
					record, err = i.get(model.Account{Code: found}.Key())
					if err != nil {
						return err
					}
					if same(record.(model.Account), *a) {
						a.Code = found
						return nil
					}
					if !strings.HasPrefix(found, name) {
						continue
					}
				}
			}
			a.Code = code
			return nil
		}
		if err != nil {
			return err
		}
		if same(record.(model.Account), *a) {
			a.Code = code
			return nil
		}
	}
	a.Code = ways[len(ways)-1]
	return nil
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
	err = eachRecord(i.tx, docTerritories, (*codec).territory, func(t model.Territory) {
		if found == "" && (foldName(t.Name) == foldName(ref) || foldName(t.Code) == foldName(ref)) {
			found = t.Code
		}
	})
	return found, err
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
		table, err := place.DecodePostcodes(bytes.Clone(value))
		if err != nil {
			return nil, fmt.Errorf("the table of places %s: %w", key[len(prefix):], err)
		}
		f.Postcodes[string(key[len(prefix):])] = table
	}
	return f, nil
}
