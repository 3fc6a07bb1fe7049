package ui_test

// How the code is laid out: imports run one way, main → ui → store → model, and
// each room knows only what it is meant to know. Read from the files themselves,
// those of tests left out.

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "doppelpass"

// room is one package: what it imports, and which names it uses of each.
type room struct {
	name    string
	imports map[string]bool
	uses    map[string]bool // such as time.Now

	subjects []ast.Expr // what becomes the subject of a step of the history
}

// rooms are the module's packages by their folder, "." being the program.
func rooms(t *testing.T) map[string]*room {
	t.Helper()
	all, err := readRooms()
	require.NoError(t, err)
	require.Contains(t, all, "model")
	require.Contains(t, all, "store")
	require.Contains(t, all, "ui")
	return all
}

// readRooms reads the source, once for all tests.
var readRooms = sync.OnceValues(func() (map[string]*room, error) {
	root := os.DirFS("..")
	all := map[string]*room{}
	return all, fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		base := path.Base(name)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (base == "testdata" || len(base) > 1 && strings.HasPrefix(base, ".")):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", filepath.FromSlash(name)), nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		r := all[path.Dir(name)]
		if r == nil {
			r = &room{name: file.Name.Name, imports: map[string]bool{}, uses: map[string]bool{}}
			all[path.Dir(name)] = r
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			r.imports[imported] = true
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if of, ok := n.X.(*ast.Ident); ok {
					r.uses[of.Name+"."+n.Sel.Name] = true
				}
			case *ast.CompositeLit:
				r.subjects = append(r.subjects, subjectsOf(n)...)
			case *ast.AssignStmt:
				for i, to := range n.Lhs {
					if field, ok := to.(*ast.SelectorExpr); ok && field.Sel.Name == "Subject" && i < len(n.Rhs) {
						r.subjects = append(r.subjects, n.Rhs[i])
					}
				}
			}
			return true
		})
		return nil
	})
})

// subjectsOf are the subjects of a request that is written as a literal.
func subjectsOf(literal *ast.CompositeLit) (subjects []ast.Expr) {
	if of, ok := literal.Type.(*ast.SelectorExpr); !ok || of.Sel.Name != "Request" {
		return nil
	}
	for _, element := range literal.Elts {
		if field, ok := element.(*ast.KeyValueExpr); ok {
			if name, ok := field.Key.(*ast.Ident); ok && name.Name == "Subject" {
				subjects = append(subjects, field.Value)
			}
		}
	}
	return subjects
}

// within reports whether an import path or folder is the other or lies below it.
func within(name, folder string) bool { return name == folder || strings.HasPrefix(name, folder+"/") }

func isStandard(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return !strings.Contains(first, ".") && first != module
}

func TestImportsRunOneWay(t *testing.T) {
	for dir, r := range rooms(t) {
		for imported := range r.imports {
			forbid := func(folder string) {
				require.False(t, within(imported, module+"/"+folder), "%s imports %s", dir, imported)
			}
			require.NotEqual(t, module, imported, "%s imports the program itself", dir)
			if within(dir, "model") {
				forbid("store")
				forbid("ui")
			}
			if within(dir, "store") {
				forbid("ui")
			}
			if within(imported, "go.etcd.io/bbolt") {
				require.Equal(t, "store/sealed", dir, "%s knows bbolt", dir)
			}
			if within(imported, "github.com/jackc") {
				require.True(t, within(dir, "store/hub"), "%s knows PostgreSQL", dir)
			}
			require.False(t, within(imported, module+"/store/hub/hubtest"), "%s needs what is for tests", dir)
			if within(imported, module+"/store/sealed") {
				require.Equal(t, "store", dir, "%s goes into the file past the store", dir)
			}
		}
	}
}

// The model reads no file, no clock and no terminal, and needs nobody's code.
func TestTheModelIsPure(t *testing.T) {
	for dir, r := range rooms(t) {
		if !within(dir, "model") || dir == "model/place/generate" { // that one makes the tables that place carries
			continue
		}
		for imported := range r.imports {
			require.True(t, isStandard(imported) || within(imported, module+"/model"), "%s imports %s", dir, imported)
			for _, outside := range []string{"os", "net", "log", "syscall", "flag", "database", "plugin", "testing", "unsafe"} {
				require.False(t, within(imported, outside), "%s imports %s", dir, imported)
			}
		}
		// The same data and day always give the same: no clock, no chance without a seed.
		for _, use := range []string{"time.Now", "time.Since", "time.Until", "time.After", "time.Tick", "time.Sleep", "time.Local",
			"rand.N", "rand.Int", "rand.IntN", "rand.Float64", "rand.Perm", "rand.Shuffle"} {
			require.False(t, r.uses[use], "%s uses %s", dir, use)
		}
	}
}

