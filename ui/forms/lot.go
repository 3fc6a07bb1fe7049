package forms

// Drawing a campaign's lot: how many are called, and what then comes out.

import (
	"math/rand/v2"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/model/review"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// LotSeed is a number to draw a lot from: four digits, which people can tell one another.
// number is a random one below its argument.
func LotSeed(number func(int) int) int { return 1000 + number(9000) }

// LotRequest keeps a lot that was drawn for a campaign.
func LotRequest(before, after model.Campaign) store.Request {
	return store.Request{Action: "campaign.lot", Subject: before.Name, Puts: []store.Put{{Record: after, Before: before}}}
}

// MostLotSeed is the highest number to draw from.
const MostLotSeed = 999_999_999

// Lot draws the lot of a campaign.
func Lot(s *session.Session, c model.Campaign) tea.Cmd {
	look, p := s.Look, s.Look.Text
	draft := review.Prepare(s.Day(), c)
	if draft.Among() == 0 {
		s.Shell.Fail(words.NobodyToDraw(p, s.Book, c))
		return nil
	}
	rest := draft.Among() - draft.Visits()
	calls := wholeField("calls", "lot.calls", "", 0, 0, float64(rest))
	calls.Start, calls.Required, calls.Hint = rest/2, true, "lot.calls.hint"
	seed := wholeField("seed", "lot.seed", "", LotSeed(rand.IntN), 1, MostLotSeed)
	seed.Required, seed.Hint = true, "lot.seed.hint"
	f := newForm(s, look.T("lot.title", text.Args{"Campaign": kit.Clean(c.Name)}), c, calls, seed)
	f.Form.SetSubmit("lot.submit")
	drawn := func(v kit.Values) model.Campaign { return draft.Draw(c, int(v.Number("calls")), int(v.Number("seed"))) }
	say := func(v kit.Values) tea.Cmd {
		f.Form.SetNotice(words.LotDrawn(p, draft, drawn(v))...)
		return nil
	}
	f.changed = say
	f.request = func(v kit.Values, _ model.Record) (store.Request, string) {
		after := drawn(v)
		return LotRequest(c, after), p.N("lot.done", draft.Among(), words.LotCounts(p, after))
	}
	say(f.Form.Values())
	return f.show(model.Edit{Before: c, After: c})
}
