package words

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/text"
)

// A step that one person makes in German another reads in English.
func TestASubjectIsReadInTheReadersLanguage(t *testing.T) {
	de, en := text.New(text.German), text.New(text.English)
	monday := model.NewDate(2026, 11, 30)
	settings := model.DefaultSettings()
	other := settings
	other.Classes[0].Interval, other.Horizon = 14, 50
	horizon := func(p *text.Printer) string {
		return p.T("rules.horizon") + " " + p.N("rules.unit.days", 50, text.Args{"Value": "50"})
	}
	for _, c := range []struct{ kept, de, en string }{
		{"Metallbau Ostertag & Co.", "Metallbau Ostertag & Co.", "Metallbau Ostertag & Co."},
		{"", "", ""},
		{CountSubject(model.TableAccounts, 1200), "1.200 Kunden", "1,200 accounts"},
		{CountSubject(model.TableVisits, 1), "1 Besuch", "1 visit"},
		{DaySubject("Metallbau", monday), "Metallbau, 30.11.2026", "Metallbau, 30 Nov 2026"},
		{WeekSubject("K. Sommer", monday), "K. Sommer · KW 49", "K. Sommer · W49"},
		{WeekSubject("", monday), "Alle Regionen · KW 49", "All regions · W49"},
		{WeekSubject("Sommer, K.", monday) + SubjectSeparator + WeekSubject("J. Weber", monday+7), "Sommer, K. · KW 49, J. Weber · KW 50", "Sommer, K. · W49, J. Weber · W50"},
		{WeeksSubject("K. Sommer", monday, monday+49), "K. Sommer · KW 49 – KW 03", "K. Sommer · W49 – W03"},
		{WeeksSubject("K. Sommer", monday, monday+4) + SubjectSeparator + WeeksSubject("J. Weber", monday, monday+7), "K. Sommer · KW 49, J. Weber · KW 49 – KW 50", "K. Sommer · W49, J. Weber · W49 – W50"},
		{WeekSubject("J. Weber", model.NewDate(2027, 1, 1)), "J. Weber · KW 53", "J. Weber · W53"},
		{RulesSubject(settings, other), "Klassen und " + horizon(de), "Classes and " + horizon(en)},
		{"no-such-rule=4", "no-such-rule=4", "no-such-rule=4"},
		{"kunden.csv, besuche.xlsx", "kunden.csv, besuche.xlsx", "kunden.csv, besuche.xlsx"},
		{"12 Kunden", "12 Kunden", "12 Kunden"}, // as earlier versions kept it
	} {
		require.Equal(t, c.de, Subject(de, c.kept))
		require.Equal(t, c.en, Subject(en, c.kept))
	}
	require.Equal(t, "Account changed: 3 accounts", Step(en, store.Entry{Action: "account.edit", Subject: CountSubject(model.TableAccounts, 3)}))
}
