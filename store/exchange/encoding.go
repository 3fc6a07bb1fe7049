package exchange

// From the bytes of a text file to UTF-8: which encodings there are, and reading
// them. Which one a file is in is found out in legacy.go.

import (
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Encoding is how a text file writes its characters.
type Encoding string

// The encodings.
const (
	UTF8        Encoding = "utf-8"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
	Windows1252 Encoding = "windows-1252" // Western Europe
	Windows1250 Encoding = "windows-1250" // Central Europe
	Windows1254 Encoding = "windows-1254" // Turkish
	MacRoman    Encoding = "macintosh"    // old Excel for Mac
	CP850       Encoding = "cp850"        // DOS and what descends from it
	CP437       Encoding = "cp437"
	CP852       Encoding = "cp852"
	ISO88592    Encoding = "iso-8859-2"
	// UTF8Twice is UTF-8 that was taken for Windows-1252 and encoded once more: MÃ¼ller.
	UTF8Twice Encoding = "utf-8-twice"
	// ASCII is a sample without any special character; the rest of the file tells.
	ASCII Encoding = "ascii"
)

// charmaps are the encodings of one byte a character.
var charmaps = map[Encoding]*charmap.Charmap{
	Windows1252: charmap.Windows1252, Windows1250: charmap.Windows1250, Windows1254: charmap.Windows1254, MacRoman: charmap.Macintosh,
	CP850: charmap.CodePage850, CP437: charmap.CodePage437, CP852: charmap.CodePage852, ISO88592: charmap.ISO8859_2,
}

// encodingNames are what people call them, folded.
var encodingNames = map[string]Encoding{
	"utf8": UTF8, "utf16le": UTF16LE, "utf16": UTF16LE, "utf16be": UTF16BE,
	"windows1252": Windows1252, "cp1252": Windows1252, "1252": Windows1252, "ansi": Windows1252, "latin1": Windows1252, "iso88591": Windows1252, "iso885915": Windows1252,
	"windows1250": Windows1250, "cp1250": Windows1250, "1250": Windows1250,
	"windows1254": Windows1254, "cp1254": Windows1254, "1254": Windows1254, "iso88599": Windows1254, "latin5": Windows1254,
	"macintosh": MacRoman, "macroman": MacRoman, "mac": MacRoman,
	"cp850": CP850, "ibm850": CP850, "850": CP850, "dos": CP850, "cp437": CP437, "ibm437": CP437, "437": CP437, "cp852": CP852, "852": CP852,
	"iso88592": ISO88592, "latin2": ISO88592, "utf8twice": UTF8Twice,
}

// Encodings lists what a person can choose, the usual first.
func Encodings() []Encoding {
	return []Encoding{UTF8, Windows1252, MacRoman, CP850, Windows1250, Windows1254, UTF16LE, UTF16BE, CP437, CP852, ISO88592, UTF8Twice}
}

// ParseEncoding reads an encoding's name; "" means: find out.
func ParseEncoding(s string) (Encoding, error) {
	key := fold(s)
	if key == "" {
		return "", nil
	}
	if e, ok := encodingNames[key]; ok {
		return e, nil
	}
	return "", fileError("", ReasonBadOption, "--encoding", s)
}

var (
	markUTF8    = []byte{0xef, 0xbb, 0xbf}
	markUTF16LE = []byte{0xff, 0xfe}
	markUTF16BE = []byte{0xfe, 0xff}
)

// sniffEncoding decides by the byte order mark, by zeros, by whether special
// characters are UTF-8, else by what reads best.
func sniffEncoding(sample []byte) Encoding {
	switch {
	case bytes.HasPrefix(sample, markUTF8):
		if mojibake(sample) {
			return UTF8Twice
		}
		return UTF8
	case bytes.HasPrefix(sample, markUTF16LE):
		return UTF16LE
	case bytes.HasPrefix(sample, markUTF16BE):
		return UTF16BE
	}
	if e := zerosOfUTF16(sample); e != "" {
		return e
	}
	return specialEncoding(sample)
}

// specialEncoding is the encoding of a sample's special characters.
func specialEncoding(sample []byte) Encoding {
	switch {
	case plainPrefix(sample) == len(sample):
		return ASCII
	case !looksUTF8(sample):
		return legacyEncoding(sample)
	case mojibake(sample):
		return UTF8Twice
	}
	return UTF8
}

// zerosOfUTF16 recognises UTF-16 without a byte order mark: every other byte of
// text is zero.
func zerosOfUTF16(sample []byte) Encoding {
	sample = sample[:min(len(sample), 4096)&^1]
	if len(sample) < 8 {
		return ""
	}
	even, odd := 0, 0
	for i := 0; i < len(sample); i += 2 {
		if sample[i] == 0 {
			even++
		}
		if sample[i+1] == 0 {
			odd++
		}
	}
	half := len(sample) / 2
	few := half / 20 // Ā and 😀 have a zero in the other half
	switch {
	case odd > half*6/10 && even <= few:
		return UTF16LE
	case even > half*6/10 && odd <= few:
		return UTF16BE
	}
	return ""
}

// looksUTF8 reports whether the special characters of a sample are UTF-8. The
// sample may end inside one. Characters of several bytes are hardly ever right by
// chance: some of them make a file UTF-8 even where stray bytes stand among them.
func looksUTF8(sample []byte) bool {
	good, bad := 0, 0
	for len(sample) > 0 {
		n := plainPrefix(sample)
		if sample = sample[n:]; len(sample) == 0 {
			break
		}
		if !utf8.FullRune(sample) {
			break
		}
		r, size := utf8.DecodeRune(sample)
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			good++
		}
		sample = sample[size:]
	}
	return bad == 0 || 2*good >= bad
}

