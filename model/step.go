package model

// A step is one change by one person as the journal keeps it: the journal is only
// ever added to. What a step wrote can be taken back field by field, in any order,
// without touching what others wrote since.

import "slices"

// StepID identifies a step on every device: a ULID in its text form. It says
// nothing of the order, which the step's number gives.
type StepID string

// KeepReason says why a part of a step cannot be taken back.
type KeepReason string

// The reasons.
const (
	KeptChanged   KeepReason = "changed"   // somebody changed the field since
	KeptRemoved   KeepReason = "removed"   // the record is gone
	KeptRecreated KeepReason = "recreated" // another record has its key now
	KeptInUse     KeepReason = "in-use"    // other records rest on it
	KeptHomeless  KeepReason = "homeless"  // what it rested on is gone
	KeptReplied   KeepReason = "replied"   // somebody has replied to the counter-proposal
	KeptForGood   KeepReason = "for-good"  // such things are never taken back
)

// Kept is a part of a step that stays although the rest of it is taken back.
type Kept struct {
	Key    Key
	Fields []string // the fields that stay; none: the whole record
	Reason KeepReason
}

// Present is what Reverse asks of the business as it is now.
type Present interface {
	// Now is the record with that identity as it is now, wherever it lies; nil when
	// there is none.
	Now(Key) (Record, error)
	// InUse reports whether records rest on it other than those that go or move away,
	// by their identities.
	InUse(key Key, leaving map[Key]bool) (bool, error)
	// Homeless reports whether the record needs another that is not there and does not
	// come back, by their keys.
	Homeless(r Record, returning map[Key]bool) (bool, error)
}

// Reverse is what takes a step's edits back, and what of them stays. A field goes
// back to the value before the step where it still has the step's value; a record
// that the step added goes where nothing of it was changed since; one that the step
// removed comes back where nothing took its place. For whoever works alone, the
// latest step always finds its own values, and all of it goes back. said is what later steps
// have said, too (see Rebased): that stays.
func Reverse(edits, said []Edit, present Present) (undo []Edit, kept []Kept, err error) {
	r := reversal{present, map[Key]bool{}, map[Key]bool{}, NewMeanwhile(said)}
	// Accounts come back before what belongs to them and go after it; replies go before
	// what they reply to.
	for phase := range 3 {
		for _, e := range edits {
			if phaseOf(e) != phase {
				continue
			}
			back, stays, err := r.edit(e)
			if err != nil {
				return nil, nil, err
			}
			if back != nil {
				undo = append(undo, *back)
				r.note(*back)
			}
			if stays != nil {
				kept = append(kept, *stays)
			}
		}
	}
	return undo, kept, nil
}

func phaseOf(e Edit) int {
	switch {
	case e.Before == nil && e.After.Key().Table == TableAccounts:
		return 2
	case e.Before != nil && e.Before.Key().Table == TableAccounts:
		return 0
	}
	if a, ok := e.After.(Answer); ok && e.Before == nil && a.Replies() {
		return 0
	}
	return 1
}

// reversal is what Reverse has decided so far.
type reversal struct {
	present   Present
	leaving   map[Key]bool // identities of records that go or move to another account
	returning map[Key]bool // keys of records that come back
	others    *Meanwhile
}

func (r reversal) note(back Edit) {
	switch {
	case back.Before == nil:
		r.returning[back.After.Key()] = true
	case back.After == nil || back.After.Key().Code != back.Before.Key().Code:
		r.leaving[back.Before.Key().Identity()] = true
	}
}

func (r reversal) edit(e Edit) (*Edit, *Kept, error) {
	present := r.present
	record := e.After
	if record == nil {
		record = e.Before
	}
	key, d := record.Key(), DescriptionOf(record)
	stays := func(reason KeepReason, fields ...string) *Kept { return &Kept{key, fields, reason} }
	if d.Growing() {
		return nil, stays(KeptForGood), nil
	}
	now, err := present.Now(key)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case e.After == nil && now != nil:
		return nil, stays(KeptRecreated), nil
	case e.After == nil && r.others.gone[key.Identity()]:
		return nil, stays(KeptRemoved), nil
	case e.After == nil:
		homeless, err := present.Homeless(e.Before, r.returning)
		if err != nil || homeless {
			return nil, stays(KeptHomeless), err
		}
		return &Edit{After: e.Before}, nil, nil
	case now == nil:
		if e.Before == nil {
			return nil, nil, nil // gone already
		}
		return nil, stays(KeptRemoved), nil
	case e.Before == nil:
		changed := slices.DeleteFunc(d.Differ(d.Empty(), e.After), func(i int) bool { return !r.others.contradicts(key, d, i, e.After, d.Empty()) })
		if changed = append(changed, d.Differ(now, e.After)...); len(changed) > 0 {
			return nil, stays(KeptChanged, names(d, changed)...), nil
		}
		used, err := present.InUse(now.Key(), r.leaving)
		if _, answer := now.(Answer); used && answer {
			return nil, stays(KeptReplied), err
		}
		if err != nil || used {
			return nil, stays(KeptInUse), err
		}
		return &Edit{Before: now}, nil, nil
	}
	undone, blocked := Record(now), []string(nil)
	for _, i := range d.Differ(e.Before, e.After) {
		field := d.Fields()[i]
		switch {
		case field.Merge == MergeKeep, !sameAt(d, now, e.Before, i) && r.others.contradicts(key, d, i, e.After, e.Before):
			blocked = append(blocked, field.Name)
		case sameAt(d, now, e.After, i):
			undone = d.With(undone, i, d.Value(e.Before, i))
		case field.Merge == MergeSet:
			undone = d.With(undone, i, mergeSets(d.Value(e.After, i), d.Value(e.Before, i), d.Value(now, i)))
		case !sameAt(d, now, e.Before, i):
			blocked = append(blocked, field.Name)
		}
	}
	if homeless, err := present.Homeless(undone, r.returning); err != nil || homeless {
		return nil, stays(KeptHomeless), err
	}
	var back *Edit
	if len(d.Differ(now, undone)) > 0 {
		back = &Edit{Before: now, After: undone}
	}
	if len(blocked) == 0 {
		return back, nil, nil
	}
	return back, stays(KeptChanged, blocked...), nil
}

func names(d Description, fields []int) []string {
	list := make([]string, len(fields))
	for i, field := range fields {
		list[i] = d.Fields()[field].Name
	}
	return list
}
