package command

// What the program prints has passed through here: nothing that a file, a name, a
// server or an argument holds reaches the terminal as a command.

import (
	"bytes"
	"io"
	"unicode/utf8"

	"doppelpass/ui/kit"
)

// cleaning passes on text without what a terminal would take for a command, but for
// the emphasis that the program itself sets.
type cleaning struct {
	io.Writer
	rest []byte // of a character or a sequence that goes on in the next piece
}

var emphases = [][]byte{[]byte("\x1b[0m"), []byte("\x1b[1m"), []byte("\x1b[2m")}

// Write implements io.Writer.
func (c *cleaning) Write(b []byte) (int, error) {
	text := b
	if len(c.rest) > 0 {
		text = append(c.rest, b...)
	}
	out := make([]byte, 0, len(text))
	c.rest = nil
	for len(text) > 0 {
		plain := 0
		for plain < len(text) && (text[plain] >= ' ' && text[plain] < 0x7f || text[plain] == '\n' || text[plain] == '\t') {
			plain++
		}
		out, text = append(out, text[:plain]...), text[plain:]
		if len(text) == 0 {
			break
		}
		n, keep, whole := piece(text)
		if !whole {
			c.rest = bytes.Clone(text)
			break
		}
		if keep {
			out = append(out, text[:n]...)
		}
		text = text[n:]
	}
	if _, err := c.Writer.Write(out); err != nil {
		return 0, err
	}
	return len(b), nil
}

// piece is the length of what text begins with, whether it stays, and whether it is
// all there.
func piece(text []byte) (n int, keep, whole bool) {
	if text[0] == '\x1b' {
		for _, e := range emphases {
			if bytes.HasPrefix(text, e) {
				return len(e), true, true
			}
			if bytes.HasPrefix(e, text) {
				return 0, false, false
			}
		}
		return 1, false, true
	}
	if !utf8.FullRune(text) {
		return 0, false, false
	}
	r, n := utf8.DecodeRune(text)
	return n, !(r == utf8.RuneError && n == 1) && kit.Clean(string(r)) == string(r), true
}

// bare is the stream behind the cleaning.
func bare(w io.Writer) io.Writer {
	if c, ok := w.(*cleaning); ok {
		return c.Writer
	}
	return w
}

// asData is where a file goes that is asked for on standard output: to another
// program byte for byte, to a terminal as any other text.
func (r *run) asData() io.Writer {
	if r.isTerminal(r.Output) {
		return r.Output
	}
	return bare(r.Output)
}
