package model

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A text field that is added and not named in tellings would be looked through, but nobody
// would have asked what it says of people.
func TestEveryTextFieldSaysWhatItTellsOfPeople(t *testing.T) {
	require.Len(t, tellings, len(descriptions))
	for table, d := range descriptions {
		for i, field := range d.Fields() {
			_, told := tellings[table][field.Name]
			switch d.Value(d.Empty(), i).(type) {
			case string, []string:
				require.True(t, told, "%s.%s is a text: say in tellings what it tells of people", table, field.Name)
			default:
				require.False(t, told, "%s.%s is no text", table, field.Name)
			}
		}
	}
}
