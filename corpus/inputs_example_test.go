package corpus_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/quoth-nlp/quoth/corpus"
)

// newsFolder makes a folder with an article, notes and an archive.
func newsFolder() string {
	folder, err := os.MkdirTemp("", "")
	if err != nil {
		panic(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"b.txt", "a.txt"} {
		f, err := w.Create(name)
		if err != nil {
			panic(err)
		}
		f.Write([]byte("“Yes,” she said."))
	}
	w.Close()
	for name, data := range map[string]string{"news.txt": "“No,” he said.", "notes.log": "", "old.zip": b.String()} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(data), 0o600); err != nil {
			panic(err)
		}
	}
	return folder
}

func ExampleOpen_archives() {
	folder := newsFolder()
	defer os.RemoveAll(folder)
	opt := corpus.Options{Exclude: []string{"**/old.zip/b.*"}, Limits: corpus.Limits{Members: 1000}}
	c, err := corpus.Open(context.Background(), []string{folder}, opt)
	if err != nil {
		panic(err)
	}
	for item := range c.Items(context.Background()) {
		if item.Err != nil {
			fmt.Println(item.Err)
			continue
		}
		fmt.Println(filepath.Base(item.Article.Path), item.Article.Member, item.Article.Text)
	}
	// Output:
	// news.txt  “No,” he said.
	// old.zip a.txt “Yes,” she said.
}

func ExampleCollection_Plan() {
	folder := newsFolder()
	defer os.RemoveAll(folder)
	c, err := corpus.Open(context.Background(), []string{folder}, corpus.Options{})
	if err != nil {
		panic(err)
	}
	for p := range c.Plan(context.Background()) {
		fmt.Println(strings.TrimSpace(fmt.Sprint(filepath.Base(p.Path), " ", p.Member, " ", p.Format, " ", p.Skipped)))
	}
	// Output:
	// news.txt  text
	// notes.log   ending
	// old.zip a.txt text
	// old.zip b.txt text
}

func ExampleParseShard() {
	shard, err := corpus.ParseShard("2/8")
	fmt.Println(shard.Index, shard.Count, err)
	_, err = corpus.ParseShard("9/8")
	fmt.Println(err)
	// Output:
	// 2 8 <nil>
	// not a shard; write i/n with i from 1 to n, as in 2/8
}

func ExampleParseEncoding() {
	name, err := corpus.ParseEncoding("Latin1")
	fmt.Println(name, err)
	// Output: windows-1252 <nil>
}

func ExampleDefaultLimits() {
	fmt.Println(corpus.DefaultLimits().Ratio)
	// Output: 100
}
