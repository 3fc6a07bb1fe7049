// Package temporary makes files and folders that are in the way once their process is
// gone: their names say whose they are, and whoever makes the next in the same folder takes
// away what dead processes have left there, customers' data in most cases. What a living
// process has, or one of another machine, is never touched.
package temporary

import (
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// File makes a file, which only this user may read, in a folder ("": the system's for
// such files). Its name begins with prefix.
func File(folder, prefix string) (*os.File, error) {
	folder = place(folder)
	Clear(folder)
	return os.CreateTemp(folder, prefix+owner()+"-*")
}

// Keep closes a file that was made by File and gives it its lasting name, in the place of
// what is there. It is on disk, and so is its name, before Keep returns: after a loss of
// power the old file is there or the whole new one.
func Keep(file *os.File, path string) error {
	err := errors.Join(file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
		return err
	}
	SyncFolder(filepath.Dir(path))
	return nil
}

// ErrNoFile is what lies where a small file should: a pipe, a device, or a file far larger than
// one that this program has written.
var ErrNoFile = errors.New("no file of this program's")

// Read reads a small file that lies beside others, of no more than so many bytes: nobody waits at
// a pipe that lies in its place, and nothing large comes into memory. Errors: ErrNoFile, and those
// of the system.
func Read(path string, most int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > most {
		return nil, &os.PathError{Op: "read", Path: path, Err: ErrNoFile}
	}
	return os.ReadFile(path)
}

// SyncFolder has the names in a folder on disk, where the system can.
func SyncFolder(folder string) {
	f, err := os.Open(folder)
	if err != nil {
		return
	}
	defer f.Close()
	_ = f.Sync() // not every system syncs folders
}

// Folder makes a folder as File makes a file.
func Folder(folder, prefix string) (string, error) {
	folder = place(folder)
	Clear(folder)
	return os.MkdirTemp(folder, prefix+owner()+"-*")
}

// Place is where a path of this process belongs: the folder in which the first file or folder
// of the way lies, else the path itself.
func Place(path string) string {
	place := path
	for at := path; filepath.Dir(at) != at; at = filepath.Dir(at) {
		if strings.Contains(filepath.Base(at), "-"+owner()+"-") {
			place = filepath.Dir(at)
		}
	}
	return place
}

func place(folder string) string {
	if folder == "" {
		return os.TempDir()
	}
	return folder
}

// Clear takes away what processes of this machine that are gone have left in a folder,
// under whatever prefix: that of a backup has the time in it, and comes but once. What
// cannot be taken away stays.
func Clear(folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !strings.HasPrefix(e.Name(), program) {
			continue
		}
		rest, random, marked := cutLast(e.Name())
		if _, err := strconv.ParseUint(random, 10, 64); !marked || err != nil {
			continue
		}
		if _, mark, marked := cutLast(rest); marked && dead(mark) {
			_ = os.RemoveAll(filepath.Join(folder, e.Name()))
		}
	}
}

// program begins the names of what does not lie hidden beside its place.
const program = "doppelpass-"

// cutLast cuts a name at its last dash.
func cutLast(name string) (before, after string, found bool) {
	i := strings.LastIndexByte(name, '-')
	if i < 0 {
		return name, "", false
	}
	return name[:i], name[i+1:], true
}

// owner is the mark of this process: its number, when it began, and the machine, since a
// folder may be shared.
var owner = sync.OnceValue(func() string {
	return fmt.Sprintf("%d.%d.%x", os.Getpid(), begun(os.Getpid()), machine())
})

// dead reports whether a mark is that of a process of this machine that is gone.
func dead(mark string) bool {
	fields := strings.Split(mark, ".")
	if len(fields) != 3 || fields[2] != fmt.Sprintf("%x", machine()) {
		return false
	}
	process, err := strconv.Atoi(fields[0])
	if err != nil || process <= 0 {
		return false
	}
	at, err := strconv.ParseUint(fields[1], 10, 64)
	if err != nil {
		return false
	}
	return !lives(process) || at != begun(process) // its number may be another's by now
}

// begun is when a process began, in the system's own count; 0 where that is not told.
func begun(process int) uint64 {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", process))
	if err != nil {
		return 0
	}
	// Behind the name, which may hold anything, in brackets: the 20th field.
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	const start = 19
	if len(fields) <= start {
		return 0
	}
	at, _ := strconv.ParseUint(fields[start], 10, 64)
	return at
}

// machine tells machines apart, and the rooms within one that do not see each other's
// processes.
var machine = sync.OnceValue(func() uint32 {
	h := fnv.New32a()
	name, _ := os.Hostname()
	room, _ := os.Readlink("/proc/self/ns/pid")
	_, _ = h.Write([]byte(name + "\x00" + room))
	return h.Sum32()
})
