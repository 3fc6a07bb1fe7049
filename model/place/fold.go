// Folding: bringing the many spellings of one word to one form, so that "MÜNCHEN", "Muenchen" and "München" meet.

package place

import (
	"unicode"
	"unicode/utf8"
)

// appendFolded adds a rune in lower-case ASCII: umlauts as ae, oe, ue, ß as ss, other Latin letters without their
// marks. Letters of other scripts stay as they are. Marks that stand alone (decomposed text, as macOS writes it) are dropped,
// but a lone diaeresis after a, o, u makes the umlaut. Punctuation must have been dealt with before.
func appendFolded(dst []byte, r rune) []byte {
	r = unicode.ToLower(r)
	if r < utf8.RuneSelf {
		return append(dst, byte(r))
	}
	switch r {
	case 'ä', 'æ', 'ǽ':
		return append(dst, "ae"...)
	case 'ö', 'ø', 'œ', 'ő':
		return append(dst, "oe"...)
	case 'ü', 'ű':
		return append(dst, "ue"...)
	case 'ß':
		return append(dst, "ss"...)
	case 'å':
		return append(dst, "aa"...)
	case 'þ':
		return append(dst, "th"...)
	case 'à', 'á', 'â', 'ã', 'ā', 'ă', 'ą', 'ạ', 'ả', 'ấ', 'ầ', 'ẩ', 'ẫ', 'ậ', 'ắ', 'ằ', 'ẳ', 'ẵ', 'ặ', 'ǎ':
		return append(dst, 'a')
	case 'ç', 'ć', 'ċ', 'č', 'ĉ':
		return append(dst, 'c')
	case 'ď', 'ḍ', 'ḏ', 'ḑ', 'đ', 'ð':
		return append(dst, 'd')
	case 'è', 'é', 'ê', 'ë', 'ē', 'ĕ', 'ė', 'ę', 'ě', 'ẹ', 'ẻ', 'ẽ', 'ế', 'ề', 'ể', 'ễ', 'ệ', 'ə':
		return append(dst, 'e')
	case 'ğ', 'ġ', 'ģ', 'ĝ', 'ḡ':
		return append(dst, 'g')
	case 'ḥ', 'ḩ', 'ẖ', 'ħ', 'ĥ', 'ḫ':
		return append(dst, 'h')
	case 'ì', 'í', 'î', 'ï', 'ĩ', 'ī', 'ĭ', 'į', 'ḯ', 'ỉ', 'ị', 'ı', 'ǐ':
		return append(dst, 'i')
	case 'ĵ':
		return append(dst, 'j')
	case 'ķ', 'ḳ', 'ḵ':
		return append(dst, 'k')
	case 'ĺ', 'ļ', 'ľ', 'ł', 'ḷ':
		return append(dst, 'l')
	case 'ñ', 'ń', 'ņ', 'ň', 'ṅ', 'ṇ', 'ṉ', 'ŋ':
		return append(dst, 'n')
	case 'ò', 'ó', 'ô', 'õ', 'ō', 'ŏ', 'ơ', 'ǫ', 'ọ', 'ỏ', 'ố', 'ồ', 'ổ', 'ỗ', 'ộ', 'ớ', 'ờ', 'ở', 'ỡ', 'ợ', 'ǒ':
		return append(dst, 'o')
	case 'ř', 'ŕ', 'ŗ', 'ṛ', 'ṟ':
		return append(dst, 'r')
	case 'ś', 'ş', 'š', 'ș', 'ṣ', 'ŝ':
		return append(dst, 's')
	case 'ţ', 'ť', 'ț', 'ṭ', 'ṯ', 'ŧ':
		return append(dst, 't')
	case 'ù', 'ú', 'û', 'ũ', 'ū', 'ŭ', 'ů', 'ų', 'ư', 'ụ', 'ủ', 'ứ', 'ừ', 'ử', 'ữ', 'ự', 'ǔ':
		return append(dst, 'u')
	case 'ŵ':
		return append(dst, 'w')
	case 'ý', 'ÿ', 'ỳ', 'ỵ', 'ỷ', 'ỹ', 'ŷ':
		return append(dst, 'y')
	case 'ź', 'ż', 'ž', 'ẓ', 'ẕ':
		return append(dst, 'z')
	case '\u0308':
		if n := len(dst); n > 0 && (dst[n-1] == 'a' || dst[n-1] == 'o' || dst[n-1] == 'u') {
			return append(dst, 'e')
		}
		return dst
	}
	if unicode.Is(unicode.Mn, r) || isApostrophe(r) {
		return dst
	}
	return utf8.AppendRune(dst, r)
}

// isApostrophe covers the quotes and modifier letters that stand inside words in one spelling and not in another.
func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', '`', '´', 'ʻ', 'ʼ', 'ʹ', 'ʾ', 'ʿ':
		return true
	}
	return false
}

// appendLoose adds folded text with ae, oe, ue and aa reduced to their first letter, so that "Munchen" meets
// "Muenchen". It makes "Neuenburg" and "Neunburg" alike too: whoever finds by it prefers the closer spelling.
func appendLoose(dst, folded []byte) []byte {
	for i := 0; i < len(folded); i++ {
		c := folded[i]
		dst = append(dst, c)
		if i+1 == len(folded) {
			break
		}
		next := folded[i+1]
		if (c == 'a' && (next == 'e' || next == 'a')) || ((c == 'o' || c == 'u') && next == 'e') {
			i++
		}
	}
	return dst
}

// loosens tells whether a written word may stand for a town's, both folded and loosely alike: people drop what makes
// an umlaut ("Butzow" for "Bützow") but never add it, so "Hägen" is not "Hagen".
func loosens(written, town []byte) bool {
	at := 0
	for i := 0; i < len(written); i++ {
		for at < len(town) && town[at] != written[i] {
			if at == 0 || (town[at] != 'e' && town[at] != 'a') {
				return false
			}
			at++
		}
		if at == len(town) {
			return false
		}
		at++
	}
	return true
}
