package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// inProcess is runInProcess for tests outside of the scripts.
func inProcess(t *testing.T, broken bool, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var said bytes.Buffer
	written, code, err := runInProcess(args, broken, &said)
	if err != nil {
		t.Fatal(err)
	}
	return string(written), said.String(), code
}

// annotated are articles to train on, with what is a quote and what is none.
const annotated = `
{"id": "1", "text": "Ben Lorimer called it “a small wonder”.", "quotes": [{"start": 22, "end": 38, "kind": "mixed", "speaker": {"start": 0, "end": 11}}]}
{"id": "2", "text": "Her cheap “castle” has two rooms.", "quotes": []}
{"id": "3", "text": "Carla Viso spoke of “a long night”.", "quotes": [{"start": 20, "end": 34, "kind": "mixed", "speaker": {"start": 0, "end": 10}}]}
{"id": "4", "text": "His new “palace” has one door.", "quotes": []}
{"id": "5", "text": "Erin Pell said it was “far too late”.", "quotes": [{"start": 22, "end": 36, "kind": "mixed", "speaker": {"start": 0, "end": 9}}]}
{"id": "6", "text": "Its old “garden” is a heap of stones.", "quotes": []}
`

// goldArticle has a wrong name for the speaker.
const goldArticle = `why
-- text --
“We stay out,” said {PER:Ada Moor} to {PER:Bo Lind}.
-- quotes --
- parts: ["“We stay out,”"]
  kind: direct
  status: attributed
  speaker: {mention: Ada Moor, name: Bo Lind, type: person}
  cue: said
`

// inputs are the files that the calls of TestExitCodes read.
var inputs = map[string]string{
	"news.txt":      "“We are closing the road,” said Ann Cole.\n",
	"more.txt":      "“We are opening the road,” said Bo Dunn.\n",
	"some.jsonl":    "{\"text\": \"It rained.\"}\n{\n",
	"broken.json":   "{",
	"names.conll":   "Ann\tB-PER\nCole\tI-PER\nleft\tO\n\nBo\tB-PER\nDunn\tI-PER\nleft\tO\n",
	"bad.conll":     "\tO\n",
	"quotes.jsonl":  annotated,
	"gold.jsonl":    `{"id": "n1", "text": "Ann Cole left.", "quotes": []}` + "\n",
	"gold/a.txtar":  goldArticle,
	"high.yaml":     "name: 0.5\n",
	"low.yaml":      "name: 0\n",
	"wrong.yaml":    "taxonomy.whole: 1\n",
	"records.jsonl": "", // of news.txt
	"others.jsonl":  "", // of more.txt, under the name of news.txt
	"faulty.jsonl":  "", // records.jsonl with a span that starts too late
	"failed.jsonl":  "", // of some.jsonl, without the article that failed
	"model.bin":     "no model",
}

