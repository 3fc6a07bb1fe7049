package model

// A change as everybody sees it once it has happened, and who made it.

// Role is the part a person plays; it decides what they may change.
type Role string

// The roles. A single user starts as lead.
const (
	RoleSales     Role = "sales"
	RoleMarketing Role = "marketing"
	RoleLead      Role = "lead"
	// RoleLook reads everything and changes nothing.
	RoleLook Role = "look"
)

// Roles lists the roles.
var Roles = [...]Role{RoleLead, RoleSales, RoleMarketing, RoleLook}

// Actor is who makes a change.
type Actor struct {
	Name string
	Role Role
	// Person is the code of the person in a business that several people work on;
	// empty where one works alone. Steps of one person form one line of undoing.
	Person string
	// Device names the machine the change is made on; may be empty.
	Device string
	// Step is the identity that the next step gets, for who must find out later
	// whether it was made; empty: it gets one of its own.
	Step StepID
}

// Edit is one record's change: Before is nil for a record that is new, After for
// one that is gone. Both are of the same table.
type Edit struct {
	Before, After Record
}

// Change is what one step of the history did to the records.
type Change struct {
	Edits []Edit
	By    Actor // who made it
	// Reload says that the change is too large to be told record by record: take a
	// new Book from the store.
	Reload bool
}
