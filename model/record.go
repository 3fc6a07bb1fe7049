package model

// The nouns of the trade as records: what is stored, imported, exported and
// edited. Codes are the people's own; nothing here knows how it is kept.

import "strconv"

// Table names one kind of record; its value is the table's name in files and on
// the command line.
type Table string

// The tables, in the order in which an import must read them: what is referred
// to comes first.
const (
	TableReps        Table = "reps"
	TableTerritories Table = "territories"
	TableAccounts    Table = "accounts"
	TableCampaigns   Table = "campaigns"
	TableVisits      Table = "visits"
	TableCalls       Table = "calls"
	TablePlan        Table = "plan"
	TableAnswers     Table = "answers"
	TableFollowUps   Table = "follow-ups"
	TableContacts    Table = "contacts"
	TableOptOuts     Table = "opt-outs"
	TableConsents    Table = "consents"
	TableAbsences    Table = "absences"
	TablePeople      Table = "people"
	TableSettled     Table = "settled"
	TableOutLists    Table = "call-lists"
	TableAsides      Table = "asides"
	TableErasures    Table = "erasures"
	TableSettings    Table = "settings"
)

// Tables lists every table of records that files carry, in reading order.
var Tables = [...]Table{TableReps, TableTerritories, TableAccounts, TableContacts, TableCampaigns, TableVisits, TableCalls, TablePlan, TableAbsences}

// Record is one row of one table. The implementations are the structs of this
// file and Settings, always as values, never as pointers.
type Record interface {
	// Key identifies the record within the store.
	Key() Key
}

// Key identifies one record: its table and, within it, the fields that make it
// the same record when a file is read a second time. Keys are comparable.
type Key struct {
	Table Table
	// Code is the record's own code; for what belongs to an account (contacts,
	// visits, calls, planned visits, opt-outs) the account's code.
	Code string
	// Date, Time, By and Ref belong to visits, calls and planned visits. By is the
	// rep or agent, Ref the identifier that another system gave the row, or which of several
	// planned visits of a day it is. Of a
	// contact, By is the person's name; of an opt-out, the number's hash. Of an absence,
	// Code is the rep's, and By names the weekdays.
	Date Date
	Time Clock
	By   string
	Ref  string
	// ID is a visit's or call's own identity. A row that has one is identified by
	// it; all else then still says where the row lies.
	ID RowID
}

// Identity is the part of a key that stays with a record whatever is changed.
func (k Key) Identity() Key {
	if k.ID != (RowID{}) {
		return Key{Table: k.Table, ID: k.ID}
	}
	return k
}

// Territory is a sales area with one field rep.
type Territory struct {
	Code      string
	Name      string
	Region    string   // path of region names from the widest, separated by "/"
	Rep       string   // rep code; empty: vacant
	Postcodes []string // prefixes of the postcodes that belong to it
	Marketing string   // marketing's contact person
	Note      string   // sales' note
	// MarketingNote is marketing's note, shown beside sales' own.
	MarketingNote string
	Country       string // of its postcodes and telephone numbers, a code or a name; empty: the setting's
	Calendar      string // of public holidays, such as DE-BY; empty: the setting's
}

// Key implements Record.
func (t Territory) Key() Key { return Key{Table: TableTerritories, Code: t.Code} }

// Coordinates are degrees north and east (WGS 84).
type Coordinates struct {
	Lat, Lon float64
}

// Valid reports whether the coordinates say a place: 0,0 lies in the sea and is
// what spreadsheets write for "unknown".
func (c Coordinates) Valid() bool {
	return (c.Lat != 0 || c.Lon != 0) && c.Lat >= -90 && c.Lat <= 90 && c.Lon >= -180 && c.Lon <= 180
}

// Address is a postal address; any part may be empty.
type Address struct {
	Street   string
	Postcode string
	City     string
	Country  string // as in the file: a code or a name
}

// PlacedBy says where an account's coordinates come from.
type PlacedBy string

// The sources of coordinates, best first; the empty value means "not placed".
const (
	PlacedNowhere      PlacedBy = ""
	PlacedFile         PlacedBy = "file"
	PlacedPostcode     PlacedBy = "postcode"
	PlacedPostcodeArea PlacedBy = "postcode-area"
	PlacedTown         PlacedBy = "town"
)

