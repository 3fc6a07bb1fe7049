package store

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

func TestALookOnALaptopReachesTheServer(t *testing.T) {
	server := openAt(t, filepath.Join(t.TempDir(), "server.db"))
	defer func() { require.NoError(t, server.Close()) }()
	apply(t, server, model.Rep{Code: "R1", Name: "Katrin Sommer"})
	at := laptopOf(t, server, filepath.Join(t.TempDir(), "laptop.db"), "lena")
	defer func() { require.NoError(t, at.Close()) }()
	require.NoError(t, at.NoteLook(at.actor, "figures.look", "Katrin Sommer"))
	apply(t, server, model.Rep{Code: "R2", Name: "Another"})
	require.NoError(t, at.NoteLook(at.actor, "figures.look", "Another"))
	require.NoError(t, line{server, func() bool { return false }}.sync(t, at))
	alike(t, server, at.Store)
	steps, err := server.History(0, 0)
	require.NoError(t, err)
	require.Len(t, steps, 4)
	require.Equal(t, "figures.look", steps[0].Action)
	require.Equal(t, "lena", steps[0].Actor)
}
