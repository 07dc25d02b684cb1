package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

const pkg = "../../extractors/entities/gazetteer"

// TestDrift builds the tables again from the lexicon files, which are not part of the repository.
func TestDrift(t *testing.T) {
	dir := os.Getenv("QUOTH_LEXICONS")
	if dir == "" {
		t.Skip("NOT CHECKED that gazetteer.bin is up to date: set QUOTH_LEXICONS to the folder of the lexicon files")
	}
	var log bytes.Buffer
	want, err := build(os.DirFS(dir), os.DirFS(pkg), &log)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(pkg, "gazetteer.bin"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("gazetteer.bin is out of date; run go run ./cmd/mklexicon -lexicons %s", dir)
	}
	t.Log(log.String())
}

// TestSize keeps the program small.
func TestSize(t *testing.T) {
	info, err := os.Stat(filepath.Join(pkg, "gazetteer.bin"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > 7<<20 {
		t.Errorf("gazetteer.bin has %d bytes; at most 7 MB are meant for it", info.Size())
	}
}

// TestWorld looks up every row of the hand-written list.
func TestWorld(t *testing.T) {
	table, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	err = readTSV(os.DirFS(pkg), "world.tsv", 4, true, func(c []string) error {
		e, ok := table.Phrase(gazetteer.Hash(gazetteer.Split(c[0])...))
		if c[1] == "NONE" {
			if ok {
				t.Errorf("%s is listed: %+v", c[0], e)
			}
			return nil
		}
		want, _ := number(c[2])
		first, _, _ := strings.Cut(c[1], ",")
		if !ok || e.Best.String() != first || int(e.Weight) != want || c[3] == "ambiguous" && !e.Ambiguous {
			t.Errorf("%s: want %s of weight %d, got %+v, %t", c[0], first, want, e, ok)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func zipped(text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// lexicons are small made-up lists.
func lexicons() fstest.MapFS {
	return fstest.MapFS{
		"gazetteer_permissive.tsv": {Data: []byte("name\tclass\tsubtype\tsource\tweight\tnews_n\n" +
			"Quorvale\tLOC\tcity_US\tgeonames\t2000000\t0\n" +
			"Smithers\tLOC\tcity_US\tgeonames\t5000\t900\n" +
			"Lantern\tLOC\tcity_US\tgeonames\t5000\t0\n" +
			"Lantern\tORG\tcompany_short\tfinancedatabase\t4\t0\n" +
			"Jim Thorpe\tLOC\tcity_US\tgeonames\t5000\t0\n" +
			"The Quorvale Gazette\tORG\tnewspaper\tcorpora\t\t0\n" +
			"Ämter Bau Inc\tORG\tcompany\tfinancedatabase\t3\t0\n" +
			"IN\tLOC\twn_American_state\twordnet\t\t0\n" +
			"Zork (Old)\tLOC\tcountry\tfactbook\t\t0\n" +
			"World Body\tORG\tigo\tfactbook\t\t0\n")},
		"first_names.tsv": {Data: []byte("name\tgender\tmale\tfemale\tsources\tnews_lower_n\tnews_cap_n\talso_place\n" +
			"jim\tM\t90000\t10\tssa\t0\t50\t0\n" + "robin\tM\t600\t400\tssa\t5\t5\t1\n" + "zaz\tf\t\t\tintl\t\t\t0\n")},
		"surnames.tsv":         {Data: []byte("surname\tsources\tnews_after_firstname_n\tnews_lower_n\talso_place\nThorpe\tuscensus\t90\t0\t0\nSmithers\tuscensus\t500\t0\t0\n")},
		"case_stats.tsv.gz":    {Data: zipped("word\tlower\ttitle_mid\tupper_mid\tsent_initial\nlantern\t60\t40\t0\t1\nin\t999\t0\t1\t9\nrare\t1\t0\t0\t0\n")},
		"capseq_counts.tsv.gz": {Data: zipped("phrase\tn\ttitle_before\tsay_after\tloc_prep_before\tthe_before\tposs_after\torg_suffix\tloc_suffix\tparen_after\nSmithers\t900\t300\t90\t9\t0\t9\t0\t0\t0\n")},
	}
}

func world(rows string) fstest.MapFS {
	return fstest.MapFS{"NOTICE.md": {Data: []byte("notice")}, "world.tsv": {Data: []byte("name\ttype\tweight\tnote\n" + rows)},
		"names.tsv": {Data: []byte("name\tkind\tgender\nzita\tfirst\tF\njim\tfirst\tF\nOakwell\tlast\n")}}
}

func TestBuild(t *testing.T) {
	var log bytes.Buffer
	data, err := build(lexicons(), world("# a comment\nWorld Body\tLOC,ORG\t6\tambiguous\n"), &log)
	if err != nil {
		t.Fatal(err)
	}
	table, err := gazetteer.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	loc, org := gazetteer.Types(annot.LOC), gazetteer.Types(annot.ORG)
	for name, want := range map[string]gazetteer.Entry{
		"Quorvale":             {Types: loc, Best: annot.LOC, Weight: 5},
		"Smithers":             {Types: loc, Best: annot.LOC, Ambiguous: true}, // “Mr. Smithers said”
		"Lantern":              {Types: loc | org, Best: annot.ORG, Weight: 4, Ambiguous: true},
		"Jim Thorpe":           {Types: loc, Best: annot.LOC, Weight: 1, Ambiguous: true},
		"The Quorvale Gazette": {Types: org, Best: annot.ORG, Weight: 5},
		"Quorvale Gazette":     {Types: org, Best: annot.ORG, Weight: 5},
		"Amter Bau Inc.":       {Types: org, Best: annot.ORG, Weight: 3},
		"IN":                   {},
		"Zork":                 {},
		"World Body":           {Types: loc | org, Best: annot.LOC, Weight: 6, Ambiguous: true},
	} {
		got, _ := table.Phrase(gazetteer.Hash(gazetteer.Split(name)...))
		got.More = false
		if got != want {
			t.Errorf("%s: want %+v, got %+v", name, want, got)
		}
	}
	for name, want := range map[string]annot.Gender{"Jim": annot.Male, "Robin": annot.UnknownGender, "Zaz": annot.Female, "Zita": annot.Female} {
		if f, ok := table.FirstName(name); !ok || f.Gender != want {
			t.Errorf("%s: want %s, got %+v, %t", name, want, f, ok)
		}
	}
	if _, ok := table.Surname("Oakwell"); !ok {
		t.Error("a surname of names.tsv is not listed")
	}
	if _, known := table.Case("rare"); known {
		t.Error("a word seen once is known")
	}
	again, err := build(lexicons(), world("# a comment\nWorld Body\tLOC,ORG\t6\tambiguous\n"), &log)
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("the same files gave other bytes, %v", err)
	}
}

func TestBuildErrors(t *testing.T) {
	for name, c := range map[string]struct{ rows, want string }{
		"type":   {"A\tTOWN\t3\n", "world.tsv:2: type"},
		"weight": {"A\tLOC\t9\n", "world.tsv:2: weight"},
		"twice":  {"A\tLOC\t1\nA\tLOC\t2\n", "world.tsv:3"},
	} {
		if _, err := build(lexicons(), world(c.rows), &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: want %q, got %v", name, c.want, err)
		}
	}
	missing := lexicons()
	delete(missing, "surnames.tsv")
	if _, err := build(missing, world(""), &bytes.Buffer{}); err == nil {
		t.Error("no error without surnames.tsv")
	}
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	for name, f := range lexicons() {
		write(t, filepath.Join(dir, name), f.Data)
	}
	out := t.TempDir()
	for name, f := range world("World Body\tORG\t6\n") {
		write(t, filepath.Join(out, name), f.Data)
	}
	var stdout, stderr bytes.Buffer
	if code := run([]string{"mklexicon", "-lexicons", dir, "-o", out}, &stdout, &stderr); code != 0 || stdout.Len() > 0 {
		t.Fatalf("exit %d, stdout %q, stderr %q", code, stdout.String(), stderr.String())
	}
	data, err := os.ReadFile(filepath.Join(out, "gazetteer.bin"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := gazetteer.Open(data); err != nil {
		t.Error(err)
	}
	if code := run([]string{"mklexicon", "-lexicons", out, "-o", out}, &stdout, &stderr); code != 2 {
		t.Errorf("a folder without lexicons: want exit 2, got %d", code)
	}
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
