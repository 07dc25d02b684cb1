package corpus

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"

	"github.com/quoth-nlp/quoth/pipeline/effort"
)

// show shows each item on a line: articles with place and text, errors with their place and code.
func show(t *testing.T, opt Options, paths ...string) []string {
	t.Helper()
	c, err := Open(t.Context(), paths, opt)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for item := range c.Items(t.Context()) {
		if a := item.Article; a != nil {
			lines = append(lines, fmt.Sprintf("%s|%s|%d %s", a.Path, a.Member, a.Index, a.Text))
		} else {
			lines = append(lines, fmt.Sprintf("%s|%s|%d !%s", item.Err.Path, item.Err.Member, item.Err.Index, item.Err.Code))
		}
	}
	return lines
}

// zipped makes a ZIP archive of names and contents.
func zipped(files ...string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			panic(err)
		}
		f.Write([]byte(files[i+1]))
	}
	w.Close()
	return b.String()
}

// stored makes a ZIP archive of one member that is not compressed.
func stored(name, content string) string {
	return zippedAs(&zip.FileHeader{Name: name, Method: zip.Store}, content)
}

func zippedAs(h *zip.FileHeader, content string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.CreateHeader(h)
	if err != nil {
		panic(err)
	}
	f.Write([]byte(content))
	w.Close()
	return b.String()
}

func tarred(files ...string) string {
	var headers []*tar.Header
	var contents []string
	for i := 0; i < len(files); i += 2 {
		headers = append(headers, &tar.Header{Name: files[i], Mode: 0o644, Size: int64(len(files[i+1]))})
		contents = append(contents, files[i+1])
	}
	return tarredAs(headers, contents)
}

func tarredAs(headers []*tar.Header, contents []string) string {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i, h := range headers {
		if err := w.WriteHeader(h); err != nil {
			panic(err)
		}
		if i < len(contents) {
			w.Write([]byte(contents[i]))
		}
	}
	w.Close()
	return b.String()
}

func gzipped(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(text))
	w.Close()
	return b.String()
}

func zstded(text string) string {
	w, err := zstd.NewWriter(nil)
	if err != nil {
		panic(err)
	}
	return string(w.EncodeAll([]byte(text), nil))
}

