package words

// What a step of the history changed, record by record and field by field, with what
// stood there before and what stands there after it.

import (
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/ui/text"
)

// RecordChange is a record that a step added, changed or took out.
type RecordChange struct {
	Edit   model.Edit
	Title  string // "Account Metallbau Falk (K-17)"
	Way    string // "added", "changed" or "removed"
	Fields []FieldChange
}

// FieldChange is a field's value before and after; of records that came or went only
// one of them says something.
type FieldChange struct {
	Key           string // the field's stable name
	Name          string
	Before, After string
}

// StepChanges are a step's edits in words. The Book, which may be nil, names what
// records refer to.
func StepChanges(p *text.Printer, b *model.Book, edits []model.Edit) []RecordChange {
	if b == nil {
		b = model.NewBook()
	}
	changes := make([]RecordChange, len(edits))
	for i, e := range edits {
		changes[i] = recordChange(p, b, e)
	}
	return changes
}

func recordChange(p *text.Printer, b *model.Book, e model.Edit) RecordChange {
	c := RecordChange{Edit: e, Way: "changed"}
	record := e.After
	d := model.DescriptionOf(either(e.After, e.Before))
	before, after := e.Before, e.After
	switch {
	case before == nil:
		c.Way, before = "added", d.Empty()
	case after == nil:
		c.Way, after, record = "removed", d.Empty(), before
	}
	c.Title = strings.TrimSpace(One(p, d.Table()) + " " + recordTitle(p, b, record))
	for _, i := range d.Differ(before, after) {
		field := d.Fields()[i].Name
		if c.Way != "changed" && slices.Contains([]string{"code", "row", "account", "placed"}, field) || field == "row" {
			continue // the title says it, or it is nothing for people
		}
		c.Fields = append(c.Fields, FieldChange{
			Key: field, Name: FieldName(p, d.Table(), field),
			Before: valueOf(p, b, d, before, i), After: valueOf(p, b, d, after, i),
		})
	}
	return c
}

// FieldLine is a field before and after: "Phone  0711 1 → 0711 2"; of a record that
// came or went its value.
func FieldLine(p *text.Printer, r RecordChange, f FieldChange) string {
	switch r.Way {
	case "added":
		return p.T("history.change.value", text.Args{"Field": f.Name, "Value": f.After})
	case "removed":
		return p.T("history.change.value", text.Args{"Field": f.Name, "Value": f.Before})
	}
	return p.T("history.change.field", text.Args{"Field": f.Name, "Before": f.Before, "After": f.After})
}

func either(a, b model.Record) model.Record {
	if a != nil {
		return a
	}
	return b
}

// recordTitle is a record by its own name and code; what belongs to an account by the
// account's.
func recordTitle(p *text.Printer, b *model.Book, record model.Record) string {
	name := RecordName(p, b, record)
	switch key := record.Key(); key.Table {
	case model.TableReps, model.TableTerritories, model.TableAccounts, model.TableCampaigns, model.TablePeople:
		if name != key.Code {
			return p.T("record.coded", text.Args{"Name": name, "Code": key.Code})
		}
	}
	return name
}

// valueOf is a field's value: codes with what they stand for, classes as the team
// calls them.
func valueOf(p *text.Printer, b *model.Book, d model.Description, record model.Record, field int) string {
	value := d.Value(record, field)
	switch v := value.(type) {
	case model.Class:
		if v != "" {
			return b.ClassName(v)
		}
	case []model.Class:
		names := make([]string, len(v))
		for i, class := range v {
			names[i] = b.ClassName(class)
		}
		value = names
	case string:
		name := v
		switch d.Fields()[field].Name {
		case "rep":
			name = b.RepName(v)
		case "territory":
			if v != "" {
				name = AreaName(p, b, v)
			}
		case "campaign":
			name = CampaignName(b, v)
		case "account":
			name = AccountName(b, v)
		case "outcome":
			return FieldValue(p, Outcome(p, v))
		case "how":
			if key := "history.action." + v; p.Has(key) {
				return p.T(key)
			}
		}
		if name != v {
			name = p.T("record.coded", text.Args{"Name": name, "Code": v})
		}
		value = name
	}
	return FieldValue(p, value)
}
