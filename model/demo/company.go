package demo

// The fictional company: twelve sales areas, six reps, and why each area is as
// it is. A larger company is this one several times over.

import (
	"fmt"
	"math/rand/v2"

	"doppelpass/model"
)

// site is one sales area of the company and its story.
type site struct {
	name, region string
	exchange     int // in exchanges
	rep          int // in people; nobody: vacant
	prefixes     []string
	story        story
}

const nobody = -1

// story is how an area stands today, and why. Shares are of the accounts that
// count towards coverage.
type story struct {
	contacted float64 // visited in time or reached by phone
	a, b      float64 // visited in time, of the class's accounts; class C gets the rest
	called    float64 // only reached by phone; part of contacted
	never     float64 // never visited
	away      ages    // days without any visit
	silent    bool    // away means that nothing was reported
	former    int     // who had the area until the handover, if that is not 0
	handover  int     // days ago
	books     planning
	calls     phoning
	short     bool                       // has an account that wants to be seen every week
	note      func(model.Date) [2]string // sales' and marketing's note
}

// ages is a run of days before today; the zero value is none.
type ages struct{ from, to int }

// planning is how a rep plans the coming weeks.
type planning uint8

const (
	plansAsUsual    planning = iota
	plansNothing             // nobody there to plan
	plansLittle              // only now and then
	plansTheFair             // every A account before the fair is over
	plansWithoutOld          // never the A accounts that wait longest
)

// phoning is what marketing's telephone team did in an area.
type phoning uint8

const (
	callsNowAndThen phoning = iota
	callsNever
	callsPast  // a telephone campaign some months ago
	callsNow   // a telephone campaign is running
	callsSoFar // some attempts, many in vain
)

// person is a rep as the company hired them.
type person struct {
	name     string
	capacity int
	home     int // in sites: they live in its largest town
}

var people = [...]person{
	{"Katrin Sommer", 25, 0}, {"Jens Jansen", 28, 3}, {"Maike Petersen", 25, 6},
	{"Timo Brandt", 22, 8}, {"Ralf Wolff", 25, 10}, {"Miriam Adler", 12, 11},
}

// The places in sites that campaigns are aimed at.
const (
	stuttgart = iota
	ulm
	allgaeu
	koeln
	ruhr
	rheinMain
	hamburg
	bremen
	hannover
	berlin
	leipzig
	dresden
)

// Days ago of the events that the stories tell.
const (
	vacantFor  = 118
	illFrom    = 27
	illTo      = 7
	backFor    = illTo - 1
	silentFor  = 19
	slippedFor = 7
	newFor     = 35
	takeoverAt = 240
)

