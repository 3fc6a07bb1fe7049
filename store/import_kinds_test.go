package store

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

func TestRunningNumbersOfAnotherListOverwriteNobody(t *testing.T) {
	s := open(t)
	importFiles(t, s, ImportOptions{}, write(t, "a.csv", "Nr.;Firma;PLZ;Ort\n1;Holz Maier;89073;Ulm\n2;Farben Roth;89075;Ulm\n"))
	path := write(t, "b.csv", "Nr.;Firma;PLZ;Ort\n1;Eisen Kern;89073;Ulm\n2;Holz Maier;89073;Ulm\n3;Neu;89073;Ulm\n")
	f, err := exchange.Open(path, exchange.Options{})
	require.NoError(t, err)
	defer f.Close()
	m, err := f.Mapping()
	require.NoError(t, err)
	_, err = s.Import(context.Background(), lead, []Source{{f, m}}, ImportOptions{})
	var asked *exchange.FileError
	require.ErrorAs(t, err, &asked)
	require.Equal(t, ReasonRunningNumbers, asked.Reason)
	require.Equal(t, []string{"Nr.", "1, 2"}, asked.Args)
	require.Equal(t, "Holz Maier", accountsOf(t, s)["1"].Name)

	// Names that change a little, and one that changes wholly, are no such list.
	report := importFiles(t, s, ImportOptions{}, write(t, "c.csv", "Nr.;Firma;PLZ;Ort\n1;Maier Holzbau GmbH;89073;Ulm\n2;Ganz Anders AG;89075;Ulm\n"))[0]
	require.Equal(t, 2, report.Tally.Changed)
	require.Equal(t, ReasonRenamed, report.Groups[0].Reason)
}

func TestOneNameWithTwoNumbersIsTwoCustomers(t *testing.T) {
	s := open(t)
	path := write(t, "a.csv", "Firma;Straße;PLZ;Ort;Telefon\nMuster;Weg 2;70173;Stuttgart;0711 222222\nMuster;Weg 2;70173;Stuttgart;0711 333333\nMüller;;;Ulm;0731 555555\nMÜLLER;;;Ulm;0731 666666\n")
	require.Equal(t, 4, importFiles(t, s, ImportOptions{}, path)[0].Tally.Added)
	require.Zero(t, importFiles(t, s, ImportOptions{}, path)[0].Tally, "the same file changes nothing")
	turned := write(t, "b.csv", "Firma;Straße;PLZ;Ort;Telefon\nMÜLLER;;;Ulm;0731 666666\nMuster;Weg 2;70173;Stuttgart;0711 333333\nMuster;Weg 2;70173;Stuttgart;0711 222222\nMüller;;;Ulm;0731 555555\n")
	require.Zero(t, importFiles(t, s, ImportOptions{}, turned)[0].Tally, "nor does another order")
}

func TestACodeWithTheZeroOfASpreadsheetIsFound(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "100017", Name: "Holz"})
	require.Equal(t, 1, importFiles(t, s, ImportOptions{}, write(t, "besuche.csv", "Kd-Nr.;Datum;Mitarbeiter\n100017.0;04.03.2026;Ida\n"))[0].Tally.Added)
}

func TestAListOfAccountsNamesWhomOneTalksTo(t *testing.T) {
	s := open(t)
	path := write(t, "kunden.csv", "Kd-Nr.;Firma;Ansprechpartner;Funktion;Telefon;PLZ;Ort\n1;Holz;Eva Maier;Einkauf;0731 111111;89073;Ulm\n1;Holz;Ole Igel;Technik;0731 222222;89073;Ulm\n2;Roth;;;0731 333333;89073;Ulm\n")
	require.Equal(t, 2, importFiles(t, s, ImportOptions{}, path)[0].Persons)
	require.Equal(t, "0731 111111", accountsOf(t, s)["1"].Phone, "the first row holds")
	got, err := s.Get(model.Contact{Account: "1", Name: "Ole Igel"}.Key())
	require.NoError(t, err)
	require.Equal(t, model.Contact{Account: "1", Name: "Ole Igel", Function: "Technik", Phone: "0731 222222"}, got)
	again := importFiles(t, s, ImportOptions{}, path)[0]
	require.Zero(t, again.Persons+again.Tally.Added+again.Tally.Changed, "the same file changes nothing")

	importFiles(t, s, ImportOptions{}, write(t, "lexware.csv", "Kundennummer;Firma;Vorname;Name;Ort\n7;Kern KG;Rolf;Kern;Ulm\n8;;Ida;Specht;Ulm\n"))
	require.Equal(t, "Kern KG", accountsOf(t, s)["7"].Name)
	_, err = s.Get(model.Contact{Account: "7", Name: "Rolf Kern"}.Key())
	require.NoError(t, err)
	require.Equal(t, "Ida Specht", accountsOf(t, s)["8"].Name, "a person without a company is the customer")
}
