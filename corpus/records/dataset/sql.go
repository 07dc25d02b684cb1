package dataset

import (
	"bytes"
	"encoding/hex"
	"strconv"
	"strings"
)

// name quotes an identifier: end and by are keywords.
func name(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

func nameList(list []string) string {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = name(s)
	}
	return strings.Join(quoted, ", ")
}

func (t Type) sql() string {
	switch t {
	case Integer:
		return "INTEGER"
	case Number:
		return "REAL"
	}
	return "TEXT"
}

// createTables returns the statements that make the tables.
func createTables() []string {
	var out []string
	for i := range tables() {
		out = append(out, createTable(&tables()[i]))
	}
	return out
}

func createTable(t *Table) string {
	var lines []string
	for _, c := range t.Columns {
		line := "  " + name(c.Name) + " " + c.Type.sql()
		if c.Required {
			line += " NOT NULL"
		}
		lines = append(lines, line)
	}
	lines = append(lines, "  PRIMARY KEY ("+nameList(t.Key)+")")
	for _, f := range t.Foreign {
		lines = append(lines, "  FOREIGN KEY ("+nameList(f.Columns)+") REFERENCES "+name(f.Table)+" ("+nameList(f.References)+")")
	}
	return "CREATE TABLE " + name(t.Name) + " (\n" + strings.Join(lines, ",\n") + "\n)"
}

// finish returns the statements for what is made after the rows are in: indexes, full-text search and views.
func finish() []string {
	var out []string
	for _, t := range tables() {
		for _, f := range t.Foreign {
			if f.Columns[0] == t.Key[0] {
				continue // the primary key's index serves
			}
			out = append(out, createIndex(t.Name, f.Columns))
		}
	}
	out = append(out,
		createIndex("documents", []string{"date"}),
		createIndex("documents", []string{"duplicate_of"}),
		createIndex("entities", []string{"name"}),
		createIndex("quotes", []string{"speaker_name"}),
		createIndex("quotes", []string{"kind", "status"}),
		// Datasette knows by content="quotes" that the table of quotes can be searched.
		`CREATE VIRTUAL TABLE "quotes_fts" USING fts5("text", "speaker_name", content="quotes")`,
		`INSERT INTO "quotes_fts" ("quotes_fts") VALUES ('rebuild')`,
		`CREATE VIEW "speakers" AS
SELECT "speaker_name", "speaker_type", count(*) AS "n_quotes", count(DISTINCT "doc_id") AS "n_documents", round(avg("confidence"), 2) AS "mean_confidence"
FROM "quotes"
WHERE "speaker_name" IS NOT NULL
GROUP BY "speaker_name", "speaker_type"
ORDER BY "n_quotes" DESC, "speaker_name", "speaker_type"`,
		`CREATE VIEW "quotes_in_context" AS
SELECT q."quote_id", d."date", d."title", d."url", q."speaker_name", q."speaker_role", q."text", s."text" AS "sentence", q."kind", q."status", q."confidence"
FROM "quotes" AS q
JOIN "documents" AS d ON d."doc_id" = q."doc_id"
LEFT JOIN "sentences" AS s ON s."sentence_id" = q."sentence_id"`)
	return out
}

func createIndex(table string, columns []string) string {
	return "CREATE INDEX " + name(table+"_"+strings.Join(columns, "_")) + " ON " + name(table) + " (" + nameList(columns) + ")"
}

// insertInto returns the beginning of an INSERT of the table, up to VALUES.
func insertInto(t *Table) string {
	return "INSERT INTO " + name(t.Name) + " (" + nameList(columnNames(t)) + ") VALUES "
}

// A script is the sink of a script of SQL. It is one transaction: sqlite3 -bail leaves no half of a database.
type script struct {
	out     *outFile
	inserts []string
	line    bytes.Buffer
}

func newScript(create createFunc) (sink, error) {
	out, err := newOutFile(create, scriptFile)
	if err != nil {
		return nil, err
	}
	s := &script{out: out}
	for i := range tables() {
		s.inserts = append(s.inserts, insertInto(&tables()[i]))
	}
	// What cannot be written is found by Flush: a bufio.Writer keeps its first error.
	out.WriteString("-- sqlite3 -bail quoth.db < quoth.sql\nPRAGMA encoding = 'UTF-8';\nBEGIN;\n")
	s.statements(createTables())
	return s, nil
}

func (s *script) statements(list []string) {
	for _, statement := range list {
		s.out.WriteString(statement)
		s.out.WriteString(";\n")
	}
}

func (s *script) record(*article) error { return nil }

func (s *script) row(i int, row []any) error {
	s.line.Reset()
	s.line.WriteString(s.inserts[i])
	for j, v := range row {
		s.line.WriteByte("(,"[min(j, 1)])
		switch v := v.(type) {
		case nil:
			s.line.WriteString("NULL")
		case string:
			s.line.WriteString(literal(v))
		case int:
			s.line.WriteString(strconv.Itoa(v))
		case float64:
			s.line.WriteString(real(v))
		}
	}
	s.line.WriteString(");\n")
	_, err := s.out.Write(s.line.Bytes())
	return err
}

// literal writes a text. A CR goes as hexadecimal digits: the shell of SQLite drops those at the ends of lines.
func literal(v string) string {
	if strings.Contains(v, "\r") {
		return "CAST(x'" + hex.EncodeToString([]byte(v)) + "' AS TEXT)"
	}
	return "'" + strings.ReplaceAll(v, "'", "''") + "'"
}

// real writes a number with a point, so that it is one of SQL's REAL.
func real(v float64) string {
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

func (s *script) close() error {
	s.statements(finish())
	s.out.WriteString("COMMIT;\n")
	err := s.out.Flush()
	if closeErr := s.out.close(); err == nil {
		err = closeErr
	}
	return err
}

func (s *script) abort() { s.out.close() }
