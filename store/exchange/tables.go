package exchange

// The canonical tables: their columns in the order in which files are written.

import (
	"slices"
	"strings"

	"doppelpass/model"
)

// tables holds every table that files carry.
var tables = map[model.Table]table{
	model.TableTerritories: territories,
	model.TableReps:        reps,
	model.TableAccounts:    accounts,
	model.TableContacts:    contacts,
	model.TableVisits:      visits,
	model.TableCalls:       calls,
	model.TableCampaigns:   campaigns,
	model.TablePlan:        planned,
}

// Columns lists a table's columns in canonical order, virtual ones last; nil
// for a table that files do not carry.
func Columns(t model.Table) []Column {
	if def := definition(t); def != nil {
		return def.columns()
	}
	return nil
}

// definition is a table's definition, nil for none.
func definition(t model.Table) table {
	if def, ok := tables[t]; ok {
		return def
	}
	return nil
}

// Header is the header row of a canonical table.
func Header(t model.Table) []string {
	var names []string
	for _, c := range Columns(t) {
		if !c.Virtual {
			names = append(names, c.Name)
		}
	}
	return names
}

// Cells is the record as one row below Header.
func Cells(record model.Record) []Cell {
	return tables[record.Key().Table].cells(record)
}

// ParseTable reads a table's name; "" is allowed and means: recognise it.
func ParseTable(s string) (model.Table, error) {
	t := model.Table(strings.ToLower(strings.TrimSpace(s)))
	if _, ok := tables[t]; ok || t == "" {
		return t, nil
	}
	return "", fileError("", ReasonUnknownTable, s)
}

// extra is a slot for the text of a virtual column.
type extra int

const (
	extraAccountName extra = iota
	extraActivity          // what kind of activity it was
	extraReport            // portatour's type of report
	extraStatus
	extraDone
	extraHours
	extraDuration
	extraEnd
	extraFirstName
	extraLastName
	extraHouse   // house number
	extraAddress // a whole address in one cell
	extraPlace   // postcode and town in one cell
	extraArea    // the area code of a telephone number
	extraOwner   // who looks after an account, as the file calls them
	extraLast    // day of the last visit
	extraTerritory
	extraActive
	extraOthers // identifiers beside the code
	extras
)

var territories = &tableOf[model.Territory]{
	table: model.TableTerritories,
	fields: []column[model.Territory]{
		field("code", func(t *model.Territory) *string { return &t.Code }, code).needed().like("T1"),
		field("name", func(t *model.Territory) *string { return &t.Name }, line).needed().like("Stuttgart Ost"),
		field("region", func(t *model.Territory) *string { return &t.Region }, line).like("Süd/Baden-Württemberg"),
		field("rep", func(t *model.Territory) *string { return &t.Rep }, code).like("R1"),
		list("postcodes", func(t *model.Territory) *[]string { return &t.Postcodes }, splitWords, joinWords).like("70 71 7255"),
		field("country", func(t *model.Territory) *string { return &t.Country }, repeated).like("DE"),
		field("calendar", func(t *model.Territory) *string { return &t.Calendar }, code).like("DE-BW"),
		field("marketing", func(t *model.Territory) *string { return &t.Marketing }, line).like("Petra Lang"),
		field("note", func(t *model.Territory) *string { return &t.Note }, note).multiline(),
		field("marketing_note", func(t *model.Territory) *string { return &t.MarketingNote }, note).multiline(),
	},
	finish: func(row *rowState, t *model.Territory) (string, fault) {
		row.codeFromName(&t.Code, t.Name)
		if t.Name == "" && row.has&row.bits["name"] == 0 { // a list of postcodes needs but one word for each
			t.Name = t.Code
			row.fill("name")
		}
		return "", fault{}
	},
}

var reps = &tableOf[model.Rep]{
	table: model.TableReps,
	fields: []column[model.Rep]{
		field("code", func(r *model.Rep) *string { return &r.Code }, code).needed().like("R1"),
		field("name", func(r *model.Rep) *string { return &r.Name }, line).needed().like("Katrin Sommer"),
		field("email", func(r *model.Rep) *string { return &r.Email }, line).like("k.sommer@example.com"),
		field("capacity", func(r *model.Rep) *int { return &r.Capacity }, whole(1000)).like("25"),
		field("home_street", func(r *model.Rep) *string { return &r.Home.Street }, line).like("Lindenweg 3"),
		field("home_postcode", func(r *model.Rep) *string { return &r.Home.Postcode }, repeated).like("70734"),
		field("home_city", func(r *model.Rep) *string { return &r.Home.City }, repeated).like("Fellbach"),
		field("home_country", func(r *model.Rep) *string { return &r.Home.Country }, repeated).like("DE"),
		placed(field("home_lat", func(r *model.Rep) *float64 { return &r.HomeAt.Lat }, degrees(90)), repAtHome),
		placed(field("home_lon", func(r *model.Rep) *float64 { return &r.HomeAt.Lon }, degrees(180)), repAtHome),
		field("day_start", func(r *model.Rep) *model.Clock { return &r.DayStart }, clock).like("08:00"),
		field("day_end", func(r *model.Rep) *model.Clock { return &r.DayEnd }, clock).like("17:00"),
		about[model.Rep]("first_name", extraFirstName),
		about[model.Rep]("last_name", extraLastName),
		about[model.Rep]("territory", extraTerritory),
		about[model.Rep]("active", extraActive),
	},
	finish: finishRep,
}

