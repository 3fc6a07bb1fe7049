// How town names are built: "Frankfurt am Main", "Frankfurt/Main", "Frankfurt a. M." and "Frankfurt (Main)" are one
// head with one qualifier, written in four ways.

package place

import (
	"bytes"
	"unicode"
)

// A word of a name, folded, with what stood before it: ' ', '-', or ',', '/', '(' for what opens a qualifier.
type word struct {
	text []byte
	sep  byte
}

// How a name's qualifier was set off from its head.
type qualifierKind uint8

const (
	noQualifier  qualifierKind = iota
	byParticle                 // am Main, ob der Tauber, on Trent
	byMark                     // (Saale), /Main, , IL
	byGuess                    // the last words of a name that was not found as a whole
	anyQualifier               // like byGuess, but written with a mark
)

// A name taken apart. The buffers keep short names off the heap: a lookup takes several names apart.
type name struct {
	words     []word // head, then qualifier
	head      int    // words that make the head; at least one unless the name is empty
	kind      qualifierKind
	textSpace [80]byte
	wordSpace [10]word
}

// Words that open a qualifier: particles of German names and their usual abbreviations, a few Dutch and English ones.
// French sur, Spanish de and the like do not: there the whole is the name.
func isParticle(w []byte) bool {
	switch string(w) {
	case "a", "aan", "am", "an", "auf", "b", "bei", "beim", "d", "der", "dem", "i", "im", "in", "o", "ob", "on", "u", "unter",
		"unterm", "upon", "v", "vd", "vom", "von", "vor", "vorm", "ad", "od":
		return true
	}
	return false
}

// Articles may follow a particle (an der Ruhr) and carry no meaning inside a qualifier.
func isArticle(w []byte) bool {
	switch string(w) {
	case "das", "de", "dem", "den", "der", "die", "het", "the":
		return true
	}
	return isParticle(w)
}

// isStatus tells words that towns put before their name in one list and not in another.
func isStatus(w []byte) bool {
	switch string(w) {
	case "bergstadt", "gemeinde", "hansestadt", "heilbad", "kreisstadt", "kurort", "landeshauptstadt", "luftkurort",
		"lutherstadt", "nordseebad", "nordseeheilbad", "ostseebad", "ostseeheilbad", "samtgemeinde", "seebad", "stadt",
		"universitaetsstadt", "universitatsstadt":
		return true
	}
	return false
}

// common gives the short form of words that are written out or abbreviated as people please.
func common(w []byte) []byte {
	switch string(w) {
	case "sankt", "saint", "skt":
		return w[:copy(w, "st")]
	case "sainte":
		return w[:copy(w, "ste")]
	case "mount":
		return w[:copy(w, "mt")]
	case "fort":
		return w[:copy(w, "ft")]
	case "gross":
		return w[:copy(w, "gr")]
	case "klein":
		return w[:copy(w, "kl")]
	}
	return w
}

// parse takes a name apart. Numbers (a district's, or a postcode in the wrong column) and "Cedex" are left out, unless
// there is nothing else.
func (n *name) parse(s string) {
	n.split(s)
	kept := n.words[:0]
	for _, w := range n.words {
		if !isNumber(w.text) && string(w.text) != "cedex" {
			kept = append(kept, w)
		}
	}
	if len(kept) > 0 {
		n.words = kept
	}
	for i := range n.words {
		n.words[i].text = common(n.words[i].text)
	}
	n.findHead()
}

// split cuts the folded text into words.
func (n *name) split(s string) {
	text, start, sep := n.textSpace[:0], 0, byte(' ')
	n.words = n.wordSpace[:0]
	digits := false
	closeWord := func() {
		if len(text) > start {
			n.words = append(n.words, word{text[start:len(text):len(text)], sep})
			start, sep = len(text), ' '
		}
	}
	for _, r := range s {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.Mn, r):
			if d := unicode.IsDigit(r); d != digits {
				closeWord()
				digits = d
			}
			text = appendFolded(text, r)
		case isApostrophe(r):
		default:
			closeWord()
			if s := separator(r); s != ' ' && (sep == ' ' || sep == '-') {
				sep = s
			}
		}
	}
	closeWord()
}

func separator(r rune) byte {
	switch r {
	case '(', '[', '{':
		return '('
	case '/', '|', '\\':
		return '/'
	case ',', ';', ')', ']', '}':
		return ','
	case '-', '–', '‐', '‑', '—':
		return '-'
	}
	return ' '
}

func isNumber(w []byte) bool {
	for _, c := range w {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// findHead sets where the qualifier begins and drops the particles and articles in it. The last word of a qualifier
// always counts: in "Frankfurt/O." the o stands for a river, in "Rothenburg o.d.T." the first o for a particle.
func (n *name) findHead() {
	n.head, n.kind = len(n.words), noQualifier
	last := len(n.words) - 1
	if last > 0 && n.words[last].sep == ' ' && len(n.words[last].text) > 1 && isParticle(n.words[last].text) {
		n.words, n.head, last = n.words[:last], last, last-1 // "Frankfurt aM" says nothing more than Frankfurt
	}
	for i := 1; i <= last; i++ {
		w := n.words[i]
		if w.sep == '(' || w.sep == '/' || w.sep == ',' {
			n.head, n.kind = i, byMark
			break
		}
		if i < last && isParticle(w.text) {
			n.head, n.kind = i, byParticle
			break
		}
	}
	kept := n.words[:n.head]
	for i := n.head; i <= last; i++ {
		if i == last || !isArticle(n.words[i].text) {
			kept = append(kept, n.words[i])
		}
	}
	n.words = kept
}

func (n *name) qualifier() []word { return n.words[n.head:] }

// cut makes the first words the head and the rest a guessed qualifier.
func (n *name) cut(head int, kind qualifierKind) {
	n.head, n.kind = head, kind
}

// appendHead adds the head without gaps: "Castrop Rauxel" and "Castrop-Rauxel" are one.
func (n *name) appendHead(dst []byte) []byte { return appendWords(dst, n.words[:n.head]) }

func appendWords(dst []byte, words []word) []byte {
	for _, w := range words {
		dst = append(dst, w.text...)
	}
	return dst
}

// abbreviates tells whether each word of short begins a word of long, in the same order: "weinstr" and
// "Weinstraße", "m" and "Main".
func abbreviates(short, long []word) bool {
	at := 0
	for _, s := range short {
		for at < len(long) && !bytes.HasPrefix(long[at].text, s.text) {
			at++
		}
		if at == len(long) {
			return false
		}
		at++
	}
	return len(short) > 0
}
