package serve

// Somebody whose key is not known here: one screen that says which it is, and which line
// lets them in. Nothing of the data is on it.

import (
	"io"
	"net"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/charmbracelet/ssh"

	"doppelpass/ui/kit"
	"doppelpass/ui/text"
)

// longestName is how many letters of a login name somebody else is asked to type.
const longestName = 40

// plainName reports whether a login name may stand in a line which somebody else types.
func plainName(name string) bool {
	at := 0
	for _, c := range name {
		if !unicode.IsLetter(c) && !unicode.IsNumber(c) && (at == 0 || !strings.ContainsRune("._-", c)) {
			return false
		}
		at++
	}
	return at > 0 && at <= longestName
}

// shownKeys is how many of the keys that were offered are shown.
const shownKeys = 5

// stranger tells who is not known what to do. On a terminal it stands until a key is
// pressed: some windows close with the connection.
func (s *Server) stranger(in ssh.Session, getenv func(string) string, at window) {
	say := text.New(text.Detect(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG")))
	keys, _ := in.Context().Value(offeredKeys{}).([]string)
	if key := in.PublicKey(); key != nil { // it was known a moment ago
		keys = []string{fingerprintOf(key)}
	}
	width := usualWidth
	if at.terminal {
		width = max(sizeOf(at.Window).Width, 20)
	}
	_, _ = io.WriteString(in.Stderr(), strangerText(say, in.User(), portOf(in.LocalAddr()), width, keys))
	s.tell("serve.log.stranger", text.Args{"Address": in.RemoteAddr().String(), "Keys": strings.Join(keys, ", ")})
	if len(keys) > 0 { // with the file, which is nobody else's business
		s.tell("serve.log.let-in", text.Args{"Line": letIn(say, in.User(), keys[0]) + " --db " + s.Store.Path()})
	}
	if at.terminal {
		_, _ = io.WriteString(in.Stderr(), "\n"+say.T("serve.stranger.leave")+"\n")
		pressed := make(chan struct{})
		go func() {
			_, _ = in.Read(make([]byte, 1))
			close(pressed)
		}()
		timer := time.NewTimer(s.Limits.Grace)
		defer timer.Stop()
		select {
		case <-pressed:
		case <-timer.C:
		case <-in.Context().Done():
		}
	}
	_ = in.Exit(1)
}

// strangerText is the screen.
func strangerText(say *text.Printer, user, port string, width int, keys []string) string {
	var b strings.Builder
	line := func(s string) { b.WriteString(strings.Join(kit.Wrap(s, width), "\n") + "\n") }
	typed := func(s string) { b.WriteString("  " + s + "\n") } // to be copied: it stays in one piece
	if len(keys) == 0 {
		line(say.T("serve.stranger.no-key"))
		line("")
		typed("ssh-keygen -t ed25519")
		return b.String()
	}
	line(say.N("serve.stranger", len(keys)))
	line("")
	for _, key := range keys[:min(len(keys), shownKeys)] {
		typed(key)
	}
	line("")
	line(say.T("serve.stranger.lead"))
	line("")
	typed(letIn(say, user, keys[0]))
	line("")
	line(say.T("serve.stranger.roles"))
	line("")
	line(say.N("serve.stranger.other", len(keys)))
	line("")
	typed("ssh -o IdentitiesOnly=yes -i ~/.ssh/" + say.T("serve.stranger.file") + " -p " + port + " " + say.T("serve.stranger.host"))
	return b.String()
}

// letIn is the line that lets somebody in.
func letIn(say *text.Printer, user, key string) string {
	name := user
	if !plainName(name) {
		name = say.T("serve.stranger.name")
	}
	return "doppelpass people add " + name + " --role sales --key " + key
}

func portOf(address net.Addr) string {
	if tcp, ok := address.(*net.TCPAddr); ok {
		return strconv.Itoa(tcp.Port)
	}
	return "2022"
}
