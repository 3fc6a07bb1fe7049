package command

import "os"

// muchInFiles is how large a store or a file to import is that fills memory, in bytes.
const muchInFiles = 16 << 20

// expect prepares for files that are going to be read.
func (r *run) expect(paths ...string) {
	if r.Large == nil || r.Session != nil { // the process is not this run's alone
		return
	}
	size := int64(0)
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil {
			size += info.Size()
		}
	}
	if size >= muchInFiles {
		r.Large()
	}
}
