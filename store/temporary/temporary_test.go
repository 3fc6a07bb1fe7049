package temporary

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// childFolder names the folder in which a child makes something and waits.
const childFolder = "DOPPELPASS_TEST_TEMPORARY"

func TestMain(m *testing.M) {
	if folder := os.Getenv(childFolder); folder != "" {
		file, err := File(folder, ".s.db-")
		if err != nil {
			panic(err)
		}
		made, err := Folder(folder, ".s.db-")
		if err != nil {
			panic(err)
		}
		_ = os.WriteFile(filepath.Join(made, "within"), []byte("x"), 0o600)
		fmt.Println(file.Name())
		fmt.Println(made)
		select {}
	}
	os.Exit(m.Run())
}

// begin starts a child and waits until it has made a file and a folder.
func begin(t *testing.T, folder string) (child *exec.Cmd, made []string) {
	t.Helper()
	child = exec.Command(os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), childFolder+"="+folder)
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	t.Cleanup(func() { _ = child.Process.Kill(); _ = child.Wait() })
	lines := bufio.NewScanner(out)
	for range 2 {
		require.True(t, lines.Scan())
		made = append(made, lines.Text())
	}
	return child, made
}

// What a killed process has left goes with the next of its kind; what lives, or is
// somebody else's, stays.
func TestWhatADeadProcessLeftGoes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no SIGKILL on Windows")
	}
	folder := t.TempDir()
	killed, left := begin(t, folder)
	require.NoError(t, killed.Process.Kill())
	_ = killed.Wait()
	_, living := begin(t, folder) // it clears what the first has left
	for _, path := range left {
		require.NoFileExists(t, path)
		require.NoDirExists(t, path)
	}
	others := []string{".s.db-1234", fmt.Sprintf("mine-%d.1.%x-77", 1<<30, machine()), ".s.db-backup-2", "s.db", fmt.Sprintf(".s.db-%d.1.%x-77", 1<<30, machine()+1)}
	for _, name := range others {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), nil, 0o600))
	}
	dead := []string{fmt.Sprintf(".t-2026-11-24-093000.db-%d.1.%x-77", 1<<30, machine()), fmt.Sprintf("doppelpass-import-%d.1.%x-77", 1<<30, machine())}
	for _, name := range dead {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), nil, 0o600))
	}
	own, err := File(folder, ".s.db-")
	require.NoError(t, err)
	require.NoError(t, own.Close())
	Clear(folder)
	for _, name := range dead { // their own names never come again
		require.NoFileExists(t, filepath.Join(folder, name))
	}
	require.FileExists(t, own.Name())
	require.FileExists(t, living[0])
	require.DirExists(t, living[1])
	for _, name := range others {
		require.FileExists(t, filepath.Join(folder, name))
	}
}

func TestThePlaceOfWhatLiesBesideItIsTheFolder(t *testing.T) {
	folder := t.TempDir()
	file, err := File(folder, ".s.db-")
	require.NoError(t, err)
	require.NoError(t, file.Close())
	made, err := Folder(folder, ".s.db-")
	require.NoError(t, err)
	require.Equal(t, folder, Place(file.Name()))
	require.Equal(t, folder, Place(filepath.Join(made, "new.db")))
	within, err := File(made, ".new.db-")
	require.NoError(t, err)
	require.NoError(t, within.Close())
	require.Equal(t, folder, Place(within.Name()), "of a file on its way in a folder on its way")
	for _, path := range []string{filepath.Join(folder, ".config", "s.db"), "s.db", "", "."} {
		require.Equal(t, path, Place(path))
	}
}
