package exchange

// Headers in the style of the systems that people come from and of plain
// spreadsheets, in nine languages: which table each is, and where the columns went
// that a wrong reading would hurt most. None may be read as something else without a
// question.

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// headerCase is one header with a row below it. Where want is empty, a person must be
// asked.
type headerCase struct {
	file, header, row string
	want              model.Table
	columns           string // header=column, separated by blanks around ";"
}

var headerCases = []headerCase{
	// Customers
	{"Kundenliste", "Kundennummer;Vorname;Nachname;Straße;PLZ;Ort;Telefon", "101;Ida;Kiebitz;Am Wehr 1;80331;München;089 5551", "accounts", "Kundennummer=code;Vorname=first_name;Nachname=last_name;Telefon=phone"},
	{"x", "Kd-Nr.;Name 1;Straße;PLZ;Ort;Tel.-Nr.;Betreuer;Letzter Besuch", "1;Holz Maier;Am Wehr 1;80331;München;089 5551;Kiebitz;12.01.2026", "accounts", "Kd-Nr.=code;Name 1=name;Tel.-Nr.=phone;Betreuer=owner;Letzter Besuch=last_visit"},
	{"debitoren", "Debitor;Firma;PLZ/Ort;Vorwahl;Rufnummer;ABC-Klasse", "70001;Holz Maier;80331 München;089;5551;A", "accounts", "Debitor=code;Firma=name;PLZ/Ort=place;Vorwahl=area_code;Rufnummer=phone;ABC-Klasse=class"},
	{"x", "Firmenname;Anschrift;Ansprechpartner;Telefon;Umsatz 2025", "Holz Maier;Am Wehr 1, 80331 München;Eva Maier;089 5551;12000", "accounts", "Firmenname=name;Telefon=phone"},
	{"x", "Interessent;Straße;Hausnummer;PLZ;Stadt;Besuchsrhythmus", "Holz Maier;Am Wehr;1;80331;München;4 Wochen", "accounts", "Interessent=name;Hausnummer=house_number;Besuchsrhythmus=interval"},
	{"clients", "Code client;Raison sociale;Adresse;Code postal;Ville;Téléphone;Commercial", "C1;Probe Un SARL;1 rue du Test;75012;PARIS;0140000001;Arno Dachs", "accounts", "Code client=code;Raison sociale=name;Adresse=address;Code postal=postcode;Ville=city;Téléphone=phone;Commercial=owner"},
	{"x", "N° client;Société;Rue;CP;Ville;Dernière visite", "17;Probe Deux SAS;2 rue du Test;69001;LYON;12/01/2026", "accounts", "N° client=code;Société=name;Rue=street;CP=postcode;Ville=city;Dernière visite=last_visit"},
	{"clientes", "Código cliente;Empresa;Dirección;Código postal;Población;Teléfono;Última visita", "1;Prueba Uno SL;Calle Prueba 1;28001;Madrid;910000001;12/01/2026", "accounts", "Código cliente=code;Empresa=name;Dirección=address;Código postal=postcode;Población=city;Teléfono=phone;Última visita=last_visit"},
	{"clientes-es", "Cliente;Nombre;Dirección;Código postal;Ciudad;Teléfono", "1;Prueba Uno SL;Calle Prueba 1;28001;Madrid;910000001", "accounts", "Cliente=code;Nombre=name;Código postal=postcode;Ciudad=city"},
	{"clienti", "Codice cliente;Ragione sociale;Indirizzo;CAP;Città;Telefono;Agente", "1;Prova Uno Srl;Via Prova 1;20121;Milano;02555;Arno Dachs", "accounts", "Codice cliente=code;Ragione sociale=name;Indirizzo=address;CAP=postcode;Città=city;Telefono=phone;Agente=owner"},
	{"lojas-pt", "id_loja;nome_loja;cidade;endereco;latitude_loja;longitude_loja;status", "L1;Loja Um;Recife;Rua Teste 1;-8.02;-34.91;ativo", "accounts", "id_loja=code;nome_loja=name;cidade=city;endereco=address;latitude_loja=lat;longitude_loja=lon"},
	{"x", "Código do cliente;Nome da empresa;Morada;Código postal;Localidade;Telemóvel", "1;Prova Um Lda;Rua Teste 1;1000-001;Lisboa;910000001", "accounts", "Código do cliente=code;Nome da empresa=name;Morada=address;Código postal=postcode;Localidade=city;Telemóvel=phone"},
	{"klanten", "Klantnummer;Bedrijfsnaam;Straat;Huisnummer;Postcode;Plaats;Telefoon;Laatste bezoek", "1;Proef Een BV;Proefstraat;1;1012 AB;Amsterdam;020555;12-01-2026", "accounts", "Klantnummer=code;Bedrijfsnaam=name;Straat=street;Huisnummer=house_number;Postcode=postcode;Plaats=city;Telefoon=phone;Laatste bezoek=last_visit"},
	{"klienci", "Numer klienta;Nazwa firmy;Ulica;Kod pocztowy;Miasto;Telefon;Opiekun", "1;Próba Jeden Sp. z o.o.;Próbna 1;00-001;Warszawa;22555;Arno Dachs", "accounts", "Numer klienta=code;Nazwa firmy=name;Ulica=street;Kod pocztowy=postcode;Miasto=city;Telefon=phone;Opiekun=owner"},
	{"musteriler", "Müşteri No;Müşteri Adı;Adres;Posta Kodu;Şehir;Telefon;Son Ziyaret", "1;Deneme Bir AŞ;Deneme Sokak 1;34000;İstanbul;0212555;12.01.2026", "accounts", "Müşteri No=code;Müşteri Adı=name;Adres=address;Posta Kodu=postcode;Şehir=city;Telefon=phone;Son Ziyaret=last_visit"},
	{"Account", "Id,Name,AccountNumber,BillingStreet,BillingCity,BillingPostalCode,Phone,OwnerId,LastActivityDate", "A1,Probe Eins,7001,Am Wehr 1,Ulm,89073,0731 1,005K,2026-02-03", "accounts", "Name=name;AccountNumber=code;BillingStreet=street;BillingCity=city;Phone=phone;OwnerId=owner"},
	{"companies", "Record ID,Company name,Company owner,City,Postal Code,Phone Number,Create Date", "1,Probe Eins,Ida Kiebitz,Ulm,89073,0731 1,2024-01-15 10:00", "accounts", "Record ID=code;Company name=name;Company owner=owner;Phone Number=phone"},
	{"res.partner", "id,name,is_company,street,zip,city,country_id,user_id/name,phone", "base.p1,Probe Eins AG,True,Testweg 24,6383,Dallenwil,Schweiz,Ida Kiebitz,+41 41 555", "accounts", "id=code;name=name;zip=postcode;country_id=country;user_id/name=owner"},
	{"businesses", "business_id,name,address,city,state", "901,PROBE IMBISS,1 Elm St,Anyville,KY", "accounts", "business_id=code;name=name;address=address"},
	{"doctors", "doctor_id,doctor_name,specialty,hospital_city", "H1,Dr. Ida Kiebitz,Cardiology,Ulm", "accounts", "doctor_id=code;doctor_name=name"},
	{"export", "Customer ID,Customer Name,Address Line 1,City,ZIP,Country,Account Manager,Last Visit Date", "C1,Probe Ltd,1 Elm St,Leeds,LS1 1AA,UK,Ida Kiebitz,2026-01-12", "accounts", "Customer ID=code;Customer Name=name;Last Visit Date=last_visit"},
	{"x", "Müşteri;Şehir;İlçe;Telefon", "Deneme Bir AŞ;İstanbul;Kadıköy;0212555", "accounts", "Müşteri=name"},

	{"x", "Debitor;Name 1;Straße;PLZ;Ort;Umsatz Vorjahr", "100017;Holz Maier;Am Wehr 1;80331;München;12.345,67", "accounts", "Debitor=code;Name 1=name;Umsatz Vorjahr=potential"},
	{"x", "Kd-Nr.;Firma;Ort;Umsatz 2025", "1;Holz Maier;München;12000", "accounts", "Umsatz 2025=potential"},
	{"x", "Code client;Raison sociale;Ville;CA annuel", "C1;Probe Un;Paris;12345", "accounts", "CA annuel=potential"},
	{"x", "Kd-Nr.;Firma;Ort;Darf angerufen werden", "1;Holz Maier;München;nein", "accounts", "Darf angerufen werden=calls_allowed"},

	// People at customers are never reps
	{"contacts", "Contact ID,First Name,Last Name,Email,Phone Number,Job Title,Associated Company ID", "C1,Ida,Kiebitz,ida@eins.example,+49 89 5551,Einkauf,B1", "contacts", "First Name=first_name;Last Name=last_name;Associated Company ID=account;Job Title=function"},
	{"Connections", "First Name,Last Name,URL,Company,Position,Connected On", "Ida,Kiebitz,https://x.example/1,Probe Eins GmbH,Einkauf,04 Jul 2026", "contacts", "Company=account_name;Position=function"},
	{"Contact", "Id,AccountId,Salutation,FirstName,LastName,MailingCity,Phone,Email,Title,OwnerId", "003A,001A,Frau,Ida,Kiebitz,Ulm,0731 5551,ida@eins.example,Einkauf,005K", "contacts", "AccountId=account;FirstName=first_name;Title=function"},
	{"outlook", "First Name,Last Name,Company,Job Title,Business Phone,E-mail Address", "Ida,Kiebitz,Probe Eins GmbH,Einkauf,089 1,ida@eins.example", "contacts", "Company=account_name;Business Phone=phone"},
	{"Ansprechpartner", "Firma;Ansprechpartner;Funktion;Telefon;E-Mail", "Holz Maier;Eva Maier;Einkauf;089 1;eva@maier.example", "contacts", "Firma=account_name;Ansprechpartner=name;Funktion=function"},
	{"apollo-contacts-export", "First Name,Last Name,Title,Company,Email,Account Owner", "Ida,Kiebitz,Buyer,Probe Eins GmbH,ida@eins.example,Mia Marder", "contacts", "Company=account_name;Title=function"},

	// Reps
	{"x", "Personalnummer;Vorname;Nachname;E-Mail;Wohnort", "12;Ida;Kiebitz;ida@x.example;Ulm", "reps", "Personalnummer=code;Vorname=first_name"},
	{"User", "Id,Username,FirstName,LastName,CompanyName,City,PostalCode,Phone,Email,IsActive", "005K,ida@x.example,Ida,Kiebitz,Probe AG,Ulm,89073,0731 1,ida@x.example,1", "reps", "Id=code;FirstName=first_name;IsActive=active"},
	{"reps", "rep_id,name,territory", "R1,Ida Kiebitz,Nord", "reps", "rep_id=code;name=name;territory=territory"},
	{"merchandisers", "id,name,phone,hire_date", "1,Ida Kiebitz,0711 555,2024-05-01", "reps", "id=code;name=name"},
	{"vendedores", "Código vendedor;Nombre vendedor;Correo;Zona", "V1;Ida Kiebitz;ida@x.example;Norte", "reps", "Código vendedor=code;Nombre vendedor=name;Zona=territory"},
	{"x", "Vertreter-Nr.;Vertretername;E-Mail", "12;Ida Kiebitz;ida@x.example", "reps", "Vertreter-Nr.=code;Vertretername=name"},

	// Territories
	{"plz-gebiete", "Gebiet;PLZ;Außendienst", "Nord;20095;Kiebitz", "territories", "Gebiet=code;PLZ=postcodes;Außendienst=rep"},
	{"territories", "ZIP,City,County,Territory", "80001,Arvale,Jeff,North", "territories", "ZIP=postcodes;Territory=name"},
	{"Territory2", "Id,Name,ParentTerritory2Id,Description,ForecastUserId", "0MI1,Nord,,Region,005K", "territories", "Id=code;Name=name"},
	{"x", "Gebietsnummer;Gebietsname;PLZ-Bereich;Gebietsleiter", "1;Nord;20 21;Kiebitz", "territories", "Gebietsnummer=code;Gebietsname=name;PLZ-Bereich=postcodes;Gebietsleiter=rep"},
	{"plz", "Bezirk;PLZ von;PLZ bis", "Nord;20000;29999", "territories", "PLZ von=postcodes_from;PLZ bis=postcodes_to"},
	{"x", "Secteur;Code postal;Commercial", "Nord;59000;Kiebitz", "territories", "Code postal=postcodes;Commercial=rep"},

	// Visits
	{"x", "Kd-Nr.;Besuchsdatum;Mitarbeiter;Ergebnis", "17;04.03.2026;Sommer;Auftrag", "visits", "Kd-Nr.=account;Besuchsdatum=date;Mitarbeiter=rep;Ergebnis=outcome"},
	{"visits", "visit_id,doctor_id,rep_id,visit_date", "V1,H1,R1,2026-02-01", "visits", "visit_id=id;doctor_id=account;rep_id=rep;visit_date=date"},
	{"store_visits", "id,merchandiser_id,store_id,visit_date", "1,1,1,2026-02-15 10:00:00", "visits", "store_id=account;merchandiser_id=rep;visit_date=date"},
	{"Event", "Id,AccountId,Subject,ActivityDateTime,ActivityDate,DurationInMinutes,OwnerId,Type", "E1,A1,Jahresgespräch,2026-02-03 09:30:00,2026-02-03 00:00:00,60,005K,Meeting", "visits", "AccountId=account;ActivityDateTime=date;DurationInMinutes=minutes;OwnerId=rep"},
	{"visites", "Date de visite;Client;Commercial;Résultat;Commentaire", "12/01/2026;Probe Un;Arno Dachs;Commande;ok", "visits", "Date de visite=date;Client=account;Commercial=rep;Résultat=outcome"},
	{"visitas", "Fecha de visita;Código cliente;Vendedor;Resultado", "12/01/2026;1;Arno Dachs;Pedido", "visits", "Fecha de visita=date;Código cliente=account;Vendedor=rep;Resultado=outcome"},
	{"visite", "Data visita;Cliente;Agente;Esito;Note", "12/01/2026;Prova Uno;Arno Dachs;Ordine;ok", "visits", "Data visita=date;Agente=rep;Esito=outcome"},
	{"x", "Data da visita;Cliente;Vendedor;Observações", "12/01/2026;Prova Um;Arno Dachs;ok", "visits", "Data da visita=date;Vendedor=rep;Observações=note"},
	{"bezoeken", "Bezoekdatum;Klantnummer;Vertegenwoordiger;Opmerkingen", "12-01-2026;1;Arno Dachs;ok", "visits", "Bezoekdatum=date;Klantnummer=account;Vertegenwoordiger=rep;Opmerkingen=note"},
	{"wizyty", "Data wizyty;Klient;Przedstawiciel;Wynik", "12.01.2026;Próba;Arno Dachs;Zamówienie", "visits", "Data wizyty=date;Przedstawiciel=rep;Wynik=outcome"},
	{"ziyaretler", "Ziyaret Tarihi;Müşteri;Temsilci;Sonuç", "12.01.2026;Deneme;Arno Dachs;Sipariş", "visits", "Ziyaret Tarihi=date;Temsilci=rep;Sonuç=outcome"},
	{"meetings", "Subject,Status,Date,Date End,Related to,Assigned to", "Spring,Held,2026-01-13 14:30,2026-01-13 15:00,Probe,sommer", "visits", "Date=date;Related to=account_name;Assigned to=rep;Status=status"},

	{"Besuche", "Datum;Von;Bis;Kunde;Bemerkung", "12.10.2026;09:00;09:45;Holz Maier GmbH;ok", "visits", "Datum=date;Von=time;Bis=end;Kunde=account"},
	{"x", "Aktion;Start;Ende;Zielgruppe;Gebiete", "Frühjahr;01.03.2027;31.03.2027;A,B;Nord,Süd", "campaigns", "Start=start;Zielgruppe=classes;Gebiete=territories"},

	// Calls
	{"2-calls", "Call ID,Account ID,Call Date,Called by,Call Outcome", "C1,A1,2026-02-01,Ida,Connected", "calls", "Call ID=id;Account ID=account;Call Date=date;Called by=agent;Call Outcome=outcome"},
	{"call_logs", "timestamp,name,phone,status,notes", "2026-02-16T12:47:12,Probe Eins,4989555,No answer,x", "calls", "timestamp=date;name=account_name;status=outcome"},
	{"Task", "Id,AccountId,Subject,ActivityDate,Status,OwnerId,TaskSubtype,CallType,CallDurationInSeconds", "T2,A2,Call,2026-02-04 00:00:00,Completed,R1,Call,Outbound,120", "calls", "AccountId=account;ActivityDate=date;OwnerId=agent;TaskSubtype=activity_type"},
	{"x", "Kundennummer;Firma;Gebiet;Außendienst;Ergebnis;Anrufdatum", "1;Probe;Nord;Kiebitz;nicht erreicht;12.10.2026", "calls", "Außendienst=;Anrufdatum=date"},
	{"dialer", "Nummer;Firma;Status;Zeitstempel;Agent", "+49895551;Holz Maier;besetzt;2026-10-12 10:00:00;Mia", "calls", "Nummer=phone;Zeitstempel=date;Status=outcome"},
	{"x", "Kundennummer;Anrufdatum;Angerufen von;Anrufergebnis", "17;04.03.2026;Mia;nicht erreicht", "calls", "Anrufdatum=date;Angerufen von=agent;Anrufergebnis=outcome"},
	{"llamadas", "Fecha de llamada;Cliente;Agente;Resultado", "12/01/2026;Prueba;Mia;No contesta", "calls", "Fecha de llamada=date;Agente=agent;Resultado=outcome"},
	{"appels", "Date d'appel;Client;Résultat", "12/01/2026;Probe;pas de réponse", "calls", "Date d'appel=date;Résultat=outcome"},

	// Campaigns and plans
	{"x", "Kampagne;Art;Gebiete;Beginn;Ende;Status", "Frühjahr;Mailing;T1;09.03.2026;27.03.2026;geplant", "campaigns", "Kampagne=name;Gebiete=territories;Beginn=start;Ende=end"},
	{"Campaign", "Id,Name,Type,StartDate,EndDate,Status,OwnerId", "701,Spring,Email,2026-03-09,2026-03-27,Planned,005K", "campaigns", "Id=code;Name=name;StartDate=start;EndDate=end"},
	{"Wochenplan", "Mitarbeiter;Datum;Kundennummer;Uhrzeit", "R1;04.03.2026;17;09:00", "plan", "Mitarbeiter=rep;Datum=date;Kundennummer=account"},

	// What nobody can know is asked
	{"stores", "id,name,location", "1,Muster Markt,\"1 Elm St, Anyville\"", "", ""},
	{"x", "code,name", "1,Eins", "", ""},
	{"x", "Aufgabe;Fällig am;Kunde;Zuständig", "Angebot schreiben;12.10.2026;Holz Maier;Kiebitz", "", ""},
	{"x", "Nr;Bezeichnung;Menge", "1;Schraube;12", "", ""},
	{"invoices", "Invoice No,Customer,Date,Amount", "1,Probe,2026-01-12,12.50", "", ""},
	{"Rechnungen", "Rechnungsnummer;Kundennummer;Datum;Betrag", "1;17;12.01.2026;12,50", "", ""},
	{"field_visits", "date,rep_id,rep_name,territory,hcp_id,hcp_name,visits", "2026-01-05,R1,Arno Dachs,T-1,H1,Dr. Ida Kiebitz,8", "", ""},
	{"Task", "Id,AccountId,Subject,ActivityDate,Status,TaskSubtype", "T1,A1,Angebot,2026-02-03,Completed,Email", "", ""},
	{"x", "101;Holz Maier;80331;München", "102;Farben Roth;89073;Ulm", "", ""},
	{"products", "sku,title,price,stock", "1,Screw,2.50,100", "", ""},
}

