package exchange

// The kinds of values that columns hold, each with its reading and its showing.

import (
	"math"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"doppelpass/model"
	"doppelpass/model/hours"
)

// Longest texts taken, in characters. They are far beyond what people write and
// keep a damaged file from filling the store.
const (
	longestCode = 200
	longestText = 1000
	longestNote = model.MaximumNote
	longCell    = 4 * longestText // bytes of a cell that is taken apart
)

func tooLong(limit int) fault { return faulty(ReasonTooLong, strconv.Itoa(limit)) }

// exceeds reports whether s has more than limit characters.
func exceeds(s string, limit int) bool {
	return len(s) > limit && utf8.RuneCountInString(s) > limit
}

// code is a code of the people's own, in its own table or where another refers
// to it. Zoho puts "zcrm_" before its ids, and not always.
var code = form[string]{width: 12, show: TextCell, read: func(in *input, cell string) (string, fault) {
	cell = strings.TrimPrefix(cell, "zcrm_")
	if in.row.plan.workbook {
		// A number in a workbook may carry a decimal it was never given.
		if whole, ok := strings.CutSuffix(cell, ".0"); ok && digits(whole) {
			cell = whole
		}
	}
	if exceeds(cell, longestCode) {
		return "", tooLong(longestCode)
	}
	return in.row.texts.keep(cell), fault{}
}}

// repeated is short text that many rows share.
var repeated = form[string]{width: 16, show: TextCell, read: func(in *input, cell string) (string, fault) {
	if exceeds(cell, longestCode) {
		return "", tooLong(longestCode)
	}
	return in.row.texts.keep(cell), fault{}
}}

// text is text of up to so many characters.
func text(limit, width int) form[string] {
	return form[string]{width: width, show: TextCell, read: func(_ *input, cell string) (string, fault) {
		if exceeds(cell, limit) {
			return "", tooLong(limit)
		}
		return strings.Clone(cell), fault{}
	}}
}

var (
	line = text(longestText, 24)
	note = text(longestNote, 40)
)

// openingHours are kept in the words they were written in, but for German names in
// OpenStreetMap's notation.
var openingHours = form[string]{width: 24, show: TextCell, read: func(in *input, cell string) (string, fault) {
	written, wrong := line.read(in, cell)
	return hours.Notation(written), wrong
}}

// borrowed is text that shares the memory of the piece of the file it was read
// from: for the many rows of which nothing stays in memory.
func borrowed(limit, width int) form[string] {
	return form[string]{width: width, show: TextCell, read: func(_ *input, cell string) (string, fault) {
		if exceeds(cell, limit) {
			return "", tooLong(limit)
		}
		return cell, fault{}
	}}
}

var rowNote = borrowed(longestNote, 40)

// ownID identifies a row in the system that it comes from; no two rows share it.
var ownID = form[string]{width: 14, show: TextCell, read: func(_ *input, cell string) (string, fault) {
	cell = strings.TrimPrefix(cell, "zcrm_")
	if exceeds(cell, longestCode) {
		return "", tooLong(longestCode)
	}
	return cell, fault{}
}}

// whole is a whole number from 0 to highest; 0 is an empty cell.
func whole(highest int) form[int] {
	return form[int]{
		sort: measured, width: 10,
		show: func(n int) Cell {
			if n == 0 {
				return Cell{}
			}
			return IntCell(n)
		},
		read: func(_ *input, cell string) (int, fault) {
			n, err := strconv.Atoi(cell)
			if err != nil {
				plain, _, ok := plainNumber(cell, '.')
				if !ok {
					return 0, faulty(ReasonNoNumber)
				}
				head, tail, _ := strings.Cut(plain, ".")
				n, err = strconv.Atoi(head)
				if err != nil || strings.Trim(tail, "0") != "" {
					return 0, faulty(ReasonNoWhole)
				}
			}
			if n < 0 || n > highest {
				return 0, faulty(ReasonNumberRange, "0", strconv.Itoa(highest))
			}
			return n, fault{}
		},
	}
}

