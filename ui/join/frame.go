// Package join lets several processes of one person work on one store at a time. The
// process that holds the store listens on a socket beside it; each further one is a
// session of the first: it sends its arguments, its environment, the size of its
// terminal and what is typed there, and gets what its screen and its streams are to
// show. When the first ends, however it ends, the others find out at once, and one of
// them takes its place.
//
// The package knows no trade and no commands: a Host runs what it is given for each
// Call, a Seat is the person's end of the line.
package join

// Frames: what goes over the line, each a kind, a length and so many bytes.

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// protocol is the number of the language that both ends speak. It changes whenever a
// frame does.
const protocol = 1

// greeting begins a line in both directions, in every version of the program: after it
// come the protocol and the program's version.
const greeting = "doppelpass"

type kind byte

const (
	// From whoever joins.
	kindHello  kind = iota + 1 // Hello as JSON
	kindInput                  // bytes of standard input, asked for by kindWant; none: its end
	kindSize                   // columns and lines
	kindSignal                 // a Signal
	kindBack                   // the person is back after kindPause
	// From the host.
	kindWant   // so many bytes of standard input may come
	kindOutput // bytes for standard output
	kindErrors // bytes for standard error
	kindRaw    // the terminal's keys come one by one: 1 or 0
	kindPause  // the process is to stop until its shell lets it go on
	kindKept   // what the session would go on with
	kindYield  // the host lets go of the store, for whoever joins to take it
	kindStands // what an earlier run has printed stands, whatever comes
	kindExit   // the exit code
)

// most is the length of the longest frame.
const most = 4 << 20

// atOnce is how much of a stream a frame carries.
const atOnce = 32 << 10

var errFrame = errors.New("the line does not speak this program's language")

// frame is one frame as bytes.
func frame(k kind, payload []byte) []byte {
	b := make([]byte, 5, 5+len(payload))
	b[0] = byte(k)
	binary.BigEndian.PutUint32(b[1:], uint32(len(payload)))
	return append(b, payload...)
}

func number(n int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) }

func numberIn(payload []byte) int {
	if len(payload) < 4 {
		return 0
	}
	return int(int32(binary.BigEndian.Uint32(payload)))
}

// readFrame reads the next frame.
func readFrame(r io.Reader) (kind, []byte, error) {
	var head [5]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	size := binary.BigEndian.Uint32(head[1:])
	if size > most {
		return 0, nil, errFrame
	}
	payload := make([]byte, size)
	if _, err := io.ReadFull(r, payload); err != nil {
		return 0, nil, err
	}
	return kind(head[0]), payload, nil
}

// OtherProgram says that the process at the other end runs another version of the
// program.
type OtherProgram struct{ Theirs, Ours string }

// Error implements error.
func (e OtherProgram) Error() string {
	return fmt.Sprintf("the program that has the store open is %s, this one is %s", e.Theirs, e.Ours)
}

// greet says who speaks.
func greet(w io.Writer, program string) error {
	program = program[:min(len(program), 255)]
	b := append([]byte(greeting), byte(protocol>>8), byte(protocol&0xff), byte(len(program)))
	_, err := w.Write(append(b, program...))
	return err
}

// greeted reads the other end's greeting. Another version of the program is an
// OtherProgram.
func greeted(r io.Reader, ours string) error {
	head := make([]byte, len(greeting)+3)
	if _, err := io.ReadFull(r, head); err != nil {
		return err
	}
	if string(head[:len(greeting)]) != greeting {
		return errFrame
	}
	theirs := make([]byte, head[len(head)-1])
	if _, err := io.ReadFull(r, theirs); err != nil {
		return err
	}
	if version := int(head[len(greeting)])<<8 | int(head[len(greeting)+1]); version != protocol || string(theirs) != ours {
		return OtherProgram{string(theirs), ours}
	}
	return nil
}

// Hello is what a process that joins says of itself.
type Hello struct {
	Args    []string // without the program's name
	Environ []string // as os.Environ has it
	Dir     string   // the folder it works in
	// Step is the identity that the step gets which the run makes, so that it can be
	// found out later whether it was made.
	Step string
	// Again says that an earlier run may have made that step, but ended with its host;
	// Lost, that it has used up standard input.
	Again, Lost bool
	// Kept is what an earlier session of the same window would go on with; nil: it
	// begins.
	Kept     []byte
	Terminal Terminal
}

// Terminal says which streams are a terminal, and its size.
type Terminal struct {
	Input, Output, Errors bool
	Width, Height         int
}

// Signal is what the person or the system tells a process that joined.
type Signal byte

// The signals that travel.
const (
	Interrupt Signal = iota + 1
	Terminate
	HangUp
	pause // is not told: a session stops as by ctrl+z
)

// Code is the exit code that stands for a signal.
func (s Signal) Code() int {
	switch s {
	case Terminate:
		return 143
	case HangUp:
		return 129
	}
	return 130
}

func pack(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil { // nothing in a Hello can fail
		return nil
	}
	return b
}
