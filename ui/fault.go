package ui

// A fault of the program itself: the app ends before anything wrong is shown or written,
// keeps what is typed as at any other end, gives the terminal back, and leaves a report in
// which no data of the company stands.

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/store/faults"
	"doppelpass/store/temporary"
)

// codeFault is the exit code after a fault.
const codeFault = faults.Code

// mostReports is how many reports stay; the oldest go first.
const mostReports = 5

// fault is what was recovered from, with where it was.
type fault struct {
	value any
	stack []byte
}

// met is a fault that was recovered from here, or in a goroutine that was waited for.
func met(p any) fault {
	if c, is := p.(faults.Carried); is {
		return fault{c.Value, c.Stack}
	}
	return fault{p, debug.Stack()}
}

// watched runs a command so that its fault comes back as a message; those that it begins
// are watched as well. In a test without a program faults stay what they are.
func (r *root) watched(cmd tea.Cmd) tea.Cmd {
	if cmd == nil || r.send == nil {
		return cmd
	}
	return func() (msg tea.Msg) {
		defer func() {
			if p := recover(); p != nil {
				msg = met(p)
			}
		}()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = r.watched(batch[i])
			}
		}
		return msg
	}
}

// broken ends the app after a fault.
func (r *root) broken(f fault) tea.Cmd {
	if r.faulty {
		return nil
	}
	r.faulty = true
	r.farewell = "shell.fault"
	if path, err := writeReport(strings.TrimSuffix(draftsOf(r.options), draftsEnd), r.report(f)); err == nil {
		r.faultReport = path
	}
	func() {
		defer func() { _ = recover() }() // what is typed may be what cannot be read
		r.keepDrafts()
	}()
	return r.leave(codeFault)
}

// report tells where a fault was. The value of a panic may hold anything; only what the
// runtime itself says is told, which has numbers and types in it and no data.
func (r *root) report(f fault) []byte {
	said := fmt.Sprintf("%T", f.value)
	if e, ok := f.value.(runtime.Error); ok {
		said = e.Error()
	}
	return fmt.Appendf(nil, "Doppelpass %s, %s, %s/%s, %s\npage %s, %d x %d, %d dialogs\n%s\n\n%s",
		r.options.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH, time.Now().UTC().Format(time.RFC3339),
		r.front, r.width, r.height, len(r.modals), said, f.stack)
}

// writeReport writes a report beside a person's settings, or else among the temporary
// files, and lets the oldest of them go.
func writeReport(beside string, report []byte) (path string, err error) {
	folder, name := os.TempDir(), "doppelpass"
	if beside != "" {
		folder, name = filepath.Dir(beside), filepath.Base(beside)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	file, err := temporary.File(folder, ".fault-") // 0600
	if err != nil {
		return "", err
	}
	path = filepath.Join(folder, name+".fault-"+time.Now().UTC().Format("20060102-150405.000")+".txt")
	if _, err := file.Write(report); err != nil {
		return "", errors.Join(err, file.Close(), os.Remove(file.Name()))
	}
	if err := temporary.Keep(file, path); err != nil {
		return "", err
	}
	if reports, _ := filepath.Glob(filepath.Join(folder, name+".fault-*.txt")); len(reports) > mostReports {
		slices.Sort(reports)
		for _, old := range reports[:len(reports)-mostReports] {
			_ = os.Remove(old)
		}
	}
	return path, nil
}
