package store

// The laptops that have been here: what the lead wants to know of one that is lost, or whose
// person has left.

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	bolt "doppelpass/store/sealed"

	"doppelpass/model"
)

// Laptop is a machine that has this store's data.
type Laptop struct {
	Person string    `json:"as"` // code
	Device string    `json:"device"`
	Number uint64    `json:"number"` // of the last step that was sent to it
	At     time.Time `json:"at"`     // when it was here last
}

var keyLaptops = []byte("laptops")

// Laptops are the machines that have been here, the latest first.
func (s *Store) Laptops() (list []Laptop, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		list, err = laptops(tx)
		return err
	})
	slices.SortFunc(list, func(a, b Laptop) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Device, b.Device)) })
	return list, err
}

func laptops(tx *bolt.Tx) (list []Laptop, err error) {
	data := tx.Bucket(metaBucket).Get(keyLaptops)
	if data == nil {
		return nil, nil
	}
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, fmt.Errorf("the laptops that have been here: %w", errDamaged)
	}
	return list, nil
}

func writeLaptops(tx *bolt.Tx, list []Laptop) error {
	data, err := json.Marshal(list)
	if err != nil {
		return err
	}
	return tx.Bucket(metaBucket).Put(keyLaptops, data)
}

// mostLaptops are kept in mind, and no more.
const mostLaptops = 1000

// NoteLaptop keeps in mind that a laptop was here. It is no step of the history.
func (s *Store) NoteLaptop(l Laptop) error {
	if s.readOnly {
		return nil
	}
	l.At = s.now().UTC().Truncate(time.Second)
	s.changing.Lock()
	defer s.changing.Unlock()
	return s.db.Update(func(tx *bolt.Tx) error {
		list, err := laptops(tx)
		if err != nil {
			return err
		}
		list = slices.DeleteFunc(list, func(o Laptop) bool {
			if same := o.Person == l.Person && o.Device == l.Device; same {
				l.Number = max(l.Number, o.Number)
				return true
			}
			return false
		})
		list = append([]Laptop{l}, list...)
		return writeLaptops(tx, list[:min(len(list), mostLaptops)])
	})
}

// rewriteLaptops changes the names of laptops and their people.
func (w *writer) rewriteLaptops(x rewriting) error {
	list, err := laptops(w.tx)
	if err != nil || len(list) == 0 {
		return err
	}
	for i, l := range list {
		list[i].Person, list[i].Device = x.who(l.Person), x.text(anywhere, model.TellsText, l.Device)
	}
	return writeLaptops(w.tx, list)
}
