// Package ahead gets memory ready for a large store while the libraries still make their
// tables. These take as long as reading 100,000 accounts, on one core, before any line of the
// program runs; so what the run is going to read is guessed from its arguments. A wrong guess
// costs nothing but the guess.
//
// Packages go by their dependencies, then by their path: this one may use only what is there
// before the libraries with large tables.
package ahead

import (
	"os"
	"strings"
)

// Much is how large files are that fill memory when they are read, in bytes.
const Much = 16 << 20

// Fill reports whether the files together fill memory.
func Fill(paths ...string) bool {
	size := int64(0)
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil {
			size += info.Size()
		}
	}
	return size >= Much
}

// Likely are the files that a command with such arguments reads: what it names, and the
// person's own store where it names none.
func Likely(args []string, getenv func(string) string) (paths []string) {
	own := true
	for _, arg := range args {
		own = own && arg != "--db" && !strings.HasPrefix(arg, "--db=")
		paths = append(paths, strings.TrimPrefix(arg, "--db="))
	}
	if own {
		paths = append(paths, store(getenv))
	}
	return paths
}

// store is where the person's own store lies on systems where memory is got ready.
func store(getenv func(string) string) string {
	data := getenv("XDG_DATA_HOME")
	switch {
	case getenv("DOPPELPASS_DB") != "":
		return getenv("DOPPELPASS_DB")
	case data == "":
		data = getenv("HOME") + "/.local/share"
	}
	return data + "/doppelpass/doppelpass.db"
}
