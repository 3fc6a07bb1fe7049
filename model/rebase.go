package model

// A step that was made where the others' latest steps were not known yet, laid on top of
// them: what a laptop does with its own steps when it comes back from a train. The unit is
// the field. What only one side changed holds; of what both changed differently the later
// stands, which is the step that is laid on top, and the other is set aside. Nothing is
// lost: what does not stand is told as Lost, for whoever wrote it.

import (
	"slices"
	"strings"
)

// LostReason says why something that was written does not stand.
type LostReason string

// The reasons.
const (
	// LostOverwritten: both changed a field, and the later change stands. It is told to
	// whoever changed it before.
	LostOverwritten LostReason = "overwritten"
	// LostCollided: another record has been added under the same code. What comes later
	// stands aside, with all that rests on it: two customers never become one.
	LostCollided LostReason = "collided"
	// LostKept: a record that was to be deleted was changed by others meanwhile, so that it
	// lives.
	LostKept LostReason = "kept"
	// LostRevived: a record that was deleted lives again, since others changed it meanwhile.
	// It is told to whoever deleted it.
	LostRevived LostReason = "revived"
	// LostHomeless: the account that the record belongs to is gone.
	LostHomeless LostReason = "homeless"
	// LostRefused: the role may not make the change.
	LostRefused LostReason = "refused"
)

// Lost is a part of a step that does not stand, or what a part of it has replaced.
type Lost struct {
	Key    Key
	Reason LostReason
	Fields []string // the fields; none: the whole record
	// Mine is the record as the step has it, Theirs as it was found; nil where there is
	// none. What both hold as they are told never changes any more.
	Mine, Theirs Record
}

// TheirLoss reports whether it is for whoever made the other change, rather than for the
// author of the step.
func (l Lost) TheirLoss() bool { return l.Reason == LostOverwritten || l.Reason == LostRevived }

// Rebased is a step laid on top of the business as it is.
type Rebased struct {
	Edits []Edit // what it changes
	// Said is what others had done already: Before is what the author saw, After what both
	// wanted, and what is there. Where one of them takes theirs back the other's stays.
	Said []Edit
	Lost []Lost
}

// Rebase lays the edits of a step on top of the business as it is now. To be given the steps
// of one author in their order.
func Rebase(edits []Edit, present Present, meanwhile *Meanwhile) (on Rebased, err error) {
	r := rebase{reversal: reversal{present, map[Key]bool{}, map[Key]bool{}, meanwhile}, Meanwhile: meanwhile, stays: map[string]bool{}}
	if err := r.spare(edits); err != nil {
		return on, err
	}
	for phase := range 3 {
		for _, e := range edits {
			if rebasePhase(e) != phase {
				continue
			}
			l, err := r.lay(e)
			if err != nil {
				return on, err
			}
			if l.edit != nil {
				on.Edits = append(on.Edits, *l.edit)
				r.note(*l.edit)
			}
			if l.said != nil {
				on.Said = append(on.Said, *l.said)
			}
			if l.lost != nil {
				on.Lost = append(on.Lost, *l.lost)
			}
		}
	}
	r.hear(on.Said)
	return on, nil
}

// laid is what becomes of one edit.
type laid struct {
	edit, said *Edit
	lost       *Lost
}

func identityOf(e Edit) Key {
	if e.After != nil {
		return e.After.Key().Identity()
	}
	return e.Before.Key().Identity()
}

// rebasePhase orders a step's edits: accounts come before what belongs to them and go after
// it.
func rebasePhase(e Edit) int {
	switch {
	case e.After == nil && e.Before.Key().Table == TableAccounts:
		return 2
	case e.After != nil && e.After.Key().Table == TableAccounts:
		return 0
	}
	return 1
}

// rebase is what Rebase has decided so far.
type rebase struct {
	reversal
	*Meanwhile
	stays map[string]bool // codes of accounts that were to be deleted and are not
}

// spare finds the accounts of the step's deletions that live on, because they or what
// belongs to them was changed by others: nothing of them is deleted then.
func (r *rebase) spare(edits []Edit) error {
	leaving := map[Key]bool{}
	for _, e := range edits {
		if e.After == nil {
			leaving[e.Before.Key().Identity()] = true
		}
	}
	for _, e := range edits {
		if e.After != nil || e.Before.Key().Table != TableAccounts {
			continue
		}
		code := e.Before.Key().Code
		used, err := r.present.InUse(e.Before.Key(), leaving)
		if err != nil {
			return err
		}
		if used {
			r.stays[code] = true
		}
		for _, part := range edits {
			if part.After == nil && accountOf(part.Before) == code {
				now, err := r.present.Now(part.Before.Key())
				if err != nil {
					return err
				}
				if now != nil && r.changed(now, part.Before) {
					r.stays[code] = true
				}
			}
		}
	}
	return nil
}

// changed reports whether others have changed a record that the author knows.
func (r *rebase) changed(now, known Record) bool {
	return !Same(now, known) || len(r.also[now.Key().Identity()]) > 0
}

