package hub

// A hub begins with what a team's server has: its records become rows, its history steps, and
// a copy of its file is kept for the servers that come.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"
	"github.com/klauspost/compress/zstd"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/temporary"
)

// Begun says what laying out a hub has done.
type Begun struct {
	ID         string // the hub's identity
	Migrations int    // that were made
	Filled     bool   // with the store's content; false: it was there already
	Number     uint64 // of the last step
	Records    map[model.Table]int
	User       string // who laid it out, and owns it
	// Server and Reader report whether the roles that were named are there, and were granted
	// what they need.
	Server, Reader bool
}

// Other says that a hub holds other data than a store.
type Other struct{ Address string }

// Error implements error.
func (o Other) Error() string { return fmt.Sprintf("the hub %s holds other data", o.Address) }

// Lost says that the hub's data are older than the store's: a backup was put back.
type Lost struct {
	Address   string
	Has, Here uint64
}

// Error implements error.
func (l Lost) Error() string {
	return fmt.Sprintf("the hub %s has steps up to %d, and the store up to %d", l.Address, l.Has, l.Here)
}

// Init lays out a hub and fills it with a store's content, or brings a hub up to date that is
// there; the store is a server's replica of it afterwards. server and reader are roles that are
// granted what they need; "": none. Errors: Away, NewerHub, Other, Lost, store.ErrWaiting, and
// what the database says.
func Init(ctx context.Context, a Address, s *store.Store, words Words, server, reader string) (done Begun, err error) {
	conn, err := a.connect(ctx)
	if err != nil {
		return done, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if err := conn.QueryRow(ctx, "select current_user::text").Scan(&done.User); err != nil {
		return done, err
	}
	if done.Migrations, err = layOut(ctx, conn, words); err != nil {
		return done, err
	}
	if err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error { return begin(ctx, tx, a, s, &done) }); err != nil {
		return done, fmt.Errorf("filling the hub: %w", err)
	}
	if replica, is, err := s.Replica(); err != nil || !is || replica.Hub != done.ID || replica.Server != a.String() {
		if err == nil && is {
			err = s.Moved(a.String())
		} else if err == nil {
			err = s.BecomeHubReplica(a.String(), done.ID)
		}
		if err != nil {
			return done, err
		}
	}
	if server != "" {
		if done.Server, err = grant(ctx, conn, server, ServerGrants); err != nil {
			return done, err
		}
	}
	if reader != "" {
		if done.Reader, err = grant(ctx, conn, reader, ReaderGrants); err != nil {
			return done, err
		}
	}
	_, err = conn.Exec(ctx, "analyze", pgx.QueryExecModeSimpleProtocol)
	return done, err
}

// begin fills a hub that is empty, and looks whether one that is not is the store's.
func begin(ctx context.Context, tx pgx.Tx, a Address, s *store.Store, done *Begun) error {
	if _, err := tx.Exec(ctx, "select pg_advisory_xact_lock($1)", int64(layoutLock)); err != nil {
		return err
	}
	id, number, err := identity(ctx, tx)
	if err == nil {
		done.ID, done.Number = id, number
		if err := belongs(ctx, tx, a, s, id, number); err != nil {
			return err
		}
		var form OtherForm
		if err := sameForm(ctx, tx); !errors.As(err, &form) || form.Newer {
			return err
		}
		return newForm(ctx, tx, s)
	}
	if !errors.Is(err, ErrNoHub) {
		return err
	}
	if _, is, err := s.Replica(); err != nil || is {
		return errors.Join(err, Other{a.String()})
	}
	done.Filled, done.Records = true, map[model.Table]int{}
	out, checksum := &outgoing{}, uint64(0)
	byTable := map[model.Table]*rows{}
	var place store.Place
	err = s.Contents(func(p store.Place) error {
		place = p
		return nil
	}, func(r model.Record) error {
		of := r.Key().Table
		done.Records[of]++
		checksum ^= store.Checksum(r)
		if byTable[of] == nil {
			t := tableByName()[of]
			byTable[of] = newRows(t, t.putSQL(), false)
		}
		return byTable[of].add(ctx, tx, out, r)
	})
	if err != nil {
		return err
	}
	for _, rest := range byTable {
		rest.end(out)
	}
	if err := history(ctx, tx, out, s, place.Number); err != nil {
		return err
	}
	schema, fields := store.Form()
	out.batch.Queue("insert into doppelpass.hub (number, began, checksum, schema, fields) values ($1, $1, $2, $3, $4)", int64(place.Number), int64(checksum), int(schema), fields)
	out.batch.Queue("update doppelpass.steps set checksum = $2 where number = $1", int64(place.Number), int64(checksum))
	if err := out.flush(ctx, tx); err != nil {
		return err
	}
	if done.ID, done.Number, err = identity(ctx, tx); err != nil {
		return err
	}
	copied, err := putCopy(ctx, tx, s)
	if err == nil && copied != place.Number {
		err = fmt.Errorf("somebody has changed the data meanwhile: %w", store.ErrWaiting)
	}
	return err
}

