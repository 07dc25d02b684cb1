package corpus

import "strings"

// pageArticle makes an article of a page of HTML. contentType is what the server said of it, or "". The article has no
// place; an error has only Code and Message.
func pageArticle(raw []byte, contentType string) (*Article, *Error) {
	if why := binaryReason(raw); why != "" {
		return nil, &Error{Code: CodeBinary, Message: why}
	}
	a := &Article{Bytes: int64(len(raw)), SHA256: hash(raw)}
	var text string
	text, a.Encoding, a.Repairs = Decode(raw)
	a.Text, a.Elements = fragmentText(text)
	a.Text = strings.ReplaceAll(a.Text, "\r", "\n") // from &#13;
	return a, nil
}
