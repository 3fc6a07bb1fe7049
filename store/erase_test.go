package store

// A name that nobody else has stands in every text there is: all of it is told, all of
// it goes, and nothing brings it back.

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "doppelpass/store/sealed"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

// planted is the name; none of it is a word of anything else.
const planted = "Zyxwolf Quirrelmann"

// plantedEverywhere are records of every table with the name in every text field, each
// with a mark of its own so that codes stay apart. Turn makes other texts of the same
// records.
func plantedEverywhere(turn string) (records []model.Record) {
	day, account := model.NewDate(2026, 3, 2), "A "+planted
	id := byte(0)
	for i := range storedTables {
		d := model.Describe(storedTables[i].table)
		if d.Table() == model.TableErasures {
			continue
		}
		record := d.Empty()
		if d.Table() == model.TableSettings {
			record = model.DefaultSettings()
		}
		id++
		for n, field := range d.Fields() {
			key := field.Name == "code" || field.Name == "rep" || field.Name == "number" || field.Name == "weekdays" || field.Name == "name" && d.Table() == model.TableContacts
			text := field.Name + " " + planted
			if !key {
				text += turn
			}
			switch value := d.Value(record, n).(type) {
			case string:
				if field.Name == "account" || field.Name == "code" && d.Table() == model.TableAccounts {
					text = account
				}
				record = d.With(record, n, text)
			case []string:
				record = d.With(record, n, []string{text, "another"})
			case model.Date:
				if value == 0 {
					record = d.With(record, n, day)
				}
			case model.RowID:
				record = d.With(record, n, model.RowID{7: 1, 15: id})
			case model.ClassTable:
				value[0].Name = text
				record = d.With(record, n, value)
			}
		}
		records = append(records, record)
	}
	return append(records,
		model.Contact{Account: account, Name: planted, Phone: "030 1234567", Email: "zq@example.org", Note: "a friend" + turn},
		model.Rep{Code: "R1", Name: planted, Email: "rep@example.org", Capacity: 17},
		model.Person{Code: "zyxwolf", Name: planted, Role: model.RoleLead, Rep: "R1"},
		model.Account{Code: "K2", Name: "Somebody else", Note: "Quirrelmann, Zyxwolf was here; call 030/123 45 67 or ZQ@example.org" + turn},
		model.Visit{ID: model.RowID{1: 3}, Account: "K2", Date: day, Rep: "R1", Note: "met"},
	)
}

// putAll puts records as one step without asking whether they make sense.
func putAll(t *testing.T, s *Store, action string, records ...model.Record) {
	t.Helper()
	_, err := s.update(func(w *writer) error {
		w.begin(lead, action)
		var edits []model.Edit
		for _, r := range records {
			before, err := presence{reader: w.reader}.Now(r.Key())
			if err != nil {
				return err
			}
			edits = append(edits, model.Edit{Before: before, After: r})
		}
		if err := w.apply(edits); err != nil {
			return err
		}
		return w.record(model.Actor{Name: planted, Person: "zyxwolf", Role: model.RoleLead, Device: planted + "'s laptop"}, action, "for "+planted)
	})
	require.NoError(t, err)
}

// traces are the places in an open store that still have the name: whatever is packed is
// unpacked.
func traces(t *testing.T, s *Store) (list []string) {
	t.Helper()
	note := func(where, text string) {
		form, _ := folded(text)
		for _, name := range []string{"zyxwolf", "quirrelmann", "1234567"} {
			if strings.Contains(form, name) {
				list = append(list, where+": "+text)
			}
		}
	}
	require.NoError(t, s.view(func(tx *bolt.Tx, coder blockCoder) error {
		for _, word := range coder.words.list {
			note("dictionary", word)
		}
		if err := everRecord(reader{tx, coder}, func(r model.Record, step uint64, _ bool) error {
			model.MapText(r, func(field string, _ model.Telling, text string) string {
				note(fmt.Sprintf("step %d %s.%s", step, r.Key().Table, field), text)
				return text
			})
			return nil
		}); err != nil {
			return err
		}
		names := tx.Cursor()
		for name, _ := names.First(); name != nil; name, _ = names.Next() {
			if string(name) == "tallies" { // sums of what is in the others
				continue
			}
			if err := tx.Bucket(name).ForEach(func(key, value []byte) error {
				note(string(name)+" key", string(key))
				note(string(name)+" value", string(value))
				return nil
			}); err != nil {
				return err
			}
		}
		return nil
	}))
	return list
}

// bytesOf counts how often parts of the name stand in a file as they are.
func bytesOf(t *testing.T, path string) int {
	t.Helper()
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	content = bytes.ToLower(content)
	return bytes.Count(content, []byte("zyxwolf")) + bytes.Count(content, []byte("quirrelmann"))
}