// plainPrefix is the number of leading ASCII bytes.
func plainPrefix(b []byte) int {
	i := 0
	for ; i+8 <= len(b); i += 8 {
		if binary.LittleEndian.Uint64(b[i:])&0x8080808080808080 != 0 {
			break
		}
	}
	for ; i < len(b) && b[i] < utf8.RuneSelf; i++ {
	}
	return i
}

// decoded reads a file's bytes as UTF-8, without the byte order mark.
func decoded(in io.Reader, e Encoding) io.Reader {
	switch e {
	case UTF16LE:
		return newWideDecoder(in, unicode.LittleEndian)
	case UTF16BE:
		return newWideDecoder(in, unicode.BigEndian)
	case UTF8Twice:
		return &onceMore{in: &withoutMark{in: in}}
	}
	if table, ok := charmaps[e]; ok {
		return transform.NewReader(in, encoding.Encoding(table).NewDecoder())
	}
	return &strayDecoder{in: &withoutMark{in: in}}
}

// breakable reads a text that may break off in the middle of a character.
type breakable interface {
	// brokeOff reports, at the end, that it did.
	brokeOff() bool
}

// wideDecoder reads UTF-16. Halves of characters are read as U+FFFD.
type wideDecoder struct {
	io.Reader
	end *lastUnit
}

func newWideDecoder(in io.Reader, order unicode.Endianness) *wideDecoder {
	end := &lastUnit{in: in, high: 1}
	if order == unicode.BigEndian {
		end.high = 0
	}
	return &wideDecoder{transform.NewReader(end, unicode.UTF16(order, unicode.UseBOM).NewDecoder()), end}
}

func (d *wideDecoder) brokeOff() bool {
	first := d.end.unit[d.end.high]&0xfc == 0xd8 // of the two halves of a character
	return d.end.read%2 != 0 || d.end.read > 0 && first
}

// lastUnit keeps the last two bytes that were read through it.
type lastUnit struct {
	in   io.Reader
	read int64
	unit [2]byte // at their places in the file, even and odd
	high int     // which of them is the upper one
}

func (l *lastUnit) Read(p []byte) (int, error) {
	n, err := l.in.Read(p)
	for i := max(0, n-2); i < n; i++ {
		l.unit[(l.read+int64(i))%2] = p[i]
	}
	l.read += int64(n)
	return n, err
}

// withoutMark drops a UTF-8 byte order mark.
type withoutMark struct {
	in      io.Reader
	started bool
}

func (m *withoutMark) Read(p []byte) (int, error) {
	if m.started {
		return m.in.Read(p)
	}
	m.started = true
	var head [3]byte
	n, err := io.ReadFull(m.in, head[:])
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return 0, err
	}
	if n < 3 || !bytes.Equal(head[:], markUTF8) {
		m.in = io.MultiReader(bytes.NewReader(head[:n]), m.in)
	}
	return m.in.Read(p)
}

// strayDecoder passes UTF-8 through; bytes that are none, as programs put together
// from two halves write them, are read as Windows-1252.
type strayDecoder struct {
	in   io.Reader
	rest []byte // decoded and not yet handed out
	tail []byte // the start of a character whose end has not come
	err  error
	wide bool // characters of several bytes were whole
	half bool // the end is the start of one
}

// brokeOff implements breakable. A first special character at the very end may be one byte of
// another encoding.
func (d *strayDecoder) brokeOff() bool { return d.wide && d.half }

func (d *strayDecoder) Read(p []byte) (int, error) {
	if len(d.rest) > 0 {
		n := copy(p, d.rest)
		d.rest = d.rest[n:]
		return n, nil
	}
	if d.err != nil {
		return 0, d.err
	}
	if len(p) < 2*utf8.UTFMax { // too little for a character and what is held back: read on aside
		aside := make([]byte, 512)
		n, err := d.Read(aside)
		d.rest = append(aside[:n:n], d.rest...)
		n = copy(p, d.rest)
		d.rest = d.rest[n:]
		if n > 0 {
			return n, nil
		}
		return 0, err
	}
	n := copy(p, d.tail)
	d.tail = d.tail[:0]
	m, err := d.in.Read(p[n:])
	n += m
	d.err = err
	plain := plainPrefix(p[:n])
	if plain == n {
		return n, d.given(n)
	}
	if err == nil { // hold back a character that is cut in two
		for back := 1; back < utf8.UTFMax && back <= n-plain; back++ {
			if c := p[n-back]; utf8.RuneStart(c) {
				if c >= utf8.RuneSelf && !utf8.FullRune(p[n-back:n]) {
					d.tail = append(d.tail, p[n-back:n]...)
					n -= back
				}
				break
			}
		}
	}
	if utf8.Valid(p[plain:n]) {
		d.wide = d.wide || n > plain
		return n, d.given(n)
	}
	repaired := make([]byte, 0, n+16)
	for s := p[:n]; len(s) > 0; {
		r, size := utf8.DecodeRune(s)
		if r == utf8.RuneError && size == 1 {
			d.half = d.half || d.err == io.EOF && utf8.RuneStart(s[0]) && !utf8.FullRune(s)
			r = charmap.Windows1252.DecodeByte(s[0])
		} else if size > 1 {
			d.wide = true
		}
		repaired = utf8.AppendRune(repaired, r)
		s = s[size:]
	}
	n = copy(p, repaired)
	d.rest = repaired[n:]
	return n, d.given(n)
}

// given is the error that comes with n bytes: none while there are any.
func (d *strayDecoder) given(n int) error {
	if n > 0 {
		return nil
	}
	return d.err
}
