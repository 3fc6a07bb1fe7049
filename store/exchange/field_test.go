package exchange

// Cells, encodings and sheets as they come from the field.

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/unicode"

	"doppelpass/model"
)

func TestOldEncodingsAreFoundOut(t *testing.T) {
	for _, test := range []struct {
		encoding Encoding
		names    []string
	}{
		{Windows1252, []string{"Bäckerei Müller", "Größe & Söhne", "Crème Brûlée Hélène", "Peña y Cía", "Sørensen", "Preis 5 €", "Università di Cagliari – Società"}},
		{MacRoman, []string{"Bäckerei Müller", "Größe & Söhne", "Köln", "Fürth", "Crème Hélène"}},
		{CP850, []string{"Bäckerei Müller", "Größe & Söhne", "Köln", "Grünzeug", "München"}},
		{Windows1250, []string{"Łukasz sp. z o.o.", "Žižka s.r.o.", "Święta S.A.", "Łódź", "Plzeň", "Příbram", "Gdańsk"}},
		{Windows1254, []string{"Iğdır Gıda", "Şişli Eczanesi", "Güneş Ticaret", "Doğan Yapı"}},
	} {
		text := "Kundennummer;Firma\n"
		for i, name := range test.names {
			text += strings.Repeat("0", 3) + string(rune('1'+i)) + ";" + name + "\n"
		}
		raw, err := charmaps[test.encoding].NewEncoder().String(text)
		require.NoError(t, err)
		got := readText(t, raw, Options{})
		require.Equal(t, test.encoding, got.file.Detected().Encoding)
		for i, r := range got.records {
			require.Equal(t, test.names[i], r.(model.Account).Name)
		}
	}
	little, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String("Kundennummer;Firma\n1;Müller & Söhne\n")
	require.NoError(t, err)
	got := readText(t, little, Options{})
	require.Equal(t, "Müller & Söhne", got.records[0].(model.Account).Name, "UTF-16 without a mark")
	got = readText(t, "Kundennummer;Firma\n1;Müller\n2;S\xf6hne\n", Options{})
	require.Equal(t, "Söhne", got.records[1].(model.Account).Name, "a stray byte among UTF-8")
	got = readText(t, "Kundennummer;Firma\n1;MÃ¼ller\n2;GrÃ¶ÃŸe â€“ neu\n", Options{})
	require.Equal(t, UTF8Twice, got.file.Detected().Encoding)
	require.Equal(t, "Müller", got.records[0].(model.Account).Name)
	require.Equal(t, "Größe – neu", got.records[1].(model.Account).Name)
	got = readText(t, "Kundennummer;Firma\n1;MÃO DE OBRA\n2;São João\n", Options{})
	require.Equal(t, "MÃO DE OBRA", got.records[0].(model.Account).Name, "letters that are meant")
}

