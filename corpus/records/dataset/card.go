package dataset

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// topSpeakers is how many speakers the data card lists.
const topSpeakers = 10

// A markdown collects the text of the data card.
type markdown struct{ bytes.Buffer }

func (m *markdown) line(format string, args ...any) { fmt.Fprintf(m, format+"\n", args...) }

// table writes a table with a header; the cells are made safe.
func (m *markdown) table(header []string, rows [][]string) {
	m.line("| %s |", strings.Join(header, " | "))
	m.line("|%s", strings.Repeat("---|", len(header)))
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, c := range row {
			safe[i] = markdownCell(c)
		}
		m.line("| %s |", strings.Join(safe, " | "))
	}
	m.line("")
}

// markdownText escapes what would be markup. Names in the card are data of others: they bring no links, pages or code.
var markdownText = strings.NewReplacer("\\", "\\\\", "|", "\\|", "<", "&lt;", ">", "&gt;", "&", "&amp;", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]",
	"\r\n", " ", "\n", " ", "\r", " ", "\t", " ")

func markdownCell(s string) string { return markdownText.Replace(s) }

// card returns README.md.
func (b *Builder) card(resources []resource) ([]byte, error) {
	m := &markdown{}
	a := b.opt.About
	if a == nil {
		a = &About{}
	} else if err := b.frontMatter(m, resources); err != nil {
		return nil, err
	}
	m.line("# %s\n", markdownCell(cmp.Or(a.Title, "Quotations from news articles")))
	if a.Description != "" {
		m.line("%s\n", strings.TrimSpace(a.Description))
	}
	m.line("This data set holds what the program quoth found in news articles: their sentences, the people, places and organizations that they name, and every quotation")
	m.line("with its speaker. No person has checked the annotations.\n")
	b.cardCounts(m)
	b.cardFiles(m, resources)
	m.line("## Tables\n")
	m.line("Ids are unique in the whole data set, and columns of the same name join: `doc_id`, `sentence_id`, `entity_id`, `quote_id`. A missing value is an empty cell, or NULL where the")
	m.line("format has it.\n")
	m.Write(columnTables("###"))
	b.cardProvenance(m)
	b.cardLimits(m)
	b.cardCitation(m, a)
	return m.Bytes(), nil
}

func (b *Builder) cardCounts(m *markdown) {
	s := &b.stats
	m.line("## What is in it\n")
	rows := [][]string{{"articles", fmt.Sprint(s.documents)}, {"of these copies of others (`duplicate_of`)", fmt.Sprint(s.duplicates)}, {"with their text", fmt.Sprint(s.texts)},
		{"quotes", fmt.Sprint(s.quotes)}, {"of these with a named speaker", fmt.Sprint(s.named)}}
	if s.speakers != nil {
		rows = append(rows, []string{"different names of speakers", fmt.Sprint(len(s.speakers))})
	} else {
		rows = append(rows, []string{"different names of speakers", fmt.Sprintf("more than %d", maxSpeakers)})
	}
	if s.first != "" {
		rows = append(rows, []string{"dates", s.first + " to " + s.last})
	}
	for i, t := range tables() {
		switch t.Name {
		case "sentences", "entities", "mentions":
			rows = append(rows, []string{t.Name, fmt.Sprint(s.rows[i])})
		}
	}
	if b.opt.ErrorsKnown {
		rows = append(rows, []string{"inputs that could not be processed", fmt.Sprint(s.errors)})
	} else {
		rows = append(rows, []string{"inputs that could not be processed", "not known"})
	}
	m.line("| | |\n|---|---:|") // the labels are ours and may hold markup
	for _, row := range rows {
		m.line("| %s | %s |", row[0], row[1])
	}
	m.line("")
	if s.quotes > 0 {
		m.line("Quotes by kind and status:\n")
		var cells [][]string
		for _, c := range ranked(s.kinds, comparePairs) {
			cells = append(cells, []string{c.key[0], c.key[1], fmt.Sprint(c.n)})
		}
		m.table([]string{"kind", "status", "quotes"}, cells)
	}
	if len(s.speakers) > 0 {
		m.line("The speakers quoted most:\n")
		top := ranked(s.speakers, comparePairs)
		var cells [][]string
		for _, c := range top[:min(topSpeakers, len(top))] {
			cells = append(cells, []string{c.key[0], c.key[1], fmt.Sprint(c.n)})
		}
		m.table([]string{"speaker_name", "speaker_type", "quotes"}, cells)
	}
	if s.errors > 0 {
		m.line("Inputs that could not be processed, by code (one by one in the table errors):\n")
		var cells [][]string
		for _, c := range ranked(s.codes, cmp.Compare[string]) {
			cells = append(cells, []string{c.key, fmt.Sprint(c.n)})
		}
		m.table([]string{"code", "inputs"}, cells)
	}
}

