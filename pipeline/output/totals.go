package output

import "github.com/quoth-nlp/quoth/pipeline/annot"

// Totals count what records hold.
type Totals struct {
	Sentences int `json:"sentences"`
	Entities  int `json:"entities"`
	Quotes    int `json:"quotes"`
	// Attributed is the number of quotes whose speaker is certain, Named of those among them with the speaker's name.
	Attributed int `json:"attributed"`
	Named      int `json:"named"`
}

// Totals returns those of one record.
func (r *Record) Totals() Totals {
	t := Totals{Sentences: len(r.Sentences), Entities: len(r.Entities), Quotes: len(r.Quotes)}
	for _, q := range r.Quotes {
		if q.Status != annot.Attributed.String() {
			continue
		}
		t.Attributed++
		if q.Speaker != nil && q.Speaker.Name != nil {
			t.Named++
		}
	}
	return t
}

// Add adds the totals of other records.
func (t *Totals) Add(o Totals) {
	t.Sentences += o.Sentences
	t.Entities += o.Entities
	t.Quotes += o.Quotes
	t.Attributed += o.Attributed
	t.Named += o.Named
}
