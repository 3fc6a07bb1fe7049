package store

// What is coded reads back as it was, and no bytes whatever make the reading
// panic.

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// anyWords draws lists as they read back: an empty one is nil.
func anyWords[T ~string](t *rapid.T) []T {
	list := rapid.SliceOfN(rapid.Map(rapid.String(), func(s string) T { return T(s) }), 0, 4).Draw(t, "words")
	if len(list) == 0 {
		return nil
	}
	return list
}

func anyCoordinates(t *rapid.T) model.Coordinates {
	number := rapid.OneOf(rapid.Just(0.0), rapid.Float64Range(-180, 180), rapid.SampledFrom([]float64{math.MaxFloat64, math.SmallestNonzeroFloat64, math.Inf(1)}))
	return model.Coordinates{Lat: number.Draw(t, "lat"), Lon: number.Draw(t, "lon")}
}

// requireCoded codes a record and reads it back.
func requireCoded[T any](t *rapid.T, fields func(*codec, *T), record T) {
	value := encode(fields, record)
	got, err := decode(fields, value)
	require.NoError(t, err)
	require.Equal(t, record, got)
	for _, damaged := range [][]byte{value[:rapid.IntRange(0, len(value)-1).Draw(t, "cut off at")], append(slices.Clone(value), 0)} {
		_, err := decode(fields, damaged)
		require.ErrorIs(t, err, errDamaged)
	}
	other := slices.Clone(value)
	other[0]++
	_, err = decode(fields, other)
	require.ErrorIs(t, err, errDamaged, "another version's")
}

func TestRecordsReadBackAsTheyWereCoded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		str := func() string { return rapid.String().Draw(t, "text") }
		number := func() int { return rapid.Int().Draw(t, "number") }
		clock := func() model.Clock { return model.Clock(rapid.Uint16().Draw(t, "clock")) }
		day := func() model.Date { return model.Date(rapid.Int32().Draw(t, "day")) }
		address := func() model.Address {
			return model.Address{Street: str(), Postcode: str(), City: str(), Country: str()}
		}
		requireCoded(t, (*codec).rep, model.Rep{Code: str(), Name: str(), Email: str(), Capacity: number(), Home: address(), HomeAt: anyCoordinates(t), DayStart: clock(), DayEnd: clock()})
		requireCoded(t, (*codec).territory, model.Territory{Code: str(), Name: str(), Region: str(), Rep: str(), Postcodes: anyWords[string](t), Marketing: str(), Note: str(), MarketingNote: str(), Country: str(), Calendar: str()})
		account := model.Account{Code: str(), Name: str(), Territory: str(), Class: model.Class(str()), Interval: number(), Address: address(), At: anyCoordinates(t),
			Placed: model.PlacedBy(str()), Phone: str(), Email: str(), Consent: model.Consent(str()), ConsentBasis: str(), Private: rapid.Bool().Draw(t, "p"), DoNotCall: rapid.Bool().Draw(t, "b"), Since: day(),
			Inactive: rapid.Bool().Draw(t, "b"), VisitMinutes: number(), Hours: str(), Potential: model.Money(rapid.Int64().Draw(t, "money")), Note: str()}
		requireCoded(t, (*codec).account, account)
		code, err := accountCode(encode((*codec).account, account))
		require.NoError(t, err)
		require.Equal(t, account.Code, code, "without the rest")
		requireCoded(t, (*codec).campaign, model.Campaign{Code: str(), Name: str(), Kind: str(), Territories: anyWords[string](t), Classes: anyWords[model.Class](t),
			Start: day(), End: day(), Status: model.CampaignStatus(str()), Owner: str(), Goal: str(), Note: str()})
		requireCoded(t, (*codec).contact, model.Contact{Account: str(), Name: str(), Function: str(), Phone: str(), Email: str(), Note: str()})
		requireCoded(t, (*codec).optOut, model.OptOut{Account: str(), Number: str(), Since: day(), Lifted: day()})
		requireCoded(t, (*codec).visit, model.Visit{ID: NewRowID(), Ref: str(), Account: str(), Date: day(), Time: clock(), Rep: str(), Kind: 2, Outcome: str(),
			Value: model.Money(rapid.Int64().Draw(t, "money")), Minutes: number(), Guests: anyWords[string](t), Note: str()})
		requireCoded(t, (*codec).call, model.Call{ID: NewRowID(), Ref: str(), Account: str(), Date: day(), Time: clock(), Agent: str(), Outcome: 4, Campaign: str(), Note: str()})
		requireCoded(t, (*codec).planned, model.PlannedVisit{Rep: str(), Date: day(), Account: str(), Time: clock(), Minutes: number(), Nth: number()})
		settings := model.DefaultSettings()
		for _, s := range model.SettingList {
			*s.Value(&settings) = number()
		}
		got, err := decode((*codec).settings, encode((*codec).settings, settings))
		require.NoError(t, err)
		require.Equal(t, settings, got)
	})
}