// bzip2ed is what bzip2 makes of "bee\n"; the standard library only unpacks.
func bzip2ed() string {
	raw, err := base64.StdEncoding.DecodeString(bee)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// Every container gives its members in a fixed order, and those only that would be read in a folder.
func TestContainers(t *testing.T) {
	lines := `{"text":"one"}` + "\n" + `{"text":"two"}` + "\n"
	tests := []struct {
		name, data string
		want       []string
	}{
		{"a.txt.gz", gzipped("a"), []string{"||0 a"}},
		{"a.txt.zst", zstded("a"), []string{"||0 a"}},
		{"a.TXT.BZ2", bzip2ed(), []string{"||0 bee\n"}},
		{"several.txt.gz", gzipped("a") + gzipped("b"), []string{"||0 ab"}},
		{"a.jsonl.zst", zstded(lines), []string{"||0 one", "||1 two"}},
		{"a.json.gz", gzipped("[" + strings.ReplaceAll(strings.TrimSpace(lines), "\n", ",") + "]"), []string{"||0 one", "||1 two"}},
		{"a.zip", zipped("b.txt", "b", "d/", "", "d/c.jsonl", lines, "a.txt", "a", "B.txt", "B"),
			[]string{"|B.txt|0 B", "|a.txt|0 a", "|b.txt|0 b", "|d/c.jsonl|0 one", "|d/c.jsonl|1 two"}},
		{"a.tar", tarred("b.txt", "b", "./d/c.jsonl", lines, "a.txt", "a"), []string{"|b.txt|0 b", "|d/c.jsonl|0 one", "|d/c.jsonl|1 two", "|a.txt|0 a"}},
		{"a.tzst", zstded(tarred("b.txt", "b")), []string{"|b.txt|0 b"}},
		{"folders.zip", zipped("../", "", "/etc/", "", "a.txt", "a"), []string{"|a.txt|0 a"}},
		{"a.tar.gz", gzipped(tarred("b.txt", "b")), []string{"|b.txt|0 b"}},
		{"a.tgz", gzipped(tarred("b.txt", "b")), []string{"|b.txt|0 b"}},
		{"a.tar.zst", zstded(tarred("b.txt", "b")), []string{"|b.txt|0 b"}},
		{"left out.zip", zipped("a.exe", "x", ".b.txt", "x", "d/.git/c.txt", "x", "__MACOSX/a.txt", "x", "d/._a.txt", "x", "a", "x"), nil},
		{"nested.zip", zipped("in.zip", zipped("d/a.txt", "a"), "t.tar.gz", gzipped(tarred("b.txt.zst", zstded("b")))),
			[]string{"|in.zip/d/a.txt|0 a", "|t.tar.gz/b.txt.zst|0 b"}},
		{"nested.tar.gz", gzipped(tarred("in.zip", zipped("a.txt", "a"), "z.txt", "z")), []string{"|in.zip/a.txt|0 a", "|z.txt|0 z"}},
		{"windows.zip", zipped(`d\a.txt`, "a"), []string{"|d/a.txt|0 a"}},
		{"twice.zip", zipped("a.txt", "1", "./a.txt", "2"), []string{"|a.txt|0 !bad_archive", "|a.txt|0 2"}},
		{"twice.tar", tarred("a.txt", "1", "b.txt", "b", "a.txt", "2"), []string{"|a.txt|0 1", "|b.txt|0 b", "|a.txt|0 !bad_archive"}},
		{"empty.zip", zipped(), nil},
		{"empty.tar", tarred(), nil},
		{"global.tar", tarredAs([]*tar.Header{{Typeflag: tar.TypeXGlobalHeader, Name: "g.txt", PAXRecords: map[string]string{"comment": "x"}}}, nil), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var want []string
			for _, line := range test.want {
				want = append(want, test.name+line)
			}
			if test.name == "twice.zip" { // ./a.txt comes first
				want = []string{"twice.zip|a.txt|0 2", "twice.zip|a.txt|0 !bad_archive"}
			}
			equal(t, want, show(t, Options{system: newFaulty(test.name, test.data)}, test.name))
		})
	}
}

// Size and hash are those of what was compressed, so that packing a file changes nothing but its path.
func TestContainerArticle(t *testing.T) {
	system := newFaulty("a.txt", "text\r\n", "a.txt.gz", gzipped("text\r\n"), "a.zip", zipped("b.zip", zipped("a.txt", "text\r\n")))
	c, err := Open(t.Context(), []string{"a.txt", "a.txt.gz", "a.zip"}, Options{system: system})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for item := range c.Items(t.Context()) {
		a := item.Article
		if n++; a == nil || a.SHA256 != hash([]byte("text\r\n")) || a.Bytes != 6 || a.Text != "text\n" || len(a.Repairs) != 1 {
			t.Errorf("got %+v", item)
		}
	}
	if n != 3 {
		t.Errorf("want 3 articles, got %d", n)
	}
}

// In folders an archive is like a folder: it is entered whatever --ext says, which chooses among its members.
func TestArchiveInFolder(t *testing.T) {
	system := newFaulty("n/a.zip", zipped("a.log", "md", "b.txt", "txt"), "n/b.log.gz", gzipped("gz"), "n/c.gz", gzipped("no"), "n/d.txt.zst", zstded("zst"), "n/.x.zip", "no")
	equal(t, []string{"n/a.zip|b.txt|0 txt", "n/d.txt.zst||0 zst"}, show(t, Options{system: system}, "n"))
	equal(t, []string{"n/a.zip|a.log|0 md", "n/b.log.gz||0 gz"}, show(t, Options{system: system, Extensions: []string{".log"}}, "n"))
	equal(t, []string{"n/c.gz||0 no"}, show(t, Options{system: system}, "n/c.gz"))
}

