package exchange

// Columns of visits and calls that hang together: how it went, how long it took, whether it took place.

import (
	"strings"
	"sync"

	"doppelpass/model"
)

// nobodyThere are parts of folded outcomes that say that a visit met nobody.
var nobodyThere = [...]string{"niemand", "nichtangetroffen", "nichtda", "nichtvorort", "nobody", "noshow", "notmet", "notathome", "notpresent", "noonethere",
	"absent", "personnelabas", "nadie", "ausente", "nessuno", "assente", "ninguem", "afwezig", "nikogo", "nieobecn", "kimseyok", "yoktu"}

// closedDoors are whole folded outcomes that say that nobody could be met.
var closedDoors = foldedSet("geschlossen", "Geschäft geschlossen", "Laden geschlossen", "hatte geschlossen", "war geschlossen", "war zu", "zu", "Laden zu", "Geschäft zu", "Betriebsurlaub",
	"Betriebsferien", "im Urlaub", "in Urlaub", "Urlaub", "Ruhetag", "store closed", "shop closed", "was closed", "fermé", "magasin fermé", "cerrado", "tienda cerrada", "chiuso", "negozio chiuso",
	"fechado", "gesloten", "winkel gesloten", "zamknięte", "sklep zamknięty", "kapalı", "nicht erschienen", "vor verschlossener Tür", "verschlossen", "kein Ansprechpartner da",
	"kein Ansprechpartner anwesend", "Ansprechpartner nicht im Haus", "nicht im Haus", "nicht anwesend", "not home", "not there", "personne", "keiner anwesend", "keiner da", "niemand im Laden")

// byOtherMeans are whole folded outcomes and kinds of reports that are no visits.
var byOtherMeans = foldedSet("telefonisch", "per Telefon", "Telefonat", "Telefon", "Anruf", "by phone", "phone call", "per E-Mail", "par téléphone", "telefónico", "telefonico", "telefonisch erledigt")

// calledOff are whole folded outcomes of visits that did not take place.
var calledOff = foldedSet("abgesagt", "Termin abgesagt", "Besuch abgesagt", "vom Kunden abgesagt", "Kunde hat abgesagt", "Absage", "ausgefallen", "Termin ausgefallen", "entfallen", "verschoben",
	"Termin verschoben", "auf später verschoben", "storniert", "abgebrochen", "canceled", "cancelled", "called off", "rescheduled", "postponed", "annulé", "reporté", "cancelado", "aplazado", "annullato",
	"rinviato", "geannuleerd", "verplaatst", "odwołane", "przełożone", "iptal", "ertelendi", "adiado")

// stillAhead are whole folded outcomes of visits that are planned.
var stillAhead = foldedSet("scheduled", "planned", "geplant", "noch nicht besucht", "not started", "nicht begonnen", "prévu", "planifié", "planificado", "pianificato", "gepland", "zaplanowane", "planlandı")

// foldedSet is the set of the words folded, made when it is asked for first.
func foldedSet(words ...string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		set := make(map[string]bool, len(words))
		for _, word := range words {
			set[fold(word)] = true
		}
		return set
	})
}

// visitOutcome reads of a visit's outcome whether it took place at all, and how; it
// reports that the row is left out.
func (s *rowState) visitOutcome(v *model.Visit) (out bool) {
	if v.Outcome != s.lastHow {
		key := fold(shortCell(v.Outcome))
		s.lastHow, s.lastSkip, s.lastOther = v.Outcome, "", byOtherMeans()[key]
		switch {
		case calledOff()[key]:
			s.lastSkip = SkipNotVisit
		case stillAhead()[key]:
			s.lastSkip = SkipNotDone
		}
	}
	if s.extra[extraStatus] == "" && s.lastSkip != "" {
		s.skip = s.lastSkip
		return true
	}
	if s.lastOther && !s.isFilled("kind") {
		v.Kind = model.VisitOther
		s.fill("kind")
	}
	return false
}

// nobodyNotes are folded notes that say nothing but that a visit met nobody.
var nobodyNotes = map[string]bool{"nichtangetroffen": true, "kundenichtangetroffen": true, "niemandangetroffen": true, "niemandda": true, "keinerda": true, "nichtda": true,
	"kundenichtda": true, "niemandvorort": true, "nobodythere": true, "nobodyhome": true, "notmet": true, "noshow": true, "notathome": true, "noonethere": true}

