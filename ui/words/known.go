package words

// All that is known of somebody, to read.

import (
	"slices"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/text"
)

// KnownTitle names whom it is about.
func KnownTitle(p *text.Printer, known store.Known) string {
	return p.T("person.title", text.Args{"Name": List(p, known.Names, len(known.Names))})
}

// Known is all that is known of somebody, a line each. Drafts are files with what is half
// typed that names them.
func Known(p *text.Printer, book *model.Book, known store.Known, drafts []string) (lines []string) {
	add := func(line string) { lines = append(lines, line) }
	part := func(key string, count int) {
		if count > 0 {
			lines = append(lines, "", p.N("person.part."+key, count))
		}
	}
	part("own", len(known.Own))
	for _, record := range known.Own {
		add("  " + RecordTitle(p, book, record))
		lines = append(lines, knownFields(p, record, nil)...)
	}
	part("named", len(known.Records))
	for _, k := range known.Records {
		add("  " + RecordTitle(p, book, k.Record))
		lines = append(lines, knownFields(p, k.Record, k.Fields)...)
	}
	part("steps", len(known.Steps))
	for _, step := range known.Steps {
		add("  " + knownStep(p, step))
		for _, side := range []struct {
			key     string
			records []store.KnownRecord
		}{{"person.before", step.Before}, {"person.after", step.After}} {
			for _, k := range side.records {
				add("    " + p.T(side.key, text.Args{"Record": RecordTitle(p, book, k.Record)}))
				lines = append(lines, knownFields(p, k.Record, k.Fields)...)
			}
		}
	}
	part("opt-outs", len(known.OptOuts))
	for _, o := range known.OptOuts {
		add("  " + p.T("person.opt-out", text.Args{"Day": p.Date(o.Since)}))
	}
	part("mappings", known.Mappings)
	for _, path := range drafts {
		lines = append(lines, "", p.T("person.drafts", text.Args{"Path": path}))
	}
	return lines
}

func knownStep(p *text.Printer, step store.KnownStep) string {
	line := p.T("person.step", text.Args{"Step": p.Int(int(step.Step)), "Day": p.Date(model.DateOf(step.At.Local())), "What": Step(p, step.Entry), "By": step.Actor})
	if step.Made {
		line += " " + p.T("person.step.made")
	}
	return line
}

// knownFields are a record's fields that say something; with named, only those.
func knownFields(p *text.Printer, record model.Record, named []string) (lines []string) {
	d := model.DescriptionOf(record)
	for i, f := range d.Fields() {
		if f.Name == "row" || len(named) > 0 && !slices.Contains(named, f.Name) {
			continue
		}
		if value := FieldValue(p, d.Value(record, i)); value != "–" {
			lines = append(lines, "      "+FieldName(p, d.Table(), f.Name)+": "+value)
		}
	}
	return lines
}
