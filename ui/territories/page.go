// Package territories is the page of the territories.
package territories

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/ui/kit"
	"doppelpass/ui/session"
)

// Page is the page.
type Page struct {
	s             *session.Session
	width, height int
}

// New is the page of a session.
func New(s *session.Session) *Page { return &Page{s: s} }

// SetSize implements session.Page.
func (p *Page) SetSize(width, height int) { p.width, p.height = width, height }

// Refresh implements session.Page.
func (p *Page) Refresh() tea.Cmd { return nil }

// Update implements session.Page.
func (p *Page) Update(tea.Msg) tea.Cmd { return nil }

// View implements session.Page.
func (p *Page) View() string { return kit.Block(nil, p.width, p.height) }

// Actions implements session.Page.
func (p *Page) Actions() []kit.Action { return nil }

// Capturing implements session.Page.
func (p *Page) Capturing() bool { return false }

// Back implements session.Page.
func (p *Page) Back() bool { return false }

// Open implements session.Page.
func (p *Page) Open(target string) tea.Cmd { return nil }
