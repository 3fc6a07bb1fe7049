package exchange

// Columns that read or write in a way of their own.

import (
	"slices"
	"strings"

	"doppelpass/model"
)

// adding is a column whose values are added to those that are there.
func adding(c column[model.Account]) column[model.Account] {
	c.adds = true
	c.carry = func(to, from *model.Account) {
		ids := slices.Clone(to.ExternalIDs)
		for _, id := range from.ExternalIDs {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		to.ExternalIDs = ids
	}
	c.same = func(a, b *model.Account) bool {
		return !slices.ContainsFunc(b.ExternalIDs, func(id string) bool { return !slices.Contains(a.ExternalIDs, id) })
	}
	return c
}

// several is a virtual column that several columns of a file fill.
func several[R model.Record](c column[R]) column[R] {
	c.many = true
	c.read = func(in *input, _ *R, cell string) fault {
		if len(cell) > longestCode || strings.ContainsAny(cell, idMark) {
			return fault{} // no identifier
		}
		if others := &in.row.extra[extraOthers]; *others == "" {
			*others = cell
		} else {
			*others += idMark + cell
		}
		return fault{}
	}
	return c
}

// noCalls is a column that forbids calls; there may be several, and any yes of them
// holds.
func noCalls() column[model.Account] {
	c := field(model.AccountFields, "do_not_call", callsForbidden).like("no")
	c.many = true
	read := c.read
	c.read = func(in *input, a *model.Account, cell string) fault {
		before := a.DoNotCall
		wrong := read(in, a, cell)
		a.DoNotCall = a.DoNotCall || before
		return wrong
	}
	return c
}

// forbids and allows are the columns of people who say whether they may be called.
func forbids[R model.Record]() column[R] {
	return column[R]{name: "do_not_call", virtual: true, sort: measured, many: true, read: func(in *input, _ *R, cell string) fault {
		if forbidden, _ := callsForbidden.read(in, cell); forbidden {
			in.row.withdrawn = true
		}
		return fault{}
	}}
}

func allows[R model.Record]() column[R] {
	return column[R]{name: "calls_allowed", virtual: true, sort: measured, many: true, read: func(in *input, _ *R, cell string) fault {
		if allowed, known := allowsCalls(cell); !allowed && (known || !isNever(cell)) {
			in.row.withdrawn = true
		}
		return fault{}
	}}
}

// callsAllowed is a column that says whether calls are allowed; there may be several.
// Any no forbids them, and so does what cannot be read; a yes is not yet a consent on
// record.
func callsAllowed() column[model.Account] { return allows[model.Account]() }

// idMark stands between identifiers in one cell.
const idMark = ";"

func splitIDs(s string) ([]string, fault) { return splitAt(s, idMark), fault{} }

func joinIDs(ids []string) string { return strings.Join(ids, idMark) }

// accountAt is a column of an account's coordinates. They are carried both at
// once and with where they come from; emptying them leaves alone what was found
// from the address.
func accountAt(c column[model.Account]) column[model.Account] {
	c.carry = func(to, from *model.Account) {
		if placedByFile(from) || placedByFile(to) {
			to.At, to.Placed = from.At, from.Placed
		}
	}
	c.same = func(a, b *model.Account) bool { return a.At == b.At && a.Placed == b.Placed }
	return placed(c, placedByFile)
}

// placed is a column of coordinates that is empty where the record is not
// placed by the people themselves.
func placed[R model.Record](c column[R], is func(*R) bool) column[R] {
	show := c.cell
	c.cell = func(r *R) Cell {
		if !is(r) {
			return Cell{}
		}
		return show(r)
	}
	return c
}

// splitWords takes words apart at blanks, commas and semicolons.
func splitWords(s string) ([]string, fault) {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '|' }), fault{}
}

func joinWords(words []string) string { return strings.Join(words, " ") }

func splitGuests(s string) ([]string, fault) { return splitAt(s, ";"), fault{} }

func joinGuests(guests []string) string { return strings.Join(guests, ";") }

// splitTargets takes codes and region paths apart: at "|" where there is one,
// else at blanks. One name with blanks is written with a "|" behind it.
func splitTargets(s string) ([]string, fault) {
	if strings.Contains(s, "|") {
		return splitAt(s, "|"), fault{}
	}
	if strings.Contains(s, ";") {
		return splitAt(s, ";"), fault{}
	}
	if strings.Contains(s, ",") {
		return splitAt(s, ","), fault{}
	}
	return strings.Fields(s), fault{}
}

func joinTargets(targets []string) string {
	s := strings.Join(targets, "|")
	if len(targets) == 1 && strings.ContainsAny(s, " ;,") {
		s += "|"
	}
	return s
}

func splitAt(s, mark string) (parts []string) {
	for part := range strings.SplitSeq(s, mark) {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}
