package store

// How values become bytes. Reading and writing share one description, so that they
// cannot drift apart. Strings are length and bytes, numbers are varints.

import (
	"encoding/binary"
	"errors"
	"math"

	"doppelpass/model"
)

// codecVersion is the first byte of the values that no description of a record
// stands behind, and of everything that schema 1 wrote.
const codecVersion = 1

// errDamaged says that bytes in the store are not what this package writes.
var errDamaged = errors.New("damaged record")

// codec either appends fields to out or takes them from in. The first damage
// sticks: later fields read as zero, and the caller asks err once at the end.
type codec struct {
	reading bool
	in      string
	out     []byte
	err     error
}

func (c *codec) fail() { c.err, c.in = errDamaged, "" }

func (c *codec) version() {
	if !c.reading {
		c.out = append(c.out, codecVersion)
		return
	}
	if c.byte() != codecVersion {
		c.fail()
	}
}

func (c *codec) byte() byte {
	if c.in == "" {
		c.fail()
		return 0
	}
	b := c.in[0]
	c.in = c.in[1:]
	return b
}

func (c *codec) uint(v *uint64) {
	if !c.reading {
		c.out = binary.AppendUvarint(c.out, *v)
		return
	}
	*v = c.readUint()
}

func (c *codec) readUint() uint64 {
	if len(c.in) > 0 && c.in[0] < 0x80 {
		b := c.in[0]
		c.in = c.in[1:]
		return uint64(b)
	}
	var v uint64
	for shift := 0; shift < 64; shift += 7 {
		if c.in == "" {
			c.fail()
			return 0
		}
		b := c.in[0]
		c.in = c.in[1:]
		v |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return v
		}
	}
	c.fail()
	return 0
}

// number codes any integer that is not negative.
func number[T ~int | ~int32 | ~uint8 | ~uint16](c *codec, v *T) {
	if c.reading {
		*v = T(c.readUint())
		return
	}
	n := uint64(*v)
	c.uint(&n)
}

// signed codes any integer, small ones of either sign briefly.
func signed[T ~int64](c *codec, v *T) {
	if c.reading {
		n := c.readUint()
		*v = T(int64(n>>1) ^ -int64(n&1))
		return
	}
	n := uint64(int64(*v)<<1) ^ uint64(int64(*v)>>63)
	c.uint(&n)
}

// text codes a string. When reading it is a part of in and shares its memory.
func text[T ~string](c *codec, v *T) {
	if !c.reading {
		c.out = binary.AppendUvarint(c.out, uint64(len(*v)))
		c.out = append(c.out, *v...)
		return
	}
	if in := c.in; len(in) > 0 && in[0] < 0x80 && int(in[0]) < len(in) { // nearly always
		n := 1 + int(in[0])
		*v, c.in = T(in[1:n]), in[n:]
		return
	}
	n := c.readUint()
	if n > uint64(len(c.in)) {
		c.fail()
		*v = ""
		return
	}
	*v, c.in = T(c.in[:n]), c.in[n:]
}

func texts[T ~string](c *codec, v *[]T) {
	n := uint64(0)
	if !c.reading {
		n = uint64(len(*v))
	}
	c.uint(&n)
	if c.reading {
		if n > uint64(len(c.in)) { // each takes at least its length's byte
			c.fail()
			n = 0
		}
		*v = nil
		if n > 0 {
			*v = make([]T, n)
		}
	}
	for i := range *v {
		text(c, &(*v)[i])
	}
}

func (c *codec) flags(flags ...*bool) {
	var b byte
	for i, flag := range flags {
		if *flag {
			b |= 1 << i
		}
	}
	if !c.reading {
		c.out = append(c.out, b)
		return
	}
	b = c.byte()
	for i, flag := range flags {
		*flag = b&(1<<i) != 0
	}
}

func (c *codec) float(v *float64) {
	if !c.reading {
		c.out = binary.LittleEndian.AppendUint64(c.out, math.Float64bits(*v))
		return
	}
	if len(c.in) < 8 {
		c.fail()
		return
	}
	var bits uint64
	for i := 7; i >= 0; i-- {
		bits = bits<<8 | uint64(c.in[i])
	}
	*v, c.in = math.Float64frombits(bits), c.in[8:]
}

// settings are coded by name, so that a setting added later reads as its default.
func (c *codec) settings(s *model.Settings) {
	c.version()
	var list []model.Named
	if !c.reading {
		list = s.Named()
	}
	n := uint64(len(list))
	c.uint(&n)
	for i := 0; i < int(n) && c.err == nil; i++ {
		if c.reading {
			list = append(list, model.Named{})
		}
		text(c, &list[i].Name)
		number(c, &list[i].Value)
	}
	if c.reading {
		*s = model.SettingsOf(list)
	}
}

// encode writes one record with its description.
func encode[T any](fields func(*codec, *T), record T) []byte {
	var c codec
	fields(&c, &record)
	return c.out
}

// decode reads one record with its description. The record owns its memory.
func decode[T any](fields func(*codec, *T), value []byte) (T, error) {
	c := codec{reading: true, in: string(copied(value))}
	var record T
	fields(&c, &record)
	if c.err == nil && c.in != "" {
		c.err = errDamaged
	}
	return record, c.err
}
