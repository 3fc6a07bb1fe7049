package exchange

// Which table a header is, and which of its columns is which.

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

func TestRecognise(t *testing.T) {
	for _, test := range []struct {
		header string
		rows   string
		want   model.Table
		reason Reason
	}{
		{"code,name,region,rep", "", model.TableTerritories, ""},
		{"code,name,capacity", "", model.TableReps, ""},
		{"code,name,territory,class", "", model.TableAccounts, ""},
		{"account,date", "", model.TableVisits, ""},
		{"account,date,rep", "", model.TableVisits, ""},
		{"rep,date,account", "", model.TablePlan, ""},
		{"account,date,rep,time,minutes", "", model.TablePlan, ""},
		{"account,date,rep,time,minutes,note", "", model.TableVisits, ""},
		{"account,date,agent,outcome", "", model.TableCalls, ""},
		{"account,date,outcome", "K,2026-03-04,reached", model.TableCalls, ""},
		{"account,date,outcome", "K,2026-03-04,order", model.TableVisits, ""},
		{"code,name,start,end", "", model.TableCampaigns, ""},
		{"KD_NR,FIRMA,strasse", "", model.TableAccounts, ""},
		{"kd nr,Besuchsdatum", "", model.TableVisits, ""},
		{"Start,Ende,Firma,Betreff,Mitarbeiter", "", model.TableVisits, ""},
		{"Visit Date,Customer,Rep,Duration (min),Comment", "", model.TableVisits, ""},
		{"Personalnr.,Name,Telefon", "", "", ReasonSeveralTables},
		{"code,name", "", "", ReasonSeveralTables},
		{"code,name,note", "", "", ReasonSeveralTables},
		{"code,name,email", "", "", ReasonSeveralTables},
		{"date,time", "", "", ReasonColumnMissing},
		{"employeeID,territoryID", "", "", ReasonColumnMissing},
		{"Farbe,Form", "", "", ReasonNotRecognised},
		{"4711,Holz Maier,80331", "", "", ReasonNoHeader},
	} {
		var rows [][]string
		if test.rows != "" {
			rows = [][]string{strings.Split(test.rows, ",")}
		}
		m, err := Recognise(strings.Split(test.header, ","), rows, Options{})
		if test.reason != "" {
			require.Equal(t, test.reason, reasonOf(t, err), test.header)
			continue
		}
		require.NoError(t, err, test.header)
		require.Equal(t, test.want, m.Table, test.header)
	}
}

func TestTheFilesNameDecidesBetweenTables(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]model.Table{
		"reps.csv": model.TableReps, "Kunden 2026.csv": model.TableAccounts, "gebiete-süd.csv": model.TableTerritories, "x.csv": "", "kunden-und-reps.csv": "",
	} {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte("code,name\nX,Eins\n"), 0o600))
		f, err := Open(path, Options{})
		require.NoError(t, err)
		m, err := f.Mapping()
		if want == "" {
			require.Equal(t, ReasonSeveralTables, reasonOf(t, err), name)
		} else {
			require.NoError(t, err, name)
			require.Equal(t, want, m.Table, name)
		}
		require.NoError(t, f.Close())
	}
	path := filepath.Join(dir, "reps.csv")
	require.NoError(t, os.WriteFile(path, []byte("Kd-Nr.;Firma\nX;Eins\n"), 0o600))
	require.Equal(t, model.TableAccounts, readFile(t, path, Options{}).mapping.Table, "a header that tells needs no name")
}

func TestWhatThePersonSays(t *testing.T) {
	header := []string{"Nr", "Wer", "Wann", "Name, Vorname", "Farbe"}
	chosen, err := ParseMap("Nr=account, Wann=date ,Name, Vorname=rep,Farbe=-")
	require.NoError(t, err)
	require.Equal(t, map[string]string{"Nr": "account", "Wann": "date", "Name, Vorname": "rep", "Farbe": ""}, chosen)
	m, err := Recognise(header, nil, Options{Map: chosen})
	require.NoError(t, err)
	require.Equal(t, model.TableVisits, m.Table)
	require.Equal(t, []string{"Wer"}, m.Unknown())
	require.Equal(t, 3, m.Target("rep"))

	_, err = Recognise(header, nil, Options{As: "visits", Map: map[string]string{"Nr": "account"}})
	require.Equal(t, ReasonColumnMissing, reasonOf(t, err))
	require.Contains(t, err.Error(), "date")
	_, err = Recognise(header, nil, Options{As: "visits", Map: map[string]string{"Nr": "colour"}})
	require.Equal(t, ReasonBadMap, reasonOf(t, err))
	_, err = Recognise(header, nil, Options{Map: map[string]string{"Nummer": "account"}})
	require.Equal(t, ReasonNoHeaderColumn, reasonOf(t, err))
	_, err = Recognise(header, nil, Options{As: "customers"})
	require.Equal(t, ReasonUnknownTable, reasonOf(t, err))
	for _, bad := range []string{"Nr", "=code", "Nr=code,Wann"} {
		_, err = ParseMap(bad)
		require.Equal(t, ReasonBadMap, reasonOf(t, err), bad)
	}
	_, err = ParseTable("Visits ")
	require.NoError(t, err)
	_, err = ParseTable("settings")
	require.Equal(t, ReasonUnknownTable, reasonOf(t, err))
	_, err = ParseDateOrder("dym")
	require.Equal(t, ReasonBadOption, reasonOf(t, err))
	_, err = ParseEncoding("ebcdic")
	require.Equal(t, ReasonBadOption, reasonOf(t, err))
}

