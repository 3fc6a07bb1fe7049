// The towns of the world, embedded. Each country is compressed by itself and unpacked when first asked for, so the
// program starts as fast as without them.

package place

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
)

//go:generate go run ./generate towns.bin

// The file, written by generate: a version byte, the number of countries (uvarint), and for each its ISO code (2
// bytes), the length of its section and that of the section unpacked (uvarints); then the sections, each a DEFLATE
// stream. Unpacked, a section holds:
//
//	text     length (uvarint), then lines "code TAB name", one a region, sorted by code
//	text     length (uvarint), then lines, one a town: its name, sorted by region, then by name
//	columns  for n towns: n bytes region, n bytes rank, 3n bytes latitude, 3n bytes longitude
//
// A region is the first-level division (state, canton), counted from 0 in the first text. Rank is larger for larger towns: see
// rankOf in generate. Coordinates are thousandths of a degree (a town's point is no more exact than that) above
// -90 and -180; their three bytes stand in three runs of n, the highest first, which packs better.
//
//go:embed towns.bin
var townsFile string

const townsVersion = 1

// Ranks, as generate writes them: RankTown and above for towns of known population, 100 + 6·log2(population), at most
// 255; RankSection up to RankTown for parts of towns, 1 + 4·log2(population); 0 for places of unknown population.
const (
	RankTown    = 100
	RankSection = 1

	rank5k   = 173
	rank10k  = 179
	rank20k  = 185
	rank100k = 199
)

const stepsPerDegree = 1000

// Town is a town, or a part of one, of the embedded list.
type Town struct {
	Name    string // as GeoNames has it: English for a few big towns (Munich), else the local name
	Region  string // state or canton, mostly in English
	Country string // ISO code
	Location
}

// Towns finds towns by name. The zero value is ready. It may be used from several goroutines; a country asked for is
// unpacked once and kept (Germany: about 1 MB).
type Towns struct {
	mu        sync.Mutex
	countries map[string]*country // nil values: countries without towns
}

// country is a section, unpacked and indexed.
type country struct {
	code     string
	names    []string
	region   []byte
	rank     []byte
	lat, lon []int32 // thousandths of a degree
	regions  []region
	entries  []entry
	first    map[string]int32 // loose head of a name → its first entry
}

type region struct {
	code, name string
	folded     []string // the ways to write it
}

// An entry is one name a town goes by, with the next entry of the same head (-1: none).
type entry struct {
	name string
	town int32
	next int32
}

// country unpacks on first use. The file is the program's own, checked by a test over all of it: a defect in it
// shows as a country without towns, never as a crash of an import.
func (t *Towns) country(code string) *country {
	t.mu.Lock()
	defer t.mu.Unlock()
	if c, ok := t.countries[code]; ok {
		return c
	}
	c, err := unpack(code)
	if err != nil {
		c = nil
	}
	if t.countries == nil {
		t.countries = make(map[string]*country)
	}
	t.countries[code] = c
	return c
}

var errNoTowns = errors.New("no towns of that country")

// unpack finds, unpacks and indexes a country's section.
func unpack(code string) (*country, error) {
	c, err := unindexed(code)
	if err != nil {
		return nil, err
	}
	c.index()
	return c, nil
}

// unindexed is a country's section without the names to find towns by, which are most of the work.
func unindexed(code string) (*country, error) {
	packed, size, err := section(code)
	if err != nil {
		return nil, err
	}
	raw := make([]byte, size)
	if _, err := io.ReadFull(flate.NewReader(strings.NewReader(packed)), raw); err != nil {
		return nil, fmt.Errorf("unpack the towns of %s: %w", code, err)
	}
	c := &country{code: code}
	if err := c.read(raw); err != nil {
		return nil, fmt.Errorf("read the towns of %s: %w", code, err)
	}
	return c, nil
}

// section looks a country up in the directory at the file's beginning.
func section(code string) (packed string, size int, err error) {
	var found struct{ at, length, size int }
	at, err := eachSection(func(c string, at, length, size int) {
		if c == code {
			found.at, found.length, found.size = at, length, size
		}
	})
	if err != nil {
		return "", 0, err
	}
	if found.length == 0 {
		return "", 0, errNoTowns
	}
	at += found.at
	if at+found.length > len(townsFile) {
		return "", 0, io.ErrUnexpectedEOF
	}
	return townsFile[at : at+found.length], found.size, nil
}

