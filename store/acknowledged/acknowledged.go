// Package acknowledged holds stores to their word, for tests and for the random run: what
// somebody was told is saved is in the result in the end, or stands aside for them, or was
// changed by somebody later. Of a field that is a set that is said of each of its elements,
// whether it was put in or taken out. Where two did the very same while they were apart, it is
// held for each of them: who takes theirs back, or changes it further, without knowing of the
// other has it stand aside for them.
package acknowledged

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"

	"doppelpass/model"
)

// Change is what a step did.
type Change struct {
	ID     model.StepID
	Author string // whoever has made it, at one store; their changes come in their order
	Edits  []model.Edit
	// Seen is the last of the server's numbers that its author had; Reverses is the step that it
	// takes back.
	Seen     uint64
	Reverses model.StepID
}

// Everything is what a server has seen that gives the numbers itself.
const Everything = math.MaxUint64

// Ledger keeps in mind what people were told is saved.
type Ledger struct{ changes []Change }

// Note keeps a change in mind, and says how many elements it puts into sets and takes out.
func (l *Ledger) Note(c Change) (elements int) {
	c.Edits = settled(c.Edits)
	l.changes = append(l.changes, c)
	for _, e := range c.Edits {
		for range moved(e) {
			elements++
		}
	}
	return elements
}

// Knows reports whether a step is kept in mind.
func (l *Ledger) Knows(id model.StepID) bool {
	return slices.ContainsFunc(l.changes, func(c Change) bool { return c.ID == id })
}

// settled are edits with one for each record: a row that moves may be told as one that goes
// and one that comes.
func settled(edits []model.Edit) (one []model.Edit) {
	at := map[model.Key]int{}
	for _, e := range edits {
		key := keyOf(e)
		if i, again := at[key]; again {
			one[i].After = e.After
			continue
		}
		at[key] = len(one)
		one = append(one, e)
	}
	return slices.DeleteFunc(one, func(e model.Edit) bool { return e.Before == nil && e.After == nil })
}

// Missing says which change stands nowhere, the first there is; nil: none. journal are the
// server's steps in their order, records what there is in the end, and gone reports that
// something names somebody who was erased.
func (l *Ledger) Missing(journal []Change, records iter.Seq[model.Record], gone func(said string) bool) error {
	o, err := l.outcome(journal, records, gone)
	if err != nil {
		return err
	}
	for i, c := range l.changes {
		for _, e := range c.Edits {
			if err := o.keeps(l.changes[:i], c, e); err != nil {
				return fmt.Errorf("step %s: %w", c.ID, err)
			}
		}
	}
	for _, c := range l.changes {
		for _, e := range c.Edits {
			if err := o.holds(l, c, e); err != nil {
				return fmt.Errorf("step %s: %w", c.ID, err)
			}
		}
	}
	return o.ghosts()
}

// keeps says what of an edit of a change stands nowhere. What stands aside is no change of the
// business: it comes and goes with the steps that it is about. earlier are the changes that were noted
// before.
func (o *outcome) keeps(earlier []Change, c Change, e model.Edit) error {
	number := o.numbers[c.ID]
	if keyOf(e).Table == model.TableAsides {
		return nil
	}
	reversed, back := o.laid[o.numbers[c.Reverses]], c.Reverses != "" && o.numbers[c.Reverses] > 0
	was, there := reversed[keyOf(e)]
	if grows := e.After != nil && model.DescriptionOf(e.After).Growing(); back && !there && !grows {
		return nil // nothing of what it takes back stood
	}
	back = back && there
	if e.After == nil {
		if back && was.Before != nil {
			return nil // others had added the record, and it stays theirs
		}
		return o.keepsDeletion(number, e)
	}
	for in, of := range moved(e) {
		if back && !moves(was, !in, of) {
			continue
		}
		if err := o.keepsElement(number, e.After, in, of); err != nil {
			return err
		}
	}
	d := model.DescriptionOf(e.After)
	if key := e.After.Key(); d.Growing() && o.now[key.Identity()] == nil && len(o.asideOf(key)) == 0 && !o.gone(fmt.Sprint(e.After)) {
		return fmt.Errorf("of what is only added to, and not there: %v", key)
	}
	before := e.Before
	if before == nil {
		before = d.Empty()
	}
	for _, i := range d.Differ(before, e.After) {
		if back && o.takesBack(number, was, d, i) {
			continue
		}
		if lost := o.overwritten(earlier, c, e, d, i); lost != "" {
			return fmt.Errorf("overwritten unseen, and not aside: %v, field %s: %s", e.After.Key(), d.Fields()[i].Name, lost)
		}
		if d.Fields()[i].Merge != model.MergeSet && !o.keepsValue(number, e.After, d, i) {
			return fmt.Errorf("saved, and nowhere: %v, field %s: %v", e.After.Key(), d.Fields()[i].Name, d.Value(e.After, i))
		}
	}
	return nil
}

