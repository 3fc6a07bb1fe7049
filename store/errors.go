package store

// What can go wrong, typed, so that each face can say it in its language.

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"doppelpass/model"
)

var (
	// ErrNotAStore says that a file is no Doppelpass store.
	ErrNotAStore = errors.New("the file is not a Doppelpass store")
	// ErrNoStore says that there is no file at the path.
	ErrNoStore = errors.New("there is no store at this path yet")
	// ErrReadOnly says that the store was opened for reading only.
	ErrReadOnly = errors.New("the store is open for reading only")
	// ErrNothingToUndo and ErrNothingToRedo say that the history ends here.
	ErrNothingToUndo = errors.New("nothing to undo")
	ErrNothingToRedo = errors.New("nothing to redo")
	// ErrNoNumber says that a telephone number cannot be understood.
	ErrNoNumber = errors.New("that is no telephone number")
	// ErrNoStep says that the history has no step with that number.
	ErrNoStep = errors.New("there is no such step")
	// ErrOthersStep says that only the lead takes back what others did.
	ErrOthersStep = errors.New("the step is somebody else's")
	// ErrNotEmpty says that an operation needs an empty store.
	ErrNotEmpty = errors.New("the store already holds data")
)

// NewerSchema says that a newer program wrote the store.
type NewerSchema struct{ Found, Known uint32 }

// Error implements error.
func (e NewerSchema) Error() string {
	return fmt.Sprintf("the store has schema version %d, this program knows %d: use a newer Doppelpass", e.Found, e.Known)
}

// LooseLink says that a link lies where the store should be, and nothing where it leads.
type LooseLink struct{ Path, Target string }

// Error implements error.
func (e LooseLink) Error() string {
	return fmt.Sprintf("the link %s leads to %s, where nothing is", e.Path, e.Target)
}

// OlderSchema says that the store was written by an older program and must be opened
// for writing once, which brings it up to date.
type OlderSchema struct{ Found, Known uint32 }

// Error implements error.
func (e OlderSchema) Error() string {
	return fmt.Sprintf("the store has schema version %d, this program writes %d: open it once for writing, which brings it up to date", e.Found, e.Known)
}

// Holder is the process that has a store open for writing.
type Holder struct {
	PID     int       `json:"pid"`
	User    string    `json:"user"`
	Host    string    `json:"host"`
	Command string    `json:"command"`
	Since   time.Time `json:"since"`
}

// Locked says that another process has the store open. Holder is empty when it
// could not be found out.
type Locked struct {
	Path   string
	Holder Holder
}

// Error implements error.
func (e Locked) Error() string {
	if e.Holder.PID == 0 {
		return "another Doppelpass has this store open: " + e.Path
	}
	return fmt.Sprintf("%s has this store open on %s since %s (process %d): %s",
		e.Holder.User, e.Holder.Host, e.Holder.Since.Format("15:04"), e.Holder.PID, e.Path)
}

// NotFound says that a record is not in the store.
type NotFound struct{ Key model.Key }

// Error implements error.
func (e NotFound) Error() string { return fmt.Sprintf("%s %q not found", e.Key.Table, e.Key.Code) }

// AlreadyExists says that a new record has the key of one that is there.
type AlreadyExists struct{ Key model.Key }

// Error implements error.
func (e AlreadyExists) Error() string {
	return fmt.Sprintf("%s %q already exists", e.Key.Table, e.Key.Code)
}

// Invalid says which field of a record cannot be stored, and why.
type Invalid struct {
	Key    model.Key
	Field  string
	Reason string // stable word: empty, date, range, order, unknown
}

// Error implements error.
func (e Invalid) Error() string {
	return fmt.Sprintf("%s %q: %s is not acceptable (%s)", e.Key.Table, e.Key.Code, e.Field, e.Reason)
}

// Conflict says that somebody else has changed the same fields of a record
// meanwhile.
type Conflict struct {
	Key     model.Key
	Aside   []model.Aside // the fields, with both values
	Current model.Record  // the record as it is now
	By      string        // who changed it last; empty where the history does not tell
	At      time.Time
}

// Error implements error.
func (e Conflict) Error() string {
	fields := make([]string, len(e.Aside))
	for i, a := range e.Aside {
		fields[i] = a.Field
	}
	return fmt.Sprintf("%s %q: %s was changed by %q meanwhile", e.Key.Table, e.Key.Code, strings.Join(fields, ", "), e.By)
}

// KeptPart is a part of a step that an undo leaves as it is, with who changed it
// last where that is the reason.
type KeptPart struct {
	model.Kept
	By string
	At time.Time
}

// NothingLeft says that nothing of a step can be taken back, and why.
type NothingLeft struct {
	Step uint64
	Kept []KeptPart
}

// Error implements error.
func (e NothingLeft) Error() string {
	return fmt.Sprintf("nothing of step %d can be taken back: others have changed it since", e.Step)
}
