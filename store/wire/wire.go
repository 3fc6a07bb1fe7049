// Package wire is how a laptop and its team's server tell each other steps: over one line
// that carries bytes both ways, in order and unaltered, and may break at any of them. Over
// the network that is a subsystem of SSH (Subsystem), which says who somebody is; here is
// neither network nor key.
//
// # What goes over the line
//
// Frames: a byte that says what it is, a byte that is 1 where the message goes on in the
// next frame, the length in four bytes (big-endian, at most 256 kB) and so many bytes. The
// laptop asks, the server answers, one after the other; Sorry may stand in place of any
// answer and ends the line.
//
//	laptop                                server
//	Hello   who it is, what it has   →    Welcome  who the person is there, the last number
//	Ask     steps above a number     →    Steps    the next steps, and the deletion book
//	                                               where the laptop knows less of it
//	Offer   its own next steps       →    Verdicts a number for each, or why not
//	Wait    a number                 →    Number   the last number, as soon as it is higher,
//	                                               or after some seconds anyway
//	Copy    which, from which byte   →    Making   how much of it is done, again and again
//	                                               until it is there, then
//	                                      Head     what it is, then Bytes to its end
//
// Hello, Welcome, Ask, Wait, Number, Copy, Making, Head, Verdicts and Sorry are JSON, in which
// whoever reads leaves out what they do not know. Steps and Offer are one stream of zstd: a
// header as JSON behind its length, then steps as store.AppendStep writes them. While the
// server waits, the laptop may ask the next thing: the answer to Wait comes first, at once.
//
// # What each side promises
//
// The server gives numbers, each one once, in one order, without a gap, and only in the
// transaction that writes the step: who was told a number finds the step there for good. It
// merges nothing. A step that rests on what others have changed meanwhile is refused as
// behind, with all that follow it in the offer. A step whose identity it has numbered
// already gets that number again, so that a lost answer may be asked for again. Rights are
// those of the key that came over the line, as they are now, at each step: what the laptop
// says of the actor counts for nothing. It sends nothing to a key that was taken away, from
// the next answer on.
//
// The laptop never offers before it has all steps up to the server's last. It takes its own
// that wait off, writes the server's and lays its own on top again, in one transaction
// (store.Received): killed at any point, it has done all of that or nothing. A step waits
// until the laptop has it back from the server under its number; only then it is sent. What
// does not stand of it any more lies aside, for whoever wrote it.
//
// Where others had done already what a step that waits does, the step keeps that its author
// has done so, too (store.Step.Said), also under its number: whoever takes theirs back takes
// back only their own word, and who changes it without having known is told to both. A step
// that takes back another one that waits takes back what is left of that.
//
// Whom the server has erased the laptop forgets before it writes anything that the server
// tells it, and it offers nothing while it knows fewer lines of the deletion book.
//
// A copy is the server's file as of a number, without what was deleted, as one stream of
// zstd. It has a name; who lost the line in the middle asks for the rest by it. Where the
// server has that copy no longer it offers another one, from its first byte. Who leaves while
// it is being made finds it when they come again.
//
// # Servers with a hub
//
// Several servers may give numbers of one order, which has its home in a hub then (package
// hub): a laptop may come to any of them, and finds the same steps under the same numbers. A
// server that knows fewer steps than a laptop takes what the hub has before it says Welcome.
// While the hub is away, Sorry says so in answer to an offer, and to a laptop that knows more
// than the server; everything else goes on.
//
// # Versions
//
// Hello, Welcome and Sorry, and the frames, stay as they are in every version. Since protocol 3
// steps say what others had done already; a program of before would take it back with theirs.
// Both tell the protocol and the form in which they write steps (store.Form); where these
// differ, the server says Sorry with which of the two has to be brought up to date. Nothing was
// written then.
package wire

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"

	"doppelpass/model"
	"doppelpass/store"
)

// Subsystem is the name by which SSH asks for this protocol.
const Subsystem = "doppelpass-sync"

// Protocol is the number of this protocol. It changes whenever a message does.
const Protocol = 3