// money is an amount; 0 is an empty cell.
var money = form[model.Money]{sort: ofAmounts, width: 12, read: readMoney, show: func(m model.Money) Cell {
	if m == 0 {
		return Cell{}
	}
	return MoneyCell(m)
}}

// degrees is a latitude or longitude, kept to seven decimals, which are a
// centimetre: more would not survive a workbook.
func degrees(limit float64) form[float64] {
	return form[float64]{sort: measured, width: 11,
		show: func(x float64) Cell { return DecimalCell(toCentimetre(x), -1) },
		read: func(_ *input, cell string) (float64, fault) {
			x, err := strconv.ParseFloat(strings.Replace(cell, ",", ".", 1), 64)
			if err != nil || math.IsNaN(x) {
				return 0, faulty(ReasonNoNumber)
			}
			if x < -limit || x > limit {
				bound := strconv.FormatFloat(limit, 'f', 0, 64)
				return 0, faulty(ReasonNumberRange, "-"+bound, bound)
			}
			return toCentimetre(x), fault{}
		}}
}

func toCentimetre(degrees float64) float64 { return math.Round(degrees*1e7) / 1e7 }

var day = form[model.Date]{sort: ofDays, width: 12, read: readDay, show: DateCell}

var clock = form[model.Clock]{sort: measured, width: 8, show: ClockCell, read: func(in *input, cell string) (model.Clock, fault) {
	c, ok := readClock(cell, in.row.plan.workbook)
	if !ok {
		return 0, faulty(ReasonNoTime)
	}
	return c, fault{}
}}

// flag is yes or no; no is an empty cell.
var flag = form[bool]{sort: measured, width: 8, read: readFlag, show: func(b bool) Cell {
	if !b {
		return Cell{}
	}
	return BoolCell(true)
}}

// flagOpposite is flag whose record holds the opposite; both are shown.
var flagOpposite = form[bool]{sort: measured, width: 8,
	show: func(b bool) Cell { return BoolCell(!b) },
	read: func(in *input, cell string) (bool, fault) {
		b, wrong := readFlag(in, cell)
		return !b, wrong
	}}

// flagWords are yes and no, folded; single marks stand as they are.
var flagWords = foldedWords(map[bool]string{
	true: "yes y ja j true t wahr w 1 10 x on active aktiv ✓ ✔ ☑ oui o si sí s sim tak evet e vrai vero verdadero verdadeiro waar prawda doğru " +
		"ok checked selected enabled actif attivo activo ativo actief aktywny allowed allow erlaubt",
	false: "no n nein false f falsch 0 00 - – — ✗ ✘ ☐ off inactive inaktiv non não nao nee nie hayır faux falso onwaar fałsz yanlış " +
		"unchecked disabled inactif inattivo inactivo inativo inactief nieaktywny notallowed donotallow never keine kein",
})

// foldedWords turns lists of words into a map by folded word, made when it is asked for first.
func foldedWords[T comparable](lists map[T]string) func() map[string]T {
	return sync.OnceValue(func() map[string]T {
		words := make(map[string]T)
		for value, list := range lists {
			for word := range strings.FieldsSeq(list) {
				words[foldedWord(word)] = value
			}
		}
		return words
	})
}

// foldedWord is fold, but for marks of which nothing would be left.
func foldedWord(s string) string {
	if key := fold(s); key != "" {
		return key
	}
	return strings.TrimSpace(s)
}

func readFlag(_ *input, cell string) (bool, fault) {
	if len(cell) > 24 {
		return false, faulty(ReasonNoFlag)
	}
	b, ok := flagWords()[foldedWord(cell)]
	if !ok {
		return false, faulty(ReasonNoFlag)
	}
	return b, fault{}
}