func TestHeadersOfTheWorld(t *testing.T) {
	for _, test := range headerCases {
		t.Run(test.file+" "+test.header, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), test.file+".csv")
			require.NoError(t, os.WriteFile(path, []byte(test.header+"\n"+test.row+"\n"), 0o600))
			f, err := Open(path, Options{})
			require.NoError(t, err)
			defer f.Close()
			m, err := f.Mapping()
			if test.want == "" {
				require.Error(t, err, "taken for %s without a question", m.Table)
				require.NotEmpty(t, reasonOf(t, err))
				return
			}
			require.NoError(t, err)
			require.Equal(t, test.want, m.Table)
			for _, pair := range strings.Split(test.columns, ";") {
				header, column, _ := strings.Cut(pair, "=")
				at := columnOf(f.Header(), header)
				require.GreaterOrEqual(t, at, 0, header)
				require.Equal(t, column, m.Columns[at].Column, header)
			}
		})
	}
}

// FuzzRecognise: any table of words and values is recognised or asked about, never a
// panic; a rep needs a word for it, and a visit a customer and a day.
func FuzzRecognise(f *testing.F) {
	for _, test := range headerCases {
		f.Add(test.file, test.header, test.row)
	}
	f.Fuzz(func(t *testing.T, file, header, row string) {
		split := func(s string) []string {
			return strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == ',' })
		}
		names, cells := split(Clean(header)), split(Clean(row))
		if len(names) == 0 || len(names) > 50 {
			return
		}
		rows := [][]string{cells}
		m, err := Recognise(names, rows, Options{called: []string{file}})
		if err != nil {
			reasonOf(t, err)
			return
		}
		if len(m.Missing()) > 0 {
			t.Fatalf("%q is taken for %s without %v", header, m.Table, m.Missing())
		}
		switch m.Table {
		case model.TableReps:
			c := newClues(names, rows, Options{called: []string{file}})
			if !c.seller() && !c.user() && !c.any(".hired") && !c.called[model.TableReps] && !m.allCanonical() {
				t.Fatalf("%q is taken for reps out of nothing", header)
			}
		case model.TableVisits:
			if m.Target("date") < 0 || m.Target("account") < 0 && m.Target("account_name") < 0 {
				t.Fatalf("%q is taken for visits out of nothing", header)
			}
		}
	})
}
