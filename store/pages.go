package store

// The pages of the file, walked without trust: what bbolt's own check takes for
// granted (that a page is what its parent says, that its length is one) is held to
// the file's bounds first, in little memory and time.

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"os"

	bolt "doppelpass/store/sealed"
)

// Pages of a bbolt file. Source: bbolt's internal/common/page.go and bucket.go.
const (
	boltBranch, boltLeaf = 0x01, 0x02
	boltFreelist         = 0x10
	boltElement          = 16 // bytes of a page's element
	boltBucketLeaf       = 0x01
	boltBucketHeader     = 16
)

// pageWalk walks the pages that hang under the root.
type pageWalk struct {
	file     *os.File
	memory   []byte // the file's, where all of it is looked into; nil: it is read
	size     uint64 // of a page
	pages    uint64
	seen     pageSet
	leaf     bool     // whether the page walked last was a leaf
	branches bool     // keys are not asked for
	keys     [][]byte // its keys, in memory that the next walk uses again
	children []uint64 // the pages that it names, in memory likewise
	body     []byte   // what was read last, of page in
	in       uint64
	header   [boltPageHeader]byte
	problems []string
}

// pageSet is a set of pages, a bit each.
type pageSet []uint64

func (s pageSet) has(page uint64) bool { return s[page/64]&(1<<(page%64)) != 0 }
func (s pageSet) add(page uint64)      { s[page/64] |= 1 << (page % 64) }

// everyPageUpTo is up to how many pages the kind of each is read before anything else.
const everyPageUpTo = 8192

// mostPageProblems is how many are told; the others say no more.
const mostPageProblems = 20

// checkPages says what is wrong with the pages of a transaction; with branches only
// whether one can get out of them again. Where the file is small they are looked at where
// bbolt has it in memory, and the caller turns a fault there into an error (guard). Of a large one
// the few that are looked at lie far from each other, and to read them costs less.
func checkPages(tx *bolt.Tx, branches bool) ([]string, error) {
	file, err := os.Open(tx.Path())
	if err != nil {
		return nil, fmt.Errorf("checking the pages: %w", err)
	}
	defer file.Close()
	size := uint64(tx.DB().Info().PageSize)
	pages, root := uint64(tx.Size())/size, uint64(tx.Cursor().Bucket().Root())
	w := &pageWalk{file: file, size: size, pages: pages, seen: make(pageSet, pages/64+1)}
	if w.branches = branches; branches {
		if pages <= everyPageUpTo {
			w.memory = tx.Memory()
		}
		err = errors.Join(w.walkBranches(root), w.checkFree(uint64(tx.ID()), false))
		return w.problems, err
	}
	err = errors.Join(w.walkAll(root), w.checkFree(uint64(tx.ID()), true))
	return w.problems, err
}

func (w *pageWalk) wrong(page uint64, format string, args ...any) {
	if len(w.problems) < mostPageProblems {
		w.problems = append(w.problems, fmt.Sprintf("page %d ", page)+fmt.Sprintf(format, args...))
	}
}

// under is a page with the bounds of its keys, as what leads to it says: from low, up to
// but without high; nil: none.
type under struct {
	page      uint64
	low, high []byte
}

// walkAll walks from a root, page by page, and sees that keys stand in their order, also
// those by which a search finds its way.
func (w *pageWalk) walkAll(root uint64) error {
	for next := []under{{page: root}}; len(next) > 0; {
		at := next[len(next)-1]
		next = next[:len(next)-1]
		children, err := w.walk(at.page)
		if err != nil {
			return err
		}
		keys := w.keys
		for i, key := range keys {
			if bytes.Compare(key, at.low) < 0 || at.high != nil && bytes.Compare(key, at.high) >= 0 || i > 0 && bytes.Compare(key, keys[i-1]) <= 0 {
				w.wrong(at.page, "has a key out of its order")
				break
			}
		}
		for i, child := range children {
			bounds := under{page: child} // of a bucket: none
			if !w.leaf && len(keys) == len(children) {
				if bounds.low, bounds.high = bytes.Clone(keys[i]), at.high; i+1 < len(keys) {
					bounds.high = bytes.Clone(keys[i+1])
				}
			}
			next = append(next, bounds)
		}
	}
	return nil
}

