package hours

// The words of opening hours in German and English, folded to lower case without
// umlauts.

import (
	"regexp"
	"strings"
	"sync"
	"time"
)

// meaning is what a word says.
type meaning uint8

const (
	filler   meaning = iota // says nothing by itself: "von", "Uhr", "opening hours"
	weekday                 // value: time.Weekday
	month                   // value: time.Month
	daily                   // all days
	working                 // Monday to Friday
	workdays                // Monday to Saturday, as werktags means
	weekend                 // Saturday and Sunday
	holiday
	school
	off
	open
	arranged // by appointment
	always   // round the clock
	pause    // closed between: lunch
	except
	from  // ab 8 Uhr
	until // bis 12 Uhr; between two times a dash
	and
	hourWord // Uhr, h: what stands before it is a time
	am
	pm
	noon
	midnight
	sun // sunrise and the like; value: minutes, by convention
	forenoon
	afternoon
	evening
	week
	easterWord
	monthly // im Monat
	dayWord // day, days, Tag
	otherwiseWord
	first   // first, erster …; value: how many
	seasons // summer and winter: when is that?
)

type word struct {
	meaning
	value int
}

// words are all that are known, made when the first is looked up.
var words = sync.OnceValue(func() map[string]word {
	words := map[string]word{}
	add := func(m meaning, value int, list string) {
		for _, w := range strings.Fields(list) {
			words[w] = word{m, value}
		}
	}
	for d, list := range map[time.Weekday]string{
		time.Monday:    "mo mon monday mondays montag montags",
		time.Tuesday:   "tu tue tues tuesday tuesdays di die dienstag dienstags",
		time.Wednesday: "we wed weds wednesday wednesdays mi mit mittwoch mittwochs",
		time.Thursday:  "th thu thur thurs thursday thursdays do don donnerstag donnerstags",
		time.Friday:    "fr fri friday fridays fre freitag freitags",
		time.Saturday:  "sa sat saturday saturdays sam samstag samstags sonnabend sonnabends",
		time.Sunday:    "su sun sunday sundays so son sonntag sonntags",
	} {
		add(weekday, int(d), list)
	}
	for m, list := range [...]string{
		"jan january januar janner jaenner", "feb february februar", "mar march maerz marz mrz", "apr april", "may mai", "jun june juni",
		"jul july juli", "aug august", "sep sept september", "oct october okt oktober", "nov november", "dec december dez dezember",
	} {
		add(month, m+1, list)
	}
	add(daily, 0, "taeglich taglich tagl tgl daily everyday alltaglich alltaeglich")
	add(working, 0, "weekdays weekday wochentags wochentag arbeitstags arbeitstage wochentage")
	add(workdays, 0, "werktags werktage werktaglich werktaeglich werktag werkt")
	add(weekend, 0, "weekend weekends wochenende wochenenden wochenends")
	add(holiday, 0, "ph feiertag feiertags feiertage feiertagen holiday holidays feiert")
	add(school, 0, "sh schulferien ferien")
	add(off, 0, "off closed close geschlossen geschl zu ruhetag ruhetage frei dicht betriebsferien betriebsurlaub urlaub shut")
	add(open, 0, "open geoffnet geoeffnet offen opened opens offnet oeffnet")
	add(arranged, 0, "§appointment unknown")
	add(always, 0, "§always")
	add(pause, 0, "pause mittagspause lunch lunchbreak mittag mittags break unterbrechung")
	add(except, 0, "ausser auser except excluding ohne not")
	add(from, 0, "ab from")
	add(until, 0, "bis to until till til through thru")
	add(and, 0, "und u and sowie plus wie")
	add(hourWord, 0, "uhr h hrs std o'clock")
	add(am, 0, "am a.m")
	add(pm, 0, "pm p.m")
	add(noon, 0, "noon")
	add(midnight, 0, "midnight mitternacht")
	add(sun, 5*60+30, "dawn")
	add(sun, 6*60, "sunrise sonnenaufgang")
	add(sun, 18*60, "sunset sonnenuntergang")
	add(sun, 18*60+30, "dusk")
	add(forenoon, 0, "vormittag vormittags morgens morgen fruh frueh morning mornings")
	add(afternoon, 0, "nachmittag nachmittags afternoon afternoons")
	add(evening, 0, "abend abends evening evenings")
	add(week, 0, "week weeks kw")
	add(easterWord, 0, "easter")
	add(dayWord, 0, "day days tag tage")
	add(first, 1, "first erster ersten erste 1st")
	add(first, 2, "second zweiter zweiten zweite 2nd")
	add(first, 3, "third dritter dritten dritte 3rd")
	add(first, 4, "fourth vierter vierten vierte 4th")
	add(first, -1, "last letzter letzten letzte")
	add(seasons, 0, "sommer winter summer")
	add(filler, 0, "von offnungszeit offnungszeiten oeffnungszeiten oeffnungszeit jeweils immer durchgehend nur only an den der die das the on of every each jeden jeder alle "+
		"in at are is we're sind ist ca circa etwa gesetzlichen gesetzliche public bank hours opening times business burozeiten buerozeiten buro office sprechzeiten "+
		"geschaftszeiten ladenoffnungszeiten permanently dauerhaft for zwischen between dann then during zeiten kernzeit kernzeiten erreichbar besetzt annahme")
	for stem, d := range map[string]int{"montag": 1, "dienstag": 2, "mittwoch": 3, "donnerstag": 4, "freitag": 5, "samstag": 6, "sonnabend": 6, "sonntag": 0} {
		for _, part := range []struct {
			ending string
			meaning
		}{{"vormittag", forenoon}, {"nachmittag", afternoon}, {"abend", evening}} {
			words[stem+part.ending] = word{part.meaning, d + 1}
			words[stem+part.ending+"s"] = word{part.meaning, d + 1}
		}
	}
	add(otherwiseWord, 0, "sonst ansonsten otherwise")
	delete(words, "die") // the article; "Di" is the day
	add(filler, 0, "die")
	add(filler, 0, "mit vom zum im beim zur dem hier unser unsere our uns haben")
	return words
})

