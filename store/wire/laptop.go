package wire

// The laptop's end of a line.

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/faults"
)

// How long a laptop waits for the next bytes of the server: while it waits for news, which
// come after waitsFor at the latest, and while the server has to look for or copy something.
const (
	waitPatience = 3 * waitsFor
	patience     = 10 * time.Minute
)

// ErrDrifted says that laptop and server hold different records under the same number.
var ErrDrifted = errors.New("the laptop's records are not those of the server")

// Line is a laptop's line to its server. It is used by one goroutine at a time.
type Line struct {
	*frames
	Welcome  Welcome
	patience time.Duration
}

// Greet begins a line. s is the laptop's store; nil: it has none yet. Errors: Sorry, and
// what the line says.
func Greet(line io.ReadWriteCloser, s *store.Store, program, device string) (*Line, error) {
	l := &Line{frames: &frames{ReadWriteCloser: line}, patience: waitPatience}
	hello := Hello{Protocol: Protocol, Program: program, Device: device, New: s == nil}
	hello.Schema, hello.Fields = store.Form()
	if s != nil {
		place, err := s.Place()
		if err != nil {
			return nil, err
		}
		hello.Number, hello.ID = place.Number, place.ID
	}
	if err := l.tell(kindHello, hello); err != nil {
		return nil, l.broken(err)
	}
	body, err := l.answer(kindWelcome)
	if err != nil {
		return nil, err
	}
	l.patience = patience
	if l.Welcome, err = read[Welcome](body); err != nil || s == nil {
		return l, err
	}
	return l, s.TakeNumberKey(l.Welcome.Numbers)
}

// broken is an error of the line; where the server has said why, that.
func (l *Line) broken(err error) error {
	var sorry Sorry
	if errors.As(err, &sorry) {
		return err
	}
	if _, body, received := l.within(); received == nil {
		if sorry, err := read[Sorry](body); err == nil && sorry.Code != "" {
			return sorry
		}
	}
	return fmt.Errorf("the line to the server: %w", err)
}

// within reads the next message, which must come in time.
func (l *Line) within() (kind, []byte, error) {
	timer := time.AfterFunc(l.patience, func() { _ = l.Close() })
	defer timer.Stop()
	return l.receive()
}

// answer reads the next message, which is of a kind or says why there is none.
func (l *Line) answer(want kind) ([]byte, error) {
	_, body, err := l.oneOf(want)
	return body, err
}

// oneOf is answer where several kinds may come.
func (l *Line) oneOf(want ...kind) (kind, []byte, error) {
	k, body, err := l.within()
	switch {
	case err != nil:
		return k, nil, fmt.Errorf("the line to the server: %w", err)
	case k == kindSorry:
		sorry, err := read[Sorry](body)
		return k, nil, errors.Join(err, sorry)
	case !slices.Contains(want, k):
		return k, nil, ErrFrame
	}
	return k, body, nil
}

// Outcome is what bringing a laptop and its server together has done.
type Outcome struct {
	Received int // steps of others
	Sent     int // own steps that have their number now
	Refused  int // own steps that the server does not take
	Aside    int // things that stand aside since
	Waiting  int // own steps that wait still
	Number   uint64
}

// Sync takes all that the server has and gives it all that waits. Errors: Sorry,
// ErrDrifted, and what line and store say.
func (l *Line) Sync(s *store.Store) (done Outcome, err error) {
	defer func() { done.Sent = max(done.Sent-done.Refused, 0) }() // what stands aside of these gets a number, too
	refused := map[model.StepID]store.Refusal{}
	behindAt, behind := uint64(0), 0
	for {
		place, err := s.Place()
		if err != nil {
			return done, err
		}
		done.Number, done.Waiting = place.Number, place.Waiting
		h, steps, err := l.steps(place)
		if err != nil {
			return done, err
		}
		if len(steps) > 0 || len(refused) > 0 || len(h.Erasures) > 0 {
			receipt, err := s.Received(steps, refused, erasuresOf(h.Erasures))
			if err != nil {
				return done, err
			}
			done.Received += len(steps) - receipt.Taken
			done.Sent += receipt.Taken
			done.Aside += receipt.Aside
			done.Number, done.Waiting = receipt.Number, receipt.Waiting
			done.Refused += len(refused)
			clear(refused)
			if receipt.Number < h.Last || receipt.Waiting > 0 {
				continue
			}
			return done, nil
		}
		if place.Waiting == 0 {
			return done, nil
		}
		mine, err := s.FirstWaiting(batch)
		if err != nil {
			return done, err
		}
		answer, err := l.offer(place, mine)
		if err != nil {
			return done, err
		}
		for _, v := range answer {
			switch {
			case v.Refused != "":
				refused[v.ID] = v.Refused
			case v.Behind:
				if place.Number > behindAt {
					behindAt, behind = place.Number, 0
				}
				if behind++; behind > 3 {
					return done, ErrDrifted
				}
			}
		}
	}
}

func (l *Line) steps(place store.Place) (stepsHeader, []store.Step, error) {
	if err := l.tell(kindAsk, ask{place.Number, place.Erasures}); err != nil {
		return stepsHeader{}, nil, l.broken(err)
	}
	body, err := l.answer(kindSteps)
	if err != nil {
		return stepsHeader{}, nil, err
	}
	return unpackSteps(body)
}

func (l *Line) offer(place store.Place, steps []store.Step) ([]store.Verdict, error) {
	body, err := packSteps(stepsHeader{Seen: place.Number, Known: place.Erasures}, steps)
	if err != nil {
		return nil, err
	}
	if err := l.send(kindOffer, body); err != nil {
		return nil, l.broken(err)
	}
	if body, err = l.answer(kindVerdicts); err != nil {
		return nil, err
	}
	v, err := read[verdicts](body)
	return v.Verdicts, err
}

// Wait returns once the server may have steps above a number, or once changed tells of
// something: whichever is first.
func (l *Line) Wait(number uint64, changed <-chan struct{}) error {
	l.patience = waitPatience
	defer func() { l.patience = patience }()
	if err := l.tell(kindWait, wait{number}); err != nil {
		return l.broken(err)
	}
	came := make(chan error, 1)
	faults.Go(func() {
		_, err := l.answer(kindNumber)
		came <- err
	})
	select {
	case err := <-came:
		return err
	case <-changed:
		// Whatever is asked next lets the server answer at once.
		if err := l.tell(kindWait, wait{0}); err != nil {
			return l.unheard(err, came)
		}
		if err := <-came; err != nil {
			return err
		}
		_, err := l.answer(kindNumber)
		return err
	}
}

// unheard is why the server hears nothing any more, while its next message is being read.
func (l *Line) unheard(told error, came <-chan error) error {
	timer := time.AfterFunc(time.Second, func() { _ = l.Close() })
	defer timer.Stop()
	if err := <-came; err != nil {
		return err
	}
	return fmt.Errorf("the line to the server: %w", told)
}
