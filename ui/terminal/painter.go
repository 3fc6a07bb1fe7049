package terminal

// Painting a terminal: of a frame only the lines that are new are sent, no more often
// than anybody sees, and nobody waits for a line that takes nothing. Over a slow line a
// frame goes out piece by piece, and what is left of it is forgotten as soon as there is
// a newer one: so what one sees is never far behind the keys. While nothing changes,
// nothing runs, and of what the screen of a quick line shows only a number a line is
// kept: a thousand sessions are at rest most of the time.

import (
	"hash/maphash"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"

	"doppelpass/store/faults"
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
	// Fewer says colours in fewer bytes, for a line that is very slow; may be nil.
	Fewer *strings.Replacer
	// Whole sends lines whole, to a terminal that may draw characters of ours two cells wide.
	Whole bool
	// Lean keeps the text of what is shown only once the line has proved slow.
	Lean bool

	lock          sync.Mutex
	lines         []shown // what the screen shows
	width, height int
	title         string        // the sequences that come before the next frame
	frame         []string      // the newest
	busy          bool          // a frame is on its way
	moved         bool          // a piece of it has gone, and a newer one would be taken
	wanted        bool          // a newer one was refused
	came          chan struct{} // closed once the newer one is there that was asked for
	halted        bool
	ended         chan struct{} // closed once the frame that is on its way has gone
}

// shown is a line on the screen.
type shown struct {
	sum  uint64
	text string // kept only for a slow line
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
	p.title += "\x1b]2;" + title + "\a"
}

// Free reports whether a frame would be shown now. If not, again is called later.
func (p *Painter) Free() bool {
	p.lock.Lock()
	defer p.lock.Unlock()
	if !p.busy || p.moved {
		return !p.halted
	}
	p.wanted = true
	return false
}

// Show shows a frame: lines of that width. It returns at once; a frame that comes while
// another is on its way is dropped, see Free, or takes the place of what is left of it.
func (p *Painter) Show(frame string, width, height int) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.busy && !p.moved {
		p.wanted = true
		return
	}
	if p.halted {
		return
	}
	lines := strings.Split(frame, "\n")
	p.frame = lines[:min(len(lines), height)]
	if p.width != width || p.height != height {
		p.lines, p.width, p.height = nil, width, height
		p.title = clearScreen + p.title
	}
	p.moved = false
	if p.busy {
		if p.came != nil {
			close(p.came)
			p.came = nil
		}
		return
	}
	piece, last := p.piece()
	if piece == nil {
		return
	}
	p.busy, p.ended = true, make(chan struct{})
	ended := p.ended
	faults.Go(func() { p.send(piece, last, ended) })
}

// clearScreen comes before everything of a frame of another size.
const clearScreen = "\x1b[2J"

// send sends what the screen lacks, beginning with a piece.
func (p *Painter) send(piece []byte, last bool, ended chan struct{}) {
	begun := time.Now()
	for piece != nil {
		p.screen.frame(piece, last) // an error of the line ends its session elsewhere
		p.screen.await()
		p.lock.Lock()
		if p.wanted && p.again != nil { // a newer one is there: what is left of this one may be in vain
			p.wanted, p.moved, p.came = false, true, make(chan struct{})
			came := p.came
			p.lock.Unlock()
			faults.Go(p.again) // it may wait for whoever waits for the frame's end
			select {
			case <-came:
			case <-time.After(frameTime):
			}
			p.lock.Lock()
			p.came = nil
		}
		piece, last = p.piece()
		if p.moved = piece != nil; !p.moved {
			p.frame = nil
		}
		p.lock.Unlock()
	}
	close(ended)
	time.Sleep(frameTime - time.Since(begun))
	p.lock.Lock()
	again := p.wanted && p.again != nil && !p.halted
	p.busy, p.wanted = false, false
	p.lock.Unlock()
	if again {
		p.again()
	}
}

// piece is the next part of what turns the screen into the newest frame: all of it
// where the line is quick; nil for nothing. last reports that the frame is whole with it.
func (p *Painter) piece() (out []byte, last bool) {
	if p.halted {
		return nil, false
	}
	room, keep, fewer := p.screen.piece(p.Lean)
	out, p.title = []byte(p.title), ""
	filled := 0
	for i, line := range p.frame {
		sum := maphash.String(p.seed, line)
		if i < len(p.lines) && p.lines[i].sum == sum {
			continue
		}
		if filled >= room {
			return out, false
		}
		part := p.part(i, line, fewer)
		if keep {
			filled += len(squeeze(part))
		}
		out = append(out, part...)
		for len(p.lines) <= i {
			p.lines = append(p.lines, shown{})
		}
		p.lines[i] = shown{sum: sum}
		if keep {
			p.lines[i].text = line
		}
	}
	if len(p.frame) < len(p.lines) {
		p.lines = p.lines[:len(p.frame)]
		out = append(append(append(out, "\x1b["...), strconv.Itoa(len(p.frame)+1)...), "H\x1b[J"...)
	}
	if len(out) == 0 {
		return nil, true
	}
	return out, true
}

// part is what the line i lacks to be that one.
func (p *Painter) part(i int, line string, fewer bool) []byte {
	part := whole(line, i, p.width, p.Measure(line))
	if i < len(p.lines) && p.lines[i].text != "" && !p.Whole {
		if less, ok := difference(p.lines[i].text, line, i); ok && len(squeeze(less)) < len(squeeze(part)) {
			part = less
		}
	}
	if fewer && p.Fewer != nil {
		return []byte(p.Fewer.Replace(string(part)))
	}
	return part
}

// Forget has the next frame painted as a whole.
func (p *Painter) Forget() {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.width, p.height = 0, 0
}

// Halt ends painting, once what is on its way has gone; it waits no longer than so long.
func (p *Painter) Halt(most time.Duration) {
	p.lock.Lock()
	p.halted = true
	ended := p.ended
	p.lock.Unlock()
	if ended == nil {
		return
	}
	select {
	case <-ended:
	case <-time.After(most):
	}
}

// GoOn paints again after Halt, a whole frame.
func (p *Painter) GoOn() {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.halted, p.width, p.height = false, 0, 0
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