func (b *Builder) cardFiles(m *markdown, resources []resource) {
	m.line("## Files\n")
	var cells [][]string
	for _, r := range resources {
		cells = append(cells, []string{r.Path, r.Format, fmt.Sprint(r.Bytes), r.Description})
	}
	m.table([]string{"file", "format", "bytes", "what it is"}, cells)
	m.line("`datapackage.json` describes the files for programs (Data Package 2.0), with hashes, keys and references.\n")
	has := func(f Format) bool { return slices.Contains(b.opt.Formats, f) }
	if has(CSVFiles) {
		if b.opt.Excel {
			m.line("The CSV is for spreadsheets: it begins with a byte order mark, rows end with CRLF, and a cell that would be a formula has a ' before it, which is no part of the data.")
			m.line("A spreadsheet cuts cells of more than 32,767 characters.\n")
		} else {
			m.line("The CSV is UTF-8 with LF at the end of rows; cells may hold line endings. In pandas, read it with `keep_default_na=False`: a speaker may be called NA.\n")
		}
	}
	if has(TSVFiles) {
		m.line("The TSV has no quotation marks around cells, and each tab or line ending within a cell is one space; offsets lead to the original. In pandas, read it with")
		m.line("`sep=\"\\t\", quoting=csv.QUOTE_NONE, keep_default_na=False`, in DuckDB with `quote=''`.\n")
	}
	if has(SQLiteDatabase) || has(SQLScript) {
		m.line("In SQL, `\"end\"` and `\"by\"` are keywords: put them in double quotation marks. `quotes_fts` searches quotes; the views `speakers` and `quotes_in_context` are a start.\n")
	}
}

func (b *Builder) cardProvenance(m *markdown) {
	m.line("## How it was made\n")
	m.line("The articles were processed by")
	m.line("")
	var cells [][]string
	for _, t := range b.stats.tools {
		rules, model := "", ""
		if t.RulesSHA256 != nil {
			rules = *t.RulesSHA256
		}
		if t.Model != nil {
			model = *t.Model
		}
		cells = append(cells, []string{t.Name, t.Version, rules, model})
	}
	m.table([]string{"tool", "version", "rules (SHA-256)", "models"}, cells)
	if len(b.stats.tools) == maxTools {
		m.line("There may be more; the table documents has them all.\n")
	}
	units := make([]string, 0, len(b.stats.units))
	for u := range b.stats.units {
		units = append(units, u)
	}
	slices.Sort(units)
	m.line("The tables were written by quoth dataset, version %s. Offsets count: %s.", markdownCell(cmp.Or(b.opt.ToolVersion, "unknown")), cmp.Or(strings.Join(units, ", "), "nothing"))
	if b.stats.texts < b.stats.documents {
		m.line("Articles without their text have offsets and a hash (`text_sha256`), so that who has the text can put it back.")
	}
	m.line("")
}

func (b *Builder) cardLimits(m *markdown) {
	m.line("## Known limits\n")
	m.line("- The annotations are made by rules and trained models for English news. They have errors, more of them on other text.")
	m.line("- How often quotes, speakers and names are right on hand-annotated articles is in docs/quality.md of the project quoth. `confidence` is calibrated on such articles: of the")
	m.line("  quotes with 0.9, about nine in ten have the right speaker.")
	m.line("- `status` says where no speaker is given: `ambiguous` quotes have candidates, `unattributed` ones no source in the article. Leaving them out changes what is counted.")
	m.line("- A person is an entity of one article: the same name in two articles may be two people, and one person may have two names.")
	m.line("- Articles with `duplicate_of` are copies; count them once or not, but say which.\n")
}

