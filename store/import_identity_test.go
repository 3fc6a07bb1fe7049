package store

// Which account a row means, and what files say beside their own rows.

import (
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"doppelpass/model"
)

func accountsOf(t testing.TB, s *Store) map[string]model.Account {
	t.Helper()
	all := map[string]model.Account{}
	for record, err := range s.Records(model.TableAccounts) {
		require.NoError(t, err)
		all[record.Key().Code] = record.(model.Account)
	}
	return all
}

func TestBranchesOfOneNameStayApart(t *testing.T) {
	s := open(t)
	path := write(t, "a.csv", "Firma;Straße;PLZ;Ort;Telefon\nMüller GmbH;Hauptstr. 1;20095;Hamburg;040 1\nMüller GmbH;Nebenweg 2;70173;Stuttgart;0711 2\nSchmidt KG;Weg 3;20095;Hamburg;040 3\n")
	require.Equal(t, 3, importFiles(t, s, ImportOptions{}, path)[0].Tally.Added)
	all := accountsOf(t, s)
	require.Equal(t, "Hamburg", all["Müller GmbH"].Address.City)
	require.Equal(t, "0711 2", all["Müller GmbH, Stuttgart"].Phone)
	again := importFiles(t, s, ImportOptions{}, path)[0]
	require.Zero(t, again.Tally, "the same file changes nothing")
	turned := write(t, "b.csv", "Firma;Straße;PLZ;Ort;Telefon\nMüller GmbH;Nebenweg 2;70173;Stuttgart;0711 2\nMüller GmbH;Hauptstraße 1;20095;Hamburg;040 1\n")
	require.Zero(t, importFiles(t, s, ImportOptions{}, turned)[0].Tally.Added, "nor does another order of its rows")
	require.Len(t, accountsOf(t, s), 3)
}

func TestTheSecondContactOfACompanyOverwritesNothing(t *testing.T) {
	s := open(t)
	path := write(t, "kunden.csv", "Firma;Vorname;Nachname;Telefon;E-Mail;Ort;PLZ\nProbe Eins GmbH;Ida;Kiebitz;0731 5551;;Ulm;89073\nProbe Eins GmbH;Ole;Igel;0731 5552;ole@eins.example;Ulm;89073\n")
	report := importFiles(t, s, ImportOptions{}, path)[0]
	got := accountsOf(t, s)["Probe Eins GmbH"]
	require.Equal(t, "0731 5551", got.Phone, "the first row holds")
	require.Equal(t, "ole@eins.example", got.Email, "a later one fills gaps")
	require.Equal(t, ReasonRepeated, report.Groups[0].Reason)
	require.Equal(t, []string{"phone"}, report.Groups[0].Args)
	require.Equal(t, []RowRange{{3, 3}}, report.Groups[0].Ranges)
}

func TestAnAccountAnswersToSeveralIdentifiers(t *testing.T) {
	s := open(t)
	importFiles(t, s, ImportOptions{}, write(t, "Account.csv", "Id,Name,AccountNumber,BillingCity\nA1,Probe Eins,7001,Ulm\nA2,Probe Zwei,7002,Bonn\n"))
	require.Equal(t, []string{"A1"}, accountsOf(t, s)["7001"].ExternalIDs)
	report := importFiles(t, s, ImportOptions{}, write(t, "Event.csv", "Id,AccountId,Subject,ActivityDateTime,OwnerId,Type\nE1,A1,x,2026-02-03 09:30:00,R,Meeting\nE2,7002,x,2026-02-04 14:00:00,R,Meeting\n"))[0]
	require.Equal(t, 2, report.Tally.Added)
	visits, err := s.AccountVisits("7001", 0)
	require.NoError(t, err)
	require.Equal(t, model.NewClock(9, 30), visits[0].Time)

	// A later export without the number finds the account by its id.
	report = importFiles(t, s, ImportOptions{}, write(t, "Account.csv", "Id,Name,BillingCity\nA1,Probe Eins,Neu-Ulm\n"))[0]
	require.Zero(t, report.Tally.Added)
	require.Equal(t, "Neu-Ulm", accountsOf(t, s)["7001"].Address.City)
}

