package readiness

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// raw is a list as it comes from a spreadsheet: nobody in a territory, all of the
// last class, nobody visited.
func raw() (records []model.Record) {
	for i := range 10 {
		records = append(records, model.Account{
			Code: fmt.Sprintf("K%d", i), Name: fmt.Sprintf("Kunde %d", i), Class: model.ClassC, Potential: model.Money(100000 * (i + 1)),
			Address: model.Address{Postcode: []string{"70173", "89073"}[i%2], City: "Ulm"},
		})
	}
	return records
}

func open(t *testing.T, language text.Language, width, height int, records ...model.Record) *uitest.Stage {
	st := uitest.New(t, language, records...)
	return st.Show(New(st.Session), width, height)
}

// to puts the cursor on an offer.
func to(st *uitest.Stage, offer string) *uitest.Stage {
	st.Page.Open(offer)
	return st
}

func TestWhatIsLackingIsSaidWithWhatWouldMendIt(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 30}, {160, 45}} {
		view := open(t, text.German, size[0], size[1], raw()...).View()
		require.Contains(t, view, "10 von 10 Kunden sind in keinem Gebiet")
		require.Contains(t, view, "Gebiete nach Postleitzahlen bilden")
		require.Contains(t, view, "2 neue Gebiete · 10 Kunden")
		require.Contains(t, view, "PLZ 7", "the preview says what comes of it")
	}
	require.Contains(t, open(t, text.English, 120, 30, raw()...).View(), "10 of 10 accounts are in no territory")
}

func TestEachOfferIsOneStepThatCanBeUndone(t *testing.T) {
	st := open(t, text.German, 120, 40, raw()...)
	to(st, "territory/areas").Keys("enter", "down", "enter")
	require.Contains(t, st.Modals[0].View(), "2 neue Gebiete · 10 Kunden")
	require.Len(t, st.Session.Book.Areas(), 0, "nothing happens before it is confirmed")
	st.Keys("enter")
	require.Len(t, st.Session.Book.Areas(), 0, "no is under the cursor")
	to(st, "territory/areas").Keys("enter", "down", "enter", "j")
	require.Len(t, st.Session.Book.Areas(), 2)
	require.Equal(t, "70", st.Session.Book.Account("K0").Territory)
	require.NotContains(t, st.View(), "in keinem Gebiet")
	require.Contains(t, st.Said, "2 neue Gebiete · 10 Kunden")

	to(st, "rep/reps").Keys("enter")
	st.Type("Kim Sommer").Keys("enter").Type("M. Adler").Keys("ctrl+s")
	require.Contains(t, st.Modals[1].View(), "2 Gebiete")
	st.Keys("n")
	require.Contains(t, st.Modals[0].View(), "Kim Sommer", "no leads back to what was typed")
	st.Keys("ctrl+s", "j")
	require.Empty(t, st.Modals)
	require.Equal(t, "Kim Sommer", st.Session.Book.Area("70").Rep)
	require.Equal(t, "M. Adler", st.Session.Book.Area("89").Rep)

	to(st, "class/rank")
	require.Contains(t, st.View(), "die ersten 20 % sind A, die nächsten 30 % B und die übrigen C")
	st.Keys("enter", "j")
	classes := map[model.Class]int{}
	for a := range st.Session.Book.Accounts {
		classes[a.Class]++
	}
	require.Equal(t, map[model.Class]int{"A": 2, "B": 3, "C": 5}, classes)

	to(st, "visit/last-visits").Keys("enter").Type("1.10.").Keys("enter").Type("1.7.").Keys("ctrl+s")
	require.Contains(t, st.Modals[1].View(), "5 Besuche")
	st.Keys("j")
	visits, err := st.Session.Store.AccountVisits("K9", 0)
	require.NoError(t, err)
	require.Len(t, visits, 1)
	require.Equal(t, "angenommen: letzter Besuch der Klasse A", visits[0].Note)
	require.Equal(t, "M. Adler", visits[0].Rep)

	steps, err := st.Session.Store.History(0, 10)
	require.NoError(t, err)
	require.Len(t, steps, 5, "the list, and a step each")
	for range 4 {
		_, err := st.Session.Store.Undo(st.Session.Actor)
		require.NoError(t, err)
	}
	st.Session.CatchUp()
	require.Len(t, st.Session.Book.Areas(), 0)
	require.Equal(t, model.ClassC, st.Session.Book.Account("K9").Class)
}

