package ready

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

var today = model.NewDate(2026, 11, 24)

// bookOf is a book of records.
func bookOf(t *testing.T, records ...model.Record) *model.Book {
	t.Helper()
	book := model.NewBook()
	change := model.Change{}
	for _, record := range records {
		change.Edits = append(change.Edits, model.Edit{After: record})
	}
	book.Apply(change)
	return book
}

// list is ten accounts in no territory: K0 … K9 with a potential of 1,000 … 10,000.
func list() (records []model.Record, owners map[string]string) {
	owners = map[string]string{}
	for i := range 10 {
		code := fmt.Sprintf("K%d", i)
		records = append(records, model.Account{
			Code: code, Name: code, Class: model.ClassC, Potential: model.Money(100000 * (i + 1)),
			Address: model.Address{Postcode: []string{"70173", "89073"}[i%2], City: "x"},
		})
		owners[code] = []string{"Kim Sommer", "kim  sommer", "M. Adler"}[i%3]
	}
	return records, owners
}

func kinds(gaps []Gap) (list []Kind) {
	for _, g := range gaps {
		list = append(list, g.Kind)
	}
	return list
}

func TestWhatIsLackingIsSaidInOrder(t *testing.T) {
	require.Equal(t, []Gap{{Kind: NoAccount}}, Gaps(model.NewBook().On(today), nil))

	records, owners := list()
	gaps := Gaps(bookOf(t, records...).On(today), owners)
	require.Equal(t, []Kind{NoTerritory, NoVisit, NoClass, NoCampaign, NoCall, NoPlace}, kinds(gaps))
	require.Equal(t, Gap{NoTerritory, 10, 10, []Way{WayOwners, WayAreas, WayOne}}, gaps[0])
	require.Equal(t, []Way{WayRank}, gaps[2].Ways)

	records = append(records, model.Territory{Code: "T1", Postcodes: []string{"7"}}, model.Account{Code: "X", Territory: "T1", Class: model.ClassA})
	gaps = Gaps(bookOf(t, records...).On(today), nil)
	require.Equal(t, Gap{NoTerritory, 10, 11, []Way{WayPostcodes, WayAreas, WayOne}}, gaps[0])
	require.Equal(t, Gap{NoRep, 1, 1, []Way{WayReps}}, gaps[1])
	require.NotContains(t, kinds(gaps), NoClass, "somebody has told accounts apart")
}

func TestNothingIsLackingWhereAllIsThere(t *testing.T) {
	gaps := Gaps(bookOf(t,
		model.Rep{Code: "R"}, model.Territory{Code: "T", Rep: "R"},
		model.Account{Code: "A", Territory: "T", Class: model.ClassA, Phone: "0711 5550142", Consent: model.ConsentGiven, Placed: model.PlacedTown, At: model.Coordinates{Lat: 48, Lon: 9}},
		model.Visit{Account: "A", Date: today - 3, Rep: "R"},
		model.Campaign{Code: "C", Status: model.CampaignPlanned, Kind: "mailing", Start: today, End: today},
	).On(today), nil)
	require.Empty(t, gaps)
}

func TestOwnersBecomeRepsWithATerritoryEach(t *testing.T) {
	records, owners := list()
	plan := ByOwner(bookOf(t, records...), owners)
	require.Equal(t, []Part{
		{Code: "Kim Sommer", Name: "Kim Sommer", Rep: "Kim Sommer", New: true, Accounts: 7},
		{Code: "M. Adler", Name: "M. Adler", Rep: "M. Adler", New: true, Accounts: 3},
	}, plan.Parts, "the same name, written twice, is one person")
	book := bookOf(t, records...)
	book.Apply(model.Change{Edits: plan.Edits})
	require.Len(t, book.Reps(), 2)
	require.Len(t, book.Area("Kim Sommer").Accounts(), 7)
	require.Empty(t, ByOwner(book, owners).Edits, "a second time nothing is left to do")

	// A rep with one territory keeps it, of several nothing tells which.
	plan = ByOwner(bookOf(t, append(records, model.Rep{Code: "R1", Name: "Kim Sommer"}, model.Territory{Code: "T1", Name: "Ulm", Rep: "R1"},
		model.Rep{Code: "R2", Name: "M. Adler"}, model.Territory{Code: "T2", Rep: "R2"}, model.Territory{Code: "T3", Rep: "R2"})...), owners)
	require.Equal(t, []Part{{Code: "T1", Name: "Ulm", Rep: "Kim Sommer", Accounts: 7}}, plan.Parts)
	require.Equal(t, 3, plan.Left)
	require.Len(t, plan.Edits, 7)

	// A territory of somebody else that is called so is left alone.
	plan = ByOwner(bookOf(t, append(records, model.Territory{Code: "M. Adler", Rep: "R9"})...), owners)
	require.Equal(t, "M. Adler #2", plan.Parts[1].Code)
}

func TestPostcodesAssignAndMakeTerritories(t *testing.T) {
	records, _ := list()
	abroad := model.Account{Code: "W", Address: model.Address{Postcode: "7000", Country: "AT"}}
	records = append(records, abroad, model.Account{Code: "0"})
	book := bookOf(t, append(records, model.Territory{Code: "T7", Name: "Süd", Postcodes: []string{"70", "71"}})...)
	plan := ByPostcode(book)
	require.Equal(t, []Part{{Code: "T7", Name: "Süd", Accounts: 5}}, plan.Parts)
	require.Equal(t, 7, plan.Left)
	require.Empty(t, ByPostcode(book, "T8").Parts)

	name := func(area string) string { return "PLZ " + area }
	plan = ByArea(bookOf(t, records...), 2, name)
	require.Equal(t, []Part{
		{Code: "70", Name: "PLZ 70", New: true, Accounts: 5}, {Code: "89", Name: "PLZ 89", New: true, Accounts: 5}, {Code: "AT 70", Name: "PLZ AT 70", New: true, Accounts: 1},
	}, plan.Parts)
	require.Equal(t, 1, plan.Left)
	book = bookOf(t, records...)
	book.Apply(model.Change{Edits: plan.Edits})
	require.Equal(t, []string{"70"}, book.Area("AT 70").Postcodes)
	require.Equal(t, "AT", book.Area("AT 70").Country)

	require.Equal(t, 12, InOne(bookOf(t, records...), "Alle").Accounts())
}

