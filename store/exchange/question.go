package exchange

// What is asked where a header does not tell: what it looks like, what is missing,
// and a line for this very file that says it.

import (
	"slices"
	"strings"

	"doppelpass/model"
)

// columnsShown is how many columns a question names.
const columnsShown = 8

// notRecognised asks about a header that is no table as a whole.
func notRecognised(header []string, rows [][]string, partly []candidate) (Mapping, error) {
	for _, r := range partly {
		if r.score < closeScores || !r.proven && len(r.missing) > 1 {
			continue
		}
		return r.mapping, missingColumns(r.mapping, r.missing, header, rows)
	}
	var m Mapping
	if len(partly) > 0 {
		m = partly[0].mapping
	} else if m.Columns == nil {
		m.Fingerprint = Fingerprint(header)
		for _, h := range header {
			m.Columns = append(m.Columns, ColumnMapping{Header: shortened(h)})
		}
	}
	if numbers, ok := onlyPhones(header, rows); ok {
		return m, fileError("", ReasonOnlyPhones, numbers)
	}
	if valued(header) {
		return m, fileError("", ReasonNoHeader, someOf(header, columnsShown))
	}
	return m, fileError("", ReasonNotRecognised, someOf(header, columnsShown), "--as accounts --map "+mapLine(header, rows, Mapping{Columns: m.Columns}, "name"))
}

// onlyPhones reports that a file holds nothing but telephone numbers, and names the first.
func onlyPhones(header []string, rows [][]string) (first string, ok bool) {
	var numbers []string
	for at, name := range header {
		l := lookAtColumn(rows, at, false)
		c, _ := dictionaryOnce().concept(name)
		named := c.attr == "phone" || c.attr == "mobile" || looksLikePhone(name)
		if name != "" && !named || l.filled > 0 && l.phones < 0.8 || l.filled == 0 && !looksLikePhone(name) {
			return "", false
		}
		if looksLikePhone(name) {
			numbers = append(numbers, name)
		}
		for _, row := range rows {
			if at < len(row) && row[at] != "" && len(numbers) < valuesSeen {
				numbers = append(numbers, row[at])
			}
		}
	}
	return someOf(numbers, valuesSeen), len(numbers) > 0
}

// valued reports that a header's cells are values: the names of the columns are
// missing.
func valued(header []string) bool {
	values, filled := 0, 0
	for _, h := range header {
		if h == "" {
			continue
		}
		filled++
		if looksLikeValue(h) {
			values++
		}
	}
	return values > 0 && 3*values >= filled
}

// missingColumns asks for the needed columns that a reading lacks. The arguments
// are the table, what is missing, what was understood, and the line that says it.
// Where only the day of what happened is missing, and no column holds days, it is
// asked for the day of all rows.
func missingColumns(m Mapping, missing, header []string, rows [][]string) error {
	if len(missing) == 1 && missing[0] == "date" && len(rows) > 0 && (m.Table == model.TableVisits || m.Table == model.TableCalls) && bestFor("date", header, rows, m, nil) < 0 {
		return fileError("", ReasonDayMissing, string(m.Table), columnsSeen(m), "--as "+string(m.Table)+" --day")
	}
	line := "--as " + string(m.Table) + " --map " + mapLine(header, rows, m, missing...)
	return fileError("", ReasonColumnMissing, string(m.Table), strings.Join(missing, ", "), columnsSeen(m), line)
}

// columnsSeen names the columns of the file that a reading understood.
func columnsSeen(m Mapping) string {
	var names []string
	for _, c := range m.Columns {
		if c.Column != "" {
			names = append(names, c.Header)
		}
	}
	return someOf(names, columnsShown)
}

// severalTables asks which of some tables a file is. The arguments are the tables,
// what they understood, and the lines to choose from.
func severalTables(rivals []string, whole []candidate, header []string) error {
	var lines []string
	for _, t := range rivals {
		lines = append(lines, "--as "+t)
	}
	seen := ""
	if i := slices.IndexFunc(whole, func(c candidate) bool { return string(c.mapping.Table) == rivals[0] }); i >= 0 {
		seen = columnsSeen(whole[i].mapping)
	}
	return fileError("", ReasonSeveralTables, strings.Join(rivals, ", "), seen, strings.Join(lines, ", "))
}

// mapLine is what to write behind --map so that the columns are there: the columns
// of the file that fit best.
func mapLine(header []string, rows [][]string, m Mapping, columns ...string) string {
	taken := make(map[int]bool)
	var parts []string
	for _, column := range columns {
		at := bestFor(column, header, rows, m, taken)
		name := "COLUMN"
		if at >= 0 {
			taken[at], name = true, header[at]
		}
		parts = append(parts, name+"="+column)
	}
	line := strings.Join(parts, ",")
	if strings.ContainsAny(line, " ;&|()'\"*?$<>!#") {
		return "'" + strings.ReplaceAll(line, "'", `'\''`) + "'"
	}
	return line
}

// bestFor is the file's column that most likely is a canonical one, −1 for none: by
// what its words say, else by its cells, among those that are nothing else.
func bestFor(column string, header []string, rows [][]string, m Mapping, taken map[int]bool) int {
	best, bestFit := -1, 0
	for i := range header {
		if taken[i] || header[i] == "" || i < len(m.Columns) && m.Columns[i].Column != "" {
			continue
		}
		l, fit := lookAtColumn(rows, i, false), 1
		c, _ := dictionaryOnce().concept(header[i])
		words := headerWords(header[i])
		id := c.attr == "id" || len(words) > 1 && dictionaryOnce().words[words[len(words)-1]].attr == "id"
		switch column {
		case "account", "code", "account_name":
			if id {
				fit += 4
			}
			if l.codes > 0.9 {
				fit++
			}
			if c.entity == "rep" || c.entity == "owner" || l.days > 0.5 {
				fit -= 4
			}
		case "date", "start", "end":
			if fit = 0; l.days > 0.5 && (c.attr == "" || slices.Contains([]string{"date", "timestamp", "start", "end", "since"}, c.attr)) {
				fit = 4 // a postcode such as 45631 only looks like a day of a spreadsheet
			}
		case "name":
			if l.filled > 0 && l.codes < 0.2 && l.numbers < 0.2 && l.days < 0.2 && l.emails < 0.2 {
				fit += 2
			}
			if c.attr == "name" {
				fit += 2
			}
		case "outcome":
			if l.filled > 0 && l.calls > 0.3 {
				fit += 4
			}
		case "rep":
			if c.entity == "rep" || c.entity == "owner" {
				fit += 4
			}
		}
		if fit > bestFit {
			best, bestFit = i, fit
		}
	}
	return best
}

// someOf joins names of which only the first few matter.
func someOf(names []string, limit int) string {
	short := make([]string, 0, limit)
	for i, name := range names {
		if i == limit {
			return strings.Join(short, ", ") + " …"
		}
		short = append(short, shortened(name))
	}
	return strings.Join(short, ", ")
}