func TestOtherSharesArePreviewedFirst(t *testing.T) {
	st := to(open(t, text.English, 120, 40, raw()...), "class/rank")
	st.Keys("enter", "a", "ctrl+u").Type("90").Keys("ctrl+s")
	require.Contains(t, st.Modals[0].View(), "together more than 100 %")
	st.Keys("esc", "y")
	st.Keys("enter", "a", "ctrl+u").Type("10").Keys("enter", "ctrl+u").Type("10").Keys("ctrl+s")
	require.Contains(t, st.Modals[0].View(), "A (1 account, from 10,000 €)")
	st.Keys("n")
	require.Equal(t, model.ClassC, st.Session.Book.Account("K9").Class)
}

func TestWhatIsMissingFromAListLeadsToTheImport(t *testing.T) {
	st := to(open(t, text.English, 160, 45, raw()...), "call/import")
	require.Contains(t, st.View(), "They stay off every call list")
	require.Contains(t, st.View(), "Import a list with telephone and consent")
	st.Keys("enter")
	to(st, "visit/import").Keys("enter")
	require.Equal(t, []string{"import :new", "import :new"}, st.Gone)
	require.NotContains(t, st.View(), "\n   –", "no row says nothing")
	require.Contains(t, open(t, text.English, 80, 24).View(), "No accounts yet")
}

// An offer is made to whom may carry it out; the others learn whose it is before they
// type anything.
func TestOffersAreMadeToWhomMay(t *testing.T) {
	staffed := func(role model.Role, reps ...model.Record) *uitest.Stage {
		records := append(raw(), reps...)
		for i := range records[:10] {
			account := records[i].(model.Account)
			account.Territory = []string{"70", "89"}[i%2]
			records[i] = account
		}
		records = append(records, model.Territory{Code: "70", Name: "Stuttgart"}, model.Territory{Code: "89", Name: "Ulm"})
		st := open(t, text.German, 120, 40, records...)
		st.Session.Actor.Role = role
		return to(st.Show(New(st.Session), 120, 40), "rep/reps")
	}
	st := staffed(model.RoleSales)
	require.Contains(t, st.View(), "nur die Leitung", "there is nobody to name, and sales adds no reps")
	st.Keys("enter")
	require.Empty(t, st.Modals)
	require.Contains(t, st.Failed, "Das darf nur die Leitung ändern: Außendienst.")

	st = staffed(model.RoleSales, model.Rep{Code: "kim", Name: "Kim Sommer"}).Keys("enter")
	require.Contains(t, st.Modals[0].View(), "neue legt die Leitung an")
	st.Type("Neu Hier").Keys("ctrl+s")
	require.Len(t, st.Modals, 1, "somebody new is refused in the form, where it can be mended")
	require.Contains(t, st.Modals[0].View(), "Neu Hier")
	st.Keys("ctrl+u").Type("kim").Keys("enter", "ctrl+s")
	require.Contains(t, st.Modals[1].View(), "1 Gebiet bleibt unbesetzt.")
	st.Keys("j")
	require.Equal(t, "kim", st.Session.Book.Area("70").Rep)

	st = staffed(model.RoleMarketing, model.Rep{Code: "kim", Name: "Kim Sommer"})
	require.Contains(t, st.View(), "nur Vertrieb und Leitung")
	st.Keys("enter")
	require.Empty(t, st.Modals)
	require.Contains(t, st.Failed, "Das dürfen nur Vertrieb und Leitung ändern")
	to(st, "campaign/campaign").Keys("enter")
	require.Len(t, st.Modals, 1, "campaigns are marketing's")
}
