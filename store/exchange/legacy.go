package exchange

// Which encoding of one byte a character a text is in: the one in which its special
// letters make words. And text that was encoded once too often.

import (
	"bytes"
	"io"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// common are the special letters that make up most of those in the languages that
// an encoding is used for; usual are those that occur.
type letters struct{ common, usual string }

const (
	westernCommon = "äöüßÄÖÜéèàçÇñêâîôûåøæãõÉ"
	westernUsual  = "áëíìïóòœúùÿÈÊËÀÂÁÃÅÆÍÌÎÏÑÓÒÔÕØŒÚÙÛŠšŽž"
)

// candidates are the encodings that are found out, the likelier first.
var legacyCandidates = []struct {
	encoding Encoding
	letters  letters
}{
	{Windows1252, letters{westernCommon, westernUsual}},
	{MacRoman, letters{westernCommon, westernUsual}},
	{CP850, letters{westernCommon, westernUsual}},
	{Windows1250, letters{"äöüßÄÖÜéąćęłńóśźżĄĆĘŁŃÓŚŹŻčěřšžýíáůČŘŠŽ", "ďňťúĎŇŤÁÉÍÚÝŮőűŐŰâç"}},
	{Windows1254, letters{"äöüßÄÖÜéçğışİŞĞÇ", westernUsual + "èàñ"}},
}

// usualMarks are special characters that stand in texts without being letters.
const usualMarks = "€„“”‚‘’–—…«»°§®™·\u00a0´£²³½¼&/|•×"

// legacyEncoding is the encoding in which a sample reads best.
func legacyEncoding(sample []byte) Encoding {
	best, bestScore := Windows1252, -1<<30
	for i := range legacyCandidates {
		if score := candidateScore(sample, i, nil); score > bestScore {
			best, bestScore = legacyCandidates[i].encoding, score
		}
	}
	return best
}

// candidateScore is how well a sample reads in a candidate.
func candidateScore(sample []byte, candidate int, only *[256]bool) int {
	c := legacyCandidates[candidate]
	score := legacyScore(sample, c.encoding, c.letters, only)
	if c.encoding == Windows1252 {
		score++ // by far the commonest: the others must be better, not as good
	}
	return score
}

// mostSpecial bounds the special bytes that are looked at.
const mostSpecial = 4000

// legacyScore is how well the special letters of a sample fit into its words when it
// is read in an encoding; only those bytes count, nil: all.
func legacyScore(sample []byte, e Encoding, l letters, only *[256]bool) (score int) {
	table := charmaps[e]
	at := func(i int) rune {
		if i < 0 || i >= len(sample) {
			return ' '
		}
		return table.DecodeByte(sample[i])
	}
	seen := 0
	for i := range sample {
		if sample[i] < utf8.RuneSelf || only != nil && !only[sample[i]] {
			continue
		}
		if seen++; seen > mostSpecial {
			break
		}
		r, before, after := at(i), at(i-1), at(i+1)
		inWord := unicode.IsLetter(before) || unicode.IsLetter(after)
		switch {
		case r == utf8.RuneError || unicode.IsControl(r):
			score -= 6
		case unicode.IsLetter(r):
			switch {
			case strings.ContainsRune(l.common, r):
				score += 3
			case strings.ContainsRune(l.usual, r):
				score++
			default:
				score -= 3
			}
			if unicode.IsUpper(r) && (unicode.IsLower(before) || unicode.IsLetter(before) && unicode.IsLower(after)) {
				score -= 4 // MÅller
			}
			score += fitsBetween(before, r, after)
		case strings.ContainsRune(usualMarks, r):
			if unicode.IsLetter(before) && unicode.IsLetter(after) && r != '’' && r != '–' && r != '·' && r != '&' && r != '/' || inWord && strings.ContainsRune("£²³½¼", r) {
				score -= 3
			}
		default:
			score -= 4
		}
	}
	return score
}

const vowels = "aeiouyäöüáàâãåæéèêëíìîïóòôõøœúùûýÿąęěůőűıı"

// fitsBetween is 1 where a letter stands among its neighbours as letters do, −1
// where vowels or consonants pile up.
func fitsBetween(before, r, after rune) int {
	isVowel := func(r rune) bool { return strings.ContainsRune(vowels, unicode.ToLower(r)) }
	letter := unicode.IsLetter
	if r == 'ń' && isVowel(after) {
		return -2 // Polish writes ni there: it is an ñ
	}
	if isVowel(r) {
		if letter(before) && isVowel(before) || letter(after) && isVowel(after) {
			return -1
		}
		return 1
	}
	if letter(before) && isVowel(before) || letter(after) && isVowel(after) {
		return 1
	}
	if letter(before) && letter(after) {
		return -1
	}
	return 0
}

// doublePairs are what UTF-8 becomes when it is taken for Windows-1252 and encoded
// once more, with what it was.
func doublePairs() []string {
	var pairs []string
	add := func(r rune) {
		var b strings.Builder
		for _, c := range []byte(string(r)) {
			d := charmap.Windows1252.DecodeByte(c)
			if d == utf8.RuneError { // Windows leaves five places empty; programs keep the byte
				d = rune(c)
			}
			b.WriteRune(d)
		}
		pairs = append(pairs, b.String(), string(r))
	}
	for _, r := range "€„“”‚‘’–—…•™" {
		add(r)
	}
	for r := rune(0xa1); r <= 0x17f; r++ {
		if unicode.IsLetter(r) || strings.ContainsRune("°§®«»·´", r) {
			add(r)
		}
	}
	return pairs
}

var onceLess = sync.OnceValue(func() *strings.Replacer { return strings.NewReplacer(doublePairs()...) })

// mojibake reports UTF-8 that was encoded twice: special characters come in the pairs
// that this makes, and hardly any stands alone.
func mojibake(sample []byte) bool {
	text := string(sample)
	special := 0
	for _, r := range text {
		if r >= utf8.RuneSelf && r != '\ufeff' {
			special++
		}
	}
	if special < 2 {
		return false
	}
	left := 0
	repaired := onceLess().Replace(text)
	for _, r := range repaired {
		if r >= utf8.RuneSelf && r != '\ufeff' {
			left++
		}
	}
	pairs := special - left // each pair became one
	return pairs > 0 && 4*pairs >= special
}

// onceMore undoes one encoding too much, line by line.
type onceMore struct {
	in   io.Reader
	rest []byte
	tail []byte
	err  error
}

func (d *onceMore) Read(p []byte) (int, error) {
	for len(d.rest) == 0 {
		if d.err != nil {
			return 0, d.err
		}
		block := make([]byte, 64<<10)
		n, err := d.in.Read(block)
		d.err = err
		text := append(d.tail, block[:n]...)
		d.tail = nil
		if err == nil { // what follows the last line's end waits
			end := bytes.LastIndexByte(text, '\n') + 1
			if end == 0 && len(text) < longestRow {
				d.tail = text
				continue
			}
			if end > 0 {
				d.tail = append([]byte(nil), text[end:]...)
				text = text[:end]
			}
		}
		d.rest = []byte(onceLess().Replace(string(text)))
	}
	n := copy(p, d.rest)
	d.rest = d.rest[n:]
	return n, nil
}
