// Package week is the page of a rep's week: which accounts on which day in which
// order. The planner proposes, a person bends, and what is confirmed counts as
// booked.
package week

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/ui/kit"
	"doppelpass/ui/session"
)

// Page is the page of weeks. Make it with New.
type Page struct {
	s             *session.Session
	width, height int
}

var _ session.Page = (*Page)(nil)

// New is the page of a session.
func New(s *session.Session) *Page { return &Page{s: s} }

// SetSize gives the page its room.
func (p *Page) SetSize(width, height int) { p.width, p.height = width, height }

// Refresh takes up the Book, the day and the language anew.
func (p *Page) Refresh() tea.Cmd { return nil }

// Update answers keys, the mouse and messages.
func (p *Page) Update(tea.Msg) tea.Cmd { return nil }

// View draws the page.
func (p *Page) View() string { return kit.Block(nil, p.width, p.height) }

// Actions are the page's actions as they are now.
func (p *Page) Actions() []kit.Action { return nil }

// Capturing reports that letters are being typed.
func (p *Page) Capturing() bool { return false }

// Back goes one step back.
func (p *Page) Back() bool { return false }

// Open goes to a rep.
func (p *Page) Open(string) tea.Cmd { return nil }