// accountOf is the code of the account that a record is, or belongs to; "": of none.
func accountOf(r Record) string {
	switch key := r.Key(); key.Table {
	case TableAccounts, TableContacts, TableVisits, TableCalls, TablePlan:
		return key.Code
	}
	return ""
}

// namesOf are the records that a record speaks of by their codes: it stands aside with them.
func namesOf(r Record) (keys []Key) {
	add := func(t Table, codes ...string) {
		for _, code := range codes {
			if code != "" {
				keys = append(keys, Key{Table: t, Code: code})
			}
		}
	}
	add(TableAccounts, accountOf(r))
	switch r := r.(type) {
	case Territory:
		add(TableReps, r.Rep)
	case Account:
		add(TableTerritories, r.Territory)
	case Visit:
		add(TableReps, r.Rep)
	case PlannedVisit:
		add(TableReps, r.Rep)
	case SettledVisit:
		add(TableReps, r.Rep)
		add(TableAccounts, r.Account)
	case Absence:
		add(TableReps, r.Rep, r.Cover)
	case Call:
		add(TableCampaigns, r.Campaign)
	case Campaign:
		add(TableTerritories, r.Territories...)
		for _, list := range [...][]string{r.ByPhone, r.LotVisit, r.LotCall, r.LotNeither} {
			add(TableAccounts, list...)
		}
	case ConsentLine:
		add(TableAccounts, r.Account)
	case OptOut:
		add(TableAccounts, r.Account)
	case FollowUp:
		add(TableAccounts, r.Account)
	case Answer:
		add(TableTerritories, r.Territory)
		add(TableCampaigns, r.Campaign)
		add(TableAccounts, r.ByPhone...)
	case OutList:
		add(TableAccounts, r.Accounts...)
		add(TableCampaigns, r.Campaign)
	}
	return keys
}

// named reports whether a key of the table is a code that people give: the same code may
// have been given to two.
func named(t Table) bool {
	switch t {
	case TableReps, TableTerritories, TableAccounts, TableCampaigns, TablePeople, TableOutLists:
		return true
	}
	return false
}

// AsItIs is the record that an edit is about as it is now: where it was before the edit,
// or where the edit would have it; nil when there is none.
func AsItIs(present Present, e Edit) (Record, error) {
	if e.Before != nil {
		if now, err := present.Now(e.Before.Key()); err != nil || now != nil || e.After == nil {
			return now, err
		}
	}
	return present.Now(e.After.Key())
}

func (r *rebase) lay(e Edit) (laid, error) {
	record := e.After
	if record == nil {
		record = e.Before
	}
	key, d := record.Key(), DescriptionOf(record)
	now, err := AsItIs(r.present, e)
	if err != nil {
		return laid{}, err
	}
	// Of a record that goes it does not matter what it names: it is there, or it is not.
	if r.aside[key] || e.After != nil && len(r.aside) > 0 && slices.ContainsFunc(namesOf(record), func(k Key) bool { return r.aside[k] }) {
		lost := &Lost{Key: key, Reason: LostCollided, Mine: e.After}
		if !r.aside[key] && e.Before != nil && e.After != nil && now != nil { // it is there: only what it was changed to stands aside
			lost.Fields = names(d, d.Differ(e.Before, e.After))
		}
		return laid{lost: lost}, nil
	}
	if d.Growing() {
		if e.After == nil || now != nil && (e.Before == nil && !objectsAgain(e, now) || Same(now, e.After)) {
			return laid{}, nil // it is there, and stays
		}
		if endsWrongly(e, now) {
			return laid{}, nil
		}
		return laid{edit: &Edit{Before: now, After: e.After}}, nil
	}
	switch {
	case e.After == nil:
		return r.layDeletion(e, now), nil
	case now == nil:
		return r.layMissing(e)
	case e.Before == nil && Same(now, e.After):
		return laid{said: &Edit{After: e.After}}, nil
	case e.Before == nil && r.Restores && r.revived[key.Identity()]:
		r.agree(d, e.After, now)
		return laid{}, nil // it is back already, with what others have written
	case e.Before == nil && named(key.Table):
		r.aside[key] = true
		return laid{lost: &Lost{Key: key, Reason: LostCollided, Mine: e.After, Theirs: now}}, nil
	}
	base := e.Before
	if base == nil {
		base = emptyAt(d, e.After)
		for _, i := range d.Differ(e.After, now) { // by its identity it is the same: all else both have said
			base = d.With(base, i, d.Value(d.Empty(), i))
		}
	}
	merged, said, overwritten := r.layRecord(d, base, e.After, now)
	if homeless, err := r.present.Homeless(merged, r.returning); err != nil || homeless { // the account that it was moved to is gone
		return laid{lost: &Lost{Key: key, Reason: LostHomeless, Mine: e.After, Theirs: now}}, err
	}
	var l laid
	if !Same(now, merged) {
		l.edit = &Edit{Before: now, After: merged}
	}
	if !Same(said, merged) {
		l.said = &Edit{Before: said, After: merged}
	}
	if len(overwritten) > 0 {
		l.lost = &Lost{Key: key, Reason: LostOverwritten, Fields: overwritten, Mine: merged, Theirs: now}
	}
	return l, nil
}

