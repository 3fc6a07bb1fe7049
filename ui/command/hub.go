package command

// The hub: the order of steps in PostgreSQL, for several servers.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/hub"
	"doppelpass/ui/laptop"
	"doppelpass/ui/text"
)

// hubForm is how the address of a hub is written.
const hubForm = "postgres://USER@HOST/DATABASE"

// usualServer is the role of servers where none is named: it is shown how to make it.
const usualServer = "doppelpass"

func (r *run) hubCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "hub", Short: "hub.short", Long: "hub.long", Args: r.noArgs,
		Example: "  doppelpass hub init postgres://owner@db.example.com/sales --server doppelpass --reader charts\n  doppelpass serve --hub postgres://doppelpass@db.example.com/sales\n  doppelpass hub check",
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	var server, reader string
	begin := &cobra.Command{
		Use: "init " + hubForm, Short: "hub.init.short", Long: "hub.init.long", Args: r.oneArg(hubForm), DisableFlagsInUseLine: true,
		RunE: func(c *cobra.Command, args []string) error { return r.hubInit(c.Context(), args[0], server, reader) },
	}
	begin.Flags().StringVar(&server, "server", "", "hub.flag.server")
	begin.Flags().StringVar(&reader, "reader", "", "hub.flag.reader")
	check := &cobra.Command{
		Use: "check [" + hubForm + "]", Short: "hub.check.short", Long: "hub.check.long", Args: r.atMostOne, DisableFlagsInUseLine: true,
		RunE: func(c *cobra.Command, args []string) error { return r.hubCheck(c.Context(), args) },
	}
	c.AddCommand(begin, check)
	return c
}

// hubAddress reads an address, of which nothing is ever told again.
func (r *run) hubAddress(given string) (hub.Address, error) {
	address, err := hub.ParseAddress(given)
	if err != nil {
		return address, usageError{r.t("hub.address")}
	}
	return address, nil
}

// hubWords are the words for comments in the database.
func (r *run) hubWords() hub.Words {
	p := r.words()
	return hub.Words{
		Table: func(t model.Table) string { return p.T("table." + string(t)) },
		Field: func(t model.Table, field string) string {
			for _, key := range []string{"field." + string(t) + "." + field, "field." + field, "rules." + field} {
				if p.Has(key) {
					return p.T(key)
				}
			}
			return field
		},
	}
}

// hubInit makes of the data here the beginning of a hub.
func (r *run) hubInit(ctx context.Context, given, server, reader string) (err error) {
	address, err := r.hubAddress(given)
	if err != nil {
		return err
	}
	if r.Session != nil { // a server that runs goes on giving numbers itself
		return plainError{r.t("hub.init.open", text.Args{"Path": r.path()}), codeUsage}
	}
	ctx, stop := r.stoppable(ctx)
	defer stop()
	s, err := r.changing()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.close(s)) }()
	if replica, is, err := s.Replica(); err != nil || is && replica.Hub == "" {
		if err == nil {
			err = plainError{r.t("laptop.serves", text.Args{"Server": replica.Server}), codeFailed}
		}
		return err
	}
	done, err := hub.Init(ctx, address, s, r.hubWords(), server, reader)
	if err != nil {
		return r.hubSentence(ctx, err, address)
	}
	p := r.words()
	args := text.Args{"Hub": address.String(), "Path": s.Path(), "Step": p.Int(int(done.Number)), "Migrations": p.N("hub.migrations", done.Migrations)}
	var out strings.Builder
	say := func(key string, more ...text.Args) {
		for _, m := range more {
			for k, v := range m {
				args[k] = v
			}
		}
		fmt.Fprintln(&out, p.T(key, args))
	}
	if done.Filled {
		args["Accounts"], args["Visits"] = p.N("laptop.accounts", done.Records[model.TableAccounts]), p.N("laptop.visits", done.Records[model.TableVisits])
		say("hub.filled")
	} else if done.Migrations > 0 {
		say("hub.current")
	} else {
		say("hub.current.already")
	}
	for _, role := range []struct {
		name, key string
		granted   bool
		sql       func(string) string
		usual     string
	}{
		{server, "hub.role.server", done.Server, hub.ServerGrants, usualServer},
		{reader, "hub.role.reader", done.Reader, hub.ReaderGrants, "charts"},
	} {
		switch {
		case role.granted:
			say(role.key+".granted", text.Args{"Role": role.name})
		case role.name != "":
			say(role.key+".missing", text.Args{"Role": role.name, "SQL": indented(hub.NewRole(role.name, address.Database()) + role.sql(role.name))})
		default:
			say(role.key, text.Args{"SQL": indented(hub.NewRole(role.usual, address.Database()) + role.sql(role.usual))})
		}
	}
	say("hub.next", text.Args{"Serve": "doppelpass serve --hub " + address.As(cmp.Or(server, usualServer)).String()})
	_, err = fmt.Fprint(r.Output, out.String())
	return err
}

func indented(sql string) string {
	return "  " + strings.ReplaceAll(strings.TrimSuffix(sql, "\n"), "\n", "\n  ")
}

