// Package visits is the page of that name.
package visits

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/ui/kit"
	"doppelpass/ui/session"
)

// Page is the page; make it with New.
type Page struct {
	s             *session.Session
	width, height int
}

// New is the page of a session.
func New(s *session.Session) *Page { return &Page{s: s} }

var _ session.Page = (*Page)(nil)

// SetSize gives the page its room.
func (p *Page) SetSize(width, height int) { p.width, p.height = width, height }

// Refresh takes up what has changed.
func (p *Page) Refresh() tea.Cmd { return nil }

// Update answers messages.
func (p *Page) Update(tea.Msg) tea.Cmd { return nil }

// View draws the page.
func (p *Page) View() string { return kit.Block(nil, p.width, p.height) }

// Actions are the page's actions.
func (p *Page) Actions() []kit.Action { return nil }

// Capturing says that keys are text.
func (p *Page) Capturing() bool { return false }

// Back goes one step back.
func (p *Page) Back() bool { return false }

// Open goes to a record.
func (p *Page) Open(string) tea.Cmd { return nil }
