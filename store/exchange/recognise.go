package exchange

// Which table a header is. Every table is tried; what speaks for and against each
// is added up (see evidence.go), and where two come close, or nothing proves the
// best, a person is asked.

import (
	"slices"
	"strings"

	"doppelpass/model"
)

// closeScores is the distance below which two readings are as good as each other.
const closeScores = 2

// candidate is one reading of a header.
type candidate struct {
	mapping Mapping
	score   int
	proven  bool
	missing []string
}

// Recognise finds out what a header is. The rows below it help to choose. What the
// options say (As, Map) goes first. The error is a *FileError that says what to
// add; the mapping beside it is then the nearest guess.
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
			if target != "" && !isColumnOf(o.As, target) {
				return Mapping{}, fileError("", ReasonBadMap, target)
			}
		}
		m, _ := mappingTo(o.As, header, rows, newClues(header, rows, o), o)
		if missing := m.Missing(); len(missing) > 0 {
			return m, missingColumns(m, missing, header, rows)
		}
		return m, nil
	}
	return recognised(header, rows, o)
}

func isColumnOf(t model.Table, name string) bool {
	return slices.ContainsFunc(Columns(t), func(c Column) bool { return c.Name == name })
}

// readings are the header's readings as every table it could be, the best first.
func readings(header []string, rows [][]string, o Options) (whole, partly []candidate) {
	c := newClues(header, rows, o)
	for _, t := range model.Tables {
		m, score := mappingTo(t, header, rows, c, o)
		if score < 0 {
			continue
		}
		more, out, proven := c.weigh(&m)
		if out && len(o.Map) == 0 {
			continue
		}
		r := candidate{mapping: m, score: score + more, proven: proven || len(o.Map) > 0, missing: m.Missing()}
		if len(r.missing) == 0 {
			whole = append(whole, r)
		} else if score > 0 {
			partly = append(partly, r)
		}
	}
	best := func(a, b candidate) int { return b.score - a.score }
	slices.SortStableFunc(whole, best)
	slices.SortStableFunc(partly, func(a, b candidate) int {
		if len(a.missing) != len(b.missing) {
			return len(a.missing) - len(b.missing)
		}
		return b.score - a.score
	})
	return whole, partly
}

func recognised(header []string, rows [][]string, o Options) (Mapping, error) {
	whole, partly := readings(header, rows, o)
	if len(whole) == 0 {
		return notRecognised(header, rows, partly)
	}
	best := whole[0]
	// What comes close and can be told apart by more than its score.
	rivals := []string{string(best.mapping.Table)}
	for _, r := range whole[1:] {
		if best.score-r.score < closeScores && (r.proven || !best.proven) {
			rivals = append(rivals, string(r.mapping.Table))
		}
	}
	if len(rivals) > 1 {
		winner := betweenTables(rivals, whole, rows)
		if winner == nil {
			return best.mapping, severalTables(rivals, whole, header)
		}
		best = *winner
	}
	if !best.proven {
		for _, r := range whole[1:] {
			if !slices.Contains(rivals, string(r.mapping.Table)) {
				rivals = append(rivals, string(r.mapping.Table))
			}
		}
		return best.mapping, severalTables(rivals, whole, header)
	}
	if best.mapping.Table == model.TableVisits {
		if at := newClues(header, rows, Options{}).counted("visit"); at >= 0 {
			return best.mapping, fileError("", ReasonCounted, shortened(header[at]))
		}
	}
	return best.mapping, nil
}

// betweenTables decides between tables that recognise a header equally well, nil
// if nothing speaks for one of them. A plan starts with the rep and has nothing
// that only a visit has; calls have the outcomes of calls.
func betweenTables(tied []string, whole []candidate, rows [][]string) *candidate {
	of := func(t model.Table) *candidate {
		if !slices.Contains(tied, string(t)) {
			return nil
		}
		i := slices.IndexFunc(whole, func(c candidate) bool { return c.mapping.Table == t })
		return &whole[i]
	}
	for _, t := range tied {
		if t != string(model.TableVisits) && t != string(model.TableCalls) && t != string(model.TablePlan) {
			return nil
		}
	}
	if plan := of(model.TablePlan); plan != nil {
		m := plan.mapping
		whole := m.Target("rep") >= 0 && m.Target("time") >= 0 && m.Target("minutes") >= 0
		if whole || m.Target("rep") == 0 {
			return plan
		}
		return of(model.TableVisits)
	}
	visit, call := of(model.TableVisits), of(model.TableCalls)
	at, seen := call.mapping.Target("outcome"), false
	for _, row := range rows {
		if at < 0 || at >= len(row) || row[at] == "" {
			continue
		}
		if _, _, ok := callWordOf(tidied(row[at], true, false)); !ok {
			return visit
		}
		seen = true
	}
	if seen {
		return call
	}
	return visit
}