// Rep is a field salesperson.
type Rep struct {
	Code     string
	Name     string
	Email    string
	Capacity int // visits a week; 0: the setting's
	Home     Address
	HomeAt   Coordinates
	DayStart Clock // 0: the planner's default
	DayEnd   Clock
}

// Key implements Record.
func (r Rep) Key() Key { return Key{Table: TableReps, Code: r.Code} }

// Class is the code of an account's class; what it means and what it is called,
// Settings say.
type Class string

// The classes that a team starts with (see DefaultSettings); Settings say which
// there are.
const (
	ClassA Class = "A"
	ClassB Class = "B"
	ClassC Class = "C"
)

// Consent says on what ground marketing may call a customer.
type Consent string

// The grounds; the empty value means that none is on record.
const (
	ConsentNone     Consent = ""
	ConsentGiven    Consent = "given"
	ConsentPresumed Consent = "presumed"
)

// Money is an amount in hundredths of the store's currency.
type Money int64

// Account is a customer or prospect at an address, in one territory.
type Account struct {
	Code         string
	Name         string
	Territory    string // territory code; empty: in none
	Class        Class
	Interval     int // days between visits; 0: the class's
	Address      Address
	At           Coordinates
	Placed       PlacedBy
	Phone        string
	Email        string
	Consent      Consent
	VisitMinutes int    // 0: the planner's default
	Hours        string // opening hours in OpenStreetMap notation; empty: always
	Potential    Money  // yearly value
	Note         string
	ConsentBasis string // on what ground consent is presumed
	// ExternalIDs are what other systems call the account: rows of files that name
	// one of them mean it.
	ExternalIDs []string
	// MarketingNote is marketing's note, shown beside sales' own.
	MarketingNote string
	// What is small stands together: there may be hundreds of thousands of accounts in memory.
	Since     Date // customer since; 0: unknown
	DoNotCall bool
	Inactive  bool
	Private   bool // a consumer, whom nobody calls without an express consent
	Hold      bool // nothing of it goes: neither by its age nor with a person
}

// Key implements Record.
func (a Account) Key() Key { return Key{Table: TableAccounts, Code: a.Code} }

// Contact is a person at an account.
type Contact struct {
	Account  string
	Name     string
	Function string // what the person does there
	Phone    string
	Email    string
	Note     string
}

// Key implements Record. A person is known by the name within the account.
func (c Contact) Key() Key { return Key{Table: TableContacts, Code: c.Account, By: c.Name} }

// OptOut is a line of the book of opt-outs: nobody calls the account, nor the
// number, any more. It outlives the record that brought it.
type OptOut struct {
	Account string // the account's code, also when the account is gone
	Number  string // the telephone number in its hashed form; empty: none was known
	Since   Date
	Lifted  Date // the day of a new express consent; 0: it stands
}

// Key implements Record.
func (o OptOut) Key() Key { return Key{Table: TableOptOuts, Code: o.Account, By: o.Number} }

// ConsentEvent is what a line of the consent book says.
type ConsentEvent string

// What can happen to a consent.
const (
	ConsentExpress    ConsentEvent = "express"    // the customer has agreed
	ConsentAssumed    ConsentEvent = "presumed"   // it may be presumed, on a ground
	ConsentWithdrawn  ConsentEvent = "withdrawn"  // an earlier consent does not hold any more
	ConsentObjection  ConsentEvent = "objection"  // the customer wants no calls
	ConsentUnrecorded ConsentEvent = "unrecorded" // the record says nothing any more
)

// ConsentLine is one line of the consent book: what is known of a customer's will to
// be called, since when, how it is known, and who wrote it down. Lines are only ever
// added.
type ConsentLine struct {
	ID       RowID
	Account  string // the account's code, also when the account is gone
	Number   string // the telephone number in its hashed form; empty: none was known
	Event    ConsentEvent
	Date     Date
	How      string // the action of the history that brought it, such as "import"
	Evidence string // the ground, the wording or the document
	By       string // who wrote it down
}

// Key implements Record.
func (c ConsentLine) Key() Key {
	return Key{Table: TableConsents, Code: c.Account, Date: c.Date, ID: c.ID}
}

// VisitKind says what a rep's row is; only VisitMet counts as a visit.
type VisitKind uint8