// newForm has a hub written in this program's form from now on. Steps are read in the form in
// which they were written; the checksums are made anew, of what the hub has after its last step.
func newForm(ctx context.Context, tx pgx.Tx, s *store.Store) error {
	l, err := lock(ctx, tx)
	if err != nil {
		return err
	}
	if _, is, err := s.Replica(); err != nil || !is {
		return errors.Join(err, store.ErrNoReplica)
	}
	for {
		place, err := s.Place()
		if err != nil {
			return err
		}
		if place.Number == l.number {
			break
		}
		steps, erased, err := stepsAfter(ctx, tx, place.Number)
		if err == nil && len(steps) == 0 {
			err = store.Gap{Last: place.Number, Next: l.number}
		}
		if err != nil {
			return err
		}
		if _, err := s.Received(steps, nil, erased); err != nil {
			return err
		}
	}
	l.checksum = 0
	if err := s.Contents(nil, func(r model.Record) error {
		l.checksum ^= store.Checksum(r)
		return nil
	}); err != nil {
		return err
	}
	waiting, err := s.Waiting()
	if err != nil {
		return err
	}
	for _, step := range waiting {
		for _, e := range step.Edits {
			l.checksum ^= store.Checksum(e.Before) ^ store.Checksum(e.After)
		}
	}
	schema, fields := store.Form()
	out := &outgoing{}
	out.batch.Queue("update doppelpass.hub set schema = $1, fields = $2, checksum = $3", int(schema), fields, int64(l.checksum))
	out.batch.Queue("update doppelpass.steps set checksum = null where number < $1", int64(l.number))
	out.batch.Queue("update doppelpass.steps set checksum = $2 where number = $1", int64(l.number), int64(l.checksum))
	return out.flush(ctx, tx)
}

// history adds the steps from before the hub: what they changed lies in the copy.
func history(ctx context.Context, tx pgx.Tx, out *outgoing, s *store.Store, last uint64) error {
	return s.EachStep(func(e store.Entry) error {
		if e.Step > last {
			return fmt.Errorf("somebody has changed the data meanwhile: %w", store.ErrWaiting)
		}
		out.step(store.Step{Entry: e}, nil, 0)
		if out.batch.Len() < rowsAtOnce {
			return nil
		}
		return out.flush(ctx, tx)
	})
}

// identity is the hub's, and its last number. Errors: ErrNoHub.
func identity(ctx context.Context, q querier) (id string, number uint64, err error) {
	var n int64
	err = q.QueryRow(ctx, "select id::text, number from doppelpass.hub").Scan(&id, &n)
	if errors.Is(err, pgx.ErrNoRows) {
		err = ErrNoHub
	}
	return id, uint64(n), err
}

// Early says that a store is from before the hub began: what has happened since cannot be laid
// on it.
type Early struct {
	Address     string
	Here, Began uint64
}

// Error implements error.
func (e Early) Error() string {
	return fmt.Sprintf("the store has steps up to %d, and the hub %s began with %d", e.Here, e.Address, e.Began)
}

// belongs looks whether what a store has is the hub's, up to the store's own place in the order.
// Errors: Other, Lost, Early.
func belongs(ctx context.Context, q querier, a Address, s *store.Store, id string, number uint64) error {
	place, err := s.Place()
	if err != nil {
		return err
	}
	replica, is, err := s.Replica()
	switch {
	case err != nil:
		return err
	case is && replica.Hub != id:
		return Other{a.String()}
	case place.Number > number:
		return Lost{a.String(), number, place.Number}
	}
	var step string
	var began int64
	if err := q.QueryRow(ctx, "select began from doppelpass.hub").Scan(&began); err != nil {
		return err
	}
	if place.Number < uint64(began) {
		return Early{a.String(), place.Number, uint64(began)}
	}
	err = q.QueryRow(ctx, "select id from doppelpass.steps where number = $1", int64(place.Number)).Scan(&step)
	if errors.Is(err, pgx.ErrNoRows) && place.Number == 0 {
		return nil
	}
	if err == nil && step != clean(string(place.ID)) || errors.Is(err, pgx.ErrNoRows) {
		return Other{a.String()}
	}
	return err
}

// partBytes is the size of a part of a copy.
const partBytes = 1 << 20

