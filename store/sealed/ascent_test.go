package sealed

import (
	"encoding/binary"
	"fmt"
	"math/rand"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model/cores"
)

// What an ascent reads and puts is what a bucket reads and puts, in whatever order it is
// asked and whoever changes the bucket meanwhile.
func TestAnAscentIsABucket(t *testing.T) {
	defer func(was int) { mostLeaving = was }(mostLeaving)
	mostLeaving = 40
	seeds := int64(12)
	if cores.RaceDetector {
		seeds = 3 // all of them without it: one goroutine has no races
	}
	for seed := range seeds {
		random := rand.New(rand.NewSource(seed))
		db, err := Open(filepath.Join(t.TempDir(), "db"), 0o600, &Options{NoSync: true})
		require.NoError(t, err)
		key := func(n int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) }
		want := map[int]string{}
		for range 4 {
			require.NoError(t, db.Update(func(tx *Tx) error {
				tx.Recognise()
				b, err := tx.CreateBucketIfNotExists([]byte("things"))
				require.NoError(t, err)
				along, another := b.Ascent(), b.Ascent()
				look := func(n int) {
					value, there := want[n]
					got := along.Get(key(n))
					require.Equal(t, there, got != nil, "seed %d, key %d", seed, n)
					require.Equal(t, value, string(got), "seed %d, key %d", seed, n)
				}
				for n := random.Intn(9); n < 3000; n += 1 + random.Intn(1+random.Intn(60)) {
					switch random.Intn(40) {
					case 0: // somebody else changes one
						other := random.Intn(3000)
						want[other] = fmt.Sprint("other", other, random.Intn(9))
						require.NoError(t, b.Put(key(other), []byte(want[other])))
					case 1:
						other := random.Intn(3000)
						delete(want, other)
						require.NoError(t, b.Delete(key(other)))
					case 2:
						look(random.Intn(n + 1)) // looks back
					case 3:
						require.NoError(t, b.PutLater(key(n), []byte("later")))
						want[n] = "later"
					case 4:
						delete(want, n)
						require.NoError(t, along.Delete(key(n)))
					case 6, 7: // many leave
						for range random.Intn(3 * mostLeaving / 2) {
							if n += 1 + random.Intn(3)/2; n >= 3000 {
								break
							}
							if random.Intn(9) > 0 {
								look(n)
							}
							if random.Intn(9) > 0 {
								delete(want, n)
								require.NoError(t, along.Delete(key(n)))
							}
							if random.Intn(99) == 0 {
								look(n)
							}
						}
					case 8: // somebody walks through it
						found := 0
						require.NoError(t, b.ForEach(func(k, value []byte) error {
							require.Equal(t, want[int(binary.BigEndian.Uint32(k))], string(value), "seed %d", seed)
							found++
							return nil
						}))
						require.Len(t, want, found, "seed %d", seed)
					case 9: // another goes along as well
						other := random.Intn(3000)
						value, there := want[other]
						got := another.Get(key(other))
						require.Equal(t, there, got != nil, "seed %d, key %d", seed, other)
						require.Equal(t, value, string(got), "seed %d, key %d", seed, other)
						if random.Intn(2) == 0 {
							delete(want, other)
							require.NoError(t, another.Delete(key(other)))
						}
					case 5: // what it has found, put, or neither
						look(n)
						delete(want, n)
						require.NoError(t, along.Delete(key(n)))
						require.NoError(t, along.Delete(key(n)))
					}
					look(n)
					for range random.Intn(3) {
						want[n] = fmt.Sprint(n, "×", random.Intn(1000))
						if random.Intn(50) == 0 {
							want[n] += fmt.Sprint(make([]int, 1000))
						}
						require.NoError(t, along.Put(key(n), []byte(want[n])))
						look(n)
						if random.Intn(6) == 0 {
							delete(want, n)
							require.NoError(t, along.Delete(key(n)))
							look(n)
						}
					}
				}
				return nil
			}))
			require.NoError(t, db.View(func(tx *Tx) error {
				var found []int
				require.NoError(t, tx.Bucket([]byte("things")).ForEach(func(k, value []byte) error {
					n := int(binary.BigEndian.Uint32(k))
					require.Equal(t, want[n], string(value))
					found = append(found, n)
					return nil
				}))
				require.Len(t, found, len(want))
				require.True(t, slices.IsSorted(found))
				return nil
			}))
		}
		require.NoError(t, db.Close())
	}
}

// A value that changed in the file is told, whether it is asked for or passed by.
func TestAnAscentSeesDamage(t *testing.T) {
	for _, asked := range []string{"b", "c", "bb"} {
		db, err := Open(filepath.Join(t.TempDir(), "db"), 0o600, &Options{NoSync: true})
		require.NoError(t, err)
		require.NoError(t, db.Update(func(tx *Tx) error {
			tx.Recognise()
			b, err := tx.CreateBucketIfNotExists([]byte("things"))
			require.NoError(t, err)
			for _, key := range []string{"a", "b", "c"} {
				require.NoError(t, b.Put([]byte(key), []byte("value")))
			}
			return b.Bucket.Put([]byte("b"), []byte("value and no seal"))
		}))
		require.NoError(t, db.View(func(tx *Tx) error {
			along := tx.Bucket([]byte("things")).Ascent()
			require.Equal(t, "value", string(along.Get([]byte("a"))))
			require.Panics(t, func() { along.Get([]byte(asked)) })
			return nil
		}))
		require.NoError(t, db.Close())
	}
}
