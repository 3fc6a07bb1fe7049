package wire

// The server's end of a line.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"doppelpass/model"
	"doppelpass/store"
)

// Server answers laptops, any number at a time, on one store.
type Server struct {
	Store   *store.Store
	Program string // the version of this program
	// Hub is where the order of the store's steps has its home, where that is not the store
	// itself; may be nil.
	Hub Hub
	// Told hears of a laptop that comes, and of one that gets no answer; may be nil.
	Told func(Visit)

	lock   sync.Mutex
	copies []*copied
	making sync.WaitGroup
}

// Hub gives steps their numbers for several servers. Errors: store.ErrHomeAway.
type Hub interface {
	// Accept is the store's, by the hub.
	Accept(ctx context.Context, actor model.Actor, seen uint64, erased int, steps []store.Step) ([]store.Verdict, error)
	// CatchUp brings to the store what the hub has.
	CatchUp(ctx context.Context) error
}

// Visit is what happened with a laptop.
type Visit struct {
	Person string // whose key it is, by their code; "": nobody's any more
	Device string
	Number uint64 // up to which it has the server's steps
	Sorry  string // the code of why it got no answer; "": it came
}

// waitsFor is how long the server waits for another step before it answers anyway, so
// that both sides know of each other.
const waitsFor = 20 * time.Second

// asked is a message of a laptop.
type asked struct {
	kind kind
	body []byte
	err  error
}

// visit is one line.
type visit struct {
	*Server
	*frames
	context context.Context
	who     func() (model.Person, bool)
	code    string // of the person
	device  string
	number  uint64
	next    chan asked
	unasked *asked // came while another answer was waited for
	news    <-chan store.News
}

// Answer answers a laptop until the line or ctx ends. who is asked at every turn whose key
// it is that came over the line, and whether it is let in still. Nil: the laptop has left.
func (s *Server) Answer(ctx context.Context, line io.ReadWriteCloser, who func() (model.Person, bool)) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	live, err := s.Store.Live()
	if err != nil {
		return err
	}
	v := &visit{Server: s, frames: &frames{ReadWriteCloser: line}, context: ctx, who: who, next: make(chan asked), news: live.Follow(ctx)}
	go v.hear()
	defer v.remember()
	err = v.begin()
	for err == nil {
		err = v.turn()
	}
	var sorry Sorry
	switch {
	case errors.As(err, &sorry):
		_ = v.tell(kindSorry, sorry)
		if s.Told != nil {
			s.Told(Visit{v.code, v.device, v.number, sorry.Code})
		}
		return nil
	case errors.Is(err, io.EOF), errors.Is(err, context.Canceled):
		return nil
	case errors.Is(err, store.ErrHomeAway):
		_ = v.tell(kindSorry, Sorry{Code: SorryHub, Program: s.Program})
		return nil
	case errors.Is(err, ErrFrame), errors.Is(err, store.ErrNotAStep):
		_ = v.tell(kindSorry, Sorry{Code: SorryAsked, Program: s.Program})
	case !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.ErrClosedPipe):
		_ = v.tell(kindSorry, Sorry{Code: SorryFault, Program: s.Program})
	}
	return err
}

// remember keeps in mind up to which step the laptop has the data now.
func (v *visit) remember() {
	if v.code != "" && v.number > 0 {
		_ = v.Store.NoteLaptop(store.Laptop{Person: v.code, Device: v.device, Number: v.number}) // what is not noted is not told; nothing hangs on it
	}
}

// hear reads what the laptop asks, one message ahead.
func (v *visit) hear() {
	for {
		k, body, err := v.receive()
		select {
		case v.next <- asked{k, body, err}:
		case <-v.context.Done():
			return
		}
		if err != nil {
			return
		}
	}
}

// ask is the next message.
func (v *visit) ask() (asked, error) {
	if v.unasked != nil {
		a := *v.unasked
		v.unasked = nil
		return a, a.err
	}
	select {
	case a := <-v.next:
		return a, a.err
	case <-v.context.Done():
		return asked{}, v.ended()
	}
}

func (v *visit) person() (model.Person, error) {
	person, ok := v.who()
	if ok {
		v.code = person.Code
	} else {
		return person, Sorry{Code: SorryRevoked, Program: v.Program}
	}
	return person, nil
}

// ended is why the line ends from this side.
func (v *visit) ended() error {
	if _, err := v.person(); err != nil {
		return err
	}
	return Sorry{Code: SorryEnding, Program: v.Program}
}

// longestDevice bounds a machine's name, in bytes: no name of a machine is longer.
const longestDevice = 255