func TestVisitsNameAccountsForgivingly(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "K-1", Name: "Gärtnerei Müßig"}, model.Account{Code: "00017", Name: "Holz Maier"})
	report := importFiles(t, s, ImportOptions{}, write(t, "v.csv", "account,date\n"+
		norm.NFD.String("Gärtnerei Müßig")+",2026-01-05\nGÄRTNEREI MÜSSIG,2026-01-06\nk-1,2026-01-07\n17,2026-01-08\nHOLZ  MAIER,2026-01-09\nNiemand,2026-01-10\n"))[0]
	require.Equal(t, 5, report.Tally.Added)
	require.Equal(t, []string{"Niemand"}, report.Groups[0].Values)
}

func TestAnotherNumberingIsTold(t *testing.T) {
	s := open(t)
	importFiles(t, s, ImportOptions{}, write(t, "a.csv", "Kd-Nr.;Firma;Ort\n1;Probe Eins;Ulm\n2;Probe Zwei;Bonn\n"))
	report := importFiles(t, s, ImportOptions{}, write(t, "b.csv", "Kd-Nr.;Firma;Ort\n1;Ganz Andere KG;Kiel\n2;Probe Zwei GmbH;Bonn\n"))[0]
	require.Equal(t, ReasonRenamed, report.Groups[0].Reason)
	require.Equal(t, 1, report.Groups[0].Rows, "who changes the name alone is the same")
}

func TestRowsOfATerritoryAddUpAndAssignOnlyWhereAsked(t *testing.T) {
	s := open(t)
	importFiles(t, s, ImportOptions{}, write(t, "kunden.csv", "Kd-Nr.;Firma;PLZ;Ort;Land\n1;Eins;20097;Hamburg;\n2;Zwei;80333;München;\n3;Drei;2009;Wien;Österreich\n"))
	path := write(t, "gebiete.csv", "Gebiet;PLZ;Außendienst\nNord;20095;Kiebitz\nNord;20097;Kiebitz\nSüd;80331;Dachs\n")
	report := importFiles(t, s, ImportOptions{}, path)[0]
	require.Equal(t, 2, report.Tally.Added)
	require.Equal(t, 1, report.Fitting)
	require.Zero(t, report.Assigned)
	require.Empty(t, accountsOf(t, s)["1"].Territory, "nobody was asked")
	report = importFiles(t, s, ImportOptions{Assign: true}, path)[0]
	require.Equal(t, 1, report.Assigned, "the same file, and the answer")
	got, err := s.Get(model.Territory{Code: "Nord"}.Key())
	require.NoError(t, err)
	require.Equal(t, []string{"20095", "20097"}, got.(model.Territory).Postcodes)
	all := accountsOf(t, s)
	require.Equal(t, "Nord", all["1"].Territory)
	require.Empty(t, all["2"].Territory)
	require.Empty(t, all["3"].Territory, "a postcode from abroad falls into no German territory")
	require.Zero(t, importFiles(t, s, ImportOptions{}, path)[0].Tally)
}

func TestOwnersAndLastVisits(t *testing.T) {
	path := write(t, "kunden.csv", "Kd-Nr.;Firma;Betreuer;Letzter Besuch\n1;Eins;Ida Kiebitz;12.01.2026\n2;Zwei;Arno Dachs;01.01.1900\n3;Drei;Ida Kiebitz;\n")
	s := open(t)
	report := importFiles(t, s, ImportOptions{}, path)[0]
	require.Equal(t, []Offer{{Kind: OfferOwners, Header: "Betreuer", Names: []string{"Ida Kiebitz", "Arno Dachs"}, Count: 2}}, report.Offers)
	require.Equal(t, 1, report.LastVisits, "1900 means never")
	visits, err := s.AccountVisits("1", 0)
	require.NoError(t, err)
	require.Equal(t, day(t, "2026-01-12"), visits[0].Date)
	require.Equal(t, "Letzter Besuch", visits[0].Note, "marked as what it is")
	require.Zero(t, importFiles(t, s, ImportOptions{}, path)[0].LastVisits, "once")

	s = open(t)
	report = importFiles(t, s, ImportOptions{CreateMissing: true}, path)[0]
	require.Equal(t, 3, report.ByOwner)
	all := accountsOf(t, s)
	require.Equal(t, all["1"].Territory, all["3"].Territory)
	require.NotEqual(t, all["1"].Territory, all["2"].Territory)
	got, err := s.Get(model.Territory{Code: all["2"].Territory}.Key())
	require.NoError(t, err)
	require.Equal(t, "Arno Dachs", got.(model.Territory).Rep)
	requireSound(t, s)
}

