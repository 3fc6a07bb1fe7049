package store

// Loss of power: every write, sync and change of a name that a program makes is recorded
// below it (by strace), and then the disk is laid out as it may be after the power went at
// any of these points: what was synced is there; of what was written since, any part, in
// any order, and of a write any sectors; of the names, those up to any. Whatever it is,
// the store opens, is sound, and holds what the last acknowledged change left, or the one
// that was on its way. DOPPELPASS_TEST_POWER_ROUNDS=10000 makes the long form.

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model/cores"
)

// recorded is one thing that was asked of the system: a write (data), a length, a sync, or
// a change of a name; or the word that a change was made.
type recorded struct {
	what   string // write, length, sync, create, rename, link, unlink, folder (a sync of one), said
	path   string // of the file, as it is called then; of said: the words
	to     string // of rename and link
	at     int64  // of a write; the length
	data   []byte
	create bool // the file must not have been there: it is another one
}

var (
	tracedCall = regexp.MustCompile(`^(\d+) +(\w+)\((.*)$`)
	tracedRest = regexp.MustCompile(`^(\d+) +<\.\.\. \w+ resumed>(.*)$`)
	tracedFile = regexp.MustCompile(`^\d+<([^>]*)>(?:\(deleted\))?`)
	tracedText = regexp.MustCompile(`"((?:\\x[0-9a-f]{2})*)"`)
)

// unhex is a text as strace writes it.
func unhex(s string) []byte {
	b, _ := hex.DecodeString(strings.ReplaceAll(s, `\x`, ""))
	return b
}

// readTrace reads what strace has recorded in a folder.
func readTrace(t *testing.T, path, folder string) (calls []recorded) {
	file, err := os.Open(path)
	require.NoError(t, err)
	defer file.Close()
	begun := map[string]string{}
	lines := bufio.NewReaderSize(file, 1<<20)
	for {
		line, err := lines.ReadString('\n')
		if errors.Is(err, io.EOF) {
			return calls
		}
		require.NoError(t, err)
		line = strings.TrimSpace(line)
		if m := tracedRest.FindStringSubmatch(line); m != nil {
			line = begun[m[1]] + m[2]
			delete(begun, m[1])
		}
		m := tracedCall.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		if before, unfinished := strings.CutSuffix(line, "<unfinished ...>"); unfinished {
			begun[m[1]] = before
			continue
		}
		call, arguments := m[2], m[3]
		if strings.Contains(line, " = -1 ") {
			continue
		}
		texts := tracedText.FindAllStringSubmatch(arguments, -1)
		name := func(n int) string { return string(unhex(texts[n][1])) }
		r := recorded{}
		if f := tracedFile.FindStringSubmatch(arguments); f != nil {
			r.path = string(unhex(f[1]))
		}
		number := func() int64 { // the last argument
			_, after, _ := strings.Cut(arguments[strings.LastIndex(arguments[:strings.LastIndex(arguments, ")")], ", "):], ", ")
			n, err := strconv.ParseInt(strings.TrimSpace(after[:strings.Index(after, ")")]), 10, 64)
			require.NoError(t, err, line)
			return n
		}
		switch call {
		case "pwrite64":
			r.what, r.data, r.at = "write", unhex(texts[0][1]), number()
		case "write":
			r.what, r.data, r.at = "write", unhex(texts[0][1]), -1
			if strings.HasPrefix(arguments, "1<") {
				r = recorded{what: "said", path: string(r.data)}
			}
		case "ftruncate":
			r.what, r.at = "length", number()
		case "fsync", "fdatasync":
			r.what = "sync"
			if r.path == folder {
				r.what = "folder"
			}
		case "openat":
			if !strings.Contains(arguments, "O_CREAT") {
				continue
			}
			r = recorded{what: "create", path: name(0), create: strings.Contains(arguments, "O_EXCL")}
			if strings.Contains(arguments, "O_TRUNC") {
				r.at = -1
			}
		case "renameat", "renameat2", "rename":
			r.what, r.path, r.to = "rename", name(0), name(1)
		case "linkat", "link":
			r.what, r.path, r.to = "link", name(0), name(1)
		case "unlinkat", "unlink":
			r.what, r.path = "unlink", name(0)
		default:
			require.Fail(t, "a call that nobody expected", call)
		}
		if r.what == "said" || r.what == "folder" || filepath.Dir(r.path) == folder {
			calls = append(calls, r)
		}
	}
}

