package corpus

import "io"

// unsupported returns the reader of a kind of file that holds articles but that quoth does not read. Folders list such
// files, so that a run says what it leaves out.
func unsupported(how string) func(*reader, io.Reader) bool {
	return func(r *reader, _ io.Reader) bool { return r.fail(0, 0, CodeUnsupported, how) }
}

const (
	howRTF  = "RTF is not read; convert it with soffice --headless --convert-to docx FILE, or save it as DOCX or text"
	howXLSX = "spreadsheets are not read; save the sheet as CSV (UTF-8)"
	howDOC  = "old Word files are not read; convert them with soffice --headless --convert-to docx FILE, or save them as DOCX"
)
