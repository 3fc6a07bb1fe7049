package wire

// The copy of the server's file that a laptop begins with: how it comes, and is written.

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/klauspost/compress/zstd"

	"doppelpass/store/temporary"
)

// Stage is what is being done until a copy lies on the laptop.
type Stage int

// The stages, in their order.
const (
	Preparing Stage = iota // the server makes the copy
	Sending                // it comes over the line
	Unpacking              // it is written here
)

// Progress is told how much of a stage is done, of how much, in bytes.
type Progress func(stage Stage, have, of int64)

// part is what is kept beside a copy that is not all there yet.
type part struct {
	ID   string `json:"id"`
	Size int64  `json:"size"`
}

// Fetch brings a copy of the server's store to a new file. What has come of one lies in
// path with ".part" behind it, and is gone on with the next time. Errors: Sorry, and what
// line and files say; fs.ErrExist: there is a file at path.
func (l *Line) Fetch(path string, progress Progress) error {
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%s: %w", path, fs.ErrExist)
	}
	if progress == nil {
		progress = func(Stage, int64, int64) {}
	}
	partial, note := path+".part", path+".part.json"
	var have part
	if content, err := temporary.Read(note, 64<<10); err == nil {
		_ = json.Unmarshal(content, &have)
	}
	file, err := os.OpenFile(partial, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("taking the server's copy: %w", err)
	}
	defer file.Close()
	at, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	if err := l.tell(kindCopy, copyAsked{have.ID, at}); err != nil {
		return l.broken(err)
	}
	h, err := l.head(progress)
	if err != nil {
		return err
	}
	if h.From < 0 || h.From > at || h.Size < h.From {
		return ErrFrame
	}
	content, err := json.Marshal(part{h.ID, h.Size})
	if err != nil {
		return err
	}
	// The file first: a name must never stand beside the bytes of another copy.
	if h.ID != have.ID {
		if err := os.Remove(note); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := file.Truncate(h.From); err != nil {
		return err
	}
	if _, err := file.Seek(h.From, io.SeekStart); err != nil {
		return err
	}
	if err := os.WriteFile(note, content, 0o600); err != nil {
		return fmt.Errorf("taking the server's copy: %w", err)
	}
	for at = h.From; at < h.Size; {
		body, err := l.answer(kindBytes)
		if err != nil {
			return err
		}
		if len(body) == 0 || at+int64(len(body)) > h.Size {
			return ErrFrame
		}
		if _, err := file.Write(body); err != nil {
			return fmt.Errorf("taking the server's copy: %w", err)
		}
		at += int64(len(body))
		progress(Sending, at, h.Size)
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("taking the server's copy: %w", err)
	}
	err = unpack(partial, path, func(done int64) { progress(Unpacking, done, h.Size) })
	if err != nil {
		_ = os.Remove(path)
	}
	return errors.Join(err, os.Remove(partial), os.Remove(note))
}

// head waits for the copy to be ready.
func (l *Line) head(progress Progress) (h head, err error) {
	for {
		k, body, err := l.oneOf(kindMaking, kindHead)
		if err != nil {
			return h, err
		}
		if k == kindHead {
			return read[head](body)
		}
		m, err := read[making](body)
		if err != nil {
			return h, err
		}
		progress(Preparing, m.Done, m.Of)
	}
}

// unpack writes to a new file what a stream of zstd holds, and
// tells how many bytes of that are done.
func unpack(path, to string, done func(bytes int64)) (err error) {
	from, err := os.Open(path)
	if err != nil {
		return err
	}
	defer from.Close()
	z, err := zstd.NewReader(bufio.NewReaderSize(&counted{from: from, done: done}, 1<<20), zstd.WithDecoderMaxWindow(64<<20))
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

// counted tells how many bytes have been read.
type counted struct {
	from io.Reader
	at   int64
	done func(bytes int64)
}

// Read implements io.Reader.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.at += int64(n)
	c.done(c.at)
	return n, err
}
