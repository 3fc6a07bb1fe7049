package store

// What a replica forgets: whoever its server has erased goes out of what lies here, out of
// the steps that wait, and out of those that are still to come.

import (
	"encoding/json"
	"fmt"
	"slices"

	bolt "doppelpass/store/sealed"

	"doppelpass/model"
)

// erasedBy are the lines of the deletion book that steps bring.
func erasedBy(steps []Step) (lines []model.Erasure) {
	for _, step := range steps {
		for _, e := range step.Edits {
			if line, is := e.After.(model.Erasure); is {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// forget takes whoever the server has erased out of the store as it is before the server's
// next steps, which are told without them, and out of those that wait.
func forget(next func() (*writer, error), waiting []Step, erased []model.Erasure) ([]Step, bool, error) {
	if len(erased) == 0 {
		return waiting, false, nil
	}
	w, err := next()
	if err != nil {
		return waiting, false, err
	}
	known, err := erasures(w.tx)
	if err != nil {
		return waiting, false, err
	}
	missing := slices.DeleteFunc(slices.Clone(erased), func(e model.Erasure) bool {
		return slices.ContainsFunc(known, func(k model.Erasure) bool { return k.ID == e.ID })
	})
	if len(missing) == 0 {
		return waiting, false, nil
	}
	w.told = true
	if _, err := w.erase(missing); err != nil {
		return waiting, false, err
	}
	ahead, err := erasedAhead(w.tx)
	if err != nil {
		return waiting, false, err
	}
	for _, line := range missing {
		ahead = append(ahead, line.ID)
	}
	if err := writeErasedAhead(w.tx, ahead); err != nil {
		return waiting, false, err
	}
	settings, err := settingsIn(w.reader)
	if err != nil {
		return waiting, false, err
	}
	if x := newRedactor(missing, settings.Country); x != nil {
		for i := range waiting {
			waiting[i] = x.step(waiting[i])
		}
	}
	aged, err := w.byAge(missing)
	if err != nil {
		return waiting, false, err
	}
	for i := range waiting {
		if aged != nil {
			waiting[i] = aged.agedStep(waiting[i])
		}
	}
	return waiting, true, w.finish()
}

// step is a step without whoever was erased: their own records are no part of it any more.
func (x *redactor) step(s Step) Step {
	text := func(telling model.Telling, of string) string { return x.text(anywhere, telling, of) }
	s.Actor, s.Person, s.Device = text(model.TellsWho, s.Actor), text(model.TellsWho, s.Person), text(model.TellsWho, s.Device)
	s.Subject = text(model.TellsText, s.Subject)
	s.Edits, s.Said = x.withoutOwn(s.Edits), x.withoutOwn(s.Said)
	return s
}

// withoutOwn are edits without whoever was erased, and without their own records.
func (x *redactor) withoutOwn(edits []model.Edit) (kept []model.Edit) {
	for _, e := range edits {
		own := false
		for _, side := range []*model.Record{&e.Before, &e.After} {
			if *side != nil {
				now, _, gone := x.record(*side)
				*side, own = now, own || gone
			}
		}
		if !own {
			kept = append(kept, e)
		}
	}
	return kept
}

// erasedAheads are lines of the deletion book that a replica knows before it has come to the step
// that wrote them.
type erasedAheads []model.RowID

var keyAhead = []byte("erased ahead")

func erasedAhead(tx *bolt.Tx) (a erasedAheads, err error) {
	data := tx.Bucket(metaBucket).Get(keyAhead)
	if data == nil {
		return nil, nil
	}
	if err := json.Unmarshal(data, &a); err != nil {
		return nil, fmt.Errorf("who was erased ahead: %w", errDamaged)
	}
	return a, nil
}

func writeErasedAhead(tx *bolt.Tx, a erasedAheads) error {
	if len(a) == 0 {
		return tx.Bucket(metaBucket).Delete(keyAhead)
	}
	data, err := json.Marshal(a)
	if err != nil {
		return err
	}
	return tx.Bucket(metaBucket).Put(keyAhead, data)
}

// labels are those that stand where the names stood.
func (a erasedAheads) labels() map[string]bool {
	labels := map[string]bool{}
	for _, id := range a {
		labels[model.Erasure{ID: id}.Label()] = true
	}
	return labels
}

// came takes out the lines that a step has written.
func (a *erasedAheads) came(step Step) {
	for _, line := range erasedBy([]Step{step}) {
		*a = slices.DeleteFunc(*a, func(id model.RowID) bool { return id == line.ID })
	}
}

// withoutErased are the edits of a step of before an erasure, as the server tells it since:
// contact persons who were erased are gone, whatever it did to them.
func withoutErased(edits []model.Edit, labels map[string]bool) []model.Edit {
	own := func(r model.Record) bool {
		c, is := r.(model.Contact)
		return is && labels[c.Name]
	}
	if len(labels) == 0 || !slices.ContainsFunc(edits, func(e model.Edit) bool { return own(e.Before) || own(e.After) }) {
		return edits
	}
	var kept []model.Edit
	for _, e := range edits {
		if own(e.Before) {
			e.Before = nil
		}
		if own(e.After) {
			e.After = nil
		}
		if e.Before != nil || e.After != nil {
			kept = append(kept, e)
		}
	}
	return kept
}
