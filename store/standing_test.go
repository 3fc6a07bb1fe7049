package store

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/answer"
)

var (
	katrin     = model.Actor{Name: "Katrin", Role: model.RoleSales, Person: "katrin"}
	katrinsDay = model.NewDate(2026, 11, 24)
	proposed   = model.Answer{Kind: model.StepUpVisits, Territory: "T1", Campaign: "C1", Date: katrinsDay, Says: model.SaysCounter, Start: katrinsDay + 21, End: katrinsDay + 31}
)

// withARule is a store in which a standing rule accepts what Katrin proposes.
func withARule(t *testing.T) *Store {
	s := openAt(t, filepath.Join(t.TempDir(), "s.db"))
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	settings := model.DefaultSettings()
	settings.AcceptDays, settings.Horizon = 7, 20
	apply(t, s, settings, model.Person{Code: "katrin", Name: "Katrin", Role: model.RoleSales}, model.Person{Code: "kim", Name: "Kim", Role: model.RoleLead},
		model.Rep{Code: "R1", Name: "Sommer"}, model.Territory{Code: "T1", Name: "Ulm", Rep: "R1"},
		model.Account{Code: "K1", Name: "Eins", Territory: "T1", Class: "A"}, model.Account{Code: "K2", Name: "Zwei", Territory: "T1", Class: "A"},
		model.Campaign{Code: "C1", Name: "Brief", Kind: "mailing", Territories: []string{"T1"}, Start: katrinsDay + 14, End: katrinsDay + 24, Status: model.CampaignPlanned})
	return s
}

func propose(t *testing.T, s *Store) {
	t.Helper()
	_, err := s.Apply(katrin, Request{Action: "answer.counter", Puts: []Put{{Record: proposed, New: true}}})
	require.NoError(t, err)
}

func acceptByRule(t *testing.T, s *Store) {
	t.Helper()
	propose(t, s)
	rule, err := s.AcceptByRule(katrin, proposed, katrinsDay, "Brief")
	require.NoError(t, err)
	require.Equal(t, answer.RuleDays, rule)
}

func startOf(t *testing.T, s *Store) model.Date {
	t.Helper()
	r, err := s.Get(model.Campaign{Code: "C1"}.Key())
	require.NoError(t, err)
	return r.(model.Campaign).Start
}

// What a standing rule accepts on a laptop, or on a server with a hub, holds for all, although
// whoever proposed it may not change the campaign; and they take it back as any other step.
func TestAStandingRuleHoldsWhereverItAccepts(t *testing.T) {
	s := withARule(t)
	l := laptopOf(t, s, filepath.Join(t.TempDir(), "l.db"), "katrin")
	defer l.Close()
	l.known = katrin
	whole := line{s, func() bool { return false }}
	acceptByRule(t, l.Store)
	require.NoError(t, whole.sync(t, l))
	require.Equal(t, katrinsDay+21, startOf(t, s))
	require.Empty(t, asidesOf(t, s))
	_, err := l.Undo(katrin)
	require.NoError(t, err)
	require.NoError(t, whole.sync(t, l))
	require.Equal(t, katrinsDay+14, startOf(t, s))
	require.Empty(t, asidesOf(t, s))
	alike(t, s, l.Store)

	h := withARule(t)
	require.NoError(t, h.BecomeHubReplica("postgres://hub/team", "hub"))
	acceptByRule(t, h)
	_, err = h.Undo(katrin)
	require.NoError(t, err)
	waiting, err := h.Waiting()
	require.NoError(t, err)
	require.Len(t, waiting, 3)
	refused, err := h.Vet(waiting)
	require.NoError(t, err)
	require.Empty(t, refused)
}

// A step that only says that a rule has accepted something is one like any other.
func TestWhatNoStandingRuleAcceptsIsRefused(t *testing.T) {
	s := withARule(t)
	propose(t, s)
	r, err := s.Get(model.Campaign{Code: "C1"}.Key())
	require.NoError(t, err)
	before := r.(model.Campaign)
	agreed := model.Answer{ID: NewRowID(), Kind: model.StepUpVisits, Territory: "T1", Campaign: "C1", Date: katrinsDay, Says: model.SaysAgree, Rule: answer.RuleDays}
	moved, renamed, other := answer.Proposed(before, proposed), answer.Proposed(before, proposed), answer.Proposed(before, proposed)
	other.Start, other.End = other.Start+30, other.End+30
	renamed.Name = "Katrin's"
	byClass := agreed
	byClass.Rule = answer.RuleClasses
	offered := func(edits ...model.Edit) Refusal {
		place, err := s.Place()
		require.NoError(t, err)
		verdicts, err := s.Accept(katrin, place.Number, 0, []Step{{Entry: Entry{ID: NewStepID(), At: time.Now(), Action: ActionByRule + "2"}, Edits: edits}})
		require.NoError(t, err)
		return verdicts[0].Refused
	}
	for name, edits := range map[string][]model.Edit{
		"further than was proposed": {{After: agreed}, {Before: before, After: other}},
		"something else with it":    {{After: agreed}, {Before: before, After: renamed}},
		"another rule":              {{After: byClass}, {Before: before, After: moved}},
		"nobody's word":             {{Before: before, After: moved}},
		"more than one thing":       {{After: agreed}, {Before: before, After: moved}, {After: model.Campaign{Code: "C2", Start: katrinsDay, End: katrinsDay}}},
	} {
		require.Equal(t, RefusedRole, offered(edits...), name)
	}
	settings := model.DefaultSettings() // the lead ends the rule
	apply(t, s, settings)
	require.Equal(t, RefusedRole, offered(model.Edit{After: agreed}, model.Edit{Before: before, After: moved}))
	settings.AcceptDays = 7
	apply(t, s, settings)
	require.Empty(t, offered(model.Edit{After: agreed}, model.Edit{Before: before, After: moved}))
}
