package model

// How it is checked who may change what. Who may stands beside each field and each
// table in fields.go.

// Forbidden says that a role may not make a change.
type Forbidden struct {
	Role  Role
	Table Table
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
	record := e.After
	if record == nil {
		record = e.Before
	}
	d := DescriptionOf(record)
	if !d.mayChange(r, e) {
		return Forbidden{r, d.Table()}
	}
	return nil
}

func (d *description[R]) mayChange(r Role, e Edit) bool {
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
