package store

// What a server says to the steps of a replica: it gives each its number, or sends the
// replica for what others have done meanwhile.

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	bolt "doppelpass/store/sealed"

	"doppelpass/model"
)

// Verdict is what a server says to a step.
type Verdict struct {
	ID      model.StepID
	Number  uint64 // the step's; 0: it has none
	Behind  bool   // others have changed meanwhile what it rests on: take their steps first
	Refused Refusal
}

// Refusal says why a server does not take a step; "": it does.
type Refusal string

// The reasons.
const (
	RefusedRole    Refusal = "role"    // the person's role may not make the change
	RefusedGone    Refusal = "gone"    // the person does not work here any more
	RefusedErasing Refusal = "erasing" // erasing somebody is done on the server
	RefusedInvalid Refusal = "invalid" // no program of ours would have made it
)

// Accept gives steps of a replica their numbers, in their order, each whole or not at all.
// seen is the last number that the replica had, erased how many lines of the deletion book
// it knows: one that knows fewer than there are has to forget before it tells anything. The
// first step that must be laid anew ends it: those behind it wait.
func (s *Store) Accept(actor model.Actor, seen uint64, erased int, steps []Step) (verdicts []Verdict, err error) {
	err = s.updates(func(tx *bolt.Tx, next func() (*writer, error)) error {
		verdicts = nil
		w, err := next()
		if err != nil {
			return err
		}
		since, err := stepsAfter(w.reader, seen, mostSince)
		if err != nil {
			return err
		}
		last, err := lastStep(tx)
		if err != nil {
			return err
		}
		if n := len(since); n > 0 && since[n-1].Step < last { // not all were read: it is far behind
			for _, step := range steps[:min(len(steps), 1)] {
				verdicts = append(verdicts, Verdict{ID: step.ID, Behind: true})
			}
			return nil
		}
		lines, err := erasures(tx)
		if err != nil {
			return err
		}
		numbers, touched := map[model.StepID]uint64{}, map[model.Key]bool{}
		for _, step := range since {
			numbers[step.ID] = step.Step
			touch(touched, step.Edits)
			touch(touched, step.Said)
		}
		for _, step := range steps {
			if number := numbers[step.ID]; number != 0 {
				verdicts = append(verdicts, Verdict{ID: step.ID, Number: number})
				continue
			}
			if erased < len(lines) {
				verdicts = append(verdicts, Verdict{ID: step.ID, Behind: true})
				return nil
			}
			if w, err = next(); err != nil {
				return err
			}
			verdict, err := w.accept(actor, step, touched, numbers)
			if err != nil {
				return err
			}
			verdicts = append(verdicts, verdict)
			if verdict.Behind || verdict.Refused != "" { // what follows may rest on it
				return nil
			}
			numbers[step.ID] = verdict.Number
		}
		return nil
	})
	return verdicts, err
}

// mostSince is how many steps there may be that a replica has not seen when it offers its own.
// It takes all there are before it does; only what came in between is looked through here,
// while everybody waits.
const mostSince = 1000

// longestID bounds the identity of a step, in bytes: a ULID has 26.
const longestID = 64

// touch notes what edits change, and the accounts that it belongs to.
func touch(touched map[model.Key]bool, edits []model.Edit) {
	for _, e := range edits {
		for _, key := range recordAndAccount(e) {
			touched[key] = true
		}
	}
}

// recordAndAccount are the identities of an edit's record and of the account it belongs to.
func recordAndAccount(e model.Edit) (keys []model.Key) {
	key := eitherRecord(e.After, e.Before).Key()
	keys = append(keys, key.Identity())
	if belongs(key.Table) {
		keys = append(keys, model.Key{Table: model.TableAccounts, Code: key.Code})
	}
	return keys
}

