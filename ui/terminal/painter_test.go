package terminal

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/stretchr/testify/require"
)

// Whatever frames follow each other, the terminal shows the last one.
func TestThePainterShowsTheLastFrame(t *testing.T) {
	emulator := vt.NewEmulator(20, 5)
	again := make(chan struct{}, 1)
	p := NewPainter(NewScreen(emulator, nil, false), func() { again <- struct{}{} })
	p.Begin(true)
	show := func(frame string, width, height int) {
		for !p.Free() {
			<-again
		}
		p.Show(frame, width, height)
	}
	for i := range 40 {
		lines := make([]string, 1+i%5)
		for y := range lines {
			lines[y] = fmt.Sprintf("\x1b[1mline %d\x1b[0m of %d", y, i/2)
		}
		if i%7 == 0 {
			lines[0] = strings.Repeat("wide", 20) // wider than the terminal: it stays in its line
		}
		show(strings.Join(lines, "\n"), 20, 5)
		if i%9 == 0 {
			p.Forget()
		}
	}
	show("one\ntwo\n\nfour", 20, 5)
	for !p.Free() {
		<-again
	}
	for y, line := range []string{"one", "two", "", "four", ""} {
		got := ""
		for x := range 20 {
			got += emulator.CellAt(x, y).Content
		}
		require.Equal(t, line, strings.TrimRight(got, " "))
	}
	p.End(true)
	p.Show("one\ntwo\n\nfour", 20, 5)
	require.False(t, p.busy, "what is shown is sent no second time")
}

// A line that takes nothing holds nobody up who wants to show something.
func TestAStalledLineHoldsNobodyUp(t *testing.T) {
	in, out := io.Pipe()
	p := NewPainter(NewScreen(out, nil, false), nil)
	for i := range 1000 {
		p.Show(fmt.Sprint("frame ", i), 20, 5)
	}
	require.False(t, p.Free())
	go func() { time.Sleep(10 * time.Millisecond); _ = in.Close() }()
	p.End(false)
}
