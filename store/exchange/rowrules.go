package exchange

// What several columns of a row say together: a visit's length from its end, a
// name from its parts, whether an activity is a visit at all.

import (
	"slices"
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
	row.nameFromParts(&r.Name)
	row.codeFromName(&r.Code, r.Name)
	if row.isFilled("home_lat") != row.isFilled("home_lon") {
		r.HomeAt = model.Coordinates{}
		row.lose("home_lat", faulty(ReasonHalfPlace))
	}
	if r.DayStart != 0 && r.DayEnd != 0 && r.DayEnd < r.DayStart {
		row.lose("day_end", faulty(ReasonEndBeforeStart, r.DayStart.String(), r.DayEnd.String()))
		r.DayEnd = 0
	}
	if active := row.extra[extraActive]; active != "" {
		if yes, wrong := readFlag(nil, active); wrong.reason == "" && !yes {
			row.skip = SkipInactive
			return "", fault{}
		}
	}
	row.houseNumber(&r.Home, "home_street")
	row.settleAddress(&r.Home, "home_")
	row.beside.Territory = row.extra[extraTerritory]
	return "", fault{}
}

func finishContact(row *rowState, c *model.Contact) (string, fault) {
	row.nameFromParts(&c.Name)
	if row.withdrawn {
		row.beside.Phones = row.plan.phones(row.cells)
	}
	return "account", row.accountFrom(&c.Account)
}

// nameFromParts puts a name together from its parts where the row has no other.
func (s *rowState) nameFromParts(name *string) {
	if *name != "" {
		return
	}
	if *name = strings.TrimSpace(s.extra[extraFirstName] + " " + s.extra[extraLastName]); *name != "" {
		s.fill("name")
	}
}

func finishAccount(row *rowState, a *model.Account) (string, fault) {
	if row.beside.Person = row.extra[extraPerson]; row.beside.Person == "" && a.Name != "" && row.extra[extraLastName] != "" { // of a company
		row.beside.Person = strings.TrimSpace(row.extra[extraFirstName] + " " + row.extra[extraLastName])
	}
	if row.beside.Person != "" {
		row.beside.Function = row.extra[extraFunction]
	}
	row.nameFromParts(&a.Name)
	row.codeFromName(&a.Code, a.Name)
	if !row.isFilled("class") {
		a.Class = row.plan.classes.last // without a class it counts as the last
	}
	if cell := row.extra[extraPlace]; cell != "" {
		row.placeCell(&a.Address, cell)
	}
	if whole := row.extra[extraAddress]; whole != "" {
		row.wholeAddress(&a.Address, whole)
	}
	row.houseNumber(&a.Address, "street")
	row.settleAddress(&a.Address, "")
	if area := row.extra[extraArea]; area != "" {
		a.Phone = withAreaCode(area, a.Phone)
	}
	if row.isFilled("lat") != row.isFilled("lon") {
		name := "lat"
		if row.isFilled("lat") {
			name = "lon"
		}
		a.At = model.Coordinates{}
		row.lose(name, faulty(ReasonHalfPlace))
	}
	switch {
	case a.At.Valid():
		a.Placed = model.PlacedFile
	default: // 0,0 is how spreadsheets write "unknown"
		a.At = model.Coordinates{}
		row.filled &^= row.bits["lat"] | row.bits["lon"]
	}
	if row.withdrawn { // a consent taken back is a no to calls
		a.DoNotCall = true
		row.fill("do_not_call")
	}
	if others := row.extra[extraOthers]; others != "" {
		for _, id := range splitAt(strings.Clone(others), idMark) {
			if id != a.Code && !slices.Contains(a.ExternalIDs, id) {
				a.ExternalIDs = append(a.ExternalIDs, id)
				row.fill("external_ids")
			}
		}
	}
	if a.DoNotCall { // it holds for every number of the row, and the record keeps one
		if phones := row.plan.phones(row.cells); phones != a.Phone {
			row.beside.Phones = phones
		}
	}
	row.beside.Owner = row.extra[extraOwner]
	if last := row.extra[extraLast]; last != "" {
		row.beside.LastVisit = row.plainDay("last_visit", last)
	}
	return "", fault{}
}

// houseNumber puts the number of a house behind its street.
func (s *rowState) houseNumber(to *model.Address, column string) {
	house := s.extra[extraHouse]
	if house == "" || to.Street == "" || strings.HasSuffix(to.Street, " "+house) {
		return
	}
	if exceeds(to.Street+" "+house, longestText) {
		s.lose(column, tooLong(longestText))
		return
	}
	to.Street += " " + house
}

// plainDay reads a day in a column that is no field of the record; one that cannot
// be read is told, and costs nothing else.
func (s *rowState) plainDay(column, cell string) model.Date {
	for _, in := range s.plan.inputs {
		if in.name != column {
			continue
		}
		clock := s.clock
		d, wrong := readDay(in, cell)
		s.clock = clock
		if wrong.reason != "" && wrong.reason != reasonEmpty {
			s.lose(column, wrong)
		}
		return d
	}
	return 0
}
