package hub_test

import (
	"context"
	"fmt"
	"net"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/hub"
	"doppelpass/store/hub/hubtest"
	"doppelpass/store/wire"
)

// patience bounds a failing test; a passing one never waits for it.
const patience = 40 * time.Second

// server is a server at a hub.
type server struct {
	*store.Store
	member *hub.Member
	wire   *wire.Server
	end    func()
}

// team is what several servers stand around.
type team struct {
	t        testing.TB
	cluster  *hubtest.Cluster
	database string
	folder   string
	a, b     *server
}

func actor(code string) model.Actor {
	return model.Actor{Name: code, Role: model.RoleLead, Person: code, Device: code}
}

// newTeam is two servers on one hub, and the people who work there.
func newTeam(t testing.TB) *team {
	tm := &team{t: t, cluster: hubtest.Shared(t), folder: t.TempDir()}
	first := open(t, filepath.Join(tm.folder, "a.db"))
	request := store.Request{Action: "people"}
	for _, code := range []string{"kim", "anna", "bert", "cora"} {
		request.Puts = append(request.Puts, store.Put{Record: model.Person{Code: code, Name: code, Role: model.RoleLead}})
	}
	request.Puts = append(request.Puts,
		store.Put{Record: model.Rep{Code: "R1", Name: "Sommer"}}, store.Put{Record: model.Territory{Code: "T1", Name: "Ulm", Rep: "R1"}},
		store.Put{Record: model.Account{Code: "K1", Name: "Eins", Territory: "T1", Class: "A"}}, store.Put{Record: model.Account{Code: "K2", Name: "Zwei", Territory: "T1", Class: "B"}})
	_, err := first.Apply(lead, request)
	require.NoError(t, err)
	tm.database = begun(t, tm.cluster, first)
	tm.a = tm.serve(first)
	second := filepath.Join(tm.folder, "b.db")
	require.NoError(t, hub.Fetch(context.Background(), tm.address(), second, store.Options{Fast: true}))
	tm.b = tm.serve(open(t, second))
	return tm
}

func (tm *team) address() hub.Address { return address(tm.t, tm.cluster.URL("server", tm.database)) }

// serve starts a server on a store.
func (tm *team) serve(s *store.Store) *server {
	return tm.with(s, hub.NewMember(s, tm.address(), time.Now))
}

func (tm *team) with(s *store.Store, m *hub.Member) *server {
	one := &server{Store: s, member: m, wire: &wire.Server{Store: s, Hub: m}}
	s.SetHome(m)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { m.Run(ctx); close(ended) }()
	one.end = func() { stop(); <-ended }
	tm.t.Cleanup(one.end)
	tm.t.Cleanup(one.wire.Close)
	return one
}

// put changes a record on a server, and returns the change's number once it has one.
func (s *server) put(t testing.TB, who string, records ...model.Record) {
	t.Helper()
	r := store.Request{Action: "test", Subject: "x"}
	for _, record := range records {
		r.Puts = append(r.Puts, store.Put{Record: record})
	}
	_, err := s.Apply(actor(who), r)
	require.NoError(t, err)
}

// until waits until something holds on a server.
func (s *server) until(t testing.TB, what string, holds func() bool) {
	t.Helper()
	live, err := s.Live()
	require.NoError(t, err)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	news := live.Follow(ctx)
	for limit := time.After(patience); !holds(); {
		select {
		case <-news:
		case <-time.After(20 * time.Millisecond):
		case <-limit:
			t.Fatalf("%s: %+v", what, s.member.State())
		}
	}
}

func (s *server) account(code string) (a model.Account) {
	record, _ := s.Get(model.Key{Table: model.TableAccounts, Code: code})
	a, _ = record.(model.Account)
	return a
}

// settled waits until both servers have all there is.
func (tm *team) settled() {
	tm.t.Helper()
	for _, s := range []*server{tm.a, tm.b} {
		s.until(tm.t, "the servers do not come together", func() bool {
			a, err := tm.a.Place()
			require.NoError(tm.t, err)
			b, err := tm.b.Place()
			require.NoError(tm.t, err)
			return a.Waiting == 0 && b.Waiting == 0 && a.Number == b.Number
		})
	}
}

