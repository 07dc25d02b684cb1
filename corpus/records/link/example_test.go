package link_test

import (
	"fmt"

	"github.com/quoth-nlp/quoth/corpus/records/link"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

func ExampleLinker() {
	text := "“The bridge will be closed until the spring of next year.”"
	quote := output.Quote{Status: "unattributed", Parts: []output.Part{{End: 58}}, Fingerprint: output.Fingerprint(text)}
	sure := quote
	sure.Status, sure.Confidence, sure.Speaker = "attributed", 0.99, &output.Speaker{Name: new("Ana Ruiz"), Type: "person"}
	run := []*output.Record{{Quotes: []output.Quote{sure}}, {Quotes: []output.Quote{quote}}}

	l, err := link.New("")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer l.Close()
	for _, r := range run {
		if err := l.Collect(r); err != nil {
			fmt.Println(err)
			return
		}
	}
	if err := l.Decide(); err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range run {
		fmt.Println(l.Fill(r), *r.Quotes[0].Speaker.Name)
	}
	fmt.Println(l.Summary())
	// Output:
	// false Ana Ruiz
	// true Ana Ruiz
	// quotes in several articles: 1; filled in: 1, confirmed: 0, left because of contradictions: 0
}
