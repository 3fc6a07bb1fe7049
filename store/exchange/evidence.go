package exchange

// What speaks for and against each table: the words of the header, how the cells
// look, what the file is called. A table also needs a proof: without a word that
// only it has, a reading is a guess, and a person is asked.

import (
	"slices"
	"strings"

	"doppelpass/model"
)

// clues is what a header, its cells and the file's name say, whatever table they
// are.
type clues struct {
	concepts []concept // by column; the zero one for what is not understood
	looks    []looks
	entities map[string]int       // columns that speak of somebody, without those turned
	keys     map[string]bool      // of all concepts
	called   map[model.Table]bool // the file or its sheet is called like this table
	headers  map[string]bool      // folded
	sampled  bool                 // there are rows to look at
	acts     activitiesSeen
}

func newClues(header []string, rows [][]string, o Options) *clues {
	d, v := dictionaryOnce(), vocabularyOnce()
	c := &clues{
		concepts: make([]concept, len(header)), looks: make([]looks, len(header)), entities: make(map[string]int),
		keys: make(map[string]bool), headers: make(map[string]bool), called: make(map[model.Table]bool), sampled: len(rows) > 0,
	}
	for i, h := range header {
		c.headers[fold(h)] = true
		if len(rows) > 0 {
			c.looks[i] = lookAtColumn(rows, i, o.workbook)
		}
		meaning, ok := d.concept(h)
		if !ok {
			continue
		}
		c.concepts[i] = meaning
		c.keys[meaning.key()] = true
		if meaning.turn == "" && meaning.entity != "" {
			c.entities[meaning.entity]++
		}
	}
	c.people(header)
	c.acts = seeActivities(header, rows, c)
	for _, name := range o.called {
		for t := range v.files {
			if v.isCalled(name, t) {
				c.called[t] = true
			}
		}
	}
	return c
}

// staff are words for whoever works somewhere: beside a function they are people of
// the customer's.
var staff = map[string]bool{"mitarbeiter": true, "mitarbeiterin": true, "mitarbeitername": true, "employee": true, "employees": true, "employeename": true, "pracownik": true, "salarie": true, "empleado": true, "dipendente": true}

// people tells a customer's staff from one's own.
func (c *clues) people(header []string) {
	if !c.any(".function", "contact.function") || !c.any("customer", "customer.name", "customer.id") {
		return
	}
	for i, h := range header {
		if k := &c.concepts[i]; k.entity == "rep" && (k.attr == "" || k.attr == "name") && staff[fold(h)] {
			delete(c.keys, k.key())
			c.entities["rep"]--
			*k = concept{entity: "contact", attr: "name"}
			c.entities["contact"]++
			c.keys[k.key()] = true
		}
	}
}

// any reports whether the header says one of these.
func (c *clues) any(keys ...string) bool {
	return slices.ContainsFunc(keys, func(k string) bool { return c.keys[k] })
}

// has reports whether a column speaks of one of these.
func (c *clues) has(entities ...string) bool {
	return slices.ContainsFunc(entities, func(e string) bool { return c.entities[e] > 0 })
}

// named reports whether the header has one of these columns, folded.
func (c *clues) named(headers ...string) bool {
	return slices.ContainsFunc(headers, func(h string) bool { return c.headers[fold(h)] })
}

// person reports columns for the parts of a person's name.
func (c *clues) person() bool {
	return c.any(".first_name", "contact.first_name", "customer.first_name") || c.any(".last_name", "contact.last_name", "customer.last_name")
}

// day is the kind of day that rows have as things that happened: the entity it
// belongs to, "" for none. A bare day counts where its cells are days.
func (c *clues) day() (of string) {
	for i, k := range c.concepts {
		if k.turn != "" || k.attr != "date" && k.attr != "timestamp" && k.attr != "start" {
			continue
		}
		if c.sampled && c.looks[i].filled > 0 && c.looks[i].days < 0.5 {
			continue
		}
		switch k.entity {
		case "visit", "call", "activity", "task", "order", "invoice":
			return k.entity
		case "":
			if k.attr != "start" {
				of = "bare"
			}
		}
	}
	return of
}

