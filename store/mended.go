package store

// Who declines a signal because the data are wrong gets it again once somebody has mended
// them: in the same step, by whatever way it came, so that taking it back is declining anew.

import (
	"reflect"

	"doppelpass/model"
)

// noteMended keeps the territories of which an account was changed or deleted. A new
// account, or another note, mends nothing.
func (w *writer) noteMended(e model.Edit) {
	before, was := e.Before.(model.Account)
	if !was {
		return
	}
	after, stays := e.After.(model.Account)
	if w.mended[before.Territory] && (!stays || w.mended[after.Territory]) {
		return
	}
	before.Note, before.MarketingNote, after.Note, after.MarketingNote = "", "", "", ""
	if stays && reflect.DeepEqual(before, after) {
		return
	}
	if w.mended == nil {
		w.mended = map[string]bool{}
	}
	w.mended[before.Territory] = true
	if stays {
		w.mended[after.Territory] = true
	}
}

// reopen puts a word of its own behind every refusal for wrong data in the territories of
// which accounts were changed.
func (w *writer) reopen(actor model.Actor) error {
	if len(w.mended) == 0 {
		return nil
	}
	today := model.DateOf(w.store.now())
	answers := map[model.SignalKey][]model.Answer{}
	err := eachRecord(w.tx, docAnswers, (*codec).answer, func(a model.Answer) {
		if w.mended[a.Territory] {
			answers[a.Signal()] = append(answers[a.Signal()], a)
		}
	})
	if err != nil {
		return err
	}
	for _, list := range answers {
		model.SortAnswers(list)
		last := list[len(list)-1]
		if last.Says != model.SaysDecline || last.Reason != model.DeclinedData || last.Until < today {
			continue
		}
		mended := model.Answer{ID: NewRowID(), Kind: last.Kind, Territory: last.Territory, Campaign: last.Campaign,
			Date: max(today, last.Date), Says: model.SaysMended, By: actor.Name, Short: last.Short}
		if err := w.applyEdit(model.Edit{After: mended}); err != nil {
			return err
		}
	}
	return nil
}