// walkBranches walks the list of buckets, and in the buckets only the pages that name
// others: whether one names a page above itself, in which whoever reads would go
// around and around. A bucket's leaves are not read; a tree is as deep on all sides, which
// is taken for granted only in a file of many pages.
func (w *pageWalk) walkBranches(root uint64) error {
	var buckets []uint64
	for next := []uint64{root}; len(next) > 0; {
		page := next[len(next)-1]
		next = next[:len(next)-1]
		children, err := w.walk(page)
		if err != nil {
			return err
		}
		if w.leaf {
			buckets = append(buckets, children...)
		} else {
			next = append(next, children...)
		}
	}
	lowest := make(pageSet, len(w.seen))
	for next := buckets; len(next) > 0 && len(w.problems) == 0; {
		page := next[len(next)-1]
		next = next[:len(next)-1]
		children, err := w.walk(page)
		if err != nil {
			return err
		}
		if len(children) == 0 {
			continue
		}
		first, err := w.flags(children[0])
		if err != nil {
			return err
		}
		for _, child := range children {
			below := first
			if w.pages <= everyPageUpTo && child != children[0] {
				if below, err = w.flags(child); err != nil {
					return err
				}
			}
			switch {
			case below == boltBranch || w.leaf:
				next = append(next, child)
			case child >= w.pages || below == boltLeaf && lowest.has(child):
				w.wrong(child, "is named where it does not belong")
			case below == boltLeaf:
				lowest.add(child)
			default: // bbolt would take it for one that leads on
				w.wrong(child, "is of no known kind (%#x)", below)
			}
		}
	}
	for i, both := range lowest {
		if both &= w.seen[i]; both != 0 {
			w.wrong(uint64(64*i+bits.TrailingZeros64(both)), "is named where it does not belong")
		}
		w.seen[i] |= lowest[i]
	}
	return nil
}

// checkFree looks at the list of free pages: what is used and listed as free would be
// written over. All says that every page was walked: then each is used or free.
func (w *pageWalk) checkFree(transaction uint64, all bool) error {
	metas, err := readMetas(w.file)
	if err != nil {
		return fmt.Errorf("reading the meta pages: %w", err)
	}
	for _, m := range metas {
		if m.transaction != transaction { // an earlier one's is used again
			continue
		}
		free, err := w.freePages(m.freelist)
		if err != nil {
			return err
		}
		last := uint64(0)
		for _, page := range free {
			if page <= max(last, 1) || page >= w.pages || w.seen.has(page) {
				w.wrong(m.freelist, "lists page %d as free, which it is not", page)
			}
			last = page
		}
		if !all || m.freelist >= w.pages || len(w.problems) > 0 {
			continue
		}
		for _, page := range free {
			w.seen.add(page)
		}
		more, err := w.overflow(m.freelist)
		if err != nil {
			return err
		}
		for page := uint64(2); page < w.pages; page++ {
			if !w.seen.has(page) && (page < m.freelist || page > m.freelist+more) {
				w.wrong(page, "is neither used nor free")
			}
		}
	}
	return nil
}

// freePages are the pages that a list of free pages names. Source: bbolt's
// internal/freelist/shared.go.
func (w *pageWalk) freePages(list uint64) ([]uint64, error) {
	if list >= w.pages { // none is kept
		return nil, nil
	}
	header := make([]byte, boltPageHeader+8)
	if _, err := w.file.ReadAt(header, int64(list*w.size)); err != nil {
		return nil, fmt.Errorf("reading page %d: %w", list, err)
	}
	count, more := uint64(binary.NativeEndian.Uint16(header[10:])), uint64(binary.NativeEndian.Uint32(header[12:]))
	from := uint64(boltPageHeader)
	if count == 0xFFFF { // then the number stands in front of the list
		count, from = binary.NativeEndian.Uint64(header[boltPageHeader:]), boltPageHeader+8
	}
	const entry = 8
	switch {
	case binary.NativeEndian.Uint64(header) != list, binary.NativeEndian.Uint16(header[8:]) != boltFreelist:
		w.wrong(list, "is no list of free pages")
		return nil, nil
	case more >= w.pages-list, count > ((more+1)*w.size-from)/entry:
		w.wrong(list, "reaches beyond the end")
		return nil, nil
	}
	body := make([]byte, count*entry)
	if _, err := w.file.ReadAt(body, int64(list*w.size+from)); err != nil {
		return nil, fmt.Errorf("reading page %d: %w", list, err)
	}
	free := make([]uint64, count)
	for i := range free {
		free[i] = binary.NativeEndian.Uint64(body[i*entry:])
	}
	return free, nil
}

// walkWithin looks at a bucket's only page, which lies in a value of another.
func (w *pageWalk) walkWithin(page uint64, body []byte) {
	if len(body) < boltPageHeader || binary.NativeEndian.Uint16(body[8:]) != boltLeaf {
		w.wrong(page, "holds a bucket that is none")
		return
	}
	count := int(binary.NativeEndian.Uint16(body[10:]))
	if boltPageHeader+count*boltElement > len(body) {
		w.wrong(page, "holds a bucket with more than fits")
		return
	}
	for i := range count {
		at := boltPageHeader + i*boltElement
		pos, key, value := binary.NativeEndian.Uint32(body[at+4:]), binary.NativeEndian.Uint32(body[at+8:]), binary.NativeEndian.Uint32(body[at+12:])
		if uint64(at)+uint64(pos)+uint64(key)+uint64(value) > uint64(len(body)) {
			w.wrong(page, "holds a bucket with a value beyond its end")
			return
		}
	}
}

