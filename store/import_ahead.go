package store

// Files are read and their cells understood before the store is held, so that
// nobody waits for that. What a file holds beyond a bound on memory is read while
// its rows are merged.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"doppelpass/store/exchange"
)

// aheadRows is how many rows of an import are read before the store is held; of a longer
// file the rest is read while those are written.
const aheadRows = 50_000

// aheadFile is a file of an import, some of it read already.
type aheadFile struct {
	reader *exchange.Reader
	ahead  []*exchange.Batch
	next   func() (*exchange.Batch, error, bool)
	stop   func()
	err    error // ends the file behind what was read ahead
}

type aheadFiles []*aheadFile

func (files aheadFiles) close() {
	for _, f := range files {
		f.stop()
		_ = f.reader.Close()
	}
}

// readAhead opens the files and reads of them in their order.
func readAhead(ctx context.Context, sources []Source) (files aheadFiles, err error) {
	rows := 0
	for _, source := range sources {
		reader, err := source.File.Read(source.Mapping)
		if err != nil {
			files.close()
			return nil, fmt.Errorf("importing %s: %w", source.File.Path(), err)
		}
		reader.Together()
		f := &aheadFile{reader: reader}
		f.next, f.stop = iter.Pull2(reader.All(ctx))
		files = append(files, f)
		for rows < aheadRows && f.err == nil {
			batch, err, more := f.next()
			switch {
			case !more:
				f.err = io.EOF
			case err != nil && !errors.Is(err, io.EOF):
				f.err = err
			case batch == nil:
				f.err = io.EOF
			default:
				f.ahead = append(f.ahead, batch)
				rows += len(batch.Rows) + len(batch.Problems)
			}
		}
	}
	return files, nil
}

// batches are all of the file's.
func (f *aheadFile) batches() iter.Seq2[*exchange.Batch, error] {
	return func(yield func(*exchange.Batch, error) bool) {
		for len(f.ahead) > 0 {
			batch := f.ahead[0]
			f.ahead[0], f.ahead = nil, f.ahead[1:]
			if !yield(batch, nil) {
				return
			}
		}
		for f.err == nil {
			batch, err, more := f.next()
			if !more || !yield(batch, err) {
				return
			}
		}
		if !errors.Is(f.err, io.EOF) {
			yield(nil, f.err)
		}
	}
}
