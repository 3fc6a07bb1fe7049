package hub_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/hub"
)

func request(code string) store.Request {
	return store.Request{Action: "test", Puts: []store.Put{{Record: model.Account{Code: code, Name: code}}}}
}

// Somebody is erased on one server: the hub's rows, its steps, the copy for new servers, the
// other server, and the laptops, that wait with something that names them, all forget.
func TestAnErasureGoesEverywhere(t *testing.T) {
	tm := newTeam(t)
	anna := tm.join(tm.b, "anna")
	const name, last = "Petra Starkmuth", "Starkmuth"
	k1 := tm.a.account("K1")
	k1.Note = "spoke with " + name
	tm.a.put(t, "kim", k1, model.Contact{Account: "K1", Name: name, Phone: "0711 444444"})
	tm.settled()
	tm.sync(tm.b, "anna", anna)
	_, err := anna.Apply(actor("anna"), store.Request{Action: "test", Subject: name, Puts: []store.Put{{Record: model.Visit{Account: "K1", Date: model.NewDate(2026, 1, 5), Rep: "R1", Note: name + " was there"}}}})
	require.NoError(t, err)

	_, err = tm.a.Erase(actor("kim"), store.Who{Name: name, All: true})
	require.NoError(t, err)
	tm.b.until(t, "B forgets", func() bool { return tm.b.account("K1").Note != k1.Note })
	tm.sync(tm.b, "anna", anna)
	tm.alike()
	tm.sync(tm.b, "anna", anna)
	tm.alike(anna)

	third := filepath.Join(tm.folder, "c.db")
	require.NoError(t, hub.Fetch(context.Background(), tm.address(), third, store.Options{Fast: true}))
	c := tm.serve(open(t, third))
	c.until(t, "a new server has it all", func() bool {
		p, err := c.Place()
		a, failed := tm.a.Place()
		return err == nil && failed == nil && p.Number == a.Number && p.ID == a.ID
	})
	require.Equal(t, contents(t, tm.a.Store), contents(t, c.Store))

	url := tm.cluster.URL("owner", tm.database)
	require.Contains(t, ask[string](t, url, "select note from doppelpass.accounts where code = 'K1'"), "E-")
	require.Zero(t, ask[int64](t, url, "select count(*) from doppelpass.contacts where name like '%Stark%'"))
	require.Positive(t, ask[int64](t, url, "select count(*) from doppelpass.visits where note like 'E-%'"))
	require.Zero(t, ask[int64](t, url, "select count(*) from doppelpass.steps where subject like '%Stark%'"))
	for _, s := range []*store.Store{tm.a.Store, tm.b.Store, c.Store, anna} {
		content, err := os.ReadFile(s.Path())
		require.NoError(t, err)
		require.NotContains(t, string(content), last, s.Path())
		steps, err := s.StepsAfter(0, 1<<30)
		require.NoError(t, err)
		for _, step := range steps {
			packed, err := store.AppendStep(nil, step)
			require.NoError(t, err)
			require.NotContains(t, string(packed), last)
		}
	}
	// Once the owner has had the tables written anew, their files hold it no more.
	tm.cluster.Exec(tm.database, "vacuum full")
	tm.cluster.Exec(tm.database, "checkpoint")
	base := filepath.Join(tm.cluster.Folder(), "data", "base")
	require.NoError(t, filepath.WalkDir(base, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		require.False(t, bytes.Contains(content, []byte(last)), path)
		return err
	}))
	_, err = tm.b.Undo(actor("kim"))
	require.NotContains(t, tm.b.account("K1").Note, last, err)
	tm.alike()
}

// An objection stands whoever comes in between, and nothing takes it back.
func TestAnObjectionStands(t *testing.T) {
	tm := newTeam(t)
	anna := tm.join(tm.a, "anna")
	before := tm.a.account("K2")
	refuses := before
	refuses.DoNotCall = true
	_, err := anna.Apply(actor("anna"), store.Request{Action: "test", Puts: []store.Put{{Record: refuses, Before: before}}})
	require.NoError(t, err)
	agrees := before
	agrees.Consent = model.ConsentGiven
	tm.b.put(t, "bert", agrees)
	tm.settled()
	tm.sync(tm.a, "anna", anna)
	tm.settled()
	_, _ = tm.b.UndoStep(actor("kim"), func() uint64 { p, _ := tm.b.Place(); return p.Number }())
	tm.settled()
	tm.sync(tm.a, "anna", anna)
	for _, s := range []*store.Store{tm.a.Store, tm.b.Store, anna} {
		count := 0
		for r, err := range s.Records(model.TableOptOuts) {
			require.NoError(t, err)
			if o := r.(model.OptOut); o.Account == "K2" && o.Lifted == 0 {
				count++
			}
		}
		require.Positive(t, count)
	}
	require.Positive(t, ask[int64](t, tm.cluster.URL("owner", tm.database), "select count(*) from doppelpass.opt_outs where account = 'K2' and lifted is null"))
	tm.alike(anna)
}