// alike requires that servers, hub and laptops hold the same.
func (tm *team) alike(laptops ...*store.Store) {
	tm.t.Helper()
	tm.settled()
	want := contents(tm.t, tm.a.Store)
	for _, s := range append([]*store.Store{tm.b.Store}, laptops...) {
		require.Equal(tm.t, want, contents(tm.t, s))
	}
	for _, s := range []*server{tm.a, tm.b} {
		compared, err := s.member.Compare(context.Background())
		require.NoError(tm.t, err)
		require.True(tm.t, compared)
		checked, err := hub.Check(context.Background(), tm.address(), s.Store)
		require.NoError(tm.t, err)
		require.True(tm.t, checked.Same(), "%+v", checked)
	}
}

func TestTwoServersWorkOnOneOrder(t *testing.T) {
	tm := newTeam(t)
	tm.a.put(t, "anna", model.Account{Code: "K3", Name: "Drei", Territory: "T1"})
	tm.b.until(t, "the change comes", func() bool { return tm.b.account("K3").Name == "Drei" })
	tm.b.put(t, "bert", model.Account{Code: "K3", Name: "Dreierlei", Territory: "T1"})
	tm.a.until(t, "the other way", func() bool { return tm.a.account("K3").Name == "Dreierlei" })
	require.Equal(t, "Dreierlei", ask[string](t, tm.cluster.URL("reader", tm.database), "select name from doppelpass_bi.accounts where code = 'K3'"))

	_, err := tm.a.Undo(actor("anna"))
	require.Error(t, err, "others have changed it since")
	_, err = tm.b.Undo(actor("bert"))
	require.NoError(t, err)
	tm.a.until(t, "taken back", func() bool { return tm.a.account("K3").Name == "Drei" })
	tm.alike()
}

// join makes a laptop of a server.
func (tm *team) join(at *server, person string) *store.Store {
	tm.t.Helper()
	path := filepath.Join(tm.folder, person+".db")
	tm.line(at, person, nil, func(l *wire.Line) error { return l.Fetch(path, nil) })
	s := open(tm.t, path)
	require.NoError(tm.t, s.BecomeReplica("ssh://server:2022", person))
	return s
}

// line is a laptop's line to a server.
func (tm *team) line(at *server, person string, s *store.Store, use func(*wire.Line) error) {
	tm.t.Helper()
	require.NoError(tm.t, tm.try(at, person, s, use))
}

func (tm *team) try(at *server, person string, s *store.Store, use func(*wire.Line) error) error {
	theirs, ours := net.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- at.wire.Answer(context.Background(), theirs, func() (model.Person, bool) {
			record, err := at.Get(model.Key{Table: model.TablePeople, Code: person})
			p, _ := record.(model.Person)
			return p, err == nil && !p.Inactive
		})
		_ = theirs.Close()
	}()
	defer func() { _ = ours.Close(); require.NoError(tm.t, <-ended) }()
	l, err := wire.Greet(ours, s, "", person)
	if err != nil {
		return err
	}
	return use(l)
}

func (tm *team) sync(at *server, person string, s *store.Store) (done wire.Outcome) {
	tm.t.Helper()
	tm.line(at, person, s, func(l *wire.Line) (err error) {
		done, err = l.Sync(s)
		return err
	})
	return done
}

func TestALaptopGoesFromOneServerToTheOther(t *testing.T) {
	tm := newTeam(t)
	anna, bert := tm.join(tm.a, "anna"), tm.join(tm.b, "bert")
	for i := range 3 {
		_, err := anna.Apply(actor("anna"), store.Request{Action: "test", Puts: []store.Put{{Record: model.Account{Code: fmt.Sprintf("A%d", i), Name: "Anna's", Territory: "T1"}}}})
		require.NoError(t, err)
	}
	before, err := anna.Get(model.Key{Table: model.TableAccounts, Code: "K1"})
	require.NoError(t, err)
	k1 := before.(model.Account)
	k1.Note = "anna"
	_, err = anna.Apply(actor("anna"), store.Request{Action: "test", Puts: []store.Put{{Record: k1, Before: before}}})
	require.NoError(t, err)
	k1.Note, k1.Phone = "", "0731 1"
	_, err = bert.Apply(actor("bert"), store.Request{Action: "test", Puts: []store.Put{{Record: k1, Before: before}}})
	require.NoError(t, err)

	require.Equal(t, 4, tm.sync(tm.a, "anna", anna).Sent)
	done := tm.sync(tm.b, "bert", bert)
	require.Equal(t, 1, done.Sent)
	require.Equal(t, 4, done.Received)
	require.Equal(t, "anna", tm.b.account("K1").Note)
	require.Equal(t, "0731 1", tm.b.account("K1").Phone)

	// The other way round: what A has just said, B may not have heard yet.
	tm.sync(tm.a, "anna", anna)
	tm.sync(tm.b, "anna", anna)
	tm.sync(tm.a, "bert", bert)
	tm.alike()
	require.Equal(t, contents(t, tm.a.Store).records, contents(t, anna).records)
	require.Equal(t, contents(t, tm.a.Store).steps, contents(t, bert).steps)
}

