package store

// A replica: the store of a laptop, made from a team's server and kept like it; or that of a
// server, made from a hub, which is to it what a server is to a laptop. The server gives
// each step its number. What is changed here waits, as the last steps of the journal,
// until the server has taken it; when the server's next steps come, those that wait are
// taken off, the server's are written, and those that wait are laid on top again.

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"

	bolt "doppelpass/store/sealed"

	"doppelpass/model"
)

// Replica says whose replica a store is.
type Replica struct {
	Server string `json:"server"`       // address
	Number uint64 `json:"number"`       // of the server's last step that is in the store
	Person string `json:"as,omitempty"` // code of the person whose laptop it is, as the server knows them
	// Hub is the identity of the hub whose replica a server's store is; "": it is a laptop's.
	Hub string `json:"hub,omitempty"`
}

var keyReplica = []byte("replica")

// Step is a step with what it changed, as one store tells another.
type Step struct {
	Entry
	Edits []model.Edit `json:"-"`
	// Said is what the author has changed, too, although others had done the same already: from
	// what the author saw to what is there (see model.Rebased).
	Said []model.Edit `json:"-"`
}

// authored is what the author has changed, by what they saw.
func (s Step) authored() []model.Edit { return model.Authored(s.Edits, s.Said) }

// ErrNoReplica says that a store is nobody's replica.
var ErrNoReplica = errors.New("the store is nobody's replica")

func readReplica(tx *bolt.Tx) (r Replica, is bool, err error) {
	data := tx.Bucket(metaBucket).Get(keyReplica)
	if data == nil {
		return r, false, nil
	}
	if err := json.Unmarshal(data, &r); err != nil {
		return r, false, fmt.Errorf("whose replica the store is: %w", errDamaged)
	}
	return r, true, nil
}

func writeReplica(tx *bolt.Tx, r Replica) error {
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return tx.Bucket(metaBucket).Put(keyReplica, data)
}

// Replica says whose replica the store is; false for a store of its own.
func (s *Store) Replica() (r Replica, is bool, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		r, is, err = readReplica(tx)
		return err
	})
	return r, is, err
}

// BecomeReplica makes of a copy of a server's store its replica, for a person by their
// code.
func (s *Store) BecomeReplica(server, person string) error {
	_, err := s.update(func(w *writer) error {
		last, err := lastStep(w.tx)
		if err != nil {
			return err
		}
		// Which laptops the server has seen is the lead's to know.
		if err := w.tx.Bucket(metaBucket).Delete(keyLaptops); err != nil {
			return err
		}
		return writeReplica(w.tx, Replica{Server: server, Number: last, Person: person})
	})
	return err
}

// BecomeHubReplica makes of a store that holds what a hub has up to its own last step the
// hub's replica. Address is where the hub is, without any secret.
func (s *Store) BecomeHubReplica(address, hub string) error {
	_, err := s.update(func(w *writer) error {
		last, err := lastStep(w.tx)
		if err != nil {
			return err
		}
		return writeReplica(w.tx, Replica{Server: address, Number: last, Hub: hub})
	})
	return err
}

// Moved notes that the server of a replica is found under another address.
func (s *Store) Moved(address string) error {
	_, err := s.update(func(w *writer) error {
		r, is, err := readReplica(w.tx)
		if err != nil || !is {
			return errors.Join(err, notUnless(is))
		}
		r.Server = address
		return writeReplica(w.tx, r)
	})
	return err
}

// Leave makes of a replica a store of its own. What waits stays in it.
func (s *Store) Leave() error {
	_, err := s.update(func(w *writer) error { return w.tx.Bucket(metaBucket).Delete(keyReplica) })
	return err
}

// Place is where a store stands in the server's order: the last number that it has of the
// server, which step bears it, how many lines of the deletion book it knows, and how many
// steps of its own wait. Of a store that is nobody's replica, Number is its last.
type Place struct {
	Number   uint64
	ID       model.StepID
	Erasures int
	Waiting  int
}

// Place says where the store stands.
func (s *Store) Place() (p Place, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		p, err = placeIn(tx)
		return err
	})
	return p, err
}

