package store

// Opening: what is no store, what is newer, who holds it, and what a store that
// is only read refuses.

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// names are the files in a folder.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	list := []string{}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func TestOpenMakesAStoreWithItsFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	path := filepath.Join(dir, "s.db")
	s, err := Open(path, Options{})
	require.NoError(t, err)
	require.Equal(t, path, s.Path())
	require.False(t, s.ReadOnly())
	info, err := s.Info()
	require.NoError(t, err)
	require.EqualValues(t, schemaVersion, info.Schema)
	require.Positive(t, info.Size)
	if runtime.GOOS != "windows" {
		file, err := os.Stat(path)
		require.NoError(t, err)
		require.EqualValues(t, 0o600, file.Mode().Perm(), "nobody else reads it")
		folder, err := os.Stat(dir)
		require.NoError(t, err)
		require.EqualValues(t, 0o700, folder.Mode().Perm())
	}
	require.NoError(t, s.Close())
	require.Equal(t, []string{"s.db"}, names(t, dir), "nothing is left beside it")
	s, err = Open(path, Options{})
	require.NoError(t, err)
	require.NoError(t, s.Close())
}

func TestWhatIsNoStoreIsRefusedAndLeftAlone(t *testing.T) {
	dir := t.TempDir()
	foreign := filepath.Join(dir, "foreign.db")
	db, err := bolt.Open(foreign, 0o600, nil)
	require.NoError(t, err)
	require.NoError(t, db.Update(func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("theirs")); return err }))
	require.NoError(t, db.Close())

	short := filepath.Join(dir, "short.db")
	whole, err := os.ReadFile(foreign)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(short, whole[:5000], 0o600))
	torn := filepath.Join(dir, "torn.db")
	require.NoError(t, os.WriteFile(torn, append(make([]byte, 8192), whole[8192:]...), 0o600))

	for name, content := range map[string][]byte{
		"empty.db": {}, "text.csv": []byte("code,name\nK1,Eins\n"), "long.txt": make([]byte, 100_000), "foreign.db": nil, "short.db": nil, "torn.db": nil,
	} {
		path := filepath.Join(dir, name)
		if content != nil {
			require.NoError(t, os.WriteFile(path, content, 0o600))
		}
		before, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, readOnly := range []bool{false, true} {
			_, err = Open(path, Options{ReadOnly: readOnly})
			if name == "short.db" { // it was one, of somebody's
				require.ErrorAs(t, err, &Damaged{})
			} else {
				require.ErrorIs(t, err, ErrNotAStore, "%s, read-only %v", name, readOnly)
			}
			require.Contains(t, err.Error(), path)
			after, err := os.ReadFile(path)
			require.NoError(t, err)
			require.True(t, string(before) == string(after), "%s was changed", name)
		}
	}
	_, err = Open(dir, Options{})
	require.ErrorIs(t, err, ErrNotAStore, "a folder")
	require.Len(t, names(t, dir), 6, "nothing is left beside them")
}

func TestAStoreThatIsNotThere(t *testing.T) {
	dir := t.TempDir()
	_, err := Open(filepath.Join(dir, "s.db"), Options{ReadOnly: true})
	require.ErrorIs(t, err, ErrNoStore)
	require.Empty(t, names(t, dir))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "file"), nil, 0o600))
	_, err = Open(filepath.Join(dir, "file", "s.db"), Options{})
	require.Error(t, err, "a file where the folder should be")
}

func TestANewerStoreIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	s, err := Open(path, Options{})
	require.NoError(t, err)
	require.NoError(t, s.Close())
	schema := func(value []byte) {
		db, err := bolt.Open(path, 0o600, nil)
		require.NoError(t, err)
		require.NoError(t, db.Update(func(tx *bolt.Tx) error { return tx.Bucket(metaBucket).Put(keySchema, value) }))
		require.NoError(t, db.Close())
	}
	schema(binary.BigEndian.AppendUint32(nil, schemaVersion+1))
	for _, readOnly := range []bool{false, true} {
		_, err = Open(path, Options{ReadOnly: readOnly})
		require.ErrorIs(t, err, NewerSchema{Found: schemaVersion + 1, Known: schemaVersion})
		require.Contains(t, err.Error(), "newer")
	}
	for _, broken := range [][]byte{{}, {1}, binary.BigEndian.AppendUint32(nil, 0)} {
		schema(broken)
		_, err = Open(path, Options{})
		require.ErrorAs(t, err, &Damaged{}, "its seals say that it is ours")
	}
	schema(binary.BigEndian.AppendUint32(nil, schemaVersion))
	s, err = Open(path, Options{})
	require.NoError(t, err, "a store that was refused is not locked")
	require.NoError(t, s.Close())
}

func TestALockedStoreSaysWhoHasIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	since := time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)
	s, err := Open(path, Options{Now: func() time.Time { return since }})
	require.NoError(t, err)
	for _, readOnly := range []bool{false, true} {
		_, err = Open(path, Options{ReadOnly: readOnly})
		var locked Locked
		require.ErrorAs(t, err, &locked)
		require.Equal(t, path, locked.Path)
		require.Equal(t, os.Getpid(), locked.Holder.PID)
		require.True(t, since.Equal(locked.Holder.Since))
		require.NotEmpty(t, locked.Holder.Command)
		require.Contains(t, err.Error(), "09:30")
		require.Contains(t, err.Error(), path)
	}
	require.NoError(t, os.Remove(holderPath(path)))
	_, err = Open(path, Options{})
	require.ErrorIs(t, err, Locked{Path: path}, "nobody left word")
	require.Contains(t, err.Error(), path)
	require.NoError(t, s.Close())
	s, err = Open(path, Options{})
	require.NoError(t, err)
	require.NoError(t, s.Close())
}

func TestAStoreThatIsOnlyRead(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "s.db")
	s, err := Open(path, Options{})
	require.NoError(t, err)
	apply(t, s, model.Account{Code: "K1", Name: "Eins"}, model.Visit{Account: "K1", Date: 40000, Rep: "R1"})
	undoable := recordsOf(t, s)
	require.NoError(t, s.Close())

	reader, err := Open(path, Options{ReadOnly: true})
	require.NoError(t, err)
	require.True(t, reader.ReadOnly())
	second, err := Open(path, Options{ReadOnly: true})
	require.NoError(t, err, "several may read")
	require.Equal(t, undoable, recordsOf(t, second))
	require.NoError(t, second.Close())
	file := write(t, "r.csv", "code,name,capacity\nR1,Sommer,\n")
	for name, change := range map[string]func() error{
		"apply": func() error {
			_, err := reader.Apply(lead, Request{Puts: []Put{{Record: model.Rep{Code: "R1"}}}})
			return err
		},
		"undo":     func() error { _, err := reader.Undo(lead); return err },
		"redo":     func() error { _, err := reader.Redo(lead); return err },
		"import":   func() error { _, err := importing(t, reader, lead, ImportOptions{}, file); return err },
		"load":     func() error { return reader.Load(lead, "x", "", func(*Loader) error { return nil }) },
		"remember": func() error { return reader.Remember("x", []byte("y")) },
	} {
		require.ErrorIs(t, change(), ErrReadOnly, name)
	}
	f := follow(t, reader)
	f.requireFresh(t)
	require.Equal(t, undoable, recordsOf(t, reader))
	sound(t, reader)
	require.NoError(t, reader.Backup(filepath.Join(dir, "copy.db")))
	require.NoError(t, reader.Close())
	require.Equal(t, []string{"copy.db", "s.db"}, names(t, dir))
}

func TestBackup(t *testing.T) {
	dir := t.TempDir()
	path, copied := filepath.Join(dir, "s.db"), filepath.Join(dir, "copy.db")
	s := openAt(t, path)
	defer s.Close()
	apply(t, s, model.Account{Code: "K1", Name: "Eins"}, model.Visit{Account: "K1", Date: 40000, Rep: "R1", Note: "n", Ref: "x"})
	apply(t, s, model.Account{Code: "K1", Name: "Zwei"})
	require.NoError(t, s.Remember("x", []byte("y")))
	require.NoError(t, s.Backup(copied))
	before := recordsOf(t, s)
	apply(t, s, model.Account{Code: "K2", Name: "later"})

	err := s.Backup(copied)
	require.ErrorIs(t, err, fs.ErrExist)
	require.Contains(t, err.Error(), copied)
	require.ErrorIs(t, s.Backup(path), fs.ErrExist, "itself")
	require.ErrorIs(t, s.Backup(dir), fs.ErrExist, "a folder")
	require.ErrorIs(t, s.Backup(filepath.Join(dir, "nowhere", "copy.db")), fs.ErrNotExist)

	c, err := Open(copied, Options{})
	require.NoError(t, err)
	require.Equal(t, before, recordsOf(t, c))
	sound(t, c)
	value, err := c.Recall("x")
	require.NoError(t, err)
	require.Equal(t, "y", string(value))
	undo(t, c)
	got, err := c.Get(model.Account{Code: "K1"}.Key())
	require.NoError(t, err)
	require.Equal(t, "Eins", got.(model.Account).Name, "the history goes along")
	require.NoError(t, c.Close())
	require.ElementsMatch(t, []string{"copy.db", "s.db", "s.db.open"}, names(t, dir))
}

