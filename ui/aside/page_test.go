package aside

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/ui/text"
	"doppelpass/ui/uitest"
)

func values(t *testing.T, r model.Record, fields ...string) string {
	t.Helper()
	said, err := model.FieldValues(r, fields)
	require.NoError(t, err)
	return said
}

// What stands aside is shown with both values, taken after all as a new step, or let go.
func TestWhatStandsAsideIsTakenAfterAllOrLetGo(t *testing.T) {
	account := model.Account{Code: "K1", Name: "Maier", Territory: "T1", Class: "B", Phone: "0711 2"}
	mine := account
	mine.Phone = "0711 1"
	other := model.Account{Code: "K2", Name: "Bert's", Territory: "T1"}
	collided := model.Account{Code: "K2", Name: "Kim's", Territory: "T1"}
	visit := model.Visit{ID: model.RowID{9}, Account: "K2", Date: uitest.Today - 1, Rep: "R1", Note: "at Kim's"}
	aside := func(id byte, whose string, of model.Table, reason model.LostReason, has, stands string) model.SetAside {
		return model.SetAside{ID: model.RowID{1, id}, For: whose, Date: uitest.Today, Reason: reason, Of: of, Code: "K2", By: "bert", Values: has, Standing: stands}
	}
	st := uitest.New(t, text.English, model.Rep{Code: "R1", Name: "Kim"}, model.Territory{Code: "T1", Name: "Ulm", Rep: "R1"}, account, other,
		model.Person{Code: "bert", Name: "Bert Noll", Role: model.RoleSales},
		aside(1, "Kim", model.TableAccounts, model.LostOverwritten, values(t, mine, "code", "phone"), values(t, account, "code", "phone")),
		aside(2, "Kim", model.TableAccounts, model.LostCollided, values(t, collided), values(t, other)),
		aside(3, "Kim", model.TableVisits, model.LostCollided, values(t, visit), ""),
		aside(4, "bert", model.TableAccounts, model.LostOverwritten, values(t, mine, "code", "phone"), ""),
		aside(5, "gone", model.TableAccounts, model.LostKept, "", values(t, account)),
	)
	p := New(st.Session)
	st.Show(p, 140, 36)
	require.Len(t, p.all, 4, "one's own, and for the lead those of who is gone")
	require.Contains(t, st.View(), "0711 1")
	require.Contains(t, st.View(), "0711 2")
	require.Contains(t, st.View(), "Bert Noll")

	p.list.Select(model.RowID{1, 3}.String())
	st.Keys("enter")
	require.Contains(t, st.Failed, "Take that after all first")

	p.list.Select(model.RowID{1, 1}.String())
	st.Keys("enter")
	require.Equal(t, "0711 1", st.Session.Book.Account("K1").Phone)
	require.Len(t, p.all, 3)

	p.list.Select(model.RowID{1, 2}.String())
	st.Keys("enter")
	require.Len(t, st.Modals, 1, "the next free code is offered")
	require.Contains(t, st.Modals[0].View(), "K3")
	st.Keys("ctrl+s")
	require.Equal(t, "Kim's", st.Session.Book.Account("K3").Name)
	require.Equal(t, "Bert's", st.Session.Book.Account("K2").Name)
	visits, err := st.Session.Store.AccountVisits("K3", 0)
	require.NoError(t, err)
	require.Len(t, visits, 1, "what rests on it comes along")
	require.Len(t, p.all, 1)

	st.Keys("x")
	require.Empty(t, p.all)
	require.NotNil(t, st.Session.Book.Account("K1"), "it was let go")
	st.Do(st.Session.Undo())
	st.Send(nil)
	require.Len(t, p.all, 1)
	st.Keys("enter")
	require.Nil(t, st.Session.Book.Account("K1"), "and deleted all the same")
}
