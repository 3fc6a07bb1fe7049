package exchange

// Kinds of files that were misread, one row each: what a row is, and where a cell
// belongs.

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"doppelpass/model"
)

func TestHowAVisitWentDecidesWhetherItWasOne(t *testing.T) {
	met, nobody, other := model.VisitMet, model.VisitNotMet, model.VisitOther
	for outcome, want := range map[string]any{
		"Auftrag": met, "Vertrag geschlossen": met, "abgeschlossen": met, "Closed": met, "Angebot offen": met, "Completed": met,
		"niemand da": nobody, "Keiner da": nobody, "Geschäft geschlossen": nobody, "geschlossen": nobody, "war zu": nobody, "Betriebsurlaub": nobody, "No Show": nobody, "fermé": nobody,
		"cerrado": nobody, "kapalı": nobody, "nicht im Haus": nobody, "Store closed": nobody,
		"telefonisch": other, "per Telefon": other,
		"Canceled": SkipNotVisit, "Termin abgesagt": SkipNotVisit, "verschoben": SkipNotVisit, "Rescheduled": SkipNotVisit, "ausgefallen": SkipNotVisit, "annulé": SkipNotVisit, "iptal": SkipNotVisit,
		"Scheduled": SkipNotDone, "geplant": SkipNotDone,
	} {
		path := "besuche.csv"
		m, rows, _ := recordsOf(t, path, "Kunde;Besuchsdatum;Ergebnis\nK0;04.03.2026;Auftrag\nK1;04.03.2026;"+outcome+"\n", Options{})
		require.Equal(t, model.TableVisits, m.Table)
		if kind, ok := want.(model.VisitKind); ok {
			require.Len(t, rows, 2, outcome)
			require.Equal(t, kind, rows[1].Record.(model.Visit).Kind, outcome)
		} else {
			require.Len(t, rows, 1, outcome)
		}
	}
}

func TestKindsOfVisitsInThePeoplesWords(t *testing.T) {
	_, rows, batch := recordsOf(t, "besuche.csv", "Kunde;Besuchsdatum;Art\nK1;04.03.2026;Besuch\nK2;04.03.2026;Vor-Ort-Termin\nK3;04.03.2026;Telefonat\nK4;04.03.2026;E-Mail\nK5;04.03.2026;Online-Termin\nK6;04.03.2026;Kaltbesuch\nK7;04.03.2026;nicht angetroffen\nK8;04.03.2026;Fahrt\n", Options{})
	var got []string
	for _, row := range rows {
		v := row.Record.(model.Visit)
		got = append(got, fmt.Sprint(v.Account, " ", v.Kind))
	}
	require.Equal(t, []string{"K1 met", "K2 met", "K3 other", "K6 met", "K7 not-met"}, got, "an e-mail is no visit, nor is a meeting over a line")
	require.Len(t, batch.Problems, 1, "what nobody knows is told")
}

func TestALengthThatCannotBeReadCostsNoVisit(t *testing.T) {
	_, rows, batch := recordsOf(t, "besuche.csv", "Kunde;Datum;Uhrzeit;Dauer;Mitarbeiter\nK1;04.03.2026;09:00;1h 30m;I\nK2;04.03.2026;09:00;1 Std. 5 Min.;I\nK3;04.03.2026;09:00;kurz;I\n", Options{})
	require.Len(t, rows, 3)
	for n, want := range []int{90, 65, 0} {
		require.Equal(t, want, rows[n].Record.(model.Visit).Minutes)
	}
	require.Len(t, batch.Problems, 1)
	require.True(t, batch.Problems[0].Kept)
}