func TestAPersonIsErasedFromEverywhereAndNothingBringsThemBack(t *testing.T) {
	for _, limit := range []int{journalLimit, 0} { // the history as records, and as documents
		t.Run(fmt.Sprint("steps of ", limit), func(t *testing.T) {
			kept := journalLimit
			journalLimit = limit
			t.Cleanup(func() { journalLimit = kept })
			path := filepath.Join(t.TempDir(), "s.db")
			s := openAt(t, path)
			putAll(t, s, "first", plantedEverywhere("")...)
			putAll(t, s, "second", plantedEverywhere(" again")...)
			apply(t, s, model.Account{Code: "K3", Name: "Nobody"})
			_, err := s.Undo(model.Actor{Name: planted, Person: "zyxwolf", Role: model.RoleLead})
			require.NoError(t, err)
			require.NoError(t, s.RememberMapping(exchange.Mapping{Fingerprint: "f", Columns: []exchange.ColumnMapping{{Header: planted}}}))
			old := filepath.Join(filepath.Dir(path), "old.db")
			require.NoError(t, s.Backup(old))
			require.NoError(t, os.WriteFile(old+".copy", contentOf(t, old), 0o600))

			// Everything is told: each text field of each table.
			known, err := s.Person(Who{Name: planted, All: true})
			require.NoError(t, err)
			told := map[string]bool{}
			for _, r := range known.Records {
				for _, field := range r.Fields {
					told[string(r.Record.Key().Table)+"."+field] = true
				}
			}
			for _, table := range documents {
				d := model.Describe(tableIn[table].table)
				for i, field := range d.Fields() {
					switch d.Value(d.Empty(), i).(type) {
					case string, []string, model.ClassTable:
						if d.Table() != model.TableErasures {
							require.True(t, told[string(d.Table())+"."+field.Name], "%s.%s is told", d.Table(), field.Name)
						}
					}
				}
			}
			require.NotEmpty(t, known.Steps)
			require.Equal(t, 1, known.Mappings)
			require.Len(t, known.Own, 3, "contact, rep and person")

			before := counted(t, s)
			done, err := s.Erase(lead, Who{Name: planted, All: true})
			require.NoError(t, err)
			require.NotEmpty(t, done.Labels)
			require.Empty(t, traces(t, s))
			after := counted(t, s)
			require.Equal(t, before[model.TableContacts]-1, after[model.TableContacts], "the contact person goes")
			delete(before, model.TableContacts)
			delete(after, model.TableContacts)
			require.Equal(t, before, after, "nothing else does")
			rep, err := s.Get(model.Key{Table: model.TableReps, Code: "R1"})
			require.NoError(t, err)
			require.Equal(t, 17, rep.(model.Rep).Capacity)
			require.Equal(t, done.Labels[0], rep.(model.Rep).Name)
			problems, err := s.Check()
			require.NoError(t, err)
			require.Empty(t, problems)

			// Nothing brings them back: undo of whatever can be undone, and redo.
			for range 4 {
				steps, err := s.History(0, 20)
				require.NoError(t, err)
				for _, e := range steps {
					_, _ = s.UndoStep(lead, e.Step)
					require.Empty(t, traces(t, s), "step %d %s", e.Step, e.Action)
				}
			}
			for _, d := range []func(model.Actor) (Entry, error){s.Undo, s.Redo, s.Undo} {
				_, _ = d(lead)
				require.Empty(t, traces(t, s))
			}
			problems, err = s.Check()
			require.NoError(t, err)
			require.Empty(t, problems)
			require.NoError(t, s.Close())

			had, has, err := Compact(path, Options{Fast: true})
			require.NoError(t, err)
			require.Positive(t, had)
			require.Positive(t, has)
			require.Zero(t, bytesOf(t, path), "no byte of the name in the file")
			require.Zero(t, bytesOf(t, path+bookEnding), "nor in the deletion book beside it")
			info, err := os.Stat(path)
			require.NoError(t, err)
			require.Equal(t, os.FileMode(0o600), info.Mode().Perm())

			// An older copy in the store's place forgets, too, and so does one beside it.
			require.Positive(t, bytesOf(t, old))
			_, err = Open(old, Options{ReadOnly: true})
			require.ErrorAs(t, err, &ErasureDue{}, "nobody reads it before")
			for _, restored := range []string{path, old} {
				require.NoError(t, os.WriteFile(restored, contentOf(t, old+".copy"), 0o600))
				s = openAt(t, restored)
				require.NotNil(t, s.Reapplied())
				require.Empty(t, traces(t, s), restored)
				require.NoError(t, s.Close())
				s = openAt(t, restored)
				require.Nil(t, s.Reapplied(), "once")
				require.NoError(t, s.Close())
			}
		})
	}
}

func contentOf(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	return content
}

// counted are the records of each table, without the deletion book.
func counted(t *testing.T, s *Store) map[model.Table]int {
	t.Helper()
	info, err := s.Info()
	require.NoError(t, err)
	delete(info.Counts, model.TableErasures)
	return info.Counts
}
