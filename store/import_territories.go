package store

// Territories in an import: their rows add up; accounts come into them by their
// postcodes where that is asked for.

import (
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/model/place"
	"doppelpass/store/exchange"
)

// territoryRow is a territory that rows of a file name.
type territoryRow struct {
	row     exchange.Row
	record  model.Territory
	several bool // several rows add up to it
}

// takeTerritory gathers the rows of a territory: a file may list one postcode a row.
func (i *importer) takeTerritory(row *exchange.Row, t model.Territory) error {
	var err error
	if t.Rep, err = i.rep(t.Rep); err != nil {
		return err
	}
	at := slices.IndexFunc(i.territoryRows, func(r *territoryRow) bool { return r.record.Code == t.Code })
	if at < 0 {
		i.territoryRows = append(i.territoryRows, &territoryRow{row: *row, record: t})
		return nil
	}
	known := i.territoryRows[at]
	known.several = true
	postcodes := known.record.Postcodes
	for _, p := range t.Postcodes {
		if !slices.Contains(postcodes, p) {
			postcodes = append(slices.Clip(postcodes), p)
		}
	}
	merged, differing := exchange.Fill(known.record, t, row.Present)
	known.record = merged.(model.Territory)
	known.record.Postcodes = postcodes
	known.row.Present = known.row.Present.With(row.Present)
	if differing = slices.DeleteFunc(differing, func(column string) bool { return column == "postcodes" }); len(differing) > 0 {
		i.report.note(exchange.Problem{Line: row.Line, Column: "code", Value: t.Code, Reason: ReasonRepeated, Args: []string{strings.Join(differing, ", ")}})
	}
	return nil
}

// flushTerritories stores what was gathered.
func (i *importer) flushTerritories() error {
	for _, r := range i.territoryRows {
		if r.several {
			slices.Sort(r.record.Postcodes)
		}
		if err := i.takeRecord(&r.row, r.record); err != nil {
			return err
		}
	}
	i.territoryRows, i.postcode = nil, nil
	return nil
}

// assignByPostcode counts the accounts that are in no territory and would be in one
// by their postcode, after the territories have changed; where it is asked for they
// come into it. It would be a change to records that the file does not name.
func (i *importer) assignByPostcode() error {
	var fitting []model.Account
	if err := eachRecord(i.tx, docAccounts, (*codec).account, func(a model.Account) {
		if a.Territory == "" && a.Address.Postcode != "" {
			fitting = append(fitting, a)
		}
	}); err != nil {
		return err
	}
	for _, a := range fitting {
		code, err := i.byPostcode(a.Address)
		if err != nil {
			return err
		}
		if code == "" {
			continue
		}
		i.report.Fitting++
		if !i.options.Assign {
			continue
		}
		a.Territory = code
		if err := i.putRecord(Put{Record: a}); err != nil {
			return err
		}
		i.report.Assigned++
	}
	return nil
}

// byPostcode is the territory whose longest prefix fits; "" for none.
func (i *importer) byPostcode(a model.Address) (string, error) {
	if i.postcode == nil {
		i.postcode = &place.Prefixes{}
		err := eachRecord(i.tx, docTerritories, (*codec).territory, func(t model.Territory) {
			country := place.CountryCode(t.Country, i.home)
			for _, prefix := range t.Postcodes {
				i.postcode.Add(country, prefix, t.Code)
			}
		})
		if err != nil {
			return "", err
		}
	}
	return i.postcode.Find(place.CountryCode(a.Country, i.home), a.Postcode), nil
}