// metNobody reports whether a visit's outcome says that nobody was there; rows repeat
// a few outcomes, so the last is remembered.
func (s *rowState) metNobody(outcome string) bool {
	if outcome == s.lastOutcome {
		return s.lastNobody
	}
	s.lastOutcome, s.lastNobody = outcome, false
	key := fold(shortCell(outcome))
	for _, part := range nobodyThere {
		s.lastNobody = s.lastNobody || strings.Contains(key, part)
	}
	s.lastNobody = s.lastNobody || closedDoors()[key]
	return s.lastNobody
}

func finishVisit(row *rowState, v *model.Visit) (string, fault) {
	row.dayOfFile(&v.Date)
	if v.Outcome != "" && row.visitOutcome(v) {
		return "", fault{}
	}
	if v.Outcome != "" && !row.isFilled("kind") && row.metNobody(v.Outcome) {
		v.Kind = model.VisitNotMet
		row.fill("kind")
	}
	if v.Outcome == "" && !row.isFilled("kind") && len(v.Note) <= longestOutcome && nobodyNotes[fold(v.Note)] {
		v.Kind = model.VisitNotMet
		row.fill("kind")
	}
	if !row.plan.virtual {
		row.account.Code = v.Account
		row.timeFromDate(&v.Time)
		return "", fault{}
	}
	if name, wrong := row.visitKind(v); wrong.reason != "" || row.skip != "" {
		return name, wrong
	}
	if wrong := row.accountFrom(&v.Account); wrong.reason != "" {
		return "account_name", wrong
	}
	row.timeFromDate(&v.Time)
	return row.length(v)
}

// dayOfFile gives a row the day that a person said for all rows of the file.
func (s *rowState) dayOfFile(day *model.Date) {
	if s.plan.day != 0 {
		*day = s.plan.day
		s.fill("date")
	}
}

// visitKind says what the row of an activities export is.
func (s *rowState) visitKind(v *model.Visit) (string, fault) {
	kind := v.Kind
	if report := s.extra[extraReport]; report != "" {
		r, ok := reports[strings.TrimSuffix(report, ".0")]
		if !ok {
			r, ok = reports[fold(report)]
		}
		if !ok {
			return "report_type", faulty(ReasonNoWord, "0, 1, 2, 3, 4, 5")
		}
		if r.skip {
			s.skip = SkipNotVisit
			return "", fault{}
		}
		kind = r.kind
	}
	if activity := s.extra[extraActivity]; activity != "" {
		what, ok := activityOf(activity)
		switch {
		case !ok:
			return "activity_type", faulty(ReasonNoSuchActivity)
		case what == activityNeither:
			s.skip = SkipNotVisit
			return "", fault{}
		case what == activityCall:
			kind = model.VisitOther
		}
	}
	name, state, wrong := s.done()
	if wrong.reason != "" || s.skip != "" {
		return name, wrong
	}
	if state == doneNobody && kind == model.VisitMet {
		kind = model.VisitNotMet
	}
	if kind != v.Kind {
		v.Kind = kind
		s.fill("kind")
	} else if s.extra[extraReport]+s.extra[extraActivity]+s.extra[extraStatus] != "" {
		s.fill("kind")
	}
	return "", fault{}
}

// done reads the status of an activity, and skips the row if it did not take
// place.
func (s *rowState) done() (name string, state doneState, wrong fault) {
	if status := s.extra[extraStatus]; status != "" {
		var ok bool
		if state, ok = statusOf(status); !ok {
			if _, _, call := callWordOf(status); !call {
				return "status", 0, faulty(ReasonNoWord, statusWords)
			}
		}
	}
	if done := s.extra[extraDone]; done != "" {
		yes, bad := readFlag(nil, done)
		if bad.reason != "" {
			var ok bool
			if state, ok = statusOf(done); !ok {
				return "done", 0, faulty(ReasonNoFlag)
			}
		} else if !yes {
			state = donePending
		}
	}
	switch state {
	case donePending:
		s.skip = SkipNotDone
	case doneNever:
		s.skip = SkipNotVisit
	}
	return "", state, fault{}
}

