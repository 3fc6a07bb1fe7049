package store

// Killed at any moment of any kind of change, a store has every change that was
// acknowledged, whole, and at most the one that was on its way, whole or not at all. The
// child is this test's own program. DOPPELPASS_TEST_KILL_ROUNDS=500 makes the long form.

import (
	"bufio"
	"errors"
	flags "flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/cores"
	"doppelpass/store/temporary"
)

// childStore names the store that a child is to change, childFiles a folder for what it
// imports, childDone how many changes were made before, and childStates has it end after so many
// more and tell what each leads to.
const (
	childStore  = "DOPPELPASS_TEST_KILLED_STORE"
	childFiles  = "DOPPELPASS_TEST_KILLED_FILES"
	childDone   = "DOPPELPASS_TEST_KILLED_DONE"
	childStates = "DOPPELPASS_TEST_KILLED_STATES"
	childApart  = "DOPPELPASS_TEST_KILLED_APART" // imports of the test's size go on in a copy
	// childCopies has a child copy that store for laptops.
	childCopies = "DOPPELPASS_TEST_KILLED_COPYING"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childCopies); path != "" {
		fmt.Println(copyUntilKilled(path))
		os.Exit(1)
	}
	if os.Getenv(childPart) != "" {
		if err := importUntilKilled(os.Getenv(childStore), os.Getenv(childFiles)); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		return
	}
	if path := os.Getenv(childStore); path != "" {
		if os.Getenv(childApart) != "" {
			makeLong(func(*writer, int) {})
		}
		if err := changeUntilKilled(path); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		return
	}
	if folder := os.Getenv(damagedFolder); folder != "" {
		damageRounds(folder)
		return
	}
	flags.Parse()
	if f := flags.Lookup("rapid.checks"); cores.RaceDetector && f.Value.String() == f.DefValue {
		_ = f.Value.Set("20") // all of them without it: one goroutine has no races
	}
	code := m.Run()
	_ = os.RemoveAll(large.dir) // "" where no benchmark ran
	os.Exit(code)
}

// changeUntilKilled makes changes of all kinds and says of each, once it is acknowledged,
// that it is.
func changeUntilKilled(path string) error {
	done, err := strconv.Atoi(os.Getenv(childDone))
	if err != nil {
		return err
	}
	m, err := openMixed(path, os.Getenv(childFiles), done, Options{})
	if err != nil {
		return err
	}
	states, tell := os.LookupEnv(childStates)
	changes, _ := strconv.Atoi(states)
	if tell {
		fmt.Println("did", m.done, hashOfState(failing{}, m.Store))
	}
	for n := 0; !tell || n < changes; n++ {
		name, err := m.one()
		if err != nil {
			return err
		}
		if tell {
			name = hashOfState(failing{}, m.Store)
		}
		fmt.Println("did", m.done, name)
	}
	return nil
}

func TestKilledAtAnyMomentNothingIsLostOrHalf(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no SIGKILL on Windows")
	}
	rounds := 14
	if testing.Short() || cores.RaceDetector { // whole without it
		rounds = 6
	}
	if n, err := strconv.Atoi(os.Getenv("DOPPELPASS_TEST_KILL_ROUNDS")); err == nil {
		rounds = n
	}
	const roundsOfAStore = 20 // then it is a new one: it grows
	first := rand.IntN(1 << 30)
	t.Logf("changes from number %d", first)
	total, whole, notAtAll, kinds := 0, 0, 0, map[string]int{}
	for begin := 0; begin < rounds; begin += roundsOfAStore {
		dir := t.TempDir()
		path, before, files := filepath.Join(dir, "store", "s.db"), filepath.Join(dir, "before", "s.db"), filepath.Join(dir, "files")
		require.NoError(t, os.Mkdir(files, 0o700))
		done := first + begin*10_000
		m, err := openMixed(path, files, done, Options{})
		require.NoError(t, err)
		require.NoError(t, m.Close())
		require.NoError(t, os.Mkdir(filepath.Dir(before), 0o700))
		for round := begin; round < min(begin+roundsOfAStore, rounds); round++ {
			copyFolder(t, filepath.Dir(path), filepath.Dir(before))
			acknowledged, name := killWhileChanging(t, path, files, done, round%5 == 4)
			kinds[name]++
			killed, err := openMixed(path, files, acknowledged, Options{})
			require.NoError(t, err, "round %d", round)
			sound(t, killed.Store)
			left, err := filepath.Glob(filepath.Join(dir, "store", ".*"))
			require.NoError(t, err)
			require.Empty(t, left, "what the dead process left is gone")
			is := stateOf(t, killed.Store)
			// The same changes once more, beginning from the same store.
			again, err := openMixed(before, files, done, Options{})
			require.NoError(t, err)
			for again.done < acknowledged {
				_, err := again.one()
				require.NoError(t, err)
			}
			want := stateOf(t, again.Store)
			if strings.Join(is, "\n") == strings.Join(want, "\n") {
				notAtAll++
			} else {
				_, err := again.one()
				require.NoError(t, err)
				require.Equal(t, stateOf(t, again.Store), is, "round %d: after change %d (%s) the store is neither as it was nor as the next leaves it", round, acknowledged, name)
				whole++
				acknowledged++
			}
			total += acknowledged - done
			done = acknowledged
			require.NoError(t, again.Close())
			require.NoError(t, killed.Close())
		}
	}
	require.Greater(t, total, rounds, "the children have changed something")
	t.Logf("%d changes in %d rounds; the one on its way was whole in %d and not there in %d; killed after %v", total, rounds, whole, notAtAll, kinds)
}

