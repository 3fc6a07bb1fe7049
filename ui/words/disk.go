package words

// What the file system refuses, as a sentence: where, and what helps.

import (
	"errors"
	"io/fs"
	"os"
	"runtime"
	"syscall"

	"doppelpass/store/temporary"
	"doppelpass/ui/text"
)

// refusals are what a file system may say, by the message that tells it. Windows has
// numbers of its own.
var refusals = []struct {
	message string
	is      []error
	windows []syscall.Errno
}{
	{"error.disk.full", []error{syscall.ENOSPC, syscall.EDQUOT}, []syscall.Errno{39, 112}},
	{"error.disk.limit", []error{syscall.EFBIG}, []syscall.Errno{223}},
	{"error.disk.files", []error{syscall.EMFILE, syscall.ENFILE}, []syscall.Errno{4}},
	{"error.disk.read-only", []error{syscall.EROFS}, []syscall.Errno{19}},
	{"error.disk.permission", []error{fs.ErrPermission}, nil},
	{"error.disk.missing", []error{fs.ErrNotExist}, nil},
	{"error.disk.no-folder", []error{syscall.ENOTDIR}, []syscall.Errno{267}},
	{"error.disk.folder", []error{syscall.EISDIR}, nil},
	{"error.disk.no-file", []error{temporary.ErrNoFile}, nil},
	{"error.disk.name", []error{syscall.ENAMETOOLONG}, []syscall.Errno{206}},
	{"error.disk.fault", []error{syscall.EIO}, []syscall.Errno{23, 1117}},
}

// disk is an error of the file system as a sentence; "" where it is none of those.
func disk(p *text.Printer, err error) string {
	var at *fs.PathError
	if errors.As(err, &at) && at.Op == "write" && at.Path == os.Stdout.Name() { // the work may have been done before
		return p.T("error.output", text.Args{"Detail": cause(at)})
	}
	for _, r := range refusals {
		for _, is := range r.is {
			if errors.Is(err, is) {
				return p.T(r.message, text.Args{"Path": refusedAt(err)})
			}
		}
		for _, is := range r.windows {
			if runtime.GOOS == "windows" && errors.Is(err, is) {
				return p.T(r.message, text.Args{"Path": refusedAt(err)})
			}
		}
	}
	return ""
}

// refusedAt is the file that an error is about; of one that lies only for a while beside
// its place, the folder.
func refusedAt(err error) string {
	var path string
	var at *fs.PathError
	var link *os.LinkError
	if errors.As(err, &at) {
		path = at.Path
	} else if errors.As(err, &link) {
		path = link.New
	}
	place := temporary.Place(path)
	if place == "." { // says to nobody where that is
		if folder, err := os.Getwd(); err == nil {
			return folder
		}
	}
	return place
}

// cause is what the system said, in its own words.
func cause(err error) string {
	var number syscall.Errno
	if errors.As(err, &number) {
		return number.Error()
	}
	return err.Error()
}
