// Package quiet keeps the libraries from asking the terminal anything by themselves.
// Bubble Tea asks for the background as soon as a program that holds it starts, whatever
// the program then does, and waits five seconds for a terminal that does not answer: so
// did commands that only print a line. What is asked here is asked by terminal.Background,
// when it is needed.
//
// It has to be initialised before Bubble Tea: of packages that may be, Go takes the one
// whose path comes first, and this one needs nothing but Lip Gloss. A test starts the
// program and looks at what it sends.
package quiet

import "github.com/charmbracelet/lipgloss"

func init() { lipgloss.SetHasDarkBackground(true) }
