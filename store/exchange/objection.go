package exchange

// Columns that say whether a customer may be called. There is no end to what they
// are called: "Telefonanrufe nicht zulassen", "Phone Opt Out", "Kontaktsperre". They
// are told by what they speak of (calls, contact, advertising) and what they say of
// it (a no, a permission), since a no that is kept out is a call that must not be.

import (
	"slices"
	"strings"

	"doppelpass/model"
)

// objections are parts of folded headers.
var objections = struct {
	calls, contact, bans, strong, whole, permits, consents, elsewhere, open, vague, past []string
}{
	calls:   foldedParts("call phone telefon téléphon telefono telefoon telemarketing anruf angerufen anzurufen akquise coldcall appel llama chiam bellen dzwon ligar ligaç arama aranma demarch"),
	contact: foldedParts("kontakt contact werb marketing advert ansprache"),
	bans:    foldedParts("verbot sperr gesperrt block widerspr widerruf widerrief withdraw revoked oppos objection objected prohib unerwünscht forbid"),
	// Without a word of calls, these alone say it.
	strong:   foldedParts("optout optedout robinson bloctel widerspruch widersprochen blacklist"),
	whole:    foldedParts("donotcall donotphone donotcontact rufsperre nevercall belmeniet nonchiamare nollamar niedzwon naoligar aranmasın registrodelleopposizioni"),
	permits:  foldedParts("erlaub zulass zuläss gestatt allow permi permess darf maybe canbe oktoc oktop genehmig freigabe freigegeben autoris autoriz gewünscht"),
	consents: foldedParts("einwillig zustimm einverst consent optin onay zgod toestemm"),
	// What is not said of calls: other ways to a customer, and other matters.
	elsewhere: foldedParts("email mail newsletter fax sms brief letter post bulk whatsapp liefer mahn auftrag zahlung kredit credit order payment rechnung invoice shipping versand login konto account user " +
		"frist belehrung widerrufsrecht"),
	// Headers that speak of calls and no more: their cells must say yes or no.
	open: foldedParts("telefonanrufe telefonanruf phonecalls telefonmarketing telefonwerbung werbung telefonkontakt kaltakquise telefonakquise"),
	// The same, but yes and no may mean something else of them.
	vague: foldedParts("anruf anrufe calls telemarketing akquise dsgvo dsgvostatus gdpr gdprstatus datenschutz sperre gesperrt sperrvermerk sperrkennzeichen sperrkz kontaktstatus contactstatus werbestatus"),
	// What became of calls that were made.
	past: foldedParts("erreich reached answer missed verpasst beantwort kontaktiert contacted called angerufen contactado contattat contactad"),
}

func foldedParts(s string) (parts []string) {
	for part := range strings.FieldsSeq(s) {
		parts = append(parts, fold(part))
	}
	return parts
}

func containsAny(s string, parts []string) bool {
	return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(s, part) })
}

// denials are words by which a header says no.
var denials = map[string]bool{"nicht": true, "kein": true, "keine": true, "keinen": true, "keiner": true, "not": true, "dont": true, "never": true, "nie": true, "ne": true,
	"non": true, "niet": true, "geen": true, "nao": true, "verboten": true}

// callsSaid is the column of a header that says whether a customer may be called:
// do_not_call, calls_allowed or consent; "" for any other. Open reports that the
// header does not say so itself: the cells decide (see callCellsSay).
func callsSaid(header string) (column string, open bool) {
	if len(header) > longestHeader {
		return "", false
	}
	key, words := fold(header), headerWords(header)
	if key == "" || len(words) == 0 {
		return "", false
	}
	if slices.Contains(objections.open, key) || slices.Contains(objections.vague, key) {
		return "calls_allowed", true
	}
	calls := slices.Contains(words, "tel") || containsAny(key, objections.calls)
	denied := words[0] == "no" && len(words) > 1 && !digits(words[1]) || strings.Contains(key, "donot")
	for _, word := range words {
		denied = denied || denials[word]
		if dictionaryOnce().words[word].turn == "last" || dictionaryOnce().words[word].turn == "next" || dictionaryOnce().words[word].turn == "count" {
			return "", false
		}
	}
	strong := slices.Contains(words, "dnc") || containsAny(key, objections.strong) || containsAny(key, objections.whole)
	banned := strong || containsAny(key, objections.bans)
	permits, consents := containsAny(key, objections.permits), containsAny(key, objections.consents)
	spoken := calls || containsAny(key, objections.contact)
	switch {
	case containsAny(key, objections.elsewhere) && !calls:
	case containsAny(key, objections.past) && !permits && !strong:
	case containsAny(key, objections.whole), strong && !denied, spoken && banned, consents && banned, spoken && denied && !consents:
		return "do_not_call", false
	case consents && calls && !denied:
		return "consent", false
	case spoken && permits && !denied:
		return "calls_allowed", false
	case key == "widerruf", strings.HasPrefix(key, "widerrufen"), strings.HasPrefix(key, "widerrufam"):
		return "do_not_call", false
	}
	return "", false
}

