package archtest

import "strings"

// module is the module path of this repository.
const module = "yijianyou"

// room is a set of packages (a path and everything below it) with the only
// packages of ours that it may import. The longest matching path rules.
type room struct {
	path string
	may  []string // allowed packages of ours, "x/..." with everything below
	why  string   // said when the rule is broken
}

var kernel = []string{"internal/fault", "internal/actor", "internal/ids", "internal/seal", "internal/store"}

// rooms is the import table of docs/architecture.md.
var rooms = []room{
	{path: "internal/fault", why: "the kernel imports nothing of ours"},
	{path: "internal/ids", why: "the kernel imports nothing of ours"},
	{path: "internal/actor", why: "the kernel imports nothing of ours"},
	{path: "internal/seal", why: "the kernel imports nothing of ours"},
	{path: "internal/store", may: []string{"internal/fault", "internal/actor", "internal/ids"}, why: "the storage kernel knows no domain"},
	{path: "internal/store/sqlitestore", may: append([]string{"internal/store/storetest"}, kernel...), why: "an engine knows the kernel only"},
	{path: "internal/store/mongostore", may: append([]string{"internal/store/storetest", "internal/store/mongotest"}, kernel...), why: "an engine knows the kernel only"},
	{path: "internal/store/storetest", may: append([]string{"internal/store/sqlitestore"}, kernel...), why: "the contract suite knows the kernel only"},
	{path: "internal/store/mongotest", may: kernel, why: "the test server knows the kernel only"},
	{path: "internal/store/enginetest", may: append([]string{"internal/store/storetest", "internal/store/mongostore", "internal/store/mongotest"}, kernel...), why: "tests of domains on every engine"},
	{path: "internal/store/series", may: append([]string{"internal/store/storetest"}, kernel...), why: "series are collections of the kernel"},
	{path: "internal/typeface", why: "a file: bytes in, bytes out"},
	{path: "internal/lru", why: "a structure: it knows nothing of what it holds"},
	{path: "internal/archtest", why: "the rules import nothing of ours"},

	{path: "search", may: kernel, why: "the vocabulary of search is below every domain"},
	{path: "search/chinese", why: "pure: text in, text out"},
	{path: "search/segment", why: "the form of the files knows no field"},
	{path: "search/index", may: append([]string{"search", "search/chinese", "search/segment"}, kernel...), why: "the index engine imports no domain"},
	{path: "search/feed", may: append([]string{"search", "search/chinese", "search/index"}, kernel...), why: "the follower imports no domain"},
	{path: "search/saved", may: append([]string{"search"}, kernel...), why: "saved searches know the questions and not what answers them"},
	{path: "search/searchhttp", may: append([]string{"search", "search/chinese", "search/index", "search/saved", "heritage/tabular", "web/httpkit", "web/auth"}, kernel...), why: "HTTP of search; lists leave as the files that the catalogue writes"},

	{path: "media", may: append([]string{"media/avprobe", "media/vtt", "media/pyramid", "media/iiif", "media/icc/icctest", "media/watermark", "internal/typeface", "internal/lru"}, kernel...), why: "media knows no domain"},
	{path: "media/iiif", may: []string{"internal/fault"}, why: "pure: the grammar and the documents of IIIF"},
	{path: "media/discovery", may: append([]string{"media"}, kernel...), why: "a log of what the public sees, without addresses"},
	{path: "media/icc", why: "pure: bytes of a profile in, a conversion out"},
	{path: "media/avprobe", may: []string{"internal/fault"}, why: "pure: a file of sound or film in, what it says of itself out"},
	{path: "media/vtt", may: []string{"internal/fault"}, why: "pure: captions in, cues out"},
	{path: "media/tus", may: []string{"internal/fault"}, why: "pure: the headers of resumable uploads"},
	{path: "media/pyramid", may: []string{"internal/fault", "internal/lru", "media/iiif", "media/icc", "media/icc/icctest", "media/pyramid/jpeg", "media/pyramid/kernel"}, why: "pixels only"},
	{path: "media/watermark", why: "pure: words in, strokes on pixels out"},
	{path: "media/pyramid/jpeg", may: []string{"media/pyramid/kernel"}, why: "pure: files of JPEG to planes and back"},
	{path: "media/pyramid/kernel", why: "pure: the inner loops of pictures"},
	{path: "media/mediahttp", may: append([]string{"media/...", "web/httpkit", "web/auth", "internal/lru"}, kernel...), why: "HTTP of media"},

	{path: "heritage", may: append([]string{"heritage/dating", "heritage/vocab", "heritage/tabular", "search", "media"}, kernel...), why: "the catalogue is the lowest domain"},
	{path: "heritage/dating", may: []string{"internal/fault"}, why: "pure: text in, years out"},
	{path: "heritage/vocab", may: []string{"internal/fault"}, why: "pure: code lists"},
	{path: "heritage/lexicon", may: []string{"search", "search/chinese", "heritage/dating", "heritage/vocab"}, why: "pure: words in, what they mean out"},
	{path: "heritage/tabular", may: []string{"internal/fault"}, why: "pure: bytes in, rows out"},
	{path: "heritage/voucher", may: []string{"heritage", "heritage/vocab", "internal/actor", "internal/typeface"}, why: "pure: a voucher in, a paper out"},
	{path: "heritage/load", may: append([]string{"heritage", "media", "heritage/dating", "heritage/vocab", "heritage/tabular"}, kernel...), why: "imports go through the catalogue"},
	{path: "heritage/load/loadhttp", may: append([]string{"heritage/...", "media", "web/httpkit", "web/auth"}, kernel...), why: "HTTP of imports"},
	{path: "heritage/heritagehttp", may: append([]string{"heritage/...", "media", "search", "web/httpkit", "web/auth"}, kernel...), why: "HTTP of the catalogue"},

	{path: "heritage/heritagehttp/heritagehttptest", may: append([]string{"heritage/...", "media", "search", "web/httpkit", "web/httpkit/httpkittest", "web/auth"}, kernel...), why: "the HTTP scenarios of the catalogue"},

	{path: "tourism/comfort", why: "pure: figures in, a judgement out"},
	{path: "tourism/comfort/calendar", why: "pure: the kinds of days, as data"},
	{path: "tourism/comfort/forecast", may: []string{"tourism/comfort/calendar"}, why: "pure: a past of counts in, what is to be expected out"},
	{path: "tourism/route", may: []string{"internal/fault"}, why: "pure: a problem in, a plan out"},
	{path: "tourism/route/verify", may: []string{"tourism/route"}, why: "knows the types of the planner and none of its code"},
	{path: "tourism", may: append([]string{"tourism/comfort/...", "tourism/route", "heritage", "heritage/dating", "heritage/vocab", "search", "media"}, kernel...), why: "tourism may know heritage, never sensors"},
	{path: "tourism/tourismhttp", may: append([]string{"tourism/...", "heritage", "heritage/heritagehttp", "media", "search", "web/httpkit", "web/auth"}, kernel...), why: "HTTP of the visitor side"},

	{path: "sensors", may: append([]string{"sensors/locate", "sensors/series", "sensors/alarm", "sensors/alarm/material", "heritage", "heritage/vocab", "media", "internal/store/series"}, kernel...), why: "sensors may know heritage, never tourism"},
	{path: "sensors/broker", may: append([]string{"sensors"}, kernel...), why: "MQTT in front of the pipeline"},
	{path: "sensors/notify", may: append([]string{"sensors"}, kernel...), why: "takes out what sensors says, and knows nothing else"},

	{path: "sensors/locate", why: "pure: sightings in, places out"},
	{path: "sensors/locate/building", why: "pure: a seed in, days of tags out"},
	{path: "sensors/series", why: "pure: samples in, figures out"},
	{path: "sensors/alarm", may: []string{"sensors/series", "internal/fault", "internal/actor"}, why: "pure: a rule, a state and a sample in, the next state and what changed out"},
	{path: "sensors/alarm/material", may: []string{"sensors/alarm", "internal/fault"}, why: "pure: what objects need in, limits and conflicts out"},
	{path: "sensors/alarm/script", may: []string{"sensors/alarm", "sensors/alarm/material", "sensors/series", "internal/actor"}, why: "pure: the text scripts of rules"},
	{path: "sensors/sensorshttp", may: append([]string{"sensors/...", "heritage", "media", "web/httpkit", "web/auth"}, kernel...), why: "HTTP of sensors"},

	{path: "sensors/simulate", may: append([]string{"sensors"}, kernel...), why: "plays devices; how it publishes is given to it"},
	{path: "web", may: append([]string{"web/...", "search", "media"}, kernel...), why: "the shell knows no domain"},
	{path: "web/httpkit", may: append([]string{"web/httpkit/httpkittest", "internal/lru"}, kernel...), why: "what handlers share knows no domain"},
	{path: "web/auth", may: append([]string{"web/httpkit"}, kernel...), why: "accounts know no domain"},
	{path: "web/live", may: append([]string{"web/httpkit"}, kernel...), why: "the hub knows no domain"},
	{path: "web/ui", why: "files only"},

	{path: "cmd/yijianyou/demo", may: append([]string{"cmd/yijianyou/demo/...", "heritage/...", "tourism/...", "sensors/...", "search/...", "media/..."}, kernel...), why: "demo data goes through the services"},
	{path: "cmd/yijianyou/internal/config", may: []string{"internal/fault", "internal/actor"}, why: "settings know nothing of what they set"},
	{path: "cmd/yijianyou", may: []string{"..."}, why: "the program wires everything"},
	{path: "bench", may: []string{"..."}, why: "benchmarks measure everything"},
}