func TestMemoryIsNoHistory(t *testing.T) {
	s := open(t)
	value, err := s.Recall("mapping")
	require.NoError(t, err)
	require.Nil(t, value)
	require.NoError(t, s.Remember("mapping", []byte("v")))
	entries, err := s.History(0, 0)
	require.NoError(t, err)
	require.Empty(t, entries)
	require.NoError(t, s.Remember("mapping", nil))
	value, err = s.Recall("mapping")
	require.NoError(t, err)
	require.Nil(t, value)
}

// Check finds what does not fit together. Each damage is done behind the store's
// back.
func TestCheckFindsDamage(t *testing.T) {
	index := func(name Index) Problem { return Problem{Kind: ProblemIndex, Index: name} }
	want := map[string]Problem{
		"an account without its number": index(IndexAccounts), "a number without its account": index(IndexAccounts),
		"contacts that are lost": index(IndexContacts), "contacts that are wrong": index(IndexContacts), "reports that are lost": index(IndexReports),
		"a day too many": index(IndexDays), "an identifier too many": index(IndexVisits), "a lost identifier of a call": index(IndexCalls),
		"an account that cannot be read": {Kind: ProblemAccount}, "visits that cannot be read": {Kind: ProblemRows}, "visits of nobody": {Kind: ProblemOrphans},
	}
	for name, damage := range map[string]func(*bolt.Tx) error{
		"an account without its number": func(tx *bolt.Tx) error { return tx.Bucket(accountNumbers).Delete([]byte("K1")) },
		"a number without its account":  func(tx *bolt.Tx) error { return tx.Bucket(accountNumbers).Put([]byte("K9"), accountNumber(9).key()) },
		"contacts that are lost":        func(tx *bolt.Tx) error { return tx.Bucket(contactsBucket).Delete(accountNumber(1).key()) },
		"contacts that are wrong":       func(tx *bolt.Tx) error { return tx.Bucket(contactsBucket).Put(accountNumber(1).key(), []byte{1, 0}) },
		"reports that are lost":         func(tx *bolt.Tx) error { return tx.Bucket(reportsBucket).Delete([]byte("R1")) },
		"a day too many":                func(tx *bolt.Tx) error { return tx.Bucket(dayIndex).Put(dayKey(40001, 1), []byte{1}) },
		"an identifier too many":        func(tx *bolt.Tx) error { return tx.Bucket(visitIDs).Put(groupKey(1), make([]byte, locatedSize)) },
		"a lost identifier of a call": func(tx *bolt.Tx) error {
			key, _ := tx.Bucket(callIDs).Cursor().First()
			return tx.Bucket(callIDs).Delete(key)
		},
		"an account that cannot be read": func(tx *bolt.Tx) error {
			return tx.Bucket(documentBuckets[docAccounts]).Put(accountNumber(1).key(), []byte{9})
		},
		"visits that cannot be read": func(tx *bolt.Tx) error {
			return tx.Bucket(documentBuckets[docVisits]).Put(accountNumber(1).block(2009), []byte{9})
		},
		"visits of nobody": func(tx *bolt.Tx) error {
			return tx.Bucket(documentBuckets[docVisits]).Put(accountNumber(7).block(2009), []byte{1})
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := openAt(t, filepath.Join(t.TempDir(), "s.db"))
			defer s.Close()
			apply(t, s, model.Account{Code: "K1", Name: "Eins"}, model.Visit{Account: "K1", Date: 40000, Rep: "R1", Ref: "v"},
				model.Call{Account: "K1", Date: 40000, Agent: "M", Ref: "c"})
			sound(t, s)
			require.NoError(t, s.db.Update(damage))
			problems, err := s.Check()
			require.NoError(t, err)
			require.NotEmpty(t, problems)
			found := Problem{Kind: problems[0].Kind, Index: problems[0].Index}
			require.Equal(t, want[name], found)
		})
	}
}

