package scratch_test

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/quoth-nlp/quoth/corpus/records/scratch"
)

func TestFile(t *testing.T) {
	folder := t.TempDir()
	f, err := scratch.New(folder)
	if err != nil {
		t.Fatal(err)
	}
	if v := f.Get("a", []byte("k")); v != nil {
		t.Errorf("an empty file has %q", v)
	}
	for range f.From("a", nil) {
		t.Error("an empty file has pairs")
	}
	const n = 20_000 // several portions
	for part := range 2 {
		var pairs []scratch.Pair
		for i := part; i < n; i += 2 {
			pairs = append(pairs, scratch.Pair{Key: binary.BigEndian.AppendUint32(nil, uint32(i)), Value: fmt.Append(nil, i)})
		}
		if err := f.Put("a", pairs); err != nil {
			t.Fatal(err)
		}
		if v := string(f.Get("a", pairs[1].Key)); v != fmt.Sprint(part+2) {
			t.Errorf("part %d: got %q", part, v)
		}
	}
	if err := f.Put("a", []scratch.Pair{{Key: binary.BigEndian.AppendUint32(nil, 7), Value: []byte("new")}}); err != nil {
		t.Fatal(err)
	}
	next := uint32(5)
	for k, v := range f.From("a", binary.BigEndian.AppendUint32(nil, next)) {
		if got := binary.BigEndian.Uint32(k); got != next {
			t.Fatalf("want key %d, got %d", next, got)
		}
		if next == 7 && string(v) != "new" {
			t.Errorf("got %q", v)
		}
		next++
	}
	if next != n {
		t.Errorf("the last key is %d", next-1)
	}
	for range 2 {
		if err := f.Append("b", []scratch.Pair{{Key: []byte("k"), Value: []byte("xy")}}); err != nil {
			t.Fatal(err)
		}
	}
	if v := f.Get("b", []byte("k")); string(v) != "xyxy" {
		t.Errorf("got %q", v)
	}
	if err := f.Put("a", []scratch.Pair{{}}); err == nil {
		t.Error("an empty key was taken")
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if f.Get("a", []byte("k")) != nil || f.Put("a", []scratch.Pair{{Key: []byte("k")}}) == nil {
		t.Error("a closed file can be used")
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left: %v %v", left, err)
	}
	if _, err := scratch.New(filepath.Join(folder, "missing")); err == nil {
		t.Error("a file in a folder that is missing")
	}
}

func ExampleFile() {
	f, err := scratch.New("")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer f.Close()
	if err := f.Put("words", []scratch.Pair{{[]byte("ferry"), []byte("1")}, {[]byte("bridge"), []byte("2")}}); err != nil {
		fmt.Println(err)
		return
	}
	for k, v := range f.From("words", nil) {
		fmt.Printf("%s %s\n", k, v)
	}
	// Output:
	// bridge 2
	// ferry 1
}
