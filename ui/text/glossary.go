package text

// One word for one thing, in both languages. Every message keeps to it; a test reads
// them all.

// Term is a thing the trade talks about, its one word in a language, and what else
// it might be called but is not: regular expressions that no message may match.
type Term struct {
	Thing    string
	Language Language
	Word     string
	Not      []string
	Except   []string // keys of messages in which such a word means something else
}

// Glossary is the list of terms. A new word for an old thing belongs here first.
var Glossary = []Term{
	{Thing: "a visit that met the customer", Language: German, Word: "angetroffen", Not: []string{`\b[Gg]etroffen\b`, `niemand da\b`}},
	{Thing: "a visit that met the customer", Language: English, Word: "met, not met", Not: []string{`nobody there\b`}},
	{Thing: "a planned visit", Language: German, Word: "geplant", Not: []string{`[Gg]ebucht`, `[Vv]erplant`}},
	{Thing: "a planned visit", Language: English, Word: "planned", Not: []string{`\b[Bb]ooked\b`}},
	{Thing: "who a campaign aims at", Language: German, Word: "Zielkunden", Not: []string{`\bZiele\b`, `kein Ziel\b`}},
	{Thing: "visits a rep can still make", Language: German, Word: "Platz", Not: []string{`\bfasst\b`, `freie[rn]? Platz`}},
	{Thing: "visits a rep can still make", Language: English, Word: "room", Not: []string{`\bholds \{\}:`, `, holds`}},
	{Thing: "visits that a week holds", Language: German, Word: "eingeplant", Not: []string{`Woche, Platz für`}},
	{Thing: "visits that a week holds", Language: English, Word: "planned", Not: []string{`week, room for`}},
	{Thing: "days between two visits", Language: German, Word: "Besuchstakt, im Takt", Not: []string{`Besuchsabstand`, `(?:des|seines|ein|eigener|jeder|alle|ganzen|Der|den) Takt`}},
	{Thing: "a territory's postcodes", Language: German, Word: "PLZ-Bereiche", Not: []string{`PLZ-Anf`}},
	{Thing: "a territory's postcodes", Language: English, Word: "postcode areas", Not: []string{`postcode prefix`}},
	{Thing: "a territory without a rep", Language: German, Word: "unbesetzt", Not: []string{`nicht besetzt`, `[Oo]hne Außendienst`}},
	{Thing: "a territory without a rep", Language: English, Word: "no rep", Not: []string{`\b[Vv]acant\b`}},
	{Thing: "what tells a record from all others", Language: German, Word: "Nummer", Not: []string{`\bNr\.`, `Kürzel`},
		Except: []string{"reason.bad-map"}}, // an example of a file's header
	{Thing: "keys of the keyboard", Language: German, Word: "Enter, Esc, Strg", Not: []string{`\bEingabe (?:importiert|auf|öffnet|holt)`, `Eingabetaste`, `\besc\b`, `\bstrg\b`}},
	{Thing: "to keep what was changed", Language: German, Word: "speichern", Not: []string{`[Gg]esichert`, `\bsicher[nt]\b`}, Except: []string{"rules.unit.z-score", "signals.fact.sure"}},
	{Thing: "whose task it is", Language: German, Word: "verantwortlich", Not: []string{`[Zz]uständig`}},
	{Thing: "an account that was visited or reached in time", Language: German, Word: "in Kontakt", Not: []string{`im Kontakt`}},
	{Thing: "an account that was visited or reached in time", Language: English, Word: "in contact", Not: []string{`\{\} contacted\b`, `contact rate`}},
	{Thing: "a rep", Language: German, Word: "Außendienstler; Außendienst ist die Abteilung",
		Not: []string{`(?:[Ee]in|[Ee]inen|[Dd]ieser|welcher|jeder) Außendienst\b`, `Neu im Außendienst`, `Vertreter\b`}},
	{Thing: "visits a week", Language: German, Word: "Tempo, pro Woche", Not: []string{`(?:Besuche|[Nn]ötig|[Üü]blich) je Woche`}},
	{Thing: "visits a week", Language: English, Word: "pace, a week", Not: []string{`pace/wk`, `\busually\b`}},
	{Thing: "accounts visited for a campaign", Language: English, Word: "visited", Not: []string{`\b[Ss]erved\b`, `\{\} serve\b`}},
	{Thing: "what answers a signal with another campaign", Language: German, Word: "Gegenvorschlag", Not: []string{`\bVorschlag (?:abgelehnt|ausgeführt|zu )`, `den Vorschlag\b`}},
	{Thing: "days of the week", Language: English, Word: "Mon, Tue, Wed", Not: []string{`\bMo\b`, `\bDi\b`, `\bMi\b`}},
	{Thing: "a signal that one department gives the other", Language: German, Word: "Pass, Pässe", Not: []string{`Zuspiel`, `Pass-Bilanz`}},
	{Thing: "what is erased for good", Language: German, Word: "löschen", Not: []string{`was ginge`, `gehen lassen`, `lässt es gehen`, `geht seine Notiz`}},
	{Thing: "consent that nobody gave in words", Language: German, Word: "mutmaßlich", Not: []string{`vermutete`, `vermuten`}},
	{Thing: "the row that keys act on", Language: German, Word: "Cursor", Not: []string{`unter der Marke`, `unter dem Zeiger`, `Unter der Marke`}},
	{Thing: "somebody who may work on the data", Language: German, Word: "zugelassen", Not: []string{`eingelassen`, `[Ll]assen Sie sich ein\b`}},
	{Thing: "methods of statistics", Language: German, Word: "kein bloßer Zufall", Not: []string{`Wilson`, `\bz =`}},
	{Thing: "methods of statistics", Language: English, Word: "not just chance", Not: []string{`Wilson`, `\bz =`}},
}
