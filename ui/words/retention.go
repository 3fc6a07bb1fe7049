package words

// What goes by its age, in words.

import (
	"strconv"
	"strings"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/text"
)

// agedWhat is what goes of a table, and how long it is kept: "Notes of visits, kept 36
// months".
func agedWhat(p *text.Printer, a store.AgedRows) string {
	what := p.T("retention.what." + string(a.Kind) + "." + string(a.Table))
	if a.Months == 0 {
		return p.T("retention.forever", text.Args{"What": what})
	}
	return p.N("retention.kept", a.Months, text.Args{"What": what})
}

// Retention says what would go by its age, by table and age with counts and days, and what
// stays; a line each.
func Retention(p *text.Printer, book *model.Book, told store.Retention) (lines []string) {
	held := 0
	for _, a := range told.Rows {
		held += a.Held
		line := "  " + agedWhat(p, a)
		switch {
		case a.Months == 0:
		case a.Rows == 0:
			line += ": " + p.T("retention.none")
		default:
			line += ": " + p.N("retention.rows", a.Rows, text.Args{"Day": p.Date(a.Until)})
		}
		lines = append(lines, line)
		for _, y := range a.Years {
			lines = append(lines, "      "+p.N("retention.year", y.Rows, text.Args{"Year": strconv.Itoa(y.Year), "Days": agedDays(p, y)}))
		}
	}
	if held > 0 {
		const named = 5
		var accounts []string
		for _, code := range told.Held {
			accounts = append(accounts, KeyName(p, book, model.Key{Table: model.TableAccounts, Code: code}))
		}
		lines = append(lines, "  "+p.N("retention.held", held, text.Args{"Accounts": List(p, accounts, named)}))
	}
	if told.Steps > 0 {
		lines = append(lines, "  "+p.N("retention.steps", told.Steps))
	}
	return append(lines, "", p.T("retention.stays"))
}

func agedDays(p *text.Printer, y store.AgedYear) string {
	if y.First == y.Last {
		return p.Date(y.First)
	}
	return p.Date(y.First) + " – " + p.Date(y.Last)
}

// agedSubject stands before what a step let go by its age.
const agedSubject = "aged "

// RetentionSubject stands in the history for what went by its age: "aged visit-notes=512
// times=2311".
func RetentionSubject(told store.Retention) string {
	counts := map[model.Keeping]int{}
	for _, a := range told.Rows {
		counts[a.Kind] += a.Rows
	}
	var parts []string
	for _, kind := range model.Keepings {
		if counts[kind] > 0 {
			parts = append(parts, string(kind)+"="+strconv.Itoa(counts[kind]))
		}
	}
	return strings.TrimSpace(agedSubject + strings.Join(parts, " "))
}

// agedIn reads a RetentionSubject; "" where the subject is something else.
func agedIn(p *text.Printer, subject string) string {
	rest, is := strings.CutPrefix(subject+" ", agedSubject)
	if !is {
		return ""
	}
	var said []string
	for part := range strings.FieldsSeq(rest) {
		kind, count, _ := strings.Cut(part, "=")
		n, err := strconv.Atoi(count)
		if err != nil || !p.Has("retention.count."+kind) {
			return ""
		}
		said = append(said, p.N("retention.count."+kind, n))
	}
	if len(said) == 0 {
		return p.T("retention.count.history")
	}
	return List(p, said, len(said))
}

// Retained says what has gone by its age.
func Retained(p *text.Printer, told store.Retention) string {
	if told.Nothing() {
		return p.T("retention.nothing")
	}
	return p.T("retention.done", text.Args{"What": agedIn(p, RetentionSubject(told))})
}
