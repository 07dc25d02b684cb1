package validate

import "github.com/quoth-nlp/quoth/pipeline/output"

// Counts are the totals of records.
type Counts struct {
	Documents, Duplicates, Errors int
	output.Totals
	Failed map[string]int // by the code of the error
}

func (c *Counts) document(r *output.Record) {
	c.Documents++
	if r.DuplicateOf != nil {
		c.Duplicates++
	}
	c.Totals.Add(r.Totals())
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
	c.Totals.Add(o.Totals)
	for code, n := range o.Failed { // sums do not depend on the order
		if c.Failed == nil {
			c.Failed = map[string]int{}
		}
		c.Failed[code] += n
	}
}
