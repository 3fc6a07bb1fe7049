package model

// The deletion book: who was erased, without a name. A line holds keyed hashes of what
// the person was called, so that an older copy of the store, a file that is read once
// more or another machine is known to name them and can forget them, too.

import "encoding/base32"

// ErasureKind says what a line of the deletion book is about.
type ErasureKind string

// What can go.
const (
	EraseContact ErasureKind = "contact" // somebody at a customer
	ErasePerson  ErasureKind = "person"  // a rep, or somebody of the team
	EraseAccount ErasureKind = "account" // a customer
	// EraseAged is nobody's: what was older than it is kept went (see Aging). Its names are
	// the kinds, each with the day up to which it went.
	EraseAged ErasureKind = "aged"
)

// Erasure is a line of the deletion book. Lines are only ever added, and no undo takes
// one back.
type Erasure struct {
	ID      RowID
	Date    Date
	Kind    ErasureKind
	Account string   // where the names count: at this account; "": everywhere
	Names   []string // what the person was called, each a keyed hash with its shape
	Secret  string   // the key of the hashes
	By      string   // who did it
}

// Key implements Record.
func (e Erasure) Key() Key { return Key{Table: TableErasures, Code: e.Label(), Date: e.Date, ID: e.ID} }

// labels are letters and digits that nobody takes for each other.
var labels = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// labelBytes of an identity make a label of eight letters.
const labelBytes = 5

// Label stands where the name stood: E-7K3Q9D2M. It says nothing of the person, and is
// the same on every machine.
func (e Erasure) Label() string { return "E-" + labels.EncodeToString(e.ID[len(e.ID)-labelBytes:]) }

// ErasureFields describe a line of the deletion book.
var ErasureFields = Fields[Erasure]{
	{Name: "row", At: func(e *Erasure) any { return &e.ID }, Merge: MergeKeep},
	{Name: "date", At: func(e *Erasure) any { return &e.Date }, Merge: MergeKeep},
	{Name: "kind", At: func(e *Erasure) any { return &e.Kind }, Merge: MergeKeep},
	{Name: "account", At: func(e *Erasure) any { return &e.Account }, Merge: MergeKeep},
	{Name: "names", At: func(e *Erasure) any { return &e.Names }, Merge: MergeKeep},
	{Name: "secret", At: func(e *Erasure) any { return &e.Secret }, Merge: MergeKeep},
	{Name: "by", At: func(e *Erasure) any { return &e.By }, Merge: MergeKeep},
}
