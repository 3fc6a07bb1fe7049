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
		case len(now) == 0:
			out = append(out, wanted...)
		default:
			if more, ok := added(now, wanted); ok {
				out = append(append(append(out, "\x1b["...), more...), 'm')
				break
			}
			out = append(append(out, "\x1b[0;"...), wanted[2:]...)
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
		case c == ' ' && blind(wanted):
			run := 1
			for i+run < len(frame) && frame[i+run] == ' ' {
				run++
			}
			if !blind(now) {
				style()
			}
			if run >= blanksFrom {
				n := strconv.Itoa(run)
				out = append(append(append(append(append(out, "\x1b["...), n...), "X\x1b["...), n...), 'C')
			} else {
				out = append(out, frame[i:i+run]...)
			}
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

// added is what a style has that another lacks; false where that has something to be
// taken off.
func added(now, wanted []byte) (more []byte, ok bool) {
	has, wants := penOf(now), penOf(wanted)
	if has.other&^wants.other != 0 || has.foreground != nil && wants.foreground == nil || has.background != nil && wants.background == nil {
		return nil, false
	}
	join := func(code []byte) {
		if len(more) > 0 {
			more = append(more, ';')
		}
		more = append(more, code...)
	}
	for code := range 30 {
		if (wants.other&^has.other)&(1<<code) != 0 {
			join([]byte(strconv.Itoa(code)))
		}
	}
	if !bytes.Equal(has.foreground, wants.foreground) {
		join(wants.foreground)
	}
	if !bytes.Equal(has.background, wants.background) {
		join(wants.background)
	}
	return more, len(more) > 0
}

// pen is a style taken apart: two colours as they are said, and a bit for each of bold,
// reverse and the others.
type pen struct {
	foreground, background []byte
	other                  uint32
}

func penOf(style []byte) (p pen) {
	parts := bytes.Split(style[2:len(style)-1], []byte(";"))
	for i := 0; i < len(parts); i++ {
		code, err := strconv.Atoi(string(parts[i]))
		if err != nil {
			continue
		}
		from := i
		if (code == 38 || code == 48) && i+1 < len(parts) {
			i += 2
			if string(parts[from+1]) == "2" {
				i += 2
			}
		}
		said := bytes.Join(parts[from:min(i+1, len(parts))], []byte(";"))
		switch {
		case code == 0:
			p = pen{}
		case code == 38 || code >= 30 && code <= 37 || code >= 90 && code <= 97:
			p.foreground = said
		case code == 48 || code >= 40 && code <= 47 || code >= 100 && code <= 107:
			p.background = said
		case code < 30:
			p.other |= 1 << code
		}
	}
	return p
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
