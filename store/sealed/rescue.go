package sealed

// Reading a damaged file past bbolt: page by page, and of each page whatever bears its
// seal. Which page belongs to what need not be believed, since a seal also says of which
// bucket an entry is. That a page is of an earlier time shows by the tree that does not
// reach it, by the list of free pages, and by the tallies.

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"slices"
)

// The layout of a bbolt file. Source: bbolt's internal/common (page.go, meta.go,
// bucket.go) and internal/freelist/shared.go.
const (
	pageHeader    = 16
	elementSize   = 16
	branchPage    = 0x01
	leafPage      = 0x02
	freelistPage  = 0x10
	bucketElement = 0x01
	bucketHeader  = 16
	metaSize      = 64
	metaMagic     = 0xED0CDAED
	usualPage     = 4096
)

// ErrNothing says that a file holds nothing that bears a seal, or does not say where.
var ErrNothing = errors.New("nothing in the file can be told from what it held before")

// class is how a page was met.
type class uint8

const (
	reached     class = iota // the tree leads to it
	reachedFree              // it does, but the page is listed as free
	orphan                   // it does not, and the page is not free
	classes
)

// found is where an entry lies in the file.
type found struct {
	at         int64
	key, value uint32 // lengths
	class      class
}

// Wreck is what can be read of a damaged file.
type Wreck struct {
	// Older says that the newest state may be lost: what is here may be that of before the
	// last change.
	Older bool
	// Earlier says that nothing is left that says how much there was: what is here may be of
	// any earlier time.
	Earlier bool

	file     *os.File
	pageSize int64
	pages    int64
	seeds    map[string]uint32
	entries  map[string][]found
	tallies  map[string]tally
	class    map[int64]class // of pages already looked at
	free     map[int64]bool
	freeList bool // it can be believed
}

type meta struct {
	pageSize                           int64
	root, freelist, pages, transaction uint64
}

