package store

// What is exported and imported into an empty store is the same business.

import (
	flags "flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

// drawBusiness makes records that a file can carry: names are filled, text is
// clean, identifiers stand for one row, and coordinates come from people.
func drawBusiness(t *rapid.T) []model.Record {
	pieces := []string{"a", "Z", "ü", "ß", "'", "\"", ";", ",", "|", "=", "+", "@", "# ", " ", "17", "1.5", "\\", "€", "世"}
	text := func() string {
		return strings.TrimSpace(strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 5).Draw(t, "text"), ""))
	}
	name := func(n int) string { return fmt.Sprintf("N%d%s", n, text()) } // no two alike, so that none is taken for another
	note := func() string {
		return rapid.SampledFrom([]string{"", "one", "two\nlines", "=1+1", "-5", "\"quoted\""}).Draw(t, "note")
	}
	number := func(low, high int) int { return rapid.IntRange(low, high).Draw(t, "number") }
	day := func() model.Date {
		day := model.Date(rapid.IntRange(int(model.FirstDate)+1, int(model.LastDate)).Draw(t, "day"))
		if day == model.NewDate(1970, 1, 1) { // the first days that programs know mean none
			day++
		}
		return day
	}
	near := func() model.Date { return model.NewDate(2026, 1, 1) + model.Date(number(-4, 4)) }
	clock := func() model.Clock { return model.Clock(number(0, 1440)) }
	place := func() model.Coordinates {
		return model.Coordinates{Lat: float64(number(-89, 89)) + 0.25, Lon: float64(number(-179, 179)) + 0.5}
	}
	address := func() model.Address {
		return model.Address{Street: text(), Postcode: rapid.SampledFrom([]string{"", "99998", "99999"}).Draw(t, "postcode"), City: rapid.SampledFrom([]string{"", "Nirgendsdorf an der Nichts"}).Draw(t, "city")}
	}
	ids := 0
	id := func() string {
		if ids++; ids%3 == 0 {
			return ""
		}
		return fmt.Sprintf("id-%d", ids)
	}
	var all []model.Record
	for i := range number(0, 2) {
		r := model.Rep{Code: fmt.Sprintf("R%d", i), Name: name(i), Email: text(), Capacity: number(0, 50), Home: address(), DayStart: clock()}
		if r.DayStart != 0 {
			r.DayEnd = max(r.DayStart, clock())
		}
		if number(0, 1) == 1 {
			r.HomeAt = place()
		}
		all = append(all, r)
	}
	territories := number(1, 3)
	for i := range territories {
		all = append(all, model.Territory{Code: fmt.Sprintf("T%d", i), Name: name(i), Region: rapid.SampledFrom([]string{"", "Süd", "Süd/Baden-Württemberg"}).Draw(t, "region"),
			Rep: rapid.SampledFrom([]string{"", "R0", "R7"}).Draw(t, "rep"), Postcodes: rapid.SampledFrom([][]string{nil, {"70"}, {"01", "02"}}).Draw(t, "postcodes"),
			Marketing: text(), Note: note(), MarketingNote: note(), Country: text(), Calendar: rapid.SampledFrom([]string{"", "DE-BY"}).Draw(t, "calendar")})
	}
	accounts := number(1, 4)
	for i := range accounts {
		a := model.Account{Code: fmt.Sprintf("K%d", i), Name: name(i), Territory: rapid.SampledFrom([]string{"", "T0"}).Draw(t, "territory"), Class: rapid.SampledFrom([]model.Class{"A", "B", "C"}).Draw(t, "class"),
			Interval: number(0, 300), Address: address(), Phone: text(), Email: text(), Consent: rapid.SampledFrom([]model.Consent{"", "given", "presumed"}).Draw(t, "consent"),
			ConsentBasis: text(), Private: rapid.Bool().Draw(t, "private"),
			DoNotCall: rapid.Bool().Draw(t, "do not call"), Inactive: rapid.Bool().Draw(t, "inactive"), VisitMinutes: number(0, 600), Hours: text(),
			Potential: model.Money(rapid.Int64Range(-1e9, 1e9).Draw(t, "potential")), Note: note()}
		if number(0, 1) == 1 {
			a.Since = day()
		}
		if number(0, 1) == 1 {
			a.At, a.Placed = place(), model.PlacedFile
		}
		all = append(all, a)
	}
	for i := range number(0, 2) {
		start := day()
		all = append(all, model.Campaign{Code: fmt.Sprintf("C%d", i), Name: name(i), Kind: rapid.SampledFrom([]string{"", "mailing", "telemarketing", "Hausmesse"}).Draw(t, "kind"),
			Territories: rapid.SampledFrom([][]string{nil, {"T0"}, {"Süd", "T1"}, {"Süd/Baden-Württemberg"}}).Draw(t, "territories"),
			Classes:     rapid.SampledFrom([][]model.Class{nil, {"A"}, {"A", "C"}}).Draw(t, "classes"), Start: start, End: min(model.LastDate, start+model.Date(number(0, 90))),
			Status: rapid.SampledFrom([]model.CampaignStatus{"draft", "planned", "cancelled"}).Draw(t, "status"), Owner: text(), Goal: text(), Note: note()})
	}
	account := func() string { return fmt.Sprintf("K%d", number(0, accounts-1)) }
	for range number(0, 9) {
		v := model.Visit{Ref: id(), Account: account(), Date: near(), Time: clock(), Rep: rapid.SampledFrom([]string{"", "R0", "R1"}).Draw(t, "rep"), Kind: model.VisitKind(number(0, 2)),
			Outcome: text(), Value: model.Money(rapid.Int64Range(-1e7, 1e7).Draw(t, "value")), Minutes: number(0, 300), Note: note()}
		v.Guests = rapid.SampledFrom([][]string{nil, {"Jan"}, {"Jan", "M. Öz"}}).Draw(t, "guests")
		all = append(all, v)
	}
	for range number(0, 6) {
		all = append(all, model.Call{Ref: id(), Account: account(), Date: near(), Time: clock(), Agent: rapid.SampledFrom([]string{"", "M"}).Draw(t, "agent"),
			Outcome: model.CallOutcome(number(0, 4)), Campaign: rapid.SampledFrom([]string{"", "C0"}).Draw(t, "campaign"), Note: note()})
	}
	for range number(0, 3) {
		all = append(all, model.PlannedVisit{Rep: "R0", Account: account(), Date: near(), Time: clock(), Minutes: number(0, 300)})
	}
	return all
}

