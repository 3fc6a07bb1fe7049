// Package habits is what the program remembers of one person: colours, language,
// role, mouse and keys, in a small file of lines "name = value" that can be edited by
// hand. What belongs to the business is not here but in the store.
package habits

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"doppelpass/store/temporary"
)

// The names of habits. A key is remapped under "key." and the action's name:
// "key.visit.log = v".
const (
	Theme      = "theme"      // light, dark; auto or missing: as the terminal says
	Background = "background" // light, dark: what the terminal said last
	Language   = "language"   // de, en
	Role       = "role"       // lead, sales, marketing
	Mouse      = "mouse"      // on, off
	Cursor     = "cursor"     // on: the terminal's cursor shows, for screen readers
	Backup     = "backup"     // the folder for a backup before every large import
	Inbox      = "inbox"      // the day on which the inbox was looked at last
	// What maps are drawn with (braille, blocks, ascii), by kind of terminal: not every one has every font.
	Map                 = "map"
	MapOnWindowsConsole = "map-windows-console"
	MapOnLinuxConsole   = "map-linux-console"

	keyPrefix = "key."
	// How tables are sorted and how wide their columns are, under the table's name:
	// "sort.accounts = city rising", "width.accounts = name:40".
	sortPrefix, widthPrefix = "sort.", "width."
)

// Habit is one that a person may set, with the values it takes; none: the whole path of a
// folder.
type Habit struct {
	Name   string
	Values []string
}

// Names lists the habits a person may set.
var Names = []Habit{
	{Theme, []string{"auto", "light", "dark"}}, {Language, []string{"de", "en"}}, {Role, []string{"lead", "sales", "marketing"}},
	{Mouse, []string{"on", "off"}}, {Cursor, []string{"on", "off"}}, {Backup, nil},
	{Map, []string{"braille", "blocks", "ascii"}}, {MapOnWindowsConsole, []string{"braille", "blocks", "ascii"}}, {MapOnLinuxConsole, []string{"braille", "blocks", "ascii"}},
}

// ErrUnknown is a name that is no habit, ErrValue a value that the habit does not take.
var (
	ErrUnknown = errors.New("no such setting")
	ErrValue   = errors.New("no such value")
)

// Habits are one person's. A nil one remembers nothing.
type Habits struct {
	path   string
	getenv func(string) string

	lock  sync.Mutex
	lines []string // as they stand in the file
}

// longest bounds the file, bytes.
const longest = 1 << 20

// Load reads the file; one that is not there holds nothing yet. Variables of the
// environment (DOPPELPASS_THEME …) stand above it.
func Load(path string, getenv func(string) string) (*Habits, error) {
	h := &Habits{path: path, getenv: getenv}
	content, err := temporary.Read(path, longest)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return h, fmt.Errorf("reading %s: %w", path, err)
	}
	if bytes.IndexByte(content, 0) >= 0 { // no text, or one whose lines nobody would know
		return h, fmt.Errorf("reading %s: %w", path, &fs.PathError{Op: "read", Path: path, Err: temporary.ErrNoFile})
	}
	content = bytes.TrimPrefix(content, []byte("\ufeff")) // editors put it in front of the first line
	if len(content) > 0 {
		h.lines = strings.Split(strings.TrimRight(string(content), "\n"), "\n")
	}
	return h, nil
}

// Path is where the file lies.
func (h *Habits) Path() string { return h.path }

// Get is a habit's value, "" for none. A value that the habit does not take counts
// as none.
func (h *Habits) Get(name string) string {
	if h == nil {
		return ""
	}
	if value := h.getenv("DOPPELPASS_" + strings.ToUpper(name)); value != "" && takes(name, value) {
		return value
	}
	h.lock.Lock()
	defer h.lock.Unlock()
	for _, line := range h.lines {
		if key, value, ok := parse(line); ok && key == name && takes(name, value) {
			return value
		}
	}
	return ""
}

// Keys are the remapped keys by the name of their action.
func (h *Habits) Keys() map[string][]string {
	keys := map[string][]string{}
	if h == nil {
		return keys
	}
	h.lock.Lock()
	defer h.lock.Unlock()
	for _, line := range h.lines {
		if name, value, ok := parse(line); ok && strings.HasPrefix(name, keyPrefix) {
			keys[strings.TrimPrefix(name, keyPrefix)] = strings.Fields(value)
		}
	}
	return keys
}

// All are the names and values in the file, in its order.
func (h *Habits) All() (pairs [][2]string) {
	if h == nil {
		return nil
	}
	h.lock.Lock()
	defer h.lock.Unlock()
	for _, line := range h.lines {
		if name, value, ok := parse(line); ok {
			pairs = append(pairs, [2]string{name, value})
		}
	}
	return pairs
}

// Set remembers a habit; the empty value forgets it. Comments and lines of others
// stay as they are.
func (h *Habits) Set(name, value string) error {
	if h == nil {
		return nil
	}
	if !known(name) {
		return ErrUnknown
	}
	if value != "" && !takes(name, value) {
		return ErrValue
	}
	h.lock.Lock()
	defer h.lock.Unlock()
	line := name + " = " + value
	at := slices.IndexFunc(h.lines, func(l string) bool { key, _, ok := parse(l); return ok && key == name })
	switch {
	case at >= 0 && value == "":
		h.lines = slices.Delete(h.lines, at, at+1)
	case at >= 0 && h.lines[at] == line, at < 0 && value == "":
		return nil
	case at >= 0:
		h.lines[at] = line
	default:
		h.lines = append(h.lines, line)
	}
	return h.write()
}

// write puts the file aside and moves it to its place, so that it is never half.
func (h *Habits) write() error {
	folder := filepath.Dir(h.path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("making the folder for settings: %w", err)
	}
	file, err := temporary.File(folder, ".config-")
	if err != nil {
		return fmt.Errorf("writing settings: %w", err)
	}
	_, err = file.WriteString(strings.Join(h.lines, "\n") + "\n")
	if err != nil {
		err = errors.Join(err, file.Close(), os.Remove(file.Name()))
	} else {
		err = temporary.Keep(file, h.path)
	}
	if err != nil {
		return fmt.Errorf("writing settings: %w", err)
	}
	return nil
}

// parse reads a line; comments begin with #.
func parse(line string) (name, value string, ok bool) {
	line = strings.TrimSpace(line)
	if strings.HasPrefix(line, "#") {
		return "", "", false
	}
	name, value, ok = strings.Cut(line, "=")
	return strings.ToLower(strings.TrimSpace(name)), strings.Trim(strings.TrimSpace(value), `"`), ok && value != ""
}

func known(name string) bool {
	return name == Background || name == Inbox || strings.HasPrefix(name, keyPrefix) || strings.HasPrefix(name, sortPrefix) || strings.HasPrefix(name, widthPrefix) || slices.ContainsFunc(Names, func(h Habit) bool { return h.Name == name })
}

// takes reports whether a habit takes a value.
func takes(name, value string) bool {
	if name == Background {
		return value == "light" || value == "dark"
	}
	for _, n := range Names {
		if n.Name == name {
			return slices.Contains(n.Values, value) || n.Values == nil && filepath.IsAbs(value)
		}
	}
	return true
}
