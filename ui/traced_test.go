package ui_test

// What names people, and whether it is listed.

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model/cores"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// naming are the columns of tables and the fields for scripts that name a person of the
// house, or a territory, which shows one where it has one rep.
var naming = []string{"rep", "reps", "rep_or_vacant", "who", "person", "actor", "agent", "by", "guests", "caller", "owner", "territory", "territories", "territory_name"}

// A table or a record for scripts from which a figure can be traced to a person is listed
// among those that "figures --about-people" tells.
func TestEveryFigureAboutPeopleIsListed(t *testing.T) {
	if cores.RaceDetector {
		t.Skip("one goroutine that reads the source")
	}
	found := map[string]bool{}
	for _, room := range []string{"../ui", "../store", "../model"} {
		require.NoError(t, filepath.WalkDir(room, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			for _, name := range namesPeople(file) {
				found[strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "../")+"."+name] = true
			}
			return nil
		}))
	}
	require.NotEmpty(t, found)
	listed := map[string]bool{}
	for _, trace := range words.Traces {
		for _, source := range trace.Sources {
			require.False(t, listed[source], "listed twice: %s", source)
			listed[source] = true
			require.True(t, found[source], "listed, but there is none: %s", source)
		}
	}
	for name := range found {
		require.True(t, listed[name], "names people, or a territory that shows one, and stands in no entry of words.Traces: %s", name)
	}
}

// namesPeople are the names under which a file declares records and tables that name people.
func namesPeople(file *ast.File) (names []string) {
	for _, declared := range file.Decls {
		name := ""
		if f, is := declared.(*ast.FuncDecl); is {
			name = f.Name.Name
		}
		ast.Inspect(declared, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				name = n.Names[0].Name
			case *ast.TypeSpec:
				name = n.Name.Name
			case *ast.Field:
				if n.Tag != nil {
					tag, _ := strconv.Unquote(n.Tag.Value)
					field, _, _ := strings.Cut(reflect.StructTag(tag).Get("json"), ",")
					if slices.Contains(naming, field) {
						names = append(names, name)
					}
				}
			case *ast.KeyValueExpr:
				key, isName := n.Key.(*ast.Ident)
				value, isText := n.Value.(*ast.BasicLit)
				if isName && isText && key.Name == "Key" {
					if column, err := strconv.Unquote(value.Value); err == nil && slices.Contains(naming, column) {
						names = append(names, name)
					}
				}
			}
			return true
		})
	}
	return names
}

func TestWhatIsListedAboutPeopleHasItsWords(t *testing.T) {
	for _, language := range text.Languages {
		p := text.New(language)
		for _, trace := range words.Traces {
			for _, key := range []string{"traced." + trace.Name, "traced." + trace.Name + ".figures", "traced." + trace.Name + ".from", "traced.seen." + trace.Seen, "traced.kept." + trace.Kept} {
				require.True(t, p.Has(key), "%s: %s", language, key)
			}
			for _, place := range trace.Places {
				require.NotContains(t, words.TracePlace(p, place), "page.")
			}
		}
	}
}