func TestNamesAndNumbersGoWhereTheyBelong(t *testing.T) {
	for _, test := range []struct {
		file, header, row string
		want              model.Account
	}{
		{"lexware", "Matchcode;Kundennummer;Firma;Vorname;Name;Ort", "MAIER;10001;Holz Maier GmbH;Eva;Maier;Ulm",
			model.Account{Code: "10001", Name: "Holz Maier GmbH", Address: model.Address{City: "Ulm"}, ExternalIDs: []string{"MAIER"}}},
		{"lexware", "Kundennummer;Firma;Vorname;Name;Ort", "10002;;Rolf;Roth;Ulm", model.Account{Code: "10002", Name: "Rolf Roth", Address: model.Address{City: "Ulm"}}},
		{"kunden", "Kd-Nr.;Firma;Straße;Nr.;PLZ/Ort", "1;Holz;Am Wehr;2a;89073 Ulm",
			model.Account{Code: "1", Name: "Holz", Address: model.Address{Street: "Am Wehr 2a", Postcode: "89073", City: "Ulm"}}},
		{"kunden", "lfd. Nr.;Firma;PLZ;Ort", "1;Holz;89073;Ulm", model.Account{Code: "Holz", Name: "Holz", Address: model.Address{Postcode: "89073", City: "Ulm"}}},
	} {
		m, rows, _ := recordsOf(t, test.file+".csv", test.header+"\n"+test.row+"\n", Options{})
		require.Equal(t, model.TableAccounts, m.Table, test.header)
		require.Len(t, rows, 1)
		got := rows[0].Record.(model.Account)
		got.Class = ""
		require.Equal(t, test.want, got, test.header)
	}
	_, rows, _ := recordsOf(t, "reps.csv", "Personalnummer;Vorname;Name;Straße;Hausnummer;PLZ;Wohnort\n12;Ida;Kiebitz;Am Wehr;5;1067;Dresden\n", Options{})
	rep := rows[0].Record.(model.Rep)
	require.Equal(t, "Ida Kiebitz", rep.Name)
	require.Equal(t, "Am Wehr 5", rep.Home.Street)
}

func TestPeopleAtCustomersAreTheirContacts(t *testing.T) {
	for _, test := range []struct{ file, header, row, name, phone string }{
		{"mitarbeiter", "Firma;Mitarbeiter;Funktion;Telefon", "Holz;Eva Maier;Einkauf;0731 123456", "Eva Maier", "0731 123456"},
		{"contacts", "Name;Given Name;Family Name;Organization 1 - Name;Phone 1 - Type;Phone 1 - Value;E-mail 1 - Label;E-mail 1 - Value", "Eva Maier;Eva;Maier;Holz;Work;0731 123456;Work;eva@x.example", "Eva Maier", "0731 123456"},
	} {
		m, rows, _ := recordsOf(t, test.file+".csv", test.header+"\n"+test.row+"\n", Options{})
		require.Equal(t, model.TableContacts, m.Table, test.header)
		got := rows[0].Record.(model.Contact)
		require.Equal(t, test.name, got.Name)
		require.Equal(t, test.phone, got.Phone, "a kind of number is no number")
		require.Equal(t, "Holz", rows[0].Account.Name)
		require.NotEqual(t, "Work", got.Email)
	}
	m, _, _ := recordsOf(t, "besuche.csv", "Datum;Kunde;Gesprächspartner;Bemerkung\n04.03.2026;Holz;Eva Maier;ok\n", Options{})
	require.Equal(t, -1, m.Target("account_name"), "whom one talks to is not whom one visits")
}

func TestTheDayStandsWithTheTime(t *testing.T) {
	m, rows, _ := recordsOf(t, "Termine.csv", "Betreff,Bezug,Startzeit,Endzeit,Aktivitätsstatus,Besitzer\nBesuch,Holz,04.03.2026 09:00,04.03.2026 09:45,Abgeschlossen,Ida\nBesuch,Holz,05.03.2026 09:00,05.03.2026 09:45,Abgebrochen,Ida\n", Options{})
	require.Equal(t, model.TableVisits, m.Table)
	require.Len(t, rows, 1)
	v := rows[0].Record.(model.Visit)
	require.Equal(t, model.NewDate(2026, 3, 4), v.Date)
	require.Equal(t, model.NewClock(9, 0), v.Time)
	require.Equal(t, 45, v.Minutes)
	require.Equal(t, "Ida", v.Rep)
}

