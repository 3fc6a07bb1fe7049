package hub

// Whether hub and server hold the same: row by row, step by step.

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"doppelpass/model"
	"doppelpass/store"
)

// Checked is what looking has found.
type Checked struct {
	Number uint64 // of the step after which both were looked at
	Tables []CheckedTable
	// Steps are those of the hub, StepsDiffer those that are others here or missing.
	Steps, StepsDiffer int
	// Checksum reports whether the checksum that the hub has kept step by step is that of the
	// records here.
	Checksum bool
}

// CheckedTable is what was found of a table.
type CheckedTable struct {
	Table     model.Table
	Here, Hub int // rows
	Differ    int // rows here that are not there just so
}

// Same reports whether nothing was found.
func (c Checked) Same() bool {
	for _, t := range c.Tables {
		if t.Differ > 0 || t.Here != t.Hub {
			return false
		}
	}
	return c.StepsDiffer == 0 && c.Checksum
}

// Behind says that hub and store could not be looked at after the same step.
type Behind struct {
	Hub, Here uint64
	Waiting   int
}

// Error implements error.
func (b Behind) Error() string {
	return fmt.Sprintf("the hub is at step %d, and the store at %d with %d waiting", b.Hub, b.Here, b.Waiting)
}

// How often it is tried to find both at the same step, and how long it is waited in between:
// people go on working meanwhile.
const (
	checkTries = 100
	checkPause = 50 * time.Millisecond
)

// Check compares a hub with a store that is its replica. Errors: Away, ErrNoHub, Behind, those of
// belonging to the hub.
func Check(ctx context.Context, a Address, s *store.Store) (c Checked, err error) {
	conn, err := a.connect(ctx)
	if err != nil {
		return c, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if last, err := lastMigration(ctx, conn); err != nil || last < 0 {
		if err == nil {
			err = ErrNoHub
		}
		return c, err
	}
	for try := 1; ; try++ {
		err = moment(ctx, conn, func(tx pgx.Tx) error {
			id, number, err := identity(ctx, tx)
			if err != nil {
				return err
			}
			if err := sameForm(ctx, tx); err != nil {
				return err
			}
			if err := belongs(ctx, tx, a, s, id, number); err != nil {
				return err
			}
			c, err = compare(ctx, tx, s, number)
			return err
		})
		if !errors.As(err, &Behind{}) || try == checkTries {
			return c, err
		}
		select {
		case <-ctx.Done():
			return c, ctx.Err()
		case <-time.After(checkPause):
		}
	}
}

func compare(ctx context.Context, tx pgx.Tx, s *store.Store, number uint64) (c Checked, err error) {
	c = Checked{Number: number}
	here, same, text := map[*table]int{}, map[*table]int{}, map[*table]*rows{}
	var sum uint64
	look := func(t *table) error {
		var count int
		r := text[t]
		if err := tx.QueryRow(ctx, t.sameSQL(), string(append(r.text, ']'))).Scan(&count); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		same[t] += count
		r.count = 0
		return nil
	}
	err = s.Contents(func(p store.Place) error {
		if p.Number != number || p.Waiting > 0 {
			return Behind{number, p.Number, p.Waiting}
		}
		return ctx.Err()
	}, func(r model.Record) error {
		t := tableByName()[r.Key().Table]
		sum ^= store.Checksum(r)
		here[t]++
		if text[t] == nil {
			text[t] = newRows(t, "", false)
		}
		if text[t].put(r); text[t].count < rowsAtOnce {
			return nil
		}
		return look(t)
	})
	if err != nil {
		return c, err
	}
	for _, t := range tables() {
		if text[t] != nil && text[t].count > 0 {
			if err := look(t); err != nil {
				return c, err
			}
		}
		found := CheckedTable{Table: t.of, Here: here[t], Differ: here[t] - same[t]}
		if err := tx.QueryRow(ctx, "select count(*) from "+t.full()).Scan(&found.Hub); err != nil {
			return c, err
		}
		c.Tables = append(c.Tables, found)
	}
	var kept int64
	if err := tx.QueryRow(ctx, "select checksum from doppelpass.hub").Scan(&kept); err != nil {
		return c, err
	}
	c.Checksum = uint64(kept) == sum
	return c, c.steps(ctx, tx, s)
}

// steps compares the identities of all steps.
func (c *Checked) steps(ctx context.Context, tx pgx.Tx, s *store.Store) error {
	rows, err := tx.Query(ctx, "select number, id from doppelpass.steps order by number")
	if err != nil {
		return err
	}
	there := map[uint64]string{}
	for rows.Next() {
		var number int64
		var id string
		if err := rows.Scan(&number, &id); err != nil {
			return err
		}
		there[uint64(number)] = id
	}
	if err := rows.Err(); err != nil {
		return err
	}
	c.Steps = len(there)
	err = s.EachStep(func(e store.Entry) error {
		if e.Step > c.Number {
			return nil
		}
		if id, is := there[e.Step]; !is || id != clean(string(e.ID)) {
			c.StepsDiffer++
		}
		delete(there, e.Step)
		return nil
	})
	c.StepsDiffer += len(there)
	return err
}