// plus reports a column that is filled with numbers in the form +49….
func (c *clues) plus(at int) bool { return c.looks[at].plus == 1 }

// callCells reports a column whose cells are outcomes that only calls have.
func (c *clues) callCells() bool {
	return slices.ContainsFunc(c.looks, func(l looks) bool { return l.filled > 0 && l.calls >= 0.6 && l.vain })
}

// addressParts counts the parts of an address.
func (c *clues) addressParts() (n int) {
	for _, attr := range [...]string{"street", "city", "postcode", "country", "address", "lat"} {
		if c.any("."+attr, "customer."+attr) {
			n++
		}
	}
	return n
}

// seller reports columns that speak of a rep as the one whom rows are about.
func (c *clues) seller() bool {
	if c.any("rep") && !c.any(".name") && !c.has("territory") {
		return true
	}
	return c.any("rep.id", "rep.name", "rep.email", "rep.first_name", "rep.last_name", "rep.phone") || c.named("capacity", "home_city", "home_postcode", "home_lat", "day_start", "day_end", "Personalnummer", "Mitarbeiternummer")
}

// user reports the columns of a system's list of its own users.
func (c *clues) user() bool {
	return c.named("Username", "User Name", "Benutzername", "User ID") &&
		c.named("IsActive", "Is Active", "Active", "Aktiv", "UserType", "ProfileId", "Profile", "UserRoleId", "ManagerId", "Role", "Rolle")
}

// activities counts what the rows of an export of activities are.
type activitiesSeen struct {
	visits, calls, neither int
	at                     int // the column that says it, −1 for none
}

func (a activitiesSeen) any() bool { return a.visits+a.calls+a.neither > 0 }

// mostAreActivities reports whether most cells of a column are kinds of activities.
func mostAreActivities(rows [][]string, at int) bool {
	known, filled := 0, 0
	for _, row := range rows {
		if at >= len(row) || row[at] == "" {
			continue
		}
		filled++
		if _, ok := activityOf(tidied(row[at], true, false)); ok {
			known++
		}
	}
	return known > 0 && 10*known >= 6*filled
}

// counted is the column that says how many of something each row stands for, −1
// for none.
func (c *clues) counted(entity string) int {
	for i, k := range c.concepts {
		if k.attr != "" || k.entity != entity || k.turn != "" && k.turn != "count" {
			continue
		}
		if l := c.looks[i]; l.filled > 0 && l.numbers == 1 && l.days == 0 && l.above > 0 {
			return i
		}
	}
	return -1
}

func seeActivities(header []string, rows [][]string, c *clues) (seen activitiesSeen) {
	known := vocabularyOnce().columns[model.TableVisits]
	seen.at = -1
	for i, h := range header {
		k := c.concepts[i].key()
		if known[fold(h)].column != "activity_type" && !slices.Contains([]string{"activity.type", "activity", "task.type", ".type"}, k) {
			continue
		}
		if k == ".type" && !mostAreActivities(rows, i) {
			continue
		}
		seen.at = i
		for _, row := range rows {
			if i >= len(row) {
				continue
			}
			switch what, ok := activityOf(tidied(row[i], true, false)); {
			case !ok:
			case what == activityVisit:
				seen.visits++
			case what == activityCall:
				seen.calls++
			default:
				seen.neither++
			}
		}
	}
	return seen
}

// sign is one piece of evidence. Weights beside those of columns, which count 2
// each; never: the table is out of the question.
type sign struct {
	table  model.Table
	weight int
	holds  func(*clues, *Mapping) bool
}

const never = -1000

