package store

// A call list that comes back from a call centre.

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
	"doppelpass/store/exchange"
)

const resultsHead = "list;list_until;account;account_name;phone;outcome;date;time;wished_day;wished_time;agent;note\n"

// handedOut is a store with three accounts on a list that left on 27 November and is out
// until 11 December.
func handedOut(t *testing.T) *Store {
	t.Helper()
	s := open(t)
	day := model.NewDate(2026, 11, 27)
	apply(t, s, model.Territory{Code: "T1", Name: "Ulm"},
		model.Account{Code: "K1", Name: "Adler Bau", Territory: "T1", Phone: "0731 555010"}, model.Account{Code: "K2", Name: "Bergmann", Territory: "T1", Phone: "0731 555020"},
		model.Account{Code: "K3", Name: "Conrad", Territory: "T1", Phone: "0731 555030"}, model.Account{Code: "K4", Name: "Dorn", Territory: "T1", Phone: "0731 555040"},
		model.OutList{Code: "L-261127-KQWM", Date: day, Until: day + 14, By: "Kim", Centre: "Call & Co", Campaign: "TEL-1", Accounts: []string{"K1", "K2", "K3"}})
	return s
}

func results(t *testing.T, s *Store, name, rows string) FileReport {
	t.Helper()
	return importFiles(t, s, ImportOptions{Today: model.NewDate(2026, 12, 1)}, write(t, name, resultsHead+rows))[0]
}

// refuses reports whether nobody may call an account on 1 December or later.
func refuses(t *testing.T, s *Store, account string) bool {
	t.Helper()
	book, err := s.RulesBook()
	require.NoError(t, err)
	return book.On(model.DateOf(s.now()) + 365).Refuses(book.Account(account))
}

func TestResultsComeBackAsCallsWishesAndPromises(t *testing.T) {
	s := handedOut(t)
	rows := "L-261127-KQWM;2026-12-11;K1;Adler Bau;0731 555010;appointment;2026-11-30;10:00;2026-12-03;14:00;Ann;wants samples\n" +
		"l-261127-kqwm;2026-12-11;K2;Bergmann;0731 555020;callback;2026-11-30;10:10;2026-12-02;09:30;;\n" +
		"L-261127-KQWM;2026-12-11;K3;Conrad;0731 555030;;;;;;;\n"
	r := results(t, s, "results.csv", rows)
	require.Equal(t, 2, r.Tally.Added)
	require.Equal(t, 2, r.Promises)
	require.Equal(t, 1, r.LeftOut[exchange.SkipNotCalled])
	require.Empty(t, r.Late)
	book, err := s.RulesBook()
	require.NoError(t, err)
	wish := book.FollowUps("K1")
	require.Len(t, wish, 1)
	require.Equal(t, model.FollowVisit, wish[0].Kind)
	require.Equal(t, "2026-12-03 14:00", wish[0].Due.String()+" "+wish[0].At.String())
	require.Equal(t, "Ann", wish[0].By)
	promise := book.FollowUps("K2")
	require.Len(t, promise, 1)
	require.Equal(t, model.FollowCall, promise[0].Kind)
	require.Equal(t, "Call & Co", promise[0].By, "nobody said who called")
	require.Equal(t, "TEL-1", promise[0].Campaign)

	// The same file once more brings nothing, also when somebody has answered meanwhile.
	_, err = s.Apply(lead, Request{Action: "wish.confirm", Puts: []Put{{Record: wish[0].Confirmed(wish[0].Date, "Kim"), Before: wish[0]}}})
	require.NoError(t, err)
	r = results(t, s, "again.csv", rows)
	require.Equal(t, [3]int{0, 2, 0}, [3]int{r.Tally.Added, r.Same, r.Promises})
}

func TestAListOfAnotherHouseIsRefusedButNotItsObjections(t *testing.T) {
	s := handedOut(t)
	r := results(t, s, "foreign.csv", "L-250101-ABCD;2026-12-11;K1;Adler Bau;0731 555010;reached;2026-11-30;10:00;;;Ann;\n"+
		"L-250101-ABCD;2026-12-11;K2;Bergmann;0731 555020;opt-out;2026-11-30;10:05;;;Ann;\n")
	require.Zero(t, r.Taken())
	require.Equal(t, 2, r.Skipped)
	require.Equal(t, ReasonForeignList, r.Problems[0].Reason)
	require.Equal(t, 1, r.OptOuts)
	require.True(t, refuses(t, s, "K2"))
	require.False(t, refuses(t, s, "K1"))
}

// A file that is not imported, because nobody knows whether 03/04 is in March, still says
// who wants no calls.
func TestObjectionsAreTakenOutOfAFileThatAsks(t *testing.T) {
	s := handedOut(t)
	f, err := exchange.Open(write(t, "results.csv", resultsHead+"L-261127-KQWM;;K2;Bergmann;0731 555020;opt-out;03/04/2026;10:05;;;Ann;\nL-261127-KQWM;;K1;Adler Bau;;reached;05/06/2026;;;;;\n"), exchange.Options{})
	require.NoError(t, err)
	defer f.Close()
	m, err := f.Mapping()
	require.NoError(t, err)
	_, err = f.Dates(m)
	require.Error(t, err, "the layout of days is open")
	taken, err := s.TakeObjections(t.Context(), lead, []Source{{f, m}})
	require.NoError(t, err)
	require.Equal(t, 1, taken)
	require.True(t, refuses(t, s, "K2"))
	require.False(t, refuses(t, s, "K1"))
}

