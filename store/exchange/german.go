package exchange

// The canonical columns as a German file calls them. Each is a name that reading knows
// for the column, so that what is written reads back.

import "doppelpass/model"

// germanHeads are the headings of the canonical columns by table.
var germanHeads = map[model.Table]map[string]string{
	model.TableTerritories: {"code": "Gebietscode", "name": "Gebietsname", "region": "Vertriebsregion", "rep": "Außendienst", "postcodes": "PLZ-Gebiete",
		"country": "Land", "calendar": "Feiertagskalender", "marketing": "Marketingkontakt", "note": "Notiz", "marketing_note": "Notiz Marketing"},
	model.TableReps: {"code": "Personalnummer", "name": "Mitarbeitername", "email": "E-Mail", "capacity": "Besuche pro Woche", "home_street": "Privatstraße",
		"home_postcode": "Privat-PLZ", "home_city": "Wohnort", "day_start": "Arbeitsbeginn", "day_end": "Arbeitsende"},
	model.TableAccounts: {"code": "Kundennummer", "name": "Firma", "territory": "Gebiet", "class": "Klasse", "interval": "Besuchsintervall", "street": "Straße",
		"postcode": "PLZ", "city": "Ort", "country": "Land", "lat": "Breitengrad", "lon": "Längengrad", "phone": "Telefon", "email": "E-Mail",
		"consent": "Einwilligung", "do_not_call": "Nicht anrufen", "since": "Kunde seit", "active": "Aktiv", "visit_minutes": "Besuchsdauer",
		"hours": "Öffnungszeiten", "potential": "Potenzial", "note": "Notiz", "consent_basis": "Grund der Einwilligung", "private": "Privatkunde"},
	model.TableContacts: {"account": "Kundennummer", "name": "Ansprechpartner", "function": "Funktion", "phone": "Telefon", "email": "E-Mail", "note": "Notiz"},
	model.TableVisits: {"account": "Kundennummer", "date": "Besuchsdatum", "time": "Uhrzeit", "rep": "Außendienst", "kind": "Besuchsart", "outcome": "Besuchsergebnis",
		"value": "Auftragswert", "minutes": "Minuten", "guests": "Begleitung", "note": "Notiz", "id": "Besuchs-ID"},
	model.TableCalls: {"account": "Kundennummer", "date": "Anrufdatum", "time": "Uhrzeit", "agent": "Anrufer", "outcome": "Anrufergebnis", "campaign": "Kampagnencode",
		"note": "Notiz", "id": "Anruf-ID"},
	model.TableCampaigns: {"code": "Kampagnencode", "name": "Kampagnenname", "kind": "Kampagnenart", "territories": "Gebiete", "classes": "Klassen", "start": "Startdatum",
		"end": "Enddatum", "status": "Kampagnenstatus", "owner": "Verantwortlich", "goal": "Kampagnenziel", "note": "Notiz"},
	model.TablePlan: {"rep": "Außendienst", "date": "Plandatum", "account": "Kundennummer", "time": "Uhrzeit", "minutes": "Minuten"},
	model.TableAbsences: {"rep": "Außendienst", "from": "Abwesend von", "to": "Abwesend bis", "from_time": "Von Uhrzeit", "to_time": "Bis Uhrzeit",
		"weekdays": "Wochentage", "kind": "Abwesenheitsart", "cover": "Vertretung", "note": "Notiz"},
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

// RecordsIn is Records with the headings of a locale; for scripts (JSON) the columns keep
// their names.
func RecordsIn(t model.Table, locale Locale, sheet Sheet) Sheet {
	sheet.Keys, sheet.Header = Header(t), HeaderIn(t, locale)
	return sheet
}
