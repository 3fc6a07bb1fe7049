package hub

// Steps are added, with the records as rows.

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/klauspost/compress/zstd"

	"doppelpass/model"
	"doppelpass/store"
)

// channel is what servers listen on.
const channel = "doppelpass"

// rowsAtOnce is how many rows go in one statement.
const rowsAtOnce = 5000

// ledger is the one row that gives numbers, as it stands under its lock.
type ledger struct {
	number   uint64
	checksum uint64
}

// lock waits for the row that gives numbers. Where a server stops in the middle, the others
// must not wait for it for ever.
func lock(ctx context.Context, tx pgx.Tx) (l ledger, err error) {
	batch := &pgx.Batch{}
	batch.Queue("set local lock_timeout = '60s'")
	batch.Queue("set local idle_in_transaction_session_timeout = '120s'")
	batch.Queue("set local synchronous_commit = on")
	var number, checksum int64
	batch.Queue("select number, checksum from doppelpass.hub for update").QueryRow(func(row pgx.Row) error { return row.Scan(&number, &checksum) })
	err = tx.SendBatch(ctx, batch).Close()
	return ledger{uint64(number), uint64(checksum)}, err
}

// add adds steps, which must follow on the last, and what they changed. Nothing is sent before
// flush, but where there is much.
func (l *ledger) add(ctx context.Context, tx pgx.Tx, out *outgoing, steps []store.Step) error {
	for _, step := range steps {
		if step.Step != l.number+1 {
			return store.Gap{Last: l.number, Next: step.Step}
		}
		for _, e := range step.Edits {
			l.checksum ^= store.Checksum(e.Before) ^ store.Checksum(e.After)
		}
		l.number = step.Step
		step.Waiting = false
		body, err := packStep(step)
		if err != nil {
			return err
		}
		out.step(step, body, l.checksum)
		if err := out.edits(ctx, tx, step.Edits); err != nil {
			return err
		}
	}
	return nil
}

// close writes the row and wakes the other servers.
func (l *ledger) close(ctx context.Context, tx pgx.Tx, out *outgoing) error {
	out.batch.Queue("update doppelpass.hub set number = $1, checksum = $2", int64(l.number), int64(l.checksum))
	out.batch.Queue("select pg_notify($1, $2)", channel, fmt.Sprint(l.number))
	return out.flush(ctx, tx)
}

// outgoing gathers statements, so that they go in one turn.
type outgoing struct {
	batch pgx.Batch
	bytes int
}

// mostOutgoing bounds what is gathered, in bytes.
const mostOutgoing = 8 << 20

func (o *outgoing) queue(sql string, rows []byte) {
	o.batch.Queue(sql, string(rows))
	o.bytes += len(rows)
}

func (o *outgoing) flush(ctx context.Context, tx pgx.Tx) error {
	if o.batch.Len() == 0 {
		return nil
	}
	err := tx.SendBatch(ctx, &o.batch).Close()
	o.batch, o.bytes = pgx.Batch{}, 0
	return err
}

const stepSQL = `insert into doppelpass.steps (number, id, at, person, actor, role, device, action, subject, reverses, erases, checksum, body)
values ($1, $2, $3, nullif($4, ''), nullif($5, ''), nullif($6, ''), nullif($7, ''), $8, nullif($9, ''), nullif($10, ''), $11, $12, $13)`

// step adds a step's row. A body of nil says that it lies in the copy.
func (o *outgoing) step(s store.Step, body []byte, checksum uint64) {
	erases := false
	for _, e := range s.Edits {
		_, is := e.After.(model.Erasure)
		erases = erases || is
	}
	var sum any
	if body != nil {
		sum = int64(checksum)
	}
	o.batch.Queue(stepSQL, int64(s.Step), clean(string(s.ID)), s.At, clean(s.Person), clean(s.Actor), clean(string(s.Role)), clean(s.Device), clean(s.Action), clean(s.Subject),
		clean(string(s.Reverses)), erases, sum, body)
	o.bytes += len(body) + 200
}

// clean is a text as PostgreSQL keeps it.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