// disk is what a folder holds: what is safe, and what is only on its way.
type disk struct {
	names, safeNames map[string]*diskFile
	changes          []func(map[string]*diskFile) // of names, since the folder was synced
}

type diskFile struct {
	safe   []byte
	writes []recorded // since it was synced
	length int64      // with them
}

func (f *diskFile) write(data []byte, at int64, content []byte) []byte {
	if more := at + int64(len(data)) - int64(len(content)); more > 0 {
		content = append(content, make([]byte, more)...)
	}
	copy(content[at:], data)
	return content
}

func (f *diskFile) do(r recorded, content []byte) []byte {
	if r.what == "write" {
		return f.write(r.data, r.at, content)
	}
	if r.at <= int64(len(content)) {
		return content[:r.at]
	}
	return append(content, make([]byte, r.at-int64(len(content)))...)
}

func (d *disk) change(names func(map[string]*diskFile)) {
	names(d.names)
	d.changes = append(d.changes, names)
}

// do does what was recorded.
func (d *disk) do(r recorded) {
	file := d.names[r.path]
	switch r.what {
	case "create":
		if file == nil || r.create {
			file = &diskFile{}
			d.change(func(names map[string]*diskFile) { names[r.path] = file })
		}
		if r.at < 0 && file.length > 0 {
			file.writes, file.length = append(file.writes, recorded{what: "length"}), 0
		}
	case "rename":
		d.change(func(names map[string]*diskFile) { names[r.to] = names[r.path]; delete(names, r.path) })
	case "link":
		d.change(func(names map[string]*diskFile) { names[r.to] = names[r.path] })
	case "unlink":
		d.change(func(names map[string]*diskFile) { delete(names, r.path) })
	case "folder":
		d.safeNames, d.changes = maps.Clone(d.names), nil
	case "sync":
		if file == nil { // it has no name any more
			return
		}
		for _, w := range file.writes {
			file.safe = file.do(w, file.safe)
		}
		file.writes = nil
	case "write", "length":
		if file == nil {
			return
		}
		if r.at < 0 {
			r.at = file.length
		}
		file.writes = append(file.writes, r)
		if end := r.at + int64(len(r.data)); r.what == "length" || end > file.length {
			file.length = end
		}
	}
}

// sector is what a disk writes as a whole.
const sector = 512

// after is what the folder may hold once the power is back.
func (d *disk) after(lot *rand.Rand) map[string][]byte {
	names := maps.Clone(d.safeNames)
	for _, change := range d.changes[:lot.IntN(len(d.changes)+1)] {
		change(names)
	}
	files := map[string][]byte{}
	for path, file := range names {
		if file == nil {
			continue
		}
		content := slices.Clone(file.safe)
		writes := slices.Clone(file.writes)
		way := lot.IntN(4) // all, the first ones, any, any in any order
		if way == 1 {
			writes = writes[:lot.IntN(len(writes)+1)]
		}
		if way == 3 {
			lot.Shuffle(len(writes), func(i, j int) { writes[i], writes[j] = writes[j], writes[i] })
		}
		for _, w := range writes {
			if way >= 2 && lot.IntN(3) == 0 {
				continue
			}
			if way < 2 || w.what == "length" || lot.IntN(4) > 0 {
				content = file.do(w, content)
				continue
			}
			for from := 0; from < len(w.data); from += sector { // torn
				if lot.IntN(2) == 0 {
					content = file.write(w.data[from:min(from+sector, len(w.data))], w.at+int64(from), content)
				}
			}
		}
		files[path] = content
	}
	return files
}

