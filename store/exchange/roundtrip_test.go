package exchange

// What is written reads back as it was, in every form; and merging holds what
// it promises.

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/model/cores"
)

// textGen makes text as it stands in records: cleaned at some gate, without
// blanks around it, with everything that makes files hard.
func textGen(lines bool) *rapid.Generator[string] {
	pieces := []string{"a", "Z", "ü", "ß", "é", "'", "\"", ";", ",", "|", "=", "+", "-", "@", "#", "# ", " ", "0", "17", "1.5", "NULL", "\\", "€", "世", "sep=", "()", "%"}
	if lines {
		pieces = append(pieces, "\n")
	}
	return rapid.Custom(func(t *rapid.T) string {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 8).Draw(t, "text"), "")
		return strings.Trim(s, " \n")
	})
}

func codeGen() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return rapid.StringMatching(`[A-Za-z#'=+-]{0,2}[0-9A-Z]{1,6}`).Draw(t, "code")
	})
}

func dayGen(optional bool) *rapid.Generator[model.Date] {
	return rapid.Custom(func(t *rapid.T) model.Date {
		if optional && rapid.Bool().Draw(t, "none") {
			return 0
		}
		never := func(d int) bool { return neverDays[model.Date(d)] } // days that mean none
		return model.Date(rapid.IntRange(int(model.FirstDate), int(model.LastDate)).Filter(func(d int) bool { return !never(d) }).Draw(t, "day"))
	})
}

func clockGen() *rapid.Generator[model.Clock] {
	return rapid.Map(rapid.IntRange(0, 24*60), func(n int) model.Clock { return model.Clock(n) })
}

func namesGen(gen *rapid.Generator[string], without string) *rapid.Generator[[]string] {
	return rapid.Custom(func(t *rapid.T) []string {
		var names []string
		for _, n := range rapid.SliceOfN(gen, 0, 3).Draw(t, "names") {
			n = strings.TrimSpace(strings.Map(func(r rune) rune {
				if strings.ContainsRune(without, r) {
					return -1
				}
				return r
			}, n))
			if n != "" && n != "NULL" && !strings.HasPrefix(n, "'") {
				names = append(names, n)
			}
		}
		return names
	})
}

// dialled is a number that reading does not put right.
func dialled(s string) string {
	if got, wrong := phoneNumber.read(nil, s); wrong.reason != "" || got != s {
		return ""
	}
	return s
}

// town is a town without a postcode in it.
func town(s string) string {
	if postcode, _ := parted(s); postcode != "" {
		return "x"
	}
	return s
}