// Kind is what a message is.
type kind byte

const (
	kindHello kind = iota + 1
	kindWelcome
	kindSorry
	kindAsk
	kindSteps
	kindOffer
	kindVerdicts
	kindWait
	kindNumber
	kindCopy
	kindHead
	kindBytes
	kindMaking
)

// The bounds of what is taken from a line.
const (
	frameHeader = 6
	mostFrame   = 256 << 10 // bytes of a frame
	mostMessage = 128 << 20 // of all frames of a message
	mostPlain   = 1 << 30   // of a message once it is unpacked
)

// ErrFrame says that what comes over the line is not this protocol.
var ErrFrame = errors.New("the line does not speak this program's language")

// Hello is what a laptop begins with.
type Hello struct {
	Protocol int    `json:"protocol"`
	Schema   uint32 `json:"schema"`
	Fields   int    `json:"fields"`
	Program  string `json:"program"`
	Device   string `json:"device,omitempty"`
	// New says that it has nothing yet. Otherwise it stands at a number, of the step with
	// an identity.
	New    bool         `json:"new,omitempty"`
	Number uint64       `json:"number,omitempty"`
	ID     model.StepID `json:"id,omitempty"`
}

// Welcome is the answer.
type Welcome struct {
	Protocol int        `json:"protocol"`
	Program  string     `json:"program"`
	Number   uint64     `json:"number"` // the server's last
	Person   string     `json:"as"`     // code
	Name     string     `json:"name"`
	Role     model.Role `json:"role"`
	Numbers  []byte     `json:"numbers,omitempty"` // key of the hashes of opt-outs' numbers
}

// Sorry ends a line: the server says no more.
type Sorry struct {
	Code    string `json:"code"`
	Program string `json:"program,omitempty"` // the server's version
	Detail  string `json:"detail,omitempty"`
}

// The reasons.
const (
	SorryLaptopOld = "laptop-old" // the laptop's program is older than the server's
	SorryServerOld = "server-old" // the server's is
	SorryOther     = "other"      // the laptop's data are not from this server
	SorryLost      = "lost"       // the server's data are older than the laptop's: a backup was put back
	SorryRevoked   = "revoked"    // the key is let in no more
	SorryAsked     = "asked"      // what was asked is not of this protocol
	SorryFault     = "fault"      // the server could not
	SorryEnding    = "ending"     // the server ends
	SorryHub       = "hub"        // the hub, which gives the server's steps their numbers, is away
)

// Error implements error.
func (s Sorry) Error() string { return "the server says no more: " + s.Code + " " + s.Detail }

type ask struct {
	Number   uint64 `json:"number"`
	Erasures int    `json:"erasures"`
}

type wait struct {
	Number uint64 `json:"number"`
}

// stepsHeader is in front of steps, of both directions.
type stepsHeader struct {
	Last     uint64       `json:"last,omitempty"`     // the server's last number
	Seen     uint64       `json:"seen,omitempty"`     // of an offer
	Known    int          `json:"known,omitempty"`    // of an offer: lines of the deletion book
	Count    int          `json:"count"`              // of steps
	Erasures []erasedLine `json:"erasures,omitempty"` // the server's deletion book, where the laptop knows less
}

// erasedLine is a line of the deletion book.
type erasedLine struct {
	ID      model.RowID       `json:"id"`
	Date    model.Date        `json:"date"`
	Kind    model.ErasureKind `json:"kind"`
	Account string            `json:"account,omitempty"`
	Names   []string          `json:"names,omitempty"`
	Secret  string            `json:"secret"`
	By      string            `json:"erased_by,omitempty"`
}

type verdicts struct {
	Verdicts []store.Verdict `json:"verdicts"`
}

type copyAsked struct {
	ID   string `json:"id,omitempty"`
	From int64  `json:"from,omitempty"`
}

// making says how much of a copy is done, in bytes of the work on it.
type making struct {
	Done int64 `json:"done"`
	Of   int64 `json:"of"`
}

