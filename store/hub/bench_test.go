package hub_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/store/hub"
	"doppelpass/store/hub/hubtest"
)

// BenchmarkSteps is how many steps a second the hub takes, each one visit that somebody logs:
// from people at one server, and from servers with one of them each; and beside it plain INSERTs
// of the same rows, a transaction each. Everybody waits for the disk.
//
//	go test ./store/hub -run xxx -bench Steps -benchtime 300x
func BenchmarkSteps(b *testing.B) {
	c := hubtest.Start(b)
	for _, writers := range []int{1, 4, 16} {
		b.Run(fmt.Sprintf("plain/%d", writers), func(b *testing.B) { plainInserts(b, c, writers) })
		b.Run(fmt.Sprintf("people/%d", writers), func(b *testing.B) { steps(b, c, 1, writers) })
		b.Run(fmt.Sprintf("servers/%d", writers), func(b *testing.B) { steps(b, c, writers, 1) })
	}
}

// share has several do b.N things together.
func share(b *testing.B, many int, do func(who, i int)) {
	var all sync.WaitGroup
	for who := range many {
		all.Go(func() {
			for i := who; i < b.N; i += many {
				do(who, i)
			}
		})
	}
	all.Wait()
}

func steps(b *testing.B, c *hubtest.Cluster, servers, people int) {
	folder, database := b.TempDir(), c.Database()
	var members []*server
	for i := range servers {
		path := filepath.Join(folder, fmt.Sprint(i, ".db"))
		at := address(b, c.URL("server", database))
		if i > 0 {
			require.NoError(b, hub.Fetch(context.Background(), at, path, store.Options{}))
		}
		s, err := store.Open(path, store.Options{})
		require.NoError(b, err)
		defer s.Close()
		if i == 0 {
			_, err := s.Apply(lead, request("K1"))
			require.NoError(b, err)
			_, err = hub.Init(context.Background(), address(b, c.URL("owner", database)), s, words, "server", "")
			require.NoError(b, err)
		}
		m := hub.NewMember(s, at, time.Now)
		one := &server{Store: s, member: m}
		ctx, stop := context.WithCancel(context.Background())
		ended := make(chan struct{})
		go func() { m.Run(ctx); close(ended) }()
		defer func() { stop(); <-ended }()
		members = append(members, one)
		one.until(b, "it is there", func() bool { return m.State().Live })
	}
	began, err := members[0].Place()
	require.NoError(b, err)
	b.ResetTimer()
	since := time.Now()
	share(b, servers*people, func(who, i int) {
		_, err := members[who%servers].Apply(lead, store.Request{Action: "visit.log", Puts: []store.Put{{Record: model.Visit{
			Account: "K1", Date: model.NewDate(2026, 1, 1) + model.Date(i%300), Rep: "R1", Note: fmt.Sprint("visit ", i), ID: store.NewRowID()}}}})
		require.NoError(b, err)
	})
	for _, s := range members { // everybody has everything
		s.until(b, "all have all", func() bool {
			p, err := s.Place()
			return err == nil && p.Number == began.Number+uint64(b.N)
		})
	}
	b.ReportMetric(float64(b.N)/time.Since(since).Seconds(), "steps/s")
}

