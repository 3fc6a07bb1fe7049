package terminal

// MayAsk reports whether a terminal of that name answers questions: the plain ones
// write them out, or answer into the shell.
func MayAsk(term string) bool {
	switch term {
	case "", "dumb", "linux", "unknown", "vt52", "cons25":
		return false
	}
	return Asks
}
