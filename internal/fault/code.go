package fault

import (
	"fmt"
	"strings"
)

// Kind is the class of a fault. It decides the HTTP status and the exit code.
// Never renumber, only append.
type Kind uint8

const (
	Internal             Kind = iota // nobody classified it: a defect of ours; its text is never shown
	Invalid                          // the input breaks a rule; Fields says which and where
	NotFound                         // there is no such thing, or the actor may not know that there is
	Conflict                         // the state of the thing forbids it, or another writer was first
	Denied                           // the actor may know of the thing but not do this with it
	Unauthenticated                  // nobody is logged in, or the session has ended
	TooLarge                         // more bytes, rows or pixels than allowed
	TooMany                          // too many attempts in too short a time
	Unavailable                      // a part that is needed does not answer; the same call may succeed later
	PreconditionRequired             // If-Match is missing
	Stale                            // If-Match names an older revision
	Unsupported                      // the media type or the format is not spoken here
	Unknown                          // the outcome is not known: it may or may not have happened
)

var kindNames = [...]string{"internal", "invalid", "not_found", "conflict", "denied", "unauthenticated", "too_large",
	"too_many", "unavailable", "precondition_required", "stale", "unsupported", "unknown"}

// String returns the lower-case name of k, for logs.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return fmt.Sprintf("kind(%d)", uint8(k))
}

// Code is one thing that can be wrong, with its words. Declare it in a package
// variable by Define and compare with errors.Is(err, ErrThat).
type Code struct {
	kind   Kind
	id     string
	zh, en string
}

// Define declares a code. id is "domain.rule" in lower case with underscores,
// stable for ever: clients branch on it. zh and en say what is wrong, where
// and how to mend it; {name} in them is replaced by the parameter of that
// name. It panics when a text is missing or the two texts name different
// parameters, which is a mistake of the programmer found at start.
func Define(kind Kind, id, zh, en string) *Code {
	if id == "" || zh == "" || en == "" {
		panic("fault: " + id + ": a code needs an id and a text in both languages")
	}
	for _, name := range placeholders(zh) {
		if !strings.Contains(en, "{"+name+"}") {
			panic("fault: " + id + ": the English text lacks {" + name + "}")
		}
	}
	for _, name := range placeholders(en) {
		if !strings.Contains(zh, "{"+name+"}") {
			panic("fault: " + id + ": the Chinese text lacks {" + name + "}")
		}
	}
	return &Code{kind: kind, id: id, zh: zh, en: en}
}

func placeholders(s string) []string {
	var names []string
	for {
		i := strings.IndexByte(s, '{')
		if i < 0 {
			return names
		}
		j := strings.IndexByte(s[i:], '}')
		if j < 0 {
			return names
		}
		names = append(names, s[i+1:i+j])
		s = s[i+j+1:]
	}
}

// ID returns the stable identifier, such as "heritage.relic_not_found".
func (c *Code) ID() string { return c.id }

// Kind returns the class of the code.
func (c *Code) Kind() Kind { return c.kind }

// Error returns the English text with its placeholders, so that a bare code
// can serve as the target of errors.Is.
func (c *Code) Error() string { return c.id + ": " + c.en }

// Text returns the words of the code in lang with params filled in.
func (c *Code) Text(lang Lang, params ...Param) string {
	s := c.zh
	if lang == English {
		s = c.en
	}
	for _, p := range params {
		s = strings.ReplaceAll(s, "{"+p.Name+"}", fmt.Sprint(p.Value))
	}
	return s
}

// New returns a fault of this code.
func (c *Code) New(params ...Param) *Fault { return &Fault{code: c, params: params} }

// Wrap returns a fault of this code with a private cause, which is logged but
// never shown.
func (c *Code) Wrap(cause error, params ...Param) *Fault {
	return &Fault{code: c, params: params, cause: cause}
}

// At returns a field error of this code: path is where in the input, as a JSON
// path such as "dimensions[0].valueMM".
func (c *Code) At(path string, params ...Param) Field {
	return Field{Path: path, Code: c, Params: params}
}

// Param is a named value of a text: a limit, a count, a date. Never a refused value.
type Param struct {
	Name  string
	Value any
}

// P makes a Param.
func P(name string, value any) Param { return Param{Name: name, Value: value} }
