package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/cores"
)

// everyRecord is what a store holds, by the records' identities.
func everyRecord(t *testing.T, s *Store) map[model.Key]model.Record {
	t.Helper()
	all := map[model.Key]model.Record{}
	for _, table := range append([]model.Table{model.TableSettings}, model.Tables[:]...) {
		for record, err := range s.Records(table) {
			require.NoError(t, err)
			key := record.Key()
			if key.ID != (model.RowID{}) {
				key = key.Identity()
			}
			all[key] = record
		}
	}
	return all
}

// Whatever is damaged: what is salvaged is as it was, what is not is named, and the new
// store is sound.
func TestRepairSavesOrNamesEveryRecord(t *testing.T) {
	rounds := 40
	if testing.Short() || cores.RaceDetector { // whole without it
		rounds = 25
	}
	if n, err := strconv.Atoi(os.Getenv("DOPPELPASS_TEST_DAMAGE_ROUNDS")); err == nil {
		rounds = n
	}
	folder := t.TempDir()
	require.NoError(t, makeDamageStore(folder))
	whole, err := os.ReadFile(filepath.Join(folder, "whole.db"))
	require.NoError(t, err)
	before, err := os.ReadFile(filepath.Join(folder, "before.db"))
	require.NoError(t, err)
	s := openAt(t, filepath.Join(folder, "whole.db"))
	want := everyRecord(t, s)
	require.NoError(t, s.Close())
	older := openAt(t, filepath.Join(folder, "before.db"))
	require.NoError(t, older.Close())

	damaged, repaired := filepath.Join(folder, "damaged.db"), filepath.Join(folder, "repaired.db")
	for kind, k := range damageKinds {
		saved, marked, lost, earlier, there, unreadable := 0, 0, 0, 0, 0, 0
		for round := range max(rounds*k.share/100, 2) {
			name := fmt.Sprintf("%s, seed %d", k.name, round)
			data := damageKinds[kind].do(rand.New(rand.NewPCG(uint64(round), 7)), slices.Clone(whole), before)
			require.NoError(t, os.WriteFile(damaged, data, 0o600))
			_ = os.Remove(repaired)
			done, err := Repair(context.Background(), damaged, repaired)
			if errors.Is(err, ErrNotAStore) && !strings.HasPrefix(k.name, "a bit") { // not even what it is can be told
				unreadable++
				continue
			}
			require.NoError(t, err, name)
			s := openAt(t, repaired)
			problems, err := s.Check()
			require.NoError(t, err, name)
			require.Empty(t, problems, name)
			_, err = s.History(0, 0)
			require.NoError(t, err, name)
			_, _, err = s.Next()
			require.NoError(t, err, name)
			now := everyRecord(t, s)
			require.NoError(t, s.Close())
			if done.Older || done.Earlier { // then what was changed last, or more, may be gone, and that is said
				earlier++
				for key := range want {
					if _, is := now[key]; is {
						there++
					}
				}
				continue
			}
			said, words := map[string]int{}, 0
			for _, l := range done.Lost {
				if l.Part == "" {
					said[lostName(l.Key)]++
				}
				switch l.Part {
				case LostOthers:
					said[string(l.Key.Table)] += l.Count
				case LostYears, LostCount: // how many rows is not known
					said[string(l.Key.Table)] += len(want)
				case LostWords:
					words += l.Count
				}
			}
			for key, record := range want {
				if is, there := now[key]; there && model.Same(is, record) {
					saved++
					continue
				}
				if is, there := now[key]; there && words > 0 && model.Same(unmarked(is), unmarked(record)) {
					marked++
					continue
				}
				lost++
				at := record.Key()
				if said[lostName(at)] > 0 {
					said[lostName(at)]--
					continue
				}
				said[string(at.Table)]--
				require.GreaterOrEqual(t, said[string(at.Table)], 0, "%s: %v is neither saved nor named: %v", name, at, done.Lost)
			}
			for key := range now {
				_, there := want[key]
				require.True(t, there, "%s: %v was never there", name, key)
			}
		}
		t.Logf("%s: %d records saved, %d with a mark for a lost word, %d lost and named; %d files of an earlier time, in which %d of 100 records are there, %d files of which nothing can be told",
			k.name, saved, marked, lost, earlier, 100*there/max(earlier*len(want), 1), unreadable)
	}
}

// unmarked is a row without its words.
func unmarked(r model.Record) model.Record {
	switch r := r.(type) {
	case model.Visit:
		r.ID, r.Rep, r.Outcome = model.RowID{}, "", ""
		return r
	case model.Call:
		r.ID, r.Agent, r.Campaign = model.RowID{}, "", ""
		return r
	}
	return r
}

// lostName is what of a key a loss can tell.
func lostName(key model.Key) string {
	switch key.Table {
	case model.TableVisits:
		return fmt.Sprint(key.Table, key.Code, key.Date, key.By)
	case model.TableCalls:
		return fmt.Sprint(key.Table, key.Code, key.Date)
	case model.TableConsents, model.TableAnswers, model.TableFollowUps:
		return fmt.Sprint(key.Table, key.ID)
	}
	key.Time = 0
	return fmt.Sprint(key)
}

// A lost page of planned visits has each of them named.
func TestALostPlannedVisitIsNamed(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "s.db")
	s := openAt(t, path)
	for n := range 30 {
		apply(t, s, model.Account{Code: fmt.Sprintf("K%d", n), Name: "N"}, model.PlannedVisit{Account: fmt.Sprintf("K%d", n), Date: 40000, Rep: "R1"})
	}
	require.NoError(t, s.Close())
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	// A bit in each place where the visit planned with K7 stands, but not where its key is
	// told again, behind its length.
	at := planKey(8, 40000, "R1", "")
	hits := 0
	for i := 2 * damagePage; i+len(at)+8 < len(data); i++ {
		if string(data[i:i+len(at)]) == string(at) && int(data[i-1]) != len(at) {
			data[i+len(at)+2] ^= 1
			hits++
		}
	}
	require.Positive(t, hits)
	require.NoError(t, os.WriteFile(path, data, 0o600))
	_, err = Repair(context.Background(), path, path)
	require.ErrorIs(t, err, fs.ErrExist)
	done, err := Repair(context.Background(), path, filepath.Join(folder, "new.db"))
	require.NoError(t, err)
	require.Equal(t, []Lost{{Key: model.Key{Table: model.TablePlan, Code: "K7", Date: 40000, By: "R1"}}}, done.Lost)
	require.Equal(t, 29, done.Counts[model.TablePlan])
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, entries, 2, "nothing else stays")
}