var signs = []sign{
	{model.TableReps, never, func(c *clues, _ *Mapping) bool { return !c.seller() && !c.called[model.TableReps] && !c.any(".hired") }},
	{model.TableReps, never, func(c *clues, _ *Mapping) bool { return c.any("customer.id", ".customer_number") && !c.user() }},
	{model.TableReps, never, func(c *clues, _ *Mapping) bool { return c.any("customer", "customer.name") && !c.user() }},
	{model.TableReps, never, func(c *clues, _ *Mapping) bool { return c.has("contact") || c.has("visit", "call") }},
	{model.TableReps, -5, func(c *clues, _ *Mapping) bool { return c.day() != "" }},
	{model.TableReps, 3, func(c *clues, _ *Mapping) bool { return c.seller() }},
	{model.TableReps, 4, func(c *clues, _ *Mapping) bool { return c.user() }},
	{model.TableAccounts, never, func(c *clues, _ *Mapping) bool { return c.user() && c.person() }},
	{model.TableAccounts, never, func(c *clues, m *Mapping) bool {
		return c.person() && (c.any("contact.id") || c.repeats(m.Target("code")) || c.any("customer.id") && c.any(".id"))
	}},
	{model.TableAccounts, -4, func(c *clues, _ *Mapping) bool { return c.person() && c.any(".function", "contact.function") }},
	{model.TableReps, 2, func(c *clues, _ *Mapping) bool { return c.any(".hired") }},

	{model.TableTerritories, never, func(c *clues, _ *Mapping) bool { return c.any("customer.id", ".customer_number") }},
	{model.TableTerritories, never, func(c *clues, _ *Mapping) bool { return c.person() || c.has("contact", "visit", "call") }},
	{model.TableTerritories, -4, func(c *clues, _ *Mapping) bool { return c.any("customer", "customer.name") }},
	{model.TableTerritories, -5, func(c *clues, _ *Mapping) bool { return c.day() != "" }},
	{model.TableTerritories, 3, func(c *clues, _ *Mapping) bool {
		return c.any("parent:territory", "parent:territory.id", "parent:territory.name")
	}},
	{model.TableTerritories, 2, func(c *clues, m *Mapping) bool { return c.has("territory") && m.Target("postcodes") >= 0 }},

	{model.TableAccounts, -6, func(c *clues, _ *Mapping) bool { return c.day() != "" && c.day() != "bare" }},
	{model.TableAccounts, -3, func(c *clues, _ *Mapping) bool { return c.day() == "bare" }},
	{model.TableAccounts, never, func(c *clues, _ *Mapping) bool { return c.has("task") && c.addressParts() == 0 }}, // what is to be done, and for whom
	{model.TableAccounts, never, func(c *clues, _ *Mapping) bool { return c.invoices() }},
	{model.TableAccounts, never, func(c *clues, _ *Mapping) bool { return c.callCells() }}, // results of calls, whatever stands beside them
	{model.TableAccounts, -4, func(c *clues, _ *Mapping) bool { return c.any(".hired") || c.user() }},
	{model.TableAccounts, -3, func(c *clues, _ *Mapping) bool {
		return c.seller() && !c.has("customer") && !c.any(".customer_number")
	}},
	{model.TableAccounts, -4, func(c *clues, _ *Mapping) bool { return c.any("contact.id") }},
	{model.TableAccounts, -3, func(c *clues, _ *Mapping) bool { return c.any("parent:territory", "parent:territory.id") }},
	{model.TableAccounts, 2, func(c *clues, _ *Mapping) bool { return c.any("customer.id", ".customer_number") }},
	{model.TableAccounts, 1, func(c *clues, _ *Mapping) bool { return c.any("customer", "customer.name") }},

	{model.TableContacts, never, func(c *clues, _ *Mapping) bool { return !c.person() && !c.any("contact.name", "contact.id", "contact") }},
	{model.TableContacts, never, func(c *clues, _ *Mapping) bool { return c.seller() || c.user() || c.any(".hired") }},
	{model.TableContacts, -6, func(c *clues, _ *Mapping) bool { return c.day() != "" }},
	{model.TableContacts, 4, func(c *clues, _ *Mapping) bool { return c.any("contact.id") }},
	{model.TableContacts, 3, func(c *clues, _ *Mapping) bool {
		return c.person() && c.any("customer", "customer.name", "customer.id") && !c.any(".customer_number")
	}},
	{model.TableContacts, 2, func(c *clues, _ *Mapping) bool { return c.any(".function", "contact.function") }},
	{model.TableContacts, 2, func(c *clues, _ *Mapping) bool { return c.named("Lifecycle Stage", "Lead Status", "Connected On") }},
	{model.TableContacts, 1, func(c *clues, _ *Mapping) bool { return c.any(".salutation") }},
	{model.TableContacts, 3, func(c *clues, m *Mapping) bool { return c.repeats(m.Target("account")) }},
	{model.TableAccounts, -3, func(c *clues, _ *Mapping) bool {
		return c.any("contact", "contact.name") && c.any(".function", "contact.function")
	}},
	{model.TableContacts, -4, func(c *clues, _ *Mapping) bool {
		return c.any("contact", "contact.name") && !c.person() && !c.any("contact.id")
	}},

	{model.TableVisits, never, func(c *clues, _ *Mapping) bool { return c.acts.any() && c.acts.visits == 0 }},
	{model.TableCalls, never, func(c *clues, _ *Mapping) bool { return c.acts.any() && c.acts.calls == 0 }},
	{model.TableCalls, -6, func(c *clues, _ *Mapping) bool { return c.acts.visits > 0 }},
	{model.TableVisits, 5, func(c *clues, _ *Mapping) bool { return c.day() == "visit" }},
	{model.TableVisits, 2, func(c *clues, _ *Mapping) bool { return c.has("visit") }},
	{model.TableVisits, -5, func(c *clues, _ *Mapping) bool { return c.has("call") && !c.has("visit") && c.acts.visits == 0 }},
	{model.TableVisits, never, func(c *clues, _ *Mapping) bool {
		return c.callCells() && !c.has("visit") && c.any("call.id", "call", "call.date")
	}},
	{model.TableVisits, -5, func(c *clues, _ *Mapping) bool { return c.callCells() && !c.has("visit") }},
	{model.TableVisits, never, func(c *clues, _ *Mapping) bool { return c.invoices() }},
	{model.TableVisits, never, func(c *clues, _ *Mapping) bool { return (c.has("task") || c.called["tasks"]) && !c.has("visit") }},

	{model.TableCalls, 5, func(c *clues, _ *Mapping) bool { return c.day() == "call" }},
	{model.TableCalls, 3, func(c *clues, _ *Mapping) bool { return c.has("call") }},
	{model.TableCalls, 3, func(c *clues, _ *Mapping) bool { return c.callCells() }},
	{model.TableCalls, -4, func(c *clues, _ *Mapping) bool { return c.has("visit") && !c.has("call") }},
	{model.TableCalls, never, func(c *clues, _ *Mapping) bool { return c.invoices() }},

	{model.TableCampaigns, 3, func(c *clues, _ *Mapping) bool { return c.has("campaign") }},
	{model.TableCampaigns, never, func(c *clues, _ *Mapping) bool {
		return c.any("customer.id", ".customer_number") || c.has("visit", "call")
	}},
	{model.TablePlan, never, func(c *clues, _ *Mapping) bool { return c.day() == "visit" || c.has("call", "task") || c.invoices() }},
	{model.TableAbsences, never, func(c *clues, m *Mapping) bool {
		return c.has("visit", "call", "customer", "campaign", "task", "invoice") || c.addressParts() > 0
	}},
	{model.TableAbsences, never, func(c *clues, m *Mapping) bool { return !c.absent(m) }},
	{model.TableAbsences, 4, func(c *clues, m *Mapping) bool { return c.absent(m) }},
}

