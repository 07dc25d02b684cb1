package corpus_test

import (
	"context"
	"fmt"
	"log"
	"strings"
	"testing/fstest"

	"github.com/quoth-nlp/quoth/corpus"
)

func ExampleLayouts_With() {
	own := fstest.MapFS{"wire.yaml": {Data: []byte(`
name: wire
detect: ['*** END ***']
end: ['\*\*\* END \*\*\*']
body: ['-30-']
head:
  - {field: title}
`)}}
	layouts, err := corpus.DefaultLayouts().With(own)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(layouts.Names())

	file := "Bridge opens\n-30-\nIt opened.\n*** END ***\nFerry stops\n-30-\nIt stopped.\n*** END ***\n"
	c, err := corpus.Open(context.Background(), []string{"-"}, corpus.Options{Layouts: layouts, Stdin: strings.NewReader(file)})
	if err != nil {
		log.Fatal(err)
	}
	for item := range c.Items(context.Background()) {
		fmt.Println(item.Article.Index, *item.Article.Meta.Title, "-", item.Article.Text)
	}
	// Output:
	// [wire lexisnexis-txt nexis-uni]
	// 0 Bridge opens - It opened.
	// 1 Ferry stops - It stopped.
}

func ExampleDefaultLayouts() {
	fmt.Println(corpus.DefaultLayouts().Names())
	// Output: [lexisnexis-txt nexis-uni]
}

func ExampleCheckMap() {
	fmt.Println(corpus.CheckMap(map[string]string{"text": ".story.body", "id": "Nr"}))
	fmt.Println(corpus.CheckMap(map[string]string{"body": ".story.body"}))
	fmt.Println(corpus.MapFields())
	// Output:
	// <nil>
	// no field "body"; take one of text, title, date, url, authors, id
	// [text title date url authors id]
}