// mappingTo reads a header as one table. The score counts what it recognises, two
// a column; it is negative if something that the person chose does not fit.
func mappingTo(t model.Table, header []string, rows [][]string, clues *clues, o Options) (Mapping, int) {
	if len(o.Map) == 0 && slices.Equal(header, germanHeaders()[t]) {
		// A file of our own is taken at its word, whatever its cells look like.
		own := Header(t)
		m, score := mappingTo(t, own, rows, newClues(own, rows, o), o)
		for i, h := range header {
			m.Columns[i].Header = shortened(h)
		}
		m.Fingerprint = Fingerprint(header)
		return m, score
	}
	v, d := vocabularyOnce(), dictionaryOnce()
	m := Mapping{Table: t, Fingerprint: Fingerprint(header), Columns: make([]ColumnMapping, len(header))}
	known := v.columns[t]
	weights := make([]int, len(header))
	for i, h := range header {
		key := fold(h)
		c := &m.Columns[i]
		c.Header = shortened(h)
		s, ok := known[key]
		if said := ""; !ok && key != "" && (t == model.TableAccounts || t == model.TableContacts) && !v.isIgnored(key) {
			if said = aboutCalls(h, rows, i, clues.looks[i]); said != "" && isColumnOf(t, said) {
				s, ok = synonym{column: said, rank: rolesRank}, true
			}
		}
		if !ok && key != "" && clues.concepts[i] != (concept{}) && !v.isIgnored(key) {
			s, ok = d.roles[t][clues.concepts[i].key()]
		}
		switch {
		case ok && key != "":
			c.Column, c.Rank, c.How = s.column, s.rank, HowSynonym
			if s.rank == 0 {
				c.How = HowName
			}
			if weights[i] = 2; s.weak {
				weights[i] = 1
			}
		case key != "" && v.isIgnored(key):
			c.How = HowIgnored
		}
	}
	m.System = v.systemOf(clues.headers)
	for name, target := range o.Map {
		i := columnOf(header, name)
		c := &m.Columns[i]
		switch {
		case target == "":
			c.Column, c.How, c.Rank, weights[i] = "", HowChosen, -1, 0
		case isColumnOf(t, target):
			c.Column, c.How, c.Rank, weights[i] = target, HowChosen, -1, 2
		default:
			return m, -1
		}
	}
	m.settle(clues, rows)
	m.dropUnfit(rows, clues, o)
	m.settleStanding(clues, rows)
	m.codes = m.codeColumns(clues)
	if (t == model.TableVisits || t == model.TableCalls) && m.Target("date") < 0 {
		m.Day = o.Day
	}
	m.chooseOne(rows, "code", "id", "account", "account_name", "kind", "status")
	score, counted := 0, make(map[string]bool)
	for i, c := range m.Columns {
		if c.Column != "" && !counted[c.Column] {
			counted[c.Column] = true
			score += weights[i]
		}
	}
	return m, score
}