func TestStdinContainers(t *testing.T) {
	tests := []struct {
		name, data string
		want       []string
	}{
		{"text.gz", gzipped("“Yes”"), []string{"-||0 “Yes”"}},
		{"jsonl.zst", zstded(`{"text":"one"}` + "\n" + `{"text":"two"}`), []string{"-||0 one", "-||1 two"}},
		{"json.gz", gzipped("{\n\"text\":\"one\"}"), []string{"-||0 one"}},
		{"bz2", bzip2ed(), []string{"-||0 bee\n"}},
		{"twice", gzipped(zstded("a")), []string{"-||0 a"}},
		{"zip", zipped("a.txt", "a", "b.txt", "b"), []string{"-|a.txt|0 a", "-|b.txt|0 b"}},
		{"tar", tarred("a.txt", "a"), []string{"-|a.txt|0 a"}},
		{"tgz", gzipped(tarred("a.txt", "a")), []string{"-|a.txt|0 a"}},
		{"cut", gzipped("“Yes”")[:15], []string{"-||0 !bad_archive"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			equal(t, test.want, show(t, Options{Stdin: strings.NewReader(test.data)}, "-"))
		})
	}
}

// A ZIP archive that does not fit in memory is kept in a temporary file, which does not stay.
func TestSpool(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	noise := make([]byte, 2*spoolMemory)
	for i, x := 0, uint32(1); i < len(noise); i++ {
		x = x*1664525 + 1013904223
		noise[i] = 'a' + byte(x>>24)%26
	}
	inner := zipped("a.txt", "a", "noise.bin", string(noise))
	if len(inner) <= spoolMemory {
		t.Fatal("the archive is too small for the test")
	}
	equal(t, []string{"o.zip|in.zip/a.txt|0 a"}, show(t, Options{system: newFaulty("o.zip", zipped("in.zip", inner))}, "o.zip"))
	equal(t, []string{"-|a.txt|0 a"}, show(t, Options{Stdin: strings.NewReader(inner)}, "-"))
	equal(t, []string{"-||0 !too_large"}, show(t, Options{Stdin: strings.NewReader(inner), Limits: Limits{ArchiveBytes: spoolMemory + 10}}, "-"))
	left, err := os.ReadDir(os.Getenv("TMPDIR"))
	if err != nil || len(left) > 0 {
		t.Errorf("want no temporary file, got %v, %v", left, err)
	}
}

// Old programs write names in code page 437, and may add them in UTF-8.
func TestZipNames(t *testing.T) {
	old := func(name string, extra []byte) string {
		return zippedAs(&zip.FileHeader{Name: name, NonUTF8: true, Extra: extra}, "x")
	}
	path := binary.LittleEndian.AppendUint32([]byte{1}, crc32.ChecksumIEEE([]byte("caf_.txt")))
	path = append(path, "café.txt"...)
	extra := append([]byte{0x75, 0x70, byte(len(path)), 0}, path...)
	wrong := append([]byte{}, extra...)
	wrong[6]++
	for _, test := range []struct{ name, data, want string }{
		{"437", old("caf\x82.txt", nil), "café.txt"},
		{"utf-8 without the flag", old("café.txt", nil), "café.txt"},
		{"unicode path", old("caf_.txt", extra), "café.txt"},
		{"unicode path of another name", old("caf_.txt", wrong), "caf_.txt"},
		{"unicode path cut", old("caf_.txt", []byte{0x75, 0x70, 4, 0, 1, 2, 3, 4}), "caf_.txt"},
	} {
		t.Run(test.name, func(t *testing.T) {
			equal(t, []string{"a.zip|" + test.want + "|0 x"}, show(t, Options{system: newFaulty("a.zip", test.data)}, "a.zip"))
		})
	}
}

