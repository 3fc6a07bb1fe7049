// Command rounds lets laptops and their server meet at random, over the real protocol: lines
// that break at any byte, stores that are closed in the middle, clocks that are a year off and
// go back, roles that change, keys that are taken away, people who are erased, customers who
// want no calls. In the end all must hold the same, and every change that somebody was told is
// saved must be in the result or stand aside (store/acknowledged).
//
//	go run ./store/wire/rounds -rounds 10000
//	go run ./store/wire/rounds -seed 4711 -rounds 1 -v
//	go run ./store/wire/rounds -kill -rounds 200
//
// It prints the seed of a round that fails and the first difference. The same seed plays the
// same round again. With -kill laptops and servers run as processes of their own now and then,
// and are killed in the middle of writing or talking (kill -9); at which moment, no seed can
// say.
//
// The test plays it with a hub, too: two servers on a PostgreSQL of its own, to which laptops
// come as they like, with lines to the hub that break. DOPPELPASS_HUB_ROUNDS says how many.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"
)

func main() {
	asChild()
	count := flag.Int("rounds", 1000, "how many rounds")
	first := flag.Uint64("seed", uint64(time.Now().UnixNano()), "seed of the first round; the next have the numbers after it")
	folder := flag.String("folder", os.TempDir(), "where the stores lie")
	loud := flag.Bool("v", false, "tell what happens")
	kill := flag.Bool("kill", false, "kill processes of laptops and of the server")
	flag.Parse()
	began := time.Now()
	var sum Sums
	failed := 0
	for i := range *count {
		seed := *first + uint64(i)
		round, _, err := Play(seed, How{Folder: *folder, Kill: *kill, Loud: *loud})
		sum.add(round)
		if err != nil {
			failed++
			fmt.Printf("seed %d: %v\n", seed, err)
		}
		if (i+1)%1000 == 0 {
			fmt.Printf("%d rounds, %d failed, %s\n", i+1, failed, time.Since(began).Round(time.Second))
		}
	}
	fmt.Printf("%d rounds from seed %d in %s: %d failed\n%s\n", *count, *first, time.Since(began).Round(time.Second), failed, sum)
	if failed > 0 {
		os.Exit(1)
	}
}