func TestTheHubIsAwayForAWhile(t *testing.T) {
	tm := newTeam(t)
	anna := tm.join(tm.a, "anna")
	tm.cluster.Stop()
	tm.a.put(t, "kim", model.Account{Code: "K7", Name: "Sieben", Territory: "T1"})
	tm.b.put(t, "bert", model.Account{Code: "K8", Name: "Acht", Territory: "T1"})
	_, err := anna.Apply(actor("anna"), store.Request{Action: "test", Puts: []store.Put{{Record: model.Account{Code: "K9", Name: "Neun"}}}})
	require.NoError(t, err)
	tm.a.until(t, "it is seen", func() bool { return !tm.a.member.State().Live })
	require.Equal(t, 1, tm.a.member.State().Waiting)
	err = tm.try(tm.a, "anna", anna, func(l *wire.Line) error {
		_, err := l.Sync(anna)
		return err
	})
	var sorry wire.Sorry
	require.ErrorAs(t, err, &sorry)
	require.Equal(t, wire.SorryHub, sorry.Code)
	_, err = tm.a.Erase(actor("kim"), store.Who{Name: "Eins GmbH Sommer", All: true})
	require.ErrorIs(t, err, store.ErrHomeAway)

	bert := tm.join(tm.a, "bert")
	_, err = bert.Get(model.Key{Table: model.TableAccounts, Code: "K7"})
	require.Error(t, err, "what has no number yet is not for laptops")

	tm.cluster.Go()
	tm.a.until(t, "it is back", func() bool { return tm.a.member.State().Live })
	tm.b.until(t, "it is back", func() bool { return tm.b.member.State().Live })
	tm.sync(tm.b, "anna", anna)
	tm.alike()
	for _, code := range []string{"K7", "K8", "K9"} {
		require.NotEmpty(t, tm.b.account(code).Name, code)
		require.NotEmpty(t, tm.a.account(code).Name, code)
	}
	tm.sync(tm.a, "anna", anna)
	tm.sync(tm.b, "bert", bert)
	tm.alike(anna, bert)
}

// What a laptop makes up is refused, and the servers and their hub go on with all others.
func TestWhatALaptopMakesUpStopsNobody(t *testing.T) {
	tm := newTeam(t)
	tm.a.put(t, "kim", model.Account{Code: "K7", Name: "Sieben"})
	tm.settled()
	place, err := tm.a.Place()
	require.NoError(t, err)
	offered := func(id model.StepID, code string) store.Step {
		return store.Step{Entry: store.Entry{ID: id, At: time.Now(), Action: "test"}, Edits: []model.Edit{{After: model.Account{Code: code, Name: code}}}}
	}
	good := store.NewStepID()
	verdicts, err := tm.a.member.Accept(context.Background(), actor("anna"), place.Number, 0, []store.Step{offered(good, "K8"), offered(place.ID, "K9"), offered(store.NewStepID(), "K10")})
	require.NoError(t, err)
	require.Equal(t, []store.Verdict{{ID: good, Number: place.Number + 1}, {ID: place.ID, Refused: store.RefusedInvalid}}, verdicts, "another step bears that identity")
	tm.b.put(t, "bert", model.Account{Code: "K11", Name: "Elf"})
	tm.alike()
	require.Empty(t, tm.b.account("K9").Name)
	require.Equal(t, "Elf", tm.a.account("K11").Name)
}

