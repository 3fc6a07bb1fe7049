package exchange

// From the bytes of a text file to UTF-8.

import (
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf8"

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
	Windows1252 Encoding = "windows-1252"
	// ASCII is a sample without any special character: what the file's
	// special characters are in shows when the first one comes.
	ASCII Encoding = "ascii"
)

// ParseEncoding reads an encoding's name; "" means: find out.
func ParseEncoding(s string) (Encoding, error) {
	switch fold(s) {
	case "":
		return "", nil
	case "utf8":
		return UTF8, nil
	case "utf16le", "utf16":
		return UTF16LE, nil
	case "utf16be":
		return UTF16BE, nil
	case "windows1252", "cp1252", "ansi", "latin1", "iso88591", "iso885915":
		return Windows1252, nil
	}
	return "", fileError("", ReasonBadOption, "--encoding", s)
}

var (
	markUTF8    = []byte{0xef, 0xbb, 0xbf}
	markUTF16LE = []byte{0xff, 0xfe}
	markUTF16BE = []byte{0xfe, 0xff}
)

// sniffEncoding decides by the byte order mark, else by whether the sample is
// UTF-8.
func sniffEncoding(sample []byte) Encoding {
	switch {
	case bytes.HasPrefix(sample, markUTF8):
		return UTF8
	case bytes.HasPrefix(sample, markUTF16LE):
		return UTF16LE
	case bytes.HasPrefix(sample, markUTF16BE):
		return UTF16BE
	case plainPrefix(sample) == len(sample):
		return ASCII
	case looksUTF8(sample):
		return UTF8
	}
	return Windows1252
}

// looksUTF8 reports whether the special characters of a sample are UTF-8. The
// sample may end inside one, and a few damaged bytes among many good characters
// do not make a file Windows-1252.
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
	return bad == 0 || good > 4*bad
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
		return transform.NewReader(in, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case UTF16BE:
		return transform.NewReader(in, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder())
	case Windows1252:
		return transform.NewReader(in, charmap.Windows1252.NewDecoder())
	case ASCII:
		return &lateDecoder{in: in}
	}
	return &withoutMark{in: in}
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

// lateDecoder passes ASCII through and decides about the encoding at the first
// byte that is none: everything before reads the same either way.
type lateDecoder struct {
	in   io.Reader
	rest io.Reader
}

func (d *lateDecoder) Read(p []byte) (int, error) {
	if d.rest != nil {
		return d.rest.Read(p)
	}
	n, err := d.in.Read(p)
	plain := plainPrefix(p[:n])
	if plain == n {
		return n, err
	}
	// What follows decides; more than this read may have brought, so that a
	// character cut in two does not look damaged.
	special := append([]byte(nil), p[plain:n]...)
	more := make([]byte, 4096)
	m, _ := io.ReadFull(d.in, more)
	special = append(special, more[:m]...)
	e := Windows1252
	if looksUTF8(special) {
		e = UTF8
	}
	d.rest = decoded(io.MultiReader(bytes.NewReader(special), d.in), e)
	if plain == 0 {
		return d.rest.Read(p)
	}
	return plain, nil
}