// settle puts right what single columns cannot know: which of two names is the
// company's, whether "Kunde" holds numbers or names, which day has the time.
func (m *Mapping) settle(clues *clues, rows [][]string) {
	by := func(i int) bool { return m.Columns[i].How == HowSynonym }
	m.settleNames(clues, rows)
	m.settleNumbers(clues)
	first, last := m.Target("first_name"), m.Target("last_name")
	for i, k := range clues.concepts {
		if i >= len(m.Columns) || !by(i) {
			continue
		}
		c := &m.Columns[i]
		switch {
		case k.key() == ".name" && c.Column == "name" && last >= 0 && first < 0:
			c.Column, c.Rank = "first_name", rolesRank // "Nombre;Apellidos"
		case k.key() == "customer" && c.Column == "name" && m.Table == model.TableAccounts && m.another(i, "name") >= 0 && clues.looks[i].codes > 0.9:
			c.Column, c.Rank = "code", rolesRank
		case k.attr == "timestamp" && c.Column == "date" && m.Target("time") < 0:
			c.Rank = 1 // it says the time as well
		}
	}
	for i := range m.Columns {
		c := &m.Columns[i]
		l := clues.looks[i]
		numbered := l.filled > 0 && l.numbers > 0.9 && clues.concepts[i].attr != "id"
		switch {
		case c.How == HowChosen || c.Column == "" || c.Rank <= 0:
		case c.Column == "time" && l.filled > 0 && l.days == 1 && m.Target("date") < 0 && isColumnOf(m.Table, "date"): // "Startzeit" with the day in it
			c.Column = "date"
		case c.Column == "date" && l.filled > 0 && l.clocks == 1 && isColumnOf(m.Table, "time") && m.Target("time") < 0: // "Von", "Beginn" beside a day
			c.Column = "time"
		case c.Column == "agent" && clues.concepts[i].entity == "rep" && clues.has("territory"): // of a call list: whose customer it is, not who called
			c.Column, c.Rank, c.How = "", 0, HowUnfit
		case c.Column == "id" && l.filled > 0 && l.phones == 1 && clues.plus(i): // "Nummer" of a dialer
			c.Column, c.Rank, c.How = "", 0, HowUnfit
			if isColumnOf(m.Table, "phone") {
				c.Column, c.Rank, c.How = "phone", rolesRank, HowSynonym
			}
		case l.filled > 0 && l.flags == 1 && slices.Contains(wordy, c.Column), c.Column == "owner" && numbered:
			c.Column, c.Rank, c.How = "", 0, HowUnfit // "is_company", a number of employees
		}
	}
	if at := clues.acts.at; at >= 0 && m.Columns[at].Column == "" && m.Target("activity_type") < 0 && isColumnOf(m.Table, "activity_type") {
		m.Columns[at].Column, m.Columns[at].Rank, m.Columns[at].How = "activity_type", rolesRank, HowSynonym
	}
	if m.Table == model.TableCalls && m.Target("outcome") < 0 && m.Target("activity_type") < 0 {
		if at := m.Target("status"); at >= 0 && (by(at) || m.Columns[at].How == HowName) {
			m.Columns[at].Column = "outcome" // the only word on how a call went
		}
	}
}

// wordy are columns that hold words, never yes and no.
var wordy = []string{"name", "account_name", "account", "city", "street", "owner", "rep", "territory"}

// another is the place of another column with that target, −1 for none.
func (m *Mapping) another(than int, column string) int {
	for i, c := range m.Columns {
		if i != than && c.Column == column {
			return i
		}
	}
	return -1
}

// settleNames tells a family name that is called "Name" from the name of all:
// "Prénom;Nom", "Firma;Vorname;Name".
func (m *Mapping) settleNames(clues *clues, rows [][]string) {
	first := m.Target("first_name")
	if first < 0 || m.Target("last_name") >= 0 {
		return
	}
	for i := range m.Columns {
		c := &m.Columns[i]
		if i >= len(clues.concepts) || clues.concepts[i].key() != ".name" || c.Column != "name" || c.How == HowChosen {
			continue
		}
		whole, filled := 0, 0 // the name of all holds the first name
		for _, row := range rows {
			if i >= len(row) || first >= len(row) || row[i] == "" || row[first] == "" {
				continue
			}
			if filled++; strings.Contains(fold(row[i]), fold(row[first])) {
				whole++
			}
		}
		if 2*whole <= filled {
			c.Column, c.Rank, c.How = "last_name", rolesRank, HowSynonym
		}
	}
}

// rowNumbers are the first words of headers of columns that only number the rows.
var rowNumbers = map[string]bool{"lfd": true, "lfdnr": true, "laufende": true, "laufend": true, "laufnummer": true, "laufnr": true, "zeile": true, "zeilennummer": true, "zeilennr": true, "zeilen": true,
	"rownumber": true, "rownum": true, "sno": true, "srno": true, "serial": true, "slno": true}

// settleNumbers tells the number of a house and of a row from that of a customer.
func (m *Mapping) settleNumbers(clues *clues) {
	for i := range m.Columns {
		c := &m.Columns[i]
		if c.How == HowChosen || i >= len(clues.concepts) {
			continue
		}
		words := headerWords(c.Header)
		bare := clues.concepts[i].key() == ".id" && len(words) == 1
		switch {
		case i > 0 && bare && isColumnOf(m.Table, "house_number") && (m.Columns[i-1].Column == "street" || m.Columns[i-1].Column == "home_street") && len(words[0]) <= 6 && words[0] != "id":
			c.Column, c.Rank, c.How = "house_number", rolesRank, HowSynonym
		case len(words) > 0 && (rowNumbers[words[0]] || words[0] == "row" && len(words) > 1 && words[1] != "id" || len(words) == 1 && words[0] == "pos" && m.another(i, "code") >= 0):
			c.Column, c.Rank, c.How = "", 0, HowIgnored
		}
	}
}
