package demo

// How the fictional customers are called, and where they answer the phone.

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

var trades = [...]string{
	"Metallbau", "Autohaus", "Schreinerei", "Bäckerei", "Elektro", "Holzbau", "Malerbetrieb", "Sanitär", "Landtechnik", "Druckerei",
	"Zimmerei", "Gartenbau", "Maschinenbau", "Stahlbau", "Dachdeckerei", "Fliesen", "Glaserei", "Heizungsbau", "Kfz-Werkstatt",
	"Spedition", "Werkzeugbau", "Kunststofftechnik", "Möbelhaus", "Baustoffe", "Brauerei", "Gasthof", "Hofladen", "Getränke",
	"Zweirad", "Raumausstattung", "Steinmetz", "Feinmechanik", "Fensterbau", "Lackiererei", "Tiefbau", "Gerüstbau", "Eisenwaren",
	"Kältetechnik", "Trockenbau", "Orthopädietechnik",
}

var surnames = [...]string{
	"Ostertag", "Krämer", "Lang", "Vogt", "Maier", "Hägele", "Brenner", "Sauter", "Wiedemann", "Falk", "Roth", "Lindner", "Baumann",
	"Dorn", "Ebner", "Frick", "Gerstner", "Hofstetter", "Imhof", "Jessen", "Kolb", "Lenz", "Mertens", "Nagel", "Oswald", "Pohl",
	"Quandt", "Reuter", "Seidel", "Thiele", "Uhlig", "Voss", "Wendt", "Ziegler", "Amann", "Bischoff", "Claus", "Dietz", "Engelke",
	"Fuhrmann", "Grote", "Harms", "Ihle", "Jahnke", "Kessler", "Löffler", "Moser", "Neubert", "Oehler", "Prinz", "Rapp", "Schaller",
	"Tiedemann", "Ullrich", "Vetter", "Wächter", "Zander", "Althoff", "Bredow", "Cordes", "Drechsler", "Eichhorn", "Frese", "Glaser",
	"Hamann", "Jürgens", "Köster", "Lüders", "Michel", "Noack", "Otten", "Petzold", "Rieger", "Stolz", "Trautmann", "Urban", "Völker",
	"Wiese", "Zöllner", "Arens", "Böhme", "Conrad", "Döring", "Ehlers", "Fiedler", "Gruber", "Heller", "Janssen", "Kuhnert", "Lotz",
	"Menzel", "Nolte", "Opitz", "Pfeiffer", "Reimann", "Sommerfeld", "Thoma", "Unger", "Volz", "Weigand", "Zimmer",
}

// firms follow a name, most of them nothing.
var firms = [...]string{"", "", "", "", " GmbH", " GmbH", " & Sohn", " KG", " & Co. KG", " e. K."}

var streets = [...]string{
	"Hauptstraße", "Bahnhofstraße", "Industriestraße", "Gartenstraße", "Lindenstraße", "Am Gewerbepark", "Werkstraße", "Marktplatz",
	"Schillerstraße", "Mühlweg", "Daimlerstraße", "Siemensstraße", "Kirchgasse", "Ringstraße", "Alte Landstraße", "Feldweg",
	"Goethestraße", "Max-Eyth-Straße", "Ziegeleiweg", "Im Brühl",
}

// openingHours in OpenStreetMap notation, the commonest several times.
var openingHours = [...]string{
	"Mo-Fr 08:00-12:00,13:00-17:00", "Mo-Fr 08:00-12:00,13:00-17:00", "Mo-Fr 07:30-12:00,12:45-16:30",
	"Mo-Th 07:00-12:00,12:30-16:00; Fr 07:00-13:00", "Mo-Fr 09:00-18:00; Sa 09:00-13:00", "Mo-Fr 08:00-18:00",
	"Tu-Fr 09:00-12:30,14:00-18:00; Sa 09:00-12:00", "Mo-Fr 07:00-12:00,13:00-17:30", "Mo,Tu,Th,Fr 08:00-12:00,14:00-17:00; We 08:00-12:00",
}

// exchanges are the ranges that the German regulator (Bundesnetzagentur, Amtsblatt
// 7/2021, Mitteilung 148) keeps free of subscribers for films and books: none of
// these numbers ever rings. Three digits follow.
var exchanges = [...]string{"089 99998", "0221 4710", "069 90009", "040 66969", "030 23125"}