// takesBack reports whether a step has taken back what another did to a field on the server,
// or had nothing to take back there.
func (o *outcome) takesBack(number int, was model.Edit, d model.Description, field int) bool {
	value := func(r model.Record) string {
		if r == nil {
			return ""
		}
		return fmt.Sprint(d.Value(r, field))
	}
	if was.Before != nil && was.After != nil && value(was.Before) == value(was.After) {
		return true
	}
	laid, is := o.laid[number][keyOf(was)]
	return is && laid.After != nil && value(laid.After) == value(was.Before)
}

// keepsDeletion: what was deleted is gone, or somebody wrote it later, or it stands aside
// that it is not, which its account says for all that belongs to it.
func (o *outcome) keepsDeletion(number int, e model.Edit) error {
	key := e.Before.Key()
	if laid, is := o.laid[number][key.Identity()]; is && laid.After == nil && !model.Same(laid.Before, e.Before) && !o.gone(fmt.Sprint(e.Before, laid.Before)) {
		return fmt.Errorf("changed unseen, and deleted: %v", key)
	}
	written := o.written[key.Identity()]
	if _, there := o.now[key.Identity()]; !there || takenBack(o.deleted[key.Identity()], written, number) || model.DescriptionOf(e.Before).Growing() || later(written, number) || len(o.asideOf(key)) > 0 {
		return nil
	}
	return fmt.Errorf("deleted, and there: %v", key)
}

// later reports a number after another, or, where that is of a step that has none, any.
func later(numbers []int, than int) bool {
	return slices.ContainsFunc(numbers, func(n int) bool { return n > than })
}

// takenBack reports whether another step than one did the same and somebody the opposite
// after it.
func takenBack(same, opposite []int, than int) bool {
	return slices.ContainsFunc(same, func(n int) bool { return n > 0 && n != than && later(opposite, n) })
}

// keepsElement: what was put into a set is there and what was taken out is not, or somebody
// did the opposite later, or it stands aside.
func (o *outcome) keepsElement(number int, r model.Record, in bool, of element) error {
	d := model.DescriptionOf(r)
	there, opposite, said := false, o.taken, "put in, and not there"
	if now := o.now[of.key]; now != nil {
		there = slices.Contains(elements(d.Value(now, of.field)), of.value)
	}
	if !in {
		opposite, said = o.put, "taken out, and there"
	}
	same := o.put
	if !in {
		same = o.taken
	}
	if there == in || later(opposite[of], number) || takenBack(same[of], opposite[of], number) || o.gone(of.value) {
		return nil
	}
	for _, aside := range o.asideOf(r.Key()) {
		// What was taken out is lacking where the set stands aside as its author has it.
		if !aside.tells(d, of.field) {
			continue
		}
		if had := elements(d.Value(aside.Record, of.field)); slices.Contains(had, of.value) || !in && slices.Equal(had, elements(d.Value(r, of.field))) {
			return nil
		}
	}
	return fmt.Errorf("%s: %v, field %s: %s", said, r.Key(), d.Fields()[of.field].Name, of.value)
}

