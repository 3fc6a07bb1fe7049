package store_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
)

// An answer is kept, found again by whoever opens the store, taken back with z, and
// given only by the department that is asked.
func TestAnswersAreKeptAndTakenBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	s, err := store.Open(path, store.Options{})
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	day := model.NewDate(2026, 11, 24)
	key := model.SignalKey{Kind: model.StepUpVisits, Territory: "T1", Campaign: "C1"}
	a := model.Answer{Kind: key.Kind, Territory: key.Territory, Campaign: key.Campaign, Date: day, Says: model.SaysDecline,
		By: "K. Sommer", Until: day + 7, Reason: model.DeclinedNoRoom, Short: 18, Worse: 7}
	sales, marketing := model.Actor{Name: "K. Sommer", Role: model.RoleSales}, model.Actor{Name: "N. Vogt", Role: model.RoleMarketing}
	put := func(actor model.Actor, a model.Answer) error {
		_, err := s.Apply(actor, store.Request{Action: "answer." + string(a.Says), Subject: "T1", Puts: []store.Put{{Record: a, New: true}}})
		return err
	}
	require.ErrorAs(t, put(marketing, a), &model.Forbidden{}, "an answer that sales is asked for")
	require.NoError(t, put(sales, a))
	agree := model.Answer{Kind: key.Kind, Territory: key.Territory, Campaign: key.Campaign, Date: day, Says: model.SaysAgree}
	require.ErrorAs(t, put(sales, agree), &model.Forbidden{}, "nobody agrees to their own proposal")
	require.NoError(t, put(marketing, agree))

	kept := func() []model.Answer {
		book, err := s.RulesBook()
		require.NoError(t, err)
		return book.Answers(key)
	}
	require.Len(t, kept(), 2)
	got := kept()[0]
	require.NotZero(t, got.ID)
	got.ID = model.RowID{}
	require.Equal(t, a, got)

	_, err = s.Undo(sales)
	require.ErrorAs(t, err, &model.Forbidden{}, "the other department's word")
	_, err = s.Undo(marketing)
	require.NoError(t, err)
	_, err = s.Undo(sales)
	require.NoError(t, err)
	require.Empty(t, kept())
	_, err = s.Redo(sales)
	require.NoError(t, err)
	require.NotEmpty(t, kept())
}

// Who declined because the data are wrong is asked again once an account of the territory
// is mended, by whoever and however; taking that back is declining anew.
func TestMendedAccountsOpenWhatWasDeclinedForThem(t *testing.T) {
	day := model.NewDate(2026, 11, 24)
	clock := func() time.Time { return day.Time().Add(15 * time.Hour) }
	s, err := store.Open(filepath.Join(t.TempDir(), "s.db"), store.Options{Now: clock})
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	lead, marketing := model.Actor{Name: "K. Sommer", Role: model.RoleLead}, model.Actor{Name: "N. Vogt", Role: model.RoleMarketing}
	apply := func(actor model.Actor, records ...model.Record) {
		t.Helper()
		r := store.Request{Action: "test"}
		for _, record := range records {
			r.Puts = append(r.Puts, store.Put{Record: record})
		}
		_, err := s.Apply(actor, r)
		require.NoError(t, err)
	}
	account := model.Account{Code: "K1", Name: "Ulmer Bau", Territory: "T1"}
	apply(lead, model.Territory{Code: "T1", Name: "Ulm"}, account, model.Account{Code: "K2", Name: "Oberland", Territory: "T2"}, model.Territory{Code: "T2", Name: "Oberland"})
	decline := func(territory string, reason model.DeclineReason) model.SignalKey {
		apply(lead, model.Answer{Kind: model.AddTelemarketing, Territory: territory, Date: day, Says: model.SaysDecline, Until: day + 7, Reason: reason, Short: 4})
		return model.SignalKey{Kind: model.AddTelemarketing, Territory: territory}
	}
	ulm, oberland := decline("T1", model.DeclinedData), decline("T2", model.DeclinedNoRoom)
	says := func(key model.SignalKey) (list []model.Says) {
		book, err := s.RulesBook()
		require.NoError(t, err)
		for _, a := range book.Answers(key) {
			list = append(list, a.Says)
		}
		return list
	}
	declined, asked := []model.Says{model.SaysDecline}, []model.Says{model.SaysDecline, model.SaysMended}

	noted := account
	noted.MarketingNote = "asks for a catalogue"
	apply(marketing, noted)
	require.Equal(t, declined, says(ulm), "a note mends nothing")
	mended := noted
	mended.Address.Postcode, mended.Address.City = "89073", "Ulm"
	apply(lead, mended)
	require.Equal(t, asked, says(ulm))
	apply(lead, model.Account{Code: "K2", Name: "Oberland AG", Territory: "T2"})
	require.Equal(t, declined, says(oberland), "it was declined for something else")
	mended.Address.Street = "Hauptstraße 1"
	apply(lead, mended)
	require.Equal(t, asked, says(ulm), "once is enough")

	for range 3 {
		_, err = s.Undo(lead)
		require.NoError(t, err)
	}
	require.Equal(t, declined, says(ulm))
	_, err = s.Redo(lead)
	require.NoError(t, err)
	require.Equal(t, asked, says(ulm))
}

func TestAnAnswerHasWhatItNeeds(t *testing.T) {
	s, err := store.Open(filepath.Join(t.TempDir(), "s.db"), store.Options{})
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	day := model.NewDate(2026, 11, 24)
	base := model.Answer{Kind: model.StepUpVisits, Territory: "T1", Campaign: "C1", Date: day}
	for name, c := range map[string]struct {
		change func(*model.Answer)
		field  string
	}{
		"no answer":                  {func(a *model.Answer) {}, "says"},
		"declined without a reason":  {func(a *model.Answer) { a.Says, a.Until = model.SaysDecline, day+7 }, "reason"},
		"another reason, not said":   {func(a *model.Answer) { a.Says, a.Until, a.Reason = model.SaysDecline, day+7, model.DeclinedOther }, "reason"},
		"declined without an end":    {func(a *model.Answer) { a.Says, a.Reason = model.SaysDecline, model.DeclinedNoRoom }, "until"},
		"declined for 29 days":       {func(a *model.Answer) { a.Says, a.Until, a.Reason = model.SaysDecline, day+29, model.DeclinedNoRoom }, "until"},
		"accepted until yesterday":   {func(a *model.Answer) { a.Says, a.Until = model.SaysAccept, day-1 }, "until"},
		"a proposal of nothing":      {func(a *model.Answer) { a.Says = model.SaysCounter }, "start"},
		"a proposal that ends first": {func(a *model.Answer) { a.Says, a.Start, a.End = model.SaysCounter, day+9, day+8 }, "end"},
		"a proposal without an end":  {func(a *model.Answer) { a.Says, a.Start = model.SaysCounter, day+9 }, "end"},
		"visits for which campaign?": {func(a *model.Answer) { a.Says, a.Campaign, a.Until = model.SaysAccept, "", day }, "campaign"},
		"nothing to propose for calls": {func(a *model.Answer) {
			a.Says, a.Kind, a.Start, a.End = model.SaysCounter, model.AddTelemarketing, day, day
		}, "says"},
	} {
		a := base
		c.change(&a)
		_, err := s.Apply(model.Actor{Role: model.RoleLead}, store.Request{Action: "answer.accept", Puts: []store.Put{{Record: a}}})
		var invalid store.Invalid
		require.ErrorAs(t, err, &invalid, name)
		require.Equal(t, c.field, invalid.Field, name)
	}
}