// prepare writes the files into a folder, which becomes the one that the process works in.
func prepare(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	write := func(name, text string) {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range inputs {
		write(name, text)
	}
	record := func(name string, code int, args ...string) string {
		out, said, got := inProcess(t, false, append([]string{"extract", "--format", "jsonl"}, args...)...)
		if got != code {
			t.Fatalf("extract %q: exit code %d, want %d: %s", args, got, code, said)
		}
		write(name, out)
		return out
	}
	records := record("records.jsonl", exitOK, "news.txt")
	write("faulty.jsonl", strings.Replace(records, `"start":0,`, `"start":1,`, 1))
	others := record("others.jsonl", exitOK, "more.txt")
	write("others.jsonl", strings.ReplaceAll(others, "more.txt", "news.txt"))
	record("failed.jsonl", exitPartial, "some.jsonl")
}

// Where standard output goes.
const (
	open = false
	full = true // nothing can be written to it
)

// exitCodes are calls in the order in which they are made, with what a script may rely on.
var exitCodes = []struct {
	args   string
	out    bool
	code   int
	stderr string // part of what is said there; "" for nothing
}{
	{"extract", open, exitOK, ""},
	{"extract news.txt", open, exitOK, ""},
	{"extract nowhere.txt", open, exitUsage, "quoth: nowhere.txt: no such file or folder; check the spelling"},
	{"extract news.txt --wrong", open, exitUsage, "quoth: no option --wrong; see quoth extract --help"},
	{"extract some.jsonl", open, exitPartial, `"code":"bad_json"`},
	{"extract broken.json", open, exitPartial, `"code":"bad_json"`},
	{"extract news.txt", full, exitAborted, "quoth: writing standard output"},
	{"extract -o nowhere/out.jsonl news.txt", open, exitAborted, "quoth: writing nowhere/out.jsonl"},
	{"extract --errors nowhere/e.jsonl news.txt", open, exitAborted, "quoth: writing nowhere/e.jsonl"},
	{"extract --out records.jsonl news.txt", open, exitAborted, "quoth: records.jsonl"},
	{"extract -n some.jsonl", open, exitOK, "quoth: dry run: 1 to read, 0 skipped, 0 at fault"},
	{"extract --min-confidence 2 news.txt", open, exitUsage, "quoth: --min-confidence 2: take a number from 0 to 1"},
	{"extract --strict some.jsonl", open, exitPartial, `"code":"bad_json"`},

	{"explain", open, exitOK, ""},
	{"explain news.txt", open, exitOK, ""},
	{"explain nowhere.txt", open, exitUsage, "quoth: nowhere.txt: no such file or folder; check the spelling"},
	{"explain news.txt --wrong", open, exitUsage, "quoth: no option --wrong; see quoth explain --help"},
	{"explain broken.json", open, exitPartial, "quoth: broken.json: bad JSON after byte 0"},
	{"explain news.txt --quote q9", open, exitUsage, "quoth: --quote q9: no such quote; the article has q1 only"},
	{"explain news.txt", full, exitAborted, "quoth: writing standard output"},

	{"export", open, exitUsage, "quoth: no --format"},
	{"export records.jsonl", open, exitUsage, "quoth: no --format"},
	{"export --format prodigy records.jsonl", open, exitOK, ""},
	{"export --format none records.jsonl", open, exitUsage, "quoth: --format none: take one of brat, conll"},
	{"export --format prodigy --wrong records.jsonl", open, exitUsage, "quoth: no option --wrong; see quoth export --help"},
	{"export --format prodigy nowhere.jsonl", open, exitUsage, "quoth: nowhere.jsonl"},
	{"export --format prodigy broken.json", open, exitUsage, "quoth: broken.json: record 1"},
	{"export --format prodigy failed.jsonl", open, exitOK, ""},
	{"export --format prodigy faulty.jsonl", open, exitPartial, "quoth: records that failed: 1"},
	{"export --format prodigy records.jsonl", full, exitAborted, "quoth: writing standard output"},
	{"export --format prodigy -o nowhere/out.jsonl records.jsonl", open, exitAborted, "quoth: writing nowhere/out.jsonl"},
	{"export --format brat -o records.jsonl records.jsonl", open, exitUsage, "quoth: records.jsonl is the file to be read; write to another place"},

	{"link", open, exitUsage, "USAGE:"},
	{"link records.jsonl", open, exitUsage, "quoth: name the output, as in: quoth link records.jsonl -o linked"},
	{"link records.jsonl -o linked.jsonl", open, exitOK,
		"quoth: quotes in several articles: 0; filled in: 0, confirmed: 0, left because of contradictions: 0"},
	{"link --wrong records.jsonl -o linked.jsonl", open, exitUsage, "quoth: no option --wrong; see quoth link --help"},
	{"link nowhere.jsonl -o l.jsonl", open, exitUsage, "quoth: stat nowhere.jsonl"},
	{"link broken.json -o l.jsonl", open, exitUsage, "quoth: broken.json: record 1"},
	{"link faulty.jsonl -o l.jsonl", open, exitOK,
		"quoth: quotes in several articles: 0; filled in: 0, confirmed: 0, left because of contradictions: 0"},
	{"link failed.jsonl -o l2.jsonl", open, exitOK,
		"quoth: quotes in several articles: 0; filled in: 0, confirmed: 0, left because of contradictions: 0"},
	{"link records.jsonl -o -", full, exitAborted, "quoth: writing standard output"},
	{"link records.jsonl -o nowhere/l.jsonl", open, exitAborted, "quoth: writing nowhere/l.jsonl"},

	{"tag names.conll", open, exitOK, ""},
	{"tag --wrong", open, exitUsage, "quoth: no option --wrong; see quoth tag --help"},
	{"tag nowhere.conll", open, exitUsage, "quoth: open nowhere.conll"},
	{"tag bad.conll", open, exitUsage, "quoth: bad.conll:1: no token in the first column; write the token first, or leave the line empty"},
	{"tag --model model.bin names.conll", open, exitUsage, "quoth: --model model.bin: not an entity model; train one with quoth train entities"},
	{"tag --text news.txt", open, exitOK, ""},
	{"tag --text some.jsonl", open, exitPartial, "quoth: articles that failed: 1"},
	{"tag --text nowhere.txt", open, exitUsage, "quoth: nowhere.txt: no such file or folder; check the spelling"},
	{"tag names.conll", full, exitAborted, "quoth: writing standard output"},
	{"tag --text news.txt", full, exitAborted, "quoth: writing standard output"},

	{"train", open, exitUsage, "USAGE:"},
	{"train verbs", open, exitUsage, "quoth: no model verbs; take entities, quotes, attribution or indirect"},
	{"train entities", open, exitUsage, "quoth: no data; name annotated files with --train"},
	{"train entities --train names.conll", open, exitUsage, "quoth: no place for the model; name a file with --output"},
	{"train entities --train bad.conll -o m.bin", open, exitUsage, `quoth: bad.conll:1: no tag in "\tO"; write the token, a tab and the tag`},
	{"train entities --train nowhere.conll -o m.bin", open, exitUsage, "quoth: open nowhere.conll"},
	{"train entities --wrong -o m.bin", open, exitUsage, "quoth: no option --wrong; see quoth train entities --help"},
	{"train entities --train names.conll --epochs 1 --folds 1 --quiet -o m.bin", open, exitOK, ""},
	{"train entities --train names.conll --epochs 1 --folds 1 --quiet -o nowhere/m.bin", open, exitAborted, "quoth: writing nowhere/m.bin"},
	{"train entities --train names.conll --epochs 1 --folds 1 --quiet -o records.jsonl", open, exitUsage,
		"quoth: records.jsonl exists; add --force to replace it, or name another file"},
	{"train quotes --train gold.jsonl -o j.bin", open, exitUsage, "quoth: the articles must have stretches between marks"},
	{"train quotes -o other.bin", open, exitUsage, "quoth: no data; name annotated files with --train"},
	{"train quotes --train quotes.jsonl --folds 2 --trees 5 --quiet -o j.bin", open, exitOK, ""},
	{"train quotes --train quotes.jsonl --folds 2 --trees 5 --quiet -o nowhere/j.bin", open, exitAborted, "quoth: writing nowhere/j.bin"},
	{"train quotes --wrong", open, exitUsage, "quoth: no option --wrong; see quoth train quotes --help"},
	{"train attribution --train gold.jsonl -o r.bin", open, exitUsage, "quoth: no quote of the articles overlaps an annotated one"},
	{"train attribution --train quotes.jsonl --folds 2 --trees 5 --quiet -o r.bin", open, exitOK, ""},
	{"train attribution --train quotes.jsonl --folds 2 --trees 5 --quiet -o nowhere/r.bin", open, exitAborted, "quoth: writing nowhere/r.bin"},
	{"train attribution -o other.bin", open, exitUsage, "quoth: no data; name annotated files with --train"},
	{"train attribution --train nowhere.jsonl -o other.bin", open, exitUsage, "quoth: open nowhere.jsonl"},
	{"train indirect --gold gold.jsonl -o i.tsv", open, exitOK, "cues 0, gold 0"},
	{"train indirect --gold gold.jsonl -o nowhere/i.tsv", open, exitAborted, "quoth: writing nowhere/i.tsv"},
	{"train indirect -o i.tsv", open, exitUsage, "quoth: no data; name annotated files with --gold"},
	{"train indirect --gold nowhere.jsonl -o i.tsv", open, exitUsage, "quoth: open nowhere.jsonl"},

	{"eval --gold gold", open, exitOK, ""},
	{"eval --gold gold --min low.yaml", open, exitOK, ""},
	{"eval --gold gold --min high.yaml", open, exitFindings, "quoth: name is 0.00 (0 of 1), below its floor of 0.5"},
	{"eval --gold gold --min wrong.yaml", open, exitUsage,
		`quoth: wrong.yaml: no figure "taxonomy.whole" in this report; correct the name, or measure what it belongs to`},
	{"eval --gold nowhere", open, exitUsage, "quoth: nowhere: no gold articles; the folder needs *.txtar files"},
	{"eval --wrong", open, exitUsage, "quoth: no option --wrong; see quoth eval --help"},
	{"eval --gold gold --format xml", open, exitUsage, "quoth: --format xml: take text or json"},
	{"eval --gold gold", full, exitAborted, "quoth: writing standard output"},
	{"eval entities", open, exitUsage, "quoth: no gold; name an annotated file with --gold"},
	{"eval entities --gold names.conll", open, exitOK, ""},
	{"eval entities --gold bad.conll", open, exitUsage, `quoth: bad.conll:1: no tag in "\tO"; write the token, a tab and the tag`},
	{"eval entities --gold nowhere.conll", open, exitUsage, "quoth: open nowhere.conll"},
	{"eval entities --wrong", open, exitUsage, "quoth: no option --wrong; see quoth eval entities --help"},
	{"eval entities --gold names.conll", full, exitAborted, "quoth: writing standard output"},

	{"dataset", open, exitUsage, "quoth: no RUN; name a folder or a file of records, or - for standard input"},
	{"dataset records.jsonl -o set", open, exitOK, "quoth: set: 1 articles, 1 quotes, 0 failed inputs"},
	{"dataset records.jsonl -o set", open, exitUsage, "quoth: set exists; add --force to replace it, or name another folder"},
	{"dataset records.jsonl", open, exitUsage, "quoth: no folder for the data set; name one with -o DIR"},
	{"dataset --wrong records.jsonl -o s", open, exitUsage, "quoth: no option --wrong; see quoth dataset --help"},
	{"dataset nowhere.jsonl -o s", open, exitUsage, "quoth: nowhere.jsonl"},
	{"dataset broken.json -o s", open, exitUsage, "quoth: broken.json: record 1"},
	{"dataset faulty.jsonl -o s3", open, exitUsage, "quoth: faulty.jsonl: record d_90202d9b6805e200: the record is not sound"},
	{"dataset failed.jsonl -o s2", open, exitOK, "quoth: s2: 1 articles, 0 quotes, 0 failed inputs"},
	{"dataset records.jsonl -o news.txt/s", open, exitAborted, "quoth: writing news.txt/s"},

	{"validate", open, exitUsage, "USAGE:"},
	{"validate records.jsonl", open, exitOK, "quoth: 1 record: 0 faults"},
	{"validate faulty.jsonl", open, exitFindings, "quoth: 1 record: 1 fault"},
	{"validate broken.json", open, exitFindings, "quoth: 1 record: 2 faults"},
	{"validate failed.jsonl", open, exitOK, "quoth: 1 record: 0 faults"},
	{"validate nowhere.jsonl", open, exitUsage, "quoth: nowhere.jsonl"},
	{"validate --wrong records.jsonl", open, exitUsage, "quoth: no option --wrong"},
	{"validate --format xml records.jsonl", open, exitUsage, "quoth: --format xml: take text or json"},
	{"validate faulty.jsonl", full, exitAborted, "quoth: writing standard output"},

	{"diff", open, exitUsage, "USAGE:"},
	{"diff records.jsonl", open, exitUsage, "quoth: diff takes two files or folders, and 1 are given; see quoth diff --help"},
	{"diff records.jsonl records.jsonl", open, exitOK, ""},
	{"diff --fail records.jsonl records.jsonl", open, exitOK, ""},
	{"diff records.jsonl others.jsonl", open, exitOK, ""},
	{"diff --fail records.jsonl others.jsonl", open, exitFindings, ""},
	{"diff records.jsonl nowhere.jsonl", open, exitUsage, "quoth: nowhere.jsonl"},
	{"diff records.jsonl broken.json", open, exitAborted, "quoth: broken.json:1"},
	{"diff records.jsonl faulty.jsonl", open, exitOK, ""},
	{"diff --wrong records.jsonl others.jsonl", open, exitUsage, "quoth: no option --wrong; see quoth diff --help"},
	{"diff records.jsonl others.jsonl", full, exitAborted, "quoth: writing standard output"},

	{"schema", open, exitOK, ""},
	{"schema nothing", open, exitUsage, "quoth: schema takes no arguments"},
	{"schema", full, exitAborted, "quoth: writing standard output"},

	{"version", open, exitOK, ""},
	{"version --wrong", open, exitUsage, "quoth: no option --wrong; see quoth version --help"},
	{"version", full, exitAborted, "quoth: writing standard output"},

	{"completion", open, exitUsage, "quoth: name one shell: bash, zsh, fish, powershell"},
	{"completion bash", open, exitOK, ""},
	{"completion tcsh", open, exitUsage, "quoth: no completion for tcsh; the shells are bash, zsh, fish, powershell"},
	{"completion bash", full, exitAborted, "quoth: writing standard output"},

	{"nothing", open, exitUsage, "quoth: no command nothing; the commands are extract, explain, "},
	{"--version", open, exitOK, ""},
	{"--help", open, exitOK, ""},
	{"--wrong", open, exitUsage, "quoth: no option --wrong; see quoth --help"},
	{"--version", full, exitAborted, "quoth: writing standard output"},
	{"", open, exitUsage, "USAGE:"},
}

// TestExitCodes pins the exit code of each command for each outcome, and what it says then.
func TestExitCodes(t *testing.T) {
	prepare(t)
	for _, test := range exitCodes {
		name := test.args
		if test.out == full {
			name += " >full"
		}
		t.Run(name, func(t *testing.T) {
			stdout, stderr, code := inProcess(t, test.out == full, strings.Fields(test.args)...)
			if code != test.code || !strings.Contains(stderr, test.stderr) || test.stderr == "" && stderr != "" {
				t.Errorf("exit code %d, want %d\nstdout: %.200s\nstderr: %s\n  want: %s", code, test.code, stdout, stderr, test.stderr)
			}
			measured := strings.HasPrefix(test.args, "eval") && strings.Contains(test.args, "--min") // the report is there before the floors
			if code == exitUsage && stdout != "" && !measured {
				t.Errorf("a wrong call writes %.200s", stdout)
			}
		})
	}
}

// Every command has a call that is right, one that is wrong and one whose output cannot be written.
func TestExitCodesOfEveryCommand(t *testing.T) {
	codes := map[string]map[int]bool{}
	for _, test := range exitCodes {
		words := strings.Fields(test.args)
		for n := 1; n <= min(2, len(words)); n++ {
			name := strings.Join(words[:n], " ")
			if codes[name] == nil {
				codes[name] = map[int]bool{}
			}
			codes[name][test.code] = true
		}
	}
	check := func(name string) {
		for _, code := range []int{exitOK, exitUsage, exitAborted} {
			if !codes[name][code] {
				t.Errorf("no call of %s ends with exit code %d", name, code)
			}
		}
	}
	for _, command := range commands(streams{}) {
		check(command.Name)
		for _, sub := range command.Subcommands {
			check(command.Name + " " + sub.Name)
		}
	}
}
