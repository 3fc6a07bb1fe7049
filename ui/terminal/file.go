package terminal

// Keyboard and screen of the process's own terminal. They keep the files'
// descriptors, which Bubble Tea needs for raw mode and the window's size.

import (
	"bytes"
	"os"
	"time"
)

// FileKeyboard is the keyboard of a terminal's file.
type FileKeyboard struct {
	*os.File
	Keyboard *Keyboard
}

// NewFileKeyboard reads keys from a terminal's file.
func NewFileKeyboard(file *os.File) *FileKeyboard {
	return &FileKeyboard{file, &Keyboard{read: file.Read, more: func(wait time.Duration) bool { return readable(file, wait) }}}
}

// Read reads whole keys.
func (k *FileKeyboard) Read(p []byte) (int, error) { return k.Keyboard.Read(p) }

// FileScreen is the screen of a terminal's file.
type FileScreen struct {
	*os.File
	Screen *Screen
}

// NewFileScreen paces what is written to a terminal's file.
func NewFileScreen(file *os.File, keyboard *Keyboard, ask bool) *FileScreen {
	return &FileScreen{file, NewScreen(file, keyboard, ask)}
}

// Write sends p as a whole, but for frames: these are a Painter's. Bubble Tea, which
// looks after the terminal's modes, paints nothing.
func (s *FileScreen) Write(p []byte) (int, error) {
	if bytes.HasPrefix(p, []byte(frameBegins)) {
		return len(p), nil
	}
	return s.Screen.Write(p)
}

// WriteString sends text as a whole, at once.
func (s *FileScreen) WriteString(text string) (int, error) { return s.Screen.WriteString(text) }