// absent reports whether the file speaks of who is away.
func (c *clues) absent(m *Mapping) bool {
	return m.Target("rep") >= 0 && m.Target("from") >= 0 && (c.called[model.TableAbsences] || m.allCanonical() ||
		c.named("Abwesenheit", "Abwesenheiten", "Abwesenheitsart", "Urlaub", "Urlaub von", "Urlaub ab", "Absence", "Absence Type", "Leave Type", "Away from", "Abwesend von", "Vertretung"))
}

// nameWeight is how much the name of a file counts.
const nameWeight = 3

// canonicalWeight is how much it counts that every column has a table's own name.
const canonicalWeight = 10

// proofs say what makes a reading more than a guess.
var proofs = map[model.Table]func(*clues, *Mapping) bool{
	model.TableReps: func(c *clues, m *Mapping) bool { return c.user() || c.seller() && !c.grid(m) },
	model.TableTerritories: func(c *clues, m *Mapping) bool {
		return c.has("territory") || c.named("region", "postcodes", "marketing", "SalesTerritoryKey")
	},
	model.TableAccounts: func(c *clues, m *Mapping) bool {
		if c.grid(m) || (c.called[model.TableVisits] || c.called[model.TableCalls] || c.called[model.TablePlan]) && !c.called[model.TableAccounts] && c.addressParts() == 0 && m.Target("phone") < 0 {
			return false // a table of who was visited when, or how often
		}
		if c.has("customer") || c.any(".customer_number") || c.addressParts() > 0 {
			return true
		}
		return slices.ContainsFunc([]string{"class", "interval", "consent", "do_not_call", "since", "potential", "visit_minutes", "hours"},
			func(column string) bool { return m.Target(column) >= 0 })
	},
	model.TableContacts: func(c *clues, m *Mapping) bool {
		return c.has("contact") || c.person() && (c.has("customer") || c.any(".function", ".salutation"))
	},
	model.TableVisits: func(c *clues, m *Mapping) bool {
		if c.has("visit", "activity", "order") || m.allCanonical() || c.acts.visits > 0 {
			return true
		}
		return slices.ContainsFunc([]string{"rep", "outcome", "kind", "minutes", "duration", "guests", "report_type", "activity_type", "note", "time"},
			func(column string) bool { return m.Target(column) >= 0 })
	},
	model.TableCalls: func(c *clues, m *Mapping) bool {
		if at := m.Target("outcome"); at >= 0 && c.looks[at].filled > 0 && c.looks[at].calls == 1 {
			return true
		}
		return c.has("call") || c.callCells() || c.named("agent", "campaign", "Kampagne", "Anrufergebnis")
	},
	model.TableAbsences: func(c *clues, m *Mapping) bool { return c.absent(m) },
	model.TableCampaigns: func(c *clues, m *Mapping) bool {
		return c.has("campaign") || m.Target("kind") >= 0 || m.Target("territories") >= 0 || m.Target("classes") >= 0 || m.allCanonical()
	},
	model.TablePlan: func(_ *clues, m *Mapping) bool { return m.Target("rep") >= 0 },
}