// What is wrong with one member is one error, and the others are read; see docs/reliability.md.
func TestBadArchives(t *testing.T) {
	bomb := strings.Repeat("0", 8<<20)
	flagged := func(data string, at string, offset int, set byte) string { // in the local header and in the directory
		raw := []byte(data)
		for i := range raw {
			if strings.HasPrefix(string(raw[i:min(i+4, len(raw))]), at) {
				raw[i+offset] |= set
			}
		}
		return string(raw)
	}
	encrypted := flagged(flagged(zipped("a.txt", "secret"), "PK\x01\x02", 8, 1), "PK\x03\x04", 6, 1)
	method := flagged(zipped("a.txt", "x"), "PK\x01\x02", 10, 97)
	link := &zip.FileHeader{Name: "b.txt"}
	link.SetMode(fs.ModeSymlink | 0o777)
	damaged := []byte(zipped("a.txt", strings.Repeat("some text ", 50), "b.txt", "b"))
	damaged[50] ^= 0xFF
	crc := []byte(stored("a.txt", "some text"))
	crc[bytes.Index(crc, []byte("some"))] = 'S'
	rest := zipped("ok.txt", "ok")
	special := func(flag byte, name, to string) string {
		return tarredAs([]*tar.Header{{Typeflag: flag, Name: name, Linkname: to, Mode: 0o644}, {Name: "ok.txt", Mode: 0o644, Size: 2}}, []string{"", "ok"})
	}
	cut := tarred("a.txt", strings.Repeat("a", 600), "b.txt", "b")

	tests := []struct {
		name, data string
		want       []string
	}{
		{"bomb.txt.gz", gzipped(bomb), []string{"||0 !bomb"}},
		{"bomb.txt.zst", zstded(bomb), []string{"||0 !bomb"}},
		{"bomb.jsonl.gz", gzipped(bomb), []string{"||0 !bomb"}},
		{"bomb.zip", zipped("a.txt", "a", "b.txt", bomb, "c.txt", "c"), []string{"|a.txt|0 a", "|b.txt|0 !bomb", "|c.txt|0 c"}},
		{"bomb.tgz", gzipped(tarred("a.txt", "a", "b.txt", bomb, "c.txt", "c")), []string{"|a.txt|0 a", "|b.txt|0 !bomb"}},
		{"unread.tgz", gzipped(tarred("a.txt", "a", "b.bin", bomb, "c.txt", "c")), []string{"|a.txt|0 a", "||0 !bomb"}},
		{"nested.zip", zipped("a.zip", zipped("b.zip", zipped("c.txt", bomb), "d.txt", "d")), []string{"|a.zip/b.zip/c.txt|0 !bomb", "|a.zip/d.txt|0 d"}},
		{"deep.zip", nest("x.txt", 6), []string{"|n.zip/n.zip/n.zip/n.zip|0 !too_deep"}},
		{"quine.zip", nest("x.txt", 300), []string{"|n.zip/n.zip/n.zip/n.zip|0 !too_deep"}},
		{"deep.txt.gz.gz.gz.gz.gz.gz.gz", gzipped(gzipped(gzipped(gzipped(gzipped(gzipped(gzipped("a"))))))), []string{"||0 !too_deep"}},
		{"slip.zip", zipped("../../x", "x", "../y.txt", "y", "ok.txt", "ok"), []string{"|../../x|0 !unsafe_name", "|../y.txt|0 !unsafe_name", "|ok.txt|0 ok"}},
		{"within.zip", zipped("d/../../x.txt", "x", `d\..\..\x.txt`, "x"), []string{"|../x.txt|0 !unsafe_name", "|../x.txt|0 !unsafe_name"}},
		{"absolute.zip", zipped("/etc/x.txt", "x", `\\host\x.txt`, "y", "C:/x.txt", "z"), []string{"|/host/x.txt|0 !unsafe_name", "|/etc/x.txt|0 !unsafe_name", "|C:/x.txt|0 !unsafe_name"}},
		{"slip.tar", tarred("../x", "x", "/y.txt", "y", "ok.txt", "ok"), []string{"|../x|0 !unsafe_name", "|/y.txt|0 !unsafe_name", "|ok.txt|0 ok"}},
		{"link.zip", zippedAs(link, "/etc/passwd"), []string{"|b.txt|0 !not_regular"}},
		{"link.tar", special(tar.TypeSymlink, "b.txt", "/etc/passwd"), []string{"|b.txt|0 !not_regular", "|ok.txt|0 ok"}},
		{"hardlink.tar", special(tar.TypeLink, "b.txt", "ok.txt"), []string{"|b.txt|0 !not_regular", "|ok.txt|0 ok"}},
		{"device.tar", special(tar.TypeChar, "b.txt", ""), []string{"|b.txt|0 !not_regular", "|ok.txt|0 ok"}},
		{"fifo.tar", special(tar.TypeFifo, "b.txt", ""), []string{"|b.txt|0 !not_regular", "|ok.txt|0 ok"}},
		{"other link.tar", special(tar.TypeSymlink, "lib", "/lib"), []string{"|ok.txt|0 ok"}},
		{"encrypted.zip", encrypted, []string{"|a.txt|0 !encrypted"}},
		{"method.zip", method, []string{"|a.txt|0 !unsupported"}},
		{"sparse.tar", sparseTar(), []string{"|a.txt|0 !unsupported", "|ok.txt|0 ok"}},
		{"pax sparse.tar", paxSparseTar(), []string{"|a.txt|0 !unsupported", "|ok.txt|0 ok"}},
		{"damaged.zip", string(damaged), []string{"|a.txt|0 !bad_archive", "|b.txt|0 b"}},
		{"crc.zip", string(crc), []string{"|a.txt|0 !bad_archive"}},
		{"cut.zip", rest[:len(rest)-10], []string{"||0 !bad_archive"}},
		{"nothing.zip", "", []string{"||0 !bad_archive"}},
		{"no.zip", "just text", []string{"||0 !bad_archive"}},
		{"cut header.tar", cut[:300], []string{"||0 !bad_archive"}},
		{"cut.tar", cut[:700], []string{"|a.txt|0 !bad_archive"}},
		{"no.tar", strings.Repeat("just text ", 100), []string{"||0 !bad_archive"}},
		{"cut.tgz", gzipped(cut)[:60], []string{"||0 !bad_archive"}},
		{"cut.txt.gz", gzipped("some text")[:20], []string{"||0 !bad_archive"}},
		{"nothing.txt.gz", "", []string{"||0 !bad_archive"}},
		{"no.txt.gz", "just text", []string{"||0 !bad_archive"}},
		{"nothing.txt.bz2", "", []string{"||0 !bad_archive"}},
		{"no.txt.bz2", "just text", []string{"||0 !bad_archive"}},
		{"no.txt.zst", "just text", []string{"||0 !bad_archive"}},
		{"cut.jsonl.gz", gzipped(`{"text":"a"}` + "\n" + strings.Repeat(" ", 100) + "{}")[:20], []string{"||0 !bad_archive"}},
		{"cut.json.gz", gzipped(`{"text":"a"}`)[:14], []string{"||0 !bad_archive"}},
		{"in a zip.zip", zipped("a.zip", "no", "b.txt.gz", "no", "c.tar", "no", "d.txt", "d"),
			[]string{"|a.zip|0 !bad_archive", "|b.txt.gz|0 !bad_archive", "|c.tar|0 !bad_archive", "|d.txt|0 d"}},
		{"json.zip", zipped("a.jsonl", "{\n"+`{"text":"b"}`), []string{"|a.jsonl|0 !bad_json", "|a.jsonl|1 b"}},
		{"binary.zip", zipped("a.txt", "%PDF-1.7", "b.txt", "b"), []string{"|a.txt|0 !binary", "|b.txt|0 b"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var want []string
			for _, line := range test.want {
				want = append(want, test.name+line)
			}
			effort.Within(t, 10*time.Second, func() { equal(t, want, show(t, Options{system: newFaulty(test.name, test.data)}, test.name)) })
		})
	}
}

