package kit

// What lies in a folder, and which drives there are.

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"doppelpass/ui/text"
)

// fileEntry is a row of the picker.
type fileEntry struct {
	name    string // "..", "." for the folder itself, else the file's
	folder  bool
	size    int64
	changed time.Time
}

// driveList is asked for as a folder to see the drives; no path is called so.
const driveList = "\x00"

// drivesThatExist are the drives of a Windows machine.
func drivesThatExist() (roots []string) {
	for letter := 'A'; letter <= 'Z'; letter++ {
		if root := string(letter) + `:\`; letter > 'B' || len(roots) > 0 { // the first two were floppy disks and may wait long
			if _, err := os.Stat(root); err == nil {
				roots = append(roots, root)
			}
		}
	}
	return roots
}

// isDrive reports that a drive is typed, such as D:.
func isDrive(typed string) bool {
	return len(typed) == 2 && typed[1] == ':' && (typed[0]|0x20) >= 'a' && (typed[0]|0x20) <= 'z'
}

// readFolder lists a folder: folders first, then files of the wanted kinds.
func readFolder(path string, extensions []string) (folder string, entries []fileEntry, file bool, err error) {
	if path == "~" || strings.HasPrefix(path, "~/") || strings.HasPrefix(path, `~\`) {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", nil, false, err
		}
		path = filepath.Join(home, path[1:])
	}
	if path, err = filepath.Abs(path); err != nil {
		return "", nil, false, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", nil, false, err
	}
	if !info.IsDir() {
		return path, nil, true, nil
	}
	found, err := os.ReadDir(path)
	if err != nil && len(found) == 0 {
		return "", nil, false, err
	}
	for _, f := range found {
		info, err := os.Stat(filepath.Join(path, f.Name())) // follows links
		if err != nil {
			continue // gone meanwhile, or a link to nowhere
		}
		if !info.IsDir() && !slices.Contains(extensions, strings.ToLower(filepath.Ext(f.Name()))) && len(extensions) > 0 {
			continue
		}
		entries = append(entries, fileEntry{name: f.Name(), folder: info.IsDir(), size: info.Size(), changed: info.ModTime()})
	}
	slices.SortStableFunc(entries, func(a, b fileEntry) int {
		if a.folder != b.folder {
			if a.folder {
				return -1
			}
			return 1
		}
		return cmp.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
	})
	first := []fileEntry{{name: "..", folder: true}, {name: ".", folder: true}}
	if filepath.Dir(path) == path {
		first = first[1:]
	}
	return path, append(first, entries...), false, nil
}

// isPath reports that what is typed is a path rather than letters of a name.
func isPath(typed string) bool {
	return strings.ContainsAny(typed, `/\`) || strings.HasPrefix(typed, "~") || typed == ".." ||
		len(typed) == 2 && typed[1] == ':'
}

// shortenPath keeps a path's end, which tells more than its beginning.
func shortenPath(path string, width int) string {
	path = Clean(path)
	clusters := clustersOf(path)
	w := Width(path)
	if w <= width || width <= 1 {
		return Truncate(path, width)
	}
	for i, c := range clusters {
		if w+1 <= width {
			return ellipsis + strings.Join(clusters[i:], "")
		}
		w -= Width(c)
	}
	return ""
}

// FileSize writes a size in the unit a person would use.
func FileSize(p *text.Printer, bytes int64) string {
	units := [...]string{"B", "kB", "MB", "GB", "TB"}
	size, unit := float64(bytes), 0
	for size >= 1000 && unit < len(units)-1 {
		size /= 1000
		unit++
	}
	decimals := 0
	if unit > 0 && size < 10 {
		decimals = 1
	}
	return p.Decimal(size, decimals) + " " + units[unit]
}
