package hub

// A Member is a server at its hub: it takes what the others have added, and adds what waits
// here.

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/followers"
)

// ErrDrifted says that the server and its hub hold different records under one number.
var ErrDrifted = errors.New("the server's records are not those of the hub")

// State is how it stands between a server and its hub.
type State struct {
	Address string
	Live    bool      // the hub answers, and all that it had is here
	Since   time.Time // not live: since when; zero: it never was, since this process began
	Waiting int       // steps that have no number yet
	Number  uint64    // of the hub's last step that is here
	Pooled  bool      // there is a pool of connections in between: nothing can be listened to
	Err     error     // why it is not live
}

// Member is a server at its hub.
type Member struct {
	store   *store.Store
	address Address
	now     func() time.Time
	deaf    bool // it does not listen

	turn    sync.Mutex // held by who talks to the hub
	conn    *pgx.Conn
	pooled  bool
	drifted bool

	lock      sync.Mutex
	state     State
	followers followers.Group[struct{}]
	running   sync.WaitGroup
}

// NewMember makes a store's member of a hub. The store must be its replica.
func NewMember(s *store.Store, a Address, now func() time.Time) *Member {
	return &Member{store: s, address: a, now: now, state: State{Address: a.String()}}
}

// Deaf has the member listen to nothing: it only looks.
func (m *Member) Deaf() *Member {
	m.deaf = true
	return m
}

// Live reports whether the hub answers, and costs nothing.
func (m *Member) Live() bool {
	m.lock.Lock()
	defer m.lock.Unlock()
	return m.state.Live
}

// State is how it stands.
func (m *Member) State() State {
	m.lock.Lock()
	state := m.state
	m.lock.Unlock()
	if place, err := m.store.Place(); err == nil {
		state.Waiting, state.Number = place.Waiting, place.Number
	}
	return state
}

// Follow tells that State has changed, until ctx ends.
func (m *Member) Follow(ctx context.Context) <-chan struct{} { return m.followers.Follow(ctx) }

func (m *Member) set(change func(*State)) {
	m.lock.Lock()
	defer m.lock.Unlock()
	before := m.state
	change(&m.state)
	if before.Live != m.state.Live || (before.Err == nil) != (m.state.Err == nil) {
		m.followers.Tell(struct{}{})
	}
}

// connected is the connection, which is made where there is none, once it is sure that the hub
// is this store's and that the role may be a server's. Errors: Away, RoleWrong, ErrNoHub,
// NewerHub, OlderHub, OtherForm, Other, Lost, Early.
func (m *Member) connected(ctx context.Context) (*pgx.Conn, error) {
	if m.drifted {
		return nil, ErrDrifted
	}
	if m.conn != nil && !m.conn.IsClosed() {
		return m.conn, nil
	}
	ctx, end := context.WithTimeout(ctx, patience)
	defer end()
	conn, err := m.address.connect(ctx)
	if err != nil {
		return nil, err
	}
	if err := m.greet(ctx, conn); err != nil {
		broke := conn.IsClosed() || passing(err)
		_ = conn.Close(context.WithoutCancel(ctx))
		if broke {
			err = Away{m.address.String(), err}
		}
		return nil, err
	}
	m.conn = conn
	return conn, nil
}

func (m *Member) greet(ctx context.Context, conn *pgx.Conn) error {
	if err := serverRole(ctx, conn); err != nil {
		return err
	}
	return moment(ctx, conn, func(tx pgx.Tx) error {
		id, number, err := identity(ctx, tx)
		if err != nil {
			return err
		}
		if err := sameForm(ctx, tx); err != nil {
			return err
		}
		if err := belongs(ctx, tx, m.address, m.store, id, number); err != nil {
			return err
		}
		// A pool answers with a key of its own, which is not that of who works behind it.
		var pid uint32
		if err := tx.QueryRow(ctx, "select pg_backend_pid()").Scan(&pid); err != nil {
			return err
		}
		m.pooled = pid != conn.PgConn().PID()
		m.set(func(s *State) { s.Pooled = m.pooled })
		return nil
	})
}

// How long the hub may take to answer: and for each so many records that are told, a second
// more.
const (
	patience       = 30 * time.Second
	recordsASecond = 1000
)

// Meet takes all that the hub has, and gives it all that waits. Errors: Away, those of
// connecting, ErrDrifted.
func (m *Member) Meet(ctx context.Context) error {
	m.turn.Lock()
	defer m.turn.Unlock()
	return m.meet(ctx, nil)
}

// CatchUp is Meet, for laptops that know more than this server.
func (m *Member) CatchUp(ctx context.Context) error { return m.Meet(ctx) }

// Accept is store.Accept, by the hub: numbers are those of the hub's order, and who is told one
// finds the step there for good. Errors: store.ErrHomeAway.
func (m *Member) Accept(ctx context.Context, actor model.Actor, seen uint64, erased int, steps []store.Step) (verdicts []store.Verdict, err error) {
	m.turn.Lock()
	defer m.turn.Unlock()
	err = m.meet(ctx, func(ctx context.Context, tx pgx.Tx) error {
		// The store looks for identities above what the laptop has seen; below they are all
		// taken, and the hub keeps no two of one.
		before, err := numberedUpTo(ctx, tx, seen, steps)
		if err != nil {
			return err
		}
		first := slices.IndexFunc(steps, func(s store.Step) bool { return before[clean(string(s.ID))] })
		offered := steps
		if first >= 0 {
			offered = steps[:first]
		}
		if verdicts, err = m.store.Accept(actor, seen, erased, offered); err != nil || first < 0 {
			return err
		}
		if len(verdicts) == first && !slices.ContainsFunc(verdicts, func(v store.Verdict) bool { return v.Number == 0 }) {
			verdicts = append(verdicts, store.Verdict{ID: steps[first].ID, Refused: store.RefusedInvalid})
		}
		return nil
	})
	return verdicts, err
}

