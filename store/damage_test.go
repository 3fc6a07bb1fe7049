package store

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/cores"
)

// useAll reads everything that a store holds, as the program does.
func useAll(path string) error {
	s, err := Open(path, Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer s.Close()
	if _, err := s.Check(); err != nil {
		return err
	}
	book, err := s.Book()
	if err != nil {
		return err
	}
	book.On(model.NewDate(2026, 3, 2)).Signals()
	for _, table := range model.Tables {
		for _, err := range s.Records(table) {
			if err != nil {
				return err
			}
		}
	}
	entries, err := s.History(0, 0)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if _, _, err := s.StepEdits(e.Step, 100); err != nil {
			return err
		}
	}
	return nil
}

// Whatever is damaged of a file, the program goes on and says so: no bit that flips,
// no end that is cut, no page that is lost lets it crash or run on.
func TestADamagedFileIsToldAndCrashesNothing(t *testing.T) {
	path := oldStore(t, "schema-1.db.gz")
	s := openAt(t, path) // brings it up to date
	require.NoError(t, s.Close())
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	if cores.RaceDetector {
		t.Skip("one goroutine has no races")
	}
	rounds := 400
	if testing.Short() {
		rounds = 60
	}
	random := rand.New(rand.NewPCG(1, 2))
	told := 0
	try := func(what string, data []byte) {
		t.Log(what) // the last of these tells where a crash came from
		damaged := filepath.Join(t.TempDir(), "d.db")
		require.NoError(t, os.WriteFile(damaged, data, 0o600))
		if err := useAll(damaged); err != nil {
			told++
			require.NotEmpty(t, err.Error())
		}
	}
	for range rounds {
		at, bit := random.IntN(len(whole)), random.IntN(8)
		data := append([]byte(nil), whole...)
		data[at] ^= 1 << bit
		try(fmt.Sprintf("bit %d of byte %d", bit, at), data)
	}
	const page = 4096
	for range rounds / 2 { // where bits matter most
		at, bit := random.IntN(len(whole)/page)*page+random.IntN(48), random.IntN(8)
		data := append([]byte(nil), whole...)
		data[at] ^= 1 << bit
		try(fmt.Sprintf("bit %d of byte %d", bit, at), data)
	}
	for at := page; at < len(whole); at += page {
		data := append([]byte(nil), whole...)
		clear(data[at : at+page])
		try(fmt.Sprintf("page %d lost", at/page), data)
		try(fmt.Sprintf("cut at %d", at-17), whole[:at-17])
	}
	require.Positive(t, told)
}
