// Package forms holds the forms of the records: each shows a sheet in front of the
// page, checks what is typed, applies it as one step of the history and tells so
// in the footer.
package forms

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/session"
)

// Visit logs a visit or edits one; start holds what is known already.
func Visit(s *session.Session, start model.Visit, isNew bool) tea.Cmd { return nil }

// Call logs a call or edits one; start holds what is known already.
func Call(s *session.Session, start model.Call, isNew bool) tea.Cmd { return nil }

// Account edits an account; nil: a new one.
func Account(s *session.Session, account *model.Account) tea.Cmd { return nil }

// Territory edits a territory; nil: a new one.
func Territory(s *session.Session, territory *model.Territory) tea.Cmd { return nil }

// Rep edits a rep; nil: a new one.
func Rep(s *session.Session, rep *model.Rep) tea.Cmd { return nil }

// Campaign edits a campaign or begins one; start holds what is known already.
func Campaign(s *session.Session, start model.Campaign, isNew bool) tea.Cmd { return nil }

// Delete deletes records as one step. It asks first only when other things go
// along with them.
func Delete(s *session.Session, records []model.Record) tea.Cmd { return nil }
