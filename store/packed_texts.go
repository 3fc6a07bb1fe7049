package store

// Texts that are kept as long as each other, such as what hundreds of thousands of accounts
// are called: packed, so that whoever collects memory need not look at them one by one.

import (
	"encoding/binary"
	"hash/maphash"
	"unsafe"
)

// packedTexts keeps texts one behind the other in blocks. Each begins at a multiple of
// textUnit, by which it is counted: so that a textRef reaches far.
type packedTexts struct {
	blocks [][]byte
	last   textRef // the text put last by putText
}

// textRef is the place of a text; 0: none.
type textRef uint32

const (
	textUnit   = 8       // bytes
	textBlock  = 1 << 17 // units; a longer text has a block of its own
	textBlocks = 1 << 15
)

// put keeps a copy of a text.
func (p *packedTexts) put(text []byte) textRef {
	var length [binary.MaxVarintLen64]byte
	head := length[:binary.PutUvarint(length[:], uint64(len(text)))]
	at := len(p.blocks) - 1
	if at < 0 || len(p.blocks[at])+len(head)+len(text) > textBlock*textUnit {
		if at++; at == textBlocks {
			panic(errTooMany)
		}
		block := make([]byte, textUnit) // the place 0 is none's
		if at > 0 {
			block = make([]byte, 0, max(textBlock*textUnit, len(head)+len(text)+textUnit))
		}
		p.blocks = append(p.blocks, block)
	}
	block := p.blocks[at]
	ref := textRef(at*textBlock + len(block)/textUnit)
	block = append(append(block, head...), text...)
	var rest [textUnit]byte
	p.blocks[at] = append(block, rest[:-len(block)&(textUnit-1)]...)
	return ref
}

// get is a text. Nobody may change it.
func (p *packedTexts) get(ref textRef) []byte {
	from := p.blocks[ref/textBlock][ref%textBlock*textUnit:]
	length, n := binary.Uvarint(from)
	return from[n : n+int(length) : n+int(length)]
}

// putText is put, but that a text which was the last one put so is not kept again.
func (p *packedTexts) putText(text string) textRef {
	if p.last == 0 || p.text(p.last) != text {
		p.last = p.put(unsafe.Slice(unsafe.StringData(text), len(text)))
	}
	return p.last
}

// text is a text, which stays as long as somebody has it.
func (p *packedTexts) text(ref textRef) string {
	bytes := p.get(ref)
	return unsafe.String(unsafe.SliceData(bytes), len(bytes))
}

// free lets go of memory all of whose texts were put before one, and are not needed any more.
func (p *packedTexts) free(before textRef) {
	for at := int(before/textBlock) - 1; at >= 0 && p.blocks[at] != nil; at-- {
		p.blocks[at] = nil
	}
}

// codesBy are the codes of accounts by what else they are called. It is a table with open
// addressing, as accountCodes is.
type codesBy struct {
	texts *packedTexts // several may share them; nil: nothing was put yet
	slots []codesSlot  // a power of two; at most three quarters of them are taken
	taken int
	seed  maphash.Seed
}

type codesSlot struct {
	hash uint32
	name textRef // 0: free
	code textRef // 0: several accounts are called so
}

func (c *codesBy) put(name, code string) {
	if name == "" {
		return
	}
	if c.texts == nil {
		c.texts = &packedTexts{}
	}
	if 4*(c.taken+1) > 3*len(c.slots) {
		c.grow()
	}
	at, hash := c.slot(name)
	switch {
	case at.name == 0:
		*at = codesSlot{hash: hash, name: c.texts.putText(name), code: c.texts.putText(code)}
		c.taken++
	case at.code != 0 && c.texts.text(at.code) != code:
		at.code = 0
	}
}

// one is the code of the only account of that name; "" where there is none, or where there
// are several.
func (c *codesBy) one(name string) (code string, several bool) {
	if name == "" || c.taken == 0 {
		return "", false
	}
	switch at, _ := c.slot(name); {
	case at.name == 0:
		return "", false
	case at.code == 0:
		return "", true
	default:
		return c.texts.text(at.code), false
	}
}

// slot is where a name is, or where it belongs.
func (c *codesBy) slot(name string) (at *codesSlot, hash uint32) {
	hash = uint32(maphash.String(c.seed, name))
	for n := hash; ; n++ {
		at = &c.slots[n&uint32(len(c.slots)-1)]
		if at.name == 0 || at.hash == hash && c.texts.text(at.name) == name {
			return at, hash
		}
	}
}

func (c *codesBy) grow() {
	before := c.slots
	if c.slots = make([]codesSlot, max(2*len(before), 64)); before == nil {
		c.seed = maphash.MakeSeed()
	}
	for _, s := range before {
		if s.name == 0 {
			continue
		}
		n := s.hash
		for c.slots[n&uint32(len(c.slots)-1)].name != 0 {
			n++
		}
		c.slots[n&uint32(len(c.slots)-1)] = s
	}
}
