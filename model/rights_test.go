package model

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The table of rights names every table, and no field that is not there.
func TestRightsNameWhatThereIs(t *testing.T) {
	for table := range descriptions {
		require.Contains(t, owners, table)
	}
	for table := range owners {
		require.Contains(t, descriptions, table)
	}
	for table, fields := range writers {
		names := map[string]bool{}
		for _, field := range Describe(table).Fields() {
			names[field.Name] = true
		}
		for field := range fields {
			require.True(t, names[field], "%s.%s", table, field)
		}
	}
}