// overflow is how many more pages belong to a page.
func (w *pageWalk) overflow(page uint64) (uint64, error) {
	header := make([]byte, boltPageHeader)
	if _, err := w.file.ReadAt(header, int64(page*w.size)); err != nil {
		return 0, fmt.Errorf("reading page %d: %w", page, err)
	}
	return uint64(binary.NativeEndian.Uint32(header[12:])), nil
}

// at are the first bytes of a page and of those that belong to it, until another is asked for.
func (w *pageWalk) at(page, length uint64) ([]byte, error) {
	if w.memory != nil {
		return w.memory[page*w.size:][:length], nil
	}
	if w.in == page && uint64(len(w.body)) >= length {
		return w.body[:length], nil
	}
	length = max(length, w.size) // the header alone would be followed by the rest
	if uint64(cap(w.body)) < length {
		w.body = make([]byte, length)
	}
	w.body = w.body[:length]
	if _, err := w.file.ReadAt(w.body, int64(page*w.size)); err != nil {
		w.in = 0
		return nil, fmt.Errorf("reading page %d: %w", page, err)
	}
	w.in = page
	return w.body, nil
}

// flags is the kind of a page; 0 where there is none.
func (w *pageWalk) flags(page uint64) (uint16, error) {
	if page >= w.pages {
		return 0, nil
	}
	if w.memory != nil {
		return binary.NativeEndian.Uint16(w.memory[page*w.size+8:]), nil
	}
	if _, err := w.file.ReadAt(w.header[:], int64(page*w.size)); err != nil {
		return 0, fmt.Errorf("reading page %d: %w", page, err)
	}
	return binary.NativeEndian.Uint16(w.header[8:]), nil
}

// walk looks at one page and gives the pages that it names, until the next walk.
func (w *pageWalk) walk(page uint64) (children []uint64, err error) {
	w.keys = w.keys[:0]
	children = w.children[:0]
	defer func() { w.children = children }()
	if page < 2 || page >= w.pages {
		w.wrong(page, "is named, but does not exist")
		return nil, nil
	}
	header, err := w.at(page, boltPageHeader)
	if err != nil {
		return nil, err
	}
	id, flags := binary.NativeEndian.Uint64(header), binary.NativeEndian.Uint16(header[8:])
	count, more := int(binary.NativeEndian.Uint16(header[10:])), uint64(binary.NativeEndian.Uint32(header[12:]))
	switch {
	case id != page:
		w.wrong(page, "calls itself %d", id)
		return nil, nil
	case more >= w.pages-page:
		w.wrong(page, "reaches beyond the end")
		return nil, nil
	case flags != boltBranch && flags != boltLeaf:
		w.wrong(page, "is of no known kind (%#x)", flags)
		return nil, nil
	}
	for p := page; p <= page+more; p++ {
		if w.seen.has(p) {
			w.wrong(page, "is named twice")
			return nil, nil
		}
		w.seen.add(p)
	}
	w.leaf = flags == boltLeaf
	body, err := w.at(page, (more+1)*w.size)
	if err != nil {
		return nil, err
	}
	if boltPageHeader+count*boltElement > len(body) {
		w.wrong(page, "holds more than fits")
		return nil, nil
	}
	for i := range count {
		at := boltPageHeader + i*boltElement
		element := body[at : at+boltElement]
		if flags == boltBranch {
			pos, key := uint64(binary.NativeEndian.Uint32(element)), uint64(binary.NativeEndian.Uint32(element[4:]))
			if uint64(at)+pos+key > uint64(len(body)) {
				w.wrong(page, "has a key beyond its end")
				continue
			}
			if !w.branches {
				w.keys = append(w.keys, body[uint64(at)+pos:uint64(at)+pos+key])
			}
			children = append(children, binary.NativeEndian.Uint64(element[8:]))
			continue
		}
		pos, key, value := uint64(binary.NativeEndian.Uint32(element[4:])), uint64(binary.NativeEndian.Uint32(element[8:])), uint64(binary.NativeEndian.Uint32(element[12:]))
		from := uint64(at) + pos + key
		if from <= uint64(len(body)) && !w.branches {
			w.keys = append(w.keys, body[uint64(at)+pos:from])
		}
		switch {
		case from+value > uint64(len(body)):
			w.wrong(page, "has a value beyond its end")
		case binary.NativeEndian.Uint32(element)&boltBucketLeaf == 0:
		case value < boltBucketHeader:
			w.wrong(page, "names a bucket without a page")
		default:
			if root := binary.NativeEndian.Uint64(body[from:]); root != 0 {
				children = append(children, root)
			} else { // a small bucket lies in the value
				w.walkWithin(page, body[from+boltBucketHeader:from+value])
			}
		}
	}
	return children, nil
}