// A setting that an older store does not know is read as its default, one that
// this program does not know is passed over.
func TestSettingsOfAnotherVersion(t *testing.T) {
	var c codec
	c.version()
	n := uint64(2)
	c.uint(&n)
	for name, value := range map[string]int{"interval-a": 99, "from-the-future": 7} {
		text(&c, &name)
		number(&c, &value)
	}
	got, err := decode((*codec).settings, c.out)
	require.NoError(t, err)
	want := model.DefaultSettings()
	want.Classes[0].Interval = 99
	require.Equal(t, want, got)
}

// scratch is a transaction with an empty store.
func scratch(t testing.TB, use func(*bolt.Tx)) {
	t.Helper()
	db, err := bolt.Open(filepath.Join(t.TempDir(), "scratch.db"), 0o600, &bolt.Options{NoSync: true})
	require.NoError(t, err)
	defer db.Close()
	rollback := errors.New("rolled back")
	require.ErrorIs(t, db.Update(func(tx *bolt.Tx) error {
		require.NoError(t, createSchema(tx))
		use(tx)
		return rollback
	}), rollback)
}

func TestBlocksReadBackAsTheyWereCoded(t *testing.T) {
	scratch(t, func(tx *bolt.Tx) {
		rapid.Check(t, func(t *rapid.T) {
			dictionary, err := loadWords(tx)
			require.NoError(t, err)
			coder := blockCoder{dictionary, tx}
			year := rapid.IntRange(1900, 2199).Draw(t, "year")
			day := func() model.Date {
				first := firstDay(year)
				return first + model.Date(rapid.IntRange(0, int(firstDay(year+1)-first)-1).Draw(t, "day"))
			}
			str := func() string { return rapid.OneOf(rapid.Just(""), rapid.String()).Draw(t, "text") }
			clock := func() model.Clock { return model.Clock(rapid.IntRange(0, 1440).Draw(t, "clock")) }
			var visits []model.Visit
			var calls []model.Call
			for range rapid.IntRange(1, 6).Draw(t, "rows") {
				visits = append(visits, model.Visit{Ref: str(), Account: "K", Date: day(), Time: clock(), Rep: str(), Kind: model.VisitKind(rapid.IntRange(0, 2).Draw(t, "kind")),
					Outcome: str(), Value: model.Money(rapid.Int64().Draw(t, "value")), Minutes: rapid.IntRange(0, 999).Draw(t, "minutes"), Guests: anyWords[string](t), Note: str()})
				calls = append(calls, model.Call{Ref: str(), Account: "K", Date: day(), Time: clock(), Agent: str(), Outcome: model.CallOutcome(rapid.IntRange(0, 4).Draw(t, "outcome")),
					Campaign: str(), Guests: anyWords[string](t), Note: str()})
			}
			for i := range visits {
				if rapid.Bool().Draw(t, "logged here") {
					visits[i].ID, calls[i].ID = NewRowID(), NewRowID()
				}
			}
			sortRows(visits)
			sortRows(calls)
			visitRows.identify(visits)
			callRows.identify(calls)
			value, err := coder.encodeVisits(year, visits)
			require.NoError(t, err)
			// What a store is opened with later: the dictionary as it was written.
			dictionary, err = loadWords(tx)
			require.NoError(t, err)
			later := blockCoder{words: dictionary}
			gotVisits, err := later.decodeVisits("K", year, value)
			require.NoError(t, err)
			require.Equal(t, visits, gotVisits, "in the order of the block, to which encoding has sorted them")
			require.True(t, slices.IsSortedFunc(visits, func(a, b model.Visit) int { return orderOf(a.Key(), b.Key()) }))
			marks, err := marksOf(later, year, value)
			require.NoError(t, err)
			require.Len(t, marks, len(visits))
			for i, named := range visitRows.explicits(visits, 0, len(visits)) {
				v := visits[i]
				want := visitMark{day: v.Date, kind: v.Kind, rep: dictionary.numbers[v.Rep], named: named}
				if named {
					want.id = v.ID
				} else {
					marks[i].id = model.RowID{}
				}
				require.Equal(t, want, marks[i])
			}

			value, err = coder.encodeCalls(year, calls)
			require.NoError(t, err)
			dictionary, err = loadWords(tx)
			require.NoError(t, err)
			gotCalls, err := blockCoder{words: dictionary}.decodeCalls("K", year, value)
			require.NoError(t, err)
			require.Equal(t, calls, gotCalls)
		})
	})
}

