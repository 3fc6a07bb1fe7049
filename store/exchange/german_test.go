package exchange

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// TestGermanHeadingsReadBack: what is written in German is recognised as the same table
// with the same columns.
func TestGermanHeadingsReadBack(t *testing.T) {
	for _, table := range model.Tables {
		header := HeaderIn(table, German)
		require.Len(t, slices.Compact(slices.Sorted(slices.Values(header))), len(header), "%s: no heading stands twice", table)
		m, err := Recognise(header, [][]string{tables[table].examples()}, Options{})
		assert.NoError(t, err, "%s: %v", table, header)
		assert.Equal(t, table, m.Table, "%v", header)
		names := Header(table)
		for i, c := range m.Columns {
			assert.Equal(t, names[i], c.Column, "%s: %s", table, header[i])
		}
	}
}
