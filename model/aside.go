package model

// What stands aside: values that two people gave one field, records that met another under
// their code, changes that were refused. Each lies on the page of whoever wrote it until
// they put it back or let it go.

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
)

// SetAside is something that was written and does not stand.
type SetAside struct {
	ID     RowID
	For    string // whose it is: a person's code, or the name of who works without one
	Date   Date
	Reason LostReason
	Of     Table  // the table of the record
	Code   string // what the record is found by: its code, or that of its account
	Row    string // identity of a row in hexadecimal digits; "": it has a code
	Name   string // the record as people call it
	// Values are the fields that do not stand, as JSON by their names; of a whole record
	// all of its fields. Standing are those that stand in their place.
	Values   string
	Standing string
	By       string // who wrote what stands
	Settled  bool   // put back, or let go
}

// Key implements Record.
func (a SetAside) Key() Key { return Key{Table: TableAsides, Code: a.For, ID: a.ID} }

// SetAsideFields describe what stands aside.
var SetAsideFields = Fields[SetAside]{
	{Name: "row", At: func(a *SetAside) any { return &a.ID }},
	{Name: "for", At: func(a *SetAside) any { return &a.For }},
	{Name: "date", At: func(a *SetAside) any { return &a.Date }},
	{Name: "reason", At: func(a *SetAside) any { return (*string)(&a.Reason) }},
	{Name: "of", At: func(a *SetAside) any { return (*string)(&a.Of) }},
	{Name: "code", At: func(a *SetAside) any { return &a.Code }},
	{Name: "of_row", At: func(a *SetAside) any { return &a.Row }},
	{Name: "name", At: func(a *SetAside) any { return &a.Name }},
	{Name: "values", At: func(a *SetAside) any { return &a.Values }},
	{Name: "standing", At: func(a *SetAside) any { return &a.Standing }},
	{Name: "by", At: func(a *SetAside) any { return &a.By }},
	{Name: "settled", At: func(a *SetAside) any { return &a.Settled }},
}

func checkSetAside(a SetAside) (field, reason string) {
	if a.Of == "" {
		return "of", "range"
	}
	return "", ""
}

// FieldValues are fields of a record as JSON by their names; without names all of them.
func FieldValues(r Record, names []string) (string, error) {
	if r == nil {
		return "", nil
	}
	d, values := DescriptionOf(r), map[string]any{}
	for i, f := range d.Fields() {
		if len(names) == 0 || slices.Contains(names, f.Name) {
			values[f.Name] = d.Value(r, i)
		}
	}
	data, err := json.Marshal(values)
	if err != nil {
		return "", fmt.Errorf("fields of %s %q: %w", r.Key().Table, r.Key().Code, err)
	}
	return string(data), nil
}

// WithFieldValues is a record with fields as FieldValues gave them. Fields that this
// program does not know are left out.
func WithFieldValues(r Record, values string) (Record, error) {
	var named map[string]json.RawMessage
	if err := json.Unmarshal([]byte(values), &named); err != nil {
		return r, fmt.Errorf("values that stand aside: %w", err)
	}
	d := DescriptionOf(r)
	for i, f := range d.Fields() {
		data, ok := named[f.Name]
		if !ok {
			continue
		}
		value := reflect.New(reflect.TypeOf(d.Value(r, i)))
		if err := json.Unmarshal(data, value.Interface()); err != nil {
			return r, fmt.Errorf("the field %s that stands aside: %w", f.Name, err)
		}
		r = d.With(r, i, value.Elem().Interface())
	}
	return r, nil
}

// PutOn is a record with the fields that stand aside. Into a set comes what was put in, and out
// of it what was taken out, whatever others have put in since.
func (a SetAside) PutOn(now Record) (Record, error) {
	mine, err := WithFieldValues(now, a.Values)
	if err != nil || a.Standing == "" {
		return mine, err
	}
	standing, err := WithFieldValues(now, a.Standing)
	if err != nil {
		return mine, err
	}
	d := DescriptionOf(now)
	for i, f := range d.Fields() {
		if f.Merge == MergeSet {
			mine = d.With(mine, i, mergeSets(d.Value(standing, i), d.Value(mine, i), d.Value(now, i)))
		}
	}
	return mine, nil
}

// KeyFields are the fields by which a record is found.
func KeyFields(r Record) (names []string) {
	d := DescriptionOf(r)
	empty := d.Empty()
	for i, f := range d.Fields() {
		if d.With(empty, i, d.Value(r, i)).Key() != empty.Key() {
			names = append(names, f.Name)
		}
	}
	return names
}

// naming are the fields that name a record of a table by its code.
var naming = map[Table][]string{
	TableAccounts:    {"account", "accounts", "by_phone", "lot_visit", "lot_call", "lot_neither"},
	TableTerritories: {"territory", "territories"},
	TableReps:        {"rep", "cover"},
	TableCampaigns:   {"campaign"},
}

// Recoded is a record with another code in the place of one of a table: its own, where it
// is of that table, and where it names it.
func Recoded(r Record, table Table, from, to string) Record {
	d := DescriptionOf(r)
	for i, f := range d.Fields() {
		if !slices.Contains(naming[table], f.Name) && !(d.Table() == table && f.Name == "code") {
			continue
		}
		switch value := d.Value(r, i).(type) {
		case string:
			if value == from {
				r = d.With(r, i, to)
			}
		case []string:
			if slices.Contains(value, from) {
				again := slices.Clone(value)
				for j := range again {
					if again[j] == from {
						again[j] = to
					}
				}
				r = d.With(r, i, again)
			}
		}
	}
	return r
}
