// Package text holds every word a person reads, in German and English, and
// writes numbers, days and weeks in each language's form.
//
// The messages lie in messages/ROOM.LANGUAGE.json, one pair of files a room, so
// that a room and its words change together. A message is looked up by its key;
// no sentence is glued together from fragments, and plural forms are the
// message's own.
package text

import (
	"embed"
	"fmt"
	"path"
	"regexp"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

//go:embed messages/*.json
var messageFiles embed.FS

// Language is a language the program speaks.
type Language string

// The languages of the program.
const (
	German  Language = "de"
	English Language = "en"
)

// Languages lists the languages of the program.
var Languages = [...]Language{German, English}

// Args are the values a message's placeholders ({{.Name}}) stand for.
type Args = map[string]any

// Printer writes in one language. It may be used by several goroutines at once.
type Printer struct {
	Language  Language
	localizer *i18n.Localizer
	numbers   *message.Printer
	plain     sync.Map // key → message without placeholders, already written
	counted   sync.Map // counted → message with its count only, already written
}

// printers are made once a process: the messages take a megabyte and a half.
var printers = map[Language]func() *Printer{
	German:  sync.OnceValue(func() *Printer { return read(German) }),
	English: sync.OnceValue(func() *Printer { return read(English) }),
}

// New is the printer of a language, the same for all who ask; any other language than
// German is English.
func New(l Language) *Printer {
	if l != German {
		l = English
	}
	return printers[l]()
}

// read reads a language's messages.
func read(l Language) *Printer {
	tag := language.MustParse(string(l))
	bundle := i18n.NewBundle(tag)
	entries, err := messageFiles.ReadDir("messages")
	if err != nil {
		panic(fmt.Sprintf("reading the embedded messages: %v", err)) // cannot happen: they are part of the program
	}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), "."+string(l)+".json") {
			continue
		}
		if _, err := bundle.LoadMessageFileFS(messageFiles, path.Join("messages", entry.Name())); err != nil {
			panic(fmt.Sprintf("reading the embedded messages %s: %v", entry.Name(), err)) // a test loads them all
		}
	}
	return &Printer{Language: l, localizer: i18n.NewLocalizer(bundle, string(l)), numbers: message.NewPrinter(tag)}
}

// T is the message of the key with its placeholders filled in. A key that has no
// message is written as itself, so that a gap shows instead of hiding.
func (p *Printer) T(key string, args ...Args) string {
	if len(args) == 0 {
		if s, ok := p.plain.Load(key); ok {
			return s.(string)
		}
	}
	config := &i18n.LocalizeConfig{MessageID: key}
	if len(args) > 0 {
		config.TemplateData = args[0]
	}
	s, err := p.localizer.Localize(config)
	if err != nil {
		return key
	}
	if len(args) == 0 {
		p.plain.Store(key, s)
		return s
	}
	return oneStop(s)
}

// N is the message of the key in the plural form for count. The message may use
// {{.Count}}, written in the language's form, beside the args' placeholders.
func (p *Printer) N(key string, count int, args ...Args) string {
	if len(args) > 0 || count < 0 || count >= countedMost {
		return p.count(key, count, args...)
	}
	if s, ok := p.counted.Load(counted{key, count}); ok {
		return s.(string)
	}
	s := p.count(key, count)
	p.counted.Store(counted{key, count}, s)
	return s
}

// counted is a message with a count; those below countedMost are kept.
type counted struct {
	key   string
	count int
}

const countedMost = 128

func (p *Printer) count(key string, count int, args ...Args) string {
	data := Args{"Count": p.Int(count)}
	if len(args) > 0 {
		for name, value := range args[0] {
			data[name] = value
		}
	}
	s, err := p.localizer.Localize(&i18n.LocalizeConfig{MessageID: key, PluralCount: count, TemplateData: data})
	if err != nil {
		return key
	}
	return oneStop(s)
}

// twoStops is the end of a sentence whose last word has a full stop of its own: a
// German day (26.11.), a company (Opitz & Co.).
var twoStops = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`([\p{L}\p{N}])\.\.([ \n“"”)]|$)`) })

// oneStop ends a sentence with one full stop, whatever was filled in last.
func oneStop(s string) string {
	if !strings.Contains(s, "..") {
		return s
	}
	return twoStops().ReplaceAllString(s, "$1.$2")
}

// Has reports whether the key has a message.
func (p *Printer) Has(key string) bool {
	_, err := p.localizer.Localize(&i18n.LocalizeConfig{MessageID: key, PluralCount: 2, TemplateData: Args{}})
	return err == nil
}
