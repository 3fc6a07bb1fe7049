package store_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
)

// A counter-proposal that somebody has carried out or refused stands as long as the reply
// does: else nobody would know to what it was the reply. Backwards, both go.
func TestACounterProposalStandsWhileItIsAnswered(t *testing.T) {
	s, err := store.Open(filepath.Join(t.TempDir(), "data.db"), store.Options{Fast: true})
	require.NoError(t, err)
	defer s.Close()
	day := model.NewDate(2026, 11, 24)
	apply := func(actor model.Actor, records ...model.Record) {
		request := store.Request{Action: "answer"}
		for _, record := range records {
			request.Puts = append(request.Puts, store.Put{Record: record})
		}
		_, err := s.Apply(actor, request)
		require.NoError(t, err)
	}
	count := func() (n int) {
		for _, err := range s.Records(model.TableAnswers) {
			require.NoError(t, err)
			n++
		}
		return n
	}
	lead := model.Actor{Name: "Kim", Role: model.RoleLead}
	apply(lead, model.Territory{Code: "T1", Name: "Ulm"}, model.Campaign{Code: "C1", Name: "Brief", Kind: "mailing", Territories: []string{"T1"}, Start: day + 10, End: day + 20, Status: model.CampaignPlanned},
		model.Person{Code: "katrin", Name: "Katrin", Role: model.RoleSales}, model.Person{Code: "mira", Name: "Mira", Role: model.RoleMarketing})
	katrin, mira := model.Actor{Name: "Katrin", Role: model.RoleSales, Person: "katrin"}, model.Actor{Name: "Mira", Role: model.RoleMarketing, Person: "mira"}
	says := func(what model.Says) model.Answer {
		a := model.Answer{ID: store.NewRowID(), Kind: model.StepUpVisits, Territory: "T1", Campaign: "C1", Date: day, Says: what}
		if what == model.SaysCounter {
			a.Classes = []model.Class{model.ClassA}
		}
		return a
	}
	apply(katrin, says(model.SaysCounter))
	_, err = s.Undo(katrin)
	require.NoError(t, err, "nobody has answered it yet")
	_, err = s.Redo(katrin)
	require.NoError(t, err)
	for _, reply := range []model.Says{model.SaysAgree, model.SaysRefuse} {
		apply(mira, says(reply))
		_, err = s.Undo(katrin)
		var left store.NothingLeft
		require.ErrorAs(t, err, &left, reply)
		require.Equal(t, model.KeptReplied, left.Kept[0].Reason)
		require.Equal(t, 2, count())
		_, err = s.Undo(mira)
		require.NoError(t, err)
	}
	_, err = s.Undo(katrin)
	require.NoError(t, err)
	require.Zero(t, count())
}
