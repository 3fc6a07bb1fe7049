package hub

// Who may be a server's role in the database, and what it and those who only read are
// granted.

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Wrong says why a role may not be a server's.
type Wrong string

// The reasons.
const (
	WrongSuperuser Wrong = "superuser" // nothing is forbidden to it
	WrongBypass    Wrong = "bypass"    // row security is not for it
	WrongOwner     Wrong = "owner"     // row security is not for it, since it owns the table and that is not forced
	WrongGrants    Wrong = "grants"    // it lacks something
)

// RoleWrong says that a role may not be a server's, and which SQL mends that.
type RoleWrong struct {
	Role   string
	Reason Wrong
	Tables []string // which it is about
	SQL    string
}

// Error implements error.
func (r RoleWrong) Error() string {
	return fmt.Sprintf("the role %s cannot be a server's: %s %s", r.Role, r.Reason, strings.Join(r.Tables, ", "))
}

// serverRole looks whether whoever is connected may be a server. Errors: RoleWrong, ErrNoHub,
// NewerHub, OlderHub.
func serverRole(ctx context.Context, conn *pgx.Conn) error {
	var role string
	var super, bypass bool
	if err := conn.QueryRow(ctx, "select rolname::text, rolsuper, rolbypassrls from pg_roles where rolname = current_user").Scan(&role, &super, &bypass); err != nil {
		return fmt.Errorf("who the server is in the database: %w", err)
	}
	database := conn.Config().Database
	switch {
	case super:
		return RoleWrong{Role: role, Reason: WrongSuperuser, SQL: NewRole(serverName, database) + ServerGrants(serverName)}
	case bypass:
		return RoleWrong{Role: role, Reason: WrongBypass, SQL: fmt.Sprintf("alter role %s nobypassrls;\n", identifier(role))}
	}
	var there, used bool
	err := conn.QueryRow(ctx, "select exists(select from pg_namespace where nspname = $1), coalesce((select has_schema_privilege(oid, 'usage') from pg_namespace where nspname = $1), false)", Schema).Scan(&there, &used)
	switch {
	case err != nil:
		return err
	case !there:
		return ErrNoHub
	case !used:
		return RoleWrong{Role: role, Reason: WrongGrants, Tables: []string{Schema}, SQL: ServerGrants(role)}
	}
	unforced, err := names(ctx, conn, `select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where n.nspname = $1 and c.relrowsecurity and not c.relforcerowsecurity and pg_has_role(current_user, c.relowner, 'usage') order by 1`, Schema)
	if err != nil {
		return err
	}
	if len(unforced) > 0 {
		sql := ""
		for _, t := range unforced {
			sql += fmt.Sprintf("alter table %s.%s force row level security;\n", Schema, identifier(t))
		}
		return RoleWrong{Role: role, Reason: WrongOwner, Tables: unforced, SQL: sql}
	}
	missing, err := names(ctx, conn, `select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where n.nspname = $1 and c.relkind in ('r', 'p') and not (has_table_privilege(c.oid, 'select')
			and (c.relname = 'migrations' or has_table_privilege(c.oid, 'insert') and has_table_privilege(c.oid, 'update') and has_table_privilege(c.oid, 'delete'))) order by 1`, Schema)
	if err != nil {
		return err
	}
	if len(missing) > 0 {
		return RoleWrong{Role: role, Reason: WrongGrants, Tables: missing, SQL: ServerGrants(role)}
	}
	last, err := lastMigration(ctx, conn)
	switch {
	case err != nil:
		return err
	case last > len(migrations()):
		return NewerHub{last, len(migrations())}
	case last < len(migrations()):
		return OlderHub{last, len(migrations())}
	}
	return nil
}

// OlderHub says that the hub's schema has to be brought up to date by hub init.
type OlderHub struct{ Found, Known int }

// Error implements error.
func (o OlderHub) Error() string {
	return fmt.Sprintf("the hub's schema is number %d, and this program needs %d", o.Found, o.Known)
}

func names(ctx context.Context, q querier, sql string, args ...any) (list []string, err error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// serverName is what a server's role is called where nobody has said otherwise.
const serverName = "doppelpass"

// NewRole is the SQL that makes a role.
func NewRole(role, database string) string {
	role = identifier(role)
	return fmt.Sprintf("create role %s login password '…';\ngrant connect on database %s to %s;\n", role, identifier(database), role)
}

// ServerGrants is the SQL that grants a role what a server needs.
func ServerGrants(role string) string {
	role = identifier(role)
	return fmt.Sprintf("grant usage on schema %s to %s;\ngrant select, insert, update, delete on all tables in schema %s to %s;\n", Schema, role, Schema, role)
}

// ReaderGrants is the SQL that grants a role to read what is for those who only read.
func ReaderGrants(role string) string {
	role = identifier(role)
	return fmt.Sprintf("grant usage on schema %s to %s;\ngrant select on all tables in schema %s to %s;\n", BISchema, role, BISchema, role)
}

// identifier is a name as SQL writes it.
func identifier(name string) string {
	if plainName(name) {
		return name
	}
	return pgx.Identifier{name}.Sanitize()
}

func plainName(name string) bool {
	for i, r := range name {
		if !(r >= 'a' && r <= 'z' || r == '_' || i > 0 && r >= '0' && r <= '9') {
			return false
		}
	}
	return name != ""
}

// grant grants to roles that are there, and tells of those that are not. A superuser's own
// role, or who owns the schema, needs no grants.
func grant(ctx context.Context, conn *pgx.Conn, role string, sql func(string) string) (granted bool, err error) {
	var there bool
	if err := conn.QueryRow(ctx, "select exists(select from pg_roles where rolname = $1)", role).Scan(&there); err != nil || !there {
		return false, err
	}
	if _, err := conn.Exec(ctx, sql(role), pgx.QueryExecModeSimpleProtocol); err != nil {
		return false, fmt.Errorf("granting to %s: %w", role, err)
	}
	return true, nil
}