func TestSheetsOutOfSightAndCellsThatAreMerged(t *testing.T) {
	book := excelize.NewFile()
	defer book.Close()
	rows := func(sheet string, rows ...[]any) {
		for n, row := range rows {
			require.NoError(t, book.SetSheetRow(sheet, fmt.Sprintf("A%d", n+1), &row))
		}
	}
	require.NoError(t, book.SetSheetName("Sheet1", "alt"))
	rows("alt", []any{"Gebiet", "Kd-Nr.", "Firma"}, []any{"West", 9, "Alt"})
	for _, sheet := range []string{"Kunden", "Archiv"} {
		_, err := book.NewSheet(sheet)
		require.NoError(t, err)
	}
	rows("Kunden", []any{"Gebiet", "Kd-Nr.", "Firma"}, []any{"Nord", 1, "Holz"}, []any{nil, 2, "Roth"}, []any{"Süd", 3, "Kern"})
	rows("Archiv", []any{"Gebiet", "Kd-Nr.", "Firma"}, []any{"West", 8, "Uralt"})
	require.NoError(t, book.MergeCell("Kunden", "A2", "A3"))
	zeros := "00000"
	style, err := book.NewStyle(&excelize.Style{CustomNumFmt: &zeros})
	require.NoError(t, err)
	require.NoError(t, book.SetCellStyle("Kunden", "B2", "B4", style))
	book.SetActiveSheet(1)
	require.NoError(t, book.SetSheetVisible("alt", false))
	require.NoError(t, book.SetSheetVisible("Archiv", false))
	path := t.TempDir() + "/kunden.xlsx"
	require.NoError(t, book.SaveAs(path))

	files, err := OpenAll(path, Options{})
	require.NoError(t, err)
	require.Len(t, files, 1, "what is hidden is not taken in unasked")
	defer files[0].Close()
	require.Equal(t, "Kunden", files[0].Detected().Sheet)
	m, err := files[0].Mapping()
	require.NoError(t, err)
	r, err := files[0].Read(m)
	require.NoError(t, err)
	defer r.Close()
	batch, err := r.Next(t.Context())
	require.NoError(t, err)
	var got []string
	for _, row := range batch.Rows {
		a := row.Record.(model.Account)
		got = append(got, a.Code+" "+a.Territory)
	}
	require.Equal(t, []string{"00001 Nord", "00002 Nord", "00003 Süd"}, got)
	named, err := OpenAll(path, Options{Sheet: "Archiv"})
	require.NoError(t, err)
	require.Equal(t, "Archiv", named[0].Detected().Sheet)
	require.NoError(t, named[0].Close())
}

func TestRowsOfTotalsAreNobody(t *testing.T) {
	for _, content := range []string{
		"Kd-Nr.;Firma;Ort;Umsatz\n1;Holz;Ulm;100\n;Summe;;100\n",
		"Kd-Nr.;Firma;Ort;Umsatz\n1;Holz;Ulm;100\nGesamtergebnis;;;100\n",
		"Firma;Ort;Umsatz;Anteil\nHolz;Ulm;100;100 %\nZwischensumme;;100;100 %\nTotal;;100,00;100 %\nAnzahl: 1;;;\n",
		"Société;Ville;CA annuel\nHolz;Ulm;100\nTotal général;;100\n",
		"Müşteri;Şehir;Ciro\nHolz;Ulm;100\nGenel Toplam;;100\n",
	} {
		_, rows, batch := recordsOf(t, "kunden.csv", content, Options{})
		require.Len(t, rows, 1, content)
		require.Empty(t, batch.Problems, content)
	}
	_, rows, _ := recordsOf(t, "kunden.csv", "Firma;Straße;PLZ;Ort\nTotal;Jean-Monnet-Str. 2;10557;Berlin\nSumme & Co.;Weg 1;89073;Ulm\n", Options{})
	require.Len(t, rows, 2, "a company may be called so")
}

func TestTablesOfDaysAndMonthsAreAskedAbout(t *testing.T) {
	for _, test := range []struct{ file, content string }{
		{"besuche", "Kunde;Jan;Feb;Mrz;Apr\nHolz;x;;x;\n"},
		{"tour", "Mitarbeiter;Mo;Di;Mi;Do;Fr\nIda;Holz;Roth;;Kern;\n"},
		{"touren", "Kunde;KW 10;KW 11;KW 12\nHolz;x;;x\n"},
		{"besuche", "Kunde;KW;Jahr;Mitarbeiter\nHolz;10;2026;Ida\n"},
	} {
		path := t.TempDir() + "/" + test.file + ".csv"
		require.NoError(t, os.WriteFile(path, []byte(test.content), 0o600))
		f, err := Open(path, Options{})
		require.NoError(t, err)
		_, err = f.Mapping()
		require.Error(t, err, test.content)
		require.NoError(t, f.Close())
	}
	m, _, _ := recordsOf(t, "umsatz.csv", "Kunde;Datum;Besuche\nHolz;04.03.2026;1\n", Options{})
	require.Equal(t, model.TableVisits, m.Table, "the words of all columns are not those of one")
}

