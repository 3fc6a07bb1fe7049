package command

// Clocks: the day is the one that the person's own clock shows, wherever they are and
// however the clock was put; a day or a week that does not exist is none.

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTheDayIsTheOneOfThePersonsClock(t *testing.T) {
	zone := func(name string) *time.Location {
		place, err := time.LoadLocation(name)
		require.NoError(t, err)
		return place
	}
	berlin, york, kiritimati, pago := zone("Europe/Berlin"), zone("America/New_York"), zone("Pacific/Kiritimati"), zone("Pacific/Pago_Pago")
	utc := func(text string) time.Time {
		at, err := time.Parse("2006-01-02 15:04", text)
		require.NoError(t, err)
		return at
	}
	d := withDemo(t)
	account := strings.Split(strings.Split(d.done("export", "accounts", "-o", "-"), "\n")[1], ",")[0]
	for name, c := range map[string]struct {
		now  time.Time
		day  string
		next string
	}{
		"an hour before midnight":               {utc("2026-11-24 22:30").In(berlin), "2026-11-24", "2026-11-25"},
		"after midnight, the day before in UTC": {utc("2026-11-24 23:30").In(berlin), "2026-11-25", "2026-11-26"},
		"the hour that is left out":             {utc("2026-03-29 01:00").In(berlin), "2026-03-29", "2026-03-30"},
		"before the hour that comes twice":      {utc("2026-10-24 22:10").In(berlin), "2026-10-25", "2026-10-26"},
		"the hour that comes twice, first":      {utc("2026-11-01 05:30").In(york), "2026-11-01", "2026-11-02"},
		"the hour that comes twice, then":       {utc("2026-11-01 06:30").In(york), "2026-11-01", "2026-11-02"},
		"where the day begins":                  {utc("2026-11-24 10:30").In(kiritimati), "2026-11-25", "2026-11-26"},
		"where the day ends":                    {utc("2026-11-24 10:30").In(pago), "2026-11-23", "2026-11-24"},
		"a leap day":                            {utc("2028-02-29 12:00").In(berlin), "2028-02-29", "2028-03-01"},
		"the last day of a year":                {utc("2026-12-31 22:59").In(berlin), "2026-12-31", "2027-01-01"},
	} {
		t.Run(name, func(t *testing.T) {
			d := *d
			d.t, d.now = t, c.now
			require.True(t, strings.HasPrefix(d.done("signals", "--json"), `{"today": "`+c.day+`"`))
			require.Contains(t, d.refused(codeUsage, "visit", "add", account, "--date", c.next), "--date")
			before := strings.Count(d.done("export", "visits", "-o", "-"), account+","+c.day)
			d.done("visit", "add", account)
			require.Equal(t, before+1, strings.Count(d.done("export", "visits", "-o", "-"), account+","+c.day), "it is logged on that day")
			// The clock is put back by a day and a half: what was done last is still undone first.
			d.now = c.now.Add(-36 * time.Hour)
			d.done("undo")
			require.Equal(t, before, strings.Count(d.done("export", "visits", "-o", "-"), account+","+c.day))
			require.Contains(t, d.done("check"), "All is well")
		})
	}
}

func TestDaysAndWeeksThatDoNotExistAreNone(t *testing.T) {
	d := withDemo(t)
	rep := strings.Split(strings.Split(d.done("export", "reps", "-o", "-"), "\n")[1], ",")[0]
	account := strings.Split(strings.Split(d.done("export", "accounts", "-o", "-"), "\n")[1], ",")[0]
	require.Contains(t, d.done("plan", "--rep", rep, "--week", "2026-W53", "--iterations", "10"), "28 Dec")
	require.Contains(t, d.done("plan", "--rep", rep, "--week", "2027-01-01", "--iterations", "10"), "W53", "the first days of 2027 lie in the last week of 2026")
	for _, week := range []string{"2027-W53", "2026-W54", "2026-W00", "2027-02-29"} {
		require.Contains(t, d.refused(codeUsage, "plan", "--rep", rep, "--week", week), week)
	}
	for _, day := range []string{"2026-02-29", "2024-02-30", "2026-11-31", "2026-13-01"} {
		require.Contains(t, d.refused(codeUsage, "visit", "add", account, "--date", day), day)
	}
	file := filepath.Join(t.TempDir(), "visits.csv")
	require.NoError(t, os.WriteFile(file, []byte("account,date,rep,id\n"+account+",2024-02-29,"+rep+",leap\n"+account+",2025-02-29,"+rep+",nosuchday\n"+account+",2026-10-25,"+rep+",long day\n"), 0o600))
	o := d.run("import", file)
	require.Contains(t, o.output+o.errors, "2025-02-29")
	visits := d.done("export", "visits", "-o", "-")
	require.Contains(t, visits, account+",2024-02-29")
	require.NotContains(t, visits, "nosuchday")
	require.Contains(t, visits, "long day")
}

// A zone that is not known is said: the day would begin at another hour without a word.
func TestAZoneThatIsNotKnownIsNoticed(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	for name, local := range map[string]*time.Location{"": time.UTC, ":": time.UTC, "UTC": time.UTC, ":UTC": time.UTC, "Europe/Berlin": berlin} {
		require.False(t, unknownZone(name, local), name)
	}
	for _, name := range []string{"Europe/Nowhere", "CET-1CEST,M3.5.0,M10.5.0/3", "/none/localtime"} {
		require.True(t, unknownZone(name, time.UTC), name)
	}
}