// foreign says which packages of ours may import a library directly.
var foreign = []struct {
	prefix string
	only   []string
	why    string
}{
	{"github.com/gofiber/fiber", []string{"web", "cmd/yijianyou", "*http"}, "Fiber stays in the HTTP layer"},
	{"github.com/valyala/fasthttp", []string{"web", "*http"}, "fasthttp stays in the HTTP layer"},
	{"github.com/danielgtaylor/huma", []string{"web", "cmd/yijianyou", "*http"}, "huma stays in the HTTP layer"},
	{"go.mongodb.org/mongo-driver", []string{"internal/store"}, "the driver and BSON stay in the storage kernel"},
	{"modernc.org/sqlite", []string{"internal/store/sqlitestore"}, "SQLite stays in its engine"},
	{"github.com/blevesearch/bleve", []string{"search/index", "search/segment"}, "Bleve stays in the index engine"},
	{"github.com/blevesearch/bleve_index_api", []string{"search/segment"}, "Bleve stays in the index engine"},
	{"github.com/blevesearch/scorch_segment_api", []string{"search/segment"}, "Bleve stays in the index engine"},
	{"github.com/blevesearch/snowballstem", []string{"search/chinese"}, "text is prepared in one place"},
	{"github.com/mochi-mqtt", []string{"sensors/broker"}, "MQTT stays in the broker"},
	{"github.com/eclipse/paho", []string{"sensors/broker"}, "MQTT stays in the broker"},
	{"codeberg.org/go-pdf", []string{"heritage/voucher"}, "papers are drawn in one place"},
	{"github.com/skip2/go-qrcode", []string{"heritage/voucher"}, "papers are drawn in one place"},
	{"net/http", []string{"web", "*http", "cmd", "bench", "media", "internal/store/mongotest", "sensors/notify"}, "no HTTP in the domains; webhooks leave by the adapter"},
	{"github.com/wneessen/go-mail", []string{"sensors/notify"}, "mail leaves by the adapter"},
	{"net/smtp", nil, "mail leaves by sensors/notify"},
	{"database/sql", []string{"internal/store/sqlitestore", "bench"}, "SQL stays in its engine"},
}

