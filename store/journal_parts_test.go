package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// A step tells all that it changed or that some of it is lost: never half of it for the
// whole.
func TestALostPartOfAStepIsTold(t *testing.T) {
	for name, lost := range map[string]func(keys [][]byte) []byte{
		"the first": func(keys [][]byte) []byte { return keys[0] },
		"the last":  func(keys [][]byte) []byte { return keys[len(keys)-1] },
	} {
		for _, accounts := range []int{3, 400} { // one part, and several
			t.Run(fmt.Sprintf("%s of %d accounts", name, accounts), func(t *testing.T) {
				defer func(before int) { journalLimit = before }(journalLimit)
				journalLimit = 10
				s := openAt(t, filepath.Join(t.TempDir(), "s.db"))
				defer s.Close()
				var before, after []model.Record
				for n := range accounts {
					before = append(before, model.Account{Code: fmt.Sprint("K", n), Name: "Eins", Note: strings.Repeat("x", 1000)})
					after = append(after, model.Account{Code: fmt.Sprint("K", n), Name: "Zwei"})
				}
				apply(t, s, before...)
				apply(t, s, after...)
				done, err := s.History(0, 1)
				require.NoError(t, err)
				step := done[0].Step
				apply(t, s, model.Account{Code: "Z", Name: "Danach"})
				require.NoError(t, s.db.Update(func(tx *bolt.Tx) error {
					var keys [][]byte
					cursor := tx.Bucket(editsBucket).Cursor()
					for key, _ := cursor.Seek(stepKey(step)); bytes.HasPrefix(key, stepKey(step)); key, _ = cursor.Next() {
						keys = append(keys, bytes.Clone(key))
					}
					require.Equal(t, accounts > 3, len(keys) > 1)
					return tx.Bucket(editsBucket).Delete(lost(keys))
				}))

				_, _, err = s.StepEdits(step, 10)
				require.ErrorAs(t, err, &Damaged{})
				problems, err := s.Check()
				require.NoError(t, err)
				require.Contains(t, problems, Problem{Kind: ProblemStep, Number: step})
				_, err = s.UndoStep(lead, step)
				require.ErrorAs(t, err, &Damaged{})
			})
		}
	}
}

// Steps that an earlier program wrote say nothing of how many parts they have.
func TestStepsWithoutACountOfPartsAreRead(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "s.db"))
	defer s.Close()
	apply(t, s, model.Account{Code: "K1", Name: "Eins"})
	require.NoError(t, s.db.Update(func(tx *bolt.Tx) error {
		key, value := tx.Bucket(journalBucket).Cursor().Last()
		require.Contains(t, string(value), `"parts":1`)
		e, err := decodeEntry(value)
		require.NoError(t, err)
		earlier, err := json.Marshal(e)
		require.NoError(t, err)
		return tx.Bucket(journalBucket).Put(slices.Clone(key), earlier)
	}))
	problems, err := s.Check()
	require.NoError(t, err)
	require.Empty(t, problems)
	_, err = s.Undo(lead)
	require.NoError(t, err)
	require.NotContains(t, recordsOf(t, s), model.Account{Code: "K1"}.Key())
}