// eachSection reads the directory and returns where the sections begin.
func eachSection(do func(code string, at, length, size int)) (int, error) {
	if len(townsFile) == 0 || townsFile[0] != townsVersion {
		return 0, errors.New("towns of another version")
	}
	directory := []byte(townsFile[1:min(len(townsFile), 1<<13)]) // some 250 entries of at most 12 bytes
	r := bytes.NewReader(directory)
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return 0, err
	}
	sum := 0
	for range n {
		var code [2]byte
		if _, err := io.ReadFull(r, code[:]); err != nil {
			return 0, err
		}
		length, err := binary.ReadUvarint(r)
		if err != nil {
			return 0, err
		}
		size, err := binary.ReadUvarint(r)
		if err != nil {
			return 0, err
		}
		do(string(code[:]), sum, int(length), int(size))
		sum += int(length)
	}
	return 1 + len(directory) - r.Len(), nil
}

// read splits a section into its columns.
func (c *country) read(raw []byte) error {
	regions, raw, err := readText(raw)
	if err != nil {
		return err
	}
	names, raw, err := readText(raw)
	if err != nil {
		return err
	}
	for _, line := range strings.Split(regions, "\n") {
		code, name, _ := strings.Cut(line, "\t")
		c.regions = append(c.regions, region{code: code, name: name})
	}
	c.names = strings.Split(names, "\n")
	n := len(c.names)
	if len(raw) != 8*n {
		return fmt.Errorf("%d bytes of columns for %d towns", len(raw), n)
	}
	c.region, c.rank = raw[:n], raw[n:2*n]
	c.lat, c.lon = readColumn(raw[2*n:5*n], -90), readColumn(raw[5*n:], -180)
	for _, r := range c.region {
		if int(r) >= len(c.regions) {
			return fmt.Errorf("region %d of %d", r, len(c.regions))
		}
	}
	return nil
}

func readText(raw []byte) (string, []byte, error) {
	length, n := binary.Uvarint(raw)
	if n <= 0 || length > uint64(len(raw)-n) {
		return "", nil, io.ErrUnexpectedEOF
	}
	return string(raw[n : n+int(length)]), raw[n+int(length):], nil
}

func readColumn(raw []byte, base int32) []int32 {
	n := len(raw) / 3
	out := make([]int32, n)
	for i := range out {
		out[i] = int32(raw[i])<<16 | int32(raw[n+i])<<8 | int32(raw[2*n+i]) + base*stepsPerDegree
	}
	return out
}

// index enters every town under the head of its name, and under its other names.
func (c *country) index() {
	c.first = make(map[string]int32, len(c.names))
	c.entries = make([]entry, 0, len(c.names)+len(c.names)/8)
	for i, s := range c.names {
		var n name
		n.parse(s)
		c.enter(&n, s, int32(i))
		if len(n.words) > 1 && isStatus(n.words[0].text) {
			_, rest, _ := strings.Cut(s, " ")
			var short name
			short.parse(rest)
			c.enter(&short, rest, int32(i))
		}
	}
	for _, other := range otherNames {
		if other.country == c.code {
			c.enterOthers(other.name, strings.Split(other.others, "|"))
		}
	}
	for i := range c.regions {
		c.regions[i].folded = regionKeys(c.code, c.regions[i].code, c.regions[i].name)
	}
}

func (c *country) enter(n *name, s string, town int32) {
	var space [64]byte
	key := looseHead(n, space[:0])
	next, ok := c.first[string(key)]
	if !ok {
		next = -1
	}
	c.first[string(key)] = int32(len(c.entries))
	c.entries = append(c.entries, entry{s, town, next})
}

// enterOthers gives the largest town that is called exactly so its other names.
func (c *country) enterOthers(called string, others []string) {
	best := int32(-1)
	for i, s := range c.names {
		if s == called && (best < 0 || c.rank[i] > c.rank[best]) {
			best = int32(i)
		}
	}
	if best < 0 {
		return
	}
	for _, other := range others {
		var n name
		n.parse(other)
		c.enter(&n, other, best)
	}
}

func looseHead(n *name, dst []byte) []byte {
	var space [64]byte
	return appendLoose(dst, n.appendHead(space[:0]))
}

func (c *country) town(i int32) Town {
	return Town{
		Name:     c.names[i],
		Region:   c.regions[c.region[i]].name,
		Country:  c.code,
		Location: c.location(i),
	}
}

func (c *country) location(i int32) Location {
	return Location{float64(c.lat[i]) / stepsPerDegree, float64(c.lon[i]) / stepsPerDegree}
}