func TestPostcodesOfTerritoriesAsPeopleWriteThem(t *testing.T) {
	for _, test := range []struct{ content, want string }{
		{"Gebiet;PLZ;Vertreter\nWest;D-4*, D-50xxx, 51%;Kiebitz\n", "4 50 51"},
		{"Gebiet;PLZ\nOst;1067\nOst;01069\nOst;70173\n", "01067 01069 70173"},
		{"Gebiet;PLZ von;PLZ bis\nOst;1000;3999\nOst;70000;79999\n", "01 02 03 7"},
		{"Gebiet;PLZ;Land\nWien;1010 1020;AT\nWien;5020;AT\n", "1010 1020 5020"},
		{"Gebiet;PLZ\nSüd;70 71 7255\n", "70 71 7255"},
	} {
		_, rows, batch := recordsOf(t, "gebiete.csv", test.content, Options{})
		require.Empty(t, batch.Problems, test.content)
		var all []string
		for _, row := range rows {
			all = append(all, row.Record.(model.Territory).Postcodes...)
		}
		require.Equal(t, test.want, strings.Join(all, " "), test.content)
	}
}

func TestWhoIsACustomerStillAndWhoIsAtHome(t *testing.T) {
	active := func(a model.Account) string { return fmt.Sprint(!a.Inactive) }
	private := func(a model.Account) string { return fmt.Sprint(a.Private) }
	consent := func(a model.Account) string { return string(a.Consent) }
	for _, test := range []struct {
		header string
		cells  []string
		want   []string
		of     func(model.Account) string
	}{
		{"Status", []string{"aktiv", "inaktiv", "gelöscht", "Interessent"}, []string{"true", "false", "false", "true"}, active},
		{"Inaktiv", []string{"ja", "nein", ""}, []string{"false", "true", "true"}, active},
		{"Gelöscht am", []string{"04.03.2026", "", "01.01.1900"}, []string{"false", "true", "true"}, active},
		{"Is Deleted", []string{"1", "0"}, []string{"false", "true"}, active},
		{"Status", []string{"Neu", "Angebot"}, []string{"true", "true"}, active},
		{"Kundenart", []string{"Privatkunde", "Geschäftskunde"}, []string{"true", "false"}, private},
		{"Company Type", []string{"Company", "Individual"}, []string{"false", "true"}, private},
		{"Typ", []string{"B2B", "B2C"}, []string{"false", "true"}, private},
		{"Einwilligung", []string{"schriftlich", "Double-Opt-In", "vermutet", "ausstehend", "nein", "x"}, []string{"given", "given", "presumed", "", "", "given"}, consent},
	} {
		content := "Kd-Nr.;Firma;Ort;" + test.header + "\n"
		for n, cell := range test.cells {
			content += fmt.Sprintf("%d;F%d;Ulm;%s\n", n, n, cell)
		}
		_, rows, _ := recordsOf(t, "kunden.csv", content, Options{})
		require.Len(t, rows, len(test.cells))
		for n, row := range rows {
			require.Equal(t, test.want[n], test.of(row.Record.(model.Account)), "%s: %s", test.header, test.cells[n])
		}
	}
}

func TestFilesThatAreNoTablesSayWhatTheyAre(t *testing.T) {
	for content, want := range map[string]Reason{
		"<html><table><tr><td>Kd-Nr.</td></tr></table></html>": ReasonWebPage, "%PDF-1.4\n%x": ReasonPDF, `[{"code":1,"name":"Holz"}]`: ReasonJSON,
		"BEGIN:VCARD\nFN:Eva Maier\nEND:VCARD\n": ReasonAddressCards,
	} {
		path := t.TempDir() + "/kunden.xls"
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		_, err := Open(path, Options{})
		var file *FileError
		require.ErrorAs(t, err, &file)
		require.Equal(t, want, file.Reason)
	}
}