// Bytes that cannot be read are an error wherever they are met.
func TestDamageIsAnError(t *testing.T) {
	tables := map[document]model.Table{}
	for table, d := range documentOf {
		tables[d] = table
	}
	answered := model.Answer{ID: model.RowID{7}, Territory: "T1", Campaign: "C1", Date: 40000, Says: model.SaysAgree}
	aside := model.SetAside{ID: model.RowID{9}, For: "anna", Of: model.TableAccounts, Reason: model.LostOverwritten}
	left := model.FollowUp{ID: model.RowID{8}, Account: "K1", Kind: model.FollowCall, Date: 40000, Due: 40000}
	forgotten := model.Erasure{ID: model.RowID{9}, Date: 40000, Kind: model.EraseContact}
	keys := map[document][]byte{
		docSettings: []byte("rules"), docReps: []byte("R1"), docTerritories: []byte("T1"), docAccounts: accountNumber(1).key(), docCampaigns: []byte("C1"),
		docVisits: accountNumber(1).block(2009), docCalls: accountNumber(1).block(2009), docPlan: planKey(1, 40000, "R1", ""),
		docContacts: append(accountNumber(1).key(), "Lang"...), docOptOuts: []byte("K1\x00"), docConsents: consentKey("K1", model.RowID{}),
		docAbsences: absenceKey(model.Absence{Rep: "R1", From: 40000}.Key()), docAnswers: answered.ID[:], docFollowUps: left.ID[:], docPeople: []byte("anna"), docOutLists: []byte("L1"), docAsides: aside.ID[:], docErasures: forgotten.ID[:],
		docSettled: settledKey(model.PlannedVisit{Account: "K1", Date: 40000, Rep: "R1"}.Settle(model.BecameMet, "").Key()),
	}
	at := model.Date(40000)
	record := map[document]model.Record{
		docSettings: model.DefaultSettings(), docReps: model.Rep{Code: "R1"}, docTerritories: model.Territory{Code: "T1"}, docAccounts: model.Account{Code: "K1"},
		docCampaigns: model.Campaign{Code: "C1", Start: at, End: at}, docVisits: model.Visit{Account: "K1", Date: at}, docCalls: model.Call{Account: "K1", Date: at},
		docPlan: model.PlannedVisit{Account: "K1", Date: at, Rep: "R1"}, docContacts: model.Contact{Account: "K1", Name: "Lang"},
		docOptOuts: model.OptOut{Account: "K1"}, docConsents: model.ConsentLine{Account: "K1", Event: model.ConsentExpress, Date: at},
		docAbsences: model.Absence{Rep: "R1", From: at, To: at}, docAnswers: answered, docFollowUps: left, docOutLists: model.OutList{Code: "L1", Date: at, Until: at, Accounts: []string{"K1"}}, docAsides: aside, docErasures: forgotten, docPeople: model.Person{Code: "anna", Name: "Anna", Role: model.RoleLook},
		docSettled: model.PlannedVisit{Account: "K1", Date: at, Rep: "R1"}.Settle(model.BecameDropped, model.DroppedIll),
	}
	for _, d := range documents {
		t.Run(string(documentBuckets[d]), func(t *testing.T) {
			s := openAt(t, filepath.Join(t.TempDir(), "s.db"))
			defer s.Close()
			var all []model.Record
			for _, d := range documents {
				all = append(all, record[d])
			}
			apply(t, s, all...)
			require.NoError(t, s.db.Update(func(tx *bolt.Tx) error {
				bucket := tx.Bucket(documentBuckets[d])
				require.NotNil(t, bucket.Get(keys[d]))
				return bucket.Put(keys[d], []byte{99})
			}))
			var read error
			for _, err := range s.Records(tables[d]) {
				read = errors.Join(read, err)
			}
			require.ErrorIs(t, read, errDamaged)
			_, err := s.Get(record[d].Key())
			require.ErrorIs(t, err, errDamaged)
			_, err = s.Book()
			require.Equal(t, d != docVisits && d != docCalls && d != docConsents && d != docAsides && d != docSettled && d != docErasures, err != nil, "the Book reads all but what only pages ask for")
			_, err = s.Undo(lead)
			require.Equal(t, !model.Describe(tables[d]).Growing(), err != nil, "what cannot be read cannot be compared; what is never taken back need not be")
		})
	}
}

func TestErrorsNameWhatTheyAreAbout(t *testing.T) {
	s := open(t)
	_, err := s.Get(model.Key{Table: model.TableAccounts, Code: "K9"})
	require.ErrorIs(t, err, NotFound{model.Key{Table: model.TableAccounts, Code: "K9"}})
	_, err = s.AccountVisits("K9", 0)
	require.True(t, errors.As(err, &NotFound{}))
	_, err = s.AccountCalls("K9", 0)
	require.True(t, errors.As(err, &NotFound{}))
	for _, table := range append([]model.Table{model.TableSettings, "nonsense"}, model.Tables[:]...) {
		_, err := s.Get(model.Key{Table: table, Code: "K9", Date: 40000})
		require.True(t, errors.As(err, &NotFound{}), table)
	}
}