func TestAMappingIsRemembered(t *testing.T) {
	path := inFile(t, "a.csv", "Nummer;Wer ist es;Gebiet\n1;Holz Maier;T1\n")
	f, err := Open(path, Options{})
	require.NoError(t, err)
	defer f.Close()
	m, err := f.Mapping()
	require.Error(t, err, "no column looks like the name")
	require.Equal(t, "territory", m.Columns[2].Column, "the nearest guess comes with the question")
	m, err = Recognise(f.Header(), f.Rows(), Options{As: "accounts", Map: map[string]string{"Wer ist es": "name"}})
	require.NoError(t, err)
	kept, err := json.Marshal(m)
	require.NoError(t, err)

	again, err := Open(path, Options{})
	require.NoError(t, err)
	defer again.Close()
	var remembered Mapping
	require.NoError(t, json.Unmarshal(kept, &remembered))
	require.Equal(t, again.Fingerprint(), remembered.Fingerprint)
	r, err := again.Read(remembered)
	require.NoError(t, err)
	defer r.Close()
	batch, err := r.Next(t.Context())
	require.NoError(t, err)
	require.Equal(t, model.Account{Code: "1", Name: "Holz Maier", Territory: "T1", Class: "C"}, batch.Rows[0].Record)

	remembered.Columns[1].Column = ""
	_, err = again.Read(remembered)
	require.Equal(t, ReasonColumnMissing, reasonOf(t, err))
	remembered.Columns[1].Column = "colour"
	_, err = again.Read(remembered)
	require.Equal(t, ReasonBadMap, reasonOf(t, err))
	_, err = again.Read(Mapping{Table: "accounts"})
	require.Equal(t, ReasonBadMap, reasonOf(t, err))
	_, err = again.Read(Mapping{})
	require.Equal(t, ReasonUnknownTable, reasonOf(t, err))
}

func TestOneCodeColumn(t *testing.T) {
	got := readText(t, "Kundennummer;Account ID;Firma;Ort\n;001;Holz Maier;Aalen\n17;002;Farben Roth;Ulm\n", Options{})
	require.Equal(t, "001", got.records[0].Key().Code, "a column that is empty here and there is no code")
	require.Equal(t, "other_id", got.mapping.Columns[0].Column, "the account answers to it all the same")
	got = readText(t, "Account ID;Kundennummer;Firma;Ort\n001;18;Holz Maier;Aalen\n002;17;Farben Roth;Ulm\n", Options{})
	require.Equal(t, "18", got.records[0].Key().Code, "the people's own number goes before a program's")
}

func TestNamesInsteadOfCodes(t *testing.T) {
	got := readText(t, "Firma;Besuchsdatum\nHolz Maier;04.03.2026\n", Options{})
	require.True(t, got.mapping.AccountByName())
	require.Equal(t, AccountRef{Name: "Holz Maier"}, got.rows[0].Account)
	require.Equal(t, model.Visit{Account: "17", Date: date(2026, 3, 4)}, WithAccount(got.records[0], "17"))
	got = readText(t, "Kd-Nr.;Firma;Besuchsdatum\n17;Holz Maier;04.03.2026\n", Options{})
	require.Equal(t, AccountRef{Code: "17", Name: "Holz Maier"}, got.rows[0].Account)
	got = readText(t, "Firma;PLZ;Ort\nHolz Maier;73430;Aalen\n", Options{})
	require.True(t, got.mapping.CodeFromName())
	require.Equal(t, "Holz Maier", got.records[0].Key().Code)
}

func TestGermanPostcodes(t *testing.T) {
	postcodes := func(text string, o Options) (list []string) {
		for _, r := range readText(t, text, o).records {
			list = append(list, r.(model.Account).Address.Postcode)
		}
		return list
	}
	require.Equal(t, []string{"01067", "1010", "8001"}, postcodes("code;name;postcode;country\n1;a;1067;DE\n2;b;1010;AT\n3;c;8001;Schweiz\n", Options{}))
	const without = "code;name;postcode;city\n1;a;1067;Dresden\n2;b;70173;Stuttgart\n"
	require.Equal(t, []string{"01067", "70173"}, postcodes(without, Options{}), "most have five figures")
	require.Equal(t, []string{"1067", "70173"}, postcodes(without, Options{Country: "-"}))
	const austrian = "code;name;postcode;city\n1;a;1010;Wien\n2;b;4020;Linz\n"
	require.Equal(t, []string{"1010", "4020"}, postcodes(austrian, Options{}))
	require.Equal(t, []string{"01010", "04020"}, postcodes(austrian, Options{Country: "Deutschland"}))
}

