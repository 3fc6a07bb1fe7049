package store

// A long import goes on in a copy of the file. Whatever happens to it, what people see is
// the file before it or the file after it.

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/cores"
	"doppelpass/store/exchange"
	bolt "doppelpass/store/sealed"
)

// childPart has a child import a long file, or take back what was imported where none is
// named, and kill itself after so many parts of it.
const childPart = "DOPPELPASS_TEST_KILLED_PART"

// long makes imports of a test's size long ones, and has at called with how many parts
// were written before each.
func long(t testing.TB, at func(w *writer, part int)) {
	t.Helper()
	length, much, told := runLength, apartBytes, atPart
	t.Cleanup(func() { runLength, apartBytes, atPart = length, much, told })
	makeLong(at)
}

func makeLong(at func(w *writer, part int)) {
	parts := 0
	runLength, apartBytes, atPart = 50, 400, func(w *writer) {
		at(w, parts)
		parts++
	}
}

// longFile names 400 visits at eight accounts, one of them not known, and some of them again.
func longFile(t testing.TB) string {
	var lines strings.Builder
	lines.WriteString("id,account,date,rep,outcome\n")
	for row := range 400 {
		i := row % 390
		fmt.Fprintf(&lines, "V%d,K%d,2026-%02d-%02d,R%d,order\n", i, i%8, 1+i%12, 1+i%28, i%3)
	}
	return write(t, "long.csv", lines.String())
}

// withVisits is a store that an import of longFile changes.
func withVisits(t testing.TB, path string, o Options) *Store {
	s, err := Open(path, o)
	require.NoError(t, err)
	for i := range 7 {
		apply(t, s, model.Account{Code: fmt.Sprintf("K%d", i), Name: fmt.Sprintf("Account %d", i)},
			model.Visit{ID: NewRowID(), Account: fmt.Sprintf("K%d", i), Date: model.NewDate(2026, 1, 5), Rep: "R1"},
			model.Visit{ID: NewRowID(), Account: fmt.Sprintf("K%d", i), Date: model.NewDate(2026, 2, 1+i), Rep: "R2", Ref: fmt.Sprintf("V%d", i+8)})
	}
	return s
}

func importLong(ctx context.Context, t require.TestingT, s *Store, path string) ([]FileReport, error) {
	f, err := exchange.Open(path, exchange.Options{})
	require.NoError(t, err)
	defer f.Close()
	m, err := f.Mapping()
	require.NoError(t, err)
	return s.Import(ctx, lead, []Source{{f, m}}, ImportOptions{CreateMissing: true})
}

func skipWithoutRename(t testing.TB) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows renames nothing over a file that is open")
	}
}

// The memory that it takes does not grow with the file: each part holds no more than a part
// may, the index of days and what was before included.
func TestALongImportHoldsAPartAtATime(t *testing.T) {
	skipWithoutRename(t)
	var written []int
	long(t, func(w *writer, part int) {
		if w.tx == nil { // it is done
			return
		}
		written = append(written, w.tx.Written())
		require.Empty(t, w.images, "what was before is in the file")
		require.Less(t, len(w.contacts), 8)
		require.Less(t, len(w.byDay.added)+len(w.byDay.removed), apartDays+400)
	})
	days := apartDays
	t.Cleanup(func() { apartDays = days })
	apartDays = 40
	s := withVisits(t, filepath.Join(t.TempDir(), "s.db"), Options{Fast: true})
	defer s.Close()
	_, err := importLong(context.Background(), t, s, longFile(t))
	require.NoError(t, err)
	require.Greater(t, len(written), 5)
	for _, bytes := range written[:len(written)-1] { // the last has what is written of the whole
		require.Less(t, bytes, 5*apartBytes, "what was written since the last part")
	}
	requireSound(t, s)
}

