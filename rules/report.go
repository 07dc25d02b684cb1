package rules

import "gopkg.in/yaml.v3"

// A Report is a verb or noun that reports what somebody says, thinks or wants in the words of the article: He urged them
// to leave. It says nothing about quotation marks; a word may be a Cue as well.
type Report struct {
	// ID is the rule's id; it ends the By of the indirect quotes that the word introduces.
	ID string
	// Forms are the inflected forms, lower case, one word each; the first is the plain form.
	Forms []string
	// Noun says that the forms are those of a noun: his claim that the bridge was safe.
	Noun     bool
	Examples Examples
}

func (dec *decoder) report(n *yaml.Node) {
	before := len(dec.faults)
	r := &Report{}
	has := map[string]bool{}
	for _, f := range dec.fields(n, "id", "forms", "noun", "examples") {
		has[f.key.Value] = true
		switch f.key.Value {
		case "forms":
			r.Forms = dec.formsOfOne(f, dec.reported)
		case "noun":
			r.Noun = dec.flag(f)
		case "examples":
			r.Examples = dec.examples(f.value)
		}
	}
	dec.need(n, has, "forms", "list at least one, as in forms: [say, says]")
	r.ID = dec.rule
	dec.add(n, rule{report: r}, before)
}
