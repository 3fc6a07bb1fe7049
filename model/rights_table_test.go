package model

// Who may change what, cell by cell: a line for each table and, where a field is not
// its table's, for the field. A field that is not named here follows its table.

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"
)

// rightsTable are the columns lead, sales, marketing, look.
var rightsTable = []struct {
	table Table
	field string // "": adding, removing where the table does not only grow, and every field that has no line
	may   [4]bool
}{
	{TableReps, "", [4]bool{true, false, false, false}},
	{TableTerritories, "", [4]bool{true, true, false, false}},
	{TableTerritories, "marketing", [4]bool{true, true, true, false}},
	{TableTerritories, "marketing_note", [4]bool{true, false, true, false}},
	{TableAccounts, "", [4]bool{true, true, false, false}},
	{TableAccounts, "hold", [4]bool{true, false, false, false}},
	{TableAccounts, "marketing_note", [4]bool{true, false, true, false}},
	{TableContacts, "", [4]bool{true, true, true, false}},
	{TableCampaigns, "", [4]bool{true, false, true, false}},
	{TableVisits, "", [4]bool{true, true, false, false}},
	{TableCalls, "", [4]bool{true, false, true, false}},
	{TableAnswers, "", [4]bool{true, true, true, false}},
	{TableFollowUps, "", [4]bool{true, true, true, false}},
	{TableOutLists, "", [4]bool{true, false, true, false}},
	{TableAsides, "", [4]bool{true, true, true, false}},
	{TablePlan, "", [4]bool{true, true, false, false}},
	{TableConsents, "", [4]bool{true, true, true, false}},
	{TableAbsences, "", [4]bool{true, true, false, false}},
	{TableSettled, "", [4]bool{true, true, false, false}},
	{TableOptOuts, "", [4]bool{true, true, true, false}},
	{TablePeople, "", [4]bool{true, false, false, false}},
	{TableErasures, "", [4]bool{true, false, false, false}},
	{TableSettings, "", [4]bool{true, false, false, false}},
}

func TestWhoMayChangeWhichField(t *testing.T) {
	require.Equal(t, [4]Role{RoleLead, RoleSales, RoleMarketing, RoleLook}, Roles)
	rights := map[Table]map[string][4]bool{}
	for _, line := range rightsTable {
		if rights[line.table] == nil {
			rights[line.table] = map[string][4]bool{}
		}
		rights[line.table][line.field] = line.may
	}
	require.Len(t, rights, len(descriptions), "every table has its line")
	for table, fields := range rights {
		d := Describe(table)
		if table == TableAnswers { // what may be answered depends on the answer before: see the tests of answers
			continue
		}
		empty := d.Empty()
		for i, role := range Roles {
			actor := Actor{Role: role}
			require.Equal(t, fields[""][i], actor.May(Edit{After: empty}) == nil, "%s adds to %s", role, table)
			require.Equal(t, fields[""][i] && !d.Growing(), actor.May(Edit{Before: empty}) == nil, "%s removes from %s", role, table)
			for n, field := range d.Fields() {
				may, own := fields[field.Name]
				if !own {
					may = fields[""]
				}
				if d.Growing() && table != TableOptOuts { // which end, and begin anew
					may = [4]bool{}
				}
				before, after := empty, changedAt(d, empty, n)
				require.Equal(t, may[i], actor.May(Edit{before, after}) == nil, "%s changes %s.%s", role, table, field.Name)
				require.Equal(t, may[i], actor.May(Edit{after, before}) == nil, "%s takes %s.%s back", role, table, field.Name)
			}
		}
	}
}

// changedAt is a record with another value in one field.
func changedAt(d Description, r Record, field int) Record {
	value := d.Value(r, field)
	if _, classes := value.(ClassTable); classes {
		return d.With(r, field, DefaultSettings().Classes)
	}
	v := reflect.New(reflect.TypeOf(value)).Elem()
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(1)
	case reflect.Slice:
		v = reflect.Append(v, reflect.New(v.Type().Elem()).Elem())
	case reflect.Array:
		v.Index(0).SetUint(1)
	default:
		if v.CanInt() {
			v.SetInt(1)
		} else {
			v.SetUint(1)
		}
	}
	return d.With(r, field, v.Interface())
}

func TestNobodyChangesTheirOwnRightToBeHere(t *testing.T) {
	anna := Person{Code: "anna", Name: "Anna", Role: RoleLead, Keys: []string{"a"}}
	me, other := anna.Actor(""), Person{Code: "ben", Role: RoleLead}.Actor("")
	for name, test := range map[string]struct {
		after   Record
		mine    bool
		whoever bool
	}{
		"another role":     {Person{Code: "anna", Name: "Anna", Role: RoleSales, Keys: []string{"a"}}, false, true},
		"let in no more":   {Person{Code: "anna", Name: "Anna", Role: RoleLead, Keys: []string{"a"}, Inactive: true}, false, true},
		"removed":          {nil, false, true},
		"another name":     {Person{Code: "anna", Name: "Anna B.", Role: RoleLead, Keys: []string{"a"}}, true, true},
		"one key is added": {Person{Code: "anna", Name: "Anna", Role: RoleLead, Keys: []string{"a", "b"}}, true, true},
	} {
		require.Equal(t, test.mine, me.May(Edit{anna, test.after}) == nil, name)
		require.Equal(t, test.whoever, other.May(Edit{anna, test.after}) == nil, name)
	}
}

func TestKeysAreKnownByTheirFingerprint(t *testing.T) {
	const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
	const fingerprint = "SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU" // as GitHub publishes it
	for written, want := range map[string]string{
		key: fingerprint, key + " git@github.com\n": fingerprint, "  " + fingerprint + "\n": fingerprint,
		"": "", "SHA256:": "", "SHA256:abc": "", "ssh-ed25519": "", "ssh-ed25519 AAAA": "", "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl": "", "MD5:00": "",
	} {
		got, ok := KeyFingerprint(written)
		require.Equal(t, want != "", ok, written)
		if ok {
			require.Equal(t, want, got)
		}
	}
}