func (b *Builder) cardCitation(m *markdown, a *About) {
	if len(a.Licenses) > 0 {
		m.line("## Licence\n")
		for _, l := range a.Licenses {
			m.line("- %s", markdownCell(strings.Join(present(cmp.Or(l.Title, l.Name), l.Path), ", ")))
		}
		m.line("")
	}
	if len(a.Sources) > 0 {
		m.line("## Sources\n")
		for _, s := range a.Sources {
			m.line("- %s", markdownCell(strings.Join(present(s.Title, s.Path), ", ")))
		}
		m.line("")
	}
	m.line("## How to cite\n")
	switch {
	case a.Citation != "":
		m.line("%s", markdownCell(a.Citation))
	case len(a.Creators) > 0:
		var names []string
		for _, c := range a.Creators {
			names = append(names, c.Name)
		}
		year, _, _ := strings.Cut(a.Published, "-")
		m.line("%s.", markdownCell(strings.Join(present(strings.Join(names, ", "), year, a.Title, prefixed("version ", a.Version), a.URL), ". ")))
	default:
		m.line("Nobody has said yet; `quoth dataset --about FILE` takes a citation.")
	}
}

// present returns what is not empty.
func present(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// columnTables describes all tables in Markdown, under headings of the level.
func columnTables(level string) []byte {
	m := &markdown{}
	for _, t := range tables() {
		m.line("%s %s\n", level, t.Name)
		m.line("%s Key: `%s`.\n", t.Description, strings.Join(t.Key, "`, `"))
		m.line("| column | type | |\n|---|---|---|")
		for _, c := range t.Columns {
			m.line("| `%s` | %s | %s |", c.Name, c.typeName(), c.meaning(&t))
		}
		m.line("")
	}
	return m.Bytes()
}

func (c *Column) typeName() string {
	if c.Required {
		return c.Type.String()
	}
	return c.Type.String() + "?"
}

// meaning is the description with what the column refers to and the values that it has.
func (c *Column) meaning(t *Table) string {
	text := c.Description
	for _, k := range t.Foreign {
		if len(k.Columns) == 1 && k.Columns[0] == c.Name {
			text += fmt.Sprintf(" → `%s.%s`", k.Table, k.References[0])
		}
	}
	if c.Enum != nil {
		text += " One of " + strings.Join(c.Enum, ", ") + "."
	}
	return text
}

// A hubCard is the head of a card on the Hugging Face hub.
type hubCard struct {
	PrettyName     string      `yaml:"pretty_name,omitempty"`
	Language       []string    `yaml:"language"`
	License        string      `yaml:"license,omitempty"`
	Annotations    []string    `yaml:"annotations_creators"`
	TaskCategories []string    `yaml:"task_categories"`
	SizeCategories []string    `yaml:"size_categories"`
	Configs        []hubConfig `yaml:"configs,omitempty"`
}

type hubConfig struct {
	Name    string `yaml:"config_name"`
	Files   string `yaml:"data_files"`
	Default bool   `yaml:"default,omitempty"`
}

// frontMatter writes what the Hugging Face hub reads.
func (b *Builder) frontMatter(m *markdown, resources []resource) error {
	a := b.opt.About
	h := hubCard{PrettyName: a.Title, Language: []string{"en"}, Annotations: []string{"machine-generated"}, TaskCategories: []string{"token-classification"},
		SizeCategories: []string{sizeCategory(b.stats.quotes)}}
	if len(a.Licenses) == 1 {
		h.License = strings.ToLower(a.Licenses[0].Name)
	}
	for _, r := range firstTables(resources) {
		if r.rows > 0 { // an empty file has no types to guess
			h.Configs = append(h.Configs, hubConfig{r.table.Name, r.Path, r.table.Name == "quotes"})
		}
	}
	data, err := yaml.Marshal(h)
	if err != nil {
		return fmt.Errorf("internal error: %w", err)
	}
	m.line("---\n%s---\n", data)
	return nil
}

func sizeCategory(n int) string {
	for i, limit := range []int{1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000} {
		if n < limit {
			return []string{"n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M"}[i]
		}
	}
	return "100M<n<1B"
}