// copyUntilKilled makes one copy after the other, as for laptops.
func copyUntilKilled(path string) error {
	s, err := Open(path, Options{})
	for err == nil {
		var file *os.File
		if file, err = temporary.File(filepath.Dir(path), "."+filepath.Base(path)+"-"); err == nil {
			_, err = s.Copy(file.Name())
			err = errors.Join(err, file.Close(), os.Remove(file.Name()))
		}
	}
	return err
}

// Killed while it makes a copy for a laptop, a server leaves none behind once it is there
// again: all that the store holds is in it, also who is erased later.
func TestKilledWhileItCopiesAServerLeavesNoCopy(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no SIGKILL on Windows")
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "s.db")
	s := openAt(t, path)
	require.NoError(t, s.BecomeHubReplica("postgres://hub/team", "hub"))
	apply(t, s, model.Account{Code: "K1", Name: "Metallbau"}) // waits, and is not for laptops
	require.NoError(t, s.Close())
	for range 3 {
		child := exec.Command(os.Args[0], "-test.run=^$")
		child.Env = append(os.Environ(), childCopies+"="+path)
		child.Stdout, child.Stderr = os.Stdout, os.Stderr
		require.NoError(t, child.Start())
		for { // until the copy is there from which what waits is taken off
			entries, err := os.ReadDir(folder)
			require.NoError(t, err)
			if beside := slices.DeleteFunc(entries, func(e os.DirEntry) bool { return !strings.HasPrefix(e.Name(), ".") }); len(beside) > 1 {
				break
			}
		}
		require.NoError(t, child.Process.Kill())
		_ = child.Wait()
		again := openAt(t, path)
		require.NoError(t, again.Close())
		require.Equal(t, []string{"s.db"}, names(t, folder))
	}
}

// copyFolder copies a folder's files into another in place of its own.
func copyFolder(t *testing.T, from, to string) {
	t.Helper()
	require.NoError(t, os.RemoveAll(to))
	require.NoError(t, os.CopyFS(to, os.DirFS(from)))
}

// killWhileChanging runs a child, kills it at some moment, and returns how many changes
// were acknowledged in all, and the kind of the last. An early kill may come while the
// child is still opening the store; any other comes once it is at work.
func killWhileChanging(t *testing.T, path, files string, done int, early bool) (acknowledged int, name string) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), childStore+"="+path, childFiles+"="+files, childDone+"="+strconv.Itoa(done))
	if done%2 == 0 && runtime.GOOS != "windows" {
		child.Env = append(child.Env, childApart+"=1")
	}
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	kill := func() {
		time.AfterFunc(time.Duration(rand.IntN(200_000))*time.Microsecond, func() { _ = child.Process.Kill() })
	}
	if early {
		kill()
	}
	acknowledged = done
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		require.False(t, strings.HasPrefix(lines.Text(), "error:"), lines.Text())
		n, kind := 0, ""
		if _, err := fmt.Sscanf(lines.Text(), "did %d %s", &n, &kind); err != nil {
			continue // a line cut off by the kill
		}
		if acknowledged == done && !early {
			kill()
		}
		acknowledged, name = n, kind
	}
	_, _ = io.Copy(io.Discard, out)
	_ = child.Wait()
	require.Equal(t, -1, child.ProcessState.ExitCode(), "it was killed")
	return acknowledged, name
}