// recordGen makes a record of a table.
func recordGen(table model.Table) *rapid.Generator[model.Record] {
	word := rapid.OneOf(rapid.Just(""), codeGen())
	return rapid.Custom(func(t *rapid.T) model.Record {
		str := func(name string) string { return textGen(false).Draw(t, name) }
		note := func() string { return textGen(true).Draw(t, "note") }
		need := func(name string) string {
			if s := str(name); s != "" {
				return s
			}
			return "x"
		}
		code := func() string { return codeGen().Draw(t, "code") }
		place := func() model.Coordinates {
			if rapid.Bool().Draw(t, "placed") {
				return model.Coordinates{}
			}
			return model.Coordinates{Lat: toCentimetre(rapid.Float64Range(0.001, 89).Draw(t, "lat")), Lon: toCentimetre(rapid.Float64Range(-179, 179).Draw(t, "lon"))}
		}
		address := func() model.Address {
			return model.Address{Street: str("street"), Postcode: rapid.StringMatching(`[0-9]{5}|[A-Z]{2}[0-9]|`).Draw(t, "postcode"), City: town(str("city")), Country: str("country")}
		}
		switch table {
		case model.TableTerritories:
			return model.Territory{Code: code(), Name: need("name"), Region: str("region"), Rep: word.Draw(t, "rep"),
				Postcodes: namesGen(rapid.StringMatching(`[0-9]{1,3}|0[0-9]{3}|[0-9]{5}`), "").Draw(t, "postcodes"), Marketing: str("marketing"), Note: note(), MarketingNote: note(),
				Country: str("country"), Calendar: rapid.SampledFrom([]string{"", "DE-BY", "XX"}).Draw(t, "calendar")}
		case model.TableReps:
			start, end := clockGen().Draw(t, "start"), clockGen().Draw(t, "end")
			if start != 0 && end != 0 && end < start {
				start, end = end, start
			}
			return model.Rep{Code: code(), Name: need("name"), Email: str("email"), Capacity: rapid.IntRange(0, 100).Draw(t, "capacity"),
				Home: address(), HomeAt: place(), DayStart: start, DayEnd: end}
		case model.TableAccounts:
			a := model.Account{Code: code(), Name: need("name"), Territory: word.Draw(t, "territory"), Class: rapid.SampledFrom([]model.Class{"A", "B", "C"}).Draw(t, "class"),
				Interval: rapid.IntRange(0, 400).Draw(t, "interval"), Address: address(), At: place(), Phone: dialled(str("phone")), Email: str("email"),
				Consent:      rapid.SampledFrom([]model.Consent{"", "given", "presumed"}).Draw(t, "consent"),
				ConsentBasis: str("basis"), Private: rapid.Bool().Draw(t, "private"),
				DoNotCall: rapid.Bool().Draw(t, "do not call"), Since: dayGen(true).Draw(t, "since"), Inactive: rapid.Bool().Draw(t, "inactive"),
				VisitMinutes: rapid.IntRange(0, 600).Draw(t, "minutes"), Hours: rapid.OneOf(rapid.SampledFrom([]string{"Tu-Th 08:00-12:00", "Mo-Fr 08:00-17:00; Su off"}), textGen(false)).Draw(t, "hours"), Potential: model.Money(rapid.Int64Range(-1e12, 1e12).Draw(t, "potential")), Note: note()}
			if a.At.Valid() {
				a.Placed = model.PlacedFile
			}
			return a
		case model.TableContacts:
			return model.Contact{Account: code(), Name: need("name"), Function: str("function"), Phone: dialled(str("phone")), Email: str("email"), Note: note()}
		case model.TableVisits:
			return model.Visit{Ref: word.Draw(t, "id"), Account: code(), Date: dayGen(false).Draw(t, "date"), Time: clockGen().Draw(t, "time"), Rep: word.Draw(t, "rep"),
				Kind: rapid.SampledFrom([]model.VisitKind{0, 1, 2}).Draw(t, "kind"), Outcome: rapid.OneOf(rapid.SampledFrom([]string{"order", "interest", "sample", "complaint", "none"}), textGen(false)).Draw(t, "outcome"), Value: model.Money(rapid.Int64Range(-1e9, 1e9).Draw(t, "value")),
				Minutes: rapid.IntRange(0, 600).Draw(t, "minutes"), Guests: namesGen(textGen(false), ";").Draw(t, "guests"), Note: note()}
		case model.TableCalls:
			return model.Call{Ref: word.Draw(t, "id"), Account: code(), Date: dayGen(false).Draw(t, "date"), Time: clockGen().Draw(t, "time"), Agent: word.Draw(t, "agent"),
				Outcome: rapid.SampledFrom([]model.CallOutcome{0, 1, 2, 3, 4, 5, 6}).Draw(t, "outcome"), Campaign: word.Draw(t, "campaign"), Guests: namesGen(textGen(false), ";").Draw(t, "guests"), Note: note()}
		case model.TableCampaigns:
			start := dayGen(false).Draw(t, "start")
			return model.Campaign{Code: code(), Name: need("name"), Kind: rapid.SampledFrom([]string{"", "mailing", "telemarketing", "fair", "Roadshow"}).Draw(t, "kind"),
				Territories: namesGen(rapid.SampledFrom([]string{"T1", "T2", "Süd/Baden-Württemberg", "Nord West/Unter Elbe"}), "").Draw(t, "territories"),
				Classes:     slices.Compact(rapid.SampledFrom([][]model.Class{nil, {"A"}, {"A", "B"}, {"C"}}).Draw(t, "classes")),
				Start:       start, End: min(start+model.Date(rapid.IntRange(0, 60).Draw(t, "days")), model.LastDate),
				Status: rapid.SampledFrom([]model.CampaignStatus{"draft", "planned", "cancelled"}).Draw(t, "status"), Owner: str("owner"), Goal: str("goal"), Note: note()}
		case model.TableAbsences:
			a := model.Absence{Rep: code(), From: dayGen(false).Draw(t, "from"), Weekdays: rapid.SampledFrom([][]string{nil, {"Fr"}, {"Mo", "Tu", "We"}, {"Sa", "Su"}}).Draw(t, "weekdays"),
				Kind: rapid.SampledFrom([]string{"holiday", "sick", "training", "other", "Bildungsurlaub"}).Draw(t, "kind"), Cover: word.Draw(t, "cover"), Note: note(), Ref: word.Draw(t, "id")}
			if a.To = min(a.From+model.Date(rapid.IntRange(0, 30).Draw(t, "days")), model.LastDate); len(a.Weekdays) > 0 && rapid.Bool().Draw(t, "for good") {
				a.To = 0
			}
			if rapid.Bool().Draw(t, "timed") {
				a.FromTime, a.ToTime = model.NewClock(rapid.IntRange(0, 11).Draw(t, "hour"), 30), model.NewClock(rapid.IntRange(12, 23).Draw(t, "hour"), 0)
			}
			return a
		default:
			return model.PlannedVisit{Rep: code(), Date: dayGen(false).Draw(t, "date"), Account: code(), Time: clockGen().Draw(t, "time"), Minutes: rapid.IntRange(0, 600).Draw(t, "minutes")}
		}
	})
}

