package exchange

// What a header says, put together from the words it is made of: whom a column
// speaks of (a customer, a rep, a visit) and what it says of them (an id, a name,
// a day). The words are data, in concepts.txt.

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"doppelpass/model"
)

//go:embed concepts.txt
var conceptsText string

// concept is what a header says. The zero value says nothing that we know.
type concept struct {
	turn   string // last, next, count …: the column says something else of it
	entity string // customer, contact, rep, owner, visit …
	attr   string // id, name, date …
}

// key is how roles name a concept: last:visit.date, customer.id, rep, .city.
func (c concept) key() string {
	s := c.entity
	if c.attr != "" {
		s += "." + c.attr
	}
	if c.turn != "" {
		s = c.turn + ":" + s
	}
	return s
}

// meaning is what one word means.
type meaning struct {
	turn, entity, attr string
	filler             bool
	rank               int // of an attribute: the lower, the more it says
}

// dictionary is the data of concepts.txt, ready for looking up.
type dictionary struct {
	words   map[string]meaning // by folded word
	longest int                // bytes of the longest word
	roles   map[model.Table]map[string]synonym
}

// rolesRank is the first rank of a column that was put together from words: all
// names in synonyms.txt go before.
const rolesRank = 1000

var dictionaryOnce = sync.OnceValue(func() *dictionary {
	d := &dictionary{words: make(map[string]meaning), roles: make(map[model.Table]map[string]synonym)}
	section, table, attrs := "", model.Table(""), 0
	for text := range strings.Lines(conceptsText) {
		text = strings.TrimSpace(text)
		if text == "" || text[0] == '#' {
			continue
		}
		if text[0] == '[' {
			var name string
			section, name, _ = strings.Cut(strings.Trim(text, "[]"), " ")
			if table = model.Table(name); section == "roles" {
				d.roles[table] = make(map[string]synonym)
			}
			continue
		}
		head, tail, _ := strings.Cut(text, ":")
		attrs++
		for i, word := range splitAt(tail, ",") {
			switch section {
			case "entities":
				d.add(word, meaning{entity: head})
			case "attributes":
				d.add(word, meaning{attr: head, rank: attrs})
			case "turns":
				d.add(word, meaning{turn: head})
			case "fillers":
				d.add(word, meaning{filler: true})
			case "roles":
				key, weak := strings.CutPrefix(word, "~")
				if _, known := d.roles[table][key]; !known {
					d.roles[table][key] = synonym{column: head, rank: rolesRank + i, weak: weak}
				}
			}
		}
	}
	return d
})

// add takes a word in; the first list that has it holds.
func (d *dictionary) add(word string, m meaning) {
	key := fold(word)
	if _, known := d.words[key]; known || key == "" {
		return
	}
	d.words[key] = m
	d.longest = max(d.longest, len(key))
}

// longestHeader bounds the headers that are taken apart, in bytes.
const longestHeader = 100

// concept reads a header; ok is false if some word of it is not known.
func (d *dictionary) concept(header string) (c concept, ok bool) {
	if len(header) > longestHeader {
		return c, false
	}
	tokens := headerWords(header)
	best := 0
	parts := make(map[string]bool)
	for i := 0; i < len(tokens); {
		n, found := d.at(tokens[i:])
		if n == 0 {
			return concept{}, false
		}
		for _, m := range found {
			switch {
			case m.turn != "":
				c.turn = m.turn
			case m.entity != "":
				c.entity = m.entity
			case m.attr != "":
				parts[m.attr] = true
				if best == 0 || m.rank < best {
					c.attr, best = m.attr, m.rank
				}
			}
		}
		i += n
	}
	if slices.Contains(reachable, c.attr) && slices.ContainsFunc(tokens, func(t string) bool { return kindsOf[t] }) {
		return concept{}, false // "Phone 1 - Type" holds "Work" and no number
	}
	switch { // several parts of an address in one cell
	case parts["street"] && (parts["postcode"] || parts["city"]):
		c.attr = "address"
	case parts["postcode"] && parts["city"]:
		c.attr = "place"
	}
	return c, c.entity != "" || c.attr != ""
}

// reachable are attributes of how somebody is reached; kindsOf are words that make of
// them what kind that is.
var (
	reachable = []string{"phone", "mobile", "email", "lost_phone", "website", "address"}
	kindsOf   = map[string]bool{"type": true, "label": true, "typ": true, "kind": true, "etikett": true, "tipo": true, "etiqueta": true, "status": true}
)

// at reads the words that tokens start with: as many of them as make one word of
// the dictionary ("zip code"), else one that is made of several ("Besuchsdatum").
func (d *dictionary) at(tokens []string) (n int, found []meaning) {
	for n = min(3, len(tokens)); n > 0; n-- {
		if m, ok := d.words[strings.Join(tokens[:n], "")]; ok {
			return n, []meaning{m}
		}
	}
	if digits(tokens[0]) && (len(tokens[0]) < 3 || len(tokens[0]) == 4 && (strings.HasPrefix(tokens[0], "20") || strings.HasPrefix(tokens[0], "19"))) {
		return 1, nil // "Telefon 2", "Territory2", "Umsatz 2025"
	}
	if found = d.apart(tokens[0], 0); found != nil {
		return 1, found
	}
	return 0, nil
}

// shortestPart is the shortest word that may be part of a longer one.
const shortestPart = 3

// apart takes a compound word apart, the longest first part first; nil if it
// cannot be done without a rest. "s" and "n" may join German words.
func (d *dictionary) apart(word string, depth int) []meaning {
	if depth > 3 {
		return nil
	}
	for end := min(len(word), d.longest); end >= shortestPart; end-- {
		m, ok := d.words[word[:end]]
		if !ok || m.filler {
			continue
		}
		rest := word[end:]
		if rest == "" {
			return []meaning{m}
		}
		for _, joint := range [...]string{"", "s", "n"} {
			if tail, ok := strings.CutPrefix(rest, joint); ok && len(tail) >= shortestPart {
				if found := d.apart(tail, depth+1); found != nil {
					return append([]meaning{m}, found...)
				}
			}
		}
	}
	return nil
}

// headerWords are the words of a header, folded: parted at what is no letter or
// digit, between letters and digits, and before capitals ("BillingCity").
func headerWords(header string) (words []string) {
	var b strings.Builder
	end := func() {
		if b.Len() > 0 {
			if word := fold(b.String()); word != "" {
				words = append(words, word)
			}
			b.Reset()
		}
	}
	runes := []rune(norm.NFC.String(header))
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			end()
			continue
		case i > 0 && unicode.IsDigit(r) != unicode.IsDigit(runes[i-1]):
			end()
		case i > 0 && unicode.IsUpper(r) && unicode.IsLower(runes[i-1]):
			end()
		case i > 1 && unicode.IsLower(r) && unicode.IsUpper(runes[i-1]) && unicode.IsUpper(runes[i-2]): // "HCPName"
			last := runes[i-1]
			text := []rune(b.String())
			b.Reset()
			b.WriteString(string(text[:len(text)-1]))
			end()
			b.WriteRune(last)
		}
		b.WriteRune(r)
	}
	end()
	return words
}