// Rescue looks through a file for entries of the buckets.
func Rescue(path string, buckets [][]byte) (*Wreck, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	w := &Wreck{file: file, seeds: map[string]uint32{}, entries: map[string][]found{}, tallies: map[string]tally{}, class: map[int64]class{}, free: map[int64]bool{}}
	for _, name := range append([][]byte{talliesBucket}, buckets...) {
		w.seeds[string(name)] = Seed(name)
	}
	if err := w.look(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return w, nil
}

// Close lets go of the file.
func (w *Wreck) Close() error { return w.file.Close() }

func (w *Wreck) look() error {
	metas, err := w.metas()
	if err != nil {
		return err
	}
	if len(metas) == 0 {
		return ErrNothing
	}
	m := slices.MaxFunc(metas, func(a, b meta) int { return int(int64(a.transaction - b.transaction)) })
	w.Older = len(metas) < 2
	info, err := w.file.Stat()
	if err != nil {
		return err
	}
	w.pageSize = m.pageSize
	w.pages = min(int64(m.pages), (info.Size()+w.pageSize-1)/w.pageSize)
	if err := w.readFree(int64(m.freelist)); err != nil {
		return err
	}
	if err := w.walk(int64(m.root), ""); err != nil {
		return err
	}
	for page := int64(2); page < w.pages; page++ {
		if _, seen := w.class[page]; !seen && !w.free[page] && page != int64(m.freelist) {
			if _, err := w.leaf(page, orphan, ""); err != nil {
				return err
			}
		}
	}
	if len(w.entries) == 0 {
		return ErrNothing
	}
	w.Earlier = len(w.entries[string(talliesBucket)]) == 0
	return w.readTallies()
}

// metas are the two pages at the beginning, as far as they can be read. One bit that
// flipped in one is put right.
func (w *Wreck) metas() (metas []meta, err error) {
	for _, at := range [...]int64{0, 4096, 8192, 16384, 32768, 65536} { // the second stands a page behind the first
		b := make([]byte, metaSize)
		if _, err := w.file.ReadAt(b, at+pageHeader); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		if !wholeMeta(b) && !mendMeta(b) {
			continue
		}
		m := meta{int64(binary.NativeEndian.Uint32(b[8:])), binary.NativeEndian.Uint64(b[16:]), binary.NativeEndian.Uint64(b[32:]),
			binary.NativeEndian.Uint64(b[40:]), binary.NativeEndian.Uint64(b[48:])}
		if m.pageSize >= 512 && (at == 0 || at == m.pageSize) {
			metas = append(metas, m)
		}
	}
	return metas, nil
}

func wholeMeta(b []byte) bool {
	sum := fnv.New64a()
	_, _ = sum.Write(b[:metaSize-8])
	return binary.NativeEndian.Uint32(b) == metaMagic && sum.Sum64() == binary.NativeEndian.Uint64(b[metaSize-8:])
}

func mendMeta(b []byte) bool {
	for bit := range metaSize * 8 {
		b[bit/8] ^= 1 << (bit % 8)
		if wholeMeta(b) {
			return true
		}
		b[bit/8] ^= 1 << (bit % 8)
	}
	return false
}

// page reads a page with what hangs on to it; nil where there is none.
func (w *Wreck) page(page int64) ([]byte, error) {
	header := make([]byte, pageHeader)
	if page < 2 || page >= w.pages {
		return nil, nil
	}
	if _, err := w.file.ReadAt(header, page*w.pageSize); err != nil {
		return nil, ignoreEnd(err)
	}
	more := int64(binary.NativeEndian.Uint32(header[12:]))
	if more >= w.pages-page {
		more = 0
	}
	body := make([]byte, (more+1)*w.pageSize)
	n, err := w.file.ReadAt(body, page*w.pageSize)
	return body[:n], ignoreEnd(err)
}

func ignoreEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func (w *Wreck) readFree(list int64) error {
	body, err := w.page(list)
	if err != nil || len(body) < pageHeader+8 || binary.NativeEndian.Uint16(body[8:]) != freelistPage {
		return err
	}
	count, from := uint64(binary.NativeEndian.Uint16(body[10:])), pageHeader
	if count == 0xFFFF {
		count, from = binary.NativeEndian.Uint64(body[pageHeader:]), pageHeader+8
	}
	if count > uint64(len(body)-from)/8 {
		return nil
	}
	w.freeList = true
	for i := range int(count) {
		w.free[int64(binary.NativeEndian.Uint64(body[from+8*i:]))] = true
	}
	return nil
}

// walk follows the tree under a page. The bucket is the one that it should be of, ""
// for the list of buckets.
func (w *Wreck) walk(page int64, bucket string) error {
	type place struct {
		page   int64
		bucket string
	}
	for next := []place{{page, bucket}}; len(next) > 0; {
		p := next[len(next)-1]
		next = next[:len(next)-1]
		if _, seen := w.class[p.page]; seen {
			continue
		}
		body, err := w.page(p.page)
		if err != nil {
			return err
		}
		if len(body) < pageHeader {
			continue
		}
		if binary.NativeEndian.Uint16(body[8:]) == branchPage {
			w.class[p.page] = reached
			for _, child := range branchChildren(body) {
				next = append(next, place{child, p.bucket})
			}
			continue
		}
		c := reached
		if w.free[p.page] {
			c = reachedFree
		}
		below, err := w.leaf(p.page, c, p.bucket)
		if err != nil {
			return err
		}
		for name, root := range below {
			next = append(next, place{root, name})
		}
	}
	return nil
}

func branchChildren(body []byte) (children []int64) {
	count := int(binary.NativeEndian.Uint16(body[10:]))
	for i := range count {
		at := pageHeader + i*elementSize
		if at+elementSize > len(body) {
			break
		}
		children = append(children, int64(binary.NativeEndian.Uint64(body[at+8:])))
	}
	return children
}

// leaf notes the entries of a leaf, and gives the buckets that it names with the pages
// where they begin.
func (w *Wreck) leaf(page int64, c class, bucket string) (map[string]int64, error) {
	body, err := w.page(page)
	if err != nil || len(body) < pageHeader {
		return nil, err
	}
	below := map[string]int64{}
	if w.elements(body, page*w.pageSize, c, bucket, below) == 0 && c == orphan {
		return nil, nil
	}
	w.class[page] = c
	for p := page + 1; p < page+int64(len(body))/w.pageSize; p++ {
		w.class[p] = c
	}
	return below, nil
}

// elements notes the entries of a leaf that begins at a place of the file, and counts
// what it has found.
func (w *Wreck) elements(body []byte, at int64, c class, bucket string, below map[string]int64) (n int) {
	count := int(binary.NativeEndian.Uint16(body[10:]))
	if len(body) >= pageHeader+elementSize { // the first entry's key lies right behind the elements
		count = max(count, int(binary.NativeEndian.Uint32(body[pageHeader+4:]))/elementSize)
	}
	for i := range count {
		from := pageHeader + i*elementSize
		if from+elementSize > len(body) {
			break
		}
		flags, pos := binary.NativeEndian.Uint32(body[from:]), uint64(binary.NativeEndian.Uint32(body[from+4:]))
		keySize, size := binary.NativeEndian.Uint32(body[from+8:]), binary.NativeEndian.Uint32(body[from+12:])
		start := uint64(from) + pos
		if start+uint64(keySize)+uint64(size) > uint64(len(body)) {
			continue
		}
		key, sealed := body[start:start+uint64(keySize)], body[start+uint64(keySize):start+uint64(keySize)+uint64(size)]
		if _, known := w.seeds[string(key)]; known && flags&bucketElement != 0 && len(sealed) >= bucketHeader {
			n++
			if root := int64(binary.NativeEndian.Uint64(sealed)); root != 0 {
				below[string(key)] = root
			} else if len(sealed) >= bucketHeader+pageHeader { // a small bucket lies in the value
				n += w.elements(sealed[bucketHeader:], at+int64(start)+int64(keySize)+bucketHeader, c, string(key), below)
			}
			continue
		}
		if name, ok := w.owner(bucket, key, sealed); ok {
			n++
			w.entries[name] = append(w.entries[name], found{at + int64(start), keySize, size, c})
		}
	}
	return n
}

// owner is the bucket whose seal an entry bears.
func (w *Wreck) owner(likely string, key, sealed []byte) (string, bool) {
	if seed, known := w.seeds[likely]; known {
		if _, whole := Split(seed, key, sealed); whole {
			return likely, true
		}
	}
	for name, seed := range w.seeds {
		if _, whole := Split(seed, key, sealed); whole {
			return name, true
		}
	}
	return "", false
}

// read gives an entry.
func (w *Wreck) read(f found) (key, sealed []byte, err error) {
	b := make([]byte, int(f.key)+int(f.value))
	if _, err := w.file.ReadAt(b, f.at); err != nil {
		return nil, nil, fmt.Errorf("reading the damaged file: %w", err)
	}
	return b[:f.key:f.key], b[f.key:], nil
}

func (w *Wreck) readTallies() error {
	for _, c := range [...]class{reached, reachedFree, orphan} {
		for _, f := range w.entries[string(talliesBucket)] {
			if f.class != c {
				continue
			}
			key, sealed, err := w.read(f)
			if err != nil {
				return err
			}
			if _, known := w.tallies[string(key)]; known || len(sealed) != tallySize+sumSize {
				continue
			}
			at := func(i int) uint64 { return binary.BigEndian.Uint64(sealed[8*i:]) }
			w.tallies[string(key)] = tally{counted: counted{at(0), at(1)}, last: at(2)}
		}
	}
	return nil
}
