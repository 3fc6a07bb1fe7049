package main

import (
	"flag"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var count = flag.Int("rounds", 0, "how many rounds; 0: DOPPELPASS_ROUNDS, else a thousand, or thirty with -short")

func TestMain(m *testing.M) {
	asChild()
	os.Exit(m.Run())
}

// Laptops and their server meet at random; see main.go. A failure prints the seed that plays
// the round again.
func TestRounds(t *testing.T) {
	n := *count
	if said := os.Getenv("DOPPELPASS_ROUNDS"); n == 0 && said != "" {
		n, _ = strconv.Atoi(said)
	}
	if n == 0 {
		if n = 1000; testing.Short() {
			n = 30
		}
	}
	play(t, n, false)
}

// The same where processes are killed.
func TestRoundsInWhichProcessesAreKilled(t *testing.T) {
	n := 60
	if testing.Short() {
		n = 6
	}
	play(t, n, true)
}

func play(t *testing.T, rounds int, kill bool) {
	first := uint64(time.Now().UnixNano())
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
	for seed := range uint64(5) {
		sums, story, err := Play(seed, How{Folder: t.TempDir()})
		require.NoError(t, err)
		again, told, err := Play(seed, How{Folder: t.TempDir()})
		require.NoError(t, err)
		require.Equal(t, story, told, "seed %d", seed)
		require.Equal(t, sums, again, "seed %d", seed)
	}
}
