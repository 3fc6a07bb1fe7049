package kit

// The clipboard: the machine's own where the session runs on the person's machine,
// else the terminal's (OSC 52), which reaches through SSH.

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"github.com/atotto/clipboard"
	"github.com/aymanbagabas/go-osc52/v2"
	tea "github.com/charmbracelet/bubbletea"
)

// Copied reports what became of a copy; the root says it in the status line.
type Copied struct {
	Text string
	Sent bool // to the terminal, which does not say whether it took it
	Err  error
}

var errNoClipboard = errors.New("no clipboard: neither the system nor the terminal offers one")

// Remote says that the session's person sits elsewhere: the machine's own
// clipboard is then not theirs.
func (l *Look) Remote() bool { return l.remote }

// SetRemote marks a session over the network.
func (l *Look) SetRemote(remote bool) { l.remote = remote }

// SetGetenv says what the environment of the session's person is; without it, that of
// the process.
func (l *Look) SetGetenv(getenv func(string) string) { l.getenv = getenv }

// Copy puts text into the clipboard and answers with Copied. The terminal's
// sequence is written to Look.Output in one Write, between two frames: hand the
// same Output to tea.WithOutput (terminal.Screen) so that it cannot land inside one.
func (l *Look) Copy(text string) tea.Cmd {
	output, remote, getenv := l.Output, l.remote, l.getenv
	return func() tea.Msg {
		if !remote && !clipboard.Unsupported && getenv("SSH_TTY") == "" {
			if err := clipboard.WriteAll(text); err == nil {
				return Copied{Text: text}
			}
		}
		if output == nil {
			return Copied{Text: text, Err: errNoClipboard}
		}
		sequence := osc52.New(text)
		switch {
		case remote:
		case getenv("TMUX") != "":
			// tmux hands it on itself where it may (-w), and keeps it for its own paste.
			load := exec.Command("tmux", "load-buffer", "-w", "-")
			load.Env = append(os.Environ(), "TMUX="+getenv("TMUX"))
			load.Stdin = strings.NewReader(text)
			if load.Run() == nil {
				return Copied{Text: text, Sent: true}
			}
			sequence = sequence.Tmux()
		case getenv("STY") != "":
			sequence = sequence.Screen()
		}
		if _, err := io.WriteString(output, sequence.String()); err != nil {
			return Copied{Text: text, Err: fmt.Errorf("writing to the terminal's clipboard: %w", err)}
		}
		return Copied{Text: text, Sent: true}
	}
}
