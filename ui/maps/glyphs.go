package maps

// What a map is drawn with, by what the terminal can show and what the person chose there.

import (
	"runtime"

	"doppelpass/ui/habits"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
)

// terminalOf is the kind of a person's terminal, under which their choice is remembered, and what
// it surely can show: the fonts of the Windows console have no braille, that of the Linux console
// hardly more than ASCII. Windows Terminal and editors say who they are.
func terminalOf(getenv func(string) string, windows bool) (kind string, glyphs kit.Glyphs) {
	switch {
	case getenv("TERM") == "linux":
		return habits.MapOnLinuxConsole, kit.ASCII
	case windows && getenv("WT_SESSION") == "" && getenv("TERM_PROGRAM") == "" && getenv("TERM") == "":
		return habits.MapOnWindowsConsole, kit.Blocks
	}
	return habits.Map, kit.Braille
}

// glyphsOf is what a session's maps are drawn with, and where that is remembered.
func glyphsOf(s *session.Session) (kind string, glyphs kit.Glyphs) {
	kind, glyphs = terminalOf(s.Getenv, runtime.GOOS == "windows" && !s.Remote)
	if chosen, ok := kit.ParseGlyphs(s.Look.Recall(kind)); ok {
		glyphs = chosen
	}
	return kind, glyphs
}
