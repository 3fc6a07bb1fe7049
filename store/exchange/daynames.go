package exchange

// Days with names in them: months and weekdays in the languages of Europe, the
// long forms of spreadsheets, and calendar weeks.

import (
	"strings"
	"sync"

	"doppelpass/model"
)

// monthNames are the months' names and short forms by number, in German, English,
// French, Spanish, Italian, Portuguese, Dutch, Polish, Turkish, Czech, Danish,
// Swedish and Norwegian; compared folded.
var monthNames = [...]string{
	"januar jan jänner jän january janvier janv enero ene gennaio gen janeiro januari styczeń stycznia sty ocak oca leden ledna led",
	"februar feb feber february février févr fév febrero febbraio fevereiro fev februari luty lutego lut şubat şub únor února úno",
	"märz mär mrz mar march mars marzo março maart mrt marzec marca mart březen března bře marts",
	"april apr avril avr abril abr aprile kwiecień kwietnia kwi nisan nis duben dubna dub",
	"mai may mayo maggio mag maio mei maj maja mayıs květen května kvě",
	"juni jun june juin junio giugno giu junho czerwiec czerwca cze haziran haz červen června čvn",
	"juli jul july juillet juil julio luglio lug julho lipiec lipca lip temmuz tem červenec července čvc",
	"august aug août aou agosto ago augustus sierpień sierpnia sie ağustos ağu srpen srpna srp augusti",
	"september sept sep septembre septiembre settembre set setembro wrzesień września wrz eylül eyl září zář",
	"oktober okt october oct octobre octubre ottobre ott outubro out październik października paź ekim eki říjen října říj",
	"november nov novembre noviembre novembro listopad listopada lis kasım kas listopadu",
	"dezember dez december dec décembre déc diciembre dic dicembre dezembro grudzień grudnia gru aralık ara prosinec prosince pro",
}

// weekdayNames are dropped: they say nothing that the day does not.
const weekdayNames = "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so " +
	"monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun tu we th su " +
	"lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim " +
	"lunes martes miércoles jueves viernes sábado domingo mar mié jue vie sáb dom " +
	"lunedì martedì mercoledì giovedì venerdì sabato domenica gio sab " +
	"segunda terça quarta quinta sexta feira seg ter qua qui sex " +
	"maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo " +
	"poniedziałek wtorek środa czwartek piątek sobota niedziela pon wt śr czw pt sob nd " +
	"pazartesi salı çarşamba perşembe cuma cumartesi pazar pzt sal çar per cum cmt paz " +
	"pondělí úterý středa čtvrtek pátek neděle mandag tirsdag onsdag torsdag fredag lørdag søndag måndag tisdag lördag söndag"

// smallWords stand between the parts of a day: 15 de enero de 2024.
const smallWords = "de del of le the den der am da di do d"

type dayWords struct {
	months map[string]int
	drop   map[string]bool
}

var dayWordsOnce = sync.OnceValue(func() dayWords {
	w := dayWords{months: make(map[string]int), drop: make(map[string]bool)}
	for i, names := range monthNames {
		for name := range strings.FieldsSeq(names) {
			if _, known := w.months[fold(name)]; !known {
				w.months[fold(name)] = i + 1
			}
		}
	}
	for _, list := range [...]string{weekdayNames, smallWords} {
		for name := range strings.FieldsSeq(list) {
			w.drop[fold(name)] = true
		}
	}
	return w
})

// dayMarks stand between the parts of a day.
const dayMarks = " .,-/"

