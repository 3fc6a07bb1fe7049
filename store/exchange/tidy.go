package exchange

// Cells made ready for their columns.

import "strings"

// tidied is a cell as the columns read it: cleaned, without blanks around it,
// without the mark that keeps spreadsheets from running it as a formula, and
// empty where a database wrote NULL or a formula failed.
func tidied(cell string, unclean, lines bool) string {
	if unclean {
		cell = clean(cell, lines)
	}
	for len(cell) > 0 && (cell[0] == ' ' || cell[0] == '\n') {
		cell = cell[1:]
	}
	for len(cell) > 0 && (cell[len(cell)-1] == ' ' || cell[len(cell)-1] == '\n') {
		cell = cell[:len(cell)-1]
	}
	if len(cell) > 1 && cell[0] == '\'' {
		return unguarded(cell)
	}
	if cell != "" && (cell[0] == 'N' || cell[0] == '#') && isNothing(cell) {
		return ""
	}
	return cell
}

// isNothing reports what databases and spreadsheets write where a value is
// missing or a formula failed.
func isNothing(cell string) bool {
	switch cell {
	case "NULL", `\N`, "#N/A", "#NV", "#REF!", "#BEZUG!", "#VALUE!", "#WERT!", "#NAME?", "#DIV/0!", "#NUM!", "#ZAHL!", "#NULL!":
		return true
	}
	return false
}

// interner gives repeated texts one string each, so that a column of a million
// rep codes costs as many strings as there are reps and none of them keeps a
// whole piece of the file alive. It forgets rather than grow.
type interner struct {
	slots []string
}

const internerSlots = 1 << 12

func (t *interner) keep(s string) string {
	if t.slots == nil {
		t.slots = make([]string, internerSlots)
	}
	// FNV-1a over at most 24 bytes: codes differ early or are short.
	h := uint32(2166136261)
	for i := 0; i < len(s) && i < 24; i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	slot := &t.slots[(h^h>>12)%internerSlots]
	if *slot != s {
		*slot = strings.Clone(s)
	}
	return *slot
}
