package ui_test

// The whole program in a virtual terminal, started as in production: from the
// command line, on demo data made by the demo command.

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/stretchr/testify/require"

	"doppelpass/ui"
	"doppelpass/ui/command"
	"doppelpass/ui/uitest"
)

// patience is how long a screen may take to show what a test waits for. It bounds
// a failing test; a passing one never waits for it.
const patience = 20 * time.Second

// morning is when every story takes place.
func morning() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.Local) }

// terminal is a person at a terminal.
type terminal struct {
	t      *testing.T
	screen *vt.Emulator
	lock   sync.Mutex
	keys   *io.PipeWriter
	done   chan int
	width  int
	height int
}

// Write shows the program's output on the screen.
func (w *terminal) Write(p []byte) (int, error) {
	w.lock.Lock()
	defer w.lock.Unlock()
	return w.screen.Write(p)
}

// answer sends the program what the terminal answers when asked.
func (w *terminal) answer() {
	answers := make(chan []byte, 1000)
	go func() {
		for b := range answers {
			_, _ = w.keys.Write(b)
		}
	}()
	defer close(answers)
	for {
		b := make([]byte, 64)
		n, err := w.screen.Read(b)
		if err != nil {
			return
		}
		answers <- b[:n]
	}
}

// run runs a command to its end and returns what it printed.
func run(t *testing.T, args ...string) string {
	t.Helper()
	var out, errors bytes.Buffer
	code := command.Execute(args, command.Environment{
		Input: strings.NewReader(""), Output: &out, Errors: &errors, Getenv: func(string) string { return "" }, Now: morning, User: "sommer",
		App: func(ui.Options) error { return fmt.Errorf("this command opens no app") },
	})
	require.Zero(t, code, errors.String())
	return out.String()
}

// kept is the demo that every test has a copy of.
var kept uitest.Kept

// demo is demo data around a fixed day.
func demo(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "demo.db")
	kept.Copy(t, path, func(path string) { run(t, "demo", "--no-open", "--db", path, "--today", "2026-11-24") })
	return path
}

// open starts the app in a terminal of that size.
func open(t *testing.T, width, height int, args ...string) *terminal {
	t.Helper()
	input, keys := io.Pipe()
	w := &terminal{t: t, screen: vt.NewEmulator(width, height), keys: keys, done: make(chan int, 1), width: width, height: height}
	go w.answer()
	environment := command.Environment{
		Input: input, Output: w, Errors: w, Getenv: func(string) string { return "" }, Now: morning, User: "sommer",
		App: func(o ui.Options) error {
			o.Input, o.Output, o.Width, o.Height = input, w, width, height
			return ui.Run(o)
		},
	}
	go func() { w.done <- command.Execute(args, environment) }()
	t.Cleanup(func() {
		go func() { // a test that failed leaves the program running
			_, _ = io.WriteString(keys, "\x03")
			keys.Close()
		}()
		select {
		case <-w.done:
		case <-time.After(patience):
			t.Error("the program did not end with its terminal")
		}
	})
	return w
}

// text is the screen without colours, lines without blanks at their ends.
func (w *terminal) text() string {
	w.lock.Lock()
	defer w.lock.Unlock()
	lines := make([]string, w.height)
	for y := range lines {
		var line strings.Builder
		for x := 0; x < w.width; {
			cell := w.screen.CellAt(x, y)
			if cell == nil || cell.Content == "" {
				line.WriteByte(' ')
				x++
				continue
			}
			line.WriteString(cell.Content)
			x += max(cell.Width, 1)
		}
		lines[y] = strings.TrimRight(line.String(), " ")
	}
	return strings.Join(lines, "\n")
}

// types types keys: names such as enter, or text, as fast as a person can. What comes faster
// is taken for pasted once a loaded machine has let it gather.
func (w *terminal) types(keys ...string) {
	w.t.Helper()
	names := map[string]string{
		"enter": "\r", "esc": "\x1b", "tab": "\t", "down": "\x1b[B", "up": "\x1b[A", "right": "\x1b[C", "left": "\x1b[D",
		"ctrl+s": "\x13", "ctrl+p": "\x10", "ctrl+k": "\x0b",
	}
	press := func(key string) {
		_, err := io.WriteString(w.keys, key)
		require.NoError(w.t, err)
		time.Sleep(30 * time.Millisecond)
	}
	for _, key := range keys {
		if sequence, ok := names[key]; ok {
			press(sequence)
			continue
		}
		for _, letter := range key {
			press(string(letter))
		}
	}
}

// sees waits until the screen shows a pattern and returns what it captures.
func (w *terminal) sees(pattern string) []string {
	w.t.Helper()
	expression := regexp.MustCompile(pattern)
	deadline := time.Now().Add(patience)
	for {
		screen := w.text()
		if found := expression.FindStringSubmatch(screen); found != nil {
			return found
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("the screen never shows %q:\n%s", pattern, screen)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// tabTo goes to a field of a form; a key may come before the form is there.
func (w *terminal) tabTo(field string) {
	w.t.Helper()
	for range 12 {
		if strings.Contains(w.text(), "▸ "+field) {
			return
		}
		w.types("tab")
		w.waits()
	}
	w.sees("▸ " + field)
}

// waits lets a question stand for as long as a person needs to see it: an answer
// that comes sooner was not meant for it.
func (w *terminal) waits() { time.Sleep(2 * ui.Glance) }

// quits waits for the program's end.
func (w *terminal) quits() {
	w.t.Helper()
	select {
	case code := <-w.done:
		require.Zero(w.t, code)
		w.done <- code
	case <-time.After(patience):
		w.t.Fatalf("the program does not end:\n%s", w.text())
	}
}

// golden waits until the screen is the one on record; with UPDATE_GOLDEN set it
// records the screen once it has settled.
func (w *terminal) golden(name string) {
	w.t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		require.NoError(w.t, os.MkdirAll("testdata", 0o755))
		require.NoError(w.t, os.WriteFile(path, []byte(w.settled()+"\n"), 0o644))
		return
	}
	want, err := os.ReadFile(path)
	require.NoError(w.t, err, "record it with UPDATE_GOLDEN=1 go test ./ui")
	screen := ""
	for deadline := time.Now().Add(patience / 2); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if screen = strings.TrimRight(w.text(), "\n"); screen == strings.TrimRight(string(want), "\n") {
			return
		}
	}
	require.Equal(w.t, strings.TrimRight(string(want), "\n"), screen, "UPDATE_GOLDEN=1 records the new screen")
}

// settled is the screen once it has not changed for a while.
func (w *terminal) settled() string {
	screen := w.text()
	for same := 0; same < 25; {
		time.Sleep(20 * time.Millisecond)
		if next := w.text(); next == screen {
			same++
		} else {
			screen, same = next, 0
		}
	}
	return screen
}