var sites = [...]site{
	stuttgart: {"Stuttgart", "Süd/Baden-Württemberg", 0, 0, []string{"70", "71", "736", "737"}, story{
		contacted: 0.84, a: 0.96, b: 0.88,
		note: notes("Läuft rund. A-Kunden im Vierwochenrhythmus.", "Jahresgespräche mit dem Vertrieb abgestimmt."),
	}},
	ulm: {"Ulm und Ostalb", "Süd/Baden-Württemberg", 0, 0, []string{"89", "734", "735"}, story{
		contacted: 0.57, a: 0.70, b: 0.62, never: 0.12, calls: callsSoFar, short: true,
		note: since(takeoverAt, "Am %s die Kunden der Firma Hägele übernommen; viele haben uns noch nie gesehen.",
			"Übernommene Kunden kennen uns nicht: erst Brief, dann Anruf."),
	}},
	allgaeu: {"Allgäu", "Süd/Bayern", 0, nobody, []string{"87"}, story{
		contacted: 0.36, called: 0.11, never: 0.02, away: ages{vacantFor - 1, 0}, former: 5, handover: vacantFor,
		books: plansNothing, calls: callsNow,
		note: since(vacantFor-1, "Seit %s unbesetzt: M. Adler ging in Elternzeit und ist jetzt in Dresden. Nachfolge ausgeschrieben.",
			"Bis die Stelle besetzt ist, hält das Telefonmarketing den Kontakt."),
	}},
	koeln: {"Köln-Bonn", "West/Nordrhein-Westfalen", 1, 1, []string{"50", "51", "53"}, story{
		contacted: 0.80, a: 0.86, b: 0.82, books: plansTheFair,
		note: notes("Messewochen sind verplant, alle A-Kunden haben einen Termin.", "Einladungen zur Fachmesse sind raus."),
	}},
	ruhr: {"Ruhrgebiet", "West/Nordrhein-Westfalen", 1, 1, []string{"44", "45", "46", "47", "58", "59"}, story{
		contacted: 0.70, a: 0.70, b: 0.72, books: plansWithoutOld, calls: callsPast,
		note: notes("Große Kunden zuerst; einige A-Kunden fallen durch das Raster.", "Telefonaktion brachte acht Termine."),
	}},
	rheinMain: {"Rhein-Main", "West/Hessen", 2, 1, []string{"60", "61", "63", "64", "65"}, story{
		contacted: 0.36, a: 0.40, b: 0.34, never: 0.06, books: plansWithoutOld, calls: callsSoFar,
		note: notes("Wird von Köln aus mitbetreut, lange Wege.", "Zu selten jemand vor Ort; Kunden fragen nach."),
	}},
	hamburg: {"Hamburg", "Nord/Hamburg und Schleswig-Holstein", 3, 2, []string{"20", "213", "22", "235", "253", "254"}, story{
		contacted: 0.74, a: 0.82, b: 0.75,
		note: notes("Hafen und Umland getrennt fahren.", "Gute Resonanz auf Mailings."),
	}},
	bremen: {"Bremen und Weser-Ems", "Nord/Niedersachsen", 3, 2, []string{"26", "275", "277", "28", "490", "496"}, story{
		contacted: 0.82, a: 0.96, b: 0.84,
		note: notes("Touren nach Emden immer mit Oldenburg verbinden.", "Hausmesse in Oldenburg kam gut an."),
	}},
	hannover: {"Hannover", "Nord/Niedersachsen", 3, 3, []string{"292", "30", "31", "38"}, story{
		contacted: 0.50, a: 0.25, b: 0.50, never: 0.02, away: ages{silentFor - 1, 0}, silent: true,
		books: plansNothing, calls: callsNever,
		note: notes("T. Brandt berichtet sonst wöchentlich.", "War immer gut besucht."),
	}},
	berlin: {"Berlin", "Ost/Berlin und Brandenburg", 4, 4, []string{"10", "12", "13", "14", "155", "16"}, story{
		contacted: 0.67, a: 0.70, b: 0.70, away: ages{illFrom, illTo},
		note: since(backFor, "R. Wolff ist seit %s wieder im Dienst.", "Zwei Kunden haben nach dem Außendienst gefragt."),
	}},
	leipzig: {"Leipzig-Halle", "Ost/Sachsen und Sachsen-Anhalt", 4, 4, []string{"041", "045", "046", "06"}, story{
		contacted: 0.42, a: 0.36, b: 0.42, never: 0.03, away: ages{illFrom, illTo}, calls: callsSoFar,
		note: since(illFrom, "R. Wolff war ab %s drei Wochen krank, keine Vertretung.", "Rückstand aus der Krankheit: Vorschlag, die C-Kunden anzurufen."),
	}},
	dresden: {"Dresden", "Ost/Sachsen und Sachsen-Anhalt", 4, 5, []string{"010", "014", "016", "017", "026"}, story{
		contacted: 0.56, a: 0.62, b: 0.55, never: 0.04, former: 4, handover: newFor, books: plansLittle, calls: callsSoFar,
		note: since(newFor, "Am %s von Leipzig-Halle abgeteilt und an M. Adler (Teilzeit) übergeben; Übergabe läuft noch.",
			"Neue Ansprechpartnerin allen Kunden per Brief vorgestellt."),
	}},
}

func notes(sales, marketing string) func(model.Date) [2]string {
	return func(model.Date) [2]string { return [2]string{sales, marketing} }
}

// since are notes that name the day so many days ago.
func since(days int, sales, marketing string) func(model.Date) [2]string {
	return func(today model.Date) [2]string {
		return [2]string{fmt.Sprintf(sales, (today - model.Date(days)).Time().Format("02.01.2006")), marketing}
	}
}

// calendars are those of the public holidays by region; where one spans two states, it
// is that of the larger part.
var calendars = map[string]string{
	"Süd/Baden-Württemberg": "DE-BW", "Süd/Bayern": "DE-BY", "West/Nordrhein-Westfalen": "DE-NW", "West/Hessen": "DE-HE",
	"Nord/Hamburg und Schleswig-Holstein": "DE-HH", "Nord/Niedersachsen": "DE-NI", "Ost/Berlin und Brandenburg": "DE-BE", "Ost/Sachsen und Sachsen-Anhalt": "DE-SN",
}

// marketingContacts look after a region each.
var marketingContacts = map[string]string{
	"Süd": "Lena Neumann", "West": "Oliver Brehm", "Nord": "Lena Neumann", "Ost": "Oliver Brehm",
}

var firstNames = [...]string{
	"Anja", "Bernd", "Carola", "Dirk", "Elke", "Frank", "Gabi", "Holger", "Ines", "Jörg", "Karin", "Lars", "Meike", "Nils", "Olaf",
	"Petra", "Rainer", "Sandra", "Torsten", "Ute",
}

// repName is the name of a rep of the n-th copy of the company.
func repName(r *rand.Rand, copyNumber, rep int) string {
	if copyNumber == 0 {
		return people[rep].name
	}
	return firstNames[r.IntN(len(firstNames))] + " " + surnames[r.IntN(len(surnames))]
}
