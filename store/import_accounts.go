package store

// Accounts in an import: their territory, their place, and those a file lacks.

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	bolt "go.etcd.io/bbolt"

	"doppelpass/model"
	"doppelpass/model/place"
	"doppelpass/store/exchange"
)

// postcodeTerritory is a prefix of postcodes and the territory it belongs to.
type postcodeTerritory struct {
	prefix, territory string
}

func (i *importer) takeAccount(row *exchange.Row, a model.Account) error {
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
		result, _ = exchange.Merge(old, a, row.Present, i.options.OverwriteEmpty).(model.Account)
	}
	if result.Territory == "" {
		if result.Territory, err = i.byPostcode(result.Address.Postcode); err != nil {
			return err
		}
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
	if i.byCode != nil {
		i.byCode, i.byName = nil, nil
	}
	return i.putChecked(row, result)
}

func isNotFound(err error) bool {
	_, ok := err.(NotFound)
	return ok
}

// territory is the code of the territory that a row names by code or name.
func (i *importer) territory(row *exchange.Row, ref string) (string, bool, error) {
	if i.bucket(docTerritories).Get([]byte(ref)) != nil {
		return ref, true, nil
	}
	found := ""
	err := i.bucket(docTerritories).ForEach(func(key, value []byte) error {
		t, err := decode((*codec).territory, value)
		if err == nil && found == "" && foldName(t.Name) == foldName(ref) {
			found = t.Code
		}
		return err
	})
	switch {
	case err != nil || found != "":
		return found, found != "", err
	case !i.options.CreateMissing || len(ref) > maximumCode:
		i.skip(exchange.Problem{Line: row.Line, Column: "territory", Value: ref, Reason: ReasonUnknownTerritory, Args: []string{ref}})
		return "", false, nil
	}
	i.report.Created = append(i.report.Created, ref)
	return ref, true, i.putRecord(Put{Record: model.Territory{Code: ref, Name: ref}})
}

// byPostcode is the territory whose longest prefix fits; "" for none.
func (i *importer) byPostcode(code string) (string, error) {
	if i.postcode == nil {
		i.postcode = []postcodeTerritory{}
		err := i.bucket(docTerritories).ForEach(func(_, value []byte) error {
			t, err := decode((*codec).territory, value)
			for _, prefix := range t.Postcodes {
				i.postcode = append(i.postcode, postcodeTerritory{prefix, t.Code})
			}
			return err
		})
		if err != nil {
			return "", err
		}
		slices.SortFunc(i.postcode, func(a, b postcodeTerritory) int {
			return cmp.Or(cmp.Compare(len(b.prefix), len(a.prefix)), strings.Compare(a.territory, b.territory))
		})
	}
	if code == "" {
		return "", nil
	}
	for _, p := range i.postcode {
		if p.prefix != "" && strings.HasPrefix(code, p.prefix) {
			return p.territory, nil
		}
	}
	return "", nil
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
