package store

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

func optedOut(t testing.TB, s *Store, phone string) bool {
	t.Helper()
	hash, err := s.NumberHash()
	require.NoError(t, err)
	number := hash(phone, "DE")
	if number == "" {
		return false
	}
	lines, err := s.OptOuts("", number)
	require.NoError(t, err)
	return len(lines) > 0
}

func TestALaterFileLiftsNoWishNotToBeCalled(t *testing.T) {
	s := open(t)
	importFiles(t, s, ImportOptions{}, write(t, "a.csv", "Kd-Nr.;Firma;Telefon;Anrufsperre\n1;Holz;0731 123456;ja\n"))
	report := importFiles(t, s, ImportOptions{OverwriteEmpty: true}, write(t, "b.csv", "Kd-Nr.;Firma;Telefon;Anrufsperre\n1;Holz;0731 123456;nein\n"))[0]
	require.Equal(t, 1, report.StillNo)
	require.Equal(t, 1, report.Same)
	require.True(t, accountsOf(t, s)["1"].DoNotCall)
}

func TestTheNumbersOfAContactThatWantsNoCallsAreInTheBook(t *testing.T) {
	s := open(t)
	path := write(t, "leads.csv", "First Name,Last Name,Company,Phone,Mobile,Do Not Call\nEva,Maier,Holz,0731 123456,0171 5551234,1\nOle,Igel,Holz,0731 77777,,0\n")
	report := importFiles(t, s, ImportOptions{}, path)[0]
	require.Equal(t, 2, report.Skipped, "nobody knows the company")
	require.Equal(t, 2, report.OptOuts, "the numbers are in the book all the same")
	require.True(t, optedOut(t, s, "+49 731 123456"))
	require.True(t, optedOut(t, s, "0049-171-5551234"))
	require.False(t, optedOut(t, s, "0731 77777"))
	require.Zero(t, importFiles(t, s, ImportOptions{CreateMissing: true}, path)[0].OptOuts, "once")
}

func TestAnOptOutCountsThoughItsRowIsRefused(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "1", Name: "Holz", Phone: "0731 123456"})
	path := write(t, "anrufe.csv", "Kd-Nr.;Telefon;Anrufdatum;Ergebnis\n1;;gestern;keine Anrufe mehr\n99;0731 888888;04.03.2026;Opt-out\n98;0731 999999;04.03.2026;erreicht\n")
	report := importFiles(t, s, ImportOptions{}, path)[0]
	require.Equal(t, 3, report.Skipped)
	require.Equal(t, 2, report.OptOuts)
	require.True(t, optedOut(t, s, "0731 123456"))
	require.True(t, optedOut(t, s, "0731 888888"))
	require.False(t, optedOut(t, s, "0731 999999"))
	lines, err := s.OptOuts("1", "")
	require.NoError(t, err)
	require.Len(t, lines, 1)
}

func TestAWishHoldsForEveryNumberOfTheRow(t *testing.T) {
	s := open(t)
	path := write(t, "kunden.csv", "Kd-Nr.;Firma;Telefon;Mobil;Anrufsperre\n1;Holz;0731 123456;0171 5551234;ja\n2;Roth;0731 777777 / 0731 888888;;ja\n3;Kern;0731 999999;;nein\n")
	importFiles(t, s, ImportOptions{}, path)
	for _, phone := range []string{"0731 123456", "+49 171 5551234", "0731 777777", "0731 888888"} {
		require.True(t, optedOut(t, s, phone), phone)
	}
	require.False(t, optedOut(t, s, "0731 999999"))
	require.Zero(t, importFiles(t, s, ImportOptions{}, path)[0].OptOuts)
}

// A stray delimiter in a remark, or a cell that is missing behind, makes a row one that
// cannot be taken; what stands in front of it is still a no.
func TestAnOptOutCountsInARowThatIsCutWrongly(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "1", Name: "Holz", Phone: "0731 123456"})
	path := write(t, "anrufe.csv", "Kd-Nr.;Telefon;Anrufdatum;Ergebnis;Notiz\n1;;04.03.2026;Opt-out;nie wieder; sehr verärgert\n99;0731 888888;04.03.2026;Opt-out;nein;danke\n98;0731 999999;04.03.2026;erreicht;ja;gern\n")
	report := importFiles(t, s, ImportOptions{}, path)[0]
	require.Equal(t, 3, report.Skipped)
	require.Equal(t, 2, report.OptOuts)
	require.True(t, optedOut(t, s, "0731 123456"))
	require.True(t, optedOut(t, s, "0731 888888"))
	require.False(t, optedOut(t, s, "0731 999999"))
}

// A file that names a call again and again keeps its last word, but for a no.
func TestAnOptOutIsNotLostToTheSameCallAgain(t *testing.T) {
	rows := func(outcomes ...string) string {
		file := "ID;Kd-Nr.;Anrufdatum;Ergebnis\n"
		for _, outcome := range outcomes {
			file += "c-1;1;04.03.2026;" + outcome + "\n"
		}
		return file
	}
	many := slices.Repeat([]string{"erreicht"}, 30)
	for name, file := range map[string]string{
		"of two":  rows("Opt-out", "erreicht"),
		"of many": rows(slices.Concat(many, []string{"Opt-out"}, many)...),
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			apply(t, s, model.Account{Code: "1", Name: "Holz", Phone: "0731 123456"})
			path := write(t, "anrufe.csv", file)
			importFiles(t, s, ImportOptions{}, path)
			calls, err := s.AccountCalls("1", 0)
			require.NoError(t, err)
			require.Len(t, calls, 1)
			require.Equal(t, model.CallOptOut, calls[0].Outcome)
			require.True(t, optedOut(t, s, "0731 123456"))
			report := importFiles(t, s, ImportOptions{}, path)[0]
			require.Zero(t, report.Tally.Changed)
			requireSound(t, s)
		})
	}
}