// spans are folded words for stretches of time: several of them as columns make a grid
// of who was where when.
var spans = foldedSet("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Mon", "Tue", "Wed", "Thu", "Fri", "Monday", "Tuesday", "Wednesday",
	"Thursday", "Friday", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "lunes", "martes", "miércoles", "jueves", "viernes", "Jan", "Feb", "Mär", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov",
	"Dez", "Januar", "Februar", "März", "April", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember", "January", "February", "March", "May", "June", "July", "October", "December",
	"Mar", "Oct", "Dec", "Q1", "Q2", "Q3", "Q4", "KW")

// grid reports a table whose columns are days, weeks or months, most of which a reading
// leaves out.
func (c *clues) grid(m *Mapping) bool {
	kept, out := 0, 0
	for _, column := range m.Columns {
		switch {
		case column.Column != "":
			kept++
		case spans()[strings.TrimRight(fold(column.Header), "0123456789")] || spans()[fold(column.Header)]:
			out++
		}
	}
	return out > 2 && out >= kept
}

// invoices reports a list of invoices: neither customers nor visits.
func (c *clues) invoices() bool {
	return c.any("invoice", "invoice.id", "invoice.date", "invoice.value") || c.called["invoices"]
}

// repeats reports that a column says the same in several rows.
func (c *clues) repeats(at int) bool {
	return at >= 0 && c.looks[at].filled > 1 && !c.looks[at].unique
}

// weigh adds up what speaks for a mapping; out means that the table is out of the
// question, proven that it is more than a guess.
func (c *clues) weigh(m *Mapping) (score int, out, proven bool) {
	if m.allCanonical() { // our own header says it
		if score = canonicalWeight; c.called[m.Table] {
			score += nameWeight
		}
		return score, false, true
	}
	for _, s := range signs {
		if s.table != m.Table || !s.holds(c, m) {
			continue
		}
		if s.weight == never {
			return 0, true, false
		}
		score += s.weight
	}
	proven = proofs[m.Table](c, m)
	if c.called[m.Table] {
		score += nameWeight
		proven = true
	}
	return score, false, proven
}
