package terminal

// Squeezing a frame: the same cells in fewer bytes. A slow line feels every colour
// that is set again and every blank that could have been erased.

import (
	"bytes"
	"strconv"
)

// blanksFrom is the length from which a run of blanks is cheaper erased than written.
const blanksFrom = 10

// squeeze rewrites a frame. Styles in it are set after a reset and end with one.
func squeeze(frame []byte) []byte {
	out := make([]byte, 0, len(frame))
	var wanted, now []byte // the style asked for, and the one the terminal has
	style := func() {
		switch {
		case bytes.Equal(wanted, now):
			return
		case len(wanted) == 0:
			out = append(out, "\x1b[m"...)
		case len(now) > 0:
			out = append(append(out, "\x1b[0;"...), wanted[2:]...)
		default:
			out = append(out, wanted...)
		}
		now = append(now[:0], wanted...)
	}
	for i := 0; i < len(frame); {
		switch c := frame[i]; {
		case c == escape:
			n, whole := sequence(frame[i:])
			if !whole || n < 2 {
				n = 1
			}
			code := frame[i : i+n]
			if !isStyle(code) {
				if !blind(now) || !blind(wanted) {
					style() // erasing paints
				}
				out = append(out, code...)
				i += n
				continue
			}
			if len(code) == 3 || string(code) == "\x1b[0m" {
				wanted = wanted[:0]
			} else if len(wanted) == 0 {
				wanted = append(wanted, code...)
			} else {
				wanted = append(append(wanted[:len(wanted)-1], ';'), code[2:]...)
			}
			i += n
		case c == ' ' && len(wanted) == 0:
			run := 1
			for i+run < len(frame) && frame[i+run] == ' ' {
				run++
			}
			rest := bytes.TrimPrefix(frame[i+run:], []byte("\x1b[0m"))
			lineEnds := len(rest) == 0 || rest[0] == '\r' || rest[0] == '\n'
			if !blind(now) || run >= blanksFrom || lineEnds && run > 3 {
				if !blind(now) {
					style()
				}
				switch {
				case lineEnds && run > 3:
					out = append(out, "\x1b[K"...)
					i += run
					continue
				case run >= blanksFrom:
					n := strconv.Itoa(run)
					out = append(append(append(append(append(out, "\x1b["...), n...), "X\x1b["...), n...), 'C')
					i += run
					continue
				}
			}
			out = append(out, frame[i:i+run]...)
			i += run
		case c < 0x20:
			if c == '\n' || c == '\r' {
				wanted = wanted[:0]
			}
			out = append(out, c)
			i++
		default:
			style()
			out = append(out, c)
			i++
		}
	}
	wanted = wanted[:0]
	style()
	return out
}

func isStyle(b []byte) bool { return len(b) >= 3 && b[1] == '[' && b[len(b)-1] == 'm' && b[2] != '<' }

// blind reports a style that does not show on a blank: only a foreground.
func blind(style []byte) bool {
	if len(style) == 0 {
		return true
	}
	parts := bytes.Split(style[2:len(style)-1], []byte(";"))
	for i := 0; i < len(parts); i++ {
		code, err := strconv.Atoi(string(parts[i]))
		if err != nil {
			return false
		}
		switch {
		case code == 38 && i+1 < len(parts):
			if string(parts[i+1]) == "2" {
				i += 4
			} else {
				i += 2
			}
		case code == 1, code == 2, code >= 30 && code <= 37, code >= 90 && code <= 97:
		default:
			return false
		}
	}
	return true
}
