package store

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// kindOfShare: a drive with a letter may be a share as well as a path that names
// another machine.
func kindOfShare(path string) string {
	volume := filepath.VolumeName(path)
	if isUNC(volume) {
		return "smb"
	}
	root, err := windows.UTF16PtrFromString(volume + `\`)
	if err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE {
		return "smb"
	}
	return ""
}

// isUNC reports a volume such as \\server\share or \\?\UNC\server\share. Those that
// begin with \\?\ or \\.\ otherwise are this machine's.
func isUNC(volume string) bool {
	upper := strings.ToUpper(strings.ReplaceAll(volume, "/", `\`))
	if strings.HasPrefix(upper, `\\?\`) || strings.HasPrefix(upper, `\\.\`) {
		return strings.HasPrefix(upper[len(`\\?\`):], `UNC\`)
	}
	return strings.HasPrefix(upper, `\\`)
}
