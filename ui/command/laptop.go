package command

// A laptop: the team's data on one's own machine, brought together with the server's.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/temporary"
	"doppelpass/store/wire"
	"doppelpass/ui/laptop"
	"doppelpass/ui/text"
)

func (r *run) joinCommand() *cobra.Command {
	return &cobra.Command{
		Use: "join ssh://HOST:PORT", Short: "laptop.join.short", Long: "laptop.join.long", Args: r.oneArg("ssh://HOST:PORT"), DisableFlagsInUseLine: true,
		Example: "  doppelpass join ssh://team.example.com:2022\n  doppelpass\n  doppelpass sync",
		RunE: func(c *cobra.Command, args []string) error {
			err := r.joinServer(c, args[0])
			if errors.Is(err, context.Canceled) {
				return plainError{r.t("laptop.join.stopped"), codeStopped}
			}
			return err
		},
	}
}

func (r *run) syncCommand() *cobra.Command {
	return &cobra.Command{
		Use: "sync [ssh://HOST:PORT]", Short: "laptop.sync.short", Long: "laptop.sync.long", Args: r.atMostOne, DisableFlagsInUseLine: true,
		RunE: func(c *cobra.Command, args []string) error { return r.sync(c.Context(), args) },
	}
}

func (r *run) leaveCommand() *cobra.Command {
	var confirm bool
	c := &cobra.Command{
		Use: "leave", Short: "laptop.leave.short", Long: "laptop.leave.long", Args: r.noArgs,
		RunE: func(*cobra.Command, []string) error { return r.leaveServer(confirm) },
	}
	c.Flags().BoolVar(&confirm, "confirm", false, "laptop.flag.confirm")
	return c
}

// dial is how servers are reached.
func (r *run) dial() laptop.Dial {
	if r.Dial != nil {
		return r.Dial
	}
	return laptop.SSH
}

// asks reports whether somebody sits there who can be asked.
func (r *run) asks() bool { return r.Session == nil && isTerminal(r.Input) && isTerminal(r.Errors) }

// reaching says to somebody who sits there whom ssh is looking for: where nobody answers
// that takes a while.
func (r *run) reaching(address laptop.Address) {
	if r.asks() {
		fmt.Fprintln(r.Errors, r.t("laptop.reaching", text.Args{"Server": address.String()}))
	}
}

func (r *run) address(given string) (laptop.Address, error) {
	address, err := laptop.ParseAddress(given)
	if err != nil {
		return address, usageError{r.t("laptop.address", text.Args{"Given": given})}
	}
	return address, nil
}

// stages are the bar's messages while a copy comes.
var stages = [...]string{wire.Preparing: "laptop.join.preparing", wire.Sending: "laptop.join.progress", wire.Unpacking: "laptop.join.unpacking"}

// joinServer makes of nothing a laptop of a server.
func (r *run) joinServer(c *cobra.Command, given string) error {
	address, err := r.address(given)
	if err != nil {
		return err
	}
	path := r.path()
	if r.Session != nil {
		return plainError{r.t("laptop.join.open", text.Args{"Path": path}), codeFailed}
	}
	if err := r.placeFor(path, address); err != nil {
		return err
	}
	ctx, stop := r.stoppable(c.Context())
	defer stop()
	since := time.Now()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("making the folder for the store: %w", err)
	}
	r.reaching(address)
	raw, err := r.dial()(ctx, address, r.asks())
	if err != nil {
		return r.lineSentence(ctx, err, address)
	}
	defer raw.Close()
	defer context.AfterFunc(ctx, func() { _ = raw.Close() })()
	line, err := wire.Greet(raw, nil, version(), hostname())
	if err != nil {
		return r.lineSentence(ctx, err, address)
	}
	making := path + ".joining"
	if err := os.Remove(making); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("taking away what an earlier try has left: %w", err)
	}
	bar := r.newBar("laptop.join.preparing")
	err = line.Fetch(making, func(stage wire.Stage, have, of int64) {
		bar.message = stages[stage]
		bar.show(have, of)
	})
	bar.clear()
	if err != nil {
		return r.lineSentence(ctx, err, address)
	}
	defer os.Remove(making)
	info, err := r.becomeLaptop(making, address, line)
	if err != nil {
		return r.lineSentence(ctx, err, address)
	}
	if err := moveInto(making, path); err != nil {
		return err
	}
	_, err = fmt.Fprintln(r.Output, r.t("laptop.joined", text.Args{
		"Server": address.String(), "Name": line.Welcome.Name, "Role": r.t("role." + string(line.Welcome.Role)), "Path": path,
		"Accounts": r.words().N("laptop.accounts", info.Counts[model.TableAccounts]), "Visits": r.words().N("laptop.visits", info.Counts[model.TableVisits]),
		"Seconds": r.words().Decimal(time.Since(since).Seconds(), 1),
	}))
	return err
}

// becomeLaptop makes of the copy a laptop's data, with what has happened since it was made.
func (r *run) becomeLaptop(path string, address laptop.Address, line *wire.Line) (info store.Info, err error) {
	s, err := store.Open(path, store.Options{Now: r.Now})
	if err != nil {
		return info, err
	}
	defer func() {
		err = errors.Join(err, s.Close())
		_ = os.Remove(path + ".erased") // it is written anew under the data's own name
	}()
	if err := s.BecomeReplica(address.String(), line.Welcome.Person); err != nil {
		return info, err
	}
	if _, err := line.Sync(s); err != nil {
		return info, err
	}
	return s.Info()
}

// moveInto puts a new file in a place where none is.
func moveInto(from, to string) error {
	defer temporary.SyncFolder(filepath.Dir(to))
	if err := os.Link(from, to); err == nil {
		return os.Remove(from)
	} else if errors.Is(err, fs.ErrExist) {
		return err
	}
	return os.Rename(from, to) // a file system without links
}