// keepsValue: a value stood at some time, where the step has changed the record on the
// server in that very step, or it stands aside.
func (o *outcome) keepsValue(number int, r model.Record, d model.Description, field int) bool {
	value := d.Value(r, field)
	at := place{r.Key().Identity(), field}
	stood := o.stood[at]
	if laid, is := o.laid[number][at.key]; is && laid.After != nil && !d.Growing() {
		stood = []any{d.Value(laid.After, field)}
	}
	for _, aside := range o.asideOf(r.Key()) {
		if aside.tells(d, field) {
			stood = append(slices.Clip(stood), d.Value(aside.Record, field))
		}
	}
	said := fmt.Sprint(value)
	before := func(e event) bool { return e.value == said && e.number < number }
	return d.Growing() && len(stood) > 0 || // of such lines the one that was there first stays
		slices.ContainsFunc(o.set[at], before) || // somebody else had done the very same
		slices.ContainsFunc(stood, func(v any) bool { return fmt.Sprint(v) == said }) ||
		o.gone(fmt.Sprint(r.Key(), value)) || paragraphsStand(d.Fields()[field].Name, value, stood)
}

// overwritten is the value of a field that an edit has replaced on the server although its
// author had seen another, and that stands aside for nobody; "": there is none.
func (o *outcome) overwritten(earlier []Change, c Change, e model.Edit, d model.Description, field int) string {
	laid, is := o.laid[o.numbers[c.ID]][keyOf(e)]
	if f := d.Fields()[field]; !is || e.Before == nil || laid.Before == nil || laid.After == nil || f.Merge == model.MergeSet || d.Growing() || isNote(f.Name) {
		return ""
	}
	value := func(r model.Record) string { return fmt.Sprint(d.Value(r, field)) }
	was := value(laid.Before)
	if was == value(laid.After) || o.gone(was) || o.seen(earlier, c, e, value, was) {
		return ""
	}
	for _, aside := range o.asideOf(e.After.Key()) {
		if aside.tells(d, field) && value(aside.Record) == was {
			return ""
		}
	}
	return was
}

// seen reports whether the author of a change has seen a value of the field that it changes:
// it was there, or it was there before earlier changes of their own that stand aside as a
// whole, as where a customer is moved to a territory whose code somebody else has given, too.
func (o *outcome) seen(earlier []Change, c Change, e model.Edit, value func(model.Record) string, was string) bool {
	saw := value(e.Before)
	for _, before := range slices.Backward(earlier) {
		if saw == was {
			return true
		}
		if before.Author != c.Author {
			continue
		}
		for _, own := range before.Edits {
			if keyOf(own) != keyOf(e) || own.Before == nil || own.After == nil || value(own.After) != saw {
				continue
			}
			if _, stands := o.laid[o.numbers[before.ID]][keyOf(e)]; !stands {
				saw = value(own.Before)
			}
		}
	}
	return saw == was
}

func isNote(field string) bool { return field == "note" || field == "marketing_note" }

// paragraphsStand reports whether each paragraph of a note stood in one of its values: notes
// are merged by paragraphs.
func paragraphsStand(field string, value any, stood []any) bool {
	note, is := value.(string)
	if !is || !isNote(field) {
		return false
	}
	for part := range strings.SplitSeq(note, "\n\n") {
		if !slices.ContainsFunc(stood, func(v any) bool { return strings.Contains(fmt.Sprint(v), part) }) {
			return false
		}
	}
	return true
}

// ghosts finds what stands in a set although nobody has put it there.
func (o *outcome) ghosts() error {
	for key, r := range o.now {
		for _, of := range elementsOf(r) {
			if len(o.put[of]) == 0 && !o.gone(of.value) {
				return fmt.Errorf("there, and put in by nobody: %v, field %s: %s", key, model.DescriptionOf(r).Fields()[of.field].Name, of.value)
			}
		}
	}
	return nil
}