// The kinds of a rep's row.
const (
	VisitMet    VisitKind = iota // the customer was met
	VisitNotMet                  // nobody there
	VisitOther                   // a report that is no visit, such as a phone call by the rep
)

// Visit is what a rep logged at an account on a day.
type Visit struct {
	ID      RowID  // the store's; a visit that was never stored has none
	Ref     string // identifier from another system; empty for visits logged here
	Account string
	Date    Date
	Time    Clock
	Rep     string
	Kind    VisitKind
	Outcome string // order, interest, none or a word of the team's own
	Value   Money
	Minutes int
	Guests  []string // colleagues who came along
	Note    string
}

// Key implements Record.
func (v Visit) Key() Key {
	return Key{Table: TableVisits, Code: v.Account, Date: v.Date, Time: v.Time, By: v.Rep, Ref: v.Ref, ID: v.ID}
}

// CallOutcome is how a telemarketing attempt ended.
type CallOutcome uint8

// The outcomes of a call. All but CallNotReached, CallBack and CallWrongNumber reached
// the customer.
const (
	CallReached CallOutcome = iota
	CallNotReached
	CallAppointment // reached, wants a visit
	CallDeclined    // reached
	CallOptOut      // reached, never again
	CallBack        // somebody answered; the conversation is still to come
	CallWrongNumber // somebody else answered, or nobody can
)

// Reached reports whether the call reached the customer.
func (o CallOutcome) Reached() bool {
	return o != CallNotReached && o != CallBack && o != CallWrongNumber
}

// InVain reports whether nobody who matters answered: the attempt may be made once more,
// but not for ever. A call back is none, since somebody answered.
func (o CallOutcome) InVain() bool { return o == CallNotReached || o == CallWrongNumber }

// Call is one telemarketing attempt by marketing at an account.
type Call struct {
	ID       RowID  // as a visit's
	Ref      string // as a visit's
	Account  string
	Date     Date
	Time     Clock
	Agent    string
	Outcome  CallOutcome
	Campaign string   // campaign code
	Guests   []string // colleagues who listened in
	Note     string
}

// Key implements Record.
func (c Call) Key() Key {
	return Key{Table: TableCalls, Code: c.Account, Date: c.Date, Time: c.Time, By: c.Agent, Ref: c.Ref, ID: c.ID}
}

// CampaignStatus is what marketing decided; "running" and "over" follow from
// the dates.
type CampaignStatus string

// The statuses of a campaign.
const (
	CampaignDraft     CampaignStatus = "draft"
	CampaignPlanned   CampaignStatus = "planned"
	CampaignCancelled CampaignStatus = "cancelled"
)

// KindTelemarketing is the kind of campaign that stands in for visits; all
// other kinds (mailing, fair, advert, promotion …) ask for them.
const KindTelemarketing = "telemarketing"

// Campaign is a marketing action in named territories.
type Campaign struct {
	Code        string
	Name        string
	Kind        string
	Territories []string // territory codes or region paths
	Classes     []Class  // none: all
	Start, End  Date     // both included
	Status      CampaignStatus
	Owner       string
	Goal        string
	Note        string
	ByPhone     []string // accounts that marketing calls for it in place of a visit, as both have agreed
	Review      Date     // the last day on which an order counts for it; 0: ReviewAfter its end
	// What the lot drew among equals beyond the reps' room: from which seed, and which
	// accounts are visited, called, and left alone. All empty: no lot was drawn.
	LotSeed                       int
	LotVisit, LotCall, LotNeither []string
}

// Key implements Record.
func (c Campaign) Key() Key { return Key{Table: TableCampaigns, Code: c.Code} }

// PlannedVisit is an entry of a confirmed week plan, not yet done. A rep usually has one
// at an account on a day; Nth tells further ones from it.
type PlannedVisit struct {
	Rep     string
	Date    Date
	Account string
	Time    Clock
	Minutes int
	Nth     int // 0 for the first at the account on the day, 1 for the second …
}

// Key implements Record.
func (p PlannedVisit) Key() Key {
	key := Key{Table: TablePlan, Code: p.Account, Date: p.Date, By: p.Rep}
	if p.Nth > 0 {
		key.Ref = strconv.Itoa(p.Nth)
	}
	return key
}
