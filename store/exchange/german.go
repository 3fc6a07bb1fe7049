package exchange

// The canonical columns and the words of their cells as a German file has them. Each is
// one that reading knows, so that what is written reads back.

import (
	"strings"
	"sync"

	"doppelpass/model"
	"doppelpass/model/hours"
)

// germanHeads are the headings of the canonical columns by table.
var germanHeads = map[model.Table]map[string]string{
	model.TableTerritories: {"code": "Gebietscode", "name": "Gebietsname", "region": "Vertriebsregion", "rep": "Außendienst", "postcodes": "PLZ-Gebiete",
		"country": "Land", "calendar": "Feiertagskalender", "marketing": "Marketingkontakt", "note": "Notiz", "marketing_note": "Notiz Marketing"},
	model.TableReps: {"code": "Personalnummer", "name": "Mitarbeitername", "email": "E-Mail", "capacity": "Besuche pro Woche", "home_street": "Privatstraße",
		"home_postcode": "Privat-PLZ", "home_city": "Wohnort", "home_country": "Land (privat)", "home_lat": "Breitengrad", "home_lon": "Längengrad", "day_start": "Arbeitsbeginn", "day_end": "Arbeitsende"},
	model.TableAccounts: {"code": "Kundennummer", "name": "Firma", "territory": "Gebiet", "class": "Klasse", "interval": "Besuchsintervall", "street": "Straße",
		"postcode": "PLZ", "city": "Ort", "country": "Land", "lat": "Breitengrad", "lon": "Längengrad", "phone": "Telefon", "email": "E-Mail",
		"consent": "Einwilligung", "do_not_call": "Nicht anrufen", "since": "Kunde seit", "active": "Aktiv", "visit_minutes": "Besuchsdauer",
		"hours": "Öffnungszeiten", "potential": "Potenzial", "note": "Notiz", "consent_basis": "Grund der Einwilligung", "private": "Privatkunde", "external_ids": "Nummern anderswo",
		"marketing_note": "Notiz Marketing", "hold": "Löschsperre"},
	model.TableContacts: {"account": "Kundennummer", "name": "Ansprechpartner", "function": "Funktion", "phone": "Telefon", "email": "E-Mail", "note": "Notiz"},
	model.TableVisits: {"account": "Kundennummer", "date": "Besuchsdatum", "time": "Uhrzeit", "rep": "Außendienst", "kind": "Besuchsart", "outcome": "Besuchsergebnis",
		"value": "Auftragswert", "minutes": "Minuten", "guests": "Begleitung", "note": "Notiz", "id": "Besuchs-ID"},
	model.TableCalls: {"account": "Kundennummer", "date": "Anrufdatum", "time": "Uhrzeit", "agent": "Anrufer", "outcome": "Anrufergebnis", "campaign": "Kampagnencode",
		"guests": "Mitgehört", "note": "Notiz", "id": "Anruf-ID"},
	model.TableCampaigns: {"code": "Kampagnencode", "name": "Kampagnenname", "kind": "Kampagnenart", "territories": "Gebiete", "classes": "Klassen", "start": "Startdatum",
		"end": "Enddatum", "status": "Kampagnenstatus", "owner": "Verantwortlich", "goal": "Kampagnenziel", "note": "Notiz",
		"by_phone": "Mit Anruf",
		"review":   "Aufträge zählen bis", "lot_seed": "Los Zahl", "lot_visit": "Los Besuch", "lot_call": "Los Anruf", "lot_neither": "Los in Ruhe"},
	model.TablePlan: {"rep": "Außendienst", "date": "Plandatum", "account": "Kundennummer", "time": "Uhrzeit", "minutes": "Minuten"},
	model.TableAbsences: {"rep": "Außendienst", "from": "Abwesend von", "to": "Abwesend bis", "from_time": "Von Uhrzeit", "to_time": "Bis Uhrzeit",
		"weekdays": "Wochentage", "kind": "Abwesenheitsart", "cover": "Vertretung", "note": "Notiz", "id": "Abwesenheits-ID"},
}