// Whatever falls to the last part, what is derived is counted once.
func TestWhatFollowsFromALongImportIsCountedOnce(t *testing.T) {
	skipWithoutRename(t)
	file := longFile(t)
	days := apartDays
	t.Cleanup(func() { apartDays = days })
	for _, bytes := range []int{300, 700, 1000, 1500, 2500, 4000} {
		long(t, func(*writer, int) {})
		apartBytes, apartDays = bytes, 20
		s := withVisits(t, filepath.Join(t.TempDir(), "s.db"), Options{Fast: true})
		_, err := importLong(context.Background(), t, s, file)
		require.NoError(t, err)
		requireSound(t, s)
		require.NoError(t, s.Close())
	}
}

// It is one step: told as one, taken back as one, and the same as that of an import in one
// transaction.
func TestALongImportIsOneStep(t *testing.T) {
	skipWithoutRename(t)
	file := longFile(t)
	done := func(t *testing.T, parts bool) (step []model.Edit, after map[model.Key]string) {
		if parts {
			long(t, func(*writer, int) {})
		}
		s := withVisits(t, filepath.Join(t.TempDir(), "s.db"), Options{Fast: true})
		defer s.Close()
		before := recordsOf(t, s)
		_, err := importLong(context.Background(), t, s, file)
		require.NoError(t, err)
		requireSound(t, s)
		after = recordsOf(t, s)
		require.NoError(t, s.view(func(tx *bolt.Tx, coder blockCoder) (err error) {
			step, err = stepEdits(reader{tx, coder}, tx.Bucket(journalBucket).Sequence())
			return err
		}))
		undo(t, s)
		requireSound(t, s)
		require.Equal(t, before, recordsOf(t, s))
		_, err = s.Redo(lead)
		require.NoError(t, err)
		require.Equal(t, after, recordsOf(t, s))
		return step, after
	}
	var whole, parts []model.Edit
	var afterWhole, afterParts map[model.Key]string
	t.Run("in one transaction", func(t *testing.T) { whole, afterWhole = done(t, false) })
	t.Run("in parts", func(t *testing.T) { parts, afterParts = done(t, true) })
	require.Equal(t, len(afterWhole), len(afterParts))
	require.Equal(t, len(whole), len(parts))
	require.NotEmpty(t, whole)
	for i := range whole {
		require.Equal(t, whole[i].Before == nil, parts[i].Before == nil)
		require.Equal(t, whole[i].After.Key().Code, parts[i].After.Key().Code)
		require.Equal(t, whole[i].After.Key().Ref, parts[i].After.Key().Ref)
	}
}

// Until it is done everybody sees the store as it was, and what others change waits and is
// not lost.
func TestNobodySeesALongImportBeforeItIsDone(t *testing.T) {
	skipWithoutRename(t)
	path := filepath.Join(t.TempDir(), "s.db")
	var s *Store
	var before map[model.Key]string
	looked, remembered := 0, make(chan error, 1)
	long(t, func(w *writer, part int) {
		if part%4 == 0 && w.tx != nil {
			require.Equal(t, before, recordsOf(t, s), "part %d", part)
			looked++
		}
		if part == 2 {
			go func() { remembered <- s.Remember("of another", []byte("meanwhile")) }()
		}
	})
	s = withVisits(t, path, Options{})
	defer s.Close()
	before = recordsOf(t, s)
	book, stop, err := s.Follow(func(model.Change) {})
	require.NoError(t, err)
	defer stop()
	require.NotNil(t, book.Account("K6"))
	require.Nil(t, book.Account("K7"))
	_, err = importLong(context.Background(), t, s, longFile(t))
	require.NoError(t, err)
	require.Greater(t, looked, 2)
	require.NoError(t, <-remembered)
	value, err := s.Recall("of another")
	require.NoError(t, err)
	require.Equal(t, "meanwhile", string(value))
	after := recordsOf(t, s)
	require.NotEqual(t, before, after)
	apply(t, s, model.Account{Code: "K9", Name: "Later"})
	requireSound(t, s)
	require.NoError(t, s.Close())
	s = openAt(t, path)
	defer s.Close()
	_, err = s.Get(model.Account{Code: "K9"}.Key())
	require.NoError(t, err)
	requireSound(t, s)
}

