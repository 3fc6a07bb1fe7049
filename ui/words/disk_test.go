package words

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/store"
	"doppelpass/store/temporary"
	"doppelpass/ui/text"
)

// What the file system refuses is said with its place and with what helps, in both
// languages.
func TestTheFileSystemsRefusalsSayWhatToDo(t *testing.T) {
	folder := t.TempDir()
	file, err := temporary.File(folder, ".out.csv-")
	require.NoError(t, err)
	require.NoError(t, file.Close())
	for number, words := range map[syscall.Errno]string{syscall.ENOSPC: "room", syscall.EFBIG: "limit", syscall.EMFILE: "too many files", syscall.ENFILE: "ulimit -n", syscall.EROFS: "read-only", syscall.EACCES: "rights", syscall.EIO: "another disk", syscall.ENOENT: "There is no", syscall.ENOTDIR: "on the way there", syscall.EISDIR: "is a folder", syscall.ENAMETOOLONG: "too long"} {
		for _, language := range []text.Language{text.English, text.German} {
			said := Error(text.New(language), nil, fmt.Errorf("writing: %w", &fs.PathError{Op: "write", Path: file.Name(), Err: number}))
			require.Contains(t, said, folder, "%v", number)
			require.NotContains(t, said, ".out.csv", "the file that lies beside its place for a while says nothing")
			if language == text.English {
				require.Contains(t, said, words)
			}
		}
		link := Error(text.New(text.English), nil, &os.LinkError{Op: "rename", Old: "a", New: "/somewhere/b", Err: number})
		require.Contains(t, link, "/somewhere/b")
	}
	here, err := os.Getwd()
	require.NoError(t, err)
	beside, err := temporary.File(".", ".out.csv-")
	require.NoError(t, err)
	require.NoError(t, errors.Join(beside.Close(), os.Remove(beside.Name())))
	require.Contains(t, Error(text.New(text.English), nil, &fs.PathError{Op: "open", Path: beside.Name(), Err: syscall.EACCES}), here, "a full stop names no folder")
	output := Error(text.New(text.English), nil, &fs.PathError{Op: "write", Path: os.Stdout.Name(), Err: syscall.ENOSPC})
	require.Contains(t, output, "may be done all the same")
	require.NotContains(t, output, "Nothing of it was kept", "the work is done before its answer is written")
	book := Error(text.New(text.English), nil, store.BookUnwritten{Path: "s.db.erased", Err: &fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}})
	require.True(t, strings.HasPrefix(book, "Erased") && strings.Contains(book, "s.db.erased"), book)
	require.Contains(t, Error(text.New(text.English), nil, errors.New("something else")), "something else")
}