// putCopy keeps a copy of a store's file for servers that come, in place of the one there is,
// and says up to which step it goes.
func putCopy(ctx context.Context, tx pgx.Tx, s *store.Store) (number uint64, err error) {
	file, err := temporary.File(filepath.Dir(s.Path()), "."+filepath.Base(s.Path())+"-")
	if err != nil {
		return 0, fmt.Errorf("the copy for other servers: %w", err)
	}
	defer os.Remove(file.Name())
	_ = file.Close()
	place, err := s.Copy(file.Name())
	if err != nil {
		return 0, err
	}
	if file, err = os.Open(file.Name()); err != nil {
		return 0, err
	}
	defer file.Close()
	if _, err := tx.Exec(ctx, "delete from doppelpass.copies"); err != nil {
		return 0, err
	}
	read, write := io.Pipe()
	go func() {
		z, err := zstd.NewWriter(write, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
		if err == nil {
			_, err = io.Copy(z, file)
			err = errors.Join(err, z.Close())
		}
		_ = write.CloseWithError(err)
	}()
	defer read.Close()
	piece := make([]byte, partBytes)
	for part := 0; ; part++ {
		n, err := io.ReadFull(read, piece)
		if n > 0 {
			if _, err := tx.Exec(ctx, "insert into doppelpass.copies (number, part, bytes) values ($1, $2, $3)", int64(place.Number), part, piece[:n]); err != nil {
				return 0, err
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return place.Number, nil
		}
		if err != nil {
			return 0, fmt.Errorf("the copy for other servers: %w", err)
		}
	}
}

// ErrNoCopy says that the hub has no copy for new servers at the moment, since somebody was
// erased: the next server that looks makes one.
var ErrNoCopy = errors.New("the hub has no copy for new servers at the moment")

// Fetch makes a server's store at path, where none is, of the hub's copy. Errors: Away,
// ErrNoHub, ErrNoCopy, RoleWrong, and what the file says.
func Fetch(ctx context.Context, a Address, path string, o store.Options) error {
	conn, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if err := serverRole(ctx, conn); err != nil {
		return err
	}
	making := path + ".joining"
	defer os.Remove(making)
	defer os.Remove(making + ".erased")
	var id string
	err = moment(ctx, conn, func(tx pgx.Tx) error {
		if id, _, err = identity(ctx, tx); err != nil {
			return err
		}
		if err := sameForm(ctx, tx); err != nil {
			return err
		}
		return getCopy(ctx, tx, making)
	})
	if err != nil {
		return err
	}
	s, err := store.Open(making, o)
	if err != nil {
		return err
	}
	if err := errors.Join(s.BecomeHubReplica(a.String(), id), s.Close()); err != nil {
		return err
	}
	defer temporary.SyncFolder(filepath.Dir(path))
	if err := os.Link(making, path); err == nil || errors.Is(err, os.ErrExist) {
		return err
	}
	return os.Rename(making, path) // a file system without links
}

// getCopy writes the copy to a new file.
func getCopy(ctx context.Context, q querier, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("taking the hub's copy: %w", err)
	}
	read, write := io.Pipe()
	parts, done := 0, make(chan struct{})
	go func() {
		defer close(done)
		_ = write.CloseWithError(func() error {
			for ; ; parts++ {
				var bytes []byte
				err := q.QueryRow(ctx, "select bytes from doppelpass.copies where part = $1", parts).Scan(&bytes)
				if errors.Is(err, pgx.ErrNoRows) {
					if parts == 0 {
						return ErrNoCopy
					}
					return io.EOF
				}
				if err != nil {
					return err
				}
				if _, err := write.Write(bytes); err != nil {
					return err
				}
			}
		}())
	}()
	defer func() { // the connection is somebody else's again
		_ = read.Close()
		<-done
	}()
	z, err := zstd.NewReader(read, zstd.WithDecoderMaxWindow(64<<20))
	if err == nil {
		defer z.Close()
		_, err = io.Copy(file, z)
	}
	return errors.Join(err, file.Sync(), file.Close())
}

// OtherForm says that the hub's steps are written in another form than this program's.
type OtherForm struct{ Newer bool } // the hub's is the newer one

// Error implements error.
func (o OtherForm) Error() string {
	return fmt.Sprintf("the hub's steps have another form, newer: %v", o.Newer)
}

// sameForm refuses a hub whose steps are written in another form. Errors: OtherForm.
func sameForm(ctx context.Context, q querier) error {
	var schema, fields int
	if err := q.QueryRow(ctx, "select schema, fields from doppelpass.hub").Scan(&schema, &fields); err != nil {
		return err
	}
	mine, mineFields := store.Form()
	if schema == int(mine) && fields == mineFields {
		return nil
	}
	return OtherForm{Newer: schema > int(mine) || schema == int(mine) && fields > mineFields}
}
