package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const holidays = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Somebody//Calendar//EN
BEGIN:VEVENT
UID:1@example.com
DTSTAMP:20261101T000000Z
DTSTART;VALUE=DATE:20261221
DTEND;VALUE=DATE:20270109
SUMMARY:Urlaub
END:VEVENT
BEGIN:VEVENT
UID:2@example.com
DTSTAMP:20261101T000000Z
DTSTART;VALUE=DATE:20261127
SUMMARY:Teilzeit
RRULE:FREQ=WEEKLY;BYDAY=FR
END:VEVENT
BEGIN:VEVENT
UID:3@example.com
DTSTAMP:20261101T000000Z
DTSTART;VALUE=DATE:20261210
SUMMARY:Geburtstag Oma
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
`

func TestAbsencesAreEnteredTakenFromACalendarAndKept(t *testing.T) {
	d := withDemo(t)
	rep := aRep(t, d)
	path := filepath.Join(t.TempDir(), "holidays.ics")
	require.NoError(t, os.WriteFile(path, []byte(strings.ReplaceAll(holidays, "\n", "\r\n")), 0o600))
	require.Contains(t, d.done("absences", "import", path, "--rep", rep.Code), "2 absences of "+rep.Name)
	require.Contains(t, d.done("absences", "import", path, "--rep", rep.Name), "2 unchanged")
	list := d.done("absences", "list", "--rep", rep.Code, "--lang", "de")
	require.Contains(t, list, "21.12. – 08.01.")
	require.Contains(t, list, "Urlaub")
	require.NotContains(t, list, "Oma")
	d.done("absences", "add", "--rep", rep.Code, "--from", "2026-12-08", "--from-time", "10:00", "--to-time", "12:00", "--kind", "training")
	d.refused(codeUsage, "absences", "add", "--rep", "nobody", "--from", "2026-12-08")
	d.refused(codeUsage, "absences", "add", "--rep", rep.Code)
	d.refused(codeUsage, "absences", "import", path)

	// The plan keeps to them, and says so in every form.
	week := planned(t, d, "--rep", rep.Code, "--week", "2026-W52")
	for _, day := range week.Reps[0].Days {
		require.True(t, day.Off)
		require.Equal(t, "holiday", day.Away[0].Kind)
	}
	table := d.done("plan", "--rep", rep.Code, "--week", "2026-W52", "--iterations", "50", "--lang", "de")
	require.Contains(t, table, "Urlaub bis 08.01.")
	require.Contains(t, d.done("plan", "--rep", rep.Code, "--week", "2026-W52", "--iterations", "50", "--ics", "-"), "DTSTART;VALUE=DATE:20261222")

	// They go out and come back as a table.
	out := d.done("export", "absences")
	require.Contains(t, out, rep.Code+",2026-12-21,2027-01-08,,,,holiday")
	require.Contains(t, out, "Fr")
	file := filepath.Join(t.TempDir(), "absences.csv")
	require.NoError(t, os.WriteFile(file, []byte(out), 0o600))
	require.Contains(t, d.done("import", file), "3 unchanged")
	d.done("undo")
}

func TestTheVisitsOfAnAbsenceStandUnlessSomethingIsSaidOfThem(t *testing.T) {
	d := handed(t)
	add := []string{"absences", "add", "--rep", "R1", "--from", "2026-11-30", "--to", "2026-12-04"}
	require.Contains(t, d.done(add...), "K. Sommer has 2 confirmed visits in this time; they stand.")
	require.Equal(t, map[string]int{"R1": 2}, whose(t, d))
	d.done("undo")
	require.Contains(t, d.refused(codeUsage, append(add, "--plans", "hand-over")...), "--cover is missing")
	require.Contains(t, d.refused(codeUsage, append(add, "--cover", "R1")...), "Nobody covers for themselves")
	require.Contains(t, d.done(append(add, "--cover", "R2", "--plans", "hand-over")...), "2 confirmed visits handed over.")
	require.Equal(t, map[string]int{"R2": 2}, whose(t, d))
	d.done("undo")
	require.Equal(t, map[string]int{"R1": 2}, whose(t, d), "one step")
	d.done(append(add, "--plans", "free")...)
	require.Empty(t, whose(t, d))
}
