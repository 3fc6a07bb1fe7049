package hub

// The records as columns of plain tables, read from their descriptions in model/fields.go.
// A row is told to PostgreSQL as JSON, which it casts to the columns' types itself.

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"doppelpass/model"
)

// Schema is where everything lies, BISchema where those who only read find the part that is
// for them.
const (
	Schema   = "doppelpass"
	BISchema = "doppelpass_bi"
)

// table is a table of records.
type table struct {
	of      model.Table
	name    string // quoted nowhere: it is plain
	columns []column
	key     []string // columns by which a row is found; none: there is one row at most
}

// column is one field.
type column struct {
	name  string
	field int
	kind  string // of PostgreSQL
	empty bool   // what is empty stays empty rather than NULL: it is part of the key
}

// columnNames are those of fields whose own names SQL keeps for itself, or whose meaning does
// not show where there is no form around them.
var columnNames = map[string]string{
	"row": "row_id", "id": "external_id", "end": "end_day", "start": "start_day", "from": "from_day", "to": "to_day", "for": "for_person", "of": "of_table",
	"values": "set_aside", "interval": "interval_days", "by": "by_person", "date": "day", "time": "at_time", "until": "until_day", "at": "due_time",
}

// tableKeys are the fields by which a row is found, where a record's own key is not short.
var tableKeys = map[model.Table][]string{
	model.TableVisits:   {"row", "account"},
	model.TableCalls:    {"row", "account"},
	model.TableSettings: {},
}

// tables are all of them, in the order in which they are laid out.
var tables = sync.OnceValue(func() (list []*table) {
	for _, of := range []model.Table{
		model.TableReps, model.TableTerritories, model.TableAccounts, model.TableContacts, model.TableCampaigns, model.TableVisits, model.TableCalls,
		model.TablePlan, model.TableAnswers, model.TableFollowUps, model.TableOutLists, model.TableAbsences, model.TableSettled, model.TablePeople,
		model.TableConsents, model.TableOptOuts, model.TableAsides, model.TableErasures, model.TableSettings,
	} {
		list = append(list, newTable(of))
	}
	return list
})

var tableByName = sync.OnceValue(func() map[model.Table]*table {
	all := map[model.Table]*table{}
	for _, t := range tables() {
		all[t.of] = t
	}
	return all
})

func newTable(of model.Table) *table {
	d := model.Describe(of)
	t := &table{of: of, name: strings.ReplaceAll(string(of), "-", "_")}
	keys, said := tableKeys[of]
	if !said {
		keys = keyFields(d)
	}
	for i, field := range d.Fields() {
		name := strings.ReplaceAll(field.Name, "-", "_")
		if other := columnNames[name]; other != "" {
			name = other
		}
		c := column{name: name, field: i, kind: kindOf(d.Value(d.Empty(), i)), empty: slices.Contains(keys, field.Name)}
		if c.empty {
			t.key = append(t.key, name)
		}
		t.columns = append(t.columns, c)
	}
	return t
}

// keyFields are the fields that make a record the one it is.
func keyFields(d model.Description) (names []string) {
	empty := d.Empty()
	for i, f := range d.Fields() {
		if _, own := d.Value(empty, i).(model.RowID); own {
			return []string{f.Name}
		}
		other := d.With(empty, i, another(d.Value(empty, i)))
		if other.Key() != empty.Key() {
			names = append(names, f.Name)
		}
	}
	return names
}

// another is a value that is not the empty one.
func another(value any) any {
	v := reflect.New(reflect.TypeOf(value)).Elem()
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		if v.Index(0).Kind() == reflect.String {
			v.Index(0).SetString("Mo")
		}
	case reflect.Array:
	default:
		if v.CanInt() {
			v.SetInt(1)
		} else if v.CanUint() {
			v.SetUint(1)
		}
	}
	return v.Interface()
}

// kindOf is the type of the column for a field's value.
func kindOf(value any) string {
	switch value.(type) {
	case model.RowID:
		return "uuid"
	case model.Date:
		return "date"
	case model.Clock:
		return "time"
	case model.Money:
		return "numeric(20,2)"
	case model.VisitKind, model.CallOutcome, model.Kind:
		return "text"
	case model.ClassTable:
		return "jsonb"
	}
	switch kind := reflect.TypeOf(value).Kind(); kind {
	case reflect.String:
		return "text"
	case reflect.Bool:
		return "boolean"
	case reflect.Float64:
		return "double precision"
	case reflect.Int:
		return "bigint"
	case reflect.Slice:
		return "text[]"
	default:
		panic("no column for a field of kind " + kind.String())
	}
}

// visitKinds and callOutcomes are the words that files use, too.
var (
	visitKinds   = map[model.VisitKind]string{model.VisitMet: "met", model.VisitNotMet: "not-met", model.VisitOther: "other"}
	callOutcomes = map[model.CallOutcome]string{
		model.CallReached: "reached", model.CallNotReached: "not-reached", model.CallAppointment: "appointment", model.CallDeclined: "declined",
		model.CallOptOut: "opt-out", model.CallBack: "callback", model.CallWrongNumber: "wrong-number",
	}
)

