package command

// The demo as the app's welcome page offers it: in a passing store, beside
// whatever the person has.

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"doppelpass/model"
	"doppelpass/model/demo"
	"doppelpass/store"
	"doppelpass/store/temporary"
)

// passingDemo makes demo data around a day in a folder that goes with close.
func (r *run) passingDemo(today model.Date) func() (*store.Store, func(), error) {
	return func() (*store.Store, func(), error) {
		dir, err := temporary.Folder("", "doppelpass-demo-")
		if err != nil {
			return nil, nil, err
		}
		quiet := *r
		quiet.Errors = io.Discard // the app has the screen: no progress bar across it
		quiet.Joins = false       // nobody else knows of it
		s, err := quiet.makeDemo(context.Background(), filepath.Join(dir, "demo.db"), true, demo.Options{Today: today, Accounts: demo.DefaultAccounts, Seed: 1})
		if err != nil {
			_ = os.RemoveAll(dir)
			return nil, nil, err
		}
		return s, func() {
			_ = s.Close()
			_ = os.RemoveAll(dir)
		}, nil
	}
}
