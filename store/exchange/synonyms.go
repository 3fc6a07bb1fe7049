package exchange

// What other systems call our columns: the data in synonyms.txt, ready for
// looking up.

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"doppelpass/model"
)

//go:embed synonyms.txt
var synonymsText string

// synonym is where one name of a column leads.
type synonym struct {
	column string
	rank   int // the smaller, the more it is trusted; 0 is the canonical name
	weak   bool
}

// system is a program whose exports are known by some of their columns.
type system struct {
	name    string
	columns []string // folded
}

type vocabulary struct {
	columns map[model.Table]map[string]synonym // by folded name
	ignored map[string]bool
	// ignoredPrefixes are folded beginnings of columns of no use.
	ignoredPrefixes []string
	systems         []system
	files           map[model.Table][]string // folded words in the names of files
}

// vocabularyOnce reads the data when a header is first looked at.
var vocabularyOnce = sync.OnceValue(func() vocabulary {
	v := vocabulary{columns: make(map[model.Table]map[string]synonym), ignored: make(map[string]bool), files: make(map[model.Table][]string)}
	for _, t := range model.Tables {
		v.columns[t] = make(map[string]synonym)
		for _, c := range definition(t).columns() {
			v.columns[t][fold(c.Name)] = synonym{column: c.Name}
		}
	}
	section := ""
	for text := range strings.Lines(synonymsText) {
		text = strings.TrimSpace(text)
		if text == "" || text[0] == '#' {
			continue
		}
		if text[0] == '[' {
			section = strings.Trim(text, "[]")
			continue
		}
		head, tail, _ := strings.Cut(text, ":")
		v.add(section, head, splitAt(tail, ","))
	}
	return v
})

func (v *vocabulary) add(section, head string, names []string) {
	switch section {
	case "ignored":
		for _, name := range names {
			if prefix, ok := strings.CutSuffix(name, "*"); ok {
				v.ignoredPrefixes = append(v.ignoredPrefixes, fold(prefix))
			} else {
				v.ignored[fold(name)] = true
			}
		}
	case "files":
		for _, name := range names {
			v.files[model.Table(head)] = append(v.files[model.Table(head)], fold(name))
		}
	case "systems":
		s := system{name: head}
		for _, name := range names {
			s.columns = append(s.columns, fold(name))
		}
		v.systems = append(v.systems, s)
	default:
		known := v.columns[model.Table(section)]
		for i, name := range names {
			name, weak := strings.CutPrefix(name, "~")
			if key := fold(name); known[key].column == "" {
				known[key] = synonym{column: head, rank: i + 1, weak: weak}
			}
		}
	}
}

// isIgnored reports columns that are known to be of no use.
func (v *vocabulary) isIgnored(folded string) bool {
	if v.ignored[folded] {
		return true
	}
	for _, p := range v.ignoredPrefixes {
		if strings.HasPrefix(folded, p) {
			return true
		}
	}
	return false
}

// systemOf names the program a header comes from, "" if it is none we know.
func (v *vocabulary) systemOf(folded map[string]bool) string {
	for _, s := range v.systems {
		all := true
		for _, c := range s.columns {
			all = all && folded[c]
		}
		if all {
			return s.name
		}
	}
	return ""
}

// longWord is the length from which a word may stand anywhere in the name of a
// file; shorter ones must stand alone.
const longWord = 5

// isCalled reports whether a file or sheet is named after a table.
func (v *vocabulary) isCalled(name string, t model.Table) bool {
	whole, words := fold(name), headerWords(name)
	return slices.ContainsFunc(v.files[t], func(word string) bool {
		return len(word) >= longWord && strings.Contains(whole, word) || slices.Contains(words, word)
	})
}

// fold is a name as it is compared: lower case, letters and digits only, and
// umlauts however they are written (ä = ae = a, ß = ss).
func fold(s string) string {
	if key, ok := foldPlain(s); ok {
		return key
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(oddLetters.Replace(strings.ToLower(s))) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
	}
	return umlauts.Replace(b.String())
}

// foldPlain is fold for text of ASCII, which most is; ok is false for any other.
func foldPlain(s string) (key string, ok bool) {
	var room [64]byte
	b := room[:0]
	drop := false // an "e" that follows belongs to an umlaut
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 0x80:
			return "", false
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		default:
			continue
		}
		if c == 'e' && drop {
			drop = false
			continue
		}
		drop = c == 'a' || c == 'o' || c == 'u'
		b = append(b, c)
	}
	return string(b), true
}

// oddLetters have no other form that marks could be taken off.
var oddLetters = strings.NewReplacer("ß", "ss", "ı", "i", "ł", "l", "ø", "o", "æ", "ae", "œ", "oe", "đ", "d", "º", "o", "ª", "a", "№", "no")

var umlauts = strings.NewReplacer("ae", "a", "oe", "o", "ue", "u")
