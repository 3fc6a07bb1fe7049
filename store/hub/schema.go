package hub

// How the schema comes to be: numbered migrations, each in a transaction of its own, never
// changed once they are released; and the comments, in the words of whoever lays it out.

import (
	"context"
	"embed"
	"fmt"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"

	"doppelpass/model"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one of them.
type migration struct {
	number int
	name   string
	sql    string
}

// migrations are all, in their order.
var migrations = sync.OnceValue(func() (list []migration) {
	entries, err := migrationFiles.ReadDir("migrations")
	if err != nil {
		panic(err)
	}
	for _, entry := range entries {
		number, name, _ := strings.Cut(strings.TrimSuffix(entry.Name(), ".sql"), "_")
		n, err := strconv.Atoi(number)
		if err != nil || n != len(list)+1 {
			panic("the migrations are not numbered one after the other: " + entry.Name())
		}
		sql, err := migrationFiles.ReadFile(path.Join("migrations", entry.Name()))
		if err != nil {
			panic(err)
		}
		list = append(list, migration{n, name, string(sql)})
	}
	return list
})

// Words are the trade's words for comments.
type Words struct {
	Table func(model.Table) string
	Field func(model.Table, string) string
}

// layoutLock keeps two from laying out the same schema at a time.
const layoutLock = 0x646f7070656c

// layOut brings the schema up to date, and says how many migrations that took. Errors:
// NewerHub.
func layOut(ctx context.Context, conn *pgx.Conn, words Words) (done int, err error) {
	for {
		more := false
		err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, "select pg_advisory_xact_lock($1)", int64(layoutLock)); err != nil {
				return err
			}
			last, err := lastMigration(ctx, tx)
			if err != nil {
				return err
			}
			switch {
			case last < 0:
				if _, err := tx.Exec(ctx, firstLayout, pgx.QueryExecModeSimpleProtocol); err != nil {
					return err
				}
				last = 0
			case last > len(migrations()):
				return NewerHub{last, len(migrations())}
			}
			if last == len(migrations()) {
				return nil
			}
			m := migrations()[last]
			if _, err := tx.Exec(ctx, m.sql, pgx.QueryExecModeSimpleProtocol); err != nil {
				return fmt.Errorf("migration %d (%s): %w", m.number, m.name, err)
			}
			if _, err := tx.Exec(ctx, "insert into doppelpass.migrations (number, name) values ($1, $2)", m.number, m.name); err != nil {
				return err
			}
			more = true
			return nil
		})
		if err != nil {
			return done, fmt.Errorf("laying out the hub: %w", err)
		}
		if !more {
			break
		}
		done++
	}
	return done, comment(ctx, conn, words)
}

const firstLayout = `
create schema if not exists doppelpass;
create table doppelpass.migrations (
  number integer primary key,
  name text not null,
  at timestamptz not null default now()
);
comment on table doppelpass.migrations is 'How this schema came to be.';
comment on column doppelpass.migrations.number is 'The migrations follow each other without a gap.';
comment on column doppelpass.migrations.name is 'What it laid out.';
comment on column doppelpass.migrations.at is 'When.';
`

// NewerHub says that a later program has laid out the hub.
type NewerHub struct{ Found, Known int }

// Error implements error.
func (n NewerHub) Error() string {
	return fmt.Sprintf("the hub's schema is number %d, and this program knows %d", n.Found, n.Known)
}

// lastMigration is the number of the last migration; −1: nothing is laid out.
func lastMigration(ctx context.Context, q querier) (last int, err error) {
	var there bool
	if err := q.QueryRow(ctx, "select to_regclass('doppelpass.migrations') is not null").Scan(&there); err != nil || !there {
		return -1, err
	}
	err = q.QueryRow(ctx, "select coalesce(max(number), 0) from doppelpass.migrations").Scan(&last)
	return last, err
}

// querier is a connection or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// comment says of every table and column what it is.
func comment(ctx context.Context, conn *pgx.Conn, words Words) error {
	if words.Table == nil {
		return nil
	}
	var sql strings.Builder
	say := func(what, name, text string) {
		fmt.Fprintf(&sql, "comment on %s %s is %s;\n", what, name, quoted(text))
	}
	shown, err := bi(ctx, conn)
	if err != nil {
		return err
	}
	for _, t := range tables() {
		d := model.Describe(t.of)
		say("table", t.full(), words.Table(t.of))
		if len(shown[t.name]) > 0 {
			say("view", BISchema+"."+t.name, words.Table(t.of))
		}
		for _, c := range t.columns {
			text := words.Field(t.of, d.Fields()[c.field].Name)
			say("column", t.full()+"."+c.name, text)
			if shown[t.name][c.name] {
				say("column", BISchema+"."+t.name+"."+c.name, text)
			}
		}
	}
	_, err = conn.Exec(ctx, sql.String(), pgx.QueryExecModeSimpleProtocol)
	if err != nil {
		err = fmt.Errorf("laying out the hub: comments: %w", err)
	}
	return err
}

// bi are the columns that those who only read are given, by table.
func bi(ctx context.Context, q querier) (map[string]map[string]bool, error) {
	rows, err := q.Query(ctx, "select table_name::text, column_name::text from information_schema.columns where table_schema = $1", BISchema)
	if err != nil {
		return nil, err
	}
	shown := map[string]map[string]bool{}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			return nil, err
		}
		if shown[table] == nil {
			shown[table] = map[string]bool{}
		}
		shown[table][column] = true
	}
	return shown, rows.Err()
}

// quoted is a text as SQL writes it.
func quoted(text string) string {
	return "'" + strings.ReplaceAll(strings.ReplaceAll(text, "'", "''"), "\x00", "") + "'"
}