// marksOf are a block's marks.
func marksOf(c blockCoder, year int, value []byte) (marks []visitMark, err error) {
	for v, err := range c.marks(year, value) {
		if err != nil {
			return nil, err
		}
		marks = append(marks, *v)
	}
	return marks, nil
}

// Many days that come and go at once are the same as one by one.
func TestDaysComeAndGoTogetherAsOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOf(rapid.Map(rapid.IntRange(1, 12), func(n int) model.Date { return model.Date(n * n) }))
		before, added, removed := days.Draw(t, "before"), days.Draw(t, "added"), days.Draw(t, "removed")
		var d, want model.Days
		net := map[model.Date]int{}
		for _, day := range before {
			d = d.Add(day)
			net[day]++
		}
		for _, day := range added {
			net[day]++
		}
		for _, day := range removed {
			net[day]--
		}
		for day, count := range net {
			for range count {
				want = want.Add(day)
			}
		}
		require.Equal(t, slices.Clip(want), slices.Clip(changeDays(d, slices.Clone(added), slices.Clone(removed))))
	})
}

func TestIndexesReadBackAsTheyWereCoded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOf(rapid.Map(rapid.IntRange(0, 1<<accountBits-1), func(n int) accountNumber { return accountNumber(n) })).Draw(t, "numbers")
		slices.Sort(numbers)
		got, err := decodeNumbers(encodeNumbers(numbers))
		require.NoError(t, err)
		require.True(t, slices.Equal(numbers, got))

		var entries []located
		for _, name := range rapid.SliceOf(rapid.String()).Draw(t, "rows") {
			hash := hashOf(model.DeriveRowID(name, 0, 0, "", "", 0))&(1<<48-1) | 77<<48
			entries = append(entries, located{hash, accountNumber(rapid.Uint32().Draw(t, "account")), model.Date(rapid.IntRange(1, int(model.LastDate)).Draw(t, "day"))})
		}
		back, err := decodeLocated(77, encodeLocated(entries))
		require.NoError(t, err)
		require.True(t, slices.Equal(entries, back))

		var visits model.Days
		var calls model.CallMarks
		for _, n := range rapid.SliceOfN(rapid.IntRange(1, int(model.LastDate)), 0, 9).Draw(t, "days") {
			visits = visits.Add(model.Date(n))
			calls = calls.Add(model.CallMark{Date: model.Date(n), Outcome: model.CallOutcome(n % 5)})
		}
		gotVisits, gotCalls, err := decodeContacts(encodeContacts(visits, calls))
		require.NoError(t, err)
		require.True(t, slices.Equal(visits, gotVisits))
		require.True(t, slices.Equal(calls, gotCalls))
	})
}

