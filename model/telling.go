package model

// What the text fields of records can say of people. Erasing a person, telling all that
// is known of one, and the list of what can be traced to a rep read it.

import "slices"

// Telling says what a text field can say of a person.
type Telling uint8

// What a text field can say.
const (
	// TellsNothing: a code, a word of the trade, a place.
	TellsNothing Telling = iota
	// TellsWho: somebody of the house, by name or code.
	TellsWho
	// TellsOf: what belongs to one person: a name, a number, an address.
	TellsOf
	// TellsText: whatever somebody has typed.
	TellsText
)

// tellings are the text fields of every table; a test holds that none is missing.
var tellings = map[Table]map[string]Telling{
	TableReps: {
		"code": TellsWho, "name": TellsOf, "email": TellsOf, "home_street": TellsOf, "home_postcode": TellsOf, "home_city": TellsOf, "home_country": TellsNothing,
	},
	TableTerritories: {
		"code": TellsNothing, "name": TellsNothing, "region": TellsNothing, "rep": TellsWho, "postcodes": TellsNothing, "marketing": TellsWho,
		"note": TellsText, "marketing_note": TellsText, "country": TellsNothing, "calendar": TellsNothing,
	},
	TableAccounts: {
		"code": TellsNothing, "name": TellsOf, "territory": TellsNothing, "phone": TellsOf, "street": TellsOf, "postcode": TellsNothing, "city": TellsNothing,
		"country": TellsNothing, "email": TellsOf, "hours": TellsNothing, "note": TellsText, "consent_basis": TellsText, "external_ids": TellsNothing, "marketing_note": TellsText,
	},
	TableContacts: {"account": TellsNothing, "name": TellsOf, "function": TellsOf, "phone": TellsOf, "email": TellsOf, "note": TellsText},
	TableCampaigns: {
		"code": TellsNothing, "name": TellsText, "kind": TellsNothing, "territories": TellsNothing, "owner": TellsWho, "goal": TellsText, "note": TellsText, "by_phone": TellsNothing,
		"lot_visit": TellsNothing, "lot_call": TellsNothing, "lot_neither": TellsNothing,
	},
	TableVisits:  {"account": TellsNothing, "rep": TellsWho, "outcome": TellsNothing, "guests": TellsWho, "note": TellsText, "id": TellsNothing},
	TableCalls:   {"account": TellsNothing, "agent": TellsWho, "campaign": TellsNothing, "note": TellsText, "id": TellsNothing, "guests": TellsWho},
	TablePlan:    {"rep": TellsWho, "account": TellsNothing},
	TableAnswers: {"territory": TellsNothing, "campaign": TellsNothing, "by": TellsWho, "note": TellsText, "by_phone": TellsNothing},
	TableFollowUps: {
		"account": TellsNothing, "by": TellsWho, "for": TellsWho, "campaign": TellsNothing, "number": TellsOf, "note": TellsText, "answerer": TellsWho, "reply": TellsText,
	},
	TableOutLists: {"code": TellsNothing, "by": TellsWho, "centre": TellsText, "campaign": TellsNothing, "accounts": TellsNothing},
	TableConsents: {"account": TellsNothing, "number": TellsNothing, "how": TellsNothing, "evidence": TellsText, "by": TellsWho},
	TableAbsences: {"rep": TellsWho, "weekdays": TellsNothing, "kind": TellsNothing, "cover": TellsWho, "note": TellsText, "id": TellsNothing},
	TablePeople:   {"code": TellsWho, "name": TellsOf, "rep": TellsWho, "keys": TellsOf},
	TableOptOuts:  {"account": TellsNothing, "number": TellsNothing},
	TableSettled:  {"rep": TellsWho, "account": TellsNothing, "became": TellsNothing, "reason": TellsNothing},
	TableAsides: {
		"for": TellsWho, "reason": TellsNothing, "of": TellsNothing, "code": TellsNothing, "of_row": TellsNothing, "name": TellsText, "values": TellsText, "standing": TellsText, "by": TellsWho,
	},
	TableErasures: {"account": TellsNothing, "names": TellsNothing, "secret": TellsNothing, "by": TellsWho},
	TableSettings: {"calendar": TellsNothing, "country": TellsNothing, "fair": TellsNothing},
}

// TellingOf is what a text field of a table can say of a person.
func TellingOf(table Table, field string) Telling { return tellings[table][field] }

// MapText is a record with every text of it put through a function, field by field, and
// whether anything changed. Words of the program's own (roles, outcomes, kinds) are left
// as they are.
func MapText(r Record, of func(field string, telling Telling, text string) string) (mapped Record, changed bool) {
	d := DescriptionOf(r)
	for i, field := range d.Fields() {
		telling := tellings[d.Table()][field.Name]
		switch value := d.Value(r, i).(type) {
		case string:
			if value == "" {
				continue
			}
			if now := of(field.Name, telling, value); now != value {
				r, changed = d.With(r, i, now), true
			}
		case []string:
			var now []string
			for k, text := range value {
				if after := of(field.Name, telling, text); after != text {
					if now == nil {
						now = slices.Clone(value)
					}
					now[k] = after
				}
			}
			if now != nil {
				r, changed = d.With(r, i, now), true
			}
		case ClassTable:
			for k := range value {
				for _, text := range []*string{(*string)(&value[k].Code), &value[k].Name} {
					if *text != "" {
						if now := of(field.Name, TellsText, *text); now != *text {
							*text, changed = now, true
						}
					}
				}
			}
			r = d.With(r, i, value)
		}
	}
	return r, changed
}
