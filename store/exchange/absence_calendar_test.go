package exchange

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// No event of a calendar is left out, or taken otherwise than it stands there, without a word.
func TestEventsThatAreNotTakenAsTheyStandAreSaid(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	for _, c := range []struct {
		name, event string
		taken       int
		why         Reason
		to          model.Date // of what is taken; 0: for good
	}{
		{"whole days", "DTSTART;VALUE=DATE:20260501\nDTEND;VALUE=DATE:20260503", 1, "", date(2026, 5, 2)},
		{"a zone", "DTSTART;TZID=Europe/Berlin:20260501T090000\nDTEND;TZID=Europe/Berlin:20260501T120000", 1, "", date(2026, 5, 1)},
		{"as Outlook calls it", "DTSTART;TZID=W. Europe Standard Time:20260501T090000\nDTEND;TZID=W. Europe Standard Time:20260501T120000", 1, "", date(2026, 5, 1)},
		{"with its maker", "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20260501T090000\nDTEND;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20260501T120000", 1, "", date(2026, 5, 1)},
		{"no zone", "DTSTART;TZID=Mars/Olympus:20260501T090000\nDTEND;TZID=Mars/Olympus:20260501T120000", 0, ReasonEventZone, 0},
		{"the end before the start", "DTSTART;VALUE=DATE:20261231\nDTEND;VALUE=DATE:20260101", 0, ReasonEventRange, 0},
		{"beyond all days", "DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:99991231", 0, ReasonEventRange, 0},
		{"without an end", "DTSTART:20260501T090000Z", 0, ReasonEventRange, 0},
		{"without a start", "DTEND;VALUE=DATE:20260101", 0, ReasonEventRange, 0},
		{"every year", "DTSTART;VALUE=DATE:20260501\nDTEND;VALUE=DATE:20260502\nRRULE:FREQ=YEARLY", 1, ReasonEventRule, date(2026, 5, 1)},
		{"every other week", "DTSTART;VALUE=DATE:20260501\nDTEND;VALUE=DATE:20260502\nRRULE:FREQ=WEEKLY;INTERVAL=2", 1, ReasonEventRule, date(2026, 5, 1)},
		{"every week", "DTSTART;VALUE=DATE:20260501\nDTEND;VALUE=DATE:20260502\nRRULE:FREQ=WEEKLY;BYDAY=FR", 1, "", 0},
		{"five times", "DTSTART;VALUE=DATE:20260501\nDTEND;VALUE=DATE:20260502\nRRULE:FREQ=WEEKLY;COUNT=5", 1, "", date(2026, 5, 29)},
		{"five times on two days", "DTSTART;VALUE=DATE:20260501\nDTEND;VALUE=DATE:20260502\nRRULE:FREQ=WEEKLY;BYDAY=MO,FR;COUNT=5", 1, "", date(2026, 5, 15)},
		{"with an exception", "DTSTART;VALUE=DATE:20260501\nDTEND;VALUE=DATE:20260502\nRRULE:FREQ=WEEKLY;BYDAY=FR\nEXDATE;VALUE=DATE:20260508", 1, ReasonEventRule, 0},
		{"free", "DTSTART;VALUE=DATE:20260501\nDTEND;VALUE=DATE:20260503\nTRANSP:TRANSPARENT", 0, "", 0},
	} {
		text := "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nSUMMARY:Urlaub\n" + c.event + "\nEND:VEVENT\nEND:VCALENDAR\n"
		list, odd, err := ReadAbsences(strings.NewReader(strings.ReplaceAll(text, "\n", "\r\n")), "R1", berlin)
		require.NoError(t, err, c.name)
		require.Len(t, list, c.taken, c.name)
		if c.taken > 0 {
			require.Equal(t, c.to, list[0].To, c.name)
			if list[0].FromTime != 0 {
				require.Equal(t, model.NewClock(9, 0), list[0].FromTime, c.name)
			}
		}
		if c.why == "" {
			require.Empty(t, odd, c.name)
		} else {
			require.Len(t, odd, 1, c.name)
			require.Equal(t, c.why, odd[0].Why, c.name)
			require.Equal(t, "Urlaub", odd[0].Title)
		}
	}
}
