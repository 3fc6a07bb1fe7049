package session

// Files: where the person's are, and that there are none for who sits elsewhere.

import (
	"os"
	"path/filepath"
	"strings"
)

// Path is a path as the person typed it: ~ is their home, and what is relative is so to
// the folder they started in.
func (s *Session) Path(typed string) string {
	if rest, ok := strings.CutPrefix(typed, "~"); ok && (rest == "" || os.IsPathSeparator(rest[0])) {
		if home, err := os.UserHomeDir(); err == nil {
			return home + rest
		}
	}
	if s.Folder != "" && !filepath.IsAbs(typed) {
		return filepath.Join(s.Folder, typed)
	}
	return typed
}

// HasFiles is what the Enabled of an action returns that reads or writes files.
func (s *Session) HasFiles() (ok bool, reason string) {
	return !s.Remote, s.Look.T("shell.no-files")
}
