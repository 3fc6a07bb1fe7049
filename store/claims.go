package store

// Who is on the telephone with whom: while somebody has an account in front of them
// to call, nobody else is given it. Claims live in the process that owns the store and
// in nothing else; they end by themselves.

import (
	"context"
	"iter"
	"sync"
	"time"
)

// Lease is how long a claim holds without a key being pressed.
const Lease = 20 * time.Minute

// Claims are the accounts that callers have in front of them. Many goroutines may use
// it at a time.
type Claims struct {
	now func() time.Time

	lock sync.Mutex
	held map[string]*claim // by account
}

// claim is one account in front of one caller.
type claim struct {
	caller *Caller
	until  time.Time
}

// Caller is one session that calls: of one person there may be several. It holds at
// most one account.
type Caller struct {
	claims  *Claims
	person  string
	account string // under the lock of claims; "": none
	gone    bool
}

// Claims are those of the store's live Book.
func (l *Live) Claims() *Claims { return l.claims }

func newClaims(now func() time.Time) *Claims { return &Claims{now: now, held: map[string]*claim{}} }

// Caller is a new caller, by the name that others are told. What it holds is free again
// when ctx ends: with the session, or the connection.
func (c *Claims) Caller(ctx context.Context, person string) *Caller {
	caller := &Caller{claims: c, person: person}
	context.AfterFunc(ctx, func() {
		c.lock.Lock()
		defer c.lock.Unlock()
		caller.gone = true
		caller.drop()
	})
	return caller
}

// Take claims the first of the accounts that nobody else has and that may still be
// called: may is asked at that moment, and nobody is given anything meanwhile, so that
// it should look at the Book within the same Read. What the caller held before is free
// again. It reports false when there is none, or the caller's session has ended.
func (c *Caller) Take(accounts iter.Seq[string], may func(account string) bool) (account string, ok bool) {
	all := c.claims
	all.lock.Lock()
	defer all.lock.Unlock()
	c.drop()
	if c.gone {
		return "", false
	}
	now := all.now()
	for account := range accounts {
		if held := all.held[account]; held != nil && now.Before(held.until) {
			continue
		}
		if !may(account) {
			continue
		}
		if held := all.held[account]; held != nil { // its lease is over
			held.caller.account = ""
		}
		all.held[account] = &claim{c, now.Add(Lease)}
		c.account = account
		return account, true
	}
	return "", false
}

// Renew makes the lease begin anew, and reports whether the caller still holds the
// account: it may have been given to somebody else once the lease was over.
func (c *Caller) Renew(account string) bool {
	all := c.claims
	all.lock.Lock()
	defer all.lock.Unlock()
	if c.gone || c.account == "" || c.account != account {
		return false
	}
	all.held[account].until = all.now().Add(Lease)
	return true
}

// Release gives back what the caller holds.
func (c *Caller) Release() {
	c.claims.lock.Lock()
	defer c.claims.lock.Unlock()
	c.drop()
}

// drop is Release. The lock is held.
func (c *Caller) drop() {
	if held := c.claims.held[c.account]; held != nil && held.caller == c {
		delete(c.claims.held, c.account)
	}
	c.account = ""
}

// Elsewhere tells who else has an account in front of them; false where nobody has.
func (c *Caller) Elsewhere(account string) (person string, held bool) {
	all := c.claims
	all.lock.Lock()
	defer all.lock.Unlock()
	claim := all.held[account]
	if claim == nil || claim.caller == c || !all.now().Before(claim.until) {
		return "", false
	}
	return claim.caller.person, true
}