func TestPowerLostAtAnyMomentNothingIsLostOrHalf(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace, by which writes are recorded, is not installed")
	}
	rounds, changes := 150, 40
	if testing.Short() || cores.RaceDetector { // whole without it
		rounds, changes = 60, 15
	}
	if n, err := strconv.Atoi(os.Getenv("DOPPELPASS_TEST_POWER_ROUNDS")); err == nil {
		rounds, changes = n, min(max(n/20, 40), 400)
	}
	dir := t.TempDir()
	folder, files, trace := filepath.Join(dir, "store"), filepath.Join(dir, "files"), filepath.Join(dir, "trace")
	require.NoError(t, errors.Join(os.Mkdir(folder, 0o700), os.Mkdir(files, 0o700)))
	first := rand.IntN(1 << 30)
	t.Logf("changes from number %d", first)
	child := exec.Command(strace, "-f", "-y", "-xx", "-s", "16777216", "-e", "signal=none", "-o", trace, "-e",
		"trace=write,pwrite64,writev,pwritev,pwritev2,copy_file_range,sendfile,fsync,fdatasync,sync_file_range,ftruncate,truncate,fallocate,openat,rename,renameat,renameat2,link,linkat,unlink,unlinkat",
		os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), childStore+"="+filepath.Join(folder, "s.db"), childFiles+"="+files, childDone+"="+strconv.Itoa(first), childStates+"="+strconv.Itoa(changes))
	out, err := child.CombinedOutput()
	if err != nil && bytes.Contains(out, []byte("ptrace")) {
		t.Skipf("strace may not record here: %s", out)
	}
	require.NoError(t, err, "%s", out)

	calls := readTrace(t, trace, folder)
	var states []string // before the first, after each
	syncs, writes := 0, 0
	for _, r := range calls {
		switch r.what {
		case "said":
			n, state := 0, ""
			_, err := fmt.Sscanf(r.path, "did %d %s", &n, &state)
			require.NoError(t, err, r.path)
			states = append(states, state)
		case "sync", "folder":
			syncs++
		case "write":
			writes++
		}
	}
	require.Len(t, states, changes+1)

	// The points at which the power goes: as many before a sync as anywhere, since there most
	// is on its way.
	points := map[int]int{}
	for range rounds {
		at := rand.IntN(len(calls))
		if rand.IntN(2) == 0 {
			for at < len(calls)-1 && calls[at].what != "sync" && calls[at].what != "folder" {
				at++
			}
		}
		points[at]++
	}
	d := &disk{names: map[string]*diskFile{}, safeNames: map[string]*diskFile{}}
	said, whole, notAtAll := -1, 0, 0
	for at, r := range calls {
		for n := range points[at] {
			seed := uint64(at*1000 + n)
			laid := filepath.Join(dir, "laid")
			require.NoError(t, errors.Join(os.RemoveAll(laid), os.Mkdir(laid, 0o700)))
			for path, content := range d.after(rand.New(rand.NewPCG(seed, 7))) {
				require.NoError(t, os.WriteFile(filepath.Join(laid, filepath.Base(path)), content, 0o600))
			}
			name := fmt.Sprintf("power lost before call %d (%s %s) of changes from %d, laid by %d", at, r.what, filepath.Base(r.path), first, seed)
			m, err := openMixed(filepath.Join(laid, "s.db"), files, first+max(said, 0), Options{})
			require.NoError(t, err, name)
			sound(t, m.Store)
			switch state := hashOfState(t, m.Store); {
			case state == states[max(said, 0)]:
				notAtAll++
			case said+1 < len(states) && state == states[said+1]:
				whole++
			default:
				require.Fail(t, "the store is neither as it was nor as the next change leaves it", name)
			}
			require.NoError(t, m.Close())
		}
		if r.what == "said" {
			said++
			continue
		}
		d.do(r)
	}
	t.Logf("%d changes, %d writes, %d syncs; the power lost %d times: the change on its way was whole in %d, not there in %d", changes, writes, syncs, rounds, whole, notAtAll)
}
