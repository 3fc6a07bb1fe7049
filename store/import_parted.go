package store

// Planned visits that an import parts from their rep: it gives a territory another rep,
// or an account another territory. What becomes of them is asked before anything is kept.

import (
	"errors"
	"fmt"
	"slices"

	"doppelpass/model"
	bbolt "doppelpass/store/sealed"
)

// ErrPlansUndecided says that an import parts planned visits from their rep and that
// nobody has said what becomes of them. Nothing was imported.
type ErrPlansUndecided struct {
	Parted []model.Parted
	Away   bool // they fall into an absence
}

// Error implements error.
func (e ErrPlansUndecided) Error() string {
	return fmt.Sprintf("%d planned visits would be parted from their rep", model.PartedVisits(e.Parted))
}

// planHolder is a planned visit and who had its account before the import.
type planHolder struct {
	visit model.PlannedVisit
	rep   string
}

// movesAccounts reports whether an import may change whose accounts are.
func movesAccounts(sources []Source) bool {
	return slices.ContainsFunc(sources, func(s Source) bool {
		switch s.Mapping.Table {
		case model.TableTerritories, model.TableReps, model.TableAccounts:
			return true
		}
		return false
	})
}

// plansAhead are the visits planned from a day on, with who has their accounts now.
func (r reader) plansAhead(from model.Date) (list []planHolder, err error) {
	holder := r.holders()
	err = r.tx.Bucket(documentBuckets[docPlan]).ForEach(func(key, value []byte) error {
		if model.Date(int32(uint32At(key, 4))) < from {
			return nil
		}
		p, err := decode((*codec).planned, value)
		if err != nil {
			return fmt.Errorf("reading the plan: %w", err)
		}
		rep, err := holder(p.Account)
		list = append(list, planHolder{p, rep})
		return err
	})
	return list, err
}

// holders says who has an account: the rep of its territory, "" for nobody.
func (r reader) holders() func(account string) (string, error) {
	reps := map[string]string{} // by territory
	return func(account string) (string, error) {
		record, err := r.get(model.Key{Table: model.TableAccounts, Code: account})
		if errors.As(err, &NotFound{}) {
			return "", nil
		}
		if err != nil {
			return "", err
		}
		territory := record.(model.Account).Territory
		rep, known := reps[territory]
		if known || territory == "" {
			return rep, nil
		}
		record, err = r.get(model.Key{Table: model.TableTerritories, Code: territory})
		if err != nil && !errors.As(err, &NotFound{}) {
			return "", err
		}
		if t, ok := record.(model.Territory); ok {
			rep = t.Rep
		}
		reps[territory] = rep
		return rep, nil
	}
}

// parted are the visits whose accounts their rep had before, and has no more.
func (r reader) parted(before []planHolder) (all []model.Parted, err error) {
	holder := r.holders()
	for _, b := range before {
		if b.rep == "" || b.visit.Rep != b.rep {
			continue
		}
		now, err := holder(b.visit.Account)
		if err != nil {
			return nil, err
		}
		if _, err := r.get(b.visit.Key()); now == b.rep || errors.As(err, &NotFound{}) {
			continue
		}
		at := slices.IndexFunc(all, func(p model.Parted) bool { return p.From == b.rep && p.To == now })
		if at < 0 {
			all, at = append(all, model.Parted{From: b.rep, To: now}), len(all)
		}
		all[at].Visits = append(all[at].Visits, b.visit)
	}
	return all, nil
}

// answerParted asks what becomes of visits that the import has parted from their rep, and
// does it. Whoever may not change plans is not asked: they stay.
func (w *writer) answerParted(actor model.Actor, parted []model.Parted, decide func([]model.Parted) (model.PlansAnswer, error)) error {
	if len(parted) == 0 || actor.May(model.Edit{Before: parted[0].Visits[0]}) != nil {
		return nil
	}
	answer, err := decide(parted)
	if err != nil {
		return err
	}
	d := newDraft(w.reader)
	taken := func(key model.Key) bool { known, _ := w.exists(key); return known }
	for _, e := range model.AnswerParted(parted, answer, taken) {
		key := e.Before.Key()
		if e.After == nil {
			err = d.delete(key)
		} else {
			err = d.put(Put{Record: e.After, Replaces: &key})
		}
		if err != nil {
			return err
		}
	}
	return w.apply(d.settled())
}

// diaryIn is a Book of nothing but the absences and the planned visits.
func diaryIn(tx *bbolt.Tx) (*model.Book, error) {
	b := model.NewBook()
	err := eachRecord(tx, docPlan, (*codec).planned, func(p model.PlannedVisit) { b.LoadPlanned(p) })
	return b, errors.Join(err, eachRecord(tx, docAbsences, (*codec).absence, func(a model.Absence) {
		b.Apply(model.Change{Edits: []model.Edit{{After: a}}})
	}))
}

// decideAway asks what becomes of visits that fall into absences which are new in the import.
func (w *writer) decideAway(actor model.Actor, before *model.Book, today model.Date, decide func([]model.Parted) (model.PlansAnswer, error)) error {
	var absences []model.Record
	if err := eachRecord(w.tx, docAbsences, (*codec).absence, func(a model.Absence) { absences = append(absences, a) }); err != nil {
		return err
	}
	return w.answerParted(actor, before.NewlyAbsent(absences, today), func(away []model.Parted) (model.PlansAnswer, error) {
		answer, err := decide(away)
		var undecided ErrPlansUndecided
		if errors.As(err, &undecided) {
			undecided.Away = true
			err = undecided
		}
		return answer, err
	})
}
