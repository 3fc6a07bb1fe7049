package hub

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store/hub/hubtest"
)

// laidOut is a connection to a hub that is laid out and empty.
func laidOut(t *testing.T) *pgx.Conn {
	t.Helper()
	c := hubtest.Shared(t)
	conn, err := pgx.Connect(context.Background(), c.URL("owner", c.Database()))
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	done, err := layOut(context.Background(), conn, Words{
		Table: func(table model.Table) string { return "it's " + string(table) },
		Field: func(table model.Table, field string) string { return "it's " + string(table) + "." + field },
	})
	require.NoError(t, err)
	require.Equal(t, len(migrations()), done)
	return conn
}

// A field more in model/fields.go is a column more: a new migration adds it.
func TestTheTablesAreTheRecords(t *testing.T) {
	conn := laidOut(t)
	rows, err := conn.Query(context.Background(), `select c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull,
		coalesce(col_description(c.oid, a.attnum), ''), coalesce(obj_description(c.oid, 'pg_class'), '')
		from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
		where n.nspname = 'doppelpass' and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`)
	require.NoError(t, err)
	have, commented := map[string]string{}, map[string]bool{}
	for rows.Next() {
		var table, column, kind, comment, of string
		var must bool
		require.NoError(t, rows.Scan(&table, &column, &kind, &must, &comment, &of))
		require.NotEmpty(t, comment, "%s.%s has no comment", table, column)
		require.NotEmpty(t, of, "%s has no comment", table)
		have[table+"."+column], commented[table] = kind, true
	}
	require.NoError(t, rows.Err())
	kinds := map[string]string{"time": "time without time zone", "boolean": "boolean"}
	for _, table := range tables() {
		for _, c := range table.columns {
			want := c.kind
			if long := kinds[want]; long != "" {
				want = long
			}
			require.Equal(t, want, have[table.name+"."+c.name], "%s.%s: a migration adds it: %s %s", table.name, c.name, c.name, c.kind)
			delete(have, table.name+"."+c.name)
		}
	}
	for _, own := range []string{"hub", "steps", "copies", "migrations"} {
		maps.DeleteFunc(have, func(name, _ string) bool { return strings.HasPrefix(name, own+".") })
	}
	require.Empty(t, have, "columns without a field")
	var keys int
	require.NoError(t, conn.QueryRow(context.Background(), "select count(*) from pg_constraint where contype = 'f'").Scan(&keys))
	require.Zero(t, keys, "a foreign key could hold up everybody's steps")
}

// toRead are the tables, and of each the texts that somebody has typed, that those who only
// read are given.
var toRead = map[model.Table][]string{
	model.TableReps: nil, model.TableTerritories: nil, model.TableAccounts: nil, model.TableCampaigns: {"name", "goal"}, model.TableVisits: nil, model.TableCalls: nil,
	model.TablePlan: nil, model.TableSettled: nil, model.TableAnswers: nil, model.TableFollowUps: nil, model.TableOutLists: nil, model.TablePeople: nil,
}

// What is for reading holds no notes and no ways to reach somebody, whatever fields come.
func TestWhoOnlyReadsIsGivenNoNotes(t *testing.T) {
	shown, err := bi(context.Background(), laidOut(t))
	require.NoError(t, err)
	require.Len(t, shown, len(toRead))
	names := []string{"name"} // of reps, accounts and people: who they are
	for of, typed := range toRead {
		table := tableByName()[of]
		require.NotEmpty(t, shown[table.name], of)
		for _, c := range table.columns {
			field := model.Describe(of).Fields()[c.field].Name
			telling := model.TellingOf(of, field)
			if !shown[table.name][c.name] {
				continue
			}
			require.False(t, telling == model.TellsText && !slices.Contains(typed, field), "%s.%s", of, field)
			require.False(t, telling == model.TellsOf && !slices.Contains(names, field), "%s.%s", of, field)
			require.NotContains(t, field, "consent")
		}
	}
}

