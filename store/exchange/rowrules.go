package exchange

// What several columns of a row say together: a visit's length from its end, a
// name from its parts, whether an activity is a visit at all.

import (
	"strings"

	"doppelpass/model"
)

// AccountRef says how a row names its account. Where a file has no codes but
// names, Code is empty, and the record's account holds the name until the store
// has found the code (see WithAccount).
type AccountRef struct{ Code, Name string }

// WithAccount is the visit, call or planned visit with another account code;
// any other record comes back as it is.
func WithAccount(record model.Record, code string) model.Record {
	switch r := record.(type) {
	case model.Visit:
		r.Account = code
		return r
	case model.Call:
		r.Account = code
		return r
	case model.PlannedVisit:
		r.Account = code
		return r
	case model.Contact:
		r.Account = code
		return r
	}
	return record
}

// accountFrom takes the account's name where the row has no code.
func (s *rowState) accountFrom(account *string) fault {
	s.account.Code = *account
	name := s.extra[extraAccountName]
	if name == "" {
		return fault{}
	}
	if exceeds(name, longestCode) {
		return tooLong(longestCode)
	}
	s.account.Name = s.texts.keep(name)
	if *account == "" {
		*account = s.account.Name
		s.fill("account")
	}
	return fault{}
}

// timeFromDate takes the time of day that stood in the date's cell.
func (s *rowState) timeFromDate(time *model.Clock) {
	if s.clock != 0 && *time == 0 {
		*time = s.clock
		s.fill("time")
	}
}

// codeFromName lets the name serve as code where the file has no codes at all.
func (s *rowState) codeFromName(code *string, name string) {
	if *code != "" || s.has&s.bits["code"] != 0 || exceeds(name, longestCode) {
		return
	}
	*code = name
	s.fill("code")
}

func finishRep(row *rowState, r *model.Rep) (string, fault) {
	if r.Name == "" {
		r.Name = strings.TrimSpace(row.extra[extraFirstName] + " " + row.extra[extraLastName])
		if r.Name != "" {
			row.fill("name")
		}
	}
	row.codeFromName(&r.Code, r.Name)
	if row.isFilled("home_lat") != row.isFilled("home_lon") {
		return "home_lat", faulty(ReasonHalfPlace)
	}
	if r.DayStart != 0 && r.DayEnd != 0 && r.DayEnd < r.DayStart {
		return "day_end", faulty(ReasonEndBeforeStart, r.DayStart.String(), r.DayEnd.String())
	}
	r.Home.Postcode = row.plan.germanPostcode(r.Home.Postcode, r.Home.Country)
	return "", fault{}
}

func finishContact(row *rowState, c *model.Contact) (string, fault) {
	if c.Name == "" {
		c.Name = strings.TrimSpace(row.extra[extraFirstName] + " " + row.extra[extraLastName])
		if c.Name != "" {
			row.fill("name")
		}
	}
	return "account", row.accountFrom(&c.Account)
}

func finishAccount(row *rowState, a *model.Account) (string, fault) {
	row.codeFromName(&a.Code, a.Name)
	if whole := row.extra[extraAddress]; whole != "" {
		row.takeAddress(&a.Address, whole)
	}
	if house := row.extra[extraHouse]; house != "" && a.Address.Street != "" {
		a.Address.Street += " " + house
		if exceeds(a.Address.Street, longestText) {
			return "street", tooLong(longestText)
		}
	}
	a.Address.Postcode = row.plan.germanPostcode(a.Address.Postcode, a.Address.Country)
	if row.isFilled("lat") != row.isFilled("lon") {
		if row.isFilled("lat") {
			return "lon", faulty(ReasonHalfPlace)
		}
		return "lat", faulty(ReasonHalfPlace)
	}
	switch {
	case a.At.Valid():
		a.Placed = model.PlacedFile
	default: // 0,0 is how spreadsheets write "unknown"
		a.At = model.Coordinates{}
		row.filled &^= row.bits["lat"] | row.bits["lon"]
	}
	return "", fault{}
}