// placeFor sees to it that nothing lies where the data is to lie. What an app that was
// opened once has left, with nothing in it, makes room.
func (r *run) placeFor(path string, address laptop.Address) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	s, err := store.Open(path, store.Options{ReadOnly: true, Now: r.Now})
	if errors.As(err, &store.Locked{}) {
		return plainError{r.t("laptop.join.open", text.Args{"Path": path}), codeFailed}
	}
	if err != nil {
		return err
	}
	replica, is, err := s.Replica()
	info, empty := s.Info()
	if err := errors.Join(err, empty, s.Close()); err != nil {
		return err
	}
	args := text.Args{"Path": path, "Server": replica.Server, "Given": address.Typed()}
	switch {
	case is && replica.Server == address.String():
		return plainError{r.t("laptop.join.already", args), codeFailed}
	case is:
		return plainError{r.t("laptop.join.other", args), codeFailed}
	case info.Steps > 0:
		return plainError{r.t("laptop.join.taken", args), codeFailed}
	}
	return os.Remove(path)
}

// replicaOf is whose laptop a store is, or a sentence that it is nobody's.
func (r *run) replicaOf(s *store.Store) (store.Replica, error) {
	replica, is, err := s.Replica()
	if err == nil && !is {
		err = plainError{r.t("laptop.none", text.Args{"Path": s.Path()}), codeFailed}
	}
	return replica, err
}

// sync brings laptop and server together once; where another server is named, that one from
// now on.
func (r *run) sync(ctx context.Context, args []string) (err error) {
	ctx, stop := r.stoppable(ctx)
	defer stop()
	s, err := r.changing()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.close(s)) }()
	replica, err := r.replicaOf(s)
	if err != nil {
		return err
	}
	if replica.Hub != "" {
		return r.syncHub(ctx, s, replica)
	}
	address, err := r.address(replica.Server)
	if err != nil {
		return err
	}
	if len(args) > 0 {
		before := address
		if address, err = r.address(args[0]); err != nil {
			return err
		}
		r.moveLink(address)
		defer func() {
			if err != nil {
				r.moveLink(before)
			} else if address != before {
				err = s.Moved(address.String())
			}
		}()
		replica.Server = address.String()
	}
	done, err := r.syncOnce(ctx, s, address)
	if err != nil {
		sentence := r.lineSentence(ctx, err, address)
		if key := laptop.KeyIn(err); key != "" {
			sentence = plainError{r.t("laptop.revoked", text.Args{"Server": address.String(), "Person": replica.Person, "Key": key}), codeFailed}
		}
		if place, placed := s.Place(); placed == nil && place.Waiting > 0 && ctx.Err() == nil {
			var plain plainError
			if !errors.As(sentence, &plain) {
				plain.sentence = r.sentence(sentence)
			}
			return plainError{r.words().N("laptop.sync.waits", place.Waiting, text.Args{"Why": plain.sentence}), codeFailed}
		}
		return sentence
	}
	p := r.words()
	said := p.T("laptop.synced", text.Args{"Server": replica.Server, "Received": p.N("laptop.received", done.Received), "Sent": p.N("laptop.sent", done.Sent)})
	if done.Refused > 0 {
		said += " " + p.N("laptop.not-taken", done.Refused)
	}
	if done.Aside > 0 {
		said += " " + p.N("laptop.aside", done.Aside)
	}
	_, err = fmt.Fprintln(r.Output, said)
	return err
}

// moveLink has an app that is open go to another server.
func (r *run) moveLink(to laptop.Address) {
	if r.Session != nil && r.Session.Link != nil {
		r.Session.Link.Move(to)
	}
}

func (r *run) syncOnce(ctx context.Context, s *store.Store, address laptop.Address) (wire.Outcome, error) {
	if r.Session != nil && r.Session.Link != nil {
		return r.Session.Link.Once(ctx)
	}
	r.reaching(address)
	return laptop.Once(ctx, s, address, version(), r.dial(), r.asks())
}

// leaveServer makes of a laptop's data data of its own.
func (r *run) leaveServer(confirm bool) (err error) {
	s, err := r.changing()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.close(s)) }()
	replica, err := r.replicaOf(s)
	if err != nil {
		return err
	}
	// A server that runs would go on at its hub with what is the hub's no more.
	if r.Session != nil && r.Session.Hub != nil {
		return plainError{r.t("hub.leave.runs", text.Args{"Server": replica.Server, "Path": s.Path()}), codeFailed}
	}
	place, err := s.Place()
	if err != nil {
		return err
	}
	if place.Waiting > 0 && !confirm {
		key := "laptop.leave.waits"
		if replica.Hub != "" {
			key = "hub.leave.waits"
		}
		return plainError{r.words().N(key, place.Waiting, text.Args{"Server": replica.Server}), codeFailed}
	}
	if err := s.Leave(); err != nil {
		return err
	}
	args := text.Args{"Server": replica.Server, "Path": s.Path()}
	said := r.t("laptop.left", args)
	if place.Waiting > 0 {
		said += " " + r.words().N("laptop.left.waits", place.Waiting, args)
	}
	_, err = fmt.Fprintln(r.Output, said)
	return err
}

// lineSentence says why laptop and server have not come together.
func (r *run) lineSentence(ctx context.Context, err error, address laptop.Address) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if sentence, ok := laptop.Sentence(r.words(), err, address.String(), version()); ok {
		return plainError{sentence, codeFailed}
	}
	return err
}

func hostname() string {
	name, _ := os.Hostname()
	return name
}