// Stopped at any of its parts it leaves the store as it was and nothing beside it; the next
// one goes through.
func TestALongImportThatIsStoppedChangesNothing(t *testing.T) {
	skipWithoutRename(t)
	file := longFile(t)
	for stop := 0; ; stop++ {
		ctx, cancel := context.WithCancel(context.Background())
		long(t, func(_ *writer, part int) {
			if part == stop {
				cancel()
			}
		})
		folder := t.TempDir()
		s := withVisits(t, filepath.Join(folder, "s.db"), Options{Fast: true})
		before := recordsOf(t, s)
		_, err := importLong(ctx, t, s, file)
		if err == nil { // it was done
			require.NotEqual(t, before, recordsOf(t, s))
			require.NoError(t, s.Close())
			require.Greater(t, stop, 5)
			return
		}
		require.ErrorIs(t, err, context.Canceled)
		require.Equal(t, before, recordsOf(t, s))
		left, err := filepath.Glob(filepath.Join(folder, ".*"))
		require.NoError(t, err)
		require.Empty(t, left)
		long(t, func(*writer, int) {})
		_, err = importLong(context.Background(), t, s, file)
		require.NoError(t, err)
		requireSound(t, s)
		require.NoError(t, s.Close())
	}
}

// Stopped while the file is still being copied it leaves nothing beside it either.
func TestACopyThatIsStoppedIsTakenAway(t *testing.T) {
	skipWithoutRename(t)
	folder := t.TempDir()
	s := withVisits(t, filepath.Join(folder, "s.db"), Options{Fast: true})
	defer s.Close()
	_, err := s.update(func(w *writer) error {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		w.until = ctx
		return w.goApart()
	})
	require.ErrorIs(t, err, context.Canceled)
	left, err := filepath.Glob(filepath.Join(folder, ".*"))
	require.NoError(t, err)
	require.Empty(t, left)
}

// killedAtPart has a child import a file, or take back the last step where none is named, and
// kill itself at a part. The store is sound afterwards, and nothing is left beside it.
func killedAtPart(t *testing.T, path, file string, part int) (s *Store, finished bool) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), childStore+"="+path, childFiles+"="+file, childPart+"="+strconv.Itoa(part))
	out, err := child.CombinedOutput()
	if finished = err == nil; !finished {
		require.Equal(t, -1, child.ProcessState.ExitCode(), "it was killed: %s", out)
	}
	s, err = Open(path, Options{Fast: true})
	require.NoError(t, err)
	requireSound(t, s)
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".*"))
	require.NoError(t, err)
	require.Empty(t, left, "part %d", part)
	return s, finished
}

// Killed at any of its parts, and right before and behind the moment at which it is done,
// it is not there or whole, and the next start takes away what was left.
func TestALongImportThatIsKilledIsNotThereOrWhole(t *testing.T) {
	if cores.RaceDetector {
		t.Skip("processes of their own, which are whole without it")
	}
	skipWithoutRename(t)
	file, folder := longFile(t), t.TempDir()
	path := filepath.Join(folder, "store", "s.db")
	for part := 0; ; part++ {
		require.NoError(t, os.RemoveAll(filepath.Dir(path)))
		s := withVisits(t, path, Options{Fast: true})
		before := recordsOf(t, s)
		require.NoError(t, s.Close())
		s, finished := killedAtPart(t, path, file, part)
		is := recordsOf(t, s)
		if finished {
			require.NotEqual(t, before, is)
			require.Greater(t, part, 7)
			require.NoError(t, s.Close())
			return
		}
		if !maps.Equal(is, before) {
			undo(t, s)
			require.Equal(t, before, recordsOf(t, s), "part %d", part)
		}
		require.NoError(t, s.Close())
	}
}