// objectsAgain reports an objection where others know of an earlier one that is over.
func objectsAgain(e Edit, now Record) bool {
	mine, is := e.After.(OptOut)
	theirs, was := now.(OptOut)
	return is && was && mine.Lifted == 0 && theirs.Lifted != 0
}

// endsWrongly reports the end of an objection where others know of another one since: the
// objection stands.
func endsWrongly(e Edit, now Record) bool {
	mine, is := e.After.(OptOut)
	theirs, was := now.(OptOut)
	return is && was && mine.Lifted != 0 && theirs.Lifted == 0 && !Same(now, e.Before)
}

// layMissing lays an edit of a record that is not there.
func (r *rebase) layMissing(e Edit) (laid, error) {
	key := e.After.Key()
	homeless, err := r.present.Homeless(e.After, r.returning)
	switch {
	case err != nil:
		return laid{}, err
	case homeless:
		return laid{lost: &Lost{Key: key, Reason: LostHomeless, Mine: e.After}}, nil
	case e.Before != nil || r.gone[key.Identity()]:
		delete(r.gone, key.Identity())
		return laid{edit: &Edit{After: e.After}, lost: &Lost{Key: key, Reason: LostRevived, Mine: e.After}}, nil
	}
	return laid{edit: &Edit{After: e.After}}, nil
}

func (r *rebase) layDeletion(e Edit, now Record) laid {
	account := accountOf(e.Before)
	stays := account != "" && r.stays[account]
	switch {
	case now == nil:
		return laid{said: &Edit{Before: e.Before}}
	case stays && e.Before.Key().Table != TableAccounts && !r.changed(now, e.Before): // its account says so
		return laid{}
	case stays, r.changed(now, e.Before):
		return laid{lost: &Lost{Key: now.Key(), Reason: LostKept, Theirs: now}}
	}
	return laid{edit: &Edit{Before: now}}
}

// emptyAt is an empty record that is the other one by its key.
func emptyAt(d Description, r Record) Record {
	empty := d.Empty()
	for i, f := range d.Fields() {
		if with := d.With(empty, i, d.Value(r, i)); with.Key() != empty.Key() || f.Merge == MergeKeep {
			empty = with
		}
	}
	return empty
}

// layRecord lays what mine changes of base on theirs: sets and the paragraphs of notes are
// merged, of other fields that both changed mine stands, as the later one. said is merged
// without what theirs had already.
func (r *rebase) layRecord(d Description, base, mine, theirs Record) (merged, said Record, overwritten []string) {
	both := func(merged Record, field int) Record {
		name := d.Fields()[field].Name
		if isNote(name) {
			part := func(r Record) string { note, _ := d.Value(r, field).(string); return note }
			return d.With(merged, field, mergeParagraphs(part(base), part(mine), part(theirs)))
		}
		overwritten = append(overwritten, name)
		return d.With(merged, field, d.Value(mine, field))
	}
	merged = mergeFields(d, base, mine, theirs, both)
	said = merged
	for _, i := range d.Differ(base, mine) {
		f := d.Fields()[i]
		switch {
		case f.Merge == MergeKeep || isNote(f.Name) && !sameAt(d, mine, theirs, i):
		case f.Merge == MergeSet:
			had := alike(d.Value(base, i), d.Value(mine, i), d.Value(theirs, i))
			said = d.With(said, i, mergeSets(had, d.Value(base, i), d.Value(merged, i)))
			if r.contradicts(theirs.Key(), d, i, base, mine) {
				overwritten = append(overwritten, f.Name)
			}
		case sameAt(d, mine, theirs, i):
			said = d.With(said, i, d.Value(base, i))
		case sameAt(d, base, theirs, i) && r.contradicts(theirs.Key(), d, i, base, mine):
			overwritten = append(overwritten, f.Name)
		}
	}
	return merged, said, overwritten
}

func isNote(field string) bool { return field == "note" || field == "marketing_note" }

// mergeParagraphs is theirs with the paragraphs that mine added to base and without those
// that it took out: what two people write into one note stands one below the other.
func mergeParagraphs(base, mine, theirs string) string {
	split := func(s string) (list []string) {
		for part := range strings.SplitSeq(s, "\n\n") {
			if part != "" {
				list = append(list, part)
			}
		}
		return list
	}
	b, m := split(base), split(mine)
	var merged []string
	for _, part := range split(theirs) {
		if slices.Contains(m, part) || !slices.Contains(b, part) {
			merged = append(merged, part)
		}
	}
	for _, part := range m {
		if !slices.Contains(b, part) && !slices.Contains(merged, part) {
			merged = append(merged, part)
		}
	}
	return strings.Join(merged, "\n\n")
}
