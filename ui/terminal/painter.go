package terminal

// Painting a terminal at the other end of a connection: of a frame only the lines that
// are new are sent, no more often than anybody sees, and nobody waits for a line that
// takes nothing. While nothing changes, nothing runs, and of what the screen shows only a
// number a line is kept: a thousand sessions are at rest most of the time.

import (
	"hash/maphash"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// frameTime is the least time between two frames.
const frameTime = 16 * time.Millisecond

// What is switched on while a painter has the terminal, and off afterwards.
const (
	paintBegins = "\x1b[?1049h\x1b[2J\x1b[H\x1b[?25l\x1b[?2004h"
	paintEnds   = "\x1b[?2004l\x1b[?25h\x1b[?1049l"
	mouseOn     = "\x1b[?1002h\x1b[?1006h"
	mouseOff    = "\x1b[?1006l\x1b[?1002l"
)

// Painter paints a screen. Its methods may be called by several goroutines.
type Painter struct {
	screen *Screen
	again  func() // a frame was wanted while one was on its way; may be nil
	seed   maphash.Seed
	// Measure is how many cells a line takes.
	Measure func(line string) int

	lock          sync.Mutex
	lines         []uint64 // what the screen shows
	width, height int
	title         string // to be set with the next frame
	busy, wanted  bool
	ended         chan struct{} // closed once the frame that is on its way has gone
}

// NewPainter paints on a screen. again is called, by a goroutine of its own, when a
// frame was refused and can be shown now.
func NewPainter(screen *Screen, again func()) *Painter {
	return &Painter{screen: screen, again: again, seed: maphash.MakeSeed(), Measure: ansi.StringWidth}
}

// Begin takes the terminal.
func (p *Painter) Begin(mouse bool) {
	_, _ = p.screen.WriteString(paintBegins)
	if mouse {
		p.Mouse(true)
	}
}

// Mouse says whether the terminal tells of the mouse.
func (p *Painter) Mouse(on bool) {
	if on {
		_, _ = p.screen.WriteString(mouseOn)
		return
	}
	_, _ = p.screen.WriteString(mouseOff)
}

// Title names the window, with the next frame.
func (p *Painter) Title(title string) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.title = title
}

// Free reports whether a frame would be shown now. If not, again is called later.
func (p *Painter) Free() bool {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.wanted = p.busy
	return !p.busy
}

// Show shows a frame: lines of that width. It returns at once; a frame that comes while
// another is on its way is dropped, see Free.
func (p *Painter) Show(frame string, width, height int) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.busy {
		p.wanted = true
		return
	}
	bytes := p.difference(frame, width, height)
	if bytes == nil {
		return
	}
	p.busy, p.ended = true, make(chan struct{})
	go p.send(bytes, p.ended)
}

func (p *Painter) send(frame []byte, ended chan struct{}) {
	begun := time.Now()
	_, _ = p.screen.Write(frame) // an error of the line ends its session elsewhere
	close(ended)
	time.Sleep(frameTime - time.Since(begun))
	p.lock.Lock()
	again := p.wanted && p.again != nil
	p.busy, p.wanted = false, false
	p.lock.Unlock()
	if again {
		p.again()
	}
}

// difference is what turns the screen into the frame; nil for nothing.
func (p *Painter) difference(frame string, width, height int) []byte {
	lines := strings.Split(frame, "\n")
	lines = lines[:min(len(lines), height)]
	out := []byte(frameBegins)
	fresh := p.width != width || p.height != height
	if fresh {
		out = append(out, "\x1b[2J"...)
		p.lines, p.width, p.height = nil, width, height
	}
	for i, line := range lines {
		sum := maphash.String(p.seed, line)
		if i < len(p.lines) && p.lines[i] == sum {
			continue
		}
		out = append(append(append(out, "\x1b["...), strconv.Itoa(i+1)...), 'H')
		switch w := p.Measure(line); {
		case w > width:
			out = append(out, ansi.Truncate(line, width, "")...)
		case w < width:
			out = append(append(out, line...), "\x1b[K"...)
		default:
			out = append(out, line...)
		}
		for len(p.lines) <= i {
			p.lines = append(p.lines, sum)
		}
		p.lines[i] = sum
	}
	if len(lines) < len(p.lines) {
		p.lines = p.lines[:len(lines)]
		out = append(append(append(out, "\x1b["...), strconv.Itoa(len(lines)+1)...), "H\x1b[J"...)
	}
	if p.title != "" {
		out = append(append(append(out, "\x1b]2;"...), p.title...), 0x07)
		p.title = ""
	}
	if len(out) == len(frameBegins) {
		return nil
	}
	return out
}

// Forget has the next frame painted as a whole.
func (p *Painter) Forget() {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.width, p.height = 0, 0
}

// End gives the terminal back, once the frame that is on its way has gone.
func (p *Painter) End(mouse bool) {
	p.lock.Lock()
	ended := p.ended
	p.lock.Unlock()
	if ended != nil {
		<-ended
	}
	if mouse {
		p.Mouse(false)
	}
	_, _ = p.screen.WriteString(paintEnds)
}
