package main

import (
	"flag"
	"os"
	"strconv"
	"testing"
	"time"
)

var count = flag.Int("rounds", 0, "how many rounds; 0: DOPPELPASS_ROUNDS, else a thousand, or thirty with -short")

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
	first := uint64(time.Now().UnixNano())
	var sums Sums
	for i := range n {
		seed := first + uint64(i)
		round, err := Play(seed, t.TempDir(), false)
		sums.add(round)
		if err != nil {
			t.Fatalf("go run ./store/wire/rounds -rounds 1 -v -seed %d: %v", seed, err)
		}
	}
	t.Logf("%d rounds: %s", n, sums)
}
