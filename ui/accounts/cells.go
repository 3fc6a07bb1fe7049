package accounts

// An entry as the table of accounts (ui/tables) describes it.

import (
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/tables"
)

var columns = tables.Accounts.Page()

// row writes an entry.
func row(s *session.Session, e *entry) kit.Row {
	return kit.Row{Cells: tables.Accounts.Cells(s.View(), e.account())}
}

// stateCell is the account's state, which counts only while it is active.
func stateCell(s *session.Session, e *entry) kit.Cell {
	return tables.Accounts.Column("state").Cell(s.View(), e.account())
}
