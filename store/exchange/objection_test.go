package exchange

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// objectionCases are columns by which systems and people say that a customer wants no
// calls, a cell that says so, and one that does not.
var objectionCases = []struct{ header, yes, no string }{
	{"Telefonanrufe nicht zulassen", "Nicht zulassen", "Zulassen"},
	{"Do not allow Phone Calls", "Do Not Allow", "Allow"},
	{"Telefonanrufe zulassen", "Nein", "Ja"},
	{"Telefonanrufe", "Nicht zulassen", "Zulassen"},
	{"Phone Calls", "Do Not Allow", "Allow"},
	{"Phone Opt Out", "1", "0"},
	{"HasOptedOutOfCall", "true", "false"},
	{"Call Opt-Out", "TRUE", "FALSE"},
	{"Telefon-Opt-out", "x", ""},
	{"Kein Telefonkontakt", "x", ""},
	{"Telefonverbot", "ja", "nein"},
	{"Kontaktsperre", "J", "N"},
	{"Werbewiderspruch", "ja", "nein"},
	{"Widerspruch am", "12.03.2026", ""},
	{"Widerspruch am", "2026-03-12", "1900-01-01"},
	{"Ne pas appeler", "oui", "non"},
	{"Bloctel", "oui", "non"},
	{"No llamar", "sí", "no"},
	{"Lista Robinson", "sí", "no"},
	{"Non chiamare", "sì", "no"},
	{"Bel-me-niet", "ja", "nee"},
	{"Nie dzwonić", "tak", "nie"},
	{"Aranmasın", "evet", "hayır"},
	{"Não ligar", "sim", "não"},
	{"Não contactar", "S", "N"},
	{"DNC", "1", "0"},
	{"No Call", "X", ""},
	{"Call blocked", "yes", "no"},
	{"Blacklist", "x", ""},
	{"Sperrvermerk", "Telefon", ""},
	{"Telefon gesperrt", "gesperrt", "frei"},
	{"Telefonmarketing", "nein", "ja"},
	{"Werbung", "nein", "ja"},
	{"Telefonakquise erlaubt", "nein", "ja"},
	{"DSGVO", "widersprochen", "ok"},
	{"Einwilligung Telefon", "widerrufen", "erteilt"},
	{"Einwilligung widerrufen", "ja", "nein"},
	{"Widerruf", "12.03.2026", ""},
	{"Opt-out date", "2026-03-01", ""},
	{"Call Permission", "Denied", "Granted"},
	{"Telefonerlaubnis vom", "nein", "12.03.2026"},
	{"Nicht kontaktieren", "Ja", "Nein"},
	{"darf nicht angerufen werden", "x", ""},
	{"Kunde wünscht keine Anrufe", "ja", "nein"},
	{"Contact allowed", "no", "yes"},
	{"Telefon erlaubt (J/N)", "N", "J"},
	{"Werbeerlaubnis Telefon", "keine", "erteilt"},
	{"Telefonkontakt", "unerwünscht", "erwünscht"},
	{"Anruf", "nicht gewünscht", "gewünscht"},
	{"Einwilligung", "widerrufen", "kein Widerspruch"},
}

func recordsOf(t *testing.T, name, content string, o Options) (Mapping, []Row, *Batch) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	f, err := Open(path, o)
	require.NoError(t, err)
	t.Cleanup(func() { _ = f.Close() })
	m, err := f.Mapping()
	require.NoError(t, err)
	r, err := f.Read(m)
	require.NoError(t, err)
	t.Cleanup(func() { _ = r.Close() })
	batch, err := r.Next(context.Background())
	require.NoError(t, err)
	return m, batch.Rows, batch
}

func TestANoToCallsIsFoundWhateverItsColumnIsCalled(t *testing.T) {
	for _, test := range objectionCases {
		t.Run(test.header+" "+test.yes, func(t *testing.T) {
			_, rows, _ := recordsOf(t, "kunden.csv", "Kd-Nr.;Firma;PLZ;Ort;Telefon;"+test.header+"\n1;Holz;89073;Ulm;0731 123456;"+test.yes+"\n2;Roth;89075;Ulm;0731 123457;"+test.no+"\n", Options{})
			require.Len(t, rows, 2)
			require.True(t, rows[0].Record.(model.Account).DoNotCall)
			require.False(t, rows[1].Record.(model.Account).DoNotCall)
			require.Equal(t, "0731 123456", rows[0].Record.(model.Account).Phone)
		})
	}
}

