package searchhttp

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"reflect"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"yijianyou/internal/fault"
	"yijianyou/search"
	"yijianyou/web/httpkit"
)

// nameList is GET /api/v1/search/names. Names are short, for a phone fetches it.
type nameList struct {
	Records    []namedView       `json:"records" nullable:"false" doc:"the most famous first; each title once"`
	Characters map[string]string `json:"characters" doc:"syllable without tone, ü as v -> the characters that are read so where a record says nothing else, in groups between spaces: the folded form, then the forms that are folded to it"`
}

type namedView struct {
	Kind   string   `json:"kind"`
	ID     string   `json:"id"`
	Fame   int      `json:"fame,omitempty" doc:"0 to 100"`
	ZH     string   `json:"zh,omitempty" doc:"title"`
	EN     string   `json:"en,omitempty" doc:"title"`
	Names  []string `json:"names,omitempty" doc:"other names"`
	Spelt  []string `json:"spelt,omitempty" doc:"names with their small numbers written the other way, to be compared with and not shown"`
	Sounds []string `json:"sounds,omitempty" doc:"syllables between spaces of zh, of en and of each of names; empty for one that is read character by character; behind them the reading of the record, if it is another"`
}

// mostPacked is how many bytes the list has at most when it is packed.
const mostPacked = 145_000

// names keeps the answer until the list is another.
type names struct {
	index Index
	mu    sync.Mutex
	list  *search.NameList // of body
	body  *httpkit.Packed
	tag   string
}

// mountNames declares the list of names of the public index.
func mountNames(r *httpkit.Router, public Index) {
	n := &names{index: public}
	schema := r.Registry().Schema(reflect.TypeFor[nameList](), true, "NameList")
	r.Plain(httpkit.Op{Method: "GET", Path: "/api/v1/search/names", ID: "search-names", Tag: "search", Policy: httpkit.Public(), Wordless: true,
		Summary: "Names of the most famous published records, to complete a text without asking", Faults: []*fault.Code{search.ErrBuilding}},
		&huma.Operation{Responses: map[string]*huma.Response{"200": {Description: "at most 5,000 names, the same for everybody",
			Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}}}}, n.serve)
}

func (n *names) serve(c *fiber.Ctx) error {
	body, tag, err := n.answer(c.UserContext())
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "public, no-cache")
	c.Vary(fiber.HeaderAcceptEncoding)
	if httpkit.Unchanged(c, tag) {
		return nil
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	body.Send(c)
	return nil
}

// answer returns the present list as it leaves, and its entity tag.
func (n *names) answer(ctx context.Context) (*httpkit.Packed, string, error) {
	list, err := n.index.Names(ctx)
	if err != nil {
		return nil, "", err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if list == n.list {
		return n.body, n.tag, nil
	}
	raw, err := fittingNames(list)
	if err != nil {
		return nil, "", err
	}
	sum := sha256.Sum256(raw)
	if tag := `W/"` + hex.EncodeToString(sum[:12]) + `"`; tag != n.tag { // most writes change no name
		n.body, n.tag = httpkit.NewPacked(raw), tag
	}
	n.list = list
	return n.body, n.tag, nil
}

// fittingNames writes as many records as mostPacked has room for.
func fittingNames(list *search.NameList) ([]byte, error) {
	for n := len(list.Records); ; {
		raw, err := encodeNames(list, n)
		if err != nil || len(raw) <= mostPacked {
			return raw, err
		}
		size := len(fasthttp.AppendGzipBytesLevel(nil, raw, fasthttp.CompressBestCompression))
		if size <= mostPacked {
			return raw, nil
		}
		n = n * mostPacked / size * 19 / 20
	}
}

// encodeNames writes the first n records, with the characters of all.
func encodeNames(list *search.NameList, n int) ([]byte, error) {
	out := nameList{Records: make([]namedView, n), Characters: make(map[string]string)}
	for i, r := range list.Records[:n] {
		out.Records[i] = namedView{Kind: string(r.Kind), ID: r.ID, Fame: r.Fame, ZH: r.Title.ZH, EN: r.Title.EN, Names: r.Names, Spelt: r.Spelt, Sounds: r.Sounds}
	}
	read := make(map[string]*strings.Builder)
	for _, c := range list.Characters {
		b := read[c.Sound]
		if b == nil {
			b = new(strings.Builder)
			read[c.Sound] = b
		} else {
			b.WriteByte(' ')
		}
		b.WriteString(string(c.Rune) + string(c.Variants))
	}
	for sound, b := range read {
		out.Characters[sound] = b.String()
	}
	var raw bytes.Buffer
	e := json.NewEncoder(&raw)
	e.SetEscapeHTML(false)
	if err := e.Encode(out); err != nil {
		return nil, err
	}
	return raw.Bytes(), nil
}
