package hub_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/demo"
	"doppelpass/store"
	"doppelpass/store/hub"
	"doppelpass/store/hub/hubtest"
)

func TestMain(m *testing.M) { hubtest.Main(m) }

// words stand in for the program's own.
var words = hub.Words{
	Table: func(t model.Table) string { return "the table " + string(t) },
	Field: func(t model.Table, field string) string { return "the field " + field },
}

// lead is who works where nobody else does.
var lead = model.Actor{Name: "Kim", Role: model.RoleLead}

// open opens a store, which is closed with the test.
func open(t testing.TB, path string) *store.Store {
	t.Helper()
	s, err := store.Open(path, store.Options{Fast: true})
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// demoStore is a small fictional company.
func demoStore(t testing.TB, folder string) *store.Store {
	t.Helper()
	s := open(t, filepath.Join(folder, "team.db"))
	today := model.NewDate(2026, time.November, 24)
	require.NoError(t, s.Load(lead, "demo", "", func(l *store.Loader) error {
		return demo.Generate(demo.Options{Accounts: 300, Seed: 1, Today: today}, l)
	}))
	return s
}

func address(t testing.TB, url string) hub.Address {
	t.Helper()
	a, err := hub.ParseAddress(url)
	require.NoError(t, err)
	return a
}

// begun is a hub that holds a store's content.
func begun(t testing.TB, c *hubtest.Cluster, s *store.Store) (database string) {
	t.Helper()
	database = c.Database()
	done, err := hub.Init(context.Background(), address(t, c.URL("owner", database)), s, words, "server", "reader")
	require.NoError(t, err)
	require.True(t, done.Filled)
	require.True(t, done.Server)
	require.True(t, done.Reader)
	return database
}

// ask asks the database one thing.
func ask[T any](t testing.TB, url, sql string, args ...any) T {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), url)
	require.NoError(t, err)
	defer conn.Close(context.Background())
	rows, err := conn.Query(context.Background(), sql, args...)
	require.NoError(t, err)
	answer, err := pgx.CollectExactlyOneRow(rows, pgx.RowTo[T])
	require.NoError(t, err, sql)
	return answer
}

func TestAHubBeginsWithWhatAServerHas(t *testing.T) {
	c := hubtest.Shared(t)
	s := demoStore(t, t.TempDir())
	info, err := s.Info()
	require.NoError(t, err)
	database := begun(t, c, s)
	url := c.URL("owner", database)
	for _, table := range []model.Table{model.TableAccounts, model.TableVisits, model.TableCalls, model.TableCampaigns, model.TableTerritories, model.TableReps, model.TablePlan} {
		require.Equal(t, int64(info.Counts[table]), ask[int64](t, url, "select count(*) from doppelpass."+string(table)), table)
	}
	require.Positive(t, info.Counts[model.TableVisits])
	require.Equal(t, int64(info.Steps), ask[int64](t, url, "select number from doppelpass.hub"))
	replica, is, err := s.Replica()
	require.NoError(t, err)
	require.True(t, is)
	require.NotEmpty(t, replica.Hub)
	require.NotContains(t, replica.Server, c.Password())

	again, err := hub.Init(context.Background(), address(t, url), s, words, "", "")
	require.NoError(t, err, "a second time brings it up to date")
	require.False(t, again.Filled)
	require.Zero(t, again.Migrations)

	other := open(t, filepath.Join(t.TempDir(), "other.db"))
	_, err = hub.Init(context.Background(), address(t, url), other, words, "", "")
	require.Error(t, err)

	second := filepath.Join(t.TempDir(), "second.db")
	require.NoError(t, hub.Fetch(context.Background(), address(t, c.URL("server", database)), second, store.Options{}))
	require.Equal(t, contents(t, s), contents(t, open(t, second)))
}

// contents is all that a store holds, and its history.
func contents(t testing.TB, s *store.Store) (all struct {
	records map[model.Key]model.Record
	steps   []store.Entry
}) {
	t.Helper()
	all.records = map[model.Key]model.Record{}
	require.NoError(t, s.Contents(nil, func(r model.Record) error {
		all.records[r.Key()] = r
		return nil
	}))
	require.NoError(t, s.EachStep(func(e store.Entry) error {
		all.steps = append(all.steps, e)
		return nil
	}))
	return all
}
