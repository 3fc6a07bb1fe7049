package join

// The console of Windows: since Windows 10 it takes and gives the sequences that other
// terminals do, once it is asked to; term.MakeRaw asks for those of keys.

import (
	"context"
	"os"
	"os/signal"
	"time"

	"golang.org/x/sys/windows"
)

// showSequences has the console follow sequences until the returned function is called.
func showSequences(out *os.File) func() {
	if out == nil {
		return func() {}
	}
	handle := windows.Handle(out.Fd())
	var mode uint32
	if windows.GetConsoleMode(handle, &mode) != nil {
		return func() {}
	}
	_ = windows.SetConsoleMode(handle, mode|windows.ENABLE_PROCESSED_OUTPUT|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING)
	return func() { _ = windows.SetConsoleMode(handle, mode) }
}

// lookEvery is how often the size is looked at: no signal tells of it here.
const lookEvery = 250 * time.Millisecond

func (c *console) resizes(ctx context.Context) <-chan struct{} {
	sizes := make(chan struct{}, 1)
	go func() {
		defer close(sizes)
		ticker := time.NewTicker(lookEvery)
		defer ticker.Stop()
		width, height := c.size()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
			if w, h := c.size(); w != width || h != height {
				width, height = w, h
				select {
				case sizes <- struct{}{}:
				default:
				}
			}
		}
	}()
	return sizes
}

// notify catches what Windows has of signals: ctrl+c, and a console that is closed,
// which Go tells as SIGTERM.
func notify(func() bool) (<-chan Signal, func()) {
	caught, travelling := make(chan os.Signal, 4), make(chan Signal, 4)
	signal.Notify(caught, os.Interrupt, windows.SIGTERM)
	go func() {
		for s := range caught {
			told := Interrupt
			if s == windows.SIGTERM {
				told = Terminate
			}
			select {
			case travelling <- told:
			default:
			}
		}
	}()
	return travelling, func() {
		signal.Stop(caught)
		close(caught)
	}
}
