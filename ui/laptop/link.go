package laptop

// A Link keeps a laptop's data and its server's together while a process has them open.

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"doppelpass/store"
	"doppelpass/store/again"
	"doppelpass/store/faults"
	"doppelpass/store/followers"
	"doppelpass/store/wire"
)

// State is how it stands between a laptop and its server.
type State struct {
	Server  string
	Hub     bool      // it is a server, and what Server names is its hub
	Live    bool      // the line stands, and all that the server had is here
	Since   time.Time // not live: since when; zero: it never was, since this process began
	Waiting int       // own steps that the server has not taken yet
	Aside   int       // things that stand aside since this process began
	Err     error     // why there is no line; nil: it stands, or is being tried for the first time
	Refused bool      // the server has answered, and takes nothing from here: Err says why
}

// Link keeps the two together. Nobody waits for it.
type Link struct {
	store   *store.Store
	address Address
	version string
	dial    Dial
	now     func() time.Time

	lock      sync.Mutex
	state     State
	followers followers.Group[struct{}]
	syncing   sync.Mutex // held by who talks to the server
}

// pauses are those between two attempts to reach the server. Refused: it has said no.
var pauses = again.Pauses{First: time.Second, Most: time.Minute, Refused: 5 * time.Minute}

// NewLink makes a link for a store that is a replica; nil for any other store.
func NewLink(s *store.Store, version string, dial Dial, now func() time.Time) (*Link, error) {
	replica, is, err := s.Replica()
	if err != nil || !is || replica.Hub != "" {
		return nil, err
	}
	address, err := ParseAddress(replica.Server)
	if err != nil {
		return nil, err
	}
	return &Link{store: s, address: address, version: version, dial: dial, now: now,
		state: State{Server: replica.Server}}, nil
}

// Move has the link go to another server of the same order from now on.
func (l *Link) Move(to Address) {
	l.lock.Lock()
	defer l.lock.Unlock()
	l.address, l.state.Server = to, to.String()
}

// server is where it goes.
func (l *Link) server() Address {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.address
}

// State is how it stands.
func (l *Link) State() State {
	l.lock.Lock()
	state := l.state
	l.lock.Unlock()
	if place, err := l.store.Place(); err == nil {
		state.Waiting = place.Waiting
	}
	return state
}

// Follow tells that State has changed, until ctx ends.
func (l *Link) Follow(ctx context.Context) <-chan struct{} { return l.followers.Follow(ctx) }

func (l *Link) set(change func(*State)) {
	l.lock.Lock()
	before := l.state
	change(&l.state)
	now := l.state
	l.lock.Unlock()
	if before.Live != now.Live || before.Aside != now.Aside || before.Refused != now.Refused || (before.Err == nil) != (now.Err == nil) {
		l.followers.Tell(struct{}{})
	}
}

// device is what this machine is called.
func device() string {
	name, _ := os.Hostname()
	return name
}

// Once brings both together once. asks says that the person can be asked.
func Once(ctx context.Context, s *store.Store, address Address, version string, dial Dial, asks bool) (wire.Outcome, error) {
	raw, err := dial(ctx, address, asks)
	if err != nil {
		return wire.Outcome{}, err
	}
	defer raw.Close()
	stop := context.AfterFunc(ctx, func() { _ = raw.Close() })
	defer stop()
	line, err := wire.Greet(raw, s, version, device())
	if err != nil {
		return wire.Outcome{}, errors.Join(ctx.Err(), err)
	}
	done, err := line.Sync(s)
	if err != nil {
		err = errors.Join(ctx.Err(), err)
	}
	return done, err
}

func (l *Link) sync(line *wire.Line) (wire.Outcome, error) {
	l.syncing.Lock()
	defer l.syncing.Unlock()
	return line.Sync(l.store)
}

// Once brings both together at once, over a line of its own, for somebody who wants to see
// it done.
func (l *Link) Once(ctx context.Context) (wire.Outcome, error) {
	l.syncing.Lock()
	defer l.syncing.Unlock()
	done, err := Once(ctx, l.store, l.server(), l.version, l.dial, false)
	if err == nil {
		l.set(func(s *State) { s.Aside += done.Aside })
	}
	return done, err
}

// Run keeps both together until ctx ends.
func (l *Link) Run(ctx context.Context) {
	pauses.Try(ctx, func(ctx context.Context) again.Outcome {
		lived, err := l.stay(ctx)
		if ctx.Err() != nil {
			return again.Over
		}
		l.set(func(s *State) {
			if s.Live || s.Since.IsZero() {
				s.Since = l.now()
			}
			s.Live, s.Err, s.Refused = false, err, saidNo(err)
		})
		if _, is, err := l.store.Replica(); err != nil || !is { // it was left
			return again.Over
		}
		switch {
		case saidNo(err):
			return again.Refused
		case lived:
			return again.Lived
		}
		return again.Failed
	})
}

// saidNo reports that the server has answered, and that trying again soon is in vain.
func saidNo(err error) bool {
	var sorry wire.Sorry
	return errors.As(err, &sorry) && sorry.Code != wire.SorryEnding && sorry.Code != wire.SorryFault && sorry.Code != wire.SorryHub ||
		errors.Is(err, wire.ErrDrifted) || LetInNoMore(err)
}

// LetInNoMore reports that the server does not know the key of this machine, or not any more.
func LetInNoMore(err error) bool {
	var (
		sorry  wire.Sorry
		noLine NoLine
	)
	return errors.As(err, &sorry) && sorry.Code == wire.SorryRevoked || errors.As(err, &noLine) && noLine.Stranger()
}

// stay holds a line for as long as it stands. lived reports that it stood.
func (l *Link) stay(ctx context.Context) (lived bool, err error) {
	ctx, end := context.WithCancel(ctx)
	defer end()
	live, err := l.store.Live()
	if err != nil {
		return false, err
	}
	changed := make(chan struct{}, 1)
	faults.Go(func() {
		defer close(changed)
		for range live.Follow(ctx) {
			select {
			case changed <- struct{}{}:
			default:
			}
		}
	})
	raw, err := l.dial(ctx, l.server(), false)
	if err != nil {
		return false, err
	}
	defer raw.Close()
	stop := context.AfterFunc(ctx, func() { _ = raw.Close() })
	defer stop()
	line, err := wire.Greet(raw, l.store, l.version, device())
	if err != nil {
		return false, err
	}
	for {
		if _, is, err := l.store.Replica(); err != nil || !is { // it was left
			return lived, err
		}
		done, err := l.sync(line)
		if err != nil {
			return lived, err
		}
		lived = true
		l.set(func(s *State) { s.Live, s.Err, s.Refused, s.Aside = true, nil, false, s.Aside+done.Aside })
		if err := line.Wait(done.Number, changed); err != nil {
			return true, err
		}
	}
}
