package main

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// A kind is a way to break a program.
type kind string

// The kinds, in the order in which they take turns.
const (
	negated    kind = "negated condition"
	boundary   kind = "boundary of a comparison"
	dropped    kind = "dropped statement"
	connective kind = "other connective"
	constant   kind = "changed constant"
)

var kinds = []kind{negated, boundary, dropped, connective, constant}

// A site is a place in a source file and what to write there instead.
type site struct {
	kind       kind
	file       string // slash-separated, from the root of the module
	line       int
	start, end int // byte offsets
	was, is    string
}

// sitesOf returns the places of a package's files that a mutant may change, in the order of the files. Tests, and files
// for other systems, have none.
func sitesOf(root, pkg string) ([]site, error) {
	p, err := build.ImportDir(filepath.Join(root, filepath.FromSlash(pkg)), 0)
	if err != nil {
		return nil, err
	}
	var all []site
	for _, name := range p.GoFiles {
		source, err := os.ReadFile(filepath.Join(p.Dir, name))
		if err != nil {
			return nil, err
		}
		found, err := sitesIn(pkg+"/"+name, source)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// sitesIn returns the sites of one file.
func sitesIn(file string, source []byte) ([]site, error) {
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, file, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	c := collector{set: set, file: file, source: source}
	for _, decl := range f.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil {
			ast.Inspect(fn.Body, c.visit)
		}
	}
	return c.sites, nil
}

type collector struct {
	set    *token.FileSet
	file   string
	source []byte
	sites  []site
}

func (c *collector) add(k kind, from, to token.Pos, is string) {
	start, end := c.set.Position(from), c.set.Position(to)
	was := string(c.source[start.Offset:end.Offset])
	c.sites = append(c.sites, site{kind: k, file: c.file, line: start.Line, start: start.Offset, end: end.Offset, was: was, is: is})
}

// moved is each comparison with its boundary moved by one.
var moved = map[token.Token]string{token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">"}

// swapped is each connective with the other one.
var swapped = map[token.Token]string{token.LAND: "||", token.LOR: "&&"}

func (c *collector) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.IfStmt:
		c.negate(n.Cond)
	case *ast.BinaryExpr:
		operator := n.OpPos + token.Pos(len(n.Op.String()))
		if is, ok := moved[n.Op]; ok {
			c.add(boundary, n.OpPos, operator, is)
		}
		if is, ok := swapped[n.Op]; ok {
			c.add(connective, n.OpPos, operator, is)
		}
	case *ast.BasicLit:
		c.change(n)
	case *ast.BlockStmt:
		c.drop(n.List)
	case *ast.CaseClause:
		c.drop(n.Body)
		for _, e := range n.List {
			if isCondition(e) {
				c.negate(e)
			}
		}
	}
	return true
}

func (c *collector) negate(e ast.Expr) {
	was := c.source[c.set.Position(e.Pos()).Offset:c.set.Position(e.End()).Offset]
	c.add(negated, e.Pos(), e.End(), "!("+string(was)+")")
}

// isCondition reports whether a case is one by its form: a comparison or a connective.
func isCondition(e ast.Expr) bool {
	b, ok := e.(*ast.BinaryExpr)
	return ok && slices.Contains([]token.Token{token.LAND, token.LOR, token.LSS, token.LEQ, token.GTR, token.GEQ, token.EQL, token.NEQ}, b.Op)
}

// change makes a number larger.
func (c *collector) change(lit *ast.BasicLit) {
	switch lit.Kind {
	case token.INT:
		if i, err := strconv.ParseInt(lit.Value, 0, 64); err == nil {
			c.add(constant, lit.Pos(), lit.End(), strconv.FormatInt(i+1, 10))
		}
	case token.FLOAT:
		if x, err := strconv.ParseFloat(lit.Value, 64); err == nil {
			c.add(constant, lit.Pos(), lit.End(), strconv.FormatFloat(1.1*x+0.1, 'g', -1, 64))
		}
	}
}

// drop takes away each statement that may be missing: calls, assignments to what exists, jumps.
func (c *collector) drop(list []ast.Stmt) {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE {
				continue
			}
		case *ast.ExprStmt, *ast.IncDecStmt, *ast.BranchStmt:
		default:
			continue
		}
		c.add(dropped, s.Pos(), s.End(), "")
	}
}
