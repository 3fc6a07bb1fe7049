// Package hub keeps the shared order of steps, and the records, in PostgreSQL, so that
// several servers stand side by side, a company's own backup and replication apply, and
// programs that draw charts read plain tables.
//
// A hub is to a server what a server is to a laptop. The server's own store is a replica, and
// it reads from that alone; what its people change is written there first, and waits for its
// number. A Member brings both together: it takes what others have added (store.Received lays
// what waits on top), looks whether whoever made a step still may (store.Vet), and adds it.
// Nothing is merged here: model.Rebase does that, on the server, as it does on a laptop.
//
// # One order
//
// Numbers are given while the one row of doppelpass.hub is locked, and the lock ends with the
// transaction that writes the step: numbers become visible in their order, without a gap, so
// that a cursor skips none. A sequence would not do, since its numbers become visible out of
// order. What waits on a server goes in one transaction: steps, the records as rows, the
// counter, and a NOTIFY; all of it or nothing. Under the lock nobody else can get a number, so
// what waits bears the right ones in the server's own store already, and is only noted as
// settled afterwards (store.Settle). Where the answer to a commit is lost, the steps are found
// under their identities, and are never added twice.
//
// Laptops speak to servers as they always did. A server with a hub answers an offer with what
// the hub says: it takes all there is, lays the laptop's steps on its own store by the rules
// of every server (store.Accept), adds them under the same lock, and only then tells their
// numbers. So the numbers that a laptop sees are the hub's, and it may go to another server
// tomorrow.
//
// # When the hub is away
//
// Servers go on as laptops do: what people change waits. Laptops of that server read on, and
// keep what they have to give until the hub is back. NOTIFY only wakes: a server that hears
// none looks every Poll.
//
// # Erasing
//
// Somebody is erased where the order has its home (store.Home): in the transaction that adds
// the step, the records, the history and the copy that new servers begin with lose them. The
// servers, and behind them the laptops, forget before they take the step.
//
// # Behind a pool of connections
//
// Nothing outlives a transaction but, where it can be had, one connection that listens:
// statements are never prepared (pgx.QueryExecModeExec), settings are those of a transaction.
// Behind PgBouncer in transaction mode there is no listening, which the server sees by itself,
// and looks more often instead (PollPooled).
package hub

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"doppelpass/store"
)

// How often a server looks for steps of which it was not told: where it listens, and where it
// cannot.
const (
	Poll       = 3 * time.Second
	PollPooled = 500 * time.Millisecond
)

// ErrAddress says that a text is no address of a database.
var ErrAddress = errors.New("this is no address of a database")

// ErrNoHub says that no hub was laid out in a database.
var ErrNoHub = errors.New("no hub was laid out here")

// Address is where a hub is. Its password, if it has any, is nobody's to see.
type Address struct{ config *pgx.ConnConfig }

// ParseAddress reads postgres://[USER[:PASSWORD]@]HOST[:PORT]/DATABASE; what is left out comes
// from where PostgreSQL's own programs take it: PGHOST and the like, a service, a password
// file. Errors: ErrAddress, without a word of what was given.
func ParseAddress(given string) (a Address, err error) {
	if !strings.HasPrefix(given, "postgres://") && !strings.HasPrefix(given, "postgresql://") {
		return a, ErrAddress
	}
	config, err := pgx.ParseConfig(given)
	if err != nil {
		return a, ErrAddress // the error may quote the password
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	config.ConnectTimeout = connectTimeout
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "doppelpass"
	}
	return Address{config}, nil
}

// connectTimeout bounds how long a connection is waited for.
const connectTimeout = 10 * time.Second

// String is the address without the password.
func (a Address) String() string {
	if a.config == nil {
		return ""
	}
	host, query := a.config.Host, ""
	if strings.HasPrefix(host, "/") {
		host, query = "", "?host="+url.QueryEscape(a.config.Host)+"&port="+strconv.Itoa(int(a.config.Port))
	} else {
		if strings.Contains(host, ":") {
			host = "[" + host + "]"
		}
		host += ":" + strconv.Itoa(int(a.config.Port))
	}
	user := ""
	if a.config.User != "" {
		user = url.User(a.config.User).String() + "@"
	}
	return "postgres://" + user + host + "/" + url.PathEscape(a.config.Database) + query
}

// User is who connects.
func (a Address) User() string { return a.config.User }

// Database is what they connect to.
func (a Address) Database() string { return a.config.Database }

// As is the address for somebody else, without a password; "": for the same.
func (a Address) As(user string) Address {
	config := a.config.Copy()
	if user != "" {
		config.User, config.Password = user, ""
	}
	return Address{config}
}

// Away says that the hub could not be reached, or has not answered.
type Away struct {
	Address string
	Err     error
}

// Error implements error.
func (a Away) Error() string { return fmt.Sprintf("the hub %s is away: %v", a.Address, a.Err) }

// Unwrap is for errors.Is.
func (a Away) Unwrap() error { return a.Err }

// Said is what the database, or the network, says of an error, in a line; false for errors of
// anything else.
func Said(err error) (message string, is bool) {
	var said *pgconn.PgError
	var network *net.OpError
	switch {
	case errors.As(err, &said):
		return said.Message, true
	case errors.As(err, &network):
		return network.Error(), true
	case errors.As(err, &Away{}):
		message, _, _ = strings.Cut(err.Error(), "\n")
		return message, true
	}
	return "", false
}

// Why is why a hub is away.
type Why string

// The reasons: nothing takes connections there, no such machine, nothing comes back, both do
// not agree about encryption, the line broke; no such database, a role that is not let in, and
// whatever else the database says.
const (
	WhyNobody     Why = "nobody"
	WhyNoHost     Why = "no-host"
	WhySilent     Why = "silent"
	WhyEncryption Why = "encryption"
	WhyBroken     Why = "broken"
	WhyNoDatabase Why = "no-database"
	WhyNotLetIn   Why = "not-let-in"
	WhySaid       Why = "said"
)

// Why is the reason, so that it can be told in a person's language.
func (a Away) Why() Why {
	var said *pgconn.PgError
	var late net.Error
	var dial *net.OpError
	switch {
	case errors.As(a.Err, &said) && said.Code == "3D000":
		return WhyNoDatabase
	case errors.As(a.Err, &said) && strings.HasPrefix(said.Code, "28"):
		return WhyNotLetIn
	case errors.As(a.Err, &said):
		return WhySaid
	case strings.Contains(a.Err.Error(), "tls error"): // pgx tells it by its text only
		return WhyEncryption
	case errors.Is(a.Err, context.DeadlineExceeded), errors.As(a.Err, &late) && late.Timeout():
		return WhySilent
	case errors.As(a.Err, new(*net.DNSError)):
		return WhyNoHost
	case errors.As(a.Err, &dial) && dial.Op == "dial":
		return WhyNobody
	}
	return WhyBroken
}

// Shut reports whether a hub is there and will not have us, however often it is tried.
func Shut(err error) bool {
	var said *pgconn.PgError
	if errors.As(err, &said) && (strings.HasPrefix(said.Code, "28") || said.Code == "3D000") { // who we are, and which database
		return true
	}
	return !errors.Is(err, store.ErrHomeAway)
}

// connect opens a connection. Errors: Away.
func (a Address) connect(ctx context.Context) (*pgx.Conn, error) {
	config := a.config.Copy()
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, Away{a.String(), err}
	}
	return conn, nil
}
