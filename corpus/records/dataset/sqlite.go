package dataset

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite", which needs no C compiler
)

// database is the sink of one SQLite database.
type database struct {
	path    string
	db      *sql.DB
	conn    *sql.Conn
	inserts []*sql.Stmt
}

func newSQLite(path string) (sink, error) {
	// The path is part of an address, in which ? and # mean something.
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: filepath.ToSlash(path)}).EscapedPath())
	if err != nil {
		return nil, err
	}
	s := &database{path: path, db: db}
	ctx := context.Background()
	if s.conn, err = db.Conn(ctx); err != nil {
		s.abort()
		return nil, s.failed(err)
	}
	// The folder is thrown away if anything fails, and the file is synced at the end: no journal is needed.
	err = s.exec("PRAGMA page_size = 4096", "PRAGMA encoding = 'UTF-8'", "PRAGMA journal_mode = OFF",
		"PRAGMA synchronous = OFF", "PRAGMA cache_size = -16000",
		"PRAGMA locking_mode = EXCLUSIVE", "PRAGMA temp_store = FILE", "BEGIN")
	if err == nil {
		err = s.exec(createTables()...)
	}
	for i := range tables() {
		if err != nil {
			break
		}
		t := &tables()[i]
		var stmt *sql.Stmt
		if stmt, err = s.conn.PrepareContext(ctx, insertInto(t)+"(?"+strings.Repeat(",?", len(t.Columns)-1)+")"); err == nil {
			s.inserts = append(s.inserts, stmt)
		}
	}
	if err != nil {
		s.abort()
		return nil, s.failed(err)
	}
	return s, nil
}

func (s *database) failed(err error) error {
	if err == nil {
		return nil
	}
	return &os.PathError{Op: "write", Path: s.path, Err: err}
}

func (s *database) exec(statements ...string) error {
	for _, statement := range statements {
		if _, err := s.conn.ExecContext(context.Background(), statement); err != nil {
			return err
		}
	}
	return nil
}

func (s *database) record(*article) error { return nil }

func (s *database) row(i int, row []any) error {
	_, err := s.inserts[i].Exec(row...)
	return s.failed(err)
}

func (s *database) close() error {
	err := s.exec("COMMIT")
	if err == nil {
		err = s.exec("BEGIN")
	}
	if err == nil {
		err = s.exec(finish()...)
	}
	if err == nil {
		err = s.exec("COMMIT", "ANALYZE")
	}
	if err == nil {
		err = s.check()
	}
	err = errors.Join(err, s.release())
	if err == nil {
		err = syncFile(s.path)
	}
	return s.failed(err)
}

// check looks for references that lead nowhere.
func (s *database) check() error {
	rows, err := s.conn.QueryContext(context.Background(), "PRAGMA foreign_key_check")
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		return rows.Err()
	}
	var table, parent string
	var row, key sql.NullInt64
	if err := rows.Scan(&table, &row, &parent, &key); err != nil {
		return err
	}
	return fmt.Errorf("internal error: row %d of %s refers to nothing in %s", row.Int64, table, parent)
}

func (s *database) release() error {
	var errs []error
	for _, stmt := range s.inserts {
		errs = append(errs, stmt.Close())
	}
	s.inserts = nil
	if s.conn != nil {
		errs = append(errs, s.conn.Close())
		s.conn = nil
	}
	return errors.Join(append(errs, s.db.Close())...)
}

func (s *database) abort() { s.release() }

// syncFile puts a file on the disk that somebody else wrote.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
