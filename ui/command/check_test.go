package command

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
)

func TestCheckNamesPlannedVisitsThatBelongToNobody(t *testing.T) {
	d := withDemo(t)
	require.Contains(t, d.done("check"), "All is well")
	s, err := store.Open(d.db, store.Options{})
	require.NoError(t, err)
	book, err := s.Book()
	require.NoError(t, err)
	account := book.Areas()[0].Accounts()[0].Code
	today := model.NewDate(2026, 11, 24)
	puts := []store.Put{}
	for _, day := range []model.Date{today - 1, today, today + 10} { // what was planned in the past is a record, no promise
		puts = append(puts, store.Put{Record: model.PlannedVisit{Rep: "GONE", Account: account, Date: day}})
	}
	_, err = s.Apply(model.Actor{Name: "lead", Role: model.RoleLead}, store.Request{Action: "plan.confirm", Puts: puts})
	require.NoError(t, err)
	require.NoError(t, s.Close())
	o := d.run("check", "--lang", "de")
	require.Equal(t, codeProblems, o.code)
	require.Contains(t, o.output, "2 geplante Besuche vom 24.11.2026 bis 04.12.2026 gehören niemandem: „GONE“ ist kein Außendienstler")
	require.NotContains(t, o.errors, "Sicherungskopie")
	require.Contains(t, d.done("check", "--today", "2026-12-05"), "All is well")
}
