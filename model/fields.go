package model

// A record described once: the fields of each table, what becomes of them when
// two people change them, and who may. The store's packing, rights, merging, undo,
// differences in forms and in the history, and the columns of files read it. A
// field more on a record is a line here and in its struct; what people type and
// read of it stands in the form, in the file's column (store/exchange/tables.go)
// and in the words.

import (
	"reflect"
	"slices"
	"unicode/utf8"
)

// Merge says what becomes of a field that two people changed.
type Merge uint8

// The ways of merging. The zero value is MergeLast.
const (
	// MergeLast: the later change stands; the other is shown to who made it.
	MergeLast Merge = iota
	// MergeSet: the field is a set; what either side added or took out holds.
	MergeSet
	// MergeKeep: once it is set, no undo, merge or import takes it back.
	MergeKeep
)

// Field describes one field of a record.
type Field[R Record] struct {
	// Name is the field's stable name: in the journal, in files, in rights.
	Name string
	// At is where the field stands. The types that a field may have are those of
	// the records of this package.
	At    func(*R) any
	Merge Merge
	// Since is the version of the table's description that has the field first; 0
	// stands for 1. A value of an earlier version reads as the field's zero.
	Since uint8
}

// Fields are a record's fields in the order in which they are packed. A new field
// goes to the end, with the next Since.
type Fields[R Record] []Field[R]

// Index is the place of a field by its name, −1 when there is none.
func (f Fields[R]) Index(name string) int {
	return slices.IndexFunc(f, func(field Field[R]) bool { return field.Name == name })
}

// At is where a field of that name stands; it panics where there is none, since
// names are written in code.
func (f Fields[R]) At(name string) func(*R) any { return f[f.Index(name)].At }

// Version is the number of the description: the highest Since.
func (f Fields[R]) Version() uint8 {
	version := uint8(1)
	for _, field := range f {
		version = max(version, field.Since)
	}
	return version
}

// FieldInfo is a Field whatever its record is.
type FieldInfo struct {
	Name  string
	Merge Merge
	Write Departments
}

// Description is the description of a table whatever its records are.
type Description interface {
	Table() Table
	// Owner are the departments that may add and remove records of the table.
	Owner() Departments
	// Growing reports whether records of the table are only ever added.
	Growing() bool
	Fields() []FieldInfo
	// Empty is a record with nothing in it.
	Empty() Record
	// Value is a field's value; With is the record with another.
	Value(r Record, field int) any
	With(r Record, field int, value any) Record
	// Differ are the fields in which two records differ, in order. An empty list
	// is as good as none.
	Differ(a, b Record) []int

	// Check names the field of a record that cannot be as it is, and why; an empty
	// reason stands for none. See valid.go.
	Check(r Record) (field, reason string)

	mayChange(r Role, e Edit) bool
}

// description implements Description.
type description[R Record] struct {
	table   Table
	owner   Departments
	growing bool
	fields  Fields[R]
	infos   []FieldInfo
	notes   []int                          // fields that are notes
	valid   func(R) (field, reason string) // nil: any record is
	// department is the one in whose name a record is written; nil: none.
	department func(R) Role
}

// describe makes the description of a table.
func describe[R Record](table Table, fields Fields[R]) *description[R] {
	d := &description[R]{table: table, owner: owners[table], fields: fields}
	for i, f := range fields {
		d.infos = append(d.infos, FieldInfo{f.Name, f.Merge, writersOf(table, f.Name)})
		if isNote(f.Name) {
			d.notes = append(d.notes, i)
		}
	}
	return d
}

func (d *description[R]) Table() Table        { return d.table }
func (d *description[R]) Owner() Departments  { return d.owner }
func (d *description[R]) Growing() bool       { return d.growing }
func (d *description[R]) Fields() []FieldInfo { return d.infos }
func (d *description[R]) Empty() Record       { var r R; return r }

func (d *description[R]) Check(r Record) (field, reason string) {
	typed := r.(R)
	for _, i := range d.notes {
		if note := *d.fields[i].At(&typed).(*string); len(note) > MaximumNote && utf8.RuneCountInString(note) > MaximumNote {
			return d.fields[i].Name, "long"
		}
	}
	if d.valid == nil {
		return "", ""
	}
	return d.valid(typed)
}

func (d *description[R]) checked(valid func(R) (field, reason string)) *description[R] {
	d.valid = valid
	return d
}

func (d *description[R]) inNameOf(department func(R) Role) *description[R] {
	d.department = department
	return d
}

func (d *description[R]) Value(r Record, field int) any {
	typed := r.(R)
	return reflect.ValueOf(d.fields[field].At(&typed)).Elem().Interface()
}

func (d *description[R]) With(r Record, field int, value any) Record {
	typed := r.(R)
	reflect.ValueOf(d.fields[field].At(&typed)).Elem().Set(reflect.ValueOf(value))
	return typed
}