// consentBases are grounds on which a consent is presumed.
var consentBases = [...]string{"Gespräch auf der Fachmesse", "Empfehlung eines Kunden", "Anfrage über die Website", "Visitenkarte beim Besuch"}

var accountNotes = [...]string{
	"Ansprechpartner Einkauf: donnerstags nur bis Mittag im Haus.",
	"Parken im Hof, Anmeldung an der Pforte.",
	"Entscheidet nur der Senior, bitte immer direkt fragen.",
	"Marketing: möchte Muster vorab per Post, dann Termin.",
	"Baut 2. Halle, Bedarf steigt im nächsten Jahr.",
	"Vergleicht mit zwei Mitbewerbern; auf Lieferzeit achten.",
	"Marketing: hat auf der Messe den Katalog mitgenommen.",
	"Jahresgespräch im Herbst, Rahmenvertrag läuft aus.",
	"Lieferung nur vor 9 Uhr, Rampe hinten.",
	"Nachfolge im Betrieb geregelt, Tochter übernimmt den Einkauf.",
	"Marketing: Newsletter ja, Anrufe lieber nachmittags.",
	"Reklamation vom Frühjahr ist erledigt.",
}

var visitNotes = [...]string{
	"Neues Sortiment gezeigt, Muster dagelassen.",
	"Bestellung aufgenommen, Lieferung in KW-Mitte gewünscht.",
	"Chef im Urlaub, mit dem Meister gesprochen.",
	"Preisliste besprochen, Angebot bis Freitag zugesagt.",
	"Kurzer Besuch, Lager ist noch voll.",
	"Reklamation aufgenommen und geklärt.",
	"Interessiert sich für die neue Linie, zweiter Termin folgt.",
	"Aktion vorgestellt, Plakat aufgehängt.",
	"Umbau läuft, erst nächstes Quartal wieder Bedarf.",
	"Gutes Gespräch, Empfehlung an den Nachbarbetrieb.",
}

var notMetNotes = [...]string{"Niemand angetroffen, Karte eingeworfen.", "Betrieb geschlossen.", "Ansprechpartner auf Baustelle."}

var otherNotes = [...]string{"Telefonisch Liefertermin bestätigt.", "Angebot per Mail nachgefasst.", "Rückfrage zur Rechnung geklärt."}

var callNotes = [...]string{
	"Termin gern ab nächster Woche.", "Bittet um Katalog.", "Zurzeit kein Bedarf, in drei Monaten wieder melden.",
	"Hat länger niemanden vom Außendienst gesehen.", "Zentrale sagt Rückruf zu.", "Aktion bekannt, überlegt noch.",
}

var guests = [...]string{"D. Hartmann (Anwendungstechnik)", "L. Neumann (Marketing)", "P. Albrecht (Leitung)"}

// marketingNotes are what marketing keeps of an account.
var marketingNotes = [...]string{
	"Liest den Rundbrief, öffnet jede Beilage zu Werkzeug.", "War 2025 auf der Hausmesse, zwei Kollegen dabei.",
	"Möchte Kataloge nur noch als Datei.", "Multiplikator im Innungsvorstand: früh einladen.", "Anzeige im Handwerksblatt hat den ersten Kontakt gebracht.",
}

// agents are marketing's telephone team.
var agents = [...]string{"Lena Neumann", "Fatih Kaya", "Sabine Roll"}

// companyName is the name of the n-th customer: every pair of trade and surname
// occurs once before the first comes again.
func companyName(r *rand.Rand, n int) string {
	const pairs = len(trades) * len(surnames)
	at := n * 1021 % pairs // 1021 is prime and divides neither number
	name := trades[at%len(trades)] + " " + surnames[at/len(trades)]
	if n >= pairs {
		return name + fmt.Sprintf(" %d", n/pairs+1) + firms[r.IntN(len(firms))]
	}
	return name + firms[r.IntN(len(firms))]
}

var plainLetters = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", " ", "-", "&", "und", ".", "", "(", "", ")", "")

// mailAddress is an address under a domain that is reserved for examples (RFC 2606).
func mailAddress(name string) string {
	return "info@" + plainLetters.Replace(strings.ToLower(name)) + ".example"
}