// pure lists packages that do no I/O, with what they must not import.
var pure = []string{"internal/fault", "internal/actor", "internal/seal", "search/chinese", "media/iiif", "media/icc", "media/tus", "media/avprobe", "media/vtt", "media/watermark", "internal/typeface", "internal/lru", "heritage/dating", "heritage/vocab", "heritage/lexicon", "heritage/tabular", "tourism/comfort", "tourism/comfort/calendar", "tourism/comfort/forecast", "tourism/route", "tourism/route/verify", "sensors/locate", "sensors/locate/building", "sensors/series", "sensors/alarm", "sensors/alarm/material", "sensors/alarm/script"}

var impure = []string{"os", "net", "net/http", "os/exec", "database/sql", "syscall", "log", "log/slog"}

// matches reports whether pkg is below pattern: "a/b" is that package and what
// is below it, "*http" any package whose last element ends in http.
func matches(pkg, pattern string) bool {
	if suffix, ok := strings.CutPrefix(pattern, "*"); ok {
		for _, el := range strings.Split(pkg, "/") {
			if strings.HasSuffix(el, suffix) {
				return true
			}
		}
		return false
	}
	return pkg == pattern || strings.HasPrefix(pkg, pattern+"/")
}

// roomOf returns the rule of pkg.
func roomOf(pkg string) (room, bool) {
	best, found := room{}, false
	for _, r := range rooms {
		if matches(pkg, r.path) && (!found || len(r.path) > len(best.path)) {
			best, found = r, true
		}
	}
	return best, found
}

// allowed reports whether a package of room r may import target.
func (r room) allowed(target string) bool {
	if matches(target, r.path) {
		return true
	}
	for _, m := range r.may {
		if m == "..." || m == target {
			return true
		}
		if base, ok := strings.CutSuffix(m, "/..."); ok && matches(target, base) {
			return true
		}
	}
	return false
}
