package command

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAnEncodingInDoubtIsSaidWithTheFlagThatDecides(t *testing.T) {
	d := newDesk(t)
	path := file(t, "kunden.csv", "Kd-Nr.;Firma;Ort\nN1;Zi\xeaba;Bonn\n")
	require.Contains(t, d.done("import", path, "--lang", "de"), "Gelesen als windows-1252: „Ziêba“. --encoding windows-1250 läse „Zięba“.")
	require.NotContains(t, d.done("import", path, "--encoding", "windows-1250"), "in doubt")
	require.Contains(t, d.done("export", "accounts"), "Zięba")
}

func TestPostcodesOfAFileAssignOnlyWhereAsked(t *testing.T) {
	d := newDesk(t)
	d.done("import", file(t, "kunden.csv", "Kd-Nr.;Firma;PLZ;Ort\n1;Eins;20097;Hamburg\n2;Zwei;80333;München\n"))
	areas := file(t, "gebiete.csv", "Gebiet;PLZ\nNord;20097\n")
	require.Contains(t, d.done("import", areas), "1 account without a territory lies in these postcodes: --assign, or doppelpass ready postcodes, assigns it")
	require.Contains(t, d.done("import", areas, "--assign", "--dry-run"), "1 account without a territory lies in these postcodes and would come into the territory")
	require.Contains(t, d.done("ready"), "doppelpass ready postcodes")
	require.Contains(t, d.done("import", areas, "--assign"), "is in the territory now")
	require.Contains(t, d.done("export", "accounts"), "1,Eins,Nord")
}

func TestResultsOfCallsWithoutADayAskForIt(t *testing.T) {
	d := newDesk(t)
	d.done("import", file(t, "kunden.csv", "Kd-Nr.;Firma\n1;Eins\n2;Zwei\n"))
	path := file(t, "liste.csv", "Kd-Nr.;Firma;PLZ;Telefon;Anrufergebnis\n1;Eins;70173;0711 555123;erreicht\n2;Zwei;45631;0711 555124;keine Anrufe mehr\n")
	said := d.refused(codeFailed, "import", path, "--lang", "de")
	require.Contains(t, said, "sieht aus wie Anrufe")
	require.Contains(t, said, "keine Spalte sagt den Tag; --as calls --day TAG sagt ihn für alle Zeilen (gespeichert wurde die Datei am ")
	require.NotContains(t, d.done("export", "calls"), "reached", "nothing is taken on a day that nobody said")
	d.refused(codeUsage, "import", path, "--as", "calls", "--day", "nonsense")
	d.done("import", path, "--as", "calls", "--day", "20.11.")
	require.Contains(t, d.done("export", "calls"), "2,2026-11-20,,,opt-out")
	require.Contains(t, d.done("import", path, "--as", "calls", "--day", "2026-11-20"), "2 unchanged")
}

// What an import would make of accounts is said before it is done: their classes, their
// territories, and that what was sold is kept as what could be.
func TestATrialSaysWhereNewAccountsComeAndWhatRevenueBecomes(t *testing.T) {
	d := newDesk(t)
	d.done("import", file(t, "gebiete.csv", "code,name,postcodes\nN,Nord,2\n"))
	path := file(t, "kunden.csv", "Kd-Nr.;Firma;PLZ;Ort;Umsatz;Klasse\n1;Eins;22085;Hamburg;5000;A\n2;Zwei;22087;Hamburg;4000;B\n3;Drei;89073;Ulm;3000;B\n")
	said := d.done("import", "--dry-run", path)
	require.Contains(t, said, "new accounts by class: A 1, B 2 · by territory: Nord 2, in no territory 1")
	require.Contains(t, said, `"Umsatz" is kept as potential`)
	require.NotContains(t, d.done("import", "--dry-run", "--map", "Umsatz=", path), "potential")
	other := file(t, "potenzial.csv", "Kd-Nr.;Firma;Jahrespotenzial\n4;Vier;5000\n")
	require.NotContains(t, d.done("import", "--dry-run", other), "is kept as")
}
