package accounts

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
)

var (
	petra = model.Contact{Account: "K11", Name: "Petra Beispiel", Function: "Einkauf", Phone: "0711 555 0142"}
	anton = model.Contact{Account: "K11", Name: "Anton Muster", Function: "Lager", Email: "a.muster@example.com"}
)

func TestAnAccountIsFoundByItsPeople(t *testing.T) {
	st, p := onStage(t, text.German, 80, 24, petra)
	p.table.SetFilter("beispiel")
	require.Equal(t, []string{"K11"}, shown(p))
	st.Apply("contact.add", model.Contact{Account: "K20", Name: "Jörg Neumann"})
	p.table.SetFilter("joerg")
	require.Equal(t, []string{"K20"}, shown(p), "also somebody added since")
}

func TestThePeopleStandOnTheAccountsPage(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {160, 45}} {
		st, _ := onStage(t, text.German, size[0], size[1], petra, anton)
		st.Page.Open("K11")
		view := st.View()
		require.Contains(t, view, "Ansprechpartner")
		require.Regexp(t, `Petra Beispiel +Einkauf +0711 555 0142`, view)
		require.Less(t, strings.Index(view, "Anton Muster"), strings.Index(view, "Petra Beispiel"), "by name")
	}
}

func TestPeopleAreAddedChangedAndDeletedWhereTheyStand(t *testing.T) {
	st, p := onStage(t, text.English, 160, 45)
	st.Page.Open("K11")
	require.Contains(t, st.View(), "nobody yet; W adds somebody")
	people := func() []model.Contact { return st.Session.Book.Account("K11").Contacts }

	st.Keys("W").Type("Petra Beispiel").Keys("tab").Type("Purchasing").Keys("ctrl+s")
	require.Equal(t, []model.Contact{{Account: "K11", Name: "Petra Beispiel", Function: "Purchasing"}}, people())
	require.Contains(t, st.View(), "Petra Beispiel")

	st.Keys("tab", "e", "end").Type("-Probe").Keys("ctrl+s")
	require.Equal(t, "Petra Beispiel-Probe", people()[0].Name, "the name is the key, and may change")
	st.Keys("n").Type("Petra Beispiel-Probe").Keys("ctrl+s")
	require.Len(t, people(), 1)
	require.NotEmpty(t, st.Modals, "the form stays, and says that the name is taken")
	st.Keys("esc", "y")
	st.Modals = nil

	st.Keys("d", "y")
	require.Empty(t, people())
	require.False(t, p.detail.onPeople, "with nobody there the keys go to the visits")
}

func TestBothDepartmentsKeepContacts(t *testing.T) {
	for _, role := range []model.Role{model.RoleSales, model.RoleMarketing} {
		st, _ := onStage(t, text.English, 80, 24)
		st.Session.Actor.Role = role
		st.Page.Open("K11")
		st.Keys("W").Type("Petra Beispiel").Keys("ctrl+s")
		require.Len(t, st.Session.Book.Account("K11").Contacts, 1, role)
	}
}
