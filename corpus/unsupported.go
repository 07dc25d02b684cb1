package corpus

import "io"

// refusal says how to convert files of a format that is not read, by its name; "" is one that is read. Folders list such
// files, so that a run says what it leaves out.
func refusal(format string) string {
	switch format {
	case "rtf":
		return "RTF is not read; convert it with soffice --headless --convert-to docx FILE, or save it as DOCX or text"
	case "xlsx":
		return "spreadsheets are not read; save the sheet as CSV (UTF-8)"
	case "doc":
		return "old Word files are not read; convert them with soffice --headless --convert-to docx FILE, or save them as DOCX"
	}
	return ""
}

// unsupported refuses a file.
func (r *reader) unsupported(io.Reader) bool {
	return r.fail(0, 0, CodeUnsupported, refusal(r.format))
}