// fewerChecks lets a property that reads many files be tried less often, unless
// the command line says how often.
func fewerChecks(t *testing.T, checks string) {
	t.Helper()
	f := flags.Lookup("rapid.checks")
	if usual := f.Value.String(); usual == f.DefValue {
		require.NoError(t, f.Value.Set(checks))
		t.Cleanup(func() { _ = f.Value.Set(usual) })
	}
}

func TestWhatIsExportedCanBeImported(t *testing.T) {
	fewerChecks(t, "30")
	n := 0
	base := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		n++
		dir := filepath.Join(base, fmt.Sprint(n))
		defer os.RemoveAll(dir)
		s, target := openAt(rt, filepath.Join(dir, "a.db")), openAt(rt, filepath.Join(dir, "b.db"))
		defer s.Close()
		defer target.Close()
		r := Request{Action: "test"}
		for _, record := range drawBusiness(rt) {
			r.Puts = append(r.Puts, Put{Record: record})
		}
		_, err := s.Apply(lead, r)
		require.NoError(rt, err)

		locale := rapid.SampledFrom([]exchange.Locale{exchange.English, exchange.German}).Draw(rt, "locale")
		var paths []string
		for _, table := range model.Tables {
			var records []model.Record
			for record, err := range s.Records(table) {
				require.NoError(rt, err)
				records = append(records, record)
			}
			if len(records) == 0 && rapid.IntRange(0, 7).Draw(rt, "a file for nothing") > 0 {
				continue
			}
			path := filepath.Join(dir, string(table)+".csv")
			file, err := os.Create(path)
			require.NoError(rt, err)
			require.NoError(rt, exchange.WriteCSV(file, locale, exchange.Records(table, slices.Values(records))))
			require.NoError(rt, file.Close())
			paths = append(paths, path)
		}
		slices.Reverse(paths) // the order of the files does not matter
		reports, err := importing(rt, target, lead, ImportOptions{Strict: true}, paths...)
		require.NoError(rt, err, "%+v", reports)
		want, got := plainRecordsOf(rt, s), plainRecordsOf(rt, target)
		for key, record := range want {
			require.Equal(rt, record, got[key])
		}
		require.Len(rt, got, len(want))
		sound(rt, target)
		a, err := s.Book()
		require.NoError(rt, err)
		b, err := target.Book()
		require.NoError(rt, err)
		require.Equal(rt, told(a), told(b))
		entries, err := target.History(0, 0)
		require.NoError(rt, err)
		require.Len(rt, entries, 1, "one step")
	})
}