// The kit knows no trade: of the model only what a calendar day and a time of
// day are, and of the rest of the program only its words.
func TestTheKitKnowsNoTrade(t *testing.T) {
	days := []string{"Date", "NewDate", "DateOf", "ParseDate", "FirstDate", "LastDate", "WeekStart", "WorkingDays", "ErrDateRange", "Clock", "NewClock", "ParseClock"}
	kit := rooms(t)["ui/kit"]
	for imported := range kit.imports {
		if within(imported, module) {
			require.Contains(t, []string{module + "/model", module + "/ui/text"}, imported)
		}
	}
	for _, use := range slices.Sorted(maps.Keys(kit.uses)) {
		if name, ok := strings.CutPrefix(use, "model."); ok {
			require.Contains(t, days, name, "the kit uses %s", use)
		}
	}
}

// Words are read by every face: they must not need one. What is said of the trade
// may look into the store's own values, and never opens one.
func TestWordsNeedNoFace(t *testing.T) {
	all := rooms(t)
	for _, dir := range []string{"ui/text", "ui/words"} {
		require.Contains(t, all, dir)
		for imported := range all[dir].imports {
			require.False(t, strings.Contains(imported, "bubbletea") || strings.Contains(imported, "lipgloss") || strings.Contains(imported, "bubbles"), "%s imports %s", dir, imported)
			for _, face := range []string{"ui/kit", "ui/session", "ui/tables", "ui/command"} {
				require.False(t, within(imported, module+"/"+face), "%s imports %s", dir, imported)
			}
		}
		for _, use := range []string{"store.Open", "os.Open", "os.Create", "time.Now"} {
			require.False(t, all[dir].uses[use], "%s uses %s", dir, use)
		}
	}
	for imported := range all["ui/text"].imports {
		require.False(t, within(imported, module+"/ui") || within(imported, module+"/store"), "ui/text imports %s", imported)
	}
	for imported := range all["ui/words"].imports {
		require.True(t, !within(imported, module+"/ui") || imported == module+"/ui/text", "ui/words imports %s", imported)
	}
}

// A file gets its name once it is on disk: after a loss of power the old one is there or all
// of the new one. temporary.Keep does that, and few others have a reason to name files.
func TestFilesAreNamedOnceTheyAreOnDisk(t *testing.T) {
	naming := []string{
		"store",           // writes itself anew, and links what must not replace anything
		"store/hub",       // links, too
		"store/temporary", // does it
		"ui/command",      // a demo and a laptop's data, which can be made again
	}
	for dir, r := range rooms(t) {
		require.True(t, !r.uses["os.Rename"] || slices.Contains(naming, dir), "%s names files by itself", dir)
	}
}

// A table is described once, for page, sheet and command: those of the trade lie in
// ui/tables, which knows no page; the pages that show them describe none themselves.
func TestTablesAreDescribedOnce(t *testing.T) {
	all := rooms(t)
	for imported := range all["ui/tables"].imports {
		if within(imported, module+"/ui") {
			require.Contains(t, []string{module + "/ui/kit", module + "/ui/text", module + "/ui/words"}, imported, "ui/tables imports %s", imported)
		}
		require.False(t, strings.Contains(imported, "bubbletea") || strings.Contains(imported, "lipgloss"), "ui/tables imports %s", imported)
	}
	for dir, r := range all {
		if within(dir, "ui") && dir != "ui/tables" {
			for _, cell := range []string{"exchange.TextCell", "exchange.IntCell", "exchange.DecimalCell", "exchange.DateCell"} {
				require.False(t, r.uses[cell], "%s writes a sheet's cells itself: %s", dir, cell)
			}
		}
	}
	for _, page := range []string{"ui/accounts", "ui/campaigns", "ui/territories", "ui/visits", "ui/calls", "ui/history"} {
		require.False(t, all[page].uses["kit.Column"], "%s describes columns itself", page)
	}
}

// What a step was done to is kept without words of a language: everybody reads the
// history in theirs. A subject is a name, a code, or one that ui/words makes.
func TestNoSubjectIsWrittenInALanguage(t *testing.T) {
	said := map[string]bool{"T": true, "N": true, "Date": true, "Day": true, "Week": true, "Int": true, "List": true, "Sprintf": true}
	for dir, r := range rooms(t) {
		for _, subject := range r.subjects {
			ast.Inspect(subject, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					if selector, ok := call.Fun.(*ast.SelectorExpr); ok {
						require.False(t, said[selector.Sel.Name], "%s: a subject is made with %s", dir, selector.Sel.Name)
					}
				}
				return true
			})
		}
	}
}

// Everything lies in one of the rooms that the layout names, under a name that
// says what it is.
func TestEveryPackageHasItsRoom(t *testing.T) {
	for dir, r := range rooms(t) {
		top, _, _ := strings.Cut(dir, "/")
		require.Contains(t, []string{".", "ui", "model", "store"}, top, dir)
		for _, vague := range []string{"util", "utils", "common", "helper", "helpers", "manager", "misc", "shared", "base", "types"} {
			require.NotEqual(t, vague, r.name, dir)
			require.NotEqual(t, vague, path.Base(dir))
		}
	}
	programs, err := filepath.Glob("../*.go")
	require.NoError(t, err)
	require.Equal(t, []string{filepath.Join("..", "main.go")}, programs)
}
