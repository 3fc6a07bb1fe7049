package signals

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

// quiet is a business without a signal for sales: two A accounts and a B of Ulm and
// one A of Aalen are overdue, two accounts are in no territory, a third one there rests.
func quiet() []model.Record {
	records := []model.Record{
		model.Rep{Code: "R1", Name: "K. Sommer"},
		model.Territory{Code: "T1", Name: "Ulm", Rep: "R1"}, model.Territory{Code: "T2", Name: "Aalen", Rep: "R1"},
	}
	account := func(code, territory string, class model.Class, ago int) {
		records = append(records, model.Account{Code: code, Name: "Kunde " + code, Territory: territory, Class: class, Since: uitest.Today - 900})
		if ago > 0 {
			records = append(records, model.Visit{Account: code, Date: uitest.Today - model.Date(ago), Rep: "R1"})
		}
	}
	account("K1", "T1", "A", 200)
	account("K2", "T1", "A", 200)
	account("K3", "T2", "A", 200)
	account("K4", "T1", "B", 400)
	account("K5", "T1", "C", 1)
	account("K6", "", "A", 0)
	account("K7", "", "C", 0)
	return append(records, model.Account{Code: "K8", Inactive: true, Class: "A"})
}

func TestQuietLinesSayWhatLiesIdle(t *testing.T) {
	for language, said := range map[text.Language][]string{
		text.English: {"3 A accounts overdue in 2 territories", "2 accounts in no territory"},
		text.German:  {"3 überfällige A-Kunden in 2 Gebieten", "2 Kunden ohne Gebiet"},
	} {
		for _, size := range [][2]int{{80, 24}, {120, 30}, {160, 45}} {
			st := uitest.New(t, language, quiet()...)
			st.Show(New(st.Session), size[0], size[1])
			for _, words := range said {
				require.Contains(t, st.View(), words, size)
			}
			st.Keys("a", "enter")
			require.Equal(t, []string{`accounts /state:overdue class:"A"`}, st.Gone, "a step away")
			st.Keys("a", "down", "enter")
			require.Equal(t, "ready ", st.Gone[1], "there they are offered territories")
		}
	}
}

func TestWhileSomethingIsOpenNothingIsSaidOfWhatLiesIdle(t *testing.T) {
	st := uitest.New(t, text.English, company()...)
	st.Show(New(st.Session), 160, 45)
	require.NotContains(t, st.View(), "overdue in")
	require.NotEmpty(t, st.Keys("a").Failed, "and the key says so")
}
