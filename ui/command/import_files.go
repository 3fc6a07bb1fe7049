package command

// The files of an import, and what each of them is.

import (
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/store/faults"
)

// openedFiles are what lies at some paths, or why it could not be opened.
type openedFiles []openedPath

type openedPath struct {
	files []*exchange.File
	err   error
}

// openFiles looks at files while the caller opens the store, and until it waits.
func openFiles(paths []string, o exchange.Options) (wait func() openedFiles) {
	var opened openedFiles
	looked := faults.Beside(func() {
		for _, path := range paths {
			files, err := exchange.OpenAll(path, o)
			opened = append(opened, openedPath{files, err})
		}
	})
	return func() openedFiles {
		looked()
		return opened
	}
}

func (o openedFiles) close() {
	for _, path := range o {
		for _, file := range path.files {
			_ = file.Close()
		}
	}
}

// openSources finds out what each file is: from what the person says and said the last
// time, else from the header. Files that could not be opened or whose header does not tell
// are left out, with the reason; refused are those of them whose layout of days is open.
// The files are then the sources', no longer the opened ones'.
func openSources(s *store.Store, opened *openedFiles) (sources, refused []store.Source, left []error) {
	all := *opened
	*opened = nil
	for _, path := range all {
		if path.err != nil {
			left = append(left, path.err)
			continue
		}
		for _, file := range path.files {
			mapping, err := s.Mapping(file)
			if err != nil {
				left = append(left, err)
				_ = file.Close()
				continue
			}
			if _, err = file.Dates(mapping); err != nil {
				left, refused = append(left, err), append(refused, store.Source{File: file, Mapping: mapping})
				continue
			}
			sources = append(sources, store.Source{File: file, Mapping: mapping})
		}
	}
	return sources, refused, left
}