// Whatever a record holds, PostgreSQL takes it: one that it did not take would hold up all that
// come behind it.
func TestEveryValueHasItsRow(t *testing.T) {
	conn := laidOut(t)
	ctx := context.Background()
	odd := []string{"", "plain", "\"quoted\" \\ back", "zero\x00byte", "broken\xff\xfe", "line\nend", "Überraschung \U0001F600", "\u2028", strings.Repeat("long ", 2000)}
	for _, table := range tables() {
		d := model.Describe(table.of)
		for n, text := range odd {
			r := d.Empty()
			for i, f := range d.Fields() {
				if n >= 7 && slices.ContainsFunc(table.columns, func(c column) bool { return c.field == i && c.empty }) {
					continue // keys are short
				}
				switch d.Value(r, i).(type) {
				case string:
					r = d.With(r, i, text)
				case []string:
					r = d.With(r, i, []string{text, ""})
				case int:
					r = d.With(r, i, -n)
				case model.Money:
					r = d.With(r, i, []model.Money{0, 1, -1, 1250, -99, 1 << 62, -(1 << 62)}[n%7])
				case model.Date:
					r = d.With(r, i, []model.Date{0, 1, model.LastDate, -5, 1 << 30}[n%5])
				case model.Clock:
					r = d.With(r, i, []model.Clock{0, 1, 541, 1440, 60000}[n%5])
				case float64:
					r = d.With(r, i, []float64{0, 48.4011, -1e-9}[n%3])
				case model.RowID:
					r = d.With(r, i, model.RowID{byte(n), 0xff})
				case model.VisitKind:
					r = d.With(r, i, model.VisitKind(n))
				case bool:
					r = d.With(r, i, n%2 == 0)
				}
				_ = f
			}
			require.NoError(t, pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
				for _, edits := range [][]model.Edit{{{After: r}}, {{Before: r, After: r}}} {
					out := &outgoing{}
					require.NoError(t, out.edits(ctx, tx, edits))
					if err := out.flush(ctx, tx); err != nil {
						return err
					}
				}
				var same int
				row := append(table.appendRow([]byte{'['}, r, false), ']')
				if err := tx.QueryRow(ctx, table.sameSQL(), string(row)).Scan(&same); err != nil {
					return err
				}
				require.Equal(t, 1, same, "%s %+v", table.of, r)
				out := &outgoing{}
				require.NoError(t, out.edits(ctx, tx, []model.Edit{{Before: r}}))
				return out.flush(ctx, tx)
			}), "%s with %q", table.of, text)
			var left int
			require.NoError(t, conn.QueryRow(ctx, "select count(*) from "+table.full()).Scan(&left))
			require.Zero(t, left, "%s with %q", table.of, text)
		}
	}
}

func TestPasswordsAreNobodysToSee(t *testing.T) {
	for given, want := range map[string]string{
		"postgres://anna:geheim@db.example.com/sales":                 "postgres://anna@db.example.com:5432/sales",
		"postgresql://anna:geheim@db.example.com:6432/sales?a=b":      "",
		"postgres://anna@/sales?host=/var/run/pg&password=geheim":     "postgres://anna@/sales?host=%2Fvar%2Frun%2Fpg&port=5432",
		"postgres://anna:geheim@[::1]:5433/a%20b":                     "postgres://anna@[::1]:5433/a%20b",
		"mysql://anna:geheim@db/sales":                                "",
		"postgres://anna:geheim@db:port/sales":                        "",
		"postgres://anna:geh%zzeim@db/sales":                          "",
		"postgres://anna:geheim@db/sales?sslmode=geheim-no-such-mode": "",
	} {
		a, err := ParseAddress(given)
		if err != nil {
			require.ErrorIs(t, err, ErrAddress)
			require.NotContains(t, err.Error(), "geh")
			require.Empty(t, want, given)
			continue
		}
		if want != "" {
			require.Equal(t, want, a.String())
			again, err := ParseAddress(a.String())
			require.NoError(t, err)
			require.Equal(t, a.String(), again.String())
		}
		require.NotContains(t, fmt.Sprint(a, Away{a.String(), ErrNoHub}), "geheim")
	}
}
