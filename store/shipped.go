package store

// Steps as they are sent from one store to another: the entry, and what the step changed.

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"doppelpass/model"
)

// ErrNotAStep says that bytes are no step that this program could have sent.
var ErrNotAStep = errors.New("these bytes are no step")

// shipped is an entry as it is sent. Said are edits one behind the other: a program that does
// not know of it leaves it out.
type shipped struct {
	Entry
	Said []byte `json:"said,omitempty"`
}

// AppendStep appends a step as ReadStep reads it.
func AppendStep(out []byte, s Step) ([]byte, error) {
	sent := shipped{Entry: s.Entry}
	for _, e := range s.Said {
		sent.Said = appendEdit(sent.Said, e)
	}
	entry, err := json.Marshal(sent)
	if err != nil {
		return out, fmt.Errorf("telling step %d: %w", s.Step, err)
	}
	out = appendBytes(out, entry)
	out = binary.AppendUvarint(out, uint64(len(s.Edits)))
	for _, e := range s.Edits {
		out = appendEdit(out, e)
	}
	return out, nil
}

// ReadStep takes a step from the front of in, and returns what is left. The step shares
// in's memory. Errors: ErrNotAStep.
func ReadStep(in string) (s Step, rest string, err error) {
	c := codec{reading: true, in: in}
	var entry string
	text(&c, &entry)
	count := c.readUint()
	if c.err != nil || count > uint64(len(c.in)) { // each takes more than a byte
		return s, "", ErrNotAStep
	}
	var sent shipped
	if err := json.Unmarshal([]byte(entry), &sent); err != nil {
		return s, "", fmt.Errorf("%w: %w", ErrNotAStep, err)
	}
	s.Entry = sent.Entry
	for said := (codec{reading: true, in: string(sent.Said)}); said.in != ""; {
		e, err := said.sentEdit()
		if err != nil {
			return s, "", err
		}
		s.Said = append(s.Said, e)
	}
	for range count {
		e, err := c.sentEdit()
		if err != nil {
			return s, "", err
		}
		s.Edits = append(s.Edits, e)
	}
	return s, c.in, nil
}

func (c *codec) sentEdit() (e model.Edit, err error) {
	if e = c.edit(); c.err != nil {
		return e, fmt.Errorf("%w: %w", ErrNotAStep, c.err)
	}
	if e.Before != nil && e.After != nil && e.Before.Key().Table != e.After.Key().Table {
		return e, ErrNotAStep
	}
	return e, nil
}

// Form says how this program writes steps: two programs that write them alike can send
// them to each other. Later programs have higher numbers.
func Form() (schema uint32, fields int) {
	for i := range storedTables {
		fields += 1 + len(model.Describe(storedTables[i].table).Fields())
	}
	return schemaVersion, fields
}
