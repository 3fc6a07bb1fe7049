package exchange

// The classes as files write them: by the team's names for them, by their codes, and
// in the ways people put a word beside a letter.

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"doppelpass/model"
)

// classWords are the team's classes by folded word.
type classWords struct {
	words  map[string]model.Class
	stable string // what a cell may say, for a person
	last   model.Class
}

// CheckClassWords is an error where a word is said to be a class that the team does not
// have.
func CheckClassWords(classes []model.ClassRule, said map[string]string) error {
	w := wordsOf(classes, nil)
	for _, word := range slices.Sorted(maps.Keys(said)) {
		if _, ok := w.read(said[word]); !ok {
			return &FileError{Reason: ReasonBadClass, Args: []string{word, said[word], w.stable}}
		}
	}
	return nil
}

// scales are words that people put in the place of A, B, C and so on, highest first.
var scales = [...][]string{
	{"platin", "gold", "silber", "bronze"}, {"platinum", "gold", "silver", "bronze"}, {"premium", "standard", "basis"}, {"premium", "standard", "basic"},
	{"hoch", "mittel", "niedrig"}, {"hoch", "mittel", "gering"}, {"high", "medium", "low"}, {"top", "mittel", "klein"}, {"gross", "mittel", "klein"},
	{"large", "medium", "small"}, {"1", "2", "3", "4", "5"}, {"aaa", "aa", "a"}, {"aa", "a", "b"},
}

// classesFor proposes which class each of a column's words is: by a scale that all of
// them stand on, else in the order in which they came.
func classesFor(words []string, classes []model.ClassRule) string {
	if classes == nil {
		classes = model.DefaultSettings().ClassList()
	}
	ranked := slices.Clone(words)
	for _, scale := range scales {
		place := func(word string) int { return slices.Index(scale, fold(word)) }
		if !slices.ContainsFunc(words, func(word string) bool { return place(word) < 0 }) {
			slices.SortFunc(ranked, func(a, b string) int { return cmp.Compare(place(a), place(b)) })
			break
		}
	}
	said := make([]string, len(ranked))
	for i, word := range ranked {
		said[i] = word + "=" + classes[min(i, len(classes)-1)].Label()
	}
	return strings.Join(said, ",")
}

// wordsOf are the words of the classes; nil stands for those a team starts with. What a
// person said about the files' words comes first.
func wordsOf(classes []model.ClassRule, said map[string]string) *classWords {
	if classes == nil {
		classes = model.DefaultSettings().ClassList()
	}
	w := &classWords{words: map[string]model.Class{}, last: classes[len(classes)-1].Code}
	var names []string
	add := func(word string, class model.Class) {
		for _, written := range [...]string{word, word + "kunde", word + "kunden", "klasse" + word, "class" + word} {
			if written = fold(written); written != "" && w.words[written] == "" {
				w.words[written] = class
			}
		}
	}
	for word, class := range said {
		for _, c := range classes {
			if fold(class) == fold(c.Label()) || fold(class) == fold(string(c.Code)) {
				w.words[fold(word)] = c.Code
			}
		}
	}
	for _, c := range classes {
		add(c.Label(), c.Code)
		names = append(names, c.Label())
	}
	for _, c := range classes { // a name goes before another class's code
		add(string(c.Code), c.Code)
	}
	w.stable = strings.Join(names, ", ")
	return w
}

func (w *classWords) read(cell string) (model.Class, bool) {
	if len(cell) > longestCode {
		return "", false
	}
	class, ok := w.words[fold(cell)]
	return class, ok
}

var classWord = form[model.Class]{width: 14,
	show: func(c model.Class) Cell { return TextCell(string(c)) },
	read: func(in *input, cell string) (model.Class, fault) {
		words := in.row.plan.classes
		if class, ok := words.read(cell); ok {
			return class, fault{}
		}
		return "", faulty(ReasonNoWord, words.stable)
	}}

// classSeparators stand between classes, not in their names.
const classSeparators = ",;|/+&"

// classesOf makes a list of classes readable in whatever form: A B, A,B, AB.
func classesOf(c column[model.Campaign]) column[model.Campaign] {
	c.read = func(in *input, m *model.Campaign, cell string) fault {
		words := in.row.plan.classes
		var list []model.Class
		take := func(word string) bool {
			class, ok := words.read(word)
			if ok && !slices.Contains(list, class) {
				list = append(list, class)
			}
			return ok
		}
		for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(classSeparators, r) }) {
			if part = strings.TrimSpace(part); part == "" || take(part) {
				continue
			}
			for _, word := range strings.Fields(part) {
				if take(word) {
					continue
				}
				for _, letter := range word {
					if !take(string(letter)) {
						return faulty(ReasonNoWord, words.stable)
					}
				}
			}
		}
		m.Classes = list
		return fault{}
	}
	return c
}

// joinClasses parts the names by blanks, or where one has a blank itself by commas.
func joinClasses(list []model.Class) string {
	words, separator := make([]string, len(list)), " "
	for i, c := range list {
		words[i] = string(c)
		if strings.Contains(words[i], " ") {
			separator = ", "
		}
	}
	return strings.Join(words, separator)
}
