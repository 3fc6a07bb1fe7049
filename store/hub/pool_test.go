package hub_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/hub"
	"doppelpass/store/hub/hubtest"
)

// Behind a pool of connections nothing outlives a transaction: two servers share few
// connections, and need nothing of their own.
func TestBehindAPool(t *testing.T) {
	tm := newTeam(t)
	way := hubtest.Pool(t, tm.cluster)
	for _, s := range []**server{&tm.a, &tm.b} {
		(*s).end()
		*s = tm.with((*s).Store, hub.NewMember((*s).Store, address(t, way("server", tm.database)), time.Now))
		(*s).until(t, "it is there", func() bool { return (*s).member.State().Live })
		require.True(t, (*s).member.State().Pooled, "who listens would hear nothing")
	}
	for i := range 20 {
		from, to := tm.a, tm.b
		if i%2 == 1 {
			from, to = to, from
		}
		name := fmt.Sprint("name ", i)
		from.put(t, "kim", model.Rep{Code: "R1", Name: name}, model.Visit{Account: "K1", Date: model.NewDate(2026, 1, 5), Rep: "R1", Note: name})
		to.until(t, "it comes", func() bool {
			r, err := to.Get(model.Key{Table: model.TableReps, Code: "R1"})
			return err == nil && r.(model.Rep).Name == name
		})
	}
	_, err := tm.a.Erase(actor("kim"), store.Who{Name: "name 3", All: true})
	require.NoError(t, err)
	anna := tm.join(tm.a, "anna")
	_, err = anna.Apply(actor("anna"), request("K-NEW"))
	require.NoError(t, err)
	tm.sync(tm.b, "anna", anna)
	tm.alike()
}
