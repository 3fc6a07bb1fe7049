package words

// A step of the history in words: what it did, to what and how often, who took it
// back, and what taking it back has left as it is.

import (
	"strings"
	"time"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/text"
)

// Step is a step of the history as people say it: "Log a visit: Metallbau".
func Step(p *text.Printer, e store.Entry) string {
	title := p.T("history.action." + e.Action)
	if e.Subject == "" {
		return title
	}
	return p.T("history.step", text.Args{"Action": title, "Subject": Subject(p, e.Subject)})
}

// Undone says who took a step back, and when; "" for a step that stands.
func Undone(p *text.Printer, e store.Entry, today model.Date) string {
	if !e.Undone {
		return ""
	}
	at := e.UndoneAt.Local()
	return p.T("history.undone", text.Args{"Name": e.UndoneBy, "Day": p.Recent(model.DateOf(at), today), "Time": at.Format("15:04")})
}

// Turns say who took a step back, who made it again, and when, oldest first.
func Turns(p *text.Printer, e store.Entry, today model.Date) (lines []string) {
	for _, t := range e.Turns {
		key := "history.redone"
		if t.Undone {
			key = "history.undone"
		}
		at := t.At.Local()
		lines = append(lines, p.T(key, text.Args{"Name": t.By, "Day": p.Recent(model.DateOf(at), today), "Time": at.Format("15:04")}))
	}
	return lines
}

// Changes are a step's changes in words: "12 accounts added, 3 changed".
func Changes(p *text.Printer, tally map[model.Table]store.Tally) string {
	var tables []string
	for _, table := range append(model.Tables[:], model.TableSettings) {
		var parts []string
		for _, part := range []struct {
			word  string
			count int
		}{{"added", tally[table].Added}, {"changed", tally[table].Changed}, {"removed", tally[table].Removed}} {
			switch {
			case part.count == 0:
			case table == model.TableSettings:
				parts = append(parts, p.T("history.tally.settings"))
			case len(parts) == 0:
				what := p.N("history.count."+string(table), part.count)
				parts = append(parts, p.T("history.tally.first."+part.word, text.Args{"What": what}))
			default:
				parts = append(parts, p.N("history.tally.next."+part.word, part.count))
			}
		}
		if len(parts) > 0 {
			tables = append(tables, strings.Join(parts, ", "))
		}
	}
	return strings.Join(tables, " · ")
}

// Tally is Changes in figures, for lists that have little room: "visits +3, accounts ~1".
func Tally(p *text.Printer, tally map[model.Table]store.Tally) string {
	var parts []string
	for _, table := range append(model.Tables[:], model.TableSettings) {
		t := tally[table]
		for _, part := range [...]struct {
			key   string
			count int
		}{{"command.tally.added", t.Added}, {"command.tally.changed", t.Changed}, {"command.tally.removed", t.Removed}} {
			if part.count > 0 {
				parts = append(parts, p.T(part.key, text.Args{"Table": Table(p, table), "Count": p.Int(part.count)}))
			}
		}
	}
	return strings.Join(parts, ", ")
}

// Kept says what of a step an undo has left as it is, and why; "" for nothing. The
// Book, which may be nil, names the records.
func Kept(p *text.Printer, b *model.Book, kept []store.KeptPart) string {
	if len(kept) == 0 {
		return ""
	}
	const most = 3
	var parts []string
	for _, k := range kept {
		if len(parts) == most {
			parts = append(parts, p.N("kept.more", len(kept)-most))
			break
		}
		var names []string
		for _, field := range k.Fields {
			names = append(names, FieldName(p, k.Key.Table, field))
		}
		args := text.Args{"Record": strings.TrimSpace(One(p, k.Key.Table) + " " + KeyName(p, b, k.Key)), "Fields": strings.Join(names, ", "), "Name": k.By, "At": moment(p, k.At)}
		key := "kept." + string(k.Reason)
		if k.By != "" && p.Has(key+".by") {
			key += ".by"
		}
		parts = append(parts, p.T(key, args))
	}
	return strings.Join(parts, " ")
}

// Travelled says that a step was taken back or made again, and what of it stays.
func Travelled(p *text.Printer, b *model.Book, e store.Entry) string {
	key := "session.redone"
	if e.Undone {
		key = "session.undone"
	}
	done := p.T(key, text.Args{"Step": Step(p, e)})
	if kept := Kept(p, b, e.Kept); kept != "" {
		return p.T("session.partly", text.Args{"Done": done, "Kept": kept})
	}
	return done
}

func moment(p *text.Printer, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	local := at.Local()
	return p.Date(model.DateOf(local)) + " " + local.Format("15:04")
}
