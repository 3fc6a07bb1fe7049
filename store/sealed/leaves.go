package sealed

// The leaves of a bucket read from the file, many pages at a time. bbolt has the file mapped
// into memory, where each page that is touched first costs a fault; whoever walks through a
// whole bucket waits for thousands of them longer than for the pages themselves. Of these pages
// nothing is trusted.

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"sort"
)

const (
	// windowPages is how many pages are read at a time, and widestGap how many that are none of
	// the bucket's are read along.
	windowPages = 64
	widestGap   = 4
	// deepest is beyond how deep any tree is.
	deepest = 32
)

// leaves are where the leaves of a bucket lie: the lowest pages that name others, in the order
// of keys. A bucket of one leaf has none.
type leaves struct {
	bucket   string
	file     *os.File
	size     uint64 // of a page
	pages    uint64 // of the file
	branches [][]byte
	only     uint64
}

// leaves reads where a bucket's leaves lie; nil where it is to be walked as bbolt has it: while
// it is changed, and where it is so small that it lies in another's page.
func (b *Bucket) leaves() *leaves {
	root := uint64(b.Bucket.Root())
	if b.tx == nil || b.tx.Writable() || b.tx.db.file == nil || root == 0 {
		return nil
	}
	size := uint64(b.tx.DB().Info().PageSize)
	l := &leaves{bucket: b.name, file: b.tx.db.file, size: size, pages: uint64(b.tx.Size()) / size}
	page, kind := l.page(root)
	if kind == leafPage {
		l.only = root
		return l
	}
	level := [][]byte{page}
	for range deepest {
		if len(level[0]) == pageHeader {
			l.broken("a page names none")
		}
		if _, kind := l.header(l.child(level[0], 0)); kind == leafPage {
			l.branches = level
			return l
		}
		var below [][]byte
		for _, page := range level {
			for i := range elements(page) {
				child, kind := l.page(l.child(page, i))
				if kind != branchPage || uint64(len(below)) > l.pages {
					l.broken("a page leads to another that is not below it")
				}
				below = append(below, child)
			}
		}
		level = below
	}
	l.broken("pages lead to each other")
	return nil
}

func (l *leaves) broken(format string, args ...any) {
	panic(Broken{l.bucket, nil, fmt.Sprintf(format, args...)})
}

// elements is how many elements a page has.
func elements(page []byte) int { return int(binary.NativeEndian.Uint16(page[10:])) }

// child is the page that an element of a page names.
func (l *leaves) child(page []byte, i int) uint64 {
	return binary.NativeEndian.Uint64(page[pageHeader+i*elementSize+8:])
}

// key is the key at which an element of a page that names others begins.
func (l *leaves) key(page []byte, i int) []byte {
	at := uint64(pageHeader + i*elementSize)
	from := at + uint64(binary.NativeEndian.Uint32(page[at:]))
	to := from + uint64(binary.NativeEndian.Uint32(page[at+4:]))
	if to > uint64(len(page)) {
		l.broken("a key reaches beyond its page")
	}
	return page[from:to]
}

// read fills memory with what the file holds from a page on.
func (l *leaves) read(memory []byte, page uint64) {
	if page < 2 || page >= l.pages || uint64(len(memory)) > (l.pages-page)*l.size {
		l.broken("page %d does not exist", page)
	}
	if _, err := l.file.ReadAt(memory, int64(page*l.size)); err != nil {
		l.broken("page %d: %v", page, err)
	}
}

// checked is what a page's header says of its length in bytes and its kind.
func (l *leaves) checked(page uint64, header []byte) (length uint64, kind uint16) {
	kind, more := binary.NativeEndian.Uint16(header[8:]), uint64(binary.NativeEndian.Uint32(header[12:]))
	switch {
	case binary.NativeEndian.Uint64(header) != page:
		l.broken("page %d calls itself %d", page, binary.NativeEndian.Uint64(header))
	case more >= l.pages-page:
		l.broken("page %d reaches beyond the end", page)
	case kind != branchPage && kind != leafPage:
		l.broken("page %d is of no known kind (%#x)", page, kind)
	}
	if length = (more + 1) * l.size; uint64(pageHeader+elements(header)*elementSize) > length {
		l.broken("page %d holds more than fits", page)
	}
	return length, kind
}

func (l *leaves) header(page uint64) (length uint64, kind uint16) {
	var header [pageHeader]byte
	l.read(header[:], page)
	return l.checked(page, header[:])
}

