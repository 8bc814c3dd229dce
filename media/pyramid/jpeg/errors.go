package jpeg

// Error says why a file was not decoded.
type Error string

const (
	Damaged     Error = "jpeg: the file breaks its format"
	Truncated   Error = "jpeg: the file ends too early"
	Unsupported Error = "jpeg: the file is of a form that is not decoded here"
	Excessive   Error = "jpeg: the file has more pixels or scans than allowed"
)

func (e Error) Error() string { return string(e) }