// takeAddress reads "Hauptstr. 5, 70173 Stuttgart, Germany" into the parts that
// have no column of their own. What is not understood goes to the street.
func (s *rowState) takeAddress(to *model.Address, whole string) {
	parts := splitAt(whole, ",")
	set := func(name string, field *string, value string) {
		if *field == "" && value != "" && len(value) <= longestCode {
			*field = strings.Clone(value)
			s.fill(name)
		}
	}
	if s.has&(s.bits["postcode"]|s.bits["city"]) != 0 {
		parts = nil // the rest has columns of its own
	}
	for i, part := range parts {
		head, tail, _ := strings.Cut(part, " ")
		head = strings.TrimPrefix(strings.TrimPrefix(head, "D-"), "DE-")
		if i == 0 && len(parts) > 1 || len(head) < 4 || len(head) > 5 || !digits(head) {
			continue
		}
		set("street", &to.Street, strings.Join(parts[:i], ", "))
		set("postcode", &to.Postcode, head)
		set("city", &to.City, strings.TrimSpace(tail))
		if i+1 < len(parts) {
			set("country", &to.Country, parts[len(parts)-1])
		}
		return
	}
	set("street", &to.Street, whole)
}

func finishVisit(row *rowState, v *model.Visit) (string, fault) {
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
			return "status", 0, faulty(ReasonNoWord, statusWords)
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
			return "duration_hours", faulty(ReasonNoNumber)
		}
		minutes += int(m) * 60 / 100
	}
	if duration := s.extra[extraDuration]; duration != "" && minutes == 0 {
		m, ok := readDuration(duration, s.plan.workbook)
		if !ok {
			return "duration", faulty(ReasonNoNumber)
		}
		minutes = m
	}
	if end := s.extra[extraEnd]; end != "" && minutes == 0 && v.Time != 0 {
		c, ok := readClock(end, s.plan.workbook)
		if !ok {
			var w written
			if w, ok = writtenDay(end); !ok {
				return "end", faulty(ReasonNoTime)
			}
			c = w.clock
		}
		if c > v.Time { // an end on another day says nothing about the visit
			minutes = int(c) - int(v.Time)
		}
	}
	if minutes < 0 || minutes > 24*60 {
		return "minutes", faulty(ReasonNumberRange, "0", "1440")
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

// readDuration reads 1:30, 01:30:00, 90, 90 min, 1,5 h, and the fraction of a
// day that a workbook stores.
func readDuration(s string, workbook bool) (minutes int, ok bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if c, ok := readClock(s, workbook); ok && (strings.Contains(s, ":") || workbook && strings.HasPrefix(s, "0.")) {
		return c.Minutes(), true
	}
	scale := 1.0
	number := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyz. ")
	switch unit := strings.Trim(s[len(number):], " ."); {
	case unit == "" || strings.HasPrefix(unit, "m"):
	case strings.HasPrefix(unit, "h") || strings.HasPrefix(unit, "std") || strings.HasPrefix(unit, "stunde"):
		scale = 60
	default:
		return 0, false
	}
	plain, _, ok := plainNumber(number, '.')
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
	if row.plan.virtual {
		if activity := row.extra[extraActivity]; activity != "" {
			if what, ok := activityOf(activity); ok && what != activityCall {
				row.skip = SkipNotVisit
				return "", fault{}
			}
		}
		if name, _, wrong := row.done(); wrong.reason != "" || row.skip != "" {
			return name, wrong
		}
	}
	row.timeFromDate(&c.Time)
	return "account_name", row.accountFrom(&c.Account)
}

// germanPostcode gives back the leading zero that a spreadsheet took from a
// German postcode. Other countries have codes of four digits.
func (p *plan) germanPostcode(postcode, country string) string {
	if len(postcode) != 4 || !digits(postcode) {
		return postcode
	}
	if country == "" {
		if !p.germany {
			return postcode
		}
	} else if !isGermany(country) {
		return postcode
	}
	return "0" + postcode
}

func isGermany(country string) bool {
	switch country {
	case "DE", "Germany", "Deutschland", "D":
		return true
	}
	if len(country) > 40 {
		return false
	}
	switch fold(country) {
	case "de", "d", "deu", "ger", "germany", "deutschland", "brd", "bundesrepublikdeutschland", "allemagne":
		return true
	}
	return false
}
