package week

import "doppelpass/model"

// New is a rep's week at a desk of its own.
func New(day *model.Day, rep string, monday model.Date, rules Rules) (*Draft, error) {
	return NewDesk(day, day.Signals(), rules).Draft(rep, monday)
}
