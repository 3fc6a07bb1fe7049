package words

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
)

// A refusal says who may, and whom of the team to ask; who works alone is told the way to
// another role.
func TestARefusalSaysWhoMayAndWhomToAsk(t *testing.T) {
	b := model.NewBook()
	for _, p := range []model.Person{
		{Code: "chef", Name: "Clara Leit", Role: model.RoleLead},
		{Code: "s1", Name: "Sven Aussen", Role: model.RoleSales},
		{Code: "s2", Name: "Uta Weg", Role: model.RoleSales, Inactive: true},
		{Code: "m1", Name: "Mia Markt", Role: model.RoleMarketing},
	} {
		b.Apply(model.Change{Edits: []model.Edit{{After: p}}})
	}
	de, en := text.New(text.German), text.New(text.English)
	visit := model.Edit{After: model.Visit{Account: "K1"}}
	marketing := model.Actor{Name: "Mia Markt", Role: model.RoleMarketing, Person: "m1"}
	require.Equal(t, "Das dürfen nur Vertrieb und Leitung ändern: Besuche. Ihre Rolle ist Marketing. Bitte wenden Sie sich an Sven Aussen.",
		Error(de, b, marketing.May(visit)))
	require.Equal(t, "Only the lead may change this: rules. Your role is marketing. Please ask Clara Leit.",
		Error(en, b, marketing.May(model.Edit{After: model.Settings{}})))
	sales := model.Actor{Name: "Sven Aussen", Role: model.RoleSales, Person: "s1"}
	require.Equal(t, "Only marketing and the lead may change this: campaigns. Your role is sales. Please ask Mia Markt.",
		Error(en, b, sales.May(model.Edit{After: model.Campaign{Code: "C"}})))
	require.Contains(t, Error(de, b, model.Actor{Role: model.RoleLook, Person: "x"}.May(visit)), "Sie lesen nur: Sie sehen alles und ändern nichts. Rollen vergibt die Leitung. Bitte wenden Sie sich an Clara Leit.")

	alone := model.Actor{Name: "Kim", Role: model.RoleMarketing}
	require.Equal(t, "Das dürfen nur Vertrieb und Leitung ändern: Besuche. Ihre Rolle ist Marketing. „Rolle wechseln“ (Strg+p) ändert die Rolle.",
		Error(de, b, alone.May(visit)))
	require.Contains(t, Error(de, nil, alone.May(visit)), "Ihre Rolle ist Marketing. „doppelpass config role lead“ ändert die Rolle.", "on the command line")
}
