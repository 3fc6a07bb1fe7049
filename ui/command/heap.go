package command

import "doppelpass/ui/ahead"

// expect prepares for files that are going to be read.
func (r *run) expect(paths ...string) {
	if r.Large == nil || r.Session != nil { // the process is not this run's alone
		return
	}
	if ahead.Fill(paths...) {
		r.Large()
	}
}
