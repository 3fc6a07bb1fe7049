package exchange

// The guard against cells that a spreadsheet would run as a formula, and its
// undoing. A text that already looks guarded gets one more mark, so that what
// is written always reads back as it was.

import (
	"strings"
	"unicode/utf8"
)

// guarded puts a "'" before text that a spreadsheet would run. What reading
// would take for an empty cell, such as NULL, is guarded as well.
func guarded(s string) string {
	if isGuardable(s) {
		return "'" + s
	}
	return s
}

// marked puts a "'" before text that reading a workbook would take for guarded, or
// for nothing; a workbook's text cells need no guard of their own.
func marked(s string) string {
	if s != "" && s[0] == '\'' && isGuardable(s) || isNothing(s) {
		return "'" + s
	}
	return s
}

// unguarded takes off the "'" that guarded and EspoCRM put there; any other
// leading "'" belongs to the text ('s-Hertogenbosch).
func unguarded(s string) string {
	if s[0] == '\'' && isGuardable(s[1:]) {
		return s[1:]
	}
	return s
}

func isGuardable(s string) bool {
	s = strings.TrimLeft(s, "'")
	if s == "" {
		return false
	}
	switch first, _ := utf8.DecodeRuneInString(s); first {
	case '=', '+', '-', '@', '\t', '\r',
		'＝', '＋', '－', '＠', // East Asian spreadsheets take the wide ones for the narrow ones
		'﹦', '﹢', '﹣', '﹫':
		return true
	}
	return isNothing(s)
}
