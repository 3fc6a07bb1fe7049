package laptop

import (
	"errors"
	"io"
	"strings"

	"doppelpass/store"
	"doppelpass/store/wire"
	"doppelpass/ui/text"
)

// Sentence says why a laptop has not reached its server, in a person's language; false for
// what is not about the line.
func Sentence(p *text.Printer, err error, server, version string) (string, bool) {
	args := text.Args{"Server": server, "Ours": version}
	var (
		sorry  wire.Sorry
		noLine NoLine
	)
	switch {
	case errors.As(err, &sorry):
		args["Theirs"], args["Detail"] = sorry.Program, sorry.Detail
		switch sorry.Code {
		case wire.SorryLaptopOld, wire.SorryServerOld, wire.SorryOther, wire.SorryLost, wire.SorryRevoked, wire.SorryFault, wire.SorryEnding, wire.SorryHub:
			return p.T("laptop.sorry."+sorry.Code, args), true
		}
		return p.T("laptop.sorry.asked", args), true
	case errors.As(err, &NoSSH{}):
		return p.T("laptop.no-ssh"), true
	case errors.As(err, &noLine):
		args["Said"] = strings.ReplaceAll(noLine.Said, "\n", "\n  ")
		if to, err := ParseAddress(server); err == nil {
			args["Line"] = to.Line()
		}
		if noLine.Stranger() {
			return p.T("laptop.stranger", args), true
		}
		if strings.Contains(noLine.Said, "Permission denied") {
			return p.T("laptop.no-key", args), true
		}
		if noLine.Said == "" {
			return p.T("laptop.broke", args), true
		}
		return p.T("laptop.no-line", args), true
	case errors.Is(err, wire.ErrDrifted), errors.As(err, &store.Gap{}):
		return p.T("laptop.drifted", args), true
	case errors.Is(err, wire.ErrFrame), errors.Is(err, store.ErrNotAStep):
		return p.T("laptop.sorry.asked", args), true
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.ErrClosedPipe):
		return p.T("laptop.broke", args), true
	}
	return "", false
}
