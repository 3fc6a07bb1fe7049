package sealed

// Leaves read from the file are what bbolt has in memory, and of what is damaged in them
// nothing passes for an entry.

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"doppelpass/model/cores"
)

// filled is a database with so many entries, some of them longer than a page, changed in
// several transactions.
func filled(t testing.TB, entries int, seed uint64) (*DB, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "s.db")
	db, err := Open(path, 0o600, &Options{NoSync: true})
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	random := rand.New(rand.NewPCG(seed, 1))
	for range 3 {
		require.NoError(t, db.Update(func(tx *Tx) error {
			b, err := tx.CreateBucketIfNotExists(things)
			require.NoError(t, err)
			for range entries {
				key := fmt.Appendf(nil, "%06d", random.IntN(2*entries))
				if random.IntN(4) == 0 {
					require.NoError(t, b.Delete(key))
					continue
				}
				size := random.IntN(60)
				if random.IntN(200) == 0 {
					size = random.IntN(20_000)
				}
				require.NoError(t, b.Put(key, bytes.Repeat([]byte{byte(random.IntN(256))}, size)))
			}
			return nil
		}))
	}
	return db, path
}

// inParts reads the bucket in parts that end at the keys given, and says which road was taken.
func inParts(db *DB, ends [][]byte, memory func(int) []byte) (found map[string]string, byPages bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = p.(Broken)
		}
	}()
	found = map[string]string{}
	err = db.View(func(tx *Tx) error {
		parts := tx.Bucket(things).Parts()
		byPages = parts.leaves != nil
		reader := parts.Reader(memory)
		var from []byte
		for _, to := range append(ends, nil) {
			reader.Part(from, to)
			for key, value := reader.Next(); key != nil; key, value = reader.Next() {
				found[string(key)] = string(value)
			}
			from = to
		}
		parts.Whole()
		return nil
	})
	return found, byPages, err
}

func TestLeavesAreReadAsBboltHasThem(t *testing.T) {
	for _, entries := range []int{1, 40, 3000, 40_000} {
		if cores.RaceDetector && entries > 3000 {
			continue // without it: what goes on at once is the same
		}
		db, _ := filled(t, entries, uint64(entries))
		want, err := readAll(db)
		require.NoError(t, err)
		rapid.Check(t, func(t *rapid.T) {
			var ends [][]byte
			for n := 0; len(ends) < 4; {
				n += rapid.IntRange(1, entries).Draw(t, "part")
				ends = append(ends, fmt.Appendf(nil, "%06d", n))
			}
			var memory func(int) []byte
			if rapid.Bool().Draw(t, "kept") {
				memory = func(n int) []byte { return make([]byte, n) }
			}
			found, byPages, err := inParts(db, ends, memory)
			require.NoError(t, err)
			require.Equal(t, entries > 1, byPages, "a small bucket lies in another's page")
			require.Len(t, found, len(want))
			for key, value := range want {
				require.True(t, found[key] == value, key)
			}
		})
	}
}

// What is kept stays as it was read.
func TestPagesThatAreKeptAreNotUsedAgain(t *testing.T) {
	db, _ := filled(t, 5000, 7)
	want, err := readAll(db)
	require.NoError(t, err)
	require.NoError(t, db.View(func(tx *Tx) error {
		reader := tx.Bucket(things).Parts().Reader(func(n int) []byte { return make([]byte, n) })
		reader.Part(nil, nil)
		var keys, values [][]byte
		for key, value := reader.Next(); key != nil; key, value = reader.Next() {
			keys, values = append(keys, key), append(values, value)
		}
		require.Len(t, keys, len(want))
		for i, key := range keys {
			require.True(t, want[string(key)] == string(values[i]), "%s", key)
		}
		return nil
	}))
}

// Whatever byte is changed in the file: what is read is what was written, or it is told.
func TestNoDamagedLeafPassesForWhole(t *testing.T) {
	db, path := filled(t, 3000, 3)
	want, err := readAll(db)
	require.NoError(t, err)
	require.NoError(t, db.Close())
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(4, 5))
	told := 0
	rounds := 500
	if cores.RaceDetector {
		rounds = 50 // all of them without it
	}
	for range rounds {
		at := 2*4096 + random.IntN(len(whole)-2*4096)
		if random.IntN(2) == 0 { // headers and elements stand at the beginning of pages
			at = at&^4095 + random.IntN(200)
		}
		damaged := bytes.Clone(whole)
		damaged[at] ^= byte(1 << random.IntN(8))
		other := path + "-damaged"
		require.NoError(t, os.WriteFile(other, damaged, 0o600))
		raw, err := bolt.Open(other, 0o600, &bolt.Options{ReadOnly: true})
		require.NoError(t, err)
		db := &DB{DB: raw, path: other}
		db.file, err = os.Open(other)
		require.NoError(t, err)
		found, err := func() (found map[string]string, err error) {
			defer func() {
				if p := recover(); p != nil { // bbolt's own findings, on the way to the bucket
					err = fmt.Errorf("%v", p)
				}
			}()
			found, _, err = inParts(db, [][]byte{[]byte("002000"), []byte("004000")}, nil)
			return found, err
		}()
		if err != nil {
			told++
		} else {
			require.Len(t, found, len(want), "byte %d", at)
			for key, value := range want {
				require.True(t, found[key] == value, "byte %d: %s", at, key)
			}
		}
		require.NoError(t, db.file.Close())
		require.NoError(t, raw.Close())
	}
	require.Greater(t, told, rounds/5)
}