// nest puts an archive in archives.
func nest(name string, levels int) string {
	data := zipped(name, "x")
	for range levels - 1 {
		data = stored("n.zip", data)
	}
	return data
}

// sparseTar holds a sparse file of the old GNU kind, which claims to be large, and another.
func sparseTar() string {
	raw := []byte(tarredAs([]*tar.Header{{Name: "a.txt", Mode: 0o644, Size: 0, Format: tar.FormatGNU}, {Name: "ok.txt", Mode: 0o644, Size: 2}}, []string{"", "ok"}))
	raw[156] = tar.TypeGNUSparse
	copy(raw[483:], "77777777777\x00") // its real size
	copy(raw[148:156], "        ")
	sum := 0
	for _, c := range raw[:512] {
		sum += int(c)
	}
	copy(raw[148:], fmt.Sprintf("%06o\x00 ", sum))
	return string(raw)
}

// paxSparseTar holds a sparse file as newer versions of GNU tar write it: two bytes that stand for 8 GiB.
func paxSparseTar() string {
	records := map[string]string{"XXX.sparse.size": "8589934592", "XXX.sparse.numblocks": "1", "XXX.sparse.map": "0,2"}
	data := tarredAs([]*tar.Header{{Name: "a.txt", Mode: 0o644, Size: 2, PAXRecords: records}, {Name: "ok.txt", Mode: 0o644, Size: 2}}, []string{"no", "ok"})
	return strings.ReplaceAll(data, "XXX.sparse", "GNU.sparse") // the package writes none itself
}

