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
	"slices"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/zstd"

	"doppelpass/store"
	"doppelpass/store/temporary"
)

// copied is a copy that is kept for who asks for the rest of it.
type copied struct {
	id    string
	place store.Place // while it is being made: as of which at least
	used  time.Time
	users int // lines that read it, or wait for it

	ready chan struct{} // closed once what follows is there
	err   error
	path  string
	size  int64

	plain  string       // the file before it is packed
	of     atomic.Int64 // its size, which is a guess until it is there
	packed atomic.Int64 // bytes of it
}

// made is how much of the work is done: writing the file and packing it.
func (c *copied) made() making {
	of, packed := c.of.Load(), c.packed.Load()
	if packed > 0 {
		return making{of + packed, 2 * of}
	}
	var written int64
	if info, err := os.Stat(c.plain); err == nil {
		written = min(info.Size(), of)
	}
	return making{written, 2 * of}
}

func (c *copied) isReady() bool {
	select {
	case <-c.ready:
		return true
	default:
		return false
	}
}

// How long a copy is kept that nobody asks for, and how many of these.
const (
	keepsFor  = time.Hour
	keepsMost = 4
)

func (v *visit) copy(question copyAsked) error {
	c, err := v.copied(question.ID)
	if err != nil {
		return err
	}
	defer v.returned(c)
	if err := v.await(c); err != nil {
		return err
	}
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

// tellsEvery is how often a laptop hears how far the copy is that it waits for.
const tellsEvery = 100 * time.Millisecond

// await tells the laptop how far a copy is, until it is there.
func (v *visit) await(c *copied) error {
	ticker := time.NewTicker(tellsEvery)
	defer ticker.Stop()
	for {
		if err := v.tell(kindMaking, c.made()); err != nil {
			return err
		}
		select {
		case <-c.ready:
			return c.err
		case <-ticker.C:
		case <-v.context.Done():
			return v.ended()
		}
		if _, err := v.person(); err != nil {
			return err
		}
	}
}

// copied is the copy with a name, or one as the store is now, which may not be ready yet.
func (s *Server) copied(id string) (*copied, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	place, err := s.Store.Place()
	if err != nil {
		return nil, err
	}
	var found *copied
	unused := 0
	slices.SortStableFunc(s.copies, func(a, b *copied) int { return b.used.Compare(a.used) })
	s.copies = slices.DeleteFunc(s.copies, func(c *copied) bool {
		if c.users > 0 || !c.isReady() {
			return false
		}
		unused++
		// Whoever was erased since must not be handed out any more.
		gone := c.err != nil || c.place.Erasures != place.Erasures || time.Since(c.used) > keepsFor || unused > keepsMost
		if gone {
			_ = os.Remove(c.path)
		}
		return gone
	})
	for _, c := range s.copies {
		ready := c.isReady()
		fits := !ready || c.err == nil && (c.id == id || c.place.Number == place.Number)
		if fits && c.place.Erasures == place.Erasures && (found == nil || c.id == id) {
			found = c
		}
	}
	if found == nil {
		found = &copied{id: rand.Text(), place: place, used: time.Now(), ready: make(chan struct{})}
		if err := s.startCopy(found); err != nil {
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

// startCopy has a copy made as the store is now. Who waits for it may leave: it is kept for
// when they come again.
func (s *Server) startCopy(c *copied) error {
	info, err := os.Stat(s.Store.Path())
	if err != nil {
		return fmt.Errorf("the copy for a laptop: %w", err)
	}
	c.of.Store(info.Size())
	plain, err := s.fileBeside()
	if err != nil {
		return err
	}
	c.plain = plain.Name()
	_ = plain.Close()
	s.making.Go(func() {
		place, path, size, err := s.writeCopy(c)
		_ = os.Remove(c.plain)
		s.lock.Lock()
		defer s.lock.Unlock()
		c.err, c.path, c.size = err, path, size
		if err == nil {
			c.place = place
		}
		close(c.ready)
	})
	return nil
}

// fileBeside is a file of its own beside the store.
func (s *Server) fileBeside() (*os.File, error) {
	file, err := temporary.File(filepath.Dir(s.Store.Path()), "."+filepath.Base(s.Store.Path())+"-")
	if err != nil {
		return nil, fmt.Errorf("the copy for a laptop: %w", err)
	}
	return file, nil
}

// writeCopy writes what the store holds and packs it.
func (s *Server) writeCopy(c *copied) (place store.Place, path string, size int64, err error) {
	if place, err = s.Store.Copy(c.plain); err != nil {
		return place, "", 0, err
	}
	info, err := os.Stat(c.plain)
	if err != nil {
		return place, "", 0, err
	}
	c.of.Store(info.Size())
	packed, err := s.fileBeside()
	if err != nil {
		return place, "", 0, err
	}
	path = packed.Name()
	if err := errors.Join(pack(packed, c.plain, c.packed.Store), packed.Close()); err != nil {
		_ = os.Remove(path)
		return place, "", 0, fmt.Errorf("the copy for a laptop: %w", err)
	}
	if info, err = os.Stat(path); err != nil {
		return place, "", 0, err
	}
	return place, path, info.Size(), nil
}

// pack writes a file as a stream of zstd, and tells how many bytes of it are done.
func pack(to io.Writer, path string, done func(bytes int64)) (err error) {
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
	_, err = io.Copy(z, &counted{from: from, done: done})
	return errors.Join(err, z.Close(), buffered.Flush())
}

// Close takes away the copies that were kept. No laptop is answered any more.
func (s *Server) Close() {
	s.making.Wait()
	s.lock.Lock()
	defer s.lock.Unlock()
	for _, c := range s.copies {
		_ = os.Remove(c.path)
	}
	s.copies = nil
}
