package store

// How records become bytes: one version byte, then the fields in a fixed order.
// Reading and writing share one description of each record, so that they cannot
// drift apart. Strings are length and bytes, numbers are varints.

import (
	"encoding/binary"
	"errors"
	"math"

	"doppelpass/model"
)

// codecVersion is the first byte of every value. A value of another version was
// written by another program.
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
	n := uint64(*v)
	c.uint(&n)
	*v = T(n)
}

// signed codes any integer, small ones of either sign briefly.
func signed[T ~int64](c *codec, v *T) {
	n := uint64(int64(*v)<<1) ^ uint64(int64(*v)>>63)
	c.uint(&n)
	*v = T(int64(n>>1) ^ -int64(n&1))
}

// text codes a string. When reading it is a part of in and shares its memory.
func text[T ~string](c *codec, v *T) {
	if !c.reading {
		c.out = binary.AppendUvarint(c.out, uint64(len(*v)))
		c.out = append(c.out, *v...)
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
	n := uint64(len(*v))
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

func (c *codec) coordinates(v *model.Coordinates) {
	given := v.Lat != 0 || v.Lon != 0
	c.flags(&given)
	if !given {
		*v = model.Coordinates{}
		return
	}
	c.float(&v.Lat)
	c.float(&v.Lon)
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

func (c *codec) address(a *model.Address) {
	text(c, &a.Street)
	text(c, &a.Postcode)
	text(c, &a.City)
	text(c, &a.Country)
}

func (c *codec) rep(r *model.Rep) {
	c.version()
	text(c, &r.Code)
	text(c, &r.Name)
	text(c, &r.Email)
	number(c, &r.Capacity)
	c.address(&r.Home)
	c.coordinates(&r.HomeAt)
	number(c, &r.DayStart)
	number(c, &r.DayEnd)
}

func (c *codec) territory(t *model.Territory) {
	c.version()
	text(c, &t.Code)
	text(c, &t.Name)
	text(c, &t.Region)
	text(c, &t.Rep)
	texts(c, &t.Postcodes)
	text(c, &t.Marketing)
	text(c, &t.Note)
	text(c, &t.MarketingNote)
}

// account codes the code first, so that it can be read without the rest.
func (c *codec) account(a *model.Account) {
	c.version()
	text(c, &a.Code)
	text(c, &a.Name)
	text(c, &a.Territory)
	text(c, &a.Class)
	number(c, &a.Interval)
	c.flags(&a.DoNotCall, &a.Inactive)
	number(c, &a.Since)
	text(c, &a.Phone)
	text(c, &a.Consent)
	c.address(&a.Address)
	c.coordinates(&a.At)
	text(c, &a.Placed)
	text(c, &a.Email)
	number(c, &a.VisitMinutes)
	text(c, &a.Hours)
	signed(c, &a.Potential)
	text(c, &a.Note)
}

func (c *codec) campaign(m *model.Campaign) {
	c.version()
	text(c, &m.Code)
	text(c, &m.Name)
	text(c, &m.Kind)
	texts(c, &m.Territories)
	texts(c, &m.Classes)
	number(c, &m.Start)
	number(c, &m.End)
	text(c, &m.Status)
	text(c, &m.Owner)
	text(c, &m.Goal)
	text(c, &m.Note)
}

func (c *codec) planned(p *model.PlannedVisit) {
	c.version()
	text(c, &p.Rep)
	text(c, &p.Account)
	number(c, &p.Date)
	number(c, &p.Time)
	number(c, &p.Minutes)
}

// settings are coded by name, so that a setting added later reads as its default.
func (c *codec) settings(s *model.Settings) {
	c.version()
	n := uint64(len(model.SettingList))
	c.uint(&n)
	if !c.reading {
		for _, setting := range model.SettingList {
			name := setting.Name
			text(c, &name)
			number(c, setting.Value(s))
		}
		return
	}
	*s = model.DefaultSettings()
	for ; n > 0 && c.err == nil; n-- {
		var name string
		var value int
		text(c, &name)
		number(c, &value)
		for _, setting := range model.SettingList {
			if setting.Name == name {
				*setting.Value(s) = value
			}
		}
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
	c := codec{reading: true, in: string(value)}
	var record T
	fields(&c, &record)
	if c.err == nil && c.in != "" {
		c.err = errDamaged
	}
	return record, c.err
}
