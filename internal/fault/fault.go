package fault

import (
	"context"
	"errors"
	"strings"
)

// Fault is one occurrence of a Code. It is an error; errors.Is matches its
// Code and whatever its cause matches.
type Fault struct {
	code   *Code
	params []Param
	fields []Field
	cause  error
}

// Field says that one member of the input is at fault.
type Field struct {
	Path   string // JSON path in the input, such as "title.zh" or "dimensions[0].valueMM"; "" is the whole
	Code   *Code
	Params []Param
}

// Text returns the words of the field error in lang.
func (f Field) Text(lang Lang) string { return f.Code.Text(lang, f.Params...) }

// With adds field errors and returns f.
func (f *Fault) With(fields ...Field) *Fault {
	f.fields = append(f.fields, fields...)
	return f
}

// Code returns the code of f.
func (f *Fault) Code() *Code { return f.code }

// Kind returns the class of f.
func (f *Fault) Kind() Kind { return f.code.kind }

// Fields returns the field errors in the order in which they were found.
func (f *Fault) Fields() []Field { return f.fields }

// Text returns the public words of f in lang. The cause is not part of them.
func (f *Fault) Text(lang Lang) string { return f.code.Text(lang, f.params...) }

// Error returns the words for the log: English text, fields and cause.
func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.code.id + ": " + f.Text(English))
	for _, fd := range f.fields {
		b.WriteString("; " + fd.Path + ": " + fd.Text(English))
	}
	if f.cause != nil {
		b.WriteString(": " + f.cause.Error())
	}
	return b.String()
}

// Is reports whether target is the code of f.
func (f *Fault) Is(target error) bool {
	c, ok := target.(*Code)
	return ok && c == f.code
}

// Unwrap returns the private cause, nil if there is none.
func (f *Fault) Unwrap() error { return f.cause }

// ErrInternal is what a reader sees of an error that has no code.
var ErrInternal = Define(Internal, "internal",
	"系统内部错误，已记录。请稍后再试；如仍出现，请把请求编号告诉管理员。",
	"Something failed inside the system and was logged. Try again later; if it persists, give the request id to the administrator.")

// ErrTimeout is a deadline that passed before the work was done.
var ErrTimeout = Define(Unavailable, "timeout", "处理超时，请稍后再试。", "The request took too long. Try again later.")

// ErrInvalid is an input that breaks rules; each rule is named in a field error.
var ErrInvalid = Define(Invalid, "invalid", "提交的内容有 {count} 处需要修改。", "{count} entries need to be corrected.")

// InvalidFields returns nil when fields is empty, else ErrInvalid with them.
func InvalidFields(fields []Field) error {
	if len(fields) == 0 {
		return nil
	}
	return ErrInvalid.New(P("count", len(fields))).With(fields...)
}

// Of returns the Fault in err's chain. An error without one becomes
// ErrInternal around it, a passed deadline ErrTimeout; nil stays nil.
func Of(err error) *Fault {
	if err == nil {
		return nil
	}
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	var c *Code
	if errors.As(err, &c) {
		return c.Wrap(err)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return ErrTimeout.Wrap(err)
	}
	return ErrInternal.Wrap(err)
}

// KindOf returns the class of err, Internal if it has none.
func KindOf(err error) Kind {
	if f := Of(err); f != nil {
		return f.Kind()
	}
	return Internal
}
