package terminal

// Asking the terminal for its background, before the program runs. It is asked
// together with what every terminal answers, so that no answer is known soon too.

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/term"

	_ "doppelpass/ui/terminal/quiet" // nothing else asks
)

// askBackground asks for the background, and then what the terminal is.
const askBackground = "\x1b]11;?\x07\x1b[c"

// Background asks whether a terminal is dark; known is false where it does not say
// within the time.
func Background(in, out *os.File, within time.Duration) (dark, known bool) {
	if !MayAsk(os.Getenv("TERM")) || !term.IsTerminal(int(in.Fd())) || !term.IsTerminal(int(out.Fd())) {
		return false, false
	}
	before, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return false, false
	}
	defer func() { _ = term.Restore(int(in.Fd()), before) }()
	if _, err := out.WriteString(askBackground); err != nil {
		return false, false
	}
	limit := time.Now().Add(within)
	var answer []byte
	for len(answer) < longest && !bytes.Contains(answer, []byte("\x1b[?")) && readable(in, time.Until(limit)) {
		b := make([]byte, 256)
		n, err := in.Read(b)
		if err != nil {
			break
		}
		answer = append(answer, b[:n]...)
	}
	return readBackground(string(answer))
}

// readBackground reads ESC ]11;rgb:RRRR/GGGG/BBBB.
func readBackground(answer string) (dark, known bool) {
	_, rest, found := strings.Cut(answer, "]11;rgb:")
	if !found {
		return false, false
	}
	end := strings.IndexAny(rest, "\x07\x1b")
	if end < 0 {
		return false, false
	}
	parts := strings.Split(rest[:end], "/")
	if len(parts) != 3 {
		return false, false
	}
	light := 0.0
	for i, weight := range []float64{0.299, 0.587, 0.114} {
		value, err := strconv.ParseUint(parts[i], 16, 16)
		if err != nil || parts[i] == "" {
			return false, false
		}
		light += weight * float64(value) / float64(uint64(1)<<(4*len(parts[i]))-1)
	}
	return light < 0.5, true
}

// Hinted reads the background out of COLORFGBG, as some terminals set it: "15;0".
func Hinted(colours string) (dark, known bool) {
	_, ground, found := strings.Cut(colours, ";")
	if i := strings.LastIndex(ground, ";"); i >= 0 {
		ground = ground[i+1:]
	}
	n, err := strconv.Atoi(ground)
	if !found || err != nil {
		return false, false
	}
	return n < 7 || n == 8, true
}
