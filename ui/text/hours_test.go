package text

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOpeningHoursInTheReadersLanguage(t *testing.T) {
	for _, c := range []struct{ written, german, english string }{
		{"Mo-Th 08:00-16:00; Fr 08:00-13:00", "Mo–Do 8:00–16:00; Fr 8:00–13:00", "Mon–Thu 8:00–16:00; Fri 8:00–13:00"},
		{"Mo-Fr 8-12, 13-17 Uhr", "Mo–Fr 8:00–12:00, 13:00–17:00", "Mon–Fri 8:00–12:00, 13:00–17:00"},
		{"Mon-Fri 9-5, closed Sundays", "Mo–Fr 9:00–17:00; So geschlossen", "Mon–Fri 9:00–17:00; Sun closed"},
		{"24/7", "täglich rund um die Uhr", "daily round the clock"},
		{"Mo-Sa 8-20, Sonn- und Feiertage geschlossen", "Mo–Sa 8:00–20:00; So, Feiertage geschlossen", "Mon–Sat 8:00–20:00; Sun, public holidays closed"},
		{"Nov-Mar Mo-Fr ab 8 Uhr", "Nov–Mär Mo–Fr ab 8:00", "Nov–Mar Mon–Fri from 8:00"},
		{"Mo-Fr 8-12, Sa nach Vereinbarung", "Mo–Fr 8:00–12:00; Sa nach Vereinbarung", "Mon–Fri 8:00–12:00; Sat by appointment"},
		{"Fr 20:00-02:00", "Fr 20:00–2:00", "Fri 20:00–2:00"},
		{"Mo-Fr 08:00-12:00 \"Hof\"", "Mo–Fr 8:00–12:00 (Hof)", "Mon–Fri 8:00–12:00 (Hof)"},
	} {
		for language, want := range map[Language]string{German: c.german, English: c.english} {
			said, ok := New(language).HoursWritten(c.written)
			require.True(t, ok, c.written)
			require.Equal(t, want, said)
		}
	}
	said, ok := New(German).HoursWritten("nach Vereinbarung")
	require.False(t, ok)
	require.Equal(t, "nach Vereinbarung", said, "what cannot be read stands as it was written")
}
