package store

// Reps in an import: what other systems write is the person's name where the
// store has a code.

import (
	"cmp"
	"fmt"
	"strings"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

// takeRep takes a rep in; a home without coordinates is placed by its address, as an
// account is.
func (i *importer) takeRep(row *exchange.Row, r model.Rep) error {
	existing, err := i.get(r.Key())
	if err != nil && !isNotFound(err) {
		return err
	}
	old, exists := existing.(model.Rep)
	result := r
	if exists {
		result = exchange.Merge(old, r, row.Present, i.options.OverwriteEmpty).(model.Rep)
	}
	moved := result.Home != old.Home && result.HomeAt == old.HomeAt
	if !result.HomeAt.Valid() || moved {
		if at, by := locateAddress(i.finder, result.Home); by != model.PlacedNowhere {
			result.HomeAt = at
		}
	}
	if exists && exchange.Equal(old, result) {
		i.report.Same++
		return nil
	}
	return i.putChecked(row, result)
}

// rep is the code of the rep that a row names by code or by name; a name that
// nobody has, or several have, stays as it is.
func (i *importer) rep(ref string) (string, error) {
	if ref == "" {
		return "", nil
	}
	if i.reps == nil {
		i.reps = map[string]string{}
		var all []model.Rep
		if err := eachRecord(i.tx, docReps, (*codec).rep, func(r model.Rep) { all = append(all, r) }); err != nil {
			return "", fmt.Errorf("looking up the rep %q: %w", ref, err)
		}
		for _, r := range all {
			name := foldName(r.Name)
			if _, taken := i.reps[name]; taken {
				i.reps[name] = ""
			} else {
				i.reps[name] = r.Code
			}
		}
		for _, r := range all {
			i.reps[r.Code] = r.Code // a code goes before any name
		}
	}
	if code := i.reps[ref]; code != "" {
		return code, nil
	}
	name := foldName(ref)
	if last, first, ok := strings.Cut(name, ", "); ok {
		name = first + " " + last
	}
	code := cmp.Or(i.reps[name], ref)
	i.reps[ref] = code // the next row says the same
	return code, nil
}