// begin is Hello and Welcome.
func (v *visit) begin() error {
	a, err := v.ask()
	if err != nil {
		return err
	}
	if a.kind != kindHello {
		return ErrFrame
	}
	hello, err := read[Hello](a.body)
	if err != nil {
		return err
	}
	if len(hello.Device) > longestDevice { // it stands in every step
		return ErrFrame
	}
	v.device, v.number = hello.Device, hello.Number
	person, err := v.person()
	if err != nil {
		return err
	}
	if err := v.sameForm(hello); err != nil {
		return err
	}
	if replica, is, err := v.Store.Replica(); err != nil || is && (replica.Hub == "" || v.Hub == nil) {
		if err == nil { // it gives no numbers itself
			err = store.ErrHomeAway
		}
		return err
	}
	place, err := v.Store.Place()
	if err != nil {
		return err
	}
	if !hello.New && v.Hub != nil && hello.Number > place.Number { // it was at another server meanwhile
		if err := v.Hub.CatchUp(v.context); err != nil {
			return err
		}
		if place, err = v.Store.Place(); err != nil {
			return err
		}
	}
	if !hello.New {
		id, err := v.Store.StepID(hello.Number)
		switch {
		case err != nil:
			return err
		case hello.Number > place.Number:
			return Sorry{Code: SorryLost, Program: v.Program, Detail: fmt.Sprint(place.Number)}
		case id != hello.ID:
			return Sorry{Code: SorryOther, Program: v.Program}
		}
	}
	if v.Told != nil {
		v.Told(Visit{v.code, v.device, v.number, ""})
	}
	key, err := v.Store.NumberKey()
	if err != nil {
		return err
	}
	return v.tell(kindWelcome, Welcome{Protocol, v.Program, place.Number, person.Code, person.Name, person.Role, key})
}

// sameForm refuses who writes steps in another form.
func (v *visit) sameForm(hello Hello) error {
	schema, fields := store.Form()
	sorry := Sorry{Program: v.Program, Detail: hello.Program}
	older := func(theirs, mine int64) bool {
		switch {
		case theirs < mine:
			sorry.Code = SorryLaptopOld
		case theirs > mine:
			sorry.Code = SorryServerOld
		}
		return theirs != mine
	}
	if older(int64(hello.Protocol), Protocol) || older(int64(hello.Schema), int64(schema)) || older(int64(hello.Fields), int64(fields)) {
		return sorry
	}
	return nil
}

// turn answers one question.
func (v *visit) turn() error {
	a, err := v.ask()
	if err != nil {
		return err
	}
	person, err := v.person()
	if err != nil {
		return err
	}
	switch a.kind {
	case kindAsk:
		question, err := read[ask](a.body)
		if err != nil {
			return err
		}
		return v.steps(question)
	case kindOffer:
		return v.offer(person, a.body)
	case kindWait:
		question, err := read[wait](a.body)
		if err != nil {
			return err
		}
		return v.wait(question.Number)
	case kindCopy:
		question, err := read[copyAsked](a.body)
		if err != nil {
			return err
		}
		return v.copy(question)
	}
	return ErrFrame
}

// batch is how many steps go at a time.
const batch = 500

func (v *visit) steps(question ask) error {
	steps, err := v.Store.StepsAfter(question.Number, batch)
	if err != nil {
		return err
	}
	place, err := v.Store.Place()
	if err != nil {
		return err
	}
	h := stepsHeader{Last: place.Number}
	if place.Erasures > question.Erasures {
		erased, err := v.Store.Erasures()
		if err != nil {
			return err
		}
		// Steps of before an erasure are to be told without whom it names.
		if steps, err = v.Store.StepsAfter(question.Number, batch); err != nil {
			return err
		}
		h.Erasures = linesOf(erased)
	}
	body, err := packSteps(h, steps)
	if err != nil {
		return err
	}
	for _, step := range steps {
		v.number = max(v.number, step.Step)
	}
	return v.send(kindSteps, body)
}

func (v *visit) offer(person model.Person, body []byte) error {
	h, steps, err := unpackSteps(body)
	if err != nil {
		return err
	}
	accept := func(ctx context.Context, actor model.Actor, seen uint64, erased int, steps []store.Step) ([]store.Verdict, error) {
		return v.Store.Accept(actor, seen, erased, steps)
	}
	if v.Hub != nil {
		accept = v.Hub.Accept
	}
	answer, err := accept(v.context, person.Actor(v.device), h.Seen, h.Known, steps)
	if err != nil {
		return err
	}
	return v.tell(kindVerdicts, verdicts{answer})
}

// wait answers as soon as there is a step above a number.
func (v *visit) wait(number uint64) error {
	timer := time.NewTimer(waitsFor)
	defer timer.Stop()
	for {
		place, err := v.Store.Place()
		if err != nil {
			return err
		}
		if place.Number > number || v.unasked != nil {
			return v.tell(kindNumber, wait{place.Number})
		}
		select {
		case <-v.news:
			if _, err := v.person(); err != nil {
				return err
			}
		case a := <-v.next:
			if a.err != nil {
				return a.err
			}
			v.unasked = &a
		case <-timer.C:
			return v.tell(kindNumber, wait{place.Number})
		case <-v.context.Done():
			return v.ended()
		}
	}
}