func TestImagesReadBackAsTheyWereKept(t *testing.T) {
	scratch(t, func(tx *bolt.Tx) {
		step := uint64(0)
		rapid.Check(t, func(t *rapid.T) {
			step++
			w := writer{reader: reader{tx: tx}}
			for i := range rapid.IntRange(0, 12).Draw(t, "images") {
				image := image{document: rapid.SampledFrom(documents[:]).Draw(t, "document"), key: accountNumber(i).key()}
				switch image.document {
				case docVisits, docCalls:
					image.key = accountNumber(i).block(2000)
				case docPlan:
					image.key = planKey(accountNumber(i), 46000, "R1", "")
				case docContacts:
					image.key = append(accountNumber(i).key(), "Lang"...)
				}
				if rapid.Bool().Draw(t, "had a value") {
					image.value = make([]byte, rapid.SampledFrom([]int{0, 1, 100, imageChunk, 3 * imageChunk}).Draw(t, "size"))
				}
				w.images = append(w.images, image)
			}
			w.settleImages()
			_, err := putImages(tx, step, w.images)
			require.NoError(t, err)
			got, err := readParts(tx, step)
			require.NoError(t, err)
			require.Equal(t, len(w.images), len(got.images))
			for i := range got.images {
				require.Equal(t, w.images[i], got.images[i])
			}
		})
	})
}

// someValues are values of every kind, to start fuzzing from.
func someValues(f *testing.F) {
	scratch(f, func(tx *bolt.Tx) {
		coder := blockCoder{&words{list: []string{""}, numbers: map[string]wordNumber{"": 0}}, tx}
		visits, err := coder.encodeVisits(2026, []model.Visit{{Account: "K", Date: firstDay(2026) + 5, Time: 500, Rep: "R1", Kind: model.VisitOther, Outcome: "order", Value: -5,
			Minutes: 45, Guests: []string{"a", "b"}, Note: "n", Ref: "x"}, {Account: "K", Date: firstDay(2026) + 6}})
		require.NoError(f, err)
		calls, err := coder.encodeCalls(2026, []model.Call{{Account: "K", Date: firstDay(2026) + 5, Time: 500, Agent: "M", Outcome: model.CallOptOut, Campaign: "C", Guests: []string{"a"}, Note: "n", Ref: "x"}})
		require.NoError(f, err)
		_, err = putImages(tx, 1, []image{{docReps, []byte("R1"), []byte{1, 2}}, {docAccounts, accountNumber(1).key(), nil}})
		require.NoError(f, err)
		f.Add(visits)
		f.Add(calls)
		_, images := tx.Bucket(editsBucket).Cursor().First()
		f.Add(slices.Clone(images))
	})
	f.Add(encode((*codec).rep, model.Rep{Code: "R1", Name: "Sommer", HomeAt: model.Coordinates{Lat: 48, Lon: 9}}))
	f.Add(encode((*codec).territory, model.Territory{Code: "T1", Name: "Ost", Postcodes: []string{"70", "71"}}))
	f.Add(encode((*codec).account, model.Account{Code: "K1", Name: "Eins", DoNotCall: true, Potential: -1, At: model.Coordinates{Lat: 48, Lon: 9}}))
	f.Add(encode((*codec).campaign, model.Campaign{Code: "C1", Territories: []string{"T1"}, Classes: []model.Class{"A"}}))
	f.Add(encode((*codec).planned, model.PlannedVisit{Rep: "R1", Account: "K1", Date: 46000}))
	f.Add(encode((*codec).settings, model.DefaultSettings()))
	f.Add(encodeContacts(model.Days{}.Add(46000).Add(46000), model.CallMarks{}.Add(model.CallMark{Date: 46000, Outcome: 4})))
	f.Add(encodeNumbers([]accountNumber{1, 1, 500, 1<<accountBits - 1}))
	f.Add(encodeLocated([]located{{5, 6, 7}}))
	f.Add([]byte(`{"step":3,"undone":true,"changes":{"visits":{"added":1}}}`))
	f.Add([]byte{})
	f.Add([]byte{codecVersion})
	f.Add([]byte{codecVersion, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01})
}

