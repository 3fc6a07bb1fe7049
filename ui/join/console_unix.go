//go:build unix

package join

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// showSequences: terminals do so.
func showSequences(*os.File) func() { return func() {} }

// resizes tells of another size of the terminal, and once at the beginning: it may have
// changed before anybody listened.
func (c *console) resizes(ctx context.Context) <-chan struct{} {
	sizes := make(chan struct{}, 1)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGWINCH)
	go func() {
		defer close(sizes)
		defer signal.Stop(signals)
		for {
			select {
			case <-ctx.Done():
				return
			case <-signals:
				select {
				case sizes <- struct{}{}:
				default:
				}
			}
		}
	}()
	return sizes
}

// notify catches the signals that travel. What is ignored, as under nohup or aside in a script, is
// meant for commands: whoever started one wants it to go on. A session that shows ends with its
// terminal all the same.
func notify(shows func() bool) (<-chan Signal, func()) {
	caught, travelling := make(chan os.Signal, 4), make(chan Signal, 4)
	travel := map[os.Signal]Signal{syscall.SIGINT: Interrupt, syscall.SIGTERM: Terminate, syscall.SIGHUP: HangUp, syscall.SIGTSTP: pause, syscall.SIGQUIT: Terminate, syscall.SIGABRT: Terminate}
	ignored := map[os.Signal]bool{}
	for s := range travel {
		ignored[s] = signal.Ignored(s)
		signal.Notify(caught, s)
	}
	go func() {
		for s := range caught {
			if ignored[s] && !shows() {
				continue
			}
			select {
			case travelling <- travel[s]:
			default:
			}
		}
	}()
	return travelling, func() {
		signal.Stop(caught)
		close(caught)
	}
}
