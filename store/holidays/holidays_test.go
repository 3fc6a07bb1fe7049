package holidays

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

func TestHolidaysOfACalendar(t *testing.T) {
	for _, test := range []struct {
		calendar, day string
		holiday       bool
	}{
		{"DE-BY", "2027-01-06", true}, {"DE-BE", "2027-01-06", false}, {"DE-ST", "2027-01-06", true},
		{"DE-BE", "2027-03-08", true}, {"DE-BE", "2018-03-08", false}, {"DE-MV", "2023-03-08", true}, {"DE-MV", "2022-03-08", false}, {"DE-BY", "2027-03-08", false},
		{"DE-BE", "2025-05-08", true}, {"DE-BE", "2026-05-08", false},
		{"DE-BY", "2025-08-15", false}, // in a part of Bavaria only
		{"DE-SL", "2025-08-15", true},
		{"DE-BY", "2026-06-04", true},                                  // Corpus Christi
		{"DE-SN", "2026-06-04", false}, {"DE-TH", "2026-06-04", false}, // in a part of them only
		{"DE-SN", "2026-11-18", true}, {"DE-BY", "2026-11-18", false}, // day of repentance
		{"DE-NI", "2018-10-31", true}, {"DE-NI", "2016-10-31", false},
		{"DE-TH", "2026-09-20", true}, {"DE", "2026-12-25", true}, {"DE", "2026-12-24", false}, {"DE", "2027-01-06", false},
		{"de-by", "2026-12-25", true}, {" DE-BY ", "2026-05-14", true},
		{"AT", "2026-12-08", true}, {"AT-9", "2026-10-26", true}, {"AT", "2026-04-03", false}, // no Good Friday
		{"CH-ZH", "2026-08-01", true}, {"CH-ZH", "2026-01-02", false}, {"CH-BE", "2026-01-02", true},
		{"CH", "2026-01-01", true}, {"CH", "2026-05-14", true}, {"CH", "2026-08-01", true}, {"CH", "2026-12-25", true},
		{"CH", "2026-05-01", false}, {"CH", "2026-12-26", false}, // not in every canton
	} {
		day, err := model.ParseDate(test.day)
		require.NoError(t, err)
		days, known := Of(test.calendar, day.Time().Year())
		require.True(t, known, test.calendar)
		require.True(t, slices.IsSorted(days))
		require.Equal(t, test.holiday, slices.Contains(days, day), "%s %s", test.calendar, test.day)
	}
}

func TestACalendarNobodyKnows(t *testing.T) {
	for _, code := range []string{"", "DE-XX", "Bavaria", "AT-10", "XX"} {
		_, known := Of(code, 2026)
		require.False(t, known, code)
	}
	codes := map[string]bool{}
	for _, c := range All() {
		require.False(t, codes[c.Code], c.Code)
		codes[c.Code] = true
		days, _ := Of(c.Code, 2026)
		require.GreaterOrEqual(t, len(days), 4, c.Code)
	}
	require.Len(t, codes, 17+1+27+5)
}
