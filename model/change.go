package model

// A change as everybody sees it once it has happened, and who made it.

// Role is the part a person plays; it decides what they may change.
type Role string

// The roles. A single user starts as lead.
const (
	RoleSales     Role = "sales"
	RoleMarketing Role = "marketing"
	RoleLead      Role = "lead"
)

// Roles lists the roles.
var Roles = [...]Role{RoleLead, RoleSales, RoleMarketing}

// Actor is who makes a change.
type Actor struct {
	Name string
	Role Role
}

// Edit is one record's change: Before is nil for a record that is new, After for
// one that is gone. Both are of the same table.
type Edit struct {
	Before, After Record
}

// Change is what one step of the history did to the records.
type Change struct {
	Edits []Edit
	// Reload says that the change is too large to be told record by record: take a
	// new Book from the store.
	Reload bool
}

// Forbidden says that a role may not make a change.
type Forbidden struct {
	Role  Role
	Table Table
}

// Error implements error.
func (f Forbidden) Error() string {
	return "the role " + string(f.Role) + " may not change " + string(f.Table)
}

// May reports as an error whether the role may not make the edit. Sales keeps
// accounts, visits, plans and territories; marketing keeps campaigns, calls and,
// of a territory, its own contact and note; the lead keeps everything.
func (r Role) May(e Edit) error {
	record := e.After
	if record == nil {
		record = e.Before
	}
	table := record.Key().Table
	allowed := r == RoleLead
	switch table {
	case TableAccounts, TableVisits, TablePlan:
		allowed = allowed || r == RoleSales
	case TableCampaigns, TableCalls:
		allowed = allowed || r == RoleMarketing
	case TableTerritories:
		allowed = allowed || r.mayChangeTerritory(e)
	}
	if !allowed {
		return Forbidden{r, table}
	}
	return nil
}

func (r Role) mayChangeTerritory(e Edit) bool {
	before, _ := e.Before.(Territory)
	after, stays := e.After.(Territory)
	switch r {
	case RoleSales:
		// A territory can be dissolved together with marketing's note, but the note
		// itself is not sales' to write.
		return !stays || before.MarketingNote == after.MarketingNote
	case RoleMarketing:
		if e.Before == nil || e.After == nil {
			return false
		}
		before.Marketing, before.MarketingNote = after.Marketing, after.MarketingNote
		return sameTerritory(before, after)
	}
	return false
}

func sameTerritory(a, b Territory) bool {
	if len(a.Postcodes) != len(b.Postcodes) {
		return false
	}
	for i := range a.Postcodes {
		if a.Postcodes[i] != b.Postcodes[i] {
			return false
		}
	}
	a.Postcodes, b.Postcodes = nil, nil
	return a.Code == b.Code && a.Name == b.Name && a.Region == b.Region && a.Rep == b.Rep &&
		a.Marketing == b.Marketing && a.Note == b.Note && a.MarketingNote == b.MarketingNote
}