// hubCheck compares hub and data.
func (r *run) hubCheck(ctx context.Context, args []string) (err error) {
	ctx, stop := r.stoppable(ctx)
	defer stop()
	s, err := r.changing()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.close(s)) }()
	replica, is, err := s.Replica()
	if err != nil || !is || replica.Hub == "" {
		if err == nil {
			err = plainError{r.t("hub.none", text.Args{"Path": s.Path()}), codeFailed}
		}
		return err
	}
	given := replica.Server
	if len(args) > 0 {
		given = args[0]
	}
	address, err := r.hubAddress(given)
	if err != nil {
		return err
	}
	if r.Session == nil || r.Session.Hub == nil { // nobody brings both together meanwhile
		member := hub.NewMember(s, address, r.Now)
		if err := errors.Join(member.Meet(ctx), member.Close()); err != nil && !errors.As(err, &hub.RoleWrong{}) {
			return r.awaySentence(ctx, err, address)
		}
	}
	checked, err := hub.Check(ctx, address, s)
	if err != nil {
		return r.awaySentence(ctx, err, address)
	}
	p := r.words()
	g := grid{}
	for _, t := range checked.Tables {
		found := p.T("hub.check.same")
		if t.Differ > 0 || t.Here != t.Hub {
			found = p.T("hub.check.differ", text.Args{"Hub": p.Int(t.Hub), "Differ": p.Int(t.Differ)})
		}
		if t.Here+t.Hub > 0 {
			g.add(p.T("table."+string(t.Table)), p.Int(t.Here), found)
		}
	}
	found := p.T("hub.check.same")
	if checked.StepsDiffer > 0 {
		found = p.T("hub.check.steps", text.Args{"Differ": p.Int(checked.StepsDiffer)})
	}
	g.add(p.T("command.info.steps"), p.Int(checked.Steps), found)
	var b strings.Builder
	g.write(&b, "", g.widths(nil))
	if _, err := fmt.Fprint(r.Output, b.String()); err != nil {
		return err
	}
	told := text.Args{"Hub": address.String(), "Path": s.Path(), "Step": p.Int(int(checked.Number))}
	if !checked.Same() {
		return plainError{p.T("hub.check.wrong", told), codeFailed}
	}
	_, err = fmt.Fprintln(r.Output, p.T("hub.check.right", told))
	return err
}

// hubSentence says why a hub is not to be worked with.
func (r *run) hubSentence(ctx context.Context, err error, address hub.Address) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	args := text.Args{"Hub": address.String(), "Role": address.User(), "Path": r.path()}
	var (
		wrong  hub.RoleWrong
		lost   hub.Lost
		early  hub.Early
		form   hub.OtherForm
		away   hub.Away
		behind hub.Behind
	)
	key := ""
	switch {
	case errors.As(err, &wrong):
		args["Role"], args["Tables"], args["SQL"] = wrong.Role, strings.Join(wrong.Tables, ", "), indented(wrong.SQL)
		key = "hub.wrong." + string(wrong.Reason)
	case errors.As(err, &hub.Other{}):
		key = "hub.other"
	case errors.As(err, &lost):
		args["Has"], args["Here"] = r.words().Int(int(lost.Has)), r.words().Int(int(lost.Here))
		key = "hub.lost"
	case errors.As(err, &early):
		args["Here"], args["Began"] = r.words().Int(int(early.Here)), r.words().Int(int(early.Began))
		key = "hub.early"
	case errors.As(err, &hub.NewerHub{}), errors.As(err, &form) && form.Newer:
		key = "hub.newer"
	case errors.As(err, &hub.OlderHub{}), errors.As(err, &form):
		key = "hub.older"
	case errors.Is(err, hub.ErrNoHub):
		key = "hub.not-laid-out"
	case errors.Is(err, hub.ErrNoCopy):
		key = "hub.no-copy"
	case errors.Is(err, hub.ErrDrifted), errors.As(err, &store.Gap{}):
		key = "hub.drifted"
	case errors.As(err, &behind):
		args["Waiting"] = r.words().N("laptop.waiting", behind.Waiting)
		args["Has"], args["Here"] = r.words().Int(int(behind.Hub)), r.words().Int(int(behind.Here))
		key = "hub.behind"
	case errors.Is(err, store.ErrWaiting):
		key = "hub.busy"
	case errors.As(err, &away):
		key = "hub.away." + string(away.Why())
		args["Detail"], _ = hub.Said(away.Err)
	default:
		said, is := hub.Said(err)
		if !is {
			return err
		}
		key, args["Detail"] = "hub.said", said
	}
	return plainError{r.t(key, args), codeFailed}
}

// awaySentence is hubSentence where there is data that others change meanwhile.
func (r *run) awaySentence(ctx context.Context, err error, address hub.Address) error {
	said := r.hubSentence(ctx, err, address)
	var plain plainError
	if errors.As(err, &hub.Away{}) && errors.As(said, &plain) {
		return plainError{plain.sentence + " " + r.t("hub.waits.safe"), plain.code}
	}
	return said
}

