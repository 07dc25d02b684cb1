package rules

import "gopkg.in/yaml.v3"

// kind is a role that goes by several nouns: an attorney is a lawyer.
type kind struct {
	forms    []string
	examples Examples
}

func (dec *decoder) kind(n *yaml.Node) {
	before := len(dec.faults)
	k := &kind{}
	has := map[string]bool{}
	for _, f := range dec.fields(n, "id", "forms", "examples") {
		has[f.key.Value] = true
		switch f.key.Value {
		case "forms":
			k.forms = dec.forms(f)
		case "examples":
			k.examples = dec.examples(f.value)
		}
	}
	dec.need(n, has, "forms", "list at least one, as in forms: [lawyer, attorney]")
	dec.add(n, rule{kind: k}, before)
}

// note tells each noun of the kind by which others the same person may go.
func (k *kind) note(entry func(string) *Word) {
	for _, f := range k.forms {
		w := entry(f)
		for _, other := range k.forms {
			if other != f {
				w.Kin = append(w.Kin, other)
			}
		}
	}
}
