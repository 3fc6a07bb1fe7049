package sealed

import (
	"fmt"
	"maps"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"
)

var things = []byte("things")

func open(t testing.TB) *DB {
	t.Helper()
	db, err := Open(filepath.Join(t.TempDir(), "s.db"), 0o600, &Options{NoSync: true})
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// readAll reads what is in the bucket in both directions; what is broken is an error.
func readAll(db *DB) (found map[string]string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = p.(Broken)
		}
	}()
	found = map[string]string{}
	err = db.View(func(tx *Tx) error {
		if tx.Bucket(things) == nil {
			return Broken{Bucket: tx.Missing()}
		}
		cursor := tx.Bucket(things).Cursor()
		n := 0
		for key, value := cursor.Last(); key != nil; key, value = cursor.Prev() {
			found[string(key)] = string(value)
			n++
		}
		return tx.Bucket(things).ForEach(func(key, value []byte) error {
			if n--; found[string(key)] != string(value) || string(tx.Bucket(things).Get(key)) != string(value) {
				return fmt.Errorf("%q differs", key)
			}
			return nil
		})
	})
	return found, err
}

// readParts reads what is in the bucket in three parts at the same time; what is broken is an
// error.
func readParts(db *DB) (map[string]string, error) {
	found := map[string]string{}
	err := db.View(func(tx *Tx) (err error) {
		defer func() {
			if p := recover(); p != nil {
				err = p.(Broken)
			}
		}()
		bucket := tx.Bucket(things)
		if bucket == nil {
			return Broken{Bucket: tx.Missing()}
		}
		parts := bucket.Parts()
		var all sync.WaitGroup
		var broken [3]any
		var read [3]map[string]string
		for i, bounds := range [3][2][]byte{{nil, []byte("3")}, {[]byte("3"), []byte("5")}, {[]byte("5"), nil}} {
			all.Go(func() {
				defer func() { broken[i] = recover() }()
				read[i] = map[string]string{}
				var keep func(int) []byte
				if i == 1 {
					keep = func(n int) []byte { return make([]byte, n) }
				}
				reader := parts.Reader(keep)
				reader.Part(bounds[0], bounds[1])
				for key, value := reader.Next(); key != nil; key, value = reader.Next() {
					read[i][string(key)] = string(value)
				}
			})
		}
		all.Wait()
		for i := range broken {
			if broken[i] != nil {
				panic(broken[i])
			}
			maps.Copy(found, read[i])
		}
		parts.Whole()
		return nil
	})
	return found, err
}

// Whatever is put and taken away, in whichever transactions, reads back as a map would.
func TestABucketIsAMap(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		db, want := open(t), map[string]string{}
		for range rapid.IntRange(1, 4).Draw(r, "transactions") {
			whole := rapid.Bool().Draw(r, "committed")
			now := map[string]string{}
			for key, value := range want {
				now[key] = value
			}
			_ = db.Update(func(tx *Tx) error {
				b, err := tx.CreateBucketIfNotExists(things)
				require.NoError(t, err)
				for range rapid.IntRange(0, 20).Draw(r, "changes") {
					key := fmt.Sprint(rapid.IntRange(0, 9).Draw(r, "key"))
					if rapid.Bool().Draw(r, "put") {
						now[key] = rapid.StringN(0, 9, -1).Draw(r, "value")
						require.NoError(t, b.Put([]byte(key), []byte(now[key])))
					} else {
						delete(now, key)
						require.NoError(t, b.Delete([]byte(key)))
					}
				}
				if !whole {
					return fmt.Errorf("rolled back")
				}
				return nil
			})
			if whole {
				want = now
			}
		}
		if _, err := readAll(db); err != nil && len(want) == 0 {
			return // nothing was ever committed
		}
		found, err := readAll(db)
		require.NoError(t, err)
		require.Equal(t, want, found)
		found, err = readParts(db)
		require.NoError(t, err)
		require.Equal(t, want, found)
	})
}