func (d *description[R]) Differ(a, b Record) (differ []int) {
	x, y := a.(R), b.(R)
	for i, f := range d.fields {
		if !sameValue(f.At(&x), f.At(&y)) {
			differ = append(differ, i)
		}
	}
	return differ
}

// sameValue compares two fields of one kind by the pointers to them.
func sameValue(a, b any) bool {
	switch x := a.(type) {
	case *string:
		return *x == *b.(*string)
	case *int:
		return *x == *b.(*int)
	case *bool:
		return *x == *b.(*bool)
	case *Date:
		return *x == *b.(*Date)
	case *[]string:
		return slices.Equal(*x, *b.(*[]string))
	}
	p, q := reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem()
	if p.Kind() == reflect.Slice && p.Len() == 0 && q.Len() == 0 {
		return true
	}
	return reflect.DeepEqual(p.Interface(), q.Interface())
}

// descriptions are the tables' descriptions.
var descriptions = map[Table]Description{
	TableReps:        describe(TableReps, RepFields),
	TableTerritories: describe(TableTerritories, TerritoryFields),
	TableAccounts:    describe(TableAccounts, AccountFields).checked(checkAccount),
	TableContacts:    describe(TableContacts, ContactFields).checked(checkContact),
	TableCampaigns:   describe(TableCampaigns, CampaignFields).checked(checkCampaign),
	TableVisits:      describe(TableVisits, VisitFields).checked(checkVisit),
	TableCalls:       describe(TableCalls, CallFields).checked(checkCall),
	TablePlan:        describe(TablePlan, PlannedVisitFields).checked(checkPlanned),
	TableAnswers:     describe(TableAnswers, AnswerFields).checked(checkAnswer).inNameOf(Answer.Department),
	TableFollowUps:   describe(TableFollowUps, FollowUpFields).checked(checkFollowUp),
	TableConsents:    growing(describe(TableConsents, ConsentFields)),
	TableAbsences:    describe(TableAbsences, AbsenceFields).checked(checkAbsence),
	TablePeople:      describe(TablePeople, PersonFields).checked(checkPerson),
	TableOptOuts:     growing(describe(TableOptOuts, OptOutFields)),
	TableSettled:     describe(TableSettled, SettledFields).checked(checkSettled),
	TableOutLists:    describe(TableOutLists, OutListFields).checked(checkOutList),
	TableAsides:      describe(TableAsides, SetAsideFields).checked(checkSetAside),
	TableErasures:    growing(describe(TableErasures, ErasureFields)),
	TableSettings:    describeSettings(),
}

func growing[R Record](d *description[R]) *description[R] {
	d.growing = true
	return d
}

// Describe is the description of a table; nil where there is no such table.
func Describe(table Table) Description { return descriptions[table] }

// DescriptionOf is the description of a record's table.
func DescriptionOf(r Record) Description { return descriptions[r.Key().Table] }

// Same reports whether two records hold the same; either may be nil.
func Same(a, b Record) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	d := DescriptionOf(a)
	return d == DescriptionOf(b) && len(d.Differ(a, b)) == 0
}

// RepFields describe a rep.
var RepFields = Fields[Rep]{
	{Name: "code", At: func(r *Rep) any { return &r.Code }},
	{Name: "name", At: func(r *Rep) any { return &r.Name }},
	{Name: "email", At: func(r *Rep) any { return &r.Email }},
	{Name: "capacity", At: func(r *Rep) any { return &r.Capacity }},
	{Name: "home_street", At: func(r *Rep) any { return &r.Home.Street }},
	{Name: "home_postcode", At: func(r *Rep) any { return &r.Home.Postcode }},
	{Name: "home_city", At: func(r *Rep) any { return &r.Home.City }},
	{Name: "home_country", At: func(r *Rep) any { return &r.Home.Country }},
	{Name: "home_lat", At: func(r *Rep) any { return &r.HomeAt.Lat }},
	{Name: "home_lon", At: func(r *Rep) any { return &r.HomeAt.Lon }},
	{Name: "day_start", At: func(r *Rep) any { return &r.DayStart }},
	{Name: "day_end", At: func(r *Rep) any { return &r.DayEnd }},
}

// TerritoryFields describe a territory. Marketing keeps its own contact and note.
var TerritoryFields = Fields[Territory]{
	{Name: "code", At: func(t *Territory) any { return &t.Code }},
	{Name: "name", At: func(t *Territory) any { return &t.Name }},
	{Name: "region", At: func(t *Territory) any { return &t.Region }},
	{Name: "rep", At: func(t *Territory) any { return &t.Rep }},
	{Name: "postcodes", At: func(t *Territory) any { return &t.Postcodes }, Merge: MergeSet},
	{Name: "marketing", At: func(t *Territory) any { return &t.Marketing }},
	{Name: "note", At: func(t *Territory) any { return &t.Note }},
	{Name: "marketing_note", At: func(t *Territory) any { return &t.MarketingNote }},
	{Name: "country", At: func(t *Territory) any { return &t.Country }, Since: 2},
	{Name: "calendar", At: func(t *Territory) any { return &t.Calendar }, Since: 2},
}

