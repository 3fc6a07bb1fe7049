package exchange

// The canonical tables: their columns in the order in which files are written.

import (
	"cmp"
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
	model.TableAbsences:    absences,
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
	return tables[record.Key().Table].cells(nil, record)
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
	extraFrom // the first postcode of a range
	extraTo
	extraOthers // identifiers beside the code
	extraPerson // whom one talks to at an account
	extraFunction
	extraList // the list that a call comes back for
	extraWishedDay
	extraWishedTime
	extras
)

var territories = &tableOf[model.Territory]{
	table: model.TableTerritories,
	fields: []column[model.Territory]{
		field(model.TerritoryFields, "code", code).needed().like("T1"),
		field(model.TerritoryFields, "name", line).needed().like("Stuttgart Ost"),
		field(model.TerritoryFields, "region", line).like("Süd/Baden-Württemberg"),
		field(model.TerritoryFields, "rep", code).like("R1"),
		territoryPostcodes(),
		field(model.TerritoryFields, "country", repeated).like("DE"),
		field(model.TerritoryFields, "calendar", code).like("DE-BW"),
		field(model.TerritoryFields, "marketing", line).like("Petra Lang"),
		field(model.TerritoryFields, "note", note).multiline(),
		field(model.TerritoryFields, "marketing_note", note).multiline(),
		about[model.Territory]("postcodes_from", extraFrom),
		about[model.Territory]("postcodes_to", extraTo),
	},
	finish: func(row *rowState, t *model.Territory) (string, fault) {
		if low, high := row.extra[extraFrom], row.extra[extraTo]; low != "" || high != "" {
			prefixes, wrong := splitPostcodes(row.plan.ofFive(cmp.Or(low, high)) + "-" + row.plan.ofFive(cmp.Or(high, low)))
			if wrong.reason != "" {
				return "postcodes_to", wrong
			}
			t.Postcodes = append(slices.Clip(t.Postcodes), prefixes...)
			row.fill("postcodes")
		}
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
		field(model.RepFields, "code", code).needed().like("R1"),
		field(model.RepFields, "name", line).needed().like("Katrin Sommer"),
		field(model.RepFields, "email", line).like("k.sommer@example.com"),
		field(model.RepFields, "capacity", whole(1000)).like("25"),
		field(model.RepFields, "home_street", line).like("Lindenweg 3"),
		field(model.RepFields, "home_postcode", repeated).like("70734"),
		field(model.RepFields, "home_city", repeated).like("Fellbach"),
		field(model.RepFields, "home_country", repeated).like("DE"),
		placed(field(model.RepFields, "home_lat", degrees(90)), repAtHome),
		placed(field(model.RepFields, "home_lon", degrees(180)), repAtHome),
		field(model.RepFields, "day_start", clock).like("08:00"),
		field(model.RepFields, "day_end", clock).like("17:00"),
		about[model.Rep]("house_number", extraHouse),
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
		field(model.AccountFields, "code", code).needed().like("K-17"),
		field(model.AccountFields, "name", line).needed().wide(30).like("Metallbau Ostertag GmbH"),
		field(model.AccountFields, "territory", code).like("T1"),
		field(model.AccountFields, "class", classWord).like("A"),
		field(model.AccountFields, "interval", visitInterval).like("30"),
		field(model.AccountFields, "street", line).like("Hauptstraße 12"),
		field(model.AccountFields, "postcode", code).like("70734"),
		field(model.AccountFields, "city", repeated).like("Fellbach"),
		field(model.AccountFields, "country", repeated).like("DE"),
		accountAt(field(model.AccountFields, "lat", degrees(90))),
		accountAt(field(model.AccountFields, "lon", degrees(180))),
		field(model.AccountFields, "phone", phoneNumber).wide(20).like("0711 555 0142"),
		field(model.AccountFields, "email", line).like("info@example.com"),
		field(model.AccountFields, "consent", consentForm).like("presumed"),
		noCalls(),
		field(model.AccountFields, "since", day).like("2024-02-01"),
		field(model.AccountFields, "inactive", flagOpposite).named("active").like("yes"),
		field(model.AccountFields, "visit_minutes", whole(24*60)).like("45"),
		field(model.AccountFields, "hours", openingHours).like("Mo-Fr 08:00-12:00,13:00-17:00"),
		field(model.AccountFields, "potential", money).like("12000.00"),
		field(model.AccountFields, "note", note).multiline(),
		field(model.AccountFields, "consent_basis", line).wide(24).like("met at the fair in March"),
		field(model.AccountFields, "private", consumer).like("no"),
		adding(list(model.AccountFields, "external_ids", splitIDs, joinIDs)).like("001D000000IRFma"),
		field(model.AccountFields, "marketing_note", note).multiline(),
		field(model.AccountFields, "hold", flag).like("no"),
		several(about[model.Account]("other_id", extraOthers)),
		about[model.Account]("house_number", extraHouse),
		about[model.Account]("address", extraAddress).multiline(),
		about[model.Account]("place", extraPlace),
		about[model.Account]("area_code", extraArea),
		about[model.Account]("first_name", extraFirstName),
		about[model.Account]("last_name", extraLastName),
		about[model.Account]("owner", extraOwner),
		standing("inactive"), standing("state"),
		about[model.Account]("contact_name", extraPerson),
		about[model.Account]("contact_function", extraFunction),
		callsAllowed(),
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
		field(model.VisitFields, "account", code).needed().like("K-17"),
		field(model.VisitFields, "date", day).needed().like("2026-03-04"),
		field(model.VisitFields, "time", clock).like("14:30"),
		field(model.VisitFields, "rep", code).like("R1"),
		field(model.VisitFields, "kind", visitKindOf).telling().like("met"),
		field(model.VisitFields, "outcome", visitOutcomeWord).like("order"),
		field(model.VisitFields, "value", money).like("1234.50"),
		field(model.VisitFields, "minutes", whole(24*60)).like("45"),
		list(model.VisitFields, "guests", splitGuests, joinGuests).like("Jan Weber;Ute Kern"),
		field(model.VisitFields, "note", rowNote).multiline(),
		field(model.VisitFields, "id", ownID).like("V-1001"),
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
		field(model.CallFields, "account", code).needed().like("K-17"),
		field(model.CallFields, "date", day).needed().like("2026-03-05"),
		field(model.CallFields, "time", clock).like("10:15"),
		field(model.CallFields, "agent", code).like("Petra Lang"),
		field(model.CallFields, "outcome", callOutcomeWord).needed().like("reached"),
		field(model.CallFields, "campaign", code).like("C1"),
		list(model.CallFields, "guests", splitGuests, joinGuests).like("Jan Weber;Ute Kern"),
		field(model.CallFields, "note", rowNote).multiline(),
		field(model.CallFields, "id", ownID).like("T-2001"),
		about[model.Call]("account_name", extraAccountName),
		about[model.Call]("activity_type", extraActivity),
		about[model.Call]("status", extraStatus),
		about[model.Call]("done", extraDone),
		about[model.Call]("duration", extraDuration),
		about[model.Call]("list", extraList),
		dayAbout[model.Call]("wished_day", extraWishedDay),
		about[model.Call]("wished_time", extraWishedTime),
		column[model.Call]{name: "phone", virtual: true, many: true, read: func(*input, *model.Call, string) fault { return fault{} }},
	},
	finish: finishCall,
}

