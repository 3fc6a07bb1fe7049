package main

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model/cores"
	"doppelpass/store/hub"
	"doppelpass/store/hub/hubtest"
)

var count = flag.Int("rounds", 0, "how many rounds; 0: DOPPELPASS_ROUNDS, else two hundred, or thirty with -short or the race detector")

// short has fewer rounds played. With the race detector each takes four times as long, and what
// goes on at once in them is the same in the first as in the last.
func short() bool { return testing.Short() || cores.RaceDetector }

func TestMain(m *testing.M) {
	asChild()
	hubtest.Main(m)
}

// Laptops and their server meet at random; see main.go. A failure prints the seed that plays
// the round again.
func TestRounds(t *testing.T) {
	n := *count
	if said := os.Getenv("DOPPELPASS_ROUNDS"); n == 0 && said != "" {
		n, _ = strconv.Atoi(said)
	}
	if n == 0 {
		if n = 200; short() {
			n = 30
		}
	}
	play(t, n, false)
}

// The same where processes are killed.
func TestRoundsInWhichProcessesAreKilled(t *testing.T) {
	n := 20
	if short() {
		n = 6
	}
	play(t, n, true)
}

// firstSeed is the seed of a test's first round. It is always the same: what is landed must not
// be held up by a seed that nobody has seen yet. New ones are tried by the program, and here
// with DOPPELPASS_SEED=random; DOPPELPASS_SEED=4711 begins with that one. The moment at which a
// process is killed is no seed's to say, so that rounds with kills stay new ones in part.
func firstSeed(t *testing.T) (seed uint64, said bool) {
	switch said := os.Getenv("DOPPELPASS_SEED"); said {
	case "":
		return 1, false
	case "random":
		return uint64(time.Now().UnixNano()), false
	default:
		seed, err := strconv.ParseUint(said, 10, 64)
		require.NoError(t, err)
		return seed, true
	}
}

func play(t *testing.T, rounds int, kill bool) {
	first, _ := firstSeed(t)
	var sums Sums
	for i := range rounds {
		seed := first + uint64(i)
		round, _, err := Play(seed, How{Folder: t.TempDir(), Kill: kill})
		sums.add(round)
		if err != nil {
			t.Fatalf("go run ./store/wire/rounds -rounds 1 -v -kill=%v -seed %d: %v", kill, seed, err)
		}
	}
	t.Logf("%d rounds: %s", rounds, sums)
}

// A seed that is played again is the same round.
func TestASeedPlaysTheSameRound(t *testing.T) {
	seeds := uint64(5)
	if short() {
		seeds = 2
	}
	for seed := range seeds {
		sums, story, err := Play(seed, How{Folder: t.TempDir()})
		require.NoError(t, err)
		again, told, err := Play(seed, How{Folder: t.TempDir()})
		require.NoError(t, err)
		require.Equal(t, story, told, "seed %d", seed)
		require.Equal(t, sums, again, "seed %d", seed)
	}
}

// Two servers and their laptops meet at random, with a hub between the servers. A failure
// prints the seed that plays the round again.
func TestRoundsWithAHub(t *testing.T) {
	c := hubtest.Shared(t)
	gate, err := NewGate(fmt.Sprintf("127.0.0.1:%d", c.Port()))
	if err != nil {
		t.Fatal(err)
	}
	defer gate.Close()
	database := c.Database()
	through := strings.Replace(c.URL("owner", database), fmt.Sprintf(":%d/", c.Port()), fmt.Sprintf(":%d/", gate.Port()), 1)
	address, err := hub.ParseAddress(through)
	if err != nil {
		t.Fatal(err)
	}
	n := hubRounds()
	first, loud := firstSeed(t)
	if loud {
		n = 1
	}
	var sums Sums
	for i := range n {
		seed := first + uint64(i)
		round, _, err := Play(seed, How{Folder: t.TempDir(), Home: &Home{Gate: gate, Address: address}, Loud: loud})
		sums.add(round)
		if err != nil {
			t.Fatalf("DOPPELPASS_SEED=%d go test -v -run TestRoundsWithAHub ./store/wire/rounds: %v", seed, err)
		}
		c.Exec(database, "drop schema doppelpass cascade; drop schema doppelpass_bi cascade")
	}
	t.Logf("%d rounds: %s", n, sums)
}

// hubRounds is how many are played with a hub: each takes a second or two.
func hubRounds() int {
	if n, err := strconv.Atoi(os.Getenv("DOPPELPASS_HUB_ROUNDS")); err == nil {
		return n
	}
	if short() {
		return 4
	}
	return 8
}