func placeIn(tx *bolt.Tx) (p Place, err error) {
	last, err := lastStep(tx)
	if err != nil {
		return p, err
	}
	p.Number = last
	replica, is, err := readReplica(tx)
	if err != nil {
		return p, err
	}
	if is {
		p.Number, p.Waiting = replica.Number, int(last-replica.Number)
	}
	if p.ID, err = stepID(tx, p.Number); err != nil {
		return p, err
	}
	lines, err := erasures(tx)
	p.Erasures = len(lines)
	return p, err
}

// EachStep tells of every step of the journal in its order, without what it changed.
func (s *Store) EachStep(tell func(Entry) error) error {
	return s.db.View(func(tx *bolt.Tx) error {
		return tx.Bucket(journalBucket).ForEach(func(_, value []byte) error {
			e, err := decodeEntry(value)
			if err != nil {
				return err
			}
			return tell(e)
		})
	})
}

// StepID is the identity of the step with a number; "": there is none.
func (s *Store) StepID(number uint64) (id model.StepID, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		id, err = stepID(tx, number)
		return err
	})
	return id, err
}

func stepID(tx *bolt.Tx, number uint64) (model.StepID, error) {
	value := tx.Bucket(journalBucket).Get(stepKey(number))
	if value == nil {
		return "", nil
	}
	e, err := decodeEntry(value)
	return e.ID, err
}

// lastStep is the number of the journal's last step; 0: it is empty.
func lastStep(tx *bolt.Tx) (uint64, error) {
	key, _ := tx.Bucket(journalBucket).Cursor().Last()
	if key == nil {
		return 0, nil
	}
	return uint64At(key, 0), nil
}

// batchEdits is how many changed records make a batch of steps: one more step is never
// added to so many.
const batchEdits = 20_000

// StepsAfter are the steps above a number in their order, with what they changed: at most
// so many, and fewer where they are long. Those that wait are none of them: their numbers
// are this store's own.
func (s *Store) StepsAfter(number uint64, most int) (steps []Step, err error) {
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		replica, is, err := readReplica(tx)
		if err != nil {
			return err
		}
		last := uint64(math.MaxUint64)
		if is {
			last = replica.Number
		}
		steps, err = stepsBetween(reader{tx, coder}, number, last, most)
		return err
	})
	return steps, err
}

func stepsAfter(r reader, number uint64, most int) (steps []Step, err error) {
	return stepsBetween(r, number, math.MaxUint64, most)
}

// stepsBetween are the steps above a number and up to another.
func stepsBetween(r reader, number, last uint64, most int) (steps []Step, err error) {
	cursor := r.tx.Bucket(journalBucket).Cursor()
	long := 0
	for key, value := cursor.Seek(stepKey(number + 1)); key != nil && len(steps) < most && uint64At(key, 0) <= last; key, value = cursor.Next() {
		if most != everyStep && long >= batchEdits {
			break
		}
		e, err := decodeEntry(value)
		if err != nil {
			return nil, err
		}
		edits, err := stepEdits(r, e.Step)
		if err != nil {
			return nil, err
		}
		said, err := saidBy(r.tx, e.Step)
		if err != nil {
			return nil, err
		}
		steps = append(steps, Step{e, edits, said})
		long += len(edits) + len(said)
	}
	return steps, nil
}

// everyStep is more steps than a journal has.
const everyStep = int(^uint(0) >> 1)

// Waiting are the steps that the server has not taken yet.
func (s *Store) Waiting() ([]Step, error) { return s.FirstWaiting(everyStep) }

// FirstWaiting are the first of the steps that the server has not taken yet, as many as
// StepsAfter gives.
func (s *Store) FirstWaiting(most int) (steps []Step, err error) {
	err = s.view(func(tx *bolt.Tx, coder blockCoder) error {
		replica, is, err := readReplica(tx)
		if err != nil || !is {
			return errors.Join(err, notUnless(is))
		}
		steps, err = stepsAfter(reader{tx, coder}, replica.Number, most)
		return err
	})
	return steps, err
}

func notUnless(replica bool) error {
	if replica {
		return nil
	}
	return ErrNoReplica
}