// AccountFields describe an account. The code stands first: the store reads it
// without the rest.
var AccountFields = Fields[Account]{
	{Name: "code", At: func(a *Account) any { return &a.Code }},
	{Name: "name", At: func(a *Account) any { return &a.Name }},
	{Name: "territory", At: func(a *Account) any { return &a.Territory }},
	{Name: "class", At: func(a *Account) any { return &a.Class }},
	{Name: "interval", At: func(a *Account) any { return &a.Interval }},
	{Name: "do_not_call", At: func(a *Account) any { return &a.DoNotCall }},
	{Name: "inactive", At: func(a *Account) any { return &a.Inactive }},
	{Name: "since", At: func(a *Account) any { return &a.Since }},
	{Name: "phone", At: func(a *Account) any { return &a.Phone }},
	{Name: "consent", At: func(a *Account) any { return &a.Consent }},
	{Name: "street", At: func(a *Account) any { return &a.Address.Street }},
	{Name: "postcode", At: func(a *Account) any { return &a.Address.Postcode }},
	{Name: "city", At: func(a *Account) any { return &a.Address.City }},
	{Name: "country", At: func(a *Account) any { return &a.Address.Country }},
	{Name: "lat", At: func(a *Account) any { return &a.At.Lat }},
	{Name: "lon", At: func(a *Account) any { return &a.At.Lon }},
	{Name: "placed", At: func(a *Account) any { return &a.Placed }},
	{Name: "email", At: func(a *Account) any { return &a.Email }},
	{Name: "visit_minutes", At: func(a *Account) any { return &a.VisitMinutes }},
	{Name: "hours", At: func(a *Account) any { return &a.Hours }},
	{Name: "potential", At: func(a *Account) any { return &a.Potential }},
	{Name: "note", At: func(a *Account) any { return &a.Note }},
	{Name: "consent_basis", At: func(a *Account) any { return &a.ConsentBasis }, Since: 2},
	{Name: "private", At: func(a *Account) any { return &a.Private }, Since: 2},
	{Name: "external_ids", At: func(a *Account) any { return &a.ExternalIDs }, Merge: MergeSet, Since: 3},
	{Name: "marketing_note", At: func(a *Account) any { return &a.MarketingNote }, Since: 4},
	{Name: "hold", At: func(a *Account) any { return &a.Hold }, Since: 5},
}

// ContactFields describe a person at an account.
var ContactFields = Fields[Contact]{
	{Name: "account", At: func(c *Contact) any { return &c.Account }},
	{Name: "name", At: func(c *Contact) any { return &c.Name }},
	{Name: "function", At: func(c *Contact) any { return &c.Function }},
	{Name: "phone", At: func(c *Contact) any { return &c.Phone }},
	{Name: "email", At: func(c *Contact) any { return &c.Email }},
	{Name: "note", At: func(c *Contact) any { return &c.Note }},
}

// CampaignFields describe a campaign.
var CampaignFields = Fields[Campaign]{
	{Name: "code", At: func(c *Campaign) any { return &c.Code }},
	{Name: "name", At: func(c *Campaign) any { return &c.Name }},
	{Name: "kind", At: func(c *Campaign) any { return &c.Kind }},
	{Name: "territories", At: func(c *Campaign) any { return &c.Territories }, Merge: MergeSet},
	{Name: "classes", At: func(c *Campaign) any { return &c.Classes }, Merge: MergeSet},
	{Name: "start", At: func(c *Campaign) any { return &c.Start }},
	{Name: "end", At: func(c *Campaign) any { return &c.End }},
	{Name: "status", At: func(c *Campaign) any { return &c.Status }},
	{Name: "owner", At: func(c *Campaign) any { return &c.Owner }},
	{Name: "goal", At: func(c *Campaign) any { return &c.Goal }},
	{Name: "note", At: func(c *Campaign) any { return &c.Note }},
	{Name: "by_phone", At: func(c *Campaign) any { return &c.ByPhone }, Merge: MergeSet, Since: 2},
	{Name: "review", At: func(c *Campaign) any { return &c.Review }, Since: 3},
	{Name: "lot_seed", At: func(c *Campaign) any { return &c.LotSeed }, Since: 3},
	{Name: "lot_visit", At: func(c *Campaign) any { return &c.LotVisit }, Merge: MergeSet, Since: 3},
	{Name: "lot_call", At: func(c *Campaign) any { return &c.LotCall }, Merge: MergeSet, Since: 3},
	{Name: "lot_neither", At: func(c *Campaign) any { return &c.LotNeither }, Merge: MergeSet, Since: 3},
}