// appendValue appends a field's value as JSON.
func (c column) appendValue(out []byte, value any) []byte {
	null := func(is bool, text string) []byte {
		if is && !c.empty {
			return append(out, "null"...)
		}
		return appendText(out, text)
	}
	switch v := value.(type) {
	case string:
		return null(v == "", v)
	case model.RowID:
		return append(append(append(out, '"'), v.String()...), '"')
	case model.Date:
		known := v >= model.FirstDate && v <= model.LastDate
		if !known && c.empty {
			return append(out, `"-infinity"`...)
		}
		return null(!known, v.String())
	case model.Clock:
		known := v > 0 && v.Minutes() < 24*60
		if !known && c.empty {
			return append(out, `"24:00"`...) // no clock shows it
		}
		return null(!known, v.String())
	case model.Money:
		sign := ""
		if v < 0 {
			sign, v = "-", -v
		}
		return fmt.Appendf(out, "%s%d.%02d", sign, uint64(v)/100, uint64(v)%100)
	case bool:
		return fmt.Append(out, v)
	case int:
		return fmt.Append(out, v)
	case float64: // coordinates: 0 is no place
		if v == 0 {
			return append(out, "null"...)
		}
		text, err := json.Marshal(v)
		if err != nil {
			return append(out, "null"...)
		}
		return append(out, text...)
	case model.VisitKind:
		return appendText(out, visitKinds[v])
	case model.CallOutcome:
		return appendText(out, callOutcomes[v])
	case model.Kind:
		return appendText(out, v.String())
	case model.ClassTable:
		text, _ := json.Marshal(v)
		return append(out, text...)
	}
	v := reflect.ValueOf(value)
	if v.Kind() == reflect.String {
		return null(v.Len() == 0, v.String())
	}
	out = append(out, '[')
	for i := range v.Len() {
		if i > 0 {
			out = append(out, ',')
		}
		out = appendText(out, v.Index(i).String())
	}
	return append(out, ']')
}

// appendText appends a text as JSON. PostgreSQL keeps no zero bytes.
func appendText(out []byte, s string) []byte {
	plain := true
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x80 || c == '"' || c == '\\' {
			plain = false
			break
		}
	}
	if plain {
		return append(append(append(out, '"'), s...), '"')
	}
	text, _ := json.Marshal(clean(s))
	return append(out, text...)
}

// appendRow appends a record as a JSON object; of the key's columns alone where only is.
func (t *table) appendRow(out []byte, r model.Record, only bool) []byte {
	d := model.DescriptionOf(r)
	out = append(out, '{')
	first := true
	for _, c := range t.columns {
		if only && !c.empty {
			continue
		}
		if !first {
			out = append(out, ',')
		}
		first = false
		out = append(append(append(out, '"'), c.name...), '"', ':')
		out = c.appendValue(out, d.Value(r, c.field))
	}
	return append(out, '}')
}

// list is the table's columns one after the other, each behind a prefix.
func (t *table) list(prefix string) string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = prefix + c.name
	}
	return strings.Join(names, ", ")
}

// full is the table's name with its schema.
func (t *table) full() string { return Schema + "." + t.name }

// putSQL adds or replaces rows, deleteSQL takes rows out by their keys, sameSQL counts those
// that are there just so: each of a list of rows as JSON.
func (t *table) putSQL() string {
	into := fmt.Sprintf("insert into %s (%s) select %s from json_populate_recordset(null::%s, $1::json)", t.full(), t.list(""), t.list(""), t.full())
	if len(t.key) == 0 {
		return into
	}
	var sets []string
	for _, c := range t.columns {
		if !c.empty {
			sets = append(sets, c.name+" = excluded."+c.name)
		}
	}
	if len(sets) == 0 {
		return into + " on conflict (" + strings.Join(t.key, ", ") + ") do nothing"
	}
	return into + " on conflict (" + strings.Join(t.key, ", ") + ") do update set " + strings.Join(sets, ", ")
}

func (t *table) deleteSQL() string {
	if len(t.key) == 0 {
		return "delete from " + t.full()
	}
	return fmt.Sprintf("delete from %s t using json_populate_recordset(null::%s, $1::json) d where %s", t.full(), t.full(), t.sameKey("t", "d"))
}

func (t *table) sameSQL() string {
	on := "true"
	if len(t.key) > 0 {
		on = t.sameKey("t", "d")
	}
	return fmt.Sprintf("select count(*) from json_populate_recordset(null::%s, $1::json) d join %s t on %s where (%s) is not distinct from (%s)",
		t.full(), t.full(), on, t.list("t."), t.list("d."))
}

func (t *table) sameKey(a, b string) string {
	parts := make([]string, len(t.key))
	for i, name := range t.key {
		parts[i] = a + "." + name + " = " + b + "." + name
	}
	return strings.Join(parts, " and ")
}
