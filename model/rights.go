package model

// Who may change what: the departments that own a table, those that write its
// fields, and how an edit is held to it.

import (
	"errors"
	"slices"
)

// Forbidden says that a role may not make a change.
type Forbidden struct {
	Role  Role
	Table Table
	// Person is whose role it is; "": of somebody who works alone, and may take another.
	Person string
	// Who are the departments that may make it, beside the lead.
	Who Departments
	// Own says that it is the person's own right to be here that they may not change.
	Own bool
}

// Error implements error.
func (f Forbidden) Error() string {
	return "the role " + string(f.Role) + " may not change " + string(f.Table)
}

// May reports as an error whether the role may not make the edit. Records are
// added and removed by the departments that own the table; a field is changed, and
// filled in a new record, by those that may write it. Of an edit that changes
// nothing it tells whether the role may change anything of the record.
func (r Role) May(e Edit) error {
	d := Describe(tableOf(e))
	if !d.mayChange(r, e) {
		return Forbidden{Role: r, Table: d.Table(), Who: whoMay(d, e)}
	}
	return nil
}

// whoMay are the departments that may make an edit.
func whoMay(d Description, e Edit) (who Departments) {
	for _, of := range [...]struct {
		role Role
		set  Departments
	}{{RoleSales, Sales}, {RoleMarketing, Marketing}} {
		if d.mayChange(of.role, e) {
			who |= of.set
		}
	}
	return who
}

// May reports as an error whether the actor may not make the edit: the role may not,
// or it would change the actor's own role or whether they are let in. Nobody saws off
// the branch they sit on, and nobody climbs a higher one.
func (a Actor) May(e Edit) error {
	if err := a.Role.May(e); err != nil {
		var forbidden Forbidden
		errors.As(err, &forbidden)
		forbidden.Person = a.Person
		return forbidden
	}
	before, ok := e.Before.(Person)
	if !ok || a.Person == "" || before.Code != a.Person {
		return nil
	}
	if after, stays := e.After.(Person); !stays || after.Role != before.Role || after.Inactive != before.Inactive {
		return Forbidden{Role: a.Role, Table: TablePeople, Person: a.Person, Own: true}
	}
	return nil
}

// tableOf is the table of an edit's record.
func tableOf(e Edit) Table {
	if e.After != nil {
		return e.After.Key().Table
	}
	return e.Before.Key().Table
}

func (d *description[R]) mayChange(r Role, e Edit) bool {
	if !d.inOwnName(r, e.Before) || !d.inOwnName(r, e.After) || d.growing && !stays(e) {
		return false
	}
	if e.After == nil {
		return d.owner.Has(r)
	}
	before := e.Before
	if before == nil {
		if !d.owner.Has(r) {
			return false
		}
		before = d.Empty()
	}
	differ := d.Differ(before, e.After)
	for _, field := range differ {
		if !d.infos[field].Write.Has(r) {
			return false
		}
	}
	if len(differ) > 0 {
		return true
	}
	for _, field := range d.infos {
		if field.Write.Has(r) {
			return true
		}
	}
	return false
}

// stays reports whether an edit leaves what stands in a table that only grows: nobody takes
// a line out or writes another in its place, the lead neither. That an opt-out is over is
// written behind it; see EndsUnasked.
func stays(e Edit) bool {
	if e.Before == nil {
		return true
	}
	_, optOut := e.After.(OptOut)
	return e.After != nil && (optOut || Same(e.Before, e.After))
}

// EndsUnasked reports whether a step ends somebody's opt-out without the line of the consent
// book that does so: a new express consent.
func EndsUnasked(edits []Edit) bool {
	for _, e := range edits {
		before, was := e.Before.(OptOut)
		after, is := e.After.(OptOut)
		if is && after.Lifted != 0 && !(was && before.Lifted != 0) && !slices.ContainsFunc(edits, func(o Edit) bool {
			line, is := o.After.(ConsentLine)
			return is && o.Before == nil && line.Account == after.Account && line.Event == ConsentExpress
		}) {
			return true
		}
	}
	return false
}

// inOwnName reports whether the role may speak for the department in whose name the
// record is written. A record that says nothing yet is nobody's, and so is one in nobody's
// name.
func (d *description[R]) inOwnName(r Role, record Record) bool {
	if record == nil || d.department == nil || r == RoleLead || Same(record, d.Empty()) {
		return true
	}
	in := d.department(record.(R))
	return in == "" || in == r
}

// Departments is a set of departments; the lead belongs to each.
type Departments uint8

// The departments.
const (
	Sales Departments = 1 << iota
	Marketing
	// LeadOnly is the set without a department.
	LeadOnly Departments = 0
)

// Has reports whether a role belongs to the set.
func (d Departments) Has(role Role) bool {
	switch role {
	case RoleLead:
		return true
	case RoleSales:
		return d&Sales != 0
	case RoleMarketing:
		return d&Marketing != 0
	}
	return false
}

// owners may add and remove a table's records, and write their fields.
var owners = map[Table]Departments{
	TableReps:        LeadOnly,
	TableTerritories: Sales,
	TableAccounts:    Sales,
	TableContacts:    Sales | Marketing,
	TableCampaigns:   Marketing,
	TableVisits:      Sales,
	TableCalls:       Marketing,
	TablePlan:        Sales,
	TableAnswers:     Sales | Marketing,
	TableFollowUps:   Sales | Marketing,
	TableOutLists:    Marketing,
	TableConsents:    Sales | Marketing,
	TableAbsences:    Sales,
	TableSettled:     Sales,
	TablePeople:      LeadOnly,
	TableOptOuts:     Sales | Marketing,
	TableAsides:      Sales | Marketing,
	TableErasures:    LeadOnly,
	TableSettings:    LeadOnly,
}

// writers write the fields that are not the table's owner's to write.
var writers = map[Table]map[string]Departments{
	TableAccounts: {
		"hold":           LeadOnly,
		"marketing_note": Marketing,
	},
	TableTerritories: {
		"marketing":      Sales | Marketing,
		"marketing_note": Marketing,
	},
}

func writersOf(table Table, field string) Departments {
	if d, other := writers[table][field]; other {
		return d
	}
	return owners[table]
}
