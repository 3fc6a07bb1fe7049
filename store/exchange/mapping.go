package exchange

// Which table a header is, and which of its columns is which.

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"doppelpass/model"
)

// How says why a column of a file was taken for a canonical one.
type How string

// The ways.
const (
	HowUnknown How = ""        // not recognised: kept out
	HowName    How = "name"    // it has the canonical name
	HowSynonym How = "synonym" // by one of the known names
	HowChosen  How = "chosen"  // the person said so
	HowIgnored How = "ignored" // known, and of no use
	HowSpare   How = "spare"   // another column of the file serves better
	HowUnfit   How = "unfit"   // the name fits, but no cell does
)

// ColumnMapping is one column of a file.
type ColumnMapping struct {
	Header string    `json:"header"`           // as the file calls it, cleaned
	Column string    `json:"column,omitempty"` // canonical column; "": kept out
	How    How       `json:"how,omitempty"`
	Rank   int       `json:"rank,omitempty"`  // where several columns have one target, the lowest that is filled is read
	Dates  DateOrder `json:"dates,omitempty"` // "": found out from the whole column
	Point  string    `json:"point,omitempty"` // decimal sign, "." or ","; "": found out
	// Before is the layout of an earlier file: it answers only what the days of this
	// one leave open.
	Before DateOrder `json:"-"`
}

// Mapping says what a file is. It can be kept as JSON and used again for any
// file with the same Fingerprint.
type Mapping struct {
	Table       model.Table     `json:"table"`
	System      string          `json:"system,omitempty"` // the program it comes from, where that is known
	Fingerprint string          `json:"fingerprint"`
	Columns     []ColumnMapping `json:"columns"`
	Recalled    bool            `json:"-"` // it follows a mapping that was kept
}

