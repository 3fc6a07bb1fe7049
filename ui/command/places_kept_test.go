package command

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/store"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// A note as long as somebody may write one comes out of a file as it went in, or it is
// said that the file cannot hold it.
func TestLongNotesComeBack(t *testing.T) {
	d := withDemo(t)
	note := strings.Repeat("ä", 99_000) + "\nEnd"
	d.done("visit", "add", "K-0247", "--note", note)
	file := filepath.Join(t.TempDir(), "visits.csv")
	d.done("export", "visits", "-o", file)
	there := d.done("export", "visits", "--format", "json")
	require.Contains(t, there, `\nEnd`)

	d.done("undo")
	d.done("import", file, "--as", "visits")
	require.Equal(t, there, d.done("export", "visits", "--format", "json"))

	workbook := filepath.Join(t.TempDir(), "visits.xlsx")
	require.Contains(t, d.refused(codeFailed, "export", "visits", "-o", workbook), "32767 characters, which no cell of a workbook can; write it as CSV")
	require.NoFileExists(t, workbook)

	require.Contains(t, d.refused(codeFailed, "visit", "add", "K-0001", "--note", note+note), "A note holds up to 100,000 characters")
}

// A link that leads nowhere may be one to a drive that is not there: nothing is made.
func TestNothingIsMadeBehindALooseLink(t *testing.T) {
	d := newDesk(t)
	folder := t.TempDir()
	target := filepath.Join(folder, "away.db")
	d.db = filepath.Join(folder, "here.db")
	require.NoError(t, os.Symlink(target, d.db))
	accounts := filepath.Join(t.TempDir(), "accounts.csv")
	require.NoError(t, os.WriteFile(accounts, []byte("code,name\nK1,One\n"), 0o600))
	for _, args := range [][]string{{"signals"}, {"undo"}, {"import", accounts}, {"check"}, {}} {
		said := d.refused(codeFailed, args...)
		require.Contains(t, said, d.db+" is a link to "+target+", and nothing is there", args)
	}
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, entries, 1, "nothing but the link")
}

// Who may only read is told that the data is of an earlier program, and what brings it up
// to date, not just that a permission lacks.
func TestWhoMayOnlyReadIsToldOfAnOlderSchema(t *testing.T) {
	for _, language := range []text.Language{text.English, text.German} {
		said := words.Error(text.New(language), nil, errors.Join(store.OlderSchema{Found: 1, Known: 3}, &fs.PathError{Op: "open", Path: "/srv/team.db", Err: fs.ErrPermission}))
		require.Contains(t, said, "/srv/team.db")
		require.True(t, bytes.Contains([]byte(said), []byte("chema 1")), said)
	}
}

// Commands are bound by the role that a person has chosen, as the app is.
func TestCommandsActInTheRoleThatWasChosen(t *testing.T) {
	d := withDemo(t)
	d.config = filepath.Join(t.TempDir(), "config")
	d.done("config", "role", "marketing")
	require.Contains(t, d.refused(codeFailed, "visit", "add", "K-0247"), `Your role is marketing. "doppelpass config role lead" changes the role.`)
	d.done("call", "add", "K-0247", "--outcome", "reached")
	require.Contains(t, d.done("history", "-n", "1"), "(marketing)")
	d.done("config", "role", "")
	d.done("visit", "add", "K-0247")
}