// canonical reads a value and, where it can be read, codes it again: what is read
// then must be the same.
func canonical[T any](t *testing.T, fields func(*codec, *T), value []byte) {
	record, err := decode(fields, value)
	if err != nil {
		return
	}
	again, err := decode(fields, encode(fields, record))
	require.NoError(t, err)
	require.Equal(t, encode(fields, record), encode(fields, again))
}

func FuzzValues(f *testing.F) {
	someValues(f)
	coder := blockCoder{words: &words{list: []string{"", "R1", "order", "M"}}}
	f.Fuzz(func(t *testing.T, value []byte) {
		canonical(t, (*codec).rep, value)
		canonical(t, (*codec).territory, value)
		canonical(t, (*codec).account, value)
		canonical(t, (*codec).campaign, value)
		canonical(t, (*codec).planned, value)
		canonical(t, (*codec).settings, value)
		_, _ = accountCode(value)
		visits, err := coder.decodeVisits("K", 2026, value)
		if err == nil {
			_ = compareRows(&visitRows, visits, nil, func(*model.Visit, *model.Visit, bool, bool) error { return nil })
		}
		marks, merr := marksOf(coder, 2026, value)
		require.Equal(t, err == nil, merr == nil)
		require.True(t, err != nil || len(marks) == len(visits))
		_, _ = coder.decodeCalls("K", 2026, value)
		days, calls, err := decodeContacts(value)
		if err == nil {
			days.Len()
			days.Add(46000)
			calls.Add(model.CallMark{Date: 46000})
		}
		if numbers, err := decodeNumbers(value); err == nil {
			require.True(t, slices.IsSorted(numbers))
			require.True(t, len(numbers) == 0 || numbers[len(numbers)-1] < 1<<accountBits)
		}
		if entries, err := decodeLocated(3, value); err == nil {
			require.Equal(t, value, append([]byte{}, encodeLocated(entries)...))
		}
		_, _ = decodeEntry(value)
	})
}

// FuzzImages undoes a step whose images are any bytes: it is refused or done, and
// nothing panics.
func FuzzImages(f *testing.F) {
	someValues(f)
	f.Fuzz(func(t *testing.T, value []byte) {
		s := openAt(t, filepath.Join(t.TempDir(), "s.db"))
		defer s.Close()
		apply(t, s, model.Account{Code: "K1", Name: "Eins"}, model.Visit{Account: "K1", Date: 46000, Rep: "R1"})
		require.NoError(t, s.db.Update(func(tx *bolt.Tx) error {
			key, _ := tx.Bucket(editsBucket).Cursor().First()
			return tx.Bucket(editsBucket).Put(slices.Clone(key), value)
		}))
		before := recordsOf(t, s)
		if _, err := s.Undo(lead); err != nil {
			require.Equal(t, before, recordsOf(t, s))
		}
	})
}