func repAtHome(r *model.Rep) bool { return r.HomeAt.Valid() }

var accounts = &tableOf[model.Account]{
	table: model.TableAccounts,
	fields: []column[model.Account]{
		field("code", func(a *model.Account) *string { return &a.Code }, code).needed().like("K-17"),
		field("name", func(a *model.Account) *string { return &a.Name }, line).needed().wide(30).like("Metallbau Ostertag GmbH"),
		field("territory", func(a *model.Account) *string { return &a.Territory }, code).like("T1"),
		field("class", func(a *model.Account) *model.Class { return &a.Class }, classWord).like("A"),
		field("interval", func(a *model.Account) *int { return &a.Interval }, visitInterval).like("30"),
		field("street", func(a *model.Account) *string { return &a.Address.Street }, line).like("Hauptstraße 12"),
		field("postcode", func(a *model.Account) *string { return &a.Address.Postcode }, code).like("70734"),
		field("city", func(a *model.Account) *string { return &a.Address.City }, repeated).like("Fellbach"),
		field("country", func(a *model.Account) *string { return &a.Address.Country }, repeated).like("DE"),
		accountAt(field("lat", func(a *model.Account) *float64 { return &a.At.Lat }, degrees(90))),
		accountAt(field("lon", func(a *model.Account) *float64 { return &a.At.Lon }, degrees(180))),
		field("phone", func(a *model.Account) *string { return &a.Phone }, phoneNumber).wide(20).like("0711 555 0142"),
		field("email", func(a *model.Account) *string { return &a.Email }, line).like("info@example.com"),
		field("consent", func(a *model.Account) *model.Consent { return &a.Consent }, consentForm).like("presumed"),
		field("do_not_call", func(a *model.Account) *bool { return &a.DoNotCall }, callsForbidden).like("no"),
		field("since", func(a *model.Account) *model.Date { return &a.Since }, day).like("2024-02-01"),
		field("active", func(a *model.Account) *bool { return &a.Inactive }, flagOpposite).like("yes"),
		field("visit_minutes", func(a *model.Account) *int { return &a.VisitMinutes }, whole(24*60)).like("45"),
		field("hours", func(a *model.Account) *string { return &a.Hours }, line).like("Mo-Fr 08:00-12:00,13:00-17:00"),
		field("potential", func(a *model.Account) *model.Money { return &a.Potential }, money).like("12000.00"),
		field("note", func(a *model.Account) *string { return &a.Note }, note).multiline(),
		field("consent_basis", func(a *model.Account) *string { return &a.ConsentBasis }, line).wide(24).like("met at the fair in March"),
		field("private", func(a *model.Account) *bool { return &a.Private }, flag).like("no"),
		adding(list("external_ids", func(a *model.Account) *[]string { return &a.ExternalIDs }, splitIDs, joinIDs)).like("001D000000IRFma"),
		several(about[model.Account]("other_id", extraOthers)),
		about[model.Account]("house_number", extraHouse),
		about[model.Account]("address", extraAddress).multiline(),
		about[model.Account]("place", extraPlace),
		about[model.Account]("area_code", extraArea),
		about[model.Account]("first_name", extraFirstName),
		about[model.Account]("last_name", extraLastName),
		about[model.Account]("owner", extraOwner),
		dayAbout[model.Account]("last_visit", extraLast),
	},
	finish: finishAccount,
}

// placedByFile reports whether an account's coordinates are the people's own.
// Those found from the address are not written: they are found again, and would
// otherwise come back as if a file had said them.
func placedByFile(a *model.Account) bool { return a.Placed == model.PlacedFile }

