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
