package store

// The end of somebody: what is found of them goes from the records as they are and as they
// were, for good.

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"doppelpass/model"
)

// Who is asked for: a name, or an account's code.
type Who struct {
	Name    string
	Account string // only who is so called at this account; "": wherever
	All     bool   // of several who are called so, all
}

// ErrNobody says that nothing in the store bears a name.
var ErrNobody = errors.New("nobody is called that")

// ErrTooShort says that a single short word names nobody: it would be found in other words'
// meaning, too.
var ErrTooShort = errors.New("a single short word is no name to look for")

// ErrOwnErasure says that nobody erases themselves.
var ErrOwnErasure = errors.New("nobody erases themselves")

// ErrOnServer says that a laptop's store is not where somebody is erased: its server is,
// which has it done on all laptops.
var ErrOnServer = errors.New("this is done on the server")

// Ambiguous says that several are called so.
type Ambiguous struct {
	Name     string
	Accounts []string // of contact persons
	House    bool     // and somebody of the house
}

// Error implements error.
func (e Ambiguous) Error() string {
	return fmt.Sprintf("several are called %q: %s", e.Name, strings.Join(e.Accounts, ", "))
}

// Held says that an account is held: nothing of it may go.
type Held struct{ Account string }

// Error implements error.
func (e Held) Error() string { return fmt.Sprintf("the account %q is held", e.Account) }

// heldAgainst refuses what would change a record of an account that is held, as it is or
// as it was: Held.
func heldAgainst(r reader, x *redactor) error {
	held, err := heldAccounts(r.tx)
	if err != nil || len(held) == 0 || x == nil {
		return err
	}
	return everRecord(r, func(record model.Record, _ uint64, _ bool) error {
		account := agedAccount(record)
		if !held[account] {
			return nil
		}
		if _, is := x.names(record); is {
			return Held{account}
		}
		return nil
	})
}

// Erased says what erasing somebody has done.
type Erased struct {
	Rewritten
	Labels []string // that stand where the names stood
}

// Erase erases somebody for good, now and in the history: no undo brings them back. Only
// the lead may. Errors: Erasing's, model.Forbidden, ErrOwnErasure, SameWithoutName,
// Dismissed, ErrReadOnly, ErrOnServer, BookUnwritten, and what the store's home says.
func (s *Store) Erase(actor model.Actor, who Who) (done Erased, err error) {
	erase := func(w *writer, plan *Erasing) error {
		if err := w.admit(&actor); err != nil {
			return err
		}
		if err := actor.May(model.Edit{After: model.Erasure{}}); err != nil {
			return err
		}
		if err := w.atHome(plan); err != nil {
			return err
		}
		id, err := identify(w.reader, who)
		if err != nil {
			return err
		}
		switch {
		case id.held != "":
			return Held{id.held}
		case slices.Contains(id.codes, actor.Person) && actor.Person != "":
			return ErrOwnErasure
		}
		secret, err := w.erasureKey()
		if err != nil {
			return err
		}
		lines, err := id.lines(w.reader, who, secret, false)
		if err != nil {
			return err
		}
		done.Labels = nil
		for i := range lines {
			lines[i].Date, lines[i].By = model.DateOf(s.now()), actor.Name
			done.Labels = append(done.Labels, lines[i].Label())
		}
		settings, err := settingsIn(w.reader)
		if err != nil {
			return err
		}
		if err := heldAgainst(w.reader, newRedactor(lines, settings.Country)); err != nil {
			return err
		}
		if err := plan.foresee(w, lines); err != nil {
			return err
		}
		w.begin(actor, "person.erase")
		if done.Rewritten, err = w.erase(lines); err != nil {
			return fmt.Errorf("erasing: %w", err)
		}
		if done.Records+done.Steps == 0 {
			return ErrNobody
		}
		return w.record(actor, "person.erase", done.Labels[0])
	}
	if err := s.eraseBy(erase); err != nil {
		return Erased{}, err
	}
	if err := s.writeBook(s.path + bookEnding); err != nil {
		return done, BookUnwritten{s.path + bookEnding, err}
	}
	return done, nil
}

// BookUnwritten says that somebody was erased, but that the copy of the deletion book
// beside the store could not be written. The next opening writes it.
type BookUnwritten struct {
	Path string
	Err  error
}

// Error implements error.
func (e BookUnwritten) Error() string { return fmt.Sprintf("writing %s: %v", e.Path, e.Err) }

// Unwrap is why.
func (e BookUnwritten) Unwrap() error { return e.Err }
