package hub

// Erasing, where the order has its home.

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"doppelpass/model"
	"doppelpass/store"
)

// Erase implements store.Home: the hub's records, its steps and the copy for new servers lose
// whom the plan names in the transaction that adds the step, and then this server does.
// Errors: store.ErrHomeAway, and the plan's.
func (m *Member) Erase(plan func() (store.Erasing, error)) (err error) {
	ctx, end := context.WithTimeout(context.Background(), 20*patience)
	defer end()
	m.turn.Lock()
	defer m.turn.Unlock()
	defer func() { err = m.away(ctx, err) }()
	var p store.Erasing
	for {
		if err := m.meet(ctx, nil); err != nil {
			return err
		}
		conn, err := m.connected(ctx)
		if err != nil {
			return err
		}
		err = m.locked(ctx, conn, func(ctx context.Context, tx pgx.Tx, l *ledger) error {
			if p, err = plan(); err != nil || p.Step.ID == "" {
				return err
			}
			return erase(ctx, tx, l, &p)
		})
		if errors.Is(err, store.ErrWaiting) { // somebody was quicker
			continue
		}
		if err != nil || p.Step.ID == "" {
			return err
		}
		if _, err := m.store.Received([]store.Step{p.Step}, nil, p.Lines); err != nil {
			return err
		}
		// What follows only tidies up: where it fails the next server does it.
		if err := m.newCopy(ctx, conn); err == nil {
			_ = sweep(ctx, conn, p.Edits)
		}
		return nil
	}
}

// erase does what a plan says.
func erase(ctx context.Context, tx pgx.Tx, l *ledger, p *store.Erasing) error {
	out := &outgoing{}
	for _, e := range p.Edits {
		l.checksum ^= store.Checksum(e.Before) ^ store.Checksum(e.After)
	}
	if err := out.edits(ctx, tx, p.Edits); err != nil {
		return err
	}
	if err := rewrite(ctx, tx, out, p); err != nil {
		return err
	}
	out.batch.Queue("delete from doppelpass.copies")
	p.Step.Step = l.number + 1
	if err := l.add(ctx, tx, out, []store.Step{p.Step}); err != nil {
		return err
	}
	return l.close(ctx, tx, out)
}

// rewrite takes whom a plan names out of the history.
func rewrite(ctx context.Context, tx pgx.Tx, out *outgoing, p *store.Erasing) error {
	const next = `select number, coalesce(person, ''), coalesce(actor, ''), coalesce(device, ''), coalesce(subject, ''), body
		from doppelpass.steps where number > $1 order by number limit $2`
	type row struct {
		number                         int64
		person, actor, device, subject string
		body                           []byte
	}
	for last := int64(0); ; {
		answer, err := tx.Query(ctx, next, last, 100)
		if err != nil {
			return err
		}
		list, err := pgx.CollectRows(answer, func(r pgx.CollectableRow) (w row, err error) {
			err = r.Scan(&w.number, &w.person, &w.actor, &w.device, &w.subject, &w.body)
			return w, err
		})
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return out.flush(ctx, tx)
		}
		for _, w := range list {
			last = w.number
			step := store.Step{Entry: store.Entry{Step: uint64(w.number), Person: w.person, Actor: w.actor, Device: w.device, Subject: w.subject}}
			if w.body != nil {
				if step, err = unpackStep(w.body); err != nil {
					return fmt.Errorf("step %d of the hub: %w", w.number, err)
				}
			}
			now, changed := p.Rewrite(step)
			if !changed {
				continue
			}
			body := w.body
			if body != nil {
				if body, err = packStep(now); err != nil {
					return err
				}
			}
			out.batch.Queue(`update doppelpass.steps set person = nullif($2, ''), actor = nullif($3, ''), device = nullif($4, ''), subject = nullif($5, ''), body = $6 where number = $1`,
				w.number, clean(now.Person), clean(now.Actor), clean(now.Device), clean(now.Subject), body)
			if out.bytes += len(body); out.bytes > mostOutgoing {
				if err := out.flush(ctx, tx); err != nil {
					return err
				}
			}
		}
	}
}

// sweep has PostgreSQL write the tables anew that have lost something, so that their files
// lose it, too. Only their owner can: others are told nothing, see the README.
func sweep(ctx context.Context, conn *pgx.Conn, edits []model.Edit) error {
	touched := map[string]bool{"steps": true, "copies": true}
	for _, e := range edits {
		touched[tableByName()[either(e.After, e.Before).Key().Table].name] = true
	}
	owned, err := names(ctx, conn, `select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where n.nspname = $1 and c.relkind = 'r' and pg_has_role(current_user, c.relowner, 'usage')`, Schema)
	if err != nil {
		return err
	}
	var list []string
	for _, name := range owned {
		if touched[name] {
			list = append(list, Schema+"."+name)
		}
	}
	if len(list) == 0 {
		return nil
	}
	_, err = conn.Exec(ctx, "vacuum full "+strings.Join(list, ", "), pgx.QueryExecModeSimpleProtocol)
	return err
}
