package acknowledged

// What two have said: it is nobody's alone, so that who changes it without having known of the
// other leaves the other's word aside.

import (
	"fmt"
	"slices"

	"doppelpass/model"
)

// holds says what of an edit somebody has changed or deleted later who did not know of it,
// although it stands aside for nobody: two had said the very same, so that it looked to one of
// them as their own.
func (o *outcome) holds(l *Ledger, c Change, e model.Edit) error {
	number := o.numbers[c.ID]
	if number == 0 || e.After == nil || keyOf(e).Table == model.TableAsides || model.DescriptionOf(e.After).Growing() {
		return nil
	}
	if reversed, back := o.laid[o.numbers[c.Reverses]], c.Reverses != ""; back {
		if _, there := reversed[keyOf(e)]; !there {
			return nil // nothing of what it takes back stood: nobody has said anything
		}
	}
	d, before := model.DescriptionOf(e.After), e.Before
	if before == nil {
		before = d.Empty()
	}
	named := model.KeyFields(e.After) // which record it is nobody says of it
	for _, i := range d.Differ(before, e.After) {
		f, at := d.Fields()[i], place{keyOf(e), i}
		if f.Merge != model.MergeLast || isNote(f.Name) || slices.Contains(named, f.Name) {
			continue
		}
		value, stands, next := fmt.Sprint(d.Value(e.After, i)), "", len(o.ids)+1
		for _, event := range o.set[at] {
			if event.number <= number {
				stands = event.value
			} else {
				next = min(next, event.number)
			}
		}
		for _, n := range o.left[at.key] {
			if n <= number && n > lastOf(o.set[at], number) {
				stands = ""
			} else if n > number {
				next = min(next, n)
			}
		}
		if stands != value || next > len(o.ids) || o.gone(value) {
			continue
		}
		for _, x := range l.changes {
			if back := o.numbers[x.ID]; x.Reverses == c.ID && back > 0 && back < next {
				value = "" // nobody says it any more
			}
		}
		x := slices.IndexFunc(l.changes, func(x Change) bool { return x.ID == o.ids[next-1] })
		if value == "" || x < 0 || l.changes[x].Author == c.Author || l.changes[x].Seen >= uint64(number) {
			continue
		}
		// Who changes a value back that they know, and that others have changed and changed back
		// meanwhile, does nothing unseen.
		if both := o.said(number, at) || slices.ContainsFunc(l.changes[:x], func(own Change) bool {
			n := o.numbers[own.ID]
			return own.Author == l.changes[x].Author && n > number && n < next && o.said(n, at) && says(own, at, value)
		}); !both {
			continue
		}
		if !slices.ContainsFunc(o.asideOf(e.After.Key()), func(a aside) bool { return a.tells(d, i) && fmt.Sprint(d.Value(a.Record, i)) == value }) {
			return fmt.Errorf("two had said it, and one has changed it unseen: %v, field %s: %s", e.After.Key(), f.Name, value)
		}
	}
	return nil
}

// said reports whether a step has not changed a field on the server.
func (o *outcome) said(number int, at place) bool {
	return !slices.ContainsFunc(o.set[at], func(e event) bool { return e.number == number })
}

// says reports whether a change sets a field to a value that it had not.
func says(c Change, at place, value string) bool {
	return slices.ContainsFunc(c.Edits, func(e model.Edit) bool {
		if e.After == nil || keyOf(e) != at.key {
			return false
		}
		d, before := model.DescriptionOf(e.After), e.Before
		if before == nil {
			before = d.Empty()
		}
		return slices.Contains(d.Differ(before, e.After), at.field) && fmt.Sprint(d.Value(e.After, at.field)) == value
	})
}

// lastOf is the last number of events up to one.
func lastOf(events []event, upTo int) (last int) {
	for _, e := range events {
		if e.number <= upTo {
			last = max(last, e.number)
		}
	}
	return last
}