var visits = &tableOf[model.Visit]{
	table: model.TableVisits,
	fields: []column[model.Visit]{
		field("account", func(v *model.Visit) *string { return &v.Account }, code).needed().like("K-17"),
		field("date", func(v *model.Visit) *model.Date { return &v.Date }, day).needed().like("2026-03-04"),
		field("time", func(v *model.Visit) *model.Clock { return &v.Time }, clock).like("14:30"),
		field("rep", func(v *model.Visit) *string { return &v.Rep }, code).like("R1"),
		field("kind", func(v *model.Visit) *model.VisitKind { return &v.Kind }, visitKindWord).telling().like("met"),
		field("outcome", func(v *model.Visit) *string { return &v.Outcome }, repeated).like("order"),
		field("value", func(v *model.Visit) *model.Money { return &v.Value }, money).like("1234.50"),
		field("minutes", func(v *model.Visit) *int { return &v.Minutes }, whole(24*60)).like("45"),
		list("guests", func(v *model.Visit) *[]string { return &v.Guests }, splitGuests, joinGuests).like("Jan Weber;Ute Kern"),
		field("note", func(v *model.Visit) *string { return &v.Note }, rowNote).multiline(),
		field("id", func(v *model.Visit) *string { return &v.Ref }, ownID).like("V-1001"),
		about[model.Visit]("account_name", extraAccountName),
		about[model.Visit]("activity_type", extraActivity),
		about[model.Visit]("report_type", extraReport),
		about[model.Visit]("status", extraStatus),
		about[model.Visit]("done", extraDone),
		about[model.Visit]("duration_hours", extraHours),
		about[model.Visit]("duration", extraDuration),
		about[model.Visit]("end", extraEnd),
	},
	finish: finishVisit,
}

var calls = &tableOf[model.Call]{
	table: model.TableCalls,
	fields: []column[model.Call]{
		field("account", func(c *model.Call) *string { return &c.Account }, code).needed().like("K-17"),
		field("date", func(c *model.Call) *model.Date { return &c.Date }, day).needed().like("2026-03-05"),
		field("time", func(c *model.Call) *model.Clock { return &c.Time }, clock).like("10:15"),
		field("agent", func(c *model.Call) *string { return &c.Agent }, code).like("Petra Lang"),
		field("outcome", func(c *model.Call) *model.CallOutcome { return &c.Outcome }, callOutcomeWord).needed().like("reached"),
		field("campaign", func(c *model.Call) *string { return &c.Campaign }, code).like("C1"),
		field("note", func(c *model.Call) *string { return &c.Note }, rowNote).multiline(),
		field("id", func(c *model.Call) *string { return &c.Ref }, ownID).like("T-2001"),
		about[model.Call]("account_name", extraAccountName),
		about[model.Call]("activity_type", extraActivity),
		about[model.Call]("status", extraStatus),
		about[model.Call]("done", extraDone),
		about[model.Call]("duration", extraDuration),
	},
	finish: finishCall,
}

var contacts = &tableOf[model.Contact]{
	table: model.TableContacts,
	fields: []column[model.Contact]{
		field("account", func(c *model.Contact) *string { return &c.Account }, code).needed().like("K-17"),
		field("name", func(c *model.Contact) *string { return &c.Name }, line).needed().wide(24).like("Ute Kern"),
		field("function", func(c *model.Contact) *string { return &c.Function }, line).like("Purchasing"),
		field("phone", func(c *model.Contact) *string { return &c.Phone }, phoneNumber).wide(20).like("0711 555 0142"),
		field("email", func(c *model.Contact) *string { return &c.Email }, line).like("u.kern@example.com"),
		field("note", func(c *model.Contact) *string { return &c.Note }, note).multiline(),
		about[model.Contact]("account_name", extraAccountName),
		about[model.Contact]("first_name", extraFirstName),
		about[model.Contact]("last_name", extraLastName),
	},
	finish: finishContact,
}

var campaigns = &tableOf[model.Campaign]{
	table: model.TableCampaigns,
	fields: []column[model.Campaign]{
		field("code", func(c *model.Campaign) *string { return &c.Code }, code).needed().like("C1"),
		field("name", func(c *model.Campaign) *string { return &c.Name }, line).needed().like("Spring mailing"),
		field("kind", func(c *model.Campaign) *string { return &c.Kind }, campaignKind).like("mailing"),
		list("territories", func(c *model.Campaign) *[]string { return &c.Territories }, splitTargets, joinTargets).like("T1|Süd/Baden-Württemberg"),
		classesOf(list("classes", func(c *model.Campaign) *[]model.Class { return &c.Classes }, nil, joinClasses)).like("A B"),
		field("start", func(c *model.Campaign) *model.Date { return &c.Start }, day).needed().like("2026-03-09"),
		field("end", func(c *model.Campaign) *model.Date { return &c.End }, day).needed().like("2026-03-27"),
		field("status", func(c *model.Campaign) *model.CampaignStatus { return &c.Status }, campaignStatusWord).telling().like("planned"),
		field("owner", func(c *model.Campaign) *string { return &c.Owner }, line).like("Petra Lang"),
		field("goal", func(c *model.Campaign) *string { return &c.Goal }, line).like("Show the new range"),
		field("note", func(c *model.Campaign) *string { return &c.Note }, note).multiline(),
	},
	fresh: model.Campaign{Status: model.CampaignPlanned},
	finish: func(row *rowState, c *model.Campaign) (string, fault) {
		row.codeFromName(&c.Code, c.Name)
		if row.isFilled("start") && row.isFilled("end") && c.End < c.Start {
			return "end", faulty(ReasonEndBeforeStart, c.Start.String(), c.End.String())
		}
		return "", fault{}
	},
}