// numberedUpTo are the identities of steps that bear a number up to one.
func numberedUpTo(ctx context.Context, q querier, number uint64, steps []store.Step) (before map[string]bool, err error) {
	ids := make([]string, len(steps))
	for i, s := range steps {
		ids[i] = clean(string(s.ID))
	}
	list, err := names(ctx, q, "select id from doppelpass.steps where id = any($1) and id <> '' and number <= $2", ids, int64(min(number, math.MaxInt64)))
	before = make(map[string]bool, len(list))
	for _, id := range list {
		before[id] = true
	}
	return before, err
}

// under is what is done under the hub's lock.
type under func(context.Context, pgx.Tx) error

// meet is Meet; more is done under the hub's lock, while nothing but what waits here is not the
// hub's, and what it makes wait is added with the rest.
func (m *Member) meet(ctx context.Context, more under) (err error) {
	defer func() { err = m.away(ctx, err) }()
	before := m.conn
	conn, err := m.connected(ctx)
	if err != nil {
		return err
	}
	err = m.takeAll(ctx, conn)
	if err != nil && conn == before && ctx.Err() == nil && (conn.IsClosed() || passing(err)) { // it broke while nobody looked
		_ = conn.Close(ctx)
		if conn, err = m.connected(ctx); err == nil {
			err = m.takeAll(ctx, conn)
		}
	}
	if err != nil {
		return err
	}
	for {
		place, err := m.store.Place()
		if err != nil {
			return err
		}
		if place.Waiting == 0 && more == nil {
			return nil
		}
		also := more
		if place.Waiting > stepsAtOnce {
			also = nil
		}
		done, err := m.add(ctx, conn, also)
		if err != nil {
			return err
		}
		if done && also != nil {
			return nil
		}
	}
}

// away is what an error says of the hub: where the connection is gone, that it is away.
func (m *Member) away(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	var gone Away
	if errors.As(err, &gone) {
		return errors.Join(store.ErrHomeAway, err)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if m.conn != nil && (m.conn.IsClosed() || passing(err)) {
		_ = m.conn.Close(context.WithoutCancel(ctx))
		m.conn = nil
		return errors.Join(store.ErrHomeAway, Away{m.address.String(), err})
	}
	return fmt.Errorf("the hub %s: %w", m.address, err)
}

// takeAll takes the steps of others until there are no more.
func (m *Member) takeAll(ctx context.Context, conn *pgx.Conn) error {
	for {
		ctx, end := context.WithTimeout(ctx, patience)
		place, err := m.store.Place()
		var steps []store.Step
		var erased []model.Erasure
		if err == nil {
			err = moment(ctx, conn, func(tx pgx.Tx) error {
				steps, erased, err = stepsAfter(ctx, tx, place.Number)
				return err
			})
		}
		end()
		if err != nil || len(steps) == 0 {
			return err
		}
		if _, err := m.store.Received(steps, nil, erased); err != nil {
			return err
		}
	}
}

// add gives the first of what waits to the hub, in one transaction; done says that more was
// done, too, and nothing has to be tried again.
func (m *Member) add(ctx context.Context, conn *pgx.Conn, more under) (done bool, err error) {
	var ids []model.StepID
	var l ledger
	refused := false
	err = m.locked(ctx, conn, func(ctx context.Context, tx pgx.Tx, under *ledger) error {
		if more != nil {
			if err := more(ctx, tx); err != nil {
				return err
			}
		}
		most := stepsAtOnce
		if more != nil { // what was accepted rests on all of it
			most = 1 << 30
		}
		mine, err := m.waiting(most)
		if err != nil || len(mine) == 0 {
			return err
		}
		why, err := m.store.Vet(mine)
		if err != nil {
			return err
		}
		if refused = len(why) > 0; refused {
			_, err := m.store.Received(nil, why, nil)
			return err
		}
		out := &outgoing{}
		if err := under.add(ctx, tx, out, mine); err != nil {
			return err
		}
		for _, step := range mine {
			ids = append(ids, step.ID)
		}
		l = *under
		return under.close(ctx, tx, out)
	})
	if err != nil || refused {
		return false, err
	}
	if len(ids) == 0 {
		return true, nil
	}
	return true, m.store.Settle(l.number, ids)
}

// waiting are the first of what waits; where they are long, fewer, unless all are wanted.
func (m *Member) waiting(most int) (steps []store.Step, err error) {
	if most > stepsAtOnce {
		return m.store.Waiting()
	}
	return m.store.FirstWaiting(most)
}

// locked does something while nobody else can add a step, and all that others have added is
// here.
func (m *Member) locked(ctx context.Context, conn *pgx.Conn, do func(context.Context, pgx.Tx, *ledger) error) error {
	waiting, err := m.store.WaitingRecords()
	if err != nil {
		return err
	}
	ctx, end := context.WithTimeout(ctx, 2*patience+time.Duration(waiting/recordsASecond)*time.Second)
	defer end()
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		l, err := lock(ctx, tx)
		if err != nil {
			return err
		}
		for {
			place, err := m.store.Place()
			switch {
			case err != nil:
				return err
			case place.Number > l.number:
				return Lost{m.address.String(), l.number, place.Number}
			case place.Number == l.number:
				return do(ctx, tx, &l)
			}
			steps, erased, err := stepsAfter(ctx, tx, place.Number)
			if err != nil {
				return err
			}
			if len(steps) == 0 {
				return store.Gap{Last: place.Number, Next: l.number}
			}
			if _, err := m.store.Received(steps, nil, erased); err != nil {
				return err
			}
		}
	})
}
