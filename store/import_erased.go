package store

// What an import brings of people who were erased here, and of what went by its age: it
// stays out, and the report says so with the rows. Whoever wants it all the same says so.

import (
	"maps"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

// forgetting is what an import has to leave out.
type forgetting struct {
	names *redactor       // nil: nobody was erased, or they are wanted
	aging model.Aging     // what went by its age
	held  map[string]bool // accounts that keep what goes by its age
}

// text is a text without whoever was erased.
func (f forgetting) text(s string) string {
	if f.names == nil {
		return s
	}
	return f.names.text(anywhere, model.TellsText, s)
}

// forgettingIn reads the deletion book.
func forgettingIn(w *writer, settings model.Settings, bringBack bool) (f forgetting, err error) {
	lines, err := erasures(w.tx)
	if err != nil || bringBack || len(lines) == 0 {
		return f, err
	}
	f.names, f.aging = newRedactor(lines, settings.Country), agedIn(lines)
	if len(f.aging) > 0 {
		f.held, err = heldAccounts(w.tx)
	}
	return f, err
}

// last is the day up to which anything went by its age; 0: nothing did.
func (f forgetting) last() (last model.Date) {
	for day := range maps.Values(f.aging) {
		last = max(last, day)
	}
	return last
}

// forget takes whoever was erased out of a row and says so; not ok: the row was theirs, or
// of a customer who is, and is skipped.
func (i *importer) forget(row *exchange.Row) (ok bool, err error) {
	x := i.forgetting.names
	if x == nil {
		return true, nil
	}
	if row.Visit != nil {
		row.Record = *row.Visit
	}
	record := row.Record
	if row.Account != (exchange.AccountRef{}) {
		codes, err := i.accounts()
		if err != nil {
			return false, err
		}
		code := row.Account.Code
		if _, known := codes.number(code); !known {
			if code, err = i.knownAccount(row.Account); err != nil {
				return false, err
			}
		}
		if code == "" { // perhaps by the name of a customer who was erased
			row.Account.Code, row.Account.Name = x.text(anywhere, model.TellsOf, row.Account.Code), x.text(anywhere, model.TellsOf, row.Account.Name)
			if code, err = i.knownAccount(row.Account); err != nil {
				return false, err
			}
		}
		record = exchange.WithAccount(record, code)
	}
	if line := x.selfIn(record); line != nil {
		i.skip(i.erased(row, "name", line.Label()))
		return false, nil
	}
	now, changed, gone := x.record(record)
	if gone {
		i.skip(i.erased(row, "name", i.labelIn(record)))
		return false, nil
	}
	if changed {
		d := model.DescriptionOf(record)
		for _, at := range d.Differ(record, now) {
			i.withhold(i.erased(row, d.Fields()[at].Name, ""))
		}
		row.Record = now
		if v, is := now.(model.Visit); is {
			*row.Visit = v
		}
	}
	i.forgetBeside(row)
	return true, nil
}

// erased is what is said of a row that names somebody who was erased. The name itself is
// not repeated.
func (i *importer) erased(row *exchange.Row, field, label string) exchange.Problem {
	p := exchange.Problem{Line: row.Line, Column: field, Header: i.header(field), Reason: ReasonErased}
	if label != "" {
		p.Reason, p.Args = ReasonErasedRow, []string{label}
	}
	return p
}

// labelIn is the label of the person or customer whose own record it is.
func (i *importer) labelIn(r model.Record) string {
	if line := i.forgetting.names.self(r); line != nil {
		return line.Label()
	}
	if line := i.forgetting.names.erased[accountOf(r)]; line != nil {
		return line.Label()
	}
	return ""
}

// selfIn is the line of a customer who was erased and comes under another number; nil for
// whatever else.
func (x *redactor) selfIn(r model.Record) *model.Erasure {
	a, is := r.(model.Account)
	if !is || a.Name == "" {
		return nil
	}
	if line := x.whole(anywhere, model.TellsOf, a.Name); line != nil && line.Kind == model.EraseAccount && line.Account != a.Code {
		return line
	}
	return nil
}

// forgetBeside takes them out of what stands beside the record.
func (i *importer) forgetBeside(row *exchange.Row) {
	x := i.forgetting.names
	if row.Beside == nil {
		return
	}
	beside := *row.Beside
	beside.Owner = x.text(anywhere, model.TellsWho, beside.Owner)
	if a, is := row.Record.(model.Account); is && beside.Person != "" {
		if _, changed, _ := x.record(model.Contact{Account: a.Code, Name: beside.Person}); changed {
			i.withhold(i.erased(row, "contact_name", ""))
			beside.Person, beside.Function = "", ""
		}
	}
	row.Beside = &beside
}

// age takes what went by its age out of rows of an account, in the order of the file, and
// keeps by what they were known before.
func (m *rowMerger[T]) age(account string, rows []incoming[T]) error {
	last := m.forgetting.last()
	if last == 0 || m.forgetting.held[account] {
		return nil
	}
	like := likeIncoming[T]{m: m}
	for at := range rows {
		if m.coder.date(rows[at].row) > last {
			continue
		}
		now, gone := m.forgetting.aging.Of(*rows[at].row)
		if gone == (model.Gone{}) {
			continue
		}
		if m.hasMoved() {
			rows[at].was = m.coder.hash(rows[at].row, like.nth(rows, at))
		}
		m.report.Aged++
		aged := now.(T)
		rows[at].aged = &aged
	}
	for at := range rows {
		if rows[at].aged != nil {
			rows[at].row = rows[at].aged
		}
	}
	return nil
}
