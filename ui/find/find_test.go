package find

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/forms"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

func stage(t *testing.T, language text.Language) *uitest.Stage {
	records := append(uitest.Company(),
		model.Territory{Code: "T4", Name: "Jura", Note: "Die Straße über den Pass ist zu", MarketingNote: "Innung lädt ein"},
		model.Account{Code: "M1", Name: "Müller & Söhne", Territory: "T4", Note: "Tor hinten", MarketingNote: "liest den Rundbrief"},
		model.Contact{Account: "M1", Name: "Ines Lang", Function: "Einkauf", Phone: "0711 5550142"})
	st := uitest.New(t, language, records...)
	st.Show(noPage{}, 100, 34)
	st.Do(Open(st.Session))
	require.Len(t, st.Modals, 1)
	return st
}

func shows(st *uitest.Stage) string { return ansi.Strip(st.Modals[0].View()) }

// One line finds accounts, people, campaigns, territories and both departments' notes,
// however they are spelt, and opens what was found.
func TestOneSearchFindsEverythingAndOpensIt(t *testing.T) {
	for typed, want := range map[string]struct{ line, page string }{
		"mueller sohne": {"Müller & Söhne", "accounts M1"},
		"rundbrief":     {"◆ Müller & Söhne", "accounts M1"},
		"tor hint":      {"▲ Müller & Söhne", "accounts M1"},
		"5550142":       {"Ines Lang", "accounts M1"},
		"strasse pass":  {"▲ Jura", "territories T4"},
		"innung":        {"◆ Jura", "territories T4"},
		"JURA":          {"Jura", "territories T4"},
		"printer":       {"◆ Spring mailing", "campaigns C1"},
		"phone round":   {"Phone round", "campaigns C2"},
		"K27":           {"Kunde 2-7", "accounts K27"},
	} {
		st := stage(t, text.English)
		st.Type(typed)
		require.Contains(t, shows(st), want.line, typed)
		st.Keys("enter")
		require.Equal(t, []string{want.page}, st.Gone, typed)
		require.Empty(t, st.Modals)
	}
}

// Notes of single visits and calls are found with everything else, and enter shows the whole.
func TestNotesOfVisitsAndCallsAreFound(t *testing.T) {
	for typed, want := range map[string]struct{ line, shown string }{
		"staplerschein":  {"▲ Müller & Söhne", "Der Fahrer braucht einen Staplerschein"},
		"ruckruf urlaub": {"◆ Müller & Söhne", "bittet um Rückruf nach dem Urlaub"},
	} {
		st := stage(t, text.German)
		_, err := st.Session.Store.Apply(st.Session.Actor, store.Request{Action: "visit.log", Puts: []store.Put{
			{Record: model.Visit{Account: "M1", Date: uitest.Today - 3, Rep: "R1", Note: "Der Fahrer braucht einen Staplerschein"}},
			{Record: model.Visit{Account: "M1", Date: uitest.Today - 2, Rep: "R1", Note: "nichts Neues"}},
			{Record: model.Call{Account: "M1", Date: uitest.Today - 1, Agent: "Lena", Outcome: model.CallReached, Note: "bittet um Rückruf nach dem Urlaub"}},
		}})
		require.NoError(t, err)
		st.Type(typed)
		view := shows(st)
		require.Contains(t, view, want.line, typed)
		require.Contains(t, view, "1 gefunden", typed)
		st.Keys("enter")
		require.Len(t, st.Modals, 1)
		require.Contains(t, shows(st), want.shown)
	}
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	st := stage(t, text.German)
	st.Type("zzz")
	require.Contains(t, shows(st), "0 gefunden")
	st.Keys("enter")
	require.Empty(t, st.Gone)
	st.Keys("esc")
	require.Empty(t, st.Modals)
}

func TestTheNoteIsShownFromTheWordThatWasFound(t *testing.T) {
	require.Equal(t, "… e über f", around("a b c d e über f", "uber"))
	require.Equal(t, "a b", around("a b", "x"))
}

// Whatever there is and whatever is typed: exactly those entries are found that have
// every word, and what begins with it stands first.
func TestTheSearchMissesNothingAndInventsNothing(t *testing.T) {
	word := rapid.StringMatching(`[a-cäü]{1,3}`)
	rapid.Check(t, func(t *rapid.T) {
		var entries []Entry
		for i := range rapid.IntRange(0, 30).Draw(t, "size") {
			entries = append(entries, Entry{Kind: Kind(rapid.IntRange(0, 4).Draw(t, "kind")), Code: fmt.Sprint(i),
				Name: strings.Join(rapid.SliceOfN(word, 1, 3).Draw(t, "name"), " "), Text: strings.Join(rapid.SliceOfN(word, 0, 4).Draw(t, "text"), " ")})
		}
		typed := strings.Join(rapid.SliceOfN(word, 1, 3).Draw(t, "typed"), " ")
		found, count, more := newIndex(entries).Find(typed, 100)
		want := map[string]bool{}
		for _, e := range entries {
			line, all := forms.Fold(e.Name)+" "+forms.Fold(e.Text), true
			for _, w := range strings.Fields(forms.Fold(typed)) {
				all = all && strings.Contains(line, w)
			}
			if all {
				want[e.Code] = true
			}
		}
		if more || count != len(want) || len(found) != len(want) {
			t.Fatalf("%q: %d of %d", typed, len(found), len(want))
		}
		whole, behind := strings.Join(strings.Fields(forms.Fold(typed)), " "), false
		for _, e := range found {
			if !want[e.Code] {
				t.Fatalf("%q finds %v", typed, e)
			}
			begins := strings.HasPrefix(forms.Fold(e.Name)+" "+forms.Fold(e.Text), whole)
			if begins && behind {
				t.Fatalf("%q: %v begins with it and stands behind others", typed, e)
			}
			behind = behind || !begins
		}
	})
}

// A customer that was found says where it is, which tells those apart that are called
// alike, whatever else of it was found.
func TestACustomerThatIsFoundSaysWhereItIs(t *testing.T) {
	for _, typed := range []string{"mueller", "info@mueller", "0711 77"} {
		st := uitest.New(t, text.German, append(uitest.Company(), model.Account{Code: "M1", Name: "Müller & Söhne", Phone: "0711 77",
			Email: "info@mueller.example", Address: model.Address{Street: "Am Tor 1", Postcode: "70173", City: "Stuttgart"}})...)
		st.Show(noPage{}, 100, 34)
		st.Do(Open(st.Session))
		st.Type(typed)
		require.Contains(t, shows(st), "70173 Stuttgart · M1", typed)
	}
}