// A ZIP archive whose members share their compressed bytes is caught by what the whole file unpacks to.
func TestOverlapBomb(t *testing.T) {
	half := make([]byte, 600<<10) // unpacks to less than the first MiB, and to no more than 100 times its size
	data := overlapping("m%03d.txt", gzipBody(half), len(half), 500)
	got := show(t, Options{system: newFaulty("a.zip", data)}, "a.zip")
	if last := got[len(got)-1]; len(got) > 100 || !strings.HasSuffix(last, "!bomb") {
		t.Errorf("want a bomb, got %d items, the last %.100s", len(got), last)
	}
}

// gzipBody compresses as ZIP archives do.
func gzipBody(raw []byte) []byte {
	packed := []byte(gzipped(string(raw)))
	return packed[10 : len(packed)-8]
}

// overlapping makes a ZIP archive of n members with one and the same content.
func overlapping(name string, packed []byte, size, n int) string {
	var b bytes.Buffer
	sum := crc32.ChecksumIEEE(make([]byte, size))
	header := func(signature string, made, name string, after ...byte) {
		b.WriteString(signature + made + "\x14\x00\x00\x00\x08\x00\x00\x00\x00\x00")
		for _, x := range []uint32{sum, uint32(len(packed)), uint32(size)} {
			binary.Write(&b, binary.LittleEndian, x)
		}
		binary.Write(&b, binary.LittleEndian, uint16(len(name)))
		b.Write(after)
		b.WriteString(name)
	}
	header("PK\x03\x04", "", "x", 0, 0)
	b.Write(packed)
	at := b.Len()
	for i := range n {
		header("PK\x01\x02", "\x14\x00", fmt.Sprintf(name, i), make([]byte, 16)...)
	}
	size = b.Len() - at
	b.WriteString("PK\x05\x06\x00\x00\x00\x00")
	binary.Write(&b, binary.LittleEndian, []uint16{uint16(n), uint16(n)})
	binary.Write(&b, binary.LittleEndian, []uint32{uint32(size), uint32(at)})
	b.WriteString("\x00\x00")
	return b.String()
}