// length is the visit's minutes from hours, a duration or its end.
func (s *rowState) length(v *model.Visit) (string, fault) {
	minutes := v.Minutes
	if hours := s.extra[extraHours]; hours != "" {
		m, ok := hundredthsOf(hours)
		if !ok {
			s.lose("duration_hours", faulty(ReasonNoNumber))
		}
		minutes += int(m) * 60 / 100
	}
	if duration := s.extra[extraDuration]; duration != "" && minutes == 0 {
		m, ok := readDuration(duration, s.plan.workbook)
		if !ok {
			s.lose("duration", faulty(ReasonNoNumber))
		}
		minutes = m
	}
	if end := s.extra[extraEnd]; end != "" && minutes == 0 && v.Time != 0 {
		c, ok := readClock(end, s.plan.workbook)
		if !ok {
			var w written
			if w, ok = writtenDay(end); !ok {
				s.lose("end", faulty(ReasonNoTime))
			}
			c = w.clock
		}
		if c > v.Time { // an end on another day says nothing about the visit
			minutes = int(c) - int(v.Time)
		}
	}
	if minutes < 0 || minutes > 24*60 {
		s.lose("minutes", faulty(ReasonNumberRange, "0", "1440"))
		minutes = v.Minutes
	}
	if minutes != v.Minutes {
		v.Minutes = minutes
		s.fill("minutes")
	}
	return "", fault{}
}

func hundredthsOf(s string) (model.Money, bool) {
	plain, _, ok := plainNumber(s, '.')
	if !ok {
		return 0, false
	}
	m, ok := hundredths(plain)
	return m, ok && m >= 0 && m <= 24*100
}

// hoursAndMinutes is 1h 30m, 1 Std. 30 Min.
var hoursAndMinutes = pattern(`^(\d{1,2}) ?(?:h|std\.?|stunden?|hours?|hrs?) ?(\d{1,2}) ?(?:m|min\.?|minuten?|minutes?|mins?)?$`)

// readDuration reads 1:30, 01:30:00, 90, 90 min, 1,5 h, and the fraction of a
// day that a workbook stores.
func readDuration(s string, workbook bool) (minutes int, ok bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if c, ok := readClock(s, workbook); ok && (strings.Contains(s, ":") || workbook && strings.HasPrefix(s, "0.")) {
		return c.Minutes(), true
	}
	if m := hoursAndMinutes().FindStringSubmatch(s); m != nil {
		minutes = number(m[1])*60 + number(m[2])
		return minutes, minutes <= 24*60
	}
	scale := 1.0
	figures := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyz. ")
	switch unit := strings.Trim(s[len(figures):], " ."); {
	case unit == "" || strings.HasPrefix(unit, "m"):
	case strings.HasPrefix(unit, "h") || strings.HasPrefix(unit, "std") || strings.HasPrefix(unit, "stunde"):
		scale = 60
	default:
		return 0, false
	}
	plain, _, ok := plainNumber(figures, '.')
	if !ok {
		return 0, false
	}
	m, ok := hundredths(plain)
	if !ok || m < 0 || m > 24*60*100 {
		return 0, false
	}
	minutes = int(float64(m)*scale/100 + 0.5)
	return minutes, minutes <= 24*60
}

func finishCall(row *rowState, c *model.Call) (string, fault) {
	row.dayOfFile(&c.Date)
	if row.plan.virtual {
		activity := row.extra[extraActivity]
		if activity != "" {
			if what, ok := activityOf(activity); ok && what != activityCall {
				row.skip = SkipNotCall
				return "", fault{}
			}
		}
		if name, _, wrong := row.done(); wrong.reason != "" && !row.isFilled("outcome") || row.skip != "" {
			return name, wrong
		}
		if !row.isFilled("outcome") {
			row.outcomeFromRest(c, activity != "")
		}
	}
	row.timeFromDate(&c.Time)
	row.fromList()
	if c.Outcome == model.CallOptOut {
		row.beside.Phones = row.plan.phones(row.cells)
	}
	return "account_name", row.accountFrom(&c.Account)
}

// outcomeFromRest tells how a call went by its status or, where the status only says
// that it is done, by its length.
func (s *rowState) outcomeFromRest(c *model.Call, listed bool) {
	status := s.extra[extraStatus]
	if outcome, only, ok := callWordOf(status); ok && (only || !listed && s.extra[extraDuration] == "") {
		c.Outcome = outcome
		s.fill("outcome")
		return
	}
	if length := s.extra[extraDuration]; length != "" {
		figures := strings.Trim(length, " 0:.")
		c.Outcome = model.CallReached
		if figures == "" || !strings.ContainsAny(figures, "123456789") {
			c.Outcome = model.CallNotReached
		}
		s.fill("outcome")
	}
}
