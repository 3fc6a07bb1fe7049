package exchange

// The classes as files write them: by the team's names for them, by their codes, and
// in the ways people put a word beside a letter.

import (
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

// wordsOf are the words of the classes; nil stands for those a team starts with.
func wordsOf(classes []model.ClassRule) *classWords {
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