// VisitFields describe a visit.
var VisitFields = Fields[Visit]{
	{Name: "row", At: func(v *Visit) any { return &v.ID }},
	{Name: "account", At: func(v *Visit) any { return &v.Account }},
	{Name: "date", At: func(v *Visit) any { return &v.Date }},
	{Name: "time", At: func(v *Visit) any { return &v.Time }},
	{Name: "rep", At: func(v *Visit) any { return &v.Rep }},
	{Name: "kind", At: func(v *Visit) any { return &v.Kind }},
	{Name: "outcome", At: func(v *Visit) any { return &v.Outcome }},
	{Name: "value", At: func(v *Visit) any { return &v.Value }},
	{Name: "minutes", At: func(v *Visit) any { return &v.Minutes }},
	{Name: "guests", At: func(v *Visit) any { return &v.Guests }, Merge: MergeSet},
	{Name: "note", At: func(v *Visit) any { return &v.Note }},
	{Name: "id", At: func(v *Visit) any { return &v.Ref }},
}

// CallFields describe a call.
var CallFields = Fields[Call]{
	{Name: "row", At: func(c *Call) any { return &c.ID }},
	{Name: "account", At: func(c *Call) any { return &c.Account }},
	{Name: "date", At: func(c *Call) any { return &c.Date }},
	{Name: "time", At: func(c *Call) any { return &c.Time }},
	{Name: "agent", At: func(c *Call) any { return &c.Agent }},
	{Name: "outcome", At: func(c *Call) any { return &c.Outcome }},
	{Name: "campaign", At: func(c *Call) any { return &c.Campaign }},
	{Name: "note", At: func(c *Call) any { return &c.Note }},
	{Name: "id", At: func(c *Call) any { return &c.Ref }},
	{Name: "guests", At: func(c *Call) any { return &c.Guests }, Merge: MergeSet, Since: 2},
}

// PlannedVisitFields describe a planned visit.
var PlannedVisitFields = Fields[PlannedVisit]{
	{Name: "rep", At: func(p *PlannedVisit) any { return &p.Rep }},
	{Name: "account", At: func(p *PlannedVisit) any { return &p.Account }},
	{Name: "date", At: func(p *PlannedVisit) any { return &p.Date }},
	{Name: "time", At: func(p *PlannedVisit) any { return &p.Time }},
	{Name: "minutes", At: func(p *PlannedVisit) any { return &p.Minutes }},
	{Name: "nth", At: func(p *PlannedVisit) any { return &p.Nth }, Since: 2},
}

// ConsentFields describe a line of the consent book.
var ConsentFields = Fields[ConsentLine]{
	{Name: "row", At: func(c *ConsentLine) any { return &c.ID }, Merge: MergeKeep},
	{Name: "account", At: func(c *ConsentLine) any { return &c.Account }, Merge: MergeKeep},
	{Name: "number", At: func(c *ConsentLine) any { return &c.Number }, Merge: MergeKeep},
	{Name: "event", At: func(c *ConsentLine) any { return &c.Event }, Merge: MergeKeep},
	{Name: "date", At: func(c *ConsentLine) any { return &c.Date }, Merge: MergeKeep},
	{Name: "how", At: func(c *ConsentLine) any { return &c.How }, Merge: MergeKeep},
	{Name: "evidence", At: func(c *ConsentLine) any { return &c.Evidence }, Merge: MergeKeep},
	{Name: "by", At: func(c *ConsentLine) any { return &c.By }, Merge: MergeKeep},
}

// OptOutFields describe a line of the book of opt-outs.
var OptOutFields = Fields[OptOut]{
	{Name: "account", At: func(o *OptOut) any { return &o.Account }, Merge: MergeKeep},
	{Name: "number", At: func(o *OptOut) any { return &o.Number }, Merge: MergeKeep},
	{Name: "since", At: func(o *OptOut) any { return &o.Since }, Merge: MergeKeep},
	{Name: "lifted", At: func(o *OptOut) any { return &o.Lifted }, Merge: MergeKeep},
}

// describeSettings describes the rules' numbers; only the lead changes them.
func describeSettings() Description {
	var fields Fields[Settings]
	for _, setting := range SettingList {
		fields = append(fields, Field[Settings]{Name: setting.Name, At: func(s *Settings) any { return setting.Value(s) }})
	}
	for _, setting := range SettingWords {
		fields = append(fields, Field[Settings]{Name: setting.Name, At: func(s *Settings) any { return setting.Value(s) }})
	}
	fields = append(fields, Field[Settings]{Name: "classes", At: func(s *Settings) any { return &s.Classes }})
	return describe(TableSettings, fields).checked(checkSettings)
}