// hubStore sees to it that a server with a hub has a store: what is not there yet is made of
// the hub's copy.
func (r *run) hubStore(ctx context.Context, address hub.Address) error {
	path := r.path()
	if _, err := os.Stat(path); err == nil {
		s, err := store.Open(path, store.Options{ReadOnly: true, Now: r.Now})
		if err != nil {
			return nil // whoever opens it for good says so
		}
		_, is, err := s.Replica()
		info, failed := s.Info()
		if err := errors.Join(err, failed, s.Close()); err != nil {
			return err
		}
		switch {
		case is:
			return nil
		case info.Steps > 0:
			return plainError{r.t("hub.own-data", text.Args{"Path": path, "Hub": address.String()}), codeFailed}
		}
		if err := os.Remove(path); err != nil { // what an app that was opened once has left
			return err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := hub.Fetch(ctx, address, path, store.Options{Now: r.Now}); err != nil {
		return r.hubSentence(ctx, err, address)
	}
	return nil
}

// hubReplica refuses to serve what is not the hub's, and what is a hub's without it.
func (r *run) hubReplica(s *store.Store, address *hub.Address) error {
	replica, is, err := s.Replica()
	args := text.Args{"Server": replica.Server, "Path": s.Path()}
	switch {
	case err != nil:
		return err
	case is && replica.Hub == "":
		return plainError{r.t("laptop.serves", args), codeFailed}
	case is && address == nil:
		return plainError{r.t("hub.say", args), codeFailed}
	case !is && address != nil:
		return plainError{r.t("hub.own-data", text.Args{"Path": s.Path(), "Hub": address.String()}), codeFailed}
	case is && replica.Server != address.String():
		return s.Moved(address.String())
	}
	return nil
}

// atHub begins a server's stay at its hub, until the returned function is called. A hub that
// does not answer holds nobody up; one that will not have the server does.
func (r *run) atHub(ctx context.Context, s *store.Store, address hub.Address, say func(string)) (member *hub.Member, part func(), err error) {
	member = hub.NewMember(s, address, r.Now)
	if err := member.Meet(ctx); err != nil && hub.Shut(err) {
		return nil, nil, errors.Join(r.hubSentence(ctx, err, address), member.Close())
	}
	s.SetHome(member)
	r.words() // made before two speak at once
	ctx, end := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { member.Run(ctx) })
	running.Go(func() {
		live := false
		tell := func() {
			state := member.State()
			switch {
			case state.Live && !live:
				say(r.t("hub.log.live", text.Args{"Hub": address.String(), "Step": r.words().Int(int(state.Number))}))
			case !state.Live && state.Err != nil:
				why := r.awaySentence(ctx, state.Err, address)
				var plain plainError
				if errors.As(why, &plain) {
					say(plain.sentence)
				} else if ctx.Err() == nil {
					say(r.t("hub.said", text.Args{"Hub": address.String(), "Detail": why.Error()}))
				}
			}
			live = state.Live
		}
		news := member.Follow(ctx)
		tell()
		for range news {
			tell()
		}
	})
	return member, func() { end(); s.SetHome(nil); running.Wait() }, nil
}

// syncHub brings a server and its hub together, where the server runs.
func (r *run) syncHub(ctx context.Context, s *store.Store, replica store.Replica) error {
	if r.Session == nil || r.Session.Hub == nil {
		return plainError{r.t("hub.sync", text.Args{"Server": replica.Server}), codeFailed}
	}
	if err := r.Session.Hub.Meet(ctx); err != nil {
		address, failed := hub.ParseAddress(replica.Server)
		if failed != nil {
			return err
		}
		return r.awaySentence(ctx, err, address)
	}
	place, err := s.Place()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(r.Output, r.t("hub.synced", text.Args{"Hub": replica.Server, "Step": r.words().Int(int(place.Number))}))
	return err
}

// hubOf is the server at its hub, for those who join it; nil: there is none.
func (r *run) hubOf() *hub.Member {
	if r.member == nil {
		return nil
	}
	return r.member.Load()
}

// idleHub tells the app of a hub with which nobody brings the store together.
type idleHub struct{ *store.Store }

// State is how it stands.
func (h idleHub) State() laptop.State {
	place, _ := h.Place()
	return laptop.State{Hub: true, Waiting: place.Waiting}
}

// Follow tells nothing.
func (idleHub) Follow(ctx context.Context) <-chan struct{} {
	news := make(chan struct{})
	context.AfterFunc(ctx, func() { close(news) })
	return news
}

// hubLink tells the app of a hub as of a laptop's server.
type hubLink struct{ *hub.Member }

// State is how it stands.
func (l hubLink) State() laptop.State {
	if l.Live() { // a thousand sessions ask at every change
		return laptop.State{Hub: true, Live: true}
	}
	s := l.Member.State()
	return laptop.State{Server: s.Address, Hub: true, Live: s.Live, Since: s.Since, Waiting: s.Waiting, Err: s.Err}
}
