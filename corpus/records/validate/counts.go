package validate

import "github.com/quoth-nlp/quoth/pipeline/output"

// Counts are the totals of records.
type Counts struct {
	Documents, Duplicates, Errors int
	Sentences, Entities, Quotes   int
	Attributed, Named             int // quotes whose speaker is certain, and those with a name
	Failed                        map[string]int
}

func (c *Counts) document(d *output.Record) {
	c.Documents++
	if d.DuplicateOf != nil {
		c.Duplicates++
	}
	c.Sentences += len(d.Sentences)
	c.Entities += len(d.Entities)
	c.Quotes += len(d.Quotes)
	for _, q := range d.Quotes {
		if q.Status == "attributed" {
			c.Attributed++
			if q.Speaker.Name != nil {
				c.Named++
			}
		}
	}
}

func (c *Counts) failed(e *output.Error) {
	c.Errors++
	c.Failed = map[string]int{e.Code: 1}
}

// Add adds the counts of other records.
func (c *Counts) Add(o Counts) {
	c.Documents += o.Documents
	c.Duplicates += o.Duplicates
	c.Errors += o.Errors
	c.Sentences += o.Sentences
	c.Entities += o.Entities
	c.Quotes += o.Quotes
	c.Attributed += o.Attributed
	c.Named += o.Named
	for code, n := range o.Failed { // sums do not depend on the order
		if c.Failed == nil {
			c.Failed = map[string]int{}
		}
		c.Failed[code] += n
	}
}
