package exchange

// Parts of a workbook in another encoding than UTF-8, which are rare: they are read
// once through the library, slowly.

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// longestDeclaration is how far into a part its encoding may be said, in bytes.
const longestDeclaration = 256

var encodingSaid = pattern(`^(?:\xEF\xBB\xBF)?<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']`)

// declaredEncoding is the encoding that the start of a part names; "" for UTF-8,
// which nearly all have.
func declaredEncoding(start []byte) string {
	said := encodingSaid().FindSubmatch(start)
	if said == nil || strings.EqualFold(string(said[1]), "utf-8") {
		return ""
	}
	return string(said[1])
}

// errXMLWideCharacters says that a part is in UTF-16, which XML may be in but the library reads
// nothing of.
var errXMLWideCharacters = errors.New("it is written in UTF-16")

// xmlOfUTF16 is the UTF-16 that XML begins in, with or without a byte order mark; "" for anything
// else.
func xmlOfUTF16(start []byte) Encoding {
	switch {
	case bytes.HasPrefix(start, markUTF16LE), bytes.HasPrefix(start, []byte("<\x00")):
		return UTF16LE
	case bytes.HasPrefix(start, markUTF16BE), bytes.HasPrefix(start, []byte("\x00<")):
		return UTF16BE
	}
	return ""
}

// readXML reads a part of another encoding, slowly; sheet sees its elements.
func readXML(r io.Reader, label string, sheet *sheetScan) error {
	known, err := htmlindex.Get(label)
	if err != nil {
		return fmt.Errorf("the encoding %q: %w", label, err)
	}
	decoder := xml.NewDecoder(r)
	decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return known.NewDecoder().Reader(in), nil }
	for depth := 0; ; {
		token, err := decoder.Token()
		switch token := token.(type) {
		case xml.StartElement:
			element := elementOf([]byte(token.Name.Local))
			sheet.start(element, depth)
			for _, a := range token.Attr {
				if at := []byte(a.Name.Local); sheet.looksAt(element, at) {
					sheet.attribute(element, at, []byte(a.Value))
				}
			}
			depth++
		case xml.CharData:
			sheet.text(token)
		case xml.EndElement:
			depth--
			if err := sheet.end(elementOf([]byte(token.Name.Local))); err != nil {
				return err
			}
		}
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case depth > mostNested:
			return errors.New("its elements are nested too deeply")
		}
	}
}

// declares says what is wrong with an instruction to whoever reads the XML, for what a declaration
// is, wherever it stands: encoding/xml reads no further behind one of another version, or of an
// encoding that it does not know, and of one in which letters take several bytes the grammar has
// not been looked at.
func declares(instruction []byte) error {
	behind, is := bytes.CutPrefix(instruction, []byte("xml"))
	if !is || len(behind) > 0 && tagBytes[behind[0]]&(inName|isColon) != 0 {
		return nil
	}
	if version := declared("version=", behind); version != "" && version != "1.0" {
		return fmt.Errorf("it is written in XML %.20q", version)
	}
	label := declared("encoding=", behind)
	if label == "" || strings.EqualFold(label, "utf-8") {
		return nil
	}
	known, err := htmlindex.Get(label)
	if err != nil {
		return fmt.Errorf("the encoding %.40q: %w", label, err)
	}
	if _, single := known.(*charmap.Charmap); !single {
		return fmt.Errorf("the encoding %.40q is named too late", label)
	}
	return nil
}

// declared is the value that encoding/xml finds in a declaration behind a name.
func declared(name string, in []byte) string {
	for {
		at := bytes.Index(in, []byte(name))
		if at < 0 || at+len(name) == len(in) {
			return ""
		}
		quote := in[at+len(name)]
		in = in[at+len(name)+1:]
		if quote != '\'' && quote != '"' {
			continue
		}
		if end := bytes.IndexByte(in, quote); end >= 0 {
			return string(in[:end])
		}
		return ""
	}
}