var contacts = &tableOf[model.Contact]{
	table: model.TableContacts,
	fields: []column[model.Contact]{
		field(model.ContactFields, "account", code).needed().like("K-17"),
		field(model.ContactFields, "name", line).needed().wide(24).like("Ute Kern"),
		field(model.ContactFields, "function", line).like("Purchasing"),
		field(model.ContactFields, "phone", phoneNumber).wide(20).like("0711 555 0142"),
		field(model.ContactFields, "email", line).like("u.kern@example.com"),
		field(model.ContactFields, "note", note).multiline(),
		about[model.Contact]("account_name", extraAccountName),
		about[model.Contact]("first_name", extraFirstName),
		about[model.Contact]("last_name", extraLastName),
		forbids[model.Contact](),
		allows[model.Contact](),
	},
	finish: finishContact,
}

var campaigns = &tableOf[model.Campaign]{
	table: model.TableCampaigns,
	fields: []column[model.Campaign]{
		field(model.CampaignFields, "code", code).needed().like("C1"),
		field(model.CampaignFields, "name", line).needed().like("Spring mailing"),
		field(model.CampaignFields, "kind", campaignKind).like("mailing"),
		list(model.CampaignFields, "territories", splitTargets, joinTargets).like("T1|Süd/Baden-Württemberg"),
		classesOf(list(model.CampaignFields, "classes", nil, joinClasses)).like("A B"),
		field(model.CampaignFields, "start", day).needed().like("2026-03-09"),
		field(model.CampaignFields, "end", day).needed().like("2026-03-27"),
		field(model.CampaignFields, "status", campaignStatusWord).telling().like("planned"),
		field(model.CampaignFields, "owner", line).like("Petra Lang"),
		field(model.CampaignFields, "goal", line).like("Show the new range"),
		field(model.CampaignFields, "note", note).multiline(),
		list(model.CampaignFields, "by_phone", splitTargets, joinTargets).like("K-17|K-18"),
		field(model.CampaignFields, "review", day).like("2026-04-24"),
		field(model.CampaignFields, "lot_seed", whole(999_999_999)).like("4711"),
		list(model.CampaignFields, "lot_visit", splitTargets, joinTargets).like("K-19"),
		list(model.CampaignFields, "lot_call", splitTargets, joinTargets).like("K-20|K-21"),
		list(model.CampaignFields, "lot_neither", splitTargets, joinTargets).like("K-22|K-23"),
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
		field(model.PlannedVisitFields, "rep", code).needed().like("R1"),
		field(model.PlannedVisitFields, "date", day).needed().like("2026-03-06"),
		field(model.PlannedVisitFields, "account", code).needed().like("K-17"),
		field(model.PlannedVisitFields, "time", clock).like("09:00"),
		field(model.PlannedVisitFields, "minutes", whole(24*60)).like("45"),
		about[model.PlannedVisit]("account_name", extraAccountName),
	},
	finish: func(row *rowState, p *model.PlannedVisit) (string, fault) {
		wrong := row.accountFrom(&p.Account)
		row.timeFromDate(&p.Time)
		return "account", wrong
	},
}
