package hub

// Whether the hub and a server hold the same.

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"doppelpass/model"
	"doppelpass/store"
)

// Compare looks whether the server's records are those that the hub had after the same step.
// compared is false where it could not be looked: a step waits, or that step's checksum is not
// known. Errors: ErrDrifted; nothing is taken or given any more then.
func (m *Member) Compare(ctx context.Context) (compared bool, err error) {
	var place store.Place
	var sum uint64
	err = m.store.Contents(func(p store.Place) error {
		place = p
		if p.Waiting > 0 {
			return store.ErrWaiting
		}
		return nil
	}, func(r model.Record) error {
		sum ^= store.Checksum(r)
		return ctx.Err()
	})
	if errors.Is(err, store.ErrWaiting) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	m.turn.Lock()
	defer m.turn.Unlock()
	defer func() { err = m.away(ctx, err) }()
	conn, err := m.connected(ctx)
	if err != nil {
		return false, err
	}
	asking, end := context.WithTimeout(ctx, patience)
	defer end()
	var known *int64
	err = conn.QueryRow(asking, "select checksum from doppelpass.steps where number = $1", int64(place.Number)).Scan(&known)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil || known == nil {
		return false, err
	}
	if uint64(*known) != sum {
		m.drifted = true
		return true, ErrDrifted
	}
	return true, nil
}

// keepCopy keeps a copy for servers that come, where there is none.
func (m *Member) keepCopy(ctx context.Context) (err error) {
	m.turn.Lock()
	defer m.turn.Unlock()
	defer func() { err = m.away(ctx, err) }()
	conn, err := m.connected(ctx)
	if err != nil {
		return err
	}
	var there bool
	if err := conn.QueryRow(ctx, "select exists(select from doppelpass.copies)").Scan(&there); err != nil || there {
		return err
	}
	return m.newCopy(ctx, conn)
}

// newCopy makes the copy for servers that come anew. While it is made somebody may be erased:
// then it is not kept.
func (m *Member) newCopy(ctx context.Context, conn *pgx.Conn) error {
	ctx, end := context.WithTimeout(ctx, 20*patience)
	defer end()
	err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		number, err := putCopy(ctx, tx, m.store)
		if err != nil {
			return err
		}
		if _, err := lock(ctx, tx); err != nil {
			return err
		}
		var stale bool
		if err := tx.QueryRow(ctx, "select exists(select from doppelpass.steps where erases and number > $1)", int64(number)).Scan(&stale); err != nil {
			return err
		}
		if stale {
			return errStale
		}
		return nil
	})
	if errors.Is(err, errStale) {
		err = nil
	}
	return err
}

var errStale = errors.New("somebody was erased since")