func TestVacantTerritoriesGetReps(t *testing.T) {
	book := bookOf(t, model.Territory{Code: "T1"}, model.Territory{Code: "T2"}, model.Territory{Code: "T3"}, model.Rep{Code: "R1", Name: "Kim Sommer"},
		model.Account{Code: "A", Territory: "T1"}, model.Account{Code: "B", Territory: "T2"})
	plan := Staff(book, map[string]string{"T1": "kim sommer", "T2": "Neu", "T3": "nobody asks: it has no accounts"})
	book.Apply(model.Change{Edits: plan.Edits})
	require.Equal(t, "R1", book.Area("T1").Rep)
	require.Equal(t, "Neu", book.Area("T2").Rep)
	require.Equal(t, "", book.Area("T3").Rep)
	require.Len(t, book.Reps(), 2)
}

func TestClassesFollowTheRankOfThePotential(t *testing.T) {
	records, _ := list()
	records = append(records, model.Account{Code: "none", Class: model.ClassC}, model.Account{Code: "own", Interval: 14, Potential: 99000000})
	counts := func(plan Plan) (n [3]int) {
		for i, part := range plan.Parts {
			n[i] = part.Accounts
		}
		return n
	}
	plan := ByRank(bookOf(t, records...), []int{20, 30})
	// Of 11 with a potential the first two are A (own stays as it is), up to five and a half B.
	require.Equal(t, [3]int{1, 4, 5}, counts(plan))
	require.Equal(t, model.Money(1000000), plan.Parts[0].From)
	require.Equal(t, model.Money(600000), plan.Parts[1].From)
	require.Equal(t, 1, plan.Left, "without a potential nothing is said")
	require.Len(t, plan.Edits, 5, "who stays in the last class is not written")

	same := []model.Record{}
	for i := range 10 {
		same = append(same, model.Account{Code: fmt.Sprint(i), Potential: 5})
	}
	require.Equal(t, [3]int{0, 0, 10}, counts(ByRank(bookOf(t, same...), []int{20, 30})), "equals are not parted")
	require.Equal(t, [3]int{10, 0, 0}, counts(ByRank(bookOf(t, same...), []int{100, 0})))
}

func TestALastVisitIsAssumedForAClass(t *testing.T) {
	book := bookOf(t, model.Territory{Code: "T", Rep: "R"},
		model.Account{Code: "A", Class: model.ClassA, Territory: "T"}, model.Account{Code: "B", Class: model.ClassB}, model.Account{Code: "N"},
		model.Account{Code: "later", Class: model.ClassA, Since: today - 10},
		model.Account{Code: "seen", Class: model.ClassA}, model.Visit{Account: "seen", Date: today - 100})
	require.Equal(t, []int{1, 1, 1}, Never(book.On(today)), "a new account is not late")
	plan := Visited(book.On(today), map[model.Class]model.Date{model.ClassA: today - 20, model.ClassC: today + 1}, func(c model.ClassRule) string { return "assumed " + c.Label() })
	require.Equal(t, []model.Edit{{After: model.Visit{Account: "A", Date: today - 20, Rep: "R", Note: "assumed A"}}}, plan.Edits)
	require.Equal(t, 2, plan.Left)
}

// Where a territory's accounts lie in one Land or country, its holidays are known.
func TestHolidaysFollowFromWhereAccountsLie(t *testing.T) {
	at := func(territory, code, country, postcode string) model.Record {
		return model.Account{Code: code, Territory: territory, Address: model.Address{Country: country, Postcode: postcode}}
	}
	records := []model.Record{
		model.Territory{Code: "one", Name: "One Land"}, at("one", "1", "", "80331"), at("one", "2", "DE", "85049"), at("one", "3", "", ""),
		model.Territory{Code: "two"}, at("two", "4", "", "80331"), at("two", "5", "", "70173"),
		model.Territory{Code: "border"}, at("border", "6", "", "80331"), at("border", "7", "Österreich", "6020"),
		model.Territory{Code: "abroad", Country: "AT"}, at("abroad", "8", "", "1010"),
		model.Territory{Code: "has", Calendar: "DE-BE"}, at("has", "9", "", "80331"),
		model.Territory{Code: "far"}, at("far", "10", "US", "90210"),
		model.Territory{Code: "empty"},
	}
	book := bookOf(t, records...)
	plan := ByLand(book)
	require.Equal(t, []Part{
		{Code: "abroad", Calendar: "AT", Accounts: 1}, {Code: "one", Name: "One Land", Calendar: "DE-BY", Accounts: 3}, {Code: "two", Calendar: "DE", Accounts: 2},
	}, plan.Parts)
	require.Contains(t, Gaps(book.On(today), nil), Gap{NoHolidays, 3, 6, []Way{WayHolidays}})
	book.Apply(model.Change{Edits: plan.Edits})
	require.NotContains(t, kinds(Gaps(book.On(today), nil)), NoHolidays)
	settings := model.DefaultSettings()
	settings.Calendar = "DE"
	require.Empty(t, ByLand(bookOf(t, append(records, settings)...)).Edits, "the team has one for all")
}
