package wire

// Copies of the server's file, which laptops begin with.

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/klauspost/compress/zstd"

	"doppelpass/store"
	"doppelpass/store/temporary"
)

// copied is a copy that is kept for who asks for the rest of it.
type copied struct {
	id    string
	path  string
	size  int64
	place store.Place
	used  time.Time
	users int // lines that read it
}

// keepsFor is how long a copy is kept that nobody asks for.
const keepsFor = time.Hour

func (v *visit) copy(question copyAsked) error {
	c, err := v.copied(question.ID)
	if err != nil {
		return err
	}
	defer v.returned(c)
	from := question.From
	if c.id != question.ID || from < 0 || from > c.size {
		from = 0
	}
	file, err := os.Open(c.path)
	if err != nil {
		return fmt.Errorf("the copy for a laptop: %w", err)
	}
	defer file.Close()
	if _, err := file.Seek(from, io.SeekStart); err != nil {
		return err
	}
	if err := v.tell(kindHead, head{c.id, c.size, from}); err != nil {
		return err
	}
	piece := make([]byte, mostFrame)
	for left := c.size - from; left > 0; {
		n, err := io.ReadFull(file, piece[:min(left, mostFrame)])
		if err != nil {
			return fmt.Errorf("the copy for a laptop: %w", err)
		}
		if err := v.send(kindBytes, piece[:n]); err != nil {
			return err
		}
		left -= int64(n)
		if _, err := v.person(); err != nil {
			return err
		}
	}
	v.number = max(v.number, c.place.Number)
	return nil
}

// copied is the copy with a name, or one as the store is now.
func (s *Server) copied(id string) (*copied, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	place, err := s.Store.Place()
	if err != nil {
		return nil, err
	}
	kept := s.copies[:0]
	var found *copied
	for _, c := range s.copies {
		// Whoever was erased since must not be handed out any more.
		if c.users == 0 && (c.place.Erasures != place.Erasures || time.Since(c.used) > keepsFor) {
			_ = os.Remove(c.path)
			continue
		}
		kept = append(kept, c)
		if c.place.Erasures == place.Erasures && (c.id == id || c.place.Number == place.Number) && (found == nil || c.id == id) {
			found = c
		}
	}
	s.copies = kept
	if found == nil {
		if found, err = s.newCopy(); err != nil {
			return nil, err
		}
		s.copies = append(s.copies, found)
	}
	found.users++
	return found, nil
}

func (s *Server) returned(c *copied) {
	s.lock.Lock()
	defer s.lock.Unlock()
	c.users--
	c.used = time.Now()
}

// newCopy makes a copy as the store is now.
func (s *Server) newCopy() (c *copied, err error) {
	folder := filepath.Dir(s.Store.Path())
	prefix := "." + filepath.Base(s.Store.Path()) + "-"
	plain, err := temporary.File(folder, prefix)
	if err != nil {
		return nil, fmt.Errorf("the copy for a laptop: %w", err)
	}
	defer os.Remove(plain.Name())
	_ = plain.Close()
	c = &copied{id: rand.Text(), used: time.Now()}
	if c.place, err = s.Store.Copy(plain.Name()); err != nil {
		return nil, err
	}
	packed, err := temporary.File(folder, prefix)
	if err != nil {
		return nil, fmt.Errorf("the copy for a laptop: %w", err)
	}
	c.path = packed.Name()
	if err := errors.Join(pack(packed, plain.Name()), packed.Close()); err != nil {
		_ = os.Remove(c.path)
		return nil, fmt.Errorf("the copy for a laptop: %w", err)
	}
	info, err := os.Stat(c.path)
	if err != nil {
		return nil, err
	}
	c.size = info.Size()
	return c, nil
}

// pack writes a file as a stream of zstd.
func pack(to io.Writer, path string) (err error) {
	from, err := os.Open(path)
	if err != nil {
		return err
	}
	defer from.Close()
	buffered := bufio.NewWriterSize(to, 1<<20)
	z, err := zstd.NewWriter(buffered, zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return err
	}
	_, err = io.Copy(z, from)
	return errors.Join(err, z.Close(), buffered.Flush())
}

// unpack writes to a new file what a stream of zstd holds.
func unpack(path, to string) (err error) {
	from, err := os.Open(path)
	if err != nil {
		return err
	}
	defer from.Close()
	z, err := zstd.NewReader(bufio.NewReaderSize(from, 1<<20), zstd.WithDecoderMaxWindow(64<<20))
	if err != nil {
		return err
	}
	defer z.Close()
	file, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, z)
	return errors.Join(err, file.Sync(), file.Close())
}

// Close takes away the copies that were kept.
func (s *Server) Close() {
	s.lock.Lock()
	defer s.lock.Unlock()
	for _, c := range s.copies {
		_ = os.Remove(c.path)
	}
	s.copies = nil
}
