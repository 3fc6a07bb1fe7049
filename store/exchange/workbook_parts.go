package exchange

// What excelize is given of a workbook. It puts every large sheet into a file of its own before
// anything is read, unpacked once more; nearly all such sheets are read past it (plainrows.go),
// so it gets them only where it has to read.

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"os"
	"strings"

	"github.com/xuri/excelize/v2"
)

// errWorkbookChanged says that a workbook is another by now than the one that was checked.
var errWorkbookChanged = errors.New("it was changed while it was read")

// errTooBigForExcelize says that excelize would have to read what is too large for it: it unpacks
// all of it into files, and takes minutes.
var errTooBigForExcelize = errors.New("it is too big to be read in all the ways a sheet can be written")

// open opens the workbook of a path. Without its large sheets it is opened where apart is set and
// all that cells share is read past excelize, too.
func (w *workbook) open(path string, apart bool) (err error) {
	w.path = path
	if apart {
		opened, err := w.openApart()
		if opened || err != nil {
			return err
		}
	}
	if w.streamed {
		return errTooBigForExcelize
	}
	w.File, err = excelize.OpenFile(path, excelize.Options{UnzipSizeLimit: int64(largestUnzipped)})
	return err
}

// openApart opens the workbook without its large sheets; false where excelize has to hold them.
func (w *workbook) openApart() (opened bool, err error) {
	in, archive := w.archive()
	if archive == nil {
		return false, nil
	}
	defer in.Close()
	apart := false
	for _, part := range archive.File {
		name := partName(part)
		apart = apart || isApart(part)
		if name == strings.ToLower(sharedPart) && w.sharedHere(archive) == nil {
			return false, nil
		}
	}
	if !apart {
		return false, nil
	}
	var rest bytes.Buffer
	out := zip.NewWriter(&rest)
	for _, part := range archive.File {
		switch name := partName(part); {
		case isApart(part):
		case strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels"):
			err = out.Copy(part)
		default: // a picture: excelize would unpack it, and nobody looks at it
			err = isPacked(part)
		}
		if err != nil {
			return false, err
		}
	}
	if err := out.Close(); err != nil {
		return false, err
	}
	w.File, err = excelize.OpenReader(&rest, excelize.Options{UnzipSizeLimit: int64(largestUnzipped)})
	w.apart = err == nil
	return true, err
}

// largeSheet is from which size on, bytes, excelize would put a sheet into a file; a test sets it.
var largeSheet uint64 = excelize.StreamChunkSize

// isApart reports a part that excelize would put into a file.
func isApart(part *zip.File) bool {
	return part.UncompressedSize64 > largeSheet && (isSheet(part) || partName(part) == strings.ToLower(sharedPart))
}

// isPacked says whether a part is packed in a way that is known.
func isPacked(part *zip.File) error {
	in, err := part.Open()
	if err != nil {
		return err
	}
	return in.Close()
}

// archive opens the file that was checked; nil where it is another by now.
func (w *workbook) archive() (*os.File, *zip.Reader) {
	in, err := os.Open(w.path)
	if err != nil {
		return nil, nil
	}
	info, err := in.Stat()
	if err == nil && w.stat != nil && os.SameFile(info, w.stat) && info.Size() == w.stat.Size() && info.ModTime().Equal(w.stat.ModTime()) {
		if archive, err := zip.NewReader(in, info.Size()); err == nil {
			unpacksQuickly(archive)
			return in, archive
		}
	}
	_ = in.Close()
	return nil, nil
}

// whole is the workbook with all its sheets.
func (w *workbook) whole() (*excelize.File, error) {
	if !w.apart {
		return w.File, nil
	}
	if w.streamed {
		return nil, errTooBigForExcelize
	}
	w.opening.Lock()
	defer w.opening.Unlock()
	if w.withSheets == nil {
		in, archive := w.archive()
		if archive == nil {
			return nil, errWorkbookChanged
		}
		defer in.Close()
		book, err := excelize.OpenFile(w.path, excelize.Options{UnzipSizeLimit: int64(largestUnzipped)})
		if err != nil {
			return nil, err
		}
		w.withSheets = book
	}
	return w.withSheets, nil
}

// rowsOf are the rows of a sheet as excelize reads them.
func (w *workbook) rowsOf(sheet string) (*excelize.Rows, error) {
	book, err := w.whole()
	if err != nil {
		return nil, err
	}
	return book.Rows(sheet)
}

// Close lets go of the workbook, and of what excelize has put into files.
func (w *workbook) Close() error {
	err := w.File.Close()
	if w.withSheets != nil {
		err = cmp.Or(err, w.withSheets.Close())
	}
	return err
}
