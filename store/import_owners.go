package store

// What files of accounts and reps say beside their own rows: who looks after an
// account, which territory a rep has, when an account was last visited.

import (
	"fmt"
	"slices"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

// Offer is something that the import could make of what the file says, if asked.
type Offer struct {
	Kind   OfferKind
	Header string   // the column that says it
	Names  []string // the first few
	Count  int
}

// OfferKind says what is offered.
type OfferKind string

// What can be offered.
const (
	OfferOwners      OfferKind = "owners"      // reps and territories of the owners that accounts name
	OfferTerritories OfferKind = "territories" // territories that the reps' rows name
)

// offered are the names of one offer while they are counted.
type offered struct {
	names []string
	seen  map[string]bool
}

func (o *offered) add(name string) {
	if o.seen == nil {
		o.seen = map[string]bool{}
	}
	if !o.seen[name] {
		o.seen[name] = true
		o.names = append(o.names, name)
	}
}

// offer puts what was counted into the report.
func (i *importer) offer(kind OfferKind, column string, o offered) {
	if len(o.names) == 0 {
		return
	}
	header := column
	if at := i.report.Mapping.Target(column); at >= 0 {
		header = i.report.Mapping.Columns[at].Header
	}
	i.report.Offers = append(i.report.Offers, Offer{kind, header, o.names[:min(len(o.names), valuesNamed)], len(o.names)})
}

// linkReps links the reps of files to the territories that they name, once all
// territories of the import are there.
func linkReps(importers []*importer, reports []FileReport) error {
	for _, i := range importers {
		at := slices.IndexFunc(reports, func(r FileReport) bool { return r.Path == i.report.Path && r.Sheet == i.report.Sheet })
		for _, pair := range i.repTerritories {
			if err := i.repTerritory(pair[0], pair[1]); err != nil {
				return err
			}
		}
		i.offer(OfferTerritories, "territory", i.unknownTerritories)
		reports[at] = i.report
	}
	return nil
}

// repTerritory links the rep of a row to the territory it names: one that has
// nobody yet, or a new one where what is missing is created.
func (i *importer) repTerritory(rep, ref string) error {
	code, err := i.territoryCode(ref)
	if err != nil {
		return err
	}
	if code == "" {
		if !i.options.CreateMissing || len(ref) > maximumCode {
			i.unknownTerritories.add(ref)
			return nil
		}
		if err := i.create(model.Territory{Code: ref, Name: ref, Rep: rep}); err != nil {
			return err
		}
		i.report.Created = append(i.report.Created, ref)
		return nil
	}
	record, err := i.get(model.Territory{Code: code}.Key())
	if err != nil {
		return err
	}
	t := record.(model.Territory)
	if t.Rep != "" {
		return nil // the territory says itself whose it is
	}
	t.Rep = rep
	return i.putRecord(Put{Record: t})
}

// ownerTerritory is the territory of the person who looks after an account, "" where
// the person has none or several.
func (i *importer) ownerTerritory(owner string) (string, error) {
	if code, known := i.owners[owner]; known {
		return code, nil
	}
	rep, err := i.rep(owner)
	if err != nil {
		return "", err
	}
	var theirs []string
	if err := eachRecord(i.tx, docTerritories, (*codec).territory, func(t model.Territory) {
		if t.Rep == rep {
			theirs = append(theirs, t.Code)
		}
	}); err != nil {
		return "", err
	}
	code := ""
	switch len(theirs) {
	case 1:
		code = theirs[0]
	case 0:
		if !i.options.CreateMissing || len(rep) > maximumCode {
			i.unknownOwners.add(owner)
			return "", nil
		}
		if code, err = i.makeTerritory(rep, owner); err != nil {
			return "", err
		}
	}
	if i.owners == nil {
		i.owners = map[string]string{}
	}
	i.owners[owner] = code
	return code, nil
}

// makeTerritory makes a territory for a rep, and the rep as well where there is none.
func (i *importer) makeTerritory(rep, owner string) (string, error) {
	exists, err := i.exists(model.Rep{Code: rep}.Key())
	if err != nil {
		return "", err
	}
	name := owner
	if !exists {
		if i.may(model.Edit{After: model.Rep{Code: rep}}) != nil { // the offer stays, for somebody who may
			i.unknownOwners.add(owner)
			return "", nil
		}
		if err := i.create(model.Rep{Code: rep, Name: owner}); err != nil {
			return "", err
		}
		i.reps = nil
		i.report.Created = append(i.report.Created, rep)
	} else if record, err := i.get(model.Rep{Code: rep}.Key()); err == nil {
		name = record.(model.Rep).Name
	}
	taken, err := i.exists(model.Territory{Code: rep}.Key())
	if err != nil || taken {
		return "", err // somebody else's territory is called so
	}
	if err := i.create(model.Territory{Code: rep, Name: name, Rep: rep}); err != nil {
		return "", err
	}
	if exists { // told once: the rep's code is the territory's
		i.report.Created = append(i.report.Created, rep)
	}
	return rep, nil
}

// create puts a record that rows name, if the actor may.
func (i *importer) create(record model.Record) error {
	if err := i.may(model.Edit{After: record}); err != nil {
		return err
	}
	return i.putRecord(Put{Record: record})
}

// lastVisit is a visit that only a list of accounts tells of.
type lastVisit struct {
	account, rep string
	day          model.Date
}

// takeLastVisits makes visits of the days on which a file of accounts says that they
// were last visited. Each is marked by the column's header as its note; an account
// that has a visit on the day keeps it.
func (i *importer) takeLastVisits() error {
	if len(i.lastVisits) == 0 {
		return nil
	}
	header := "last_visit"
	if at := i.report.Mapping.Target("last_visit"); at >= 0 {
		header = i.report.Mapping.Columns[at].Header
	}
	for _, l := range i.lastVisits {
		n, ok := i.number(l.account)
		if !ok {
			continue
		}
		known, err := i.visits(n, yearOf(l.day))
		if err != nil {
			return fmt.Errorf("looking for the last visit of account %s: %w", l.account, err)
		}
		if slices.ContainsFunc(known, func(v model.Visit) bool { return v.Date == l.day }) {
			continue
		}
		visit := model.Visit{Account: l.account, Date: l.day, Rep: l.rep, Note: header}
		if err := i.create(visit); err != nil {
			return err
		}
		i.report.LastVisits++
	}
	i.lastVisits = nil
	return nil
}

// territoryTargets puts the codes of territories in the place of their names, and
// tells what a campaign names that is neither a territory nor a region.
func (i *importer) territoryTargets(row *exchange.Row, c *model.Campaign) error {
	targets := slices.Clone(c.Territories)
	for at, target := range targets {
		found := ""
		if err := eachRecord(i.tx, docTerritories, (*codec).territory, func(t model.Territory) {
			switch {
			case t.Code == target, model.InRegion(t.Region, target):
				found = target
			case found == "" && foldName(t.Name) == foldName(target):
				found = t.Code
			}
		}); err != nil {
			return err
		}
		if found == "" {
			i.report.note(exchange.Problem{Line: row.Line, Column: "territories", Header: i.header("territories"), Value: target, Reason: ReasonNoTarget, Args: []string{target}})
			continue
		}
		targets[at] = found
	}
	c.Territories = targets
	return nil
}

// header is what the file calls a canonical column.
func (i *importer) header(column string) string {
	if at := i.report.Mapping.Target(column); at >= 0 {
		return i.report.Mapping.Columns[at].Header
	}
	return ""
}
