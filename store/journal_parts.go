package store

// What a step keeps of its changes: a short one its records before and after, a long
// one the documents as they were before it, many to a value.

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// The kinds of parts that keep what a step changed: the first byte of each.
const (
	partImages = 1 // documents as they were before the step
	partEdits  = 2 // records before and after it
)

// putEdits keeps a short step's records, and says in how many values.
func putEdits(tx *bolt.Tx, step uint64, edits []model.Edit) (values int, err error) {
	return 1, tx.Bucket(editsBucket).Put(binary.BigEndian.AppendUint32(stepKey(step), 0), editsPart(edits))
}

func editsPart(edits []model.Edit) []byte {
	out := []byte{partEdits}
	for _, e := range edits {
		out = appendEdit(out, e)
	}
	return out
}

// putSaid keeps what a step has said that others had done already.
func putSaid(tx *bolt.Tx, step uint64, said []model.Edit) error {
	if len(said) == 0 {
		return nil
	}
	bucket, err := tx.CreateBucketIfNotExists(saidBucket)
	if err != nil {
		return fmt.Errorf("keeping what step %d says: %w", step, err)
	}
	return bucket.Put(stepKey(step), editsPart(said))
}

// takeSaid takes away what a step has said.
func takeSaid(tx *bolt.Tx, step uint64) error {
	if bucket := tx.Bucket(saidBucket); bucket != nil {
		return bucket.Delete(stepKey(step))
	}
	return nil
}

// saidBy is what a step has said that others had done already.
func saidBy(tx *bolt.Tx, step uint64) (said []model.Edit, err error) {
	bucket := tx.Bucket(saidBucket)
	if bucket == nil {
		return nil, nil
	}
	value := bucket.Get(stepKey(step))
	if value == nil {
		return nil, nil
	}
	c := codec{reading: true, in: string(copied(value))}
	if c.byte() != partEdits {
		c.fail()
	}
	for c.err == nil && c.in != "" {
		said = append(said, c.edit())
	}
	if c.err != nil {
		return nil, fmt.Errorf("what step %d says: %w", step, c.err)
	}
	return said, nil
}

// saidSince is what the steps after one have said, without those that were taken back.
func saidSince(tx *bolt.Tx, step uint64) (all []model.Edit, err error) {
	bucket := tx.Bucket(saidBucket)
	if bucket == nil {
		return nil, nil
	}
	cursor := bucket.Cursor()
	for key, _ := cursor.Seek(stepKey(step + 1)); key != nil; key, _ = cursor.Next() {
		number := uint64At(key, 0)
		if reversedBy(tx, number) != 0 {
			continue
		}
		said, err := saidBy(tx, number)
		if err != nil {
			return nil, err
		}
		all = append(all, said...)
	}
	return all, nil
}

func appendEdit(out []byte, e model.Edit) []byte {
	t := tableOf(tableOfEdit(e))
	sides := byte(0)
	if e.Before != nil {
		sides |= 1
	}
	if e.After != nil {
		sides |= 2
	}
	out = append(out, byte(t.document), sides)
	if e.Before != nil {
		out = appendBytes(out, t.pack(e.Before))
	}
	if e.After != nil {
		out = appendBytes(out, t.pack(e.After))
	}
	return out
}

// imageChunk is the size from which images start a new value: a long import has
// many small ones.
const imageChunk = 1 << 16

// putImages stores a step's images, which must be settled, many to a value, and says in
// how many.
func putImages(tx *bolt.Tx, step uint64, images []image) (values int, err error) {
	out := imageWriter{step: step}
	for _, i := range images {
		if err := out.add(tx, i); err != nil {
			return out.values, err
		}
	}
	err = out.end(tx)
	return out.values, err
}

// imageWriter stores the images of a step one behind the other.
type imageWriter struct {
	step   uint64
	values int // that are stored
	chunk  []byte
}

func (o *imageWriter) add(tx *bolt.Tx, i image) error {
	if len(o.chunk) == 0 {
		o.chunk = append(o.chunk, partImages)
	}
	o.chunk = appendImage(o.chunk, i)
	if len(o.chunk) < imageChunk {
		return nil
	}
	return o.end(tx)
}

// end stores what is left.
func (o *imageWriter) end(tx *bolt.Tx) error {
	if len(o.chunk) == 0 {
		return nil
	}
	key := binary.BigEndian.AppendUint32(stepKey(o.step), uint32(o.values))
	if err := tx.Bucket(editsBucket).Put(key, o.chunk); err != nil {
		return fmt.Errorf("keeping what step %d changed: %w", o.step, err)
	}
	o.values++
	o.chunk = o.chunk[:0]
	return nil
}

func appendImage(out []byte, i image) []byte {
	out = appendBytes(append(out, byte(i.document)), i.key)
	if i.value == nil {
		return append(out, 0)
	}
	return appendBytes(append(out, 1), i.value)
}

func appendBytes(out, b []byte) []byte {
	return append(binary.AppendUvarint(out, uint64(len(b))), b...)
}

// part is what a step keeps of its changes: images or edits; and what it has said.
type parts struct {
	images []image
	edits  []model.Edit
	said   []model.Edit
}

// readParts reads what a step changed, and sees that all of it is there.
func readParts(tx *bolt.Tx, step uint64) (p parts, err error) {
	walk, err := walkParts(tx, step)
	for ; err == nil && walk.image.key != nil; err = walk.next() {
		p.images = append(p.images, walk.image)
	}
	if err != nil {
		return p, err
	}
	p.edits = walk.edits
	p.said, err = saidBy(tx, step)
	return p, err
}

// countParts is how many values keep what a step changed, whatever is in them.
func countParts(tx *bolt.Tx, step uint64) (found int) {
	prefix := stepKey(step)
	cursor := tx.Bucket(editsBucket).Cursor()
	for key, _ := cursor.Seek(prefix); bytes.HasPrefix(key, prefix); key, _ = cursor.Next() {
		found++
	}
	return found
}

func (c *codec) image() image {
	i := image{document: document(c.byte())}
	var id, old string
	text(c, &id)
	if i.key = []byte(id); !i.document.keyFits(i.key) {
		c.fail()
		return i
	}
	if c.byte() == 1 {
		text(c, &old)
		i.value = append([]byte{}, old...)
	}
	return i
}

func (c *codec) edit() (e model.Edit) {
	t := tableIn[document(c.byte())]
	sides := c.byte()
	if t == nil || sides == 0 || sides > 3 {
		c.fail()
		return e
	}
	side := func(bit byte) model.Record {
		if sides&bit == 0 {
			return nil
		}
		var packed string
		text(c, &packed)
		if c.err != nil {
			return nil
		}
		record, err := t.unpack([]byte(packed))
		if err != nil {
			c.err, c.in = err, ""
			return nil
		}
		return record
	}
	e.Before, e.After = side(1), side(2)
	return e
}
