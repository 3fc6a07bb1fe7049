package kit

// The colours behind the roles, for light and dark backgrounds and for terminals
// of 16 million, 256 and 16 colours. The pair of the departments, amber and blue,
// is the one most colour-blind readers tell apart. A test holds every text colour
// to a contrast of 4.5 (WCAG 2.1, AA) on the usual backgrounds and on every ground, in
// all depths, and what is drawn (rules, frames, the rest of a bar) to 3. Where none of
// the sixteen colours reaches that on every usual palette, it is the terminal's own.

import (
	"strings"
	"sync"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// shade is one colour in the three depths.
type shade struct{ full, of256, of16 string }

// ink is a colour on a light and on a dark background; the zero value is the
// terminal's own.
type ink struct{ light, dark shade }

func (i ink) color() lipgloss.TerminalColor {
	if i == (ink{}) {
		return lipgloss.NoColor{}
	}
	return lipgloss.CompleteAdaptiveColor{
		Light: lipgloss.CompleteColor{TrueColor: i.light.full, ANSI256: i.light.of256, ANSI: i.light.of16},
		Dark:  lipgloss.CompleteColor{TrueColor: i.dark.full, ANSI256: i.dark.of256, ANSI: i.dark.of16},
	}
}

var inks = [roleCount]ink{
	Dim:       {light: shade{"#5a616b", "240", ""}, dark: shade{"#a3a9b2", "248", "7"}},
	Faint:     {light: shade{"#868d97", "102", "8"}, dark: shade{"#727984", "243", "7"}},
	Sales:     {light: shade{"#834800", "94", "5"}, dark: shade{"#e6ac55", "215", "11"}},
	Marketing: {light: shade{"#14569f", "25", "4"}, dark: shade{"#84b9ff", "111", "14"}},
	Good:      {light: shade{"#1c6733", "22", ""}, dark: shade{"#85cb95", "114", "10"}},
	Late:      {light: shade{"#a5281f", "124", "1"}, dark: shade{"#f4938b", "210", "9"}},
	Error:     {light: shade{"#a5281f", "124", "1"}, dark: shade{"#f4938b", "210", "9"}},
	Key:       {light: shade{"#14569f", "25", "4"}, dark: shade{"#84b9ff", "111", "14"}},
	Match:     {light: shade{"#834800", "94", "5"}, dark: shade{"#e6ac55", "215", "11"}},
}

// on is the plain text of a ground: a ground brings its own foreground, because
// the terminal's own may not be readable on it.
var on = [groundCount]ink{
	Selected: {light: shade{"#10161f", "16", "15"}, dark: shade{"#f5f7fa", "255", "15"}},
	Resting:  {light: shade{"#10161f", "16", ""}, dark: shade{"#f5f7fa", "255", ""}},
	Marked:   {light: shade{"#10161f", "16", "0"}, dark: shade{"#f5f7fa", "255", "0"}},
	Input:    {light: shade{"#10161f", "16", "0"}, dark: shade{"#f5f7fa", "255", "0"}},
}

var grounds = [groundCount]ink{
	Selected: {light: shade{"#d8e6f8", "195", "4"}, dark: shade{"#26344b", "236", "4"}},
	Resting:  {light: shade{"#ebedf0", "255", ""}, dark: shade{"#24282e", "235", ""}},
	Marked:   {light: shade{"#f7efd4", "230", "6"}, dark: shade{"#332f1e", "234", "6"}},
	Input:    {light: shade{"#e9eef5", "255", "7"}, dark: shade{"#262b33", "235", "7"}},
}

// caret is the cell under the text cursor: letter and block.
var caret = [2]ink{
	{light: shade{"#ffffff", "231", "15"}, dark: shade{"#10161f", "16", "0"}},
	{light: shade{"#10161f", "16", "0"}, dark: shade{"#e3e7ed", "254", "15"}},
}

var bold = [roleCount]bool{Heading: true, Strong: true, Error: true, Chosen: true}

// styleOf builds the style of a role on a ground. With few (16) colours a ground
// is loud enough that only its own foreground is sure to be readable on it.
func styleOf(r *lipgloss.Renderer, role Role, ground Ground, few bool) lipgloss.Style {
	style := r.NewStyle().Inline(true)
	switch {
	case role == Caret && few:
		return style.Reverse(true)
	case role == Caret:
		return style.Foreground(caret[0].color()).Background(caret[1].color())
	case role == Chosen && ground == Plain:
		ground = Selected
	}
	foreground := inks[role]
	if role == Faint && ground != Plain { // made for the terminal's own background
		foreground = inks[Dim]
	}
	if ground != Plain && (few || foreground == (ink{})) {
		foreground = on[ground]
	}
	if foreground != (ink{}) {
		style = style.Foreground(foreground.color())
	}
	if grounds[ground] != (ink{}) {
		style = style.Background(grounds[ground].color())
	}
	return style.Bold(bold[role])
}

// Fewer says of every colour of 16 million how it is said as one of 256, in fewer bytes,
// as parts of escape sequences. The colours are those of a terminal that has no more.
var Fewer = sync.OnceValue(func() *strings.Replacer {
	var pairs []string
	add := func(shades ...shade) {
		for _, s := range shades {
			if s.full != "" {
				pairs = append(pairs, termenv.TrueColor.Color(s.full).Sequence(false)[1:], termenv.ANSI256.Color(s.of256).Sequence(false)[1:])
			}
		}
	}
	for _, list := range [][]ink{inks[:], on[:], grounds[:], caret[:]} {
		for _, i := range list {
			add(i.light, i.dark)
		}
	}
	return strings.NewReplacer(pairs...)
})
