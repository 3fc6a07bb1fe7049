package ui

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The list of actions is that of the source: every literal of an action, the actions of
// every table, and the pages.
func TestTheListOfActionsIsThatOfThePages(t *testing.T) {
	names := []string{"intake.lacking", "intake.signals"}  // one action that is called by what comes next
	for _, list := range []struct{ prefix, names string }{ // what is made of a list of switches
		{"map.layer.", "territories accounts campaigns calls route clashes"}, {"intake.", "create assign empty mark strict back"},
	} {
		for _, name := range strings.Fields(list.names) {
			names = append(names, list.prefix+name)
		}
	}
	for _, page := range pages {
		if page.key != "" {
			names = append(names, "page."+string(page.name))
		}
	}
	literal := func(e ast.Expr) string {
		if basic, ok := e.(*ast.BasicLit); ok && basic.Kind == token.STRING {
			value, _ := strconv.Unquote(basic.Value)
			return value
		}
		return ""
	}
	constants := map[string]string{} // by folder and name
	made := map[string]string{}      // by folder and helper: what a helper that makes actions puts before the names it is given
	type call struct{ of, name string }
	var calls []call
	var tables []call // the actions of a table, with what stands before their names: a literal, or a constant
	require.NoError(t, filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				for i, value := range n.Values {
					constants[filepath.Dir(path)+" "+n.Names[i].Name] = literal(value)
				}
			case *ast.AssignStmt: // action := func(name string, …) kit.Action { return kit.Action{Name: "page." + name, … } }
				helper, isName := n.Lhs[0].(*ast.Ident)
				function, isFunction := n.Rhs[0].(*ast.FuncLit)
				if !isName || !isFunction {
					break
				}
				ast.Inspect(function, func(n ast.Node) bool {
					if pair, ok := n.(*ast.KeyValueExpr); ok {
						key, _ := pair.Key.(*ast.Ident)
						if sum, ok := pair.Value.(*ast.BinaryExpr); ok && key != nil && key.Name == "Name" {
							made[filepath.Dir(path)+" "+helper.Name] = literal(sum.X)
						}
					}
					return true
				})
			case *ast.CompositeLit:
				name, grouped := "", false
				for _, element := range n.Elts {
					if pair, ok := element.(*ast.KeyValueExpr); ok {
						switch key, _ := pair.Key.(*ast.Ident); {
						case key == nil:
						case key.Name == "Name":
							name = literal(pair.Value)
						case key.Name == "Group":
							grouped = literal(pair.Value) == "" || strings.Contains(literal(pair.Value), ".") // a message's key; not a setting's group
						}
					}
				}
				if name != "" && grouped {
					names = append(names, name)
				}
			case *ast.CallExpr:
				if of, ok := n.Fun.(*ast.Ident); ok && len(n.Args) > 0 && literal(n.Args[0]) != "" {
					calls = append(calls, call{filepath.Dir(path) + " " + of.Name, literal(n.Args[0])})
				}
				if of, ok := n.Fun.(*ast.SelectorExpr); ok && of.Sel.Name == "Actions" && len(n.Args) == 1 {
					if named, ok := n.Args[0].(*ast.Ident); ok {
						tables = append(tables, call{filepath.Dir(path) + " " + named.Name, ""})
					} else {
						tables = append(tables, call{"", literal(n.Args[0])})
					}
				}
			}
			return true
		})
		return nil
	}))
	for _, table := range tables {
		prefix := cmp.Or(table.name, constants[table.of])
		require.NotEmpty(t, prefix, table.of)
		for _, what := range []string{"filter", "mark", "move", "sort", "whole"} {
			names = append(names, prefix+"."+what)
		}
	}
	for _, c := range calls {
		if prefix := made[c.of]; prefix != "" {
			names = append(names, prefix+c.name)
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		require.NoError(t, os.WriteFile("action_names.txt", []byte(strings.Join(names, "\n")+"\n"), 0o644))
		return
	}
	require.Equal(t, names, ActionNames(), "UPDATE_GOLDEN=1 writes the list anew")
}
