package wire

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
)

// answers keeps what comes over a line.
type answers struct {
	io.ReadWriteCloser
	came bytes.Buffer
}

func (a *answers) Read(b []byte) (int, error) {
	n, err := a.ReadWriteCloser.Read(b)
	a.came.Write(b[:n])
	return n, err
}

// recordLaptop writes anew what FuzzLaptop begins with: a laptop with a change of its own,
// and what its server answers. They name each other's steps, so they are kept, not made.
func recordLaptop(t *testing.T, folder string) {
	s := newServed(t)
	anna := s.join("anna")
	s.apply(s.Store, model.Account{Code: "K2", Name: "Schulz"}, model.Visit{Account: "K1", Date: 46000, Rep: "R1"})
	s.apply(anna, model.Account{Code: "K1", Name: "Maier & Co.", Phone: "0711 1"})
	path := filepath.Join(t.TempDir(), "laptop.db")
	require.NoError(t, anna.Backup(path))
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err = z.Write(content)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	require.NoError(t, os.MkdirAll(folder, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "laptop.db.gz"), packed.Bytes(), 0o644))

	raw := &answers{ReadWriteCloser: s.line(-1)}
	_, err = s.syncOver(raw, anna)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "answers-sync"), raw.came.Bytes(), 0o644))
	raw = &answers{ReadWriteCloser: s.line(-1)}
	l, err := Greet(raw, nil, "1", "laptop")
	require.NoError(t, err)
	require.NoError(t, l.Fetch(filepath.Join(t.TempDir(), "new.db"), nil))
	require.NoError(t, raw.Close())
	require.NoError(t, os.WriteFile(filepath.Join(folder, "answers-fetch"), raw.came.Bytes(), 0o644))
}

func TestTheRecordOfALaptopIsThere(t *testing.T) {
	folder := filepath.Join("testdata", "laptop")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		recordLaptop(t, folder)
	}
	came, err := os.ReadFile(filepath.Join(folder, "answers-sync"))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "s.db")
	require.NoError(t, os.WriteFile(path, recordedLaptop(t), 0o600))
	s, err := store.Open(path, store.Options{Fast: true})
	require.NoError(t, err)
	defer s.Close()
	l, err := Greet(rope{bytes.NewReader(came), io.Discard}, s, "1", "laptop")
	require.NoError(t, err)
	done, err := l.Sync(s)
	require.NoError(t, err)
	require.Equal(t, 1, done.Sent)
	require.Equal(t, "Maier & Co.", name(t, s, "K1"))
	require.Equal(t, "Schulz", name(t, s, "K2"))
}

// recordedLaptop is the laptop's store before it was brought together with its server.
func recordedLaptop(t testing.TB) []byte {
	t.Helper()
	packed, err := os.Open(filepath.Join("testdata", "laptop", "laptop.db.gz"))
	require.NoError(t, err)
	defer packed.Close()
	z, err := gzip.NewReader(packed)
	require.NoError(t, err)
	whole, err := io.ReadAll(z)
	require.NoError(t, err)
	return whole
}

// FuzzLaptop lets a server answer a laptop with any bytes: the laptop takes them or says that
// they are none, and its store stays sound.
func FuzzLaptop(f *testing.F) {
	folder := filepath.Join("testdata", "laptop")
	for _, name := range []string{"answers-sync", "answers-fetch"} {
		came, err := os.ReadFile(filepath.Join(folder, name))
		require.NoError(f, err)
		f.Add(came, name == "answers-fetch")
	}
	whole := recordedLaptop(f)
	f.Fuzz(func(t *testing.T, came []byte, fresh bool) {
		path := filepath.Join(t.TempDir(), "s.db")
		line := rope{bytes.NewReader(came), io.Discard}
		if fresh {
			l, err := Greet(line, nil, "1", "laptop")
			if err != nil {
				return
			}
			if err := l.Fetch(path, nil); err != nil {
				require.NoFileExists(t, path)
				return
			}
			if s, err := store.Open(path, store.Options{Fast: true}); err == nil { // the server may have sent anything
				require.NoError(t, s.Close())
			}
			return
		}
		require.NoError(t, os.WriteFile(path, whole, 0o600))
		s, err := store.Open(path, store.Options{Fast: true})
		require.NoError(t, err)
		defer s.Close()
		l, err := Greet(line, s, "1", "laptop")
		if err != nil {
			return
		}
		_, _ = l.Sync(s)
		problems, err := s.Check()
		require.NoError(t, err)
		require.Empty(t, problems)
	})
}
