package words

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"doppelpass/model"
	"doppelpass/ui/text"
)

// What the history tells of a change has a name in both languages, never the one of code.
func TestEveryFieldHasANameInBothLanguages(t *testing.T) {
	for _, language := range text.Languages {
		p := text.New(language)
		for _, table := range append([]model.Table{
			model.TableAnswers, model.TableFollowUps, model.TableConsents, model.TablePeople, model.TableOptOuts, model.TableSettled, model.TableOutLists, model.TableAsides, model.TableErasures,
		}, model.Tables[:]...) {
			for _, field := range model.Describe(table).Fields() {
				name := field.Name
				named := p.Has("field."+name) || p.Has("field."+string(table)+"."+name)
				assert.True(t, named, "%s %s.%s", language, table, name)
			}
		}
	}
}
