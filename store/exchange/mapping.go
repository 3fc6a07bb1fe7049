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
	// classes says that a column is kept out since its words are no classes of the team.
	classes bool
}

// Mapping says what a file is. It can be kept as JSON and used again for any
// file with the same Fingerprint.
type Mapping struct {
	Table       model.Table     `json:"table"`
	System      string          `json:"system,omitempty"` // the program it comes from, where that is known
	Fingerprint string          `json:"fingerprint"`
	Columns     []ColumnMapping `json:"columns"`
	codes       []codeColumn    // that could be the code, before one was chosen
	Recalled    bool            `json:"-"` // it follows a mapping that was kept
	// Day is that of all rows of a file of visits or calls without a column for it.
	Day model.Date `json:"-"`
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
	return m.Target("code") < 0 && isColumnOf(m.Table, "code")
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

// instead are the columns that can stand in for a needed one; all of a list are
// needed together.
var instead = map[model.Table]map[string][][]string{
	model.TableReps:        {"code": {{"name"}, {"last_name"}}, "name": {{"last_name"}, {"first_name"}}},
	model.TableTerritories: {"code": {{"name"}}, "name": {{"code", "postcodes"}, {"code", "postcodes_from"}}},
	model.TableAccounts:    {"code": {{"name"}, {"last_name"}}, "name": {{"last_name"}, {"first_name"}}},
	model.TableCampaigns:   {"code": {{"name"}}},
	model.TableVisits:      {"account": {{"account_name"}}},
	model.TableCalls:       {"account": {{"account_name"}}, "outcome": {{"status"}, {"duration"}}},
	model.TablePlan:        {"account": {{"account_name"}}},
	model.TableContacts:    {"account": {{"account_name"}}, "name": {{"last_name"}, {"first_name"}}},
}

// Missing lists the needed columns that the mapping lacks.
func (m Mapping) Missing() (columns []string) {
	has := func(column string) bool { return m.Target(column) >= 0 }
	for _, c := range Columns(m.Table) {
		if !c.Required || has(c.Name) || c.Name == "date" && m.Day != 0 {
			continue
		}
		stands := slices.ContainsFunc(instead[m.Table][c.Name], func(others []string) bool {
			return !slices.ContainsFunc(others, func(other string) bool { return !has(other) })
		})
		if !stands {
			columns = append(columns, c.Name)
		}
	}
	return columns
}

// allCanonical reports that every column of the file has a canonical name.
func (m *Mapping) allCanonical() bool {
	return !slices.ContainsFunc(m.Columns, func(c ColumnMapping) bool { return c.How != HowName })
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
// be told of every row.
func (m *Mapping) dropUnfit(rows [][]string, clues *clues, o Options) {
	if len(rows) == 0 {
		return
	}
	t, read := definition(m.Table), &plan{workbook: o.workbook, classes: wordsOf(o.Classes, o.ClassWords)}
	needed := make(map[string]bool)
	for _, c := range t.columns() {
		needed[c.Name] = c.Required
	}
	for i := range m.Columns {
		c := &m.Columns[i]
		switch {
		case c.Column == "" || c.Rank <= 0 || c.Column == "do_not_call": // an unclear no to calls is a no
			continue
		case needed[c.Column] && (c.Column != "date" || clues.looks[i].filled < 3):
			continue
		}
		seen, fit := false, false
		for _, row := range rows {
			if i >= len(row) {
				continue
			}
			if cell := tidied(row[i], true, false); cell != "" {
				seen = true
				fit = fit || t.accepts(c.Column, cell, read)
			}
		}
		if seen && !fit {
			if c.Column == "class" {
				c.classes = true
			}
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