func TestQuotesBehindBackslashes(t *testing.T) {
	got := readText(t, `"id";"name";"city"`+"\n"+`"1";"Probe \"Zum Hirsch\"";"Ulm"`+"\n"+`"2";"C:\\temp\\";"Bonn"`+"\n"+`"3";"\"Drei\" Probe";\N`+"\n", Options{As: "accounts"})
	var names []string
	for _, r := range got.records {
		names = append(names, r.(model.Account).Name)
	}
	require.Equal(t, []string{`Probe "Zum Hirsch"`, `C:\temp\`, `"Drei" Probe`}, names)
	got = readText(t, `"id";"name";"city"`+"\n"+`"1";"C:\";"Ulm"`+"\n", Options{As: "accounts"})
	require.Equal(t, `C:\`, got.records[0].(model.Account).Name, "a backslash that is only one")
}

func TestTelephoneNumbers(t *testing.T) {
	got := readText(t, "Kd-Nr.;Firma;Vorwahl;Telefon\n1;A;89;5551\n2;B;;'0711 555\n3;C;;4,91718E+11\n4;D;;491718000000.0\n5;E;0351;+49 351 1\n6;F;;4989555100.0\n", Options{})
	var numbers []string
	for _, r := range got.records {
		numbers = append(numbers, r.(model.Account).Phone)
	}
	require.Equal(t, []string{"089 5551", "0711 555", "", "", "+49 351 1", "4989555100"}, numbers)
	require.Len(t, got.problems, 2)
	require.Equal(t, ReasonDestroyed, got.problems[0].Reason)
	require.True(t, got.problems[0].Kept)
}

func TestIntervals(t *testing.T) {
	for cell, want := range map[string]int{
		"28": 28, "4 Wochen": 28, "monatlich": 30, "90 Tage": 90, "alle 6 Wochen": 42, "wöchentlich": 7, "quarterly": 90, "2 Monate": 60, "every 2 weeks": 14,
		"mensuel": 30, "3 mois": 90, "cada 4 semanas": 28, "halbjährlich": 180, "1x monatlich": 30, "14-tägig": 14, "half-yearly": 180, "1 Jahr": 365,
		"1x im Quartal": 90, "2x jährlich": 182, "zweimal im Jahr": 182, "4 mal pro Jahr": 91, "2/Monat": 15, "2 x wöchentlich": 3, "3 times per year": 121,
		"oft": 0, "2x im Urlaub": 0, "4 Bananen": 0, "5000": 0,
	} {
		in := &input{row: &rowState{plan: &plan{}}}
		got, wrong := visitInterval.read(in, cell)
		require.Equal(t, want, got, cell)
		require.Equal(t, want == 0, wrong.reason != "", cell)
	}
}

func TestYesNoAndConsent(t *testing.T) {
	got := readText(t, "id;name;active;do_not_call;consent;city\n1;a;t;Do Not Allow;;x\n2;b;f;Allow;widerrufen;x\n3;c;Nein;frei;erteilt;x\n4;d;oui;vielleicht;x;x\n5;e;ja;;opt-out;x\n", Options{})
	type flags struct{ inactive, noCalls bool }
	var list []flags
	for _, r := range got.records {
		a := r.(model.Account)
		list = append(list, flags{a.Inactive, a.DoNotCall})
	}
	require.Equal(t, []flags{{false, true}, {true, true}, {true, false}, {false, true}, {false, true}}, list, "what is unclear forbids; a consent taken back does")
}

func TestAddressesOfTheField(t *testing.T) {
	read := func(header, row string) model.Address {
		return readText(t, "Kd-Nr.;Firma;"+header+"\n1;A;"+row+"\n2;B;\n", Options{As: "accounts"}).records[0].(model.Account).Address
	}
	for _, test := range []struct {
		header, row string
		want        model.Address
	}{
		{"PLZ/Ort", "80331 München", model.Address{Postcode: "80331", City: "München"}},
		{"PLZ/Ort", "München 80331", model.Address{Postcode: "80331", City: "München"}},
		{"Ort", "80331 München", model.Address{Postcode: "80331", City: "München"}},
		{"PLZ;Ort", "A-1010;Wien", model.Address{Postcode: "1010", City: "Wien", Country: "AT"}},
		{"PLZ;Ort", "DE 70173;Stuttgart", model.Address{Postcode: "70173", City: "Stuttgart"}},
		{"PLZ;Ort", "01067.0;Dresden", model.Address{Postcode: "01067", City: "Dresden"}},
		{"PLZ;Ort", "1067;Dresden", model.Address{Postcode: "01067", City: "Dresden"}},
		{"PLZ;Ort", "1010;Wien", model.Address{Postcode: "1010", City: "Wien", Country: "AT"}},
		{"Adresse", "\"Am Wehr 1\n80331 München\"", model.Address{Street: "Am Wehr 1", Postcode: "80331", City: "München"}},
		{"Adresse", "Am Wehr 1 80331 München", model.Address{Street: "Am Wehr 1", Postcode: "80331", City: "München"}},
		{"Adresse", "80331 München, Am Wehr 1", model.Address{Street: "Am Wehr 1", Postcode: "80331", City: "München"}},
		{"Adresse", "1642 Sokak No 5", model.Address{Street: "1642 Sokak No 5"}},
		{"Straße;Hausnr.;PLZ", "Am Wehr;1a;80331", model.Address{Street: "Am Wehr 1a", Postcode: "80331"}},
	} {
		require.Equal(t, test.want, read(test.header, test.row), test.row)
	}
}

func TestRowsThatAreTooShort(t *testing.T) {
	got := readText(t, "Kd-Nr.,Firma,PLZ,Ort,Telefon\n1,A,80331,München,089 1\n2,B,München,089 2\n3,C,80333\n", Options{})
	require.Len(t, got.records, 2, "cells that lack at the end are empty")
	require.Equal(t, ReasonTooFewCells, got.problems[0].Reason)
	got = readText(t, "Kd-Nr.;Firma;Ort\n1;A;Ulm\nKd-Nr.;Firma;Ort\n2;B;Bonn\n", Options{})
	require.Len(t, got.records, 2, "the header once more is no row")
}

func TestSheetsOfOneHeaderAndMergedCells(t *testing.T) {
	book := excelize.NewFile()
	for i, sheet := range []string{"Januar", "Februar", "Legende"} {
		if i == 0 {
			require.NoError(t, book.SetSheetName("Sheet1", sheet))
		} else {
			_, err := book.NewSheet(sheet)
			require.NoError(t, err)
		}
	}
	for sheet, rows := range map[string][][]any{
		"Januar":  {{"Kd-Nr.", "Besuchsdatum", "Mitarbeiter"}, {"1", "2026-01-05", "Ida"}, {"", "2026-01-06", "Ida"}, {"2", "2026-01-07", "Ida"}},
		"Februar": {{"Kd-Nr.", "Besuchsdatum", "Mitarbeiter"}, {"3", "2026-02-05", "Ida"}},
		"Legende": {{"Farbe", "heißt"}, {"rot", "dringend"}},
	} {
		for i, row := range rows {
			require.NoError(t, book.SetSheetRow(sheet, "A"+string(rune('1'+i)), &row))
		}
	}
	require.NoError(t, book.MergeCell("Januar", "A2", "A3"))
	path := filepath.Join(t.TempDir(), "besuche.xlsx")
	require.NoError(t, book.SaveAs(path))
	files, err := OpenAll(path, Options{})
	require.NoError(t, err)
	require.Len(t, files, 2, "both months, not the legend")
	var accounts []string
	for _, f := range files {
		m, err := f.Mapping()
		require.NoError(t, err)
		r, err := f.Read(m)
		require.NoError(t, err)
		b, err := r.Next(t.Context())
		require.NoError(t, err)
		require.Empty(t, b.Problems)
		for _, row := range b.Rows {
			accounts = append(accounts, row.Record.(model.Visit).Account)
		}
		require.NoError(t, r.Close())
		require.NoError(t, f.Close())
	}
	require.Equal(t, []string{"1", "1", "2", "3"}, accounts)
}

func TestAnOutcomeThatSaysNobodyIsNoMetVisit(t *testing.T) {
	got := readText(t, "Kd-Nr.;Besuchsdatum;Ergebnis\n1;12.01.2026;Auftrag\n2;12.01.2026;niemand da\n3;12.01.2026;nicht angetroffen\n4;12.01.2026;Nobody there\n5;12.01.2026;Interesse\n", Options{})
	var kinds []model.VisitKind
	for _, r := range got.records {
		kinds = append(kinds, r.(model.Visit).Kind)
	}
	require.Equal(t, []model.VisitKind{model.VisitMet, model.VisitNotMet, model.VisitNotMet, model.VisitNotMet, model.VisitMet}, kinds)
}

func TestOutcomesOfCalls(t *testing.T) {
	for cell, want := range map[string]model.CallOutcome{
		"Connected": model.CallReached, "Left live message": model.CallNotReached, "Wrong number": model.CallWrongNumber, "Callback": model.CallBack, "Rückruf vereinbart": model.CallBack, "No answer": model.CallNotReached,
		"Connected - Demo Scheduled": model.CallAppointment, "nicht angetroffen": model.CallNotReached, "keine Anrufe mehr": model.CallOptOut, "wünscht Besuch": model.CallAppointment,
		"kein Interesse": model.CallDeclined, "pas de réponse": model.CallNotReached, "No contesta": model.CallNotReached, "kein Termin": model.CallReached,
		"Not interested": model.CallDeclined, "opt-out": model.CallOptOut, "nicht erreicht": model.CallNotReached, "erreicht": model.CallReached,
	} {
		got, _, ok := callWordOf(cell)
		require.True(t, ok, cell)
		require.Equal(t, want, got, cell)
	}
	_, _, ok := callWordOf("Herr Maier bittet um Unterlagen und meldet sich dann selbst wieder bei uns")
	require.False(t, ok, "a note is no outcome")
}

func TestANoToCallsForbidsThem(t *testing.T) {
	got := readText(t, "Kd-Nr.;Firma;Ort;Darf angerufen werden;Werbung erlaubt\n1;a;x;ja;nein\n2;b;x;ja;ja\n3;c;x;nein;\n4;d;x;;\n5;e;x;auf keinen Fall;\n", Options{})
	var list []bool
	for _, r := range got.records {
		a := r.(model.Account)
		list = append(list, a.DoNotCall)
		require.Equal(t, model.ConsentNone, a.Consent, "a yes is no consent on record")
	}
	require.Equal(t, []bool{true, false, true, false, true}, list, "what cannot be read forbids")
}

func TestANoteThatSaysOnlyThatNobodyWasThereIsNoVisit(t *testing.T) {
	got := readText(t, "Datum;Von;Bis;Kd-Nr.;Bemerkung\n12.10.2026;09:00;09:45;1;nicht angetroffen\n13.10.2026;09:00;09:30;1;Nobody else sells this\n", Options{})
	visits := []model.Visit{got.records[0].(model.Visit), got.records[1].(model.Visit)}
	require.Equal(t, model.VisitNotMet, visits[0].Kind)
	require.Equal(t, model.VisitMet, visits[1].Kind)
	require.Equal(t, model.NewClock(9, 0), visits[0].Time)
	require.Equal(t, 45, visits[0].Minutes)
}

func TestRangesOfPostcodesBecomePrefixes(t *testing.T) {
	for cell, want := range map[string][]string{
		"20000-29999": {"2"}, "20 – 22": {"20", "21", "22"}, "80331 bis 80333, 81": {"80331", "80332", "80333", "81"},
		"01000-01999": {"01"}, "00000-99999": {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}, "70 71 7255": {"70", "71", "7255"}, "70173": {"70173"},
		"29999-20000": nil, "2-30000": nil,
	} {
		got, wrong := splitPostcodes(cell)
		require.Equal(t, want, got, cell)
		require.Equal(t, want == nil, wrong.reason == ReasonNoRange, cell)
	}
}

func TestARangeInTwoColumnsIsTheTerritorys(t *testing.T) {
	got := readText(t, "Bezirk;PLZ von;PLZ bis\nNord;20000;29999\nOst;1000;1999\n", Options{})
	require.Equal(t, []string{"2"}, got.records[0].(model.Territory).Postcodes)
	require.Equal(t, []string{"01"}, got.records[1].(model.Territory).Postcodes, "a spreadsheet took the zero")
}