func (w *writer) accept(actor model.Actor, step Step, touched map[model.Key]bool, numbers map[model.StepID]uint64) (Verdict, error) {
	verdict := Verdict{ID: step.ID}
	var err error
	if err := w.admit(&actor); err != nil {
		verdict.Refused = RefusedGone
		return verdict, nil
	}
	if step.ID == "" || len(step.ID) > longestID || model.EndsUnasked(step.Edits) {
		verdict.Refused = RefusedInvalid
		return verdict, nil
	}
	told, beyond := map[model.Key]bool{}, false
	for _, e := range step.Edits {
		id := eitherRecord(e.After, e.Before).Key().Identity()
		if told[id] {
			verdict.Refused = RefusedInvalid
			return verdict, nil
		}
		told[id] = true
		// What stands aside is no change of the business: who may change nothing any more
		// keeps what they wrote while they might.
		if err := actor.May(e); err != nil && eitherRecord(e.After, e.Before).Key().Table != model.TableAsides {
			if !beyond {
				if beyond, err = w.beyondRole(actor, step, numbers); err != nil {
					return verdict, err
				}
			}
			if !beyond {
				verdict.Refused = RefusedRole
				return verdict, nil
			}
		}
		if verdict.Refused = unlawful(e); verdict.Refused != "" {
			return verdict, nil
		}
		key := eitherRecord(e.After, e.Before).Key()
		now, err := model.AsItIs(presence{reader: w.reader}, e)
		if err != nil {
			return verdict, err
		}
		stale := touched[key.Identity()] || !model.Same(now, e.Before)
		if belongs(key.Table) { // its account must be there still, as it was
			account := model.Key{Table: model.TableAccounts, Code: key.Code}
			stale = stale || touched[account]
		}
		if stale {
			verdict.Behind = true
			return verdict, nil
		}
	}
	if verdict.Behind, verdict.Refused, err = w.said(actor, step, touched); err != nil || verdict.Behind || verdict.Refused != "" {
		return verdict, err
	}
	if whole, err := w.leavesWhole(step.Edits); err != nil || !whole {
		verdict.Refused = RefusedInvalid
		return verdict, err
	}
	last, err := lastStep(w.tx)
	if err != nil {
		return verdict, err
	}
	step.Step, step.Waiting, step.Tally, step.Fixed = last+1, false, tallyOf(step.Edits), false
	step.Undone, step.UndoneBy, step.UndoneAt = false, "", time.Time{}
	step.Actor, step.Role, step.Person, step.Device = actor.Name, actor.Role, actor.Person, actor.Device
	step.At = step.At.UTC().Truncate(time.Second)
	if number := numbers[step.Reverses]; number != 0 {
		step.ReversesStep = number
	}
	if err := step.reversing(w.tx); err != nil {
		return verdict, err
	}
	if err := w.lay(step, step.Edits); err != nil {
		return verdict, err
	}
	verdict.Number = step.Step
	return verdict, w.tx.Bucket(journalBucket).SetSequence(step.Step)
}

// said looks at what a step says that others had done already: its author must be allowed to
// change that, and it must be there.
func (w *writer) said(actor model.Actor, step Step, touched map[model.Key]bool) (behind bool, why Refusal, err error) {
	for _, s := range step.Said {
		if actor.May(s) != nil && eitherRecord(s.After, s.Before).Key().Table != model.TableAsides { // as of edits
			return false, RefusedRole, nil
		}
		if why := unlawful(s); why != "" {
			return false, why, nil
		}
		now, err := model.AsItIs(presence{reader: w.reader}, s)
		if err != nil {
			return false, "", err
		}
		for _, e := range step.Edits {
			if keyOf(e).Identity() == keyOf(s).Identity() {
				now = e.After
			}
		}
		if touched[keyOf(s).Identity()] || !model.Holds(now, s) {
			return true, "", nil
		}
	}
	return false, "", nil
}

// leavesWhole reports whether everything has its account once edits are made.
func (w *writer) leavesWhole(edits []model.Edit) (bool, error) {
	leaving, coming := map[model.Key]bool{}, map[model.Key]bool{}
	for _, e := range edits {
		switch {
		case e.Before == nil:
			coming[e.After.Key()] = true
		case e.After == nil || e.After.Key().Code != e.Before.Key().Code:
			leaving[e.Before.Key().Identity()] = true
		}
	}
	present := presence{reader: w.reader}
	for _, e := range edits {
		if e.After == nil && e.Before.Key().Table == model.TableAccounts {
			if used, err := present.InUse(e.Before.Key(), leaving); err != nil || used {
				return false, err
			}
		}
		if e.After != nil && belongs(e.After.Key().Table) {
			account := model.Key{Table: model.TableAccounts, Code: e.After.Key().Code}
			homeless, err := present.Homeless(e.After, coming)
			if err != nil || homeless || leaving[account.Identity()] {
				return false, err
			}
		}
	}
	return true, nil
}

// unreadable reports what is no text: nothing that comes in leaves such bytes in a name, and
// keys hold a zero byte between their parts.
func unreadable(s string) bool { return strings.ContainsRune(s, 0) || !utf8.ValidString(s) }

// onMap reports whether a record's coordinates are numbers: what is none is never the same
// again, and nobody could change the record any more.
func onMap(r model.Record) bool {
	var at model.Coordinates
	switch r := r.(type) {
	case model.Account:
		at = r.At
	case model.Rep:
		at = r.HomeAt
	}
	return !math.IsNaN(at.Lat) && !math.IsNaN(at.Lon) && !math.IsInf(at.Lat, 0) && !math.IsInf(at.Lon, 0)
}

// unlawful says why no program of ours would have sent an edit.
func unlawful(e model.Edit) Refusal {
	record := eitherRecord(e.After, e.Before)
	key, d := record.Key(), model.DescriptionOf(record)
	if key.Table == model.TableErasures {
		return RefusedErasing
	}
	if e.After == nil {
		return ""
	}
	if slices.ContainsFunc([]string{key.Code, key.By, key.Ref}, unreadable) || !onMap(e.After) {
		return RefusedInvalid
	}
	nameless := key.Table == model.TableSettings || key.Table == model.TableOptOuts && key.By != "" // of a number alone
	if key.Code == "" && !nameless || len(key.Code) > maximumCode {
		return RefusedInvalid
	}
	if _, reason := d.Check(e.After); reason != "" {
		return RefusedInvalid
	}
	return ""
}
