package command

// The team's server: sales and marketing at their own desks, on one store.

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"github.com/spf13/cobra"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/hub"
	"doppelpass/ui/laptop"
	"doppelpass/ui/serve"
	"doppelpass/ui/text"
)

func (r *run) serveCommand() *cobra.Command {
	var listen, given string
	c := &cobra.Command{
		Use: "serve", Short: "serve.short", Long: "serve.long", Args: r.noArgs,
		Example: "  doppelpass people add Kim --role lead --key ~/.ssh/id_ed25519.pub\n  doppelpass serve --listen 0.0.0.0:2022\n  ssh -p 2022 HOST\n  ssh -p 2022 HOST signals --json",
		RunE:    func(c *cobra.Command, _ []string) error { return r.serve(c, listen, given) },
	}
	c.Flags().StringVar(&listen, "listen", "127.0.0.1:2022", "serve.flag.listen")
	c.Flags().StringVar(&given, "hub", "", "serve.flag.hub")
	return c
}

func (r *run) serve(c *cobra.Command, listen, given string) error {
	if r.Session != nil {
		return plainError{r.t("serve.not-joined"), codeUsage}
	}
	if !namesAPort(listen) {
		return r.cannotListen(listen, nil)
	}
	ctx, stop := r.stoppable(c.Context())
	defer stop()
	var at *hub.Address
	if given != "" {
		address, err := r.hubAddress(given)
		if err != nil {
			return err
		}
		at = &address
		if err := r.hubStore(ctx, address); err != nil {
			return err
		}
	}
	s, err := r.changing()
	if err != nil {
		return err
	}
	if err := r.hubReplica(s, at); err != nil {
		return errors.Join(err, r.close(s))
	}
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return errors.Join(r.cannotListen(listen, err), r.close(s))
	}
	var speaking sync.Mutex
	say := func(sentence string) {
		speaking.Lock()
		defer speaking.Unlock()
		fmt.Fprintln(r.Errors, sentence)
	}
	tell := func(sentence string) { say(r.Now().Format("15:04:05 ") + sentence) }
	server := &serve.Server{
		Store: s, HostKey: beside(s.Path(), ".host-key"), Language: r.language, Run: r.guest(s), Version: version(),
		Told: tell,
	}
	if at != nil {
		member, part, err := r.atHub(ctx, s, *at, tell)
		if err != nil {
			return errors.Join(err, listener.Close(), r.close(s))
		}
		defer part()
		server.Hub = member
		r.member.Store(member)
	}
	err = server.Serve(ctx, listener, func(fingerprint string) {
		bound := listener.Addr()
		say(r.t("serve.ready", text.Args{"Address": bound.String(), "Line": r.wayHere(listen, bound), "Path": s.Path(), "Key": fingerprint}))
		if r.nobodyHasAKey(s) {
			say(r.t("serve.nobody", text.Args{"Path": s.Path()}))
		}
	})
	var open serve.OpenKey
	if errors.As(err, &open) {
		err = plainError{r.t("serve.open-key", text.Args{"Path": open.Path}), codeFailed}
	}
	return errors.Join(err, r.close(s))
}

// namesAPort reports that a text is an address, or none, and the number of a port.
func namesAPort(listen string) bool {
	_, port, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return err == nil
}

// What Windows says of an address that is in use, and of one that one may not have.
const (
	inUseOnWindows     = syscall.Errno(10048)
	forbiddenOnWindows = syscall.Errno(10013)
)

// cannotListen says why nobody can be answered on an address, and on which one they could.
func (r *run) cannotListen(listen string, err error) error {
	if bracketed := inBrackets(listen); bracketed != "" {
		return plainError{r.t("serve.brackets", text.Args{"Address": listen, "Right": bracketed}), codeFailed}
	}
	args := text.Args{"Address": listen}
	if host, port, err := net.SplitHostPort(listen); err == nil {
		args["Other"] = net.JoinHostPort(host, "2022")
		if n, err := strconv.Atoi(port); err == nil && n >= 1024 && n < 65535 {
			args["Other"] = net.JoinHostPort(host, strconv.Itoa(n+1))
		}
	}
	switch {
	case err == nil:
		return usageError{r.t("serve.listen.form", args)}
	case errors.Is(err, syscall.EADDRINUSE), errors.Is(err, inUseOnWindows) && runtime.GOOS == "windows":
		return plainError{r.t("serve.listen.in-use", args), codeFailed}
	case errors.Is(err, fs.ErrPermission), errors.Is(err, forbiddenOnWindows) && runtime.GOOS == "windows":
		return plainError{r.t("serve.listen.permission", args), codeFailed}
	}
	return plainError{r.t("serve.listen.not-here", args), codeFailed}
}

// wayHere is what people type to come to a server: by the name or address that it answers
// on, where that is one that others can use.
func (r *run) wayHere(listen string, at net.Addr) string {
	host, _, _ := net.SplitHostPort(listen)
	_, port, _ := net.SplitHostPort(at.String())
	ip, err := netip.ParseAddr(host)
	if host == "" || err == nil && (ip.IsUnspecified() || ip.Zone() != "") { // a zone is this machine's own
		host = r.t("serve.stranger.host")
	}
	return laptop.Address{Host: host, Port: port}.Line()
}

// inBrackets is an IPv6 address and a port as they have to stand, where somebody has left
// the brackets out; "" for anything else.
func inBrackets(listen string) string {
	i := strings.LastIndexByte(listen, ':')
	if i < 0 || strings.HasPrefix(listen, "[") {
		return ""
	}
	host, port := listen[:i], listen[i+1:]
	if ip, err := netip.ParseAddr(listen); err == nil && ip.Is6() && len(port) < 4 {
		host, port = listen, "2022"
	}
	if ip, err := netip.ParseAddr(host); err != nil || !ip.Is6() {
		return ""
	}
	return net.JoinHostPort(host, port)
}

// beside is a file beside the data.
func beside(path, ending string) string {
	return strings.TrimSuffix(path, filepath.Ext(path)) + ending
}

// nobodyHasAKey reports that nobody could come in.
func (r *run) nobodyHasAKey(s *store.Store) (nobody bool) {
	live, err := s.Live()
	if err != nil {
		return false
	}
	nobody = true
	live.Read(func(book *model.Book) {
		for _, p := range book.People() {
			nobody = nobody && (p.Inactive || len(p.Keys) == 0)
		}
	})
	return nobody
}

// guest runs the program for people who come over the line. Their settings lie beside the
// data, a file each.
func (r *run) guest(s *store.Store) func(*serve.Guest) (int, func() int) {
	settings := beside(s.Path(), ".people")
	return func(g *serve.Guest) (code int, app func() int) {
		getenv := func(name string) string {
			if name == "DOPPELPASS_OSRM" { // the server's own
				return r.Getenv(name)
			}
			return g.Getenv(name)
		}
		args := g.Args
		if r.today != "" { // the server's day, unless they say another
			args = append([]string{"--today=" + r.today}, args...)
		}
		code = Execute(args, Environment{
			Input: g.Input, Output: g.Output, Errors: g.Errors, Getenv: getenv, Now: r.Now, App: r.App, User: g.Person.Name,
			Config: filepath.Join(settings, g.Person.Code),
			Session: &Session{
				Context: g.Context, Store: s, Hub: r.hubOf(), Actor: g.Person.Actor("ssh"), Remote: true,
				Terminal: Streams{Input: g.Terminal, Output: g.Terminal, Errors: g.Terminal},
				Width:    g.Width, Height: g.Height, Hear: g.Hear, Screen: g.Screen,
				Later: &app,
			},
		})
		return code, app
	}
}
