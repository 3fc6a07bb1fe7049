package store

// Killed at any moment, a store loses no visit that was acknowledged and has
// nothing in it that does not fit. The child is this test's own program.

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// childStore names the store that a child is to write to.
const childStore = "DOPPELPASS_TEST_KILLED_STORE"

func TestMain(m *testing.M) {
	if path := os.Getenv(childStore); path != "" {
		logVisits(path)
		return
	}
	if folder := os.Getenv(damagedFolder); folder != "" {
		damageRounds(folder)
		return
	}
	code := m.Run()
	_ = os.RemoveAll(large.dir) // "" where no benchmark ran
	os.Exit(code)
}

// killAccounts is the number of accounts that are visited.
const killAccounts = 7

// visitNumber is the visit that the child logs as its nth.
func visitNumber(n int) model.Visit {
	return model.Visit{Account: fmt.Sprintf("K%d", n%killAccounts), Date: model.Date(40000 + n/3), Time: model.NewClock(8, n%60), Rep: fmt.Sprintf("R%d", n%4),
		Outcome: fmt.Sprintf("outcome %d", n%50), Ref: fmt.Sprintf("visit-%d", n), Note: strings.Repeat("x", n%90)}
}

// logVisits logs visits from where the store ends until it is killed, and says
// of each, once it is acknowledged, that it is. Now and then it takes one back
// and does it again, or moves one to another day and back, as people do.
func logVisits(path string) {
	fail := func(err error) {
		fmt.Println("error:", err)
		os.Exit(1)
	}
	s, err := Open(path, Options{})
	if err != nil {
		fail(err)
	}
	info, err := s.Info()
	if err != nil {
		fail(err)
	}
	for n := info.Counts[model.TableVisits]; ; n++ {
		visit := visitNumber(n)
		if _, err := s.Apply(lead, Request{Action: "visit.log", Puts: []Put{{Record: visit, New: true}}}); err != nil {
			fail(err)
		}
		if n%5 == 0 {
			if _, err := s.Undo(lead); err != nil {
				fail(err)
			}
			if _, err := s.Redo(lead); err != nil {
				fail(err)
			}
		}
		if n%7 == 0 {
			moved, from := visit, visit.Key()
			moved.Date += 400
			to := moved.Key()
			for _, put := range []Put{{Record: moved, Replaces: &from}, {Record: visit, Replaces: &to}} {
				if _, err := s.Apply(lead, Request{Action: "visit.edit", Puts: []Put{put}}); err != nil {
					fail(err)
				}
			}
		}
		fmt.Println("logged", n)
	}
}

func TestKilledAtAnyMomentNoVisitIsLost(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no SIGKILL on Windows")
	}
	rounds := 50
	if testing.Short() {
		rounds = 8
	}
	path := filepath.Join(t.TempDir(), "s.db")
	s, err := Open(path, Options{})
	require.NoError(t, err)
	for i := range killAccounts {
		apply(t, s, model.Account{Code: fmt.Sprintf("K%d", i), Name: "N"})
	}
	require.NoError(t, s.Close())

	acknowledged := 0
	for round := range rounds {
		acknowledged = max(acknowledged, killWhileLogging(t, path, round%5 == 4))
		s, err := Open(path, Options{})
		require.NoError(t, err, "round %d", round)
		visits := map[model.Key]string{}
		for record, err := range s.Records(model.TableVisits) {
			require.NoError(t, err)
			visits[plain(record).Key()] = fmt.Sprintf("%+v", plain(record))
		}
		for n := range acknowledged {
			visit := visitNumber(n)
			require.Equal(t, fmt.Sprintf("%+v", visit), visits[visit.Key()], "round %d: visit %d of %d was acknowledged and is lost", round, n, acknowledged)
		}
		// What was on its way may be there or not, but only that.
		require.LessOrEqual(t, len(visits), acknowledged+1)
		sound(t, s)
		follow(t, s).requireFresh(t)
		// The last one may have been killed where it was taken back or moved away: the
		// next child begins where the visits end.
		if len(visits) > acknowledged {
			last := visitNumber(acknowledged)
			if _, there := visits[last.Key()]; !there {
				undo(t, s)
			}
			acknowledged = len(visits)
		}
		require.NoError(t, s.Close())
	}
	require.Greater(t, acknowledged, rounds, "the children have logged something")
	t.Logf("%d visits in %d rounds", acknowledged, rounds)
}

// killWhileLogging runs a child, kills it at some moment, and returns how many
// visits it has acknowledged in all. An early kill may come while the child is
// still opening the store; any other comes once it is at work.
func killWhileLogging(t *testing.T, path string, early bool) int {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), childStore+"="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	kill := func() {
		time.AfterFunc(time.Duration(rand.IntN(60_000))*time.Microsecond, func() { _ = child.Process.Kill() })
	}
	if early {
		kill()
	}
	acknowledged := 0
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		require.False(t, strings.HasPrefix(lines.Text(), "error:"), lines.Text())
		var n int
		_, err := fmt.Sscanf(lines.Text(), "logged %d", &n)
		if err != nil {
			continue // a line cut off by the kill
		}
		if acknowledged == 0 && !early {
			kill()
		}
		acknowledged = n + 1
	}
	_, _ = io.Copy(io.Discard, out)
	require.Error(t, child.Wait(), "it was killed")
	return acknowledged
}
