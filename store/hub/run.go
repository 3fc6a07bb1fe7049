package hub

// A member stays with its hub for as long as the server runs.

import (
	"context"
	"errors"
	"io"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"doppelpass/store"
	"doppelpass/store/again"
)

// pauses are those between two attempts to reach the hub. Refused: it is there, and it is not
// the right one, or we are not.
var pauses = again.Pauses{First: 250 * time.Millisecond, Most: 5 * time.Second, Refused: time.Minute}

// The times of what is done now and then.
const (
	comparesFirst = time.Minute // after the start
	comparesEvery = time.Hour
)

// passing reports whether an error is of the connection, or such that the same may go well the
// next time.
func passing(err error) bool {
	var said *pgconn.PgError
	if errors.As(err, &said) {
		switch class := said.Code[:min(2, len(said.Code))]; class {
		case "08", "57", "53", "55", "40", "25": // connection, shutdown, resources, lock not available, deadlock, idle too long
			return true
		}
		return false
	}
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, context.DeadlineExceeded) || pgconn.Timeout(err)
}

// Run keeps both together until ctx ends.
func (m *Member) Run(ctx context.Context) {
	defer func() {
		m.running.Wait()
		_ = m.Close()
	}()
	pauses.Try(ctx, func(ctx context.Context) again.Outcome {
		lived, err := m.stay(ctx)
		if ctx.Err() != nil {
			return again.Over
		}
		m.set(func(s *State) {
			if s.Live || s.Since.IsZero() {
				s.Since = m.now()
			}
			s.Live, s.Err = false, err
		})
		if _, is, err := m.store.Replica(); err != nil || !is { // it was left
			return again.Over
		}
		switch {
		case !errors.Is(err, store.ErrHomeAway):
			return again.Refused
		case lived:
			return again.Lived
		}
		return again.Failed
	})
}

// Close closes the connection, where there is one.
func (m *Member) Close() error {
	m.turn.Lock()
	defer m.turn.Unlock()
	if m.conn == nil {
		return nil
	}
	ctx, end := context.WithTimeout(context.Background(), time.Second)
	defer end()
	_ = m.conn.Close(ctx) // the hub sees that we are gone
	m.conn = nil
	return nil
}

// stay stays with the hub for as long as it answers. lived reports that it did.
func (m *Member) stay(ctx context.Context) (lived bool, err error) {
	ctx, end := context.WithCancel(ctx)
	defer end()
	live, err := m.store.Live()
	if err != nil {
		return false, err
	}
	changed := live.Follow(ctx)
	if err := m.Meet(ctx); err != nil {
		return false, err
	}
	m.set(func(s *State) { s.Live, s.Err = true, nil })
	every := Poll
	woken := make(chan struct{}, 1)
	if m.State().Pooled {
		every = PollPooled
	} else if !m.deaf {
		m.running.Go(func() { m.listen(ctx, woken) })
	}
	if err := m.keepCopy(ctx); err != nil {
		return true, err
	}
	ticks := time.NewTicker(every)
	defer ticks.Stop()
	compare := time.NewTimer(comparesFirst)
	defer compare.Stop()
	for {
		select {
		case <-ctx.Done():
			return true, ctx.Err()
		case <-changed:
			place, err := m.store.Place()
			if err != nil {
				return true, err
			}
			if place.Waiting == 0 {
				continue
			}
		case <-woken:
		case <-ticks.C:
		case <-compare.C:
			if _, err := m.Compare(ctx); err != nil {
				return true, err
			}
			compare.Reset(comparesEvery)
			continue
		}
		if err := m.Meet(ctx); err != nil {
			return true, err
		}
	}
}

// listen wakes whoever waits as soon as somebody has added a step. What it misses is found by
// looking.
func (m *Member) listen(ctx context.Context, woken chan<- struct{}) {
	for ctx.Err() == nil {
		_ = m.hear(ctx, woken)
		timer := time.NewTimer(Poll)
		select {
		case <-ctx.Done():
			timer.Stop()
		case <-timer.C:
		}
	}
}

func (m *Member) hear(ctx context.Context, woken chan<- struct{}) error {
	conn, err := m.address.connect(ctx)
	if err != nil {
		return err
	}
	defer func() {
		ctx, end := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer end()
		_ = conn.Close(ctx)
	}()
	if _, err := conn.Exec(ctx, "listen "+channel, pgx.QueryExecModeSimpleProtocol); err != nil {
		return err
	}
	for {
		select { // what came before it listened
		case woken <- struct{}{}:
		default:
		}
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return err
		}
	}
}
