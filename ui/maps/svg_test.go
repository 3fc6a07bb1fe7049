package maps

import (
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/model/demo"
	"doppelpass/model/double"
	"doppelpass/ui/text"
)

var today = model.NewDate(2026, 11, 24)

// shelf is a Book as a sink of the demo.
type shelf struct{ b *model.Book }

func (s shelf) Put(records ...model.Record) error {
	for _, r := range records {
		s.b.Apply(model.Change{Edits: []model.Edit{{After: r}}})
	}
	return nil
}

func (s shelf) Contacts(_ string, visits []model.Visit, calls []model.Call) error {
	for _, v := range visits {
		s.b.Apply(model.Change{Edits: []model.Edit{{After: v}}})
	}
	for _, c := range calls {
		s.b.Apply(model.Change{Edits: []model.Edit{{After: c}}})
	}
	return nil
}

func demoDay(t testing.TB, accounts int) *model.Day {
	b := model.NewBook()
	require.NoError(t, demo.Generate(demo.Options{Today: today, Accounts: accounts}, shelf{b}))
	return b.On(today)
}

// usual is the demo's usual company, made once.
var usual = func() func(testing.TB) *model.Day {
	var once sync.Once
	var day *model.Day
	return func(t testing.TB) *model.Day {
		once.Do(func() { day = demoDay(t, 0) })
		return day
	}
}()

func look(d *model.Day, scope Scope) *Picture {
	return Look(d, d.Signals(), double.Clashes(d), scope)
}

func TestTheMapAsSVGIsSmallSoundAndTheSameTwice(t *testing.T) {
	const all = Territories | Accounts | Campaigns | Calls | Route | Clashes
	days := map[string]*model.Day{"nobody": model.NewBook().On(today), "usual": usual(t)}
	if !testing.Short() {
		days["large"] = demoDay(t, 10_000)
	}
	for size, d := range days {
		for _, layers := range []Layers{0, all} {
			for _, language := range text.Languages {
				p := text.New(language)
				drawn := SVG(p, d, look(d, Scope{}), Drawing{Layers: layers})
				require.Equal(t, drawn, SVG(p, d, look(d, Scope{}), Drawing{Layers: layers}), "the same bytes twice")
				require.LessOrEqual(t, len(drawn), MostBytes)
				require.NotContains(t, drawn, "NaN")
				require.NotContains(t, drawn, "http")
				require.Contains(t, drawn, "Natural Earth")
				decoder := xml.NewDecoder(strings.NewReader(drawn))
				for {
					_, err := decoder.Token()
					if err == io.EOF {
						break
					}
					require.NoError(t, err)
				}
				if folder := os.Getenv("MAPS_GALLERY"); folder != "" {
					require.NoError(t, os.WriteFile(fmt.Sprintf("%s/map-%s-%d-%s.svg", folder, size, layers, language), []byte(drawn), 0o600))
				}
			}
		}
	}
}