// FuzzKeys puts an entry with any key and value into any part of the file, as a program with
// a fault may: whoever reads it is told or reads on, nothing panics, and what cannot be read
// is found by a check.
func FuzzKeys(f *testing.F) {
	var buckets [][]byte
	for _, d := range documents {
		buckets = append(buckets, documentBuckets[d])
	}
	buckets = append(buckets, otherBuckets[:]...)
	path := filepath.Join(f.TempDir(), "s.db")
	s := openAt(f, path)
	apply(f, s, model.Rep{Code: "R1", Name: "Sommer"}, model.Territory{Code: "T1", Name: "Ost", Rep: "R1"}, model.Account{Code: "K1", Name: "Eins", Territory: "T1"},
		model.Account{Code: "K2", Name: "Zwei", Territory: "T1"}, model.Contact{Account: "K1", Name: "Anna Beck"}, model.Visit{Account: "K1", Date: 46000, Rep: "R1", Ref: "x"},
		model.Call{Account: "K2", Date: 46001, Agent: "M", Outcome: model.CallOptOut}, model.PlannedVisit{Rep: "R1", Account: "K1", Date: 46100}, model.Absence{Rep: "R1", From: 46050, To: 46060},
		model.Campaign{Code: "C1", Name: "Messe", Start: 46010, End: 46050, Territories: []string{"T1"}})
	apply(f, s, model.Account{Code: "K3", Name: "Drei"})
	_, err := s.Undo(lead)
	require.NoError(f, err)
	require.NoError(f, s.db.View(func(tx *bolt.Tx) error {
		for n, name := range buckets {
			if key, value := tx.Bucket(name).Cursor().First(); key != nil {
				f.Add(byte(n), bytes.Clone(key), bytes.Clone(value))
				f.Add(byte(n), append(bytes.Clone(key), 0), bytes.Clone(value))
				f.Add(byte(n), bytes.Clone(key[:len(key)-1]), bytes.Clone(value))
			}
			if bytes.Equal(name, wordsBucket) {
				f.Add(byte(n), []byte{0xff, 0xff, 0xff, 0xfe}, []byte("word"))
			}
			if bytes.Equal(name, metaBucket) {
				f.Add(byte(n), keyApplication, []byte("doppel_ass"))
				f.Add(byte(n), keySchema, binary.BigEndian.AppendUint32(nil, schemaVersion+1))
				f.Add(byte(n), keySchema, binary.BigEndian.AppendUint32(nil, schemaVersion-1))
			}
		}
		return nil
	}))
	require.NoError(f, s.Close())
	whole, err := os.ReadFile(path)
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, bucket byte, key, value []byte) {
		if len(key) == 0 || len(key) > 1000 { // the file keeps none of these
			return
		}
		path := filepath.Join(t.TempDir(), "s.db")
		require.NoError(t, os.WriteFile(path, whole, 0o600))
		s := openAt(t, path)
		require.NoError(t, s.db.Update(func(tx *bolt.Tx) error {
			return tx.Bucket(buckets[int(bucket)%len(buckets)]).Put(key, value)
		}))
		problems, err := s.Check()
		told := err != nil || len(problems) > 0
		require.NoError(t, s.Close())
		for _, a := range answersOf {
			if err := a.give(path, io.Discard); err != nil {
				require.True(t, told, "%s: %v", a.name, err)
			}
		}
		if told {
			whole := filepath.Join(t.TempDir(), "repaired.db")
			_, err := Repair(t.Context(), path, whole)
			require.NoError(t, err)
			repaired := openAt(t, whole)
			problems, err := repaired.Check()
			require.NoError(t, err)
			problems = slices.DeleteFunc(problems, func(p Problem) bool { return p.Kind == ProblemStep }) // a step stays though what it changed is lost
			require.Empty(t, problems, "of what was repaired")
			require.NoError(t, repaired.Close())
		}
		again, err := Open(path, Options{Fast: true})
		if err != nil {
			require.True(t, told, err)
			return
		}
		defer again.Close()
		if _, err := again.Undo(lead); err != nil && !told {
			require.NotErrorAs(t, err, &Damaged{})
		}
	})
}
