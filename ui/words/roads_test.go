package words

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/store/roads"
	"doppelpass/ui/text"
)

// Why a routing server gave no drives is told in the person's language; only what that
// server itself says stays in its own words.
func TestATroubleWithARoutingServerIsTold(t *testing.T) {
	for kind, says := range map[roads.TroubleKind][2]string{
		roads.TroubleAddress: {"is no address of a server", "ist keine Adresse"}, roads.TroubleSilent: {"does not answer", "antwortet nicht"},
		roads.TroubleElsewhere: {"another server", "einen anderen Server"}, roads.TroubleUnreadable: {"gives no answer as", "gibt keine Antwort"},
		roads.TroubleRefused: {"refuses and says: TooBig", "lehnt ab und meldet: TooBig"},
	} {
		err := fmt.Errorf("asking: %w", roads.Trouble{Kind: kind, Address: "http://roads:5000", Said: "TooBig", Err: errors.New("dial tcp")})
		for i, language := range []text.Language{text.English, text.German} {
			said := Roads(text.New(language), err)
			require.Contains(t, said, says[i])
			require.Contains(t, said, "http://roads:5000")
			require.NotContains(t, said, "dial tcp")
		}
	}
}