func TestWhatIsWrittenReadsBack(t *testing.T) {
	for i, table := range model.Tables {
		if cores.RaceDetector && i%5 != 0 { // the others without it: one goroutine has no races
			continue
		}
		path := filepath.Join(t.TempDir(), "table")
		check := func(t require.TestingT, tb testing.TB, format Format, locale Locale, records []model.Record) {
			var out bytes.Buffer
			require.NoError(t, Write(&out, format, locale, RecordsIn(table, locale, Records(table, slices.Values(records)))))
			require.NoError(t, os.WriteFile(path, out.Bytes(), 0o600))
			got := readFile(tb, path, Options{})
			require.Equal(t, table, got.mapping.Table)
			require.Empty(t, got.problems)
			require.Len(t, got.records, len(records))
			for i := range records {
				require.True(t, Equal(records[i], got.records[i]), "%#v\n%#v", records[i], got.records[i])
			}
		}
		t.Run(string(table), func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				records := rapid.SliceOfN(recordGen(table), 1, 3).Draw(rt, "records")
				check(rt, t, CSV, rapid.SampledFrom([]Locale{English, German}).Draw(rt, "locale"), records)
			})
			// Workbooks are slow to make: few of them, with many records each.
			records := rapid.SliceOfN(recordGen(table), 40, 40)
			for seed := range 3 {
				check(t, t, XLSX, [...]Locale{English, German, German}[seed], records.Example(seed))
			}
		})
	}
}

func TestAWorkbookOfEverythingReadsBackWhole(t *testing.T) {
	var sheets []Sheet
	want := map[model.Table][]model.Record{}
	for seed, table := range model.Tables {
		want[table] = rapid.SliceOfN(recordGen(table), 3, 3).Example(seed)
		sheets = append(sheets, Records(table, slices.Values(want[table])))
	}
	path := filepath.Join(t.TempDir(), "all.xlsx")
	require.NoError(t, WriteFile(path, func(w io.Writer) error { return WriteXLSX(w, sheets...) }))
	files, err := OpenAll(path, Options{})
	require.NoError(t, err)
	require.Len(t, files, len(model.Tables))
	require.NoError(t, files[0].Close(), "the others can still be read")
	for i, f := range files[1:] {
		m, err := f.Mapping()
		require.NoError(t, err)
		require.Equal(t, model.Tables[i+1], m.Table)
		r, err := f.Read(m)
		require.NoError(t, err)
		batch, err := r.Next(context.Background())
		require.NoError(t, err)
		require.Len(t, batch.Rows, len(want[m.Table]))
		for k, row := range batch.Rows {
			require.True(t, Equal(want[m.Table][k], row.Record))
		}
		require.NoError(t, r.Close())
		require.NoError(t, f.Close())
	}
	files, err = OpenAll(path, Options{Sheet: "visits"})
	require.NoError(t, err)
	require.Len(t, files, 1)
	require.NoError(t, files[0].Close())
}