// So is its undo.
func TestALongUndoThatIsKilledIsNotThereOrWhole(t *testing.T) {
	if cores.RaceDetector {
		t.Skip("processes of their own, which are whole without it")
	}
	skipWithoutRename(t)
	limit := journalLimit
	t.Cleanup(func() { journalLimit = limit })
	journalLimit = 0
	file, folder := longFile(t), t.TempDir()
	path := filepath.Join(folder, "store", "s.db")
	for part := 0; ; part++ {
		require.NoError(t, os.RemoveAll(filepath.Dir(path)))
		s := withVisits(t, path, Options{Fast: true})
		before := recordsOf(t, s)
		_, err := importLong(context.Background(), t, s, file)
		require.NoError(t, err)
		after := recordsOf(t, s)
		require.NoError(t, s.Close())
		s, finished := killedAtPart(t, path, "", part)
		is := recordsOf(t, s)
		if finished {
			require.Equal(t, before, is)
			require.Greater(t, part, 3)
			require.NoError(t, s.Close())
			return
		}
		if maps.Equal(is, after) {
			undo(t, s)
		} else {
			require.Equal(t, before, is, "part %d", part)
			redo(t, s)
			undo(t, s)
		}
		require.Equal(t, before, recordsOf(t, s), "part %d", part)
		require.NoError(t, s.Close())
	}
}

// importUntilKilled is what the child does.
func importUntilKilled(path, file string) error {
	last, err := strconv.Atoi(os.Getenv(childPart))
	if err != nil {
		return err
	}
	makeLong(func(_ *writer, part int) {
		if part == last {
			self, err := os.FindProcess(os.Getpid())
			if err == nil {
				_ = self.Kill()
			}
			select {}
		}
	})
	s, err := Open(path, Options{Fast: true})
	if err != nil {
		return err
	}
	if file == "" {
		apartUndo = 0
		_, err = s.Undo(lead)
	} else {
		_, err = importLong(context.Background(), failing{}, s, file)
	}
	if err != nil {
		return err
	}
	return s.Close()
}

// A long file of accounts goes the same way, and what waits of it until the file is read
// waits packed.
func TestALongFileOfAccountsIsTakenInPartsAsInOne(t *testing.T) {
	skipWithoutRename(t)
	require.Less(t, reflect.TypeFor[accountRow]().Size(), reflect.TypeFor[model.Account]().Size()/4)
	var lines strings.Builder
	lines.WriteString("account,name,class,street,postcode,city,phone,note\n")
	for row := range 330 {
		i := row * 7 % 300
		fmt.Fprintf(&lines, "K%d,Account %d,%c,Street %d,1%04d,Town %d,,%s\n", i, i, 'A'+i%3, i, i, i%9, []string{"", "of row " + strconv.Itoa(row)}[row%2])
	}
	file := write(t, "accounts.csv", lines.String())
	most := apartAccounts
	t.Cleanup(func() { apartAccounts = most })
	parts := 0
	done := func(length int) (after map[model.Key]string, reports []FileReport) {
		apartAccounts = length
		long(t, func(*writer, int) { parts++ })
		s := withVisits(t, filepath.Join(t.TempDir(), "s.db"), Options{Fast: true})
		defer s.Close()
		before := recordsOf(t, s)
		reports = importFiles(t, s, ImportOptions{MarkMissing: true}, file)
		requireSound(t, s)
		after = recordsOf(t, s)
		undo(t, s)
		requireSound(t, s)
		require.Equal(t, before, recordsOf(t, s))
		return after, reports
	}
	whole, said := done(1000)
	require.Zero(t, parts)
	inParts, saidToo := done(100)
	require.Greater(t, parts, 20)
	require.Equal(t, said, saidToo)
	require.Len(t, inParts, len(whole))
	for key, text := range whole {
		if key.ID == (model.RowID{}) {
			require.Equal(t, text, inParts[key])
		}
	}
}