func TestCellsOfSpreadsheetsByTheDozen(t *testing.T) {
	for _, test := range []struct{ cell, want string }{
		{"1.234,-", "1234.00"}, {"1.234,50 €", "1234.50"}, {"-", ""}, {"12,–", "12.00"}, {"1.234,56-", "-1234.56"},
	} {
		_, rows, batch := recordsOf(t, "kunden.csv", "Kd-Nr.;Firma;Umsatz\n1;Holz;"+test.cell+"\n2;Roth;1.111,11\n", Options{})
		require.Empty(t, batch.Problems, test.cell)
		got := ""
		if m := rows[0].Record.(model.Account).Potential; m != 0 {
			got = MoneyCell(m).String(English)
		}
		require.Equal(t, test.want, got, test.cell)
	}
	for _, test := range []struct{ cell, want string }{
		{"4.91718e11", ""}, {"4,91718E+11", ""}, {"00000000", ""}, {"=+49731123456", "+49731123456"}, {"tel:+49731123456", "+49731123456"}, {"++49 731 123456", "+49 731 123456"},
	} {
		_, rows, _ := recordsOf(t, "kunden.csv", "Kd-Nr.;Firma;Telefon\n1;Holz;"+test.cell+"\n2;Roth;0731 123457\n", Options{})
		require.Equal(t, test.want, rows[0].Record.(model.Account).Phone, test.cell)
	}
	for cell, want := range map[string]int{"2-wöchentlich": 14, "3 monatlich": 90, "4 Wochen": 28, "monatlich": 30} {
		_, rows, _ := recordsOf(t, "kunden.csv", "Kd-Nr.;Firma;Besuchsintervall\n1;Holz;"+cell+"\n", Options{})
		require.Equal(t, want, rows[0].Record.(model.Account).Interval, cell)
	}
}

func TestZerosLostInOtherCountries(t *testing.T) {
	_, rows, _ := recordsOf(t, "kunden.csv", "Kd-Nr.;Firma;PLZ;Ort;Land\n1;A;1000;Bourg-en-Bresse;Frankreich\n2;B;8001;Barcelona;ES\n3;C;8001;Zürich;CH\n4;D;1010;Wien;AT\n5;E;1067;Dresden;DE\n6;F;2134;Boston;USA\n", Options{})
	for n, want := range []string{"01000", "08001", "8001", "1010", "01067", "02134"} {
		require.Equal(t, want, rows[n].Record.(model.Account).Address.Postcode)
	}
}

func TestWhereSomebodyWasStaysOut(t *testing.T) {
	for _, test := range []struct {
		table  model.Table
		header string
		row    string
		out    []string
	}{
		{model.TableVisits, "account;date;rep;Latitude;Longitude;note", "K1;2026-03-04;R1;48.775845;9.182932;met", []string{"Latitude", "Longitude"}},
		{model.TableVisits, "account;date;GPS-Genauigkeit;Check-In Adresse;note", "K1;2026-03-04;12 m;Hauptstr. 1;met", []string{"GPS-Genauigkeit", "Check-In Adresse"}},
		{model.TableVisits, "account;date;Geo-Position;Standort", "K1;2026-03-04;48,775845 9,182932;POINT(9.182932 48.775845)", []string{"Geo-Position", "Standort"}},
		{model.TableCalls, "account;date;outcome;Location", "K1;2026-03-04;reached;https://maps.example/?q=48.775845,9.182932", []string{"Location"}},
		{model.TableVisits, "account;date;Standort;Position", "K1;2026-03-04;Werk 2;Einkauf", nil},
		{model.TableAccounts, "code;name;lat;lon", "K1;Holz;48.775845;9.182932", nil},
	} {
		path := filepath.Join(t.TempDir(), string(test.table)+".csv")
		require.NoError(t, os.WriteFile(path, []byte(test.header+"\n"+test.row+"\n"), 0o600))
		f, err := Open(path, Options{As: test.table})
		require.NoError(t, err)
		m, err := f.Mapping()
		require.NoError(t, err, test.header)
		var out []string
		for _, s := range f.KeptOut(m) {
			if s.Column == ColumnWhereabouts {
				out = append(out, s.Header)
			}
		}
		require.Equal(t, test.out, out, test.header)
		require.NoError(t, f.Close())
	}
	for _, fields := range [][]model.FieldInfo{model.Describe(model.TableVisits).Fields(), model.Describe(model.TableCalls).Fields(), model.Describe(model.TablePlan).Fields(), model.Describe(model.TableSettled).Fields()} {
		for _, f := range fields {
			require.False(t, tracks().MatchString(f.Name) || placesOf().MatchString(f.Name), "no row of people keeps a place: %s", f.Name)
		}
	}
}