// callCellsSay reports that every cell of a column says whether calls are allowed and,
// where the header is vague, that some cell can mean nothing else: "nicht gewünscht",
// "Telefon". What is but blocked may be blocked for orders.
func callCellsSay(header string, rows [][]string, at int) bool {
	key := fold(header)
	vague, blocks := slices.Contains(objections.vague, key), strings.HasPrefix(key, "sperr") || key == "gesperrt"
	seen, telling := 0, false
	for _, row := range rows {
		if at >= len(row) {
			continue
		}
		cell := tidied(row[at], true, false)
		if cell == "" || isNever(cell) {
			continue
		}
		forbidden, known := noCallWords()[foldedWord(shortCell(cell))]
		speaks := containsAny(fold(shortCell(cell)), objections.calls)
		if _, wrong := readFlag(nil, cell); !known && !speaks && (wrong.reason != "" || digits(cell)) {
			return false
		}
		seen++
		telling = telling || !vague || speaks || known && forbidden && !blocks
	}
	return seen > 0 && telling
}

// aboutCalls finds the columns of a header that say whether a customer may be called,
// where no name that is known says what they are.
func aboutCalls(header string, rows [][]string, at int, l looks) string {
	column, open := callsSaid(header)
	switch {
	case column == "":
		return ""
	case l.filled > 0 && (l.phones > 0.5 && l.days < 0.5 || l.above > 0 || l.emails > 0): // numbers, and how many
		return ""
	case open && !callCellsSay(header, rows, at):
		return ""
	}
	return column
}

// mayForbid reports a header of a column that is kept out although it seems to say
// that somebody wants no calls, or no advertising at all.
func mayForbid(header string) bool {
	column, _ := callsSaid(header)
	key := fold(header)
	return column != "" || strings.HasPrefix(key, "unsubscri") || strings.HasPrefix(key, "abgemeldet") || strings.HasPrefix(key, "optout") || strings.HasPrefix(key, "optedout")
}

// allowsCalls reads a cell of a column that says that calls are allowed: a day is the
// day of the permission.
func allowsCalls(cell string) (allowed, known bool) {
	if forbidden, ok := noCallWords()[foldedWord(shortCell(cell))]; ok {
		return !forbidden, true
	}
	if yes, wrong := readFlag(nil, cell); wrong.reason == "" {
		return yes, true
	}
	if _, ok := writtenDay(cell); ok {
		return true, true
	}
	return false, false
}

// phones are the telephone numbers of a row, whole ones only, one a line.
func (p *plan) phones(cells []string) string {
	var numbers []string
	for _, in := range p.inputs {
		if in.name != "phone" || in.at >= len(cells) {
			continue
		}
		cell := tidied(cells[in.at], true, false)
		if scientificLike(cell) {
			continue
		}
		parts := strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == ',' || r == '|' })
		if slash := strings.Split(cell, "/"); len(slash) > 1 && !slices.ContainsFunc(slash, func(part string) bool { return len(digitsOf(part)) < 6 }) {
			parts = slash // two numbers, not an area code
		}
		for _, number := range parts {
			if figures := len(digitsOf(number)); figures >= 5 && figures <= 20 && !slices.Contains(numbers, number) {
				numbers = append(numbers, strings.TrimSpace(number))
			}
		}
	}
	return strings.Join(numbers, "\n")
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// objection is what a row that cannot be taken says of calls: a no is a no, whatever
// else is wrong with the row.
func (p *plan) objection(row row) (o Objection, objects bool) {
	table := p.table
	for _, in := range p.inputs {
		if in.at >= len(row.cells) {
			continue
		}
		cell := tidied(row.cells[in.at], true, false)
		if cell == "" {
			continue
		}
		switch in.name {
		case "outcome":
			if table == model.TableCalls {
				outcome, _, ok := callWordOf(cell)
				objects = objects || ok && outcome == model.CallOptOut
			}
		case "do_not_call":
			forbidden, _ := callsForbidden.read(in, cell)
			objects = objects || forbidden
		case "calls_allowed":
			allowed, known := allowsCalls(cell)
			objects = objects || !allowed && (known || !isNever(cell))
		case "consent":
			objects = objects || takesBack(cell)
		case "code":
			if table == model.TableAccounts {
				o.Account.Code = strings.Clone(cell)
			}
		case "account":
			o.Account.Code = strings.Clone(cell)
		case "account_name":
			o.Account.Name = strings.Clone(cell)
		}
	}
	if !objects {
		return Objection{}, false
	}
	o.Line = row.line
	if phones := p.phones(row.cells); phones != "" {
		o.Phones = strings.Split(strings.Clone(phones), "\n")
	}
	return o, o.Account != (AccountRef{}) || len(o.Phones) > 0
}

// takesBack reports a consent that was taken back.
func takesBack(cell string) bool {
	key := fold(shortCell(cell))
	if key == "" {
		return false
	}
	for _, no := range [...]string{"kein", "nicht", "no", "not", "ohne"} { // "kein Widerspruch"
		if rest, ok := strings.CutPrefix(key, no); ok && containsAny(rest, withdrawals[:]) {
			return false
		}
	}
	return containsAny(key, withdrawals[:])
}