// phrase is what is said in several words, or in signs, and stands for one.
type phrase struct {
	pattern *regexp.Regexp
	instead string
}

var phrases = sync.OnceValue(func() []phrase {
	return []phrase{
		{regexp.MustCompile(`(?:nur |only )?(?:nach|mit|auf) (?:(?:telefonischer?|vorheriger?|tel\.?|individuelle[rn]?|persoenlicher?|personlicher?) )*(?:termin\w*|vereinbarung|absprache|anmeldung|anfrage|verabredung)\b`), " §appointment "},
		{regexp.MustCompile(`\btermine?\s+§appointment`), " §appointment "},
		{regexp.MustCompile(`\b(?:between|zwischen) ([0-9:.apmh ]+?)(?: ?uhr)? (?:and|und) `), "$1 - "},
		{regexp.MustCompile(`\bn\. ?v\.?(?:[ ,;]|$)|\bnach terminvergabe\b`), " §appointment "},
		{regexp.MustCompile(`\b(?:only )?(?:by|on|with|upon) (?:(?:prior|telephone|previous) )*(?:appointment|arrangement|request)s?(?: only)?\b`), " §appointment "},
		{regexp.MustCompile(`\b(?:or|oder|bzw\.?)\s+§appointment`), " and §appointment"},
		{regexp.MustCompile(`\b24 ?[/-] ?7\b|\brund um die uhr\b|\bround the clock\b|\baround the clock\b|\b24 ?(?:h|stunden|std\.?|hours)\b(?: (?:am tag|a day|taglich|taeglich))?|\b(?:always open|immer (?:geoffnet|offen)|durchgehend (?:geoffnet|offen)|ganztagig|ganztaegig|all day)\b`), " §always "},
		{regexp.MustCompile(`\b(?:7 (?:days a week|tage (?:die|in der) woche)|every day|jeden tag|alle tage|each day|days? a week)\b`), " daily "},
		{regexp.MustCompile(`\bsonn- ?(?:und|u\.|&|/) ?feiertags?(?:e|en)?\b`), " so,ph "},
		{regexp.MustCompile(`\bsonn-? ?(?:und|u\.|&|/) ?(?:gesetzlichen )?feiertagen?\b`), " so,ph "},
		{regexp.MustCompile(`\b(?:school|summer) holidays?\b`), " sh "},
		{regexp.MustCompile(`\b(?:im monat|of (?:the|each|every) month|in the month|des monats|a month)\b`), " "},
		{regexp.MustCompile(`\bm ?- ?f\b`), " mo-fr "},
		{regexp.MustCompile(`\bm ?- ?th\b`), " mo-th "},
		{regexp.MustCompile(`\bmon?-fr\.`), " mo-fr "},
		{regexp.MustCompile(`\ba\.m\.?`), "am"},
		{regexp.MustCompile(`\bp\.m\.?`), "pm"},
		{regexp.MustCompile(`\b12 ?noon\b`), "noon"},
		{regexp.MustCompile(`\b12 ?midnight\b`), "midnight"},
		{regexp.MustCompile(`\bo'clock\b`), "uhr"},
	}
})

var folding = strings.NewReplacer(
	"ä", "a", "ö", "o", "ü", "u", "ß", "ss", "–", "-", "—", "-", "−", "-", "‐", "-", "‑", "-", "‒", "-", "~", "-", "…", "-", "\u00a0", " ", "\u202f", " ", "\u2009", " ",
	"\r\n", ";", "\n", ";", "\r", ";", "\t", " ", "｜", ";", "’", "'", "„", `"`, "“", `"`, "”", `"`, "»", `"`, "«", `"`, "→", "-", "•", ";", "·", ";", "<br>", ";", "<br/>", ";",
	"：", ":",
)

// fold brings a text into the form in which words are known.
func fold(text string) string {
	text = folding.Replace(strings.ToLower(text))
	for _, p := range phrases() {
		text = p.pattern.ReplaceAllString(text, p.instead)
	}
	return text
}