func TestLimits(t *testing.T) {
	many := func(n int) string {
		var files []string
		for i := range n {
			files = append(files, fmt.Sprintf("%06d.log", i), "")
		}
		return zipped(append(files, "x.txt", "x")...)
	}
	most := many(effort.Pick(25_000, 100_000))
	kilo := strings.Repeat("0123456789abcdef", 64)
	tests := []struct {
		name, data string
		limits     Limits
		want       []string
	}{
		{"members.zip", many(9), Limits{Members: 9}, []string{"||0 !too_many"}},
		{"members.tar", tarred("a.txt", "a", "b.txt", "b", "c.txt", "c"), Limits{Members: 2}, []string{"|a.txt|0 a", "|b.txt|0 b", "||0 !too_many"}},
		{"members in all.zip", zipped("a.zip", many(3), "b.zip", many(3)), Limits{Members: 6}, []string{"|a.zip/x.txt|0 x", "|b.zip|0 !too_many"}},
		{"enough.zip", many(9), Limits{Members: 10}, []string{"|x.txt|0 x"}},
		{"directory.zip", many(2000), Limits{Members: 10}, []string{"||0 !too_many"}},
		{"most.zip", most, Limits{}, []string{"|x.txt|0 x"}},
		{"most refused.zip", most, Limits{Members: 1000}, []string{"||0 !too_many"}},
		{"member.zip", zipped("a.jsonl", kilo, "b.txt", "b"), Limits{MemberBytes: 1000}, []string{"|a.jsonl|0 !too_large", "|b.txt|0 b"}},
		{"member.jsonl.gz", gzipped(kilo), Limits{MemberBytes: 1000}, []string{"||0 !too_large"}},
		{"member.tar", tarred("a.jsonl", kilo, "b.txt", "b"), Limits{MemberBytes: 1000}, []string{"|a.jsonl|0 !too_large", "|b.txt|0 b"}},
		{"archive.zip", zipped("a.log.txt", kilo, "b.txt", kilo, "c.txt", "c"), Limits{ArchiveBytes: 2000}, []string{"|a.log.txt|0 " + kilo, "|b.txt|0 !too_large"}},
		{"archive.tgz", gzipped(tarred("a.txt", "a", "b.txt", kilo)), Limits{ArchiveBytes: 1600}, []string{"|a.txt|0 a", "|b.txt|0 !too_large"}},
		{"ratio.jsonl.gz", gzipped(strings.Repeat(" ", 2<<20) + `{"text":"a"}`), Limits{Ratio: 5000}, []string{"||0 a"}},
		{"depth.zip", nest("x.txt", 6), Limits{Depth: 6}, []string{"|n.zip/n.zip/n.zip/n.zip/n.zip/x.txt|0 x"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var want []string
			for _, line := range test.want {
				want = append(want, test.name+line)
			}
			equal(t, want, show(t, Options{system: newFaulty(test.name, test.data), Limits: test.limits}, test.name))
		})
	}
	// The list of a ZIP archive is not even read to its end, since it would be held in memory.
	long := list(t, Options{system: newFaulty("a.zip", most), Limits: Limits{Members: 1000}}, "a.zip")
	equal(t, []string{"a.zip#0 read too_many a.zip: a list of more than 1000 entries; raise Limits.Members to read more"}, long)
	// --max-doc-bytes goes for members of one article too.
	equal(t, []string{"a.zip|a.txt|0 !too_large", "a.zip|b.txt|0 b"}, show(t, Options{system: newFaulty("a.zip", zipped("a.txt", "12345", "b.txt", "b")), MaxBytes: 4}, "a.zip"))
}

// A fault of the system below an archive is reported as such.
func TestArchiveFaults(t *testing.T) {
	system := newFaulty("a.txt.gz", gzipped("some text"), "b.tar", tarred("a.txt", "a"), "c.zip", zipped("a.txt", "a"), "d.txt", "d")
	for _, name := range []string{"a.txt.gz", "b.tar", "c.zip"} {
		system.deny[name+" read"] = errors.New("input/output error")
	}
	equal(t, []string{"a.txt.gz||0 !unreadable", "b.tar||0 !unreadable", "c.zip||0 !unreadable", "d.txt||0 d"}, show(t, Options{system: system}, "a.txt.gz", "b.tar", "c.zip", "d.txt"))
}