// A server whose records are not those that the hub had is found, and takes and gives nothing
// any more.
func TestAServerThatHasDriftedIsFound(t *testing.T) {
	tm := newTeam(t)
	tm.a.put(t, "kim", model.Account{Code: "K7", Name: "Sieben"})
	tm.alike()
	tm.b.end()
	tm.cluster.Exec(tm.database, "update doppelpass.steps set checksum = checksum # 1 where number = (select number from doppelpass.hub)")
	m := hub.NewMember(tm.b.Store, tm.address(), time.Now)
	compared, err := m.Compare(context.Background())
	require.True(t, compared)
	require.ErrorIs(t, err, hub.ErrDrifted)
	require.ErrorIs(t, m.Meet(context.Background()), hub.ErrDrifted)
	_, err = m.Accept(context.Background(), actor("anna"), 0, 0, nil)
	require.ErrorIs(t, err, hub.ErrDrifted)
	require.NoError(t, m.Close())
	tm.cluster.Exec(tm.database, "delete from doppelpass.visits; update doppelpass.accounts set note = 'by hand' where code = 'K1'; insert into doppelpass.reps (code, capacity) values ('R9', 0)")
	checked, err := hub.Check(context.Background(), tm.address(), tm.a.Store)
	require.NoError(t, err)
	require.False(t, checked.Same())
	for _, table := range checked.Tables {
		switch table.Table {
		case model.TableAccounts:
			require.Equal(t, 1, table.Differ)
		case model.TableReps:
			require.Equal(t, table.Here+1, table.Hub)
		}
	}
}

// After an update of the program the hub's steps are written in its form, and the checksums
// with it.
func TestTheFormIsBroughtUpToDate(t *testing.T) {
	tm := newTeam(t)
	tm.a.put(t, "kim", model.Account{Code: "K7", Name: "Sieben"})
	tm.settled()
	tm.a.end()
	tm.cluster.Exec(tm.database, "update doppelpass.hub set fields = fields - 1, checksum = 1")
	tm.a.put(t, "kim", model.Account{Code: "K8", Name: "Acht"})
	var form hub.OtherForm
	require.ErrorAs(t, hub.NewMember(tm.a.Store, tm.address(), time.Now).Meet(context.Background()), &form)
	require.False(t, form.Newer)
	_, err := hub.Init(context.Background(), address(t, tm.cluster.URL("owner", tm.database)), tm.a.Store, words, "server", "")
	require.NoError(t, err)
	tm.a = tm.serve(tm.a.Store)
	tm.alike()
	tm.a.end()
	tm.cluster.Exec(tm.database, "update doppelpass.hub set fields = fields + 1")
	require.ErrorAs(t, hub.NewMember(tm.a.Store, tm.address(), time.Now).Meet(context.Background()), &form)
	require.True(t, form.Newer)
}

func TestAChangeIsSeenOnTheOtherServerAtOnce(t *testing.T) {
	tm := newTeam(t)
	seen := func(from, to *server, times int) []time.Duration {
		live, err := to.Live()
		require.NoError(t, err)
		ctx, stop := context.WithCancel(context.Background())
		defer stop()
		news := live.Follow(ctx)
		var took []time.Duration
		for i := range times {
			name := fmt.Sprint("seen ", times, i)
			began := time.Now()
			from.put(t, "kim", model.Rep{Code: "R1", Name: name})
			there := func() (is bool) {
				live.Read(func(b *model.Book) { is = b.RepName("R1") == name })
				return is
			}
			for !there() {
				select {
				case <-news:
				case <-time.After(patience):
					t.Fatal("the change never came")
				}
			}
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		return took
	}
	took := seen(tm.a, tm.b, 100)
	t.Logf("from one server to the other, %d changes: median %s, 99th %s", len(took), took[len(took)/2], took[len(took)*99/100])

	// Every NOTIFY is dropped: who does not listen, looks.
	tm.b.end()
	tm.b = tm.with(tm.b.Store, hub.NewMember(tm.b.Store, tm.address(), time.Now).Deaf())
	tm.b.until(t, "it is there", func() bool { return tm.b.member.State().Live })
	took = seen(tm.a, tm.b, 2)
	t.Logf("without a NOTIFY: at most %s", took[len(took)-1])
	require.Less(t, took[len(took)-1], patience)
	tm.alike()
}
