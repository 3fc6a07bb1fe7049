package kit

// Finding by a few letters: every word of the query must be found in the text, at
// a word's start best, inside a word next, its letters in order last. Case,
// accents and the two ways of writing umlauts (ü, ue) do not matter.

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// Folded is text made ready for finding.
type Folded struct{ bare, spelt string } // ü as u, ü as ue; the same string if no umlaut occurs

var spellUmlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "ı", "i")
var bareUmlauts = strings.NewReplacer("ä", "a", "ö", "o", "ü", "u", "ß", "ss", "ı", "i")

// Fold makes text ready for finding; keep the result where the same text is
// searched again and again.
func Fold(s string) Folded {
	lower := strings.ToLower(s)
	if isASCII(lower) {
		return Folded{lower, lower}
	}
	lower = norm.NFC.String(lower)
	return Folded{withoutAccents(bareUmlauts.Replace(lower)), withoutAccents(spellUmlauts.Replace(lower))}
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// withoutAccents turns é into e.
func withoutAccents(s string) string {
	if isASCII(s) { // as most German is once its umlauts are replaced
		return s
	}
	// A transformer holds state: one for each call keeps sessions apart.
	t := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	out, _, err := transform.String(t, s)
	if err != nil {
		return s
	}
	return out
}

// Query is what somebody typed to find something.
type Query struct{ words []Folded }

// NewQuery splits what was typed into words.
func NewQuery(typed string) Query {
	var q Query
	for _, word := range strings.Fields(typed) {
		q.words = append(q.words, Fold(word))
	}
	return q
}

// Empty reports that nothing was typed: everything matches.
func (q Query) Empty() bool { return len(q.words) == 0 }

// Scores of how a word of the query was found.
const (
	scoreWhole = 40 // it is a whole word of the text
	scoreStart = 30 // a word of the text begins with it
	scoreIn    = 15 // it stands somewhere in the text
	scoreLoose = 4  // its letters (no number: that must stand as it is) occur in this order within one word
	scoreFirst = 5  // … and at the very start of the text
)

// Score is how well the query finds the text, ok false if it does not. An empty
// query finds everything with score 0.
func (q Query) Score(text Folded) (score int, ok bool) {
	for _, word := range q.words {
		s := scoreWord(word.bare, text.bare)
		if s < scoreStart && (text.spelt != text.bare || word.spelt != word.bare) {
			s = max(s, scoreWord(word.spelt, text.spelt))
		}
		if s == 0 {
			return 0, false
		}
		score += s
	}
	return score, true
}

// Contains is the strict form, for filters: every word stands in the text.
func (q Query) Contains(text Folded) bool {
	for _, word := range q.words {
		if !strings.Contains(text.bare, word.bare) && !strings.Contains(text.spelt, word.spelt) {
			return false
		}
	}
	return true
}

func scoreWord(word, text string) int {
	best, from := 0, 0
	for {
		i := strings.Index(text[from:], word)
		if i < 0 {
			break
		}
		i += from
		s := scoreIn
		if i == 0 || !isWordByte(text[i-1]) {
			s = scoreStart
			if end := i + len(word); end == len(text) || !isWordByte(text[end]) {
				s = scoreWhole
			}
			if i == 0 {
				s += scoreFirst
			}
		}
		best = max(best, s)
		if from = i + 1; s >= scoreStart || from >= len(text) {
			break
		}
	}
	if best == 0 && len(word) >= 3 && !strings.ContainsAny(word, "0123456789") && loosely(word, text) {
		best = scoreLoose
	}
	return best
}

// isWordByte reports letters and digits; bytes of other scripts count as letters.
func isWordByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b >= 0x80
}

// loosely reports that the letters of word occur in order within one word of
// text, beginning with that word's first letter.
func loosely(word, text string) bool {
	k := 0 // letters of word found in the text's current word
	inside := false
	for i := 0; i < len(text); i++ {
		if !isWordByte(text[i]) {
			k, inside = 0, false
			continue
		}
		if (k > 0 || !inside) && text[i] == word[k] {
			if k++; k == len(word) {
				return true
			}
		}
		inside = true
	}
	return false
}

// Option is one of many values a person can choose.
type Option struct {
	Value  string // what is stored
	Label  string // what is shown and searched; empty: Value. A message key works too
	Detail string // shown dimmed beside it and searched as well
}

func (o Option) label(look *Look) string {
	if o.Label == "" {
		return o.Value
	}
	return look.T(o.Label)
}

// Finder finds among options; make it once, it folds them all.
type Finder struct {
	options []Option
	folded  []Folded
}

// NewFinder is a finder over options.
func NewFinder(options []Option) *Finder {
	f := &Finder{options: options, folded: make([]Folded, len(options))}
	for i, o := range options {
		label := o.Label
		if label == "" {
			label = o.Value
		}
		f.folded[i] = Fold(label + " " + o.Detail + " " + o.Value)
	}
	return f
}

// Find lists at most limit options that the query finds, best first, ties in
// their given order.
func (f *Finder) Find(typed string, limit int) []Option {
	q := NewQuery(typed)
	if q.Empty() {
		return f.options[:min(limit, len(f.options))]
	}
	type hit struct{ index, score int }
	var hits []hit
	for i, folded := range f.folded {
		if score, ok := q.Score(folded); ok {
			hits = append(hits, hit{i, score})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return b.score - a.score })
	found := make([]Option, 0, min(limit, len(hits)))
	for _, h := range hits[:min(limit, len(hits))] {
		found = append(found, f.options[h.index])
	}
	return found
}
