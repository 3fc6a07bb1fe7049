package route

// The planner's own random numbers: the same on every machine, for ever.

import (
	"math"
	"math/bits"
)

// random is Steele, Lea and Flood's SplitMix64 (2014): one addition and two
// multiplications a number, good enough for a search and reproducible.
type random struct{ state uint64 }

func (r *random) next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below is a number from 0 to n-1, n > 0.
func (r *random) below(n int) int {
	hi, _ := bits.Mul64(r.next(), uint64(n))
	return int(hi)
}

// float is a number from 0 up to, not including, 1.
func (r *random) float() float64 { return float64(r.next()>>11) / (1 << 53) }

// exponentials tabulates −ln of a uniform number, in 1/65536: annealing and
// blinks then need no logarithm, and no two machines round differently.
type exponentials [4096]int64

func newExponentials() *exponentials {
	var e exponentials
	for i := range e {
		e[i] = int64(math.Round(-math.Log((float64(i)+0.5)/float64(len(e))) * 65536))
	}
	return &e
}

// draw is an exponentially distributed number of mean 1, in 1/65536.
func (e *exponentials) draw(r *random) int64 { return e[r.next()>>52] }

// coins are fair coins, tossed 63 at a time.
type coins struct{ bits uint64 }

func (c *coins) toss(r *random) bool {
	if c.bits >>= 1; c.bits <= 1 {
		c.bits = r.next() | 1<<63 // the top bit marks the end
	}
	return c.bits&1 == 1
}
