package corpus

// pageArticle makes an article of a page of HTML. contentType is what the server said of it, or "". The article has no
// place; an error has only Code and Message.
func pageArticle(raw []byte, contentType string) (*Article, *Error) {
	if why := binaryReason(raw); why != "" {
		return nil, &Error{Code: CodeBinary, Message: why}
	}
	a := &Article{Bytes: int64(len(raw)), SHA256: hash(raw)}
	markup := ""
	markup, a.Encoding, a.Repairs = decodeHTML(raw, contentType)
	a.readHTML(markup, !isPage(markup))
	return a, nil
}
