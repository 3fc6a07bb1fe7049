package store

// What becomes of a row of a file: which table's it is, at which account, and what it changes.

import (
	"errors"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

func (i *importer) skip(p exchange.Problem) {
	i.report.Skipped++
	i.report.note(p)
	if len(i.report.Problems) < problemLimit {
		i.report.Problems = append(i.report.Problems, p)
	}
}

// take takes a row in, whose account, where it is known, has the number at.
func (i *importer) take(row *exchange.Row, at accountNumber) error {
	if ok, err := i.forget(row); !ok || err != nil {
		return err
	}
	if row.Visit != nil {
		return i.takeVisit(row, row.Visit, at)
	}
	switch r := row.Record.(type) {
	case model.Call:
		return i.takeCall(row, r)
	case model.PlannedVisit:
		code, ok, err := i.account(row)
		if !ok || err != nil {
			return err
		}
		if r.Rep, err = i.rep(r.Rep); err != nil {
			return err
		}
		return i.takePlanned(row, exchange.WithAccount(r, code).(model.PlannedVisit))
	case model.Contact:
		code, ok, err := i.account(row)
		if err == nil {
			err = i.objectBeside(row, code)
		}
		if !ok || err != nil {
			return err
		}
		return i.takeRecord(row, exchange.WithAccount(r, code))
	case model.Absence:
		var err error
		if r.Rep, err = i.rep(r.Rep); err != nil {
			return err
		}
		if r.Cover, err = i.rep(r.Cover); err != nil {
			return err
		}
		return i.takeRecord(row, r)
	case model.Territory:
		return i.takeTerritory(row, r)
	case model.Campaign:
		if err := i.territoryTargets(row, &r); err != nil {
			return err
		}
		return i.takeRecord(row, r)
	case model.Rep:
		if row.Beside != nil && row.Beside.Territory != "" {
			i.repTerritories = append(i.repTerritories, [2]string{r.Code, row.Beside.Territory})
		}
		return i.takeRep(row, r)
	case model.Account:
		return i.takeAccount(row, r)
	}
	return i.takeRecord(row, row.Record)
}

// takeRecord merges a row into the record it means.
func (i *importer) takeRecord(row *exchange.Row, record model.Record) error {
	existing, err := i.get(record.Key())
	if errors.As(err, &NotFound{}) {
		if rep, ok := record.(model.Rep); ok {
			record = withHome(i.finder, nil, rep)
		}
		if err := i.putChecked(row, record); err != nil {
			return err
		}
		return nil
	}
	if err != nil {
		return err
	}
	merged := exchange.Merge(existing, record, row.Present, i.options.OverwriteEmpty)
	if rep, ok := merged.(model.Rep); ok {
		merged = withHome(i.finder, existing, rep)
	}
	if exchange.Equal(existing, merged) {
		i.report.Same++
		return nil
	}
	return i.putChecked(row, merged)
}

// putChecked puts a record; one that cannot be stored is a skipped row.
func (i *importer) putChecked(row *exchange.Row, record model.Record) error {
	exists, err := i.exists(record.Key())
	if err != nil {
		return err
	}
	err = i.putRecord(Put{Record: record})
	var invalid Invalid
	switch {
	case errors.As(err, &invalid):
		i.skip(exchange.Problem{Line: row.Line, Column: invalid.Field, Value: invalid.Key.Code, Reason: ReasonNotAcceptable, Args: []string{invalid.Field}})
		return nil
	case err != nil:
		return err
	case exists:
		i.report.Tally.Changed++
	default:
		i.report.Tally.Added++
	}
	return nil
}

// account is the code of the account that a row of contacts means. Not ok: the
// row was skipped.
func (i *importer) account(row *exchange.Row) (code string, ok bool, err error) {
	codes, err := i.accounts()
	if err != nil {
		return "", false, err
	}
	code = row.Account.Code
	if code != "" {
		if _, ok := codes.number(code); ok {
			return code, true, nil
		}
	}
	name, column := row.Account.Name, "account_name"
	if name == "" {
		name, column = code, "account" // many files write the name into the column of the code
	}
	known, err := i.named()
	if err != nil {
		return "", false, err
	}
	if code != "" {
		if found := known.called(code); found != "" {
			n, _ := codes.number(found)
			codes.put(code, n) // the next rows that say so are found at once
			return found, true, nil
		}
	}
	switch found, several := known.names.one(foldName(name)); {
	case found != "":
		return found, true, nil
	case several:
		i.skip(exchange.Problem{Line: row.Line, Column: column, Value: name, Reason: ReasonSeveralAccounts, Args: []string{name}})
		return "", false, nil
	case !i.options.CreateMissing:
		i.skip(exchange.Problem{Line: row.Line, Column: column, Value: name, Reason: ReasonUnknownAccount, Args: []string{name}})
		return "", false, nil
	}
	if code == "" {
		code = name
	}
	if len(code) > maximumCode {
		i.skip(exchange.Problem{Line: row.Line, Column: "account", Value: name, Reason: ReasonNotAcceptable, Args: []string{"account"}})
		return "", false, nil
	}
	created := model.Account{Code: code, Name: name, Class: i.settings.LastClass()}
	if err := i.create(created); err != nil {
		return "", false, err
	}
	i.stored(created)
	i.report.Created = append(i.report.Created, code)
	return code, true, nil
}
