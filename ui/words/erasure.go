package words

// What goes with a person, and what has gone, in words.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/text"
)

// erasingListed is how many records are listed by name; the rest is counted.
const erasingListed = 12

// RecordTitle is a record by its kind and name.
func RecordTitle(p *text.Printer, book *model.Book, record model.Record) string {
	return strings.TrimSpace(One(p, record.Key().Table) + " " + KeyName(p, book, record.Key()))
}

// ErasingTitle names whom erasing is about.
func ErasingTitle(p *text.Printer, known store.Known) string {
	return p.T("person.would", text.Args{"Name": List(p, known.Names, len(known.Names))})
}

// Erasing says what would go with somebody, and what stays, a line each. Drafts are files
// with what is half typed.
func Erasing(p *text.Printer, book *model.Book, known store.Known, drafts []string) (lines []string) {
	add := func(line string) { lines = append(lines, "  "+line) }
	for _, record := range known.Own {
		add(p.T("person.would.own", text.Args{"Record": RecordTitle(p, book, record)}))
	}
	for i, k := range known.Records {
		if i == erasingListed {
			add(p.N("person.more", len(known.Records)-erasingListed))
			break
		}
		var fields []string
		for _, f := range k.Fields {
			fields = append(fields, FieldName(p, k.Record.Key().Table, f))
		}
		add(p.T("person.would.named", text.Args{"Record": RecordTitle(p, book, k.Record), "Fields": List(p, fields, len(fields))}))
	}
	if len(known.Steps) > 0 {
		add(p.N("person.would.steps", len(known.Steps)))
	}
	for _, path := range drafts {
		add(p.T("person.drafts", text.Args{"Path": path}))
	}
	lines = append(lines, "", p.T("person.stays"))
	if n := len(known.OptOuts); n > 0 {
		add(p.N("person.stays.opt-outs", n))
	}
	for _, record := range known.Own {
		if rep, ok := record.(model.Rep); ok {
			add(p.T("person.stays.code", text.Args{"Code": rep.Code}))
		}
	}
	add(p.T("person.stays.sums"))
	if len(known.Alike) > 0 {
		lines = append(lines, "", p.N("person.alike", len(known.Alike)))
		for i, k := range known.Alike {
			if i == erasingListed {
				add(p.N("person.more", len(known.Alike)-erasingListed))
				break
			}
			add(RecordTitle(p, book, k.Record))
		}
	}
	return lines
}

// Erased says what has gone with somebody.
func Erased(p *text.Printer, done store.Erased) string {
	return p.T("person.erased", text.Args{"Records": p.N("person.records", done.Records), "Steps": p.N("person.steps", done.Steps), "Label": done.Labels[0]})
}
