package command

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// What no file carries is said: nobody takes an export for a backup and loses an
// opt-out with it.
func TestAnExportSaysWhichOptOutsItCannotCarry(t *testing.T) {
	d := withDemo(t)
	folder := filepath.Join(t.TempDir(), "out")
	o := d.run("export", "all", "-o", folder)
	require.Zero(t, o.code)
	require.Empty(t, o.errors)
	d.done("optout", "add", "+49 30 9988776")
	o = d.run("export", "all", "-o", folder)
	require.Zero(t, o.code)
	require.Contains(t, o.errors, "1 opt-out of a number at no account")
}