// Fingerprint identifies a header: files from the same export have the same.
func Fingerprint(header []string) string {
	h := sha256.New()
	for _, name := range header {
		h.Write([]byte(fold(name)))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// Target is the place of the file's column for a canonical one, -1 without.
func (m Mapping) Target(column string) int {
	return slices.IndexFunc(m.Columns, func(c ColumnMapping) bool { return c.Column == column })
}

// CodeFromName reports that the file has no codes, so that names serve as codes.
func (m Mapping) CodeFromName() bool {
	return m.Target("code") < 0 && slices.Contains(Header(m.Table), "code")
}

// AccountByName reports that rows name their account instead of giving its code.
func (m Mapping) AccountByName() bool {
	return m.Target("account") < 0 && m.Target("account_name") >= 0
}

// Unknown lists the file's columns that are kept out because nobody knows them,
// or because their cells are not what their name says.
func (m Mapping) Unknown() (headers []string) {
	for _, c := range m.Columns {
		if (c.How == HowUnknown || c.How == HowUnfit) && c.Header != "" {
			headers = append(headers, c.Header)
		}
	}
	return headers
}

// Missing lists the needed columns that the mapping lacks.
func (m Mapping) Missing() (columns []string) {
	for _, c := range Columns(m.Table) {
		if !c.Required || m.Target(c.Name) >= 0 {
			continue
		}
		switch {
		case c.Name == "account" && m.Target("account_name") >= 0:
		case c.Name == "code" && (m.Target("name") >= 0 || m.Target("last_name") >= 0):
		case c.Name == "name" && m.Target("last_name") >= 0:
		default:
			columns = append(columns, c.Name)
		}
	}
	return columns
}

// ParseMap reads 'Kd-Nr.=code,Firma=name'; an empty target or "-" keeps the
// column out.
func ParseMap(s string) (map[string]string, error) {
	chosen := make(map[string]string)
	pending := ""
	for _, part := range strings.Split(s, ",") {
		if pending != "" {
			part = pending + "," + part // the comma belongs to the column's name
		}
		i := strings.LastIndexByte(part, '=')
		if i < 0 {
			pending = part
			continue
		}
		pending = ""
		name, target := strings.TrimSpace(part[:i]), strings.ToLower(strings.TrimSpace(part[i+1:]))
		if name == "" {
			return nil, fileError("", ReasonBadMap, part)
		}
		if target == "-" {
			target = ""
		}
		chosen[name] = target
	}
	if strings.TrimSpace(pending) != "" {
		return nil, fileError("", ReasonBadMap, pending)
	}
	return chosen, nil
}

// Recognise finds out what a header is. The rows below it help to choose: among
// several columns that could be the code, one that is always filled. What the
// options say (As, Map) goes first. The error is a *FileError that says what to
// add.
func Recognise(header []string, rows [][]string, o Options) (Mapping, error) {
	if o.As != "" {
		if _, ok := tables[o.As]; !ok {
			return Mapping{}, fileError("", ReasonUnknownTable, string(o.As))
		}
	}
	for name := range o.Map {
		if columnOf(header, name) < 0 {
			return Mapping{}, fileError("", ReasonNoHeaderColumn, name)
		}
	}
	if o.As != "" {
		for _, target := range o.Map {
			if target != "" && !slices.ContainsFunc(Columns(o.As), func(c Column) bool { return c.Name == target }) {
				return Mapping{}, fileError("", ReasonBadMap, target)
			}
		}
		m, _ := mappingTo(o.As, header, rows, o)
		if missing := m.Missing(); len(missing) > 0 {
			return m, fileError("", ReasonColumnMissing, string(o.As), strings.Join(missing, ", "))
		}
		return m, nil
	}
	m, _, err := bestMapping(header, rows, o)
	return m, err
}

// bestMapping is the table that recognises most of the header.
func bestMapping(header []string, rows [][]string, o Options) (best Mapping, bestScore int, err error) {
	var tied []string
	for _, t := range model.Tables {
		m, score := mappingTo(t, header, rows, o)
		if score < 0 || len(m.Missing()) > 0 {
			continue
		}
		switch {
		case score > bestScore:
			best, bestScore, tied = m, score, []string{string(t)}
		case score == bestScore:
			tied = append(tied, string(t))
		}
	}
	if len(tied) > 1 {
		winner := betweenTables(tied, header, rows, o)
		if winner == "" {
			return best, bestScore, fileError("", ReasonSeveralTables, strings.Join(tied, ", "))
		}
		best, _ = mappingTo(winner, header, rows, o)
	}
	if len(tied) == 0 {
		names := make([]string, 0, len(header))
		for _, h := range header[:min(len(header), 12)] {
			names = append(names, shortened(h))
		}
		return best, 0, fileError("", ReasonNotRecognised, strings.Join(names, ", "))
	}
	return best, bestScore, nil
}

// betweenTables decides between tables that recognise a header equally well,
// "" if nothing speaks for one of them. A plan starts with the rep and has
// nothing that only a visit has; calls have the outcomes of calls.
func betweenTables(tied []string, header []string, rows [][]string, o Options) model.Table {
	has := func(t model.Table) bool { return slices.Contains(tied, string(t)) }
	for _, t := range tied {
		if t != string(model.TableVisits) && t != string(model.TableCalls) && t != string(model.TablePlan) {
			return ""
		}
	}
	if has(model.TablePlan) {
		m, _ := mappingTo(model.TablePlan, header, rows, o)
		whole := m.Target("rep") >= 0 && m.Target("time") >= 0 && m.Target("minutes") >= 0
		if whole || m.Target("rep") == 0 {
			return model.TablePlan
		}
		if has(model.TableVisits) {
			return model.TableVisits
		}
		return ""
	}
	m, _ := mappingTo(model.TableCalls, header, rows, o)
	at, seen := m.Target("outcome"), false
	for _, row := range rows {
		if at >= len(row) || row[at] == "" {
			continue
		}
		if _, wrong := callOutcomeWord.read(nil, tidied(row[at], true, false)); wrong.reason != "" {
			return model.TableVisits
		}
		seen = true
	}
	if seen {
		return model.TableCalls
	}
	return model.TableVisits
}

// mappingTo reads a header as one table. The score counts what it recognises,
// two a column; it is negative if something that the person chose does not fit.
func mappingTo(t model.Table, header []string, rows [][]string, o Options) (Mapping, int) {
	v := vocabularyOnce()
	m := Mapping{Table: t, Fingerprint: Fingerprint(header), Columns: make([]ColumnMapping, len(header))}
	known := v.columns[t]
	all := make(map[string]bool, len(header))
	score := 0
	for i, h := range header {
		key := fold(h)
		all[key] = true
		c := &m.Columns[i]
		c.Header = shortened(h)
		if s, ok := known[key]; ok && key != "" {
			c.Column, c.Rank, c.How = s.column, s.rank, HowSynonym
			if s.rank == 0 {
				c.How = HowName
			}
			if s.weak {
				score++
			} else {
				score += 2
			}
		} else if key != "" && v.isIgnored(key) {
			c.How = HowIgnored
		}
	}
	m.System = v.systemOf(all)
	for name, target := range o.Map {
		c := &m.Columns[columnOf(header, name)]
		switch {
		case target == "":
			c.Column, c.How, c.Rank = "", HowChosen, -1
		case slices.ContainsFunc(Columns(t), func(c Column) bool { return c.Name == target }):
			c.Column, c.How, c.Rank = target, HowChosen, -1
			score += 2
		default:
			return m, -1
		}
	}
	m.dropUnfit(rows)
	m.chooseOne(rows, "code", "id", "account", "account_name", "kind", "status")
	return m, score
}

// follow takes over what a person chose for an earlier file with this header.
func (m *Mapping) follow(kept Mapping) {
	m.Recalled = true
	for i := range m.Columns {
		c, k := &m.Columns[i], kept.Columns[i]
		c.Point, c.Before = k.Point, k.Dates
		if k.How != HowChosen || c.How == HowChosen {
			continue
		}
		for other := range m.Columns {
			if o := &m.Columns[other]; k.Column != "" && o.Column == k.Column && o.How != HowChosen {
				o.Column, o.How = "", HowSpare
			}
		}
		c.Column, c.How, c.Rank = k.Column, HowChosen, -1
	}
}

// dropUnfit lets go of optional columns that only a synonym suggests and whose
// cells do not fit at all: a rating of hot and cold is no class, and must not
// cost every row.
func (m *Mapping) dropUnfit(rows [][]string) {
	t := tables[m.Table]
	needed := make(map[string]bool)
	for _, c := range t.columns() {
		needed[c.Name] = c.Required
	}
	for i := range m.Columns {
		c := &m.Columns[i]
		if c.Column == "" || c.Rank <= 0 || needed[c.Column] {
			continue
		}
		seen, fit := false, false
		for _, row := range rows {
			if i >= len(row) {
				continue
			}
			if cell := tidied(row[i], true, false); cell != "" {
				seen = true
				fit = fit || t.accepts(c.Column, cell)
			}
		}
		if seen && !fit {
			c.Column, c.Rank, c.How = "", 0, HowUnfit
		}
	}
}

// columnOf is the place of a header's column: by its exact name, else folded.
func columnOf(header []string, name string) int {
	if i := slices.Index(header, name); i >= 0 {
		return i
	}
	folded := fold(name)
	return slices.IndexFunc(header, func(h string) bool { return fold(h) == folded && folded != "" })
}

// chooseOne leaves one column each to targets that must not be filled now from
// this column and now from that: the most trusted one that is filled in every
// row of the sample, else the most trusted one.
func (m *Mapping) chooseOne(rows [][]string, targets ...string) {
	for _, target := range targets {
		var candidates []int
		for i, c := range m.Columns {
			if c.Column == target {
				candidates = append(candidates, i)
			}
		}
		if len(candidates) < 2 {
			continue
		}
		slices.SortStableFunc(candidates, func(a, b int) int { return m.Columns[a].Rank - m.Columns[b].Rank })
		keep := candidates[0]
		for _, i := range candidates {
			if m.Columns[i].Rank < 0 || filledEverywhere(rows, i) {
				keep = i
				break
			}
		}
		for _, i := range candidates {
			if i != keep {
				m.Columns[i].Column, m.Columns[i].How = "", HowSpare
			}
		}
	}
}

// filledEverywhere reports whether a column is filled in all rows that have
// more than one cell filled; footers have one.
func filledEverywhere(rows [][]string, at int) bool {
	for _, row := range rows {
		filled := 0
		for _, cell := range row {
			if cell != "" {
				filled++
			}
		}
		if filled > 1 && (at >= len(row) || tidied(row[at], true, false) == "") {
			return false
		}
	}
	return true
}
