package corpus

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func planned(t *testing.T, opt Options, paths ...string) []string {
	t.Helper()
	c, err := Open(t.Context(), paths, opt)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for p := range c.Plan(t.Context()) {
		line := fmt.Sprintf("%s|%s %s %s %d", p.Path, p.Member, p.Format, p.Encoding, p.Bytes)
		switch {
		case p.Err != nil:
			line = fmt.Sprintf("%s|%s !%s", p.Path, p.Member, p.Err.Code)
		case p.Skipped != "":
			line = fmt.Sprintf("%s|%s -%s", p.Path, p.Member, p.Skipped)
		case p.Fields != "":
			line += " " + p.Fields
		}
		lines = append(lines, line)
	}
	return lines
}

func TestPlan(t *testing.T) {
	long := `{"title":"t","text":"` + strings.Repeat("long ", 30_000) + `"}`
	system := newFaulty("n/a.txt", "caf\xE9", "n/b.jsonl", `{"id":1,"body":"x","headline":"h","extra":[1]}`+"\n{", "n/c.json", `[{"url":"u","author":"a","date":"d","text":"x"}]`,
		"n/d.zip", zipped("a.txt", "aa", "b.exe", "", "c/.d.txt", "", "d.txt.gz", gzipped("a"), "e.zip", "no", "../f", ""), "n/e.txt.gz", gzipped("text"), "n/f.txt.gz", "no",
		"n/g.txt", "%PDF-", "n/h.log", "", "n/.i.txt", "", "n/.git/x.txt", "", "n/j.txt", "123456789012", "n/k.txt", "", "n/l.jsonl", long, "n/m.json", "no JSON", "n/x/y.txt", "")
	system.deny["n/k.txt"] = errors.New("input/output error")
	want := []string{
		"n/.git| -hidden", "n/.i.txt| -hidden",
		"n/a.txt| text windows-1252 4",
		"n/b.jsonl| jsonl utf-8 48 text=body title=headline id=id",
		"n/c.json| json utf-8 48 text=text date=date url=url authors=author",
		"n/d.zip|../f !unsafe_name", "n/d.zip|a.txt text utf-8 2", "n/d.zip|b.exe -ending", "n/d.zip|c/.d.txt -hidden", "n/d.zip|d.txt.gz text utf-8 -1", "n/d.zip|e.zip !bad_archive",
		"n/e.txt.gz| text utf-8 -1", "n/f.txt.gz| !bad_archive",
		"n/g.txt| !binary", "n/h.log| -ending",
		"n/j.txt| text utf-8 12", "n/k.txt| !unreadable",
		fmt.Sprintf("n/l.jsonl| jsonl utf-8 %d text=text title=title", len(long)),
		"n/m.json| json utf-8 7",
		"n/x| -excluded",
	}
	equal(t, want, planned(t, Options{system: system, Exclude: []string{"x"}}, "n"))
	equal(t, []string{"n/a.txt| text windows-1252 4", "n/j.txt| !too_large", "n/a.txt| -listed before", "-|   -1"},
		planned(t, Options{system: system, MaxBytes: 11, Stdin: strings.NewReader("not read")}, "n/a.txt", "n/j.txt", "n/a.txt", "-"))
	equal(t, []string{"n/a.txt| text koi8-r 4"}, planned(t, Options{system: system, Encoding: "koi8-r"}, "n/a.txt"))
}

// What the plan says is what happens: every article and error of one is in the other.
func TestPlanAgrees(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "n/a.txt", "a")
	write(t, "n/b.zip", zipped("a.txt", "a", "b.txt", "b", "c.log", ""))
	write(t, "n/c.tgz", gzipped(tarred("a.txt", "a")))
	write(t, "n/d.txt.zst", zstded("d"))
	write(t, "n/e.txt.gz", "no")
	write(t, "n/f.zip", "no")
	write(t, "n/g.txt", "%PDF-")
	write(t, "elsewhere/h.txt", "h")
	link(t, "../elsewhere", "n/link")
	link(t, "nowhere", "n/i.txt")
	for _, opt := range []Options{{}, {Follow: true}, {Shard: Shard{1, 2}}, {Include: []string{"a.txt"}}, {Extensions: []string{".log"}}} {
		var want, got []string
		for _, line := range show(t, opt, "n") {
			place, rest, _ := strings.Cut(line, "|")
			member, _, _ := strings.Cut(rest, "|")
			want = append(want, place+"|"+member)
		}
		for _, line := range planned(t, opt, "n") {
			if place, rest, _ := strings.Cut(line, " "); !strings.HasPrefix(rest, "-") {
				got = append(got, place)
			}
		}
		equal(t, want, got)
	}
	if got := strings.Join(planned(t, Options{}, "n"), "\n"); !strings.Contains(got, "n/link| -link to folder") {
		t.Error(got)
	}
}