// Whatever is changed past the seals shows: each change is made with bbolt itself.
func TestWhatIsNotAsItWasWrittenIsFound(t *testing.T) {
	for name, change := range map[string]func(tx *bolt.Tx, b *bolt.Bucket) error{
		"a bit of a value": func(_ *bolt.Tx, b *bolt.Bucket) error {
			value := append([]byte{}, b.Get([]byte("3"))...)
			value[2] ^= 4
			return b.Put([]byte("3"), value)
		},
		"a value without its seal": func(_ *bolt.Tx, b *bolt.Bucket) error { return b.Put([]byte("3"), []byte("x")) },
		"a key":                    func(_ *bolt.Tx, b *bolt.Bucket) error { return b.Put([]byte("9"), b.Get([]byte("3"))) },
		"an entry lost":            func(_ *bolt.Tx, b *bolt.Bucket) error { return b.Delete([]byte("4")) },
		"an earlier value": func(_ *bolt.Tx, b *bolt.Bucket) error {
			return b.Put([]byte("3"), Append(Seed(things), []byte("3"), []byte("before")))
		},
		"the last number":   func(_ *bolt.Tx, b *bolt.Bucket) error { return b.SetSequence(1) },
		"the bucket":        func(tx *bolt.Tx, _ *bolt.Bucket) error { return tx.DeleteBucket(things) },
		"what is on record": func(tx *bolt.Tx, _ *bolt.Bucket) error { return tx.Bucket(talliesBucket).Delete(things) },
	} {
		t.Run(name, func(t *testing.T) {
			db := open(t)
			require.NoError(t, db.Update(func(tx *Tx) error {
				b, err := tx.CreateBucketIfNotExists(things)
				require.NoError(t, err)
				for _, key := range []string{"1", "2", "3", "4", "5"} {
					require.NoError(t, b.Put([]byte(key), []byte("value "+key)))
					_, err := b.NextSequence()
					require.NoError(t, err)
				}
				return nil
			}))
			found, err := readAll(db)
			require.NoError(t, err)
			require.Len(t, found, 5)
			require.NoError(t, db.DB.Update(func(tx *bolt.Tx) error { return change(tx, tx.Bucket(things)) }))
			_, err = readAll(db)
			require.ErrorAs(t, err, &Broken{})
			require.Contains(t, err.Error(), "things")
			_, err = readParts(db)
			require.ErrorAs(t, err, &Broken{})
			require.Contains(t, err.Error(), "things")
		})
	}
}

// A file of before there were seals gets them, however much is in it, and a try that
// was broken off does no harm.
func TestAFileIsSealed(t *testing.T) {
	db := open(t)
	const entries = 1500 // more than a batch
	require.NoError(t, db.DB.Update(func(tx *bolt.Tx) error {
		b, err := tx.CreateBucket(things)
		require.NoError(t, err)
		require.NoError(t, b.SetSequence(77))
		for n := range entries {
			require.NoError(t, b.Put(fmt.Appendf(nil, "%05d", n), make([]byte, 16_000)))
		}
		return nil
	}))
	recognise := func() (sealed bool) {
		require.NoError(t, db.View(func(tx *Tx) error {
			tx.Recognise()
			sealed = tx.Sealed()
			return nil
		}))
		return sealed
	}
	require.False(t, recognise())
	_, err := db.PrepareSeals() // broken off before the last
	require.NoError(t, err)
	require.False(t, recognise())
	seals, err := db.PrepareSeals()
	require.NoError(t, err)
	require.NoError(t, db.Update(func(tx *Tx) error { return tx.Seal(seals) }))
	require.True(t, recognise())
	found, err := readAll(db)
	require.NoError(t, err)
	require.Len(t, found, entries)
	require.Len(t, found["00007"], 16_000)
	require.NoError(t, db.View(func(tx *Tx) error {
		require.EqualValues(t, 77, tx.Bucket(things).Sequence())
		require.Nil(t, tx.Bucket(sealingBucket))
		return nil
	}))
}

// What waits is there for whoever asks, and once the change is made.
func TestWhatWaitsIsThere(t *testing.T) {
	db, err := Open(filepath.Join(t.TempDir(), "s.db"), 0o600, nil)
	require.NoError(t, err)
	defer db.Close()
	name := []byte("b")
	require.NoError(t, db.Update(func(tx *Tx) error {
		b, err := tx.CreateBucketIfNotExists(name)
		require.NoError(t, err)
		require.NoError(t, b.Put([]byte("m"), []byte("old")))
		for _, key := range []string{"z", "a", "m", "gone", "put"} {
			require.NoError(t, b.PutLater([]byte(key), []byte("later "+key)))
		}
		require.Equal(t, "later a", string(b.Get([]byte("a"))))
		require.NoError(t, b.Delete([]byte("gone")))
		require.Nil(t, b.Get([]byte("gone")))
		require.NoError(t, b.Put([]byte("put"), []byte("now")))
		require.Equal(t, "now", string(b.Get([]byte("put"))))
		return nil
	}))
	require.NoError(t, db.Update(func(tx *Tx) error {
		b := tx.Bucket(name)
		require.NoError(t, b.PutLater([]byte("k"), []byte("later k")))
		var all []string
		require.NoError(t, b.ForEach(func(key, value []byte) error {
			all = append(all, string(key)+"="+string(value))
			return nil
		}))
		require.Equal(t, []string{"a=later a", "k=later k", "m=later m", "put=now", "z=later z"}, all)
		return nil
	}))
}