// noCallWords say yes or no in a column that forbids calls, and mean it: "Allow" is
// what Dynamics writes below "Do not allow phone calls".
var noCallWords = foldedWords(map[bool]string{
	true: "donotallow notallowed gesperrt sperre sperren blocked block donotcall nichtanrufen dnc verboten widersprochen widerspruch keinanruf " +
		"keineanrufe keineanrufemehr keinewerbung nichtzulassen nichtzugelassen nichterlaubt nichtgestattet nichtgewünscht unerwünscht nichterwünscht untersagt abgelehnt denied declined " +
		"prohibited forbidden objected withdrawn revoked widerrufen nichtkontaktieren kontaktsperre werbesperre blacklist blacklisted nocalls nevercall neverphone optout optedout robinson bloqué bloqueado bloccato geblokkeerd zablokowany engelli interdit prohibido",
	false: "allow allowed frei freigegeben erlaubt zulassen zugelassen gestattet gewünscht erwünscht granted given erteilt liegtvor keinwiderspruch keinesperre nichtgesperrt nichtwidersprochen open offen permitted autorisé permitido consentito toegestaan dozwolone serbest optin calls",
})

// callsForbidden is whether nobody may call. What cannot be read forbids: the
// mistake would otherwise be made on the telephone.
var callsForbidden = form[bool]{sort: measured, width: 8, show: flag.show, read: func(in *input, cell string) (bool, fault) {
	if forbidden, ok := noCallWords()[foldedWord(shortCell(cell))]; ok {
		return forbidden, fault{}
	}
	if forbidden, wrong := readFlag(in, cell); wrong.reason == "" {
		return forbidden, fault{}
	}
	if isNever(cell) {
		return false, fault{}
	}
	return true, fault{}
}}

// shortCell is a cell short enough to be a word, "" otherwise.
func shortCell(cell string) string {
	if len(cell) > longestOutcome {
		return ""
	}
	return cell
}

// withdrawals are parts of folded words by which a consent is taken back.
var withdrawals = [...]string{"widerruf", "widerrief", "widerspr", "withdraw", "revoke", "optout", "optedout", "unsubscri", "abgemeldet", "zuruckgezogen",
	"declined", "refus", "retire", "retirad", "revocad", "revocat", "ritirat", "ingetrokken", "wycofan", "geri"}

// consentForm reads what is known of a consent; one that was taken back is none, and
// forbids calls.
var consentForm = form[model.Consent]{width: 14, show: consentWord.show, read: func(in *input, cell string) (model.Consent, fault) {
	if takesBack(cell) {
		in.row.withdrawn = true
		return model.ConsentNone, fault{}
	}
	return consentWord.read(in, cell)
}}

// intervalWords are rhythms that have a name, in days.
var intervalWords = foldedWords(map[int]string{
	1:   "täglich daily quotidien diario giornaliero dagelijks codziennie günlük",
	7:   "wöchentlich weekly hebdomadaire semanal settimanale wekelijks tygodniowo co-tydzień haftalık",
	14:  "zweiwöchentlich 14-tägig vierzehntägig biweekly bi-weekly fortnightly quincenal quinzenal bimensuel tweewekelijks",
	30:  "monatlich monthly mensuel mensual mensile mensal maandelijks miesięcznie co-miesiąc aylık",
	60:  "zweimonatlich bimonthly bimestriel bimestral bimestrale tweemaandelijks",
	90:  "quartalsweise vierteljährlich quartal quarterly trimestriel trimestral trimestrale kwartaal kwartalnie",
	180: "halbjährlich semiannual semi-annual halfyearly half-yearly biannual semestriel semestral semestrale halfjaarlijks półrocznie",
	365: "jährlich annually yearly annual annuel anual annuale jaarlijks rocznie yıllık",
})

// intervalUnits are the days of units of time, by their folded beginnings.
var intervalUnits = []struct {
	names string
	days  int
}{
	{"tag day jour dia día giorn dag dni dzien gün d t j", 1},
	{"woche week semaine semana settiman weken tydzien tygod hafta wo wk w", 7},
	{"monat month mois mes mese maand miesi ay mon m", 30},
	{"quartal quarter trimest kwarta q", 90},
	{"jahr year an ano año anno jaar rok lat yıl y", 365},
}