func TestTheTerritoryOfARepsRow(t *testing.T) {
	s := open(t)
	reps := write(t, "reps.csv", "rep_id,name,territory\nR1,Ida Kiebitz,Nord\nR2,Arno Dachs,Süd\n")
	report := importFiles(t, s, ImportOptions{}, reps)[0]
	require.Equal(t, 2, report.Offers[0].Count)
	areas := write(t, "territories.csv", "code,name,region\nT1,Nord,\nT2,Süd,\n")
	importFiles(t, s, ImportOptions{}, areas, reps)
	for code, rep := range map[string]string{"T1": "R1", "T2": "R2"} {
		got, err := s.Get(model.Territory{Code: code}.Key())
		require.NoError(t, err)
		require.Equal(t, rep, got.(model.Territory).Rep)
	}
}

func TestContactsGoToTheirAccounts(t *testing.T) {
	s := open(t)
	apply(t, s, model.Account{Code: "B1", Name: "Probe Eins GmbH", Phone: "0731 1"})
	path := write(t, "contacts.csv", "Contact ID,First Name,Last Name,Email,Phone Number,Job Title,Associated Company ID\nC1,Ida,Kiebitz,ida@eins.example,+49 731 5551,Einkauf,B1\nC2,Ole,Igel,ole@eins.example,+49 731 5552,Technik,B1\n")
	require.Equal(t, 2, importFiles(t, s, ImportOptions{}, path)[0].Tally.Added)
	require.Equal(t, "0731 1", accountsOf(t, s)["B1"].Phone)
	require.Zero(t, importFiles(t, s, ImportOptions{}, path)[0].Tally)
}

func TestACampaignOfNoTerritoryIsTold(t *testing.T) {
	s := open(t)
	apply(t, s, model.Territory{Code: "T1", Name: "Nord", Region: "Nord/Küste"})
	report := importFiles(t, s, ImportOptions{}, write(t, "campaigns.csv", "code,name,kind,territories,classes,start,end\nC1,Eins,mailing,T9|nord|Nord/Küste,A,2026-12-10,2026-12-12\n"))[0]
	require.Equal(t, 1, report.Tally.Added)
	require.Equal(t, []string{"T9"}, report.Groups[0].Values)
	got, err := s.Get(model.Campaign{Code: "C1"}.Key())
	require.NoError(t, err)
	require.Equal(t, []string{"T9", "T1", "Nord/Küste"}, got.(model.Campaign).Territories)
}

func TestRepsAreAtHomeWhereTheirAddressIs(t *testing.T) {
	s := open(t)
	importFiles(t, s, ImportOptions{}, write(t, "reps.csv", "code,name,home_postcode,home_city,capacity\nR1,Ada Nord,80331,München,20\n"))
	got, err := s.Get(model.Rep{Code: "R1"}.Key())
	require.NoError(t, err)
	require.InDelta(t, 48.1, got.(model.Rep).HomeAt.Lat, 0.3)
}

// Opening hours that nobody can read are kept, and whoever imports is told.
func TestUnreadOpeningHoursAreTold(t *testing.T) {
	s := open(t)
	report := importFiles(t, s, ImportOptions{}, write(t, "kunden.csv", "Kd-Nr.;Firma;Öffnungszeiten\n1;Eins;Mo-Fr 8-12\n2;Zwei;wenn Licht brennt\n3;Drei;\n4;Vier;wenn Licht brennt\n"))[0]
	require.Equal(t, 4, report.Tally.Added)
	require.Len(t, report.Groups, 1)
	require.Equal(t, ReasonHoursUnread, report.Groups[0].Reason)
	require.Equal(t, []string{"wenn Licht brennt"}, report.Groups[0].Values)
	require.Equal(t, []RowRange{{3, 3}, {5, 5}}, report.Groups[0].Ranges)
	record, err := s.Get(model.Account{Code: "2"}.Key())
	require.NoError(t, err)
	require.Equal(t, "wenn Licht brennt", record.(model.Account).Hours)
}