// namedMonth reads 15. März 2026, 15-Jan-2024, Jan 15, 2024, Thursday, February 29,
// 2024 and 15 de enero de 2024.
func namedMonth(s string) (w written, ok bool) {
	words := dayWordsOnce()
	day, month, year := "", 0, ""
	rest := s
	for rest != "" && (day == "" || month == 0 || year == "") {
		rest = strings.TrimLeft(rest, dayMarks)
		end := strings.IndexAny(rest, dayMarks)
		if end < 0 {
			end = len(rest)
		}
		token := rest[:end]
		rest = rest[end:]
		if token == "" {
			continue
		}
		if figures := withoutOrdinal(token); digits(figures) {
			switch {
			case len(figures) == 4 && year == "":
				year = figures
			case len(figures) <= 2 && day == "":
				day = figures
			case len(figures) == 2 && year == "" && month != 0:
				year = figures
			default:
				return w, false
			}
			continue
		}
		key := fold(token)
		switch m := words.months[key]; {
		case m != 0 && month == 0 && !(words.drop[key] && monthFollows(rest, words)):
			month = m
		case words.drop[key]:
		default:
			return w, false
		}
	}
	if day == "" || month == 0 || year == "" || !w.clockFrom(strings.TrimLeft(rest, " ,")) {
		return w, false
	}
	w.day = dayOf(number(year), len(year), month, 2, number(day), 2)
	return w, w.day != 0
}

// monthFollows reports that another month stands in the rest: "mar" is a Tuesday in
// "mar 5 marzo 2024" and a month in "5 mar 2024".
func monthFollows(rest string, words dayWords) bool {
	for _, token := range strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune(dayMarks, r) }) {
		if words.months[fold(token)] != 0 {
			return true
		}
	}
	return false
}

// withoutOrdinal is 1 of 1st, 2nd, 1er, 1º.
func withoutOrdinal(token string) string {
	for _, end := range [...]string{"st", "nd", "rd", "th", "er", "º", "°"} {
		if rest, ok := strings.CutSuffix(token, end); ok && digits(rest) {
			return rest
		}
	}
	return token
}

// withoutWeekday takes "Mo, ", "Tue " and "jeudi " off before figures.
func withoutWeekday(s string) string {
	if s[0] >= '0' && s[0] <= '9' {
		return s
	}
	i := strings.IndexAny(s, " ,.")
	if i < 2 || i+1 >= len(s) || !dayWordsOnce().drop[fold(s[:i])] {
		return s
	}
	rest := strings.TrimLeft(s[i:], " ,.")
	if len(rest) < 5 || rest[0] < '0' || rest[0] > '9' {
		return s
	}
	if dayWordsOnce().months[fold(s[:i])] != 0 && !strings.ContainsAny(rest, "./-") {
		return s // "Mar 4, 2026" is no Tuesday
	}
	return rest
}

// weekDay reads a calendar week of a year, by its Monday: KW 9 2024, 2024-W09,
// 9. KW 2024, and 2024-W09-4 by its day.
func weekDay(s string) (model.Date, bool) {
	if strings.IndexByte(s, 'W') < 0 && strings.IndexByte(s, 'w') < 0 {
		return 0, false
	}
	key := strings.ToLower(s)
	var numbers []string
	for i := 0; i < len(key); {
		switch c := key[i]; {
		case c >= '0' && c <= '9':
			start := i
			for i < len(key) && key[i] >= '0' && key[i] <= '9' {
				i++
			}
			numbers = append(numbers, key[start:i])
		case strings.HasPrefix(key[i:], "kw"), strings.HasPrefix(key[i:], "cw"):
			i += 2
		case c == 'w', c == ' ', c == '.', c == '-', c == '/':
			i++
		default:
			return 0, false
		}
	}
	weekday := 1
	if len(numbers) == 3 && len(numbers[0]) == 4 && len(numbers[2]) == 1 {
		weekday, numbers = number(numbers[2]), numbers[:2]
	}
	if len(numbers) != 2 {
		return 0, false
	}
	if len(numbers[0]) == 4 {
		numbers[0], numbers[1] = numbers[1], numbers[0]
	}
	if len(numbers[0]) > 2 || len(numbers[1]) != 4 || weekday < 1 || weekday > 7 {
		return 0, false
	}
	year, week := number(numbers[1]), number(numbers[0])
	// The fourth of January lies in the first week (ISO 8601).
	fourth := model.NewDate(year, 1, 4)
	monday := fourth - model.Date((int(fourth.Time().Weekday())+6)%7)
	day := monday + model.Date(7*(week-1)+weekday-1)
	if y, w := day.Time().ISOWeek(); y != year || w != week || day < model.FirstDate || day > model.LastDate {
		return 0, false
	}
	return day, true
}