func TestObjectionsHoldWhateverBecomesOfTheFile(t *testing.T) {
	for name, file := range map[string]string{
		"a row that is wrong, strict": resultsHead + "L-261127-KQWM;;K2;Bergmann;0731 555020;Widerspruch;2026-11-30;10:05;;;Ann;\nL-261127-KQWM;;K1;Adler Bau;;reached;no day;;;;;\n",
		"quotes that never close":     resultsHead + "L-261127-KQWM;;K2;Bergmann;0731 555020;opt-out;2026-11-30;10:05;;;Ann;\n" + "\"L-261127-KQWM;;K1" + strings.Repeat("x ", 1<<20),
	} {
		t.Run(name, func(t *testing.T) {
			s := handedOut(t)
			path := write(t, "results.csv", file)
			f, err := exchange.Open(path, exchange.Options{As: model.TableCalls})
			require.NoError(t, err)
			defer f.Close()
			m, err := f.Mapping()
			require.NoError(t, err)
			_, err = s.Import(t.Context(), lead, []Source{{f, m}}, ImportOptions{Strict: true})
			var taken ObjectionsTaken
			require.ErrorAs(t, err, &taken)
			require.Equal(t, 1, taken.Count)
			require.True(t, refuses(t, s, "K2"))
			calls, err := s.AccountCalls("K2", 10)
			require.NoError(t, err)
			require.Empty(t, calls, "nothing else of it was taken")
		})
	}
}

func TestCallsThatShouldNotHaveBeenMadeAreTold(t *testing.T) {
	s := handedOut(t)
	s.now = func() time.Time { return model.NewDate(2026, 11, 29).Time().Add(12 * time.Hour) }
	_, err := s.AddOptOuts(lead, []string{"0731 555010"}, "wrote a letter")
	require.NoError(t, err)
	s.now = func() time.Time { return model.NewDate(2026, 12, 13).Time().Add(12 * time.Hour) }
	r := results(t, s, "results.csv", "L-261127-KQWM;;K1;Adler Bau;0731 555010;reached;2026-11-30;10:00;;;Ann;\n"+ // the day after
		"L-261127-KQWM;;K2;Bergmann;0731 555020;reached;2026-12-12;10:05;;;Ann;\n"+ // the list was over
		"L-261127-KQWM;;K3;Conrad;0731 555030;reached;2026-12-11;10:05;;;Ann;\n"+
		"L-261127-KQWM;;K4;Dorn;0731 555040;reached;2026-12-01;10:05;;;Ann;\n") // was never on it
	require.Equal(t, 4, r.Tally.Added, "what was called was called")
	require.Len(t, r.Late, 2)
	require.Equal(t, "Adler Bau 2026-11-29", r.Late[0].Name+" "+r.Late[0].Objected.String())
	require.Equal(t, "Bergmann ", r.Late[1].Name+" "+r.Late[1].Objected.String())
	require.Equal(t, 1, r.OffList)
}

func TestWhoIsOutIsNotCalledFromHere(t *testing.T) {
	s := handedOut(t)
	book, err := s.RulesBook()
	require.NoError(t, err)
	for day, out := range map[model.Date]bool{model.NewDate(2026, 11, 26): false, model.NewDate(2026, 11, 27): true, model.NewDate(2026, 12, 11): true, model.NewDate(2026, 12, 12): false} {
		_, is := book.On(day).OutWith("K1")
		require.Equal(t, out, is, day.String())
	}
	list, _ := book.OutList("L-261127-KQWM")
	back := list
	back.Back = model.NewDate(2026, 12, 1)
	_, err = s.Apply(lead, Request{Action: "call.take-back", Puts: []Put{{Record: back, Before: list}}})
	require.NoError(t, err)
	book, err = s.RulesBook()
	require.NoError(t, err)
	_, is := book.On(model.NewDate(2026, 12, 1)).OutWith("K1")
	require.False(t, is)
}

// Who may only look brings nothing in, objections included.
func TestWhoMayOnlyLookTakesNoObjections(t *testing.T) {
	s := handedOut(t)
	f, err := exchange.Open(write(t, "results.csv", resultsHead+"L-261127-KQWM;;K2;Bergmann;0731 555020;opt-out;2026-11-30;10:05;;;Ann;\n"), exchange.Options{})
	require.NoError(t, err)
	defer f.Close()
	m, err := f.Mapping()
	require.NoError(t, err)
	_, err = s.Import(t.Context(), model.Actor{Name: "Guest", Role: model.RoleLook}, []Source{{f, m}}, ImportOptions{})
	require.ErrorAs(t, err, &model.Forbidden{})
	require.False(t, refuses(t, s, "K2"))
}