// HeaderIn is Header as files of a locale have it.
func HeaderIn(t model.Table, locale Locale) []string {
	names := Header(t)
	if locale != German {
		return names
	}
	for i, name := range names {
		if head, ok := germanHeads[t][name]; ok {
			names[i] = head
		}
	}
	return names
}

// germanHeaders are the headers of German files, by their tables.
var germanHeaders = sync.OnceValue(func() map[model.Table][]string {
	headers := map[model.Table][]string{}
	for _, t := range model.Tables {
		headers[t] = HeaderIn(t, German)
	}
	return headers
})

// germanCells are the columns whose cells a German file has in German words.
var germanCells = map[model.Table]map[string]func(string) string{
	model.TableAccounts:  {"consent": germanConsents.say, "hours": hours.German},
	model.TableVisits:    {"kind": germanVisitKinds.say, "outcome": germanOutcomes.say},
	model.TableCalls:     {"outcome": germanCallOutcomes.say},
	model.TableCampaigns: {"kind": germanCampaignKinds.say, "status": germanStatuses.say},
	model.TableAbsences:  {"kind": germanAbsences.say, "weekdays": germanWeekdays},
}

// wordList is how German calls the stable words of an enumeration; a team's own words
// are not in it.
type wordList map[string]string

var (
	germanConsents      = wordList{"given": "erteilt", "presumed": "mutmaßlich"}
	germanVisitKinds    = wordList{"met": "angetroffen", "not-met": "nicht angetroffen", "other": "sonstiges"}
	germanOutcomes      = wordList{"order": "Auftrag", "interest": "Interesse", "sample": "Muster", "complaint": "Reklamation", "none": "ohne"}
	germanCallOutcomes  = wordList{"reached": "erreicht", "not-reached": "nicht erreicht", "appointment": "wünscht Besuch", "declined": "kein Interesse", "callback": "Rückruf vereinbart", "wrong-number": "falsche Nummer", "opt-out": "keine Anrufe mehr"}
	germanCampaignKinds = wordList{"mailing": "Mailing", "fair": "Messe", "advert": "Anzeige", "promotion": "Aktion", model.KindTelemarketing: "Telefonmarketing"}
	germanStatuses      = wordList{"draft": "Entwurf", "planned": "geplant", "cancelled": "abgesagt"}
	germanAbsences      = wordList{model.AwayHoliday: "Urlaub", model.AwaySick: "krank", model.AwayTraining: "Schulung", model.AwayOther: "abwesend"}
)

func (l wordList) say(word string) string {
	if said, ok := l[word]; ok {
		return said
	}
	return word
}

// folded are the words of both languages by how they are compared; what German calls
// them is their stable word.
func (l wordList) folded() map[string]string {
	words := make(map[string]string, 2*len(l))
	for word, said := range l {
		words[fold(word)], words[fold(said)] = word, word
	}
	return words
}

// germanWeekdays are days of the week, which a comma parts.
func germanWeekdays(days string) string {
	list := strings.Split(days, ",")
	for i := range list {
		list[i] = hours.German(list[i] + " 00:00-24:00")
		list[i], _, _ = strings.Cut(list[i], " ")
	}
	return strings.Join(list, ",")
}

// SayIn is the word that files of a locale have for a stable one in a column; other
// words stand as they are.
func SayIn(t model.Table, column string, locale Locale, word string) string {
	if say := germanCells[t][column]; say != nil && locale == German && word != "" {
		return say(word)
	}
	return word
}

// RecordsIn is Records with the headings and words of a locale; for scripts (JSON) the
// columns keep their names and the cells their words.
func RecordsIn(t model.Table, locale Locale, sheet Sheet) Sheet {
	sheet.Keys, sheet.Header = Header(t), HeaderIn(t, locale)
	rows := sheet.Rows
	if locale != German || germanCells[t] == nil {
		return sheet
	}
	sheet.Rows = func(yield func([]Cell) bool) {
		for row := range rows {
			for i, name := range sheet.Keys {
				if row[i].kind == textCell {
					row[i] = saidCell(row[i].text, SayIn(t, name, locale, row[i].text))
				}
			}
			if !yield(row) {
				return
			}
		}
	}
	return sheet
}
