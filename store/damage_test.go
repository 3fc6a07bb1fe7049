package store

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

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

// Whatever becomes of the file while it is open, nobody waits for ever: what is begun after a fault
// in the file's own pages is told the same, and closing ends.
func TestAFileThatIsSpoiltWhileItIsOpenHoldsNobodyUp(t *testing.T) {
	for name, spoil := range map[string]func(path string) error{
		"cut to nothing": func(path string) error { return os.Truncate(path, 0) },
		"cut":            func(path string) error { return os.Truncate(path, 5000) },
		"overwritten": func(path string) error {
			info, err := os.Stat(path)
			if err != nil {
				return err
			}
			file, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			defer file.Close()
			_, err = file.WriteAt(make([]byte, info.Size()), 0)
			return err
		},
	} {
		for _, first := range []string{"read", "change", "fill"} {
			path := filepath.Join(t.TempDir(), "data.db")
			s, err := Open(path, Options{})
			require.NoError(t, err)
			apply(t, s, model.Account{Code: "K1", Name: "Alpha", Class: "A"})
			require.NoError(t, spoil(path))
			did := make(chan error)
			go func() {
				for range 3 {
					var err error
					switch first {
					case "read":
						_, _, err = s.Replica()
					case "change":
						_, err = s.Apply(lead, Request{Action: "test", Puts: []Put{{Record: model.Account{Code: "K2", Name: "Beta", Class: "A"}}}})
					case "fill":
						tx, begun := s.db.Begin(true)
						if err = begun; err == nil {
							err = tx.Rollback()
						}
					}
					did <- err
					_, err = s.Apply(lead, Request{Action: "test", Puts: []Put{{Record: model.Account{Code: "K2", Name: "Beta", Class: "A"}}}})
					did <- err
				}
				did <- s.Close()
			}()
			told := false
			for range 7 {
				select {
				case err := <-did:
					if err != nil { // what was read before may still be at hand
						require.ErrorAs(t, err, &Damaged{}, "%s, %s", name, first)
					}
					told = told || err != nil
				case <-time.After(20 * time.Second):
					t.Fatal("somebody waits for ever: ", name, ", ", first)
				}
			}
			require.True(t, told)
		}
	}
}
