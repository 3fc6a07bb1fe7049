package store

// Where reps live: their homes are placed by address as accounts are.

import (
	"doppelpass/model"
	"doppelpass/model/place"
)

// withHome is a rep with the place of the home's address, where neither file nor person
// gave one. before is the rep as it was, or nil.
func withHome(finder *place.Finder, before model.Record, rep model.Rep) model.Rep {
	was, known := before.(model.Rep)
	moved := known && was.Home != rep.Home && was.HomeAt == rep.HomeAt
	if (rep.HomeAt.Valid() && !moved) || rep.Home.Postcode+rep.Home.City == "" {
		return rep
	}
	if at, by := locateAddress(finder, rep.Home); by != model.PlacedNowhere {
		rep.HomeAt = at
	} else if moved {
		rep.HomeAt = model.Coordinates{} // where it was is no longer where it is
	}
	return rep
}

// placeHomes places the homes that are nowhere yet.
func (w *writer) placeHomes(finder *place.Finder) error {
	var placed []model.Rep
	if err := eachRecord(w.tx, docReps, (*codec).rep, func(r model.Rep) {
		if now := withHome(finder, nil, r); now.HomeAt != r.HomeAt {
			placed = append(placed, now)
		}
	}); err != nil {
		return err
	}
	for _, r := range placed {
		if err := w.putRecord(Put{Record: r}); err != nil {
			return err
		}
	}
	return nil
}
