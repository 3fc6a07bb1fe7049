package store

import (
	"encoding/binary"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/model/cores"
)

// Sums find what comparing everything finds, and count it the same.
func TestAnAgreementIsWhatComparingEverythingSays(t *testing.T) {
	if cores.RaceDetector {
		t.Skip("one goroutine has no races")
	}
	group := rapid.Uint64Range(0, 9)
	entries := rapid.MapOf(group, rapid.SliceOfN(rapid.Uint64Range(0, 5), 1, 4))
	rapid.Check(t, func(rt *rapid.T) {
		follows := entries.Draw(rt, "follows")
		holds := maps.Clone(follows)
		for g, list := range entries.Draw(rt, "otherwise") {
			if rapid.Bool().Draw(rt, "gone") {
				delete(holds, g)
			} else {
				holds[g] = list
			}
		}
		odd := map[uint64]bool{}
		for _, g := range rapid.SliceOfN(group, 0, 2).Draw(rt, "odd") {
			if _, there := holds[g]; there {
				odd[g] = true
			}
		}
		same := func(a, b []uint64) bool { // whatever their order
			counts := map[uint64]int{}
			for _, e := range a {
				counts[e]++
			}
			for _, e := range b {
				counts[e]--
			}
			for _, n := range counts {
				if n != 0 {
					return false
				}
			}
			return true
		}
		wrong, missing := 0, 0
		for g, list := range holds {
			if odd[g] || !same(list, follows[g]) {
				wrong++
			}
		}
		for g := range follows {
			if _, there := holds[g]; !there {
				missing++
			}
		}
		a := newAgreement()
		round := func() {
			for g, list := range follows {
				for _, e := range list {
					a.follows(g, e)
				}
			}
			for g, list := range holds {
				a.has(g, !odd[g])
				for _, e := range list {
					a.holds(g, e)
				}
			}
		}
		round()
		if a.agree() {
			require.Zero(rt, wrong+missing)
			return
		}
		round()
		isWrong, isMissing := a.count()
		require.Equal(rt, [2]int{wrong, missing}, [2]int{isWrong, isMissing})
	})
}

// A page that belongs to nothing and is not free either is told.
func TestCheckFindsALostPage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	s := openAt(t, path)
	for n := range 30 {
		apply(t, s, model.Account{Code: "K1", Name: strings.Repeat("n", n+1)})
	}
	sound(t, s)
	require.NoError(t, s.Close())
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	require.NoError(t, err)
	metas, err := readMetas(file)
	require.NoError(t, err)
	newest := metas[0]
	for _, m := range metas {
		if m.transaction > newest.transaction {
			newest = m
		}
	}
	count := make([]byte, 2)
	at := int64(newest.freelist*newest.pageSize) + 10
	_, err = file.ReadAt(count, at)
	require.NoError(t, err)
	require.Positive(t, binary.NativeEndian.Uint16(count))
	binary.NativeEndian.PutUint16(count, binary.NativeEndian.Uint16(count)-1)
	_, err = file.WriteAt(count, at)
	require.NoError(t, err)
	require.NoError(t, file.Close())
	s, err = Open(path, Options{ReadOnly: true})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	problems, err := s.Check()
	require.NoError(t, err)
	require.Len(t, problems, 1)
	require.Equal(t, ProblemPages, problems[0].Kind)
	require.Contains(t, problems[0].Detail, "neither used nor free")
}
