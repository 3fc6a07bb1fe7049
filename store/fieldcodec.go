package store

// How described records become bytes: the version of the table's description, then
// its fields in their order. A value that an earlier version wrote lacks the fields
// that came later; they read as their zero. What schema 1 wrote has the version
// byte 1 and a layout of its own, see codec_schema1.go.

import (
	"fmt"

	"doppelpass/model"
)

// firstDescribed is the version byte of the first version of a description: below
// it lies schema 1's.
const firstDescribed = 2

// recordCodec packs the records of one table.
type recordCodec[R model.Record] struct {
	version byte
	steps   []fieldStep[R]
	// schema1 reads what schema 1 wrote behind the version byte; nil where it had no
	// such table.
	schema1 func(*codec, *R)
	// first reads the first firsts fields at once, for a table that every start reads
	// whole; nil for the others. It does what the steps do, only sooner.
	first  func(*codec, *R)
	firsts int
}

// fieldStep packs or unpacks one field.
type fieldStep[R any] struct {
	since byte
	code  func(*codec, *R)
}

func newRecordCodec[R model.Record](fields model.Fields[R], schema1 func(*codec, *R)) *recordCodec[R] {
	rc := &recordCodec[R]{version: firstDescribed - 1 + fields.Version(), schema1: schema1}
	for _, f := range fields {
		since := byte(firstDescribed)
		if f.Since > 1 {
			since = firstDescribed - 1 + f.Since
		}
		rc.steps = append(rc.steps, fieldStep[R]{since, fieldCoder(f)})
	}
	return rc
}

// withFirst has the first fields of the description read by a function of their own.
// They must have been there from its first version on.
func (rc *recordCodec[R]) withFirst(firsts int, first func(*codec, *R)) *recordCodec[R] {
	rc.firsts, rc.first = firsts, first
	return rc
}

// fieldCoder is how a field of its type is packed. The type is looked up once, so
// that reading many records does not.
func fieldCoder[R model.Record](f model.Field[R]) func(*codec, *R) {
	var r R
	switch f.At(&r).(type) {
	case *string:
		return func(c *codec, r *R) { text(c, f.At(r).(*string)) }
	case *model.Class:
		return func(c *codec, r *R) { text(c, f.At(r).(*model.Class)) }
	case *model.Role:
		return func(c *codec, r *R) { text(c, f.At(r).(*model.Role)) }
	case *model.Consent:
		return func(c *codec, r *R) { text(c, f.At(r).(*model.Consent)) }
	case *model.ConsentEvent:
		return func(c *codec, r *R) { text(c, f.At(r).(*model.ConsentEvent)) }
	case *model.ErasureKind:
		return func(c *codec, r *R) { text(c, f.At(r).(*model.ErasureKind)) }
	case *model.PlacedBy:
		return func(c *codec, r *R) { text(c, f.At(r).(*model.PlacedBy)) }
	case *model.CampaignStatus:
		return func(c *codec, r *R) { text(c, f.At(r).(*model.CampaignStatus)) }
	case *model.Says:
		return func(c *codec, r *R) { text(c, f.At(r).(*model.Says)) }
	case *model.DeclineReason:
		return func(c *codec, r *R) { text(c, f.At(r).(*model.DeclineReason)) }
	case *model.FollowUpKind:
		return func(c *codec, r *R) { text(c, f.At(r).(*model.FollowUpKind)) }
	case *model.FollowUpState:
		return func(c *codec, r *R) { text(c, f.At(r).(*model.FollowUpState)) }
	case *model.Kind:
		return func(c *codec, r *R) { number(c, f.At(r).(*model.Kind)) }
	case *[]string:
		return func(c *codec, r *R) { texts(c, f.At(r).(*[]string)) }
	case *[]model.Class:
		return func(c *codec, r *R) { texts(c, f.At(r).(*[]model.Class)) }
	case *int:
		return func(c *codec, r *R) { number(c, f.At(r).(*int)) }
	case *model.Date:
		return func(c *codec, r *R) { number(c, f.At(r).(*model.Date)) }
	case *model.Clock:
		return func(c *codec, r *R) { number(c, f.At(r).(*model.Clock)) }
	case *model.VisitKind:
		return func(c *codec, r *R) { number(c, f.At(r).(*model.VisitKind)) }
	case *model.CallOutcome:
		return func(c *codec, r *R) { number(c, f.At(r).(*model.CallOutcome)) }
	case *model.Money:
		return func(c *codec, r *R) { signed(c, f.At(r).(*model.Money)) }
	case *bool:
		return func(c *codec, r *R) { c.bool(f.At(r).(*bool)) }
	case *float64:
		return func(c *codec, r *R) { c.sparseFloat(f.At(r).(*float64)) }
	case *model.RowID:
		return func(c *codec, r *R) { c.rowID(f.At(r).(*model.RowID)) }
	}
	panic(fmt.Sprintf("field %q: no packing for %T", f.Name, f.At(&r)))
}

// bool codes yes or no in a byte of its own.
func (c *codec) bool(v *bool) {
	switch {
	case c.reading:
		*v = c.byte() != 0
	case *v:
		c.out = append(c.out, 1)
	default:
		c.out = append(c.out, 0)
	}
}

// sparseFloat codes a number that is 0 in most records.
func (c *codec) sparseFloat(v *float64) {
	given := !c.reading && *v != 0
	if c.bool(&given); given {
		c.float(v)
	} else {
		*v = 0
	}
}

func (c *codec) rowID(id *model.RowID) {
	if !c.reading {
		c.out = append(c.out, id[:]...)
		return
	}
	if len(c.in) < len(id) {
		c.fail()
		return
	}
	copy(id[:], c.in)
	c.in = c.in[len(id):]
}

// code appends a record to the codec or takes one from it.
func (rc *recordCodec[R]) code(c *codec, r *R) {
	if c.reading {
		rc.read(c, r)
		return
	}
	c.out = append(c.out, rc.version)
	for i := range rc.steps {
		rc.steps[i].code(c, r)
	}
}

// read takes a record from the codec.
func (rc *recordCodec[R]) read(c *codec, r *R) {
	version := c.byte()
	switch {
	case version == codecVersion && rc.schema1 != nil:
		rc.schema1(c, r)
		return
	case version < firstDescribed || version > rc.version:
		c.fail()
		return
	}
	if rc.first != nil {
		rc.first(c, r)
	}
	for i := rc.firsts; i < len(rc.steps); i++ {
		if step := &rc.steps[i]; step.since <= version {
			step.code(c, r)
		}
	}
}
