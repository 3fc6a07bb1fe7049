package store

// Territories in an import: their rows add up, and what they say of reps and
// postcodes acts at once.

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

// assignByPostcode gives the accounts that are in no territory the one of their
// postcode, after the territories have changed.
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
		a.Territory = code
		if err := i.putRecord(Put{Record: a}); err != nil {
			return err
		}
		i.report.Assigned++
	}
	return nil
}

// postcodes are the prefixes of postcodes and the territories they belong to.
type postcodes struct {
	territory map[[2]string]string // by country and prefix; of two with one prefix the first by code
	longest   int
}

// byPostcode is the territory whose longest prefix fits; "" for none. Prefixes are of
// the territory's country: a postcode from abroad fits none of them.
func (i *importer) byPostcode(a model.Address) (string, error) {
	if i.postcode == nil {
		i.postcode = &postcodes{territory: map[[2]string]string{}}
		err := eachRecord(i.tx, docTerritories, (*codec).territory, func(t model.Territory) {
			country := i.country(t.Country)
			for _, prefix := range t.Postcodes {
				_, prefix = place.SplitPostcode(strings.ToUpper(prefix))
				key := [2]string{country, prefix}
				if known, taken := i.postcode.territory[key]; prefix == "" || taken && known < t.Code {
					continue
				}
				i.postcode.territory[key] = t.Code
				i.postcode.longest = max(i.postcode.longest, len(prefix))
			}
		})
		if err != nil {
			return "", err
		}
	}
	country := i.country(a.Country)
	_, code := place.SplitPostcode(a.Postcode)
	code = strings.ToUpper(code)
	for n := min(len(code), i.postcode.longest); n > 0; n-- {
		if territory, ok := i.postcode.territory[[2]string{country, code[:n]}]; ok {
			return territory, nil
		}
	}
	return "", nil
}

// country is the ISO code of a country as records name it; what says none is where
// most of the file is.
func (i *importer) country(name string) string {
	if name == "" {
		return i.home
	}
	if code, ok := place.ParseCountry(name); ok {
		return code
	}
	return name
}