func TestColumnsThatOnlySoundLikeANoForbidNothing(t *testing.T) {
	for _, test := range []struct{ header, cell string }{
		{"E-Mail Opt-out", "1"}, {"HasOptedOutOfEmail", "true"}, {"Newsletter abgemeldet", "ja"}, {"Liefersperre", "ja"}, {"Mahnsperre", "x"}, {"Gesperrt", "Ja"},
		{"Sperrkennzeichen", "gesperrt"}, {"Anzahl Anrufe", "3"}, {"Nicht erreichte Anrufe", "2"}, {"Phone No.", "0731 123457"}, {"No. Telefon", "0731 123457"},
		{"Noch nicht angerufen", "ja"}, {"Never contacted", "yes"}, {"Widerrufsbelehrung", "ja"}, {"Letzter Anruf", "12.03.2026"}, {"Anruf", "nein"},
	} {
		_, rows, _ := recordsOf(t, "kunden.csv", "Kd-Nr.;Firma;PLZ;Ort;Telefon;"+test.header+"\n1;Holz;89073;Ulm;0731 123456;"+test.cell+"\n", Options{})
		require.Len(t, rows, 1, test.header)
		require.False(t, rows[0].Record.(model.Account).DoNotCall, test.header)
	}
}

func TestAnyOfSeveralColumnsForbidsCalls(t *testing.T) {
	_, rows, _ := recordsOf(t, "kunden.csv", "Kd-Nr.;Firma;Telefon;Anrufsperre;Werbesperre\n1;Holz;0731 123456;nein;ja\n2;Roth;0731 99999;ja;nein\n3;Kern;0731 88888;nein;nein\n", Options{})
	for n, want := range []bool{true, true, false} {
		require.Equal(t, want, rows[n].Record.(model.Account).DoNotCall)
	}
}

func TestANoIsTakenFromRowsThatCannotBe(t *testing.T) {
	_, rows, batch := recordsOf(t, "anrufe.csv", "Kd-Nr.;Telefon;Anrufdatum;Ergebnis\n1;0731 123456 / 0171 5551234;gestern;keine Anrufe mehr\n2;0731 123457;gestern;erreicht\n", Options{})
	require.Empty(t, rows)
	require.Equal(t, []Objection{{Line: 2, Account: AccountRef{Code: "1"}, Phones: []string{"0731 123456", "0171 5551234"}}}, batch.Objections)
}

func TestAContactsNoNamesItsNumbers(t *testing.T) {
	_, rows, _ := recordsOf(t, "leads.csv", "First Name,Last Name,Company,Phone,Mobile,Do Not Call\nEva,Maier,Holz,0731 123456,0171 5551234,1\nOle,Igel,Holz,0731 77777,,0\n", Options{})
	require.Len(t, rows, 2)
	require.Equal(t, "0731 123456\n0171 5551234", rows[0].Beside.Phones)
	require.Nil(t, rows[1].Beside)
}

func TestWordsOfPeopleWhoWantNoMoreCalls(t *testing.T) {
	for _, word := range []string{"möchte nicht mehr kontaktiert werden", "Kontaktsperre", "gesperrt", "Blacklist", "bitte aus der Liste streichen", "STOP", "remove", "no further contact",
		"nie wieder anrufen", "kein Kontakt gewünscht", "keine weiteren Anrufe", "n'est plus intéressé, ne plus contacter", "no volver a llamar", "non richiamare più", "niet meer bellen",
		"nie dzwonić więcej", "bir daha aramayın", "keine Anrufe mehr"} {
		outcome, _, ok := callWordOf(word)
		require.True(t, ok, word)
		require.Equal(t, model.CallOptOut, outcome, word)
	}
	for word, want := range map[string]model.CallOutcome{"n'est plus intéressé": model.CallDeclined, "nicht erreicht": model.CallNotReached, "nicht interessiert": model.CallDeclined, "Interesse": model.CallReached} {
		outcome, _, _ := callWordOf(word)
		require.Equal(t, want, outcome, word)
	}
}
