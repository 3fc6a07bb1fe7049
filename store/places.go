package store

// Places: the postcode tables a store has taken in, and which accounts stand
// where by them.

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/model/place"
	bolt "doppelpass/store/sealed"
)

// AddPlaces takes in a table of postcodes in GeoNames' format, in place of those
// the store has of the same countries, and places every account again whose
// coordinates do not come from a file. The accounts' change is a step of the
// history; the tables stay when it is undone.
func (s *Store) AddPlaces(actor model.Actor, table io.Reader) (place.TableReport, []*place.Postcodes, model.Change, error) {
	countries, report, err := place.ReadPostcodes(table)
	if err != nil {
		return report, nil, model.Change{}, fmt.Errorf("reading the table of postcodes: %w", err)
	}
	var names []string
	change, err := s.update(func(w *writer) error {
		if err := w.admit(&actor); err != nil {
			return err
		}
		w.may = actor.May
		for _, country := range countries {
			if err := w.tx.Bucket(memoryBucket).Put([]byte(placesPrefix+country.Country()), country.Encode()); err != nil {
				return err
			}
			names = append(names, country.Country())
		}
		if err := w.placeAccounts(); err != nil {
			return err
		}
		return w.record(actor, "places.add", strings.Join(names, ", "))
	})
	return report, countries, change, err
}

// placeAccounts places every account again.
func (w *writer) placeAccounts() error {
	finder, err := finderIn(w.tx)
	if err != nil {
		return err
	}
	var moved []model.Account
	if err := eachRecord(w.tx, docAccounts, (*codec).account, func(a model.Account) {
		if a.Placed == model.PlacedFile {
			return
		}
		at, by := locateAddress(finder, a.Address)
		if at != a.At || by != a.Placed {
			a.At, a.Placed = at, by
			moved = append(moved, a)
		}
	}); err != nil {
		return err
	}
	for _, a := range moved {
		if err := w.putRecord(Put{Record: a}); err != nil {
			return err
		}
	}
	return w.placeHomes(finder)
}

// Locate finds an address by the store's tables and the towns.
func (s *Store) Locate(a model.Address) (at model.Coordinates, by model.PlacedBy, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		finder, err := finderIn(tx)
		if err == nil {
			at, by = locateAddress(finder, a)
		}
		return err
	})
	return at, by, err
}

// Placement says how many accounts are placed how, and which are not.
type Placement struct {
	By      map[model.PlacedBy]int
	Nowhere []model.Account // by code
	Tables  []string        // countries with a table of postcodes
}

// Placement counts.
func (s *Store) Placement() (p Placement, err error) {
	p.By = map[model.PlacedBy]int{}
	err = s.db.View(func(tx *bolt.Tx) error {
		finder, err := finderIn(tx)
		if err != nil {
			return err
		}
		for country := range finder.Postcodes {
			p.Tables = append(p.Tables, country)
		}
		slices.Sort(p.Tables)
		return eachRecord(tx, docAccounts, (*codec).account, func(a model.Account) {
			p.By[a.Placed]++
			if a.Placed == model.PlacedNowhere {
				p.Nowhere = append(p.Nowhere, a)
			}
		})
	})
	slices.SortFunc(p.Nowhere, func(a, b model.Account) int { return strings.Compare(a.Code, b.Code) })
	return p, err
}