// visitInterval is the days between visits: 28, "4 Wochen", monthly.
var visitInterval = form[int]{sort: measured, width: 10, show: whole(0).show, read: func(in *input, cell string) (int, fault) {
	n, wrong := whole(3660).read(in, cell)
	if wrong.reason == "" || wrong.reason == ReasonNumberRange {
		return n, wrong
	}
	key := fold(shortCell(cell))
	if days := severalTimes(shortCell(cell)); days > 0 {
		return days, fault{}
	}
	for _, every := range [...]string{"alle", "every", "jede", "jeden", "tousles", "toutesles", "cada", "ogni", "elke", "co", "her", "1x", "einmal", "je", "pro"} {
		if rest, ok := strings.CutPrefix(key, every); ok && rest != "" {
			if days, known := intervalWords()[rest]; known {
				return days, fault{}
			}
			key = rest
			break
		}
	}
	if days, ok := intervalWords()[key]; ok {
		return days, fault{}
	}
	figures := 0
	for figures < len(key) && key[figures] >= '0' && key[figures] <= '9' {
		figures++
	}
	count, unit := 1, key[figures:]
	if figures > 0 && figures < 5 {
		count = number(key[:figures])
	}
	if days, ok := intervalWords()[unit]; ok && figures > 0 && count > 0 && count*days <= 3660 { // "2-wöchentlich"
		return count * days, fault{}
	}
	if unit == "" || figures > 4 {
		return 0, faulty(ReasonNoInterval)
	}
	for _, u := range intervalUnits {
		for name := range strings.FieldsSeq(u.names) {
			name = fold(name)
			if unit == name && (figures > 0 || len(name) > 1) || len(name) > 2 && strings.HasPrefix(unit, name) && len(unit) <= len(name)+4 {
				if days := count * u.days; days > 0 && days <= 3660 {
					return days, fault{}
				}
			}
		}
	}
	return 0, faulty(ReasonNoInterval)
}}

// severalTimes is the interval of "2x im Jahr", "3 mal pro Quartal", "zweimal jährlich",
// "4/Jahr"; 0 for anything else.
func severalTimes(cell string) int {
	key, times := fold(cell), 0
	for n, word := range [...]string{"", "einmal", "zweimal", "dreimal", "viermal"} {
		if rest, ok := strings.CutPrefix(key, word); ok && n > 0 {
			key, times = rest, n
		}
	}
	if times == 0 {
		figures := 0
		for figures < len(key) && figures < 3 && key[figures] >= '0' && key[figures] <= '9' {
			figures++
		}
		rest := key[figures:]
		for _, mark := range [...]string{"x", "mal", "times", "fois", "veces", "volte", "keer"} {
			if after, ok := strings.CutPrefix(rest, mark); ok && figures > 0 {
				times, key = number(key[:figures]), after
				break
			}
		}
		if times == 0 && figures > 0 && strings.Contains(cell, "/") {
			times, key = number(key[:figures]), rest
		}
	}
	if times == 0 {
		return 0
	}
	for _, joint := range [...]string{"im", "pro", "per", "je", "in", "a", "par", "al", "por"} {
		if rest, ok := strings.CutPrefix(key, joint); ok && daysOf(rest) > 0 {
			key = rest
			break
		}
	}
	if days := daysOf(key); days >= times {
		return days / times
	}
	return 0
}

// daysOf is the length of a unit or a named rhythm, in days; 0 for none.
func daysOf(key string) int {
	if days, ok := intervalWords()[key]; ok {
		return days
	}
	for _, u := range intervalUnits {
		for name := range strings.FieldsSeq(u.names) {
			if name = fold(name); key == name && len(name) > 2 {
				return u.days
			}
		}
	}
	return 0
}

// word is one of the words of an enumeration: words maps every folded spelling
// to its value, and stable lists the canonical words for the report.
func word[T comparable](words map[string]T, stable string, show func(T) string) form[T] {
	return form[T]{width: 14,
		show: func(v T) Cell { return TextCell(show(v)) },
		read: func(_ *input, cell string) (v T, wrong fault) {
			if v, ok := words[cell]; ok { // canonical words need no folding
				return v, fault{}
			}
			if len(cell) <= longestCode {
				if v, ok := words[fold(cell)]; ok {
					return v, fault{}
				}
			}
			return v, faulty(ReasonNoWord, stable)
		}}
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