func TestAddressInOneCell(t *testing.T) {
	for give, want := range map[string]model.Address{
		"Hauptstr. 5, 70173 Stuttgart, Germany": {Street: "Hauptstr. 5", Postcode: "70173", City: "Stuttgart", Country: "Germany"},
		"Hauptstr. 5, D-70173 Stuttgart":        {Street: "Hauptstr. 5", Postcode: "70173", City: "Stuttgart"},
		"1 Main Street, Springfield":            {Street: "1 Main Street, Springfield"},
		"somewhere":                             {Street: "somewhere"},
	} {
		got := readText(t, "code,name,address\n1,a,\""+give+"\"\n", Options{As: "accounts"})
		require.Equal(t, want, got.records[0].(model.Account).Address, give)
	}
	got := readText(t, "Kd-Nr.;Firma;Straße;Hausnummer\n1;a;Hauptstr.;5a\n", Options{})
	require.Equal(t, "Hauptstr. 5a", got.records[0].(model.Account).Address.Street)
}

func TestFold(t *testing.T) {
	for _, same := range [][]string{
		{"Kd-Nr.", "kd nr", "KD_NR", "KdNr"}, {"Straße", "STRASSE", "strasse"}, {"Größe", "Groesse", "Grosse"},
		{"(Nicht ändern) Firma", "nicht aendern firma"}, {"Café", "cafe"},
	} {
		for _, s := range same {
			require.Equal(t, fold(same[0]), fold(s))
		}
	}
	for _, s := range []string{"AEeUe", "aueo", "Kd-Nr.", "", "oee", "a e", "Straße 5"} {
		slow := umlauts.Replace(strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, oddLetters.Replace(strings.ToLower(s))))
		require.Equal(t, slow, fold(s), s)
	}
	for _, t1 := range model.Tables {
		for name, s := range vocabularyOnce().columns[t1] {
			require.NotEmpty(t, name)
			require.True(t, isColumn(tables[t1], s.column), "%s: the synonyms name %q, which is no column", t1, s.column)
		}
	}
}

// TestSharedData reads the sample data that may lie beside the repository.
func TestSharedData(t *testing.T) {
	const dir = "../../../shared/data"
	if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
		t.Skip("no sample data at ../shared/data beside the repository")
	}
	for _, test := range []struct {
		file    string
		table   model.Table
		records int
		first   model.Record
	}{
		{"adventureworks/resellers.csv", model.TableAccounts, 701, model.Account{Code: "1", Name: "A Bike Store", Territory: "1", Class: "C",
			Address: model.Address{City: "Seattle", Country: "United States"}}},
		{"adventureworks/orders.csv", model.TableVisits, 3616, model.Visit{Ref: "SO43659", Account: "676", Date: date(2017, 7, 1), Rep: "285", Value: 2056560}},
		{"adventureworks/territories.csv", model.TableTerritories, 10, model.Territory{Code: "1", Name: "Northwest", Region: "North America", Rep: "289"}},
		{"northwind/customers.csv", model.TableAccounts, 91, model.Account{Code: "ALFKI", Name: "Alfreds Futterkiste", Class: "C", Phone: "030-0074321",
			Address: model.Address{Street: "Obere Str. 57", Postcode: "12209", City: "Berlin", Country: "Germany"}}},
		{"northwind/orders.csv", model.TableVisits, 830, model.Visit{Ref: "10248", Account: "VINET", Date: date(1996, 7, 4), Rep: "5"}},
		{"northwind/employees.csv", model.TableReps, 9, model.Rep{Code: "1", Name: "Nancy Davolio",
			Home: model.Address{Street: "507 20th Ave. E. Apt. 2A", Postcode: "98122", City: "Seattle", Country: "USA"}}},
		{"northwind/territories.csv", model.TableTerritories, 53, model.Territory{Code: "01581", Name: "Westboro", Region: "1"}},
	} {
		got := readFile(t, filepath.Join(dir, test.file), Options{})
		require.Empty(t, got.problems, test.file)
		require.Equal(t, test.table, got.mapping.Table, test.file)
		require.Len(t, got.records, test.records, test.file)
		require.Equal(t, test.first, got.records[0], test.file)
	}
}

func TestColumnsWhoseCellsDoNotFit(t *testing.T) {
	got := readText(t, "Account ID,Account Name,Rating,Billing City\n1,Holz Maier,Hot,Aalen\n2,Farben Roth,Cold,Ulm\n", Options{})
	require.Len(t, got.records, 2, "a rating is no class")
	require.Equal(t, HowUnfit, got.mapping.Columns[2].How)
	require.Equal(t, []string{"Rating"}, got.mapping.Unknown())
	got = readText(t, "code,name,class,city\n1,Holz Maier,Hot,Aalen\n", Options{})
	require.Equal(t, ReasonNoWord, got.problems[0].Reason, "a column that says it is the class must be")
	got = readText(t, "code,name,class,city,phone\n1,Holz Maier,NULL,#N/A,'#N/A\n", Options{})
	require.Equal(t, model.Account{Code: "1", Name: "Holz Maier", Class: "C", Phone: "#N/A"}, got.records[0])
}
