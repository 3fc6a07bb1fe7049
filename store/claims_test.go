package store

// No account is in front of two callers, and none is lost when callers go.

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// handClock is a clock that a test turns.
type handClock struct {
	lock sync.Mutex
	time time.Time
}

func (c *handClock) now() time.Time {
	c.lock.Lock()
	defer c.lock.Unlock()
	return c.time
}

func (c *handClock) pass(d time.Duration) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.time = c.time.Add(d)
}

func anybody(string) bool { return true }

func TestAClaimEndsByItself(t *testing.T) {
	clock := &handClock{time: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	claims := newClaims(clock.now)
	one := slices.Values([]string{"K1"})
	ctx, leave := context.WithCancel(t.Context())
	ann, ben := claims.Caller(ctx, "Ann"), claims.Caller(t.Context(), "Ben")
	account, ok := ann.Take(one, anybody)
	require.True(t, ok)
	require.Equal(t, "K1", account)
	_, ok = ben.Take(one, anybody)
	require.False(t, ok, "Ann has it")
	who, held := ben.Elsewhere("K1")
	require.True(t, held)
	require.Equal(t, "Ann", who)
	_, held = ann.Elsewhere("K1")
	require.False(t, held, "one's own is nobody else's")

	clock.pass(Lease - time.Second)
	require.True(t, ann.Renew("K1"), "a key begins the lease anew")
	clock.pass(Lease - time.Second)
	_, ok = ben.Take(one, anybody)
	require.False(t, ok)
	clock.pass(time.Second)
	_, ok = ben.Take(one, anybody)
	require.True(t, ok, "the lease is over")
	require.False(t, ann.Renew("K1"), "Ann is told that it is no longer hers")
	ann.Release()
	_, held = ann.Elsewhere("K1")
	require.True(t, held, "what somebody else holds by now is not given back")
	ben.Release()

	_, ok = ann.Take(one, func(string) bool { return false })
	require.False(t, ok, "what may no longer be called is not handed out")
	_, ok = ann.Take(one, anybody)
	require.True(t, ok)
	leave()
	require.Eventually(t, func() bool { _, ok := ben.Take(one, anybody); return ok }, time.Second, time.Millisecond, "a lost connection gives back")
	_, ok = ann.Take(one, anybody)
	require.False(t, ok, "who has left is given nothing")
}

// Fifty callers work on five hundred accounts of a real store while their sessions die
// at random, in the middle of a call as well: nobody is called twice or by two at a
// time, and in the end everybody was called.
func TestFiftyCallersNeverShareAnAccountAndLoseNone(t *testing.T) {
	callers, accounts := 50, 500
	if testing.Short() {
		callers, accounts = 12, 60
	}
	s, err := Open(filepath.Join(t.TempDir(), "s.db"), Options{Fast: true})
	require.NoError(t, err)
	defer s.Close()
	actor := model.Actor{Name: "Kim", Role: model.RoleLead}
	request := Request{Action: "test"}
	var codes []string
	for i := range accounts {
		code := fmt.Sprintf("K%03d", i)
		codes = append(codes, code)
		request.Puts = append(request.Puts, Put{Record: model.Account{Code: code, Name: code, Phone: fmt.Sprintf("0711 %06d", i), Consent: model.ConsentGiven}})
	}
	_, err = s.Apply(actor, request)
	require.NoError(t, err)
	live, err := s.Live()
	require.NoError(t, err)
	today := model.NewDate(2026, 11, 24)

	var lock sync.Mutex
	inFront := map[string]int{} // account → caller
	var wrong []string
	var group sync.WaitGroup
	for n := range callers {
		group.Go(func() {
			random := rand.New(rand.NewPCG(uint64(n), 1))
			for { // one session after the other
				ctx, kill := context.WithCancel(t.Context())
				caller := live.Claims().Caller(ctx, fmt.Sprint("caller ", n))
				for {
					var account string
					var ok bool
					start := random.IntN(accounts)
					live.Read(func(b *model.Book) {
						day := b.On(today)
						account, ok = caller.Take(slices.Values(append(slices.Clone(codes[start:]), codes[:start]...)), func(code string) bool {
							return day.Exclusion(b.Account(code)) == model.NotExcluded
						})
						if ok {
							lock.Lock()
							if other, taken := inFront[account]; taken {
								wrong = append(wrong, fmt.Sprint(account, " is with ", other, " and ", n))
							}
							inFront[account] = n
							lock.Unlock()
						}
					})
					if !ok {
						kill()
						return
					}
					away := func() {
						lock.Lock()
						delete(inFront, account)
						lock.Unlock()
					}
					if random.IntN(5) == 0 { // the line goes dead before anything was noted
						away()
						kill()
						break
					}
					_, err := s.Apply(actor, Request{Action: "test", Puts: []Put{{New: true, Record: model.Call{Account: account, Date: today, Agent: fmt.Sprint(n), Outcome: model.CallReached}}}})
					if err != nil {
						t.Error(err)
					}
					away()
					if random.IntN(8) == 0 { // … or after
						kill()
						break
					}
					if random.IntN(2) == 0 {
						caller.Release()
					}
				}
			}
		})
	}
	group.Wait()
	require.Empty(t, wrong)
	// A session that died last may have held an account that the others saw taken.
	last := live.Claims().Caller(t.Context(), "last")
	for {
		var account string
		var ok bool
		require.Eventually(t, func() bool {
			live.Claims().lock.Lock()
			defer live.Claims().lock.Unlock()
			return len(live.Claims().held) == 0 || last.account != ""
		}, 5*time.Second, time.Millisecond, "what the dead held is free")
		live.Read(func(b *model.Book) {
			account, ok = last.Take(slices.Values(codes), func(code string) bool { return b.On(today).Exclusion(b.Account(code)) == model.NotExcluded })
		})
		if !ok {
			break
		}
		_, err := s.Apply(actor, Request{Action: "test", Puts: []Put{{New: true, Record: model.Call{Account: account, Date: today, Outcome: model.CallReached}}}})
		require.NoError(t, err)
	}
	for _, code := range codes {
		calls, err := s.AccountCalls(code, 10)
		require.NoError(t, err)
		require.Len(t, calls, 1, "%s is called once", code)
	}
}
