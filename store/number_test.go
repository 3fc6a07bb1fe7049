package store

import (
	"testing"

	"github.com/nyaruka/phonenumbers"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestOneFormForATelephoneNumber(t *testing.T) {
	for _, test := range []struct{ phone, country, want string }{
		{"030 123456", "", "+4930123456"}, {"+49 30 123456", "", "+4930123456"}, {"0049-30-123456", "", "+4930123456"}, {"(030) 12 34 56", "DE", "+4930123456"},
		{"+49 (0)30 123456", "", "+4930123456"}, {"030/123456", "Deutschland", "+4930123456"},
		{"01 5321234", "AT", "+4315321234"}, {"01 5321234", "Österreich", "+4315321234"}, {"0043 1 5321234", "DE", "+4315321234"},
		{"044 668 18 00", "CH", "+41446681800"}, {"01 42 68 53 00", "FR", "+33142685300"}, {"+33 1 42 68 53 00", "DE", "+33142685300"},
		{"-", "", ""}, {"keine", "", ""}, {"n/a", "", ""}, {"0711", "", ""}, {"", "", ""},
	} {
		require.Equal(t, test.want, NormalNumber(test.phone, test.country), "%q %q", test.phone, test.country)
	}
}

// The quick way says what the library says.
func TestPlainNumbersAreTheLibrarys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		country := rapid.SampledFrom([]string{"DE", "AT", "CH"}).Draw(t, "country")
		phone := rapid.SampledFrom([]string{"0", "+49", "0049", "+43 ", "0041-", "", "(0"}).Draw(t, "prefix") +
			rapid.StringMatching(`[1-9][0-9]{1,4}[ /\-]?[0-9]{3,7}[ -]?[0-9]{0,2}`).Draw(t, "number")
		quick := plainNumber(phone, country)
		if quick == "" {
			return
		}
		number, err := phonenumbers.Parse(phone, country)
		require.NoError(t, err, phone)
		if !phonenumbers.IsValidNumber(number) {
			return // of those the library leaves the 0 now and then
		}
		require.Equal(t, phonenumbers.Format(number, phonenumbers.E164), quick, phone)
	})
}

func BenchmarkNormalNumber(b *testing.B) {
	for b.Loop() {
		NormalNumber("0711 555-0142", "DE")
	}
}
