package store

// The hand-written packing of visits and calls, and what the store keeps of every
// record, are held to the descriptions of the records.

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// filled is a value of a field's type that is not its zero.
func filled(value any) any {
	v := reflect.New(reflect.TypeOf(value)).Elem()
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(1.5)
	case reflect.Slice:
		v = reflect.Append(v, reflect.ValueOf("x").Convert(v.Type().Elem()))
	case reflect.Array:
		v.Index(3).SetUint(7)
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uint:
		v.SetUint(1)
	default:
		v.SetInt(1)
	}
	return v.Interface()
}

func TestEveryFieldIsPackedComparedAndReadBack(t *testing.T) {
	for i := range storedTables {
		table := &storedTables[i]
		d := model.Describe(table.table)
		require.NotNil(t, d, table.table)
		empty := d.Empty()
		if table.document == docSettings { // they are never empty
			empty = model.DefaultSettings()
		}
		for field, info := range d.Fields() {
			if info.Name == "classes" { // a table of its own, with a test of its own
				continue
			}
			value := filled(d.Value(empty, field))
			if n, whole := value.(int); whole && d.Value(empty, field) == n { // a setting that is 1 by default
				value = 0
			}
			one := d.With(empty, field, value)
			require.Equal(t, []int{field}, d.Differ(empty, one), "%s.%s", table.table, info.Name)
			back, err := table.unpack(table.pack(one))
			require.NoError(t, err)
			require.True(t, model.Same(one, back), "%s.%s is packed", table.table, info.Name)
		}
	}
}

func TestBlocksKeepEveryFieldOfTheDescription(t *testing.T) {
	scratch(t, func(tx *bolt.Tx) {
		dictionary, err := loadWords(tx)
		require.NoError(t, err)
		coder := blockCoder{dictionary, tx}
		day := model.NewDate(2026, 3, 1)
		visit := model.Visit{Account: "K", Date: day}
		for field, info := range model.Describe(model.TableVisits).Fields() {
			d := model.Describe(model.TableVisits)
			one := d.With(visit, field, filled(d.Value(visit, field))).(model.Visit)
			if info.Name == "account" || info.Name == "date" { // where the block lies
				continue
			}
			require.False(t, visitRows.same(&visit, &one), info.Name)
			rows := []model.Visit{one}
			visitRows.identify(rows)
			value, err := coder.encodeVisits(2026, rows)
			require.NoError(t, err)
			back, err := coder.decodeVisits("K", 2026, value)
			require.NoError(t, err)
			require.True(t, model.Same(rows[0], back[0]), info.Name)
		}
		call := model.Call{Account: "K", Date: day}
		for field, info := range model.Describe(model.TableCalls).Fields() {
			d := model.Describe(model.TableCalls)
			one := d.With(call, field, filled(d.Value(call, field))).(model.Call)
			if info.Name == "account" || info.Name == "date" {
				continue
			}
			require.False(t, callRows.same(&call, &one), info.Name)
			rows := []model.Call{one}
			callRows.identify(rows)
			value, err := coder.encodeCalls(2026, rows)
			require.NoError(t, err)
			back, err := coder.decodeCalls("K", 2026, value)
			require.NoError(t, err)
			require.True(t, model.Same(rows[0], back[0]), info.Name)
		}
	})
}