// head says which copy follows, and from which byte.
type head struct {
	ID   string `json:"id"`
	Size int64  `json:"size"` // of the stream, in bytes
	From int64  `json:"from"`
}

// frames is one end of a line.
type frames struct {
	io.ReadWriteCloser
	writing sync.Mutex
}

// send writes a message.
func (f *frames) send(k kind, body []byte) error {
	f.writing.Lock()
	defer f.writing.Unlock()
	for {
		n := min(len(body), mostFrame)
		frame := make([]byte, frameHeader, frameHeader+n)
		frame[0] = byte(k)
		if n < len(body) {
			frame[1] = 1
		}
		binary.BigEndian.PutUint32(frame[2:], uint32(n))
		if _, err := f.Write(append(frame, body[:n]...)); err != nil {
			return err
		}
		if body = body[n:]; len(body) == 0 {
			return nil
		}
	}
}

// tell writes a message that is JSON.
func (f *frames) tell(k kind, message any) error {
	body, err := json.Marshal(message)
	if err != nil {
		return err
	}
	return f.send(k, body)
}

// receive reads a message.
func (f *frames) receive() (k kind, body []byte, err error) {
	for {
		var header [frameHeader]byte
		if _, err := io.ReadFull(f, header[:]); err != nil {
			return 0, nil, err
		}
		n := binary.BigEndian.Uint32(header[2:])
		if n > mostFrame || header[1] > 1 || k != 0 && k != kind(header[0]) || len(body)+int(n) > mostMessage {
			return 0, nil, ErrFrame
		}
		k = kind(header[0])
		at := len(body)
		body = append(body, make([]byte, n)...)
		if _, err := io.ReadFull(f, body[at:]); err != nil {
			return 0, nil, errors.Join(err, io.ErrUnexpectedEOF)
		}
		if header[1] == 0 {
			return k, body, nil
		}
	}
}

func read[T any](body []byte) (message T, err error) {
	if err := json.Unmarshal(body, &message); err != nil {
		return message, fmt.Errorf("%w: %w", ErrFrame, err)
	}
	return message, nil
}

var (
	packer   = sync.OnceValue(func() *zstd.Encoder { e, _ := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1)); return e })
	unpacker = sync.OnceValue(func() *zstd.Decoder {
		d, _ := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(mostPlain))
		return d
	})
)

// packSteps is the body of a message of steps.
func packSteps(h stepsHeader, steps []store.Step) ([]byte, error) {
	h.Count = len(steps)
	text, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	plain := append(binary.AppendUvarint(nil, uint64(len(text))), text...)
	for _, s := range steps {
		if plain, err = store.AppendStep(plain, s); err != nil {
			return nil, err
		}
	}
	if len(plain) > mostPlain {
		return nil, fmt.Errorf("%d bytes of steps are more than can be sent", len(plain))
	}
	return packer().EncodeAll(plain, nil), nil
}

// unpackSteps reads what packSteps wrote.
func unpackSteps(body []byte) (h stepsHeader, steps []store.Step, err error) {
	plain, err := unpacker().DecodeAll(body, nil)
	if err != nil {
		return h, nil, fmt.Errorf("%w: %w", ErrFrame, err)
	}
	length, n := binary.Uvarint(plain)
	if n <= 0 || length > uint64(len(plain)-n) {
		return h, nil, ErrFrame
	}
	if h, err = read[stepsHeader](plain[n : n+int(length)]); err != nil {
		return h, nil, err
	}
	rest := string(plain[n+int(length):])
	for range h.Count {
		var s store.Step
		if s, rest, err = store.ReadStep(rest); err != nil {
			return h, nil, err
		}
		steps = append(steps, s)
	}
	if rest != "" {
		return h, nil, ErrFrame
	}
	return h, steps, nil
}

func linesOf(erasures []model.Erasure) (lines []erasedLine) {
	for _, e := range erasures {
		lines = append(lines, erasedLine(e))
	}
	return lines
}

func erasuresOf(lines []erasedLine) (erasures []model.Erasure) {
	for _, l := range lines {
		erasures = append(erasures, model.Erasure(l))
	}
	return erasures
}
