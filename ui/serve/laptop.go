package serve

// Laptops: the subsystem over which they and the server tell each other steps.

import (
	"github.com/charmbracelet/ssh"

	"doppelpass/model"
	"doppelpass/store/wire"
	"doppelpass/ui/text"
)

// laptop is a line of somebody's laptop.
func (s *Server) laptop(in ssh.Session) {
	if !s.begin() {
		return
	}
	defer s.done()
	defer s.survive()
	one := s.seated(in)
	if one == nil {
		return
	}
	one.guest = nil
	defer s.leave(one)
	go func() { // who is told to end ends
		select {
		case <-one.tell:
			one.cancel()
		case <-one.context.Done():
		}
	}()
	who := func() (model.Person, bool) { return s.person(one.key) }
	if err := s.laptops.Answer(one.context, in, who); err != nil {
		s.tell("serve.log.laptop.fault", text.Args{"Name": one.person, "Detail": err.Error()})
		_ = in.Exit(1)
		return
	}
	_ = in.Exit(0)
}

// toldOfLaptop says what happened with a laptop.
func (s *Server) toldOfLaptop(v wire.Visit) {
	args := text.Args{"Name": v.Person, "Device": v.Device, "Number": v.Number, "Code": v.Sorry}
	switch v.Sorry {
	case "":
		s.tell("serve.log.laptop", args)
	case wire.SorryEnding:
	default:
		s.tell("serve.log.laptop.sorry", args)
	}
}