// page is a whole page.
func (l *leaves) page(page uint64) (body []byte, kind uint16) {
	body = make([]byte, l.size)
	l.read(body, page)
	length, kind := l.checked(page, body)
	if length > l.size {
		body = make([]byte, length)
		l.read(body, page)
	}
	if kind == branchPage && elements(body) == 0 {
		l.broken("page %d names none", page)
	}
	return body, kind
}

// leaf is the place of a leaf: which page names it, and where.
type leaf struct{ branch, element int }

// seek is the leaf in which a key stands, if it is there; nil: the first one.
func (l *leaves) seek(key []byte) (at leaf) {
	if key == nil || l.only != 0 {
		return leaf{}
	}
	at.branch = max(0, sort.Search(len(l.branches), func(i int) bool { return bytes.Compare(l.key(l.branches[i], 0), key) > 0 })-1)
	page := l.branches[at.branch]
	at.element = max(0, sort.Search(elements(page), func(i int) bool { return bytes.Compare(l.key(page, i), key) > 0 })-1)
	return at
}

// of is the page of a leaf, and the key at which it begins; false: there are no more.
func (l *leaves) of(at leaf) (page uint64, key []byte, is bool) {
	switch {
	case l.only != 0:
		return l.only, nil, at == leaf{}
	case at.branch == len(l.branches):
		return 0, nil, false
	}
	branch := l.branches[at.branch]
	return l.child(branch, at.element), l.key(branch, at.element), true
}

func (l *leaves) after(at leaf) leaf {
	if at.element++; l.only == 0 && at.element == elements(l.branches[at.branch]) {
		at = leaf{at.branch + 1, 0}
	}
	return at
}

// leafWalk walks the entries of leaves.
type leafWalk struct {
	*leaves
	memory func(int) []byte // for pages that are kept; nil: they are read into the same again
	own    []byte           // that same

	at     leaf   // the next
	to     []byte // nil: to the end
	window []byte // pages that were read
	first  uint64 // the first of them
	page   []byte
	next   int // element of it
	count  int
}

// begin turns to the entries from the leaf on in which a key stands.
func (w *leafWalk) begin(from, to []byte) {
	w.at, w.to, w.page, w.next, w.count = w.seek(from), to, nil, 0, 0
}

// entry is the next entry; nil: there are no more in leaves that begin before the end. An entry
// that calls itself a bucket has no value.
func (w *leafWalk) entry() (key, value []byte) {
	for w.next == w.count {
		if !w.turn() {
			return nil, nil
		}
	}
	at := uint64(pageHeader + w.next*elementSize)
	element := w.page[at : at+elementSize]
	w.next++
	from := at + uint64(binary.NativeEndian.Uint32(element[4:]))
	middle := from + uint64(binary.NativeEndian.Uint32(element[8:]))
	to := middle + uint64(binary.NativeEndian.Uint32(element[12:]))
	if to > uint64(len(w.page)) {
		w.broken("an entry reaches beyond its page")
	}
	if key = w.page[from:middle:middle]; binary.NativeEndian.Uint32(element)&bucketElement == 0 {
		value = w.page[middle:to:to]
	}
	return key, value
}

// turn turns to the next leaf.
func (w *leafWalk) turn() bool {
	page, key, is := w.of(w.at)
	if !is || w.to != nil && key != nil && bytes.Compare(key, w.to) >= 0 {
		return false
	}
	if page < w.first || page >= w.first+uint64(len(w.window))/w.size {
		w.look(page)
	}
	w.at = w.after(w.at)
	body := w.window[(page-w.first)*w.size:]
	length, kind := w.checked(page, body)
	if kind != leafPage {
		w.broken("page %d is no leaf", page)
	}
	if length > uint64(len(body)) { // it is a long one
		body = w.room(int(length))
		w.read(body, page)
		w.window, w.first = body, page
	}
	w.page, w.next, w.count = body[:length:length], 0, elements(body)
	return true
}

// look reads a window that begins with a leaf, and with it those that follow it in the file as
// they do in the bucket.
func (w *leafWalk) look(page uint64) {
	last := page
	for at := w.after(w.at); ; at = w.after(at) {
		next, key, is := w.of(at)
		if !is || next <= last || next > last+widestGap || next >= page+windowPages || w.to != nil && bytes.Compare(key, w.to) >= 0 {
			break
		}
		last = next
	}
	w.window, w.first = w.room(int((last-page+1)*w.size)), page
	w.read(w.window, page)
}

func (w *leafWalk) room(n int) []byte {
	if w.memory != nil {
		return w.memory(n)
	}
	if cap(w.own) < n {
		w.own = make([]byte, max(n, windowPages*int(w.size)))
	}
	return w.own[:n]
}
