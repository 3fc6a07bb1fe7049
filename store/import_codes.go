package store

// The codes of all accounts and their numbers, for files of which each of a million rows
// names one: packed, since a map of as many strings takes several times the room, and the
// time to fill it.

import (
	"encoding/binary"
	"hash/maphash"
	"unsafe"
)

// accountCodes finds the numbers of accounts by their codes, and the codes by the numbers.
// It is a table with open addressing (Knuth, The Art of Computer Programming, volume 3,
// section 6.4, algorithm L), in which a code of up to eight bytes is found without a look
// elsewhere in memory.
type accountCodes struct {
	slots  []codeSlot // a power of two; at most half of them are taken
	taken  int
	seed   maphash.Seed
	long   []string // codes that fit no slot
	names  []string // by number, as far as numbers were told in their order; "" where there is none
	memory arena
}

// codeSlot is a code and its number.
type codeSlot struct {
	word   uint64 // the bytes of a short code, the hash of a long one
	number accountNumber
	form   uint32 // 0: free; the length of a short code; firstLong and its place among the long ones
}

const (
	shortCode = 8 // bytes
	firstLong = shortCode + 1
)

// newAccountCodes makes room for so many codes.
func newAccountCodes(codes int) *accountCodes {
	c := &accountCodes{seed: maphash.MakeSeed(), names: make([]string, 0, codes+1)}
	size := 64
	for size < 2*codes {
		size *= 2
	}
	c.slots = make([]codeSlot, size)
	return c
}

// slot is where a code stands, or would.
func (c *accountCodes) slot(code string) (at *codeSlot, as codeSlot) {
	hash := maphash.String(c.seed, code)
	if as.word = hash; len(code) <= shortCode {
		var bytes [shortCode]byte
		copy(bytes[:], code)
		as.word, as.form = binary.LittleEndian.Uint64(bytes[:]), uint32(len(code))
	}
	for i := hash; ; i++ {
		at = &c.slots[i&uint64(len(c.slots)-1)]
		switch {
		case at.form == 0:
			return at, as
		case at.word != as.word:
		case at.form == as.form, as.form == 0 && at.form >= firstLong && c.long[at.form-firstLong] == code:
			return at, as
		}
	}
}

// number is an account's number; false where no account has the code.
func (c *accountCodes) number(code string) (n accountNumber, known bool) {
	if code == "" {
		return 0, false
	}
	at, _ := c.slot(code)
	return at.number, at.form != 0
}

// put gives a code, which is kept, a number. No code is empty.
func (c *accountCodes) put(code string, n accountNumber) {
	if 2*(c.taken+1) > len(c.slots) {
		c.grow()
	}
	at, as := c.slot(code)
	if at.form == 0 {
		if c.taken++; as.form == 0 {
			as.form = firstLong + uint32(len(c.long))
			c.long = append(c.long, code)
		}
		*at = as
	}
	at.number = n
}

// see gives a code that was not put before the next number, and keeps a copy of it.
func (c *accountCodes) see(code string) accountNumber {
	if at, _ := c.slot(code); at.form != 0 {
		return at.number
	}
	if len(code) > shortCode {
		kept := c.memory.copy([]byte(code))
		code = unsafe.String(unsafe.SliceData(kept), len(kept))
	}
	n := accountNumber(c.taken + 1)
	c.put(code, n)
	return n
}

func (c *accountCodes) grow() {
	before := c.slots
	c.slots = make([]codeSlot, 2*len(before))
	for _, s := range before {
		switch {
		case s.form == 0:
		case s.form < firstLong:
			bytes := binary.LittleEndian.AppendUint64(nil, s.word)
			at, _ := c.slot(string(bytes[:s.form]))
			*at = s
		default:
			at, _ := c.slot(c.long[s.form-firstLong])
			*at = s
		}
	}
}

// tell takes in an account of the store by the entry that says its number.
func (c *accountCodes) tell(code []byte, n accountNumber) {
	kept := c.memory.copy(code)
	text := unsafe.String(unsafe.SliceData(kept), len(kept)) // nobody changes it any more
	c.put(text, n)
	if int(n) >= len(c.names) && int(n) < cap(c.names) {
		c.names = c.names[:n+1]
	}
	if int(n) < len(c.names) {
		c.names[n] = text
	}
}

// code is an account's code by its number; "" where that is not known.
func (c *accountCodes) code(n accountNumber) string {
	if c == nil || int(n) >= len(c.names) {
		return ""
	}
	return c.names[n]
}