func plainInserts(b *testing.B, c *hubtest.Cluster, writers int) {
	ctx, database := context.Background(), c.Database()
	c.Exec(database, `create table steps (number bigserial primary key, id text unique, at timestamptz, actor text, role text, action text, body bytea);
		create table visits (row_id uuid primary key, account text, day date, rep text, kind text, value numeric(20,2), minutes bigint, guests text[], note text);
		create index on visits (day); create index on visits (account, day); create index on visits (rep, day)`)
	conns := make([]*pgx.Conn, writers)
	for i := range conns {
		conn, err := pgx.Connect(ctx, c.URL("postgres", database))
		require.NoError(b, err)
		defer conn.Close(ctx)
		conns[i] = conn
	}
	body := make([]byte, 300)
	b.ResetTimer()
	since := time.Now()
	share(b, writers, func(who, i int) {
		require.NoError(b, pgx.BeginFunc(ctx, conns[who], func(tx pgx.Tx) error {
			batch := &pgx.Batch{}
			batch.Queue("insert into steps (id, at, actor, role, action, body) values ($1, now(), 'Kim', 'lead', 'visit.log', $2)", string(store.NewStepID()), body)
			batch.Queue("insert into visits values ($1, 'K1', $2, 'R1', 'met', 0, 0, '{}', $3)", store.NewRowID().String(),
				(model.NewDate(2026, 1, 1) + model.Date(i%300)).Time(), fmt.Sprint("visit ", i))
			return tx.SendBatch(ctx, batch).Close()
		}))
	})
	b.ReportMetric(float64(b.N)/time.Since(since).Seconds(), "steps/s")
}

// A million visits from a file go through the hub to another server. It takes minutes:
//
//	DOPPELPASS_MILLION=1 go test ./store/hub -run TestAMillionVisits -v -timeout 30m
func TestAMillionVisits(t *testing.T) {
	if os.Getenv("DOPPELPASS_MILLION") == "" {
		t.Skip("only where DOPPELPASS_MILLION is set")
	}
	const accounts, visits = 20_000, 1_000_000
	tm := newTeam(t)
	path := filepath.Join(tm.folder, "visits.csv")
	file, err := os.Create(path)
	require.NoError(t, err)
	first := model.NewDate(2020, 1, 1)
	require.NoError(t, exchange.WriteCSV(file, exchange.English, exchange.Records(model.TableVisits, func(yield func(model.Record) bool) {
		for i := range visits {
			v := model.Visit{Account: fmt.Sprintf("K-%05d", i%accounts), Date: first + model.Date(i/accounts*40+i%7), Time: model.NewClock(8+i%9, 0), Rep: fmt.Sprint("R", i%60), Outcome: []string{"", "order"}[i%2]}
			if !yield(v) {
				return
			}
		}
	})))
	require.NoError(t, file.Close())
	f, err := exchange.Open(path, exchange.Options{})
	require.NoError(t, err)
	defer f.Close()
	mapping, err := f.Mapping()
	require.NoError(t, err)
	began := time.Now()
	_, err = tm.a.Import(context.Background(), actor("kim"), []store.Source{{File: f, Mapping: mapping}}, store.ImportOptions{CreateMissing: true})
	require.NoError(t, err)
	imported := time.Since(began)
	place, err := tm.a.Place()
	require.NoError(t, err)
	wanted := place.Number + uint64(place.Waiting)
	numbered := func(s *server) func() bool {
		return func() bool {
			p, err := s.Place()
			return err == nil && p.Number >= wanted
		}
	}
	wait := func(s *server, holds func() bool) time.Duration {
		for !holds() {
			require.Less(t, time.Since(began), 20*time.Minute, "%+v", s.member.State())
			time.Sleep(50 * time.Millisecond)
		}
		return time.Since(began)
	}
	inHub := wait(tm.a, numbered(tm.a))
	onB := wait(tm.b, numbered(tm.b))
	require.Equal(t, int64(visits), ask[int64](t, tm.cluster.URL("owner", tm.database), "select count(*) from doppelpass.visits"))
	t.Logf("a million visits: imported on A after %s, in the hub after %s, on B after %s", imported.Round(time.Millisecond), inHub.Round(time.Millisecond), onB.Round(time.Millisecond))
	began = time.Now()
	for _, s := range []*server{tm.a, tm.b} {
		checked, err := hub.Check(context.Background(), tm.address(), s.Store)
		require.NoError(t, err)
		require.True(t, checked.Same(), "%+v", checked)
	}
	t.Logf("compared row by row, twice: %s", time.Since(began).Round(time.Millisecond))
}
