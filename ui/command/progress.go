package command

// A bar for work that takes a while, on terminals only.

import (
	"fmt"
	"io"
	"time"

	"doppelpass/ui/kit"
	"doppelpass/ui/text"
)

// bar shows how far something has come, on the line under the prompt. It shows
// nothing in the first moments, nor where nobody looks.
type bar struct {
	r       *run
	message string // key; may use {{.Percent}} and {{.Bar}}
	name    string
	looked  bool
	line    io.Writer // the terminal itself: the bar is drawn over and over
	shown   bool
	since   time.Time
	next    time.Time
}

const (
	barPatience = 300 * time.Millisecond
	barPause    = 80 * time.Millisecond
	barWidth    = 24
)

func (r *run) newBar(message string) *bar {
	return &bar{r: r, message: message, looked: r.isTerminal(r.Errors), line: bare(r.Errors), since: time.Now()}
}

// show draws the bar, now and then. Without a known size it only says that work
// goes on.
func (b *bar) show(done, size int64) {
	if !b.looked {
		return
	}
	now := time.Now()
	if now.Sub(b.since) < barPatience || now.Before(b.next) {
		return
	}
	b.next, b.shown = now.Add(barPause), true
	share := 0.0
	if size > 0 {
		share = min(1, float64(done)/float64(size))
	}
	fmt.Fprintf(b.line, "\r\x1b[K%s", b.r.t(b.message, text.Args{
		"Name": kit.Clean(b.name), "Bar": kit.Bar(share, barWidth), "Percent": b.r.words().Percent(share),
	}))
}

// clear takes the bar away.
func (b *bar) clear() {
	if b.shown {
		fmt.Fprint(b.line, "\r\x1b[K")
		b.shown = false
	}
}