var planned = &tableOf[model.PlannedVisit]{
	table: model.TablePlan,
	fields: []column[model.PlannedVisit]{
		field("rep", func(p *model.PlannedVisit) *string { return &p.Rep }, code).needed().like("R1"),
		field("date", func(p *model.PlannedVisit) *model.Date { return &p.Date }, day).needed().like("2026-03-06"),
		field("account", func(p *model.PlannedVisit) *string { return &p.Account }, code).needed().like("K-17"),
		field("time", func(p *model.PlannedVisit) *model.Clock { return &p.Time }, clock).like("09:00"),
		field("minutes", func(p *model.PlannedVisit) *int { return &p.Minutes }, whole(24*60)).like("45"),
		about[model.PlannedVisit]("account_name", extraAccountName),
	},
	finish: func(row *rowState, p *model.PlannedVisit) (string, fault) {
		wrong := row.accountFrom(&p.Account)
		row.timeFromDate(&p.Time)
		return "account", wrong
	},
}

// adding is a column whose values are added to those that are there.
func adding(c column[model.Account]) column[model.Account] {
	c.adds = true
	c.carry = func(to, from *model.Account) {
		ids := slices.Clone(to.ExternalIDs)
		for _, id := range from.ExternalIDs {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		to.ExternalIDs = ids
	}
	c.same = func(a, b *model.Account) bool {
		return !slices.ContainsFunc(b.ExternalIDs, func(id string) bool { return !slices.Contains(a.ExternalIDs, id) })
	}
	return c
}

// several is a virtual column that several columns of a file fill.
func several[R model.Record](c column[R]) column[R] {
	c.many = true
	c.read = func(in *input, _ *R, cell string) fault {
		if len(cell) > longestCode || strings.ContainsAny(cell, idMark) {
			return fault{} // no identifier
		}
		if others := &in.row.extra[extraOthers]; *others == "" {
			*others = cell
		} else {
			*others += idMark + cell
		}
		return fault{}
	}
	return c
}

// idMark stands between identifiers in one cell.
const idMark = ";"

func splitIDs(s string) ([]string, fault) { return splitAt(s, idMark), fault{} }

func joinIDs(ids []string) string { return strings.Join(ids, idMark) }

// accountAt is a column of an account's coordinates. They are carried both at
// once and with where they come from; emptying them leaves alone what was found
// from the address.
func accountAt(c column[model.Account]) column[model.Account] {
	c.carry = func(to, from *model.Account) {
		if placedByFile(from) || placedByFile(to) {
			to.At, to.Placed = from.At, from.Placed
		}
	}
	c.same = func(a, b *model.Account) bool { return a.At == b.At && a.Placed == b.Placed }
	return placed(c, placedByFile)
}

// placed is a column of coordinates that is empty where the record is not
// placed by the people themselves.
func placed[R model.Record](c column[R], is func(*R) bool) column[R] {
	show := c.cell
	c.cell = func(r *R) Cell {
		if !is(r) {
			return Cell{}
		}
		return show(r)
	}
	return c
}

// splitWords takes words apart at blanks, commas and semicolons.
func splitWords(s string) ([]string, fault) {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '|' }), fault{}
}

func joinWords(words []string) string { return strings.Join(words, " ") }

func splitGuests(s string) ([]string, fault) { return splitAt(s, ";"), fault{} }

func joinGuests(guests []string) string { return strings.Join(guests, ";") }

// splitTargets takes codes and region paths apart: at "|" where there is one,
// else at blanks. One name with blanks is written with a "|" behind it.
func splitTargets(s string) ([]string, fault) {
	if strings.Contains(s, "|") {
		return splitAt(s, "|"), fault{}
	}
	if strings.Contains(s, ";") {
		return splitAt(s, ";"), fault{}
	}
	return strings.Fields(s), fault{}
}

func joinTargets(targets []string) string {
	s := strings.Join(targets, "|")
	if len(targets) == 1 && strings.ContainsAny(s, " ;") {
		s += "|"
	}
	return s
}

func splitAt(s, mark string) (parts []string) {
	for part := range strings.SplitSeq(s, mark) {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}