// Messages say what to do, and name the member.
func TestArchiveMessages(t *testing.T) {
	system := newFaulty("a.zip", zipped("../x", "", "b.txt.gz", "no", "c.txt.gz", gzipped("x")[:12]))
	c, err := Open(t.Context(), []string{"a.zip"}, Options{system: system})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for item := range c.Items(t.Context()) {
		got = append(got, item.Err.Error())
	}
	equal(t, []string{
		"a.zip/../x: a name that leads out of the archive; make the archive again without it",
		"a.zip/b.txt.gz: a gzip file that is cut off; fetch it again",
		"a.zip/c.txt.gz: a gzip file that is cut off; fetch it again",
	}, got)
}

func TestArchiveCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	c, err := Open(ctx, []string{"a.tgz"}, Options{system: newFaulty("a.tgz", gzipped(tarred("a.txt", "a", "b.txt", "b")))})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for range c.Items(ctx) {
		n++
		cancel()
	}
	if n != 1 {
		t.Errorf("want 1 item, got %d", n)
	}
}

// Whatever the bytes, reading them as any container ends soon, holds no more than the limits let through, and gives
// clean articles and errors with all their parts.
func FuzzArchive(f *testing.F) {
	for _, seed := range []string{"", zipped("a.txt", "a", "b.zip", zipped("c.jsonl", `{"text":"c"}`)), tarred("a.txt", "a", "b.txt.gz", gzipped("b")), gzipped(tarred("a.txt", "a")),
		zstded("text"), bzip2ed(), sparseTar(), nest("x.txt", 6), overlapping("m%d.txt", gzipBody(make([]byte, 1000)), 1000, 5), gzipped(strings.Repeat("0", 1<<16))} {
		f.Add([]byte(seed))
	}
	opt := Options{MaxBytes: 1 << 16, Limits: Limits{ArchiveBytes: 1 << 20, MemberBytes: 1 << 18, Depth: 3, Members: 100}}
	f.Fuzz(func(t *testing.T, raw []byte) {
		names := []string{"a.zip", "a.tar", "a.tgz", "a.txt.gz", "a.txt.zst", "a.txt.bz2", "a.tar.zst"}
		system := faulty{fstest.MapFS{}, nil}
		for _, name := range names {
			system.MapFS[name] = &fstest.MapFile{Data: raw}
		}
		opt := opt
		opt.system, opt.Stdin = system, bytes.NewReader(raw)
		effort.Within(t, 10*time.Second, func() { readContainers(t, append(names, "-"), opt) })
	})
}

// readContainers reads all items of the inputs and checks what every one of them keeps to.
func readContainers(t *testing.T, names []string, opt Options) {
	t.Helper()
	c, err := Open(t.Context(), names, opt)
	if err != nil {
		t.Fatal(err)
	}
	items, size := 0, 0
	for item := range c.Items(t.Context()) {
		items++
		if a := item.Article; a != nil {
			size += len(a.Text)
			if !utf8.ValidString(a.Text) || !utf8.ValidString(a.Member) || a.Path == "" {
				t.Fatalf("not clean: %q %q", a.Path, a.Member)
			}
			continue
		}
		if e := item.Err; e.Path == "" || e.Code == "" || e.Message == "" || e.Phase == "" || !utf8.ValidString(e.Member) {
			t.Fatalf("error without a part: %+v", e)
		}
	}
	for range c.Plan(t.Context()) {
	}
	if most := 3 * len(names) << 20; size > most || items > len(names)*(100+1<<18/len("{}\n")) {
		t.Fatalf("%d items with %d bytes", items, size)
	}
}

// bee is in base64.
const bee = "QlpoOTFBWSZTWS3NH4sAAADBAAAQEgAgACGYGYQYXckU4UJAtzR+LA=="