func TestMerge(t *testing.T) {
	full := model.Account{Code: "K-1", Name: "Holz Maier", Territory: "T1", Class: "A", Phone: "0711", Note: "by hand", Placed: model.PlacedTown,
		At: model.Coordinates{Lat: 48, Lon: 9}}
	read := func(text string) Row { return readText(t, text, Options{As: model.TableAccounts}).rows[0] }

	row := read("code,name,class,phone\nK-1,Holz Maier KG,,\n")
	want := full
	want.Name = "Holz Maier KG"
	require.Equal(t, want, Merge(full, row.Record, row.Present, false), "empty cells and columns that are not there keep the fields")

	want.Phone, want.Class = "", model.ClassC
	require.Equal(t, want, Merge(full, row.Record, row.Present, true), "the file knows better")

	row = read("code,name,lat,lon\nK-1,Holz Maier,\"48,5\",\"9,5\"\n")
	want = full
	want.At, want.Placed = model.Coordinates{Lat: 48.5, Lon: 9.5}, model.PlacedFile
	require.Equal(t, want, Merge(full, row.Record, row.Present, false))

	row = read("code,name,lat,lon\nK-1,Holz Maier,0,0\n")
	require.Equal(t, full, Merge(full, row.Record, row.Present, false), "0,0 is no place")

	visit := model.Visit{Account: "K-1", Date: date(2026, 3, 4), Kind: model.VisitNotMet, Guests: []string{"Jan"}}
	row = readText(t, "account,date,kind,note\nK-1,2026-03-04,,hello\n", Options{}).rows[0]
	merged := Merge(visit, row.Record, row.Present, false).(model.Visit)
	require.Equal(t, model.VisitNotMet, merged.Kind)
	require.Equal(t, "hello", merged.Note)
	require.Equal(t, []string{"Jan"}, merged.Guests)
}

func TestMergeProperties(t *testing.T) {
	for i, table := range model.Tables {
		if cores.RaceDetector && i%5 != 0 { // the others without it: one goroutine has no races
			continue
		}
		t.Run(string(table), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "t.csv")
			rapid.Check(t, func(rt *rapid.T) {
				existing := recordGen(table).Draw(rt, "existing")
				var out bytes.Buffer
				require.NoError(rt, WriteCSV(&out, English, Records(table, slices.Values([]model.Record{existing}))))
				require.NoError(rt, os.WriteFile(path, out.Bytes(), 0o600))
				row := readFile(t, path, Options{}).rows[0]
				for _, overwrite := range []bool{false, true} {
					require.True(rt, Equal(existing, Merge(existing, row.Record, row.Present, overwrite)), "the same file changes nothing")
				}
				other := recordGen(table).Draw(rt, "other")
				merged := Merge(other, row.Record, row.Present, false)
				require.True(rt, Equal(merged, Merge(merged, row.Record, row.Present, false)), "the second time changes nothing")
				require.True(rt, Equal(existing, Merge(other, row.Record, row.Present, true)), "a whole file that knows better is the record")
				require.True(rt, Equal(other, Merge(other, row.Record, ColumnSet{}, true)), "no columns, no change")
			})
		})
	}
	require.True(t, Equal(nil, nil))
	require.False(t, Equal(model.Visit{}, nil))
	require.False(t, Equal(model.Visit{}, model.Call{}))
	require.True(t, Equal(model.Visit{Guests: []string{}}, model.Visit{}))
}

func TestTemplates(t *testing.T) {
	for _, locale := range []Locale{English, German} {
		dir := filepath.Join(t.TempDir(), "templates")
		paths, err := WriteTemplates(dir, locale)
		require.NoError(t, err)
		require.Len(t, paths, len(model.Tables))
		for i, path := range paths {
			got := readFile(t, path, Options{})
			require.Equal(t, model.Tables[i], got.mapping.Table, path)
			require.Empty(t, got.mapping.Unknown())
			require.Empty(t, got.records)
			require.Empty(t, got.problems)
			require.Equal(t, map[Reason]int{SkipComment: 1}, got.counts.LeftOut)

			// The example is one: without its mark it is a row.
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			got = readText(t, strings.Replace(string(text), "\n# ", "\n", 1), Options{})
			require.Empty(t, got.problems, path)
			require.Len(t, got.records, 1, path)
		}
		_, err = WriteTemplates(dir, locale)
		require.Equal(t, ReasonExists, reasonOf(t, err))
	}
}