// edits adds what a step changed. Of each table rows go before others come, since two records
// may have changed their keys with each other.
func (o *outgoing) edits(ctx context.Context, tx pgx.Tx, edits []model.Edit) error {
	byTable := map[model.Table][]model.Edit{}
	for _, e := range edits {
		of := either(e.After, e.Before).Key().Table
		byTable[of] = append(byTable[of], e)
	}
	for _, t := range tables() {
		changed := byTable[t.of]
		if len(changed) == 0 {
			continue
		}
		leaving := newRows(t, t.deleteSQL(), true)
		if len(t.key) == 0 { // there is one at most
			o.batch.Queue(t.deleteSQL())
		}
		for _, e := range changed {
			if len(t.key) > 0 && e.Before != nil && (e.After == nil || e.After.Key() != e.Before.Key()) {
				if err := leaving.add(ctx, tx, o, e.Before); err != nil {
					return err
				}
			}
		}
		leaving.end(o)
		coming := newRows(t, t.putSQL(), false)
		for _, e := range changed {
			if e.After != nil {
				if err := coming.add(ctx, tx, o, e.After); err != nil {
					return err
				}
			}
		}
		coming.end(o)
	}
	return nil
}

func either(a, b model.Record) model.Record {
	if a != nil {
		return a
	}
	return b
}

// rows gathers rows for one statement after the other.
type rows struct {
	table *table
	sql   string
	only  bool // of the key alone
	text  []byte
	count int
}

func newRows(t *table, sql string, only bool) *rows { return &rows{table: t, sql: sql, only: only} }

// put gathers a record.
func (r *rows) put(record model.Record) {
	if r.count == 0 {
		r.text = append(r.text[:0], '[')
	} else {
		r.text = append(r.text, ',')
	}
	r.text = r.table.appendRow(r.text, record, r.only)
	r.count++
}

// add gathers a record, and sends what there is where it is much.
func (r *rows) add(ctx context.Context, tx pgx.Tx, o *outgoing, record model.Record) error {
	if r.put(record); r.count < rowsAtOnce {
		return nil
	}
	r.end(o)
	if o.bytes < mostOutgoing {
		return nil
	}
	return o.flush(ctx, tx)
}

func (r *rows) end(o *outgoing) {
	if r.count > 0 {
		o.queue(r.sql, append(r.text, ']'))
		r.count = 0
	}
}

var (
	packer, _   = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	unpacker, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(2<<30))
)

// packStep is a step as its body keeps it.
func packStep(s store.Step) ([]byte, error) {
	plain, err := store.AppendStep(nil, s)
	if err != nil {
		return nil, err
	}
	return packer.EncodeAll(plain, nil), nil
}

// unpackStep reads what packStep wrote. Errors: store.ErrNotAStep.
func unpackStep(body []byte) (s store.Step, err error) {
	plain, err := unpacker.DecodeAll(body, nil)
	if err != nil {
		return s, fmt.Errorf("%w: %w", store.ErrNotAStep, err)
	}
	s, rest, err := store.ReadStep(string(plain))
	if err == nil && rest != "" {
		err = store.ErrNotAStep
	}
	return s, err
}

// Steps of the hub that a server reads at a time: so many, and not more bytes.
const (
	stepsAtOnce = 500
	bytesAtOnce = 16 << 20
)

// stepsAfter are the next steps above a number, and the lines of the deletion book that steps
// above it bring, however far above. To be read in one moment: see moment.
func stepsAfter(ctx context.Context, q querier, number uint64) (steps []store.Step, erased []model.Erasure, err error) {
	rows, err := q.Query(ctx, `select body from (select number, body, sum(length(body)) over (order by number) - length(body) as before
		from (select number, body from doppelpass.steps where number > $1 order by number limit $2) next) so where before < $3 order by number`,
		int64(number), stepsAtOnce, bytesAtOnce)
	if err != nil {
		return nil, nil, err
	}
	if steps, err = readSteps(rows); err != nil || len(steps) == 0 {
		return nil, nil, err
	}
	if rows, err = q.Query(ctx, "select body from doppelpass.steps where erases and number > $1 order by number", int64(number)); err != nil {
		return nil, nil, err
	}
	erasing, err := readSteps(rows)
	for _, step := range erasing {
		for _, e := range step.Edits {
			if line, is := e.After.(model.Erasure); is {
				erased = append(erased, line)
			}
		}
	}
	return steps, erased, err
}

func readSteps(rows pgx.Rows) (steps []store.Step, err error) {
	defer rows.Close()
	for rows.Next() {
		var body []byte
		if err := rows.Scan(&body); err != nil {
			return nil, err
		}
		step, err := unpackStep(body)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return steps, rows.Err()
}

// moment runs what reads in one moment.
func moment(ctx context.Context, conn *pgx.Conn, read func(pgx.Tx) error) error {
	return pgx.BeginTxFunc(ctx, conn, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, read)
}
