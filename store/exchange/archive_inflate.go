package exchange

// Parts are unpacked by a library that takes two thirds of the standard one's time.

import (
	"archive/zip"
	"bufio"
	"errors"
	"io"
	"sync"

	"github.com/klauspost/compress/flate"
)

// unpacksQuickly has the parts of an archive unpacked so.
func unpacksQuickly(archive *zip.Reader) {
	archive.RegisterDecompressor(zip.Deflate, func(in io.Reader) io.ReadCloser {
		i, ok := inflaters.Get().(*inflater)
		if ok {
			i.in.Reset(in)
			ok = i.out.(flate.Resetter).Reset(i.in, nil) == nil
		}
		if !ok {
			i = &inflater{in: bufio.NewReaderSize(in, inflaterPiece)}
			i.out = flate.NewReader(i.in)
		}
		return &inflating{inflater: i}
	})
}

// inflaterPiece is how much of a file is read at a time, bytes.
const inflaterPiece = 32 << 10

// inflaters are those that nobody uses: each takes some memory, and an archive may have a great
// many parts.
var inflaters sync.Pool // of *inflater

type inflater struct {
	in  *bufio.Reader
	out io.ReadCloser
}

// inflating is one in use.
type inflating struct {
	using sync.Mutex
	*inflater
}

var errInflated = errors.New("a part is read that was closed")

func (i *inflating) Read(b []byte) (int, error) {
	i.using.Lock()
	defer i.using.Unlock()
	if i.inflater == nil {
		return 0, errInflated
	}
	return i.out.Read(b)
}

// Close gives it back, once.
func (i *inflating) Close() error {
	i.using.Lock()
	defer i.using.Unlock()
	if i.inflater == nil {
		return nil
	}
	err := i.out.Close()
	i.in.Reset(nil)
	inflaters.Put(i.inflater)
	i.inflater = nil
	return err
}
