package terminal

// How many colours a terminal shows that is no file of this process: what its
// environment says. The same on every system, since the terminal stands elsewhere.

import (
	"strings"

	"github.com/muesli/termenv"
)

// Colours reads NO_COLOR, COLORTERM and TERM; a terminal without a name has none.
func Colours(getenv func(string) string) termenv.Profile {
	name := getenv("TERM")
	many := strings.ToLower(getenv("COLORTERM"))
	of := func(names ...string) bool {
		for _, n := range names {
			if strings.Contains(name, n) {
				return true
			}
		}
		return false
	}
	switch {
	case getenv("NO_COLOR") != "" || name == "" || name == "dumb":
		return termenv.Ascii
	case many == "truecolor" || many == "24bit":
		if strings.HasPrefix(name, "screen") && getenv("TERM_PROGRAM") != "tmux" { // GNU Screen has no more
			return termenv.ANSI256
		}
		return termenv.TrueColor
	case of("alacritty", "contour", "ghostty", "kitty", "rio", "wezterm", "direct"):
		return termenv.TrueColor
	case of("256color", "tmux", "putty") || many == "yes" || many == "true":
		return termenv.ANSI256
	case of("xterm", "linux", "screen", "color", "ansi", "cygwin", "rxvt", "konsole"):
		return termenv.ANSI
	}
	return termenv.Ascii // vt100, vt220: what stands out is bold or in reverse
}
