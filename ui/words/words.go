// Package words is the trade in words: what signals, weeks, steps of the history,
// imports and errors are to a person, in German and English. It takes a printer and
// values of the model or the store and gives sentences; it knows no terminal, so that
// every face reads the same: a page, the command line, a file.
//
// A file is one thing that is talked about: signal.go, signal_rule.go and
// signal_brief.go, week.go, undo.go, import.go, error.go … The messages themselves
// lie in ui/text.
package words
