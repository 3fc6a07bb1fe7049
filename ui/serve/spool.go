package serve

import (
	"bytes"
	"io"
	"os"

	"doppelpass/store/temporary"
)

// spoolMemory is how much of a command's output is kept in memory, in bytes.
const spoolMemory = 1 << 20

// spool puts aside what a command prints, so that it is done with the store before the
// first byte goes to a client that may take none. What is long lies in a file.
type spool struct {
	memory bytes.Buffer
	file   *os.File
}

// Write implements io.Writer.
func (s *spool) Write(p []byte) (int, error) {
	if s.file == nil && s.memory.Len()+len(p) <= spoolMemory {
		return s.memory.Write(p)
	}
	if s.file == nil {
		file, err := temporary.File("", "doppelpass-spool-") // 0600
		if err != nil {
			return 0, err
		}
		s.file = file
		if _, err := s.memory.WriteTo(file); err != nil {
			return 0, err
		}
	}
	return s.file.Write(p)
}

// sendTo sends what was put aside; the client may be gone.
func (s *spool) sendTo(w io.Writer) {
	if s.file == nil {
		_, _ = s.memory.WriteTo(w)
		return
	}
	defer os.Remove(s.file.Name())
	defer s.file.Close()
	if _, err := s.file.Seek(0, io.SeekStart); err == nil {
		_, _ = io.Copy(w, s.file)
	}
}
