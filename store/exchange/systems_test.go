package exchange

// Files in the real headers of the systems that people come from, with fictional
// companies: each must go in without a word said about it.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

func TestSystems(t *testing.T) {
	type account = model.Account
	type visit = model.Visit
	address := func(street, postcode, city, country string) model.Address {
		return model.Address{Street: street, Postcode: postcode, City: city, Country: country}
	}
	for _, test := range []struct {
		file     string
		system   string
		table    model.Table
		encoding Encoding
		records  []model.Record
		leftOut  map[Reason]int
		options  Options
	}{
		{file: "odoo-contacts.csv", system: "Odoo", table: model.TableAccounts, encoding: UTF8, records: []model.Record{
			account{Code: "17", Name: "Metallbau Ostertag GmbH", Class: "C", Address: address("Hauptstraße 12", "70734", "Fellbach", "Germany"),
				Phone: "+49 711 555 0142", Email: "info@ostertag.example"},
			account{Code: "18", Name: "Tischlerei Böhm", Class: "C", Address: address("Am Markt 3", "01067", "Dresden", "Germany"), Phone: "+49 170 555 0118"},
			account{Code: "19", Name: "Holzwerk Gruber KG", Class: "C", Address: address("Ringgasse 9", "1010", "Wien", "Austria"), Phone: "+43 1 555 0119"},
		}},
		{file: "suitecrm-accounts.csv", system: "SuiteCRM", table: model.TableAccounts, encoding: UTF8, records: []model.Record{
			account{Code: "5f3a1c2e-0001", Name: "Autohaus Krämer", Class: "C", Address: address("Industriestr. 4", "70565", "Stuttgart", "Germany"),
				Phone: "0711 555 0177", Email: "service@kraemer.example", Since: date(2024, 1, 15), Note: "Wants the \"new\" range,\ncall before noon"},
			account{Code: "5f3a1c2e-0002", Name: "Bäckerei Lang", Class: "C", Address: address("Marktplatz 1", "89073", "Ulm", "Germany"),
				Phone: "0731 555 0188", Since: date(2024, 2, 3)},
		}},
		{file: "suitecrm-meetings.csv", system: "SuiteCRM", table: model.TableVisits, encoding: UTF8, records: []model.Record{
			visit{Ref: "m-1", Account: "Autohaus Krämer", Date: date(2026, 1, 13), Time: model.NewClock(14, 30), Rep: "sommer", Minutes: 90, Note: "Spring range"},
			visit{Ref: "m-2", Account: "Bäckerei Lang", Date: date(2026, 1, 14), Time: model.NewClock(9, 0), Rep: "adler", Kind: model.VisitNotMet, Minutes: 30, Note: "Spring range"},
		}, leftOut: map[Reason]int{SkipNotDone: 1}},
		{file: "espocrm-accounts.csv", system: "EspoCRM", table: model.TableAccounts, encoding: UTF8, records: []model.Record{
			account{Code: "Elektro Huber", Name: "Elektro Huber", Class: "C", Address: address("Lindwurmstr. 7", "80337", "München", "Germany"),
				Phone: "+49 89 555 0131", Email: "info@huber.example", Since: date(2024, 5, 2), Note: "=Bestandskunde"},
			account{Code: "'s-Hertogenbosch Staal BV", Name: "'s-Hertogenbosch Staal BV", Class: "C", Address: address("Havenweg 2", "5211 AB", "Den Bosch", "Netherlands"),
				Since: date(2024, 6, 11), Note: "- zahlt spät"},
		}},
		{file: "salesforce-accounts.csv", system: "Salesforce", table: model.TableAccounts, encoding: UTF8, records: []model.Record{
			account{Code: "001D000000IRFmaIAH", Name: "Metallbau Ostertag GmbH", Class: "C", Address: address("Hauptstr. 12", "70734", "Fellbach", "Germany"),
				Phone: "+49 711 555 0142", Since: date(2023, 4, 3)},
			account{Code: "001D000000IRFmbIAH", Name: "Holz Maier", Class: "C", Address: address("Waldweg 2", "73430", "Aalen", "Germany"), Since: date(2022, 11, 30)},
		}, leftOut: map[Reason]int{SkipFooter: 5, SkipBlank: 1}},
		{file: "salesforce-activities.csv", system: "Salesforce", table: model.TableVisits, encoding: UTF8, records: []model.Record{
			visit{Account: "Metallbau Ostertag GmbH", Date: date(2026, 1, 13), Rep: "Katrin Sommer", Note: "Spring range"},
			visit{Account: "Holz Maier", Date: date(2026, 1, 5), Rep: "Katrin Sommer", Kind: model.VisitOther, Outcome: "Interested", Note: "Offer 2026"},
		}, leftOut: map[Reason]int{SkipNotVisit: 1, SkipNotDone: 1, SkipFooter: 3, SkipBlank: 1}},
		{file: "dynamics-accounts.csv", system: "Dynamics 365", table: model.TableAccounts, encoding: UTF8, records: []model.Record{
			account{Code: "a1b2c3d4-0001-ee11", Name: "Holz Maier", Class: "C", Address: address("Waldweg 2", "73430", "Aalen", "Germany"),
				Phone: "07361 555 0120", Since: date(2023, 2, 28)},
			account{Code: "a1b2c3d4-0002-ee11", Name: "Farben Roth", Class: "C", Address: address("Seestr. 8", "78464", "Konstanz", "Germany"), Since: date(2023, 12, 1)},
		}},
		{file: "dynamics-firmen.csv", system: "Dynamics 365", table: model.TableAccounts, encoding: Windows1252, records: []model.Record{
			account{Code: "a1b2c3d4-0003-ee11", Name: "Gärtnerei Müßig", Class: "C", Address: address("Grüner Weg 5", "01067", "Dresden", "Deutschland"), Phone: "0351 555 0190"},
			account{Code: "a1b2c3d4-0004-ee11", Name: "Weinhandel Österreicher", Class: "C", Address: address("Höhenstraße 1", "1190", "Wien", "Österreich"), Phone: "+43 1 555 0191"},
		}},
		{file: "hubspot-companies.csv", system: "HubSpot", table: model.TableAccounts, encoding: UTF8, records: []model.Record{
			account{Code: "8211001", Name: "Autohaus Krämer", Class: "C", Address: address("Industriestr. 4", "70565", "Stuttgart", "Germany"),
				Phone: "+49 711 555 0177", Since: date(2024, 1, 15)},
			account{Code: "8211002", Name: "Bäckerei Lang", Class: "C", Address: address("Marktplatz 1", "89073", "Ulm", "Germany"), Since: date(2024, 3, 4)},
		}},
		{file: "pipedrive-organizations.csv", system: "Pipedrive", table: model.TableAccounts, encoding: UTF8, records: []model.Record{
			account{Code: "41", Name: "Metallbau Ostertag GmbH", Class: "C", Address: address("Hauptstraße 12", "70734", "Fellbach", "Germany")},
			account{Code: "42", Name: "Holz Maier", Class: "C", Address: address("Waldweg 2, Hof 3", "73430", "Aalen", "Deutschland")},
			account{Code: "43", Name: "Farben Roth", Class: "C"},
		}},
		{file: "pipedrive-activities.csv", system: "Pipedrive", table: model.TableVisits, encoding: UTF8, records: []model.Record{
			visit{Ref: "901", Account: "Metallbau Ostertag GmbH", Date: date(2026, 1, 13), Time: model.NewClock(14, 30), Rep: "Katrin Sommer", Minutes: 75, Note: "Spring range"},
			visit{Ref: "902", Account: "Holz Maier", Date: date(2026, 1, 14), Rep: "Mia Adler", Kind: model.VisitOther, Note: "Offer"},
			visit{Ref: "905", Account: "Farben Roth", Date: date(2026, 1, 20), Time: model.NewClock(12, 30), Rep: "Mia Adler", Note: "Thank you"},
		}, leftOut: map[Reason]int{SkipNotVisit: 1, SkipNotDone: 1}},
		{file: "zoho-accounts.csv", system: "Zoho", table: model.TableAccounts, encoding: UTF8, records: []model.Record{
			account{Code: "4150868000000376008", Name: "Elektro Huber", Class: "C", Address: address("Lindwurmstr. 7", "80337", "München", ""), Phone: "089 555 0131"},
			account{Code: "4150868000000376009", Name: "Farben Roth", Class: "C", Address: address("Seestr. 8", "78464", "Konstanz", ""), Note: "key customer"},
		}},
		{file: "portatour-besuchsberichte.csv", system: "portatour", table: model.TableVisits, encoding: Windows1252, records: []model.Record{
			visit{Account: "K-17", Date: date(2026, 3, 2), Time: model.NewClock(8, 30), Rep: "sommer", Minutes: 45, Note: "Frühjahrssortiment gezeigt"},
			visit{Account: "K-18", Date: date(2026, 3, 2), Time: model.NewClock(10, 0), Rep: "sommer", Kind: model.VisitNotMet, Minutes: 5},
			visit{Account: "K-19", Date: date(2026, 3, 2), Time: model.NewClock(11, 0), Rep: "sommer", Kind: model.VisitOther, Minutes: 20, Note: "Telefonat: Preise für Öl"},
			visit{Account: "K-20", Date: date(2026, 3, 2), Time: model.NewClock(14, 0), Rep: "sommer", Minutes: 30, Note: "nimmt 20 Stück"},
		}, leftOut: map[Reason]int{SkipNotVisit: 3}},
		{file: "tabelle-kunden.csv", table: model.TableAccounts, encoding: Windows1252, records: []model.Record{
			account{Code: "00017", Name: "Metallbau Ostertag GmbH", Class: "A", Address: address("Hauptstraße 12", "70734", "Fellbach", ""), Phone: "0711 5550142",
				Since: date(2019, 3, 4), At: model.Coordinates{Lat: 48.8083, Lon: 9.2767}, Placed: model.PlacedFile, Potential: 123450},
			account{Code: "00018", Name: "Gärtnerei Müßig", Class: "B", Address: address("Grüner Weg 5", "01067", "Dresden", ""), Phone: "0351 5550190",
				Since: date(2021, 3, 4), Potential: 1200000},
			account{Code: "00019", Name: "Bäckerei Lang", Class: "C", Address: address("Marktplatz 1", "89073", "Ulm", ""),
				At: model.Coordinates{Lat: 48.3984, Lon: 9.9916}, Placed: model.PlacedFile, Potential: 80000},
		}},
		{file: "tabelle-besuche.csv", table: model.TableVisits, encoding: Windows1252, records: []model.Record{
			visit{Account: "00017", Date: date(2026, 3, 4), Time: model.NewClock(14, 30), Rep: "Sommer", Outcome: "order", Value: 125000, Minutes: 45,
				Guests: []string{"Jan Weber"}, Note: "Größere Menge,\nLieferung ab Mai"},
			visit{Account: "00018", Date: date(2026, 3, 4), Rep: "Adler"},
		}},
		{file: "tabelle-kampagnen.csv", table: model.TableCampaigns, encoding: Windows1252, records: []model.Record{
			model.Campaign{Code: "Frühjahrsmailing", Name: "Frühjahrsmailing", Kind: "mailing", Territories: []string{"Süd/Baden-Württemberg", "T7"},
				Classes: []model.Class{"A", "B"}, Start: date(2026, 3, 9), End: date(2026, 3, 27), Status: model.CampaignPlanned, Owner: "Petra Lang"},
			model.Campaign{Code: "Telefonrunde März", Name: "Telefonrunde März", Kind: model.KindTelemarketing, Territories: []string{"T1", "T2"},
				Start: date(2026, 3, 2), End: date(2026, 3, 31), Status: model.CampaignPlanned, Owner: "Petra Lang"},
		}},
	} {
		t.Run(test.file, func(t *testing.T) {
			got := readFile(t, "testdata/systems/"+test.file, test.options)
			require.Equal(t, test.table, got.mapping.Table)
			require.Equal(t, test.system, got.mapping.System)
			require.Equal(t, test.encoding, got.file.Detected().Encoding)
			require.Empty(t, got.problems)
			require.Equal(t, test.records, got.records)
			if test.leftOut == nil {
				test.leftOut = map[Reason]int{}
			}
			require.Equal(t, test.leftOut, got.counts.LeftOut)
		})
	}
}
